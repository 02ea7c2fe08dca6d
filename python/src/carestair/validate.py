"""A run of a configuration against what is known: which targets it meets, and which it misses.

Targets are a YAML file. Each names a measure (see `carestair.measures`), the years it is taken
over, what a source says, and the range still accepted; `se` is the standard error of the source
where it is better known than by that range. A calibration (`carestair.calibration`) fits to them.
"""

from __future__ import annotations

import re
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import yaml

import carestair
from carestair.errors import ResultError
from carestair.measures import FROM_LOG, MEASURES, NotRecordedError, Observed, Values, ratio
from carestair.result import Result

NORMAL_95 = 1.959964  # standard deviations to either end of the middle 95 %
END = "<!-- end of table -->"
NO_EVIDENCE = {"own_judgement", "own_derivation"}


class ValidationError(ResultError):
    """Something is wrong with the targets or the program, not with the model."""


# --- targets --------------------------------------------------------------------------------------


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


_KEYS = {"include", "patterns", "targets", "known_misses", "left_out"}
_REQUIRED = {"id", "title", "period", "unit", "source", "kind"}
_OPTIONAL = {"value", "low", "high", "se", "measure", "scenario", "relative_to", "pattern", "note"}


def _years(period: object, path: Path) -> tuple[int, int]:
    found = re.fullmatch(r"(\d{4})(?:-(\d{4}))?", str(period))
    if not found:
        raise ValidationError(
            f"period {period!r} is neither a year nor two", path, "write 2020 or 2020-2024"
        )
    return int(found[1]), int(found[2] or found[1])


