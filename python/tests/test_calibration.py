"""Calibration: densities by hand, a search on a known function, a twin experiment, refusals."""

from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
import pytest
import yaml
from scipy import stats

import carestair
from carestair import calibration, validate
from carestair.__main__ import main
from carestair.calibration import CalibrationError, posterior, study
from carestair.calibration.emulator import Emulator
from carestair.calibration.likelihood import implausibility, log_likelihood
from carestair.calibration.prior import between, cut, of_family
from carestair.calibration.simulate import Probe, Simulator
from carestair.calibration.specification import read_specification
from carestair.calibration.trace import Trace

REPOSITORY = Path(__file__).resolve().parents[2]

TARGETS = {
    "users": {"measure": "users_total", "unit": "persons", "value": 280, "low": 200, "high": 360},
    "old": {"measure": "users_share_80_89", "unit": "share", "value": 0.36, "se": 0.02},
    "alarms": {"measure": "safety_alarm_users", "unit": "persons", "value": 100, "se": 8},
}
ABOUT = {"title": "t", "period": "2020-2021", "source": "own", "kind": "derived"}
STUDY = {
    "configuration": "short.yaml",
    "targets": "targets.yaml",
    "fit": ["users", "old"],
    "held_out": ["alarms"],
    "parameters": [
        {"address": "seeking.base_rate", "low": 0.5, "high": 2.0},
        {"address": "allocation.strictness"},
    ],
    "replications": 4,
    "seed": 5,
    "search": {"initial": 10, "evaluations": 60, "starts": 2},
    "draws": 20,
}


def written_study(folder, targets=TARGETS, **changes):
    """A calibration with its targets; the configuration need not be there."""
    entries = []
    for name, target in targets.items():
        entry = {"id": name, **ABOUT, **target}
        entry.setdefault("low", entry["value"] - 2 * entry.get("se", 0))
        entry.setdefault("high", entry["value"] + 2 * entry.get("se", 0))
        entries.append(entry)
    (folder / "targets.yaml").write_text(yaml.safe_dump({"targets": entries}))
    path = folder / "study.yaml"
    path.write_text(yaml.safe_dump({**STUDY, **changes}, sort_keys=False))
    return path


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "short.yaml").write_text("title: stands in\n")
    return tmp_path


# --- by hand --------------------------------------------------------------------------------------


def test_the_likelihood_is_that_of_the_normal_distribution():
    value, mean = np.array([10.0, 1.0]), np.array([[12.0, 1.5]])
    variance = np.array([4.0, 0.25])
    by_hand = -0.5 * (1 + np.log(2 * np.pi * 4)) - 0.5 * (1 + np.log(2 * np.pi * 0.25))
    assert log_likelihood(value, mean, variance)[0] == pytest.approx(by_hand)
    assert log_likelihood(value, np.array([12.0, np.nan]), variance) == -np.inf
    np.testing.assert_allclose(implausibility(value, mean, variance), [[1.0, 1.0]])


def test_a_standard_error_is_given_or_that_of_a_range_of_95_percent(tmp_path):
    written_study(tmp_path)
    by_id = {t.id: t for t in validate.read_targets(tmp_path / "targets.yaml").targets}
    assert by_id["old"].standard_error == 0.02
    assert by_id["users"].standard_error == pytest.approx(160 / (2 * 1.96), rel=1e-4)


def test_a_range_is_a_triangle_and_on_the_logarithm_unless_a_share():
    share = between(0.2, 0.3, 0.6, share=True)
    assert share.at_probability(0.25) == pytest.approx(0.3)  # (0.3 - 0.2) / (0.6 - 0.2)
    assert share.moments()[0] == pytest.approx((0.2 + 0.3 + 0.6) / 3, abs=1e-4)
    rate = between(1.0, 2.0, 8.0, share=False)
    assert rate.at_probability(1 / 3) == pytest.approx(2.0)
    assert rate.from_unit(0.5) == pytest.approx(np.sqrt(8.0))
    np.testing.assert_allclose(rate.to_unit(rate.from_unit(np.array([0.0, 0.3, 1.0]))), [0, 0.3, 1])


