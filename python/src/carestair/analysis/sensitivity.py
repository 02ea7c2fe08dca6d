"""What moves a result: one parameter at a time, and all of them at once (Sobol indices).

A tornado tells how far each parameter alone takes the result between its low and its high end.
Variance-based indices tell the share of the variance that a parameter explains by itself (first
order) and with all its interactions (total); Saltelli et al. (2010), Computer Physics
Communications 181:259-270, worked out by SALib (Iwanaga, Usher and Herman 2022).
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd
import xarray as xr

from carestair.analysis._worlds import Array, scenario_of
from carestair.comparison import SWEEPS, headlines, paired_difference
from carestair.draws import by_draw
from carestair.errors import NoDrawsError, ResultError
from carestair.result import Result

Ranges = Mapping[str, tuple[float, float]]


def values_of(result: Result, outcome: str | xr.DataArray, scenario: str | None) -> Array:
    """One number a replication: an outcome in the baseline, or what a scenario changes in it.

    Parameters
    ----------
    outcome
        Id of a headline outcome, as of `carestair.headlines`; or numbers of your own, shape
        (scenario, replication).
    scenario
        Id; None or the baseline gives the baseline itself.
    """
    if isinstance(outcome, str):
        known = headlines(result)
        if outcome not in known:
            raise ResultError(
                f"has no outcome `{outcome}`", result.path, f"it has {', '.join(map(str, known))}"
            )
        numbers = known[outcome]
    else:
        numbers = outcome
    of = scenario_of(result, scenario)
    baseline = numbers.sel(scenario=result.baseline).values.astype(np.float64)
    if of == result.baseline:
        return np.asarray(baseline)
    return np.asarray(numbers.sel(scenario=of).values - baseline, dtype=np.float64)


def tornado(
    result: Result, outcome: str | xr.DataArray = "cost", scenario: str | None = None
) -> pd.DataFrame:
    """Tell how far each parameter alone moves an outcome; of a sweep ``one_at_a_time``.

    Parameters
    ----------
    result
        An open result of an experiment with ``sweep: one_at_a_time``.
    outcome
        Id of a headline outcome, or numbers of your own, shape (scenario, replication).
    scenario
        Of which the difference from the baseline is told; the baseline itself without it.

    Returns
    -------
    pandas.DataFrame
        Indexed by ``address``, largest swing first: ``low`` and ``high``, the values tried, and
        ``unit``; ``at_low``, ``at_high``, mean of the outcome there; ``swing``, the second less the
        first, with its 95 % interval ``swing_low``, ``swing_high``, paired by replication.
        ``attrs["as_written"]`` is the mean with the numbers as written.

    Raises
    ------
    NoDrawsError
        When the result is no such sweep.
    """
    draws = result.draws
    if result.design != "one_at_a_time":
        raise NoDrawsError(
            "holds no sweep of one parameter at a time",
            result.path,
            "run the configuration with `experiment: {sweep: one_at_a_time}`",
        )
    worlds = by_draw(values_of(result, outcome, scenario), result.replications_per_draw)
    rows = {}
    for i, address in enumerate(map(str, draws.columns)):
        # As written first, then low and high of each parameter in turn.
        low, high = 1 + 2 * i, 2 + 2 * i
        if high >= len(worlds):
            break
        paired = paired_difference(worlds[low], worlds[high])
        rows[address] = {
            "unit": str(draws.attrs["units"][address]),
            "low": float(draws.iloc[low, i]),
            "high": float(draws.iloc[high, i]),
            "at_low": paired.baseline,
            "at_high": paired.scenario,
            "swing": paired.difference,
            "swing_low": paired.low,
            "swing_high": paired.high,
        }
    table = pd.DataFrame.from_dict(rows, orient="index").rename_axis("address")
    table = table.sort_values("swing", key=abs, ascending=False, kind="stable")
    table.attrs["as_written"] = float(worlds[0].mean())
    return table


def _problem(ranges: Ranges) -> dict[str, object]:
    return {
        "num_vars": len(ranges),
        "names": list(ranges),
        "bounds": [list(limits) for limits in ranges.values()],
    }


def sobol_sample(ranges: Ranges, n: int, seed: int) -> pd.DataFrame:
    """Choose points for Sobol indices, to be given to ``experiment: {sweep: FILE}``.

    Parameters
    ----------
    ranges
        Low and high by address, in the unit of the parameter; independent and uniform between.
    n
        A power of two. There will be n (parameters + 2) points.
    seed
        Of the scrambling.

    Returns
    -------
    pandas.DataFrame
        One row a point, one column an address: write it with ``to_csv(FILE, index=False)``.
    """
    from SALib.sample import sobol  # takes a second to import

    if n < 1 or n & (n - 1):
        raise ValueError(f"n must be a power of two, not {n}")
    rows = sobol.sample(_problem(ranges), n, calc_second_order=False, seed=seed)
    return pd.DataFrame(rows, columns=list(ranges))


def sobol_of(ranges: Ranges, y: Array, seed: int = 0) -> pd.DataFrame:
    """Work out Sobol indices of numbers in the order of `sobol_sample`.

    Parameters
    ----------
    ranges
        Those of the sample.
    y
        One number a draw.
    seed
        Of the bootstrap that gives the intervals.

    Returns
    -------
    pandas.DataFrame
        Indexed by ``address``, largest total first: ``first`` and ``total`` with the half-widths
        of their 95 % intervals, ``first_half``, ``total_half``.
    """
    from SALib.analyze import sobol

    if len(y) % (len(ranges) + 2):
        raise ValueError(
            f"{len(y)} numbers are no sample of {len(ranges)} parameters: there must be a multiple "
            f"of {len(ranges) + 2}"
        )
    if np.ptp(y) == 0.0:
        raise ValueError("the numbers do not vary: there is no variance to share out")
    found = sobol.analyze(_problem(ranges), y, calc_second_order=False, seed=seed)
    table = pd.DataFrame(
        {
            "first": found["S1"],
            "first_half": found["S1_conf"],
            "total": found["ST"],
            "total_half": found["ST_conf"],
        },
        index=pd.Index(list(ranges), name="address"),
    )
    return table.sort_values("total", ascending=False, kind="stable")


def sobol_indices(
    result: Result,
    ranges: Ranges,
    outcome: str | xr.DataArray = "cost",
    scenario: str | None = None,
    seed: int = 0,
) -> pd.DataFrame:
    """Work out Sobol indices of an outcome, of a run with the points of `sobol_sample`.

    The points of a sweep share persons and chance, so what differs is the parameters; the indices
    are those of the mean over the replications there are. Given as ``draws`` instead, each point
    has chance of its own, which counts as an interaction of everything: first-order indices are
    then too small and totals too large. ``attrs["chance_share"]`` is its share of the variance of
    the means of points: 0 in a sweep, NaN with one replication a draw.

    Parameters
    ----------
    result
        An open result.
    ranges
        Those of the sample.
    outcome, scenario
        As in `tornado`.
    seed
        Of the bootstrap that gives the intervals.

    Returns
    -------
    pandas.DataFrame
        As `sobol_of`.
    """
    draws = result.draws
    if result.design not in ("points", "given"):
        raise NoDrawsError(
            "was not run with points of a file",
            result.path,
            "write sobol_sample(...) to a file and name it as `experiment: {sweep: FILE}`",
        )
    if sorted(draws.columns) != sorted(ranges) or not result.complete:
        raise ResultError(
            "is not a whole run with the points of these ranges",
            result.path,
            f"it varied {', '.join(map(str, draws.columns))}",
        )
    worlds = by_draw(values_of(result, outcome, scenario), result.replications_per_draw)
    means = worlds.mean(axis=1)
    table = sobol_of(ranges, means, seed)
    replications = worlds.shape[1]
    within = worlds.var(axis=1, ddof=1).mean() if replications > 1 else np.nan
    in_common = result.design in SWEEPS
    share = 0.0 if in_common else within / replications / means.var(ddof=1)
    table.attrs["chance_share"] = float(share)
    return table
