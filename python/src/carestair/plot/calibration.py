"""What a calibration did: targets before and after, parameters before and after."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from carestair.plot.series import Array
from carestair.plot.style import BASELINE, FAINT, GRID, PALETTE, Drawing, house_style

if TYPE_CHECKING:
    from carestair.calibration import Calibration

_ROW = 0.27  # inches
_WIDTH = 12.0
_FITTED, _HELD_OUT = PALETTE[0], PALETTE[1]


def calibration(of: Calibration) -> Drawing:
    """Draw a calibration.

    Left, how many standard errors each target lies beside the model, before and after; right, the
    95 % interval of each parameter within its range, before (prior) and after (posterior).

    Parameters
    ----------
    of
        As `carestair.calibrate` gives it, or `carestair.calibration.read`.
    """
    with house_style():
        rows = 1 + max(len(of.targets), 2 * len(of.parameters))
        figure = Drawing(figsize=(_WIDTH, 1.5 + _ROW * rows), layout="constrained")
        left, right = figure.subplots(1, 2, width_ratios=[1, 1])
        _targets(left, of)
        _parameters(right, of)
        about = of.about
        figure.supxlabel(
            f"{Path(about['file']).name}: {about['evaluations']} evaluations of "
            f"{about['replications']} worlds, {about['method'].replace('_', ' ')}, seed "
            f"{about['seed']}; before and after on {about['confirm']} other worlds",
            fontsize=8,
            color=FAINT,
            x=0.01,
            ha="left",
        )
    return figure


def _name_rows(ax: Axes, names: list[str]) -> None:
    ax.set_yticks(range(len(names)), names, fontsize=8)
    ax.set_ylim(len(names) - 0.4, -0.6)
    ax.grid(axis="x")
    ax.grid(visible=False, axis="y")


def _targets(ax: Axes, of: Calibration) -> None:
    table = of.targets.sort_values("role", kind="stable")
    scale = table["residual_before"] / table["implausibility_before"].replace(0.0, np.nan)
    before = table["implausibility_before"] * np.sign(scale).fillna(1.0)
    after = table["implausibility_after"] * np.sign(table["residual_after"])
    colours = [_FITTED if role == "fitted" else _HELD_OUT for role in table["role"]]
    ax.axvspan(-2, 2, color=GRID, alpha=0.6, linewidth=0)
    ax.axvline(0, color=FAINT, linewidth=0.8)
    at = np.arange(len(table))
    ax.hlines(at, before, after, color=colours, linewidth=1.2, alpha=0.6)
    ax.scatter(before, at, s=26, facecolors="white", edgecolors=colours, zorder=3)
    ax.scatter(after, at, s=26, color=colours, zorder=3)
    _name_rows(ax, [str(t) for t in table["title"]])
    ax.set_title("Model less source, in standard errors")
    ax.legend(
        handles=[
            Line2D([], [], marker="o", color="none", markeredgecolor=BASELINE, label="before"),
            Line2D([], [], marker="o", color="none", markerfacecolor=BASELINE, label="after"),
            Patch(color=_FITTED, label="fitted"),
            Patch(color=_HELD_OUT, label="held out"),
        ],
        loc="upper center",
        bbox_to_anchor=(0.5, -0.06),
        ncols=4,
        frameon=False,
        fontsize=8,
    )


def _parameters(ax: Axes, of: Calibration) -> None:
    table = of.parameters
    low, high = table["low"], table["high"]

    def along(value: Any) -> Array:
        return np.asarray((value - low) / (high - low), dtype=np.float64)

    at = np.arange(len(table))
    ends = np.clip(
        [table["prior_mean"] - 2 * table["prior_sd"], table["prior_mean"] + 2 * table["prior_sd"]],
        low,
        high,
    )
    ax.hlines(at - 0.14, along(ends[0]), along(ends[1]), color="#b8b8b8", linewidth=4)
    ax.hlines(
        at + 0.14,
        along(table["posterior_low"]),
        along(table["posterior_high"]),
        color=_FITTED,
        linewidth=4,
    )
    ax.scatter(along(table["written"]), at - 0.14, s=22, color=BASELINE, zorder=3)
    ax.scatter(along(table["fitted"]), at + 0.14, s=22, color="black", zorder=3)
    _name_rows(ax, [".\n".join(str(a).rsplit(".", 1)) for a in table.index])
    ax.set_xlim(-0.03, 1.03)
    ax.set_xticks([0, 1], ["lowest", "highest"])
    ax.set_title("Parameters in their ranges")
    ax.legend(
        handles=[
            Line2D([], [], color="#b8b8b8", linewidth=4, label="prior"),
            Line2D([], [], color=_FITTED, linewidth=4, label="posterior, 95 %"),
            Line2D([], [], marker="o", color="none", markerfacecolor=BASELINE, label="as written"),
            Line2D([], [], marker="o", color="none", markerfacecolor="black", label="fitted"),
        ],
        loc="upper center",
        bbox_to_anchor=(0.3, -0.06),
        ncols=2,
        frameon=False,
        fontsize=8,
    )
