"""The HDF5 side: refuses what is not a result, and reads what a result says about its run."""

from __future__ import annotations

import os
import struct
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeAlias

import h5py
import numpy as np
import numpy.typing as npt
import pandas as pd

from carestair.errors import ResultError

FORMAT_NAME = "carestair-result"
FORMAT_MAJOR = 1

_SIGNATURE = b"\x89HDF\r\n\x1a\n"
_WHAT_TO_NAME = "name the .h5 file that `carestair run` wrote"
# Without them no question can be answered.
_NEEDED = ("indicators/recipients", "persons/total", "configuration/text", "time")
_DAMAGED = "the file may be damaged; run the simulation again"


@dataclass(frozen=True)
class Header:
    """What a result file says about its run."""

    title: str
    question: str
    command: str
    program_version: str
    git_commit: str
    seed: int
    configuration_sha256: str
    start: pd.Timestamp
    format_version: tuple[int, int]
    complete: bool
    replications: int
    replications_planned: int
    scenarios: tuple[str, ...]
    scenario_titles: tuple[str, ...]
    scenario_descriptions: tuple[str, ...]
    scenario_structures: tuple[str, ...]  # empty: as the configuration is written
    scenario_policies: tuple[str, ...]
    municipalities: tuple[str, ...]
    municipality_titles: tuple[str, ...]
    populations: tuple[int, ...]
    event_log: bool
    design: str  # of draws; empty where no parameters vary
    replications_per_draw: int
    person_rows: bool


def check_readable(path: Path) -> None:
    """Refuse what is no HDF5 file, with a reason; HDF5 explains none of this well."""
    if path.is_dir():
        raise ResultError("is a directory, not a result file", path, "name a file in it")
    try:
        with path.open("rb") as file:
            start = file.read(len(_SIGNATURE))
    except OSError as error:
        raise ResultError(f"cannot open the file: {error.strerror}", path) from error
    if not start:
        raise ResultError("is empty", path, _WHAT_TO_NAME)
    if start != _SIGNATURE:
        raise ResultError("is not an HDF5 file", path, _WHAT_TO_NAME)


Identity: TypeAlias = "tuple[int, int, int, int]"


