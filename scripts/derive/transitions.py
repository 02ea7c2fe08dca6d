"""Fits decline, progression of cognition and mortality ratios to what is seen by age.

Reads  norway/initial-need.csv, initial-dementia.csv, initial-mild-impairment.csv (run initial.py
       first), mortality-rate.csv, function-recovery.csv, targets/population-2020.csv,
       targets/decline-hazard.csv, targets/dementia-incidence.csv, targets/users-by-sex.csv
Writes norway/{function-decline,function-decline-cognition,cognition-progression,
       mortality-need-ratio,mortality-cognition-ratio}.csv

Three steps, repeated until they agree: cognition (prevalence of mild impairment and dementia by
age and sex), decline (prevalence of need levels by age, and how much more common dementia is at
each level), mortality (ratios by need level and by dementia stage, each given the other).
"""

from __future__ import annotations

import numpy as np
from cohort import Rates, run, shares
from common import AGES, NEEDS, SEXES, STAGES, by_age, by_age_sex, points, read, write
from scipy.optimize import least_squares

# What is not fitted. Ranges and reasons stand in function.yaml and cognition.yaml.
FRAILTY_VARIANCE = 0.35
REVERSAL = 0.07
MILD_TO_MODERATE = 0.19
MODERATE_TO_SEVERE = 0.33
RECOVERY_COGNITION = np.array([1.0, 0.8, 0.5, 0.2, 0.05])
# Women decline faster at the same age (US panel 1.32; Norwegian users 1.1-1.4 times as many). Kept
# low because initial.need and the normalisation of mortality do not tell women and men apart.
WOMEN = np.interp(AGES, [40, 75], [1.0, 1.1])

# Seen by need level alone, relative to no need: chosen so that at 84 extensive need is near three
# and moderate need near twice the population's mortality.
NEED_RATIO = {65: (1, 2.3, 4.2, 9.0), 73: (1, 2.1, 3.7, 7.9), 85: (1, 1.8, 3.2, 6.0),
              95: (1, 1.3, 1.9, 3.6)}
# Seen for dementia against no dementia; split by stage in the proportions of IPECAD.
DEMENTIA_RATIO = {65: 4.5, 75: 3.3, 85: 2.3, 95: 1.5}
STAGE_PATTERN = np.array([0.65, 0.86, 2.13])
MILD_IMPAIRMENT_RATIO = {65: 1.4, 75: 1.3, 85: 1.2, 95: 1.1}
# Share with dementia at 80 and over by need level: some, moderate, extensive. The last is pulled
# towards 0.82 and ends near 0.76: more would take stage ratios beyond what is plausible.
DEMENTIA_BY_NEED = np.array([0.18, 0.42, 0.82])
# Ratio of decline with mild impairment, and where the search for the stages of dementia starts.
MILD_IMPAIRMENT_DECLINE = 1.15
DEMENTIA_DECLINE = np.array([5.0, 6.5, 8.0])

DECLINE_KNOTS = np.array([0, 6, 18, 30, 40, 50, 60, 67, 72, 77, 82, 87, 92, 97])
COGNITION_KNOTS = np.array([50, 55, 60, 65, 68, 71, 74, 77, 80, 83, 86, 89, 93, 97])
RATIO_KNOTS = np.array([65, 75, 85, 95])


def from_knots(knots: np.ndarray, values: np.ndarray) -> np.ndarray:
    return np.interp(AGES, knots, values)


