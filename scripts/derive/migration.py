"""Moves out of and into Selbu: gross flows assumed, their difference as in 2012-2025.

Reads  selbu/targets/{net-migration,population-2012,population-2026}.csv, selbu/population.csv,
       norway/mortality-rate.csv
Writes selbu/{out-rate,in-per-1000,in-per-1000-2012-2019}.csv

The net rates are cohort residuals; above 75 they are within their error and set to 0. Out-rates by
age are an assumption (about 4 % of residents a year, most at 19-25). Minors move with their parents:
their out-rate is that of women 29 years older. In-moves are (out + net) x the mean population of
2012-2026 at that age, per 1000 residents at the start.

For the years that are held out, in-moves are worked out once more from what was known when the
simulation begins: the residuals of 2012-2019.
"""

from __future__ import annotations

import numpy as np
from common import AGES, SEXES, by_age_sex, read, write

OUT = {
    18: 0.06,
    19: 0.14,
    21: 0.15,
    24: 0.13,
    27: 0.10,
    31: 0.07,
    36: 0.045,
    45: 0.026,
    55: 0.016,
    65: 0.011,
    80: 0.010,
}
MOTHER_OLDER = 29  # years


def residuals(before: np.ndarray, after: np.ndarray, years: int) -> np.ndarray:
    """Net moves a year of those there between two counts [sex, age], by cohorts of five years, as
    a share of their mean number; at the mean age between the counts, interpolated."""
    death = by_age_sex("norway/mortality-rate.csv")
    net = np.zeros((2, 111))
    for s in range(2):
        cohorts = [range(a, a + 5) for a in range(0, 81 - years, 5)]
        rates = []
        for cohort in cohorts:
            left = sum(before[s, a] * np.exp(-death[s, a : a + years].sum()) for a in cohort)
            now = sum(after[s, a + years] for a in cohort)
            rates.append((now - left) / (years * (left + now) / 2.0))
        middle = [cohort[2] + years / 2.0 for cohort in cohorts]
        net[s] = np.interp(AGES, middle, rates)
    return net


def in_moves(net: np.ndarray, out: np.ndarray, mean: np.ndarray, start: np.ndarray) -> np.ndarray:
    """Moves in per 1000 residents at the start [sex, age]."""
    net = np.where(AGES >= 80, 0.0, np.where(AGES >= 70, net * (80 - AGES) / 10, net))
    smooth = np.array([np.convolve(np.pad(m, 3, "edge"), np.ones(7) / 7, "valid") for m in mean])
    return np.maximum(0.0, out + net) * smooth / start.sum() * 1000.0


def write_in_moves(path: str, moves: np.ndarray) -> None:
    rows = []
    for s, sex in enumerate(SEXES):
        rows += [[int(a), sex, round(float(moves[s, a]), 4)] for a in AGES[:96]]
        rows.append([110, sex, 0.0])
    write(path, ["age", "sex", "value"], rows)


def main() -> None:
    start = by_age_sex("selbu/population.csv", "value")
    start[:, 106:] = 0.0
    in_2012 = by_age_sex("selbu/targets/population-2012.csv", "persons")
    mean = (in_2012 + start + by_age_sex("selbu/targets/population-2026.csv", "persons")) / 3.0
    out = np.interp(AGES, list(OUT), list(OUT.values()))
    out[:18] = out[MOTHER_OLDER : MOTHER_OLDER + 18]
    net = np.zeros((2, 111))
    for s, sex in enumerate(SEXES):
        rows = [r for r in read("selbu/targets/net-migration.csv") if r["sex"] == sex]
        at = [int(r["age_from"]) + 2 for r in rows]
        net[s] = np.interp(AGES, at, [float(r["per_year"]) for r in rows])
    moves = in_moves(net, out, mean, start)
    write(
        "selbu/out-rate.csv",
        ["age", "sex", "value"],
        [[a, "all", round(float(out[a]), 4)] for a in (0, 4, 8, 12, 17)]
        + [[a, "all", v] for a, v in OUT.items()],
    )
    write_in_moves("selbu/in-per-1000.csv", moves)
    leaving = (out * start).sum()
    print(f"first year: {leaving:.0f} move out, {moves.sum() * start.sum() / 1000:.0f} move in")

    known = in_moves(residuals(in_2012, start, 8), out, (in_2012 + start) / 2.0, start)
    write_in_moves("selbu/in-per-1000-2012-2019.csv", known)
    print(f"by 2012-2019 alone: {known.sum() * start.sum() / 1000:.0f} move in")


if __name__ == "__main__":
    main()
