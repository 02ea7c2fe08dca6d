"""Run carestair, a simulator of municipal care; open, compare and draw its results.

>>> import carestair
>>> with carestair.open("outputs/selbu-reablement.h5") as result:
...     table = carestair.compare(result, "doubled")
...     figure = carestair.plot.picture(result)
...     page = carestair.report(result, "outputs/selbu-reablement.html")
"""

from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING, Any

from carestair import analysis, plot
from carestair.comparison import compare, headlines, paired_difference
from carestair.errors import (
    ConfigurationError,
    EngineMissingError,
    Fault,
    NoDrawsError,
    NoEventLogError,
    NoPersonRowsError,
    ResultError,
)
from carestair.reporting import report
from carestair.result import Result, open
from carestair.running import evaluate, run
from carestair.sweeping import sweep

if TYPE_CHECKING:
    from carestair import calibration
    from carestair.calibration import calibrate

try:
    __version__ = version("carestair")
except PackageNotFoundError:  # run from a source tree that is not installed
    __version__ = "unknown"

__all__ = [
    "ConfigurationError",
    "EngineMissingError",
    "Fault",
    "NoDrawsError",
    "NoEventLogError",
    "NoPersonRowsError",
    "Result",
    "ResultError",
    "__version__",
    "analysis",
    "calibrate",
    "calibration",
    "compare",
    "evaluate",
    "headlines",
    "open",
    "paired_difference",
    "plot",
    "report",
    "run",
    "sweep",
]


def __getattr__(name: str) -> Any:
    """Load the calibration when it is asked for: its libraries take seconds to import."""
    if name in ("calibrate", "calibration"):
        from importlib import import_module

        module = import_module("carestair.calibration")
        return module if name == "calibration" else module.calibrate
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
