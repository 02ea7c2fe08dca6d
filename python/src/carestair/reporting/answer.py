"""The answer in three sentences, claiming only what can be told from chance."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.special import stdtrit

from carestair.comparison import PairedDifference
from carestair.reporting.texts import Texts, decimals_for

Array = npt.NDArray[np.float64]

# What each sentence is about, the most important first; ids of carestair.compare.
SENTENCES: dict[str, tuple[str, ...]] = {
    "residents": ("unmet_hours", "waiting", "informal_hours"),
    "staff": ("home_hours", "places"),
    "money": ("net_municipality",),
}
# Said where nothing can be told, too; the others are then passed over.
_ALWAYS_NAMED = {"unmet_hours", "waiting", "home_hours", "places", "net_municipality"}
# Others who pay follow the municipality, where it is a matter of more than so many million NOK.
OTHER_PAYERS = ("state", "user", "hospital", "family")
_LEAST_TOLD = 0.05
# Not named besides, as what is tiny is not: what the sentences and other outcomes say already.
_SAID_ELSEWHERE = {"cost", "net_state", "net_users", "recipients_end"}
_MOST_BESIDES = 3
_MOST_DECIMALS = 2
# Of a course: a change that is none, and how far a year must lie outside its ends to be named.
_STEADY = 0.03
_FAR = 0.1

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


def _share(row: pd.Series) -> float:
    """How large a difference is beside the baseline."""
    base = abs(float(row["baseline"]))
    return abs(float(row["difference"])) / base if base > 0.0 else math.inf


def size(row: pd.Series) -> str:
    """How large a difference is beside the baseline, as the word to use."""
    share = _share(row)
    for limit, word in ((0.01, "tiny"), (0.05, "small"), (0.2, "medium")):
        if share < limit:
            return word
    return "large"


@dataclass(frozen=True)
class Frame:
    """What means are taken over, in the words of the page, and where in it the policy begins."""

    period: str
    begins: str = ""  # empty: with the period
    times: float = 1.0  # a year from then on has so many times the mean of the period
    drawn: bool = False  # a row is a draw, not a world


@dataclass(frozen=True)
class Answer:
    """Three sentences, and what they say as a machine would: outcome to certainty."""

    sentences: tuple[str, ...]
    besides: str  # what else changes almost certainly; empty where nothing does
    claims: dict[str, str]


def answer(
    table: pd.DataFrame, texts: Texts, frame: Frame, payers: pd.DataFrame | None = None
) -> Answer:
    """Put the differences of a scenario into three sentences and what is clear besides.

    Parameters
    ----------
    table
        Of `carestair.compare`.
    payers
        What others than the municipality bear, in the columns of `table`, million NOK a year.
    """
    replications = int(table.attrs["replications"])
    claims = {str(name): certainty(row, replications) for name, row in table.iterrows()}
    sentences = [
        _sentence(about, [o for o in outcomes if o in table.index], table, claims, texts, frame)
        for about, outcomes in SENTENCES.items()
    ]
    if payers is not None:
        sentences[-1] += _others(payers, replications, texts)
    return Answer(tuple(sentences), _besides(table, claims, texts), claims)


def _sentence(
    about: str,
    outcomes: list[str],
    table: pd.DataFrame,
    claims: dict[str, str],
    texts: Texts,
    frame: Frame,
) -> str:
    """Say what can be told, what cannot be told from nought, and what is the same in all worlds."""
    gaps = {"about": texts(f"answer.{about}"), "period": frame.period}
    parts = []
    for level in TOLD_FROM_CHANCE:
        clauses = [_clause(table.loc[o], o, texts, frame) for o in outcomes if claims[o] == level]
        if clauses:
            parts.append(texts(f"answer.{level}", clauses=texts.listed(clauses)))
    said = [texts("answer.claim", parts=texts.listed(parts), **gaps)] if parts else []
    named = [o for o in outcomes if o in _ALWAYS_NAMED]
    unclear = [_unclear(table.loc[o], o, texts) for o in named if claims[o] == UNCLEAR]
    if unclear:
        worlds = texts.counted(
            f"answer.{'draws' if frame.drawn else 'worlds'}", int(table.attrs["replications"])
        )
        first = "" if said else "_first"
        names = texts.listed(unclear)
        said.append(texts(f"answer.unclear{first}", names=names, worlds=worlds, **gaps))
    same = [texts(f"outcomes.{o}.inside") for o in named if claims[o] == SAME]
    if same:
        first = "" if said else "_first"
        said.append(texts(f"answer.same{first}", names=texts.listed(same), **gaps))
    return f"{'; '.join(said)}."


def _unclear(row: pd.Series, outcome: str, texts: Texts) -> str:
    """Name an outcome with the interval that includes zero; one world has none."""
    name = texts(f"outcomes.{outcome}.inside")
    low, high = float(row["low"]), float(row["high"])
    if not (math.isfinite(low) and math.isfinite(high)):
        return texts("answer.in", name=name)
    decimals = min(_MOST_DECIMALS, decimals_for((high - low) / 2))
    return texts(
        "answer.in_between",
        name=name,
        low=texts.signed(low, decimals),
        high=texts.signed(high, decimals),
        unit=texts(f"outcomes.{outcome}.unit"),
    )


def _others(payers: pd.DataFrame, replications: int, texts: Texts) -> str:
    """Say what others pay, where that can be told from chance."""
    clauses = []
    for payer in OTHER_PAYERS:
        if payer not in payers.index:
            continue
        row = payers.loc[payer]
        level = certainty(row, replications)
        difference = float(row["difference"])
        if level not in TOLD_FROM_CHANCE or abs(difference) < _LEAST_TOLD:
            continue
        clauses.append(
            texts(
                f"answer.pays.{payer}",
                n=texts.number(abs(difference), decimals_for(abs(difference))),
                amount=texts(f"answer.amounts.{_way(difference)}"),
                verdict=texts(f"table.{level}"),
            )
        )
    return f" {texts('answer.others', clauses=texts.listed(clauses))}" if clauses else ""


def _besides(table: pd.DataFrame, claims: dict[str, str], texts: Texts) -> str:
    """Name what else changed almost certainly, the largest relative change first."""
    told = {o for outcomes in SENTENCES.values() for o in outcomes} | _SAID_ELSEWHERE
    found = [
        (_share(row), str(outcome), row)
        for outcome, row in table.iterrows()
        if claims[str(outcome)] == SURE
        and outcome not in told
        and size(row) != "tiny"
        and texts.find(f"outcomes.{outcome}.besides")
    ]
    if not found:
        return ""
    changes = []
    for share, outcome, row in sorted(found, key=lambda f: -f[0])[:_MOST_BESIDES]:
        difference = float(row["difference"])
        way = _way(difference)
        change = texts(
            f"outcomes.{outcome}.besides",
            n=texts.number(abs(difference), decimals_for(abs(difference))),
            number=texts(f"answer.numbers.{way}"),
            amount=texts(f"answer.amounts.{way}"),
        )
        signed = math.copysign(share, difference)
        relative = (
            texts.signed_percent(signed) if math.isfinite(share) else texts("answer.from_nought")
        )
        changes.append(f"{change} ({relative})")
    return texts("answer.besides", changes=texts.listed(changes))


def _way(difference: float) -> str:
    return "more" if difference > 0.0 else "less"


def _clause(row: pd.Series, outcome: str, texts: Texts, frame: Frame) -> str:
    difference = float(row["difference"])
    decimals = decimals_for(abs(difference))
    ends = sorted((abs(float(row["low"])), abs(float(row["high"]))))
    clause = texts(
        f"outcomes.{outcome}.{_way(difference)}",
        size=texts(f"sizes.{size(row)}"),
        n=texts.number(abs(difference), decimals),
        low=texts.number(ends[0], decimals),
        high=texts.number(ends[1], decimals),
        base=texts.number(float(row["baseline"]), decimals_for(abs(float(row["baseline"])))),
    )
    if outcome not in SENTENCES["money"]:
        return clause
    if not frame.begins:
        return f"{clause})"
    # Nothing differs before the policy begins, so the mean of the rest is as many times larger.
    later = abs(difference) * frame.times
    n = texts.number(later, decimals_for(later))
    return f"{clause}{texts('answer.from_then', n=n, begins=frame.begins)})"


# --- above a chart --------------------------------------------------------------------------------


def course(values: Array, unit: str, names: Sequence[str], texts: Texts) -> str:
    """Say how the mean of the baseline goes over time, and what stands out between its ends."""
    first, last = float(values[0]), float(values[-1])
    scale = float(np.abs(values).max())
    decimals = decimals_for(max(abs(first), abs(last)))
    far = max(_FAR * scale, abs(last - first) / 2)
    between = []
    for way, at, beyond in (
        ("lowest", int(values.argmin()), min(first, last) - float(values.min())),
        ("highest", int(values.argmax()), float(values.max()) - max(first, last)),
    ):
        if beyond > far:
            value = texts.number(float(values[at]), decimals)
            between.append((at, texts(f"course.{way}", value=value, at=names[at])))
    way = "steady"
    if abs(last - first) > _STEADY * max(abs(first), abs(last)):
        way = "rises" if last > first else "falls"
    elif between:
        way = "returns"
    said = texts(
        f"course.{way}",
        first=texts.number(first, decimals),
        last=texts.number(last, decimals),
        mean=texts.number(float(values.mean()), decimals),
        unit=unit,
        begin=names[0],
        end=names[-1],
    )
    if not between:
        return said
    parts = [part for _, part in sorted(between)]
    return f"{said} {texts('course.between', parts=texts.listed(parts))}"


def change(paired: PairedDifference, unit: str, period: str, texts: Texts) -> str:
    """Say what the scenario does to a mean, with its interval, or that nothing can be told."""
    difference, low, high = paired.difference, paired.low, paired.high
    if low == high == 0.0:
        return texts("course.same")
    if not paired.distinguishable:
        if not (math.isfinite(low) and math.isfinite(high)):
            return texts("course.one_world")
        decimals = min(_MOST_DECIMALS, decimals_for((high - low) / 2))
        return texts(
            "course.unclear",
            low=texts.signed(low, decimals),
            high=texts.signed(high, decimals),
            unit=unit,
            period=period,
        )
    decimals = decimals_for(abs(difference))
    ends = sorted((abs(low), abs(high)))
    base = paired.baseline
    return texts(
        f"course.{'higher' if difference > 0.0 else 'lower'}",
        n=texts.number(abs(difference), decimals),
        low=texts.number(ends[0], decimals),
        high=texts.number(ends[1], decimals),
        base=texts.number(base, base_decimals(base, decimals)),
        unit=unit,
        period=period,
    )


def base_decimals(base: float, decimals: int) -> int:
    """Decimals of a level beside a difference: two digits at least, three at most."""
    two = decimals_for(abs(base))
    three = decimals_for(abs(base) / 10) if base else 0
    return min(_MOST_DECIMALS, three, max(two, decimals))
