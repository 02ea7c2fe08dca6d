"""Runs in this process give what the command gives, and are as kind."""

import os
import signal
import subprocess
import sys
import threading
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import xarray as xr

import carestair

FEW = {"replications": 2, "threads": 1}


@pytest.fixture(scope="module")
def short(short):
    """Half a year, for what is compared does not need more."""
    brief = short.with_name("brief.yaml")
    brief.write_text("include: [short.yaml]\nsimulation: {end: 2020-07-01, burn_in_years: 0}\n")
    return brief


@pytest.fixture(scope="module")
def in_memory(engine, short):
    return carestair.evaluate(short, replications=2)


@pytest.fixture(scope="module")
def of_command(run, short, tmp_path_factory):
    path = tmp_path_factory.mktemp("command") / "short.h5"
    run("run", short, "-o", path, "--replications", "2", "--events", "--persons")
    return path


def test_same_bytes_as_the_command(engine, of_command, short, tmp_path):
    output = tmp_path / "here.h5"
    with carestair.run(short, output=output, replications=2, events=True, persons=True) as result:
        assert result.complete
        assert len(result.events) > 0
    assert output.read_bytes() == of_command.read_bytes()


def test_worlds_in_memory_are_those_of_the_file(in_memory, of_command):
    with carestair.open(of_command) as file:
        for group in ("indicators", "persons"):
            xr.testing.assert_identical(getattr(in_memory, group), getattr(file, group).load())
        xr.testing.assert_identical(carestair.headlines(in_memory), carestair.headlines(file))
        assert in_memory.config == file.config
        assert in_memory.evidence.equals(file.evidence)
        assert in_memory.scenario_titles == file.scenario_titles
        assert (in_memory.start, in_memory.end) == (file.start, file.end)
    with pytest.raises(carestair.NoEventLogError, match="events=True"):
        _ = in_memory.events


def test_only_what_is_named_is_kept(engine, in_memory, short):
    some = carestair.evaluate(short, indicators="waiting", scenarios="doubled", **FEW)
    assert list(some.indicators.data_vars) == ["waiting"]
    assert some.scenarios == ("baseline", "doubled")
    xr.testing.assert_equal(
        some.total("waiting", by="service"),
        in_memory.total("waiting", by="service").sel(scenario=["baseline", "doubled"]),
    )


def test_a_dict_is_run_as_a_file_is(engine, in_memory, short):
    config = {
        "include": [short.name],
        "title": "æ, from a dict",
        "simulation": {"replications": np.int64(2)},
    }
    with carestair.run(config, folder=short.parent, scenarios=["doubled"]) as result:
        assert result.title == "æ, from a dict"
        xr.testing.assert_equal(
            result.total("cost"), in_memory.total("cost").sel(scenario=["baseline", "doubled"])
        )
        kept = result.path
        assert kept.exists()
    assert not kept.exists()


def test_a_result_without_output_goes_with_its_last_user(engine, short):
    path = carestair.run(short, scenarios="baseline", replications=1).path
    assert not path.exists()


def test_faults_are_those_the_command_tells(engine, program, short, tmp_path):
    wrong = short.with_name("wrong.yaml")
    wrong.write_text("include: [short.yaml]\nsimulation: {replications: 0, sed: 1}\n")
    told = subprocess.run([program, "check", wrong], capture_output=True, text=True, check=False)
    with pytest.raises(carestair.ConfigurationError) as caught:
        carestair.run(wrong, output=tmp_path / "never.h5")
    assert str(caught.value) == told.stderr.rstrip("\n")
    assert [(fault.line, fault.column) for fault in caught.value.faults] == [(2, 28), (2, 31)]
    assert "did you mean `seed`?" in caught.value.faults[1].hint
    assert not (tmp_path / "never.h5").exists()


def test_a_program_in_place_of_a_configuration_is_told(engine, tmp_path):
    path = tmp_path / "program.yaml"
    path.write_bytes(b"\x7fELF\x02\x01\x01\x03\x10\x14\xd0\x6a")
    with pytest.raises(carestair.ConfigurationError, match=r"program\.yaml.*is not text"):
        carestair.run(path)


