"""The table of what changes, with its intervals."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from carestair.reporting import answer
from carestair.reporting.texts import Texts, decimals_for

# Outcomes of carestair.compare by what they are about; those not named come last.
_GROUPS = {
    "residents": (
        *("unmet_hours", "recipients", "recipients_end", "extensive"),
        *("hospital_days", "discharge_ready_days", "deaths", "residents", "qalys"),
    ),
    "places": ("places", "waiting"),
    "staff": (
        *("home_hours", "undelivered_hours", "lacking_competence"),
        *("staff_employed", "employees", "mean_position", "staff_sick", "staff_at_work"),
    ),
    "family": ("informal_hours", "carers", "carers_burdened", "carer_work_lost"),
    "volunteers": ("volunteers", "volunteer_hours"),
    "money": ("cost", "net_municipality", "net_state", "net_users", "coordination_cost"),
}
_MOST_DECIMALS = 2
# Of the policies side by side: what the sentences of the answer are about.
_SIDE_BY_SIDE = tuple(outcome for named in answer.SENTENCES.values() for outcome in named)


def groups(
    table: pd.DataFrame, claims: dict[str, str], texts: Texts
) -> list[tuple[str, list[dict[str, Any]]]]:
    """Rows of the table, the most important to residents first."""
    found: dict[str, list[dict[str, Any]]] = {name: [] for name in (*_GROUPS, "other")}
    group_of = {outcome: name for name, outcomes in _GROUPS.items() for outcome in outcomes}
    for outcome, row in table.iterrows():
        group = group_of.get(str(outcome), "other")
        found[group].append(_row(str(outcome), row, claims, texts))
    return [(texts(f"table.sections.{name}"), rows) for name, rows in found.items() if rows]


@dataclass(frozen=True)
class Policy:
    """A policy beside others: a cell an outcome, as in the table of what changes."""

    id: str
    title: str
    cells: list[dict[str, Any]]


def side_by_side(
    tables: dict[str, pd.DataFrame],
    claims: dict[str, dict[str, str]],
    titles: dict[str, str],
    texts: Texts,
) -> list[Policy]:
    """All policies by the outcomes the answer is about; none where there is one alone."""
    if len(tables) < 2:
        return []
    return [
        Policy(
            scenario,
            titles[scenario],
            [
                _row(outcome, table.loc[outcome], claims[scenario], texts)
                for outcome in _SIDE_BY_SIDE
                if outcome in table.index
            ],
        )
        for scenario, table in tables.items()
    ]


def _row(outcome: str, row: pd.Series, claims: dict[str, str], texts: Texts) -> dict[str, Any]:
    d, low, high = (float(row[name]) for name in ("difference", "low", "high"))
    if claims[outcome] in answer.TOLD_FROM_CHANCE:
        decimals = decimals_for(abs(d))
    else:
        decimals = min(_MOST_DECIMALS, decimals_for((high - low) / 2))
    finite = bool(np.isfinite([low, high]).all())
    span = max(abs(low), abs(high), 1e-12) if finite else 1.0
    known = texts.find(f"outcomes.{outcome}") or {}
    base = float(row["baseline"])
    return {
        "id": outcome,
        "title": known.get("title", row["title"]),
        "unit": known.get("unit", row["unit"]),
        "foreign": not known,
        "baseline": texts.number(base, answer.base_decimals(base, decimals)),
        "difference": texts.signed(d, decimals),
        "interval": texts(
            "table.from_to", low=texts.signed(low, decimals), high=texts.signed(high, decimals)
        ),
        "reach": _reach(row, decimals, texts),
        "exact": {"baseline": base, "difference": d, "low": low, "high": high},
        "certainty": claims[outcome],
        "verdict": texts(f"table.{claims[outcome]}"),
        "way": texts(f"table.{'more' if d > 0 else 'less'}"),
        "finite": finite and claims[outcome] != answer.SAME,
        # Of a picture 100 wide with zero in the middle.
        "left": round(50 + 46 * low / span, 1) if finite else 0,
        "width": round(46 * (high - low) / span, 1) if finite else 100,
        "point": round(50 + 46 * d / span, 1) if finite else 50,
    }


def _reach(row: pd.Series, decimals: int, texts: Texts) -> str:
    """Say how far the difference reaches by the numbers put in; nothing where they are fixed."""
    if bool(row.get("cut", False)):
        return texts("sure.cut")
    if "parameters_low" not in row.index or not np.isfinite(row["parameters_low"]):
        return ""
    return texts(
        "table.reach_cell",
        low=texts.signed(float(row["parameters_low"]), decimals),
        high=texts.signed(float(row["parameters_high"]), decimals),
        share=texts.percent(float(row["share_above_zero"])),
    )
