"""YAML whose sections know their lines, so that a fault can be told where it stands."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from carestair.errors import ResultError

_WHAT_TO_NAME = "name a calibration (YAML): docs/calibration.md"


class CalibrationError(ResultError):
    """Something is wrong with a calibration, its targets or its stored results.

    Parameters
    ----------
    message, path, hint
        As of `ResultError`.
    line
        Line of the file, from 1; 0 when the fault is in none.
    """

    def __init__(
        self, message: str, path: Path | None = None, hint: str = "", line: int = 0
    ) -> None:
        super().__init__(message, Path(f"{path}:{line}") if path and line else path, hint)
        self.path = path
        self.line = line


class Section(dict[str, Any]):
    """A mapping of a YAML file."""

    def __init__(self, path: Path, line: int) -> None:
        super().__init__()
        self.path = path
        self.line = line
        self.lines: dict[str, int] = {}  # by key

    def fault(self, message: str, hint: str = "", key: str = "") -> CalibrationError:
        """Make a fault at a key, or at the section."""
        return CalibrationError(message, self.path, hint, self.lines.get(key, self.line))

    def check_keys(self, what: str, required: set[str], optional: set[str]) -> None:
        """Refuse unknown and missing keys."""
        for key in self:
            if key not in required | optional:
                known = ", ".join(sorted(required | optional))
                raise self.fault(f"{what} does not know {key}", f"it may hold {known}", key)
        missing = sorted(required - set(self))
        if missing:
            raise self.fault(f"{what} lacks {', '.join(missing)}")

    def number(self, key: str, default: float | None = None) -> float | None:
        """Take a number, or the default where the key is not given."""
        value = self.get(key, default)
        if key in self and (isinstance(value, bool) or not isinstance(value, int | float)):
            raise self.fault(f"{key} must be a number, not {value!r}", key=key)
        return None if value is None else float(value)

    def count(self, key: str, default: int, least: int = 1) -> int:
        """Take a whole number from `least` on."""
        value: Any = self.get(key, default)
        if isinstance(value, bool) or not isinstance(value, int) or value < least:
            raise self.fault(f"{key} must be a whole number from {least}, not {value!r}", key=key)
        return int(value)

    def text(self, key: str, default: str = "") -> str:
        """Take a text."""
        value = self.get(key, default)
        if not isinstance(value, str):
            raise self.fault(f"{key} must be text, not {value!r}", key=key)
        return value

    def section(self, key: str) -> Section:
        """Take a section; empty where the key is not given."""
        value = self.get(key, Section(self.path, self.line))
        if not isinstance(value, Section):
            raise self.fault(f"{key} must be a section, not {value!r}", key=key)
        return value

    def sections(self, key: str) -> list[Section]:
        """Take a list of sections that is not empty."""
        value = self.get(key)
        if not isinstance(value, list) or not value or not all(type(v) is Section for v in value):
            raise self.fault(f"{key} must be a list of sections", key=key)
        return value


def read_lines(path: Path) -> Section:
    """Read a YAML file that is one mapping."""

    class Loader(yaml.SafeLoader):  # type: ignore[misc]  # it has no types
        pass

    def build(loader: yaml.SafeLoader, node: yaml.MappingNode) -> Iterator[Section]:
        section = Section(path, node.start_mark.line + 1)
        yield section
        for key_node, _ in node.value:
            key = loader.construct_object(key_node)
            line = key_node.start_mark.line + 1
            if not isinstance(key, str):
                raise CalibrationError(f"{key!r} is no name of anything", path, line=line)
            if key in section.lines:
                raise CalibrationError(f"{key} stands here twice", path, line=line)
            section.lines[key] = line
        section.update(loader.construct_mapping(node, deep=True))

    Loader.add_constructor("tag:yaml.org,2002:map", build)
    try:
        document = yaml.load(path.read_text(encoding="utf-8"), Loader)
    except OSError as error:
        raise CalibrationError(f"cannot be read: {error.strerror}", path) from None
    except UnicodeDecodeError:
        raise CalibrationError("is not text in UTF-8", path, _WHAT_TO_NAME) from None
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 0
        raise CalibrationError(f"is not YAML: {error.problem}", path, line=line) from None
    except (yaml.YAMLError, ValueError) as error:
        raise CalibrationError(f"is not YAML: {error}", path) from None
    if not isinstance(document, Section):
        raise CalibrationError("is no file of sections", path, _WHAT_TO_NAME, line=1)
    return document
