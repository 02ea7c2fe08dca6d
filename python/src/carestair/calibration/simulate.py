"""Worlds at points: the one place where a calibration runs the simulator.

All points of a batch are one sweep (`experiment: {sweep: points.csv}`): a configuration is read
once, and the points share persons and chance, so that what differs is the parameters.
"""

from __future__ import annotations

import csv
import shutil
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any

import numpy as np
import numpy.typing as npt
import yaml

import carestair
from carestair import validate
from carestair.calibration.lines import CalibrationError
from carestair.calibration.specification import Specification
from carestair.errors import ConfigurationError
from carestair.measures import NotRecordedError, Observed

Array = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Probe:
    """What a first world tells: the whole configuration, and which program lived it."""

    resolved: str
    scenarios: tuple[str, ...]
    program: str
    sources: frozenset[str]  # behind the configuration's own numbers, judgement apart


class Simulator:
    """Runs a configuration at points; use it as a context manager.

    Parameters
    ----------
    specification
        What is run and which targets are measured.
    threads
        Threads of a run; None: all cores. Results do not depend on it.
    """

    def __init__(self, specification: Specification, threads: int | None = None) -> None:
        self._of = specification
        self._threads = threads
        self._scenarios: tuple[str, ...] = ()
        self._folder = tempfile.TemporaryDirectory(prefix="carestair-")
        self._config = self._copy()

    def _copy(self) -> Path:
        """Copy the configuration's files, for a run reads only files of its own folder."""
        config = self._of.configuration.resolve()
        above = [folder for folder in config.parents if folder.name == "configs"]
        root = above[0] if above else config.parent
        copied = Path(self._folder.name) / root.name

        def others(folder: str, names: list[str]) -> set[str]:
            kept = (".yaml", ".yml", ".csv")
            return {n for n in names if (Path(folder) / n).is_file() and not n.endswith(kept)}

        shutil.copytree(root, copied, ignore=others)
        return copied / config.relative_to(root)

    def probe(self) -> Probe:
        """Live one world of the configuration as written, and see that all targets are measured."""
        with self._run({"experiment": None}, seed=self._of.seed, replications=1) as result:
            named = {t.scenario or result.baseline for t in self._of.all_targets}
            named |= {t.relative_to for t in self._of.all_targets if t.relative_to}
            self._measure(result)
            self._scenarios = tuple(s for s in result.scenarios if s not in named)
            sources = frozenset(validate.input_sources(result))
            return Probe(result.config, result.scenarios, result.program_version, sources)

    def evaluate(
        self, addresses: Sequence[str], points: Array, *, seed: int, replications: int
    ) -> Array:
        """Measure all targets at points.

        Parameters
        ----------
        addresses
            Parameters, in the order of the columns of `points`.
        points : array of shape (point, parameter)
        seed, replications
            Worlds of a point; replication r has the same chance at all points and in all calls
            of one seed.

        Returns
        -------
        array of shape (point, replication, target)
            NaN where a world holds nothing to measure.
        """
        table = self._config.parent / "calibration-points.csv"
        with table.open("w", newline="", encoding="utf-8") as file:
            writer = csv.writer(file)
            writer.writerow(addresses)
            writer.writerows([repr(float(v)) for v in point] for point in points)
        design = {"experiment": {"sweep": table.name}}
        with self._run(design, seed=seed, replications=replications) as result:
            values = self._measure(result)
        return values.reshape(len(points), replications, -1)

    def _measure(self, result: carestair.Result) -> Array:
        observed = Observed(result)
        columns = []
        for target in self._of.all_targets:
            try:
                columns.append(validate.measured(target, observed))
            except NotRecordedError as reason:
                raise CalibrationError(
                    f"target {target.id} cannot be measured: {reason.message}", self._of.path
                ) from None
        return np.stack(columns, axis=-1)

    def _run(self, changes: dict[str, Any], *, seed: int, replications: int) -> carestair.Result:
        overlay = self._config.with_name("calibration-run.yaml")
        document = {
            "include": [self._config.name],
            "simulation": {
                "end": f"{self._of.last_year + 1}-01-01",
                "replications": replications,
                "seed": seed,
            },
            "scenarios": dict.fromkeys(self._scenarios),
            **changes,
        }
        overlay.write_text(yaml.safe_dump(document), encoding="utf-8")
        try:
            return carestair.run(overlay, threads=self._threads or 0, progress=False)
        except ConfigurationError as error:
            raise CalibrationError(
                f"its configuration cannot be run:\n{error}", self._of.path
            ) from None

    def __enter__(self) -> Simulator:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._folder.cleanup()
