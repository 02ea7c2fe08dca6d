"""Everything the page shows of a result that does not depend on the language."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Any

import pandas as pd

from carestair.analysis.uncertainty import Groups, groups_of
from carestair.comparison import PairedDifference, compare, headlines
from carestair.plot.series import Periods, periods
from carestair.reporting import basis, doubt, figures, people, places
from carestair.reporting.figures import Series, Split, Trend
from carestair.reporting.places import Places
from carestair.result import Result


@dataclass(frozen=True)
class Figure:
    """A figure of the page: where it stands, and the charts it is made of."""

    id: str
    section: str
    kind: str  # trend, dots, stairs, stack, flows, worst, exceed, who, ceac, kinds
    unit: str = ""
    axis: str = ""
    main: bool = True  # shown at once; the others when asked for


@dataclass(frozen=True)
class Content:
    """What was found in a result."""

    at: Periods
    drawn: bool  # parameters vary
    tables: dict[str, pd.DataFrame]  # carestair.compare, by scenario
    payers: dict[str, pd.DataFrame | None]  # what each bears, by scenario
    begins: dict[str, datetime.date | None]  # where the policy begins later than the period
    figures: tuple[Figure, ...]
    charts: dict[str, dict[str, Any]]  # numbers by scenario and figure
    series: dict[str, Series]
    differences: dict[str, dict[str, PairedDifference]]  # of series, by scenario
    places: Places | None
    moves: Any  # to a place for good, by scenario, step and service; None where nobody moves
    old: Any  # residents from 67 by scenario and period
    with_service: Any  # those of them with a service
    config: dict[str, Any]
    uncertain: dict[str, dict[str, pd.DataFrame]]  # carestair.analysis.uncertainty, by outcome
    touched: dict[str, list[basis.Touched]]
    kinds: dict[str, int]


def gather(result: Result) -> Content:
    """Read a result once, for all scenarios."""
    at = periods(result)
    others = result.policies
    tables = {s: compare(result, s) for s in others}
    trends = figures.all_series(result)
    splits = [(split, figures.split_rows(result, split, at)) for split in figures.SPLITS]
    steps = people.staircase(result, at)
    forms = result.of_services("service_form")
    room = places.places(result, forms)
    moves = places.moves(result, forms)
    kinds = basis.kinds(result)
    shown: list[Figure] = [
        Figure("stairs", "staircase", "stairs", "persons"),
        Figure("stack", "staircase", "stack", "persons"),
    ]
    if moves is not None:
        shown.append(Figure("flows", "staircase", "flows", "persons"))
    if room is not None:
        shown += [
            Figure("worst", "places", "worst"),
            Figure("exceed", "places", "exceed"),
        ]
    charts: dict[str, dict[str, Any]] = {s: {} for s in others}
    baseline = result.baseline
    for s in others:
        charts[s]["stairs"] = people.stairs_chart(steps, baseline, s)
        charts[s]["stack"] = {
            "baseline": people.stack_chart(steps, at, baseline),
            "scenario": people.stack_chart(steps, at, s),
        }
        if moves is not None:
            charts[s]["flows"] = {
                "baseline": places.moves_chart(moves, baseline),
                "scenario": places.moves_chart(moves, s),
            }
        if room is not None:
            charts[s]["worst"] = places.worst_chart(room, at, baseline, s)
            charts[s]["exceed"] = places.exceed_chart(room, at, baseline, s)
        for outcome in people.BETTER:
            charts[s][f"who_{outcome}"] = people.who_chart(result, s, outcome)
        charts[s]["kinds"] = [{"kind": k, "count": n} for k, n in kinds.items()]
    differences = _trends(trends, shown, charts, tables, baseline, room, at)
    for split, found in splits:
        if found is None:
            continue
        rows = {s: figures.split_chart(found[0], split.axis, baseline, s) for s in others}
        if any(row["d"] for of in rows.values() for row in of):
            _add_split(split, found[1], rows, shown, charts)
    shown += [Figure(f"who_{outcome}", "who", "who", "persons") for outcome in people.BETTER]
    groups = {s: groups_of(result, s) for s in others}
    if result.has_person_rows:
        _by_need(result, groups, shown, charts)
    worth = doubt.worth(result)
    if worth is not None:
        shown.append(Figure("ceac", "sure", "ceac"))
        for s in others:
            charts[s]["ceac"] = doubt.ceac_chart(worth, s)
    shown.append(Figure("kinds", "basis", "kinds"))
    known = headlines(result)
    config = result.configured
    return Content(
        at=at,
        drawn=figures.is_drawn(result),
        tables=tables,
        payers={s: figures.payers(result, s) for s in others},
        begins={s: basis.begins(result, config, s) for s in others},
        figures=tuple(shown),
        charts=charts,
        series={trend.id: series for trend, series in trends},
        differences=differences,
        places=room,
        moves=moves,
        old=people.old_residents(result, at),
        with_service=steps.sum("step"),
        config=config,
        uncertain={s: doubt.tables(result, known, groups[s], s) for s in others},
        touched={s: basis.touched(result, config, s) for s in others},
        kinds=kinds,
    )


def _trends(
    trends: Any,
    shown: list[Figure],
    charts: dict[str, dict[str, Any]],
    tables: dict[str, pd.DataFrame],
    baseline: str,
    room: Places | None,
    at: Periods,
) -> dict[str, dict[str, PairedDifference]]:
    """Add the trends, and return what their means differ by, as `compare` says where it does."""
    differences: dict[str, dict[str, PairedDifference]] = {s: {} for s in charts}
    trend: Trend
    series: Series
    for trend, series in trends:
        shown.append(Figure(trend.id, trend.section, "trend", series.unit, main=trend.main))
        for s, of_scenario in charts.items():
            chart = series.chart(baseline, s)
            if trend.id == "places" and room is not None:
                chart["capacity"] = places.capacity_by_period(room, at, baseline)
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


def _by_need(
    result: Result,
    groups: dict[str, Groups],
    shown: list[Figure],
    charts: dict[str, dict[str, Any]],
) -> None:
    for i, (outcome, (unit, _)) in enumerate(people.BY_NEED.items()):
        shown.append(Figure(f"gain_{outcome}", "who", "dots", unit, "need_level", main=i == 0))
    for s, of_scenario in charts.items():
        for outcome, rows in people.gains_by_need(result, groups[s]).items():
            of_scenario[f"gain_{outcome}"] = {"axis": "need_level", "rows": rows}


def _add_split(
    split: Split,
    unit: str,
    rows: dict[str, list[dict[str, Any]]],
    shown: list[Figure],
    charts: dict[str, dict[str, Any]],
) -> None:
    shown.append(Figure(split.id, split.section, "dots", unit, split.axis, split.main))
    for s, of in rows.items():
        charts[s][split.id] = {"axis": split.axis, "rows": of}
