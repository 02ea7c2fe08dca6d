#!/usr/bin/env python3
"""Compares a run of the Selbu baseline with what is known of Selbu around 2020.

  tests/validation/validate.py                run the baseline, print the table
  tests/validation/validate.py --write        and put it into docs/validation.md
  tests/validation/validate.py --report FILE  and into a text file

Exit codes: 0 nothing new is missed, 1 a target is missed that is not in known-misses.yaml,
2 something is wrong with the targets or the program.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

import carestair
import numpy as np
import yaml

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))

import measures  # noqa: E402

REPOSITORY = HERE.parents[1]
TARGETS = REPOSITORY / "configs" / "selbu" / "validation.yaml"
PAGE = REPOSITORY / "docs" / "validation.md"
BEGIN = "<!-- table: tests/validation/validate.py --write -->"
END = "<!-- end of table -->"


class ValidationError(Exception):
    """Something is wrong with the targets, not with the model."""


@dataclass(frozen=True)
class Checked:
    """A target and what the model gives: mean and 95 % range over replications."""

    id: str
    title: str
    unit: str
    kind: str
    value: float
    low: float
    high: float
    model: float
    model_low: float
    model_high: float
    fitted: bool  # its source is also one of the model's inputs
    known: str  # why it is known to be missed; empty otherwise

    @property
    def inside(self) -> bool:
        return self.low <= self.model <= self.high

    @property
    def off(self) -> float:
        """Distance from the range, negative below it; 0 inside."""
        return min(0.0, self.model - self.low) + max(0.0, self.model - self.high)

    @property
    def verdict(self) -> str:
        if self.inside:
            return "inside"
        side = "below" if self.off < 0 else "above"
        edge = self.low if self.off < 0 else self.high
        percent = f" ({abs(self.off) / abs(edge):.0%})" if edge else ""
        return f"{side} by {number(abs(self.off))}{percent}"


def number(value: float) -> str:
    if not np.isfinite(value):
        return "-"
    if value != 0 and abs(value) < 1:
        return f"{value:.3f}" if abs(value) < 0.1 else f"{value:.2f}"
    return f"{value:.1f}" if abs(value) < 100 else f"{value:.0f}"


def years_of(period: object) -> tuple[int, int]:
    found = re.fullmatch(r"(\d{4})(?:-(\d{4}))?", str(period))
    if not found:
        raise ValidationError(f"{TARGETS}: period {period!r} is neither a year nor two")
    return int(found[1]), int(found[2] or found[1])


def find_program() -> Path | None:
    named = os.environ.get("CARESTAIR")
    if named:
        return Path(named)
    built = REPOSITORY / "build" / "release" / "carestair"
    if built.exists():
        return built
    found = shutil.which("carestair")
    return Path(found) if found else None


def run(config: str, folder: Path, *options: str) -> Path:
    """Run a configuration of this folder; an older result is made anew."""
    program = find_program()
    if program is None:
        raise ValidationError("the program is not built; build it, or set CARESTAIR to its path")
    result = folder / f"validation-{Path(config).stem}.h5"
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as place:
        configs = Path(place) / "configs"
        shutil.copytree(REPOSITORY / "configs", configs)
        shutil.copy(HERE / config, configs)
        done = subprocess.run(
            [program, "run", configs / config, "-o", result, *options],
            capture_output=True,
            text=True,
            check=False,
        )
    if done.returncode != 0:
        raise ValidationError(f"carestair run {config} failed:\n{done.stdout}{done.stderr}")
    return result


def known_misses() -> dict[str, str]:
    listed = yaml.safe_load((HERE / "known-misses.yaml").read_text())["misses"] or []
    return {miss["id"]: miss["reason"] for miss in listed}


def input_sources(result: carestair.Result) -> set[str]:
    """Ids of the sources behind the model's own numbers, judgement apart."""
    used: set[str] = set()
    for cell in result.evidence["source"]:
        used.update(re.findall(r"\w+", cell))
    return used - {"own_judgement", "own_derivation"}


def check(baseline: carestair.Result, lives: carestair.Result) -> list[Checked]:
    targets = yaml.safe_load(TARGETS.read_text())["targets"]
    known = known_misses()
    used = input_sources(baseline)
    every = measures.MEASURES | measures.LIVES
    unknown = [target["id"] for target in targets if target["id"] not in every]
    if unknown:
        raise ValidationError(f"tests/validation/measures.py cannot measure {', '.join(unknown)}")
    gone = set(known) - {target["id"] for target in targets}
    if gone:
        raise ValidationError(f"known-misses.yaml lists no targets: {', '.join(sorted(gone))}")
    checked = []
    for target in targets:
        result = lives if target["id"] in measures.LIVES else baseline
        values = every[target["id"]](result, years_of(target["period"]))
        low, high = np.quantile(values, [0.025, 0.975])
        sources = target["source"] if isinstance(target["source"], list) else [target["source"]]
        checked.append(
            Checked(
                id=target["id"],
                title=target["title"],
                unit=target["unit"],
                kind=target["kind"],
                value=float(target["value"]),
                low=float(target["low"]),
                high=float(target["high"]),
                model=float(values.mean()),
                model_low=float(low),
                model_high=float(high),
                fitted=bool(used & set(sources)),
                known=known.get(target["id"], ""),
            )
        )
    return checked


