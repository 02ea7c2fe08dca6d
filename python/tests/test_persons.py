"""Who gains what, and where lives part: by hand, and against what the run itself has summed up."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import carestair
from carestair import analysis
from carestair._interval import mean_interval
from carestair.analysis.divergence import (
    NO_EVENT,
    WITHOUT_EVENT,
    first_differences,
    first_touches,
    silent_channels,
)
from carestair.analysis.gains import pairs


@pytest.fixture(scope="session")
def rows_file(run, short, tmp_path_factory):
    path = tmp_path_factory.mktemp("run") / "rows.h5"
    run("run", short, "-o", path, "--events", "--persons", "--replications", "2")
    return path


@pytest.fixture
def rows(rows_file):
    with carestair.open(rows_file) as opened:
        yield opened


def test_rows_add_up_to_the_sums_of_the_run(rows):
    table = pd.concat([rows.person_rows(r) for r in range(rows.replications)])
    assert set(table["scenario"]) == set(rows.scenarios)
    sums = rows.persons["total"].sum("municipality")
    for outcome in ("life_days", "cost", "qalys"):
        ours = table.groupby(["scenario", "replication", "age_group", "sex"], observed=False)[
            outcome
        ].sum()
        theirs = sums.sel(outcome=outcome).to_series().reindex(ours.index)
        np.testing.assert_allclose(ours, theirs, rtol=1e-5, atol=1e-3)


def test_a_row_says_who_somebody_was_on_the_first_day(rows):
    people = rows.person_rows(0, "baseline")
    here = people["need_level"].notna()
    assert here.mean() > 0.8
    assert people.loc[here, "life_days"].gt(0).all()
    assert (people.loc[people["age"] < 18, "living_alone"] != "yes").all()
    assert (people.loc[people["dwelling"] == "nursing_home", "living_alone"] == "no").all()
    old = people[here & (people["age_group"] == "80-89")]
    assert old["age"].between(80, 89).all()
    assert len(old) == pytest.approx(
        float(rows.total("population", age_group="80-89").isel(scenario=0, replication=0, time=0)),
        rel=0.05,
    )


def test_gains_are_those_the_run_has_counted(rows):
    table = analysis.gains(rows, "doubled", by=["age_group", "sex"])
    of = rows.persons.sel(scenario="doubled").sum("municipality")
    for age in ("67-79", "80-89"):
        for sex in ("male", "female"):
            ours = table.loc[(age, sex)]
            theirs = of.sel(age_group=age, sex=sex)
            assert ours["persons"].iloc[0] == float(theirs["paired"].mean())
            assert ours["touched"].iloc[0] == float(theirs["touched"].mean())
            for outcome in ("cost", "unmet_hours", "qalys"):
                row = ours.loc[outcome]
                cell = theirs.sel(outcome=outcome)
                assert row["more"] == float(cell["more"].mean())
                assert row["less"] == float(cell["less"].mean())
                assert row["sum"] == pytest.approx(
                    float(cell["difference_sum"].mean()), rel=1e-5, abs=1e-3
                )
    everybody = analysis.gains(rows, "doubled")
    assert everybody.loc[("all", "cost"), "sum"] == pytest.approx(
        table["sum"].xs("cost", level="outcome").sum()
    )


def test_better_and_worse_are_said_where_one_way_is_good(rows):
    table = analysis.gains(rows, "before_compensating", by="living_alone").loc["yes"]
    assert table.loc["unmet_hours", "better"] == table.loc["unmet_hours", "less"]
    assert table.loc["qalys", "better"] == table.loc["qalys", "more"]
    assert np.isnan(table.loc["cost", "better"])
    assert table.loc["cost", "unit"] == "NOK"
    with pytest.raises(carestair.ResultError, match="no group 'colour'"):
        analysis.gains(rows, "doubled", by="colour")


def test_gains_by_year_add_up_to_those_of_the_period(rows):
    years = analysis.gains_by_year(rows, "before_compensating")
    assert list(years.loc["cost"].index) == [2020, 2021, 2022]
    assert years.loc[("cost", 2020), "difference"] == 0.0
    whole = analysis.gains(rows, "before_compensating").loc[("all", "unmet_hours"), "sum"]
    assert years.loc["unmet_hours", "difference"].sum() == pytest.approx(whole, rel=0.02, abs=5)


def test_rows_of_persons_must_have_been_asked_for(result):
    with pytest.raises(carestair.NoPersonRowsError, match="--persons"):
        analysis.gains(result, "doubled")


def test_intervals_count_draws_when_there_are_any():
    values = np.array([[1.0], [3.0], [5.0], [7.0]])
    found = mean_interval(values, per_draw=2)
    assert found.mean[0] == 4.0
    assert found.high[0] - found.low[0] == pytest.approx(2 * 12.706204736 * 2.0, rel=1e-6)
    one = mean_interval(values[:1])
    assert np.isinf(one.high).all()
    assert not one.known


# --- where lives part -----------------------------------------------------------------------------


def log(*rows):
    frame = pd.DataFrame(rows, columns=["uid", "day", "kind", "from", "to"])
    frame["day"] = pd.Timestamp("2020-01-01") + pd.to_timedelta(frame["day"], unit="D")
    return frame.assign(municipality="selbu")


def test_the_first_event_in_one_log_alone():
    base = log(
        (1, 1, "applied", "some", None),
        (1, 9, "service_started", None, "practical_assistance"),
        (2, 2, "died", "home", None),
        (3, 3, "need_up", "none", "some"),
        (4, 5, "waiting_started", None, "nursing_home"),
    )
    other = log(
        (1, 1, "applied", "some", None),
        (1, 8, "service_started", None, "reablement"),
        (1, 30, "service_started", None, "practical_assistance"),
        (2, 2, "died", "home", None),
        (3, 3, "need_up", "none", "some"),
        (3, 3, "need_up", "none", "some"),
    )
    found = first_differences(base, other)
    told = {uid: tuple(row) for (_, uid), row in found.drop(columns="day").iterrows()}
    assert told == {
        1: ("service_started", "reablement", "scenario"),
        3: ("need_up", "some", "scenario"),
        4: ("waiting_started", "nursing_home", "baseline"),
    }
    assert found.loc[("selbu", 1), "day"] == pd.Timestamp("2020-01-09")


def test_logs_that_are_equal_part_nowhere():
    base = log((1, 1, "died", "home", None), (2, 2, "need_up", "none", "some"))
    assert first_differences(base, base).empty


def test_lives_part_through_reablement(rows):
    table = analysis.divergence(rows, "before_compensating")
    assert table.loc[("service_started", "reablement", "scenario"), "persons"] > 0
    assert table["day_q10"].min() >= pd.Timestamp("2022-01-01")
    with_event = table[~table.index.get_level_values("kind").isin(WITHOUT_EVENT)]
    offers = table.loc[table.index.get_level_values("kind").isin(["offer_taken", "offer_left"])]
    assert (offers.index.get_level_values("what") != "").all()
    # Nobody is touched twice: together with those without an event they are at least the touched.
    touched = [pairs(rows, "before_compensating", r)["touched"].sum() for r in range(2)]
    assert table["persons"].sum() >= np.mean(touched)
    assert with_event["persons"].sum() > 0
    total = analysis.gains(rows, "before_compensating").loc[("all", "unmet_hours"), "sum"]
    assert table["unmet_hours_sum"].sum() == pytest.approx(total, abs=0.05)


def totals(*people):
    """Persons by what of their totals differs; of the rest, noise of rounding."""
    names = ("life_days", "cost", "home_hours", "unmet_hours", "informal_hours", "qalys")
    columns = {f"{name}_difference": [p.get(name, 1e-6) for p in people] for name in names}
    columns |= {f"{name}_differs": [name in p for p in people] for name in names}
    return pd.DataFrame(columns), list(names)


def test_those_without_an_event_are_told_apart_by_their_totals():
    paired, names = totals(
        {"home_hours": 3.0, "unmet_hours": -3.0, "cost": 2000.0},
        {"home_hours": -3.0, "unmet_hours": 2.5, "informal_hours": 0.5, "cost": -2000.0},
        {"home_hours": 1.0, "unmet_hours": 7.0, "informal_hours": -8.0, "cost": 600.0},
        {"informal_hours": 4.0, "unmet_hours": -4.0},
        {"unmet_hours": 5.0, "cost": -2500.0},
        {"unmet_hours": -5.0},
        {"cost": 10.0},
        {"qalys": 0.1},
    )
    told = [tuple(row) for row in silent_channels(paired, names).to_numpy()]
    assert told == [
        ("hours_given", "home", "scenario"),
        ("hours_given", "home", "baseline"),
        ("family_hours", "", "baseline"),
        ("family_hours", "", "scenario"),
        ("hours_given", "places", "baseline"),
        ("unmet_hours", "", "baseline"),
        ("cost", "", "scenario"),
        (NO_EVENT, "qalys", ""),
    ]


def test_everybody_touched_without_an_event_is_in_one_row(rows):
    table = analysis.divergence(rows, "before_compensating").reset_index()
    silent = table[table["kind"].isin(WITHOUT_EVENT)]
    without = []
    for replication in range(rows.replications):
        found = first_touches(rows, "before_compensating", replication)
        paired = pairs(rows, "before_compensating", replication)
        uids = paired.index.get_level_values("uid")
        without.append((paired["touched"] & ~uids.isin(found.index.get_level_values(1))).sum())
    assert silent["persons"].sum() == pytest.approx(np.mean(without))
    assert np.mean(without) > 0
    # What is left over is next to nothing, and the services given have other hours.
    left_over = table.loc[table["kind"] == NO_EVENT, "persons"].sum()
    assert left_over <= 0.01 * table["persons"].sum()
    home = silent[(silent["kind"] == "hours_given") & (silent["what"] == "home")]
    assert home["persons"].sum() > 0.5 * silent["persons"].sum()
    assert ((home["home_hours_sum"] > 0) == (home["happens_in"] == "scenario")).all()
    assert silent["day_q50"].isna().all()


def test_prices_touch_people_through_cost_alone(run, tmp_path):
    scenarios = Path(__file__).parents[2] / "configs" / "scenarios"
    path = tmp_path / "prices.h5"
    options = ("-o", path, "--events", "--persons", "--replications", "1")
    run("run", scenarios / "prices.yaml", *options)
    with carestair.open(path) as result:
        table = analysis.divergence(result, "hours")
    assert list(table.index) == [("cost", "", "scenario")]
    assert table["share"].item() == 1.0
    assert table["cost_sum"].item() > 0
    assert table["day_q50"].isna().all()


def test_divergence_needs_the_event_log(result):
    with pytest.raises(carestair.NoEventLogError):
        analysis.divergence(result, "doubled")
