"""What a scenario changes, said so that it can be understood: which number, what happens to it."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Any

import pandas as pd

from carestair.reporting.said import level_names
from carestair.reporting.texts import Texts
from carestair.result import Result

_NAMED = ("units", "projects", "facilities")  # sections whose entries carry a title of their own
_SWITCHES = {"true": "yes", "false": "no"}  # a resolved configuration may quote them
_DOUBLED = 2.0  # from here on, times say more than per cent


@dataclass(frozen=True)
class Told:
    """A change in words, and its address where the words do not hold it."""

    text: str
    address: str

    def __str__(self) -> str:
        return f"{self.text} ({self.address})" if self.address else self.text


def tell(
    changes: list[dict[str, Any]], result: Result, config: dict[str, Any], texts: Texts
) -> list[Told]:
    """Say every dated change of a scenario."""
    services = level_names(result, texts, "service")
    units = {str(address): str(unit) for address, unit in result.evidence["unit"].items()}
    return [_tell(change, services, units, config, texts) for change in changes]


def _tell(
    change: dict[str, Any],
    services: dict[str, str],
    units: dict[str, str],
    config: dict[str, Any],
    texts: Texts,
) -> Told:
    address = str(change.get("address", ""))
    plain = address.split("[")[0]
    name = _name(plain, services, config, texts)
    unit = str(change.get("unit") or units.get(plain, ""))
    switch = _SWITCHES.get(str(change.get("set")).lower())
    if switch:
        said = texts("changes.switch", name=name or address, value=texts(f"changes.{switch}"))
    else:
        said = f"{name or address} {_done(change, unit, texts)}"
    if "at" in change:
        said = texts("changes.from", day=texts.date(_day(change["at"])), change=said)
    return Told(said, address if name else "")


def _done(change: dict[str, Any], unit: str, texts: Texts) -> str:
    """Say what happens to the number."""
    if "scale" in change:
        times = float(change["scale"])
        if times >= _DOUBLED or times <= 0.0:
            return texts("changes.multiplied", value=texts.plain(times))
        way = "rises" if times >= 1.0 else "falls"
        by = texts.plain(round(100.0 * abs(times - 1.0), 1))
        return texts(f"changes.{way}", value=texts("changes.percent", value=by))
    if "add" in change:
        more = float(change["add"])
        way = "rises" if more >= 0.0 else "falls"
        return texts(f"changes.{way}", value=_amount(abs(more), unit, texts, added=True))
    if "ramp" in change:
        until = texts.date(_day(change["until"])) if "until" in change else ""
        value = _amount(change["ramp"], unit, texts)
        return texts("changes.ramp", value=value, until=until)
    return texts("changes.set", value=_amount(change.get("set"), unit, texts))


def _amount(value: Any, unit: str, texts: Texts, *, added: bool = False) -> str:
    """Write a value with its unit; shares as per cent, and what is added to them as points."""
    if not isinstance(value, (int, float)):
        return str(value)
    if unit in ("share", "percent"):
        percent = 100.0 * value if unit == "share" else float(value)
        number = texts.plain(round(percent, 6))
        one = "_one" if added and percent == 1.0 else ""
        return texts(f"changes.{'points' if added else 'percent'}{one}", value=number)
    number = texts.plain(value)
    if unit in ("", "ratio", "count", "score", "calendar_year"):
        return number
    return f"{number} {texts.find(f'changes.units.{unit}') or unit.replace('_', ' ')}"


def _name(address: str, services: dict[str, str], config: dict[str, Any], texts: Texts) -> str:
    """Return what the page calls a parameter; empty where it has no word for it."""
    parts = address.split(".")
    known: dict[str, str] = texts.entries["parameters"]
    for pattern, words in known.items():
        wanted = pattern.split(".")
        if len(wanted) != len(parts) or any(
            w not in ("*", p) for w, p in zip(wanted, parts, strict=True)
        ):
            continue
        if parts[0] == "services":
            return texts("changes.of", thing=services.get(parts[1], parts[1]), what=words)
        if parts[0] in _NAMED:
            entry = (config.get(parts[0]) or {}).get(parts[1]) or {}
            thing = str(
                (entry.get("norwegian") if texts.language == "nb" else "")
                or entry.get("title", parts[1])
            )
            return texts("changes.of", thing=f"{thing[:1].upper()}{thing[1:]}", what=words)
        return words
    return ""


def _day(told: Any) -> datetime.date:
    day: datetime.date = pd.Timestamp(told).date()
    return day
