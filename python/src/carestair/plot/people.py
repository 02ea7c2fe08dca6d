"""Figures of people and of the hours staff give them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import xarray as xr
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from carestair.analysis.projection import projected
from carestair.comparison import SWEEPS, needs_result
from carestair.errors import ResultError
from carestair.plot import style
from carestair.plot.series import (
    STEPS,
    Periods,
    a_week,
    draw_bands,
    draw_median,
    draw_projected,
    people_by_step,
    periods,
    projected_by_step,
    stock,
)
from carestair.result import Result

STEP_TITLES = {
    STEPS[0]: "Alarm, day activity or\nshort stay only",
    STEPS[1]: "Home, under 2 h/week",
    STEPS[2]: "Home, 2–10 h/week",
    STEPS[3]: "Home, 10 h/week or more",
    STEPS[4]: "Care housing, day and night",
    STEPS[5]: "Nursing home, long stay",
}

BANDS = "Lines: median of replications; bands hold 80 % (dark) and 95 % (light) of them."
BANDS_OF_BASELINE = (
    "Lines: median of replications; bands hold 80 % (dark) and 95 % (light) of those of the "
    "baseline."
)
PROJECTED = (
    "Dashed: projected from the coverage of the first year by age, as planners do without "
    "a model (dekningsgradsframskriving)."
)


@dataclass(frozen=True)
class _Panel:
    title: str
    values: xr.DataArray  # (scenario, replication, period)
    projected: xr.DataArray | None = None  # (replication, period)


def small_multiples(
    result: Result,
    panels: Sequence[_Panel],
    at: Periods,
    unit: str,
    heading: str,
    scenarios: Sequence[str],
    note: str = "",
) -> Figure:
    """One panel a quantity, one line a scenario, each panel on its own scale from zero."""
    columns = min(3, len(panels))
    rows = -(-len(panels) // columns)
    several = len(scenarios) > 1
    bands = BANDS_OF_BASELINE if several else BANDS
    with style.house_style():
        figure, body = style.framed_figure(
            max(6.6, 3.45 * columns),
            2.4 * rows,
            heading,
            result,
            f"{bands} {note}",
            scenarios if several else (),
        )
        axes = np.asarray(body.subplots(rows, columns, squeeze=False)).ravel()
        colours = style.scenario_colours(result)
        for ax in axes[len(panels) :]:
            ax.set_visible(False)
        for ax, panel in zip(axes, panels, strict=False):
            draw_scenarios(ax, at, panel.values, scenarios, colours)
            if panel.projected is not None:
                from_coverage = panel.projected.transpose("replication", "period").values
                draw_projected(ax, at.position, from_coverage, style.INK)
                ax.set_ylim(0.0, max(1.06 * ax.dataLim.ymax, 1.0))
            ax.set_title(style.wrapped(panel.title, 34), fontsize=10)
        for ax in axes[::columns]:
            ax.set_ylabel(unit)
    return figure


def draw_scenarios(
    ax: Axes,
    at: Periods,
    values: xr.DataArray,
    scenarios: Sequence[str],
    colours: Mapping[str, str],
    *,
    wide: bool = True,
) -> None:
    """Medians of scenarios, with bands around the first alone: those of the others coincide."""
    for scenario in scenarios:
        of_scenario = values.sel(scenario=scenario).transpose("replication", "period").values
        if scenario == scenarios[0]:
            draw_bands(ax, at.position, of_scenario, colours[scenario], wide=wide)
        else:
            draw_median(ax, at.position, of_scenario, colours[scenario])
    style.year_axis(ax, at, bins=5)
    ax.set_ylim(0.0, max(1.06 * ax.dataLim.ymax, 1.0))
    style.number_axis(ax, bins=4)


def refuse_sweep(result: Result) -> None:
    """Draw no mean over points that were chosen: it says nothing."""
    needs_result(result)
    if result.design in SWEEPS:
        raise ResultError(
            "is a sweep: its points have no mean to draw",
            result.path,
            "use `carestair compare FILE --outcome ID`, which tells them one by one",
        )


def scenarios_to_show(result: Result, scenario: str | None) -> tuple[str, ...]:
    """All scenarios, or the baseline with the one asked for."""
    refuse_sweep(result)
    if scenario is None:
        return result.scenarios
    if scenario not in result.scenarios:
        raise ResultError(
            f"has no scenario `{scenario}`", result.path, f"it has {', '.join(result.scenarios)}"
        )
    return tuple(dict.fromkeys((result.baseline, scenario)))


def _span(at: Periods) -> str:
    first, last = at.names[0], at.names[-1]
    return first if first == last else f"{first}–{last}"


def residents_by_step(result: Result, scenario: str | None = None) -> Figure:
    """Draw how many people stand on each step of the care staircase, over time.

    Parameters
    ----------
    result
        An open result.
    scenario
        Show this one beside the baseline; all when left out.
    """
    at = periods(result)
    people = stock(people_by_step(result), at)
    from_coverage = stock(projected_by_step(result), at)
    panels = [
        _Panel(STEP_TITLES[s].replace("\n", " "), people.sel(step=s), from_coverage.sel(step=s))
        for s in STEPS
    ]
    return small_multiples(
        result,
        panels,
        at,
        "persons",
        f"People with care by step of the staircase, {_span(at)}",
        scenarios_to_show(result, scenario),
        (
            "Everybody with a service is on one step; mean over month ends of a year. "
            if at.yearly
            else "Everybody with a service is on one step; month ends. "
        )
        + PROJECTED,
    )


MOST_SERVICES = 12  # that can be told apart on a page


def services_in_use(series: xr.DataArray) -> list[str]:
    """Ids of the services with most of a series, those without left out, in the file's order."""
    return largest(abs(series).sum([d for d in series.dims if d != "service"]))


