"""Files to be written: none takes the place of one that is read, a page is called one."""

from __future__ import annotations

import os
from pathlib import Path

from carestair.errors import ResultError


def refuse_to_overwrite(output: Path, *inputs: Path | None, option: str = "-o") -> None:
    """Refuse an output that is one of the inputs, also by another name or a link.

    Parameters
    ----------
    output
        File to be written.
    inputs
        Files that are read, or written besides; None stands for none.
    option
        By which option of the command the output is named.

    Raises
    ------
    ResultError
        Before anything is read or written.
    """
    for other in inputs:
        if other is not None and _is_same(output, other):
            same = os.fspath(output) == os.fspath(other)
            raise ResultError(
                "would overwrite itself: it is named twice"
                if same
                else f"is the same file as {other}, which it would overwrite",
                output,
                f"choose another name with {option}",
            )


def check_page(output: Path) -> None:
    """Refuse a name for a page that no browser would open as one.

    Raises
    ------
    ResultError
        Before anything is read or written.
    """
    if output.suffix.lower() not in (".html", ".htm"):
        raise ResultError("is not a page this can write", output, "end it in .html")


def _is_same(one: Path, other: Path) -> bool:
    try:
        return one.samefile(other)
    except OSError:  # one of them is not there yet
        return one.resolve() == other.resolve()
