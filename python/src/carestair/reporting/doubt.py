"""How sure the answer is: four kinds of uncertainty, and how likely the policy pays."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import xarray as xr

from carestair.analysis.economics import (
    REFERENCE_THRESHOLDS,
    CostEffectiveness,
    acceptability,
    cost_effectiveness,
)
from carestair.analysis.uncertainty import KINDS, Groups, kinds
from carestair.reporting.answer import SENTENCES
from carestair.reporting.figures import has, is_drawn, rounded
from carestair.reporting.study import Study
from carestair.reporting.texts import Texts, decimals_for
from carestair.result import Result

OUTCOMES = tuple(outcome for about in SENTENCES.values() for outcome in about)
_MOST_DECIMALS = 2
# In one unit, so that one picture holds them; heterogeneity is told for so many persons.
_TOGETHER = ("first_order", "second_order", "structural")


def tables(
    result: Result, known: xr.Dataset, groups: Groups, scenario: str
) -> dict[str, pd.DataFrame]:
    """Return the kinds of uncertainty of each outcome the answer is about."""
    return {o: kinds(result, known, groups, scenario, o, {}, {}) for o in OUTCOMES if o in known}


# --- acceptability --------------------------------------------------------------------------------


def worth(result: Result) -> CostEffectiveness | None:
    """Return costs and QALYs of all strategies; None where they are not known, or not in doubt."""
    if not (is_drawn(result) and has(result, "money") and has(result, "qaly")):
        return None
    return cost_effectiveness(result)


def ceac_chart(ce: CostEffectiveness, scenario: str) -> dict[str, Any]:
    """Return how likely the scenario is the better choice of two, by what a QALY may cost."""
    rows = [0, ce.strategies.index(scenario)]
    two = CostEffectiveness(
        (ce.strategies[0], scenario), ce.cost[rows], ce.effect[rows], ce.replications, ce.payer
    )
    table = acceptability(two).xs(scenario, level="scenario")
    chart: dict[str, Any] = {
        "x": [round(float(threshold) / 1e3) for threshold in table.index],
        "both": rounded(table["by_both"]),
        "draws": two.draws,
    }
    if ce.replications > 1:  # else chance is still in the means of draws
        chart["parameters"] = rounded(table["by_parameters"])
    return chart


def ceac_said(chart: dict[str, Any], texts: Texts) -> str:
    """Say how likely the policy is worth it at the thresholds of Norwegian priority setting."""
    shown = chart.get("parameters", chart["both"])
    at = [shown[chart["x"].index(round(k / 1e3))] for k in REFERENCE_THRESHOLDS]
    told = [texts("charts.ceac_cut") if share is None else texts.percent(share) for share in at]
    names = [texts.number(k) for k in REFERENCE_THRESHOLDS]
    return texts(
        "charts.ceac_text",
        draws=texts.number(chart["draws"]),
        first=names[0],
        second=names[1],
        at_first=told[0],
        at_second=told[1],
    )


# --- words ----------------------------------------------------------------------------------------


def heads(
    result: Result, by_outcome: dict[str, pd.DataFrame], texts: Texts, study: Study
) -> list[dict[str, Any]]:
    """Say what each kind is, and how it was varied; the same for all outcomes."""
    table = next(iter(by_outcome.values()))
    groups = table.attrs["groups"]
    by = texts.listed([texts(f"sure.by.{name}") for name in groups])
    found = []
    for kind in KINDS:
        row = table.loc[kind]
        told = texts(f"sure.levels.{kind}", n=texts.number(int(row["levels"])), by=by)
        others = result.structures if kind == "structural" else ()
        found.append(
            {
                "id": kind,
                "name": texts(f"sure.{kind}.name"),
                "text": texts(f"sure.{kind}.text"),
                "varied": texts(f"sure.{row['why']}") if row["why"] else told,
                "structures": [
                    study.scenario_titles[result.in_structure(result.baseline, s)] for s in others
                ],
            }
        )
    return found


def rows(found: dict[str, pd.DataFrame], texts: Texts) -> list[dict[str, Any]]:
    """Return what is told of each outcome, kind by kind."""
    return [
        {
            "id": outcome,
            "title": texts(f"outcomes.{outcome}.title"),
            "unit": texts(f"outcomes.{outcome}.unit"),
            "cells": _cells(table, texts),
        }
        for outcome, table in found.items()
    ]


def _cells(table: pd.DataFrame, texts: Texts) -> list[dict[str, Any]]:
    ends = table.loc[list(_TOGETHER), ["low", "high"]].to_numpy(np.float64)
    low, high = np.nanmin([*ends.ravel(), 0.0]), np.nanmax([*ends.ravel(), 0.0])

    def at(value: float) -> float:
        return round(2.0 + 96.0 * (value - low) / (high - low), 1) if high > low else 50.0

    cells = []
    for kind in KINDS:
        row = table.loc[kind]
        cell: dict[str, Any] = {"kind": kind, "name": texts(f"sure.{kind}.name"), "picture": None}
        if row["why"]:
            cell["text"] = texts(f"sure.cell.{row['why']}")
        elif row["cut"] and kind != "structural":
            cell["text"] = texts("sure.cut")
        else:
            decimals = min(_MOST_DECIMALS, decimals_for((row["high"] - row["low"]) / 2))
            cell["text"] = texts(
                "table.from_to",
                low=texts.signed(row["low"], decimals),
                high=texts.signed(row["high"], decimals),
            )
            if kind in _TOGETHER:
                left = at(row["low"])
                cell["picture"] = {
                    "zero": at(0.0),
                    "left": left,
                    "width": max(1.0, round(at(row["high"]) - left, 1)),
                }
        cell["known"] = not row["why"]
        cells.append(cell)
    return cells
