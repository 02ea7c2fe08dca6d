"""A calibration from its file to its result: first design, search, posterior, confirmation."""

from __future__ import annotations

import sys
import time
import warnings
from collections.abc import Callable, Sequence
from dataclasses import asdict, replace
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
import yaml

from carestair._configuration import files_of
from carestair._output import refuse_to_overwrite
from carestair.calibration import outcome
from carestair.calibration.likelihood import implausibility
from carestair.calibration.lines import CalibrationError
from carestair.calibration.outcome import Calibration
from carestair.calibration.posterior import Posterior, weigh
from carestair.calibration.problem import Problem
from carestair.calibration.search import begin, first_design, with_noise
from carestair.calibration.simulate import Simulator
from carestair.calibration.specification import Specification, read_specification
from carestair.calibration.trace import Trace, holds_evaluations
from carestair.calibration.values import refuse_other_than_values, write_values
from carestair.calibration.written import read_document, written
from carestair.errors import OutputError
from carestair.running import MOST_REPLICATIONS, whole_number

Array = npt.NDArray[np.float64]
Tell = Callable[[str], None]

STATE = "calibration-state.yaml"
_ANEW = "name another folder with -o, or remove it to begin anew"


def calibrate(
    path: str | Path,
    *,
    output: str | Path | None = None,
    resume: bool = False,
    evaluations: int | None = None,
    threads: int | None = None,
    write: str | Path | None = None,
    tell: Tell | None = None,
) -> Calibration:
    """Fit parameters of a configuration to targets.

    Parameters
    ----------
    path
        Calibration file (docs/calibration.md).
    output
        Folder for the result; without it ``outputs/<name of the file>``.
    resume
        Go on where the same calibration was stopped, from the evaluations in the folder. Without
        it a folder that holds evaluations is refused: they are hours of work.
    evaluations
        Points to run in all, in place of those of the file.
    threads
        Threads of a run; None: all cores. Results do not depend on it.
    write
        Configuration to put the fitted values into as well, for others to include. It must be a
        file of its own: new, or one that an earlier calibration wrote.
    tell
        Called with a line of progress after each batch; None: standard error.

    Returns
    -------
    Calibration
        With everything that is stored in the folder as well.

    Raises
    ------
    CalibrationError
        With file and line, when the calibration or what it names is not what it should be.
    ResultError
        When `write` is a file that the calibration reads.
    """
    spec = read_specification(Path(path))
    if write is not None:
        read = (spec.path, spec.targets.path, *files_of(spec.configuration))
        refuse_to_overwrite(Path(write), *read, option="--write")
        refuse_other_than_values(Path(write))
    if evaluations is not None:
        whole_number("evaluations", evaluations, 1, MOST_REPLICATIONS)
        if evaluations < spec.search.initial:
            raise CalibrationError(
                f"begins with {spec.search.initial} points, more than {evaluations}", spec.path
            )
        spec = _with_budget(spec, evaluations)
    folder = Path(output) if output is not None else Path("outputs") / Path(path).stem
    _check_folder(folder, resume=resume)
    with Simulator(spec, threads) as simulator:
        probe = simulator.probe()
        document = read_document(probe.resolved)
        parameters = [written(parameter, document) for parameter in spec.parameters]
        problem = Problem(spec, parameters, np.zeros(len(spec.all_targets)))
        state = _state(spec, probe.resolved, probe.program)
        trace = _trace(folder, state, problem, resume=resume)
        study = _Study(problem, trace, simulator, probe.sources, tell or _to_standard_error)
        study.search()
        done = study.conclude(folder, state)
    if write is not None:
        Path(write).write_bytes(done.values_file.read_bytes())
    return done


def _with_budget(spec: Specification, evaluations: int) -> Specification:
    return replace(spec, search=replace(spec.search, evaluations=evaluations))


