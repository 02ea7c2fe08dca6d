"""What a run gives for each target, and whether that is what the source says."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

import numpy as np

from carestair.measures import FROM_LOG, MEASURES, NotRecordedError, Observed, Values, ratio
from carestair.result import Result
from carestair.validate.targets import Target, Targets, number

NO_EVIDENCE = {"own_judgement", "own_derivation"}


@dataclass(frozen=True)
class Checked:
    """A target and what the model gives: mean and 95 % interval over worlds."""

    target: Target
    model: float = np.nan
    model_low: float = np.nan
    model_high: float = np.nan
    fitted: bool = False  # its source is also one of the model's inputs
    known: str = ""  # why it is known to be missed
    missing: str = ""  # why it cannot be measured

    @property
    def recorded(self) -> bool:
        """Whether the result could say it."""
        return not self.missing

    @property
    def hit(self) -> bool:
        """Whether the mean is in the accepted range."""
        return self.recorded and self.target.low <= self.model <= self.target.high

    @property
    def missed(self) -> bool:
        """Whether it is not."""
        return self.recorded and not self.hit

    @property
    def off(self) -> str:
        """How far beside the range the mean is, in words."""
        below = self.model < self.target.low
        edge = self.target.low if below else self.target.high
        far = abs(self.model - edge)
        percent = f" ({far / abs(edge):.0%})" if edge else ""
        return f"{'below' if below else 'above'} by {number(far)}{percent}"

    @property
    def verdict(self) -> str:
        """In words."""
        if not self.recorded:
            return "not recorded"
        if self.hit:
            return "hit"
        return f"MISS, {'known: ' if self.known else ''}{self.off}"


def input_sources(result: Result) -> set[str]:
    """Ids of the sources behind the model's own numbers, judgement apart."""
    used: set[str] = set()
    for cell in result.evidence["source"]:
        used.update(re.findall(r"\w+", cell))
    return used - NO_EVIDENCE


def measured(target: Target, observed: Observed) -> Values:
    """Measure a target in every world; NaN where a world holds nothing of the kind.

    Raises
    ------
    NotRecordedError
        When the result cannot say it.
    """
    result = observed.result
    measure = MEASURES[target.measured_by]
    for scenario in (target.scenario, target.relative_to):
        if scenario and scenario not in result.scenarios:
            raise NotRecordedError(f"the run has no scenario {scenario}")
    if not result.start.year <= target.years[0] <= target.years[1] <= result.end.year:
        raise NotRecordedError(f"the run does not hold {target.years[0]}-{target.years[1]}")
    if target.measured_by in FROM_LOG and not result.has_events:
        raise NotRecordedError("the run kept no event log")
    values = measure(observed.view(target.scenario or result.baseline, target.years))
    if target.relative_to:
        other = measure(observed.view(target.relative_to, target.years))
        values = ratio(values, other)
    return values


def check(targets: Targets, result: Result) -> list[Checked]:
    """Measure all targets in a result."""
    observed = Observed(result)
    used = input_sources(result)
    checked = []
    for target in targets.targets:
        about: dict[str, Any] = {
            "target": target,
            "fitted": bool(used & set(target.sources)),
            "known": targets.known_misses.get(target.id, ""),
        }
        try:
            values = measured(target, observed)
            values = values[np.isfinite(values)]
            if values.size == 0:
                raise NotRecordedError("nothing of the kind happened")
        except NotRecordedError as reason:
            checked.append(Checked(**about, missing=reason.message))
            continue
        low, high = np.quantile(values, [0.025, 0.975])
        checked.append(
            Checked(
                **about,
                model=float(values.mean()),
                model_low=float(low),
                model_high=float(high),
            )
        )
    return checked
