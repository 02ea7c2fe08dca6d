"""``python -m carestair``: a picture of a result from the shell."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

import carestair
from carestair.errors import ResultError

# The same numbers as the exit codes of the simulator.
OK = 0
USER_ERROR = 2
DISK_ERROR = 3

_PICTURES = (".png", ".pdf", ".svg")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m carestair",
        description="Draws what a result file of carestair holds.",
        epilog="Exit codes: 0 done, 2 wrong arguments or file, 3 cannot write.",
    )
    parser.add_argument("--version", action="version", version=carestair.__version__)
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    picture = commands.add_parser(
        "picture", help="four panels: people by care step, changes, waiting, cost"
    )
    picture.add_argument("result", type=Path, help="file written by `carestair run`")
    picture.add_argument(
        "-o",
        "--output",
        type=Path,
        help="picture to write, .png, .pdf or .svg (default: the name of the result with .png)",
    )
    picture.add_argument("--scenario", help="compare this one only with the baseline")
    return parser


def _picture(path: Path, output: Path | None, scenario: str | None) -> int:
    target = output if output is not None else path.with_suffix(".png")
    if target.suffix.lower() not in _PICTURES:
        raise ResultError(
            "is not a kind of picture this can write", target, f"end it in {', '.join(_PICTURES)}"
        )
    with carestair.open(path) as result:
        figure = carestair.plot.picture(result, scenario)
        try:
            figure.savefig(target, dpi=150)
        except OSError as error:
            print(f"error: cannot write {target}: {error.strerror}", file=sys.stderr)
            return DISK_ERROR
    print(target)
    return OK


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command and return its exit code."""
    wanted = _parser().parse_args(arguments)
    try:
        return _picture(wanted.result, wanted.output, wanted.scenario)
    except ResultError as error:
        print(f"error: {error}", file=sys.stderr)
        return USER_ERROR


if __name__ == "__main__":
    sys.exit(main())