def _to_standard_error(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


# --- on disk --------------------------------------------------------------------------------------


def _state(spec: Specification, resolved: str, program: str) -> dict[str, Any]:
    """Tell what makes two calibrations the same search; the budget does not."""
    targets = [asdict(target) for target in spec.all_targets]
    own = {
        "parameters": [
            (p.address, p.low, p.high, p.prior and asdict(p.prior)) for p in spec.parameters
        ],
        "fitted": len(spec.fitted),
        "targets": targets,
        "discrepancy": spec.discrepancy,
        "search": (spec.search.method, spec.search.initial, spec.search.starts),
    }
    return {
        "program": program,
        "configuration": sha256(resolved.encode()).hexdigest(),
        "calibration": sha256(repr(own).encode()).hexdigest(),
        "replications": spec.replications,
        "seed": spec.seed,
    }


def _check_folder(folder: Path, *, resume: bool) -> None:
    """Refuse a folder that this calibration may not write into, before anything is run."""
    evaluated = (folder / outcome.EVALUATIONS).is_file()
    if resume:
        if not (folder / STATE).is_file() or not evaluated:
            raise CalibrationError("holds nothing to resume", folder, "begin without --resume")
    elif folder.exists() and not folder.is_dir():
        raise CalibrationError("is a file, not a folder", folder, "name another folder with -o")
    elif evaluated and holds_evaluations(folder / outcome.EVALUATIONS):
        raise CalibrationError(
            "holds the evaluations of an earlier calibration",
            folder,
            "add --resume to go on with it, or remove the folder to begin anew",
        )
    elif folder.is_dir() and any(folder.iterdir()) and not (folder / STATE).is_file():
        raise CalibrationError(
            "holds other files than a calibration", folder, "name another folder with -o"
        )


def _trace(folder: Path, state: dict[str, Any], problem: Problem, *, resume: bool) -> Trace:
    names = [target.id for target in problem.specification.all_targets]
    trace = Trace(folder / outcome.EVALUATIONS, problem.addresses, names)
    if resume:
        _check_state(folder, state)
        trace.read()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / STATE).write_text(yaml.safe_dump(state, sort_keys=False), encoding="utf-8")
        (folder / outcome.RESULT).unlink(missing_ok=True)
        trace.begin()
    except OSError as error:
        raise OutputError(f"cannot be written: {error.strerror}", folder) from None
    return trace


def _check_state(folder: Path, state: dict[str, Any]) -> None:
    """Refuse to go on with another search than this one."""
    file = folder / STATE
    try:
        before = yaml.safe_load(file.read_text(encoding="utf-8"))
    except (OSError, ValueError, yaml.YAMLError):
        before = None
    if not isinstance(before, dict):
        raise CalibrationError("cannot be read: it is damaged", file, _ANEW)
    other = [key for key in state if before.get(key) != state[key]]
    if other:
        raise CalibrationError(f"is of another {' and '.join(other)}", folder, _ANEW)


# --- the search and what comes of it --------------------------------------------------------------


