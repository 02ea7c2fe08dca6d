"""A synthetic cohort through need levels, cognition and death; the model the fits turn on.

States: sex x frailty (gamma, five points) x need level x cognition. Rates are those of the
simulator: decline = table(age, sex, need) x ratio(cognition) x frailty, recovery = table(age, need)
x ratio(cognition), progression and reversal of cognition, death = life table x need ratio x
cognition ratio, normalised at each age so that the mean over the living is the life table.
Newborns have the need of initial.need at age 0, as in the simulator.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.stats import gamma

STEPS = 6  # a year


@dataclass
class Rates:
    decline: np.ndarray  # [sex, age, need]
    recovery: np.ndarray  # [age, need]
    decline_cognition: np.ndarray  # [cognition]
    recovery_cognition: np.ndarray  # [cognition]
    progression: np.ndarray  # [sex, age, cognition]
    reversal: float
    death: np.ndarray  # [sex, age], the life table
    death_need: np.ndarray  # [age, need]
    death_cognition: np.ndarray  # [age, cognition]
    frailty_variance: float
    at_birth: np.ndarray  # [need], shares


def frailty_points(variance: float, count: int = 5) -> np.ndarray:
    """Means of equally likely slices of a gamma distribution with mean 1."""
    if variance <= 0:
        return np.ones(1)
    shape = 1.0 / variance
    edges = gamma.ppf(np.linspace(0, 1, count + 1), shape, scale=variance)
    upper = gamma.cdf(edges, shape + 1, scale=variance)
    return count * np.diff(upper)


def run(rates: Rates, last: int = 105) -> np.ndarray:
    """Survivors in the middle of each year of age: [age, sex, frailty, need, cognition]."""
    frailty = frailty_points(rates.frailty_variance)
    state = np.zeros((2, len(frailty), 4, 5))
    state[:, :, :, 0] = rates.at_birth / len(frailty)
    out = np.zeros((last + 1, *state.shape))
    for age in range(last + 1):
        up = (
            rates.decline[:, age, :3][:, None, :, None]
            * rates.decline_cognition[None, None, None, :]
            * frailty[None, :, None, None]
        )
        down = rates.recovery[age, 1:][:, None] * rates.recovery_cognition[None, :]
        onward = rates.progression[:, age, :4][:, None, None, :]
        relative = rates.death_need[age][:, None] * rates.death_cognition[age][None, :]
        for step in range(STEPS):
            if step == STEPS // 2:
                out[age] = state
            mean = (state * relative).sum(axis=(1, 2, 3)) / np.maximum(
                1e-300, state.sum(axis=(1, 2, 3))
            )
            death = state * relative * (rates.death[:, age] / mean)[:, None, None, None]
            rise = state[:, :, :3] * up
            fall = state[:, :, 1:] * down
            worse = state[:, :, :, :4] * onward
            back = state[:, :, :, 1] * rates.reversal
            change = -death
            change[:, :, :3] -= rise
            change[:, :, 1:] += rise
            change[:, :, 1:] -= fall
            change[:, :, :3] += fall
            change[:, :, :, :4] -= worse
            change[:, :, :, 1:] += worse
            change[:, :, :, 1] -= back
            change[:, :, :, 0] += back
            state = state + change / STEPS
    return out


def shares(survivors: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """Joint share of need and cognition by age, both sexes in the given proportion [age, 4, 5]."""
    by_sex = survivors.sum(axis=2)
    by_sex = by_sex / np.maximum(1e-300, by_sex.sum(axis=(2, 3), keepdims=True))
    w = weights[:, : len(by_sex)].T + 1e-9
    return (by_sex * (w / w.sum(axis=1, keepdims=True))[:, :, None, None]).sum(axis=1)
