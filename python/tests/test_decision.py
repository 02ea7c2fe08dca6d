"""Decision analysis on problems with known answers, and on one small experiment."""

import json
import shutil

import numpy as np
import pandas as pd
import pytest
from scipy import stats

import carestair
from carestair import analysis
from carestair.analysis.economics import CostEffectiveness
from carestair.analysis.partial_information import fitted
from carestair.analysis.sensitivity import sobol_of, values_of
from carestair.analysis.sources import variance_by_group
from carestair.draws import spread, without_chance

# --- chance and parameters apart ------------------------------------------------------------------


def test_variance_is_split_into_chance_and_parameters():
    random = np.random.default_rng(1)
    draws, replications = 2000, 4
    expected = random.normal(10, 3, draws)
    values = (expected[:, None] + random.normal(0, 5, (draws, replications))).ravel()
    found = spread(values, replications)
    # Standard errors of the two are about 0.06 and 0.07 here.
    assert found.chance_sd == pytest.approx(5, abs=0.3)
    assert found.parameters_sd == pytest.approx(3, abs=0.3)
    assert without_chance(values, replications).std(ddof=1) == pytest.approx(found.parameters_sd)
    assert without_chance(values, replications).mean() == pytest.approx(values.mean())
    assert np.isnan(spread(values, 1).chance_sd)


# Replications of a draw are far apart, and the draws are not.
CHANCE = np.array([3.0, 9.0, 9.0, 3.0, 4.0, 9.0])


def test_where_chance_explains_all_nothing_is_certain_of_the_parameters():
    found = spread(CHANCE, 2)
    assert found.cut
    assert found.parameters_sd == 0.0
    unknown = (found.parameters_low, found.parameters_high, found.share_above_zero)
    assert np.isnan(unknown).all()
    assert found.both_low < found.both_high
    # The same in every world: neither chance nor doubt hides the other.
    same = spread(np.full(6, 5.0), 2)
    assert (same.cut, same.parameters_low, same.share_above_zero) == (False, 5.0, 1.0)
    assert not spread(CHANCE, 1).cut


def test_no_strategy_is_the_best_for_certain_where_chance_explains_all():
    cost = np.stack([np.zeros(6), -CHANCE])
    ce = CostEffectiveness(("now", "new"), cost, np.zeros((2, 6)), 2)
    table = analysis.acceptability(ce, [1e5])
    assert table["by_parameters"].isna().all()
    assert table["by_both"].tolist() == [0.0, 1.0]
    told = CostEffectiveness(("now", "new"), np.sort(cost), np.zeros((2, 6)), 2)
    assert analysis.acceptability(told, [1e5])["by_parameters"].tolist() == [0.0, 1.0]


# --- a normal problem: EVPI and EVPPI in closed form ----------------------------------------------


def normal_problem(draws=4000, mean=2e5, sds=(4e5, 3e5)):
    """Net benefit at threshold 0 is normal, the sum of two parameters; there is no chance."""
    levels = stats.qmc.Sobol(2, seed=4).random(draws)
    parts = stats.norm.ppf(levels) * np.array(sds)
    cost = np.stack([np.zeros(draws), -(mean + parts.sum(axis=1))])
    parameters = pd.DataFrame(parts, columns=["a", "b"])
    parameters["unrelated"] = np.random.default_rng(9).uniform(size=draws)
    return CostEffectiveness(("now", "new"), cost, np.zeros_like(cost), 1), parameters


def normal_loss(mean, sd):
    """E[max(0, N(mean, sd^2))] - max(0, mean), the unit normal loss integral."""
    z = abs(mean) / sd
    return sd * (stats.norm.pdf(z) - z * stats.norm.sf(z))


@pytest.mark.filterwarnings("ignore:The balance properties")
def test_evpi_of_a_normal_problem():
    ce, _ = normal_problem()
    found = analysis.evpi(ce, [0.0]).loc[0.0]
    assert found["evpi"] == pytest.approx(normal_loss(2e5, 5e5), rel=0.01)
    assert found["with_chance"] == found["evpi"]


@pytest.mark.filterwarnings("ignore:The balance properties")
def test_evppi_of_a_normal_problem():
    ce, parameters = normal_problem(1024)
    table = analysis.evppi(
        ce, parameters, 0.0, {"a": "a", "b": "b", "u": ["unrelated"], "ab": "ab"}
    )
    assert table.loc["a", "evppi"] == pytest.approx(normal_loss(2e5, 4e5), rel=0.06)
    assert table.loc["b", "evppi"] == pytest.approx(normal_loss(2e5, 3e5), rel=0.06)
    assert table.loc["ab", "evppi"] == pytest.approx(normal_loss(2e5, 5e5), rel=0.03)
    assert table.loc["u", "evppi"] < 0.02 * table.loc["a", "evppi"]
    assert table.loc["a", "noise"] < 0.05 * table.loc["a", "evppi"]
    with pytest.raises(carestair.ResultError, match="`c` was not drawn"):
        analysis.evppi(ce, parameters, 0.0, {"c": "c"})


