"""Ribbons between where people were and where they moved, as wide as they are many (Sankey)."""

from __future__ import annotations

import altair as alt

from carestair.plot.style import INK, STAIRCASE
from carestair.reporting.charts.parts import Drawing, numbers, of_rows
from carestair.reporting.texts import Texts

# From under two hours a week at home upwards; the colours of these steps elsewhere on the page.
_SOURCES = list(STAIRCASE[1:4])


def flows(texts: Texts) -> Drawing:
    """Rows of ribbons: link, rank, x (0 to 1), top, bottom, name, persons.

    Rows of ends: x, top, bottom, middle, text, side. The parameter limit is the end of the axis,
    beside what is left free for words at either side.
    """
    x = alt.X("x:Q", axis=None, scale=alt.Scale(domain={"expr": "[-beside, 1 + beside]"}))
    y_scale = alt.Scale(domain={"expr": "[limit, 0]"}, nice=False)
    y = alt.Y("top:Q", axis=None, scale=y_scale)
    tooltip = [
        alt.Tooltip("name:N", title=texts("charts.category")),
        *numbers({"persons": texts("charts.persons_a_year")}, ",.2~r"),
    ]
    ribbons = (
        of_rows()
        .transform_filter("isValid(datum.link)")
        .mark_area(opacity=0.55)
        .encode(
            x=x,
            y=y,
            y2="bottom:Q",
            detail="link:N",
            color=alt.Color(
                "rank:O", scale=alt.Scale(domain=[0, 1, 2], range=_SOURCES), legend=None
            ),
            tooltip=tooltip,
        )
    )
    ends = of_rows().transform_filter("isValid(datum.side)")
    bars = ends.mark_rule(color=INK, strokeWidth=5).encode(x=x, y=y, y2="bottom:Q")
    words = [
        ends.transform_filter(f"datum.side === '{side}'")
        .mark_text(align=align, dx=dx, fontSize=13, color=INK, lineBreak="\n", baseline="middle")
        .encode(x=x, y=alt.Y("middle:Q", axis=None, scale=y_scale), text="text:N")
        for side, align, dx in (("left", "right", -8), ("right", "left", 8))
    ]
    chart = alt.layer(ribbons, bars, *words).properties(height=240)
    return chart.add_params(alt.param(name="limit", value=1), alt.param(name="beside", value=0.5))