def _moments(values: Array) -> tuple[Array, Array]:
    """Mean and variance over worlds; shape (point, target). NaN where no world has a value."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)  # of slices that hold nothing
        return np.nanmean(values, axis=1), np.nanvar(values, axis=1, ddof=1)


class _Study:
    def __init__(
        self,
        problem: Problem,
        trace: Trace,
        simulator: Simulator,
        sources: frozenset[str],
        tell: Tell,
    ) -> None:
        self._problem, self._trace = problem, trace
        self._simulator, self._sources, self._tell = simulator, sources, tell
        self._spec = problem.specification
        self._began = time.monotonic()
        self._simulated = 0

    def search(self) -> None:
        """Evaluate the first design, then what the search asks for until the budget is spent."""
        names, points = first_design(self._problem)
        _, variance = self._evaluate(names, points)
        self._problem = with_noise(self._problem, variance)
        self._progress()
        search = begin(self._problem, self._trace)
        while (batch := search.ask()) is not None:
            mean, _ = self._evaluate(*batch)
            search.tell(batch[1], mean)
            self._progress()

    def _evaluate(self, names: Sequence[str], points: Array) -> tuple[Array, Array]:
        known = self._trace.recall(points)
        if known is None:
            values = self._simulator.evaluate(
                self._problem.addresses,
                points,
                seed=self._spec.seed,
                replications=self._spec.replications,
            )
            known = _moments(values)
            self._simulated += len(points)
        self._trace.add(names, points, *known)
        return known

    def _progress(self) -> None:
        done, all_of = len(self._trace), self._spec.search.evaluations
        best = float(np.max(self._density()))
        line = f"{done} of {all_of} evaluations, best log posterior density {best:.2f}"
        if self._simulated:
            left = (time.monotonic() - self._began) / self._simulated * (all_of - done)
            line += f", {left / 60:.0f} min left" if left >= 60 else f", {left:.0f} s left"
        self._tell(line)

    def _density(self) -> Array:
        """Log posterior density of all evaluations, up to a constant."""
        points = self._trace.points
        return self._problem.log_likelihood(self._trace.mean) + self._problem.log_prior(points)

    def conclude(self, folder: Path, state: dict[str, Any]) -> Calibration:
        """Posterior, fitted values, and how they do on worlds that the search has not seen."""
        best = int(np.argmax(self._density()))
        posterior = weigh(self._problem, self._trace)
        two = np.vstack([self._trace.points[:1], self._trace.points[[best]]])
        fresh = self._simulator.evaluate(
            self._problem.addresses,
            two,
            seed=self._spec.seed + 1,
            replications=self._spec.confirm,
        )
        mean, _ = _moments(fresh)
        noise = self._problem.noise * self._spec.replications / self._spec.confirm
        confirmed = replace(self._problem, noise=noise)
        targets = self._targets(mean, confirmed, posterior)
        parameters = self._parameters(two[1], posterior)
        density = confirmed.log_likelihood(mean) + confirmed.log_prior(two)
        about = {
            "file": str(self._spec.path),
            "configuration_file": str(self._spec.configuration),
            **state,
            "method": self._spec.search.method,
            "evaluations": len(self._trace),
            "confirm": self._spec.confirm,
            "fitted_evaluation": best,
            "log_posterior_before": float(density[0]),
            "log_posterior_after": float(density[1]),
            "effective_size": posterior.effective_size,
            "not_ruled_out": posterior.not_ruled_out,
        }
        draws = pd.DataFrame(
            posterior.draws(self._spec.draws, self._spec.seed), columns=self._problem.addresses
        )
        evaluations = pd.read_csv(folder / outcome.EVALUATIONS)
        done = Calibration(folder, about, parameters, targets, evaluations, draws)
        outcome.store(done)
        write_values(folder / outcome.VALUES, done, self._problem.parameters, self._spec)
        return done

    def _parameters(self, fitted: Array, posterior: Posterior) -> pd.DataFrame:
        of = self._problem.parameters
        moments = np.array([p.prior.moments() for p in of])
        columns = {
            "unit": [p.unit for p in of],
            "written": [p.value for p in of],
            "low": [p.prior.low for p in of],
            "high": [p.prior.high for p in of],
            "fitted": fitted,
            "prior_mean": moments[:, 0],
            "prior_sd": moments[:, 1],
            "posterior_mean": posterior.mean,
            "posterior_sd": posterior.sd,
            "posterior_low": posterior.quantile(0.025),
            "posterior_high": posterior.quantile(0.975),
            "spread": posterior.sd / moments[:, 1],
        }
        return pd.DataFrame(columns, index=pd.Index(self._problem.addresses, name="address"))

    def _targets(self, mean: Array, confirmed: Problem, posterior: Posterior) -> pd.DataFrame:
        spec = self._spec
        away = implausibility(spec.value, mean, confirmed.variance)
        columns = {
            "title": [t.title for t in spec.all_targets],
            "unit": [t.unit for t in spec.all_targets],
            "role": ["fitted"] * len(spec.fitted) + ["held_out"] * len(spec.held_out),
            "same_source": [bool(self._sources & set(t.sources)) for t in spec.all_targets],
            "value": spec.value,
            "se": [t.standard_error for t in spec.all_targets],
            "discrepancy": [spec.discrepancy[t.id] for t in spec.all_targets],
            "noise": np.sqrt(confirmed.noise),
            "before": mean[0],
            "after": mean[1],
            "residual_before": mean[0] - spec.value,
            "residual_after": mean[1] - spec.value,
            "implausibility_before": away[0],
            "implausibility_after": away[1],
            "posterior_mean": posterior.target_mean,
            "posterior_sd": posterior.target_sd,
            "emulator_explained": posterior.explained,
        }
        return pd.DataFrame(columns, index=pd.Index([t.id for t in spec.all_targets], name="id"))