@pytest.mark.parametrize(
    ("arguments", "error", "told"),
    [
        ({"scenarios": "doubeld"}, carestair.ConfigurationError, "did you mean `doubled`"),
        ({"output": "/no/such/folder/a.h5"}, carestair.ResultError, "make the folder first"),
        ({"replications": 0}, ValueError, "replications must be 1 to 1000000, not 0"),
        ({"seed": -3}, ValueError, "seed must be 0"),
        ({"folder": "."}, ValueError, "folder is for a configuration given as a dict"),
        ({"resume": True}, ValueError, "name it"),
        ({"threads": 100_000}, ValueError, "threads must be 0 to 1024, not 100000"),
        ({"threads": -1}, ValueError, "threads must be 0 to 1024, not -1"),
        ({"threads": True}, TypeError, "threads must be a whole number from 0 to 1024, not True"),
        ({"threads": None}, TypeError, "threads must be a whole number"),
        ({"seed": 1.5}, TypeError, "seed must be a whole number from 0 to 2147483647, not 1.5"),
        ({"seed": float("nan")}, TypeError, "seed must be a whole number"),
        ({"seed": np.True_}, TypeError, "seed must be a whole number"),
        ({"replications": "3"}, TypeError, "replications must be a whole number .* not '3'"),
        ({"scenarios": []}, ValueError, "scenarios names none: leave it out for all"),
        ({"scenarios": 5}, TypeError, "scenarios must be a name or a list of names, not 5"),
        ({"scenarios": ["doubled", 5]}, TypeError, "scenarios must be a name or a list of names"),
        ({"events": "no"}, TypeError, "events must be True or False, not 'no'"),
        ({"persons": 1}, TypeError, "persons must be True or False, not 1"),
        ({"resume": 0}, TypeError, "resume must be True or False, not 0"),
        ({"progress": 3}, TypeError, "progress must be True, False, None or a function, not 3"),
        ({"stop": 3}, TypeError, "stop must be a function or None, not 3"),
    ],
)
def test_bad_arguments_are_refused(engine, short, arguments, error, told):
    with pytest.raises(error, match=told):
        carestair.run(short, **arguments)


def test_numbers_of_numpy_are_numbers(engine, short):
    few = {"seed": np.int64(7), "replications": np.uint8(1), "threads": np.int32(2)}
    assert carestair.evaluate(short, scenarios="baseline", indicators="waiting", **few).seed == 7


@pytest.mark.parametrize(
    ("arguments", "error", "told"),
    [
        ({"threads": 1025}, ValueError, "threads must be 0 to 1024"),
        ({"seed": 1.0}, TypeError, "seed must be a whole number"),
        ({"indicators": []}, ValueError, "indicators names none"),
        ({"indicators": [3]}, TypeError, "indicators must be a name or a list of names"),
    ],
)
def test_bad_arguments_of_evaluate_are_refused(engine, short, arguments, error, told):
    with pytest.raises(error, match=told):
        carestair.evaluate(short, **arguments)


def test_unknown_indicator_is_refused(engine, short):
    with pytest.raises(carestair.ConfigurationError, match="no indicator `waitng`"):
        carestair.evaluate(short, indicators=["waitng"])


