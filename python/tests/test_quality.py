"""Measures of quality and dignity, counted by hand on made-up numbers and on the short run."""

from __future__ import annotations

import numpy as np
import pytest
import xarray as xr

from carestair.measures import MEASURES, QUALITY, Observed

YEARS = (2020, 2022)
HOMES = ["unsuitable_home", "suitable_home", "care_housing", "safety_housing"]
OLD = ["67-79", "80-89", "90+"]


class HandMade:
    """A result with the indicators of one world over one month."""

    baseline = "baseline"
    replications = 1

    def __init__(self, **indicators: xr.DataArray) -> None:
        self.indicators = xr.Dataset(indicators)

    def total(self, name: str, **labels: list[str]) -> xr.DataArray:
        """Sum over everything but scenario, replication and time."""
        found = self.indicators[name].sel(labels)
        keep = {"scenario", "replication", "time"}
        return found.sum([axis for axis in found.dims if axis not in keep])


def indicator(cells: dict[tuple[str, ...], float], **axes: list[str]) -> xr.DataArray:
    """Build an array that is nothing but for some cells."""
    coords = {
        "scenario": ["baseline"],
        "replication": [0],
        "time": np.array(["2020-01-31"], dtype="datetime64[ns]"),
        **axes,
    }
    array = xr.DataArray(np.zeros([len(v) for v in coords.values()]), coords, list(coords))
    for labels, value in cells.items():
        array.loc[dict(zip(axes, labels, strict=True))] = value
    return array


def measured(name: str, **indicators: xr.DataArray) -> float:
    view = Observed(HandMade(**indicators)).view("baseline", (2020, 2020))
    return float(MEASURES[name](view)[0])


PLACES = ["home", "care_housing_24h", "nursing_home", "short_term_stay", "acute_bed", "hospital"]


def test_seven_of_ten_who_wish_to_die_at_home_do():
    deaths = indicator(
        {
            ("home", "home"): 7,
            ("hospital", "home"): 2,
            ("care_housing_24h", "home"): 1,
            ("home", "not_home"): 1,
            ("nursing_home", "not_home"): 3,
            ("home", "not_asked"): 50,
        },
        place_of_death=PLACES,
        death_wish=["not_asked", "home", "not_home"],
    )
    assert measured("died_at_home_as_wished", deaths=deaths) == pytest.approx(0.7)
    assert measured("died_elsewhere_as_wished", deaths=deaths) == pytest.approx(0.75)


def test_two_waits_of_thirty_days_in_all_are_fifteen_each():
    services = ["nursing_home", "home_nursing"]
    days = indicator({("nursing_home",): 30, ("home_nursing",): 500}, service=services)
    waits = indicator({("nursing_home",): 2, ("home_nursing",): 9}, service=services)
    assert measured("nursing_home_wait_days", wait_days_ended=days, waits_ended=waits) == 15


def test_one_of_four_hidden_problems_is_seen():
    problems = indicator(
        {("malnutrition", "no"): 3, ("malnutrition", "yes"): 1, ("abuse", "no"): 8},
        hidden_problem=["alcohol", "abuse", "malnutrition"],
        detected=["no", "yes"],
    )
    assert measured("malnutrition_undetected", persons_with_problem=problems) == 0.75
    assert measured("abuse_undetected", persons_with_problem=problems) == 1
    assert np.isnan(measured("alcohol_undetected", persons_with_problem=problems))


def test_need_left_undone_is_shared_by_those_who_have_need():
    unmet = indicator({("80-89",): 366.0}, age_group=["67-79", "80-89"])
    people = indicator(
        {("none",): 90, ("some",): 3, ("extensive",): 4},
        need_level=["none", "some", "moderate", "extensive"],
    )
    found = measured("unmet_hours_per_person_in_need", unmet_hours=unmet, population=people)
    assert found == pytest.approx(1.0)  # 366 hours in a leap year of 366 days: 7 a week, over 7


def test_a_third_of_the_days_in_hospital_are_waited():
    ages = {"age_group": ["80-89"]}
    found = measured(
        "ready_days_per_hospital_day",
        discharge_ready_days=indicator({("80-89",): 5}, **ages),
        hospital_days=indicator({("80-89",): 15}, **ages),
    )
    assert found == pytest.approx(1 / 3)


def test_who_lives_at_home_with_extensive_need(result):
    lives = result.indicators["residents_by_dwelling"].sel(
        scenario="baseline", need_level="extensive", age_group=OLD
    )
    over = ["municipality", "age_group", "has_dementia"]
    home = lives.sel(dwelling=HOMES).sum([*over, "dwelling"]).mean("time")
    expected = home / lives.sum([*over, "dwelling"]).mean("time")
    view = Observed(result).view(result.baseline, YEARS)
    np.testing.assert_allclose(MEASURES["lives_at_home_extensive_67plus"](view), expected.values)


def test_all_of_them_can_be_measured_and_shares_are_shares(result):
    view = Observed(result).view(result.baseline, YEARS)
    for name, measure in QUALITY.items():
        values = measure(view)
        assert (values >= 0).all(), name
        if "days" not in name and "hours" not in name:
            assert (values <= 1).all(), name