class Fit:
    def __init__(self) -> None:
        self.weights = by_age_sex("norway/targets/population-2020.csv", "persons")
        self.life_table = by_age_sex("norway/mortality-rate.csv")
        self.need = points("norway/initial-need.csv", "need_level", "value", NEEDS).T
        self.dementia = points("norway/initial-dementia.csv", "sex", "value", SEXES)
        self.mild = by_age("norway/initial-mild-impairment.csv")
        self.recovery = points("norway/function-recovery.csv", "need_level", "value", NEEDS).T
        hazard = read("norway/targets/decline-hazard.csv")
        self.prior = {
            level: [(int(r["age"]), float(r["per_year"])) for r in hazard if r["need_level"] == level]
            for level in ("some", "moderate")
        }
        # Start values; all are logarithms.
        self.decline = np.log(np.array([
            np.interp(DECLINE_KNOTS, [0, 18, 50, 67, 75, 82, 90, 97],
                      [0.001, 0.003, 0.004, 0.012, 0.04, 0.09, 0.25, 0.45]),
            np.interp(DECLINE_KNOTS, [0, 18, 67, 90, 97], [0.05, 0.04, 0.12, 0.11, 0.13]),
            np.interp(DECLINE_KNOTS, [0, 18, 67, 90, 97], [0.03, 0.03, 0.07, 0.07, 0.08]),
        ]))
        self.decline_cognition = np.log(DEMENTIA_DECLINE)
        self.to_mild_impairment = np.log(np.interp(
            COGNITION_KNOTS, [50, 60, 70, 85, 97], [0.004, 0.02, 0.06, 0.11, 0.15]))
        self.to_dementia = np.log(np.array([
            np.interp(COGNITION_KNOTS, [50, 60, 70, 80, 90, 97], [0.003, 0.006, 0.03, 0.09, 0.18, 0.25])
        ] * 2))
        self.death_need = np.ones((111, 4))
        self.death_cognition = np.ones((111, 5))
        self.update_mortality(None)

    def rates(self) -> Rates:
        decline = np.zeros((2, 111, 4))
        for i in range(len(self.decline)):
            decline[:, :, i] = from_knots(DECLINE_KNOTS, np.exp(self.decline[i]))
        decline[1] *= WOMEN[:, None]
        progression = np.zeros((2, 111, 5))
        onset = from_knots(COGNITION_KNOTS, np.exp(self.to_mild_impairment))
        progression[:, :, 0] = np.where(AGES < 45, 0.0, onset)
        for s in range(2):
            rate = from_knots(COGNITION_KNOTS, np.exp(self.to_dementia[s]))
            progression[s, :, 1] = np.where(AGES < 45, 0.0, rate)
        progression[:, :, 2] = MILD_TO_MODERATE
        progression[:, :, 3] = MODERATE_TO_SEVERE
        return Rates(decline, self.recovery, np.exp(np.r_[0.0, np.log(MILD_IMPAIRMENT_DECLINE), self.decline_cognition]),
                     RECOVERY_COGNITION, progression, REVERSAL, self.life_table,
                     self.death_need, self.death_cognition, FRAILTY_VARIANCE, self.need[0])

    def joint(self) -> np.ndarray:
        return shares(run(self.rates()), self.weights)

    # ---- steps

    def fit_cognition(self) -> None:
        ages = np.arange(55, 99)

        def unpack(x: np.ndarray) -> None:
            n = len(COGNITION_KNOTS)
            x = np.clip(x, -14.0, 1.0)
            self.to_mild_impairment, self.to_dementia = x[:n], x[n:].reshape(2, n)

        def miss(x: np.ndarray) -> np.ndarray:
            unpack(x)
            alive = run(self.rates()).sum(axis=(2, 3))
            alive = alive / alive.sum(axis=2, keepdims=True)
            seen = alive[ages, :, 2:].sum(axis=2).T
            mild = alive[ages, :, 1].mean(axis=1)
            rough = np.diff(np.vstack([self.to_mild_impairment, self.to_dementia]), n=2, axis=1)
            weight = np.where(ages < 67, 0.3, 1.0)
            return np.r_[
                (weight * np.log(np.maximum(seen, 1e-9) / self.dementia[:, ages])).ravel(),
                weight * np.log(np.maximum(mild, 1e-9) / self.mild[ages]),
                0.25 * rough.ravel(),
            ]

        start = np.r_[self.to_mild_impairment, self.to_dementia.ravel()]
        unpack(least_squares(miss, start, max_nfev=12, x_scale=0.3).x)

    def fit_decline(self) -> None:
        ages = np.arange(0, 99)
        size = self.decline.size

        def unpack(x: np.ndarray) -> None:
            self.decline = np.clip(x[:size], -14.0, 2.0).reshape(self.decline.shape)
            self.decline_cognition = x[size:]

        def miss(x: np.ndarray) -> np.ndarray:
            unpack(x)
            joint = self.joint()
            seen = joint.sum(axis=2)[ages][:, 1:]
            weight = np.where(ages < 18, 0.15, np.where(ages < 60, 0.4, 1.0))[:, None]
            level = weight * np.log(np.maximum(seen, 1e-9) / self.need[ages, 1:])
            rough = np.diff(self.decline[:, 2:], n=2, axis=1)
            falling = np.minimum(0.0, np.diff(self.decline[:, 4:], axis=1))  # with age, from 40
            prior = [
                np.interp(a, DECLINE_KNOTS, self.decline[i]) - np.log(h)
                for i, name in ((1, "some"), (2, "moderate"))
                for a, h in self.prior[name]
            ]
            old = np.arange(80, 100)
            w = self.weights[:, old].sum(axis=0)
            dementia = (joint[old][:, :, 2:].sum(axis=2) * w[:, None]).sum(axis=0)
            dementia /= (joint[old].sum(axis=2) * w[:, None]).sum(axis=0)
            return np.r_[
                level.ravel(),
                0.3 * rough.ravel(),
                2.0 * falling.ravel(),
                0.05 * np.array(prior),
                8.0 * (dementia[1:] - DEMENTIA_BY_NEED),
                1.0 * (self.decline_cognition - np.log(DEMENTIA_DECLINE)),
                10.0 * np.minimum(0.0, np.diff(self.decline_cognition)),
            ]

        start = np.r_[self.decline.ravel(), self.decline_cognition]
        unpack(least_squares(miss, start, max_nfev=12, x_scale=0.3).x)

    def update_mortality(self, joint: np.ndarray | None) -> None:
        """Ratios by need given cognition and by cognition given need, so that each alone is as seen."""
        need_seen = np.array([
            np.interp(RATIO_KNOTS, list(NEED_RATIO), [v[i] for v in NEED_RATIO.values()])
            for i in range(4)
        ]).T
        dementia = np.interp(RATIO_KNOTS, list(DEMENTIA_RATIO), list(DEMENTIA_RATIO.values()))
        mild = np.interp(RATIO_KNOTS, list(MILD_IMPAIRMENT_RATIO), list(MILD_IMPAIRMENT_RATIO.values()))
        need, cognition = need_seen.copy(), np.ones((len(RATIO_KNOTS), 5))
        cognition[:, 1] = mild
        cognition[:, 2:] = dementia[:, None] * STAGE_PATTERN
        if joint is None:
            cognition = np.sqrt(cognition)
        else:
            for k, age in enumerate(RATIO_KNOTS):
                p = joint[age - 2 : age + 3].mean(axis=0)
                # The stage pattern is scaled so that dementia as a whole has its ratio against
                # those without (with and without mild impairment).
                stage = STAGE_PATTERN / (p[:, 2:].sum(axis=0) @ STAGE_PATTERN / p[:, 2:].sum())
                without = p[:, :2].sum(axis=0) @ np.array([1.0, mild[k]]) / p[:, :2].sum()
                seen = np.r_[1.0, mild[k], dementia[k] * without * stage]
                n, c = need[k].copy(), np.sqrt(seen)
                for _ in range(60):
                    by_need = (p * c).sum(axis=1) / p.sum(axis=1)
                    n = np.maximum.accumulate(need_seen[k] / (by_need / by_need[0]))
                    by_cognition = (p * n[:, None]).sum(axis=0) / p.sum(axis=0)
                    c = np.maximum.accumulate(np.maximum(1.0, seen / (by_cognition / by_cognition[0])))
                need[k], cognition[k] = n, c
        self.ratio_knots = (need, cognition)
        # Below 65 as at 65: assumption.
        self.death_need = np.array([from_knots(RATIO_KNOTS, need[:, i]) for i in range(4)]).T
        self.death_cognition = np.array([from_knots(RATIO_KNOTS, cognition[:, i]) for i in range(5)]).T


