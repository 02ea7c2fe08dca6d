"""Four kinds of uncertainty: components that are known, and one file that holds all four."""

import numpy as np
import pytest

import carestair
from carestair import analysis
from carestair.analysis.components import between_groups, between_structures
from carestair.analysis.uncertainty import KINDS, PERSONS, chance_and_parameters
from carestair.comparison import behind

# --- components that are known --------------------------------------------------------------------


def test_chance_and_parameters_are_found_again():
    random = np.random.default_rng(1)
    draws, replications = 1500, 4
    expected = random.normal(-10, 3, draws)
    values = (expected[:, None] + random.normal(0, 5, (draws, replications))).ravel()
    first, second = chance_and_parameters(values, replications)
    # Standard errors of the two are about 0.05 and 0.1.
    assert first.sd == pytest.approx(5, abs=0.25)
    assert second.sd == pytest.approx(3, abs=0.4)
    assert first.high - first.low == pytest.approx(2 * 1.96 * first.sd, rel=1e-3)
    assert second.low == pytest.approx(-10 - 1.96 * 3, abs=0.8)
    assert (first.levels, second.levels) == (draws * replications, draws)
    assert not second.cut


def test_chance_alone_leaves_nothing_to_parameters():
    # Replications of a draw are as far apart as can be, the means of draws are all alike.
    first, second = chance_and_parameters(np.array([1.0, -1.0, 1.0, -1.0, 1.0, -1.0]), 2)
    assert first.sd == pytest.approx(np.sqrt(2))
    assert second.sd == 0.0
    assert second.cut
    assert np.isnan([second.low, second.high]).all()


def test_what_was_not_varied_is_said_and_is_not_zero():
    values = np.array([1.0, 2.0, 3.0, 4.0])
    first, second = chance_and_parameters(values, 0)
    assert first.sd == pytest.approx(values.std(ddof=1))
    assert second.why == "not_varied"
    assert np.isnan(second.sd)
    first, second = chance_and_parameters(values, 1)
    assert (first.why, second.why) == ("one_a_draw", "one_a_draw")
    # Points of a sweep were chosen: they tell chance, and are no sample of what might be.
    first, second = chance_and_parameters(values, 2, "grid")
    assert first.sd == pytest.approx(np.sqrt(0.5))
    assert second.why == "not_varied"


def test_heterogeneity_without_noise_is_the_variance_between_groups():
    persons = np.array([[100.0, 50, 50], [100, 50, 50]])
    means = np.array([0.0, 2.0, -4.0])
    found, shown = between_groups(persons, persons * means)
    centre = -0.5
    assert found.sd == pytest.approx(np.sqrt(0.5 * centre**2 + 0.25 * 2.5**2 + 0.25 * 3.5**2))
    np.testing.assert_allclose(shown, means)


@pytest.mark.parametrize("effects", [[0.0, 0.5, 1.0, 3.0], [0.7, 0.7, 0.7, 0.7]])
def test_heterogeneity_is_found_again_under_the_noise_of_persons(effects):
    random = np.random.default_rng(4)
    replications, size, sd = 60, 40, 6.0
    mu = np.array(effects)
    lives = random.normal(mu[:, None], sd, (replications, len(mu), size))
    # What hits a whole world, a queue say, is no difference between persons.
    lives += random.normal(0, 2, (replications, 1, 1))
    persons = np.full((replications, len(mu)), float(size))
    found, means = between_groups(persons, lives.sum(axis=2))
    # A mean of a group has a standard error of 0.12 here, and so have the estimates.
    assert found.sd == pytest.approx(mu.std(), abs=0.2)
    if mu.std() == 0.0:
        assert np.ptp(means) < 0.3
    within = lives.var()
    assert found.sd**2 < 0.1 * within + mu.var()


