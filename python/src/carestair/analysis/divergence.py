"""Where lives part: the first event that differs between baseline and scenario, person by person.

Until the policy touches somebody, both logs of events are the same to the day. The first event that
is in one log and not in the other is therefore how the policy reached that person: a service that
begins, a wait that does not, a death that comes later. What follows from it may be anything.
"""

from __future__ import annotations

import pandas as pd

from carestair.analysis.gains import outcomes_of, pairs
from carestair.comparison import check_scenario
from carestair.result import Result

_PERSON = ["municipality", "uid"]
_EVENT = [*_PERSON, "day", "kind", "from", "to"]
NO_EVENT = "no event differs"


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


def divergence(result: Result, scenario: str) -> pd.DataFrame:
    """Tell through which events a scenario first reaches people; needs ``run --events``.

    Made with ``run --events --persons``, it also tells what those persons gained, and how many
    were touched though no event of theirs differs (other hours, other prices). Replications are
    read one at a time.

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
        scenarios. Those touched without an event are the row ``no event differs``.

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
    days = dated.quantile([0.1, 0.5, 0.9]).unstack().reindex(persons.index)
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
    differences = paired[[f"{name}_difference" for name in names]]
    differences.index = differences.index.set_levels(
        differences.index.levels[0].astype(object), level=0
    )
    joined = found.join(differences)
    silent = differences[paired["touched"].to_numpy()]
    silent = silent[~silent.index.isin(found.index)]
    silent = silent.assign(day=pd.NaT, kind=NO_EVENT, what="", happens_in="")
    if silent.empty:
        return joined
    return pd.concat([joined, silent.astype({"day": joined["day"].dtype})])
