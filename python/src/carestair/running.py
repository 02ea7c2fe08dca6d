"""Running a configuration in this process: into a file, or into memory."""

from __future__ import annotations

import operator
import os
import shutil
import tempfile
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import numpy as np

from carestair._configuration import Configuration, Document, document
from carestair._memory import MemoryResult
from carestair._waiting import Progress, Stop, engine, wait_for
from carestair.errors import ConfigurationError, OutputError, ResultError
from carestair.result import Result

# As of the command.
MOST_REPLICATIONS = 1_000_000
MOST_THREADS = 1024
_LARGEST_SEED = 2**31 - 1
_AS_WRITTEN = -1


def whole_number(name: str, value: Any, least: int, most: int) -> int:
    """Return a whole number within its range.

    Raises
    ------
    TypeError
        When it is no whole number: 1.5, NaN, True, text.
    ValueError
        When it is too small or too large.
    """
    try:
        if isinstance(value, (bool, np.bool_)):
            raise TypeError
        number = operator.index(value)
    except TypeError:
        raise TypeError(
            f"{name} must be a whole number from {least} to {most}, not {value!r}"
        ) from None
    if not least <= number <= most:
        raise ValueError(f"{name} must be {least} to {most}, not {number}")
    return number


def names(what: str, value: str | Iterable[str] | None) -> list[str]:
    """Return what is named, one or several; empty without any, which the engine takes for all.

    Raises
    ------
    TypeError
        When it is no text and no list of texts.
    ValueError
        When it is a list that names none.
    """
    if value is None:
        return []
    several = isinstance(value, Iterable) and not isinstance(value, (str, bytes))
    named: list[Any] = [*value] if several else [value]
    if not all(isinstance(name, str) for name in named):
        raise TypeError(f"{what} must be a name or a list of names, not {value!r}")
    if not named:
        raise ValueError(f"{what} names none: leave it out for all, or name those wanted")
    return named


def _setting(name: str, value: int | None, least: int, most: int) -> int:
    """Return a setting that takes the place of the configuration's, as the engine wants it."""
    return _AS_WRITTEN if value is None else whole_number(name, value, least, most)


def _threads(value: int) -> int:
    """Return a number of threads, 0 being all cores."""
    return whole_number("threads", value, 0, MOST_THREADS)


def _flag(name: str, value: Any) -> bool:
    if not isinstance(value, (bool, np.bool_)):
        raise TypeError(f"{name} must be True or False, not {value!r}")
    return bool(value)


def plan(
    source: Document,
    *,
    scenarios: str | Iterable[str] | None = None,
    replications: int | None = None,
    seed: int | None = None,
    events: bool = False,
    persons: bool = False,
) -> Any:
    """Read and check a configuration."""
    try:
        return engine().plan(
            source.path,
            source.text,
            source.shown,
            _setting("replications", replications, 1, MOST_REPLICATIONS),
            _setting("seed", seed, 0, _LARGEST_SEED),
            names("scenarios", scenarios),
            _flag("events", events),
            _flag("persons", persons),
        )
    except RuntimeError as error:  # what is said of the file quotes bytes that are no text
        if "UnicodeDecodeError" not in str(error):
            raise
        raise ConfigurationError(
            f"{source.shown}: error: it, or a file it includes, is not text\n"
            "  hint: name a configuration (YAML), saved as UTF-8"
        ) from None


