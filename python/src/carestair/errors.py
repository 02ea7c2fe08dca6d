"""Faults a user can mend: which file, what is wrong, what to do about it."""

from __future__ import annotations

from pathlib import Path


class ResultError(Exception):
    """A result file that cannot be read, or a question it cannot answer.

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


class NoEventLogError(ResultError):
    """The run kept no event log."""


class NoPersonRowsError(ResultError):
    """The run kept no rows of persons."""


class NoDrawsError(ResultError):
    """The run was no experiment, or not one of the kind that the question needs."""
