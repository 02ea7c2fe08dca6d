"""Scenarios against the baseline, replication by replication, as ``carestair compare`` does."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd
import xarray as xr

from carestair._interval import is_drawn, mean_interval
from carestair.draws import means_of_draws, spread
from carestair.errors import ResultError
from carestair.result import Result

DAYS_PER_YEAR = 365.25
DAYS_PER_WEEK = 7.0
SWEEPS = ("one_at_a_time", "grid", "points")  # designs whose points are no sample of anything

Array = npt.NDArray[np.float64]


@dataclass(frozen=True)
class PairedDifference:
    """Two scenarios over the same replications, with a 95 % interval unless asked otherwise.

    ``variance_ratio`` is (Var(baseline) + Var(scenario)) / Var(difference): runs with different
    persons would need so many times the replications. Infinite when the difference never varies.
    """

    baseline: float
    scenario: float
    difference: float
    low: float
    high: float
    sd: float
    variance_ratio: float

    @property
    def distinguishable(self) -> bool:
        """Whether the interval excludes zero."""
        return bool(self.low > 0.0 or self.high < 0.0)


def paired_difference(
    baseline: npt.ArrayLike, scenario: npt.ArrayLike, confidence: float = 0.95
) -> PairedDifference:
    """Compare two scenarios replication by replication.

    Parameters
    ----------
    baseline, scenario
        One number a replication, in the same order; shape (replication,).
    confidence
        Of the interval mean(d) ± t(n - 1) sd(d) / sqrt(n), with d = scenario - baseline; between
        0 and 1.

    Returns
    -------
    PairedDifference
        No number of it is NaN. One replication tells nothing of chance: its interval is infinite,
        its ``sd`` 0 and its ``variance_ratio`` 1.

    Raises
    ------
    ValueError
        When they do not hold one number a replication each, a replication has none (NaN) or an
        infinite one, or the confidence is no share.
    """
    a = np.asarray(baseline, dtype=np.float64)
    b = np.asarray(scenario, dtype=np.float64)
    if a.shape != b.shape or a.ndim != 1 or a.size == 0:
        raise ValueError("baseline and scenario must hold one number a replication each")
    if not 0.0 < confidence < 1.0:
        raise ValueError(f"confidence is a share between 0 and 1, 0.95 say, not {confidence:g}")
    _refuse_no_number("baseline", a)
    _refuse_no_number("scenario", b)
    d = b - a
    n = d.size
    variance = float(d.var(ddof=1)) if n > 1 else 0.0
    ratio = 1.0
    if n > 1:
        independent = float(a.var(ddof=1) + b.var(ddof=1))
        if variance > 0.0:
            ratio = independent / variance
        elif independent > 0.0:
            ratio = np.inf
    difference = float(d.mean())
    half_width = float(mean_interval(d, confidence=confidence).half_width)
    return PairedDifference(
        baseline=float(a.mean()),
        scenario=float(b.mean()),
        difference=difference,
        low=difference - half_width,
        high=difference + half_width,
        sd=float(np.sqrt(variance)),
        variance_ratio=float(ratio),
    )


def _refuse_no_number(name: str, values: Array) -> None:
    wrong = np.flatnonzero(~np.isfinite(values))
    if wrong.size:
        at = ", ".join(map(str, wrong[:3])) + (" ..." if wrong.size > 3 else "")
        raise ValueError(
            f"{name} has no number for {wrong.size} of {values.size} replications (position {at}): "
            "leave these out of both"
        )


@dataclass(frozen=True)
class _Headline:
    id: str
    title: str
    unit: str
    of: Callable[[Result, xr.DataArray], xr.DataArray]


@dataclass(frozen=True)
class _OfLives:
    """The sum of an outcome of lives, as a rate: divided by `per` of the days reported."""

    name: str
    per: Callable[[float], float]

    def __call__(self, result: Result, totals: xr.DataArray) -> xr.DataArray:
        return totals.sel(outcome=self.name, drop=True) / self.per(result.days)


def _mean_of(name: str) -> Callable[[Result, xr.DataArray], xr.DataArray]:
    return lambda result, _: result.total(name).mean("time")


def _volunteer_hours(result: Result, _: xr.DataArray) -> xr.DataArray:
    return result.total("volunteer_hours").sum("time") / _a_week(result.days)


def _undelivered(result: Result, _: xr.DataArray) -> xr.DataArray:
    return result.total("undelivered_hours").sum("time") / _a_week(result.days)


def _lacking_competence(result: Result, _: xr.DataArray) -> xr.DataArray:
    hours = result.total("unit_hours", staff_time="lacking_competence")
    return hours.sum("time") / _a_week(result.days)


def _burdened(result: Result, _: xr.DataArray) -> xr.DataArray:
    return result.total("carers", burdened="yes").mean("time")


def _coordination_cost(result: Result, _: xr.DataArray) -> xr.DataArray:
    cost = result.total("money", account="volunteer_coordination").sum("time")
    return cost / _million_a_year(result.days)


def _recipients_end(result: Result, _: xr.DataArray) -> xr.DataArray:
    return result.total("recipients_any").isel(time=-1, drop=True)


def _deaths(result: Result, _: xr.DataArray) -> xr.DataArray:
    deaths = result.total("events", event_kind="died").sum("time")
    return deaths / (result.days / DAYS_PER_YEAR)


def _posts(state: str) -> Callable[[Result, xr.DataArray], xr.DataArray]:
    return lambda result, _: (
        result.total("staff_weeks", staff_state=state).sum("time") / (result.days / DAYS_PER_WEEK)
    )


def _employees(result: Result, _: xr.DataArray) -> xr.DataArray:
    return result.total("employee_weeks").sum("time") / _a_week(result.days)


def _mean_position(result: Result, totals: xr.DataArray) -> xr.DataArray:
    persons = _employees(result, totals)
    return (100.0 * _posts("employed")(result, totals) / persons.where(persons > 0.0)).fillna(0.0)


def _days_a_year(name: str) -> Callable[[Result, xr.DataArray], xr.DataArray]:
    return lambda result, _: result.total(name).sum("time") / (result.days / DAYS_PER_YEAR)


def _net(payer: str) -> Callable[[Result, xr.DataArray], xr.DataArray]:
    return lambda result, _: (
        result.total("money", payer=payer).sum("time") / _million_a_year(result.days)
    )


def _a_year(days: float) -> float:
    return days / DAYS_PER_YEAR


def _million_a_year(days: float) -> float:
    return 1e6 * days / DAYS_PER_YEAR


def _a_week(days: float) -> float:
    return days / DAYS_PER_WEEK


def _at_a_time(days: float) -> float:
    return days


_HEADLINES = (
    _Headline("cost", "Cost of services", "million NOK a year", _OfLives("cost", _million_a_year)),
    _Headline("home_hours", "Staff hours at home", "hours a week", _OfLives("home_hours", _a_week)),
    _Headline("places", "24-hour care", "full-time places", _OfLives("place_days", _at_a_time)),
    _Headline(
        "waiting", "On a waiting list", "persons at a time", _OfLives("waiting_days", _at_a_time)
    ),
    _Headline("unmet_hours", "Need nobody meets", "hours a week", _OfLives("unmet_hours", _a_week)),
    _Headline(
        "informal_hours", "Informal help", "hours a week", _OfLives("informal_hours", _a_week)
    ),
    _Headline("recipients", "With any service", "persons, mean", _mean_of("recipients_any")),
    _Headline("recipients_end", "With any service", "persons, at the end", _recipients_end),
    _Headline(
        "extensive", "Extensive need", "persons at a time", _OfLives("extensive_days", _at_a_time)
    ),
    _Headline("hospital_days", "In hospital, acute", "days a year", _days_a_year("hospital_days")),
    _Headline(
        "discharge_ready_days",
        "Ready for discharge",
        "days a year",
        _days_a_year("discharge_ready_days"),
    ),
    _Headline("deaths", "Deaths", "persons a year", _deaths),
    _Headline("residents", "Residents", "persons, mean", _OfLives("life_days", _at_a_time)),
    _Headline("net_municipality", "Municipality bears", "million NOK a year", _net("municipality")),
    _Headline("net_state", "State bears", "million NOK a year", _net("state")),
    _Headline("net_users", "Users bear", "million NOK a year", _net("user")),
    _Headline("qalys", "Quality-adjusted life", "years a year", _OfLives("qalys", _a_year)),
    _Headline("volunteers", "Volunteers in care", "persons, mean", _mean_of("volunteers")),
    _Headline("volunteer_hours", "Hours of volunteers", "hours a week", _volunteer_hours),
    _Headline("coordination_cost", "Coordinators", "million NOK a year", _coordination_cost),
    _Headline("staff_employed", "Employed", "full-time posts", _posts("employed")),
    _Headline("employees", "Employees", "persons, mean", _employees),
    _Headline("mean_position", "Mean position", "% of a full-time post", _mean_position),
    _Headline("staff_sick", "On sick leave", "full-time posts", _posts("sick")),
    _Headline("staff_at_work", "At work", "full-time posts", _posts("present")),
    _Headline("undelivered_hours", "Granted and not given", "hours a week", _undelivered),
    _Headline("lacking_competence", "For want of competence", "hours a week", _lacking_competence),
    _Headline("carers", "Family carers", "persons, mean", _mean_of("carers")),
    _Headline("carers_burdened", "Burdened family carers", "persons, mean", _burdened),
    _Headline(
        "carer_work_lost", "Work carers give up", "man-years, mean", _mean_of("carer_work_lost")
    ),
)


def headlines(result: Result) -> xr.Dataset:
    """Return the headline outcomes of every scenario and replication.

    Returns
    -------
    xarray.Dataset
        One variable an outcome, shape (scenario, replication), with ``units`` and ``long_name``;
        municipalities are added up, values are rates or means over the reported period.
    """
    totals = result.persons["total"].sum(("municipality", "age_group", "sex"))
    dataset = xr.Dataset()
    for headline in _HEADLINES:
        values = headline.of(result, totals)
        keep = {"scenario", "replication"}
        values = values.reset_coords(drop=True).drop_vars(
            [name for name in values.coords if name not in keep], errors="ignore"
        )
        dataset[headline.id] = values.transpose("scenario", "replication")
        dataset[headline.id].attrs = {"long_name": headline.title, "units": headline.unit}
    return dataset.compute()


def behind(result: Result, outcome: str) -> tuple[str, float] | None:
    """Return the outcome of lives a headline outcome sums up, and the divisor; None if none."""
    for headline in _HEADLINES:
        if headline.id == outcome and isinstance(headline.of, _OfLives):
            return headline.of.name, headline.of.per(result.days)
    return None


def needs_result(result: object) -> None:
    """Say what is wanted where the name of a file, say, is given for what is in it."""
    if not isinstance(result, Result):
        raise TypeError(
            f"this takes an open result, not {type(result).__name__}: "
            "`carestair.open(FILE)` opens one"
        )


def check_scenario(result: Result, scenario: str) -> str:
    """Return the id of a scenario that can be compared; else ResultError says which there are."""
    others = result.scenarios[1:]
    if not others:
        raise ResultError(
            "holds one scenario only: there is nothing to compare",
            result.path,
            "add a scenario to the configuration; docs/scenarios.md shows how",
        )
    if scenario == result.baseline:
        raise ResultError(f"`{scenario}` is the baseline itself", result.path, _known(others))
    if scenario not in others:
        raise ResultError(f"has no scenario `{scenario}`", result.path, _known(others))
    return scenario


def _known(scenarios: tuple[str, ...]) -> str:
    return f"scenarios that can be compared: {', '.join(scenarios)}"


def compare(result: Result, scenario: str | None = None) -> pd.DataFrame:
    """Compare a scenario with the baseline, outcome by outcome.

    The same persons live in both, so differences are taken replication by replication. The
    numbers are those of ``carestair compare``.

    Parameters
    ----------
    result
        An open result.
    scenario
        Id of the scenario; may be left out when there is one besides the baseline.

    Returns
    -------
    pandas.DataFrame
        Indexed by ``outcome``: ``title``, ``unit``, means ``baseline`` and ``scenario`` over
        replications, their ``difference`` with its 95 % paired interval (``low``, ``high``), its
        ``sd`` between replications, whether it is ``distinguishable`` from zero, and the
        ``variance_ratio`` (gain by pairing). With one replication the interval is infinite.
        Where parameters vary, draws take the place of replications, each at the mean of its own,
        and the columns of `carestair.draws.Spread` say how far the difference reaches.

    Raises
    ------
    ResultError
        When there is no such scenario, or the result is a sweep, whose points have no mean.
    TypeError
        When it is no result, but the name of one, say.
    """
    needs_result(result)
    if result.design in SWEEPS:
        raise ResultError(
            "is a sweep: its points are compared one by one",
            result.path,
            "use `carestair compare FILE --outcome ID`",
        )
    if scenario is None:
        others = result.policies
        if len(others) > 1:
            raise ResultError("holds several scenarios: name one", result.path, _known(others))
        scenario = others[0] if others else result.baseline
    check_scenario(result, scenario)
    values = headlines(result)
    per_draw = result.replications_per_draw
    drawn = is_drawn(result.replications, per_draw)
    rows = []
    for headline in _HEADLINES:
        before, after = (
            values[headline.id].sel(scenario=s).values for s in (result.baseline, scenario)
        )
        reach = asdict(spread(after - before, per_draw)) if drawn else {}
        if drawn:
            before, after = means_of_draws(before, per_draw), means_of_draws(after, per_draw)
        paired = paired_difference(before, after)
        rows.append(
            {
                "outcome": headline.id,
                "title": headline.title,
                "unit": headline.unit,
                "baseline": paired.baseline,
                "scenario": paired.scenario,
                "difference": paired.difference,
                "low": paired.low,
                "high": paired.high,
                "sd": paired.sd,
                "distinguishable": paired.distinguishable,
                "variance_ratio": paired.variance_ratio,
                **reach,
            }
        )
    table: pd.DataFrame = pd.DataFrame(rows).set_index("outcome")
    table.attrs.update(
        scenario=scenario,
        baseline=result.baseline,
        replications=result.replications // per_draw if drawn else result.replications,
    )
    return table
