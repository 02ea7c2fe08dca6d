"""Faults a user can mend: which file, what is wrong, what to do about it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path


class ResultError(Exception):
    """A result file that cannot be read or written, or a question it cannot answer.

    Parameters
    ----------
    message
        What is wrong, as the rest of a sentence that begins with the file.
    path
        The file; None when the fault is in an argument.
    hint
        What to do.
    """

    def __init__(self, message: str, path: Path | None = None, hint: str = "") -> None:
        self.path = path
        self.message = message
        self.hint = hint
        text = f"{path}: {message}" if path is not None else message
        super().__init__(f"{text}\n  {hint}" if hint else text)

    @classmethod
    def of_engine(cls, text: str, faults: Sequence[tuple[str, int, int, str, str]]) -> ResultError:
        """Return what the engine says of a file it cannot read or write."""
        file, _, _, message, hint = faults[0]
        return cls(message, Path(file) if file else None, hint)


class OutputError(ResultError):
    """A file or folder that cannot be written."""


class NoEventLogError(ResultError):
    """The run kept no event log."""


class NoPersonRowsError(ResultError):
    """The run kept no rows of persons."""


class NoDrawsError(ResultError):
    """The run was no experiment, or not one of the kind that the question needs."""


@dataclass(frozen=True)
class Fault:
    """One thing that is wrong with a configuration."""

    file: str  # empty where the fault is in an argument
    line: int  # from 1; 0 where it is not known
    column: int
    message: str
    hint: str


class ConfigurationError(Exception):
    """A configuration, or an argument of a run, that is not what it should be.

    The text is what the command prints: every fault with file, line and column, the lines around
    it, what was expected and the likely fix.

    Attributes
    ----------
    faults : tuple of Fault
        The same one by one, sorted by file and line.
    """

    def __init__(self, text: str, faults: Sequence[Fault] = ()) -> None:
        self.faults = tuple(faults)
        super().__init__(text)

    @classmethod
    def of_engine(
        cls, text: str, faults: Sequence[tuple[str, int, int, str, str]]
    ) -> ConfigurationError:
        """Return what the engine says of a configuration."""
        return cls(text, [Fault(*fault) for fault in faults])


class EngineMissingError(ImportError):
    """The package is there, but the engine in it was not built."""
