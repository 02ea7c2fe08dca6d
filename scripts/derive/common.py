"""Reading and writing of the tables below configs/, and one smoother, shared by the derivations."""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np

CONFIGS = Path(__file__).resolve().parents[2] / "configs"
AGES = np.arange(111)  # single years, the last one open
SEXES = ("male", "female")
NEEDS = ("none", "some", "moderate", "extensive")
STAGES = ("none", "mild_impairment", "mild", "moderate", "severe")


def read(path: str) -> list[dict[str, str]]:
    """Rows of a CSV below configs/."""
    with open(CONFIGS / path, newline="") as file:
        return list(csv.DictReader(file))


def write(path: str, head: list[str], rows: list[list]) -> None:
    """Writes a CSV below configs/; floats in five significant digits."""

    def text(value) -> str:
        return f"{value:.5g}" if isinstance(value, float) else str(value)

    with open(CONFIGS / path, "w", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(head)
        writer.writerows([[text(value) for value in row] for row in rows])


def band(row: dict[str, str]) -> np.ndarray:
    """Indices of the single years in a row's age_from..age_to (empty: open)."""
    return np.arange(int(row["age_from"]), int(row["age_to"] or 110) + 1)


def by_age_sex(path: str, column: str = "value") -> np.ndarray:
    """A single-year table as an array [sex, age]; ages beyond the last keep its value for rates."""
    out = np.full((2, 111), np.nan)
    for row in read(path):
        out[SEXES.index(row["sex"]), int(row["age"])] = float(row[column])
    last = np.max(np.flatnonzero(~np.isnan(out[0])))
    out[:, last + 1 :] = 0.0 if column == "persons" else out[:, [last]]
    return out


def by_age(path: str) -> np.ndarray:
    """Point ages interpolated to single years, constant beyond the ends [age]."""
    rows = read(path)
    return np.interp(AGES, [int(r["age"]) for r in rows], [float(r["value"]) for r in rows])


def points(path: str, column: str, value: str, levels: tuple[str, ...]) -> np.ndarray:
    """Point ages interpolated to [level, age], constant beyond the ends."""
    out = np.zeros((len(levels), 111))
    rows = read(path)
    for i, level in enumerate(levels):
        at = sorted((int(r["age"]), float(r[value])) for r in rows if r[column] == level)
        if at:
            out[i] = np.interp(AGES, [a for a, _ in at], [v for _, v in at])
    return out


def smooth_to_means(
    groups: list[tuple[np.ndarray, float]],
    weights: np.ndarray,
    first: int,
    rounds: int = 60,
    stiffness: float = 30.0,
) -> np.ndarray:
    """A smooth positive curve over single ages whose weighted group means are as given.

    Minimises squared second differences of log(curve) subject to the group means, by repeated
    linearisation; zero below the age `first`.
    """
    ages = np.arange(first, 111)
    log_curve = np.zeros(len(ages))
    for group, mean in groups:
        inside = np.isin(ages, group)
        log_curve[inside] = np.log(mean)
    rough = np.zeros((len(ages) - 2, len(ages)))
    for i in range(len(ages) - 2):
        rough[i, i : i + 3] = (1.0, -2.0, 1.0)
    penalty = stiffness * rough.T @ rough
    for _ in range(rounds):
        curve = np.exp(log_curve)
        rows, misses = [], []
        for group, mean in groups:
            w = np.where(np.isin(ages, group), weights[ages], 0.0)
            w = w / w.sum()
            rows.append(w * curve)  # d mean / d log curve
            misses.append(np.log(mean) * mean - np.log(w @ curve) * mean)
        a = np.array(rows)
        n, m = len(ages), len(groups)
        system = np.block([[penalty + 1e-9 * np.eye(n), a.T], [a, np.zeros((m, m))]])
        right = np.concatenate([-penalty @ log_curve, np.array(misses)])
        step = np.linalg.solve(system, right)[:n]
        log_curve = log_curve + 0.5 * step
    out = np.zeros(111)
    out[first:] = np.exp(log_curve)
    return out
