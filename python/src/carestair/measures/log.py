"""Measures that need the event log: who comes, who goes, how long a stay lasts."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from carestair.measures.kinds import AtEnd, Values, View, count, ratio

SHORT_STAY_DAYS = 3


def holders(events: pd.DataFrame, day: pd.Timestamp) -> set[tuple[int, int]]:
    """Persons (replication, uid) with a service at the end of `day`.

    Told by what comes before and after: a service begun and not ended, or ended later and not
    begun before. One that neither begins nor ends within the log is not seen.
    """
    moves = events[events["kind"].isin(["service_started", "service_ended"])].copy()
    begins = moves["kind"] == "service_started"
    moves["service"] = np.where(begins, moves["to"], moves["from"])
    moves["begins"] = begins
    key = ["replication", "uid", "service"]
    last = moves[moves["day"] <= day].groupby(key)["begins"].last()
    first_after = moves[moves["day"] > day].groupby(key)["begins"].first()
    held = last.index[last]
    not_before = first_after.index.difference(last.index)
    held_before = not_before[~first_after.loc[not_before]]
    return {(r, uid) for r, uid, _ in [*held, *held_before]}


@dataclass(frozen=True)
class Turnover:
    """Users who come or go within a year, per user."""

    enter: bool

    def __call__(self, view: View) -> Values:
        """Measure the view."""
        events = view.events
        begun = events[events["kind"] == "service_started"]
        changed = np.zeros(view.result.replications)
        before = holders(events, pd.Timestamp(view.years[0] - 1, 12, 31))
        for year in range(view.years[0], view.years[1] + 1):
            after = holders(events, pd.Timestamp(year, 12, 31))
            starts = begun[begun["day"].dt.year == year]
            during = before | set(zip(starts["replication"], starts["uid"], strict=True))
            for replication, _ in during - (before if self.enter else after):
                changed[replication] += 1
            before = after
        return changed / view.year_count / count("recipients_any").mean(view)

    def __str__(self) -> str:
        when = "none at the end of the year before" if self.enter else "none at its end"
        return f"persons with a service during a year and {when} / recipients_any, from the log"


@dataclass(frozen=True)
class DuringAYear:
    """Users during a year per user at its end: those there before, and those who entered."""

    def __call__(self, view: View) -> Values:
        """Measure the view."""
        users = count("recipients_any")
        before = users.monthly(view.of_year(view.years[0])).isel(time=0)
        entered = Turnover(True)(view) * users.mean(view)
        at_ends = [
            AtEnd(users)(view.of_year(year)) for year in range(view.years[0], view.years[1] + 1)
        ]
        at_starts = [np.asarray(before, dtype=np.float64), *at_ends[:-1]]
        during = np.mean(at_starts, axis=0) + entered
        return ratio(during, np.mean(at_ends, axis=0))

    def __str__(self) -> str:
        return "(recipients_any at the start of a year + who enters) / at its end, from the log"


@dataclass(frozen=True)
class ShortAcuteStays:
    """Stays in municipal acute beds that last no longer than three days."""

    def __call__(self, view: View) -> Values:
        """Measure the view."""
        events = view.events
        kinds = ["admitted_acute_bed", "discharged", "died", "moved_out"]
        mine = events[events["kind"].isin([*kinds, "admitted_hospital"])]
        mine = mine.sort_values(["replication", "uid"], kind="stable")
        next_one = mine[["replication", "uid", "day"]].shift(-1)
        same = (next_one["replication"] == mine["replication"]) & (next_one["uid"] == mine["uid"])
        stays = mine.assign(days=(next_one["day"] - mine["day"]).dt.days)[
            same & (mine["kind"] == "admitted_acute_bed")
        ]
        stays = stays[stays["day"].dt.year.between(*view.years)]
        by_replication = (stays["days"] <= SHORT_STAY_DAYS).groupby(stays["replication"]).mean()
        each = by_replication.reindex(range(view.result.replications))
        return np.asarray(each, dtype=np.float64)

    def __str__(self) -> str:
        return f"stays after admitted_acute_bed of {SHORT_STAY_DAYS} days at most, from the log"
