"""Charts of lines: over the years, by places needed, by what a life year may cost."""

from __future__ import annotations

import altair as alt

from carestair.analysis.economics import REFERENCE_THRESHOLDS
from carestair.plot.series import STEPS
from carestair.plot.style import BASELINE, INK, STAIRCASE
from carestair.reporting.charts.parts import (
    HEIGHT,
    POLICY,
    Drawing,
    alone,
    numbers,
    of_rows,
    pointer,
    value,
    who_colours,
    years,
)
from carestair.reporting.texts import Texts


def level(texts: Texts, *, limited: bool) -> Drawing:
    """Rows: x, who, value; low, high and, where limited, capacity of the baseline alone."""
    band = (
        of_rows()
        .transform_filter("isValid(datum.low)")
        .mark_area(color=BASELINE, opacity=0.16)
        .encode(x=years(), y=value("low"), y2="high:Q")
    )
    capacity = (
        of_rows()
        .transform_filter("isValid(datum.capacity)")
        .mark_line(color=INK, strokeDash=[2, 4], strokeWidth=1.5, interpolate="step-after")
        .encode(x=years(), y=value("capacity"))
    )
    lines = (
        of_rows()
        .mark_line(strokeWidth=2.4, clip=False)
        .encode(
            x=years(),
            y=value("value"),
            color=who_colours(texts),
            strokeDash=alt.StrokeDash(
                "who:N",
                legend=None,
                scale=alt.Scale(
                    domain=[texts("baseline"), texts("scenario"), texts("charts.projected")],
                    range=[[1, 0], [7, 3], [2, 3]],
                ),
            ),
        )
    )
    tooltip = [
        alt.Tooltip("t:N", title=texts("charts.year")),
        *numbers({"base": texts("baseline"), "other": texts("scenario")}),
    ]
    below = [band, capacity] if limited else [band]
    return alt.layer(*below, lines, pointer(tooltip)).properties(height=HEIGHT)


def difference(texts: Texts, *, drawn: bool) -> Drawing:
    """Rows: x, d, low, high; where drawn also reach_low and reach_high."""
    zero = alone({}).mark_rule(color=BASELINE).encode(y=alt.datum(0))
    band = (
        of_rows()
        .mark_area(color=POLICY, opacity=0.2)
        .encode(x=years(), y=value("low"), y2="high:Q")
    )
    reach = (
        of_rows()
        .mark_area(color=POLICY, opacity=0.12)
        .encode(x=years(), y=value("reach_low"), y2="reach_high:Q")
    )
    line = of_rows().mark_line(color=POLICY, strokeWidth=2.4).encode(x=years(), y=value("d"))
    tooltip = [
        alt.Tooltip("t:N", title=texts("charts.year")),
        *numbers(
            {
                "d": texts("charts.difference"),
                "low": texts("charts.low"),
                "high": texts("charts.high"),
            },
            "+,.3~r",
        ),
    ]
    return alt.layer(zero, *([reach] if drawn else []), band, line, pointer(tooltip)).properties(
        height=HEIGHT
    )


def stack(texts: Texts) -> Drawing:
    """Rows: x, step, order, persons; top is the limit of the axis, the same in both."""
    titles = [str(texts.entries["steps"][step]).replace("\n", " ") for step in STEPS]
    return (
        of_rows()
        .mark_area(opacity=1, line={"color": "white", "strokeWidth": 0.6})
        .encode(
            x=years(),
            y=alt.Y(
                "persons:Q",
                title=None,
                stack="zero",
                axis=alt.Axis(tickCount=5, domain=False, ticks=False),
                scale=alt.Scale(domain={"expr": "[0, top]"}),
            ),
            color=alt.Color(
                "step:N",
                scale=alt.Scale(domain=titles, range=list(STAIRCASE)),
                legend=None,
            ),
            order=alt.Order("order:Q"),
            tooltip=[
                alt.Tooltip("step:N", title=texts("charts.step")),
                alt.Tooltip("t:N", title=texts("charts.year")),
                *numbers({"persons": texts("charts.persons")}, ",.3~r"),
            ],
        )
        .properties(height=280)
        .add_params(alt.param(name="top", value=1))
    )


def worst(texts: Texts) -> Drawing:
    """Rows: x, who, value (a share), base, other."""
    lines = (
        of_rows()
        .mark_line(strokeWidth=2.4, point=alt.OverlayMarkDef(size=34, filled=True))
        .encode(x=years(), y=value("value", percent=True), color=who_colours(texts))
    )
    tooltip = [
        alt.Tooltip("t:N", title=texts("charts.year")),
        *numbers({"base": texts("baseline"), "other": texts("scenario")}, ".0%"),
    ]
    return alt.layer(lines, pointer(tooltip)).properties(height=HEIGHT)


def exceed(texts: Texts) -> Drawing:
    """Rows: x (places lacking), who, value (a share), base, other."""
    x = alt.X(
        "x:Q",
        title=texts("charts.exceed_x"),
        scale=alt.Scale(zero=False, nice=False),
        axis=alt.Axis(format="d", tickCount=6, tickMinStep=1, grid=False),
    )
    lines = (
        of_rows()
        .mark_line(strokeWidth=2.4, interpolate="step-before")
        .encode(x=x, y=value("value", percent=True), color=who_colours(texts))
    )
    tooltip = [
        alt.Tooltip("x:Q", title=texts("charts.exceed_x"), format="d"),
        *numbers({"base": texts("baseline"), "other": texts("scenario")}, ".0%"),
    ]
    return alt.layer(lines, pointer(tooltip)).properties(height=HEIGHT)


def ceac(texts: Texts) -> Drawing:
    """Rows: x (thousand NOK a QALY), both, parameters (shares; null is not known), told_*."""
    x = alt.X(
        "x:Q",
        title=texts("charts.ceac_x"),
        scale=alt.Scale(zero=True, nice=False),
        axis=alt.Axis(tickCount=4, grid=False, format=",d"),
    )
    lines = [
        of_rows()
        .mark_line(color=POLICY, strokeWidth=2.4, strokeDash=dash)
        .encode(x=x, y=value(field, percent=True))
        for field, dash in (("parameters", [1, 0]), ("both", [7, 3]))
    ]
    thresholds = [
        alone({})
        .mark_rule(color=INK, strokeDash=[2, 4], strokeWidth=1.5)
        .encode(x=alt.datum(k / 1e3))
        for k in REFERENCE_THRESHOLDS
    ]
    tooltip = [
        alt.Tooltip("x:Q", title=texts("charts.ceac_x"), format=",d"),
        alt.Tooltip("told_parameters:N", title=texts("charts.ceac_parameters")),
        alt.Tooltip("told_both:N", title=texts("charts.ceac_both")),
    ]
    return alt.layer(*thresholds, *lines, pointer(tooltip)).properties(height=HEIGHT)
