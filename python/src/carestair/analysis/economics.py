"""Cost-effectiveness: plane, acceptability curve and the value of knowing more.

Net monetary benefit of a strategy at the threshold k is k · QALY - cost. Expected values are taken
over chance (first-order uncertainty) before decisions are compared over draws (second-order), for
only doubt about the numbers can be resolved by research (Briggs, Sculpher and Claxton 2006,
Decision Modelling for Health Economic Evaluation; Fenwick, Claxton and Sculpher 2001, Health
Economics 10:779-787, on curve and frontier).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from carestair.analysis._worlds import Array
from carestair.analysis.money import SOCIETY, discount_factors, discount_rate, money_by_month
from carestair.comparison import SWEEPS
from carestair.draws import by_draw, is_cut, without_chance
from carestair.errors import NoDrawsError, ResultError
from carestair.result import Result

# NOK a QALY: what a QALY costs elsewhere in Norwegian health care, and three times that for the
# most severe illness; Magnussen et al. (2015), På ramme alvor, Ministry of Health and Care.
REFERENCE_THRESHOLDS = (275_000.0, 825_000.0)
THRESHOLDS = tuple(float(k) for k in range(0, 1_500_001, 25_000))


@dataclass(frozen=True)
class CostEffectiveness:
    """Cost and effect of each strategy in each world.

    Attributes
    ----------
    strategies : tuple of str
        Scenarios; the first is the baseline.
    cost, effect : numpy.ndarray
        NOK and QALYs over the period, discounted; shape (strategy, replication).
    replications : int
        Replications of each draw; all of them when there are no draws.
    payer : str
        Whose cost it is.
    """

    strategies: tuple[str, ...]
    cost: Array
    effect: Array
    replications: int
    payer: str = SOCIETY

    @property
    def draws(self) -> int:
        """Whole draws; 1 when only chance varies."""
        return int(self.cost.shape[1] // self.replications)

    def net_benefit(self, threshold: float) -> Array:
        """NOK of net benefit above the baseline's, shape (strategy, replication)."""
        benefit = threshold * self.effect - self.cost
        difference: Array = benefit - benefit[0]
        return difference

    def expected(self, threshold: float) -> Array:
        """Net benefit by draw above the baseline's, chance taken out; shape (strategy, draw)."""
        self.require_draws()
        return np.stack([without_chance(b, self.replications) for b in self.net_benefit(threshold)])

    def is_told(self, threshold: float) -> bool:
        """Whether draws tell every strategy's net benefit apart by more than chance explains."""
        return self.draws > 1 and not any(
            is_cut(b, self.replications) for b in self.net_benefit(threshold)
        )

    def require_draws(self) -> None:
        """Refuse where no numbers were drawn: chance is no doubt that research could resolve."""
        if self.draws < 2:
            raise NoDrawsError(
                "the numbers put in do not vary: nothing is known of doubt about them",
                None,
                "run an experiment with draws; docs/scenarios.md, “Experiments”",
            )


def cost_effectiveness(
    result: Result, scenarios: Sequence[str] | None = None, payer: str = SOCIETY
) -> CostEffectiveness:
    """Cost and quality-adjusted life years of scenarios, discounted to the start of the period.

    Parameters
    ----------
    result
        An open result.
    scenarios
        Strategies beside the baseline; without it all, in the structure as written. Leave out those
        that are other futures rather than choices.
    payer
        Whose money counts: a payer or ``society``.
    """
    if result.design in SWEEPS:
        raise NoDrawsError(
            "holds a sweep: its points are chosen, and say nothing of how likely they are",
            result.path,
            "run an experiment with draws instead",
        )
    chosen = list(result.policies if scenarios is None else scenarios)
    if unknown := [s for s in chosen if s not in result.scenarios[1:]]:
        known = ", ".join(result.scenarios[1:])
        raise ResultError(
            f"has no scenario `{unknown[0]}` to compare", result.path, f"it has {known}"
        )
    rows = [0, *(result.scenarios.index(s) for s in chosen)]
    money = money_by_month(result, payer)[rows]
    qalys = np.asarray(result.total("qaly").values, dtype=np.float64)[rows]
    worth = discount_factors(money.shape[-1], discount_rate(result))
    return CostEffectiveness(
        strategies=(result.baseline, *chosen),
        cost=money @ worth,
        effect=qalys @ worth,
        replications=result.replications_per_draw or result.replications,
        payer=payer,
    )


