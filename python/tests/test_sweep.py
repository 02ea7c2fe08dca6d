"""A study lived here, by workers of a cluster and by the command is the same to the byte."""

import subprocess
from pathlib import Path

import pandas as pd
import pytest

import carestair

REPOSITORY = Path(__file__).resolve().parents[2]
OVER = {"services.reablement.capacity": [2, 4], "allocation.strictness": [0.9]}


@pytest.fixture(scope="module")
def short(short):
    brief = short.with_name("swept.yaml")
    brief.write_text("include: [short.yaml]\nsimulation: {end: 2020-07-01, burn_in_years: 0}\n")
    return brief


@pytest.fixture(scope="module")
def client():
    distributed = pytest.importorskip("dask.distributed")
    with (
        distributed.LocalCluster(
            n_workers=2, threads_per_worker=1, dashboard_address=None, silence_logs=50
        ) as cluster,
        distributed.Client(cluster) as client,
    ):
        yield client


@pytest.fixture(scope="module")
def asked():
    return {"over": OVER, "scenarios": "doubled", "replications": 3}


@pytest.fixture(scope="module")
def here(engine, short, asked, tmp_path_factory):
    path = tmp_path_factory.mktemp("sweep") / "here.h5"
    carestair.sweep(short, **asked, output=path).close()
    return path


def test_a_cluster_gives_the_same_bytes(here, client, short, asked, tmp_path):
    output = tmp_path / "there.h5"
    told = []
    with carestair.sweep(
        short, **asked, output=output, client=client, parts=3, progress=lambda *t: told.append(t)
    ) as result:
        assert result.complete
        assert list(result.draws.columns) == list(OVER)
        assert result.draws["services.reablement.capacity"].tolist() == [2, 4]
    assert output.read_bytes() == here.read_bytes()
    assert told == [(1, 3), (2, 3), (3, 3)]
    assert [path.name for path in tmp_path.iterdir()] == ["there.h5"]


def test_the_command_gives_the_same_worlds(here, run, short, tmp_path):
    written = short.with_name("written.yaml")
    written.write_text(
        f"include: [{short.name}]\nexperiment: {{sweep: {{services.reablement.capacity: [2, 4], "
        "allocation.strictness: [0.9]}}\n"
    )
    output = tmp_path / "command.h5"
    run("run", written, "-o", output, "--scenarios", "doubled", "--replications", "3")
    with carestair.open(output) as command, carestair.open(here) as ours:
        assert command.configuration_sha256 == ours.configuration_sha256
        assert carestair.headlines(command).identical(carestair.headlines(ours))


def test_parts_that_are_there_are_not_lived_again(here, client, short, asked, tmp_path):
    output = tmp_path / "again.h5"
    folder = tmp_path / "again.h5.parts"

    def stop(done, _):
        if done == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt, match=r"2 of 3 parts are in .*resume=True"):
        carestair.sweep(short, **asked, output=output, client=client, parts=3, progress=stop)
    before = {path: path.stat().st_mtime_ns for path in folder.iterdir()}
    assert len(before) == 2
    with pytest.raises(ValueError, match="resume=True goes on"):
        carestair.sweep(short, **asked, output=output, client=client, parts=3)
    told = []
    carestair.sweep(
        short,
        **asked,
        output=output,
        client=client,
        parts=3,
        resume=True,
        progress=lambda *t: told.append(t),
    ).close()
    assert told == [(3, 3)]
    assert output.read_bytes() == here.read_bytes()
    assert not folder.exists()


def test_draws_from_a_table(engine, short):
    draws = pd.DataFrame({"mortality.rate": [0.9, 1.1]}, index=[7, 8])
    with carestair.sweep(short, draws=draws, scenarios="baseline", replications=1) as result:
        assert result.draws["mortality.rate"].tolist() == [0.9, 1.1]


def test_what_is_wrong_is_told_before_anything_is_sent(client, short, tmp_path):
    with pytest.raises(carestair.ConfigurationError, match="did you mean"):
        carestair.sweep(short, over={"mortality.rat": [1.0]}, client=client)
    with pytest.raises(ValueError, match="exclude each other"):
        carestair.sweep(short, over=OVER, draws=2)
    (tmp_path / "mine.txt").write_text("not a result")
    with pytest.raises(carestair.ConfigurationError, match="not a result of carestair"):
        carestair.sweep(short, over=OVER, client=client, output=tmp_path / "mine.txt")


@pytest.mark.parametrize(
    ("arguments", "error", "told"),
    [
        ({"parts": 0}, ValueError, "parts must be 1 to 1000000, not 0"),
        ({"parts": 1.5}, TypeError, "parts must be a whole number from 1 to 1000000, not 1.5"),
        ({"scenarios": []}, ValueError, "scenarios names none"),
        ({"scenarios": 5}, TypeError, "scenarios must be a name or a list of names, not 5"),
        ({"seed": 1.5}, TypeError, "seed must be a whole number"),
    ],
)
def test_bad_arguments_are_refused(engine, short, arguments, error, told):
    with pytest.raises(error, match=told):
        carestair.sweep(short, **arguments)


def test_slurm_examples_are_shell():
    for script in sorted((REPOSITORY / "docs" / "examples").glob("*.sh")):
        subprocess.run(["bash", "-n", script], check=True)
