"""State of the population at the start: need, dementia and mild impairment by age.

Reads  norway/targets/{need-during-year,dementia-prevalence,mild-impairment-prevalence,
       population-2020}.csv
Writes norway/{initial-need,initial-dementia,initial-mild-impairment}.csv

Need: users during a year at each level x users on a given day per user during the year (POINT_IN_TIME
below), divided by the share of that need which is served (SERVED below, as in norway/initial.yaml), made
smooth over age with the group means kept.
"""

from __future__ import annotations

import numpy as np
from common import AGES, NEEDS, SEXES, band, by_age_sex, read, smooth_to_means, write

# Users on a given day per user during the year, below and from 67. Half of the old with extensive need
# live in nursing homes, where 31 322 of a year's 46 000 are there on a day, because they die; 0.8 others.
POINT_IN_TIME = {"some": (0.8, 0.8), "moderate": (0.8, 0.8), "extensive": (0.8, 0.73)}
# Below and from 67: with some need, partner and children of the old meet more of it.
SERVED = {"some": (0.75, 0.60), "moderate": (0.95, 0.95), "extensive": (0.98, 0.98)}
SMALLEST_NONE = 0.04  # somebody needs no help at any age


def need_shares() -> np.ndarray:
    """Prevalence [need level, age], need met or not, as a share of residents."""
    weights = by_age_sex("norway/targets/population-2020.csv", "persons").sum(axis=0)
    shares = np.zeros((4, 111))
    rows = read("norway/targets/need-during-year.csv")
    for i, level in enumerate(NEEDS[1:], start=1):
        groups = [
            (band(r), float(r["share"]) * POINT_IN_TIME[level][old] / SERVED[level][old])
            for r in rows
            if r["need_level"] == level
            for old in [int(r["age_from"]) >= 67]
        ]
        shares[i] = smooth_to_means(groups, weights, first=0)
    total = shares[1:].sum(axis=0)
    shares[1:] *= np.minimum(1.0, (1.0 - SMALLEST_NONE) / total)
    shares[0] = 1.0 - shares[1:].sum(axis=0)
    return shares


def dementia_shares() -> np.ndarray:
    """Prevalence of dementia of any stage [sex, age]."""
    weights = by_age_sex("norway/targets/population-2020.csv", "persons")
    out = np.zeros((2, 111))
    rows = read("norway/targets/dementia-prevalence.csv")
    for s, sex in enumerate(SEXES):
        groups = [(band(r), float(r["share"])) for r in rows if r["sex"] == sex]
        groups.insert(0, (np.arange(45, 60), 0.0005))  # young onset: about 4 000 below 65
        out[s] = smooth_to_means(groups, weights[s], first=40, stiffness=100.0)
    return np.minimum(out, 0.65)


def mild_impairment_shares() -> np.ndarray:
    """Prevalence of mild impairment by age: measured from 70, tapering to 0 at 50 below."""
    at = {50: 0.0, 55: 0.03, 60: 0.09, 65: 0.2, 70: 0.31}  # below 70: assumption
    for row in read("norway/targets/mild-impairment-prevalence.csv"):
        low = int(row["age_from"])
        at[94 if low == 90 else low + 2] = float(row["share"])
    return np.interp(AGES, list(at), list(at.values()))


def main() -> None:
    knots = [0, 5, 10, 15, 20, 30, 40, 50, 55, 60, 64, 67, 70, 73, 76, 79, 82, 85, 88, 91, 94, 97, 100]
    need = need_shares()
    rows = []
    for age in knots:
        rest = [round(float(need[i, age]), 4) for i in (1, 2, 3)]
        for level, value in zip(NEEDS, [round(1.0 - sum(rest), 4), *rest]):
            rows.append([age, level, value])
    write("norway/initial-need.csv", ["age", "need_level", "value"], rows)
    dementia = dementia_shares()
    rows = [[a, sex, 0.0] for sex in SEXES for a in (0,)]
    rows += [
        [int(a), sex, round(float(dementia[s, a]), 5)]
        for s, sex in enumerate(SEXES)
        for a in [39, *range(40, 60, 5), *range(60, 106)]
    ]
    rows.sort(key=lambda r: (r[1] != "male", r[0]))
    write("norway/initial-dementia.csv", ["age", "sex", "value"], rows)
    mild = mild_impairment_shares()
    rows = [[a, round(float(mild[a]), 4)] for a in (0, 50, 55, 60, 65, 70, 72, 77, 82, 87, 94, 110)]
    write("norway/initial-mild-impairment.csv", ["age", "value"], rows)

    weights = by_age_sex("norway/targets/population-2020.csv", "persons")
    print("need on a given day, share of residents (served and not)")
    for low, high in ((0, 17), (18, 49), (50, 66), (67, 79), (80, 89), (90, 110)):
        w = weights.sum(axis=0)[low : high + 1]
        interpolated = [
            np.interp(AGES, knots, need[i, knots])[low : high + 1] @ w / w.sum() for i in range(4)
        ]
        print(f"  {low:3}-{high:3}", " ".join(f"{x:.4f}" for x in interpolated))
    w = weights[:, 70:]
    print(f"dementia 70+: {(dementia[:, 70:] * w).sum() / w.sum():.4f}",
          f"all persons: {(dementia * weights).sum():.0f}")


if __name__ == "__main__":
    main()