@pytest.fixture
def hears_ctrl_c():
    """Python leaves SIGINT alone where it is ignored, as for jobs in the background of a shell."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


def test_ctrl_c_keeps_what_is_finished(engine, in_memory, short, tmp_path, hears_ctrl_c):
    output = tmp_path / "stopped.h5"
    told = []

    def interrupt(finished, planned):
        told.append((finished, planned))
        if finished >= 2 and len(told) < 1000:
            signal.raise_signal(signal.SIGINT)

    with pytest.raises(KeyboardInterrupt, match=r"replications are in .*stopped\.h5"):
        carestair.run(short, output=output, replications=5000, threads=1, progress=interrupt)
    assert told[-1][1] == 5000
    with carestair.open(output) as kept:
        assert not kept.complete
        assert 2 <= kept.replications < 5000
        two = kept.total("cost").isel(replication=slice(0, 2))
        xr.testing.assert_equal(two, in_memory.total("cost"))
    assert output.with_name("stopped.h5.worlds").exists()


def test_ctrl_c_from_outside_is_heard_while_nothing_is_shown(engine, short, tmp_path, hears_ctrl_c):
    output = tmp_path / "stopped.h5"
    # The signal comes while this thread waits, not while it runs a function of ours.
    late = ["sh", "-c", f"sleep 1; kill -INT {os.getpid()}"]
    with (
        subprocess.Popen(late),
        pytest.raises(KeyboardInterrupt, match=r"replications are in .*stopped\.h5"),
    ):
        carestair.run(short, output=output, replications=5000, threads=1, progress=False)
    with carestair.open(output) as kept:
        assert 0 < kept.replications < 5000


def test_a_study_with_a_title_of_its_own_asks_no_question_of_another(engine, short):
    own = short.with_name("own.yaml")
    own.write_text(f"include: [{short.name}]\ntitle: Of its own\n")
    assert carestair.evaluate(own, replications=1).question == ""


def test_stop_ends_a_run_that_resume_goes_on_with(engine, short, tmp_path):
    output = tmp_path / "stopped.h5"
    many = {"output": output, "replications": 12, "threads": 1, "scenarios": "baseline"}
    finished = 0

    def tell(done, _):
        nonlocal finished
        finished = done

    with carestair.run(short, **many, progress=tell, stop=lambda: finished > 0) as part:
        if part.complete:
            pytest.skip("the machine was faster than the look at it")
        assert part.replications_planned == 12
    with carestair.run(short, **many, resume=True) as whole:
        assert whole.complete
    once = tmp_path / "once.h5"
    carestair.run(short, **{**many, "output": once}).close()
    assert once.read_bytes() == output.read_bytes()


def test_what_progress_raises_comes_out(engine, short):
    def fail(finished, planned):
        raise RuntimeError("told")

    with pytest.raises(RuntimeError, match="told"):
        carestair.evaluate(short, replications=5000, indicators="cost", progress=fail)


def test_runs_side_by_side_do_not_disturb_each_other(engine, in_memory, short):
    found = {}

    def live(name):
        found[name] = carestair.evaluate(short, indicators="cost", **FEW).total("cost")

    threads = [threading.Thread(target=live, args=(name,)) for name in "ab"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    xr.testing.assert_equal(found["a"], found["b"])
    xr.testing.assert_equal(found["a"], in_memory.total("cost"))


def test_draws_are_numbered_in_memory_as_in_the_file(engine, short, tmp_path):
    config = {
        "include": [short.name],
        "simulation": {"replications": 1},
        "experiment": {"sweep": {"services.reablement.capacity": [2, 4]}},
    }
    asked = {"folder": short.parent, "scenarios": "doubled"}
    with carestair.run(config, **asked) as file:
        memory = carestair.evaluate(config, **asked)
        xr.testing.assert_identical(memory.indicators, file.indicators.load())
        pd.testing.assert_frame_equal(memory.draws, file.draws)
        assert memory.draws.attrs == file.draws.attrs
        assert memory._header.design == file._header.design
        assert memory._header.replications_per_draw == file._header.replications_per_draw


def test_the_engine_is_missed_with_advice(monkeypatch, short):
    monkeypatch.setitem(sys.modules, "carestair._engine", None)
    monkeypatch.delattr(carestair, "_engine", raising=False)
    with pytest.raises(carestair.EngineMissingError, match="pip install"):
        carestair.run(short)


def test_the_command_is_in_the_package(engine, short, capfd):
    from carestair.__main__ import command

    assert command(["check", str(short)]) == 0
    assert "Nothing wrong found" in capfd.readouterr().out
    assert command(["chekc", str(short)]) == 2
    assert "did you mean `check`?" in capfd.readouterr().err
    assert command(["picture", str(short)]) == 2
    assert "is not an HDF5 file" in capfd.readouterr().err


def test_the_stub_says_what_the_engine_has(engine, tmp_path):
    fresh = tmp_path / "_engine.pyi"
    made = [sys.executable, "-m", "nanobind.stubgen", "-q", "-m", "carestair._engine", "-o", fresh]
    subprocess.run(made, check=True)
    written = Path(carestair.__file__).with_name("_engine.pyi")
    assert written.read_text() == fresh.read_text(), "copy it: " + " ".join(map(str, made))
