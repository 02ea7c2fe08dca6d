"""Fitting parameters to targets: `calibrate` runs a calibration file, `read` opens a stored one.

Parts, each a file: what is written (`specification`, `prior`, `written`), what agrees
(`likelihood`), how points are run (`simulate`), kept (`trace`) and chosen (`search`), what is known
afterwards (`emulator`, `posterior`) and told (`outcome`). `study` puts them together.
"""

from carestair.calibration.lines import CalibrationError
from carestair.calibration.outcome import Calibration, read
from carestair.calibration.study import calibrate

__all__ = ["Calibration", "CalibrationError", "calibrate", "read"]
