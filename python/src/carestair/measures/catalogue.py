"""Which measures there are: `MEASURES`, by name; what several are made of stands above it."""

from __future__ import annotations

from carestair.measures.kinds import (
    AtEnd,
    AWeek,
    AWeekPer,
    AYear,
    AYearPer,
    Count,
    Having,
    Labels,
    LastOverFirst,
    Mean,
    Measure,
    Over,
    Share,
    SumOverFirst,
    count,
)
from carestair.measures.log import DuringAYear, ShortAcuteStays, Turnover

YOUNG = ("0-17", "18-49", "50-66")
OLD = ("67-79", "80-89", "90+")
OLDEST = ("80-89", "90+")
AGES = {
    "0_17": "0-17",
    "18_49": "18-49",
    "50_66": "50-66",
    "67_79": "67-79",
    "80_89": "80-89",
    "90plus": "90+",
}
DEMENTIA = ("mild", "moderate", "severe")
STAFFED = ("care_housing_24h", "nursing_home")


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


def staff_aged(*ages: str) -> Measure:
    """Employees of some ages among all."""
    return Share(count("employees_by_age", staff_age=ages), count("employees_by_age"))


# Those there are, of services that give hours in an ordinary home.
HOME_SERVICES = Having(("practical_assistance", "home_nursing", "personal_assistance", "mental_"))
NURSING_HOME_HOURS = AWeekPer(
    count("staff_hours", service="nursing_home"), count("recipients", service="nursing_home")
)

MEASURES: dict[str, Measure] = {
    "deaths_per_year": AYear(count("events", event_kind="died")),
    "births_per_year": AYear(count("events", event_kind="born")),
    "population": AtEnd(count("population")),
    **{
        f"population_{name}": AtEnd(count("population", age_group=age))
        for name, age in AGES.items()
    },
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
    "home_share_80plus": Share(
        count("home_users", age_group=OLDEST), count("population", age_group=OLDEST)
    ),
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
    "volunteers": Mean(count("volunteers")),
    "sick_leave_nursing_home": Share(
        count("staff_weeks", unit="nursing_home", staff_state="sick"),
        count("staff_weeks", unit="nursing_home", staff_state="employed"),
    ),
    "staff_at_work_nursing_home": AYear(
        count("staff_weeks", unit="nursing_home", staff_state="present")
    ),
    "mean_position": Share(count("staff_weeks", staff_state="employed"), count("employee_weeks")),
    "can_retire_in_seven_years": staff_aged("55-61", "62+"),
    "can_retire_in_ten_years": staff_aged("52-54", "55-61", "62+"),
    "retired_over_staff": SumOverFirst(
        count("staff_moves", staff_move="retired"), count("employees_by_age")
    ),
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
