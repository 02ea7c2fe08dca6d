"""Comparisons agree with those of the program, and with the textbook."""

import dataclasses
import json

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

import carestair

number = st.floats(-1e6, 1e6, allow_subnormal=False)


@pytest.fixture(scope="session")
def told(run, result_file):
    return json.loads(run("compare", result_file, "--json"))


@pytest.mark.parametrize("scenario", ["doubled", "before_compensating"])
def test_agrees_with_the_program(result, told, scenario):
    table = carestair.compare(result, scenario)
    (theirs,) = (s for s in told["scenarios"] if s["id"] == scenario)
    assert [o["id"] for o in theirs["outcomes"]] == list(table.index)
    for outcome in theirs["outcomes"]:
        ours = table.loc[outcome["id"]]
        assert (outcome["title"], outcome["unit"]) == (ours["title"], ours["unit"])
        assert outcome["distinguishable"] == ours["distinguishable"]
        for name in ("baseline", "scenario", "difference", "low", "high", "sd", "variance_ratio"):
            if outcome[name] is None:
                assert not np.isfinite(ours[name]), (outcome["id"], name)
                continue
            scale = abs(outcome["baseline"]) * 1e-9
            assert ours[name] == pytest.approx(outcome[name], rel=1e-6, abs=scale), (
                outcome["id"],
                name,
            )


def test_draws_agree_with_the_program(run, drawn, drawn_file):
    table = carestair.compare(drawn)
    assert table.attrs["replications"] == 3
    (theirs,) = json.loads(run("compare", drawn_file, "--json"))["scenarios"]
    assert any(o["spread"]["parameters_sd"] > 0 for o in theirs["outcomes"])
    assert any(o["spread"]["cut"] for o in theirs["outcomes"])
    for outcome in theirs["outcomes"]:
        ours = table.loc[outcome["id"]]
        told = {name: outcome[name] for name in ("baseline", "difference", "low", "high", "sd")}
        told |= outcome["spread"]
        assert (told.pop("draws"), told.pop("replications_per_draw")) == (3, 2)
        scale = abs(outcome["baseline"]) * 1e-6
        for name, value in told.items():
            if value is None:
                assert outcome["spread"]["cut"]
                assert np.isnan(ours[name]), (outcome["id"], name)
                continue
            assert ours[name] == pytest.approx(value, rel=1e-6, abs=scale), (outcome["id"], name)


def test_draws_hold_the_values_that_varied(drawn, result):
    assert (drawn.design, drawn.replications_per_draw, drawn.replications) == ("random", 2, 6)
    hours = drawn.draws["reablement.organisations.own_team.hours_ratio"]
    low, high = drawn.evidence.loc["reablement.organisations.own_team.hours_ratio", ["low", "high"]]
    assert hours.nunique() == 3
    assert hours.between(low, high).all()
    assert len(result.draws) == 0
    assert result.replications_per_draw == 0


def test_points_of_a_sweep_have_no_mean(drawn, monkeypatch):
    monkeypatch.setattr(type(drawn), "design", "one_at_a_time")
    with pytest.raises(carestair.ResultError, match="is a sweep"):
        carestair.compare(drawn)
    with pytest.raises(carestair.ResultError, match="is a sweep"):
        carestair.report(drawn)


def test_what_cannot_be_compared_is_named(result):
    with pytest.raises(carestair.ResultError, match=r"no scenario `x`[\s\S]*doubled, before"):
        carestair.compare(result, "x")
    with pytest.raises(carestair.ResultError, match="is the baseline itself"):
        carestair.compare(result, "baseline")
    with pytest.raises(carestair.ResultError, match="name one"):
        carestair.compare(result)


def test_headlines_have_units(result):
    values = carestair.headlines(result)
    assert values["cost"].dims == ("scenario", "replication")
    assert values["cost"].attrs == {"long_name": "Cost of services", "units": "million NOK a year"}
    assert bool((values["residents"] > 3000).all())


@given(st.lists(st.tuples(number, number), min_size=2, max_size=40))
def test_interval_is_that_of_the_paired_t_test(pairs):
    a, b = np.array(pairs).T
    ours = carestair.paired_difference(a, b)
    d = b - a
    if d.std(ddof=1) <= 1e-9 * (1 + np.abs(d).max()):
        return
    low, high = stats.t.interval(0.95, len(d) - 1, d.mean(), stats.sem(d))
    assert ours.low == pytest.approx(low, rel=1e-9, abs=1e-9)
    assert ours.high == pytest.approx(high, rel=1e-9, abs=1e-9)
    assert ours.distinguishable == (low > 0 or high < 0)


@given(st.lists(number, min_size=2, max_size=20), number)
def test_a_constant_difference_has_no_width(values, shift):
    values = np.round(values)
    ours = carestair.paired_difference(values, values + np.round(shift))
    assert ours.difference == ours.low == ours.high == np.round(shift)
    assert ours.variance_ratio == (np.inf if np.var(values) > 0 else 1.0)


def test_one_replication_says_nothing_about_chance():
    ours = carestair.paired_difference([1.0], [3.0])
    assert (ours.difference, ours.low, ours.high) == (2.0, -np.inf, np.inf)
    assert not ours.distinguishable
    with pytest.raises(ValueError, match="one number a replication"):
        carestair.paired_difference([], [])


def test_what_is_no_number_makes_no_difference_that_is_none():
    nan = float("nan")
    with pytest.raises(ValueError, match=r"scenario has no number for 1 of 3 .*position 1\)"):
        carestair.paired_difference([1.0, 2.0, 3.0], [1.0, nan, 3.0])
    with pytest.raises(ValueError, match=r"baseline has no number for 4 of 5 .*0, 1, 2 \.\.\."):
        carestair.paired_difference([nan, nan, np.inf, nan, 1.0], np.zeros(5))
    for confidence in (95, 1.0, 0.0, nan):
        with pytest.raises(ValueError, match="confidence is a share between 0 and 1"):
            carestair.paired_difference([1.0, 2.0], [1.0, 3.0], confidence=confidence)


@given(st.lists(st.tuples(number, number), min_size=1, max_size=5), st.floats(0.01, 0.99))
def test_nothing_of_a_difference_is_nan(pairs, confidence):
    a, b = np.array(pairs).T
    ours = carestair.paired_difference(a, b, confidence)
    assert not any(np.isnan(value) for value in dataclasses.astuple(ours))


@pytest.mark.parametrize("wants", [carestair.compare, carestair.report])
def test_the_name_of_a_file_is_no_result(wants):
    with pytest.raises(TypeError, match=r"takes an open result, not str: `carestair.open\(FILE\)`"):
        wants("outputs/result.h5")


def test_an_indicator_that_is_not_there_cannot_be_projected(result):
    with pytest.raises(carestair.ResultError, match="has no indicator 'costs'"):
        carestair.analysis.projected(result, "costs")
