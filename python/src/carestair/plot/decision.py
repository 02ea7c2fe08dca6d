"""Figures for a decision: cost-effectiveness plane, acceptability curve, tornado."""

from __future__ import annotations

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import PercentFormatter

from carestair.analysis.economics import (
    REFERENCE_THRESHOLDS,
    CostEffectiveness,
    acceptability,
    cost_effectiveness,
)
from carestair.analysis.sensitivity import tornado as swings
from carestair.comparison import headlines
from carestair.draws import without_chance
from carestair.errors import ResultError
from carestair.plot import style
from carestair.result import Result

_MILLION = 1e6
_LONGEST = 34  # characters of a label
_THRESHOLD_NOTE = (
    "Dotted: 275 000 and 825 000 NOK a QALY, the range by severity in Norwegian priority setting."
)


def _chosen(result: Result, scenario: str | None, payer: str) -> CostEffectiveness:
    ce = cost_effectiveness(result, None if scenario is None else [scenario], payer)
    if len(ce.strategies) < 2:
        raise ResultError(
            "holds one scenario only: there is nothing to choose between",
            result.path,
            "add a scenario to the configuration; docs/scenarios.md shows how",
        )
    return ce


def ce_plane(result: Result, scenario: str | None = None, payer: str = "society") -> Figure:
    """Draw what scenarios cost and give more than the baseline: the cost-effectiveness plane.

    Parameters
    ----------
    result
        An open result; of an experiment, points are draws with chance taken out, and faint ones
        single worlds.
    scenario
        Show this one only; all when left out.
    payer
        Whose money counts.
    """
    ce = _chosen(result, scenario, payer)
    colours = style.scenario_colours(result)
    cost = (ce.cost - ce.cost[0]) / _MILLION
    effect = ce.effect - ce.effect[0]
    drawn = ce.draws > 1
    points = (
        "Faint: single worlds; dark: draws, chance taken out (parameters alone)."
        if drawn
        else "Points: replications (chance alone; the numbers put in do not vary)."
    )
    with style.house_style():
        figure, body = style.framed_figure(
            7.4,
            5.2,
            "What it costs, and what it gives",
            result,
            f"{points} Crosses: means. Present values over the period, payer: {payer}. "
            f"{_THRESHOLD_NOTE}",
            ce.strategies[1:],
        )
        ax = body.subplots()
        ax.axhline(0.0, color=style.BASELINE, linewidth=1.0)
        ax.axvline(0.0, color=style.BASELINE, linewidth=1.0)
        for i, strategy in enumerate(ce.strategies[1:], start=1):
            colour = colours[strategy]
            ax.scatter(
                effect[i], cost[i], s=10, color=colour, alpha=0.18 if drawn else 0.6, linewidth=0
            )
            if drawn:
                ax.scatter(
                    without_chance(effect[i], ce.replications),
                    without_chance(cost[i], ce.replications),
                    s=16,
                    color=colour,
                    linewidth=0,
                )
            ax.scatter(
                effect[i].mean(),
                cost[i].mean(),
                s=130,
                marker="P",
                color=colour,
                edgecolor="white",
                linewidth=1.2,
                zorder=5,
            )
        _thresholds(ax)
        ax.set_xlabel("quality-adjusted life years more than the baseline")
        ax.set_ylabel("million NOK more than the baseline")
        ax.grid(axis="x")
    return figure


def _thresholds(ax: Axes) -> None:
    """Draw lines of equal net benefit through the origin, within the limits there are."""
    x_limits, y_limits = ax.get_xlim(), ax.get_ylim()
    x = np.array(x_limits)
    for threshold in REFERENCE_THRESHOLDS:
        ax.plot(x, threshold * x / _MILLION, color=style.FAINT, linewidth=1.0, linestyle=":")
    ax.set_xlim(x_limits)
    ax.set_ylim(y_limits)


