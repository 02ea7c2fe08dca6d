"""Targets: what sources say of measures, read from YAML."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import yaml

from carestair.errors import ResultError
from carestair.measures import FROM_LOG, MEASURES

NORMAL_95 = 1.959964  # standard deviations to either end of the middle 95 %


class ValidationError(ResultError):
    """Something is wrong with the targets or the program, not with the model."""


def number(value: float | None) -> str:
    """Two or three digits that matter."""
    if value is None or not np.isfinite(value):
        return "-"
    size = abs(value)
    decimals = 3 if 0 < size < 0.1 else 2 if 0 < size < 10 else 1 if size < 100 else 0
    return f"{value:.{decimals}f}"


@dataclass(frozen=True)
class Target:
    """What a source says of a measure, and how far from it a model may be."""

    id: str
    title: str
    years: tuple[int, int]
    unit: str
    sources: tuple[str, ...]
    kind: str
    value: float | None = None  # None: the pattern has no number, but an end
    low: float = -np.inf
    high: float = np.inf
    se: float | None = None
    measure: str = ""
    scenario: str = ""  # empty: the first
    relative_to: str = ""  # empty: none
    pattern: int = 0
    note: str = ""

    @property
    def measured_by(self) -> str:
        """Name of the measure."""
        return self.measure or self.id

    @property
    def standard_error(self) -> float | None:
        """As given, else from the accepted range taken as a 95 % range; None where it is open."""
        if self.se is not None:
            return self.se
        width = self.high - self.low
        return width / (2 * NORMAL_95) if np.isfinite(width) else None

    @property
    def accepted(self) -> str:
        """The range in words."""
        if np.isinf(self.high):
            return f"from {number(self.low)}"
        if np.isinf(self.low):
            return f"to {number(self.high)}"
        return f"{number(self.low)}–{number(self.high)}"


@dataclass
class Targets:
    """A file of targets with what it includes."""

    path: Path
    targets: list[Target] = field(default_factory=list)
    patterns: dict[int, str] = field(default_factory=dict)
    known_misses: dict[str, str] = field(default_factory=dict)  # why, by target
    left_out: dict[str, str] = field(default_factory=dict)

    @property
    def from_log(self) -> bool:
        """Whether a run must keep its event log."""
        return any(target.measured_by in FROM_LOG for target in self.targets)


_KEYS = ("include", "patterns", "targets", "known_misses", "left_out")
_REQUIRED = {"id", "title", "period", "unit", "source", "kind"}
_OPTIONAL = {"value", "low", "high", "se", "measure", "scenario", "relative_to", "pattern", "note"}
_TEXTS = ("id", "title", "unit", "kind", "measure", "scenario", "relative_to", "note")
_NUMBERS = ("value", "low", "high", "se")


def _years(period: object, path: Path) -> tuple[int, int]:
    found = re.fullmatch(r"(\d{4})(?:-(\d{4}))?", str(period))
    if not found or int(found[2] or found[1]) < int(found[1]):
        raise ValidationError(
            f"period {period!r} is neither a year nor two", path, "write 2020 or 2020-2024"
        )
    return int(found[1]), int(found[2] or found[1])


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and np.isfinite(value)


def _sources(source: Any) -> tuple[str, ...]:
    return tuple(source) if isinstance(source, list) else (source,)


def _check_kinds(name: object, entry: dict[str, Any], path: Path) -> None:
    """Refuse a number where a text belongs, and the reverse."""
    wrong = [(key, "text") for key in _TEXTS if not isinstance(entry.get(key, ""), str)]
    if not all(isinstance(source, str) for source in _sources(entry["source"])):
        wrong.append(("source", "the id of a source, or a list of them"))
    wrong += [(key, "a number") for key in _NUMBERS if not _is_number(entry.get(key, 0))]
    if type(entry.get("pattern", 0)) is not int:
        wrong.append(("pattern", "a whole number"))
    for key, expected in wrong:
        raise ValidationError(f"target {name}: {key} must be {expected}, not {entry[key]!r}", path)


def _target(entry: Any, path: Path) -> Target:
    name = entry.get("id", "?") if isinstance(entry, dict) else entry
    keys = set(entry) if isinstance(entry, dict) else set()
    if not _REQUIRED <= keys <= _REQUIRED | _OPTIONAL:
        wrong = sorted(_REQUIRED - keys) or sorted(map(str, keys - _REQUIRED - _OPTIONAL))
        what = "lacks" if _REQUIRED - keys else "does not know"
        raise ValidationError(f"target {name} {what} {', '.join(wrong)}", path)
    _check_kinds(name, entry, path)
    rest = {key: entry[key] for key in _OPTIONAL & keys}
    numbers = {key: float(rest[key]) for key in _NUMBERS if key in rest}
    if not {"low", "high"} & keys or ("value" in keys and not {"low", "high"} <= keys):
        raise ValidationError(f"target {name} has no accepted range", path, "give low and high")
    if numbers.get("low", -np.inf) > numbers.get("high", np.inf):
        raise ValidationError(f"target {name}: low must not be above high", path)
    if not numbers.get("se", 1.0) > 0:
        raise ValidationError(f"target {name} has a standard error that is not above zero", path)
    target = Target(
        id=name,
        title=entry["title"],
        years=_years(entry["period"], path),
        unit=entry["unit"],
        sources=_sources(entry["source"]),
        kind=entry["kind"],
        **{**rest, **numbers},
    )
    if target.measured_by not in MEASURES:
        raise ValidationError(
            f"target {name}: there is no measure {target.measured_by}",
            path,
            "carestair validate --definitions lists them",
        )
    return target


def _document(path: Path) -> dict[str, Any]:
    try:
        document = yaml.safe_load(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise ValidationError(f"cannot be read: {error.strerror}", path) from None
    except UnicodeDecodeError:
        raise ValidationError(
            "is not text in UTF-8", path, "name a file of targets (YAML)"
        ) from None
    except (yaml.YAMLError, ValueError) as error:
        raise ValidationError(f"is not YAML: {error}", path) from None
    if not isinstance(document, dict) or not set(document) <= set(_KEYS):
        raise ValidationError("is no file of targets", path, f"it may hold {', '.join(_KEYS)}")
    return document


def _part(document: dict[str, Any], key: str, path: Path) -> Any:
    """Return a list (`targets`, `include`) or mapping of the document; empty when not given."""
    kind: type = list if key in ("targets", "include") else dict
    found = document.get(key)
    if found is None:
        return kind()
    if not isinstance(found, kind):
        expected = "a list" if kind is list else "a mapping, `id: why`"
        raise ValidationError(f"{key} must be {expected}, not {found!r}", path)
    return found


def read_targets(path: Path, within: tuple[Path, ...] = ()) -> Targets:
    """Read a file of targets; one of an included file is replaced by its namesake here.

    `within` are the files that include it, one in the other.

    Raises
    ------
    ValidationError
        When the file or one it includes is not what it should be.
    """
    if path.resolve() in within:
        raise ValidationError("includes itself", path, "take it out of `include`")
    document = _document(path)
    read = Targets(path)
    for other in _part(document, "include", path):
        if not isinstance(other, str):
            raise ValidationError(f"include must name files, not {other!r}", path)
        included = read_targets(path.parent / other, (*within, path.resolve()))
        read.patterns |= included.patterns
        read.known_misses |= included.known_misses
        read.left_out |= included.left_out
        read.targets += included.targets
    read.patterns |= _part(document, "patterns", path)
    read.known_misses |= _part(document, "known_misses", path)
    read.left_out |= _part(document, "left_out", path)
    by_id = {target.id: target for target in read.targets}
    own = [_target(entry, path) for entry in _part(document, "targets", path)]
    by_id |= {target.id: target for target in own}
    for listed in (read.known_misses, read.left_out):
        gone = sorted(str(name) for name in set(listed) - set(by_id))
        if gone:
            raise ValidationError(f"lists {', '.join(gone)}, which are no targets", path)
    read.targets = [target for target in by_id.values() if target.id not in read.left_out]
    return read


def targets_of(config: Path) -> Path:
    """Where the targets of a configuration are unless told: targets/ beside it, same name."""
    path = config.parent / "targets" / config.name
    if not path.is_file():
        raise ValidationError(
            "there are no targets for it", config, f"write {path}, or name a file with --targets"
        )
    return path
