"""What the page says in one language: answers, table rows, what stands above the charts, lists."""

from __future__ import annotations

import re
from typing import Any

import pandas as pd

from carestair.plot.series import STEPS
from carestair.reporting import (
    account,
    answer,
    basis,
    changes,
    doubt,
    figures,
    places,
    said,
    table,
)
from carestair.reporting.content import Content, Figure
from carestair.reporting.study import Study
from carestair.reporting.texts import Texts, decimals_for
from carestair.result import Result

_TITLED = {"stairs", "stack", "flows", "worst", "exceed", "ceac", "kinds"}  # by their kind


def page_words(result: Result, content: Content, texts: Texts, study: Study) -> dict[str, Any]:
    """Return everything the template needs to say the page in one language."""
    names = texts.listed(list(result.municipality_titles.values()))
    first, last = content.at.names[0], content.at.names[-1]
    facts = account.facts(result, content, texts, study, names)
    baseline = study.scenario_titles[result.baseline]
    drawn = "_drawn" if content.drawn else ""
    scenarios = [
        _scenario(result, content, texts, study, scenario, facts) for scenario in result.policies
    ]
    return {
        "texts": texts,
        "t": texts.entries,
        "study": study,
        "names": names,
        "period": texts("period", first=first, last=last),
        "baseline": baseline,
        "scenarios": scenarios,
        "policies": table.side_by_side(
            content.tables,
            {scenario["id"]: scenario["claims"] for scenario in scenarios},
            study.scenario_titles,
            texts,
        ),
        "later": len(set(content.begins.values())) > 1,
        "sections": _sections(content, texts),
        "by_need": result.has_person_rows,
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
        "made_text": texts(f"made.text{drawn}", **facts),
        "how_sure": texts(f"answer.how_sure{drawn}", **facts),
        "drawn": content.drawn,
    }


# --- sections and figures -------------------------------------------------------------------------


def _sections(content: Content, texts: Texts) -> list[dict[str, Any]]:
    sections = []
    for section in (*figures.SECTIONS, "who", "sure", "basis"):
        held = [f for f in content.figures if f.section == section]
        if not held and section != "sure":
            continue
        main, others = (
            [_figure(f, content, texts) for f in held if f.main is wanted]
            for wanted in (True, False)
        )
        titles = [f["title"][:1].lower() + f["title"][1:] for f in others]
        sections.append(
            {
                "id": section,
                "heading": _heading(section, content, texts),
                "figures": main or others,
                "others": others if main else [],
                "more": texts("more", titles=texts.listed(titles)),
            }
        )
    return sections


def _heading(section: str, content: Content, texts: Texts) -> str:
    """Return the heading of a section; that of money tells the year of its prices."""
    year = (content.config.get("economy") or {}).get("price_year")
    if isinstance(year, dict):
        year = year.get("value")
    if section == "money" and year:
        return texts("headings.money_of", year=year)
    return texts(f"headings.{section}")


