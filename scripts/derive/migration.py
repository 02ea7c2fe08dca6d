"""Moves out of and into Selbu: gross flows assumed, their difference as in 2012-2025.

Reads  selbu/targets/{net-migration,population-2012,population-2026}.csv, selbu/population.csv
Writes selbu/{out-rate,in-per-1000}.csv

The net rates are cohort residuals; above 75 they are within their error and set to 0. Out-rates by
age are an assumption (about 4 % of residents a year, most at 19-25). Minors move with their parents:
their out-rate is that of women 29 years older. In-moves are (out + net) x the mean population of
2012-2026 at that age, per 1000 residents at the start.
"""

from __future__ import annotations

import numpy as np
from common import AGES, SEXES, by_age_sex, read, write

OUT = {18: 0.06, 19: 0.14, 21: 0.15, 24: 0.13, 27: 0.10, 31: 0.07, 36: 0.045, 45: 0.026, 55: 0.016,
       65: 0.011, 80: 0.010}
MOTHER_OLDER = 29  # years


def main() -> None:
    start = by_age_sex("selbu/population.csv", "value")
    start[:, 106:] = 0.0
    mean = (
        by_age_sex("selbu/targets/population-2012.csv", "persons")
        + start
        + by_age_sex("selbu/targets/population-2026.csv", "persons")
    ) / 3.0
    out = np.interp(AGES, list(OUT), list(OUT.values()))
    out[:18] = out[MOTHER_OLDER : MOTHER_OLDER + 18]
    in_rows, total_in = [], 0.0
    for s, sex in enumerate(SEXES):
        rows = [r for r in read("selbu/targets/net-migration.csv") if r["sex"] == sex]
        at = [int(r["age_from"]) + 2 for r in rows]
        net = np.interp(AGES, at, [float(r["per_year"]) for r in rows])
        net = np.where(AGES >= 80, 0.0, np.where(AGES >= 70, net * (80 - AGES) / 10, net))
        smooth = np.convolve(np.pad(mean[s], 3, "edge"), np.ones(7) / 7, "valid")
        moves = np.maximum(0.0, out + net) * smooth / start.sum() * 1000.0
        total_in += moves.sum()
        in_rows += [[int(a), sex, round(float(moves[a]), 4)] for a in AGES[:96]]
        in_rows.append([110, sex, 0.0])
    write("selbu/out-rate.csv", ["age", "sex", "value"], 
          [[a, "all", round(float(out[a]), 4)] for a in (0, 4, 8, 12, 17)]
          + [[a, "all", v] for a, v in OUT.items()])
    write("selbu/in-per-1000.csv", ["age", "sex", "value"], in_rows)
    leaving = (out * start).sum()
    print(f"first year: {leaving:.0f} move out, {total_in * start.sum() / 1000:.0f} move in")


if __name__ == "__main__":
    main()