def largest(sizes: xr.DataArray) -> list[str]:
    """Ids of the services of largest size, the zero left out, in the file's order."""
    order = np.argsort(-sizes.values, kind="stable")[:MOST_SERVICES]
    keep = sorted(i for i in order if sizes.values[i] > 0.0)
    return [str(sizes["service"].values[i]) for i in keep]


def service_titles(result: Result) -> dict[str, str]:
    """Name of each service by id."""
    dataset = result.indicators
    return dict(
        zip(
            map(str, dataset["service"].values),
            map(str, dataset["service_title"].values),
            strict=True,
        )
    )


def waiting(result: Result, scenario: str | None = None) -> Figure:
    """Draw how many people wait for each service, over time."""
    at = periods(result)
    series = stock(result.total("waiting", by="service"), at)
    titles = service_titles(result)
    services = services_in_use(series)
    if not services:
        raise ResultError("has nobody on a waiting list: nothing to draw", result.path)
    panels = [_Panel(titles[s], series.sel(service=s)) for s in services]
    return small_multiples(
        result,
        panels,
        at,
        "persons waiting",
        f"People on a waiting list, {_span(at)}",
        scenarios_to_show(result, scenario),
        "Who waits for two services counts under each.",
    )


def staff_hours(result: Result, scenario: str | None = None) -> Figure:
    """Draw how many hours of staff each service takes a week, over time."""
    at = periods(result)
    series = a_week(result.total("staff_hours", by="service"), at)
    titles = service_titles(result)
    services = services_in_use(series)
    if not services:
        raise ResultError("has no staff hours: nothing to draw", result.path)
    from_coverage = a_week(projected(result, "staff_hours", by="service", service=services), at)
    panels = [
        _Panel(titles[s], series.sel(service=s), from_coverage.sel(service=s)) for s in services
    ]
    return small_multiples(
        result,
        panels,
        at,
        "hours a week",
        f"Staff hours by service, {_span(at)}",
        scenarios_to_show(result, scenario),
        (
            "Hours delivered, mean of a year; panels have different scales. "
            if at.yearly
            else "Hours delivered, by month; panels have different scales. "
        )
        + PROJECTED,
    )
