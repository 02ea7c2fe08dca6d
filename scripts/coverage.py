#!/usr/bin/env python3
"""Write docs/coverage.md from docs/coverage.yaml, or check that both are true.

    scripts/coverage.py           writes the page
    scripts/coverage.py --check   fails when the page is out of date, an address does not exist in
                                  configs/selbu/baseline.yaml, or an entry is not whole

The program is $CARESTAIR, or build/release/carestair. Exit code 1 when something is wrong.
"""

from __future__ import annotations

import argparse
import csv
import io
import os
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path

import yaml

ROOT = Path(__file__).resolve().parent.parent
LIST = ROOT / "docs" / "coverage.yaml"
PAGE = ROOT / "docs" / "coverage.md"
CONFIGURATION = ROOT / "configs" / "selbu" / "baseline.yaml"

STATUSES = {
    "works": "an address moves it today",
    "result": "nothing to move: results or an analysis answer it",
    "left_out": "left out, with the reason",
}
KEYS = {"id", "lever", "topic", "sources", "status", "addresses", "why", "evidence"}


def known_addresses() -> set[str]:
    """Return every address of the configuration, as the program lists them."""
    program = os.environ.get("CARESTAIR", str(ROOT / "build" / "release" / "carestair"))
    table = subprocess.run(
        [program, "params", "--csv", str(CONFIGURATION)], check=True, capture_output=True, text=True
    ).stdout
    return {row["address"] for row in csv.DictReader(io.StringIO(table))}


def faults(document: dict, addresses: set[str]) -> list[str]:
    """Return what is wrong with the list, one line each."""
    found = []
    entries = document["levers"]
    for name, count in Counter(entry["id"] for entry in entries).items():
        if count > 1:
            found.append(f"{name}: there are {count} entries of this id")
    for entry in entries:
        name = entry["id"]
        for key in entry.keys() - KEYS:
            found.append(f"{name}: unknown key {key}")
        if not re.fullmatch(r"[a-z][a-z0-9_]*", name):
            found.append(f"{name}: an id is lower case with underscores")
        if entry.get("status") not in STATUSES:
            found.append(f"{name}: unknown status {entry.get('status')}")
        if not entry.get("sources"):
            found.append(f"{name}: no source")
        for source in entry.get("sources", []):
            if source not in document["sources"]:
                found.append(f"{name}: unknown source {source}")
        if (entry.get("status") == "works") != bool(entry.get("addresses")):
            found.append(f"{name}: addresses go with status works, and only with it")
        for address in entry.get("addresses", []):
            if address not in addresses:
                found.append(f"{name}: no address {address} in {CONFIGURATION.name}")
        if entry.get("status") != "works" and not entry.get("why"):
            found.append(f"{name}: no address, and no word on where it is answered or why left out")
    return found


def cell(text: str) -> str:
    """Return text that can stand in a cell of a table."""
    return text.replace("|", "\\|").replace("\n", " ")


def what_moves_it(entry: dict) -> str:
    """Return the last column: addresses, or what answers it, or why not."""
    if entry["status"] == "works":
        text = ", ".join(f"`{address}`" for address in entry["addresses"])
        return f"{text}. {entry['why']}" if entry.get("why") else text
    told = "left out" if entry["status"] == "left_out" else "in the results"
    return f"*{told}*: {entry['why']}"


def page(document: dict) -> str:
    """Return the page as Markdown."""
    entries = document["levers"]
    topics = list(dict.fromkeys(entry["topic"] for entry in entries))
    counts = Counter(entry["status"] for entry in entries)
    lines = [
        "# Coverage",
        "",
        "<!-- written by scripts/coverage.py from docs/coverage.yaml; change it there -->",
        "",
        "Every lever and mechanism that the source documents name, and the address that moves it,",
        "or what answers it, or why it is left out. Addresses are those of",
        "`configs/selbu/baseline.yaml`; [scenarios](scenarios.md) tells how to change them.",
        "",
        "| status | levers |",
        "|---|---:|",
        *(f"| {text} | {counts[status]} |" for status, text in STATUSES.items()),
        f"| all | {len(entries)} |",
        "",
    ]
    for topic in topics:
        lines += [f"## {topic.replace('_', ' ').capitalize()}", ""]
        lines += ["| lever | moved by | named in |", "|---|---|---|"]
        for entry in entries:
            if entry["topic"] == topic:
                named = ", ".join(entry["sources"])
                lines.append(f"| {cell(entry['lever'])} | {cell(what_moves_it(entry))} | {named} |")
        lines.append("")
    lines += ["## Sources", "", "| short | title |", "|---|---|"]
    for key, source in document["sources"].items():
        year = f", {source['year']}" if "year" in source else ""
        link = f" <{source['url']}>" if "url" in source else ""
        lines.append(f"| {key} | {cell(source['title'])}. {source['publisher']}{year}{link} |")
    return "\n".join(lines) + "\n"


def main() -> int:
    """Run the command; returns its exit code."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--check", action="store_true", help="change nothing, say what is wrong")
    arguments = parser.parse_args()
    document = yaml.safe_load(LIST.read_text(encoding="utf-8"))
    found = faults(document, known_addresses())
    text = page(document)
    if not arguments.check:
        PAGE.write_text(text, encoding="utf-8")
    elif not PAGE.exists() or PAGE.read_text(encoding="utf-8") != text:
        found.append("docs/coverage.md is out of date: run scripts/coverage.py")
    for line in found:
        print(line, file=sys.stderr)
    if not found:
        print(f"{len(document['levers'])} levers, every address exists")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
