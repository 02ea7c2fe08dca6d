"""How all figures look: type, colours that colour-blind readers can tell apart, labels, source."""

from __future__ import annotations

import io
import textwrap
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

import matplotlib as mpl
import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure, SubFigure
from matplotlib.layout_engine import ConstrainedLayoutEngine
from matplotlib.lines import Line2D
from matplotlib.ticker import FuncFormatter, MaxNLocator

from carestair.plot.series import Array, Periods
from carestair.result import Result

INK = "#222222"
FAINT = "#6b6b6b"
GRID = "#e3e3e3"
BASELINE = "#555555"
# Okabe and Ito's palette without its yellow, which is too pale for lines.
# Okabe and Ito; from the seventh on, as many more that go with them (Tol, muted).
PALETTE = (
    *("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#56B4E9", "#E69F00"),
    *("#332288", "#882255", "#999933", "#44AA99", "#661100", "#AA4499"),
)
# One hue from light to dark: a staircase is an order.
STAIRCASE = ("#8a8a8a", "#56B4E9", "#0072B2", "#08306b", "#E69F00", "#D55E00")

_SETTINGS = {
    "font.size": 9.5,
    "text.color": INK,
    "text.parse_math": False,  # a title or scenario may hold a dollar sign
    "axes.edgecolor": "#9a9a9a",
    "axes.labelcolor": FAINT,
    "axes.labelsize": 9,
    "axes.titlesize": 11,
    "axes.titleweight": "bold",
    "axes.titlelocation": "left",
    "axes.titlepad": 8,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.grid": True,
    "axes.grid.axis": "y",
    "axes.axisbelow": True,
    "grid.color": GRID,
    "grid.linewidth": 0.8,
    "xtick.color": FAINT,
    "ytick.color": FAINT,
    "xtick.labelsize": 9,
    "ytick.labelsize": 9,
    "ytick.left": False,
    "lines.linewidth": 1.8,
    "figure.dpi": 100,
    "savefig.dpi": 150,
    "figure.facecolor": "white",
    "savefig.facecolor": "white",
}


@contextmanager
def house_style() -> Iterator[None]:
    """Draw with the settings of this module, and leave those of the caller alone."""
    with mpl.rc_context():
        mpl.rcdefaults()
        mpl.rcParams.update(_SETTINGS)
        yield


class Drawing(Figure):
    """A figure that notebooks show without pyplot, and that saves with its own settings."""

    def _repr_png_(self) -> bytes:
        buffer = io.BytesIO()
        self.savefig(buffer, format="png", dpi=90)
        return buffer.getvalue()


_TITLE_SIZE = 13.5
_NOTE_SIZE = 8.0
_LINE = 1.45 / 72.0  # inches a line takes for each point of type
_MARGIN = 0.16


