"""A larger municipality with the country's ages, and Selbu's capacities in proportion.

Without arguments larger/, of 80 000; `python larger.py town 50000` makes town/.

Reads  norway/targets/{population-2020,home-hours,users-by-sex}.csv,
       selbu/{population,out-rate}.csv
Writes <folder>/{population,in-per-1000}.csv; prints the capacities, which are copied by hand to
       <folder>/municipality.yaml

Population: 1 January 2020 of the country, scaled, rounded by largest remainder. Moves: out-rates of
Selbu, and as many in as out at each age and sex at the start. Capacities: those of Selbu per head of
the group in RULES; hours by the hours that national statistics give these ages; acute beds by
national bed-days per resident and the share of them in use.
"""

from __future__ import annotations

import sys

import numpy as np
from common import AGES, SEXES, band, by_age_sex, read, write

RULES = {  # service: Selbu's capacity, ages it is proportional to
    "day_activity": (12, 67, 110),
    "reablement": (2, 67, 110),
    "short_term_stay": (10, 80, 110),
    "nursing_home": (36, 80, 110),
    "care_housing_24h": (10, 18, 66),
    "care_housing": (20, 80, 110),
    "mental_and_substance_service": (130, 18, 66),  # hours a week
    "palliative_home": (10, 80, 110),  # hours a week
    "meals": (27, 67, 110),
    "exercise_group": (20, 67, 110),
    "senior_centre": (60, 67, 110),
    "social_contact_technology": (10, 67, 110),
    "healthy_life_centre": (5, 18, 110),
    "learning_offers": (10, 18, 110),
    "rehabilitation_at_home": (8, 0, 110),
    "memory_team": (40, 70, 110),
    "carer_support": (6, 67, 110),
    "care_wage": (8, 0, 110),
    "respite_home": (5, 0, 110),
    "remote_followup": (5, 18, 110),
}
HOURS = {"practical_assistance": 380, "home_nursing": 1400}
ACUTE_BED_DAYS = 22.2  # per 1000 residents and year
ACUTE_BEDS_USED = 0.47


def rounded(exact: np.ndarray) -> np.ndarray:
    """Whole numbers with the same sum, the largest remainders rounded up."""
    whole = np.floor(exact)
    short = int(round(exact.sum() - whole.sum()))
    largest = np.argsort(-(exact - whole), axis=None, kind="stable")[:short]
    whole.flat[largest] += 1
    return whole


def hours(population: np.ndarray) -> float:
    """Hours a week at home by national users and hours of each age group."""
    users = {(r["age_from"], r["age_to"], r["sex"]): float(r["share_during_year"])
             for r in read("norway/targets/users-by-sex.csv")}
    rows = {(r["age_from"], r["age_to"]): r for r in read("norway/targets/home-hours.csv")
            if r["need_level"] == "all"}
    return sum(
        population[SEXES.index(sex), band(rows[first, last])].sum()
        * share * float(rows[first, last]["hours_per_week"])
        for (first, last, sex), share in users.items()
    )


def main() -> None:
    folder = sys.argv[1] if len(sys.argv) > 1 else "larger"
    residents = int(sys.argv[2]) if len(sys.argv) > 2 else 80_000
    country = by_age_sex("norway/targets/population-2020.csv", "persons")
    selbu = by_age_sex("selbu/population.csv", "value")
    selbu[:, 106:] = 0.0
    larger = rounded(country * residents / country.sum())
    out_rows = read("selbu/out-rate.csv")
    out = np.interp(AGES, [int(r["age"]) for r in out_rows], [float(r["value"]) for r in out_rows])
    moves = out * country / country.sum() * 1000.0
    write(f"{folder}/population.csv", ["age", "sex", "value"],
          [[int(a), sex, int(larger[s, a])] for s, sex in enumerate(SEXES) for a in AGES])
    write(f"{folder}/in-per-1000.csv", ["age", "sex", "value"],
          [[int(a), sex, round(float(moves[s, a]), 4)]
           for s, sex in enumerate(SEXES) for a in AGES])
    for service, (capacity, first, last) in RULES.items():
        heads = slice(first, last + 1)
        print(f"{service}: {capacity * larger[:, heads].sum() / selbu[:, heads].sum():.0f}")
    for service, capacity in HOURS.items():
        print(f"{service}: {capacity * hours(larger) / hours(selbu):.0f} hours a week")
    beds = ACUTE_BED_DAYS * residents / 1000.0 / 365.25 / ACUTE_BEDS_USED
    print(f"municipal_acute_bed: {np.ceil(beds):.0f}")  # there is no third of a bed


if __name__ == "__main__":
    main()