def test_a_prior_is_cut_at_its_bounds():
    prior = cut(*of_family("lognormal", {"median": 1.0, "sigma": 0.5}), 0.5, 2.0)
    assert prior.at_probability([0.0, 0.5, 1.0]) == pytest.approx([0.5, 1.0, 2.0])
    assert prior.log_density(1.3) == pytest.approx(stats.norm(0, 0.5).logpdf(np.log(1.3)))
    free = cut(*of_family("beta", {"alpha": 2.0, "beta": 5.0}), None, None)
    assert stats.beta(2, 5).cdf([free.low, free.high]) == pytest.approx([0.001, 0.999])


def test_an_emulator_knows_a_smooth_function_and_its_own_doubt():
    points = np.random.default_rng(1).random((60, 2))
    emulator = Emulator(points, np.sin(3 * points[:, 0]) + points[:, 1] ** 2)
    new = np.array([[0.3, 0.6], [0.8, 0.2]])
    mean, variance = emulator.predict(new)
    np.testing.assert_allclose(mean, np.sin(3 * new[:, 0]) + new[:, 1] ** 2, atol=0.01)
    assert (emulator.predict(new + 3.0)[1] > 100 * variance).all()
    assert emulator.explained() > 0.99
    still = Emulator(points, np.full(60, 7.0))
    assert still.predict(new)[0] == pytest.approx([7.0, 7.0])
    assert still.predict(new)[1] == pytest.approx([0.0, 0.0])


# --- a search on a known function -----------------------------------------------------------------

RESOLVED = """
seeking:
  base_rate: {unit: per_year, csv: "need_level,value\\nsome,0.4\\nmoderate,0.6\\n"}
allocation:
  strictness: {value: 0.6, low: 0.3, high: 1, unit: share}
  weight: {value: 2, unit: ratio}
"""
TRUTH = np.array([1.5, 0.45])


class Known(Simulator):
    """Worlds of a model that can be written down: means linear in parameters, noise in common."""

    def __init__(self, specification, threads=None):
        self.folder = None
        self.runs = 0

    def probe(self):
        return Probe(RESOLVED, ("baseline",), "0", frozenset({"a_register"}))

    def evaluate(self, addresses, points, *, seed, replications):
        assert addresses == ["seeking.base_rate", "allocation.strictness"]
        chance = np.random.default_rng(seed).normal(size=(replications, 3))
        effect = np.array([[80.0, 0.05, 0.0], [-40.0, 0.2, 0.0]])
        means = np.array([280, 0.36, 95]) + (points - TRUTH) @ effect
        return means[:, None, :] + chance * np.array([4.0, 0.005, 3.0])

    def __exit__(self, *_):
        pass


@pytest.fixture
def known(monkeypatch):
    monkeypatch.setattr(study, "Simulator", Known)
    monkeypatch.setattr(posterior, "POINTS", 4096)


@pytest.mark.parametrize("method", ["cma_es", "history_matching"])
def test_a_search_finds_what_made_the_targets(known, folder, method):
    search = {"method": method, "initial": 15, "evaluations": 120}
    exact = {name: {**t, "se": 0.01 * t["value"]} for name, t in TARGETS.items()}
    done = calibration.calibrate(
        written_study(folder, exact, search=search), output=folder / "out", tell=lambda line: None
    )
    truth = dict(zip(done.parameters.index, TRUTH, strict=True))
    for address, p in done.parameters.iterrows():
        assert p["posterior_low"] < truth[address] < p["posterior_high"]
        assert p["spread"] < 0.5
        assert abs(p["fitted"] - truth[address]) < 2.5 * p["posterior_sd"]
    fitted = done.targets[done.targets["role"] == "fitted"]
    assert (fitted["implausibility_after"] < 2.5).all()
    assert fitted["implausibility_before"].max() > 3
    # What was held out does not depend on the parameters, so it is as far away as before.
    alarms = done.targets.loc["alarms"]
    assert alarms["before"] == pytest.approx(alarms["after"])
    assert alarms["residual_after"] == pytest.approx(alarms["after"] - 100)
    # The posterior is that of a linear model, but for a prior that is flat against it.
    slope = np.array([[80.0, -40.0], [0.05, 0.2]])
    variance = np.diag([e**2 for e in np.hypot([2.8, 0.0036], 2 * fitted["noise"])])
    exact_sd = np.sqrt(np.diag(np.linalg.inv(slope.T @ np.linalg.inv(variance) @ slope)))
    np.testing.assert_allclose(done.parameters["posterior_sd"], exact_sd, rtol=0.25)
    assert 0 < done.about["not_ruled_out"] < 0.5
    assert done.about["effective_size"] > 1000