def _figure(figure: Figure, content: Content, texts: Texts) -> dict[str, Any]:
    unit, gap = texts.unit(figure.unit), texts.unit_of_differences(figure.unit)
    t = texts.entries["charts"]
    both = [("level", f"{t['level']}, {unit}"), ("difference", f"{t['difference']}, {gap}")]
    panes = {
        "trend": both,
        "dots": [("dots", f"{t['difference']}, {gap}")],
        "stack": [("stack:baseline", texts("baseline")), ("stack:scenario", texts("scenario"))],
        "flows": [("flows:baseline", texts("baseline")), ("flows:scenario", texts("scenario"))],
        "worst": [("worst", t["probability"])],
        "exceed": [("exceed", t["exceed_y"])],
        "who": [("who", t["who_x"])],
        "ceac": [("ceac", t["ceac_y"])],
        "kinds": [("kinds", t["count"])],
        "stairs": [("stairs", t["persons_67"])],
    }[figure.kind]
    if figure.kind in _TITLED:
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
        lines = [(mark, texts("charts.line", name=name)) for mark, name in lines]
        limit = [("line-capacity", t["capacity"])]
        told = content.series[figure.id].projected is not None
        return [
            *lines,
            *([("line-projected", t["projected"])] if told else []),
            *(limit if figure.id == "places" and content.places is not None else []),
            ("band-baseline", t["band_draws" if content.drawn else "band"]),
            ("band-scenario", t["interval"]),
            *([("band-reach", t["reach"])] if content.drawn else []),
        ]
    if figure.kind in ("worst", "exceed"):
        return [lines[0], ("line-solid", texts("scenario"))]
    if figure.kind == "ceac":
        shares = [chart["ceac"].get("parameters", ()) for chart in content.charts.values()]
        known = any(share is not None for of_scenario in shares for share in of_scenario)
        by_parameters = [("line-solid", t["ceac_parameters"])] if known else []
        return [*by_parameters, ("line-scenario", t["ceac_both"])]
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
    months = content.at.index[-places.last_months(content.at) :]
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
    differences = content.tables[scenario]
    frame = _frame(result, content, texts, scenario)
    told = answer.answer(differences, texts, frame, content.payers[scenario])
    numbers = content.touched[scenario]
    units = said.level_names(result, texts, "unit")
    dated = changes.tell(basis.changes(content.config, scenario), result, content.config, texts)
    facts = {
        **facts,
        "changes": "; ".join(map(str, dated)),
        "certain": texts.number(sum(c in answer.TOLD_FROM_CHANCE for c in told.claims.values())),
        "outcomes_count": texts.number(len(told.claims)),
        "cost_result": account.cost(differences, texts, study, scenario),
    }
    return {
        "id": scenario,
        "title": study.scenario_titles[scenario],
        "description": _own_words(study.scenario_descriptions[scenario]),
        "sentences": told.sentences,
        "besides": told.besides,
        "claims": told.claims,
        "begins": _begins(frame, texts),
        "caption": texts(
            "table.caption",
            scenario=study.scenario_titles[scenario],
            baseline=study.scenario_titles[result.baseline],
            period=frame.period,
        ),
        "groups": table.groups(differences, told.claims, texts),
        "figures": {f.id: said.said(f, result, content, texts, scenario) for f in content.figures},
        "sure_heads": doubt.heads(result, content.uncertain[scenario], texts, study),
        "sure_rows": doubt.rows(content.uncertain[scenario], texts),
        "changes": dated,
        "touched": [account.touched(row, texts) for row in numbers[: basis.MOST_ROWS]],
        "touched_text": _touched(numbers, texts),
        "touched_more": _more(len(numbers), texts),
        "doubts": [
            account.doubt(name, gaps, texts, units)
            for name, gaps in basis.doubts(result, numbers, scenario)
        ],
        "lists": {
            name: [(item, text.format(**facts)) for item, text in texts.entries[name]]
            for name in ("stress", "odd", "cheers")
        },
    }


def _frame(result: Result, content: Content, texts: Texts, scenario: str) -> answer.Frame:
    period = texts("period", first=content.at.names[0], last=content.at.names[-1])
    begins = content.begins[scenario]
    if begins is None:
        return answer.Frame(period, drawn=content.drawn)
    rest = (result.end - pd.Timestamp(begins)).days + 1
    return answer.Frame(period, texts.since(begins), result.days / rest, content.drawn)


def _begins(frame: answer.Frame, texts: Texts) -> str:
    """Say how means over the whole period are to be read where the policy begins later."""
    if not frame.begins:
        return ""
    times = texts.number(frame.times, decimals_for(frame.times) + 1)
    return texts("answer.begins", begins=frame.begins, period=frame.period, times=times)


def _touched(numbers: list[basis.Touched], texts: Texts) -> str:
    assumptions = sum(row.kind == "assumption" for row in numbers)
    if len(numbers) == 1:
        return texts(f"basis.touched_{'assumed' if assumptions else 'known'}_one")
    if assumptions == len(numbers):
        both = "both" if assumptions == 2 else "all"
        told = texts(f"basis.touched_{both}_assumptions")
    else:
        told = texts.counted("basis.touched_assumptions", assumptions)
    return texts("basis.touched_text", count=texts.number(len(numbers)), assumptions=told)


def _more(count: int, texts: Texts) -> str:
    if count > basis.MOST_ROWS:
        return texts("basis.touched_some", shown=basis.MOST_ROWS, count=texts.number(count))
    return texts.counted("basis.touched_more", count)


def _own_words(description: str) -> str:
    """Return what the study says of a scenario; what it changes follows, and stands elsewhere."""
    first = description.split("\n")[0]
    return "" if re.match(r"from \d", first) else first
