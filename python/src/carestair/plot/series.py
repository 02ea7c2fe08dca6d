"""Monthly indicators as the series that figures show: by year, with bands over replications."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd
import xarray as xr
from matplotlib.axes import Axes

from carestair.analysis.projection import projected
from carestair.comparison import DAYS_PER_WEEK, DAYS_PER_YEAR, needs_result
from carestair.result import Result

Array = npt.NDArray[np.float64]

# Shorter runs are shown by month: four points make no curve.
_FEWEST_YEARS = 4


@dataclass(frozen=True)
class Periods:
    """Calendar years of a run, or its months when it is short.

    ``position`` is where a period stands on an axis of years, ``days`` its length, ``index`` the
    period of each month, ``names`` what a reader calls them.
    """

    position: Array
    days: Array
    index: npt.NDArray[np.int64]
    month_days: Array
    yearly: bool
    names: tuple[str, ...]

    @property
    def unit(self) -> str:
        """What one point stands for."""
        return "year" if self.yearly else "month"


def periods(result: Result) -> Periods:
    """Calendar years of a result, years that are only begun left to themselves."""
    needs_result(result)
    ends = pd.DatetimeIndex(result.indicators["time"].values)
    starts = ends[:-1].insert(0, result.start - pd.Timedelta(days=1))
    month_days = np.asarray((ends - starts).days, dtype=np.float64)
    years = ends.year.to_numpy().astype(np.float64)
    yearly = bool(years[-1] - years[0] + 1 >= _FEWEST_YEARS)
    if yearly:
        position = np.unique(years)
        index = np.searchsorted(position, years)
        names = tuple(f"{year:.0f}" for year in position)
    else:
        position = years + ends.dayofyear.to_numpy() / DAYS_PER_YEAR
        index = np.arange(len(ends))
        names = tuple(ends.strftime("%b %Y"))
    days = np.bincount(index, weights=month_days).astype(np.float64)
    return Periods(position, days, index.astype(np.int64), month_days, yearly, names)


def stock(series: xr.DataArray, at: Periods) -> xr.DataArray:
    """Mean over the months of each period; ``time`` becomes ``period``."""
    return _sums(series * at.month_days, at) / at.days


def a_week(series: xr.DataArray, at: Periods) -> xr.DataArray:
    """Return flows per week, by period."""
    return _sums(series, at) / (at.days / DAYS_PER_WEEK)


def a_year(series: xr.DataArray, at: Periods) -> xr.DataArray:
    """Return flows per year, by period."""
    return _sums(series, at) / (at.days / DAYS_PER_YEAR)


def municipality_bears(result: Result) -> xr.DataArray:
    """NOK of each month that the outcome `net_municipality` of `carestair.compare` sums up.

    All accounts, after fees, grants and refunds; shape (scenario, replication, time).
    """
    return result.total("money", payer="municipality")


def _sums(series: xr.DataArray, at: Periods) -> xr.DataArray:
    moved = series.transpose(..., "time")
    first = np.flatnonzero(np.diff(at.index, prepend=-1))
    sums = np.add.reduceat(moved.values, first, axis=-1)
    coords = {name: c for name, c in moved.coords.items() if "time" not in c.dims}
    return xr.DataArray(sums, dims=[*moved.dims[:-1], "period"], coords=coords)


def draw_bands(ax: Axes, x: Array, values: Array, colour: str, *, wide: bool = True) -> float:
    """Draw the median with bands that hold 80 % and 95 % of replications.

    `values` has shape (replication, period). Returns the last median.
    """
    quantiles = np.quantile(values, [0.025, 0.1, 0.5, 0.9, 0.975], axis=0)
    if values.shape[0] > 1:
        if wide:
            ax.fill_between(x, quantiles[0], quantiles[4], color=colour, alpha=0.12, linewidth=0)
        ax.fill_between(x, quantiles[1], quantiles[3], color=colour, alpha=0.2, linewidth=0)
    ax.plot(x, quantiles[2], color=colour, solid_capstyle="round")
    return float(quantiles[2, -1])


def draw_projected(ax: Axes, x: Array, values: Array, colour: str) -> None:
    """Draw the median of a projection from coverage, dashed; shape (replication, period)."""
    ax.plot(x, np.median(values, axis=0), color=colour, linewidth=1.4, dashes=(3, 2.2))


def draw_median(ax: Axes, x: Array, values: Array, colour: str) -> None:
    """Draw the median alone; `values` has shape (replication, period)."""
    ax.plot(x, np.median(values, axis=0), color=colour, solid_capstyle="round")


# --- people by step -------------------------------------------------------------------------------

# From the lowest step to the highest; everybody with a service is in exactly one.
STEPS = (
    "no hours at home",
    "home, under 2 h/week",
    "home, 2 to 10 h/week",
    "home, 10 h/week or more",
    "care_housing_24h",
    "nursing_home",
)


def people_by_step(result: Result, age_group: Sequence[str] | None = None) -> xr.DataArray:
    """Residents with any service by the step of the staircase they stand on.

    Parameters
    ----------
    age_group
        Those of these ages only.

    Returns
    -------
    xarray.DataArray
        Persons at month end, shape (scenario, replication, step, time). ``no hours at home``
        means an alarm, day activity or a short stay and no hours of staff at home.
    """
    where = {} if age_group is None else {"age_group": list(age_group)}
    return _steps(
        result.total("residents_by_dwelling", by="dwelling", **where),
        result.total("home_users", by="hours_band", **where),
        result.total("recipients_any", **where),
    ).transpose("scenario", "replication", "step", "time")


def projected_by_step(result: Result) -> xr.DataArray:
    """As `people_by_step`, projected from the coverage of the baseline's first year.

    Returns
    -------
    xarray.DataArray
        Persons at month end, shape (replication, step, time).
    """
    return _steps(
        projected(result, "residents_by_dwelling", by="dwelling"),
        projected(result, "home_users", by="hours_band"),
        projected(result, "recipients_any"),
    ).transpose("replication", "step", "time")


def _steps(dwelling: xr.DataArray, bands: xr.DataArray, anybody: xr.DataArray) -> xr.DataArray:
    names = [str(name) for name in bands["hours_band"].values]
    lower = np.array([float(name.rstrip("+").split("-")[0]) for name in names])

    def at_home(low: float, high: float) -> xr.DataArray:
        return bands.isel(hours_band=np.flatnonzero((lower >= low) & (lower < high))).sum(
            "hours_band"
        )

    housed = [dwelling.sel(dwelling=name, drop=True) for name in STEPS[4:]]
    home = [at_home(0.0, 2.0), at_home(2.0, 10.0), at_home(10.0, np.inf)]
    others = anybody - sum(home) - sum(housed)
    parts = [others.clip(min=0.0), *home, *housed]
    return xr.concat(
        [part.reset_coords(drop=True) for part in parts],
        dim=pd.Index(STEPS, name="step"),
        coords="minimal",
        compat="override",
    )
