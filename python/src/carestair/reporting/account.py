"""What the page says of evidence, changes and doubts, and the lists that reports are to fill in."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from carestair.comparison import DAYS_PER_YEAR
from carestair.reporting import basis, figures
from carestair.reporting.content import Content
from carestair.reporting.study import ABOUT, Study
from carestair.reporting.texts import Texts, decimals_for, small
from carestair.result import Result


def share_of_assumptions(kinds: dict[str, int]) -> float:
    """Assumptions among all numbers of the configuration."""
    return kinds.get("assumption", 0) / max(1, sum(kinds.values()))


def touched(row: basis.Touched, texts: Texts) -> dict[str, Any]:
    """Return a row of the table of numbers a scenario touches."""
    known = np.isfinite(row.value)
    unit = texts.find(f"changes.units.{row.unit}") or row.unit.replace("_", " ")
    ranged = np.isfinite(row.low) and np.isfinite(row.high) and row.low < row.high
    return {
        "address": row.address,
        "value": texts.plain(row.value) if known else texts("basis.table"),
        "range": f"{texts.plain(row.low)}–{texts.plain(row.high)}" if ranged else "",
        "unit": unit if known or not unit else f"({unit})",
        "kind": texts.find(f"kinds.{row.kind}") or row.kind,
        "assumption": row.kind == "assumption",
        "note": row.note,
        "marks": [
            *([texts("basis.changed")] if row.changed else []),
            *([texts("basis.no_effect")] if row.no_effect_possible else []),
        ],
    }


def doubt(
    name: str, gaps: dict[str, Any], texts: Texts, units: dict[str, str] | None = None
) -> str:
    """Say one thing to doubt; `units` are the names of units by id."""
    filled: dict[str, Any] = dict(gaps)
    where = ""
    if "units" in filled:
        named = [
            f"{small((units or {}).get(unit, unit))} ({texts.number(much, decimals_for(much))})"
            for unit, much in filled.pop("units").items()
        ]
        where = " " + texts("doubts.unused_where", units=texts.listed(named))
    if "share" in filled:
        filled["share"] = texts.percent(filled["share"])
    if "million" in filled:
        filled["million"] = texts.number(filled["million"], decimals_for(filled["million"]))
    count = gaps.get("count")
    if count is not None and count == gaps.get("all"):
        return all_of(f"doubts.{name}", count, texts)
    one = "_one" if count == 1 and texts.find(f"doubts.{name}_one") else ""
    return texts(f"doubts.{name}{one}", **filled) + where


def all_of(address: str, count: int, texts: Texts) -> str:
    """Say of the only one, of both or of all what `address` says of some."""
    which = {1: "only", 2: "both"}.get(count, "all")
    return texts(f"{address}_{which}", count=texts.numeral(count))


def cost(table: pd.DataFrame, texts: Texts, study: Study, scenario: str) -> str:
    """Say what the scenario costs the municipality, net and in services, with the intervals."""
    said = [
        texts(
            f"filled.{outcome}",
            title=study.scenario_titles[scenario],
            **{
                name: texts.signed(float(table.loc[outcome, name]), 2)
                for name in ("difference", "low", "high")
            },
        )
        for outcome in ("net_municipality", "cost")
        if outcome in table.index
    ]
    return " ".join(said) or texts("made.not_held")


def drawn_from(result: Result, texts: Texts) -> dict[str, str]:
    """Return how parameters vary, as words and numbers."""
    return {
        "draws": texts.number(len(result.draws)),
        "varied": texts.number(result.draws.shape[1]),
        "per_draw": texts.number(result.replications_per_draw),
        "design": texts.find(f"made.designs.{result.design}") or result.design,
    }


def facts(
    result: Result, content: Content, texts: Texts, study: Study, names: str
) -> dict[str, str]:
    """Return what fills the gaps of the lists for reporting."""
    burn_in = (content.config.get("simulation") or {}).get("burn_in_years") or {}
    economy = content.config.get("economy") or {}
    year = economy.get("price_year")
    if isinstance(year, dict):
        year = year.get("value")
    first = next(iter(content.tables.values()))
    payers = []
    if figures.has(result, "money", "payer"):
        told = texts.find("levels.payer") or {}
        payers = [told.get(str(p), str(p)) for p in result.indicators["payer"].values]
    count = result.replications
    has_qalys = figures.has(result, "qaly")
    drawn = "_drawn" if content.drawn else ""
    gaps = {"replications": texts.number(count), **drawn_from(result, texts)}
    rate = result.evidence["value"].get("economy.discount_rate", 0.0)
    return {
        **gaps,
        "title": study.title,
        "question": study.question,
        "command": result.command,
        "version": result.program_version,
        "commit": result.git_commit,
        "seed": str(result.seed),
        "hash": result.configuration_sha256,
        "hash_short": result.configuration_sha256[:12],
        "made_of": texts.number(count)
        if result.complete
        else texts("made.planned", count=count, planned=result.replications_planned),
        "population": texts.number(result.population),
        "municipalities": names,
        "start": str(result.start.date()),
        "end": str(result.end.date()),
        "days": texts.number(result.days),
        "years": texts.number(result.days / DAYS_PER_YEAR),
        "burn_in": str(burn_in.get("value", 0) if isinstance(burn_in, dict) else burn_in),
        "services": texts.number(result.indicators.sizes["service"]),
        "numbers": texts.number(sum(content.kinds.values())),
        "assumptions": texts.percent(share_of_assumptions(content.kinds)),
        "outcomes": "; ".join(
            f"{(texts.find(f'outcomes.{o}') or {}).get('title', row['title'])}"
            for o, row in first.iterrows()
            if o != "recipients_end"
        ),
        "scenarios": "; ".join(study.scenario_titles.values()),
        "perspective": texts("filled.perspective_payers", payers=texts.listed(payers))
        if payers
        else texts("filled.perspective_services"),
        "estimation": texts(f"filled.estimation{drawn}", **gaps),
        "uncertainty": texts(f"filled.uncertainty{drawn}", **gaps),
        **{
            f"about_{name}": study.about.get(name, texts("made.not_told", name=name))
            for name in ABOUT
        },
        "valuation": texts("filled.valuation" if has_qalys else "made.not_held"),
        "discounting": texts("filled.not_discounted", rate=texts.percent(float(rate), 1)),
        "price_year": texts("filled.price_year", year=year) if year else texts("filled.prices"),
    }
