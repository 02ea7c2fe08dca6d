#!/usr/bin/env python3
"""Runs every scenario of configs/scenarios and prints what is expected beside what is found.

  tests/scenarios/check_directions.py                     all of them, 20 replications each
  tests/scenarios/check_directions.py -r 50 day-activity  some, with more
  tests/scenarios/check_directions.py --all-outcomes ...  every outcome, expected or not

A difference is up or down when its 95 % interval excludes zero; none when the interval holds zero
or the difference is below a hundredth of the baseline. Exit codes: 0 nothing contradicts, 1
something goes the other way or differs where nothing should, 2 a
file or the program is not what it should be.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))

import carestair
import library

MATTERS = 0.01  # of the baseline
RAW = {  # outcomes of `carestair compare` as they stand in a result, with the unit they are told in
    "cost": ("cost", 1e6 / 365.25),
    "home_hours": ("home_hours", 1 / 7),
    "places": ("place_days", 1),
    "waiting": ("waiting_days", 1),
    "unmet_hours": ("unmet_hours", 1 / 7),
    "informal_hours": ("informal_hours", 1 / 7),
    "extensive": ("extensive_days", 1),
    "residents": ("life_days", 1),
}


@dataclass(frozen=True)
class Found:
    """A difference with its 95 % interval."""

    baseline: float
    difference: float
    low: float
    high: float

    @property
    def direction(self) -> str:
        if self.low > 0:
            return "up"
        if self.high < 0:
            return "down"
        return "none"

    @property
    def matters(self) -> bool:
        return abs(self.difference) >= MATTERS * abs(self.baseline)

    def verdict(self, wanted: str) -> str:
        if wanted == "unclear":
            return "open"
        if self.direction == wanted or (wanted == "none" and not self.matters):
            return "as expected"
        if self.direction == "none":
            return "not told apart"
        return "DIFFERS" if wanted == "none" else "OTHER WAY"

    def __str__(self) -> str:
        share = f"{100 * self.difference / self.baseline:+8.2f} %" if self.baseline else ""
        return (
            f"{self.baseline:10.2f} {self.difference:+9.3f}"
            f" ({self.low:+.3f} to {self.high:+.3f}) {share}"
        )


def against_another(result: Path, other: Path) -> dict[str, Found]:
    """The baseline of one result against that of another, replication by replication."""
    found = {}
    with carestair.open(other) as before, carestair.open(result) as after:

        def values(of: carestair.Result, outcome: str) -> Any:
            name, per = RAW[outcome]
            total = of.persons["total"].sel(outcome=name).isel(scenario=0)
            return total.sum(("municipality", "age_group", "sex")) / per / of.days

        for id in RAW:
            d = carestair.paired_difference(values(before, id), values(after, id))
            found[id] = Found(d.baseline, d.difference, d.low, d.high)
    return found


def run(name: str, replications: int, threads: int, folder: Path) -> dict[str, dict[str, Found]]:
    """Outcomes by id, by scenario."""
    result = folder / f"{name}.h5"
    library.run(library.FOLDER / f"{name}.yaml", result, replications, threads)
    found = {
        scenario: {
            id: Found(o["baseline"], o["difference"], o["low"], o["high"])
            for id, o in outcomes.items()
        }
        for scenario, outcomes in library.compare(result).items()
    }
    other = library.compared_with().get(name)
    if other:
        before = folder / f"{Path(other).stem}.h5"
        if not before.exists():
            library.run(library.FOLDER / other, before, replications, threads)
        found[library.BASELINE] = against_another(result, before)
    return found


def parse() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("names", nargs="*", help="scenario files, without .yaml [all]")
    parser.add_argument("-r", "--replications", type=int, default=20)
    parser.add_argument("-t", "--threads", type=int, default=1)
    parser.add_argument("--all-outcomes", action="store_true")
    return parser.parse_args()


def main() -> int:
    arguments = parse()
    count: dict[str, int] = {}
    expected = library.expectations()
    with tempfile.TemporaryDirectory() as place:
        for name in arguments.names or library.names():
            found = run(name, arguments.replications, arguments.threads, Path(place))
            print(f"\n{name}")
            for scenario, outcomes in found.items():
                print(f"  {scenario}")
                own = [e for e in expected if (e.file, e.scenario) == (name, scenario)]
                for e in own:
                    verdict = outcomes[e.outcome].verdict(e.wanted)
                    count[verdict] = count.get(verdict, 0) + 1
                    known = f", though {e.direction} was expected" if e.found else ""
                    print(
                        f"    {e.outcome:15} {e.wanted:8} {outcomes[e.outcome]}  {verdict}{known}"
                    )
                if arguments.all_outcomes:
                    for id in outcomes.keys() - {e.outcome for e in own}:
                        print(f"    {id:15} {'':8} {outcomes[id]}")
            sys.stdout.flush()
    print("\n" + ", ".join(f"{number} {verdict}" for verdict, number in sorted(count.items())))
    return 1 if "DIFFERS" in count or "OTHER WAY" in count else 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except (library.LibraryError, carestair.ResultError) as error:
        print(error, file=sys.stderr)
        sys.exit(2)