def framed_figure(
    width: float,
    body_height: float,
    title: str,
    result: Result,
    note: str,
    key: Sequence[str] = (),
) -> tuple[Drawing, SubFigure]:
    """Return a figure with title, key of scenarios and source line, and the room between them.

    Parameters
    ----------
    width, body_height
        Inches; what stands above and below the body comes on top.
    note
        How to read the figure; the source is added.
    key
        Scenarios whose colours are explained below the title.
    """
    heading = textwrap.wrap(title, int(width * 8.6))
    foot = [
        line
        for part in source_line(result, note).split("\n")
        for line in textwrap.wrap(part, int(width * 17))
    ]
    columns = _key_columns(result, key, width)
    rows = -(-len(key) // columns) if key else 0
    above = _MARGIN + len(heading) * _TITLE_SIZE * _LINE + rows * 10.5 * _LINE + 0.2 * bool(key)
    below = _MARGIN + len(foot) * _NOTE_SIZE * _LINE
    figure = Drawing(figsize=(width, above + body_height + below), layout="constrained")
    engine = figure.get_layout_engine()
    assert isinstance(engine, ConstrainedLayoutEngine)
    engine.set(w_pad=0.09, h_pad=0.05)
    top, body, bottom = figure.subfigures(3, 1, height_ratios=[above, body_height, below])
    left = _MARGIN / width
    top.text(
        left,
        1.0 - _MARGIN * 0.8 / above,
        "\n".join(heading),
        fontsize=_TITLE_SIZE,
        fontweight="bold",
        va="top",
    )
    if key:
        colours = scenario_colours(result)
        top.legend(
            handles=[
                Line2D([], [], color=colours[s], linewidth=3, label=result.scenario_titles[s])
                for s in key
            ],
            loc="lower left",
            bbox_to_anchor=(left, 0.1 / above),
            ncols=columns,
            frameon=False,
            handlelength=1.3,
            columnspacing=1.8,
            borderaxespad=0.0,
            borderpad=0.1,
            fontsize=10,
        )
    bottom.text(
        left,
        _MARGIN * 0.6 / below,
        "\n".join(foot),
        fontsize=_NOTE_SIZE,
        color=FAINT,
        va="bottom",
        linespacing=1.4,
    )
    return figure, body


def _key_columns(result: Result, key: Sequence[str], width: float) -> int:
    """Columns of the key that fit; it is filled column by column."""
    lengths = [len(result.scenario_titles[s]) for s in key]
    for columns in range(len(key), 1, -1):
        rows = -(-len(key) // columns)
        needed = sum(8 + max(lengths[i : i + rows]) for i in range(0, len(lengths), rows))
        if needed <= width * 13.0:
            return columns
    return 1


def scenario_colours(result: Result) -> dict[str, str]:
    """One colour a scenario; the baseline is grey."""
    others = {
        scenario: PALETTE[i % len(PALETTE)] for i, scenario in enumerate(result.scenarios[1:])
    }
    return {result.baseline: BASELINE, **others}


def wrapped(text: str, width: int) -> str:
    """Return the text in as few lines as `width` characters allow, of like length."""
    lines = textwrap.wrap(text, width)
    while width > 1 and len(textwrap.wrap(text, width - 1)) == len(lines):
        width -= 1
    return textwrap.fill(text, width)


def grouped(number: float, decimals: int = 0) -> str:
    """Return a number with thin spaces between thousands and a proper minus sign."""
    text = f"{number:,.{decimals}f}".replace(",", " ")
    if not any(digit in text for digit in "123456789"):
        text = text.replace("-", "")
    return text.replace("-", "−")


def signed(number: float, decimals: int = 0) -> str:
    """As `grouped`, with a plus sign where there is one to show."""
    text = grouped(number, decimals)
    return f"+{text}" if number > 0 and any(digit in text for digit in "123456789") else text


def decimals_for(width: float) -> int:
    """Decimals that show a number of this size with two digits."""
    if not np.isfinite(width) or width <= 0.0:
        return 0
    return int(np.clip(1 - np.floor(np.log10(width)), 0, 3))


def number_axis(ax: Axes, *, from_zero: bool = True, bins: int = 5) -> None:
    """Few round ticks on the vertical axis; starts at zero where sizes are compared."""
    ax.yaxis.set_major_locator(MaxNLocator(nbins=bins, steps=[1, 2, 2.5, 5, 10]))
    ax.yaxis.set_major_formatter(
        FuncFormatter(lambda y, _: f"{y:,.10g}".replace(",", " ").replace("-", "−"))
    )
    if from_zero:
        ax.set_ylim(bottom=0.0)


def year_axis(ax: Axes, at: Periods, bins: int = 6) -> None:
    """Whole years along the horizontal axis, or months in a short run; no room at the sides."""
    x = at.position
    ax.set_xlim(x[0], x[-1] if x[-1] > x[0] else x[0] + 1)
    if at.yearly:
        ax.xaxis.set_major_locator(MaxNLocator(nbins=bins, integer=True, steps=[1, 2, 5, 10]))
        ax.xaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:.0f}"))
        return
    shown = np.unique(np.linspace(0, len(x) - 1, min(3, len(x))).round().astype(int))
    ax.set_xticks(x[shown], [at.names[i] for i in shown])


@dataclass
class EndLabel:
    """Text that names a line at its right end."""

    y: float
    text: str
    colour: str


def label_ends(
    ax: Axes, labels: Sequence[EndLabel], *, size: float = 9, line_height: float = 1.2
) -> None:
    """Write labels to the right of the axes, pushed apart where they would overlap."""
    if not labels:
        return
    figure = ax.figure.figure  # the whole, where ax is in a part
    texts = [
        ax.annotate(
            label.text,
            xy=(1.0, label.y),
            xycoords=("axes fraction", "data"),
            xytext=(6, 0),
            textcoords="offset points",
            va="center",
            ha="left",
            color=label.colour,
            fontsize=size,
            annotation_clip=False,
        )
        for label in labels
    ]
    figure.draw_without_rendering()
    per_point = figure.dpi / 72.0
    wanted = np.array([ax.transData.transform((0.0, label.y))[1] for label in labels]) / per_point
    heights = np.array(
        [size * (line_height * (1 + label.text.count("\n")) + 0.4) for label in labels], dtype=float
    )
    box = ax.get_window_extent()
    low, high = box.y0 / per_point, box.y1 / per_point
    placed = _spread(wanted, heights, low, high)
    for text, to, at in zip(texts, placed, wanted, strict=True):
        text.set_position((6, to - at))


def _spread(wanted: Array, heights: Array, low: float, high: float) -> Array:
    """Positions nearest to `wanted` at which labels of these heights do not overlap."""
    order = np.argsort(wanted, kind="stable")
    h = heights[order]
    # With y = position less the room taken below, no overlap means that y does not fall:
    # pool neighbours that do (isotonic regression).
    offset = np.concatenate([[0.0], np.cumsum((h[:-1] + h[1:]) / 2)])
    blocks: list[list[float]] = []
    for value in wanted[order] - offset:
        blocks.append([value, 1.0])
        while len(blocks) > 1 and blocks[-2][0] > blocks[-1][0]:
            value_b, weight_b = blocks.pop()
            value_a, weight_a = blocks.pop()
            weight = weight_a + weight_b
            blocks.append([(value_a * weight_a + value_b * weight_b) / weight, weight])
    y = np.concatenate([np.full(int(weight), value) for value, weight in blocks])
    if h.sum() <= high - low:
        y = np.clip(y, low + h[0] / 2, high - h[-1] / 2 - offset[-1])
    y += offset
    placed: Array = np.empty_like(y)
    placed[order] = y
    return placed


def source_line(result: Result, note: str) -> str:
    """Return what the numbers are and where they come from, for the foot of a figure."""
    places = list(result.municipality_titles.values())
    where = places[0] if len(places) == 1 else f"{len(places)} municipalities"
    runs = "1 replication" if result.replications == 1 else f"{result.replications} replications"
    stopped = "" if result.complete else f" (run stopped; {result.replications_planned} planned)"
    return (
        f"{note}\nSource: carestair {result.program_version}, simulation of {where}, "
        f"{runs}{stopped}, seed {result.seed}, configuration {result.configuration_sha256[:8]}."
    )
