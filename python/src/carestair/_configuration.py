"""What can be run: a file, or the same written as a dict."""

from __future__ import annotations

import datetime
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np
import yaml

Configuration: TypeAlias = "str | os.PathLike[str] | Mapping[str, Any]"

_NAME_OF_DICT = "<dict>"


@dataclass(frozen=True)
class Document:
    """A configuration as the engine takes it.

    ``path`` is where it lies, or would lie, which says what its ``include`` is relative to;
    ``text`` is its YAML when it is not read from there.
    """

    path: Path
    shown: str
    text: str | None = None


class _Dumper(yaml.SafeDumper):  # type: ignore[misc]  # yaml has no types
    """Plain YAML: no anchors, which the engine refuses."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


def plain(value: Any) -> Any:
    """Return `value` as YAML knows it: NumPy's numbers and arrays, paths and tuples turned."""
    if isinstance(value, Mapping):
        return {str(key): plain(entry) for key, entry in value.items()}
    if isinstance(value, np.ndarray):
        return plain(value.tolist())
    if isinstance(value, np.generic):
        return plain(value.item())
    if isinstance(value, os.PathLike):
        return os.fspath(value)
    if isinstance(value, datetime.datetime):  # also a pandas.Timestamp
        return value.date()
    if isinstance(value, (list, tuple)):
        return [plain(entry) for entry in value]
    return value


def to_yaml(configuration: Mapping[str, Any]) -> str:
    """Return the YAML text of a dict."""
    text: str = yaml.dump(
        plain(configuration), Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=2**16
    )
    return text


def files_of(config: Path) -> list[Path]:
    """List a configuration file and those it includes, as far as they can be read."""
    found: list[Path] = []
    waiting = [config]
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    while waiting:
        path = waiting.pop()
        if path.resolve() in found:
            continue
        found.append(path.resolve())
        try:
            read = yaml.load(path.read_text(encoding="utf-8"), loader)
        except (OSError, ValueError, yaml.YAMLError):  # the engine says what is wrong with it
            continue
        names = read.get("include") if isinstance(read, dict) else None
        names = names if isinstance(names, list) else [names]
        waiting += [path.parent / name for name in names if isinstance(name, str)]
    return found


def document(config: Configuration, folder: str | os.PathLike[str] | None = None) -> Document:
    """Return what the engine is to read.

    Parameters
    ----------
    config
        Path of a YAML file, or a dict of the same form.
    folder
        What ``include`` in a dict is relative to; without it the folder one works in.
    """
    if isinstance(config, Mapping):
        return Document(
            Path(folder or ".") / _NAME_OF_DICT, shown=_NAME_OF_DICT, text=to_yaml(config)
        )
    if folder is not None:
        raise ValueError("folder is for a configuration given as a dict: a file has its own")
    return Document(Path(config), shown=os.fspath(config))
