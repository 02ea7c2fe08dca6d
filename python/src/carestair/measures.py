"""What a target means in terms of a result file.

A measure takes a view of a result (one scenario, some years) and gives one number a replication.
Printed, it says what it computes. `MEASURES` holds all of them by name.

A result that does not hold what a measure needs makes it raise `NotRecordedError`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol

import numpy as np
import numpy.typing as npt
import pandas as pd
import xarray as xr

from carestair.comparison import DAYS_PER_WEEK
from carestair.errors import ResultError
from carestair.result import Result

Values = npt.NDArray[np.float64]  # shape (replication,)
Labels = tuple[str, ...]

YOUNG = ("0-17", "18-49", "50-66")
OLD = ("67-79", "80-89", "90+")
OLDEST = ("80-89", "90+")
DEMENTIA = ("mild", "moderate", "severe")
STAFFED = ("care_housing_24h", "nursing_home")
SHORT_STAY_DAYS = 3


class NotRecordedError(ResultError):
    """The result does not hold what a measure needs."""


class Observed:
    """A result, with its event log read once."""

    def __init__(self, result: Result) -> None:
        self.result = result

    @cached_property
    def events(self) -> pd.DataFrame:
        """The event log of all scenarios."""
        return self.result.events

    def view(self, scenario: str, years: tuple[int, int]) -> View:
        """One scenario over some years, both ends included."""
        return View(self, scenario, years)


@dataclass(frozen=True)
class View:
    """One scenario of a result over some years."""

    observed: Observed
    scenario: str
    years: tuple[int, int]

    @property
    def result(self) -> Result:
        """The result it is a view of."""
        return self.observed.result

    @property
    def events(self) -> pd.DataFrame:
        """The event log of the scenario, all years."""
        events = self.observed.events
        return events[events["scenario"] == self.scenario]

    @property
    def year_count(self) -> int:
        """How many years."""
        return self.years[1] - self.years[0] + 1

    @property
    def weeks(self) -> float:
        """How many weeks."""
        days = pd.Timestamp(self.years[1] + 1, 1, 1) - pd.Timestamp(self.years[0], 1, 1)
        return float(days.days / DAYS_PER_WEEK)

    def of_year(self, year: int) -> View:
        """Look at one year of the same scenario."""
        return View(self.observed, self.scenario, (year, year))


class Measure(Protocol):
    """One number a replication; its text is its definition."""

    def __call__(self, view: View) -> Values:
        """Measure the view."""
        ...


# --- counting -------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Having:
    """The labels of an axis that hold one of some words and none of others.

    For axes whose levels may grow in later versions of the program.
    """

    words: Labels
    without: Labels = ()

    def pick(self, labels: Labels) -> Labels:
        """Those that fit."""
        return tuple(
            label
            for label in labels
            if any(word in label for word in self.words)
            and not any(word in label for word in self.without)
        )

    def __str__(self) -> str:
        text = "*" + "*/*".join(self.words) + "*"
        return text + (f" but not *{'*/*'.join(self.without)}*" if self.without else "")


@dataclass(frozen=True)
class Count:
    """An indicator summed over everything but what is picked."""

    indicator: str
    where: Mapping[str, Labels | Having]

    def monthly(self, view: View) -> xr.DataArray:
        """Shape (replication, time)."""
        indicators = view.result.indicators
        if self.indicator not in indicators.data_vars:
            raise NotRecordedError(f"the result has no indicator {self.indicator}")
        picked = {}
        for axis, wanted in self.where.items():
            if axis not in indicators[self.indicator].dims:
                raise NotRecordedError(f"{self.indicator} has no axis {axis}")
            labels = tuple(str(label) for label in indicators[axis].values)
            names = wanted.pick(labels) if isinstance(wanted, Having) else wanted
            gone = [name for name in names if name not in labels]
            if gone or not names:
                raise NotRecordedError(f"{axis} has no level {', '.join(gone) or wanted}")
            picked[axis] = list(names)
        total = view.result.total(self.indicator, **picked).sel(scenario=view.scenario)
        return total.sel(time=slice(f"{view.years[0]}-01-01", f"{view.years[1]}-12-31"))

    def mean(self, view: View) -> Values:
        """Mean over month ends."""
        return np.asarray(self.monthly(view).mean("time"), dtype=np.float64)

    def sum(self, view: View) -> Values:
        """Sum over months."""
        return np.asarray(self.monthly(view).sum("time"), dtype=np.float64)

    def __str__(self) -> str:
        picked = ", ".join(
            f"{axis} {wanted if isinstance(wanted, Having) else ' '.join(wanted)}"
            for axis, wanted in self.where.items()
        )
        return self.indicator + (f" ({picked})" if picked else "")


def count(indicator: str, **where: str | Labels | Having) -> Count:
    """Count an indicator; labels of an axis may be one, several or those having words."""
    return Count(
        indicator, {axis: (one,) if isinstance(one, str) else one for axis, one in where.items()}
    )


def ratio(part: Values, whole: Values) -> Values:
    """Part over whole; NaN in replications where the whole is nothing."""
    out: Values = np.full(part.shape, np.nan)
    np.divide(part, whole, out=out, where=whole != 0)
    return out


@dataclass(frozen=True)
class Mean:
    """A stock, or a flow a month."""

    of: Count

    def __call__(self, view: View) -> Values:
        """Measure the view."""
        return self.of.mean(view)

    def __str__(self) -> str:
        return f"{self.of}, mean of months"


@dataclass(frozen=True)
class Share:
    """One count over another."""

    part: Count
    whole: Count

    def __call__(self, view: View) -> Values:
        """Measure the view."""
        return ratio(self.part.mean(view), self.whole.mean(view))

    def __str__(self) -> str:
        return f"{self.part} / {self.whole}, means of months"


@dataclass(frozen=True)
class AYear:
    """A flow a year."""

    of: Count

    def __call__(self, view: View) -> Values:
        """Measure the view."""
        return self.of.sum(view) / view.year_count

    def __str__(self) -> str:
        return f"{self.of}, a year"


@dataclass(frozen=True)
class AYearPer:
    """A flow a year, per head of a stock."""

    of: Count
    whole: Count

    def __call__(self, view: View) -> Values:
        """Measure the view."""
        return ratio(self.of.sum(view) / view.year_count, self.whole.mean(view))

    def __str__(self) -> str:
        return f"{self.of} a year / {self.whole}"


@dataclass(frozen=True)
class AtEnd:
    """A stock at the end of the last year."""

    of: Count

    def __call__(self, view: View) -> Values:
        """Measure the view."""
        return np.asarray(self.of.monthly(view).isel(time=-1), dtype=np.float64)

    def __str__(self) -> str:
        return f"{self.of}, end of the last year"


@dataclass(frozen=True)
class AWeek:
    """A flow a week."""

    of: Count

    def __call__(self, view: View) -> Values:
        """Measure the view."""
        return self.of.sum(view) / view.weeks

    def __str__(self) -> str:
        return f"{self.of}, a week"


@dataclass(frozen=True)
class AWeekPer:
    """A flow a week, per head of a stock."""

    of: Count
    whole: Count

    def __call__(self, view: View) -> Values:
        """Measure the view."""
        return ratio(self.of.sum(view) / view.weeks, self.whole.mean(view))

    def __str__(self) -> str:
        return f"{self.of} a week / {self.whole}"


@dataclass(frozen=True)
class Over:
    """One measure relative to another."""

    one: Measure
    other: Measure

    def __call__(self, view: View) -> Values:
        """Measure the view."""
        return ratio(self.one(view), self.other(view))

    def __str__(self) -> str:
        return f"[{self.one}] over [{self.other}]"


@dataclass(frozen=True)
class LastOverFirst:
    """A stock in the last year relative to the first."""

    of: Count

    def __call__(self, view: View) -> Values:
        """Measure the view."""
        first, last = (self.of.mean(view.of_year(year)) for year in view.years)
        return ratio(last, first)

    def __str__(self) -> str:
        return f"{self.of}, last year over first"


# --- from the event log ---------------------------------------------------------------------------


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


# --- all of them ----------------------------------------------------------------------------------


def users_share(age: str) -> Measure:
    """Users of any service among residents of an age group."""
    return Share(count("recipients_any", age_group=age), count("population", age_group=age))


def extensive_share(age: str) -> Measure:
    """Residents with extensive need in an age group."""
    return Share(
        count("population", age_group=age, need_level="extensive"),
        count("population", age_group=age),
    )


def alone(sex: str) -> Measure:
    """Those of 67 and over who live alone."""
    return Share(
        count("living_alone", age_group=OLD, sex=sex),
        count("population", age_group=OLD, sex=sex),
    )


def users_of_sex(sex: str) -> Measure:
    """Users of any service among residents of 80-89."""
    return Share(
        count("recipients_any", age_group="80-89", sex=sex),
        count("population", age_group="80-89", sex=sex),
    )


def home_hours(**where: str | Labels) -> Measure:
    """Mean package at home, hours a week."""
    return Share(count("home_hours_granted", **where), count("home_users", **where))


def hours_young_over_old(**where: str | Labels) -> Measure:
    """Mean package at home below 67 relative to that from 67."""
    return Over(home_hours(age_group=YOUNG, **where), home_hours(age_group=OLD, **where))


def home_extensive_share(age: Labels) -> Measure:
    """Extensive need among users at home."""
    return Share(
        count("home_users", age_group=age, need_level="extensive"),
        count("home_users", age_group=age),
    )


def in_nursing_home(age: str) -> Measure:
    """Residents of an age group who live in a nursing home."""
    return Share(
        count("residents_by_dwelling", dwelling="nursing_home", age_group=age),
        count("population", age_group=age),
    )


def of_nursing_home(**where: str | Labels) -> Measure:
    """Nursing home residents who are so."""
    return Share(
        count("residents_by_dwelling", dwelling="nursing_home", **where),
        count("residents_by_dwelling", dwelling="nursing_home"),
    )


def of_young_users(group: str) -> Measure:
    """Users of a group among users below 67."""
    return Share(
        count("recipients_by_group", age_group=YOUNG, user_group=group),
        count("recipients_by_group", age_group=YOUNG),
    )


INSTITUTION = Having(("nursing_home", "institution", "short_term_stay", "acute_bed"))
AT_HOME = Having(("home", "care_housing"), without=("nursing_home",))


def died_in(place: Having, **where: str | Labels) -> Measure:
    """Deaths at some places among all."""
    return Share(count("deaths", place_of_death=place, **where), count("deaths", **where))


HOMES = ("unsuitable_home", "suitable_home", "care_housing", "safety_housing")
IN_NEED = ("some", "moderate", "extensive")
DIED_AT_HOME = Having(("home",), without=("nursing_home",))
DIED_ELSEWHERE = Having(("nursing_home", "hospital", "short_term_stay", "acute_bed", "24h"))


def of_nursing_home_with_dementia() -> Count:
    """Residents of nursing homes who have dementia."""
    return count("residents_by_dwelling", dwelling="nursing_home", has_dementia="yes")


def undetected(problem: str) -> Measure:
    """Of those who have a hidden problem, those in whom nobody has seen it."""
    return Share(
        count("persons_with_problem", hidden_problem=problem, detected="no"),
        count("persons_with_problem", hidden_problem=problem),
    )


# Those there are, of services that give hours in an ordinary home.
HOME_SERVICES = Having(("practical_assistance", "home_nursing", "personal_assistance", "mental_"))
NURSING_HOME_HOURS = AWeekPer(
    count("staff_hours", service="nursing_home"), count("recipients", service="nursing_home")
)

MEASURES: dict[str, Measure] = {
    "deaths_per_year": AYear(count("events", event_kind="died")),
    "births_per_year": AYear(count("events", event_kind="born")),
    "population": AtEnd(count("population")),
    "population_80plus": AtEnd(count("population", age_group=OLDEST)),
    "population_67plus": AtEnd(count("population", age_group=OLD)),
    "living_alone_67plus_men": alone("male"),
    "living_alone_67plus_women": alone("female"),
    "dementia_cases_67plus": Mean(count("persons_by_cognition", cognition=DEMENTIA, age_group=OLD)),
    "dementia_diagnosed_share": Share(
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
    "users_total": Mean(count("recipients_any")),
    "users_under_67_share": Share(
        count("recipients_any", age_group=YOUNG), count("recipients_any")
    ),
    "users_under_67_growth": LastOverFirst(count("recipients_any", age_group=YOUNG)),
    "users_67plus_growth": LastOverFirst(count("recipients_any", age_group=OLD)),
    "population_80plus_growth": LastOverFirst(count("population", age_group=OLDEST)),
    "staff_hours_growth": LastOverFirst(count("staff_hours")),
    "staffed_residents_growth": LastOverFirst(count("residents_by_dwelling", dwelling=STAFFED)),
    "informal_hours_per_resident": AYearPer(count("informal_hours"), count("population")),
    "informal_hours_growth": LastOverFirst(count("informal_hours")),
    "users_women_men_80_89": Over(users_of_sex("female"), users_of_sex("male")),
    "new_users_rate": Turnover(enter=True),
    "exit_rate": Turnover(enter=False),
    "users_during_year_ratio": DuringAYear(),
    "home_recipients_80plus": Mean(count("home_users", age_group=OLDEST)),
    "safety_alarm_users": Mean(count("recipients", service="safety_alarm")),
    "personal_assistance_users": Mean(count("recipients", service="personal_assistance")),
    "support_contact_users": Mean(count("recipients", service="support_contact")),
    "users_under_67_mental": of_young_users("mental_illness"),
    "users_under_67_intellectual": of_young_users("intellectual_disability"),
    "reablement_courses_per_year": AYear(count("starts", service="reablement")),
    "nursing_home_residents": Mean(count("residents_by_dwelling", dwelling="nursing_home")),
    "nursing_home_share_80_89": in_nursing_home("80-89"),
    "nursing_home_share_90plus": in_nursing_home("90+"),
    "nursing_home_extensive_share": of_nursing_home(need_level="extensive"),
    "nursing_home_dementia_share": of_nursing_home(has_dementia="yes"),
    "nursing_home_exit_rate": AYearPer(
        count("ends", service="nursing_home"), count("recipients", service="nursing_home")
    ),
    "nursing_home_waiting": Mean(count("waiting", service="nursing_home")),
    "nursing_home_hours_per_week": NURSING_HOME_HOURS,
    "nursing_home_over_home_hours": Over(NURSING_HOME_HOURS, home_hours(age_group=OLD)),
    "admitted_with_few_hours": Share(
        count("admissions_by_hours", service="nursing_home", hours_band=("0-2", "2-5")),
        count("admissions_by_hours", service="nursing_home"),
    ),
    "extensive_in_24h_share": Share(
        count("residents_by_dwelling", dwelling=STAFFED, need_level="extensive", age_group=OLD),
        count("residents_by_dwelling", need_level="extensive", age_group=OLD),
    ),
    "home_hours_67plus": home_hours(age_group=OLD),
    "home_hours_total": AWeek(count("staff_hours", service=HOME_SERVICES)),
    "home_hours_young_over_old": hours_young_over_old(),
    "home_hours_young_over_old_moderate": hours_young_over_old(need_level="moderate"),
    "home_hours_young_over_old_extensive": hours_young_over_old(need_level="extensive"),
    "home_extensive_young_over_old": Over(home_extensive_share(YOUNG), home_extensive_share(OLD)),
    "acute_admissions_80plus": AYearPer(
        count("events", event_kind="admitted_hospital", age_group=OLDEST),
        count("population", age_group=OLDEST),
    ),
    "hip_fractures_per_year": AYear(count("events", event_kind="hip_fracture")),
    "readmitted_share_67plus": Share(
        count("events", event_kind="readmitted", age_group=OLD),
        count("events", event_kind=("admitted_hospital", "admitted_acute_bed"), age_group=OLD),
    ),
    "discharge_ready_days_per_year": AYear(count("discharge_ready_days")),
    "acute_bed_stays_per_year": AYear(count("starts", service="municipal_acute_bed")),
    "acute_bed_occupancy": Share(
        count("recipients", service="municipal_acute_bed"),
        count("capacity", service="municipal_acute_bed"),
    ),
    "acute_bed_short_stays": ShortAcuteStays(),
    "place_of_death_institution": died_in(INSTITUTION),
    "place_of_death_institution_dementia": died_in(INSTITUTION, has_dementia="yes"),
    "place_of_death_hospital": died_in(Having(("hospital",))),
    "place_of_death_home": died_in(AT_HOME),
    "volunteer_hours_per_resident": AYearPer(count("volunteer_hours"), count("population")),
    "volunteers_67plus_share": Share(count("volunteers", age_group=OLD), count("volunteers")),
}
# What life with need is like: docs/model/quality.md has the questions.
QUALITY: dict[str, Measure] = {
    "lives_at_home_extensive_67plus": Share(
        count("residents_by_dwelling", dwelling=HOMES, need_level="extensive", age_group=OLD),
        count("residents_by_dwelling", need_level="extensive", age_group=OLD),
    ),
    "unmet_hours_per_person_in_need": AWeekPer(
        count("unmet_hours"), count("population", need_level=IN_NEED)
    ),
    "nursing_home_wait_days": Over(
        AYear(count("wait_days_ended", service="nursing_home")),
        AYear(count("waits_ended", service="nursing_home")),
    ),
    "ready_days_per_hospital_day": Over(
        AYear(count("discharge_ready_days")), AYear(count("hospital_days"))
    ),
    "died_at_home_as_wished": died_in(DIED_AT_HOME, death_wish="home"),
    "died_elsewhere_as_wished": died_in(DIED_ELSEWHERE, death_wish="not_home"),
    "lonely_67plus": Share(count("lonely", age_group=OLD), count("population", age_group=OLD)),
    "coercion_without_decision": Share(
        count("dementia_behaviour", behaviour="coercion_without_decision", dwelling="nursing_home"),
        of_nursing_home_with_dementia(),
    ),
    "malnutrition_undetected": undetected("malnutrition"),
    "abuse_undetected": undetected("abuse"),
    "alcohol_undetected": undetected("alcohol"),
    "carers_burdened": Share(count("carers", burdened="yes"), count("carers")),
}
MEASURES |= QUALITY
for _need in ("some", "moderate", "extensive"):
    for _age in OLD if _need == "some" else ("18-49", "50-66", *OLD):
        _name = f"home_hours_{_need}_{_age.replace('-', '_').replace('+', 'plus')}"
        MEASURES[_name] = home_hours(age_group=_age, need_level=_need)

# These need a run with the event log.
FROM_LOG: frozenset[str] = frozenset(
    {"new_users_rate", "exit_rate", "users_during_year_ratio", "acute_bed_short_stays"}
)

__all__ = [
    "FROM_LOG",
    "MEASURES",
    "QUALITY",
    "Measure",
    "NotRecordedError",
    "Observed",
    "Values",
    "View",
]
