"""The charts as Vega-Lite, built with Altair. One specification a kind of chart and language.

The page puts the numbers in: each chart reads them from the data set ``rows``, whose fields are
named where the chart is made below.
"""

from __future__ import annotations

from typing import Any

import altair as alt

from carestair.plot.series import STEPS
from carestair.plot.style import BASELINE, FAINT, GRID, INK, PALETTE, STAIRCASE
from carestair.reporting.texts import Texts

POLICY = PALETTE[0]
_Drawing = Any  # the types of Altair change with every operation
_ROWS = alt.NamedData("rows")
_HEIGHT = 200
_MOST_ROWS = 10  # the page makes charts with fewer rows lower
_FIRST_YEAR = "#b9b9b9"
_DIFFERENCE = {"d": "difference", "low": "low", "high": "high"}
_SEXES = {"female": PALETTE[1], "male": PALETTE[0]}

_CONFIG: dict[str, Any] = {
    "background": "white",
    "font": "inherit",
    "view": {"stroke": None},
    "aria": False,  # the figure says what it shows, and its table says it in numbers
    "axis": {
        "labelColor": "#555555",
        "titleColor": "#555555",
        "labelFontSize": 13,
        "titleFontSize": 13,
        "titleFontWeight": "normal",
        "gridColor": GRID,
        "domainColor": "#9a9a9a",
        "tickColor": "#9a9a9a",
        "labelLimit": 210,
        "titleLimit": 600,
    },
}


def specifications(texts: Texts, *, validate: bool = False) -> dict[str, Any]:
    """Return every kind of chart by name. Validating takes seconds, and is for tests."""
    charts = {
        "level": _level(texts, limited=False),
        "limited": _level(texts, limited=True),
        "difference": _difference(texts),
        "dots": _dots(texts),
        "stairs": _stairs(texts),
        "stack": _stack(texts),
        "worst": _worst(texts),
        "exceed": _exceed(texts),
        "who": _who(texts),
        "kinds": _kinds(texts),
    }
    return {name: _finished(chart, validate) for name, chart in charts.items()}


def _finished(chart: _Drawing, validate: bool) -> dict[str, Any]:
    spec: dict[str, Any] = chart.properties(width="container").to_dict(validate=validate)
    spec["config"] = _CONFIG
    return spec


def _chart() -> _Drawing:
    return alt.Chart(_ROWS)


def _alone(row: dict[str, str]) -> _Drawing:
    """Return a chart of this row, whatever the page puts in."""
    data: Any = alt.Data
    return alt.Chart(data(values=[row]))


def _years(texts: Texts) -> alt.X:
    return alt.X(
        "x:Q",
        title=None,
        scale=alt.Scale(zero=False, nice=False),
        axis=alt.Axis(format="d", tickCount=5, tickMinStep=1, grid=False),
    )


def _value(field: str, *, zero: bool = True, percent: bool = False) -> alt.Y:
    axis = alt.Axis(tickCount=5, domain=False, ticks=False)
    if percent:
        axis = alt.Axis(tickCount=5, domain=False, ticks=False, format=".0%")
    scale = alt.Scale(zero=zero, nice=True)
    if percent:
        scale = alt.Scale(domain=[0, 1])
    return alt.Y(f"{field}:Q", title=None, axis=axis, scale=scale)


def _who_colours(texts: Texts) -> alt.Color:
    names = [texts("baseline"), texts("scenario")]
    scale = alt.Scale(domain=names, range=[BASELINE, POLICY])
    return alt.Color("who:N", scale=scale, legend=None)


def _pointer(tooltip: list[alt.Tooltip]) -> _Drawing:
    """Return a line that follows the mouse to the nearest year, and tells its numbers."""
    nearest = alt.selection_point(
        nearest=True, on="pointerover", fields=["x"], clear="pointerout", empty=False
    )
    return (
        _chart()
        .mark_rule(color="#9a9a9a", strokeWidth=1)
        .encode(
            x="x:Q",
            opacity=alt.condition(nearest, alt.value(0.9), alt.value(0)),
            tooltip=tooltip,
        )
        .add_params(nearest)
    )


def _numbers(fields: dict[str, str], number: str = ",.4~r") -> list[alt.Tooltip]:
    return [
        alt.Tooltip(f"{field}:Q", title=title, format=number) for field, title in fields.items()
    ]


