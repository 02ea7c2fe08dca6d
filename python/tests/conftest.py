"""One short run of the real program, shared by all tests."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

import carestair

REPOSITORY = Path(__file__).resolve().parents[2]
DATA = Path(__file__).parent / "data"


def find_program() -> Path | None:
    named = os.environ.get("CARESTAIR")
    if named:
        return Path(named)
    built = REPOSITORY / "build" / "release" / "carestair"
    if built.exists():
        return built
    found = shutil.which("carestair")
    return Path(found) if found else None


@pytest.fixture(scope="session")
def program() -> Path:
    path = find_program()
    if path is None:
        pytest.skip(
            "THE PROGRAM IS NOT BUILT, SO NOTHING OF THE PYTHON PACKAGE IS TESTED: "
            "cmake --preset release && cmake --build --preset release --target carestair_command, "
            "or set CARESTAIR to its path"
        )
    assert path.is_file(), f"CARESTAIR names {path}, which is not there"
    return path


@pytest.fixture(scope="session")
def engine():
    """The engine in the package, which a whole check must not do without."""
    try:
        from carestair import _engine
    except ImportError as error:
        if os.environ.get("CARESTAIR_ENGINE_REQUIRED"):
            raise
        pytest.skip(f"THE ENGINE IS NOT BUILT, SO NOTHING IS RUN IN PROCESS: {error}")
    return _engine


@pytest.fixture(scope="session")
def run(program):
    def run(*arguments: str | Path, code: int = 0) -> str:
        done = subprocess.run(
            [program, *map(str, arguments)],
            capture_output=True,
            text=True,
            cwd=REPOSITORY,
            timeout=300,
            check=False,
        )
        assert done.returncode == code, done.stdout + done.stderr
        return done.stdout

    return run


@pytest.fixture(scope="session")
def short(tmp_path_factory) -> Path:
    configs = tmp_path_factory.mktemp("study") / "configs"
    shutil.copytree(REPOSITORY / "configs", configs)
    shutil.copy(DATA / "drawn.yaml", configs)
    return Path(shutil.copy(DATA / "short.yaml", configs))


@pytest.fixture(scope="session")
def result_file(run, short, tmp_path_factory) -> Path:
    path = tmp_path_factory.mktemp("run") / "short.h5"
    run("run", short, "-o", path)
    return path


@pytest.fixture(scope="session")
def logged_file(run, short, tmp_path_factory) -> Path:
    path = tmp_path_factory.mktemp("run") / "logged.h5"
    run("run", short, "-o", path, "--events", "--replications", "2")
    return path


@pytest.fixture(scope="session")
def drawn_file(run, short, tmp_path_factory) -> Path:
    path = tmp_path_factory.mktemp("run") / "drawn.h5"
    run("run", short.with_name("drawn.yaml"), "-o", path)
    return path


FOUR_KINDS = """
include: [short.yaml]
title: Four kinds of uncertainty
simulation: {replications: 2, end: 2022-01-01}
scenarios:
  doubled: {changes: [{at: 2020-03-01, address: services.reablement.capacity, scale: 2}]}
experiment: {draws: 3, vary: [services]}
structures:
  family_falling:
    title: Families help less
    changes: [{at: 2020-01-01, address: informal.future, set: falling}]
"""


@pytest.fixture(scope="session")
def kinds_file(run, short, tmp_path_factory) -> Path:
    """Draws, replications, structures and rows of persons in one file."""
    config = short.with_name("kinds.yaml")
    config.write_text(FOUR_KINDS)
    path = tmp_path_factory.mktemp("run") / "kinds.h5"
    run("run", config, "-o", path, "--persons", "--scenarios", "doubled")
    return path


@pytest.fixture(scope="session")
def kinds_page(kinds_file, tmp_path_factory) -> Path:
    path = tmp_path_factory.mktemp("page") / "kinds.html"
    with carestair.open(kinds_file) as kinds:
        carestair.report(kinds, path)
    return path


@pytest.fixture
def result(result_file):
    with carestair.open(result_file) as opened:
        yield opened


@pytest.fixture
def drawn(drawn_file):
    with carestair.open(drawn_file) as opened:
        yield opened


@pytest.fixture
def logged(logged_file):
    with carestair.open(logged_file) as opened:
        yield opened