def _target(entry: Any, path: Path) -> Target:
    name = entry.get("id", "?") if isinstance(entry, dict) else entry
    keys = set(entry) if isinstance(entry, dict) else set()
    if not _REQUIRED <= keys <= _REQUIRED | _OPTIONAL:
        wrong = sorted(_REQUIRED - keys) or sorted(keys - _REQUIRED - _OPTIONAL)
        what = "lacks" if _REQUIRED - keys else "does not know"
        raise ValidationError(f"target {name} {what} {', '.join(map(str, wrong))}", path)
    rest = {key: entry[key] for key in _OPTIONAL & keys}
    numbers = {key: float(rest[key]) for key in ("value", "low", "high", "se") if key in rest}
    if not {"low", "high"} & keys or ("value" in keys and not {"low", "high"} <= keys):
        raise ValidationError(f"target {name} has no accepted range", path, "give low and high")
    if not numbers.get("se", 1.0) > 0:
        raise ValidationError(f"target {name} has a standard error that is not above zero", path)
    source = entry["source"]
    target = Target(
        id=name,
        title=entry["title"],
        years=_years(entry["period"], path),
        unit=entry["unit"],
        sources=tuple(source) if isinstance(source, list) else (source,),
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


def read_targets(path: Path) -> Targets:
    """Read a file of targets; one of an included file is replaced by its namesake here."""
    try:
        document = yaml.safe_load(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise ValidationError(f"cannot be read: {error.strerror}", path) from None
    except yaml.YAMLError as error:
        raise ValidationError(f"is not YAML: {error}", path) from None
    if not isinstance(document, dict) or not set(document) <= _KEYS:
        raise ValidationError("is no file of targets", path, f"it may hold {', '.join(_KEYS)}")
    read = Targets(path)
    for other in document.get("include", ()):
        included = read_targets(path.parent / other)
        read.patterns |= included.patterns
        read.known_misses |= included.known_misses
        read.left_out |= included.left_out
        read.targets += included.targets
    read.patterns |= document.get("patterns", {})
    read.known_misses |= document.get("known_misses", {})
    read.left_out |= document.get("left_out", {})
    by_id = {target.id: target for target in read.targets}
    by_id |= {
        target.id: target for target in (_target(e, path) for e in document.get("targets", ()))
    }
    for listed in (read.known_misses, read.left_out):
        gone = sorted(set(listed) - set(by_id))
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


# --- running --------------------------------------------------------------------------------------


def run(config: Path, result: Path, *, replications: int | None = None, log: bool = False) -> None:
    """Run a configuration into a result file, in this process."""
    carestair.run(config, output=result, replications=replications, events=log).close()


# --- checking -------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Checked:
    """A target and what the model gives: mean and 95 % interval over worlds."""

    target: Target
    model: float = np.nan
    model_low: float = np.nan
    model_high: float = np.nan
    fitted: bool = False  # its source is also one of the model's inputs
    known: str = ""  # why it is known to be missed
    missing: str = ""  # why it cannot be measured

    @property
    def recorded(self) -> bool:
        """Whether the result could say it."""
        return not self.missing

    @property
    def hit(self) -> bool:
        """Whether the mean is in the accepted range."""
        return self.recorded and self.target.low <= self.model <= self.target.high

    @property
    def missed(self) -> bool:
        """Whether it is not."""
        return self.recorded and not self.hit

    @property
    def off(self) -> str:
        """How far beside the range the mean is, in words."""
        below = self.model < self.target.low
        edge = self.target.low if below else self.target.high
        far = abs(self.model - edge)
        percent = f" ({far / abs(edge):.0%})" if edge else ""
        return f"{'below' if below else 'above'} by {number(far)}{percent}"

    @property
    def verdict(self) -> str:
        """In words."""
        if not self.recorded:
            return "not recorded"
        if self.hit:
            return "hit"
        return f"MISS, {'known: ' if self.known else ''}{self.off}"


def input_sources(result: Result) -> set[str]:
    """Ids of the sources behind the model's own numbers, judgement apart."""
    used: set[str] = set()
    for cell in result.evidence["source"]:
        used.update(re.findall(r"\w+", cell))
    return used - NO_EVIDENCE


def measured(target: Target, observed: Observed) -> Values:
    """Measure a target in every world; NaN where a world holds nothing of the kind.

    Raises
    ------
    NotRecordedError
        When the result cannot say it.
    """
    result = observed.result
    measure = MEASURES[target.measured_by]
    for scenario in (target.scenario, target.relative_to):
        if scenario and scenario not in result.scenarios:
            raise NotRecordedError(f"the run has no scenario {scenario}")
    if not result.start.year <= target.years[0] <= target.years[1] <= result.end.year:
        raise NotRecordedError(f"the run does not hold {target.years[0]}-{target.years[1]}")
    if target.measured_by in FROM_LOG and not result.has_events:
        raise NotRecordedError("the run kept no event log")
    values = measure(observed.view(target.scenario or result.baseline, target.years))
    if target.relative_to:
        other = measure(observed.view(target.relative_to, target.years))
        values = ratio(values, other)
    return values


def check(targets: Targets, result: Result) -> list[Checked]:
    """Measure all targets in a result."""
    observed = Observed(result)
    used = input_sources(result)
    checked = []
    for target in targets.targets:
        about: dict[str, Any] = {
            "target": target,
            "fitted": bool(used & set(target.sources)),
            "known": targets.known_misses.get(target.id, ""),
        }
        try:
            values = measured(target, observed)
            values = values[np.isfinite(values)]
            if values.size == 0:
                raise NotRecordedError("nothing of the kind happened")
        except NotRecordedError as reason:
            checked.append(Checked(**about, missing=reason.message))
            continue
        low, high = np.quantile(values, [0.025, 0.975])
        checked.append(
            Checked(
                **about,
                model=float(values.mean()),
                model_low=float(low),
                model_high=float(high),
            )
        )
    return checked


# --- telling --------------------------------------------------------------------------------------


def number(value: float | None) -> str:
    """Two or three digits that matter."""
    if value is None or not np.isfinite(value):
        return "-"
    size = abs(value)
    decimals = 3 if 0 < size < 0.1 else 2 if 0 < size < 10 else 1 if size < 100 else 0
    return f"{value:.{decimals}f}"


def _interval(checked: Checked) -> str:
    if not checked.recorded:
        return "-"
    return f"{number(checked.model_low)}–{number(checked.model_high)}"


def _unit(target: Target) -> str:
    return target.unit.replace("_", " ")


def _by_pattern(checked: Sequence[Checked]) -> dict[int, list[Checked]]:
    groups: dict[int, list[Checked]] = {}
    for one in sorted(checked, key=lambda c: c.target.pattern):
        groups.setdefault(one.target.pattern, []).append(one)
    return groups


def as_text(checked: Sequence[Checked], targets: Targets) -> str:
    """Table and summary for a terminal."""
    head = ("", "model", "95 % of worlds", "source", "accepted", "", "from")
    rows: list[tuple[str, ...]] = [head]
    for pattern, group in _by_pattern(checked).items():
        if pattern:
            rows.append((f"{pattern} {targets.patterns.get(pattern, '')}",))
        rows += [
            (
                f"{'  ' if pattern else ''}{c.target.title}, {_unit(c.target)}",
                number(c.model),
                _interval(c),
                number(c.target.value),
                c.target.accepted,
                c.verdict,
                ", ".join(c.target.sources),
            )
            for c in group
        ]
    full = [row for row in rows if len(row) > 1]
    widths = [max(len(row[i]) for row in full) for i in range(len(head))]
    lines = []
    for row in rows:
        cells = [row[0].ljust(widths[0])] if len(row) > 1 else [row[0]]
        cells += [cell.rjust(widths[i]) for i, cell in enumerate(row[1:5], 1)]
        cells += [cell.ljust(widths[i]) for i, cell in enumerate(row[5:], 5)]
        lines.append("  ".join(cells).rstrip())
    return "\n".join(lines) + "\n\n" + summary(checked, targets)


def summary(checked: Sequence[Checked], targets: Targets) -> str:
    """How many are met, and every miss by its name."""
    missed = [c for c in checked if c.missed]
    unrecorded = [c for c in checked if not c.recorded]
    text = f"{sum(c.hit for c in checked)} of {len(checked)} targets met, {len(missed)} missed"
    text += f", {len(unrecorded)} not recorded.\n" if unrecorded else ".\n"
    lines = [f"missed: {c.target.id}: {c.off}" for c in missed if not c.known]
    lines += [f"missed, as known: {c.target.id}: {c.off}. {c.known}" for c in missed if c.known]
    lines += [f"not recorded: {c.target.id}: {c.missing}" for c in unrecorded]
    lines += [f"left out: {id}: {reason}" for id, reason in targets.left_out.items()]
    lines += [
        f"met by now, take it off known_misses: {c.target.id}" for c in checked if c.hit and c.known
    ]
    return text + "".join(f"  {' '.join(line.split())}\n" for line in lines)


_HEAD = """
| target | unit | model | 95 % of worlds | source | accepted | | from | same source |
|---|---|--:|--:|--:|--:|---|---|---|
"""


def as_markdown(checked: Sequence[Checked], targets: Targets, result: Result) -> str:
    """Write the same for a page."""
    text = (
        f"{sum(c.hit for c in checked)} of {len(checked)} targets are met, with "
        f"{result.replications} replications, seed {result.seed}.\n"
    )
    for pattern, group in _by_pattern(checked).items():
        if pattern:
            text += f"\n**{pattern}** {targets.patterns.get(pattern, '')}\n"
        text += _HEAD
        for c in group:
            cells = (
                c.target.title,
                _unit(c.target),
                number(c.model),
                _interval(c),
                number(c.target.value),
                c.target.accepted,
                f"**{c.verdict}**" if c.missed else c.verdict,
                ", ".join(c.target.sources),
                "yes" if c.fitted else "",
            )
            text += "| " + " | ".join(cells) + " |\n"
    lines = [
        f"{c.target.title}: {c.off}. {c.known or 'Not explained yet.'}" for c in checked if c.missed
    ]
    if lines:
        text += "\nWhat is missed, and why:\n\n" + "".join(
            f"- {' '.join(x.split())}\n" for x in lines
        )
    lines = [f"{c.target.title}: {c.missing}" for c in checked if not c.recorded]
    if lines:
        text += "\nWhat the run does not record:\n\n" + "".join(f"- {line}\n" for line in lines)
    return text


def name_of(config: Path) -> str:
    """Name a configuration as pages do: from the folder configs on."""
    parts = config.resolve().parts
    if "configs" not in parts:
        return config.name
    last = len(parts) - 1 - parts[::-1].index("configs")
    return "/".join(parts[last:])


def write_page(page: Path, config: Path, table: str) -> None:
    """Put a table between its marks, or, in a new page, below a heading."""
    begin = f"<!-- carestair validate {name_of(config)} -->"
    if not page.exists():
        page.write_text(f"# {name_of(config)}\n\n{begin}\n{table}{END}\n", encoding="utf-8")
        return
    text = page.read_text(encoding="utf-8")
    before, found, rest = text.partition(begin)
    _, closed, after = rest.partition(END)
    if not found or not closed:
        raise ValidationError(
            "has no place for the table", page, f"add the lines\n  {begin}\n  {END}"
        )
    page.write_text(f"{before}{begin}\n{table}{END}{after}", encoding="utf-8")


def definitions() -> str:
    """Every measure and what it computes."""
    width = max(map(len, MEASURES))
    return "".join(f"{name.ljust(width)}  {measure}\n" for name, measure in MEASURES.items())


# --- the command ----------------------------------------------------------------------------------


def validate(
    config: Path,
    *,
    targets: Path | None = None,
    replications: int | None = None,
    write: Path | None = None,
    output: Path | None = None,
) -> bool:
    """Run a configuration, print how it compares, and say whether nothing new is missed.

    Parameters
    ----------
    config
        Configuration to run.
    targets
        File of targets; without it ``targets/<name of config>`` beside the configuration.
    replications
        In place of those of the configuration.
    write
        Page to put the table into, between the marks named after the configuration.
    output
        Where to keep the result file; without it it is thrown away.
    """
    read = read_targets(targets if targets is not None else targets_of(config))
    with tempfile.TemporaryDirectory(prefix="carestair-") as folder:
        path = output if output is not None else Path(folder) / "result.h5"
        run(config, path, replications=replications, log=read.from_log)
        with carestair.open(path) as result:
            checked = check(read, result)
            table = as_markdown(checked, read, result)
    if write is not None:
        write_page(write, config, table)
    print(as_text(checked, read), end="")
    return not any(c.missed and not c.known for c in checked)