def acceptability_curve(
    result: Result, scenario: str | None = None, payer: str = "society"
) -> Figure:
    """Draw how likely each scenario is to be the best choice, by what a QALY may cost (CEAC).

    Parameters
    ----------
    result
        An open result.
    scenario
        This one against the baseline; all against each other when left out.
    payer
        Whose money counts.
    """
    ce = _chosen(result, scenario, payer)
    table = acceptability(ce)
    colours = style.scenario_colours(result)
    drawn = ce.draws > 1
    lines = (
        "Lines: share of draws, chance taken out (parameters alone; none where that cannot be "
        "told); dashed: share of single worlds (chance as well)."
        if drawn
        else "Dashed: share of replications (chance alone; the numbers put in do not vary)."
    )
    with style.house_style():
        figure, body = style.framed_figure(
            7.4,
            4.4,
            "How likely each is the best choice",
            result,
            f"{lines} Thick: highest expected net benefit (frontier). Payer: {payer}. "
            f"{_THRESHOLD_NOTE}",
            ce.strategies,
        )
        ax = body.subplots()
        for strategy in ce.strategies:
            of = table.xs(strategy, level="scenario")
            x = of.index.to_numpy() / 1e3
            ax.plot(x, of["by_both"], color=colours[strategy], linewidth=1.2, dashes=(3, 2.2))
            shown = of["by_parameters"] if drawn else of["by_both"]
            if drawn:
                ax.plot(x, shown, color=colours[strategy])
            ax.plot(x, shown.where(of["best"]), color=colours[strategy], linewidth=4.0, alpha=0.5)
        for threshold in REFERENCE_THRESHOLDS:
            ax.axvline(threshold / 1e3, color=style.FAINT, linewidth=1.0, linestyle=":")
        ax.set_xlim(x[0], x[-1])
        ax.set_ylim(0.0, 1.02)
        ax.yaxis.set_major_formatter(PercentFormatter(1.0, symbol=" %"))
        ax.set_xlabel("what a quality-adjusted life year may cost, thousand NOK")
        ax.set_ylabel("probability of being the best")
    return figure


def tornado(
    result: Result, outcome: str = "cost", scenario: str | None = None, most: int = 12
) -> Figure:
    """Draw what each parameter alone does to an outcome, the largest swing first.

    Parameters
    ----------
    result
        An open result of a sweep ``one_at_a_time``.
    outcome
        Id of a headline outcome.
    scenario
        Of which the difference from the baseline is told; the baseline itself without it.
    most
        Bars at most.
    """
    table = swings(result, outcome, scenario)
    written = table.attrs["as_written"]
    shown = table[table["swing"] != 0.0].head(most).iloc[::-1]
    attrs = headlines(result)[outcome].attrs
    of = "" if scenario is None else f", {scenario} less {result.baseline}"
    with style.house_style():
        figure, body = style.framed_figure(
            9.2,
            0.9 + 0.36 * max(2, len(shown)),
            f"What moves it most: {attrs['long_name'].lower()}{of}",
            result,
            "Bars: mean at the low (orange) and the high end (blue) of the range of one parameter, "
            "the others as written (line). Whisker: 95 % interval of the swing, at the high end. "
            f"{len(table) - len(shown)} parameters that move it less or not at all are left out.",
        )
        ax = body.subplots()
        y = np.arange(len(shown))
        for end, colour in (("at_low", style.PALETTE[1]), ("at_high", style.PALETTE[0])):
            ax.barh(y, shown[end] - written, left=written, height=0.62, color=colour)
        half = (shown["swing_high"] - shown["swing"]).replace(np.inf, np.nan).fillna(0.0)
        ax.errorbar(
            shown["at_high"], y, xerr=half, fmt="none", ecolor=style.INK, elinewidth=1.0, capsize=2
        )
        ax.axvline(written, color=style.INK, linewidth=1.0)
        ends = zip(shown.index, shown["low"], shown["high"], strict=True)
        ax.set_yticks(y, [_labelled(str(a), low, high) for a, low, high in ends])
        ax.set_xlabel(attrs["units"])
        ax.grid(axis="y", visible=False)
        ax.grid(axis="x")
    return figure


def _labelled(address: str, low: float, high: float) -> str:
    """Name a bar: the address, broken at a dot where it is long, and the values tried."""
    if len(address) > _LONGEST and "." in address:
        first, _, last = address.rpartition(".")
        address = f"{first}\n.{last}"
    decimals = style.decimals_for(abs(high - low))
    return f"{address}: {style.grouped(low, decimals)} to {style.grouped(high, decimals)}"
