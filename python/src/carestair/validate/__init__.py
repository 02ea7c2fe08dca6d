"""A run of a configuration against what is known: which targets it meets, and which it misses.

Targets are a YAML file. Each names a measure (see `carestair.measures`), the years it is taken
over, what a source says, and the range still accepted; `se` is the standard error of the source
where it is better known than by that range. A calibration (`carestair.calibration`) fits to them.
"""

from __future__ import annotations

import tempfile
from pathlib import Path

import carestair
from carestair._output import refuse_to_overwrite
from carestair.validate.checks import Checked, check, input_sources, measured
from carestair.validate.targets import (
    Target,
    Targets,
    ValidationError,
    number,
    read_targets,
    targets_of,
)
from carestair.validate.telling import (
    END,
    around_table,
    as_markdown,
    as_text,
    definitions,
    name_of,
    summary,
    write_page,
)

__all__ = [
    "END",
    "Checked",
    "Target",
    "Targets",
    "ValidationError",
    "as_markdown",
    "as_text",
    "check",
    "definitions",
    "input_sources",
    "measured",
    "name_of",
    "number",
    "read_targets",
    "run",
    "summary",
    "targets_of",
    "validate",
    "write_page",
]


def run(config: Path, result: Path, *, replications: int | None = None, log: bool = False) -> None:
    """Run a configuration into a result file, in this process."""
    carestair.run(config, output=result, replications=replications, events=log).close()


def validate(
    config: Path,
    *,
    targets: Path | None = None,
    replications: int | None = None,
    write: Path | None = None,
    output: Path | None = None,
) -> bool:
    """Run a configuration, print how it compares, and say whether nothing new is missed.

    Parameters
    ----------
    config
        Configuration to run.
    targets
        File of targets; without it ``targets/<name of config>`` beside the configuration.
    replications
        In place of those of the configuration.
    write
        Page to put the table into, between the marks named after the configuration.
    output
        Where to keep the result file; without it it is thrown away.

    Raises
    ------
    ValidationError
        When the targets or the page are not what they should be, or nothing could be checked.
    ResultError
        When page or result would be written over what is read, or cannot be written.
    """
    file = targets if targets is not None else targets_of(config)
    if write is not None:
        refuse_to_overwrite(write, config, file, output, option="--write")
        around_table(write, config)  # what is wrong with the page is told before anything is run
    if output is not None:
        refuse_to_overwrite(output, config, file)
    read = read_targets(file)
    if not read.targets:
        raise ValidationError(
            "holds no targets that are not left out",
            file,
            "nothing would be checked: list some under `targets`",
        )
    with tempfile.TemporaryDirectory(prefix="carestair-") as folder:
        path = output if output is not None else Path(folder) / "result.h5"
        run(config, path, replications=replications, log=read.from_log)
        with carestair.open(path) as result:
            checked = check(read, result)
            table = as_markdown(checked, read, result)
    if not any(c.recorded for c in checked):
        print(as_text(checked, read), end="")
        raise ValidationError(
            "nothing was checked: the run records none of its targets",
            file,
            "the reason of each stands above; see that it is the file of this configuration",
        )
    if write is not None:
        write_page(write, config, table)
    print(as_text(checked, read), end="")
    return not any(c.missed and not c.known for c in checked)
