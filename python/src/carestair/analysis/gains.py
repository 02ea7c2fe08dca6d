"""Who gains and who loses: the same persons in two scenarios.

A person is found in both by identity and lives the same life until the policy touches it, so the
difference of a person is an effect and not noise. Groups are those of the first reported day.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd
import xarray as xr

from carestair._interval import mean_interval
from carestair.analysis._worlds import Array, by_year
from carestair.comparison import check_scenario
from carestair.errors import ResultError
from carestair.result import Result

GROUPS = (
    "municipality",
    "age_group",
    "sex",
    "need_level",
    "living_alone",
    "user_group",
    "dwelling",
    "cognition",
)
CAME_LATER = "came later"
# Which way is good for the one who lives the life; of the others neither is by itself.
BETTER = {
    "life_days": 1,
    "qalys": 1,
    "unmet_hours": -1,
    "waiting_days": -1,
    "extensive_days": -1,
}
_PERSON = ["municipality", "uid"]


def differs(a: Array, b: Array) -> npt.NDArray[np.bool_]:
    """Whether outcomes differ by more than the rounding of sums in float, as in `persons`."""
    apart: npt.NDArray[np.bool_] = np.abs(a - b) > 1e-3 + 1e-5 * np.maximum(np.abs(a), np.abs(b))
    return apart


def outcomes_of(result: Result) -> list[str]:
    """Names of the outcomes of a life, in the order of the file."""
    return [str(name) for name in result.persons["outcome"].values]


def pairs(result: Result, scenario: str, replication: int) -> pd.DataFrame:
    """Return who lives both in the baseline and in a scenario; needs ``run --persons``.

    Parameters
    ----------
    result
        An open result with rows of persons.
    scenario
        Id of the scenario.
    replication
        Position.

    Returns
    -------
    pandas.DataFrame
        Indexed by ``municipality`` and ``uid``: the groups (`GROUPS`) of the baseline, in which
        those who were not here on the first reported day are ``came later``; outcome ``x`` in the
        baseline and ``x_difference``, scenario less baseline; and ``touched``, whether any differs.
    """
    rows = result.person_rows(replication)
    names = outcomes_of(result)
    base = rows[rows["scenario"] == result.baseline].set_index(_PERSON)
    other = rows[rows["scenario"] == scenario].set_index(_PERSON)
    both = base.index.intersection(other.index, sort=False)
    base, other = base.loc[both], other.loc[both]
    a = base[names].to_numpy(np.float64)
    b = other[names].to_numpy(np.float64)
    columns: dict[str, object] = {"municipality": both.get_level_values("municipality").astype(str)}
    for name in GROUPS[1:]:
        columns[name] = base[name].astype(object).where(base[name].notna(), CAME_LATER).to_numpy()
    columns |= {name: a[:, i] for i, name in enumerate(names)}
    columns |= {f"{name}_difference": b[:, i] - a[:, i] for i, name in enumerate(names)}
    columns |= {f"{name}_differs": differs(a, b)[:, i] for i, name in enumerate(names)}
    columns["touched"] = differs(a, b).any(axis=1)
    return pd.DataFrame(columns, index=both)


def _sums(paired: pd.DataFrame, by: Sequence[str], names: Sequence[str]) -> pd.DataFrame:
    """One row a group and outcome: what adds up over persons."""
    groups = [paired[name].to_numpy() for name in by] or [np.full(len(paired), "all")]
    tables = {}
    for name in names:
        difference = paired[f"{name}_difference"].to_numpy()
        differ = paired[f"{name}_differs"].to_numpy()
        table = pd.DataFrame(
            {
                "persons": 1.0,
                "touched": paired["touched"].to_numpy(np.float64),
                "more": differ & (difference > 0),
                "less": differ & (difference < 0),
                "difference_sum": difference,
                "baseline_sum": paired[name].to_numpy(),
            }
        )
        tables[name] = table.groupby(groups).sum().astype(np.float64)
    found = pd.concat(tables, names=["outcome"])
    found.index.names = ["outcome", *(by or ["group"])]
    return found


def group_sums(
    result: Result, scenario: str, by: Sequence[str]
) -> tuple[pd.MultiIndex, dict[str, Array]]:
    """Sum up who lives in both scenarios, replication by replication; needs ``run --persons``.

    Replications are read one at a time, so that memory does not grow with their persons.

    Returns
    -------
    index : pandas.MultiIndex
        One row an outcome and group.
    sums : dict of numpy.ndarray
        ``persons``, ``touched``, ``more``, ``less``, ``difference_sum`` and ``baseline_sum``,
        shape (replication, row).
    """
    check_scenario(result, scenario)
    if unknown := [name for name in by if name not in GROUPS]:
        raise ResultError(
            f"persons have no group {unknown[0]!r}", result.path, f"take {', '.join(GROUPS)}"
        )
    names = outcomes_of(result)
    found = [_sums(pairs(result, scenario, r), by, names) for r in range(result.replications)]
    index = found[0].index
    for table in found[1:]:
        index = index.union(table.index, sort=False)
    stacked = np.stack([t.reindex(index, fill_value=0.0).to_numpy() for t in found])
    return index, dict(zip(map(str, found[0].columns), np.moveaxis(stacked, -1, 0), strict=True))


def gains(result: Result, scenario: str, by: str | Iterable[str] = ()) -> pd.DataFrame:
    """Tell who gains what from a scenario, by group; needs ``run --persons``.

    Parameters
    ----------
    result
        An open result with rows of persons.
    scenario
        Id of the scenario.
    by
        Groups, any of ``municipality``, ``age_group``, ``sex``, ``need_level``, ``living_alone``,
        ``user_group``, ``dwelling``, ``cognition``; none gives everybody together.

    Returns
    -------
    pandas.DataFrame
        Indexed by the groups and ``outcome``. Means over replications of the ``persons`` who live
        in both, those ``touched`` in any outcome, those with ``more`` and ``less`` of this one, and
        in words of their own ``better`` and ``worse`` (missing where neither way is good by
        itself); ``mean``, the difference a person, and ``sum``, that of the group, with 95 %
        intervals over replications (``mean_low``, ``mean_high``, ``sum_low``, ``sum_high``; over
        draws in an experiment); ``unit``.

    Raises
    ------
    NoPersonRowsError
        When the run kept no rows of persons.
    """
    groups = [by] if isinstance(by, str) else list(by)
    index, sums_of = group_sums(result, scenario, groups)
    persons, total = sums_of["persons"], sums_of["difference_sum"]
    per_draw = result.replications_per_draw
    a_person = total / np.where(persons > 0, persons, np.nan)
    mean, whole = mean_interval(a_person, per_draw), mean_interval(total, per_draw)
    outcome = index.get_level_values("outcome")
    way = outcome.map(lambda name: BETTER.get(name, np.nan)).to_numpy(np.float64)
    more_mean, less_mean = sums_of["more"].mean(axis=0), sums_of["less"].mean(axis=0)
    units = dict(
        zip(outcomes_of(result), map(str, result.persons["outcome_unit"].values), strict=True)
    )
    table = pd.DataFrame(
        {
            "unit": outcome.map(units),
            "persons": persons.mean(axis=0),
            "touched": sums_of["touched"].mean(axis=0),
            "more": more_mean,
            "less": less_mean,
            "better": np.where(way > 0, more_mean, np.where(way < 0, less_mean, np.nan)),
            "worse": np.where(way > 0, less_mean, np.where(way < 0, more_mean, np.nan)),
            "mean": mean.mean,
            "mean_low": mean.low,
            "mean_high": mean.high,
            "sum": whole.mean,
            "sum_low": whole.low,
            "sum_high": whole.high,
        },
        index=index,
    )
    order = [*(groups or ["group"]), "outcome"]
    return table.reorder_levels(order).sort_index(level=order[:-1], sort_remaining=False)


# What the months tell of the outcomes of lives; name, indicator, stock or flow.
_BY_YEAR = (
    ("cost", "cost", True),
    ("staff_hours", "staff_hours", True),
    ("unmet_hours", "unmet_hours", True),
    ("informal_hours", "informal_hours", True),
    ("waiting", "waiting", False),
    ("qaly", "qaly", True),
    ("residents", "population", False),
)


def gains_by_year(result: Result, scenario: str, by: str | Iterable[str] = ()) -> pd.DataFrame:
    """Tell when a scenario gives what, from the monthly indicators.

    Parameters
    ----------
    result
        An open result.
    scenario
        Id of the scenario.
    by
        ``age_group`` or ``municipality``, or both.

    Returns
    -------
    pandas.DataFrame
        Indexed by ``outcome``, the groups and ``year``: ``unit``, ``baseline`` (mean) and
        ``difference``, scenario less baseline, paired by replication, with its 95 % interval
        ``low``, ``high``. Flows are summed over the year, stocks are its mean.
    """
    check_scenario(result, scenario)
    groups = [by] if isinstance(by, str) else list(by)
    per_draw = result.replications_per_draw
    tables = {}
    for name, indicator, flow in _BY_YEAR:
        yearly = by_year(result, result.total(indicator, by=groups), flow=flow)
        yearly = yearly.transpose("scenario", "replication", *groups, "year")
        baseline = yearly.sel(scenario=result.baseline, drop=True)
        change = yearly.sel(scenario=scenario, drop=True) - baseline
        found = mean_interval(change.values, per_draw)
        one = change.isel(replication=0, drop=True).reset_coords(drop=True)
        columns = {
            "baseline": baseline.mean("replication").reset_coords(drop=True),
            "difference": one.copy(data=found.mean),
            "low": one.copy(data=found.low),
            "high": one.copy(data=found.high),
        }
        table = xr.Dataset(columns).to_dataframe()
        table.insert(0, "unit", str(result.indicators[indicator].attrs.get("units", "")))
        tables[name] = table
    return pd.concat(tables, names=["outcome"])
