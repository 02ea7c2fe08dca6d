"""How well a model's numbers agree with targets.

Of a target y with standard error e, when n worlds give the mean m: y ~ Normal(m, v) with
v = e² + s²/n + d², where s²/n is the simulation noise of the mean and d the structural
discrepancy, what the model is not expected to get right whatever its parameters (Kennedy and
O'Hagan 2001, https://doi.org/10.1111/1467-9868.00294). Targets are taken as independent. The
implausibility |y - m| / sqrt(v) is that of history matching (Vernon, Goldstein and Bower 2010,
https://doi.org/10.1214/10-BA524); beyond 3 a point is ruled out.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float64]

RULED_OUT = 3.0


def log_likelihood(value: Array, mean: Array, variance: Array) -> Array:
    """Sum over targets of the log normal density.

    Parameters
    ----------
    value : array of shape (target,)
    mean : array of shape (..., target)
    variance : array that broadcasts with `mean`

    Returns
    -------
    array of shape (...)
        Minus infinity where a mean is not known.
    """
    terms = -0.5 * ((value - mean) ** 2 / variance + np.log(2 * np.pi * variance))
    summed = np.sum(terms, axis=-1)
    return np.asarray(np.where(np.isnan(summed), -np.inf, summed), dtype=np.float64)


def implausibility(value: Array, mean: Array, variance: Array) -> Array:
    """How many standard deviations each target is away; shape of `mean`."""
    return np.asarray(np.abs(value - mean) / np.sqrt(variance), dtype=np.float64)
