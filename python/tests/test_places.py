"""Projection from coverage, places that do not suffice, waits and payback."""

import json

import numpy as np
import pandas as pd
import pytest

import carestair
from carestair import analysis
from carestair.analysis._worlds import by_year, pools_of
from carestair.analysis.capacity import wilson_interval
from carestair.analysis.waiting import cumulative_incidence, waits_in


@pytest.fixture(scope="session")
def told(run, result_file):
    return json.loads(run("compare", result_file, "--json"))


# --- projection from coverage ---------------------------------------------------------------------


def test_the_projection_agrees_with_the_program(result, told):
    table = analysis.over_time(result)
    assert told["over_time"]["years"] == [2020, 2021, 2022]
    for trend in told["over_time"]["trends"]:
        ours = table.loc[trend["id"]]
        assert (trend["title"], trend["unit"]) == (ours["title"].iloc[0], ours["unit"].iloc[0])
        np.testing.assert_allclose(ours["projected"], trend["projected_from_coverage"], rtol=1e-6)
        for scenario, values in trend["simulated"].items():
            np.testing.assert_allclose(ours[scenario], values, rtol=1e-6)


def test_coverage_is_what_was_counted_per_resident(result):
    first = {"scenario": "baseline", "replication": 0, "age_group": "80-89", "sex": "female"}
    first["time"] = slice("2020-01-01", "2020-12-31")
    counted = result.indicators["recipients"].sel(service="home_nursing", **first).sum()
    lived = result.indicators["population"].sel(**first).sum()
    share = analysis.coverage(result).sel(
        replication=0, service="home_nursing", age_group="80-89", sex="female"
    )
    assert float(share.squeeze()) == pytest.approx(float(counted / lived))


def test_in_the_year_of_coverage_the_projection_is_what_was_counted(result):
    null = analysis.null_model(result)
    first = slice("2020-01-01", "2020-12-31")
    simulated = result.total("recipients", by="service").sel(scenario="baseline", time=first)
    np.testing.assert_allclose(
        null["recipients"].sel(time=first).mean("time"), simulated.mean("time"), rtol=0.05, atol=0.2
    )
    assert null["staff_hours"].dims == ("replication", "service", "time")


# --- places ---------------------------------------------------------------------------------------


def test_overflow_is_counted_over_worlds(result):
    table = analysis.overflow(result, "doubled")
    days = result.indicators["overflow_days"].sel(scenario="doubled", service="nursing_home")
    of_2022 = days.sel(time=slice("2022-01-01", "2022-12-31")).sum(
        ["municipality", "age_group", "time"]
    )
    row = table.loc[("nursing_home", 2022)]
    assert row["probability"] == float((of_2022 > 0).mean())
    assert row["low"] <= row["probability"] <= row["high"]
    assert row["days_mean"] == pytest.approx(float(of_2022.mean()))
    assert "home_nursing" not in table.index


def test_the_interval_of_a_share_is_wilsons():
    # Newcombe (1998), Statistics in Medicine 17:857-872, table I, method 3: 81 of 263, 0 of 20.
    low, high = wilson_interval(np.array([81.0]), 263)
    assert (low[0], high[0]) == pytest.approx((0.2553, 0.3662), abs=1e-4)
    low, high = wilson_interval(np.array([0.0]), 20)
    assert (low[0], high[0]) == pytest.approx((0.0, 0.1611), abs=1e-4)


def test_worst_month_and_occupancy(result):
    waiting = result.total("waiting", service="nursing_home").sel(scenario="baseline")
    of_2021 = waiting.sel(time=slice("2021-01-01", "2021-12-31")).max("time")
    worst = analysis.worst_month(result).loc[("nursing_home", 2021)]
    assert worst["worst_mean"] == pytest.approx(float(of_2021.mean()))
    assert worst["worst_mean"] >= worst["mean"]
    beds = analysis.occupancy(result).loc[("nursing_home", 2021)]
    assert beds["capacity"] == 36.0
    assert 0.5 < beds["occupancy_mean"] < 1.3
    assert 0.0 <= beds["full"] <= 1.0
    with pytest.raises(carestair.ResultError, match="not by service"):
        analysis.worst_month(result, "population")


def test_beds_are_shared_by_all_who_draw_on_them(result):
    assert pools_of(result)["short_stay_respite"] == "short_term_stay"
    stays = ["short_term_stay", "short_stay_rehabilitation", "short_stay_respite"]
    each = result.total("recipients", by="service", service=stays).sel(scenario="baseline")
    assert (each.sum(("replication", "time")) > 0).all()
    table = analysis.occupancy(result)
    beds = table.loc["short_term_stay"]
    yearly = by_year(result, each.sum("service"), flow=False).mean("replication")
    np.testing.assert_allclose(beds["occupancy_mean"] * beds["capacity"], yearly)
    full = (each.sum("service") >= 10).astype(float)
    np.testing.assert_allclose(
        beds["full"], by_year(result, full, flow=False).mean("replication"), rtol=1e-9
    )
    assert (beds["capacity"] == 10.0).all()
    # Who has no room of its own is told of with the pool.
    assert "short_stay_respite" not in table.index


