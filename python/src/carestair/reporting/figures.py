"""The numbers behind the charts: by year, baseline beside scenario, with their intervals."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
import xarray as xr

from carestair.comparison import PairedDifference, paired_difference
from carestair.plot.costs import mean_interval
from carestair.plot.series import STEPS, Periods, a_week, a_year, people_by_step, periods, stock
from carestair.result import Result

Array = npt.NDArray[np.float64]
OLD = ("67-79", "80-89", "90+")
# Dwellings with staff day and night, and the form of the services that give them.
PLACES = ("care_housing_24h", "nursing_home")
PLACE_FORM = "place"
LAST_YEARS = 5  # the worst month is looked for in so many years at the end
MOST_BARS = 10


@dataclass(frozen=True)
class Trend:
    """A number over time. ``outcome`` is the headline that says the same of the whole period."""

    id: str
    section: str
    indicator: str
    outcome: str = ""
    where: tuple[tuple[str, tuple[str, ...]], ...] = ()


TRENDS = (
    Trend("recipients", "staircase", "recipients_any", "recipients"),
    Trend("places", "places", "residents_by_dwelling", "places", (("dwelling", PLACES),)),
    Trend("waiting", "places", "waiting", "waiting"),
    Trend("overflow", "places", "overflow_persons"),
    Trend("unmet_hours", "need", "unmet_hours", "unmet_hours"),
    Trend("staff_hours", "need", "staff_hours"),
    Trend("undelivered_hours", "need", "undelivered_hours"),
    Trend("informal_hours", "family", "informal_hours", "informal_hours"),
    Trend("carers", "family", "carers"),
    Trend("burdened", "family", "carers", where=(("burdened", ("yes",)),)),
    Trend("carer_work_lost", "family", "carer_work_lost"),
    Trend("carer_sick_leave", "family", "carer_sick_leave"),
    Trend("volunteers", "volunteers", "volunteers"),
    Trend("volunteer_hours", "volunteers", "volunteer_hours"),
    Trend("staff_moves", "staff", "staff_moves", where=(("staff_move", ("hired",)),)),
    Trend("hospital_days", "hospital", "hospital_days", "hospital_days"),
    Trend("discharge_ready_days", "hospital", "discharge_ready_days", "discharge_ready_days"),
    Trend("cost", "money", "cost", "cost"),
    Trend("user_fees", "money", "user_fees"),
)


@dataclass(frozen=True)
class Split:
    """What a scenario changes in an indicator, by the levels of one axis."""

    id: str
    section: str
    indicator: str
    axis: str


SPLITS = (
    Split("recipients_by_service", "staircase", "recipients", "service"),
    Split("staff_hours_by_service", "need", "staff_hours", "service"),
    Split("staff_by_occupation", "staff", "staff_weeks", "occupation"),
    Split("volunteer_hours_by_service", "volunteers", "volunteer_hours", "service"),
    Split("cost_by_service", "money", "cost", "service"),
    Split("money_by_payer", "money", "money", "payer"),
    Split("money_by_account", "money", "money", "account"),
)

SECTIONS = ("staircase", "places", "need", "family", "volunteers", "staff", "hospital", "money")

# Units in which people budget; the others are what the file says.
_A_WEEK = {"h"}


def has(result: Result, indicator: str, *axes: str) -> bool:
    """Whether a file holds an indicator with these axes; older ones, or other models, may not."""
    dataset = result.indicators
    return indicator in dataset and set(axes) <= set(map(str, dataset[indicator].dims))


def by_period(series: xr.DataArray, at: Periods) -> tuple[xr.DataArray, str]:
    """Return a series by year in a unit people budget in, and the name of that unit."""
    unit = str(series.attrs.get("units", ""))
    if not _is_flow(series):
        return stock(series, at), unit
    if unit == "FTE-weeks":
        return a_week(series, at), "positions"
    if unit in _A_WEEK:
        return a_week(series, at), "hours_a_week"
    if unit == "NOK":
        return a_year(series, at) / 1e6, "million_a_year"
    return a_year(series, at), f"{'days' if unit == 'd' else unit}_a_year"


def _is_flow(series: xr.DataArray) -> bool:
    return "sum" in str(series.attrs.get("cell_methods", ""))


def _rounded(values: Any) -> list[float | None]:
    """Five digits are more than anybody sees, and keep the page small."""
    flat = np.asarray(values, dtype=np.float64).ravel()
    return [float(f"{v:.5g}") if np.isfinite(v) else None for v in flat]


@dataclass(frozen=True)
class Series:
    """Baseline and every scenario by year, one row a replication."""

    id: str
    unit: str
    at: Periods
    values: xr.DataArray  # (scenario, replication, period)

    def of(self, scenario: str) -> Array:
        """Shape (replication, period)."""
        return np.asarray(
            self.values.sel(scenario=scenario).transpose("replication", "period").values,
            dtype=np.float64,
        )

    def mean_difference(self, baseline: str, scenario: str) -> PairedDifference:
        """Compare means over the whole time."""
        weight = self.at.days / self.at.days.sum()
        return paired_difference(self.of(baseline) @ weight, self.of(scenario) @ weight)

    def chart(self, baseline: str, scenario: str) -> dict[str, Any]:
        """Return medians, the middle 80 % of the baseline, and the paired difference."""
        of_baseline, of_scenario = self.of(baseline), self.of(scenario)
        low, middle, high = np.quantile(of_baseline, [0.1, 0.5, 0.9], axis=0)
        d = mean_interval(of_scenario - of_baseline)
        return {
            **_axis(self.at),
            "low": _rounded(low),
            "high": _rounded(high),
            "baseline": _rounded(middle),
            "scenario": _rounded(np.median(of_scenario, axis=0)),
            "d": _rounded(d.mean),
            "d_low": _rounded(d.low),
            "d_high": _rounded(d.high),
        }


def _axis(at: Periods) -> dict[str, Any]:
    """Where the points stand, and what they are called; months as languages share them."""
    if at.yearly:
        return {"x": [round(float(x)) for x in at.position], "t": list(at.names)}
    months = [str(pd.to_datetime(name, format="%b %Y").date())[:7] for name in at.names]
    return {"x": [round(float(x), 3) for x in at.position], "t": months}


def trend_series(result: Result, trend: Trend, at: Periods) -> Series | None:
    """Return a trend by year; None where the file does not hold it or nothing ever happened."""
    if not has(result, trend.indicator, *(axis for axis, _ in trend.where)):
        return None
    if any(
        not set(labels) <= set(map(str, result.indicators[axis].values))
        for axis, labels in trend.where
    ):
        return None
    series = result.total(trend.indicator, **{axis: list(wanted) for axis, wanted in trend.where})
    values, unit = by_period(series, at)
    if not bool((values != 0.0).any()):
        return None
    return Series(trend.id, unit, at, values)


def sick_leave(result: Result, at: Periods) -> Series | None:
    """Return the percentage of employed positions on sick leave, where staff are modelled."""
    if not has(result, "staff_weeks", "staff_state"):
        return None
    states = set(map(str, result.indicators["staff_state"].values))
    if not {"employed", "sick"} <= states:
        return None
    weeks, _ = by_period(result.total("staff_weeks", by="staff_state"), at)
    employed = weeks.sel(staff_state="employed", drop=True)
    if not bool((employed > 0.0).all()):
        return None
    share = 100.0 * weeks.sel(staff_state="sick", drop=True) / employed
    return Series("sick_leave", "percent", at, share)


# --- by the levels of an axis ---------------------------------------------------------------------


def split_rows(result: Result, split: Split, at: Periods) -> tuple[xr.DataArray, str] | None:
    """Mean over the time, shape (scenario, replication, axis), and its unit."""
    if not has(result, split.indicator, split.axis):
        return None
    where = {}
    if split.indicator == "staff_weeks":
        if "present" not in set(map(str, result.indicators["staff_state"].values)):
            return None
        where = {"staff_state": "present"}
    values, unit = by_period(result.total(split.indicator, by=split.axis, **where), at)
    mean = (values * at.days).sum("period") / at.days.sum()
    if not bool((mean != 0.0).any()):
        return None
    return mean, unit


def split_chart(
    mean: xr.DataArray, axis: str, baseline: str, scenario: str
) -> list[dict[str, Any]]:
    """Return the levels that change most, the largest difference first."""
    rows = []
    for level in map(str, mean[axis].values):
        paired = paired_difference(
            mean.sel({axis: level, "scenario": baseline}).values,
            mean.sel({axis: level, "scenario": scenario}).values,
        )
        if max(abs(paired.baseline), abs(paired.scenario)) < 1e-9:
            continue
        rows.append((level, paired))
    rows.sort(key=lambda row: -abs(row[1].difference))
    return [
        {
            "level": level,
            "baseline": _rounded(paired.baseline)[0],
            "d": _rounded(paired.difference)[0],
            "low": _rounded(paired.low)[0],
            "high": _rounded(paired.high)[0],
            "clear": paired.distinguishable,
        }
        for level, paired in rows[:MOST_BARS]
    ]


# --- the staircase --------------------------------------------------------------------------------


def staircase(result: Result, at: Periods) -> xr.DataArray:
    """Residents from 67 by highest step, shape (scenario, step, period), mean of replications."""
    ages = list(OLD)
    steps = stock(people_by_step(result, age_group=ages), at)
    return steps.mean("replication").transpose("scenario", "step", "period")


def old_residents(result: Result, at: Periods) -> xr.DataArray:
    """Residents from 67, shape (scenario, period), mean of replications."""
    everybody = stock(result.total("population", age_group=list(OLD)), at)
    return everybody.mean("replication").transpose("scenario", "period")


def stairs_chart(steps: xr.DataArray, baseline: str, scenario: str) -> list[dict[str, Any]]:
    """Who stood where in the first year, and stands in the last, in either case."""
    rows = []
    for step in STEPS:
        of_step = steps.sel(step=step)
        for when, of, period in (
            ("first", baseline, 0),
            ("baseline", baseline, -1),
            ("scenario", scenario, -1),
        ):
            value = of_step.sel(scenario=of).isel(period=period)
            rows.append({"step": step, "when": when, "persons": _rounded(value)[0]})
    return rows


def stack_chart(steps: xr.DataArray, at: Periods, of: str) -> dict[str, Any]:
    """Persons by step and year of one scenario."""
    chosen = steps.sel(scenario=of)
    return {
        **_axis(at),
        "steps": {step: _rounded(chosen.sel(step=step).values) for step in STEPS},
    }


# --- the worst month for places -------------------------------------------------------------------


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
        **_axis(at),
        "baseline": _rounded(ever[names.index(baseline)]),
        "scenario": _rounded(ever[names.index(scenario)]),
    }


def capacity_by_period(of: Places, at: Periods, scenario: str) -> list[float | None]:
    """Places there are, mean of each year."""
    return _rounded(stock(of.capacity.sel(scenario=scenario).mean("replication"), at).values)


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
        **{who: _rounded((w[:, None] >= x).mean(axis=0)) for who, w in worst.items()},
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


# --- who gains ------------------------------------------------------------------------------------

# Of the outcomes of a life, those of which more or less is better for the one who lives it.
BETTER: dict[str, str] = {"unmet_hours": "less", "waiting_days": "less", "life_days": "more"}


def who_chart(result: Result, scenario: str, outcome: str) -> list[dict[str, Any]]:
    """Persons better and worse off, mean of replications, by age at the start and sex."""
    better = BETTER[outcome]
    persons = result.persons.sel(scenario=scenario)

    def mean(name: str) -> xr.DataArray:
        return persons[name].sel(outcome=outcome).sum("municipality").mean("replication")

    gain, loss = mean(better), mean({"less": "more", "more": "less"}[better])
    paired = persons["paired"].sum("municipality").mean("replication")
    return [
        {
            "age": str(age),
            "sex": str(sex),
            "better": _rounded(gain.sel(age_group=age, sex=sex))[0],
            "worse": _rounded(loss.sel(age_group=age, sex=sex))[0],
            "persons": _rounded(paired.sel(age_group=age, sex=sex))[0],
        }
        for age in gain["age_group"].values
        for sex in gain["sex"].values
    ]


def all_series(result: Result) -> Sequence[tuple[Trend, Series]]:
    """Every trend the file holds."""
    at = periods(result)
    found: list[tuple[Trend, Series]] = []
    for trend in TRENDS:
        series = trend_series(result, trend, at)
        if series is not None:
            found.append((trend, series))
    absence = sick_leave(result, at)
    if absence is not None:
        found.append((Trend("sick_leave", "staff", "staff_weeks"), absence))
    return found