# --- telling --------------------------------------------------------------------------------------


def as_text(checked: list[Checked]) -> str:
    rows = [("", "source", "accepted", "model", "95 % of runs", "")]
    rows += [
        (
            f"{c.title}, {c.unit.replace('_', ' ')}",
            number(c.value),
            f"{number(c.low)}-{number(c.high)}",
            number(c.model),
            f"{number(c.model_low)}-{number(c.model_high)}",
            c.verdict + (", known" if c.known and not c.inside else ""),
        )
        for c in checked
    ]
    widths = [max(len(row[i]) for row in rows) for i in range(5)]
    lines = [
        row[0].ljust(widths[0])
        + "".join("  " + row[i].rjust(widths[i]) for i in range(1, 5))
        + "  "
        + row[5]
        for row in rows
    ]
    return "\n".join(line.rstrip() for line in lines) + "\n\n" + summary(checked)


def summary(checked: list[Checked]) -> str:
    missed = [c for c in checked if not c.inside]
    new = [c for c in missed if not c.known]
    met = [c for c in checked if c.inside and c.known]
    lines = [f"{len(checked) - len(missed)} of {len(checked)} targets met, {len(missed)} missed."]
    lines += [f"  new: {c.id}: {c.verdict}" for c in new]
    lines += [f"  known: {c.id}: {c.verdict}; {c.known}" for c in missed if c.known]
    lines += [f"  met by now, take it off known-misses.yaml: {c.id}" for c in met]
    return "\n".join(lines) + "\n"


def as_markdown(checked: list[Checked], baseline: carestair.Result) -> str:
    lines = [
        f"{sum(c.inside for c in checked)} of {len(checked)} targets are met, with "
        f"{baseline.replications} replications, seed {baseline.seed}.",
        "",
        "| target | unit | source | accepted | model | 95 % of replications | | same source |",
        "|---|---|--:|--:|--:|--:|---|---|",
    ]
    for c in checked:
        verdict = c.verdict if c.inside else f"**{c.verdict}**"
        lines.append(
            f"| {c.title} | {c.unit.replace('_', ' ')} | {number(c.value)} "
            f"| {number(c.low)}–{number(c.high)} | {number(c.model)} "
            f"| {number(c.model_low)}–{number(c.model_high)} | {verdict} "
            f"| {'yes' if c.fitted else ''} |"
        )
    missed = [c for c in checked if not c.inside]
    if missed:
        lines += ["", "What is missed, and why:", ""]
        lines += [f"- {c.title}: {c.verdict}. {c.known or 'Not explained yet.'}" for c in missed]
    return "\n".join(lines) + "\n"


def write_page(checked: list[Checked], baseline: carestair.Result) -> None:
    page = PAGE.read_text()
    if BEGIN not in page or END not in page:
        raise ValidationError(f"{PAGE.name} has lost the marks around its table")
    before, rest = page.split(BEGIN, 1)
    after = rest.split(END, 1)[1]
    PAGE.write_text(f"{before}{BEGIN}\n{as_markdown(checked, baseline)}{END}{after}")


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__.splitlines()[0], epilog="Exit codes: 0 fine, 1 a new miss, 2 trouble."
    )
    parser.add_argument(
        "--write", action="store_true", help="put the table into docs/validation.md"
    )
    parser.add_argument("--report", type=Path, help="also write the table to this text file")
    parser.add_argument("--folder", type=Path, default=REPOSITORY / "outputs", help="for results")
    arguments = parser.parse_args()
    try:
        with (
            carestair.open(run("baseline.yaml", arguments.folder)) as baseline,
            carestair.open(run("lives.yaml", arguments.folder, "--events")) as lives,
        ):
            checked = check(baseline, lives)
            if arguments.write:
                write_page(checked, baseline)
    except (ValidationError, carestair.ResultError) as error:
        print(f"error: {error}", file=sys.stderr)
        return 2
    text = as_text(checked)
    print(text, end="")
    if arguments.report:
        arguments.report.write_text(text)
    return 1 if any(not c.inside and not c.known for c in checked) else 0


if __name__ == "__main__":
    sys.exit(main())
