"""A result file as labelled arrays and tables."""

from __future__ import annotations

import os
import shutil
import weakref
from collections.abc import Iterable, Mapping
from pathlib import Path
from types import TracebackType
from typing import Any

import numpy as np
import pandas as pd
import xarray as xr

from carestair import _file, _rows
from carestair._about import About
from carestair.errors import NoEventLogError, NoPersonRowsError, ResultError

# Numbers read at a time where a whole indicator need not fit into memory.
_MOST_AT_ONCE = 8_000_000


def open(path: str | os.PathLike[str], *, chunks: Any = None) -> Result:
    """Open a result file written by ``carestair run``.

    Nothing but the header is read until it is asked for. A file that is written anew meanwhile is
    not read any more: what was asked for then raises `ResultError`.

    Parameters
    ----------
    path
        The file, usually ``outputs/<name>.h5``.
    chunks
        Passed to `xarray.open_dataset`: ``{}`` gives Dask arrays of one world a chunk.

    Raises
    ------
    ResultError
        When the file is not there, is damaged, is no result of carestair, or comes from a
        carestair whose files this package cannot read.
    """
    return Result(path, chunks=chunks)


class Result(About):
    """What a run produced, and what it was a run of.

    Use it as a context manager, or call `close` when done.

    Attributes
    ----------
    path : pathlib.Path
        The file.
    title, question : str
        As the configuration gives them.
    scenarios : tuple of str
        Ids; the first is the baseline.
    municipalities : tuple of str
        Ids.
    replications : int
        Replications in the file; fewer than `replications_planned` when the run was stopped.
    seed : int
        Seed of the run.
    configuration_sha256 : str
        Hash of the resolved configuration.
    complete : bool
        False when the run was stopped before its last replication.
    start, end : pandas.Timestamp
        First and last day reported.
    """

    def __init__(self, path: str | os.PathLike[str], *, chunks: Any = None) -> None:
        super().__init__(Path(path))
        self._chunks = chunks
        self._open: dict[str, xr.Dataset] = {}
        self._remove: weakref.finalize[..., Result] | None = None

    # --- what it produced -------------------------------------------------------------------------

    @property
    def end(self) -> pd.Timestamp:
        """Last day reported."""
        return pd.Timestamp(self.indicators["time"].values[-1])

    @property
    def days(self) -> int:
        """Length of the reported period, in days."""
        return int((self.end - self.start).days) + 1

    @property
    def indicators(self) -> xr.Dataset:
        """Monthly numbers, one variable an indicator, read when they are used.

        Dimensions are (scenario, replication, municipality, ..., time), labelled; each variable
        carries ``units``, ``long_name`` and ``description``. Stocks are those of the last day of
        the month (``time``), flows are summed over the month. Counts come as float64, so that a
        difference of two scenarios may be negative.
        """
        return self._group("indicators")

    @property
    def persons(self) -> xr.Dataset:
        """What lives amount to over the reported period, summed by age group and sex.

        ``total`` is the sum of each ``outcome`` (unit in ``outcome_unit``) over ``persons``
        persons; ``difference_sum``, ``more``, ``less``, ``touched`` compare the same persons with
        the baseline. Age is that of the first reported day. Dimensions are
        (scenario, replication, municipality, age_group, sex[, outcome]).
        """
        return self._group("persons")

    @property
    def events(self) -> pd.DataFrame:
        """The event log, one row an event; read anew at each use.

        Columns: ``scenario``, ``replication``, ``municipality``, ``uid`` (the same person has the
        same number in every scenario), ``day``, ``kind``, and the level or service before
        (``from``) and after (``to``), missing where the kind has none.

        Raises
        ------
        NoEventLogError
            When the run kept none, as is usual.
        """
        self._require_events()
        return self._read(_file.read_events)

    def events_of(self, replication: int) -> pd.DataFrame:
        """Events of one replication in all scenarios, with the columns of `events`.

        A log of many replications is far larger than the memory; this reads it by parts.

        Parameters
        ----------
        replication
            Position, 0 to `replications` - 1.

        Raises
        ------
        NoEventLogError
            When the run kept none.
        """
        self._require_events()
        return self._read(_file.read_events, self._position(replication))

    def person_rows(self, replication: int, scenario: str | None = None) -> pd.DataFrame:
        """Read what each life of one replication amounts to, a row a person and scenario.

        Parameters
        ----------
        replication
            Position, 0 to `replications` - 1.
        scenario
            Id of a scenario; all without it.

        Returns
        -------
        pandas.DataFrame
            ``scenario``, ``replication``, ``municipality``, ``uid`` (the same person in every
            scenario); ``age`` in years and ``age_group`` on the first reported day (0 of those
            born later), ``sex``, ``user_group``; ``need_level``, ``living_alone``, ``dwelling``
            and ``cognition`` on that day, missing of those who were not here; and the outcomes of
            `persons` over the reported period, in their units.

        Raises
        ------
        NoPersonRowsError
            When the run kept none, as is usual.
        """
        if not self._header.person_rows:
            raise NoPersonRowsError(
                "holds no rows of persons",
                self.path,
                "run the simulation again with --persons to keep them",
            )
        rows = self._read(_rows.read_persons, self._position(replication))
        if scenario is None:
            return rows
        return rows[rows["scenario"] == scenario].reset_index(drop=True)

    def _require_events(self) -> None:
        if not self._header.event_log:
            raise NoEventLogError(
                "holds no event log",
                self.path,
                "run the simulation again with --events to keep one",
            )

    def _position(self, replication: int) -> int:
        if not 0 <= replication < self.replications:
            raise ResultError(
                f"has no replication {replication}",
                self.path,
                f"it has {self.replications}, counted from 0",
            )
        return replication

    def total(self, indicator: str, by: str | Iterable[str] = (), **where: Any) -> xr.DataArray:
        """Sum an indicator over everything but scenario, replication, time and `by`.

        Reads a few worlds at a time, so that it works on files larger than the memory.

        Parameters
        ----------
        indicator
            Name of a variable of `indicators`.
        by
            Dimensions to keep besides (scenario, replication, time).
        **where
            Labels to keep of other dimensions, one or a list: ``age_group=["80-89", "90+"]``.

        Returns
        -------
        xarray.DataArray
            Shape (scenario, replication, *by, time), float64, in the unit of the indicator.

        Examples
        --------
        >>> result.total("recipients", by="service", age_group=["80-89", "90+"])
        """
        kept = (by,) if isinstance(by, str) else tuple(by)
        variable = self._variable(indicator)
        for dimension in (*kept, *where):
            if dimension not in variable.dims:
                raise ResultError(
                    f"indicator {indicator} has no dimension {dimension!r}",
                    self.path,
                    f"it has {', '.join(map(str, variable.dims))}",
                )
        selected = self._select(variable, where)
        order = ["scenario", "replication", *kept]
        if "time" in selected.dims and "time" not in kept:
            order.append("time")
        gone = [d for d in selected.dims if d not in order]
        cells = max(1, selected.size // max(1, selected.sizes.get("replication", 1)))
        step = max(1, _MOST_AT_ONCE // cells)
        parts = []
        for first in range(0, selected.sizes["replication"], step):
            block = selected.isel(replication=slice(first, first + step))
            parts.append(self._sum_worlds(block, gone, cells))
        total = parts[0] if len(parts) == 1 else xr.concat(parts, dim="replication")
        total.name = indicator
        total.attrs = dict(variable.attrs)
        return total.transpose(*[d for d in order if d in total.dims])

    def _sum_worlds(self, block: xr.DataArray, gone: list[Any], cells: int) -> xr.DataArray:
        """Sum over `gone`, by parts of the municipalities when one replication is too large."""
        if cells <= _MOST_AT_ONCE or "municipality" not in gone:
            return block.astype(np.float64).sum(gone, skipna=False)
        municipalities = block.sizes["municipality"]
        step = max(1, int(municipalities * _MOST_AT_ONCE / cells))
        total: xr.DataArray | None = None
        for first in range(0, municipalities, step):
            some = block.isel(municipality=slice(first, first + step))
            part = some.astype(np.float64).sum(gone, skipna=False)
            total = part if total is None else total + part
        assert total is not None
        return total

    def _variable(self, indicator: str) -> xr.DataArray:
        try:
            return self.indicators[indicator]
        except KeyError:
            raise ResultError(
                f"has no indicator {indicator!r}",
                self.path,
                f"it has {', '.join(map(str, self.indicators.data_vars))}",
            ) from None

    def _select(self, variable: xr.DataArray, where: Mapping[str, Any]) -> xr.DataArray:
        labels = {
            dimension: [wanted] if np.isscalar(wanted) else list(wanted)
            for dimension, wanted in where.items()
        }
        try:
            return variable.sel(labels) if labels else variable
        except KeyError:
            known = "; ".join(f"{d}: {', '.join(map(str, variable[d].values))}" for d in labels)
            raise ResultError(f"labels not found in {dict(where)}", self.path, known) from None

    def _group(self, name: str) -> xr.Dataset:
        self.check_unchanged()
        if name not in self._open:
            _file.check_readable(self.path)
            raw = xr.open_dataset(
                self.path, group=name, engine="h5netcdf", decode_cf=False, chunks=self._chunks
            )
            dataset = self._decoded(raw)
            self._open[name] = dataset
            dataset.set_close(raw.close)
        return self._open[name]

    def _decoded(self, raw: xr.Dataset) -> xr.Dataset:
        """Return counts as float64, dates as dates and titles as coordinates."""
        for variable in raw.variables.values():
            # Unsigned numbers would wrap around when a difference is negative.
            if variable.dtype.kind == "u":
                variable.attrs["scale_factor"] = np.float64(1.0)
                variable.attrs["add_offset"] = np.float64(0.0)
        dataset = xr.decode_cf(raw)
        dataset.attrs.update(title=self.title, source=f"carestair {self.program_version}")
        return dataset

    # --- housekeeping -----------------------------------------------------------------------------

    def close(self) -> None:
        """Close the file. Arrays not read by then can no longer be read.

        The file of a run that named no output is removed.
        """
        for dataset in self._open.values():
            dataset.close()
        self._open.clear()
        if self._remove is not None:
            self._remove()

    def remove_with(self, folder: Path) -> None:
        """Take `folder` along when this is closed, or when nobody uses it any more."""
        self._remove = weakref.finalize(self, shutil.rmtree, folder, ignore_errors=True)

    def __enter__(self) -> Result:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def __repr__(self) -> str:
        stopped = "" if self.complete else f" of {self.replications_planned} planned"
        return (
            f"<carestair result {self.title!r}: {', '.join(self.scenarios)}; "
            f"{self.replications} replications{stopped}, seed {self.seed}>"
        )