def test_targets_of_the_configurations_own_sources_are_told_apart(known, folder):
    targets = {**TARGETS, "alarms": {**TARGETS["alarms"], "source": ["own", "a_register"]}}
    path = written_study(folder, targets)
    done = calibration.calibrate(path, output=folder / "out", tell=lambda line: None)
    assert done.targets["same_source"].to_dict() == {"users": False, "old": False, "alarms": True}
    assert "1 of those held out" in str(done)
    path = written_study(folder, TARGETS)
    other = calibration.calibrate(path, output=folder / "other", tell=lambda line: None)
    assert "of those held out" not in str(other)


def test_what_is_stored_is_read_back(known, folder):
    done = carestair.calibrate(written_study(folder), output=folder / "out", tell=lambda line: None)
    again = calibration.read(folder / "out")
    assert str(again) == str(done)
    np.testing.assert_allclose(again.posterior, done.posterior, rtol=1e-5)
    assert list(again.evaluations["origin"][:2]) == ["as written", "initial"]
    values = yaml.safe_load((folder / "out" / "values.yaml").read_text())
    factor = done.fitted["seeking.base_rate"]
    rows = values["seeking"]["base_rate"]["csv"].splitlines()
    assert rows[0] == "need_level,value,low,high"
    assert float(rows[1].split(",")[1]) == pytest.approx(0.4 * factor, rel=1e-3)
    assert values["allocation"]["strictness"]["kind"] == "model_estimate"
    assert values["allocation"]["strictness"]["source"] in values["sources"]
    with pytest.raises(CalibrationError, match="no calibration that has come to its end"):
        calibration.read(folder)


def test_a_search_that_was_stopped_goes_on_to_the_same_numbers(known, folder):
    path = written_study(folder)
    whole, parts = folder / "whole", folder / "parts"
    calibration.calibrate(path, output=whole, tell=lambda line: None)
    lines = []

    def stop(line):
        lines.append(line)
        if len(lines) == 3:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        calibration.calibrate(path, output=parts, tell=stop)
    table = parts / "evaluations.csv"
    table.write_text(table.read_text()[:-5])  # and the disk did not get all of the last line
    calibration.calibrate(path, output=parts, resume=True, tell=lambda line: None)
    for name in ("evaluations.csv", "result.yaml", "posterior.csv", "values.yaml"):
        assert (parts / name).read_bytes() == (whole / name).read_bytes(), name

    other = written_study(folder, seed=6)
    with pytest.raises(CalibrationError, match="is of another seed"):
        calibration.calibrate(other, output=parts, resume=True)
    with pytest.raises(CalibrationError, match="nothing to resume"):
        calibration.calibrate(path, output=folder / "new", resume=True)
    with pytest.raises(CalibrationError, match="holds other files"):
        calibration.calibrate(path, output=folder)


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        (b"", "is no file of sections"),
        (b"some text", "is no file of sections"),
        (b"\x89HDF\r\n\x1a\n\xff", "is not text in UTF-8"),
        (b"a: \x01", "is not YAML"),
        (b"a: 2020-13-45", "is not YAML"),
        (b"a: [b", "is not YAML"),
        (b"targets: []", "lacks configuration"),
    ],
)
def test_what_is_no_calibration_ends_with_2(tmp_path, capsys, text, complaint):
    path = tmp_path / "study.yaml"
    path.write_bytes(text)
    assert main(["calibrate", str(path), "-o", str(tmp_path / "out")]) == 2
    assert complaint in capsys.readouterr().err


