"""What worlds would give at points nobody has run: one Gaussian process a target.

A plane is fitted first; what is left is a Gaussian process with a length for each parameter and a
nugget for the roughness that a finite number of worlds leaves (scikit-learn; Rasmussen and Williams
2006, https://gaussianprocess.org/gpml/).
"""

from __future__ import annotations

import warnings
from typing import Any

import numpy as np
import numpy.typing as npt
from sklearn.exceptions import ConvergenceWarning
from sklearn.gaussian_process import GaussianProcessRegressor
from sklearn.gaussian_process.kernels import RBF, ConstantKernel, WhiteKernel
from sklearn.linear_model import LinearRegression

Array = npt.NDArray[np.float64]

_AT_ONCE = 4096  # points predicted at a time
_FOLDS = 5


class Emulator:
    """Mean of one target over the unit cube of the parameters.

    Parameters
    ----------
    points : array of shape (evaluation, parameter)
        Positions between the bounds, 0 to 1.
    mean : array of shape (evaluation,)
        Mean over worlds; evaluations without one are left out.
    """

    def __init__(self, points: Array, mean: Array) -> None:
        known = np.isfinite(mean)
        self._points, self._mean = points[known], mean[known]
        self._plane = LinearRegression().fit(self._points, self._mean)
        self._left = self._mean - self._plane.predict(self._points)
        self._scale = float(self._left.std())
        self._process: Any = None
        if self._scale > 1e-9 * max(1.0, float(np.abs(self._mean).max())):
            width = points.shape[1]
            kernel = ConstantKernel(1.0, (1e-2, 1e2)) * RBF(
                np.ones(width), (0.1, 20.0)
            ) + WhiteKernel(0.1, (1e-5, 1.0))
            self._process = _fitted(
                GaussianProcessRegressor(kernel), self._points, self._left / self._scale
            )

    def predict(self, points: Array) -> tuple[Array, Array]:
        """Mean and variance of what worlds would give on average, without the nugget."""
        mean = np.asarray(self._plane.predict(points), dtype=np.float64)
        variance = np.zeros(len(points))
        if self._process is None:
            return mean, variance
        nugget = self._process.kernel_.k2.noise_level
        for first in range(0, len(points), _AT_ONCE):
            part = slice(first, first + _AT_ONCE)
            of, sd = self._process.predict(points[part], return_std=True)
            mean[part] += self._scale * of
            variance[part] = self._scale**2 * np.maximum(sd**2 - nugget, 0.0)
        return mean, variance

    def explained(self) -> float:
        """Share of variance explained at points left out, a fifth at a time (1: all).

        The kernel is not fitted anew. 1 too where the target does not vary.
        """
        total = float(np.sum((self._mean - self._mean.mean()) ** 2))
        if self._process is None:
            return 1.0
        missed = 0.0
        for fold in range(_FOLDS):
            out = np.arange(len(self._mean)) % _FOLDS == fold
            plane = LinearRegression().fit(self._points[~out], self._mean[~out])
            left = self._mean[~out] - plane.predict(self._points[~out])
            process = GaussianProcessRegressor(self._process.kernel_, optimizer=None)
            process.fit(self._points[~out], left / self._scale)
            predicted = plane.predict(self._points[out])
            predicted = predicted + self._scale * process.predict(self._points[out])
            missed += float(np.sum((self._mean[out] - predicted) ** 2))
        return 1.0 - missed / total


def _fitted(process: Any, points: Array, values: Array) -> Any:
    with warnings.catch_warnings():
        # A length at its bound says that a parameter does not matter: no fault.
        warnings.simplefilter("ignore", ConvergenceWarning)
        return process.fit(points, values)


def emulate(emulators: list[Emulator], points: Array) -> tuple[Array, Array]:
    """Mean and variance of all targets, shape (point, target) each."""
    both = [emulator.predict(points) for emulator in emulators]
    return np.stack([m for m, _ in both], axis=-1), np.stack([v for _, v in both], axis=-1)
