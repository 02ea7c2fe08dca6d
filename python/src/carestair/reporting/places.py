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


_KIND = ("municipality", "service")  # room in one kind of place is no help to who needs another


@dataclass(frozen=True)
class Places:
    """Need of places and the places there are, kind by kind: a service of a municipality.

    Needed are those used, improvised and waited for at the end of a month; who waits for two
    kinds needs both. Overflow is days in places beyond capacity, None where a file has none.
    """

    needed: xr.DataArray  # (scenario, replication, municipality, service, time)
    capacity: xr.DataArray  # (scenario, replication, municipality, service, time)
    overflow: xr.DataArray | None = None  # (scenario, replication, municipality, service, time)

    def short(self) -> xr.DataArray:
        """Whether a world lacks places of any kind in a month: (scenario, replication, time)."""
        short = (self.needed > self.capacity).any(_KIND)
        if self.overflow is not None:
            short = short | (self.overflow > 0.0).any(_KIND)
        return short.transpose("scenario", "replication", "time")

    def worst_lack(self, at: Periods) -> xr.DataArray:
        """Places lacking in the worst of the last months, all kinds: (scenario, replication)."""
        lack = (self.needed - self.capacity).clip(0.0).sum(_KIND)
        return lack.isel(time=slice(-last_months(at), None)).max("time")

    def by_kind(self, scenario: str) -> dict[str, float]:
        """Places of each service at the end, of those that have any in some scenario."""
        there = self.capacity.isel(time=-1).mean("replication").sum("municipality")
        return {
            str(service): float(there.sel(scenario=scenario, service=service))
            for service in there["service"].values
            if float(there.sel(service=service).max()) > 0.0
        }


def places(result: Result, forms: dict[str, str]) -> Places | None:
    """Return need of places with staff day and night; None where they have no limit."""
    services = [service for service, form in forms.items() if form == PLACE_FORM]
    if not services or not all(has(result, n) for n in ("recipients", "waiting", "capacity")):
        return None

    def of(indicator: str) -> xr.DataArray:
        return result.total(indicator, by=_KIND, service=services)

    capacity = of("capacity")
    if bool(np.isnan(capacity.values).any()):
        return None
    held = has(result, "overflow_days", *_KIND)
    overflow = of("overflow_days") if held else None
    return Places(of("recipients") + of("waiting"), capacity, overflow)


def worst_chart(of: Places, at: Periods, baseline: str, scenario: str) -> dict[str, Any]:
    """Share of worlds in which places of any kind fall short in at least a month of the year."""
    short = of.short()
    first = np.flatnonzero(np.diff(at.index, prepend=-1))
    ever = np.maximum.reduceat(short.values.astype(np.float64), first, axis=-1).mean(axis=1)
    names = [str(name) for name in short["scenario"].values]
    return {
        **axis_of(at),
        "baseline": rounded(ever[names.index(baseline)]),
        "scenario": rounded(ever[names.index(scenario)]),
    }


def capacity_by_period(of: Places, at: Periods, scenario: str) -> list[float | None]:
    """Places there are, all kinds together, mean of each year."""
    there = of.capacity.sel(scenario=scenario).mean("replication").sum(_KIND)
    return rounded(stock(there, at).values)


def last_months(at: Periods) -> int:
    """How many months at the end the worst one is looked for in."""
    return min(len(at.index), 12 * LAST_YEARS)


def exceed_chart(of: Places, at: Periods, baseline: str, scenario: str) -> dict[str, Any]:
    """Chance that at least so many places are lacking in the worst month of the last years."""
    lack = of.worst_lack(at)
    worst = {
        who: lack.sel(scenario=name).values
        for who, name in (("baseline", baseline), ("scenario", scenario))
    }
    high = int(np.ceil(max(w.max() for w in worst.values()))) + 1
    x = np.arange(1, max(high, 2) + 1)
    return {
        "x": x.tolist(),
        **{who: rounded((w[:, None] >= x).mean(axis=0)) for who, w in worst.items()},
    }


def more_for(of: Places, at: Periods, scenario: str, share: float) -> int:
    """Places more that suffice in the worst month of the last years with this probability."""
    ordered = np.sort(of.worst_lack(at).sel(scenario=scenario).values)
    return int(np.ceil(ordered[min(len(ordered) - 1, int(np.ceil(share * len(ordered))) - 1)]))


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
