"""Parameter studies: one configuration at many values, here or spread over a Dask cluster."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeAlias

import pandas as pd

from carestair._configuration import Configuration, Document, document
from carestair._waiting import Progress, engine, shown_by, wait_for
from carestair.result import Result
from carestair.running import MOST_REPLICATIONS, names, open_lived, plan, run, whole_number

Points: TypeAlias = "Mapping[str, Sequence[float]] | pd.DataFrame | str"

# Parts of a study for each thread of the cluster: more spread the load better, fewer read the
# configuration less often.
_PARTS_A_THREAD = 4
_RETRIES = 2  # of a part whose worker was lost


def sweep(
    config: Configuration,
    *,
    over: Points | None = None,
    draws: int | pd.DataFrame | None = None,
    client: Any = None,
    parts: int | None = None,
    output: str | os.PathLike[str] | None = None,
    folder: str | os.PathLike[str] | None = None,
    scenarios: str | Iterable[str] | None = None,
    replications: int | None = None,
    seed: int | None = None,
    events: bool = False,
    persons: bool = False,
    resume: bool = False,
    progress: Progress = None,
) -> Result:
    """Live a configuration at many values of its parameters.

    Parameters
    ----------
    config
        As in `run`. Its own section ``experiment`` is kept where `over` and `draws` say nothing.
    over
        Addresses and the levels of each: every combination is lived. Or a table with a column an
        address and a row a point; or ``"one_at_a_time"``, each parameter at its low and its high
        end. Points share persons and chance.
    draws
        How many draws of what is known of each parameter; or a table with a column an address and
        a row a draw. Draws have chance of their own.
    client
        A ``dask.distributed.Client``: worlds are lived by its workers, which must have this very
        version of carestair. Without it they are lived in this process, by all cores.
    parts
        Into how many parts the study is cut for the workers; without it four for each of their
        threads. Results do not depend on it.
    output, folder, scenarios, replications, seed, events, persons
        As in `run`. Replications are those of each point.
    progress
        As in `run`; with a client it counts parts.
    resume
        Go on with what a stopped run of the same `output` left. Parts that workers had not
        finished are lived anew.

    Returns
    -------
    Result
        The same bytes with and without a cluster, and as `carestair run` gives for a configuration
        with that section ``experiment``.

    Raises
    ------
    ConfigurationError
        With everything that is wrong; also for an unknown address.
    TypeError, ValueError
        When an argument is not what is described here.
    KeyboardInterrupt
        After Ctrl-C. With `output`, finished parts stay in ``OUTPUT.parts``, from which
        ``resume=True`` goes on.

    Examples
    --------
    >>> from dask.distributed import Client, LocalCluster
    >>> with Client(LocalCluster(threads_per_worker=1)) as client:
    ...     carestair.sweep(
    ...         "configs/selbu/reablement.yaml",
    ...         over={"services.reablement.capacity": [2, 4, 8]},
    ...         replications=5,
    ...         client=client,
    ...         output="outputs/capacity.h5",
    ...     )
    """
    if parts is not None:
        parts = whole_number("parts", parts, 1, MOST_REPLICATIONS)
    source, folder = _with_experiment(config, folder, over, draws)
    asked: dict[str, Any] = {
        "scenarios": None if scenarios is None else names("scenarios", scenarios),
        "replications": replications,
        "seed": seed,
        "events": events,
        "persons": persons,
    }
    if client is None:
        return run(source, output=output, folder=folder, resume=resume, progress=progress, **asked)
    study = _Study(document(source, folder), asked)
    return open_lived(
        lambda path: _spread(study, client, path, parts, resume, progress), output, resume=resume
    )


def _with_experiment(
    config: Configuration,
    folder: str | os.PathLike[str] | None,
    over: Points | None,
    draws: int | pd.DataFrame | None,
) -> tuple[Configuration, str | os.PathLike[str] | None]:
    """Put what is to vary into a configuration."""
    if over is not None and draws is not None:
        raise ValueError("over and draws exclude each other: a study has points or draws")
    if over is None and draws is None:
        return config, folder
    section = {"sweep": _points(over)} if over is not None else {"draws": _points(draws)}
    if isinstance(config, Mapping):
        return {**config, "experiment": {**config.get("experiment", {}), **section}}, folder
    path = Path(config)
    return {"include": [path.name], "experiment": section}, folder or path.parent


def _points(points: Any) -> Any:
    if isinstance(points, pd.DataFrame):
        return {"csv": points.to_csv(index=False)}
    return points


@dataclass(frozen=True)
class _Study:
    """A configuration and the settings asked for."""

    source: Document
    asked: Mapping[str, Any]
    description: str = ""  # where another process has planned it

    def plan(self) -> Any:
        """Read and check it."""
        planned = plan(self.source, **self.asked)
        if self.description:
            planned.describe_as(self.description)
        return planned


@dataclass(frozen=True)
class _Part:
    """Part `index` of `count`, from 1."""

    index: int
    count: int

    def path(self, folder: Path) -> Path:
        """Where its worlds lie."""
        return folder / f"{self.index}-of-{self.count}.worlds"


def live_part(study: _Study, part: _Part) -> bytes:
    """Live one part of a study, in a worker; return its worlds."""
    planned = study.plan()
    with tempfile.TemporaryDirectory(prefix="carestair-") as folder:
        path = part.path(Path(folder))
        control = engine().Control()
        engine().run_part(planned, part.index, part.count, path, 1, control)
        return path.read_bytes()


def _spread(
    study: _Study,
    client: Any,
    path: Path,
    count: int | None,
    resume: bool,
    progress: Progress,
) -> None:
    """Have the workers of `client` live the parts of a study, and merge them into `path`."""
    planned = study.plan()  # whatever is wrong is told here, before anything is sent
    # Workers need no files: what is resolved says all but which of its numbers were defaults.
    resolved = Document(study.source.path, study.source.shown, planned.configuration)
    whole = _Study(resolved, study.asked, planned.description())
    threads = sum(client.ncores().values())
    most = planned.replications
    cut = min(count if count is not None else max(1, threads) * _PARTS_A_THREAD, most)
    all_parts = [_Part(index, cut) for index in range(1, cut + 1)]
    folder = path.with_name(path.name + ".parts")
    engine().check_output(path)
    if folder.exists() and not resume:
        raise ValueError(
            f"{folder} holds parts of a run that was stopped: "
            "resume=True goes on with them, or remove it"
        )
    folder.mkdir(exist_ok=True)
    missing = [
        part
        for part in all_parts
        if not part.path(folder).exists()
        or not engine().is_part(planned, part.index, part.count, part.path(folder))
    ]
    shown = shown_by(progress, "part")
    try:
        _gather(whole, client, missing, folder, shown, cut)
    except KeyboardInterrupt as interrupt:
        done = sum(part.path(folder).exists() for part in all_parts)
        raise KeyboardInterrupt(
            f"{done} of {cut} parts are in {folder}: resume=True goes on from there"
        ) from interrupt
    finally:
        if shown is not None:
            shown.close()
    wait_for(lambda _: engine().merge([part.path(folder) for part in all_parts], path), False, None)
    shutil.rmtree(folder)


def _gather(
    study: _Study,
    client: Any,
    missing: Sequence[_Part],
    folder: Path,
    tell: Callable[[int, int], None] | None,
    count: int,
) -> None:
    """Put the worlds of each missing part into `folder` as soon as a worker has lived them."""
    from dask.distributed import as_completed

    futures = {
        client.submit(live_part, study, part, pure=False, retries=_RETRIES): part
        for part in missing
    }
    done = count - len(missing)
    try:
        finished = as_completed(futures, with_results=True)  # type: ignore[no-untyped-call]
        for future, worlds in finished:
            # Whole or not at all, as a part that is there counts as finished.
            growing = futures[future].path(folder).with_suffix(".growing")
            growing.write_bytes(worlds)
            growing.replace(futures[future].path(folder))
            done += 1
            if tell is not None:
                tell(done, count)
    finally:
        client.cancel(list(futures))
