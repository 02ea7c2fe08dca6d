"""What is held of parameters after the targets have been looked at.

Many points of the prior are weighted by the likelihood that emulators give them (importance
sampling). The effective sample size says how far the weights can be trusted.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from carestair.calibration.emulator import Emulator, emulate
from carestair.calibration.likelihood import RULED_OUT
from carestair.calibration.problem import Problem
from carestair.calibration.search import worst_implausibility
from carestair.calibration.trace import Trace

Array = npt.NDArray[np.float64]

POINTS = 16_384


@dataclass(frozen=True)
class Posterior:
    """Weighted points.

    Attributes
    ----------
    points : array of shape (point, parameter)
    weights : array of shape (point,)
        They sum to 1.
    target_mean, target_sd : array of shape (target,)
        What the model would give for each target, and how far the parameters leave that open.
    explained : array of shape (target,)
        Share of variance that each emulator explains at points left out.
    not_ruled_out : float
        Share of the prior whose implausibility is 3 at most for all fitted targets.
    """

    points: Array
    weights: Array
    target_mean: Array
    target_sd: Array
    explained: Array
    not_ruled_out: float

    @property
    def effective_size(self) -> float:
        """As many points of equal weight say as much (Kish)."""
        return float(1.0 / np.sum(self.weights**2))

    @property
    def mean(self) -> Array:
        """Of the parameters."""
        return np.asarray(self.weights @ self.points, dtype=np.float64)

    @property
    def sd(self) -> Array:
        """Of the parameters."""
        variance = self.weights @ (self.points - self.mean) ** 2
        return np.asarray(np.sqrt(variance), dtype=np.float64)

    def quantile(self, probability: float) -> Array:
        """Of each parameter."""
        found = []
        for column in self.points.T:
            order = np.argsort(column, kind="stable")
            reached = np.cumsum(self.weights[order])
            found.append(
                column[order][np.searchsorted(reached, probability).clip(0, len(order) - 1)]
            )
        return np.array(found)

    def draws(self, count: int, seed: int) -> Array:
        """Points of equal weight, by systematic resampling; shape (draw, parameter)."""
        rng = np.random.default_rng(seed)
        at = (rng.random() + np.arange(count)) / count
        picked = np.searchsorted(np.cumsum(self.weights), at).clip(0, len(self.weights) - 1)
        drawn: Array = self.points[rng.permutation(picked)]
        return drawn


def weigh(problem: Problem, trace: Trace) -> Posterior:
    """Fit emulators to all evaluations and weight points of the prior by them."""
    run = problem.to_unit(trace.points)
    emulators = [Emulator(run, mean) for mean in trace.mean.T]
    points = problem.from_prior(POINTS, problem.specification.seed + 1)
    positions = problem.to_unit(points)
    mean, variance = emulate(emulators, positions)
    likelihood = problem.log_likelihood(mean, variance)
    weights = np.exp(likelihood - likelihood.max())
    weights /= weights.sum()
    target_mean = weights @ mean
    worst = worst_implausibility(problem, mean, variance)
    return Posterior(
        points=points,
        weights=weights,
        target_mean=target_mean,
        target_sd=np.sqrt(weights @ (mean - target_mean) ** 2),
        explained=np.array([emulator.explained() for emulator in emulators]),
        not_ruled_out=float(np.mean(worst <= RULED_OUT)),
    )