# --- waits ----------------------------------------------------------------------------------------


def events(*rows):
    frame = pd.DataFrame(rows, columns=["uid", "day", "kind", "from", "to"])
    frame["day"] = pd.Timestamp("2020-01-01") + pd.to_timedelta(frame["day"], unit="D")
    return frame


def test_waits_are_paired_with_how_they_end():
    found = waits_in(
        events(
            (9, 0, "waiting_ended", "home", None),  # began before the period: left out
            (1, 1, "waiting_started", None, "home"),
            (2, 2, "waiting_started", None, "home"),
            (1, 3, "waiting_started", None, "course"),
            (1, 11, "waiting_ended", "home", None),
            (1, 11, "service_started", None, "home"),
            (2, 12, "waiting_ended", "home", None),
            (2, 12, "died", None, None),
            (2, 12, "service_started", None, "course"),
        ),
        end=pd.Timestamp("2020-01-31"),
    )
    told = {(r.uid, r.service): (r.days, r.outcome) for r in found.itertuples()}
    assert told == {
        (1, "home"): (10, "served"),
        (2, "home"): (10, "left"),
        (1, "course"): (28, "waiting"),
    }


def test_a_wait_that_changes_its_kind_is_two():
    found = waits_in(
        events(
            (1, 1, "waiting_started", None, "housing"),
            (1, 11, "waiting_ended", "housing", None),
            (1, 11, "waiting_started", None, "home"),
            (1, 14, "waiting_ended", "home", None),
            (1, 14, "service_started", None, "home"),
        ),
        end=pd.Timestamp("2020-01-31"),
    )
    told = [(r.service, r.days, r.outcome) for r in found.itertuples()]
    assert sorted(told) == [("home", 3, "served"), ("housing", 10, "left")]


def test_incidence_by_hand():
    # Of 4, one is served on day 1, one leaves on day 2, one is censored on 3, one served on 4.
    served = cumulative_incidence([1, 2, 3, 4], ["served", "left", "waiting", "served"], range(6))
    # F(1) = 1/4; S(3) = 3/4 * 2/3 = 1/2; at 4 one is left at risk: F(4) = 1/4 + 1/2.
    np.testing.assert_allclose(served, [0, 0.25, 0.25, 0.25, 0.75, 0.75])
    assert np.isnan(cumulative_incidence([], [], [1])).all()


def test_without_censoring_it_is_the_share_served():
    random = np.random.default_rng(3)
    days = random.integers(0, 50, 200)
    how = random.choice(["served", "left"], 200)
    ours = cumulative_incidence(days, how, [10, 49])
    np.testing.assert_allclose(ours, [np.mean((days <= t) & (how == "served")) for t in (10, 49)])


def test_waits_of_a_run_agree_with_its_indicators(logged):
    found = analysis.waits(logged)
    began = (
        logged.total("events", event_kind="waiting_started").sum("time").sel(scenario="baseline")
    )
    assert len(found) == int(began.sum())
    curve = analysis.waiting_curve(logged, at=(0, 30, 365)).loc["reablement"]
    assert curve["served"].is_monotonic_increasing
    assert (curve["low"] <= curve["high"]).all()


def test_waits_need_the_event_log(result):
    with pytest.raises(carestair.NoEventLogError):
        analysis.waits(result)


def test_events_are_read_replication_by_replication(logged):
    whole = logged.events
    parts = pd.concat([logged.events_of(r) for r in range(logged.replications)], ignore_index=True)
    pd.testing.assert_frame_equal(parts, whole)
    with pytest.raises(carestair.ResultError, match="has no replication 2"):
        logged.events_of(2)


# --- payback --------------------------------------------------------------------------------------


@pytest.mark.parametrize("payer", ["municipality", "society"])
def test_payback_agrees_with_the_program(result, told, payer):
    for scenario in told["scenarios"]:
        ours = analysis.payback(result, scenario["id"], payer)
        theirs = scenario["money"]["payback"][payer]
        assert ours["paid_back"].mean() == theirs["share_of_replications"]
        if theirs["median_years"] is not None:
            assert ours["years"].median() == pytest.approx(theirs["median_years"])
        present = scenario["money"]["present_value_million_nok"][payer]["difference"]
        assert ours["present_value"].mean() == pytest.approx(present, rel=1e-4, abs=1e-5)
    with pytest.raises(carestair.ResultError, match="no payer `bank`"):
        analysis.payback(result, "doubled", "bank")