def run(
    config: Configuration,
    *,
    output: str | os.PathLike[str] | None = None,
    folder: str | os.PathLike[str] | None = None,
    scenarios: str | Iterable[str] | None = None,
    replications: int | None = None,
    seed: int | None = None,
    threads: int = 0,
    events: bool = False,
    persons: bool = False,
    resume: bool = False,
    progress: Progress = None,
    stop: Stop = None,
) -> Result:
    """Live every scenario of a configuration and open the result.

    The file is that of ``carestair run``: the same configuration and seed give the same bytes.

    Parameters
    ----------
    config
        Path of a configuration (YAML), or a dict of the same form. A dict may ``include`` files.
    output
        Result file. Without it the result lies in a temporary file, which goes when the result is
        closed or no longer used.
    folder
        What ``include`` in a dict is relative to; without it the folder one works in.
    scenarios
        Ids of those to live beside the baseline; without it all.
    replications
        Worlds of each scenario (and draw), in place of ``simulation.replications``.
    seed
        In place of ``simulation.seed``.
    threads
        1 to 1024, or 0: all cores. Results do not depend on it.
    events
        Also keep every event of every life (`Result.events`); such files are large.
    persons
        Also keep a row a person and world (`Result.person_rows`).
    resume
        Go on from the finished worlds that a stopped run of the same output left.
    progress
        True shows a bar, False none; None (the default) shows it in a terminal or a notebook. A
        function is called as ``progress(finished, planned)`` with numbers of replications.
    stop
        Called some times a second; once it returns True, no further replication is started and
        what is finished is returned, `Result.complete` being False.

    Returns
    -------
    Result
        As `carestair.open` gives it.

    Raises
    ------
    ConfigurationError
        With everything that is wrong with the configuration.
    ResultError
        When the file cannot be written, or something else than a result is in its place.
    TypeError, ValueError
        When an argument is not what is described here.
    KeyboardInterrupt
        After Ctrl-C, when the replications under way are finished. With `output`, those done are
        in the file, marked as not complete, and ``resume=True`` goes on from there.
    """
    workers, go_on = _threads(threads), _flag("resume", resume)
    planned = plan(
        document(config, folder),
        scenarios=scenarios,
        replications=replications,
        seed=seed,
        events=events,
        persons=persons,
    )

    def live(path: Path) -> None:
        try:
            outcome, interrupt = wait_for(
                lambda control: engine().run_whole(planned, path, workers, go_on, control),
                progress,
                stop,
            )
        except ResultError as error:  # the engine reads no result here
            raise OutputError(error.message, error.path, error.hint) from None
        if interrupt is not None and outcome.stopped:
            told = _told(outcome, planned, path) if output is not None else ""
            raise KeyboardInterrupt(told) from interrupt
        if outcome.kept == 0:
            raise ResultError("the run was stopped before its first replication was finished")

    return open_lived(live, output, resume=go_on)


def open_lived(
    live: Callable[[Path], None], output: str | os.PathLike[str] | None, *, resume: bool
) -> Result:
    """Open what `live` writes: `output`, or a temporary file that goes with the result."""
    if output is not None:
        path = Path(os.fspath(output))
        live(path)
        return Result(path)
    if resume:
        raise ValueError("resume goes on with an output: name it")
    folder = Path(tempfile.mkdtemp(prefix="carestair-"))
    try:
        live(folder / "result.h5")
        result = Result(folder / "result.h5")
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    result.remove_with(folder)
    return result


def _told(outcome: Any, planned: Any, path: Path) -> str:
    kept = f"{outcome.kept} of {planned.replications} replications are in {path}"
    return f"{kept}, marked as not complete" if outcome.kept else "no replication was finished"


def evaluate(
    config: Configuration,
    *,
    indicators: str | Iterable[str] | None = None,
    folder: str | os.PathLike[str] | None = None,
    scenarios: str | Iterable[str] | None = None,
    replications: int | None = None,
    seed: int | None = None,
    threads: int = 0,
    progress: Progress = False,
    stop: Stop = None,
) -> Result:
    """Live every scenario of a configuration in memory, without a file.

    What calibration and other searches want: the same numbers as `run` gives, with nothing written.

    Parameters
    ----------
    indicators
        Names of those to keep, one or several; without it all, which are some megabytes a world.
        Headline outcomes need several of them; persons are always kept.
    config, folder, scenarios, replications, seed, threads, progress, stop
        As in `run`.

    Returns
    -------
    Result
        With `Result.indicators` (those named) and `Result.persons` as NumPy arrays that the engine
        filled, without a copy; no event log.

    Raises
    ------
    ConfigurationError
        With everything that is wrong with the configuration; also for an unknown indicator.
    TypeError, ValueError
        When an argument is not what is described here.
    KeyboardInterrupt
        After Ctrl-C, when the replications under way are finished.

    Examples
    --------
    >>> waiting = carestair.evaluate("configs/selbu/baseline.yaml", indicators="waiting")
    >>> waiting.total("waiting", service="nursing_home").mean("time")
    """
    workers, named = _threads(threads), names("indicators", indicators)
    planned = plan(
        document(config, folder), scenarios=scenarios, replications=replications, seed=seed
    )
    tables, interrupt = wait_for(
        lambda control: engine().evaluate(planned, named, workers, control), progress, stop
    )
    if interrupt is not None and tables.whole_replications < planned.replications:
        raise interrupt
    return MemoryResult(planned, tables)
