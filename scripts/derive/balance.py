"""Fits the balance of decline, and the onset of dementia once more, in the simulator itself, so that need
and cognition by age stay what they are at the start.

Reads  norway/initial-need.csv, initial-dementia.csv, initial-mild-impairment.csv, function-balance.csv,
       cognition-progression.csv (run initial.py and transitions.py first)
Writes norway/{function-balance,cognition-progression}.csv
Needs  the program: CARESTAIR=build/release/carestair python balance.py [ROUNDS]

The cohort behind transitions.py has no services, hospital stays, falls or user groups. So the town lives 20
years in which its ages stay the same (town/balance.yaml), and what multiplies each rate is multiplied by how
many times too few have the next level relative to this one, until the shares at the end are those of the
start. Decline itself stays what the cohort has: the norm of the life table follows that. Run again, it goes
on where it was.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

import h5py
import numpy as np
from common import AGES, CONFIGS, NEEDS, SEXES, STAGES, by_age, by_age_sex, points, read, write

PROGRAM = os.environ.get("CARESTAIR", "carestair")
BANDS = ((18, 49), (50, 66), (67, 79), (80, 89), (90, 110))  # as in the result file, without children
CENTRES = (34, 59, 73.5, 84.5, 93)
STEP = 0.7  # of the miss in logarithms: a rate acts on levels further up as well
COGNITION = STAGES[:2] + ("dementia",)


def by_band(shares: np.ndarray, persons: np.ndarray) -> np.ndarray:
    """Shares [band, level] of the persons [sex, age] from those of [level, sex, age]."""
    bands = [
        (shares[:, :, low : high + 1] * persons[:, low : high + 1]).sum(axis=(1, 2))
        for low, high in BANDS
    ]
    return np.array([band / band.sum() for band in bands])


def wanted() -> tuple[np.ndarray, np.ndarray]:
    """Need and cognition [band, level] at the start."""
    persons = by_age_sex("town/population.csv")
    need = points("norway/initial-need.csv", "need_level", "value", NEEDS)
    dementia = points("norway/initial-dementia.csv", "sex", "value", SEXES)
    mild = np.minimum(by_age("norway/initial-mild-impairment.csv"), 1.0 - dementia)
    cognition = np.array([1.0 - mild - dementia, mild, dementia])
    return by_band(np.stack([need] * 2, axis=1), persons), by_band(cognition, persons)


def lived() -> tuple[np.ndarray, np.ndarray]:
    """Need and cognition [band, level] after twenty years."""
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "balance.h5"
        subprocess.run(
            [PROGRAM, "run", CONFIGS / "town" / "balance.yaml", "-o", out],
            check=True, stdout=subprocess.DEVNULL,
        )
        with h5py.File(out) as file:
            # Both begin with scenario, replication, municipality, age group, and end with months.
            need = file["indicators/population"][0, :, 0].sum(axis=(0, 2, 4), dtype=float)
            stages = file["indicators/persons_by_cognition"][0, :, 0].sum(axis=(0, 3, 4), dtype=float)
    cognition = np.stack([stages[:, 0], stages[:, 1], stages[:, 2:].sum(axis=1)], axis=1)
    return tuple(counts[1:] / counts[1:].sum(axis=1, keepdims=True) for counts in (need, cognition))


def factors(levels: tuple[str, ...], now: np.ndarray, goal: np.ndarray) -> dict[str, np.ndarray]:
    """By what to multiply the rate out of each level but the last, by age."""
    print("  ", ", ".join(levels[1:]), "after twenty years / wanted")
    for (low, high), n, g in zip(BANDS, now, goal):
        print(f"  {low:2}-{high:3} ", "  ".join(f"{a:.4f}/{b:.4f}" for a, b in zip(n[1:], g[1:])))
    with np.errstate(divide="ignore", invalid="ignore"):
        miss = np.log((goal[:, 1:] / goal[:, :-1]) / (now[:, 1:] / now[:, :-1]))
    miss = np.where(np.isfinite(miss) & (goal[:, 1:] > 1e-3), miss, 0.0)
    return {
        level: np.exp(STEP * np.interp(AGES, CENTRES, miss[:, i]))
        for i, level in enumerate(levels[:-1])
    }


def multiply(path: str, column: str, by: dict[str, np.ndarray]) -> None:
    """Multiplies value and range, where there is one, of the rows of each level by its factor."""
    rows = read(path)
    for row in rows:
        factor = float(by[row[column]][int(row["age"])]) if row[column] in by else 1.0
        for name in {"value", "low", "high"} & row.keys():
            row[name] = float(row[name]) * factor
    write(path, list(rows[0]), [list(row.values()) for row in rows])


def main() -> None:
    need, cognition = wanted()
    for _ in range(int(sys.argv[1]) if len(sys.argv) > 1 else 6):
        need_now, cognition_now = lived()
        multiply("norway/function-balance.csv", "need_level", factors(NEEDS, need_now, need))
        multiply("norway/cognition-progression.csv", "cognition",
                 factors(COGNITION, cognition_now, cognition))


if __name__ == "__main__":
    main()
