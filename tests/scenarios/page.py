#!/usr/bin/env python3
"""Writes the tables of configs/scenarios/README.md from the scenario files and expected.yaml.

A table stands between `<!-- files: one two -->`, which says what it lists, and `<!-- end -->`.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

import library

PAGE = library.FOLDER / "README.md"
TABLE = re.compile(r"(<!-- files: ([^>]*) -->\n).*?(<!-- end -->)", re.DOTALL)
WORDS = {
    "home_hours": "hours at home",
    "unmet_hours": "unmet need",
    "informal_hours": "family help",
    "recipients_end": "recipients at the end",
    "extensive": "extensive need",
    "places": "24-hour care",
    "net_municipality": "borne by the municipality",
    "net_state": "borne by the state",
    "net_users": "borne by users",
    "staff_employed": "staff employed",
    "mean_position": "mean position",
    "lacking_competence": "not given for want of competence",
    "staff_sick": "sick leave",
    "staff_at_work": "staff at work",
    "undelivered_hours": "hours not given",
    "carers_burdened": "burdened carers",
    "carer_work_lost": "carers' work given up",
}


def levers(name: str) -> str:
    """Addresses a file changes, cells left out, the section of a service once."""
    study = library.read(name)
    found = [
        change["address"].split("[")[0]
        for scenario in study["scenarios"].values()
        for change in scenario["changes"]
    ]
    for section in ("kin", "initial", "function"):
        found += [f"{section}.{key}" for key in study.get(section, {})]
    return ", ".join(f"`{address}`" for address in dict.fromkeys(found))


def expected(name: str) -> str:
    """Outcomes with their direction; scenarios named where they differ."""
    entries = [e for e in library.expectations() if e.file == name]
    told = []
    for outcome in dict.fromkeys(e.outcome for e in entries):
        own = [e for e in entries if e.outcome == outcome]
        directions = dict.fromkeys(e.direction for e in own)
        parts = []
        for direction in directions:
            same = [e for e in own if e.direction == direction]
            word = direction + ("\\*" if any(e.found for e in same) else "")
            if len(directions) > 1:
                word += " (" + ", ".join(e.scenario.replace("_", " ") for e in same) + ")"
            parts.append(word)
        told.append(f"{WORDS.get(outcome, outcome)} {', '.join(parts)}")
    return "; ".join(told)


def sources(name: str) -> str:
    ids = [id for e in library.expectations() if e.file == name for id in e.source]
    return ", ".join(dict.fromkeys(ids))


def table(names: list[str]) -> str:
    rows = ["| file | question | levers | expected | source |", "|---|---|---|---|---|"]
    for name in names:
        question = " ".join(library.read(name)["question"].split())
        rows.append(
            f"| [{name}.yaml]({name}.yaml) | {question} | {levers(name)} | {expected(name)} "
            f"| {sources(name)} |"
        )
    return "\n".join(rows) + "\n"


def listed() -> list[str]:
    page = PAGE.read_text(encoding="utf-8")
    return [name for _, names, _ in TABLE.findall(page) for name in names.split()]


def with_tables() -> str:
    """The page with its tables made anew."""
    page = PAGE.read_text(encoding="utf-8")
    return TABLE.sub(lambda found: found[1] + table(found[2].split()) + found[3], page)


if __name__ == "__main__":
    PAGE.write_text(with_tables(), encoding="utf-8")
