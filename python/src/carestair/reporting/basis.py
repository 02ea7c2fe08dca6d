"""What a result rests on: how its numbers are known, which a scenario touches, what to doubt."""

from __future__ import annotations

import datetime
import json
from collections import Counter
from dataclasses import dataclass
from typing import Any

import pandas as pd

from carestair.comparison import DAYS_PER_YEAR
from carestair.reporting.figures import has
from carestair.result import Result

KINDS = (
    "measured",
    "trial",
    "official_statistic",
    "legal_rule",
    "model_estimate",
    "derived",
    "assumption",
)
_PROGRAM_DEFAULT = "program default"  # the note of what no configuration says
MOST_ROWS = 60


def kinds(result: Result) -> dict[str, int]:
    """Return numbers of the configuration by how they are known, the firmest first."""
    counts = result.evidence["kind"].value_counts()
    known = [*KINDS, *(str(k) for k in counts.index if k not in KINDS)]
    return {kind: int(counts[kind]) for kind in known if kind in counts}


def changes(config: dict[str, Any], scenario: str) -> list[dict[str, Any]]:
    """Return the dated changes of a scenario, those it builds upon first."""
    told = (config.get("scenarios") or {}).get(scenario) or {}
    upon = told.get("extends") or []
    before = [upon] if isinstance(upon, str) else list(upon)
    found = [change for name in before for change in changes(config, str(name))]
    return [*found, *(told.get("changes") or [])]


def begins(result: Result, config: dict[str, Any], scenario: str) -> datetime.date | None:
    """Return the day from which a scenario differs from the baseline; None when from the start.

    Up to that day their worlds are the same.
    """
    ours, theirs = (
        Counter(json.dumps(change, default=str, sort_keys=True) for change in changes(config, s))
        for s in (scenario, result.baseline)
    )
    apart = [json.loads(change) for change in (ours - theirs) + (theirs - ours)]
    days = [pd.Timestamp(str(change.get("at", result.start.date()))) for change in apart]
    if not days or not result.start < min(days) <= result.end:
        return None
    first: datetime.date = min(days).date()
    return first


def _groups(address: str) -> list[str]:
    """Return where the numbers stand that belong to a changed one."""
    parts = address.split(".")
    if parts[0] == "services" and len(parts) > 1:
        return [f"services.{parts[1]}.", f"{parts[1]}."]
    return []


@dataclass(frozen=True)
class Touched:
    """A number the scenario changes, or that belongs to the service it changes."""

    address: str
    value: float
    low: float
    high: float
    unit: str
    kind: str
    note: str
    changed: bool

    @property
    def no_effect_possible(self) -> bool:
        """Whether the range of an effect holds *no effect*."""
        return self.unit == "ratio" and self.low < self.high and self.low <= 1.0 <= self.high


def touched(result: Result, config: dict[str, Any], scenario: str) -> list[Touched]:
    """Return what the scenario changes and, of the services changed, what stands behind them."""
    addresses = [str(change.get("address", "")) for change in changes(config, scenario)]
    groups = [group for address in addresses for group in _groups(address)]
    rows = []
    for address, row in result.evidence.iterrows():
        name = str(address)
        changed = any(name == a or a.startswith((f"{name}.", f"{name}[")) for a in addresses)
        belongs = any(name.startswith(group) for group in groups)
        if not changed and (not belongs or row["note"] == _PROGRAM_DEFAULT):
            continue
        rows.append(_touched(name, row, changed))
    rows.sort(key=lambda r: not r.changed)
    return rows


def _touched(name: str, row: pd.Series, changed: bool) -> Touched:
    return Touched(
        address=name,
        value=float(row["value"]),
        low=float(row["low"]),
        high=float(row["high"]),
        unit=str(row["unit"]),
        kind=str(row["kind"]),
        note=str(row["note"]),
        changed=changed,
    )


_TENANCIES = ("care_housing", "safety_housing", "care_housing_24h")
_MOVED = 0.5  # persons at a time: fewer tenants more or less are none of the policy's making


def _moves_tenants(result: Result, scenario: str) -> bool:
    """Whether more or fewer live where they pay rent and food themselves."""
    if not has(result, "residents_by_dwelling", "dwelling"):
        return False
    at_a_time = result.total("residents_by_dwelling", by="dwelling").mean(["replication", "time"])
    tenants = at_a_time.sel(dwelling=list(_TENANCIES)).sum("dwelling")
    more = tenants.sel(scenario=scenario) - tenants.sel(scenario=result.baseline)
    return abs(float(more)) > _MOVED


_NOTABLE = 0.02  # million NOK a year: what is less is told by no other sentence either


def _unused_time(result: Result, scenario: str) -> float:
    """Million NOK a year that the municipality pays more for staff time that nobody asks for."""
    accounts = result.indicators["account"].values if has(result, "money", "account") else ()
    if "unused_time" not in accounts:
        return 0.0
    paid = result.total("money", payer="municipality", account="unused_time").sum("time")
    more = (paid.sel(scenario=scenario) - paid.sel(scenario=result.baseline)).mean()
    return float(more) / 1e6 / (result.days / DAYS_PER_YEAR)


_MUCH = 0.2  # of the whole change: units with less are not named


def _units_of_unused_time(result: Result, scenario: str, whole: float) -> dict[str, float]:
    """Units in which most of it lies, the largest first, and their million NOK a year."""
    if not has(result, "unit_cost", "unit", "unit_account"):
        return {}
    paid = result.total("unit_cost", by="unit", unit_account="unused_time").sum("time")
    more = (paid.sel(scenario=scenario) - paid.sel(scenario=result.baseline)).mean("replication")
    million = (more / 1e6 / (result.days / DAYS_PER_YEAR)).to_pandas()
    shares = (million / whole).sort_values(ascending=False)
    return {str(unit): abs(float(million[unit])) for unit in shares[shares >= _MUCH].index}


def doubts(
    result: Result, numbers: list[Touched], scenario: str
) -> list[tuple[str, dict[str, Any]]]:
    """Return what a careful reader should doubt: names of texts and what fills their gaps."""
    counts = kinds(result)
    everything = max(1, sum(counts.values()))
    assumptions = counts.get("assumption", 0)
    drawn = {"count": result.draws.shape[1], "draws": len(result.draws)}
    found: list[tuple[str, dict[str, Any]]] = [
        ("draws_only", drawn) if len(result.draws) > 1 else ("chance_only", {}),
        ("assumptions", {"share": assumptions / everything, "count": assumptions}),
    ]
    touched_here = [row for row in numbers if row.kind == "assumption"]
    if touched_here:
        found.append(("touched", {"count": len(touched_here), "all": len(numbers)}))
    nothing = sum(row.no_effect_possible for row in numbers)
    if nothing:
        found.append(("no_effect", {"count": nothing}))
    if result.replications < 20:
        found.append(("few_replications", {"count": result.replications}))
    if not result.complete:
        found.append(("stopped", {"count": result.replications}))
    if _moves_tenants(result, scenario):
        found.append(("rent", {}))
    if abs(unused := _unused_time(result, scenario)) > _NOTABLE:
        units = _units_of_unused_time(result, scenario, unused)
        gaps: dict[str, Any] = {"million": abs(unused), **({"units": units} if units else {})}
        found.append(("unused_more" if unused > 0.0 else "unused_less", gaps))
    found.append(("many_outcomes", {}))
    return found
