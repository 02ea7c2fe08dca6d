"""What is held of a parameter before targets are looked at: a distribution between two bounds.

It is written in the calibration, or else that of the parameter's own evidence, in the families and
arguments of the configuration (docs/scenarios.md). A range without a distribution is a triangle
with its top at the value; for numbers above zero that are no shares on the logarithm.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy import stats

Array = npt.NDArray[np.float64]

FAMILIES: dict[str, tuple[str, ...]] = {
    "normal": ("mean", "sd"),
    "lognormal": ("median", "sigma"),
    "beta": ("alpha", "beta"),
    "uniform": ("low", "high"),
    "triangular": ("low", "mode", "high"),
    "gamma": ("shape", "scale"),
}
_BEYOND = 0.001  # probability left out at each end where no bounds are given


@dataclass(frozen=True)
class Prior:
    """A distribution cut at `low` and `high`.

    Attributes
    ----------
    low, high : float
        Ends of the search, in the unit of the parameter (of a table: a factor).
    on_log : bool
        Whether the search goes along the logarithm; the density is that of it then.
    of : scipy.stats frozen distribution
        Of the parameter, or of its logarithm when `on_log`.
    """

    low: float
    high: float
    on_log: bool
    of: Any

    def _along(self, value: npt.ArrayLike) -> Array:
        value = np.asarray(value, dtype=np.float64)
        return np.asarray(np.log(value) if self.on_log else value, dtype=np.float64)

    @property
    def _ends(self) -> tuple[float, float]:
        low, high = self._along([self.low, self.high])
        return float(low), float(high)

    def to_unit(self, value: npt.ArrayLike) -> Array:
        """Where a value lies between the bounds, 0 to 1."""
        low, high = self._ends
        return np.asarray((self._along(value) - low) / (high - low), dtype=np.float64)

    def from_unit(self, position: npt.ArrayLike) -> Array:
        """Value at a position between the bounds."""
        low, high = self._ends
        at = low + np.asarray(position, dtype=np.float64) * (high - low)
        return np.clip(np.exp(at) if self.on_log else at, self.low, self.high)

    def log_density(self, value: npt.ArrayLike) -> Array:
        """Log density along the search, up to the constant that the cut makes."""
        return np.asarray(self.of.logpdf(self._along(value)), dtype=np.float64)

    def at_probability(self, probability: npt.ArrayLike) -> Array:
        """Quantile of the cut distribution."""
        below, above = self.of.cdf(self._ends)
        at = np.asarray(self.of.ppf(below + np.asarray(probability) * (above - below)))
        value: Array = np.clip(np.exp(at) if self.on_log else at, self.low, self.high)
        return value

    def moments(self) -> tuple[float, float]:
        """Mean and standard deviation of the cut distribution."""
        values = self.at_probability((np.arange(4096) + 0.5) / 4096)
        return float(values.mean()), float(values.std())


def of_family(family: str, arguments: Mapping[str, float]) -> tuple[Any, bool]:
    """Make a family of the configuration as a frozen distribution, and whether it is of the log."""
    a = [float(arguments[name]) for name in FAMILIES[family]]
    if family == "normal":
        return stats.norm(a[0], a[1]), False
    if family == "lognormal":
        return stats.norm(np.log(a[0]), a[1]), True
    if family == "beta":
        return stats.beta(a[0], a[1]), False
    if family == "uniform":
        return stats.uniform(a[0], a[1] - a[0]), False
    if family == "triangular":
        return stats.triang((a[1] - a[0]) / (a[2] - a[0]), a[0], a[2] - a[0]), False
    return stats.gamma(a[0], scale=a[1]), False


def between(low: float, value: float, high: float, *, share: bool) -> Prior:
    """Make what `carestair run` draws from a range: a triangle with its top at the value.

    On the logarithm for numbers above zero that are no shares: twice is as far as half.
    """
    on_log = low > 0 and not share
    ends = np.log([low, value, high]) if on_log else np.array([low, value, high])
    width = ends[2] - ends[0]
    return Prior(low, high, on_log, stats.triang((ends[1] - ends[0]) / width, ends[0], width))


def cut(of: Any, on_log: bool, low: float | None, high: float | None) -> Prior:
    """Cut a distribution at bounds; those not given leave out a thousandth at each end."""
    ends = of.ppf([_BEYOND, 1 - _BEYOND])
    if on_log:
        ends = np.exp(ends)
    return Prior(
        float(ends[0]) if low is None else low,
        float(ends[1]) if high is None else high,
        on_log,
        of,
    )
