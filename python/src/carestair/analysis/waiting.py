"""How long people wait, from the event log: P(served within t days).

A wait ends with the service or without it (death, another place, no longer wanted); these are
competing risks, and those who still wait when the period ends are censored. The probability of
being served by day t is the cumulative incidence of Aalen and Johansen (1978, Scandinavian Journal
of Statistics 5:141-150):

    F(t) = sum over u <= t of S(u-) served[u] / at_risk[u]

with S the Kaplan-Meier estimate of still waiting. Counting only waits that ended would make them
look too short. Waits that began before the reported period are left out: their length is not known.

A wait is one for one service. When another kind of place will do now (a nursing home in place of
staffed housing, say), the log ends the wait for the one and begins one for the other on that day.
Here these are two waits: the first left without the service, the second counted from the change.
Who has waited for several kinds has thus waited longer than either tells. The indicator
``wait_days_ended`` counts the days from the first beginning, under the service waited for last.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd

from carestair.analysis._worlds import Array, scenario_of
from carestair.result import Result

DAYS = (0, 7, 14, 30, 60, 90, 180, 365)
_OUTCOMES = ("served", "left", "waiting")


def waits_in(events: pd.DataFrame, end: pd.Timestamp) -> pd.DataFrame:
    """Pair the beginning and the end of each wait in the events of one world.

    Where what is waited for changes, the wait is split: one that was ``left`` and one that began
    on that day, see `carestair.analysis.waiting`.

    Parameters
    ----------
    events
        Rows in the order of what happened, as of `Result.events`.
    end
        Last day of the period.

    Returns
    -------
    pandas.DataFrame
        One row a wait that began in the period: ``uid``, ``service``, ``started``, ``days`` and
        ``outcome``: ``served``, ``left`` (without the service) or ``waiting`` (when the period
        ended).
    """
    of_waiting = events[events["kind"].isin(["waiting_started", "waiting_ended"])]
    begins = (of_waiting["kind"] == "waiting_started").to_numpy()
    rows = pd.DataFrame(
        {
            "uid": of_waiting["uid"].to_numpy(),
            "service": np.where(begins, of_waiting["to"], of_waiting["from"]).astype(str),
            "day": of_waiting["day"].to_numpy(),
            "begins": begins,
        }
    ).sort_values(["uid", "service"], kind="stable")
    following = rows.groupby(["uid", "service"], sort=False)["day"].shift(-1)
    waits = rows.assign(until=following)[rows["begins"]].drop(columns="begins")
    starts = events.loc[events["kind"] == "service_started", ["uid", "to", "day"]]
    served = pd.MultiIndex.from_arrays(
        [starts["uid"], starts["to"].astype(str), starts["day"]]
    ).unique()
    keys = pd.MultiIndex.from_frame(waits[["uid", "service", "until"]])
    ended = waits["until"].notna().to_numpy()
    outcome = np.where(keys.isin(served) & ended, "served", np.where(ended, "left", "waiting"))
    days = (waits["until"].fillna(end + pd.Timedelta(days=1)) - waits["day"]).dt.days
    return pd.DataFrame(
        {
            "uid": waits["uid"].to_numpy(),
            "service": waits["service"].to_numpy(),
            "started": waits["day"].to_numpy(),
            "days": days.to_numpy(),
            "outcome": pd.Categorical(outcome, categories=list(_OUTCOMES)),
        }
    )


def _worlds(result: Result, scenario: str) -> Iterator[tuple[int, pd.DataFrame]]:
    for replication in range(result.replications):
        events = result.events_of(replication)
        of_scenario = events[events["scenario"] == scenario]
        for _, world in of_scenario.groupby("municipality", observed=True):
            yield replication, waits_in(world, result.end)


def waits(result: Result, scenario: str | None = None) -> pd.DataFrame:
    """All waits that began in the reported period, one row each; needs ``run --events``.

    A wait is for one service: where that changes, one is ``left`` and another begins.

    Returns
    -------
    pandas.DataFrame
        ``replication`` and what `waits_in` gives.

    Raises
    ------
    NoEventLogError
        When the run kept no event log.
    """
    of = scenario_of(result, scenario)
    parts = [found.assign(replication=r) for r, found in _worlds(result, of)]
    return pd.concat(parts, ignore_index=True)


def cumulative_incidence(
    days: npt.ArrayLike, outcome: npt.ArrayLike, at: Sequence[int] = DAYS
) -> Array:
    """Probability of being served within each number of days (Aalen-Johansen).

    Parameters
    ----------
    days, outcome
        One entry a wait: its length, and ``served``, ``left`` or ``waiting`` (censored).
    at
        Days, ascending.

    Returns
    -------
    numpy.ndarray
        Shape (at,); NaN without any wait.
    """
    lengths = np.asarray(days, dtype=np.int64)
    how = np.asarray(outcome).astype(str)
    if lengths.size == 0:
        return np.full(len(at), np.nan)
    longest = int(max(lengths.max(), max(at)))
    served = np.bincount(lengths[how == "served"], minlength=longest + 1)
    ended = served + np.bincount(lengths[how == "left"], minlength=longest + 1)
    gone = np.bincount(lengths, minlength=longest + 1)
    at_risk = lengths.size - np.concatenate([[0], np.cumsum(gone)[:-1]])
    there = np.maximum(at_risk, 1)
    still = np.cumprod(1.0 - ended / there)
    before = np.concatenate([[1.0], still[:-1]])
    incidence: Array = np.cumsum(before * served / there)[np.asarray(at)]
    return incidence


def waiting_curve(
    result: Result, scenario: str | None = None, at: Sequence[int] = DAYS
) -> pd.DataFrame:
    """P(served within t days), by service; needs ``run --events``.

    Days are those for this service: where somebody waited for another kind first, they count from
    the change, and for that other kind the wait was left.

    Parameters
    ----------
    result
        An open result with an event log.
    scenario
        Id; the baseline without it.
    at
        Days.

    Returns
    -------
    pandas.DataFrame
        Indexed by ``service`` and ``days``: ``served``, the probability over the waits of all
        worlds, ``low`` and ``high``, between which 80 % of worlds with waits lie, and ``waits``,
        how many began in a world (mean).
    """
    found = waits(result, scenario)
    rows = []
    for service, of_service in found.groupby("service"):
        pooled = cumulative_incidence(of_service["days"], of_service["outcome"], at)
        by_world = np.array(
            [
                cumulative_incidence(world["days"], world["outcome"], at)
                for _, world in of_service.groupby("replication")
            ]
        )
        low, high = np.quantile(by_world, [0.1, 0.9], axis=0)
        for i, day in enumerate(at):
            rows.append(
                {
                    "service": service,
                    "days": day,
                    "served": pooled[i],
                    "low": low[i],
                    "high": high[i],
                    "waits": len(of_service) / result.replications,
                }
            )
    columns = ["service", "days", "served", "low", "high", "waits"]
    return pd.DataFrame(rows, columns=columns).set_index(["service", "days"])
