"""The scenario library (configs/scenarios) and what is expected of it (expected.yaml)."""

from __future__ import annotations

import datetime
import functools
import json
import os
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

REPOSITORY = Path(__file__).resolve().parents[2]
CONFIGS = REPOSITORY / "configs"
FOLDER = CONFIGS / "scenarios"
EXPECTED = FOLDER / "expected.yaml"
SOURCES = CONFIGS / "norway" / "sources.yaml"
BASELINE = "baseline"
LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
DIRECTIONS = ("up", "down", "none", "unclear")


class LibraryError(Exception):
    """Something is wrong with a scenario file or the program, not with what is found."""


@dataclass(frozen=True)
class Expectation:
    """What is expected of one outcome of one scenario, and why."""

    file: str
    scenario: str
    outcome: str
    direction: str
    why: str
    source: tuple[str, ...]
    found: str = ""  # where the model is known to say otherwise
    because: str = ""

    @property
    def wanted(self) -> str:
        """The direction a run should show."""
        return self.found or self.direction


def names() -> list[str]:
    """The scenario files, without their ending."""
    return sorted(path.stem for path in FOLDER.glob("*.yaml") if path != EXPECTED)


@functools.cache
def read_yaml(path: Path) -> dict[str, Any]:
    return yaml.load(path.read_text(encoding="utf-8"), LOADER)


def read(name: str) -> dict[str, Any]:
    return read_yaml(FOLDER / f"{name}.yaml")


def read_expected() -> dict[str, Any]:
    return read_yaml(EXPECTED)


def expectations() -> list[Expectation]:
    return [
        Expectation(file, scenario, **{**entry, "source": tuple(entry["source"])})
        for file, scenarios in read_expected()["files"].items()
        for scenario, entries in scenarios.items()
        for entry in entries
    ]


def compared_with() -> dict[str, str]:
    """Files whose own baseline is compared with that of another, by name."""
    return read_expected()["compared_with"]


def known_sources() -> set[str]:
    return set(read_expected()["sources"]) | set(read_yaml(SOURCES)["sources"])


def find_program() -> Path:
    named = os.environ.get("CARESTAIR") or shutil.which("carestair")
    program = Path(named) if named else REPOSITORY / "build" / "release" / "carestair"
    if not program.exists():
        raise LibraryError("the program is not built: build it, or set CARESTAIR to its path")
    return program


def call(*arguments: str | Path) -> str:
    """What the program prints; LibraryError with all it said when it fails."""
    done = subprocess.run([find_program(), *arguments], capture_output=True, text=True, check=False)
    if done.returncode != 0:
        words = " ".join(str(argument) for argument in arguments)
        raise LibraryError(f"carestair {words} failed:\n{done.stdout}{done.stderr}")
    return done.stdout


def run(config: Path, result: Path, replications: int, threads: int = 1) -> None:
    call("run", config, "-o", result, "-r", str(replications), "-t", str(threads))


def compare(result: Path) -> dict[str, dict[str, dict[str, Any]]]:
    """Outcomes by id, by scenario."""
    told = json.loads(call("compare", result, "--json"))
    return {
        scenario["id"]: {outcome["id"]: outcome for outcome in scenario["outcomes"]}
        for scenario in told["scenarios"]
    }


def shortened(name: str, configs: Path, years: int) -> Path:
    """In a copy of the configurations, a file that ends some years after all have begun."""
    first = [
        min(change["at"] for change in scenario["changes"])
        for scenario in read(name)["scenarios"].values()
        if scenario["changes"]
    ]
    end = datetime.date(max(first).year + years, 1, 1)
    path = configs / "scenarios" / f"short-{name}.yaml"
    path.write_text(
        f"include: [{name}.yaml]\nsimulation: {{end: {end}, burn_in_years: 1}}\n",
        encoding="utf-8",
    )
    return path
