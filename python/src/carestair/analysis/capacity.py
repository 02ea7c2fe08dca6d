"""How often places do not suffice: what the mean hides in a small municipality.

All of it is counted over worlds: each replication (of each draw) is one municipality that could
come to be. A share of worlds comes with Wilson's interval (Wilson 1927, JASA 22:209-212), which
holds at 0 and 1, where most of them lie.
"""

from __future__ import annotations

import warnings
from typing import cast

import numpy as np
import pandas as pd
import xarray as xr
from scipy.special import ndtri

from carestair.analysis._worlds import Array, by_year, pools_of, scenario_of
from carestair.errors import ResultError
from carestair.result import Result

_QUANTILES = (0.1, 0.5, 0.9)


def wilson_interval(hits: Array, trials: float, confidence: float = 0.95) -> tuple[Array, Array]:
    """Interval of a share that was met `hits` times in `trials`, by Wilson's score."""
    z = float(ndtri(0.5 + 0.5 * confidence))
    share = np.asarray(hits, dtype=np.float64) / trials
    centre = (share + z**2 / (2 * trials)) / (1 + z**2 / trials)
    half = z * np.sqrt(share * (1 - share) / trials + z**2 / (4 * trials**2)) / (1 + z**2 / trials)
    return np.maximum(centre - half, 0.0), np.minimum(centre + half, 1.0)


def overflow(result: Result, scenario: str | None = None) -> pd.DataFrame:
    """Probability that a service has somebody beyond its capacity in a year.

    Parameters
    ----------
    result
        An open result.
    scenario
        Id; the baseline without it.

    Returns
    -------
    pandas.DataFrame
        Indexed by ``service`` and ``year``, of services that ever overflow: ``probability``, the
        share of worlds with overflow days, and its 95 % interval ``low``, ``high``;
        ``days_mean``, ``days_q10``, ``days_q50``, ``days_q90`` person-days in bought or improvised
        places over worlds.
    """
    of = scenario_of(result, scenario)
    days = result.total("overflow_days", by="service", scenario=of).isel(scenario=0, drop=True)
    yearly = by_year(result, days, flow=True)
    used = yearly.max(("replication", "year")) > 0
    yearly = yearly.isel(service=np.flatnonzero(used.values))
    hits = (yearly > 0).sum("replication")
    low, high = wilson_interval(hits.values, result.replications)
    columns = {
        "probability": hits / result.replications,
        "low": hits.copy(data=low),
        "high": hits.copy(data=high),
        **_distribution(yearly, "days"),
    }
    return _table(columns)


def worst_month(
    result: Result, indicator: str = "waiting", scenario: str | None = None
) -> pd.DataFrame:
    """Find the highest month end of each year, and how it is spread over worlds.

    Parameters
    ----------
    result
        An open result.
    indicator
        A stock by service: ``waiting``, ``overflow_persons`` or ``recipients``.
    scenario
        Id; the baseline without it.

    Returns
    -------
    pandas.DataFrame
        Indexed by ``service`` and ``year``, of services with any: ``worst_mean``, ``worst_q10``,
        ``worst_q50``, ``worst_q90`` over worlds, and ``mean``, that of all months and worlds.
    """
    if "service" not in result.indicators[indicator].dims:
        raise ResultError(
            f"indicator {indicator} is not by service",
            result.path,
            "take waiting, overflow_persons or recipients",
        )
    of = scenario_of(result, scenario)
    persons = result.total(indicator, by="service", scenario=of).isel(scenario=0, drop=True)
    used = persons.max(("replication", "time")) > 0
    persons = persons.isel(service=np.flatnonzero(used.values))
    worst = persons.groupby(persons["time"].dt.year.rename("year")).max()
    mean = by_year(result, persons, flow=False).mean("replication")
    return _table({**_distribution(worst, "worst"), "mean": mean})


def occupancy(result: Result, scenario: str | None = None) -> pd.DataFrame:
    """Hold persons who have a service against the room there is.

    Services may draw on the capacity of another (``pool``), as stays for rehabilitation and respite
    on the beds for short-term stay: their recipients are counted with those of the other.

    Parameters
    ----------
    result
        An open result.
    scenario
        Id; the baseline without it.

    Returns
    -------
    pandas.DataFrame
        Indexed by ``service`` and ``year``, of services with a limit: mean ``capacity`` in persons,
        ``occupancy_mean``, ``_q10``, ``_q50``, ``_q90`` over worlds of recipients per place, those
        of services that draw on it included (above 1: somebody is in a bought or improvised place),
        and ``full``, the share of month ends at which nothing was free.
    """
    of = scenario_of(result, scenario)
    persons = result.total("recipients", by="service", scenario=of).isel(scenario=0, drop=True)
    persons = _with_pool(persons, pools_of(result))
    room = result.total("capacity", by="service", scenario=of).isel(scenario=0, drop=True)
    limited = (room > 0).any(("replication", "time"))
    there = np.flatnonzero(limited.values)
    persons, room = persons.isel(service=there), room.isel(service=there)
    places = by_year(result, room.fillna(0.0), flow=False)
    share = by_year(result, persons.where(room > 0, 0.0), flow=False) / places.where(places > 0)
    full = by_year(result, (persons >= room).astype(np.float64), flow=False).mean("replication")
    return _table(
        {
            "capacity": places.mean("replication"),
            **_distribution(share, "occupancy"),
            "full": full,
        }
    )


def _with_pool(persons: xr.DataArray, pools: dict[str, str]) -> xr.DataArray:
    """Count with each service those who have another that draws on it."""
    services = persons["service"]
    names = services.values.tolist()
    takes = np.eye(len(names))
    for name, pool in pools.items():
        if name in names and pool in names:
            takes[names.index(pool), names.index(name)] = 1.0
    by_pool = xr.DataArray(takes, dims=("pool", "service"), coords={"service": services.values})
    summed: xr.DataArray = xr.dot(persons, by_pool, dim="service").rename(pool="service")
    return summed.assign_coords(service=services.values)


def _distribution(values: xr.DataArray, name: str) -> dict[str, xr.DataArray]:
    columns = {f"{name}_mean": values.mean("replication")}
    with warnings.catch_warnings():  # years before a service opens have no value in any world
        warnings.simplefilter("ignore", RuntimeWarning)
        quantiles = values.quantile(_QUANTILES, "replication").compute()
    for q in _QUANTILES:
        columns[f"{name}_q{round(100 * q)}"] = quantiles.sel(quantile=q, drop=True)
    return columns


def _table(columns: dict[str, xr.DataArray]) -> pd.DataFrame:
    tidy = {
        name: column.reset_coords(drop=True).transpose("service", "year")
        for name, column in columns.items()
    }
    return cast(pd.DataFrame, xr.Dataset(tidy).to_dataframe())
