"""The charts as Vega-Lite, built with Altair. One specification a kind of chart and language.

The page puts the numbers in: each chart reads them from the data set ``rows``, whose fields are
named where the chart is made.
"""

from __future__ import annotations

from typing import Any

from carestair.plot.style import GRID
from carestair.reporting.charts import flows, over_time, side_by_side
from carestair.reporting.charts.parts import Drawing
from carestair.reporting.texts import Texts

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
        "level": over_time.level(texts, limited=False),
        "limited": over_time.level(texts, limited=True),
        "difference": over_time.difference(texts, drawn=False),
        "reaching": over_time.difference(texts, drawn=True),
        "dots": side_by_side.dots(texts),
        "stairs": side_by_side.stairs(texts),
        "stack": over_time.stack(texts),
        "worst": over_time.worst(texts),
        "flows": flows.flows(texts),
        "exceed": over_time.exceed(texts),
        "ceac": over_time.ceac(texts),
        "who": side_by_side.who(texts),
        "kinds": side_by_side.kinds(texts),
    }
    return {name: _finished(chart, validate) for name, chart in charts.items()}


def _finished(chart: Drawing, validate: bool) -> dict[str, Any]:
    spec: dict[str, Any] = chart.properties(width="container").to_dict(validate=validate)
    spec["config"] = _CONFIG
    return spec
