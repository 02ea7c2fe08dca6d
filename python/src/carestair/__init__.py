"""Open, compare and draw the results of carestair, a simulator of municipal care.

>>> import carestair
>>> with carestair.open("outputs/selbu-reablement.h5") as result:
...     table = carestair.compare(result, "doubled")
...     figure = carestair.plot.picture(result)
...     page = carestair.report(result, "outputs/selbu-reablement.html")
"""

from importlib.metadata import PackageNotFoundError, version

from carestair import analysis, plot
from carestair.comparison import compare, headlines, paired_difference
from carestair.errors import NoDrawsError, NoEventLogError, NoPersonRowsError, ResultError
from carestair.reporting import report
from carestair.result import Result, open

try:
    __version__ = version("carestair")
except PackageNotFoundError:  # run from a source tree that is not installed
    __version__ = "unknown"

__all__ = [
    "NoDrawsError",
    "NoEventLogError",
    "NoPersonRowsError",
    "Result",
    "ResultError",
    "__version__",
    "analysis",
    "compare",
    "headlines",
    "open",
    "paired_difference",
    "plot",
    "report",
]
