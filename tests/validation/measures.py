"""What each target of configs/selbu/validation.yaml means in terms of a result file.

A measure takes a result and the years of the target and gives one number a replication.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import carestair
import numpy as np
import pandas as pd
import xarray as xr
from carestair.comparison import DAYS_PER_WEEK

Values = np.ndarray  # shape (replication,)
Measure = Callable[[carestair.Result, tuple[int, int]], Values]

OLD = ["67-79", "80-89", "90+"]
OLDEST = ["80-89", "90+"]
YOUNG = ["0-17", "18-49", "50-66"]
DEMENTIA = ["mild", "moderate", "severe"]
HOME_HOURS = [
    "practical_assistance",
    "personal_assistance",
    "mental_and_substance_service",
    "home_nursing",
]
STAFFED = ["care_housing_24h", "nursing_home"]


@dataclass(frozen=True)
class Count:
    """An indicator summed over everything but what is picked."""

    indicator: str
    where: dict[str, object]

    def monthly(self, result: carestair.Result, years: tuple[int, int]) -> xr.DataArray:
        total = result.total(self.indicator, **self.where).sel(scenario=result.baseline)
        return total.sel(time=slice(f"{years[0]}-01-01", f"{years[1]}-12-31"))


def count(indicator: str, **where: object) -> Count:
    return Count(indicator, where)


def mean(of: Count, result: carestair.Result, years: tuple[int, int]) -> Values:
    """Mean over month ends."""
    return of.monthly(result, years).mean("time").to_numpy()


def share(part: Count, whole: Count, result: carestair.Result, years: tuple[int, int]) -> Values:
    return mean(part, result, years) / mean(whole, result, years)


def a_year(of: Count, result: carestair.Result, years: tuple[int, int]) -> Values:
    """Sum over the years, divided by how many they are."""
    return of.monthly(result, years).sum("time").to_numpy() / (years[1] - years[0] + 1)


def a_year_per(of: Count, whole: Count, result: carestair.Result, years: tuple[int, int]) -> Values:
    return a_year(of, result, years) / mean(whole, result, years)


def at_end(of: Count, result: carestair.Result, years: tuple[int, int]) -> Values:
    return of.monthly(result, years).isel(time=-1).to_numpy()


def hours_a_week(of: Count, result: carestair.Result, years: tuple[int, int]) -> Values:
    days = (pd.Timestamp(years[1] + 1, 1, 1) - pd.Timestamp(years[0], 1, 1)).days
    return of.monthly(result, years).sum("time").to_numpy() / (days / DAYS_PER_WEEK)


def women_over_men(age: str, result: carestair.Result, years: tuple[int, int]) -> Values:
    by_sex = {
        sex: share(
            count("recipients_any", age_group=age, sex=sex),
            count("population", age_group=age, sex=sex),
            result,
            years,
        )
        for sex in ("female", "male")
    }
    return by_sex["female"] / by_sex["male"]


# --- who enters and leaves, from the event log ----------------------------------------------------


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


def turnover(enter: bool, result: carestair.Result, years: tuple[int, int]) -> Values:
    """Persons with a service during a year and none at the end of the year before, per user.

    Or, unless `enter`, none at its end. Who comes and goes within a year does both, as in the
    statistics.
    """
    events = result.events
    events = events[events["scenario"] == result.baseline]
    begun = events[events["kind"] == "service_started"]
    changed = np.zeros(result.replications)
    before = holders(events, pd.Timestamp(years[0] - 1, 12, 31))
    for year in range(years[0], years[1] + 1):
        after = holders(events, pd.Timestamp(year, 12, 31))
        starts = begun[begun["day"].dt.year == year]
        during = before | set(zip(starts["replication"], starts["uid"], strict=True))
        for replication, _ in during - (before if enter else after):
            changed[replication] += 1
        before = after
    return changed / (years[1] - years[0] + 1) / mean(count("recipients_any"), result, years)


LIVES: dict[str, Measure] = {
    "new_users_rate": partial(turnover, True),
    "exit_rate": partial(turnover, False),
}


# --- all of them ----------------------------------------------------------------------------------


def users_share(age: str) -> Measure:
    return partial(
        share, count("recipients_any", age_group=age), count("population", age_group=age)
    )


def extensive_share(age: str) -> Measure:
    return partial(
        share,
        count("population", age_group=age, need_level="extensive"),
        count("population", age_group=age),
    )


def alone(sex: str) -> Measure:
    return partial(
        share,
        count("living_alone", age_group=OLD, sex=sex),
        count("population", age_group=OLD, sex=sex),
    )


def home_hours(**where: object) -> Measure:
    return partial(share, count("home_hours_granted", **where), count("home_users", **where))


def in_nursing_home(age: str) -> Measure:
    return partial(
        share,
        count("residents_by_dwelling", dwelling="nursing_home", age_group=age),
        count("population", age_group=age),
    )


def of_nursing_home(**where: object) -> Measure:
    return partial(
        share,
        count("residents_by_dwelling", dwelling="nursing_home", **where),
        count("residents_by_dwelling", dwelling="nursing_home"),
    )


def of_young_users(group: str) -> Measure:
    return partial(
        share,
        count("recipients_by_group", age_group=YOUNG, user_group=group),
        count("recipients_by_group", age_group=YOUNG),
    )


MEASURES: dict[str, Measure] = {
    "deaths_per_year": partial(a_year, count("events", event_kind="died")),
    "births_per_year": partial(a_year, count("events", event_kind="born")),
    "population_2026": partial(at_end, count("population")),
    "population_80plus_2026": partial(at_end, count("population", age_group=OLDEST)),
    "population_67plus_2026": partial(at_end, count("population", age_group=OLD)),
    "living_alone_67plus_men": alone("male"),
    "living_alone_67plus_women": alone("female"),
    "dementia_cases_70plus": partial(
        mean, count("persons_by_cognition", cognition=DEMENTIA, age_group=OLD)
    ),
    "dementia_diagnosed_share": partial(
        share,
        count("persons_by_cognition", cognition=DEMENTIA, diagnosed="yes"),
        count("persons_by_cognition", cognition=DEMENTIA),
    ),
    "extensive_share_80_89": extensive_share("80-89"),
    "extensive_share_90plus": extensive_share("90+"),
    "users_share_0_17": users_share("0-17"),
    "users_share_18_49": users_share("18-49"),
    "users_share_50_66": users_share("50-66"),
    "users_share_67_79": users_share("67-79"),
    "users_share_80_89": users_share("80-89"),
    "users_share_90plus": users_share("90+"),
    "users_total": partial(mean, count("recipients_any")),
    "users_under_67_share": partial(
        share, count("recipients_any", age_group=YOUNG), count("recipients_any")
    ),
    "users_women_men_80_89": partial(women_over_men, "80-89"),
    "home_recipients_80plus": partial(mean, count("home_users", age_group=OLDEST)),
    "safety_alarm_users": partial(mean, count("recipients", service="safety_alarm")),
    "personal_assistance_users": partial(mean, count("recipients", service="personal_assistance")),
    "support_contact_users": partial(mean, count("recipients", service="support_contact")),
    "users_under_67_mental": of_young_users("mental_illness"),
    "users_under_67_intellectual": of_young_users("intellectual_disability"),
    "reablement_courses_per_year": partial(a_year, count("starts", service="reablement")),
    "nursing_home_residents": partial(
        mean, count("residents_by_dwelling", dwelling="nursing_home")
    ),
    "nursing_home_share_80_89": in_nursing_home("80-89"),
    "nursing_home_share_90plus": in_nursing_home("90+"),
    "nursing_home_extensive_share": of_nursing_home(need_level="extensive"),
    "nursing_home_dementia_share": of_nursing_home(has_dementia="yes"),
    "nursing_home_exit_rate": partial(
        a_year_per,
        count("ends", service="nursing_home"),
        count("recipients", service="nursing_home"),
    ),
    "nursing_home_waiting": partial(mean, count("waiting", service="nursing_home")),
    "extensive_in_24h_share": partial(
        share,
        count("residents_by_dwelling", dwelling=STAFFED, need_level="extensive", age_group=OLD),
        count("residents_by_dwelling", need_level="extensive", age_group=OLD),
    ),
    "home_hours_67plus": home_hours(age_group=OLD),
    "home_hours_total": partial(hours_a_week, count("staff_hours", service=HOME_HOURS)),
    "acute_admissions_80plus": partial(
        a_year_per,
        count("events", event_kind="admitted_hospital", age_group=OLDEST),
        count("population", age_group=OLDEST),
    ),
    "hip_fractures_per_year": partial(a_year, count("events", event_kind="hip_fracture")),
    "readmitted_share_67plus": partial(
        share,
        count("events", event_kind="readmitted", age_group=OLD),
        count("events", event_kind=["admitted_hospital", "admitted_acute_bed"], age_group=OLD),
    ),
    "discharge_ready_days_per_year": partial(a_year, count("discharge_ready_days")),
    "acute_bed_stays_per_year": partial(a_year, count("starts", service="municipal_acute_bed")),
}
for _need in ("some", "moderate", "extensive"):
    for _age in OLD if _need == "some" else ["18-49", "50-66", *OLD]:
        _id = f"home_hours_{_need}_{_age.replace('-', '_').replace('+', 'plus')}"
        MEASURES[_id] = home_hours(age_group=_age, need_level=_need)
