"""What the configured needs, family help and staircase would grant, set beside the statistics.

Reads the configuration selbu/baseline.yaml and what it includes, and norway/targets/home-hours.csv.
Draws a large population with the joint need and cognition that the tables of decline and
progression imply, gives each a partner, children and a home, and walks the staircase once without
queues. A check of needs-hours.csv, cover, sound_hours and the limits: it writes nothing.
"""

from __future__ import annotations

import numpy as np
import yaml
from common import AGES, CONFIGS, NEEDS, SEXES, STAGES, band, by_age_sex, points, read

TYPES = ("practical", "personal_care", "nursing", "supervision", "social")
NATIONAL_LONG_STAY = {(67, 79): 0.0105, (80, 89): 0.067, (90, 110): 0.23}


def load() -> dict:
    out: dict = {}
    for name in ("informal", "needs", "allocation", "services", "initial"):
        out |= yaml.safe_load((CONFIGS / f"norway/{name}.yaml").read_text())
    return out


def values(parameter: dict, levels: tuple[str, ...]) -> np.ndarray:
    v = parameter["values"]
    return np.array([float(v[level]) for level in levels])


def joint_shares() -> np.ndarray:
    """[sex, age, need, cognition] implied by the tables as written."""
    from cohort import Rates, run

    function = yaml.safe_load((CONFIGS / "norway/function.yaml").read_text())["function"]
    cognition = yaml.safe_load((CONFIGS / "norway/cognition.yaml").read_text())["cognition"]

    def table(path: str, column: str, levels: tuple[str, ...]) -> np.ndarray:
        out = np.zeros((2, 111, len(levels)))
        rows = read(path)
        for s, sex in enumerate(SEXES):
            for i, level in enumerate(levels):
                at = sorted((int(r["age"]), float(r["value"])) for r in rows
                            if r[column] == level and r["sex"] in (sex, "all"))
                out[s, :, i] = np.interp(AGES, [a for a, _ in at], [v for _, v in at])
        return out

    rates = Rates(
        decline=table("norway/function-decline.csv", "need_level", NEEDS),
        recovery=points("norway/function-recovery.csv", "need_level", "value", NEEDS).T,
        decline_cognition=values(function["decline_cognition_ratio"], STAGES),
        recovery_cognition=values(function["recovery_cognition_ratio"], STAGES),
        progression=table("norway/cognition-progression.csv", "cognition", STAGES),
        reversal=cognition["reversal"]["value"],
        death=by_age_sex("norway/mortality-rate.csv"),
        death_need=points("norway/mortality-need-ratio.csv", "need_level", "value", NEEDS).T,
        death_cognition=points("norway/mortality-cognition-ratio.csv", "cognition", "value", STAGES).T,
        frailty_variance=function["frailty_variance"]["value"],
    )
    alive = run(rates).sum(axis=2)
    alive = alive / alive.sum(axis=(2, 3), keepdims=True)
    out = np.zeros((2, 111, 4, 5))
    out[:, : len(alive)] = alive.transpose(1, 0, 2, 3)
    out[:, len(alive):] = out[:, [len(alive) - 1]]
    return out


