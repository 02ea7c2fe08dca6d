"""Figures of money: what a scenario costs the municipality more or less than the baseline."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from carestair._interval import Interval, is_drawn, mean_interval
from carestair.comparison import DAYS_PER_YEAR, check_scenario
from carestair.errors import ResultError
from carestair.plot import style
from carestair.plot.people import refuse_sweep
from carestair.plot.series import Periods, a_year, municipality_bears, periods
from carestair.result import Result

Array = npt.NDArray[np.float64]
_MILLION = 1e6


def what_varies(result: Result) -> str:
    """Return in words what an interval of a mean is over; nothing where one world has none."""
    if result.replications < 2:
        return ""
    drawn = is_drawn(result.replications, result.replications_per_draw)
    return "draws of the numbers put in" if drawn else "replications"


def cost_differences(result: Result, at: Periods) -> dict[str, Array]:
    """Million NOK a year that the municipality bears more: (replication, period) by scenario."""
    cost = a_year(municipality_bears(result), at) / _MILLION
    baseline = cost.sel(scenario=result.baseline).values
    return {s: cost.sel(scenario=s).values - baseline for s in result.scenarios[1:]}


def money(interval: Interval) -> str:
    """Return a difference with its interval, in as many decimals as make sense."""
    low, mean, high = (float(v) for v in (interval.low, interval.mean, interval.high))
    size = abs(mean) if low > 0 or high < 0 or not interval.known else (high - low) / 2
    decimals = min(style.decimals_for(size), 2)
    if low == high or not interval.known:
        return style.signed(mean, decimals)
    return (
        f"{style.signed(mean, decimals)}"
        f" ({style.signed(low, decimals)} to {style.signed(high, decimals)})"
    )


def draw_cost_lines(
    ax: Axes, result: Result, lines: Mapping[str, Array], at: Periods
) -> dict[str, tuple[float, str]]:
    """Draw a line a scenario with its interval and zero; where each ends, and its colour."""
    colours = style.scenario_colours(result)
    ends = {}
    ax.axhline(0.0, color=style.BASELINE, linewidth=1.0)
    for scenario, differences in lines.items():
        interval = mean_interval(differences, result.replications_per_draw)
        colour = colours[scenario]
        if interval.known:
            ax.fill_between(
                at.position, interval.low, interval.high, color=colour, alpha=0.16, lw=0
            )
        ax.plot(at.position, interval.mean, color=colour)
        ends[scenario] = (float(interval.mean[-1]), colour)
    style.year_axis(ax, at)
    style.number_axis(ax, from_zero=False)
    return ends


def cost_difference(result: Result, scenario: str | None = None) -> Figure:
    """Draw what scenarios cost the municipality more or less, by year and added up.

    After fees, grants and refunds: the outcome `net_municipality` of `carestair.compare`.

    Differences are taken replication by replication, so the bands (95 % interval of the mean) hold
    only the chance that differs between scenarios; where parameters vary, over means of draws. One
    replication has no band. Not discounted.

    Parameters
    ----------
    result
        An open result with at least two scenarios.
    scenario
        Show this one only; all when left out.
    """
    refuse_sweep(result)
    if len(result.scenarios) < 2:
        raise ResultError(
            "holds one scenario only: there is no difference to draw",
            result.path,
            "add a scenario to the configuration; docs/scenarios.md shows how",
        )
    at = periods(result)
    a_year_more = cost_differences(result, at)
    if scenario is not None:
        a_year_more = {scenario: a_year_more[check_scenario(result, scenario)]}
    years = at.days / DAYS_PER_YEAR
    added_up = {s: np.cumsum(d * years, axis=1) for s, d in a_year_more.items()}
    with style.house_style():
        titles = result.scenario_titles
        figure, body = style.framed_figure(
            10.4,
            3.7,
            cost_heading(result, added_up),
            result,
            f"Lines: mean difference from “{titles[result.baseline]}”; {_bands(result)}. After "
            "fees, grants and refunds, at the prices of the configuration, not discounted.",
            tuple(added_up),
        )
        left, right = (part.subplots() for part in body.subfigures(1, 2, width_ratios=[1, 1.25]))
        left.set_title(f"Each {at.unit}")
        left.set_ylabel("million NOK a year more than baseline")
        right.set_title("Added up from the start")
        right.set_ylabel("million NOK more than baseline")
        per_draw = result.replications_per_draw
        last = {s: mean_interval(d[:, -1], per_draw) for s, d in added_up.items()}
        draw_cost_lines(left, result, a_year_more, at)
        ends = draw_cost_lines(right, result, added_up, at)
        style.label_ends(
            right,
            [
                style.EndLabel(y, f"{money(last[s])}\nby {result.end.year}", colour)
                for s, (y, colour) in ends.items()
            ],
        )
    return figure


def _bands(result: Result) -> str:
    over = what_varies(result)
    if not over:
        return "no bands, for one replication has no interval"
    return f"bands: 95 % interval of the mean over {over}, paired by replication"


def cost_heading(result: Result, added_up: dict[str, Array]) -> str:
    """Return in words whether the scenarios cost more or less."""
    first, last = result.start.year, result.end.year
    period = f"{first}–{last}" if first != last else f"{first}"
    if len(added_up) > 1:
        return f"Cost to the municipality compared with the baseline, {period}"
    ((scenario, differences),) = added_up.items()
    interval = mean_interval(differences[:, -1], result.replications_per_draw)
    title = result.scenario_titles[scenario]
    if not interval.known:
        return f"{title}: cost to the municipality compared with the baseline, {period}"
    if interval.low > 0.0:
        verdict = "costs the municipality more than the baseline"
    elif interval.high < 0.0:
        verdict = "costs the municipality less than the baseline"
    else:
        verdict = "costs the municipality neither clearly more nor clearly less than the baseline"
    return f"{title}: {verdict}, {period}"