def _level(texts: Texts, *, limited: bool) -> _Drawing:
    """Rows: x, who, value; low, high and, where limited, capacity of the baseline alone."""
    band = (
        _chart()
        .transform_filter("isValid(datum.low)")
        .mark_area(color=BASELINE, opacity=0.16)
        .encode(x=_years(texts), y=_value("low"), y2="high:Q")
    )
    capacity = (
        _chart()
        .transform_filter("isValid(datum.capacity)")
        .mark_line(color=INK, strokeDash=[2, 4], strokeWidth=1.5, interpolate="step-after")
        .encode(x=_years(texts), y=_value("capacity"))
    )
    lines = (
        _chart()
        .mark_line(strokeWidth=2.4, clip=False)
        .encode(
            x=_years(texts),
            y=_value("value"),
            color=_who_colours(texts),
            strokeDash=alt.StrokeDash(
                "who:N",
                legend=None,
                scale=alt.Scale(
                    domain=[texts("baseline"), texts("scenario")], range=[[1, 0], [7, 3]]
                ),
            ),
        )
    )
    tooltip = [
        alt.Tooltip("t:N", title=texts("charts.year")),
        *_numbers({"base": texts("baseline"), "other": texts("scenario")}),
    ]
    below = [band, capacity] if limited else [band]
    return alt.layer(*below, lines, _pointer(tooltip)).properties(height=_HEIGHT)


def _difference(texts: Texts) -> _Drawing:
    """Rows: x, d, low, high."""
    zero = _alone({}).mark_rule(color=BASELINE).encode(y=alt.datum(0))
    band = (
        _chart()
        .mark_area(color=POLICY, opacity=0.2)
        .encode(x=_years(texts), y=_value("low"), y2="high:Q")
    )
    line = _chart().mark_line(color=POLICY, strokeWidth=2.4).encode(x=_years(texts), y=_value("d"))
    tooltip = [
        alt.Tooltip("t:N", title=texts("charts.year")),
        *_numbers(
            {
                "d": texts("charts.difference"),
                "low": texts("charts.low"),
                "high": texts("charts.high"),
            },
            "+,.3~r",
        ),
    ]
    return alt.layer(zero, band, line, _pointer(tooltip)).properties(height=_HEIGHT)


def _bars_axis(limit: int = 210) -> alt.Axis:
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


def _dots(texts: Texts) -> _Drawing:
    """Rows: label, order, d, low, high, clear."""
    zero = _alone({}).mark_rule(color=BASELINE).encode(x=alt.datum(0))
    colour = alt.condition("datum.clear", alt.value(POLICY), alt.value("#8a8a8a"))
    y = alt.Y("label:N", sort=alt.SortField("order"), axis=_bars_axis(260))
    x_axis = alt.Axis(
        labelExpr="datum.value === 0 ? '0' : format(datum.value, '+,~r')",
        tickCount=4,
        domain=False,
        ticks=False,
    )
    bars = (
        _chart()
        .mark_rule(strokeWidth=3, strokeCap="round")
        .encode(x=alt.X("low:Q", title=None, axis=x_axis), x2="high:Q", y=y, color=colour)
    )
    tooltip = [
        alt.Tooltip("name:N", title=texts("charts.category")),
        *_numbers({"base": texts("baseline")}),
        *_numbers(
            {
                "d": texts("charts.difference"),
                "low": texts("charts.low"),
                "high": texts("charts.high"),
            },
            "+,.3~r",
        ),
    ]
    points = (
        _chart()
        .mark_point(size=80, filled=True, opacity=1)
        .encode(x="d:Q", y=y, color=colour, tooltip=tooltip)
    )
    return alt.layer(zero, bars, points).properties(height=46 * _MOST_ROWS)


def _stairs(texts: Texts) -> _Drawing:
    """Rows: step, when, rank, persons; the highest step on top; most leaves room for numbers."""
    colours = alt.Scale(domain=[0, 1, 2], range=[_FIRST_YEAR, BASELINE, POLICY])
    steps = [texts.entries["steps"][step] for step in reversed(STEPS)]
    most = alt.Scale(domainMin=0, domainMax=alt.ExprRef("most"))
    base = _chart().encode(
        y=alt.Y("step:N", sort=steps, axis=_bars_axis(170)),
        yOffset=alt.YOffset("rank:O"),
        x=alt.X("persons:Q", title=None, axis=None, scale=most),
    )
    bars = base.mark_bar(cornerRadiusEnd=2).encode(
        color=alt.Color("rank:O", scale=colours, legend=None),
        tooltip=[
            alt.Tooltip("when:N", title=texts("charts.year")),
            *_numbers({"persons": texts("charts.persons")}, ",.3~r"),
        ],
    )
    text = base.mark_text(align="left", dx=4, color=INK, fontSize=12).encode(
        text=alt.Text("persons:Q", format=",.0f")
    )
    chart = alt.layer(bars, text).properties(height=62 * len(STEPS))
    return chart.add_params(alt.param(name="most", value=1))


def _stack(texts: Texts) -> _Drawing:
    """Rows: x, step, order, persons; top is the limit of the axis, the same in both."""
    titles = [str(texts.entries["steps"][step]).replace("\n", " ") for step in STEPS]
    return (
        _chart()
        .mark_area(opacity=1, line={"color": "white", "strokeWidth": 0.6})
        .encode(
            x=_years(texts),
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
                *_numbers({"persons": texts("charts.persons")}, ",.3~r"),
            ],
        )
        .properties(height=280)
        .add_params(alt.param(name="top", value=1))
    )


