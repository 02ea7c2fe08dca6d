"""Figures of places that do not suffice and of how long people wait."""

from __future__ import annotations

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import PercentFormatter

from carestair.analysis import capacity, waiting
from carestair.errors import ResultError
from carestair.plot import style
from carestair.plot.people import scenarios_to_show, service_titles
from carestair.plot.series import Array, Periods, periods
from carestair.result import Result

_MOST_SERVICES = 4  # beside each other on a page
_DAYS = tuple(range(0, 366, 5))


def overflow(result: Result, scenario: str | None = None) -> Figure:
    """Draw how likely places do not suffice in a year, and how bad the worst month is.

    Parameters
    ----------
    result
        An open result.
    scenario
        Show this one beside the baseline; all when left out.
    """
    shown = scenarios_to_show(result, scenario)
    tables = {s: capacity.overflow(result, s) for s in shown}
    worst = {s: capacity.worst_month(result, "overflow_persons", s) for s in shown}
    days = tables[result.baseline]["days_mean"].groupby("service").sum().sort_values()
    services = [str(s) for s in days.index[::-1][:_MOST_SERVICES]]
    if not services:
        raise ResultError("has nobody beyond capacity: nothing to draw", result.path)
    at = periods(result)
    titles = service_titles(result)
    colours = style.scenario_colours(result)
    with style.house_style():
        figure, body = style.framed_figure(
            max(6.6, 3.45 * len(services)),
            5.0,
            f"Places that do not suffice, {result.start.year}–{result.end.year}",
            result,
            "Above: share of replications with overflow days, band: 95 % interval (Wilson). Below: "
            "median over replications of the highest month end, band: 80 % of them. Bands are "
            "those of the baseline.",
            shown if len(shown) > 1 else (),
        )
        axes = body.subplots(2, len(services), squeeze=False)
        for column, service in enumerate(services):
            above, below = axes[:, column]
            for s in reversed(shown):
                of = tables[s].xs(service, level="service") if service in tables[s].index else None
                if of is None:
                    continue
                band = s == result.baseline
                months = worst[s].xs(service, level="service")
                _line(above, at, of[["low", "probability", "high"]].to_numpy(), colours[s], band)
                _line(
                    below,
                    at,
                    months[["worst_q10", "worst_q50", "worst_q90"]].to_numpy(),
                    colours[s],
                    band,
                )
            above.set_title(style.wrapped(titles[service], 34), fontsize=10)
            above.set_ylim(0.0, 1.02)
            above.yaxis.set_major_formatter(PercentFormatter(1.0, symbol=" %"))
            style.number_axis(below, bins=4)
        axes[0, 0].set_ylabel("probability in a year")
        axes[1, 0].set_ylabel("persons, worst month")
    return figure


def _line(ax: Axes, at: Periods, values: Array, colour: str, band: bool) -> None:
    """Draw low, middle and high; columns of `values`, a row a calendar year."""
    x = at.position if at.yearly else np.unique(np.floor(at.position))
    if band:
        ax.fill_between(x, values[:, 0], values[:, 2], color=colour, alpha=0.16, linewidth=0)
    ax.plot(x, values[:, 1], color=colour, marker="" if at.yearly else "o", markersize=4)
    ax.set_xlim(x[0], x[-1] if x[-1] > x[0] else x[0] + 1)
    if at.yearly:
        style.year_axis(ax, at, bins=5)
    else:
        ax.set_xticks(x, [f"{year:.0f}" for year in x])


def waiting_times(result: Result, scenario: str | None = None) -> Figure:
    """Draw the probability of having been served within so many days; needs ``run --events``.

    Parameters
    ----------
    result
        An open result with an event log.
    scenario
        Show this one beside the baseline; all when left out.
    """
    shown = scenarios_to_show(result, scenario)
    curves = {s: waiting.waiting_curve(result, s, _DAYS) for s in shown}
    often = curves[result.baseline]["waits"].groupby("service").first().sort_values()
    services = [str(s) for s in often.index[::-1][:_MOST_SERVICES]]
    if not services:
        raise ResultError("has nobody who began to wait: nothing to draw", result.path)
    titles = service_titles(result)
    colours = style.scenario_colours(result)
    with style.house_style():
        figure, body = style.framed_figure(
            max(6.6, 3.45 * len(services)),
            2.9,
            "How long people wait for a service",
            result,
            "Share of those who began to wait who were served within so many days; who died or no "
            "longer wanted it never is (Aalen-Johansen). Band: 80 % of replications, baseline.",
            shown if len(shown) > 1 else (),
        )
        axes = body.subplots(1, len(services), squeeze=False)[0]
        for ax, service in zip(axes, services, strict=True):
            for s in reversed(shown):
                if service not in curves[s].index:
                    continue
                of = curves[s].xs(service, level="service")
                if s == result.baseline:
                    ax.fill_between(
                        of.index, of["low"], of["high"], color=colours[s], alpha=0.16, linewidth=0
                    )
                ax.plot(of.index, of["served"], color=colours[s])
            ax.set_title(
                style.wrapped(f"{titles[service]} ({often[service]:.0f} waits)", 34), fontsize=10
            )
            ax.set_xlim(0, _DAYS[-1])
            ax.set_xticks([0, 90, 180, 270, 360])
            ax.set_xlabel("days waited")
            ax.set_ylim(0.0, 1.02)
            ax.yaxis.set_major_formatter(PercentFormatter(1.0, symbol=" %"))
        axes[0].set_ylabel("served")
    return figure