def test_structures_are_compared_pair_by_pair():
    random = np.random.default_rng(3)
    worlds = random.normal(0, 50, 8)
    exact = [worlds + level for level in (1.0, 2.0, 6.0)]
    assert between_structures(exact, paired=True).sd == pytest.approx(np.std([1, 2, 6], ddof=1))
    # Unpaired, three means of eight such worlds tell nothing.
    assert between_structures(exact, paired=False).cut
    noisy = [worlds + random.normal(0, 1, 8) for _ in range(3)]
    assert between_structures(noisy, paired=True).sd < 0.6
    many = [random.normal(level, 1, 4000) for level in (1.0, 2.0, 6.0)]
    assert between_structures(many, paired=False).sd == pytest.approx(
        np.std([1, 2, 6], ddof=1), rel=0.03
    )


# --- all four in one file -------------------------------------------------------------------------


@pytest.fixture
def kinds(kinds_file):
    with carestair.open(kinds_file) as opened:
        yield opened


def test_the_file_keeps_the_kinds_apart(kinds, run, tmp_path):
    assert kinds.scenarios == ("baseline", "doubled", "family_falling", "doubled_family_falling")
    assert kinds.policies == ("doubled",)
    assert kinds.structures == ("family_falling",)
    assert kinds.in_structure("doubled", "family_falling") == "doubled_family_falling"
    assert (kinds.replications, kinds.replications_per_draw) == (6, 2)
    with pytest.raises(carestair.ResultError, match="no scenario `doubled` in the structure `x`"):
        kinds.in_structure("doubled", "x")
    # The configuration in the file makes the same run again, each scenario in its structure.
    again = tmp_path / "again.yaml"
    again.write_text(kinds.config)
    assert "doubled_family_falling" not in kinds.config
    assert "3 draws of 2 replications of 4 scenarios" in run("check", again)
    assert analysis.cost_effectiveness(kinds).strategies == ("baseline", "doubled")
    assert carestair.compare(kinds).attrs["scenario"] == "doubled"


def test_four_kinds_of_a_run(kinds):
    table = analysis.uncertainty(kinds, "doubled", "unmet_hours")
    assert tuple(table.index) == KINDS
    assert table.loc["second_order", "levels"] == 3
    assert table.loc["structural", "unit"] == "hours a week"
    known = carestair.headlines(kinds)["unmet_hours"]

    def mean(scenario, baseline):
        return float((known.sel(scenario=scenario) - known.sel(scenario=baseline)).mean())

    means = [mean("doubled", "baseline"), mean("doubled_family_falling", "family_falling")]
    assert list(table.attrs["by_structure"].values()) == pytest.approx(means)
    assert table.loc["structural", ["low", "high"]].tolist() == pytest.approx(sorted(means))
    assert table.attrs["groups"] == ("age_group", "sex", "need_level")
    # Another result takes its place beside the structures of the file.
    more = analysis.uncertainty(kinds, "doubled", "unmet_hours", {"as before": kinds})
    assert more.loc["structural", "levels"] == 3


def test_groups_add_up_to_the_whole(kinds):
    table = analysis.uncertainty(kinds, "doubled", "unmet_hours", by=["municipality"])
    name, per = behind(kinds, "unmet_hours")
    paired = kinds.persons.sel(scenario="doubled")
    persons = float(paired["paired"].sum())
    whole = float(paired["difference_sum"].sel(outcome=name).sum())
    one = PERSONS * whole / persons / per
    row = table.loc["heterogeneity"]
    assert row["levels"] == 1
    assert row["sd"] == pytest.approx(0.0, abs=1e-9)
    assert row["low"] == pytest.approx(one, rel=1e-4)


def test_without_draws_structures_and_rows_two_kinds_are_known(result):
    table = analysis.uncertainty(result, "doubled", "cost")
    assert table.attrs["groups"] == ("age_group", "sex")
    assert table.loc["second_order", "why"] == table.loc["structural", "why"] == "not_varied"
    assert table.loc[["second_order", "structural"], "sd"].isna().all()
    assert table.loc["first_order", "sd"] > 0.0
    assert analysis.uncertainty(result, "doubled", "deaths").loc["heterogeneity", "why"] == (
        "no_persons"
    )
    with pytest.raises(carestair.ResultError, match="no outcome `money`"):
        analysis.uncertainty(result, "doubled", "money")
