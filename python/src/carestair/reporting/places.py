"""Places with staff day and night: the worst month, and the way people came there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import xarray as xr

from carestair.comparison import DAYS_PER_YEAR
from carestair.plot.series import Periods, stock
from carestair.reporting.figures import axis_of, has, rounded
from carestair.result import Result

PLACE_FORM = "place"  # of the services that give them
LAST_YEARS = 5  # the worst month is looked for in so many years at the end


@dataclass(frozen=True)
class Places:
    """Places needed (used, improvised and waited for) and there at the end of every month."""

    needed: xr.DataArray  # (scenario, replication, time)
    capacity: xr.DataArray  # (scenario, replication, time)


def places(result: Result, forms: dict[str, str]) -> Places | None:
    """Return need of places with staff day and night; None where they have no limit."""
    services = [service for service, form in forms.items() if form == PLACE_FORM]
    if not services or not all(has(result, n) for n in ("recipients", "waiting", "capacity")):
        return None
    capacity = result.total("capacity", by="service", service=services)
    if bool(np.isnan(capacity.values).any()):
        return None
    needed = result.total("recipients", service=services) + result.total(
        "waiting", service=services
    )
    return Places(needed, capacity.sum("service"))


def worst_chart(of: Places, at: Periods, baseline: str, scenario: str) -> dict[str, Any]:
    """Share of worlds in which places fall short in at least one month of the year."""
    short = (of.needed > of.capacity).transpose("scenario", "replication", "time")
    first = np.flatnonzero(np.diff(at.index, prepend=-1))
    ever = np.maximum.reduceat(short.values.astype(np.float64), first, axis=-1).mean(axis=1)
    names = [str(name) for name in short["scenario"].values]
    return {
        **axis_of(at),
        "baseline": rounded(ever[names.index(baseline)]),
        "scenario": rounded(ever[names.index(scenario)]),
    }


def capacity_by_period(of: Places, at: Periods, scenario: str) -> list[float | None]:
    """Places there are, mean of each year."""
    return rounded(stock(of.capacity.sel(scenario=scenario).mean("replication"), at).values)


def last_months(at: Periods) -> int:
    """How many months at the end the worst one is looked for in."""
    return min(len(at.index), 12 * LAST_YEARS)


def exceed_chart(of: Places, at: Periods, baseline: str, scenario: str) -> dict[str, Any]:
    """Chance that the worst month of the last years needs at least so many places."""
    end = slice(-last_months(at), None)
    worst = {
        who: of.needed.sel(scenario=name).isel(time=end).max("time").values
        for who, name in (("baseline", baseline), ("scenario", scenario))
    }
    low = int(min(w.min() for w in worst.values())) - 1
    high = int(max(w.max() for w in worst.values())) + 1
    x = np.arange(low, high + 1)
    capacity = of.capacity.isel(time=-1).mean("replication")
    return {
        "x": x.tolist(),
        **{who: rounded((w[:, None] >= x).mean(axis=0)) for who, w in worst.items()},
        "capacity": {
            "baseline": float(capacity.sel(scenario=baseline)),
            "scenario": float(capacity.sel(scenario=scenario)),
        },
    }


def enough_for(of: Places, at: Periods, scenario: str, share: float) -> int:
    """Places that suffice in the worst month of the last years with this probability."""
    worst = of.needed.sel(scenario=scenario).isel(time=slice(-last_months(at), None)).max("time")
    ordered = np.sort(worst.values)
    return int(ordered[min(len(ordered) - 1, int(np.ceil(share * len(ordered))) - 1)])


# --- the way there --------------------------------------------------------------------------------

# Steps at home by the least hours a week that belong to them, as everywhere on the page.
_AT_HOME = {"under_2": 0.0, "2_to_10": 2.0, "10_or_more": 10.0}


def moves(result: Result, forms: dict[str, str]) -> xr.DataArray | None:
    """Count moves from home to a place for good by help had before; None where nobody moves.

    Persons a year, shape (scenario, step, service), mean of replications.
    """
    if not has(result, "admissions_by_hours", "service", "hours_band"):
        return None
    services = [service for service, form in forms.items() if form == PLACE_FORM]
    every = result.total("admissions_by_hours", by=("service", "hours_band"), service=services)
    a_year = every.sum("time").mean("replication") / (result.days / DAYS_PER_YEAR)
    a_year = a_year.isel(service=np.flatnonzero(a_year.sum(["scenario", "hours_band"]).values > 0))
    if a_year.sizes["service"] == 0:
        return None
    lowest = [float(str(b).rstrip("+").split("-")[0]) for b in a_year["hours_band"].values]
    step = np.searchsorted(list(_AT_HOME.values()), lowest, side="right") - 1
    by_step = a_year.assign_coords(step=("hours_band", [list(_AT_HOME)[i] for i in step]))
    return (
        by_step.groupby("step")
        .sum()
        .sel(step=list(_AT_HOME))
        .transpose("scenario", "step", "service")
    )


def moves_chart(of: xr.DataArray, scenario: str) -> list[dict[str, Any]]:
    """Return the ribbons of one scenario, from the least help at home to the most."""
    return [
        {
            "from": str(step),
            "to": str(service),
            "persons": rounded(of.sel(scenario=scenario, step=step, service=service))[0],
        }
        for step in of["step"].values
        for service in of["service"].values
    ]
