"""The words of the page in each language, and how that language writes numbers."""

from __future__ import annotations

import datetime
import math
import re
from dataclasses import dataclass
from importlib import resources
from typing import Any

import yaml

LANGUAGES = ("nb", "en")

_MINUS = "−"
_NO_BREAK = "\u00a0"


@dataclass(frozen=True)
class Texts:
    """Everything the page says in one language."""

    language: str
    entries: dict[str, Any]

    def __call__(self, address: str, **values: Any) -> str:
        """Return the text at a dotted address, its gaps filled."""
        found = self.find(address)
        if not isinstance(found, str):
            raise KeyError(f"no text {address} in {self.language}")
        return found.format(**values) if values else found

    def find(self, address: str) -> Any:
        """Return what stands at a dotted address, None where nothing does."""
        found: Any = self.entries
        for name in address.split("."):
            if not isinstance(found, dict) or name not in found:
                return None
            found = found[name]
        return found

    def unit(self, unit: str) -> str:
        """Return the word for a unit; itself where it has none of its own."""
        return self.find(f"units.{unit}") or unit

    def unit_of_differences(self, unit: str) -> str:
        """Return the word for what two numbers of a unit differ by."""
        return self.find(f"units.{unit}_differences") or self.unit(unit)

    # --- numbers ----------------------------------------------------------------------------------

    @property
    def decimal(self) -> str:
        """Sign between whole numbers and decimals."""
        return "," if self.language == "nb" else "."

    @property
    def thousands(self) -> str:
        """Sign between thousands."""
        return _NO_BREAK if self.language == "nb" else ","

    def number(self, value: float, decimals: int = 0) -> str:
        """Write a number as the language does."""
        if not math.isfinite(value):
            return "–"
        text = f"{value:,.{decimals}f}"
        if not re.search("[1-9]", text):
            text = text.removeprefix("-")
        swap = {",": self.thousands, ".": self.decimal, "-": _MINUS}
        return "".join(swap.get(sign, sign) for sign in text)

    def numeral(self, count: int) -> str:
        """Write a count within a sentence: small ones as a word."""
        return self.find(f"numerals.{count}") or self.number(count)

    def plain(self, value: Any) -> str:
        """Write a value with the digits it has; large whole numbers with their thousands apart."""
        if isinstance(value, bool) or not isinstance(value, (int, float)):
            return str(value)
        if abs(value) >= 10_000 and float(value).is_integer():
            return self.number(value)
        return f"{value:g}".replace("-", _MINUS).replace(".", self.decimal)

    def signed(self, value: float, decimals: int = 0) -> str:
        """As `number`, with a plus sign where there is one to show."""
        text = self.number(value, decimals)
        return f"+{text}" if value > 0.0 and re.search("[1-9]", text) else text

    def percent(self, share: float, decimals: int = 0) -> str:
        """Write a share as a percentage."""
        return (
            f"{self.number(100.0 * share, decimals)}{'' if self.language == 'en' else _NO_BREAK}%"
        )

    def signed_percent(self, share: float) -> str:
        """As `percent`, with a plus sign; a decimal below ten."""
        text = self.percent(share, 1 if abs(share) < 0.0995 else 0)
        return f"+{text}" if share > 0.0 else text

    def counted(self, address: str, count: int, **values: Any) -> str:
        """Return a text about a number of things; that of one thing where there is one."""
        return self(f"{address}_one" if count == 1 else address, count=self.number(count), **values)

    def date(self, day: datetime.date) -> str:
        """Write a day as the language does."""
        month = self.entries["dates"]["months"][day.month - 1]
        return self("dates.day", day=day.day, month=month, year=day.year)

    def since(self, day: datetime.date) -> str:
        """Write when something begins, as a year where that is enough."""
        if day.day > 1:
            return self.date(day)
        month = self.entries["dates"]["months"][day.month - 1]
        return str(day.year) if day.month == 1 else f"{month} {day.year}"

    def listed(self, parts: list[str]) -> str:
        """Join with commas and an *and*."""
        if len(parts) < 2:
            return "".join(parts)
        return f"{', '.join(parts[:-1])} {self('and')} {parts[-1]}"


def decimals_for(size: float) -> int:
    """Decimals that show a number of this size with two digits."""
    if not math.isfinite(size) or size <= 0.0:
        return 0
    return max(0, min(3, 1 - math.floor(math.log10(size))))


def read(language: str) -> Texts:
    """Read the files of a language: the page, the lists for reporting, names of parameters."""
    folder = resources.files("carestair.reporting") / "texts"
    entries: dict[str, Any] = {}
    for name in ("", "-lists", "-parameters"):
        entries |= yaml.safe_load((folder / f"{language}{name}.yaml").read_text(encoding="utf-8"))
    return Texts(language, entries)


def small(name: str) -> str:
    """Write a name inside a sentence; abbreviations keep their capitals."""
    return name if name[1:2].isupper() else name[:1].lower() + name[1:]
