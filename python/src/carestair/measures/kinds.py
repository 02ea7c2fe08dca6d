"""How a number is taken from a result: a view of it, counts in the view, and measures of counts.

A measure takes a view (one scenario, some years) and gives one number a replication. Printed, it
says what it computes.

A result that does not hold what a measure needs makes it raise `NotRecordedError`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol

import numpy as np
import numpy.typing as npt
import pandas as pd
import xarray as xr

from carestair.comparison import DAYS_PER_WEEK
from carestair.errors import ResultError
from carestair.result import Result

Values = npt.NDArray[np.float64]  # shape (replication,)
Labels = tuple[str, ...]


class NotRecordedError(ResultError):
    """The result does not hold what a measure needs."""


class Observed:
    """A result, with its event log read once."""

    def __init__(self, result: Result) -> None:
        self.result = result

    @cached_property
    def events(self) -> pd.DataFrame:
        """The event log of all scenarios."""
        return self.result.events

    def view(self, scenario: str, years: tuple[int, int]) -> View:
        """One scenario over some years, both ends included."""
        return View(self, scenario, years)


@dataclass(frozen=True)
class View:
    """One scenario of a result over some years."""

    observed: Observed
    scenario: str
    years: tuple[int, int]

    @property
    def result(self) -> Result:
        """The result it is a view of."""
        return self.observed.result

    @property
    def events(self) -> pd.DataFrame:
        """The event log of the scenario, all years."""
        events = self.observed.events
        return events[events["scenario"] == self.scenario]

    @property
    def year_count(self) -> int:
        """How many years."""
        return self.years[1] - self.years[0] + 1

    @property
    def weeks(self) -> float:
        """How many weeks."""
        days = pd.Timestamp(self.years[1] + 1, 1, 1) - pd.Timestamp(self.years[0], 1, 1)
        return float(days.days / DAYS_PER_WEEK)

    def of_year(self, year: int) -> View:
        """Look at one year of the same scenario."""
        return View(self.observed, self.scenario, (year, year))


class Measure(Protocol):
    """One number a replication; its text is its definition."""

    def __call__(self, view: View) -> Values:
        """Measure the view."""
        ...


# --- counting -------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Having:
    """The labels of an axis that hold one of some words and none of others.

    For axes whose levels may grow in later versions of the program.
    """

    words: Labels
    without: Labels = ()

    def pick(self, labels: Labels) -> Labels:
        """Those that fit."""
        return tuple(
            label
            for label in labels
            if any(word in label for word in self.words)
            and not any(word in label for word in self.without)
        )

    def __str__(self) -> str:
        text = "*" + "*/*".join(self.words) + "*"
        return text + (f" but not *{'*/*'.join(self.without)}*" if self.without else "")


@dataclass(frozen=True)
class Count:
    """An indicator summed over everything but what is picked."""

    indicator: str
    where: Mapping[str, Labels | Having]

    def monthly(self, view: View) -> xr.DataArray:
        """Shape (replication, time)."""
        indicators = view.result.indicators
        if self.indicator not in indicators.data_vars:
            raise NotRecordedError(f"the result has no indicator {self.indicator}")
        picked = {}
        for axis, wanted in self.where.items():
            if axis not in indicators[self.indicator].dims:
                raise NotRecordedError(f"{self.indicator} has no axis {axis}")
            labels = tuple(str(label) for label in indicators[axis].values)
            names = wanted.pick(labels) if isinstance(wanted, Having) else wanted
            gone = [name for name in names if name not in labels]
            if gone or not names:
                raise NotRecordedError(f"{axis} has no level {', '.join(gone) or wanted}")
            picked[axis] = list(names)
        total = view.result.total(self.indicator, **picked).sel(scenario=view.scenario)
        return total.sel(time=slice(f"{view.years[0]}-01-01", f"{view.years[1]}-12-31"))

    def mean(self, view: View) -> Values:
        """Mean over month ends."""
        return np.asarray(self.monthly(view).mean("time"), dtype=np.float64)

    def sum(self, view: View) -> Values:
        """Sum over months."""
        return np.asarray(self.monthly(view).sum("time"), dtype=np.float64)

    def __str__(self) -> str:
        picked = ", ".join(
            f"{axis} {wanted if isinstance(wanted, Having) else ' '.join(wanted)}"
            for axis, wanted in self.where.items()
        )
        return self.indicator + (f" ({picked})" if picked else "")


def count(indicator: str, **where: str | Labels | Having) -> Count:
    """Count an indicator; labels of an axis may be one, several or those having words."""
    return Count(
        indicator, {axis: (one,) if isinstance(one, str) else one for axis, one in where.items()}
    )


def ratio(part: Values, whole: Values) -> Values:
    """Part over whole; NaN in replications where the whole is nothing."""
    out: Values = np.full(part.shape, np.nan)
    np.divide(part, whole, out=out, where=whole != 0)
    return out


@dataclass(frozen=True)
class Mean:
    """A stock, or a flow a month."""

    of: Count

    def __call__(self, view: View) -> Values:
        """Measure the view."""
        return self.of.mean(view)

    def __str__(self) -> str:
        return f"{self.of}, mean of months"


@dataclass(frozen=True)
class Share:
    """One count over another."""

    part: Count
    whole: Count

    def __call__(self, view: View) -> Values:
        """Measure the view."""
        return ratio(self.part.mean(view), self.whole.mean(view))

    def __str__(self) -> str:
        return f"{self.part} / {self.whole}, means of months"


@dataclass(frozen=True)
class AYear:
    """A flow a year."""

    of: Count

    def __call__(self, view: View) -> Values:
        """Measure the view."""
        return self.of.sum(view) / view.year_count

    def __str__(self) -> str:
        return f"{self.of}, a year"


@dataclass(frozen=True)
class AYearPer:
    """A flow a year, per head of a stock."""

    of: Count
    whole: Count

    def __call__(self, view: View) -> Values:
        """Measure the view."""
        return ratio(self.of.sum(view) / view.year_count, self.whole.mean(view))

    def __str__(self) -> str:
        return f"{self.of} a year / {self.whole}"


@dataclass(frozen=True)
class AtEnd:
    """A stock at the end of the last year."""

    of: Count

    def __call__(self, view: View) -> Values:
        """Measure the view."""
        return np.asarray(self.of.monthly(view).isel(time=-1), dtype=np.float64)

    def __str__(self) -> str:
        return f"{self.of}, end of the last year"


@dataclass(frozen=True)
class AWeek:
    """A flow a week."""

    of: Count

    def __call__(self, view: View) -> Values:
        """Measure the view."""
        return self.of.sum(view) / view.weeks

    def __str__(self) -> str:
        return f"{self.of}, a week"


@dataclass(frozen=True)
class AWeekPer:
    """A flow a week, per head of a stock."""

    of: Count
    whole: Count

    def __call__(self, view: View) -> Values:
        """Measure the view."""
        return ratio(self.of.sum(view) / view.weeks, self.whole.mean(view))

    def __str__(self) -> str:
        return f"{self.of} a week / {self.whole}"


@dataclass(frozen=True)
class Over:
    """One measure relative to another."""

    one: Measure
    other: Measure

    def __call__(self, view: View) -> Values:
        """Measure the view."""
        return ratio(self.one(view), self.other(view))

    def __str__(self) -> str:
        return f"[{self.one}] over [{self.other}]"


@dataclass(frozen=True)
class SumOverFirst:
    """A flow over all years, per head of a stock in the first."""

    of: Count
    whole: Count

    def __call__(self, view: View) -> Values:
        """Measure the view."""
        return ratio(self.of.sum(view), self.whole.mean(view.of_year(view.years[0])))

    def __str__(self) -> str:
        return f"{self.of}, all years / {self.whole}, first year"


@dataclass(frozen=True)
class LastOverFirst:
    """A stock in the last year relative to the first."""

    of: Count

    def __call__(self, view: View) -> Values:
        """Measure the view."""
        first, last = (self.of.mean(view.of_year(year)) for year in view.years)
        return ratio(last, first)

    def __str__(self) -> str:
        return f"{self.of}, last year over first"