def icer(ce: CostEffectiveness) -> pd.DataFrame:
    """Incremental cost-effectiveness ratio of each strategy against the baseline.

    Returns
    -------
    pandas.DataFrame
        Indexed by ``scenario``: mean differences ``cost`` (NOK) and ``effect`` (QALYs) over worlds,
        ``icer`` (NOK a QALY; missing where the strategy is better in both or worse in both) and
        ``verdict``: ``dominates``, ``dominated``, ``costs more for more``, ``costs less for less``.
    """
    cost = (ce.cost - ce.cost[0]).mean(axis=1)[1:]
    effect = (ce.effect - ce.effect[0]).mean(axis=1)[1:]
    verdict = np.select(
        [(cost <= 0) & (effect >= 0), (cost >= 0) & (effect <= 0), cost > 0],
        ["dominates", "dominated", "costs more for more"],
        "costs less for less",
    )
    trade = cost * effect > 0
    ratio = np.where(trade, cost / np.where(trade, effect, 1.0), np.nan)
    return pd.DataFrame(
        {"cost": cost, "effect": effect, "icer": ratio, "verdict": verdict},
        index=pd.Index(ce.strategies[1:], name="scenario"),
    )


def acceptability(ce: CostEffectiveness, thresholds: Sequence[float] = THRESHOLDS) -> pd.DataFrame:
    """Tell how likely each strategy is to be the best, by threshold (CEAC).

    Parameters
    ----------
    ce
        From `cost_effectiveness`.
    thresholds
        NOK a QALY.

    Returns
    -------
    pandas.DataFrame
        Indexed by ``threshold`` and ``scenario``: ``by_parameters``, the share of draws in which
        the strategy has the highest expected net benefit (second-order uncertainty, chance taken
        out; missing without draws, and where what a strategy gains differs between draws by no more
        than chance explains: it would be the best in all or none of them); ``by_both``, the share
        of single worlds in which it has (chance in one municipality as well); and ``best``, whether
        its expected net benefit over all is the highest (the frontier, CEAF).
    """
    rows = []
    for threshold in thresholds:
        benefit = ce.net_benefit(threshold)
        both = _share_best(benefit)
        told = ce.is_told(threshold)
        by_parameters = _share_best(ce.expected(threshold)) if told else np.full(len(both), np.nan)
        best = int(benefit.mean(axis=1).argmax())
        for i, scenario in enumerate(ce.strategies):
            rows.append((threshold, scenario, by_parameters[i], both[i], i == best))
    columns = ["threshold", "scenario", "by_parameters", "by_both", "best"]
    return pd.DataFrame(rows, columns=columns).set_index(["threshold", "scenario"])


def _share_best(benefit: Array) -> Array:
    """Share of columns in which each row is largest; ties are shared."""
    best = benefit == benefit.max(axis=0)
    shares: Array = (best / best.sum(axis=0)).mean(axis=1)
    return shares


def evpi(ce: CostEffectiveness, thresholds: Sequence[float] = THRESHOLDS) -> pd.DataFrame:
    """Work out what perfect information would be worth about all parameters that were drawn.

    EVPI = E[max over strategies of NB] - max over strategies of E[NB], over draws, with chance
    taken out as far as replications allow.

    Returns
    -------
    pandas.DataFrame
        Indexed by ``threshold``: ``evpi`` in NOK for the municipality and period, 0 also where
        draws differ by no more than chance explains, so that it cannot be told; and
        ``with_chance``, the same of the plain means of draws: the two differ by what more
        replications would take away.

    Raises
    ------
    NoDrawsError
        Without draws: chance cannot be bought off by research.
    """
    ce.require_draws()
    rows = []
    for threshold in thresholds:
        plain = np.stack(
            [by_draw(b, ce.replications).mean(axis=1) for b in ce.net_benefit(threshold)]
        )
        rows.append((threshold, perfect(ce.expected(threshold)), perfect(plain)))
    return pd.DataFrame(rows, columns=["threshold", "evpi", "with_chance"]).set_index("threshold")


def perfect(benefit: Array) -> float:
    """E[max] - max E of net benefit; shape (strategy, draw)."""
    return float(benefit.max(axis=0).mean() - benefit.mean(axis=1).max())
