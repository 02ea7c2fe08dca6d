"""The evaluations of a search: points and what worlds gave there, kept on disk as they come.

The table is all a search depends on: with it and the seed a search that was stopped takes the same
way again, answered from the table as far as it reaches.
"""

from __future__ import annotations

import csv
from collections.abc import Sequence
from itertools import islice
from pathlib import Path

import numpy as np
import numpy.typing as npt

from carestair.calibration.lines import CalibrationError

Array = npt.NDArray[np.float64]

_FIRST = ("evaluation", "origin")


def holds_evaluations(path: Path) -> bool:
    """Whether there is more than a heading."""
    with path.open("rb") as file:
        return len(list(islice(file, 2))) > 1


class Trace:
    """Evaluations in the order in which they were made.

    Attributes
    ----------
    origin : list of str
        What asked for the point: ``initial``, ``start 1``, ``wave 2`` ...
    points : array of shape (evaluation, parameter)
    mean, variance : array of shape (evaluation, target)
        Over the worlds of a point.
    """

    def __init__(self, path: Path, addresses: Sequence[str], targets: Sequence[str]) -> None:
        self._path = path
        self._header = [
            *_FIRST,
            *addresses,
            *(f"mean:{name}" for name in targets),
            *(f"variance:{name}" for name in targets),
        ]
        self._wide = (len(addresses), len(targets))
        self._known: list[tuple[str, list[float]]] = []
        self.origin: list[str] = []
        self._rows: list[list[float]] = []

    def read(self) -> int:
        """Take in what is on disk, to be recalled; returns how many evaluations that is."""
        # What is damaged is no number, and told below with its line.
        with self._path.open(newline="", encoding="utf-8", errors="replace") as file:
            lines = [line for line in file if line.endswith("\n")]  # the last may have been cut off
        rows = list(csv.reader(lines))
        if not rows or rows[0] != self._header:
            raise CalibrationError("holds other parameters or targets", self._path)
        for line, row in enumerate(rows[1:], 2):
            try:
                if len(row) != len(self._header):
                    raise ValueError
                self._known.append((row[1], [float(cell) for cell in row[2:]]))
            except ValueError:
                raise CalibrationError("is no evaluation", self._path, line=line) from None
        return len(self._known)

    def begin(self) -> None:
        """Write the table anew with the evaluations that are known."""
        # Beside it first: what is known is hours of work, and the disk may be full.
        growing = self._path.with_suffix(".growing")
        with growing.open("w", newline="", encoding="utf-8") as file:
            csv.writer(file).writerow(self._header)
            for number, (origin, row) in enumerate(self._known):
                csv.writer(file).writerow([number, origin, *map(repr, row)])
        growing.replace(self._path)

    def recall(self, points: Array) -> tuple[Array, Array] | None:
        """Mean and variance of the next points, if all are known."""
        first = len(self.origin)
        known = self._known[first : first + len(points)]
        if len(known) < len(points):
            return None
        rows = np.array([row for _, row in known])
        if not np.array_equal(rows[:, : self._wide[0]], points):
            raise CalibrationError(
                "is of another search", self._path, "remove its folder to begin anew"
            )
        mean, variance = np.split(rows[:, self._wide[0] :], 2, axis=1)
        return mean, variance

    def add(self, origin: Sequence[str], points: Array, mean: Array, variance: Array) -> None:
        """Add evaluations, on disk too unless they came from there."""
        rows = np.hstack([points, mean, variance])
        with self._path.open("a", newline="", encoding="utf-8") as file:
            for name, row in zip(origin, rows, strict=True):
                if len(self.origin) >= len(self._known):
                    cells = [repr(float(value)) for value in row]
                    csv.writer(file).writerow([len(self.origin), name, *cells])
                self.origin.append(name)
                self._rows.append([float(value) for value in row])

    def __len__(self) -> int:
        return len(self.origin)

    @property
    def points(self) -> Array:
        """Shape (evaluation, parameter)."""
        return np.array(self._rows)[:, : self._wide[0]]

    @property
    def mean(self) -> Array:
        """Shape (evaluation, target)."""
        first = self._wide[0]
        return np.array(self._rows)[:, first : first + self._wide[1]]

    @property
    def variance(self) -> Array:
        """Shape (evaluation, target)."""
        return np.array(self._rows)[:, sum(self._wide) :]