def test_evpi_is_not_raised_by_chance():
    random = np.random.default_rng(6)
    draws, replications = 3000, 5
    expected = random.normal(1e5, 2e5, draws)
    saved = (expected[:, None] + random.normal(0, 4e5, (draws, replications))).ravel()
    cost = np.stack([np.zeros_like(saved), -saved])
    ce = CostEffectiveness(("now", "new"), cost, np.zeros_like(cost), replications)
    found = analysis.evpi(ce, [0.0]).loc[0.0]
    # The estimate varies by about 4 % between seeds.
    assert found["evpi"] == pytest.approx(normal_loss(1e5, 2e5), rel=0.15)
    assert found["with_chance"] > 1.4 * found["evpi"]


def test_acceptability_of_a_normal_problem():
    draws = 2001
    levels = (np.arange(draws) + 0.5) / draws
    effect = np.stack([np.zeros(draws), stats.norm.ppf(levels, 1.0, 2.0)])
    cost = np.stack([np.zeros(draws), np.full(draws, 3e5)])
    ce = CostEffectiveness(("now", "new"), cost, effect, 1)
    table = analysis.acceptability(ce, [2e5, 4e5])
    for threshold in (2e5, 4e5):
        best = stats.norm.sf(3e5 / threshold, 1.0, 2.0)
        row = table.loc[(threshold, "new")]
        assert row["by_parameters"] == pytest.approx(best, abs=1e-3)
        assert row["by_both"] == row["by_parameters"]
        assert bool(row["best"]) == (threshold > 3e5)
    assert table.groupby("threshold")["by_both"].sum().eq(1.0).all()
    row = analysis.icer(ce).loc["new"]
    assert row["icer"] == pytest.approx(3e5, rel=1e-3)
    assert row["verdict"] == "costs more for more"


def test_chance_is_no_reason_for_research():
    ce = CostEffectiveness(("now", "new"), np.zeros((2, 5)), np.ones((2, 5)), 5)
    assert analysis.acceptability(ce, [1e5])["by_parameters"].isna().all()
    with pytest.raises(carestair.NoDrawsError, match="do not vary"):
        analysis.evpi(ce)


def test_a_spline_finds_a_curve_and_leaves_noise_alone():
    random = np.random.default_rng(2)
    x = random.uniform(-3, 3, (500, 1))
    y = np.sin(x[:, 0]) + random.normal(0, 0.3, 500)
    assert np.abs(fitted(x, y) - np.sin(x[:, 0])).mean() < 0.08
    noise = random.normal(0, 1, 500)
    assert fitted(x, noise).std() < 0.15


# --- sensitivity ----------------------------------------------------------------------------------


def test_sobol_indices_of_ishigami():
    # Ishigami and Homma (1990), a = 7, b = 0.1: closed forms in Saltelli et al. (2008), 4.9.
    ranges = dict.fromkeys(("x1", "x2", "x3"), (-np.pi, np.pi))
    x = analysis.sobol_sample(ranges, 2048, seed=3)
    assert len(x) == 2048 * 5
    y = np.sin(x["x1"]) + 7 * np.sin(x["x2"]) ** 2 + 0.1 * x["x3"] ** 4 * np.sin(x["x1"])
    found = sobol_of(ranges, y.to_numpy())
    for name, first, total in (("x1", 0.3139, 0.5576), ("x2", 0.4424, 0.4424), ("x3", 0, 0.2437)):
        assert found.loc[name, "first"] == pytest.approx(first, abs=0.03)
        assert found.loc[name, "total"] == pytest.approx(total, abs=0.03)
    with pytest.raises(ValueError, match="power of two"):
        analysis.sobol_sample(ranges, 100, seed=3)
    with pytest.raises(ValueError, match="multiple of 5"):
        sobol_of(ranges, np.arange(7.0))
    with pytest.raises(ValueError, match="do not vary"):
        sobol_of(ranges, np.ones(10))


@pytest.mark.parametrize("others", [0, 60])
def test_variance_goes_to_the_group_that_makes_it(others):
    random = np.random.default_rng(8)
    x = random.uniform(size=(400, 2 + others))
    y = 3 * x[:, 0] + x[:, 1]
    groups = np.array(["assumption", "measured", *["trial"] * others], dtype=object)
    table = variance_by_group(x, y, groups, y.var(ddof=1))
    # 9 and 1 of ten; also with far more parameters than matter.
    tolerance = 0.1 if others == 0 else 0.2
    assert table.loc["assumption", "share"] == pytest.approx(0.9, abs=tolerance)
    assert table.loc["measured", "share"] == pytest.approx(0.1, abs=tolerance)
    assert table.loc["assumption", "low"] < 0.9 < table.loc["assumption", "high"]
    assert table["share"].sum() == pytest.approx(1.0)


