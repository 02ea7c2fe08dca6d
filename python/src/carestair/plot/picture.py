"""One figure for a planner: who has care, what a scenario changes, who waits, what it costs."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from carestair._interval import Interval, mean_interval
from carestair.comparison import DAYS_PER_YEAR
from carestair.plot import style
from carestair.plot.costs import (
    cost_differences,
    draw_cost_lines,
    money,
    what_varies,
)
from carestair.plot.people import (
    STEP_TITLES,
    draw_scenarios,
    largest,
    scenarios_to_show,
    service_titles,
    services_in_use,
)
from carestair.plot.series import (
    STEPS,
    Array,
    Periods,
    a_week,
    a_year,
    draw_bands,
    municipality_bears,
    people_by_step,
    periods,
    stock,
)
from carestair.result import Result

_ROW = 3.7  # inches of each of two rows of panels
_BESIDE_PANEL = 0.95  # of which title and axis of a panel take so many
_SIZES = (9.0, 8.0, 7.0)  # points of the names of services
_WIDEST_LABEL = 24  # characters of the largest type
_LINE = 1.25  # height of a line, in sizes of its type
_LEAST_BETWEEN = 0.3  # lines between labels


def picture(result: Result, scenario: str | None = None) -> Figure:
    """Draw four panels that a planner understands at a glance.

    People by step of the staircase in the baseline; what each scenario changes in the number of
    recipients; people on a waiting list; and what the municipality pays more. A result with one
    scenario shows staff hours and what the municipality pays instead of differences.

    Parameters
    ----------
    result
        An open result.
    scenario
        Compare this one only with the baseline; all when left out.

    Raises
    ------
    ResultError
        When there is no such scenario, or the result is a sweep, whose points have no mean.
    """
    shown = scenarios_to_show(result, scenario)
    at = periods(result)
    several = len(shown) > 1
    changes = _changes(result, shown[1:]) if several else None
    upper = max(_ROW, _BESIDE_PANEL + changes.rows.inches) if changes is not None else _ROW
    with style.house_style():
        figure, body = style.framed_figure(
            11.6,
            upper + _ROW,
            result.title,
            result,
            _note(result, several, at),
            shown if several else (),
        )
        rows = body.subfigures(2, 1, hspace=0.04, height_ratios=[upper, _ROW])
        a, b, c, d = (part.subplots() for row in rows for part in row.subfigures(1, 2, wspace=0.04))
        ends = [(a, _draw_steps(a, result, at))]
        _draw_waiting(c, result, shown, at)
        if changes is not None:
            _draw_changes(b, result, changes)
            ends.append((d, _draw_cost_difference(d, result, shown[1:], at)))
        else:
            ends.append((b, _draw_hours(b, result, at)))
            _draw_cost(d, result, at)
        for ax, labels in ends:
            style.label_ends(ax, labels)
    return figure


def _note(result: Result, several: bool, at: Periods) -> str:
    over = what_varies(result)
    levels = "Left: median and the range of 80 % of replications"
    if not over:
        levels = "Left: the one replication there is"
    if at.yearly:
        levels += ", means of calendar years"
    if not several:
        return levels.removeprefix("Left: ").capitalize() + "."
    difference = f"mean difference with its 95 % interval over {over}"
    if not over:
        difference = "difference in it, which has no interval"
    return f"{levels}. Right: {difference}, the same persons compared in both scenarios."


def _draw_steps(ax: Axes, result: Result, at: Periods) -> list[style.EndLabel]:
    people = stock(people_by_step(result).sel(scenario=result.baseline), at)
    ends = []
    for step, colour in zip(STEPS, style.STAIRCASE, strict=True):
        values = people.sel(step=step).transpose("replication", "period").values
        last = draw_bands(ax, at.position, values, colour, wide=False)
        ends.append(style.EndLabel(last, STEP_TITLES[step], colour))
    total = people.sum("step").median("replication").values
    ax.set_title(_rise("People with care", float(total[0]), float(total[-1]), at))
    ax.set_ylabel(f"persons, {_quoted(result.scenario_titles[result.baseline])}")
    style.year_axis(ax, at)
    style.number_axis(ax)
    return ends


def _quoted(title: str) -> str:
    return f"“{textwrap.shorten(title, 34, placeholder='…')}”"


def _rise(what: str, first: float, last: float, at: Periods) -> str:
    a, b = style.grouped(first), style.grouped(last)
    if abs(last - first) < 0.03 * max(first, 1.0):
        return f"{what}: about {b} all along"
    verb = "rise" if last > first else "fall"
    return f"{what} {verb} from {a} to {b} by {at.names[-1]}"


@dataclass(frozen=True)
class _Rows:
    """Labels one below the other, each with the room its lines need, in a type that fits.

    ``middle`` and ``height`` are in lines of type, from the top; ``inches`` is what all need.
    """

    labels: tuple[str, ...]
    size: float  # points
    height: Array

    @property
    def middle(self) -> Array:
        return np.asarray(np.cumsum(self.height) - self.height / 2)

    @property
    def inches(self) -> float:
        return float(self.height.sum()) * _LINE * self.size / 72.0


def _rows(titles: Sequence[str], numbers: Sequence[str]) -> _Rows:
    """Take the largest type in which all fit; where none is, the smallest, with more room."""
    if not titles:
        return _Rows((), _SIZES[0], np.empty(0))
    for size in _SIZES:
        width = round(_WIDEST_LABEL * _SIZES[0] / size)
        labels = [
            f"{style.wrapped(textwrap.shorten(title, 3 * width, placeholder='…'), width)} ({n})"
            for title, n in zip(titles, numbers, strict=True)
        ]
        lines = np.array([1.0 + label.count("\n") for label in labels])
        room = (_ROW - _BESIDE_PANEL) * 72.0 / (_LINE * size)
        between = (room - lines.sum()) / len(lines)
        if between >= _LEAST_BETWEEN:
            break
    return _Rows(tuple(labels), size, lines + max(between, _LEAST_BETWEEN))


@dataclass(frozen=True)
class _Changes:
    """Recipients more than in the baseline: (replication, service) by scenario."""

    by_scenario: dict[str, Array]
    rows: _Rows


def _changes(result: Result, scenarios: tuple[str, ...]) -> _Changes:
    """Mean number of recipients over the period; the services in which it differs most."""
    recipients = result.total("recipients", by="service").mean("time")
    titles = service_titles(result)
    baseline = recipients.sel(scenario=result.baseline)
    used = largest(abs((recipients - baseline).mean("replication")).max("scenario"))
    means = baseline.mean("replication").sel(service=used).values
    numbers = [style.grouped(float(m), 0 if m >= 9.5 else 1) for m in means]
    differences = {
        s: (recipients.sel(scenario=s) - baseline)
        .sel(service=used)
        .transpose("replication", "service")
        .values
        for s in scenarios
    }
    return _Changes(differences, _rows([titles[s] for s in used], numbers))


def _draw_changes(ax: Axes, result: Result, changes: _Changes) -> None:
    """Draw the difference by service and scenario."""
    rows = changes.rows
    if not rows.labels:
        ax.set_title("No service has more or fewer recipients")
        ax.axis("off")
        return
    colours = style.scenario_colours(result)
    several = len(changes.by_scenario)
    apart = min(0.22, 0.8 / several) * float(rows.height.min())
    shifts = apart * (np.arange(several) - (several - 1) / 2)
    ax.axvline(0.0, color=style.BASELINE, linewidth=1.0, zorder=1)
    for shift, (scenario, values) in zip(shifts, changes.by_scenario.items(), strict=True):
        interval = mean_interval(values, result.replications_per_draw)
        at, colour = rows.middle + shift, colours[scenario]
        if interval.known:
            ax.hlines(at, interval.low, interval.high, color=colour, linewidth=2.2)
        ax.plot(interval.mean, at, "o", color=colour, markersize=5)
    ax.set_yticks(rows.middle, rows.labels)
    ax.set_ylim(float(rows.height.sum()), 0.0)
    ax.tick_params(axis="y", length=0, labelcolor=style.INK, labelsize=rows.size)
    ax.grid(visible=False, axis="y")
    ax.grid(visible=True, axis="x")
    ax.spines["left"].set_visible(False)
    ax.xaxis.set_major_formatter(lambda x, _: style.signed(round(x, 6), 0 if x == int(x) else 1))
    ax.set_title("Services with more or fewer recipients")
    ax.set_xlabel("persons more than in the baseline (its number in brackets)")


def _draw_waiting(ax: Axes, result: Result, scenarios: tuple[str, ...], at: Periods) -> None:
    series = stock(result.total("waiting"), at)
    draw_scenarios(ax, at, series, scenarios, style.scenario_colours(result), wide=False)
    median = series.sel(scenario=result.baseline).median("replication").values
    ax.set_title(_rise("People waiting", float(median[0]), float(median[-1]), at))
    ax.set_ylabel("persons on a waiting list")


def _draw_cost_difference(
    ax: Axes, result: Result, scenarios: tuple[str, ...], at: Periods
) -> list[style.EndLabel]:
    all_lines = cost_differences(result, at)
    lines = {s: all_lines[s] for s in scenarios}
    per_draw = result.replications_per_draw
    overall = {s: mean_interval(d @ at.days / at.days.sum(), per_draw) for s, d in lines.items()}
    ends = draw_cost_lines(ax, result, lines, at)
    level = municipality_bears(result).sel(scenario=result.baseline).sum("time").mean().item()
    level /= 1e6 * result.days / DAYS_PER_YEAR
    ax.set_ylabel(f"million NOK a year more than baseline ({style.grouped(level)})")
    ax.set_title(_cost_title(list(overall.values())))
    return [
        style.EndLabel(y, f"mean\n{money(overall[s])}", colour) for s, (y, colour) in ends.items()
    ]


def _cost_title(overall: list[Interval]) -> str:
    if all(interval.low > 0.0 for interval in overall):
        return "The municipality pays more"
    if all(interval.high < 0.0 for interval in overall):
        return "The municipality pays less"
    known = all(interval.known for interval in overall)
    if known and not any(interval.low > 0.0 or interval.high < 0.0 for interval in overall):
        return "No clear difference to the municipality"
    return "Difference to the municipality"


def _draw_hours(ax: Axes, result: Result, at: Periods) -> list[style.EndLabel]:
    hours = a_week(result.total("staff_hours", by="service"), at).sel(scenario=result.baseline)
    titles = service_titles(result)
    used = services_in_use(hours)
    most = sorted(used, key=lambda s: -float(hours.sel(service=s).sum()))[: len(style.PALETTE)]
    ends = []
    for service, colour in zip([s for s in used if s in most], style.PALETTE, strict=False):
        values = hours.sel(service=service).transpose("replication", "period").values
        last = draw_bands(ax, at.position, values, colour, wide=False)
        ends.append(style.EndLabel(last, style.wrapped(titles[service], 24), colour))
    total = hours.sum("service").median("replication").values
    ax.set_title(_rise("Staff hours a week", float(total[0]), float(total[-1]), at))
    ax.set_ylabel("hours a week, by service")
    style.year_axis(ax, at)
    style.number_axis(ax)
    return ends


def _draw_cost(ax: Axes, result: Result, at: Periods) -> None:
    cost = a_year(municipality_bears(result), at).sel(scenario=result.baseline) / 1e6
    draw_bands(
        ax,
        at.position,
        cost.transpose("replication", "period").values,
        style.PALETTE[0],
        wide=False,
    )
    median = cost.median("replication").values
    ax.set_title(_rise("The municipality's costs", float(median[0]), float(median[-1]), at))
    ax.set_ylabel("million NOK a year")
    style.year_axis(ax, at)
    style.number_axis(ax)
