"""Components of variance: what is left of a spread when the noise in it has been taken out.

All are estimates by the method of moments. Where the noise is as large as the spread, or larger,
nothing can be told from it: the component is zero then, and said to be cut off there.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from carestair.analysis._worlds import Array
from carestair.draws import drawn_in


@dataclass(frozen=True)
class Component:
    """A standard deviation without noise; ``cut`` where the estimate of its square was below 0."""

    sd: float
    cut: bool


def component(variance: float) -> Component:
    """Return the square root of an estimated variance, at least 0."""
    return Component(float(np.sqrt(max(0.0, variance))), variance < 0.0)


def between_groups(persons: Array, sums: Array) -> tuple[Component, Array]:
    """Spread of a mean a person over groups of persons: the part of it that groups explain.

    The law of total variance over persons, Var(d) = Var(E[d | g]) + E[Var(d | g)], of which this is
    the first term. Means of groups vary by chance too, and persons of one replication share its
    chance; so noise is taken from how the means vary between replications:

        Var(E[d | g]) = sum over g of w[g] · ((m[g] − m)² − noise[g])

    with m[g] = sum over r of s[r, g] / N[g], w[g] = N[g] / N, and noise[g] the variance of
    m[g] − m as a ratio of sums over replications (linearised).

    Parameters
    ----------
    persons, sums
        How many there are, and the sum of their differences; shape (replication, group), at
        least two replications.

    Returns
    -------
    component : Component
        Of the mean a person.
    means : numpy.ndarray
        Means of the groups, drawn in so that they vary as the component says; shape (group,), NaN
        of groups without anybody.
    """
    replications = len(persons)
    of_group = persons.sum(axis=0)
    everybody = of_group.sum()
    weight = of_group / everybody
    there = np.where(of_group > 0, of_group, 1.0)
    means = sums.sum(axis=0) / there
    mean = float(sums.sum() / everybody)
    rest = sums - means * persons
    apart = rest / there - ((sums - mean * persons).sum(axis=1) / everybody)[:, None]
    noise = replications / (replications - 1) * (apart**2).sum(axis=0)
    raw = float((weight * (means - mean) ** 2).sum())
    found = component(raw - float((weight * noise).sum()))
    shown = drawn_in(means, mean, float(np.sqrt(raw)), found.sd)
    return found, np.where(of_group > 0, shown, np.nan)


def between_structures(effects: Sequence[Array], *, paired: bool) -> Component:
    """Spread of a mean effect over structures, the noise of each mean taken out.

    Variance of the means less what noise adds to it. Structures of one file share persons and
    chance (`paired`): the noise is then what is left when structure and replication are taken out
    of each effect, two-way without repetition,

        Var = Var(m[s]) − sum of (e[s, r] − m[s] − m[r] + m)² / ((S − 1)(R − 1) R)

    and the mean of Var(e[s]) / R[s] otherwise.

    Parameters
    ----------
    effects
        Of each structure, one number a replication or draw; shape (structure)(replication,). All
        of one length where paired.
    """
    of_means = float(np.var([e.mean() for e in effects], ddof=1))
    if paired:
        table = np.stack(effects)
        structures, replications = table.shape
        rest = table - table.mean(axis=1, keepdims=True) - table.mean(axis=0) + table.mean()
        noise = float((rest**2).sum()) / ((structures - 1) * (replications - 1) * replications)
    else:
        noise = float(np.mean([e.var(ddof=1) / len(e) for e in effects]))
    return component(of_means - noise)
