"""Tables with one row a person or event, read replication by replication: memory is bounded.

Rows lie in the order of replication, municipality, scenario.
"""

from __future__ import annotations

import h5py


def rows_of_replication(replication_index: h5py.Dataset, position: int) -> slice:
    """Rows of one replication, found by halving: a handful of chunks is read, not the column."""
    return slice(_first(replication_index, position), _first(replication_index, position + 1))


def _first(column: h5py.Dataset, position: int) -> int:
    """First row whose replication is not before `position`."""
    low, high = 0, int(column.shape[0])
    while low < high:
        middle = (low + high) // 2
        if int(column[middle]) < position:
            low = middle + 1
        else:
            high = middle
    return low
