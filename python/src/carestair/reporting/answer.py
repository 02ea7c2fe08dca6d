"""The answer in three sentences, claiming only what can be told from chance."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd
from scipy.special import stdtrit

from carestair.reporting.texts import Texts, decimals_for

# What each sentence is about, the most important first; ids of carestair.compare.
SENTENCES: dict[str, tuple[str, ...]] = {
    "residents": ("unmet_hours", "waiting", "informal_hours"),
    "staff": ("home_hours", "places"),
    "money": ("cost",),
}
# Said to be without a difference, too; the others are then passed over.
_ALWAYS_NAMED = {"unmet_hours", "waiting", "home_hours", "places", "cost"}

SURE = "sure"  # the 99 % interval excludes zero
LIKELY = "likely"  # the 95 % interval does
UNCLEAR = "unclear"
SAME = "same"  # in every world
TOLD_FROM_CHANCE = (SURE, LIKELY)


def certainty(row: pd.Series, replications: int) -> str:
    """Which interval of a paired difference excludes zero."""
    if float(row["low"]) == float(row["high"]) == 0.0:
        return SAME
    if not bool(row["distinguishable"]):
        return UNCLEAR
    half_width = float(row["high"]) - float(row["difference"])
    wider = stdtrit(replications - 1, 0.995) / stdtrit(replications - 1, 0.975)
    return SURE if abs(float(row["difference"])) > wider * half_width else LIKELY


def size(row: pd.Series) -> str:
    """How large a difference is beside the baseline, as the word to use."""
    base = abs(float(row["baseline"]))
    share = abs(float(row["difference"])) / base if base > 0.0 else float("inf")
    for limit, word in ((0.01, "tiny"), (0.05, "small"), (0.2, "medium")):
        if share < limit:
            return word
    return "large"


@dataclass(frozen=True)
class Answer:
    """Three sentences, and what they say as a machine would: outcome to certainty."""

    sentences: tuple[str, ...]
    claims: dict[str, str]


def answer(table: pd.DataFrame, texts: Texts) -> Answer:
    """Put the differences of a scenario (a table of `carestair.compare`) into three sentences."""
    replications = int(table.attrs["replications"])
    claims = {str(name): certainty(row, replications) for name, row in table.iterrows()}
    sentences = [
        _sentence(about, [o for o in outcomes if o in table.index], table, claims, texts)
        for about, outcomes in SENTENCES.items()
    ]
    return Answer(tuple(sentences), claims)


def _sentence(
    about: str, outcomes: list[str], table: pd.DataFrame, claims: dict[str, str], texts: Texts
) -> str:
    parts = []
    for level in TOLD_FROM_CHANCE:
        clauses = [_clause(table.loc[o], o, texts) for o in outcomes if claims[o] == level]
        if clauses:
            parts.append(texts(f"answer.{level}", clauses=texts.listed(clauses)))
    unclear = [
        texts(f"outcomes.{o}.inside")
        for o in outcomes
        if claims[o] in (UNCLEAR, SAME) and o in _ALWAYS_NAMED
    ]
    lead = texts(f"answer.{about}")
    if not parts:
        return texts("answer.nothing", about=lead, names=texts.listed(unclear))
    claim = texts("answer.claim", about=lead, parts=texts.listed(parts))
    if not unclear:
        return f"{claim}."
    return f"{claim}; {texts('answer.rest', names=texts.listed(unclear))}."


def _clause(row: pd.Series, outcome: str, texts: Texts) -> str:
    difference = float(row["difference"])
    way = "more" if difference > 0.0 else "less"
    decimals = decimals_for(abs(difference))
    ends = sorted((abs(float(row["low"])), abs(float(row["high"]))))
    return texts(
        f"outcomes.{outcome}.{way}",
        size=texts(f"sizes.{size(row)}"),
        n=texts.number(abs(difference), decimals),
        low=texts.number(ends[0], decimals),
        high=texts.number(ends[1], decimals),
        base=texts.number(float(row["baseline"]), decimals_for(float(row["baseline"]))),
    )


# --- above a chart --------------------------------------------------------------------------------


def course(first: float, last: float, unit: str, years: tuple[str, str], texts: Texts) -> str:
    """Say how the baseline goes over time."""
    decimals = decimals_for(max(abs(first), abs(last)))
    way = "steady"
    if abs(last - first) > 0.03 * max(abs(first), abs(last)):
        way = "rises" if last > first else "falls"
    return texts(
        f"course.{way}",
        first=texts.number(first, decimals),
        last=texts.number(last, decimals),
        unit=unit,
        begin=years[0],
        end=years[1],
    )


def change(difference: float, low: float, high: float, unit: str, texts: Texts) -> str:
    """Say what the scenario does to a mean, with its interval, or that nothing can be told."""
    if not (low > 0.0 or high < 0.0):
        return texts("course.unclear")
    decimals = decimals_for(abs(difference))
    ends = sorted((abs(low), abs(high)))
    return texts(
        f"course.{'higher' if difference > 0.0 else 'lower'}",
        n=texts.number(abs(difference), decimals),
        low=texts.number(ends[0], decimals),
        high=texts.number(ends[1], decimals),
        unit=unit,
    )
