"""The projection planners make without a model, from today's coverage: what a simulation must beat.

Norwegian *dekningsgradsframskriving*: the share of each age and sex that has a service stays as it
was counted in the first year, and only the population changes.

    coverage[a] = sum over the first 12 months of counted[a] / sum of population[a]
    projected[t] = sum over a of coverage[a] population[a, t]

with a over municipality, age group and, where the indicator has it, sex. Statistics Norway projects
the staff of health and care in this way, by age and sex: Holmøy, Kjelvik and Strøm (2014),
Rapporter 2014/14. Coverage is that of the baseline, in each replication its own, as a planner has
one municipality to count in.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pandas as pd
import xarray as xr

from carestair.analysis._worlds import by_year, days_by_year
from carestair.comparison import DAYS_PER_WEEK
from carestair.errors import ResultError
from carestair.result import Result

_FIRST_YEAR = 12  # months
_CELLS = ("municipality", "age_group", "sex")
_STAFFED = ["care_housing_24h", "nursing_home"]


def _cells(result: Result, indicator: str) -> list[str]:
    indicators = result.indicators
    if indicator not in indicators.data_vars:
        raise ResultError(
            f"has no indicator {indicator!r}",
            result.path,
            f"it has {', '.join(map(str, indicators.data_vars))}",
        )
    dimensions = indicators[indicator].dims
    return [name for name in _CELLS if name in dimensions]


def coverage(
    result: Result, indicator: str = "recipients", by: str | Iterable[str] = "service", **where: Any
) -> xr.DataArray:
    """Count what a resident has in the first year of the baseline, by age and sex.

    Parameters
    ----------
    result
        An open result.
    indicator
        What is counted: an indicator with the dimension ``age_group``.
    by
        Dimensions to keep beside the cells of coverage.
    **where
        Labels to keep of other dimensions.

    Returns
    -------
    xarray.DataArray
        Unit of the indicator per resident (of a flow: and month); shape (replication, *by,
        municipality, age_group[, sex]). Zero where nobody lived in that year.
    """
    kept = (by,) if isinstance(by, str) else tuple(by)
    cells = _cells(result, indicator)
    first = {
        "scenario": result.baseline,
        "time": list(result.indicators["time"].values[:_FIRST_YEAR]),
    }
    counted = result.total(indicator, by=(*kept, *cells), **first, **where).sum("time")
    lived = result.total("population", by=cells, **first).sum("time")
    share = (counted / lived.where(lived > 0)).fillna(0.0)
    share.name = f"coverage_{indicator}"
    return share.isel(scenario=0, drop=True)


def projected(
    result: Result, indicator: str = "recipients", by: str | Iterable[str] = (), **where: Any
) -> xr.DataArray:
    """Project an indicator from the coverage of the first year.

    Parameters
    ----------
    result
        An open result.
    indicator
        A stock or a flow with the dimension ``age_group``.
    by
        Dimensions to keep.
    **where
        Labels to keep of other dimensions, as in `Result.total`.

    Returns
    -------
    xarray.DataArray
        What `Result.total` gives of the baseline, shape (replication, *by, time), as it would be
        with the coverage of the first year. Municipalities are added up.
    """
    cells = _cells(result, indicator)
    population = result.total("population", by=cells, scenario=result.baseline)
    share = coverage(result, indicator, by, **where)
    series = xr.dot(share, population.isel(scenario=0, drop=True), dim=cells)
    series.name = indicator
    series.attrs = dict(result.indicators[indicator].attrs)
    ordered: xr.DataArray = series.transpose("replication", ..., "time")
    return ordered


def null_model(result: Result) -> xr.Dataset:
    """Recipients and staff hours of every service, projected from the coverage of the first year.

    Returns
    -------
    xarray.Dataset
        ``recipients`` (replication, service, time) and ``recipients_any`` (replication, time) in
        persons; ``places`` (replication, time), persons in staffed housing or nursing home;
        ``staff_hours`` (replication, service, time) in hours a month. Hours have no sex in a
        result, and neither have dwellings: they are projected by age.
    """
    return xr.Dataset(
        {
            "recipients": projected(result, "recipients", by="service"),
            "recipients_any": projected(result, "recipients_any"),
            "places": projected(result, "residents_by_dwelling", dwelling=_STAFFED),
            "staff_hours": projected(result, "staff_hours", by="service"),
        },
        attrs={"title": f"{result.title}: projected from the coverage of the first year"},
    )


# id, title, unit, indicator and labels; the table of `carestair compare`.
_TRENDS: tuple[tuple[str, str, str, str, dict[str, Any]], ...] = (
    ("recipients", "With any service", "persons", "recipients_any", {}),
    (
        "places",
        "In staffed housing or nursing home",
        "persons",
        "residents_by_dwelling",
        {"dwelling": _STAFFED},
    ),
    ("staff_hours", "Staff hours, all services", "hours a week", "staff_hours", {}),
)


def over_time(result: Result) -> pd.DataFrame:
    """Headline numbers by year, simulated and projected from coverage; as `carestair compare`.

    Returns
    -------
    pandas.DataFrame
        Indexed by ``trend`` (`recipients`, `places`, `staff_hours`) and ``year``: ``title``,
        ``unit``, ``projected`` from the coverage of the first year, and a column a scenario with
        what was simulated. Means over replications and over the year.
    """
    weeks = days_by_year(result) / DAYS_PER_WEEK
    tables = {}
    for name, title, unit, indicator, where in _TRENDS:
        flow = indicator == "staff_hours"

        def a_year(series: xr.DataArray, flow: bool = flow) -> xr.DataArray:
            values = by_year(result, series.mean("replication"), flow=flow)
            return values / weeks if flow else values

        simulated = a_year(result.total(indicator, **where))
        columns: dict[str, Any] = {"title": title, "unit": unit}
        columns["projected"] = a_year(projected(result, indicator, **where)).values
        columns |= {s: simulated.sel(scenario=s).values for s in result.scenarios}
        tables[name] = pd.DataFrame(columns, index=simulated["year"].to_index())
    return pd.concat(tables, names=["trend"])
