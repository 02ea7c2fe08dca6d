"""Where lives part: the first event that differs between baseline and scenario, person by person.

Until the policy touches somebody, both logs of events are the same to the day. The first event that
is in one log and not in the other is therefore how the policy reached that person: a service that
begins, a wait that does not, a death that comes later. What follows from it may be anything.

Others are touched and no event of theirs differs: they hold the same services from the same days,
and what differs is how many hours staff or family gave, or what it cost. Their totals tell which.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from carestair.analysis._worlds import Array
from carestair.analysis.gains import outcomes_of, pairs
from carestair.comparison import check_scenario
from carestair.result import Result

_PERSON = ["municipality", "uid"]
_EVENT = [*_PERSON, "day", "kind", "from", "to"]
HOURS_GIVEN = "hours_given"
FAMILY_HOURS = "family_hours"
UNMET_HOURS = "unmet_hours"
COST = "cost"
NO_EVENT = "no event differs"
# The kinds of those touched without an event, told from their totals.
WITHOUT_EVENT = (HOURS_GIVEN, FAMILY_HOURS, UNMET_HOURS, COST, NO_EVENT)


def first_differences(baseline: pd.DataFrame, other: pd.DataFrame) -> pd.DataFrame:
    """Find the first event of each person that is in one log alone.

    Parameters
    ----------
    baseline, other
        Events of one replication in two scenarios, in the order of what happened, with the columns
        ``municipality``, ``uid``, ``day``, ``kind``, ``from`` and ``to``.

    Returns
    -------
    pandas.DataFrame
        One row a person whose logs differ, indexed by ``municipality`` and ``uid``: ``day`` and
        ``kind`` of the event, ``what`` (the service or level it led to, or else came from) and
        ``happens_in``: ``scenario`` or ``baseline``. Of events of one day, one that happens in the
        scenario goes first.
    """
    logs = []
    for name, log in (("scenario", other), ("baseline", baseline)):
        events = log[_EVENT].copy()
        for column in ("municipality", "kind", "from", "to"):
            events[column] = events[column].astype(object).where(events[column].notna(), "")
        # The same event twice on a day counts twice.
        events["nth"] = events.groupby(_EVENT, sort=False).cumcount()
        events["order"] = range(len(events))
        events["happens_in"] = name
        logs.append(events)
    everything = pd.concat(logs, ignore_index=True)
    alone = everything[~everything.duplicated([*_EVENT, "nth"], keep=False)]
    # Stable, and the scenario's come first in `everything`.
    first = alone.sort_values([*_PERSON, "day"], kind="stable").drop_duplicates(_PERSON)
    what = first["to"].where(first["to"] != "", first["from"])
    columns = first[["day", "kind"]].assign(what=what, happens_in=first["happens_in"])
    return columns.set_index(pd.MultiIndex.from_frame(first[_PERSON]))


def first_touches(result: Result, scenario: str, replication: int) -> pd.DataFrame:
    """Return `first_differences` of one replication, from the event log."""
    events = result.events_of(replication)
    return first_differences(
        events[events["scenario"] == result.baseline], events[events["scenario"] == scenario]
    )


def silent_channels(paired: pd.DataFrame, names: list[str]) -> pd.DataFrame:
    """Tell through what persons were touched of whom no event differs, from their totals.

    Parameters
    ----------
    paired
        Those persons, as `pairs` gives them.
    names
        Outcomes, in the order of the file.

    Returns
    -------
    pandas.DataFrame
        One row a person, with the index of `paired`: ``kind``, ``what`` and ``happens_in``, the
        scenario in which there is more of it, as `divergence` tells them.
    """

    def change(name: str) -> Array:
        differ = paired[f"{name}_differs"].to_numpy(bool)
        found: Array = np.where(differ, paired[f"{name}_difference"].to_numpy(np.float64), 0.0)
        return found

    home, family = change("home_hours"), change("informal_hours")
    unmet, cost = change("unmet_hours"), change("cost")
    # Hours in places are no total of their own: they leave need unmet, and come off the price.
    places = np.where((home == 0) & (family == 0) & (cost != 0), -unmet, 0.0)
    by_staff = np.abs(home) > np.abs(family)
    # The first that holds, from cause to effect.
    ways = (
        (by_staff, HOURS_GIVEN, "home", home),
        (family != 0, FAMILY_HOURS, "", family),
        (places != 0, HOURS_GIVEN, "places", places),
        (unmet != 0, UNMET_HOURS, "", unmet),
        (cost != 0, COST, "", cost),
    )
    kind = np.full(len(paired), NO_EVENT, dtype=object)
    what = np.full(len(paired), "", dtype=object)
    more_in = np.full(len(paired), "", dtype=object)
    for name in reversed(names):  # the first in the end
        what[change(name) != 0] = name
    for holds, of_kind, of_what, by in reversed(ways):
        kind[holds] = of_kind
        what[holds] = of_what
        more_in[holds] = np.where(by[holds] > 0, "scenario", "baseline")
    return pd.DataFrame({"kind": kind, "what": what, "happens_in": more_in}, index=paired.index)


def divergence(result: Result, scenario: str) -> pd.DataFrame:
    """Tell through which events a scenario first reaches people; needs ``run --events``.

    Made with ``run --events --persons``, it also tells what those persons gained, and who was
    touched though no event of theirs differs, by what their totals show. Replications are read one
    at a time.

    Parameters
    ----------
    result
        An open result with an event log.
    scenario
        Id of the scenario.

    Returns
    -------
    pandas.DataFrame
        Indexed by ``kind``, ``what`` and ``happens_in`` of the first event that differs, most
        persons first. Means over replications: ``persons``, and their ``share`` of all whose lives
        part; ``day_q10``, ``day_q50``, ``day_q90``, when they do. With rows of persons, for each
        outcome ``x``: ``x_sum``, the difference summed over those of them who live in both
        scenarios.

        Those touched without an event have no days and are of these kinds (`WITHOUT_EVENT`), in
        the order in which one leads to the next; ``happens_in`` is where there is more of it.
        ``hours_given``: staff gave other hours of the same services, because they were short or
        because others were granted; ``what`` is ``home`` or ``places`` (stays and day places, too).
        ``family_hours``: partner and kin gave other hours, and these differ more than those of
        staff. ``unmet_hours``: another need was met by the same hours. ``cost``: the same hours at
        another cost, or hours that meet no need. ``no event differs``: anything else, ``what``
        being the first outcome that differs.

    Raises
    ------
    NoEventLogError
        When the run kept no event log.
    """
    check_scenario(result, scenario)
    names = outcomes_of(result) if result.has_person_rows else []
    parts = []
    for replication in range(result.replications):
        found = first_touches(result, scenario, replication)
        if names:
            found = _with_outcomes(found, pairs(result, scenario, replication), names)
        parts.append(found)
    table = pd.concat(parts, ignore_index=True)
    groups = table.groupby(["kind", "what", "happens_in"], sort=False)
    persons = groups.size() / result.replications
    dated = table[table["day"].notna()].groupby(["kind", "what", "happens_in"], sort=False)["day"]
    days = {q: dated.quantile(q).reindex(persons.index) for q in (0.1, 0.5, 0.9)}
    summed = pd.DataFrame(
        {
            "persons": persons,
            "share": persons / max(persons.sum(), 1e-12),
            "day_q10": days[0.1].dt.normalize(),
            "day_q50": days[0.5].dt.normalize(),
            "day_q90": days[0.9].dt.normalize(),
        }
    )
    for name in names:
        summed[f"{name}_sum"] = groups[f"{name}_difference"].sum() / result.replications
    return summed.sort_values("persons", ascending=False, kind="stable")


def _with_outcomes(found: pd.DataFrame, paired: pd.DataFrame, names: list[str]) -> pd.DataFrame:
    paired = paired.set_axis(
        paired.index.set_levels(paired.index.levels[0].astype(object), level=0), axis=0
    )
    columns = [f"{name}_difference" for name in names]
    joined = found.join(paired[columns])
    silent = paired[paired["touched"].to_numpy(bool) & ~paired.index.isin(found.index)]
    if silent.empty:
        return joined
    told = silent_channels(silent, names).assign(day=pd.NaT).join(silent[columns])
    return pd.concat([joined, told.astype({"day": joined["day"].dtype})])
