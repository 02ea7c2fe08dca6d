"""Which points are run next: CMA-ES from several starts, or waves of history matching.

Both begin with the same kind of first design, the written values and points spread over the prior,
and ask for whole batches, because reading a configuration costs more than a world.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Protocol

import numpy as np
import numpy.typing as npt
from cmaes import CMA
from scipy.spatial.distance import cdist

from carestair.calibration.emulator import Emulator, emulate
from carestair.calibration.likelihood import RULED_OUT, implausibility
from carestair.calibration.problem import Problem
from carestair.calibration.trace import Trace

Array = npt.NDArray[np.float64]

_FIRST_STEP = 0.2  # of CMA-ES, as a part of the distance between the bounds
_CANDIDATES = 4096
_WORST = 1e12  # in place of an infinite objective


class Search(Protocol):
    """Asks for points and is told what they gave."""

    def ask(self) -> tuple[list[str], Array] | None:
        """Origin and values of the next batch; None when there is nothing more to ask."""
        ...

    def tell(self, points: Array, mean: Array) -> None:
        """Take what the batch gave: means of shape (point, target)."""
        ...


def first_design(problem: Problem) -> tuple[list[str], Array]:
    """Return the values as written, and points spread over the prior."""
    spec = problem.specification
    written = np.array([[p.value for p in problem.parameters]])
    spread = problem.from_prior(spec.search.initial - 1, spec.seed)
    names = ["as written", *["initial"] * len(spread)]
    return names, np.vstack([written, spread])


def with_noise(problem: Problem, variance: Array) -> Problem:
    """Set the simulation noise, known once the first design has been run.

    One number a target, from all points together: variances of single points would be too
    uncertain themselves, and would draw the search to points where chance happened to be small.
    """
    return replace(problem, noise=np.nanmean(variance, axis=0) / problem.specification.replications)


class CmaEs:
    """CMA-ES from the best points of the first design, side by side.

    Hansen and Ostermeier 2001 (https://doi.org/10.1162/106365601750190398), as the package cmaes
    has it, which is also that of Optuna. It works in the unit cube.
    """

    def __init__(self, problem: Problem, trace: Trace) -> None:
        self._problem, self._trace = problem, trace
        spec = problem.specification
        best = np.argsort(self._objective(trace.points, trace.mean), kind="stable")
        positions = problem.to_unit(trace.points[best[: spec.search.starts]])
        count = positions.shape[1]
        self._starts = [
            CMA(
                mean=np.clip(position, 0.01, 0.99),
                sigma=_FIRST_STEP,
                bounds=np.array([[0.0, 1.0]] * count),
                seed=spec.seed + number,
            )
            for number, position in enumerate(positions)
        ]
        self._asked: list[tuple[int, Array]] = []

    def _objective(self, points: Array, mean: Array) -> Array:
        """Return what is made small: minus the log posterior density."""
        density = self._problem.log_likelihood(mean) + self._problem.log_prior(points)
        return np.where(np.isfinite(density), -density, _WORST)

    def ask(self) -> tuple[list[str], Array] | None:
        """One generation of every start that has not come to rest."""
        going = [n for n, start in enumerate(self._starts) if not start.should_stop()]
        size = sum(self._starts[n].population_size for n in going)
        budget = self._problem.specification.search.evaluations - len(self._trace)
        if not going or size > budget:
            return None
        self._asked = [
            (n, self._starts[n].ask())
            for n in going
            for _ in range(self._starts[n].population_size)
        ]
        positions = np.array([position for _, position in self._asked])
        return [f"start {n + 1}" for n, _ in self._asked], self._problem.from_unit(positions)

    def tell(self, points: Array, mean: Array) -> None:
        """Give each start its generation."""
        objective = self._objective(points, mean)
        for number in sorted({n for n, _ in self._asked}):
            told = [
                (position, float(value))
                for (n, position), value in zip(self._asked, objective, strict=True)
                if n == number
            ]
            self._starts[number].tell(told)


class HistoryMatching:
    """Waves of points in the part of the prior that is not ruled out.

    A point is ruled out when the implausibility of any target is beyond 3, by emulators fitted to
    all evaluations so far (Vernon, Goldstein and Bower 2010, https://doi.org/10.1214/10-BA524).
    Of the points left, a wave takes those farthest from all others; every second wave those with
    the highest posterior density instead.
    """

    def __init__(self, problem: Problem, trace: Trace) -> None:
        self._problem, self._trace = problem, trace
        self._wave = 0

    def ask(self) -> tuple[list[str], Array] | None:
        """One wave, as large as the first design."""
        search = self._problem.specification.search
        if len(self._trace) + search.initial > search.evaluations:
            return None
        self._wave += 1
        run = self._problem.to_unit(self._trace.points)
        candidates = self._problem.from_prior(
            _CANDIDATES, self._problem.specification.seed + 1000 * self._wave
        )
        positions = self._problem.to_unit(candidates)
        emulators = [Emulator(run, m) for m in self._trace.mean.T[: self._problem.fitted]]
        mean, variance = emulate(emulators, positions)
        if self._wave % 2 == 0:
            chosen = self._most_likely(candidates, mean, variance)
            return [f"wave {self._wave}"] * len(chosen), candidates[chosen]
        worst = worst_implausibility(self._problem, mean, variance)
        left = np.flatnonzero(worst <= RULED_OUT)
        if len(left) < search.initial:  # little is left, or nothing: the least implausible
            left = np.argsort(worst, kind="stable")[: 2 * search.initial]
        chosen = left[_farthest(positions[left], run, search.initial)]
        return [f"wave {self._wave}"] * len(chosen), candidates[chosen]

    def _most_likely(self, candidates: Array, mean: Array, variance: Array) -> npt.NDArray[np.intp]:
        density = self._problem.log_likelihood(mean, variance)
        density = density + self._problem.log_prior(candidates)
        return np.argsort(-density, kind="stable")[: self._problem.specification.search.initial]

    def tell(self, points: Array, mean: Array) -> None:
        """Nothing to keep: the next wave looks at the trace."""


def worst_implausibility(problem: Problem, mean: Array, variance: Array) -> Array:
    """Largest implausibility over the fitted targets, given what emulators say; shape (point,)."""
    first = slice(None, problem.fitted)
    each = implausibility(
        problem.specification.value[first],
        mean[:, first],
        problem.variance[first] + variance[:, first],
    )
    return np.asarray(each.max(axis=-1), dtype=np.float64)


def _farthest(candidates: Array, run: Array, count: int) -> npt.NDArray[np.intp]:
    """One after the other, the candidate farthest from those run and chosen."""
    distance = cdist(candidates, run).min(axis=1)
    chosen = []
    for _ in range(min(count, len(candidates))):
        best = int(np.argmax(distance))
        chosen.append(best)
        distance = np.minimum(distance, cdist(candidates, candidates[[best]])[:, 0])
    return np.array(chosen)


def begin(problem: Problem, trace: Trace) -> Search:
    """Begin the search a calibration asks for, after its first design."""
    if problem.specification.search.method == "cma_es":
        return CmaEs(problem, trace)
    return HistoryMatching(problem, trace)
