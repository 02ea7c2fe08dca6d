"""Every scenario of configs/scenarios is accepted, runs, moves something, and has its expectation.

Whether results go the way that is expected takes longer: see check_directions.py.
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

import library
import page

NAMES = library.names()


@pytest.fixture(scope="module")
def configs(tmp_path_factory):
    """A copy of the configurations: a file may include only what lies below the same `configs`."""
    folder = tmp_path_factory.mktemp("scenarios") / "configs"
    shutil.copytree(library.CONFIGS, folder)
    return folder


def test_there_are_scenarios():
    assert len(NAMES) >= 28


@pytest.mark.parametrize("name", NAMES)
def test_it_is_accepted_by_check(name):
    library.call("check", library.FOLDER / f"{name}.yaml")


@pytest.mark.parametrize("name", NAMES)
def test_it_says_what_it_asks(name):
    study = library.read(name)
    assert study["title"]
    assert study["question"].endswith(("?", "."))
    assert next(iter(study["scenarios"])) == library.BASELINE
    for scenario in study["scenarios"].values():
        assert scenario["title"]


@pytest.mark.parametrize("name", NAMES)
def test_it_changes_something(name, configs, tmp_path):
    expected = library.read_expected()["files"][name]
    result = tmp_path / "result.h5"
    library.run(library.shortened(name, configs, years=2), result, replications=2)
    outcomes = library.compare(result)
    if unmoved(outcomes, expected):  # some rules bind only when places have run short
        library.run(library.FOLDER / f"{name}.yaml", result, replications=2)
        outcomes = library.compare(result)
    assert not unmoved(outcomes, expected)
    asked = {entry["outcome"] for entries in expected.values() for entry in entries}
    assert all(asked <= found.keys() for found in outcomes.values())


def unmoved(outcomes, expected):
    """Scenarios as the baseline in every outcome, though something should move."""
    return [
        scenario
        for scenario, found in outcomes.items()
        if not any(outcome["difference"] for outcome in found.values())
        and any(entry["direction"] != "none" for entry in expected[scenario])
    ]


def test_every_scenario_has_an_expectation_and_the_other_way():
    written = {
        (name, scenario) for name in NAMES for scenario in library.read(name)["scenarios"]
    } - {(name, library.BASELINE) for name in NAMES if name not in library.compared_with()}
    files = library.read_expected()["files"]
    found = {(name, scenario) for name, scenarios in files.items() for scenario in scenarios}
    assert found == written
    assert all(entries for scenarios in files.values() for entries in scenarios.values())


def test_expectations_are_whole():
    sources = library.known_sources()
    for e in library.expectations():
        where = f"{e.file}, {e.scenario}, {e.outcome}"
        assert e.direction in library.DIRECTIONS, where
        assert e.why, where
        assert e.source, where
        assert set(e.source) <= sources, where
        assert bool(e.found) == bool(e.because), where
        assert not e.found or e.found in library.DIRECTIONS, where


def test_the_page_is_up_to_date():
    written = page.PAGE.read_text(encoding="utf-8")
    assert written == page.with_tables(), "run tests/scenarios/page.py"


def test_the_page_lists_every_file_once():
    assert sorted(page.listed()) == NAMES
