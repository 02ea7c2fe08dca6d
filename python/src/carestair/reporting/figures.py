"""The numbers behind the charts: by year, baseline beside scenario, with their intervals."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
import xarray as xr

from carestair._interval import is_drawn as _is_drawn
from carestair._interval import mean_interval
from carestair.analysis.projection import projected
from carestair.comparison import DAYS_PER_YEAR, PairedDifference, paired_difference
from carestair.draws import means_of_draws
from carestair.plot.series import Periods, a_week, a_year, periods, stock
from carestair.result import Result

Array = npt.NDArray[np.float64]
OLD = ("67-79", "80-89", "90+")
PLACES = ("care_housing_24h", "nursing_home")  # dwellings with staff day and night
MOST_BARS = 10


@dataclass(frozen=True)
class Trend:
    """A number over time. ``outcome`` is the headline that says the same of the whole period.

    The main ones are shown at once, the others when asked for. Beside some stands what planners
    would project from today's coverage.
    """

    id: str
    section: str
    indicator: str
    outcome: str = ""
    where: tuple[tuple[str, tuple[str, ...]], ...] = ()
    main: bool = False
    projected: bool = False


TRENDS = (
    Trend("recipients", "staircase", "recipients_any", "recipients", projected=True),
    Trend("waiting", "places", "waiting", "waiting", main=True),
    Trend(
        "places",
        "places",
        "residents_by_dwelling",
        "places",
        (("dwelling", PLACES),),
        projected=True,
    ),
    Trend("overflow", "places", "overflow_persons"),
    Trend("unmet_hours", "need", "unmet_hours", "unmet_hours", main=True),
    Trend("staff_hours", "need", "staff_hours", projected=True),
    Trend("undelivered_hours", "need", "undelivered_hours", "undelivered_hours"),
    Trend("informal_hours", "family", "informal_hours", "informal_hours", main=True),
    Trend("carers", "family", "carers", "carers"),
    Trend("burdened", "family", "carers", "carers_burdened", (("burdened", ("yes",)),)),
    Trend("carer_work_lost", "family", "carer_work_lost", "carer_work_lost"),
    Trend("carer_sick_leave", "family", "carer_sick_leave"),
    Trend("volunteer_hours", "volunteers", "volunteer_hours", "volunteer_hours", main=True),
    Trend("volunteers", "volunteers", "volunteers", "volunteers"),
    Trend("staff_moves", "staff", "staff_moves", where=(("staff_move", ("hired",)),)),
    Trend(
        "discharge_ready_days",
        "hospital",
        "discharge_ready_days",
        "discharge_ready_days",
        main=True,
    ),
    Trend("hospital_days", "hospital", "hospital_days", "hospital_days"),
    Trend("cost", "money", "cost", "cost", main=True, projected=True),
    Trend("user_fees", "money", "user_fees"),
)


@dataclass(frozen=True)
class Split:
    """What a scenario changes in an indicator, by the levels of one axis."""

    id: str
    section: str
    indicator: str
    axis: str
    main: bool = False


SPLITS = (
    Split("recipients_by_service", "staircase", "recipients", "service"),
    Split("waiting_by_service", "places", "waiting", "service"),
    Split("staff_hours_by_service", "need", "staff_hours", "service"),
    Split("staff_by_occupation", "staff", "staff_weeks", "occupation", main=True),
    Split("volunteer_hours_by_service", "volunteers", "volunteer_hours", "service"),
    Split("cost_by_service", "money", "cost", "service"),
    Split("cost_by_unit", "money", "unit_cost", "unit"),
    Split("money_by_payer", "money", "money", "payer", main=True),
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


def is_drawn(result: Result) -> bool:
    """Whether parameters vary, and at least two draws of them are whole."""
    return _is_drawn(result.replications, result.replications_per_draw)


def independent(result: Result, values: xr.DataArray) -> xr.DataArray:
    """Return one value a draw where parameters vary, the mean of its worlds; else one a world.

    What an interval of the mean may count: worlds of one draw share its parameters.
    """
    if not is_drawn(result):
        return values
    per_draw = result.replications_per_draw
    whole = result.replications // per_draw * per_draw
    moved = values.isel(replication=slice(whole)).transpose("replication", ...)
    first = moved.isel(replication=slice(None, None, per_draw))
    return first.copy(data=means_of_draws(moved.values, per_draw)).transpose(*values.dims)


def _is_flow(series: xr.DataArray) -> bool:
    return "sum" in str(series.attrs.get("cell_methods", ""))


def rounded(values: Any) -> list[float | None]:
    """Five digits are more than anybody sees, and keep the page small."""
    flat = np.asarray(values, dtype=np.float64).ravel()
    return [float(f"{v:.5g}") if np.isfinite(v) else None for v in flat]


@dataclass(frozen=True)
class Series:
    """Baseline and every scenario by year, one row a replication or draw."""

    id: str
    unit: str
    at: Periods
    values: xr.DataArray  # (scenario, replication, period)
    drawn: bool  # a row is a draw
    projected: Array | None = None  # from the coverage of the first year, shape (period,)

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
        """Return means, the middle 80 % of the baseline, and the paired difference."""
        of_baseline, of_scenario = self.of(baseline), self.of(scenario)
        low, high = np.quantile(of_baseline, [0.1, 0.9], axis=0)
        d = mean_interval(of_scenario - of_baseline)
        more: dict[str, Any] = {}
        if self.projected is not None:
            more["projected"] = rounded(self.projected)
        if self.drawn:
            ends = np.quantile(of_scenario - of_baseline, [0.1, 0.9], axis=0)
            more |= {"reach_low": rounded(ends[0]), "reach_high": rounded(ends[1])}
        return {
            **axis_of(self.at),
            "low": rounded(low),
            "high": rounded(high),
            "baseline": rounded(of_baseline.mean(axis=0)),
            "scenario": rounded(of_scenario.mean(axis=0)),
            "d": rounded(d.mean),
            "d_low": rounded(d.low),
            "d_high": rounded(d.high),
            **more,
        }


def axis_of(at: Periods) -> dict[str, Any]:
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
    where = {axis: list(wanted) for axis, wanted in trend.where}
    values, unit = by_period(result.total(trend.indicator, **where), at)
    if not bool((values != 0.0).any()):
        return None
    from_coverage = None
    if trend.projected:
        expected, _ = by_period(projected(result, trend.indicator, **where), at)
        from_coverage = np.asarray(expected.mean("replication").values, dtype=np.float64)
    rows = independent(result, values)
    return Series(trend.id, unit, at, rows, is_drawn(result), from_coverage)


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
    return Series("sick_leave", "percent", at, independent(result, share), is_drawn(result))


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
    mean = (independent(result, values) * at.days).sum("period") / at.days.sum()
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
    return [paired_row(level, paired) for level, paired in rows[:MOST_BARS]]


def paired_row(level: str, paired: PairedDifference) -> dict[str, Any]:
    """Return a row of a chart of differences."""
    return {
        "level": level,
        "baseline": rounded(paired.baseline)[0],
        "d": rounded(paired.difference)[0],
        "low": rounded(paired.low)[0],
        "high": rounded(paired.high)[0],
        "clear": paired.distinguishable,
    }


def payers(result: Result, scenario: str) -> pd.DataFrame | None:
    """Compare what each payer bears, million NOK a year, as `carestair.compare` does."""
    if not has(result, "money", "payer"):
        return None
    years = result.days / DAYS_PER_YEAR
    borne = independent(result, result.total("money", by="payer").sum("time") / (1e6 * years))
    rows = {}
    for payer in map(str, borne["payer"].values):
        before, after = (
            borne.sel(payer=payer, scenario=s).values for s in (result.baseline, scenario)
        )
        paired = paired_difference(before, after)
        rows[payer] = {**asdict(paired), "distinguishable": paired.distinguishable}
    return pd.DataFrame.from_dict(rows, orient="index")


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
