"""The comparison as text for a terminal and as a table in a page."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from carestair.measures import MEASURES
from carestair.result import Result
from carestair.validate.checks import Checked
from carestair.validate.targets import Target, Targets, ValidationError, number

END = "<!-- end of table -->"


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


def around_table(page: Path, config: Path) -> tuple[str, str]:
    """Return what stands in a page before and behind the table of a configuration.

    Raises
    ------
    ValidationError
        When the page is there and has no place for the table.
    """
    begin = f"<!-- carestair validate {name_of(config)} -->"
    if not page.exists():
        return f"# {name_of(config)}\n\n{begin}\n", f"{END}\n"
    try:
        text = page.read_text(encoding="utf-8")
    except OSError as error:
        raise ValidationError(f"cannot be read: {error.strerror}", page) from None
    except UnicodeDecodeError:
        raise ValidationError("is no page: it is not text", page) from None
    before, found, rest = text.partition(begin)
    _, closed, after = rest.partition(END)
    if not found or not closed:
        raise ValidationError(
            "has no place for the table", page, f"add the lines\n  {begin}\n  {END}"
        )
    return f"{before}{begin}\n", f"{END}{after}"


def write_page(page: Path, config: Path, table: str) -> None:
    """Put a table between its marks, or, in a new page, below a heading."""
    before, after = around_table(page, config)
    page.write_text(f"{before}{table}{after}", encoding="utf-8")


def definitions() -> str:
    """Every measure and what it computes."""
    width = max(map(len, MEASURES))
    return "".join(f"{name.ljust(width)}  {measure}\n" for name, measure in MEASURES.items())