def test_evaluations_that_are_damaged_are_told(known, folder, capsys):
    words = ["calibrate", str(written_study(folder)), "-o", str(folder / "out")]
    assert main(words) == 0
    table = folder / "out" / "evaluations.csv"
    lines = table.read_bytes().splitlines(keepends=True)
    table.write_bytes(b"".join([lines[0], b"0,\xff\xfe\n", *lines[2:]]))
    assert main([*words, "--resume"]) == 2
    assert "evaluations.csv:2: is no evaluation" in capsys.readouterr().err


def test_a_folder_that_cannot_be_written_ends_with_3(known, folder, capsys):
    (folder / "file").touch()
    words = ["calibrate", str(written_study(folder)), "-o", str(folder / "file" / "out")]
    assert main(words) == 3
    assert "cannot be written" in capsys.readouterr().err


@pytest.mark.parametrize("option", ["-t", "--evaluations"])
@pytest.mark.parametrize("number", ["0", "-1", "1.5", "nan", "a", "100000000"])
def test_numbers_of_the_command_are_whole_and_in_range(folder, capsys, option, number):
    with pytest.raises(SystemExit) as caught:
        main(["calibrate", str(written_study(folder)), option, number])
    assert caught.value.code == 2
    most = 1024 if option == "-t" else 1_000_000
    assert f"expected a whole number from 1 to {most}, not `{number}`" in capsys.readouterr().err


def test_evaluations_are_not_thrown_away(known, folder, capsys):
    path = written_study(folder)
    words = ["calibrate", str(path), "-o", str(folder / "out")]
    assert main(words) == 0
    kept = {file: file.read_bytes() for file in (folder / "out").iterdir()}
    capsys.readouterr()
    for more in ([], ["--evaluations", "30"]):
        assert main([*words, *more]) == 2
        assert capsys.readouterr().err == (
            f"error: {folder / 'out'}: holds the evaluations of an earlier calibration\n"
            "  add --resume to go on with it, or remove the folder to begin anew\n"
        )
    assert {file: file.read_bytes() for file in (folder / "out").iterdir()} == kept
    assert main([*words, "--resume"]) == 0

    # One that was stopped before its first batch has nothing to lose.
    table = folder / "out" / "evaluations.csv"
    table.write_text(table.read_text().splitlines()[0] + "\n")
    assert main(words) == 0


def test_a_folder_is_refused_before_anything_is_run(monkeypatch, folder, capsys):
    monkeypatch.setattr(study, "Simulator", lambda *_: pytest.fail("it was run"))
    path = written_study(folder)
    (folder / "file").touch()
    for output, complaint in (("file", "is a file"), (".", "holds other files")):
        assert main(["calibrate", str(path), "-o", str(folder / output)]) == 2
        assert complaint in capsys.readouterr().err


def test_a_damaged_state_is_told(known, folder, capsys):
    path = written_study(folder)
    words = ["calibrate", str(path), "-o", str(folder / "out"), "--resume"]
    assert main(words[:-1]) == 0
    for damage in (b"", b"\xff\xfe", b"a: [", b"- list"):
        (folder / "out" / study.STATE).write_bytes(damage)
        assert main(words) == 2
        assert "calibration-state.yaml: cannot be read" in capsys.readouterr().err


def test_a_larger_budget_goes_on_from_a_smaller(known, folder):
    path = written_study(folder)
    calibration.calibrate(path, output=folder / "a", evaluations=30, tell=lambda line: None)
    calibration.calibrate(path, output=folder / "a", resume=True, tell=lambda line: None)
    calibration.calibrate(path, output=folder / "b", tell=lambda line: None)
    assert (folder / "a/result.yaml").read_bytes() == (folder / "b/result.yaml").read_bytes()
    with pytest.raises(CalibrationError, match="begins with 10 points"):
        calibration.calibrate(path, output=folder / "a", evaluations=5)


