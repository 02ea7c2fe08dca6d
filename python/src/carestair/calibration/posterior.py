"""What is held of parameters after the targets have been looked at.

Points are drawn from the prior, and then where the posterior is, and weighted by the likelihood
that emulators give them (population Monte Carlo; Cappé and others 2004,
https://doi.org/10.1198/106186004X12803). The effective sample size says how far the weights can be
trusted.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.stats import multivariate_normal

from carestair.calibration.emulator import Emulator, emulate
from carestair.calibration.likelihood import RULED_OUT
from carestair.calibration.problem import Problem
from carestair.calibration.search import worst_implausibility
from carestair.calibration.trace import Trace

Array = npt.NDArray[np.float64]

POINTS = 8_192  # a round
_ROUNDS = 5
_ENOUGH = 2_000.0  # effective sample size at which no further round is drawn
_TO_FIT = 200.0  # effective sample size from which a normal distribution is fitted
_WIDER = 1.5  # its covariance, so that weights stay bounded
_FROM_PRIOR = 0.2


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
    """Fit emulators to all evaluations and weight points by them."""
    run = problem.to_unit(trace.points)
    emulators = [Emulator(run, mean) for mean in trace.mean.T]

    def emulated(points: Array) -> tuple[Array, Array]:
        return emulate(emulators, problem.to_unit(points))

    prior = problem.from_prior(POINTS, problem.specification.seed + 1)
    worst = worst_implausibility(problem, *emulated(prior))
    points, weights = _sample(problem, emulated)
    mean, _ = emulated(points)
    target_mean = weights @ mean
    return Posterior(
        points=points,
        weights=weights,
        target_mean=target_mean,
        target_sd=np.sqrt(weights @ (mean - target_mean) ** 2),
        explained=np.array([emulator.explained() for emulator in emulators]),
        not_ruled_out=float(np.mean(worst <= RULED_OUT)),
    )


def _sample(
    problem: Problem, emulated: Callable[[Array], tuple[Array, Array]]
) -> tuple[Array, Array]:
    """Adaptive importance sampling (population Monte Carlo) where the prior is uniform.

    The first points are the prior's. While few of them carry the weight, the next come from a
    normal distribution fitted to the weighted points, its weights flattened as far as needed, and
    from the prior, one in five, so that nothing is lost.
    """
    rng = np.random.default_rng(problem.specification.seed + 2)
    width = len(problem.parameters)
    probability = rng.random((POINTS, width))
    proposed = np.zeros(POINTS)  # log density of the proposal
    for _ in range(_ROUNDS):
        within = np.all((probability >= 0) & (probability <= 1), axis=1)
        points = problem.at_probability(np.clip(probability, 0, 1))
        log_weight = problem.log_likelihood(*emulated(points)) - proposed
        log_weight = np.where(within, log_weight, -np.inf)
        weights = _normalised(log_weight)
        if 1.0 / np.sum(weights**2) >= _ENOUGH:
            break
        flat = _flattened(log_weight)
        centre = flat @ probability
        off = probability - centre
        covariance = _WIDER * (off.T * flat) @ off + 1e-8 * np.eye(width)
        probability = rng.multivariate_normal(centre, covariance, size=POINTS)
        from_prior = rng.random(POINTS) < _FROM_PRIOR
        probability[from_prior] = rng.random((int(from_prior.sum()), width))
        normal = multivariate_normal(centre, covariance).pdf(probability)
        proposed = np.log(_FROM_PRIOR + (1 - _FROM_PRIOR) * normal)
    return points, weights


def _normalised(log_weight: Array) -> Array:
    weights = np.exp(log_weight - log_weight.max())
    return np.asarray(weights / weights.sum(), dtype=np.float64)


def _flattened(log_weight: Array) -> Array:
    """Weights to the largest power up to 1 at which enough points carry them."""
    power = 1.0
    while True:
        weights = _normalised(power * log_weight)
        if 1.0 / np.sum(weights**2) >= _TO_FIT or power < 1e-3:
            return weights
        power *= 0.8
