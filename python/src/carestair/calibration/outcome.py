"""What a calibration found, as tables, on disk and in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import yaml

from carestair.calibration.lines import CalibrationError
from carestair.validate import number

RESULT, EVALUATIONS, POSTERIOR, VALUES = (
    "result.yaml",
    "evaluations.csv",
    "posterior.csv",
    "values.yaml",
)
_TRUSTED = 100.0  # effective sample size from which a 95 % interval means something
_INFORMED = 0.8  # posterior over prior standard deviation below which the data say something


@dataclass(frozen=True)
class Calibration:
    """A calibration with its diagnostics.

    Attributes
    ----------
    folder : pathlib.Path
        Where everything is stored.
    about : dict
        What was calibrated and how: paths, hash of the configuration, seed, method, evaluations,
        worlds, effective sample size, share of the prior not ruled out, log posterior densities.
    parameters : pandas.DataFrame
        Indexed by ``address``: ``unit``, ``written``, ``low``, ``high``, ``fitted``,
        ``prior_mean``, ``prior_sd``, ``posterior_mean``, ``posterior_sd``, ``posterior_low``,
        ``posterior_high`` (95 %), ``spread`` (posterior over prior standard deviation: 1 when the
        targets say nothing of it).
    targets : pandas.DataFrame
        Indexed by ``id``: ``title``, ``unit``, ``role`` (fitted or held_out), ``same_source``
        (whether the configuration rests on the same source), ``value``, ``se``, ``discrepancy``,
        ``noise`` (standard errors), ``before``, ``after`` (means over worlds of their own, not
        those of the search; ``noise`` is that of these means), ``residual_before``,
        ``residual_after`` (model less source), ``implausibility_before``,
        ``implausibility_after``, ``posterior_mean``, ``posterior_sd``, ``emulator_explained``.
    evaluations : pandas.DataFrame
        Every evaluation: ``origin``, a column a parameter, ``mean:`` and ``variance:`` of each
        target.
    posterior : pandas.DataFrame
        Draws of equal weight; a column an address, as ``experiment: {draws: FILE}`` reads them.
    """

    folder: Path
    about: dict[str, Any]
    parameters: pd.DataFrame
    targets: pd.DataFrame
    evaluations: pd.DataFrame
    posterior: pd.DataFrame

    @property
    def fitted(self) -> dict[str, float]:
        """Fitted value of each parameter; of a table the factor."""
        return {str(k): float(v) for k, v in self.parameters["fitted"].items()}

    @property
    def values_file(self) -> Path:
        """Configuration of the fitted values, for others to include."""
        return self.folder / VALUES

    def __str__(self) -> str:
        return as_text(self)


def store(calibration: Calibration) -> None:
    """Write everything but the evaluations, which are there already."""
    document = {
        "about": calibration.about,
        "parameters": _plain(calibration.parameters),
        "targets": _plain(calibration.targets),
    }
    (calibration.folder / RESULT).write_text(
        yaml.safe_dump(document, sort_keys=False, allow_unicode=True, width=120), encoding="utf-8"
    )
    calibration.posterior.to_csv(
        calibration.folder / POSTERIOR, index=False, float_format="%.6g", lineterminator="\n"
    )


def _plain(table: pd.DataFrame) -> dict[str, dict[str, Any]]:
    return {
        str(name): {
            column: float(f"{cell:.6g}") if isinstance(cell, float) else cell
            for column, cell in row.items()
        }
        for name, row in table.to_dict("index").items()
    }


def read(folder: str | Path) -> Calibration:
    """Read a calibration that has been stored.

    Parameters
    ----------
    folder
        Where `carestair.calibrate` put it.

    Raises
    ------
    CalibrationError
        When there is none, or it has not come to its end.
    """
    folder = Path(folder)
    path = folder / RESULT
    if not path.is_file():
        raise CalibrationError(
            "is no calibration that has come to its end", folder, "`carestair calibrate --resume`"
        )
    document = yaml.safe_load(path.read_text(encoding="utf-8"))
    return Calibration(
        folder=folder,
        about=document["about"],
        parameters=pd.DataFrame.from_dict(document["parameters"], orient="index"),
        targets=pd.DataFrame.from_dict(document["targets"], orient="index"),
        evaluations=pd.read_csv(folder / EVALUATIONS),
        posterior=pd.read_csv(folder / POSTERIOR),
    )


# --- in words -------------------------------------------------------------------------------------


def _table(rows: Sequence[Sequence[str]]) -> str:
    widths = [max(len(row[i]) for row in rows) for i in range(len(rows[0]))]
    lines = []
    for row in rows:
        cells = [row[0].ljust(widths[0])]
        cells += [cell.rjust(width) for cell, width in zip(row[1:], widths[1:], strict=True)]
        lines.append("  ".join(cells).rstrip())
    return "\n".join(lines) + "\n"


def _parameter_rows(of: Calibration) -> list[list[str]]:
    rows = [["parameter", "written", "range", "fitted", "95 % interval", "spread"]]
    for address, p in of.parameters.iterrows():
        rows.append(
            [
                f"{address}, {str(p['unit']).replace('_', ' ')}",
                number(p["written"]),
                f"{number(p['low'])}–{number(p['high'])}",
                number(p["fitted"]),
                f"{number(p['posterior_low'])}–{number(p['posterior_high'])}",
                f"{p['spread']:.2f}",
            ]
        )
    return rows


def _target_rows(of: Calibration, role: str) -> list[list[str]]:
    rows = [["fitted" if role == "fitted" else "held out", "source", "se", "before", "after"]]
    rows[0] += ["implausibility", "after"]
    for _, t in of.targets[of.targets["role"] == role].iterrows():
        rows.append(
            [
                f"{t['title']}, {str(t['unit']).replace('_', ' ')}",
                *(number(t[column]) for column in ("value", "se", "before", "after")),
                f"{t['implausibility_before']:.1f}",
                f"{t['implausibility_after']:.1f}",
            ]
        )
    return rows


def as_text(of: Calibration) -> str:
    """Tables and what they amount to, for a terminal."""
    about = of.about
    text = _table(_parameter_rows(of)) + "\n" + _table(_target_rows(of, "fitted"))
    if (of.targets["role"] == "held_out").any():
        text += "\n" + _table(_target_rows(of, "held_out"))
    return text + "\n" + "".join(f"{line}\n" for line in summary(about, of))


def summary(about: dict[str, Any], of: Calibration) -> list[str]:
    """Say what to know before the numbers are used."""
    lines = [
        f"{about['evaluations']} evaluations of {about['replications']} worlds. "
        f"Log posterior density {about['log_posterior_before']:.1f} before, "
        f"{about['log_posterior_after']:.1f} after, on {about['confirm']} other worlds each."
    ]
    for role in ("fitted", "held_out"):
        some = of.targets[of.targets["role"] == role]
        if len(some):
            before, after = (
                float(np.sqrt(np.mean(some[f"implausibility_{when}"] ** 2)))
                for when in ("before", "after")
            )
            lines.append(
                f"{len(some)} targets {role.replace('_', ' ')}: root mean square implausibility "
                f"{before:.2f} before, {after:.2f} after; largest "
                f"{some['implausibility_after'].max():.1f}."
            )
    held_out = of.targets[of.targets["role"] == "held_out"]
    if same := int(held_out["same_source"].sum()):
        lines.append(
            f"{same} of those held out come from sources that the configuration itself uses: held "
            "out of the search, not of the model."
        )
    told = [str(a) for a, p in of.parameters.iterrows() if p["spread"] < _INFORMED]
    untold = [str(a) for a in of.parameters.index if str(a) not in told]
    if told:
        lines.append(f"The targets say something of {', '.join(told)}.")
    if untold:
        lines.append(f"They say little of {', '.join(untold)}.")
    lines.append(
        f"{about['not_ruled_out']:.1%} of the prior is not ruled out (implausibility 3 at most)."
    )
    if about["effective_size"] < _TRUSTED:
        lines.append(
            f"The intervals rest on an effective sample of {about['effective_size']:.0f} only: "
            "the targets leave a small corner of the prior. Take them as rough."
        )
    poor = of.targets[of.targets["emulator_explained"] < 0.5]
    if len(poor):
        lines.append(
            "The parameters hardly move, or chance hides how: " + ", ".join(map(str, poor.index))
        )
    return lines