def test_a_trace_of_other_points_is_refused(tmp_path):
    trace = Trace(tmp_path / "t.csv", ["a"], ["x"])
    trace.begin()
    one = np.array([[1.0]])
    trace.add(["initial"], one, one, one)
    again = Trace(tmp_path / "t.csv", ["a"], ["x"])
    assert again.read() == 1
    np.testing.assert_array_equal(again.recall(one)[0], one)
    assert again.recall(np.ones((2, 1))) is None
    with pytest.raises(CalibrationError, match="another search"):
        again.recall(2 * one)
    with pytest.raises(CalibrationError, match="other parameters or targets"):
        Trace(tmp_path / "t.csv", ["b"], ["x"]).read()


# --- refusals -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("old", "new", "line", "complaint"),
    [
        ("fit:", "fits:", 3, "does not know fits"),
        ("- old\n", "- odl\n", 3, "there is no target odl"),
        ("- alarms", "- users", 6, "users cannot be fitted and held out"),
        ("short.yaml", "long.yaml", 1, "there is no configuration"),
        ("low: 0.5", "low: 5", 11, "low of seeking.base_rate must be below high"),
        ("low: 0.5", "low: half", 10, "low must be a number, not 'half'"),
        ("- address: allocation.strictness", "- adress: a", 12, "does not know adress"),
        ("allocation.strictness", "seeking.base_rate", 12, "seeking.base_rate is named twice"),
        ("seeking.base_rate", "seeking.base_rate[need_level=some]", 9, "part of a table"),
        ("replications: 4", "replications: 1", 13, "replications must be a whole number from 2"),
        ("starts: 2", "method: newton", 18, "there is no method newton"),
        ("starts: 2", "starts: 20", 18, "more starts than points"),
        ("draws: 20", "draws: 20\ndraws: 30", 20, "draws stands here twice"),
        ("draws: 20", "draws: [20", 20, "is not YAML"),
    ],
)
def test_a_faulty_calibration_is_refused_with_its_line(folder, old, new, line, complaint):
    path = written_study(folder)
    text = path.read_text()
    assert text.count(old) >= 1
    path.write_text(text.replace(old, new, 1))
    with pytest.raises(CalibrationError) as refused:
        read_specification(path)
    assert complaint in str(refused.value)
    assert refused.value.line == line
    assert str(refused.value).startswith(f"{path}:{refused.value.line}: ")


@pytest.mark.parametrize(
    ("parameter", "complaint"),
    [
        ({"address": "seeking.bse_rate"}, "9: there is no number or table seeking.bse_rate"),
        ({"address": "seeking.base_rate"}, "9: .* a table, searched as a factor"),
        ({"address": "allocation.weight"}, "9: .* without a range of its own"),
        ({"address": "allocation.strictness", "low": 0.7}, "10: .* not within 0.7 to 1"),
    ],
)
def test_a_parameter_without_a_way_to_go_is_refused(known, folder, parameter, complaint):
    search = {"method": "history_matching", "initial": 4}
    path = written_study(folder, parameters=[parameter], search=search)
    with pytest.raises(CalibrationError, match=f"study.yaml:{complaint}"):
        calibration.calibrate(path, output=folder / "out")


def test_a_target_that_cannot_be_fitted_is_refused(folder):
    targets = {**TARGETS, "new": {"measure": "new_users_rate", "unit": "per_year", "value": 0.3}}
    with pytest.raises(CalibrationError, match=r"study.yaml:3: target new needs the event log"):
        read_specification(written_study(folder, targets, fit=["new"]))
    # `rest` takes those that can be held against a mean.
    spec = read_specification(written_study(folder, targets, held_out="rest"))
    assert [t.id for t in spec.held_out] == ["alarms"]