def _worst(texts: Texts) -> _Drawing:
    """Rows: x, who, value (a share), base, other."""
    lines = (
        _chart()
        .mark_line(strokeWidth=2.4, point=alt.OverlayMarkDef(size=34, filled=True))
        .encode(x=_years(texts), y=_value("value", percent=True), color=_who_colours(texts))
    )
    tooltip = [
        alt.Tooltip("t:N", title=texts("charts.year")),
        *_numbers({"base": texts("baseline"), "other": texts("scenario")}, ".0%"),
    ]
    return alt.layer(lines, _pointer(tooltip)).properties(height=_HEIGHT)


def _exceed(texts: Texts) -> _Drawing:
    """Rows: x (places), who, value (a share), base, other; capacity in one of them."""
    x = alt.X(
        "x:Q",
        title=texts("charts.exceed_x"),
        scale=alt.Scale(zero=False, nice=False),
        axis=alt.Axis(format="d", tickMinStep=1, grid=False),
    )
    lines = (
        _chart()
        .mark_line(strokeWidth=2.4, interpolate="step-before")
        .encode(x=x, y=_value("value", percent=True), color=_who_colours(texts))
    )
    limit = _chart().transform_filter("isValid(datum.capacity)")
    rule = limit.mark_rule(color=INK, strokeDash=[2, 4], strokeWidth=1.5).encode(x="capacity:Q")
    name = limit.mark_text(align="left", baseline="bottom", fontSize=13, color=INK).encode(
        x="capacity:Q", y=alt.value(-4), text="capacity_name:N"
    )
    tooltip = [
        alt.Tooltip("x:Q", title=texts("charts.exceed_x"), format="d"),
        *_numbers({"base": texts("baseline"), "other": texts("scenario")}, ".0%"),
    ]
    return alt.layer(lines, rule, name, _pointer(tooltip)).properties(height=_HEIGHT)


def _who(texts: Texts) -> _Drawing:
    """Rows: age, order, sex, better, worse (below zero), persons; span is the limit of the axis."""
    names = [texts(f"sexes.{sex}") for sex in _SEXES]
    y = alt.Y(
        "age:N",
        sort=alt.SortField("order", order="descending"),
        axis=alt.Axis(title=None, domain=False, ticks=False, labelPadding=8, labelColor=INK),
    )
    tooltip = [
        alt.Tooltip("age:N", title=texts("charts.age")),
        alt.Tooltip("sex:N", title=texts("charts.sex")),
        *_numbers({"better": texts("charts.better"), "lost": texts("charts.worse")}, ",.3~r"),
        *_numbers({"persons": texts("charts.persons")}, ",.0f"),
    ]

    def bars(field: str, opacity: float) -> _Drawing:
        return (
            _chart()
            .mark_bar(opacity=opacity, cornerRadiusEnd=2)
            .encode(
                y=y,
                yOffset=alt.YOffset("sex:N", sort=names),
                x=alt.X(
                    f"{field}:Q",
                    title=None,
                    axis=alt.Axis(
                        labelExpr="format(abs(datum.value), ',~r')",
                        tickCount=5,
                        domain=False,
                        ticks=False,
                    ),
                    scale=alt.Scale(domain={"expr": "[-span, span]"}),
                ),
                color=alt.Color(
                    "sex:N",
                    scale=alt.Scale(domain=names, range=list(_SEXES.values())),
                    legend=None,
                ),
                tooltip=tooltip,
            )
        )

    zero = _alone({}).mark_rule(color=INK).encode(x=alt.datum(0))
    sides = [
        _alone({"name": texts(f"charts.{side}")})
        .mark_text(align=align, dx=dx, fontSize=13, color=FAINT, baseline="bottom")
        .encode(x=alt.datum(0), y=alt.value(-4), text="name:N")
        for side, align, dx in (("worse", "right", -8), ("better", "left", 8))
    ]
    chart = alt.layer(bars("worse", 0.45), bars("better", 1.0), zero, *sides)
    return chart.properties(height=36 * len(texts.entries["ages"])).add_params(
        alt.param(name="span", value=1)
    )


def _kinds(texts: Texts) -> _Drawing:
    """Rows: kind, count, told, weak."""
    base = _chart().encode(
        y=alt.Y("kind:N", sort=list(texts.entries["kinds"].values()), axis=_bars_axis()),
        x=alt.X("count:Q", title=None, axis=None),
    )
    bars = base.mark_bar(cornerRadiusEnd=2).encode(
        color=alt.condition("datum.weak", alt.value(PALETTE[1]), alt.value(POLICY))
    )
    text = base.mark_text(align="left", dx=5, fontSize=13, color=INK).encode(text="told:N")
    return alt.layer(bars, text).properties(height=26 * len(texts.entries["kinds"]))
