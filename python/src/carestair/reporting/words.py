"""What the page says in one language: answers, table rows, what stands above the charts, lists."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from carestair import _file
from carestair.plot.people import service_titles
from carestair.plot.series import STEPS
from carestair.reporting import account, answer, basis, figures
from carestair.reporting.content import Content, Figure
from carestair.reporting.texts import Study, Texts, decimals_for
from carestair.result import Result

# Outcomes of carestair.compare by what they are about; those not named come last.
_GROUPS = {
    "residents": (
        *("unmet_hours", "recipients", "recipients_end", "extensive"),
        *("hospital_days", "discharge_ready_days", "deaths", "residents", "qalys"),
    ),
    "places": ("places", "waiting"),
    "staff": ("home_hours", "staff_employed", "staff_sick", "staff_at_work"),
    "family": ("informal_hours",),
    "volunteers": ("volunteers", "volunteer_hours"),
    "money": ("cost", "net_municipality", "net_state", "net_users", "coordination_cost"),
}
_OTHER_KINDS = {"stairs", "stack", "worst", "exceed"}


def page_words(result: Result, content: Content, texts: Texts, study: Study) -> dict[str, Any]:
    """Return everything the template needs to say the page in one language."""
    names = texts.listed(list(result.municipality_titles.values()))
    first, last = content.at.names[0], content.at.names[-1]
    facts = account.facts(result, content, texts, study, names)
    baseline = study.scenario_titles[result.baseline]
    return {
        "texts": texts,
        "t": texts.entries,
        "study": study,
        "names": names,
        "period": texts("period", first=first, last=last),
        "baseline": baseline,
        "scenarios": [
            _scenario(result, content, texts, study, scenario, facts)
            for scenario in result.scenarios[1:]
        ],
        "sections": _sections(content, texts),
        "made": [
            (texts(f"made.{name}"), value)
            for name, value in (
                ("command", facts["command"]),
                ("version", f"carestair {facts['version']} ({facts['commit']})"),
                ("seed", facts["seed"]),
                ("replications", facts["made_of"]),
                ("population", facts["population"]),
                ("time", f"{facts['start']} – {facts['end']}"),
                ("hash", facts["hash"]),
            )
        ],
        "made_text": texts("made.text", replications=facts["replications"]),
    }


# --- sections and figures -------------------------------------------------------------------------


def _sections(content: Content, texts: Texts) -> list[dict[str, Any]]:
    sections = []
    for section in (*figures.SECTIONS, "who", "basis"):
        held = [_figure(f, content, texts) for f in content.figures if f.section == section]
        if held:
            heading = texts(f"headings.{section}")
            sections.append({"id": section, "heading": heading, "figures": held})
    return sections


def _figure(figure: Figure, content: Content, texts: Texts) -> dict[str, Any]:
    unit = texts.find(f"units.{figure.unit}") or figure.unit
    t = texts.entries["charts"]
    both = [("level", f"{t['level']}, {unit}"), ("difference", f"{t['difference']}, {unit}")]
    panes = {
        "trend": both,
        "dots": [("dots", f"{t['difference']}, {unit}")],
        "stack": [("stack:baseline", texts("baseline")), ("stack:scenario", texts("scenario"))],
        "worst": [("worst", t["probability"])],
        "exceed": [("exceed", t["exceed_y"])],
        "who": [("who", t["who_x"])],
        "kinds": [("kinds", t["count"])],
        "stairs": [("stairs", t["persons_67"])],
    }[figure.kind]
    if figure.kind in _OTHER_KINDS or figure.kind == "kinds":
        title = _plain_title(figure, content, texts)
    elif figure.kind == "who":
        title = texts(f"who.{figure.id.removeprefix('who_')}")
    else:
        title = texts(f"{'trends' if figure.kind == 'trend' else 'splits'}.{figure.id}")
    return {
        "id": figure.id,
        "kind": figure.kind,
        "title": title,
        "panes": panes,
        "key": _key(figure, content, texts),
    }


def _key(figure: Figure, content: Content, texts: Texts) -> list[tuple[str, str]]:
    """Return what colours and lines mean: a class of the style sheet, and the words."""
    t = texts.entries["charts"]
    lines = [("line-baseline", texts("baseline")), ("line-scenario", texts("scenario"))]
    if figure.kind == "trend":
        limit = [("line-capacity", t["capacity"])]
        return [
            *lines,
            *(limit if figure.id == "places" and content.places is not None else []),
            ("band-baseline", t["band"]),
            ("band-scenario", t["interval"]),
        ]
    if figure.kind in ("worst", "exceed"):
        return [lines[0], ("line-solid", texts("scenario"))]
    if figure.kind == "dots":
        return [("dot-clear", t["clear"]), ("dot-unclear", t["unclear"])]
    if figure.kind == "stairs":
        first, last = content.at.names[0], content.at.names[-1]
        return [
            ("bar-first", texts("charts.first", year=first)),
            ("bar-baseline", texts("charts.last_baseline", year=last)),
            ("bar-scenario", texts("charts.last_scenario", year=last)),
        ]
    if figure.kind == "stack":
        steps = [texts.entries["steps"][step].replace("\n", " ") for step in STEPS]
        return [(f"step-{i}", step) for i, step in enumerate(steps, 1)]
    if figure.kind == "who":
        return [(sex, texts(f"sexes.{sex}")) for sex in ("female", "male")]
    return []


def _plain_title(figure: Figure, content: Content, texts: Texts) -> str:
    months = content.at.index[-figures.last_months(content.at) :]
    names = (content.at.names[months[0]], content.at.names[months[-1]])
    period = texts("period", first=names[0], last=names[1])
    return texts(f"charts.{figure.kind}_title", period=period)


# --- one scenario ---------------------------------------------------------------------------------


def _scenario(
    result: Result,
    content: Content,
    texts: Texts,
    study: Study,
    scenario: str,
    facts: dict[str, str],
) -> dict[str, Any]:
    table = content.tables[scenario]
    told = answer.answer(table, texts)
    numbers = content.touched[scenario]
    changes = [account.change(c, texts) for c in basis.changes(content.config, scenario)]
    facts = {
        **facts,
        "changes": "; ".join(changes),
        "cost_result": account.cost(table, texts, study, scenario),
    }
    return {
        "id": scenario,
        "title": study.scenario_titles[scenario],
        "description": study.scenario_descriptions[scenario].split("\n")[0],
        "sentences": told.sentences,
        "caption": texts(
            "table.caption",
            scenario=study.scenario_titles[scenario],
            baseline=study.scenario_titles[result.baseline],
            period=texts("period", first=content.at.names[0], last=content.at.names[-1]),
        ),
        "groups": _groups(table, told.claims, texts),
        "figures": {f.id: _said(f, result, content, texts, scenario) for f in content.figures},
        "changes": changes,
        "touched": [account.touched(row, texts) for row in numbers[: basis.MOST_ROWS]],
        "touched_text": texts(
            "basis.touched_text",
            count=len(numbers),
            assumptions=sum(row.kind == "assumption" for row in numbers),
        ),
        "touched_more": texts("basis.touched_more", count=len(numbers)),
        "doubts": [
            account.doubt(name, gaps, texts) for name, gaps in basis.doubts(result, numbers)
        ],
        "lists": {
            name: [(item, text.format(**facts)) for item, text in texts.entries[name]]
            for name in ("stress", "odd", "cheers")
        },
    }


def _groups(
    table: pd.DataFrame, claims: dict[str, str], texts: Texts
) -> list[tuple[str, list[dict[str, Any]]]]:
    """Rows of the table, the most important to residents first."""
    groups: dict[str, list[dict[str, Any]]] = {name: [] for name in (*_GROUPS, "other")}
    group_of = {outcome: name for name, outcomes in _GROUPS.items() for outcome in outcomes}
    for outcome, row in table.iterrows():
        group = group_of.get(str(outcome), "other")
        groups[group].append(_row(str(outcome), row, claims, texts))
    return [(texts(f"table.sections.{name}"), rows) for name, rows in groups.items() if rows]


def _row(outcome: str, row: pd.Series, claims: dict[str, str], texts: Texts) -> dict[str, Any]:
    d, low, high = (float(row[name]) for name in ("difference", "low", "high"))
    size = abs(d) if claims[outcome] != answer.UNCLEAR else (high - low) / 2
    decimals = decimals_for(size)
    finite = bool(np.isfinite([low, high]).all())
    span = max(abs(low), abs(high), 1e-12) if finite else 1.0
    known = texts.find(f"outcomes.{outcome}") or {}
    base = float(row["baseline"])
    return {
        "id": outcome,
        "title": known.get("title", row["title"]),
        "unit": known.get("unit", row["unit"]),
        "foreign": not known,
        "baseline": texts.number(base, min(decimals, decimals_for(abs(base)))),
        "difference": texts.signed(d, decimals),
        "interval": f"{texts.signed(low, decimals)} – {texts.signed(high, decimals)}",
        "exact": {"baseline": base, "difference": d, "low": low, "high": high},
        "certainty": claims[outcome],
        "verdict": texts(f"table.{claims[outcome]}"),
        "way": texts(f"table.{'more' if d > 0 else 'less'}"),
        "finite": finite,
        # Of a picture 100 wide with zero in the middle.
        "left": round(50 + 46 * low / span, 1) if finite else 0,
        "width": round(46 * (high - low) / span, 1) if finite else 100,
        "point": round(50 + 46 * d / span, 1) if finite else 50,
    }


def _said(figure: Figure, result: Result, content: Content, texts: Texts, scenario: str) -> str:
    """Say what a figure shows, also to those who do not see the chart."""
    names = content.at.names
    chart: Any = content.charts[scenario].get(figure.id)
    if figure.kind == "trend":
        series = content.series[figure.id]
        unit = texts.find(f"units.{series.unit}") or series.unit
        middle = np.median(series.of(result.baseline), axis=0)
        paired = content.differences[scenario][figure.id]
        return " ".join(
            (
                answer.course(middle[0], middle[-1], unit, (names[0], names[-1]), texts),
                answer.change(paired.difference, paired.low, paired.high, unit, texts),
            )
        )
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
    if figure.kind == "worst":
        mean = {who: float(np.mean(chart[who])) for who in ("baseline", "scenario")}
        return texts("charts.worst_text", **{k: texts.percent(v) for k, v in mean.items()})
    if figure.kind == "exceed":
        return _exceeds(result, content, texts, scenario, chart)
    if figure.kind == "who":
        sums = {side: sum(row[side] for row in chart) for side in ("better", "worse")}
        return texts("who.sum", **{side: texts.number(n) for side, n in sums.items()})
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


def _clearest(result: Result, texts: Texts, chart: dict[str, Any]) -> str:
    """Name the largest differences that can be told from chance."""
    names = level_names(result, texts, chart["axis"])
    told = [
        f"{_small(names.get(row['level'], row['level']))} "
        f"{texts.signed(row['d'], decimals_for(abs(row['d'])))}"
        for row in chart["rows"]
        if row["clear"]
    ]
    if not told:
        return texts("charts.dots_unclear")
    return texts("charts.dots_text", changes=texts.listed(told[:3]))


def _small(name: str) -> str:
    """Write a name inside a sentence; abbreviations keep their capitals."""
    return name if name[1:2].isupper() else name[:1].lower() + name[1:]


def level_names(result: Result, texts: Texts, axis: str) -> dict[str, str]:
    """Name of each level of an axis in the language of the page."""
    if axis != "service":
        return texts.find(f"levels.{axis}") or {}
    names = service_titles(result)
    if texts.language != "nb":
        return names
    norwegian = _file.read_services(result.path, "service_norwegian")
    told = {service: norwegian.get(service) or title for service, title in names.items()}
    return {service: name[:1].upper() + name[1:] for service, name in told.items()}


def _exceeds(
    result: Result, content: Content, texts: Texts, scenario: str, chart: dict[str, Any]
) -> str:
    assert content.places is not None
    capacity = chart["capacity"]["baseline"]
    worst = content.places.needed.sel(scenario=result.baseline)
    end = worst.isel(time=slice(-figures.last_months(content.at), None)).max("time").values
    needed = {
        who: str(figures.enough_for(content.places, content.at, of, 0.9))
        for who, of in (("baseline", result.baseline), ("scenario", scenario))
    }
    return texts(
        "charts.exceed_text",
        capacity=texts.number(capacity),
        enough=texts.percent(float((end <= capacity).mean())),
        **needed,
    )
