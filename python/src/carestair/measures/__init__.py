"""What a target means in terms of a result file.

`MEASURES` holds all measures by name (`catalogue`); `kinds` and `log` say how a number is taken.
"""

from carestair.measures.catalogue import FROM_LOG, MEASURES, QUALITY
from carestair.measures.kinds import (
    Having,
    Measure,
    NotRecordedError,
    Observed,
    Values,
    View,
    count,
    ratio,
)
from carestair.measures.log import holders

__all__ = [
    "FROM_LOG",
    "MEASURES",
    "QUALITY",
    "Having",
    "Measure",
    "NotRecordedError",
    "Observed",
    "Values",
    "View",
    "count",
    "holders",
    "ratio",
]
