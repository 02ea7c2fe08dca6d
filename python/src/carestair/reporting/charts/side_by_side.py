"""Charts of bars and points side by side."""

from __future__ import annotations

import altair as alt

from carestair.plot.series import STEPS
from carestair.plot.style import BASELINE, FAINT, INK, PALETTE
from carestair.reporting.charts.parts import POLICY, Drawing, alone, bars_axis, numbers, of_rows
from carestair.reporting.texts import Texts

MOST_ROWS = 10  # the page makes charts with fewer rows lower
FIRST_YEAR = "#b9b9b9"
SEXES = {"female": PALETTE[1], "male": PALETTE[0]}


def dots(texts: Texts) -> Drawing:
    """Rows: label, order, d, low, high, clear."""
    zero = alone({}).mark_rule(color=BASELINE).encode(x=alt.datum(0))
    colour = alt.condition("datum.clear", alt.value(POLICY), alt.value("#8a8a8a"))
    y = alt.Y("label:N", sort=alt.SortField("order"), axis=bars_axis(260))
    x_axis = alt.Axis(
        labelExpr="datum.value === 0 ? '0' : format(datum.value, '+,~r')",
        tickCount=4,
        domain=False,
        ticks=False,
    )
    bars = (
        of_rows()
        .mark_rule(strokeWidth=3, strokeCap="round")
        .encode(x=alt.X("low:Q", title=None, axis=x_axis), x2="high:Q", y=y, color=colour)
    )
    tooltip = [
        alt.Tooltip("name:N", title=texts("charts.category")),
        *numbers({"base": texts("baseline")}),
        *numbers(
            {
                "d": texts("charts.difference"),
                "low": texts("charts.low"),
                "high": texts("charts.high"),
            },
            "+,.3~r",
        ),
    ]
    points = (
        of_rows()
        .mark_point(size=80, filled=True, opacity=1)
        .encode(x="d:Q", y=y, color=colour, tooltip=tooltip)
    )
    return alt.layer(zero, bars, points).properties(height=46 * MOST_ROWS)


def stairs(texts: Texts) -> Drawing:
    """Rows: step, when, rank, persons; the highest step on top; most leaves room for numbers."""
    colours = alt.Scale(domain=[0, 1, 2], range=[FIRST_YEAR, BASELINE, POLICY])
    steps = [texts.entries["steps"][step] for step in reversed(STEPS)]
    most = alt.Scale(domainMin=0, domainMax=alt.ExprRef("most"))
    base = of_rows().encode(
        y=alt.Y("step:N", sort=steps, axis=bars_axis(170)),
        yOffset=alt.YOffset("rank:O"),
        x=alt.X("persons:Q", title=None, axis=None, scale=most),
    )
    bars = base.mark_bar(cornerRadiusEnd=2).encode(
        color=alt.Color("rank:O", scale=colours, legend=None),
        tooltip=[
            alt.Tooltip("when:N", title=texts("charts.year")),
            *numbers({"persons": texts("charts.persons")}, ",.3~r"),
        ],
    )
    text = base.mark_text(align="left", dx=4, color=INK, fontSize=12).encode(
        text=alt.Text("persons:Q", format=",.0f")
    )
    chart = alt.layer(bars, text).properties(height=62 * len(STEPS))
    return chart.add_params(alt.param(name="most", value=1))


def who(texts: Texts) -> Drawing:
    """Rows: age, order, sex, better, worse (below zero), persons; span is the limit of the axis."""
    names = [texts(f"sexes.{sex}") for sex in SEXES]
    y = alt.Y(
        "age:N",
        sort=alt.SortField("order", order="descending"),
        axis=alt.Axis(title=None, domain=False, ticks=False, labelPadding=8, labelColor=INK),
    )
    tooltip = [
        alt.Tooltip("age:N", title=texts("charts.age")),
        alt.Tooltip("sex:N", title=texts("charts.sex")),
        *numbers({"better": texts("charts.better"), "lost": texts("charts.worse")}, ",.3~r"),
        *numbers({"persons": texts("charts.persons")}, ",.0f"),
    ]

    def bars(field: str, opacity: float) -> Drawing:
        return (
            of_rows()
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
                    scale=alt.Scale(domain=names, range=list(SEXES.values())),
                    legend=None,
                ),
                tooltip=tooltip,
            )
        )

    zero = alone({}).mark_rule(color=INK).encode(x=alt.datum(0))
    sides = [
        alone({"name": texts(f"charts.{side}")})
        .mark_text(align=align, dx=dx, fontSize=13, color=FAINT, baseline="bottom")
        .encode(x=alt.datum(0), y=alt.value(-4), text="name:N")
        for side, align, dx in (("worse", "right", -8), ("better", "left", 8))
    ]
    chart = alt.layer(bars("worse", 0.45), bars("better", 1.0), zero, *sides)
    return chart.properties(height=36 * len(texts.entries["ages"])).add_params(
        alt.param(name="span", value=1)
    )


def kinds(texts: Texts) -> Drawing:
    """Rows: kind, count, told, weak."""
    base = of_rows().encode(
        y=alt.Y("kind:N", sort=list(texts.entries["kinds"].values()), axis=bars_axis()),
        x=alt.X("count:Q", title=None, axis=None),
    )
    bars = base.mark_bar(cornerRadiusEnd=2).encode(
        color=alt.condition("datum.weak", alt.value(PALETTE[1]), alt.value(POLICY))
    )
    text = base.mark_text(align="left", dx=5, fontSize=13, color=INK).encode(text="told:N")
    return alt.layer(bars, text).properties(height=26 * len(texts.entries["kinds"]))