def main(count: int = 400_000) -> None:
    rng = np.random.default_rng(1)
    config = load()
    population = by_age_sex("norway/targets/population-2020.csv", "persons")
    joint = joint_shares()
    cells = population[:, :, None, None] * joint
    cells[:, :, 0, :2] = 0.0  # nobody without need and dementia has a case
    p = cells.ravel() / cells.sum()
    sex, age, need, stage = np.unravel_index(rng.choice(p.size, count, p=p), cells.shape)

    hours = np.zeros((4, 111, 5))
    for row_level in range(4):
        for t, kind in enumerate(TYPES):
            at = sorted((int(r["age"]), float(r["value"])) for r in read("norway/needs-hours.csv")
                        if r["need_level"] == NEEDS[row_level] and r["need_type"] == kind)
            hours[row_level, :, t] = np.interp(AGES, [a for a, _ in at], [v for _, v in at])
    added = np.zeros((5, 5))
    for c, name in enumerate(STAGES):
        v = config["needs"]["cognition_hours"]["values"][name]
        added[c] = [v[t] for t in TYPES] if isinstance(v, dict) else v
    unsuitable_share = np.where(age < 67, 0.35, np.where(age < 80, 0.45, 0.40))
    unsuitable = rng.random(count) < unsuitable_share
    ratio = np.where(unsuitable[:, None], values(config["needs"]["unsuitable_home_ratio"], TYPES), 1.0)
    gross = hours[need, age] * ratio + added[stage]

    informal = config["informal"]
    share = np.zeros((2, 111))
    rows = read("norway/partnered-share.csv")
    for s, name in enumerate(SEXES):
        at = sorted((int(r["age"]), float(r["value"])) for r in rows if r["sex"] == name)
        share[s] = np.interp(AGES, [a for a, _ in at], [v for _, v in at])
    partner = rng.random(count) < share[sex, age]
    partner_age = np.clip(age + np.where(sex == 1, 3, -3), 0, 104)
    q = joint[1 - sex, partner_age].reshape(count, 20).cumsum(axis=1)
    cell = np.minimum((rng.random(count)[:, None] > q).sum(axis=1), 19)
    p_need, p_stage = cell // 5, cell % 5
    able = partner & (p_stage < 2) & (p_need < 2)
    partner_hours = np.where(able, informal["partner_hours_per_week"]["value"], 0.0)
    partner_hours *= np.where(p_need == 1, informal["partner_need_ratio"]["value"], 1.0)
    children = np.where(age < 45, 0, rng.choice(6, count, p=[0.12, 0.12, 0.36, 0.25, 0.10, 0.05]))
    helping = np.minimum(rng.binomial(children, informal["child_helper_share"]["value"]),
                         informal["children_max"]["value"])
    by_distance = informal["child_hours_per_week"]["values"]
    child_hours = np.zeros(count)
    for k in (1, 2):
        distance = rng.choice(["same_municipality", "region", "far"], count, p=[0.45, 0.33, 0.22])
        child_hours += np.where(helping >= k, np.vectorize(by_distance.get)(distance), 0.0)

    def give(left: np.ndarray, cover: np.ndarray, most: np.ndarray) -> np.ndarray:
        wanted = left * cover
        total = wanted.sum(axis=1)
        return left - wanted * np.where(total > 0, np.minimum(1, most / np.maximum(total, 1e-9)), 0)[:, None]

    left = give(gross, values(informal["partner_cover"], TYPES), partner_hours)
    left = give(left, values(informal["child_cover"], TYPES), child_hours)
    sound_hours = values(config["allocation"]["sound_hours"], TYPES)
    useful = config["allocation"]["useful_share"]["value"]
    home_hours = np.zeros(count)
    held = {}
    for name, service in sorted(config["services"].items(), key=lambda kv: kv[1]["step"]):
        if service["form"] not in ("hours", "device", "day"):
            continue
        cover = values(service["cover"], TYPES)
        may = (
            np.isin(need, [NEEDS.index(n) for n in service["need_levels"]])
            & np.isin(stage, [STAGES.index(c) for c in service["cognition"]])
            & (age >= service["min_age"]) & (age <= service["max_age"])
        )
        if name == "day_activity":
            may &= rng.random(count) < 0.15  # few places
        met = left @ cover
        take = may & ~(left <= sound_hours).all(axis=1) & (met >= useful * left.sum(axis=1)) & (met > 0)
        held[name] = take
        if service["form"] == "hours":
            granted = np.clip(met, service["min_hours_per_week"]["value"], service["max_hours_per_week"]["value"])
            home_hours += np.where(take, granted, 0.0)
        left = np.where(take[:, None], left * (1 - cover), left)
    place = (home_hours > config["allocation"]["home_limit_hours_per_week"]["value"]) | (
        left[:, 3] > config["allocation"]["supervision_limit_hours_per_week"]["value"])
    place &= need >= 2
    prefers = rng.random(count) < np.where(age < 67, 0.05, np.where(age < 80, 0.15, np.where(age < 90, 0.25, 0.3)))
    habit = (need >= 2) & (prefers | (stage >= 3)) & (rng.random(count) >= config["allocation"]["strictness"]["value"])

    print("home hours a week among those granted hours, without those called to a place / statistics")
    targets = {(r["age_from"], r["need_level"]): float(r["hours_per_week"]) for r in read("norway/targets/home-hours.csv")}
    for low, high in ((0, 17), (18, 49), (50, 66), (67, 79), (80, 89), (90, 110)):
        line = []
        for n in (1, 2, 3):
            inside = (age >= low) & (age <= high) & (need == n) & ~place & ~habit & (home_hours > 0)
            everyone = (age >= low) & (age <= high) & (need == n)
            mean = home_hours[inside].mean() if inside.any() else np.nan
            line.append(f"{NEEDS[n]} {mean:5.1f}/{targets[str(low), NEEDS[n]]:4.1f} "
                        f"(hours {inside.sum() / max(1, everyone.sum()):.2f} place {(place | habit)[everyone].mean():.2f})")
        print(f"  {low:3}-{high:3}", "; ".join(line))
    scale = cells.sum() / count
    print("share of residents called to a place: by limits, with habit / long stay nationally")
    for (low, high), wanted in NATIONAL_LONG_STAY.items():
        inside = (age >= low) & (age <= high)
        n = population[:, low : high + 1].sum()
        print(f"  {low}-{high}  {place[inside].sum() * scale / n:.4f} {(place | habit)[inside].sum() * scale / n:.4f} / {wanted}")
    for who, name in ((place & (age >= 67), "limits"), ((place | habit) & (age >= 67), "with habit")):
        print(f"  {name}: extensive {(need[who] == 3).mean():.2f} dementia {(stage[who] >= 2).mean():.2f} "
              f"stages {np.round(np.bincount(stage[who], minlength=5) / who.sum(), 2)}")
    selbu = by_age_sex("selbu/population.csv", "value")
    selbu[:, 106:] = 0
    weight = (selbu / np.maximum(population, 1))[sex, age] * scale
    out = (place | habit) & (age >= 67)
    print(f"Selbu: called to a place 67+ {weight[out].sum():.0f}, 18-66 {weight[(place | habit) & (age >= 18) & (age < 67)].sum():.0f}")
    home = ~(place | habit)
    for name in ("safety_alarm", "practical_assistance", "home_nursing"):
        print(f"  {name}: {weight[held[name] & home].sum():.0f} persons")
    split = {}
    for name in ("practical_assistance", "home_nursing"):
        split[name] = weight[held[name] & home]
    print(f"  hours a week at home, all ages {(weight * home_hours)[home].sum():.0f}, 67+ {(weight * home_hours)[home & (age >= 67)].sum():.0f}")


if __name__ == "__main__":
    main()
