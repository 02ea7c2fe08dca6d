"""What a result file says of the run it comes from."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from pathlib import Path
from typing import Any, TypeVar

import pandas as pd
import yaml

from carestair import _file
from carestair.errors import ResultError

T = TypeVar("T")


class About:
    """What a run was a run of: its scenarios, worlds, period and origin."""

    path: Path
    _identity: _file.Identity | None = None  # of the file that was opened; None: in memory

    def __init__(self, path: Path) -> None:
        self.path = path
        self._identity = _file.identity(path)  # before anything is read from it
        self._header = _file.read_header(path)

    def check_unchanged(self) -> None:
        """See that the file is still the one that was opened, lest two runs be mixed.

        Raises
        ------
        ResultError
            When another has taken its place, or it was written to. Nothing is said of a file that
            is gone: whoever opens it says so.
        """
        now = _file.identity(self.path)
        if self._identity is not None and now not in (None, self._identity):
            raise ResultError(
                "was written anew since it was opened",
                self.path,
                "open it again with carestair.open, or give each run an output of its own",
            )

    def _read(self, read: Callable[..., T], *arguments: Any) -> T:
        """Return `read(path, *arguments)` of the file that was opened."""
        self.check_unchanged()
        return read(self.path, *arguments)

    def of_services(self, what: str) -> dict[str, str]:
        """Return what the file says of each service, by id: ``service_form``, say."""
        return self._read(_file.read_beside, "service", what)

    def of_units(self, what: str) -> dict[str, str]:
        """Return what the file says of each unit, by id: ``unit_title``, say."""
        return self._read(_file.read_beside, "unit", what)

    @property
    def title(self) -> str:
        """Title of the study."""
        return self._header.title

    @property
    def question(self) -> str:
        """Return the question the study asks."""
        return self._header.question

    @property
    def scenarios(self) -> tuple[str, ...]:
        """Ids of the scenarios; the first is the baseline."""
        return self._header.scenarios

    @property
    def baseline(self) -> str:
        """Id of the scenario the others are compared with."""
        return self.scenarios[0]

    @property
    def policies(self) -> tuple[str, ...]:
        """Ids of the scenarios to choose among: those as written, without the baseline."""
        structures = self._header.scenario_structures
        written = [s for s, of in zip(self.scenarios, structures, strict=True) if not of]
        return tuple(written[1:])

    @property
    def structures(self) -> tuple[str, ...]:
        """Ids of the structures in which every scenario is lived besides the one as written."""
        return tuple(dict.fromkeys(s for s in self._header.scenario_structures if s))

    def in_structure(self, scenario: str, structure: str) -> str:
        """Return the id of the scenario that is ``scenario`` (as written) in a structure."""
        header = self._header
        cells = zip(header.scenario_policies, header.scenario_structures, strict=True)
        ids = dict(zip(cells, self.scenarios, strict=True))
        if (scenario, structure) not in ids:
            known = ", ".join(self.structures) or "none but the one as written"
            raise ResultError(
                f"has no scenario `{scenario}` in the structure `{structure}`",
                self.path,
                f"structures: {known}",
            )
        return ids[scenario, structure]

    @property
    def scenario_titles(self) -> dict[str, str]:
        """Title of each scenario by id."""
        return dict(zip(self.scenarios, self._header.scenario_titles, strict=True))

    @property
    def scenario_descriptions(self) -> dict[str, str]:
        """What each scenario changes, by id."""
        return dict(zip(self.scenarios, self._header.scenario_descriptions, strict=True))

    @property
    def municipalities(self) -> tuple[str, ...]:
        """Ids of the municipalities."""
        return self._header.municipalities

    @property
    def municipality_titles(self) -> dict[str, str]:
        """Name of each municipality by id."""
        return dict(zip(self.municipalities, self._header.municipality_titles, strict=True))

    @property
    def population(self) -> int:
        """Residents of the synthetic population, all municipalities together."""
        return sum(self._header.populations)

    @property
    def replications(self) -> int:
        """Replications in the file."""
        return self._header.replications

    @property
    def replications_planned(self) -> int:
        """Replications the run was asked for."""
        return self._header.replications_planned

    @property
    def design(self) -> str:
        """How parameters vary, ``latin_hypercube`` say; empty in a run that holds them fixed."""
        return self._header.design

    @property
    def replications_per_draw(self) -> int:
        """Replications of each draw, one draw after the other; 0 where no parameters vary."""
        return self._header.replications_per_draw

    @property
    def complete(self) -> bool:
        """Whether the run came to its end."""
        return self._header.complete

    @property
    def seed(self) -> int:
        """Seed of the run."""
        return self._header.seed

    @property
    def configuration_sha256(self) -> str:
        """SHA-256 of the resolved configuration, in hexadecimal."""
        return self._header.configuration_sha256

    @property
    def command(self) -> str:
        """Return the command that made the file."""
        return self._header.command

    @property
    def program_version(self) -> str:
        """Version of the simulator that wrote the file."""
        return self._header.program_version

    @property
    def git_commit(self) -> str:
        """Commit the simulator was built from."""
        return self._header.git_commit

    @property
    def has_events(self) -> bool:
        """Whether the run kept its event log."""
        return self._header.event_log

    @property
    def has_person_rows(self) -> bool:
        """Whether the run kept a row a person."""
        return self._header.person_rows

    @property
    def format_version(self) -> tuple[int, int]:
        """Version of the file format, (major, minor)."""
        return self._header.format_version

    @property
    def start(self) -> pd.Timestamp:
        """First day reported."""
        return self._header.start

    @cached_property
    def config(self) -> str:
        """Resolved configuration as YAML: every value with its unit and source."""
        return self._read(_file.read_configuration)

    @cached_property
    def configured(self) -> dict[str, Any]:
        """Resolved configuration as it would be read again."""
        loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
        read: dict[str, Any] = yaml.load(self.config, loader)
        return read

    @cached_property
    def draws(self) -> pd.DataFrame:
        """Values of the parameters that vary, shape (draw, varied); without rows if none do.

        Units stand in ``attrs["units"]``: ``position`` is that of a table between its low (-1)
        and its high (1) end, ``ratio`` a factor. Replications of draw i are those from
        ``i * replications_per_draw`` on.
        """
        return self._read(_file.read_draws)

    @cached_property
    def evidence(self) -> pd.DataFrame:
        """Numbers of the configuration and what stands behind them.

        Indexed by ``address``, with the columns ``value``, ``low``, ``high`` (in ``unit``; NaN for
        a table or where no range is given), ``unit``, ``source``, ``kind`` and ``note``.
        """
        return self._read(_file.read_evidence)
