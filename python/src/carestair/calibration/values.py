"""The fitted values as a configuration that others include."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import yaml

from carestair.calibration.lines import CalibrationError
from carestair.calibration.outcome import Calibration
from carestair.calibration.specification import Specification
from carestair.calibration.written import Written, fitted_entry

_SOURCE = "own_calibration"
_HEADING = "# Values fitted by `carestair calibrate`"
_INTERVAL = ("fitted", "posterior_low", "posterior_high")


def refuse_other_than_values(path: Path) -> None:
    """Refuse to write fitted values over a file that holds something else.

    Raises
    ------
    CalibrationError
        When there is such a file.
    """
    if not path.exists():
        return
    try:
        fitted = path.read_text(encoding="utf-8").startswith(_HEADING)
    except (OSError, ValueError):
        fitted = False
    if not fitted:
        raise CalibrationError(
            "exists and does not hold fitted values alone",
            path,
            "choose another name with --write, or remove the file first",
        )


def write_values(
    path: Path, done: Calibration, parameters: Sequence[Written], spec: Specification
) -> None:
    """Write the fitted values as a configuration that others include after their own files."""
    document: dict[str, Any] = {
        "sources": {
            _SOURCE: {
                "title": f"Fitted to {len(spec.fitted)} targets of {spec.targets.path.name} "
                f"by `carestair calibrate {spec.path.name}`",
                "publisher": "own calibration",
                "note": f"configuration {done.about['configuration'][:12]}, "
                f"{done.about['evaluations']} evaluations, seed {spec.seed}",
            }
        }
    }
    for parameter in parameters:
        row = done.parameters.loc[parameter.address]
        value, low, high = (float(f"{row[c]:.4g}") for c in _INTERVAL)
        was = "the table as written" if parameter.is_table else f"{parameter.value:g}"
        times = f"times {value:g} " if parameter.is_table else ""
        note = (
            f"{times}fitted ({spec.path.name}); was {was}, prior {parameter.prior.low:g} to "
            f"{parameter.prior.high:g}; posterior over prior spread {row['spread']:.2f}"
        )
        entry = fitted_entry(parameter, value, min(low, value), max(high, value), _SOURCE, note)
        at = document
        *above, last = parameter.address.split(".")
        for key in above:
            at = at.setdefault(key, {})
        at[last] = entry
    text = (
        f"{_HEADING}; include this file after those it changes.\n"
        "# Ranges are 95 % intervals of the posterior.\n"
    )
    path.write_text(text + _dump(document), encoding="utf-8")


class _Dumper(yaml.SafeDumper):  # type: ignore[misc]  # it has no types
    pass


_Dumper.add_representer(
    str,
    lambda dumper, text: dumper.represent_scalar(
        "tag:yaml.org,2002:str", text, style="|" if "\n" in text else None
    ),
)


def _dump(document: dict[str, Any]) -> str:
    return str(yaml.dump(document, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=110))
