"""The t interval of a mean: one for all tables, figures and pages that state it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.special import stdtrit

from carestair.draws import means_of_draws

Array = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Interval:
    """A mean with its interval, both of the shape of one replication.

    ``half_width`` is infinite where one value is all there is; both are NaN where there is none.
    """

    mean: Array
    half_width: Array

    @property
    def low(self) -> Array:
        """Lower end."""
        return self.mean - self.half_width

    @property
    def high(self) -> Array:
        """Upper end."""
        return self.mean + self.half_width

    @property
    def known(self) -> bool:
        """Whether every interval has ends."""
        return bool(np.isfinite(self.half_width).all())


def is_drawn(replications: int, per_draw: int) -> bool:
    """Whether parameters vary, and at least two draws of them are whole."""
    return 0 < 2 * per_draw <= replications


def mean_interval(values: npt.ArrayLike, per_draw: int = 0, confidence: float = 0.95) -> Interval:
    """Mean over the first axis with its t interval.

    Parameters
    ----------
    values
        Shape (replication, ...); NaN is left out.
    per_draw
        Replications of each draw, 0 without draws. Worlds of one draw share its parameters: their
        mean counts as one value, and a last draw that is not whole is left out.
    confidence
        Of the interval mean ± t(n - 1) sd / sqrt(n), with n values.
    """
    every = np.asarray(values, dtype=np.float64)
    if is_drawn(len(every), per_draw):
        every = means_of_draws(every, per_draw)
    there = np.isfinite(every)
    n = there.sum(axis=0)
    mean = np.where(there, every, 0.0).sum(axis=0) / np.maximum(n, 1)
    squares = (np.where(there, every - mean, 0.0) ** 2).sum(axis=0)
    free = np.maximum(n - 1, 1)
    half = stdtrit(free, 0.5 + 0.5 * confidence) * np.sqrt(squares / free / np.maximum(n, 1))
    return Interval(
        mean=np.where(n > 0, mean, np.nan),
        half_width=np.where(n > 1, half, np.where(n > 0, np.inf, np.nan)),
    )
