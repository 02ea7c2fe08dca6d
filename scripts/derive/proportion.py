"""Selbu's capacities in proportion to another municipality, and as many moving in as out.

    python proportion.py storvik     for configs/storvik/, where population.csv is

Reads  <folder>/population.csv, selbu/{municipality.yaml,population.csv,out-rate.csv},
       norway/targets/{home-hours,users-by-sex}.csv
Writes <folder>/capacities.yaml and <folder>/in-per-1000.csv; neither is written over

Capacities and their ranges are Selbu's per resident of the ages in larger.py, hours at home by the hours that
national statistics give these ages. A beginning: what the municipality has of its own replaces them.
"""

from __future__ import annotations

import csv
import sys

import numpy as np
import yaml
from common import AGES, CONFIGS, SEXES, read, write
from larger import HOURS, RULES, hours

GROUPS = {  # ages of the services that are not in RULES
    "municipal_acute_bed": (0, 110),
    "safety_housing": (80, 110),
}


def counted(path: str) -> np.ndarray:
    """Residents [sex, age] of a population.csv."""
    out = np.zeros((2, len(AGES)))
    try:
        with open(CONFIGS / path, newline="", encoding="utf-8-sig") as file:
            for row in csv.DictReader(file):
                out[SEXES.index(row["sex"]), int(row["age"])] += float(row["value"])
    except FileNotFoundError:
        sys.exit(f"configs/{path} is not there: residents by age and sex, columns age,sex,value")
    except (KeyError, ValueError, IndexError, TypeError) as fault:
        sys.exit(f"configs/{path}: {fault}; columns are age,sex,value, as in configs/selbu/population.csv")
    return out


def told(value: float) -> str:
    """In whole places and hours, and what there is some of does not become none."""
    return f"{max(value, 1) if value else 0:.0f}"


def main() -> None:
    if len(sys.argv) != 2 or sys.argv[1] in ("-h", "--help", "selbu"):
        sys.exit(__doc__)
    folder = sys.argv[1].removeprefix("configs/").strip("/")
    for name in ("capacities.yaml", "in-per-1000.csv"):
        if (CONFIGS / folder / name).exists():
            sys.exit(f"configs/{folder}/{name} is there already: take it away first")
    own, selbu = counted(f"{folder}/population.csv"), counted("selbu/population.csv")
    there = yaml.safe_load((CONFIGS / "selbu/municipality.yaml").read_text(encoding="utf-8"))
    ages = {service: (first, last) for service, (_, first, last) in RULES.items()} | GROUPS

    def parameter(key: str, known: dict, ratio: float, per: str) -> str:
        cells = ", ".join(f"{end}: {told(known[end] * ratio)}" for end in ("value", "low", "high"))
        return (f"{key}: {{{cells}, unit: {known['unit']}, source: own_derivation, kind: assumption, "
                f'note: "{known["value"]} in Selbu, {per}"}}')

    key = "coordinator_hours_per_week"
    lines = [
        "# Selbu's capacities in proportion (scripts/derive/proportion.py). Replace each by what there is.",
        "volunteers:",
        "  " + parameter(key, there["volunteers"][key], own.sum() / selbu.sum(), "per resident"),
        "services:",
    ]
    for service, said in there["services"].items():
        if service in HOURS:
            ratio = hours(own) / hours(selbu)
            per = "by national users and hours of each age group"
        else:
            first, last = ages[service]
            heads = slice(first, last + 1)
            ratio = own[:, heads].sum() / selbu[:, heads].sum()
            per = "per resident" + ("" if first == 0 else f" {first}+" if last == 110 else f" {first}-{last}")
        lines.append(f"  {service}:")
        if "max_age" in said:
            lines.append(f"    max_age: {said['max_age']}")
        key = "hours_capacity" if "hours_capacity" in said else "capacity"
        lines.append("    " + parameter(key, said[key], ratio, per))
    rows = read("selbu/out-rate.csv")
    out = np.interp(AGES, [int(r["age"]) for r in rows], [float(r["value"]) for r in rows])
    moves = out * own / own.sum() * 1000.0
    write(f"{folder}/in-per-1000.csv", ["age", "sex", "value"],
          [[int(a), sex, round(float(moves[s, a]), 4)] for s, sex in enumerate(SEXES) for a in AGES])
    with open(CONFIGS / folder / "capacities.yaml", "w", encoding="utf-8") as file:
        file.write("\n".join(lines) + "\n")
    print(f"configs/{folder}/capacities.yaml and in-per-1000.csv are written")


if __name__ == "__main__":
    main()