def identity(path: Path) -> Identity | None:
    """Device, inode, size and time of change, which tell a file from one in its place."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns


# Behind the end of the HDF5 data: name, bytes before the seal, their CRC-32, nothing.
_SEAL = struct.Struct("<16sQII")
_SEAL_NAME = b"carestair seal 1"


def check_seal(path: Path) -> None:
    """Refuse a file whose checksum does not fit: HDF5 may crash on damaged bytes.

    A file without a seal passes: another program may have changed it, which is its right.
    """
    with path.open("rb") as file:
        size = file.seek(0, os.SEEK_END)
        if size < _SEAL.size:
            return
        file.seek(size - _SEAL.size)
        name, covered, checksum, unused = _SEAL.unpack(file.read(_SEAL.size))
        equal = sum(a == b for a, b in zip(name, _SEAL_NAME, strict=True))
        if equal < len(_SEAL_NAME) // 2:
            return
        whole = name == _SEAL_NAME and unused == 0 and covered == size - _SEAL.size
        if whole:
            file.seek(0)
            found, left = 0, covered
            while left > 0 and (block := file.read(min(left, 1 << 20))):
                found = zlib.crc32(block, found)
                left -= len(block)
            whole = left == 0 and found == checksum
    if not whole:
        raise ResultError(
            "is damaged: its checksum does not fit",
            path,
            "copy it again, or run the simulation again",
        )


def open_hdf5(path: Path) -> h5py.File:
    """Open `path` for reading, or say why that cannot be done."""
    check_readable(path)
    try:
        return h5py.File(path, "r")
    except OSError as error:
        if "truncated" in str(error):
            raise ResultError(
                "is truncated: its end is missing",
                path,
                "copy it again, or run the simulation again",
            ) from error
        raise ResultError(f"cannot be read: {error}", path, _DAMAGED) from error


def _text(value: Any) -> str:
    if isinstance(value, h5py.Empty):  # so an empty text is stored
        return ""
    return value.decode() if isinstance(value, bytes) else str(value)


def texts(dataset: h5py.Dataset) -> tuple[str, ...]:
    """Strings of a dataset of one dimension."""
    return tuple(_text(value) for value in dataset[()])


def check_format(path: Path, file: h5py.File) -> tuple[int, int]:
    """Format version (major, minor) of a result this package can read; else ResultError."""
    attributes = file.attrs
    if "format" not in attributes:
        if _text(attributes.get("program", "")) == "carestair":
            raise ResultError(
                "is an unfinished result: the run was cut off before it was written",
                path,
                "run the simulation again",
            )
        raise ResultError("is an HDF5 file, but not a result of carestair", path, _WHAT_TO_NAME)
    name = _text(attributes["format"])
    if name != FORMAT_NAME:
        raise ResultError(f'has the format "{name}", not "{FORMAT_NAME}"', path, _WHAT_TO_NAME)
    version = np.atleast_1d(attributes["format_version"])
    if version.size != 2:
        raise ResultError("attribute format_version is not two numbers", path, _DAMAGED)
    major, minor = (int(number) for number in version)
    if major != FORMAT_MAJOR:
        by = f" (carestair {_text(attributes.get('program_version', 'unknown'))})"
        mend = (
            "install the carestair package that came with it, or a later one"
            if major > FORMAT_MAJOR
            else "use the carestair that wrote it, or run the simulation again"
        )
        raise ResultError(
            f"has format version {major}.{minor}{by}; this package reads version {FORMAT_MAJOR}.x",
            path,
            mend,
        )
    return major, minor


def read_header(path: Path) -> Header:
    """Everything but the arrays, the configuration and the evidence."""
    check_readable(path)
    check_seal(path)
    with open_hdf5(path) as file:
        try:
            return _header(file, check_format(path, file))
        except (KeyError, ValueError, TypeError, OSError, RuntimeError) as error:
            raise ResultError(f"lacks part of its header: {error}", path, _DAMAGED) from error


def _header(file: h5py.File, version: tuple[int, int]) -> Header:
    def text(name: str) -> str:
        return _text(file.attrs[name])

    def integer(name: str) -> int:
        return int(np.atleast_1d(file.attrs[name])[0])

    for part in _NEEDED:
        if part not in file:
            raise KeyError(part)
    if integer("replications_finished") < 1:
        raise ValueError("replications_finished is below 1")
    draws = file["draws"].attrs if "draws" in file else {}
    scenarios = texts(file["scenario"])
    crossed = "scenario_structure" in file  # since format 1.4
    return Header(
        title=text("title"),
        question=text("question"),
        command=text("command"),
        program_version=text("program_version"),
        git_commit=text("git_commit"),
        seed=integer("seed"),
        configuration_sha256=text("configuration_sha256"),
        start=pd.Timestamp(text("start")),
        format_version=version,
        complete=integer("complete") == 1,
        replications=integer("replications_finished"),
        replications_planned=integer("replications_planned"),
        scenarios=scenarios,
        scenario_titles=texts(file["scenario_title"]),
        scenario_descriptions=texts(file["scenario_description"]),
        scenario_structures=texts(file["scenario_structure"])
        if crossed
        else ("",) * len(scenarios),
        scenario_policies=texts(file["scenario_policy"]) if crossed else scenarios,
        municipalities=texts(file["municipality"]),
        municipality_titles=texts(file["municipality_title"]),
        populations=tuple(int(n) for n in file["municipality_population"][()]),
        event_log="events" in file,
        design=_text(draws.get("design", "")),
        replications_per_draw=int(np.atleast_1d(draws.get("replications_per_draw", 0))[0]),
        person_rows="person_rows" in file,
    )


def read_beside(path: Path, axis: str, what: str) -> dict[str, str]:
    """Read what the file says of each service or unit: service_form or unit_title, say."""
    with open_hdf5(path) as file:
        if what not in file or axis not in file:
            return {}
        return dict(zip(texts(file[axis]), texts(file[what]), strict=True))


def read_draws(path: Path) -> pd.DataFrame:
    """Read the values of each draw, shape (draw, varied); without rows where nothing varies."""
    with open_hdf5(path) as file:
        if "draws" not in file:
            return pd.DataFrame(index=pd.Index([], name="draw"))
        group = file["draws"]
        frame = pd.DataFrame(
            group["value"][()],
            index=pd.Index(texts(group["draw"]), name="draw", dtype=object),
            columns=pd.Index(texts(group["varied"]), name="varied", dtype=object),
        )
        frame.attrs["units"] = dict(zip(frame.columns, texts(group["unit"]), strict=True))
    return frame


def read_configuration(path: Path) -> str:
    """Return the resolved configuration as YAML."""
    with open_hdf5(path) as file:
        return _text(np.atleast_1d(file["configuration/text"][()])[0])


def read_evidence(path: Path) -> pd.DataFrame:
    """Read the numbers of the configuration and what stands behind them, one a row."""
    columns: dict[str, Any] = {}
    with open_hdf5(path) as file:
        group = file["configuration"]
        for name in ("value", "low", "high"):
            columns[name] = group[name][()] if name in group else np.empty(0)
        for name in ("unit", "source", "kind", "note"):
            columns[name] = list(texts(group[name])) if name in group else []
        addresses = texts(group["parameter"]) if "parameter" in group else ()
    return pd.DataFrame(columns, index=pd.Index(addresses, name="address", dtype=object))


# What `from` and `to` of an event are levels of; see docs/file-format.md.
_LEVELS: dict[str, tuple[str | None, str | None]] = {
    "died": ("place_of_death", None),  # since format 1.1
    "need_up": ("need_level", "need_level"),
    "need_down": ("need_level", "need_level"),
    "cognition_changed": ("cognition", "cognition"),
    "diagnosed": (None, "cognition"),
    "applied": ("need_level", None),
    "assessed": ("need_level", "service"),
    "refused": ("need_level", None),
    "service_started": (None, "service"),
    "service_ended": ("service", None),
    "waiting_started": (None, "service"),
    "waiting_ended": ("service", None),
    "moved_dwelling": ("dwelling", "dwelling"),
    "function_lost": ("need_level", "need_level"),
    "offer_taken": (None, "service"),
    "offer_left": ("service", None),
    "carer_withdrew": ("relation", None),  # since format 1.1
    "volunteer_started": (None, "service"),
    "volunteer_stopped": ("service", None),
    "volunteer_once": (None, "service"),
}


def rows_of_replication(replication_index: h5py.Dataset, position: int) -> slice:
    """Rows of one replication, found by halving: a handful of chunks is read, not the column."""
    return slice(_first(replication_index, position), _first(replication_index, position + 1))


def _first(column: h5py.Dataset, position: int) -> int:
    """First row whose replication is not before `position`."""
    low, high = 0, int(column.shape[0])
    while low < high:
        middle = (low + high) // 2
        if int(column[middle]) < position:
            low = middle + 1
        else:
            high = middle
    return low


def _categories(codes: npt.NDArray[Any], labels: Sequence[str]) -> pd.Categorical:
    return pd.Categorical.from_codes(codes, categories=pd.Index(labels, dtype=object))


def read_events(path: Path, replication: int | None = None) -> pd.DataFrame:
    """Read the event log, one row an event, codes as labels; of one replication or of all."""
    with open_hdf5(path) as file:
        group = file["events"]
        labels = {
            name: texts(file[name])
            for name in (
                "scenario",
                "municipality",
                "event_kind",
                "service",
                "need_level",
                "cognition",
                "dwelling",
                "place_of_death",
                "relation",
            )
            if name in file
        }
        replications = file["replication"][()]
        rows = slice(None)
        if replication is not None:
            rows = rows_of_replication(group["replication_index"], replication)
        codes = {name: group[name][rows] for name in group if name != "event"}
    kinds = labels["event_kind"]
    frame = pd.DataFrame(
        {
            "scenario": _categories(codes["scenario_index"], labels["scenario"]),
            "replication": replications[codes["replication_index"]],
            "municipality": _categories(codes["municipality_index"], labels["municipality"]),
            "uid": codes["uid"],
            "day": pd.Timestamp("1970-01-01") + pd.to_timedelta(codes["day"], unit="D"),
            "kind": _categories(codes["kind"], kinds),
        }
    )
    for end, column in enumerate(("from", "to")):
        known = sorted(
            {label for pair in _LEVELS.values() for label in labels.get(pair[end] or "", ())}
        )
        position = {label: i for i, label in enumerate(known)}
        found = np.full(len(frame), -1, dtype=np.int16)
        for code, kind in enumerate(kinds):
            axis = _LEVELS.get(kind, (None, None))[end]
            if axis not in labels:
                continue
            # Beyond the list stands "no service".
            lookup = np.full(256, -1, dtype=np.int16)
            lookup[: len(labels[axis])] = [position[label] for label in labels[axis]]
            rows = codes["kind"] == code
            found[rows] = lookup[codes[column][rows]]
        frame[column] = _categories(found, known)
    return frame
