"""Who stands on which step of the staircase, and who is better or worse off."""

from __future__ import annotations

from typing import Any

import xarray as xr

from carestair.analysis.gains import CAME_LATER
from carestair.analysis.uncertainty import Groups, independent
from carestair.comparison import DAYS_PER_YEAR, paired_difference
from carestair.plot.series import STEPS, Periods, people_by_step, stock
from carestair.reporting.figures import OLD, axis_of, paired_row, rounded
from carestair.result import Result


def staircase(result: Result, at: Periods) -> xr.DataArray:
    """Residents from 67 by highest step, shape (scenario, step, period), mean of replications."""
    ages = list(OLD)
    steps = stock(people_by_step(result, age_group=ages), at)
    return steps.mean("replication").transpose("scenario", "step", "period")


def old_residents(result: Result, at: Periods) -> xr.DataArray:
    """Residents from 67, shape (scenario, period), mean of replications."""
    everybody = stock(result.total("population", age_group=list(OLD)), at)
    return everybody.mean("replication").transpose("scenario", "period")


def stairs_chart(steps: xr.DataArray, baseline: str, scenario: str) -> list[dict[str, Any]]:
    """Who stood where in the first year, and stands in the last, in either case."""
    rows = []
    for step in STEPS:
        of_step = steps.sel(step=step)
        for when, of, period in (
            ("first", baseline, 0),
            ("baseline", baseline, -1),
            ("scenario", scenario, -1),
        ):
            value = of_step.sel(scenario=of).isel(period=period)
            rows.append({"step": step, "when": when, "persons": rounded(value)[0]})
    return rows


def stack_chart(steps: xr.DataArray, at: Periods, of: str) -> dict[str, Any]:
    """Persons by step and year of one scenario."""
    chosen = steps.sel(scenario=of)
    return {
        **axis_of(at),
        "steps": {step: rounded(chosen.sel(step=step).values) for step in STEPS},
    }


# --- who gains ------------------------------------------------------------------------------------

# Of the outcomes of a life, those of which more or less is better for the one who lives it.
BETTER: dict[str, str] = {"unmet_hours": "less", "waiting_days": "less", "life_days": "more"}


def who_chart(result: Result, scenario: str, outcome: str) -> list[dict[str, Any]]:
    """Persons better and worse off, mean of replications, by age at the start and sex."""
    better = BETTER[outcome]
    persons = result.persons.sel(scenario=scenario)

    def mean(name: str) -> xr.DataArray:
        return persons[name].sel(outcome=outcome).sum("municipality").mean("replication")

    gain, loss = mean(better), mean({"less": "more", "more": "less"}[better])
    paired = persons["paired"].sum("municipality").mean("replication")
    return [
        {
            "age": str(age),
            "sex": str(sex),
            "better": rounded(gain.sel(age_group=age, sex=sex))[0],
            "worse": rounded(loss.sel(age_group=age, sex=sex))[0],
            "persons": rounded(paired.sel(age_group=age, sex=sex))[0],
        }
        for age in gain["age_group"].values
        for sex in gain["sex"].values
    ]


# Outcomes told by need: the unit, and whether it is that of a year.
BY_NEED = {
    "unmet_hours": ("hours_a_person", True),
    "waiting_days": ("days_a_person", True),
    "life_days": ("days_of_life", False),
}


def gains_by_need(result: Result, groups: Groups) -> dict[str, list[dict[str, Any]]]:
    """Mean a person in the baseline, and what the scenario adds, by need on the first day."""
    need = groups.names.get_level_values("need_level").astype(str)
    levels = [*map(str, result.indicators["need_level"].values), CAME_LATER]
    years = result.days / DAYS_PER_YEAR
    found = {}
    for outcome, (_, yearly) in BY_NEED.items():
        rows = []
        for level in levels:
            of = need == level
            persons = groups.persons[:, of].sum(axis=1)
            if not (persons > 0.0).all():
                continue  # no mean in some world
            a_person = persons * (years if yearly else 1.0)
            before = groups.baseline[outcome][:, of].sum(axis=1)
            after = before + groups.difference[outcome][:, of].sum(axis=1)
            paired = paired_difference(
                independent(result, before / a_person), independent(result, after / a_person)
            )
            rows.append(paired_row(level, paired))
        found[outcome] = rows
    return found
