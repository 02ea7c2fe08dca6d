"""What the page says of each figure, also to those who do not see the chart."""

from __future__ import annotations

from typing import Any

import numpy as np

from carestair.plot.people import service_titles
from carestair.reporting import account, answer, doubt, places
from carestair.reporting.content import Content, Figure
from carestair.reporting.texts import Texts, decimals_for, small
from carestair.result import Result


def said(figure: Figure, result: Result, content: Content, texts: Texts, scenario: str) -> str:
    """Say what a figure shows, also to those who do not see the chart."""
    names = content.at.names
    chart: Any = content.charts[scenario].get(figure.id)
    if figure.kind == "trend":
        series = content.series[figure.id]
        unit = texts.unit(series.unit)
        told = [
            answer.course(series.of(result.baseline).mean(axis=0), unit, names, texts),
            answer.change(
                content.differences[scenario][figure.id],
                texts.unit_of_differences(series.unit),
                texts("period", first=names[0], last=names[-1]),
                texts,
            ),
        ]
        if series.projected is not None:
            last = float(series.projected[-1])
            number = texts.number(last, decimals_for(abs(last)))
            told.insert(1, texts("course.projected", last=number, unit=unit, end=names[-1]))
        return " ".join(told)
    if figure.kind == "stairs":
        gaps = {}
        for gap, of, period in (
            ("first", result.baseline, 0),
            ("baseline", result.baseline, -1),
            ("scenario", scenario, -1),
        ):
            for name, held in (("with", content.with_service), ("all", content.old)):
                value = float(held.sel(scenario=of).isel(period=period))
                gaps[f"{name}_{gap}"] = texts.number(value)
        return texts("charts.stairs_text", begin=names[0], end=names[-1], **gaps)
    if figure.kind == "flows":
        return _moves(content, result.baseline, scenario, texts)
    if figure.kind == "worst":
        mean = {who: float(np.mean(chart[who])) for who in ("baseline", "scenario")}
        return texts("charts.worst_text", **{k: texts.percent(v) for k, v in mean.items()})
    if figure.kind == "exceed":
        return _exceeds(result, content, texts, scenario)
    if figure.kind == "who":
        sums = {side: sum(row[side] for row in chart) for side in ("better", "worse")}
        return texts("who.sum", **{side: texts.number(n) for side, n in sums.items()})
    if figure.kind == "ceac":
        return doubt.ceac_said(chart, texts)
    if figure.kind == "dots":
        return _clearest(result, texts, chart)
    if figure.kind == "kinds":
        return texts(
            "basis.kinds_text",
            all=texts.number(sum(content.kinds.values())),
            assumptions=texts.number(content.kinds.get("assumption", 0)),
            share=texts.percent(account.share_of_assumptions(content.kinds)),
        )
    return texts("charts.stack_text")


def _moves(content: Content, baseline: str, scenario: str, texts: Texts) -> str:
    moves = content.moves.sum("service")
    before = moves.sel(scenario=baseline)
    share = float(before.sel(step="under_2") / before.sum()) if before.sum() > 0 else 0.0
    gaps = {"baseline": before, "scenario": moves.sel(scenario=scenario)}
    numbers = {who: texts.number(float(of.sum()), 1) for who, of in gaps.items()}
    return texts("charts.flows_text", share=texts.percent(share), **numbers)


def _clearest(result: Result, texts: Texts, chart: dict[str, Any]) -> str:
    """Name the largest differences that can be told from chance."""
    names = level_names(result, texts, chart["axis"])
    told = [
        f"{small(names.get(row['level'], row['level']))} "
        f"{texts.signed(row['d'], decimals_for(abs(row['d'])))}"
        for row in sorted(chart["rows"], key=lambda row: -abs(row["d"]))
        if row["clear"]
    ]
    if not told:
        return texts("charts.dots_unclear")
    return texts("charts.dots_text", changes=texts.listed(told[:3]))


def _exceeds(result: Result, content: Content, texts: Texts, scenario: str) -> str:
    assert content.places is not None
    names = level_names(result, texts, "service")
    lack = content.places.worst_lack(content.at)
    gaps = {}
    for who, of, mark in (("baseline", result.baseline, ""), ("scenario", scenario, "_scenario")):
        gaps[f"kinds{mark}"] = "; ".join(
            f"{small(names.get(kind, kind))}: {texts.number(n)}"
            for kind, n in content.places.by_kind(of).items()
        )
        gaps[f"enough{mark}"] = texts.percent(float((lack.sel(scenario=of) <= 0.0).mean()))
        gaps[who] = str(places.more_for(content.places, content.at, of, 0.9))
    same = gaps["kinds"] == gaps["kinds_scenario"]
    return texts(f"charts.exceed_text{'' if same else '_both'}", **gaps)


def level_names(result: Result, texts: Texts, axis: str) -> dict[str, str]:
    """Name of each level of an axis in the language of the page."""
    if axis == "unit":
        names, norwegian = result.of_units("unit_title"), result.of_units("unit_norwegian")
    elif axis == "service":
        names, norwegian = service_titles(result), result.of_services("service_norwegian")
    else:
        return texts.find(f"levels.{axis}") or {}
    if texts.language != "nb":
        return names
    told = {level: norwegian.get(level) or title for level, title in names.items()}
    return {level: name[:1].upper() + name[1:] for level, name in told.items()}
