"""A calibration as written: what is run, which targets and parameters, and the search."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from carestair import validate
from carestair.calibration.lines import Section, read_lines
from carestair.calibration.prior import FAMILIES
from carestair.measures import FROM_LOG

METHODS = ("cma_es", "history_matching")


@dataclass(frozen=True)
class Distribution:
    """A prior that the calibration writes itself."""

    family: str
    arguments: dict[str, float]


@dataclass(frozen=True)
class Parameter:
    """A parameter to search; what is not given comes from its evidence."""

    address: str
    section: Section
    low: float | None = None
    high: float | None = None
    prior: Distribution | None = None


@dataclass(frozen=True)
class Search:
    """How the search goes and how long."""

    method: str
    initial: int  # points of the first design
    evaluations: int  # of points, in all
    starts: int  # of CMA-ES


@dataclass(frozen=True)
class Specification:
    """A calibration file, read and checked as far as it can be without running anything."""

    path: Path
    configuration: Path
    targets: validate.Targets
    fitted: tuple[validate.Target, ...]
    held_out: tuple[validate.Target, ...]
    discrepancy: dict[str, float]  # standard deviation in the unit of the target, by id
    parameters: tuple[Parameter, ...]
    replications: int
    confirm: int
    seed: int
    search: Search
    draws: int

    @property
    def all_targets(self) -> tuple[validate.Target, ...]:
        """Those fitted, then those held out."""
        return self.fitted + self.held_out

    @property
    def value(self) -> npt.NDArray[np.float64]:
        """What the sources say; shape (target,), fitted first."""
        return np.array([target.value for target in self.all_targets], dtype=np.float64)

    @property
    def error_variance(self) -> npt.NDArray[np.float64]:
        """Variance of the sources and of the discrepancy; shape (target,), fitted first."""
        return np.array(
            [
                (target.standard_error or 0.0) ** 2 + self.discrepancy.get(target.id, 0.0) ** 2
                for target in self.all_targets
            ]
        )

    @property
    def last_year(self) -> int:
        """Of all targets."""
        return max(target.years[1] for target in self.all_targets)


def _parameter(section: Section) -> Parameter:
    section.check_keys("a parameter", {"address"}, {"low", "high", "prior", "note"})
    address = section.text("address")
    if "[" in address or address.endswith(".position"):
        raise section.fault(
            f"{address} is a part of a table",
            "a whole table is scaled by a factor: leave the brackets out",
            "address",
        )
    low, high = section.number("low"), section.number("high")
    if low is not None and high is not None and not low < high:
        raise section.fault(f"low of {address} must be below high", key="high")
    prior = None
    if "prior" in section:
        written = section.section("prior")
        family = written.text("type")
        if family not in FAMILIES:
            raise written.fault(
                f"prior of {address} has no type {family!r}", f"one of {', '.join(FAMILIES)}"
            )
        names = set(FAMILIES[family])
        written.check_keys(f"prior of {address}", {"type", *names}, set())
        arguments = {name: float(written.number(name) or 0.0) for name in FAMILIES[family]}
        _check_arguments(written, family, arguments)
        prior = Distribution(family, arguments)
    return Parameter(address, section, low, high, prior)


def _check_arguments(section: Section, family: str, of: dict[str, float]) -> None:
    positive = {"sd", "sigma", "median", "alpha", "beta", "shape", "scale"}
    for name, value in of.items():
        if name in positive and not value > 0:
            raise section.fault(f"{name} of a {family} prior must be above zero", key=name)
    if "low" in of and not of["low"] < of["high"]:
        raise section.fault(f"low of a {family} prior must be below high", key="high")
    if "mode" in of and not of["low"] <= of["mode"] <= of["high"]:
        raise section.fault("the mode must be between low and high", key="mode")


def _usable(target: validate.Target) -> str:
    """Why a target cannot be held against a mean and a variance; empty when it can."""
    if target.measured_by in FROM_LOG:
        return "needs the event log, which a calibration does not keep"
    if target.value is None or target.standard_error is None:
        return "has no value with a standard error (or low and high)"
    return ""


def _picked(
    document: Section, key: str, known: dict[str, validate.Target]
) -> tuple[validate.Target, ...]:
    names = document.get(key, [])
    if not isinstance(names, list):
        raise document.fault(f"{key} must be a list of targets", key=key)
    picked = []
    for name in names:
        if name not in known:
            raise document.fault(f"there is no target {name}", "see the file of targets", key)
        if why := _usable(known[name]):
            raise document.fault(f"target {name} {why}", key=key)
        if known[name] in picked:
            raise document.fault(f"target {name} is named twice", key=key)
        picked.append(known[name])
    return tuple(picked)


def _discrepancies(
    section: Section, targets: Sequence[validate.Target], known: dict[str, validate.Target]
) -> dict[str, float]:
    share = section.number("share", 0.0) or 0.0
    for name in section:
        if name != "share" and name not in known:
            raise section.fault(f"there is no target {name}", "or `share`, for all", name)
        if (section.number(name) or 0.0) < 0:
            raise section.fault(f"discrepancy {name} must not be below zero", key=name)
    return {
        target.id: float(section.number(target.id, share * abs(target.value or 0.0)) or 0.0)
        for target in targets
    }


def _search(section: Section, count: int) -> Search:
    section.check_keys("search", set(), {"method", "initial", "evaluations", "starts"})
    method = section.text("method", METHODS[0])
    if method not in METHODS:
        raise section.fault(
            f"there is no method {method}", f"one of {', '.join(METHODS)}", "method"
        )
    initial = section.count("initial", 8 * count, least=count + 2)
    search = Search(
        method,
        initial,
        section.count("evaluations", 10 * initial, least=initial),
        section.count("starts", 1 if method == "history_matching" else 3),
    )
    if method == "history_matching" and "starts" in section:
        raise section.fault("history matching has no starts", "leave it out", "starts")
    if search.starts > initial:
        raise section.fault("more starts than points of the first design", key="starts")
    if method == "cma_es" and count < 2:
        raise section.fault("cma_es needs two parameters or more", "use history_matching", "method")
    return search


_REQUIRED = {"configuration", "targets", "fit", "parameters"}
_OPTIONAL = {
    *("held_out", "discrepancy", "replications", "confirm", "seed", "search", "draws", "note"),
}


def read_specification(path: Path) -> Specification:
    """Read a calibration file.

    Raises
    ------
    CalibrationError
        With file and line, when something in it is not what it should be.
    """
    document = read_lines(path)
    document.check_keys("a calibration", _REQUIRED, _OPTIONAL)
    configuration = path.parent / document.text("configuration")
    if not configuration.is_file():
        raise document.fault(f"there is no configuration {configuration}", key="configuration")
    file = path.parent / document.text("targets")
    if not file.is_file():
        raise document.fault(f"there is no file of targets {file}", key="targets")
    targets = validate.read_targets(file)
    known = {target.id: target for target in targets.targets}
    fitted = _picked(document, "fit", known)
    if not fitted:
        raise document.fault("names no target to fit", key="fit")
    if document.get("held_out") == "rest":
        held_out = tuple(t for t in targets.targets if t not in fitted and not _usable(t))
    else:
        held_out = _picked(document, "held_out", known)
    both = sorted({t.id for t in fitted} & {t.id for t in held_out})
    if both:
        raise document.fault(f"{', '.join(both)} cannot be fitted and held out", key="held_out")
    parameters = tuple(_parameter(section) for section in document.sections("parameters"))
    seen: set[str] = set()
    for parameter in parameters:
        if parameter.address in seen:
            raise parameter.section.fault(f"{parameter.address} is named twice", key="address")
        seen.add(parameter.address)
    replications = document.count("replications", 10, least=2)
    return Specification(
        path=path,
        configuration=configuration,
        targets=targets,
        fitted=fitted,
        held_out=held_out,
        discrepancy=_discrepancies(document.section("discrepancy"), (*fitted, *held_out), known),
        parameters=parameters,
        replications=replications,
        confirm=document.count("confirm", 4 * replications, least=2),
        seed=document.count("seed", 1, least=0),
        search=_search(document.section("search"), len(parameters)),
        draws=document.count("draws", 200),
    )
