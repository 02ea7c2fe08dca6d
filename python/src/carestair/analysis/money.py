"""When what a scenario costs has come back, world by world."""

from __future__ import annotations

import numpy as np
import pandas as pd

from carestair.analysis._worlds import Array
from carestair.comparison import check_scenario
from carestair.errors import ResultError
from carestair.result import Result

_MONTHS = 12.0
SOCIETY = "society"


def discount_rate(result: Result) -> float:
    """Rate a year of the configuration, ``economy.discount_rate``; 0 where there is none."""
    evidence = result.evidence
    if "economy.discount_rate" not in evidence.index:
        return 0.0
    return float(evidence.loc["economy.discount_rate", "value"])


def discount_factors(months: int, rate: float) -> Array:
    """Worth of the middle of each month at the start of the period, (1 + rate)^-((m + 1/2)/12)."""
    middle = (np.arange(months, dtype=np.float64) + 0.5) / _MONTHS
    return np.asarray((1.0 + rate) ** -middle, dtype=np.float64)


def money_by_month(result: Result, payer: str = SOCIETY) -> Array:
    """Return what a payer bears, NOK; shape (scenario, replication, month). Society: all payers."""
    payers = [str(name) for name in result.indicators["payer"].values]
    if payer != SOCIETY and payer not in payers:
        raise ResultError(
            f"has no payer `{payer}`", result.path, f"it has {', '.join([*payers, SOCIETY])}"
        )
    total = result.total("money") if payer == SOCIETY else result.total("money", payer=payer)
    return np.asarray(total.values, dtype=np.float64)


def payback(result: Result, scenario: str, payer: str = SOCIETY) -> pd.DataFrame:
    """Year in which a scenario has paid back what it cost, in each world.

    Money has come back in the month after which the cumulated discounted difference from the
    baseline never is a cost again. The median of ``years`` is what ``carestair compare`` tells.

    Parameters
    ----------
    result
        An open result.
    scenario
        Id of the scenario.
    payer
        ``municipality``, ``state``, ``hospital``, ``user``, ``family`` or ``society``.

    Returns
    -------
    pandas.DataFrame
        One row a replication: ``paid_back``, ``years`` from the start of the period (NaN when it
        has not come back by its end; 0 when it never was a cost) and ``present_value``, the
        discounted difference in million NOK.
    """
    check_scenario(result, scenario)
    money = money_by_month(result, payer)
    difference = money[result.scenarios.index(scenario)] - money[0]
    cumulated = np.cumsum(
        difference * discount_factors(money.shape[-1], discount_rate(result)), axis=-1
    )
    costs = cumulated >= 0.0
    months = costs.shape[-1]
    last_cost = np.where(costs.any(-1), months - np.argmax(costs[:, ::-1], axis=-1), 0)
    paid_back = cumulated[:, -1] < 0.0
    return pd.DataFrame(
        {
            "paid_back": paid_back,
            "years": np.where(paid_back, last_cost / _MONTHS, np.nan),
            "present_value": cumulated[:, -1] / 1e6,
        },
        index=pd.Index(result.indicators["replication"].values, name="replication"),
    )
