"""What the modules of analysis ask of a result: draws, calendar years, the scenario meant."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd
import xarray as xr

from carestair.errors import ResultError
from carestair.result import Result

Array = npt.NDArray[np.float64]


def scenario_of(result: Result, scenario: str | None) -> str:
    """Return the scenario asked for, the baseline without a name; ResultError if there is none."""
    if scenario is None:
        return result.baseline
    if scenario not in result.scenarios:
        raise ResultError(
            f"has no scenario `{scenario}`", result.path, f"it has {', '.join(result.scenarios)}"
        )
    return scenario


def pools_of(result: Result) -> dict[str, str]:
    """Return the service whose capacity another draws on, by the other; as configured."""
    services = result.configured["services"]
    return {
        name: service["pool"]
        for name, service in services.items()
        if isinstance(service, dict) and service.get("pool")
    }


def month_days(result: Result) -> Array:
    """Days of each month reported, shape (time,)."""
    ends = pd.DatetimeIndex(result.indicators["time"].values)
    starts = ends[:-1].insert(0, result.start - pd.Timedelta(days=1))
    return np.asarray((ends - starts).days, dtype=np.float64)


def by_year(result: Result, series: xr.DataArray, *, flow: bool) -> xr.DataArray:
    """Monthly numbers by calendar year.

    Parameters
    ----------
    series
        Shape (..., time).
    flow
        True: sum of the months of a year, in the unit of the indicator. False: mean of its month
        ends, weighted by the length of the month.

    Returns
    -------
    xarray.DataArray
        Shape (..., year).
    """
    days = xr.DataArray(month_days(result), dims="time", coords={"time": series["time"]})
    year = series["time"].dt.year.rename("year")
    if flow:
        sums = series.groupby(year).sum()
    else:
        sums = (series * days).groupby(year).sum() / days.groupby(year).sum()
    sums.attrs = dict(series.attrs)
    return sums.transpose(..., "year")


def days_by_year(result: Result) -> xr.DataArray:
    """Days reported of each calendar year, shape (year,)."""
    time = result.indicators["time"]
    days = xr.DataArray(month_days(result), dims="time", coords={"time": time})
    return days.groupby(time.dt.year.rename("year")).sum()
