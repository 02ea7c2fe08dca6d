"""Four kinds of not knowing behind what a policy does, kept apart.

The kinds are those of the ISPOR-SMDM task force (Briggs et al. 2012, Value in Health 15:835-842):
stochastic (first-order), parameter (second-order), heterogeneity, structural.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
import xarray as xr

from carestair.analysis._worlds import Array
from carestair.analysis.components import between_groups, between_structures
from carestair.analysis.gains import group_sums
from carestair.analysis.sensitivity import values_of
from carestair.comparison import SWEEPS, behind, check_scenario, headlines
from carestair.draws import by_draw, means_of_draws, spread
from carestair.errors import ResultError
from carestair.result import Result

KINDS = ("first_order", "second_order", "heterogeneity", "structural")
AS_WRITTEN = "as written"
PERSONS = 1000  # heterogeneity is told for so many alike
_Z = 1.959963984540054
_NAN = float("nan")


@dataclass(frozen=True)
class Row:
    """One kind; ``why`` says in a word why nothing is known of it, empty where something is."""

    sd: float = _NAN
    low: float = _NAN
    high: float = _NAN
    levels: int = 0
    cut: bool = False
    why: str = ""


@dataclass(frozen=True)
class Groups:
    """What lives amount to by group of persons, ``by`` what; arrays (replication, group)."""

    by: tuple[str, ...]
    names: pd.MultiIndex
    persons: Array
    difference: dict[str, Array]  # by outcome of lives: sum of scenario less baseline
    baseline: dict[str, Array]


def groups_of(result: Result, scenario: str, by: Sequence[str] | None = None) -> Groups:
    """Sum up persons by group: by age and sex; with rows of persons also by need, or as asked."""
    if by is None and not result.has_person_rows:
        return _by_age_and_sex(result, scenario)
    chosen = tuple(by) if by is not None else ("age_group", "sex", "need_level")
    index, sums = group_sums(result, scenario, chosen)
    outcome = index.get_level_values("outcome")
    names = index[outcome == outcome[0]].droplevel("outcome")
    difference, baseline = {}, {}
    for name in map(str, outcome.unique()):
        rows = np.flatnonzero(outcome == name)
        rows = rows[index[rows].droplevel("outcome").get_indexer(names)]
        difference[name] = sums["difference_sum"][:, rows]
        baseline[name] = sums["baseline_sum"][:, rows]
    persons = sums["persons"][:, outcome == outcome[0]]
    return Groups(chosen, names, persons, difference, baseline)


def _by_age_and_sex(result: Result, scenario: str) -> Groups:
    by = ("age_group", "sex")
    over = result.persons.sum("municipality").stack(group=by)

    def of(who: str, name: str, outcome: str = "") -> Array:
        cells = over[name].sel(scenario=who)
        if outcome:
            cells = cells.sel(outcome=outcome)
        return np.asarray(cells.transpose("replication", "group").values, dtype=np.float64)

    outcomes = [str(name) for name in over["outcome"].values]
    names = over.indexes["group"]
    assert isinstance(names, pd.MultiIndex)
    return Groups(
        by,
        names,
        of(scenario, "paired"),
        {name: of(scenario, "difference_sum", outcome=name) for name in outcomes},
        {name: of(result.baseline, "total", outcome=name) for name in outcomes},
    )


def uncertainty(
    result: Result,
    scenario: str,
    outcome: str = "cost",
    structures: Mapping[str, Result] | None = None,
    by: Sequence[str] | None = None,
) -> pd.DataFrame:
    """Name the kinds of not knowing behind what a scenario changes, and keep them apart.

    Parameters
    ----------
    result
        An open result: of an experiment with draws for the second kind, of a configuration with
        ``structures`` for the fourth.
    scenario
        Id of the scenario, as written.
    outcome
        Id of a headline outcome.
    structures
        Results of the same scenario under further structures that no date can switch, each from a
        configuration of its own, by what differs.
    by
        Groups of persons, as of `gains`. Without it age group and sex and, where there are rows of
        persons, need.

    Returns
    -------
    pandas.DataFrame
        Indexed by ``kind``: ``first_order`` (chance in one municipality, given numbers),
        ``second_order`` (what would be expected with other numbers), ``heterogeneity`` (of the
        mean over 1 000 persons alike, between groups) and ``structural`` (of the mean, between
        structures). ``sd`` is without the noise of the others; ``low`` and ``high`` hold 95 % of
        single municipalities, of draws or of persons, and all structures. ``unit``; ``levels``,
        how many replications, draws, groups or structures; ``cut``, whether noise explains all
        there is, so that ``sd`` is cut off at 0 and, but for structures, ``low`` and ``high``
        are NaN: it cannot be told from chance; ``meaning``. A kind of which nothing is
        known is NaN, not zero, and ``why`` tells: ``not_varied``, ``one_a_draw``, ``one_world``,
        ``no_persons``. ``attrs`` hold the ``mean``, the means by structure,
        ``by_structure``, and ``groups``.
    """
    check_scenario(result, scenario)
    known = headlines(result)
    groups = groups_of(result, scenario, by)
    others = {name: headlines(other) for name, other in (structures or {}).items()}
    return kinds(result, known, groups, scenario, outcome, structures or {}, others)


def kinds(
    result: Result,
    known: xr.Dataset,
    groups: Groups,
    scenario: str,
    outcome: str,
    structures: Mapping[str, Result],
    of_structures: Mapping[str, xr.Dataset],
) -> pd.DataFrame:
    """As `uncertainty`, with headline outcomes and sums by group that were read before."""
    if outcome not in known:
        raise ResultError(
            f"has no outcome `{outcome}`", result.path, f"it has {', '.join(map(str, known))}"
        )
    values = values_of(result, known[outcome], scenario)
    unit = str(known[outcome].attrs["units"])
    first, second = chance_and_parameters(values, result.replications_per_draw, result.design)
    effects = {AS_WRITTEN: values}
    for structure in result.structures:
        effects[structure] = _in_structure(result, known[outcome], scenario, structure)
    paired = {name: independent(result, e) for name, e in effects.items()}
    apart = {
        name: independent(other, values_of(other, of_structures[name][outcome], scenario))
        for name, other in structures.items()
    }
    found = {
        "first_order": (first, unit, "one municipality, 95 %"),
        "second_order": (second, unit, "expected with other numbers put in, 95 %"),
        "heterogeneity": (
            _heterogeneity(result, groups, outcome),
            f"{unit}, for {PERSONS} persons alike",
            f"groups by {', '.join(groups.by)}, 95 % of persons",
        ),
        "structural": (_structural(paired, apart), unit, "structures, lowest to highest mean"),
    }
    table = pd.DataFrame(
        {
            kind: {
                "sd": row.sd,
                "low": row.low,
                "high": row.high,
                "unit": told,
                "levels": row.levels,
                "cut": row.cut,
                "why": row.why,
                "meaning": meaning,
            }
            for kind, (row, told, meaning) in found.items()
        }
    ).T.rename_axis("kind")
    table = table.astype({"sd": float, "low": float, "high": float, "levels": int, "cut": bool})
    means = {name: float(e.mean()) for name, e in (paired | apart).items()}
    table.attrs.update(mean=float(values.mean()), by_structure=means, groups=groups.by)
    return table


def chance_and_parameters(values: Array, per_draw: int, design: str = "") -> tuple[Row, Row]:
    """Tell chance from doubt about the numbers put in.

    Parameters
    ----------
    values
        One number a replication, those of a draw one after the other; shape (replication,).
    per_draw
        Replications of each draw; 0 where no numbers vary.
    design
        How they vary; the points of a sweep were chosen and are no sample of what might be.
    """
    mean = float(values.mean())
    if per_draw == 0:
        if len(values) < 2:
            return Row(why="one_world"), Row(why="not_varied")
        sd = float(values.std(ddof=1))
        return Row(sd, mean - _Z * sd, mean + _Z * sd, len(values)), Row(why="not_varied")
    draws = len(values) // per_draw
    if per_draw < 2 or draws < 1:
        return Row(why="one_a_draw"), Row(
            why="not_varied" if design in SWEEPS else "one_a_draw", levels=draws
        )
    worlds = by_draw(values, per_draw)
    within = float(worlds.var(axis=1, ddof=1).mean())
    sd = float(np.sqrt(within))
    first = Row(sd, mean - _Z * sd, mean + _Z * sd, worlds.size)
    if design in SWEEPS or draws < 2:
        return first, Row(why="not_varied")
    of = spread(values, per_draw)
    return first, Row(of.parameters_sd, of.parameters_low, of.parameters_high, draws, of.cut)


def independent(result: Result, values: Array) -> Array:
    """Return one value a draw where numbers vary, for its worlds share them; else one a world."""
    per_draw = result.replications_per_draw
    return means_of_draws(values, per_draw) if 0 < 2 * per_draw <= len(values) else values


def _in_structure(result: Result, known: xr.DataArray, scenario: str, structure: str) -> Array:
    of, without = (result.in_structure(s, structure) for s in (scenario, result.baseline))
    return np.asarray((known.sel(scenario=of) - known.sel(scenario=without)).values, np.float64)


def _heterogeneity(result: Result, groups: Groups, outcome: str) -> Row:
    lives = behind(result, outcome)
    if lives is None:
        return Row(why="no_persons")
    name, per = lives
    per_draw = max(1, result.replications_per_draw)
    persons, sums = (
        means_of_draws(of, per_draw) * per_draw for of in (groups.persons, groups.difference[name])
    )
    if len(persons) < 2:
        return Row(why="one_world")
    found, means = between_groups(persons, sums)
    scale = PERSONS / per
    low, high = scale * _middle(means, persons.sum(axis=0))
    there = int(np.isfinite(means).sum())
    if found.cut:  # all groups at one mean: no range that is known to have no width
        low = high = _NAN
    return Row(scale * found.sd, float(low), float(high), there, found.cut)


def _middle(means: Array, persons: Array, share: float = 0.95) -> Array:
    """Return the ends of the middle share of persons, each counted at the mean of the group."""
    order = np.argsort(means)  # NaN last, of groups without persons
    reached = np.cumsum(persons[order]) / persons.sum()
    tail = 0.5 * (1.0 - share)
    ends: Array = means[order][np.searchsorted(reached, [tail, 1.0 - tail])]
    return ends


def _structural(paired: Mapping[str, Array], apart: Mapping[str, Array]) -> Row:
    effects = [*paired.values(), *apart.values()]
    if len(effects) < 2:
        return Row(why="not_varied")
    means = [float(e.mean()) for e in effects]
    if min(len(e) for e in effects) < 2:
        return Row(_NAN, min(means), max(means), len(means))
    found = between_structures(effects, paired=not apart)
    return Row(found.sd, min(means), max(means), len(means), found.cut)