def write_tables(fit: Fit) -> None:
    rows = []
    for sex in SEXES:
        for i, level in enumerate(NEEDS[:3]):
            for knot, x in zip(DECLINE_KNOTS, fit.decline[i]):
                women = WOMEN[knot] if sex == "female" else 1.0
                value = float(np.exp(x)) * women
                rows.append([int(knot), sex, level, value, 0.6 * value, 1.6 * value])
    rows.append([0, "all", "extensive", 0.0, 0.0, 0.0])
    write("norway/function-decline.csv", ["age", "sex", "need_level", "value", "low", "high"], rows)

    ratio = np.exp(np.r_[0.0, np.log(MILD_IMPAIRMENT_DECLINE), fit.decline_cognition])
    rows = [
        [stage, float(r), float(max(1.0, 0.6 * r)), float(1.6 * r if i > 0 else 1.0)]
        for i, (stage, r) in enumerate(zip(STAGES, ratio))
    ]
    write("norway/function-decline-cognition.csv", ["cognition", "value", "low", "high"], rows)

    rows = []
    for s, sex in enumerate(SEXES):
        for stage, logs in (("none", fit.to_mild_impairment), ("mild_impairment", fit.to_dementia[s])):
            rows += [[0, sex, stage, 0.0, 0.0, 0.0], [44, sex, stage, 0.0, 0.0, 0.0]]
            for knot, x in zip(COGNITION_KNOTS, logs):
                value = float(np.exp(x))
                if knot == COGNITION_KNOTS[0]:
                    rows.append([45, sex, stage, value, 0.6 * value, 1.6 * value])
                rows.append([int(knot), sex, stage, value, 0.7 * value, 1.4 * value])
    rows.append([0, "all", "mild", MILD_TO_MODERATE, 0.05, 0.35])
    rows.append([0, "all", "moderate", MODERATE_TO_SEVERE, 0.1, 1.0])
    rows.append([0, "all", "severe", 0.0, 0.0, 0.0])
    write("norway/cognition-progression.csv", ["age", "sex", "cognition", "value", "low", "high"], rows)

    need, cognition = fit.ratio_knots
    rows = [
        [int(a), level, float(need[k, i]), float(1 + 0.5 * (need[k, i] - 1)), float(1 + 1.5 * (need[k, i] - 1))]
        for i, level in enumerate(NEEDS)
        for k, a in enumerate(RATIO_KNOTS)
    ]
    write("norway/mortality-need-ratio.csv", ["age", "need_level", "value", "low", "high"], rows)
    rows = [
        [int(a), stage, float(cognition[k, i]), float(1 + 0.4 * (cognition[k, i] - 1)), float(1 + 1.7 * (cognition[k, i] - 1))]
        for i, stage in enumerate(STAGES)
        for k, a in enumerate(RATIO_KNOTS)
    ]
    write("norway/mortality-cognition-ratio.csv", ["age", "cognition", "value", "low", "high"], rows)


