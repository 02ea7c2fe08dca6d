#!/usr/bin/env python3
"""Hold the ratios of bench_limit to bench/baseline.json.

    compare.py PROGRAM [argument ...]    run the program, then compare
    compare.py ratios.json               compare what `--json` wrote
    compare.py --update PROGRAM|FILE     make these ratios the baseline
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from pathlib import Path

BASELINE = Path(__file__).with_name("baseline.json")


def measured(source: Path, arguments: list[str]) -> dict[str, float]:
    """Ratios by name, from a file or from running the program."""
    if source.suffix == ".json":
        return json.loads(source.read_text(encoding="utf-8"))
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "ratios.json"
        subprocess.run([str(source.resolve()), *arguments, "--json", str(file)], check=True)
        return json.loads(file.read_text(encoding="utf-8"))


def report(ratios: dict[str, float], baseline: dict) -> list[str]:
    """Print one line a ratio; return the names of those that got slower."""
    slower = []
    tolerance = baseline["tolerance"]
    for name, before in baseline["ratios"].items():
        if name not in ratios:
            print(f"{name:<20} {'':>7}  was {before:6.3f}  not measured")
            continue
        change = ratios[name] / before - 1
        verdict = "as before"
        if change < -tolerance:
            verdict = "SLOWER"
            slower.append(name)
        elif change > tolerance:
            verdict = "faster"
        print(f"{name:<20} {ratios[name]:7.3f}  was {before:6.3f}  {change:+6.1%}  {verdict}")
    for name in ratios.keys() - baseline["ratios"].keys():
        print(f"{name:<20} {ratios[name]:7.3f}  not in the baseline")
    return slower


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--update", action="store_true", help="write the baseline")
    parser.add_argument("source", type=Path, help="bench_limit, or a file it wrote")
    options, arguments = parser.parse_known_args()

    ratios = measured(options.source, arguments)
    baseline = json.loads(BASELINE.read_text(encoding="utf-8"))
    slower = report(ratios, baseline)
    if options.update:
        baseline["ratios"] |= {name: round(ratio, 2) for name, ratio in ratios.items()}
        BASELINE.write_text(json.dumps(baseline, indent=2) + "\n", encoding="utf-8")
        return 0
    if slower:
        print(f"slower by more than {baseline['tolerance']:.0%}: {', '.join(slower)}")
    return 1 if slower else 0


if __name__ == "__main__":
    sys.exit(main())