# --- one small experiment -------------------------------------------------------------------------

DRAWN = """
include: [short.yaml]
title: A few draws
simulation: {replications: 2, end: 2021-01-01}
scenarios:
  before_compensating: null
  doubled: {changes: [{at: 2020-03-01, address: services.reablement.capacity, scale: 2}]}
experiment:
"""


@pytest.fixture(scope="session")
def experiment(run, short, tmp_path_factory):
    """Run DRAWN with lines added to its section `experiment`."""
    folder = tmp_path_factory.mktemp("experiment")

    def made(name, lines, files=()):
        for file in files:
            shutil.copy(file, short.parent)
        config = short.parent / f"{name}.yaml"
        config.write_text(DRAWN + "".join(f"  {line}\n" for line in lines))
        path = folder / f"{name}.h5"
        run("run", config, "-o", path)
        return path

    return made


def test_an_experiment_from_draws_to_decision(run, experiment):
    path = experiment("doubtful", ["draws: 6", "vary: [services]"])
    told = json.loads(run("compare", path, "--json"))["scenarios"][0]
    with carestair.open(path) as result:
        cost = values_of(result, "cost", "doubled")
        theirs = next(o for o in told["outcomes"] if o["id"] == "cost")
        ours = spread(cost, 2)
        assert ours.parameters_sd == pytest.approx(
            theirs["spread"]["parameters_sd"], rel=1e-4, abs=1e-9
        )
        assert ours.chance_sd == pytest.approx(theirs["spread"]["chance_sd"], rel=1e-4)
        ce = analysis.cost_effectiveness(result)
        present = told["money"]["present_value_million_nok"]["society"]["difference"]
        assert (ce.cost[1] - ce.cost[0]).mean() / 1e6 == pytest.approx(present, rel=1e-4, abs=1e-5)
        qalys = told["money"]["qalys_discounted"]["difference"]
        assert (ce.effect[1] - ce.effect[0]).mean() == pytest.approx(qalys, rel=1e-4, abs=1e-4)
        assert (analysis.evpi(ce)["evpi"] >= 0).all()
        table = analysis.uncertainty(result, "doubled", "cost")
        assert table.loc["first_order", "sd"] == ours.chance_sd
        shares = analysis.assumption_share(result, None, "cost")
        assert shares["parameters"].sum() == result.draws.shape[1]
        assert "assumption" in shares.index
        assert "add nothing" in shares.attrs["caveat"]
        for figure in (carestair.plot.ce_plane(result), carestair.plot.acceptability_curve(result)):
            assert figure._repr_png_().startswith(b"\x89PNG")
        with pytest.raises(carestair.NoDrawsError, match="one parameter at a time"):
            analysis.tornado(result)


def test_a_sweep_is_told_as_a_tornado(experiment):
    path = experiment(
        "swept",
        [
            "sweep: one_at_a_time",
            "vary: [services.practical_assistance.cost_per_hour, "
            "services.home_nursing.cost_per_hour]",
        ],
    )
    with carestair.open(path) as result:
        table = analysis.tornado(result, "cost")
        values = carestair.headlines(result)["cost"].sel(scenario="baseline").values.reshape(-1, 2)
        assert table.attrs["as_written"] == pytest.approx(values[0].mean())
        assert table["swing"].abs().is_monotonic_decreasing
        row = table.loc["services.practical_assistance.cost_per_hour"]
        assert row["at_low"] == pytest.approx(values[1].mean())
        assert row["at_high"] == pytest.approx(values[2].mean())
        assert row["swing_low"] <= row["swing"] <= row["swing_high"]
        assert carestair.plot.tornado(result, "cost")._repr_png_().startswith(b"\x89PNG")
        with pytest.raises(carestair.ResultError, match="no outcome `money`"):
            analysis.tornado(result, "money")
        with pytest.raises(carestair.NoDrawsError, match="holds a sweep"):
            analysis.cost_effectiveness(result)


def test_sobol_indices_of_a_run(experiment, tmp_path):
    ranges = {
        "services.practical_assistance.cost_per_hour": (300.0, 900.0),
        "services.day_activity.capacity": (11.0, 13.0),
    }
    points = tmp_path / "points.csv"
    analysis.sobol_sample(ranges, 2, seed=1).to_csv(points, index=False)
    path = experiment("sobol", ["sweep: points.csv"], [points])
    with carestair.open(path) as result:
        table = analysis.sobol_indices(result, ranges, "cost")
        assert table.index[0] == "services.practical_assistance.cost_per_hour"
        assert table["total"].iloc[0] > 0.8
        assert table.attrs["chance_share"] == 0.0
        with pytest.raises(carestair.ResultError, match="it varied"):
            analysis.sobol_indices(result, {"a": (0, 1)}, "cost")