@pytest.mark.parametrize("place", ["selbu", "town"])
def test_what_is_shipped_is_accepted(run, place):
    spec = read_specification(REPOSITORY / "configs" / place / "calibration.yaml")
    assert spec.fitted
    assert spec.held_out
    run("check", f"configs/{place}/calibrated.yaml")
    listed = run("params", f"configs/{place}/calibrated.yaml", "--csv")
    fitted = {line.split(",")[0] for line in listed.splitlines() if "own_calibration" in line}
    assert fitted == {parameter.address for parameter in spec.parameters}


def test_faults_from_the_shell_end_with_2(folder, capsys):
    path = written_study(folder, fit=[])
    assert main(["calibrate", str(path)]) == 2
    assert f"{path}:3: names no target to fit" in capsys.readouterr().err


# --- the model itself -----------------------------------------------------------------------------


def test_a_twin_experiment_finds_the_parameters_behind_its_targets(short, tmp_path, capsys, run):
    """Targets are what the model gives at known parameters, by other chance."""
    configs = tmp_path / "configs"
    shutil.copytree(short.parent, configs)
    targets = {
        "users": TARGETS["users"],
        "admitted": {"measure": "acute_admissions_80plus", "unit": "per_year", "value": 0.5},
        "alarms": TARGETS["alarms"],
    }
    for target in targets.values():
        target["se"] = 0.03 * target["value"]
    parameters = [
        {"address": "allocation.sound_hours", "low": 0.4, "high": 2.5},
        {"address": "acute.rate", "low": 0.5, "high": 2.0},
    ]
    truth = [1.7, 1.4]
    changes = {
        "fit": ["users", "admitted"],
        "parameters": parameters,
        "search": {"initial": 12, "evaluations": 24, "starts": 1},
        "replications": 3,
        "confirm": 12,
    }
    path = written_study(configs, targets, **changes)
    with Simulator(read_specification(path)) as simulator:
        simulator.probe()
        addresses = [p["address"] for p in parameters]
        made = simulator.evaluate(addresses, np.array([truth]), seed=99, replications=12)
    for target, value in zip(targets.values(), made.mean(axis=(0, 1)), strict=True):
        target.update(value=float(value), se=0.02 * float(value))
    path = written_study(configs, targets, **changes)
    fitted = configs / "fitted.yaml"
    words = ["calibrate", str(path), "-o", str(tmp_path / "out"), "--write", str(fitted)]
    assert main(words) == 0
    done = calibration.read(tmp_path / "out")
    assert str(done) in capsys.readouterr().out
    for (_, p), true in zip(done.parameters.iterrows(), truth, strict=True):
        assert p["posterior_low"] < true < p["posterior_high"]
        assert p["spread"] < 0.8
        assert abs(np.log(p["fitted"] / true)) < 0.25
    # Nor is it by the chance of the search's own worlds: others agree.
    away = done.targets[["implausibility_before", "implausibility_after"]]
    assert (away["implausibility_before"] > 10).all()
    assert (away["implausibility_after"] < away["implausibility_before"] / 2).all()

    # The fitted values are a configuration like any other, and the program takes them.
    calibrated = configs / "calibrated.yaml"
    calibrated.write_text("include: [short.yaml, fitted.yaml]\n")
    listed = run("params", calibrated, "--csv")
    line = next(x for x in listed.splitlines() if x.startswith("acute.rate,"))
    assert line.endswith("own_calibration,model_estimate")


def test_a_calibration_is_drawn(known, folder, tmp_path):
    done = calibration.calibrate(
        written_study(folder), output=folder / "out", tell=lambda line: None
    )
    figure = carestair.plot.calibration(done)
    figure.savefig(tmp_path / "figure.png")
    left, right = figure.axes
    drawn = [text.get_text().replace(".\n", ".") for text in right.get_yticklabels()]
    assert drawn == list(done.parameters.index)
    assert len(left.get_yticklabels()) == 3
