"""Tables with one row a person or event, read replication by replication: memory is bounded.

Rows lie in the order of replication, municipality, scenario.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from carestair import _file

# Of those who were not here on the first reported day.
_NOT_HERE = 255


def read_persons(path: Path, replication: int) -> pd.DataFrame:
    """Read what `Result.person_rows` tells of one replication."""
    with _file.open_hdf5(path) as file:
        group = file["person_rows"]
        rows = _file.rows_of_replication(group["replication_index"], replication)

        def labels(name: str, column: str) -> pd.Categorical:
            return _categories(group[column][rows], _file.texts(file[name]))

        age = group["age"][rows].astype(np.int64)
        groups = _file.texts(file["age_group"])
        oldest = [int(name.rstrip("+").split("-")[0]) for name in groups]
        columns: dict[str, Any] = {
            "scenario": labels("scenario", "scenario_index"),
            "replication": file["replication"][()][group["replication_index"][rows]],
            "municipality": labels("municipality", "municipality_index"),
            "uid": group["uid"][rows],
            "age": age,
            "age_group": _categories(np.searchsorted(oldest, age, side="right") - 1, groups),
            "sex": labels("sex", "sex"),
            "user_group": labels("user_group", "user_group"),
            "need_level": labels("need_level", "need_level"),
            "living_alone": _categories(group["living_alone"][rows], ("no", "yes")),
            "dwelling": labels("dwelling", "dwelling"),
            # Since format 1.5; nobody's is known before.
            "cognition": labels("cognition", "cognition")
            if "cognition" in group
            else _categories(np.full(len(age), _NOT_HERE), _file.texts(file["cognition"])),
        }
        for outcome in _file.texts(file["outcome"]):
            columns[outcome] = group[outcome][rows]
    return pd.DataFrame(columns)


def _categories(codes: npt.NDArray[Any], labels: tuple[str, ...]) -> pd.Categorical:
    known = np.asarray(codes, dtype=np.int16)
    known[known == _NOT_HERE] = -1
    return pd.Categorical.from_codes(known, categories=pd.Index(labels, dtype=object))