def report(fit: Fit) -> None:
    rates = fit.rates()
    alive = run(rates)
    joint = shares(alive, fit.weights)
    w = fit.weights

    def mean(low: int, high: int, what: np.ndarray) -> np.ndarray:
        weight = w[:, low : high + 1].sum(axis=0)
        return (what[low : high + 1].T * weight).sum(axis=-1) / weight.sum()

    print("need level, fitted / wanted (share of residents)")
    for low, high in ((0, 17), (18, 49), (50, 66), (67, 79), (80, 89), (90, 98)):
        got, want = mean(low, high, joint.sum(axis=2)), mean(low, high, fit.need)
        print(f"  {low:2}-{high:2} ", "  ".join(f"{g:.4f}/{t:.4f}" for g, t in zip(got[1:], want[1:])))
    by_sex = alive.sum(axis=(2, 4))
    by_sex = by_sex / by_sex.sum(axis=2, keepdims=True)
    print("women / men, any need:", ", ".join(
        f"{low}-{high}: " + format(
            (by_sex[low:high + 1, 1, 1:].sum(axis=1) @ w[1, low:high + 1] / w[1, low:high + 1].sum())
            / (by_sex[low:high + 1, 0, 1:].sum(axis=1) @ w[0, low:high + 1] / w[0, low:high + 1].sum()), ".2f")
        for low, high in ((67, 79), (80, 89), (90, 98))), "(users: 1.20, 1.39, 1.17)")
    cog = alive.sum(axis=(2, 3))
    cog = cog / cog.sum(axis=2, keepdims=True)
    print("dementia, fitted / wanted")
    for low, high in ((65, 69), (70, 74), (75, 79), (80, 84), (85, 89), (90, 98)):
        line = []
        for s in range(2):
            weight = w[s, low : high + 1]
            got = cog[low : high + 1, s, 2:].sum(axis=1) @ weight / weight.sum()
            line.append(f"{got:.3f}/{fit.dementia[s, low:high + 1] @ weight / weight.sum():.3f}")
        print(f"  {low}-{high}  men {line[0]}  women {line[1]}")
    stages = mean(70, 98, joint.sum(axis=1))
    print("mild impairment 70+:", f"{stages[1]:.3f} (0.353);", "stages of dementia 70+:",
          np.round(stages[2:] / stages[2:].sum(), 3))
    new = 0.0
    for s in range(2):
        p = cog[70:99, s]
        new += (p[:, 1] * rates.progression[s, 70:99, 1]) @ w[s, 70:99]
    without = sum((cog[70:99, s, :2].sum(axis=1)) @ w[s, 70:99] for s in range(2))
    print(f"dementia incidence per 1000 without dementia 70+: {1000 * new / without:.1f} (HUNT 43.9);"
          f" new cases a year {new:.0f}")
    old = mean(80, 98, joint).T  # need level by cognition
    print("dementia among 80+ by need level:", np.round(old[:, 2:].sum(axis=1) / old.sum(axis=1), 3))
    print("stages among 80+ with extensive need:", np.round(old[3] / old[3].sum(), 3))
    for age in (72, 77, 82, 87, 92):
        p = joint[age][:, 2:].sum(axis=1) / joint[age].sum(axis=1)
        odds = p / (1 - p)
        print(f"  odds ratio of dementia by need level within age {age}:", np.round(odds / odds[0], 1))
    print("ratio of decline by cognition:", np.round(rates.decline_cognition, 2))
    need, cognition = fit.ratio_knots
    print("mortality by need given cognition at", RATIO_KNOTS, np.round(need, 2).tolist())
    print("mortality by cognition given need", np.round(cognition, 2).tolist())
    for age in (75, 85, 92):
        p = joint[age]
        r = fit.death_need[age][:, None] * fit.death_cognition[age][None, :]
        r = r / (p * r).sum()
        by_need = (p * r).sum(axis=1) / p.sum(axis=1)
        dem = (p * r)[:, 2:].sum() / p[:, 2:].sum() / ((p * r)[:, :2].sum() / p[:, :2].sum())
        print(f"  at {age}: mortality by need against all {np.round(by_need, 2)}, dementia against none {dem:.2f}")
    up = np.exp(fit.decline)
    print("decline of men at 67, 77, 82, 87, 92:")
    for i, level in enumerate(NEEDS[:3]):
        print(f"  {level:9}", np.round(np.interp((67, 77, 82, 87, 92), DECLINE_KNOTS, up[i]), 4))


def main() -> None:
    fit = Fit()
    for _ in range(2):
        fit.fit_cognition()
        fit.fit_decline()
        fit.update_mortality(fit.joint())
    fit.fit_cognition()
    fit.fit_decline()
    write_tables(fit)
    report(fit)


if __name__ == "__main__":
    main()
