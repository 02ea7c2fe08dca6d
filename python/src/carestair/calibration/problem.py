"""Points of the search and what is held of them: from the unit cube to log posterior density."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.stats import qmc

from carestair.calibration.likelihood import log_likelihood
from carestair.calibration.specification import Specification
from carestair.calibration.written import Written

Array = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Problem:
    """Parameters with their priors, and the targets fitted.

    Attributes
    ----------
    noise : array of shape (target,)
        Variance of a mean over the worlds of one point by simulation alone, all targets; from
        the points of the first design together, where it is not known yet nought.
    """

    specification: Specification
    parameters: Sequence[Written]
    noise: Array

    @property
    def addresses(self) -> list[str]:
        """Of the parameters."""
        return [parameter.address for parameter in self.parameters]

    @property
    def fitted(self) -> int:
        """How many of the targets are fitted; they come first."""
        return len(self.specification.fitted)

    @property
    def variance(self) -> Array:
        """Of source, discrepancy and simulation; shape (target,)."""
        return self.specification.error_variance + self.noise

    def from_unit(self, positions: Array) -> Array:
        """Values at positions of the unit cube, shape (point, parameter)."""
        columns = zip(self.parameters, positions.T, strict=True)
        return np.stack([p.prior.from_unit(column) for p, column in columns], axis=-1)

    def to_unit(self, points: Array) -> Array:
        """Positions of values in the unit cube."""
        columns = zip(self.parameters, points.T, strict=True)
        return np.stack([p.prior.to_unit(column) for p, column in columns], axis=-1)

    def from_prior(self, count: int, seed: int) -> Array:
        """Points spread over the prior, by a scrambled Sobol sequence; (point, parameter)."""
        sobol = qmc.Sobol(len(self.parameters), seed=np.random.default_rng(seed))
        return self.at_probability(sobol.random_base2(int(np.ceil(np.log2(count))))[:count])

    def at_probability(self, probability: Array) -> Array:
        """Values at prior probabilities, shape (point, parameter): there the prior is uniform."""
        columns = zip(self.parameters, probability.T, strict=True)
        return np.stack([p.prior.at_probability(column) for p, column in columns], axis=-1)

    def log_prior(self, points: Array) -> Array:
        """Log prior density along the search; shape (point,)."""
        columns = zip(self.parameters, points.T, strict=True)
        each = np.array([p.prior.log_density(column) for p, column in columns])
        return np.asarray(each.sum(axis=0), dtype=np.float64)

    def log_likelihood(self, mean: Array, more_variance: Array | float = 0.0) -> Array:
        """Of the fitted targets, given means of them first; shape (point, fitted or more)."""
        first = slice(None, self.fitted)
        more = np.broadcast_to(more_variance, mean.shape)[..., first]
        return log_likelihood(
            self.specification.value[first], mean[..., first], self.variance[first] + more
        )
