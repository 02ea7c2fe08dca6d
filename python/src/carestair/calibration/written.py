"""Parameters as a configuration has them: value, range, distribution, cells of a table."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import yaml

from carestair.calibration.prior import Prior, between, cut, of_family
from carestair.calibration.specification import Parameter

Entry = Mapping[str, Any]


@dataclass(frozen=True)
class Written:
    """One parameter of a configuration, with its prior.

    Attributes
    ----------
    address, unit : str
        A table is searched as a factor, whose unit is ``ratio``.
    value : float
        As the configuration has it; 1 for a table.
    entry : Mapping
        What stands in the resolved configuration.
    is_table : bool
    prior : Prior
    """

    address: str
    unit: str
    value: float
    entry: Entry
    is_table: bool
    prior: Prior


def read_document(resolved: str) -> Entry:
    """Read the resolved configuration, as `Result.config` holds it."""
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # ten times as fast where there is one
    document = yaml.load(resolved, loader)
    assert isinstance(document, dict)
    return document


def _entry(parameter: Parameter, document: Entry) -> Entry:
    at: Any = document
    for key in parameter.address.split("."):
        at = at.get(key) if isinstance(at, dict) else None
    if not isinstance(at, dict) or not {"value", "csv"} & set(at):
        raise parameter.section.fault(
            f"there is no number or table {parameter.address}",
            "`carestair params FILE` lists those of a configuration",
            "address",
        )
    if isinstance(at.get("value"), bool | str):
        raise parameter.section.fault(f"{parameter.address} is no number", key="address")
    return at


def written(parameter: Parameter, document: Entry) -> Written:
    """Find a parameter and what is held of it.

    Raises
    ------
    CalibrationError
        When there is none of the name, or nothing says how far it may go.
    """
    entry = _entry(parameter, document)
    is_table = "csv" in entry
    value = 1.0 if is_table else float(entry["value"])
    low = parameter.low if parameter.low is not None or is_table else entry.get("low")
    high = parameter.high if parameter.high is not None or is_table else entry.get("high")
    own = None if is_table else entry.get("distribution")
    if parameter.prior is not None:
        prior = cut(*of_family(parameter.prior.family, parameter.prior.arguments), low, high)
    elif own is not None:
        arguments = {name: v for name, v in own.items() if name != "type"}
        prior = cut(*of_family(own["type"], arguments), low, high)
    elif low is None or high is None:
        what = "a table, searched as a factor" if is_table else "without a range of its own"
        raise parameter.section.fault(
            f"{parameter.address} is {what}", "give low and high here, or a prior", "address"
        )
    elif low <= value <= high:
        prior = between(float(low), value, float(high), share=entry.get("unit") == "share")
    else:
        raise parameter.section.fault(
            f"{parameter.address} is {value}, which is not within {low} to {high}", key="low"
        )
    if not prior.low < prior.high:
        raise parameter.section.fault(f"{parameter.address} has nowhere to go", key="address")
    if prior.on_log and prior.low <= 0:
        raise parameter.section.fault(
            f"a lognormal prior of {parameter.address} needs low above zero", key="low"
        )
    unit = "ratio" if is_table else str(entry.get("unit", "count"))
    return Written(parameter.address, unit, value, entry, is_table, prior)


def fitted_entry(
    of: Written, value: float, low: float, high: float, source: str, note: str
) -> dict[str, Any]:
    """Write the same parameter with a fitted value (of a table: factor) and its 95 % interval."""
    about = {"source": source, "kind": "model_estimate", "note": note}
    if not of.is_table:
        return {"value": value, "low": low, "high": high, "unit": of.unit, **about}
    rows = list(csv.DictReader(io.StringIO(of.entry["csv"])))
    axes = [name for name in rows[0] if name not in _NOT_AXES]
    top = 1.0 if of.entry["unit"] == "share" else float("inf")
    text = ",".join([*axes, "value", "low", "high"]) + "\n"
    for row in rows:
        cells = [f"{min(float(row['value']) * f, top):.6g}" for f in (value, low, high)]
        text += ",".join([*(row[axis] for axis in axes), *cells]) + "\n"
    return {"unit": of.entry["unit"], **about, "csv": text}


_NOT_AXES = {"value", "low", "high", "source", "kind", "note"}
