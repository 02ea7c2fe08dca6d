"""A result as one HTML page that works offline, for those who decide and those who check."""

from __future__ import annotations

import os
from pathlib import Path

from carestair._output import check_page, refuse_to_overwrite
from carestair.comparison import needs_result
from carestair.errors import ResultError
from carestair.result import Result

__all__ = ["report"]


def report(
    result: Result,
    output: str | os.PathLike[str] | None = None,
    *,
    scenario: str | None = None,
    words: str | os.PathLike[str] | None = None,
) -> str:
    """Make one HTML page of a result: question, answer, charts, what it rests on.

    The page holds everything it needs, in Norwegian and in English, so it can be sent by mail.

    Parameters
    ----------
    result
        An open result with at least two scenarios.
    output
        File to write, ``.html`` or ``.htm``; nothing is written when left out.
    scenario
        Show this one when the page opens; the first besides the baseline when left out. All can be
        chosen on the page.
    words
        YAML file with title, question and scenarios of the study in other languages.

    Returns
    -------
    str
        The page.

    Raises
    ------
    ResultError
        When there is nothing to report on, the words are not what they should be, or the output is
        no page by its name or a file that is read.
    """
    needs_result(result)
    told = Path(words) if words is not None else None
    if output is not None:
        refuse_to_overwrite(Path(output), result.path, told)
        check_page(Path(output))
    try:
        from carestair.reporting import page  # the charts' library is needed for nothing else
    except ImportError as error:
        raise ResultError(
            f"a report needs the Python package {error.name}",
            hint="scripts/install-dependencies.sh installs it; or `pip install ./python`",
        ) from error
    html = page.build(result, scenario, told)
    if output is not None:
        Path(output).write_text(html, encoding="utf-8")
    return html
