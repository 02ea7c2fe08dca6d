"""What it would be worth to know one parameter, or some: EVPPI by regression.

The net benefit expected when a parameter is known is a function of it; regressing net benefit on
the drawn values finds that function from the draws there are (Strong, Oakley and Brennan 2014,
Medical Decision Making 34:311-326). Here the function is a penalised cubic regression spline, of
several parameters a sum of such, with the penalty chosen by generalised cross-validation (Wood
2017, Generalized Additive Models). Interactions within a set are not seen.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import numpy as np
import pandas as pd
from scipy.interpolate import BSpline

from carestair.analysis._worlds import Array
from carestair.analysis.economics import CostEffectiveness, perfect
from carestair.draws import by_draw
from carestair.errors import ResultError

_INNER_KNOTS = 3
_PENALTIES = np.logspace(-6, 4, 41)
_PERMUTATIONS = 20


def _basis(x: Array) -> Array:
    """Cubic B-splines with knots at quantiles, centred; a line where there are few values."""
    low, high = x.min(), x.max()
    if len(np.unique(x)) < 8:
        columns = x[:, None] if high > low else np.zeros((len(x), 0))
    else:
        inner = np.quantile(x, np.linspace(0, 1, _INNER_KNOTS + 2)[1:-1])
        knots = np.concatenate([[low] * 4, np.unique(inner), [high] * 4])
        columns = BSpline.design_matrix(x, knots, 3).toarray()[:, 1:]
    centred: Array = columns - columns.mean(axis=0)
    return centred


def fitted(x: Array, y: Array) -> Array:
    """Smooth `y` by the columns of `x`.

    Parameters
    ----------
    x
        Shape (draw, parameter).
    y
        Shape (draw,).

    Returns
    -------
    numpy.ndarray
        Expected `y` given `x`, shape (draw,): the mean of `y` where cross-validation sees nothing.
    """
    n = len(y)
    mean = float(y.mean())
    basis = np.hstack([_basis(column) for column in x.T])
    flat = np.full(n, mean)
    if basis.shape[1] == 0:
        return flat
    u, s, _ = np.linalg.svd(basis, full_matrices=False)
    along = u.T @ (y - mean)
    rest = float(((y - mean) ** 2).sum() - (along**2).sum())
    best, least = flat, float(((y - mean) ** 2).sum()) * n / (n - 1) ** 2
    for penalty in _PENALTIES * s[0] ** 2:
        shrink = s**2 / (s**2 + penalty)
        free = n - 1 - float(shrink.sum())
        if free <= 0:
            continue
        score = n * (rest + float((((1 - shrink) * along) ** 2).sum())) / free**2
        if score < least:
            best, least = mean + u @ (shrink * along), score
    return best


def evppi(
    ce: CostEffectiveness,
    draws: pd.DataFrame,
    threshold: float,
    sets: Mapping[str, Iterable[str]] | None = None,
    seed: int = 0,
) -> pd.DataFrame:
    """Work out what perfect information would be worth about single parameters, or sets.

    Parameters
    ----------
    ce
        From `cost_effectiveness`.
    draws
        ``result.draws``: a row a draw, a column an address.
    threshold
        NOK a QALY.
    sets
        Addresses by name; each parameter by itself without it.
    seed
        Of the permutations that say what noise alone would give.

    Returns
    -------
    pandas.DataFrame
        Indexed by ``parameter``, largest first: ``evppi`` in NOK for the municipality and period,
        and ``noise``, the mean of the same with the values of the parameter shuffled. What is not
        well above its noise is not known to be worth anything.

    Raises
    ------
    NoDrawsError
        Without draws.
    """
    ce.require_draws()
    values = draws.iloc[: ce.draws]
    benefit = np.stack(
        [by_draw(b, ce.replications).mean(axis=1) for b in ce.net_benefit(threshold)]
    )
    asked: dict[str, Iterable[str]] = {str(c): [str(c)] for c in values.columns}
    if sets is not None:
        asked = dict(sets)
    random = np.random.default_rng(seed)
    orders = [random.permutation(len(values)) for _ in range(_PERMUTATIONS)]
    rows = {}
    for name, addresses in asked.items():
        chosen = list(addresses)
        if missing := [a for a in chosen if a not in values.columns]:
            raise ResultError(
                f"`{missing[0]}` was not drawn", None, "take addresses of result.draws"
            )
        x = values[chosen].to_numpy(np.float64)
        noise = [_known(benefit, x[order]) for order in orders]
        rows[name] = (_known(benefit, x), float(np.mean(noise)))
    table = pd.DataFrame.from_dict(rows, orient="index", columns=["evppi", "noise"])
    return table.rename_axis("parameter").sort_values("evppi", ascending=False, kind="stable")


def _known(benefit: Array, x: Array) -> float:
    return perfect(np.stack([fitted(x, row) for row in benefit]))
