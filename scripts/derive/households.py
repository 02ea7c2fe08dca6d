"""Partners: share with a partner, and the rate of moving together that keeps the share as it is.

Reads  norway/targets/widowhood.csv, norway/mortality-rate.csv
Writes norway/{partnered-share,union-rate,dissolution-rate}.csv

From age 67 the shares are SSB's (one minus living alone minus 5 % in other households); below, a
curve through the shares living alone at 50-65. Dissolution is an assumption of about 2 % of couples
a year. The union rate follows from the balance of a cohort:
    dP/da = u (1 - P) - P (dissolution + loss of the partner).
"""

from __future__ import annotations

import numpy as np
from common import AGES, SEXES, by_age_sex, points, write

SHARE = {
    "male": {17: 0, 20: 0.07, 23: 0.24, 26: 0.42, 30: 0.58, 35: 0.67, 40: 0.70, 45: 0.71, 50: 0.71,
             55: 0.715, 60: 0.725, 65: 0.735, 70: 0.74, 75: 0.74, 80: 0.705, 85: 0.625, 90: 0.52,
             95: 0.43, 100: 0.35},
    "female": {17: 0, 20: 0.15, 23: 0.38, 26: 0.55, 30: 0.67, 35: 0.71, 40: 0.72, 45: 0.72,
               50: 0.72, 55: 0.715, 60: 0.70, 65: 0.675, 70: 0.64, 75: 0.58, 80: 0.46, 85: 0.31,
               90: 0.17, 95: 0.11, 100: 0.07},
}
DISSOLUTION = {18: 0.09, 22: 0.07, 25: 0.055, 30: 0.038, 40: 0.024, 50: 0.012, 60: 0.005,
               70: 0.002, 80: 0.001, 90: 0.0}
GAP = 3  # years, husbands over wives


def main() -> None:
    mortality = by_age_sex("norway/mortality-rate.csv")
    widowhood = points("norway/targets/widowhood.csv", "sex", "per_year", SEXES)
    dissolution = np.interp(AGES, list(DISSOLUTION), list(DISSOLUTION.values()))
    share_rows, union_rows = [], []
    for s, sex in enumerate(SEXES):
        partner_age = AGES - GAP if sex == "male" else AGES + GAP
        partner_age = np.clip(partner_age, 0, 110)
        loss = np.where(AGES < 60, 0.85 * mortality[1 - s, partner_age], widowhood[s])
        breakup = dissolution[partner_age] if sex == "male" else dissolution
        share = np.interp(AGES, list(SHARE[sex]), list(SHARE[sex].values()))
        change = np.gradient(np.convolve(np.pad(share, 2, "edge"), np.ones(5) / 5, "valid"))
        union = (change + share * (breakup + loss)) / (1.0 - share)
        union[:18] = 0.0
        share_rows += [[a, sex, v] for a, v in SHARE[sex].items()]
        union_rows += [[17, sex, 0.0]]
        for a in (18, 20, 22, 24, 26, 28, 30, 33, 36, 40, 45, 50, 55, 60, 65, 70, 75, 80, 85, 90):
            near = union[max(18, a - 1) : a + 2].mean()
            union_rows.append([a, sex, round(float(max(0.0, near)), 4)])
    write("norway/partnered-share.csv", ["age", "sex", "value"], share_rows)
    write("norway/union-rate.csv", ["age", "sex", "value"], union_rows)
    write("norway/dissolution-rate.csv", ["age", "value"], [[a, v] for a, v in DISSOLUTION.items()])
    print("union rate, men and women, at 20, 25, 30, 40, 50, 60, 70, 80")
    for sex in SEXES:
        at = [(r[0], r[2]) for r in union_rows if r[1] == sex]
        print(" ", sex, np.round(np.interp((20, 25, 30, 40, 50, 60, 70, 80), *zip(*at)), 3))


if __name__ == "__main__":
    main()
