"""What stands behind the doubt by parameters: how much of it goes with assumptions."""

from __future__ import annotations

from typing import cast

import numpy as np
import pandas as pd
from scipy.special import ndtri
from scipy.stats import rankdata

from carestair.analysis._worlds import Array
from carestair.analysis.sensitivity import values_of
from carestair.draws import by_draw, spread
from carestair.errors import NoDrawsError
from carestair.result import Result

_Z = 1.959963984540054


def kinds_of(result: Result) -> pd.Series:
    """Kind of evidence behind each parameter that was drawn, by address."""
    if result.draws.empty:
        raise NoDrawsError(
            "holds no draws", result.path, "run an experiment with draws; docs/scenarios.md"
        )
    evidence = result.evidence["kind"]
    kinds = {}
    for address in map(str, result.draws.columns):
        table = address.split("[")[0].removesuffix(".position")
        kinds[address] = str(evidence[table]) if table in evidence.index else "unknown"
    return pd.Series(kinds, name="kind").rename_axis("address")


def assumption_share(
    result: Result, scenario: str | None = None, outcome: str = "cost"
) -> pd.DataFrame:
    """Share out the variance by parameters to the kinds of evidence behind them.

    How much of the doubt rests on assumptions: only what was drawn can count. A number that is an
    assumption and has no range, and everything the model leaves out, adds nothing here however
    wrong it may be; and a range that somebody chose too narrow makes its kind look small.

    Parameters
    ----------
    result
        An open result of an experiment with random or Latin hypercube draws.
    scenario
        Of which the difference from the baseline is told; the baseline itself without it.
    outcome
        Id of a headline outcome.

    Returns
    -------
    pandas.DataFrame
        Indexed by ``kind`` of evidence: ``parameters``, how many were drawn, and ``share`` of the
        variance between draws (chance taken out) that goes with them, with its 95 % interval
        ``low``, ``high``; last the rest: ``curvature and interactions``. Shares are estimates and
        may fall below 0 or add up to more than 1; with few draws the intervals are wide.
        ``attrs["caveat"]`` says in words what it does not say.
    """
    kinds = kinds_of(result)
    per_draw = result.replications_per_draw
    if result.design not in ("random", "latin_hypercube") or result.replications < 3 * per_draw:
        raise NoDrawsError(
            "needs random draws, of which there are at least three",
            result.path,
            "run an experiment with `draws: 100`",
        )
    values = values_of(result, outcome, scenario)
    y = by_draw(values, per_draw).mean(axis=1)
    found = spread(values, per_draw)
    between = found.parameters_sd**2
    if not np.isfinite(between):
        between = float(y.var(ddof=1))
    if between == 0.0:
        raise NoDrawsError(
            "shows no effect of the draws that could be told from chance",
            result.path,
            "take more replications a draw",
        )
    x = result.draws.iloc[: len(y)].to_numpy(np.float64)
    table = variance_by_group(x, y, kinds.to_numpy(), between)
    table.attrs["caveat"] = (
        "Only parameters that were drawn are counted, each with the range it was given: "
        "assumptions without a range, and what the model leaves out, add nothing here."
    )
    return table


def variance_by_group(
    x: Array, y: Array, groups: np.ndarray[tuple[int], np.dtype[np.object_]], variance: float
) -> pd.DataFrame:
    """Share of a variance that goes with groups of independent columns, also of many columns.

    Haseman-Elston regression: products y[i] y[j] of pairs of draws on the likeness of their
    parameters, group by group. Unlike least squares it does with fewer draws than parameters
    (Haseman and Elston 1972, Behavior Genetics 2:3-19). Columns enter
    by their normal scores, so that any monotone effect of one parameter counts almost whole.

    Parameters
    ----------
    x, y
        Shapes (draw, parameter) and (draw,).
    groups
        Name of each column's group.
    variance
        Which is shared out.

    Returns
    -------
    pandas.DataFrame
        As `assumption_share`; intervals from the jackknife over draws.
    """
    n = len(y)
    scores = ndtri((np.apply_along_axis(rankdata, 0, x) - 0.5) / n)
    spread_of = scores.std(axis=0)
    scores = np.where(spread_of > 0, scores / np.where(spread_of > 0, spread_of, 1.0), 0.0)
    names = [str(g) for g in pd.unique(groups)]
    likeness = []
    for name in names:
        of_group = scores[:, groups == name]
        matrix = of_group @ of_group.T / of_group.shape[1]
        np.fill_diagonal(matrix, 0.0)
        likeness.append(matrix)
    k = np.stack(likeness)
    centred = y - y.mean()
    products = np.outer(centred, centred)
    a = np.einsum("gij,hij->igh", k, k)
    b = np.einsum("gij,ij->ig", k, products)
    shares = _solved(a.sum(axis=0), b.sum(axis=0)) / variance
    without = np.stack(
        [_solved(a.sum(axis=0) - 2 * a[i], b.sum(axis=0) - 2 * b[i]) / variance for i in range(n)]
    )
    rest = 1.0 - shares.sum()
    estimates = np.append(shares, rest)
    replicates = np.column_stack([without, 1.0 - without.sum(axis=1)])
    error = np.sqrt((n - 1) / n * ((replicates - replicates.mean(axis=0)) ** 2).sum(axis=0))
    return pd.DataFrame(
        {
            "parameters": [*(int((groups == name).sum()) for name in names), 0],
            "share": estimates,
            "low": estimates - _Z * error,
            "high": estimates + _Z * error,
        },
        index=pd.Index([*names, "curvature and interactions"], name="kind"),
    )


def _solved(a: Array, b: Array) -> Array:
    return cast(Array, np.linalg.lstsq(a, b, rcond=None)[0])
