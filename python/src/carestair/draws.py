"""Chance in the lives simulated and doubt about the numbers put in, kept apart.

In a result of an experiment, replications belong to draws: one draw is one set of values of the
parameters that vary. One-way random effects, draws as groups:

    within = pooled variance of the replications of a draw
    between = Var(means of draws) - within / replications, at least 0

What a difference would be without chance is the mean of each draw, drawn in towards the mean of
all so that these values have the variance ``between``. Where chance explains all there is, they
would be one and the same value: not because the numbers put in do nothing, but because what they do
cannot be told. The variance is cut off at 0 then, and neither range nor share is known.
``carestair compare`` does the same.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Spread:
    """How far a number reaches by the numbers put in, by chance, and by both.

    ``parameters_low`` and ``_high`` hold 95 % of draws without chance, ``both_low`` and ``_high``
    95 % of single worlds, ``chance_sd`` is that of one world with given numbers, and
    ``share_above_zero`` the share of draws above zero. With one replication a draw the two kinds
    cannot be told apart: ``parameters_*`` and ``chance_sd`` are NaN. Where draws differ no more
    than chance explains (``cut``), ``parameters_sd`` is 0, and ``parameters_low``, ``_high`` and
    ``share_above_zero`` are NaN.
    """

    draws: int
    replications: int
    cut: bool
    parameters_sd: float
    parameters_low: float
    parameters_high: float
    chance_sd: float
    both_low: float
    both_high: float
    share_above_zero: float


def means_of_draws(values: npt.ArrayLike, replications: int) -> Array:
    """Mean of each draw that is whole.

    Parameters
    ----------
    values
        Replications of a draw one after the other; shape (draws * replications, ...).
    replications
        Of each draw.

    Returns
    -------
    numpy.ndarray
        Shape (draws, ...).
    """
    every = np.asarray(values, dtype=np.float64)
    whole = len(every) // replications
    parts = every[: whole * replications].reshape(whole, replications, *every.shape[1:])
    means: Array = parts.mean(axis=1)
    return means


def by_draw(values: npt.ArrayLike, replications: int) -> Array:
    """Values of the whole draws, shape (draws, replications); `values` as of `spread`."""
    every = np.asarray(values, dtype=np.float64)
    whole = len(every) // replications
    return every[: whole * replications].reshape(whole, replications)


def variances(worlds: Array) -> tuple[float, float]:
    """Variance within draws, and between them without chance; shape (draws, replications).

    The second is an estimate and may be below zero: no variance that could be told from chance.
    """
    replications = worlds.shape[1]
    within = float(worlds.var(axis=1, ddof=1).mean())
    of_means = float(worlds.mean(axis=1).var(ddof=1))
    return within, of_means - within / replications


def is_cut(values: npt.ArrayLike, replications: int) -> bool:
    """Whether chance explains all there is between draws; `values` as of `spread`."""
    worlds = by_draw(values, replications)
    if replications < 2 or len(worlds) < 2:
        return False
    within, between = variances(worlds)
    return between <= 0.0 < within


def drawn_in(values: Array, centre: float, spread: float, sd: float) -> Array:
    """Draw values in towards their centre, so that a spread `spread` becomes `sd`."""
    pull = sd / spread if spread > 0.0 else 0.0
    shrunk: Array = centre + pull * (values - centre)
    return shrunk


def without_chance(values: npt.ArrayLike, replications: int) -> Array:
    """Means of draws, drawn in so that they vary by the parameters alone; shape (draws,).

    With one replication a draw nothing can be taken out: they are returned as they are, chance
    included.
    """
    worlds = by_draw(values, replications)
    means: Array = worlds.mean(axis=1)
    if replications < 2 or len(worlds) < 2:
        return means
    _, between = variances(worlds)
    sd = float(np.sqrt(max(0.0, between)))
    return drawn_in(means, float(means.mean()), float(means.std(ddof=1)), sd)


def spread(values: npt.ArrayLike, replications: int) -> Spread:
    """Tell doubt about the numbers put in from chance.

    Parameters
    ----------
    values
        One number a replication, those of a draw one after the other; shape (draws *
        replications,). A last draw that is not whole is left out.
    replications
        Of each draw.
    """
    worlds = by_draw(values, replications)
    draws = len(worlds)
    if draws < 2:
        raise ValueError("two whole draws are needed to tell doubt from chance")
    both_low, both_high = np.quantile(worlds, [0.025, 0.975])
    means = without_chance(values, replications)
    cut = is_cut(values, replications)
    between = low = high = chance = share = np.nan
    if replications > 1:
        within, between = variances(worlds)
        between = max(0.0, between)
        chance = np.sqrt(within)
    if not cut:
        share = (means > 0.0).mean()
        if replications > 1:
            low, high = np.quantile(means, [0.025, 0.975])
    return Spread(
        draws=draws,
        replications=replications,
        cut=cut,
        parameters_sd=float(np.sqrt(between)),
        parameters_low=float(low),
        parameters_high=float(high),
        chance_sd=float(chance),
        both_low=float(both_low),
        both_high=float(both_high),
        share_above_zero=float(share),
    )
