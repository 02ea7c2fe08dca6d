"""Worlds that were lived without a file, as a result like any other."""

from __future__ import annotations

import json
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import xarray as xr

from carestair._file import FORMAT_MAJOR, Header
from carestair.errors import NoEventLogError
from carestair.result import Result

_WORLD = ("scenario", "replication", "municipality")
_TITLES = ("scenario_title", "municipality_title", "service_title", "outcome_unit")
_EVIDENCE = ("address", "value", "low", "high", "unit", "source", "kind", "note")


class MemoryResult(Result):
    """A result whose worlds are in memory; see `carestair.evaluate`."""

    def __init__(self, plan: Any, tables: Any) -> None:
        self.path = Path("<memory>")
        self._chunks = None
        self._open = {}
        self._remove = None
        self._run: dict[str, Any] = json.loads(plan.description())
        replications = tables.whole_replications
        self._header = _header(self._run, replications)
        self._coordinates = plan.coordinates()
        groups: dict[str, dict[str, Any]] = {"indicators": {}, "persons": {}}
        for group, name, dimensions, array, attributes in tables.take_arrays(plan):
            groups[group][name] = ((*_WORLD, *dimensions), array[:, :replications], attributes)
        for group, variables in groups.items():
            self._open[group] = self._decoded(self._labelled(variables, replications))

    def _labelled(self, variables: dict[str, Any], replications: int) -> xr.Dataset:
        used = {*_WORLD, *(d for dimensions, _, _ in variables.values() for d in dimensions)}
        coordinates: dict[str, Any] = {
            name: (dimension, np.array(texts, dtype=np.str_), {"long_name": long_name})
            for dimension, name, texts, long_name in self._coordinates
            if dimension in used and (name == dimension or name in _TITLES)
        }
        coordinates["replication"] = (
            "replication",
            np.arange(replications, dtype=np.int32),
            {"long_name": "replication: same people in every scenario"},
        )
        if "time" in used:
            coordinates["time"] = (
                "time",
                np.array(self._run["month_ends"], dtype=np.int32),
                {
                    "units": "days since 1970-01-01",
                    "calendar": "proleptic_gregorian",
                    "standard_name": "time",
                    "long_name": "last day of the month",
                    "axis": "T",
                    "bounds": "time_bounds",
                },
            )
        draws = self._run["draws"]
        if draws["names"]:
            variables["replication_draw"] = (
                "replication",
                np.arange(replications, dtype=np.int32) // np.int32(draws["replications"]),
                {"long_name": "position of the replication in draws/draw"},
            )
        return xr.Dataset(variables, coords=coordinates)

    @cached_property
    def config(self) -> str:
        """Resolved configuration as YAML: every value with its unit and source."""
        return str(self._run["configuration"])

    @cached_property
    def evidence(self) -> pd.DataFrame:
        """Numbers of the configuration and what stands behind them, as `Result.evidence`."""
        rows = pd.DataFrame(self._run["evidence"], columns=list(_EVIDENCE))
        numbers = dict.fromkeys(("value", "low", "high"), "float64")
        return rows.astype(numbers).set_index("address")

    @cached_property
    def draws(self) -> pd.DataFrame:
        """Values of the parameters that vary, as `Result.draws`."""
        draws = self._run["draws"]
        addresses = [address for address, _, _ in draws["varied"]]
        if not draws["names"]:
            return pd.DataFrame(index=pd.Index([], name="draw"))
        frame = pd.DataFrame(
            np.array(draws["values"], dtype=np.float64).reshape(-1, len(addresses)),
            index=pd.Index(draws["names"], name="draw", dtype=object),
            columns=pd.Index(addresses, name="varied", dtype=object),
        )
        frame.attrs["units"] = {address: unit for address, unit, _ in draws["varied"]}
        return frame

    def _require_events(self) -> None:
        raise NoEventLogError(
            "worlds in memory keep no event log", None, "use carestair.run(..., events=True)"
        )

    def close(self) -> None:
        """Nothing is open."""


def _header(run: dict[str, Any], replications: int) -> Header:
    scenarios = run["scenarios"]
    municipalities = run["municipalities"]
    return Header(
        title=run["title"],
        question=run["question"],
        command=run["command"],
        program_version=run["program"],
        git_commit=run["commit"],
        seed=run["seed"],
        configuration_sha256=run["sha256"],
        start=pd.Timestamp("1970-01-01") + pd.Timedelta(days=run["start"]),
        format_version=(FORMAT_MAJOR, 0),
        complete=replications == run["replications"],
        replications=replications,
        replications_planned=run["replications"],
        scenarios=tuple(s[0] for s in scenarios),
        scenario_titles=tuple(s[1] for s in scenarios),
        scenario_descriptions=tuple(s[2] for s in scenarios),
        scenario_structures=tuple(s[3] for s in scenarios),
        scenario_policies=tuple(s[4] for s in scenarios),
        municipalities=tuple(m[0] for m in municipalities),
        municipality_titles=tuple(m[1] for m in municipalities),
        populations=tuple(int(m[2]) for m in municipalities),
        event_log=False,
        person_rows=False,
        design=run["draws"]["design"],
        replications_per_draw=run["draws"]["replications"],
    )
