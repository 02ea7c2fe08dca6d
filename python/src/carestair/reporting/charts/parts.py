"""What the charts are made of: axes, colours, the line that follows the mouse."""

from __future__ import annotations

from typing import Any

import altair as alt

from carestair.plot.style import BASELINE, INK, PALETTE
from carestair.reporting.texts import Texts

POLICY = PALETTE[0]
PROJECTED = PALETTE[1]
HEIGHT = 200
Drawing = Any  # the types of Altair change with every operation
_ROWS = alt.NamedData("rows")


def of_rows() -> Drawing:
    """Return a chart of the rows the page puts in."""
    return alt.Chart(_ROWS)


def alone(row: dict[str, str]) -> Drawing:
    """Return a chart of this row, whatever the page puts in."""
    data: Any = alt.Data
    return alt.Chart(data(values=[row]))


def years() -> alt.X:
    """Return the axis of years."""
    return alt.X(
        "x:Q",
        title=None,
        scale=alt.Scale(zero=False, nice=False),
        axis=alt.Axis(format="d", tickCount=5, tickMinStep=1, grid=False),
    )


def value(field: str, *, zero: bool = True, percent: bool = False) -> alt.Y:
    """Return the upright axis; shares reach from nothing to all."""
    axis = alt.Axis(tickCount=5, domain=False, ticks=False)
    if percent:
        axis = alt.Axis(tickCount=5, domain=False, ticks=False, format=".0%")
    scale = alt.Scale(zero=zero, nice=True)
    if percent:
        scale = alt.Scale(domain=[0, 1])
    return alt.Y(f"{field}:Q", title=None, axis=axis, scale=scale)


def who_colours(texts: Texts) -> alt.Color:
    """Return the colours of baseline, scenario and what is projected without a model."""
    names = [texts("baseline"), texts("scenario"), texts("charts.projected")]
    scale = alt.Scale(domain=names, range=[BASELINE, POLICY, PROJECTED])
    return alt.Color("who:N", scale=scale, legend=None)


def pointer(tooltip: list[alt.Tooltip]) -> Drawing:
    """Return a line that follows the mouse to the nearest year, and tells its numbers."""
    nearest = alt.selection_point(
        nearest=True, on="pointerover", fields=["x"], clear="pointerout", empty=False
    )
    return (
        of_rows()
        .mark_rule(color="#9a9a9a", strokeWidth=1)
        .encode(
            x="x:Q",
            opacity=alt.condition(nearest, alt.value(0.9), alt.value(0)),
            tooltip=tooltip,
        )
        .add_params(nearest)
    )


def numbers(fields: dict[str, str], number: str = ",.4~r") -> list[alt.Tooltip]:
    """Return what the pointer tells: titles by field."""
    return [
        alt.Tooltip(f"{field}:Q", title=title, format=number) for field, title in fields.items()
    ]


def bars_axis(limit: int = 210) -> alt.Axis:
    """Labels of several lines, parted where the page puts a line break."""
    return alt.Axis(
        labelExpr="split(datum.label, '\\n')",
        title=None,
        domain=False,
        ticks=False,
        labelLimit=limit,
        labelPadding=8,
        labelColor=INK,
        labelLineHeight=15,
    )
