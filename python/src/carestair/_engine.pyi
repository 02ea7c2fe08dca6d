"""The engine of carestair; use it by way of the package carestair."""

from collections.abc import Sequence
import os
from typing import Any


class Control:
    """How far a run is, and the wish that it stop."""

    def __init__(self) -> None: ...

    def stop(self) -> None:
        """Start no further replication."""

    @property
    def finished(self) -> int:
        """Replications finished."""

    @property
    def planned(self) -> int:
        """Replications to live; 0 before the first."""

class Plan:
    """A configuration read and checked."""

    @property
    def replications(self) -> int:
        """Worlds of each scenario."""

    @property
    def configuration(self) -> str:
        """Resolved, as YAML without includes."""

    def description(self) -> str:
        """What a result says of its run, as JSON."""

    def describe_as(self, description: str) -> None:
        """Take the description of the same run planned elsewhere."""

    def coordinates(self) -> list[tuple[str, str, list[str], str]]:
        """Dimension, name, texts and meaning of each."""

class Outcome:
    """How a run ended."""

    @property
    def stopped(self) -> bool: ...

    @property
    def kept(self) -> int: ...

    @property
    def journal(self) -> str: ...

class Tables:
    """Worlds in memory."""

    @property
    def whole_replications(self) -> int: ...

    def take_arrays(self, plan: Plan) -> list[tuple[str, str, list[str], Any, dict[str, str]]]:
        """
        Group, name, dimensions, numbers and attributes of each; the tables are empty then.
        """

def plan(path: str | os.PathLike, text: str | None, shown: str, replications: int, seed: int, scenarios: Sequence[str], events: bool, persons: bool) -> Plan: ...

def run_whole(plan: Plan, output: str | os.PathLike, threads: int, resume: bool, control: Control) -> Outcome: ...

def run_part(plan: Plan, index: int, count: int, output: str | os.PathLike, threads: int, control: Control) -> Outcome: ...

def is_part(plan: Plan, index: int, count: int, path: str | os.PathLike) -> bool: ...

def check_output(path: str | os.PathLike) -> None: ...

def evaluate(plan: Plan, indicators: Sequence[str], threads: int, control: Control) -> Tables: ...

def merge(parts: Sequence[str | os.PathLike], path: str | os.PathLike) -> int: ...

def command(arguments: Sequence[str]) -> int: ...
