"""Everything the page shows of a result that does not depend on the language."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pandas as pd

from carestair import _file
from carestair.comparison import PairedDifference, compare
from carestair.plot.series import Periods, periods
from carestair.reporting import basis, figures
from carestair.reporting.figures import Places, Series, Split, Trend
from carestair.result import Result


@dataclass(frozen=True)
class Figure:
    """A figure of the page: where it stands, and the charts it is made of."""

    id: str
    section: str
    kind: str  # trend, dots, stairs, stack, worst, exceed, who, kinds
    unit: str = ""
    axis: str = ""


@dataclass(frozen=True)
class Content:
    """What was found in a result."""

    at: Periods
    tables: dict[str, pd.DataFrame]  # carestair.compare, by scenario
    figures: tuple[Figure, ...]
    charts: dict[str, dict[str, Any]]  # numbers by scenario and figure
    series: dict[str, Series]
    differences: dict[str, dict[str, PairedDifference]]  # of series, by scenario
    places: Places | None
    old: Any  # residents from 67 by scenario and period
    with_service: Any  # those of them with a service
    config: dict[str, Any]
    touched: dict[str, list[basis.Touched]]
    kinds: dict[str, int]


def gather(result: Result) -> Content:
    """Read a result once, for all scenarios."""
    at = periods(result)
    others = result.scenarios[1:]
    tables = {s: compare(result, s) for s in others}
    trends = figures.all_series(result)
    splits = [(split, figures.split_rows(result, split, at)) for split in figures.SPLITS]
    steps = figures.staircase(result, at)
    places = figures.places(result, _file.read_services(result.path, "service_form"))
    kinds = basis.kinds(result)
    shown: list[Figure] = [
        Figure("stairs", "staircase", "stairs", "persons"),
        Figure("stack", "staircase", "stack", "persons"),
    ]
    if places is not None:
        shown += [
            Figure("worst", "places", "worst"),
            Figure("exceed", "places", "exceed"),
        ]
    charts: dict[str, dict[str, Any]] = {s: {} for s in others}
    baseline = result.baseline
    for s in others:
        charts[s]["stairs"] = figures.stairs_chart(steps, baseline, s)
        charts[s]["stack"] = {
            "baseline": figures.stack_chart(steps, at, baseline),
            "scenario": figures.stack_chart(steps, at, s),
        }
        if places is not None:
            charts[s]["worst"] = figures.worst_chart(places, at, baseline, s)
            charts[s]["exceed"] = figures.exceed_chart(places, at, baseline, s)
        for outcome in figures.BETTER:
            charts[s][f"who_{outcome}"] = figures.who_chart(result, s, outcome)
        charts[s]["kinds"] = [{"kind": k, "count": n} for k, n in kinds.items()]
    differences = _trends(trends, shown, charts, tables, baseline, places, at)
    for split, found in splits:
        if found is None:
            continue
        rows = {s: figures.split_chart(found[0], split.axis, baseline, s) for s in others}
        if any(row["d"] for of in rows.values() for row in of):
            _add_split(split, found[1], rows, shown, charts)
    shown += [Figure(f"who_{outcome}", "who", "who", "persons") for outcome in figures.BETTER]
    shown.append(Figure("kinds", "basis", "kinds"))
    config = basis.configuration(result)
    return Content(
        at=at,
        tables=tables,
        figures=tuple(shown),
        charts=charts,
        series={trend.id: series for trend, series in trends},
        differences=differences,
        places=places,
        old=figures.old_residents(result, at),
        with_service=steps.sum("step"),
        config=config,
        touched={s: basis.touched(result, config, s) for s in others},
        kinds=kinds,
    )


def _trends(
    trends: Any,
    shown: list[Figure],
    charts: dict[str, dict[str, Any]],
    tables: dict[str, pd.DataFrame],
    baseline: str,
    places: Places | None,
    at: Periods,
) -> dict[str, dict[str, PairedDifference]]:
    """Add the trends, and return what their means differ by, as `compare` says where it does."""
    differences: dict[str, dict[str, PairedDifference]] = {s: {} for s in charts}
    trend: Trend
    series: Series
    for trend, series in trends:
        shown.append(Figure(trend.id, trend.section, "trend", series.unit))
        for s, of_scenario in charts.items():
            chart = series.chart(baseline, s)
            if trend.id == "places" and places is not None:
                chart["capacity"] = figures.capacity_by_period(places, at, baseline)
            of_scenario[trend.id] = chart
            paired = series.mean_difference(baseline, s)
            if trend.outcome in tables[s].index:
                row = tables[s].loc[trend.outcome]
                paired = PairedDifference(
                    **{
                        name: float(row[name])
                        for name in (
                            *("baseline", "scenario", "difference", "low", "high", "sd"),
                            "variance_ratio",
                        )
                    }
                )
            differences[s][trend.id] = paired
    return differences


def _add_split(
    split: Split,
    unit: str,
    rows: dict[str, list[dict[str, Any]]],
    shown: list[Figure],
    charts: dict[str, dict[str, Any]],
) -> None:
    shown.append(Figure(split.id, split.section, "dots", unit, split.axis))
    for s, of in rows.items():
        charts[s][split.id] = {"axis": split.axis, "rows": of}
