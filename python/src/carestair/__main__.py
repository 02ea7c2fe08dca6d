"""``python -m carestair``: a picture or a page of a result, a run against statistics."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import carestair
from carestair._output import check_page, refuse_to_overwrite
from carestair._waiting import engine
from carestair.errors import ConfigurationError, EngineMissingError, OutputError, ResultError
from carestair.running import MOST_REPLICATIONS, MOST_THREADS

# The same numbers as the exit codes of the simulator; MISSED is of validate alone.
OK = 0
FAULT = 1
MISSED = 1
USER_ERROR = 2
DISK_ERROR = 3
STOPPED = 130

_OWN_COMMANDS = ("calibrate", "picture", "report", "validate")
_PICTURES = (".png", ".pdf", ".svg")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        # `carestair picture` and the others come here by way of the simulator.
        prog=os.environ.get("CARESTAIR_CALLED", "python -m carestair"),
        description="Draws and reports results of carestair, holds the model against statistics.",
        epilog="Exit codes: 0 done, 1 a target is missed that is not known to be, "
        "2 wrong arguments or file, 3 cannot write, 130 stopped.",
    )
    parser.add_argument("--version", action="version", version=carestair.__version__)
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    _add_picture(
        commands.add_parser(
            "picture", help="four panels: people by care step, changes, waiting, cost"
        )
    )
    _add_report(
        commands.add_parser(
            "report", help="one page for those who decide: answer, charts, what it rests on"
        )
    )
    _add_validate(
        commands.add_parser(
            "validate", help="run a configuration and compare it with what is known"
        )
    )
    _add_calibrate(
        commands.add_parser("calibrate", help="fit parameters of a configuration to what is known")
    )
    return parser


def _add_picture(picture: argparse.ArgumentParser) -> None:
    picture.add_argument("result", type=Path, help="file written by `carestair run`")
    picture.add_argument(
        "-o",
        "--output",
        type=Path,
        help="picture to write, .png, .pdf or .svg (default: the name of the result with .png)",
    )
    picture.add_argument("--scenario", help="compare this one only with the baseline")


def _add_report(report: argparse.ArgumentParser) -> None:
    report.add_argument("result", type=Path, help="file written by `carestair run`")
    report.add_argument(
        "-o",
        "--output",
        type=Path,
        help="page to write, .html (default: the name of the result with .html)",
    )
    report.add_argument("--scenario", help="show this one when the page opens")
    report.add_argument(
        "--words",
        type=Path,
        metavar="FILE",
        help="title, question and scenarios of the study in another language (YAML)",
    )


def _add_validate(validate: argparse.ArgumentParser) -> None:
    validate.add_argument("config", type=Path, nargs="?", help="configuration (YAML) to run")
    validate.add_argument(
        "--targets",
        type=Path,
        metavar="FILE",
        help="what is known (default: targets/ beside the configuration, the file of its name)",
    )
    validate.add_argument(
        "-r",
        "--replications",
        type=_whole_number(MOST_REPLICATIONS),
        metavar="N",
        help="worlds (default: as in CONFIG)",
    )
    validate.add_argument(
        "--write", type=Path, metavar="FILE", help="also put the table into this Markdown page"
    )
    validate.add_argument(
        "-o", "--output", type=Path, metavar="FILE", help="keep the result (default: thrown away)"
    )
    validate.add_argument(
        "--definitions", action="store_true", help="print what each measure computes, and end"
    )


def _add_calibrate(calibrate: argparse.ArgumentParser) -> None:
    calibrate.add_argument("file", type=Path, help="calibration (YAML): docs/calibration.md")
    calibrate.add_argument(
        "-o",
        "--output",
        type=Path,
        metavar="FOLDER",
        help="where everything is stored (default: outputs/ and the name of FILE)",
    )
    calibrate.add_argument(
        "--resume", action="store_true", help="go on where the same calibration was stopped"
    )
    calibrate.add_argument(
        "--evaluations",
        type=_whole_number(MOST_REPLICATIONS),
        metavar="N",
        help="points to run (default: as in FILE)",
    )
    calibrate.add_argument(
        "-t",
        "--threads",
        type=_whole_number(MOST_THREADS),
        metavar="T",
        help="threads (default: all cores)",
    )
    calibrate.add_argument(
        "--write",
        type=Path,
        metavar="CONFIG",
        help="also put the fitted values into this file, for a configuration to include",
    )


def _whole_number(most: int) -> Callable[[str], int]:
    """Read a whole number from 1 on, and say what was expected as the simulator does."""

    def read(text: str) -> int:
        number = int(text) if text.isascii() and text.isdigit() else 0
        if not 1 <= number <= most:
            raise argparse.ArgumentTypeError(
                f"expected a whole number from 1 to {most}, not `{text}`"
            )
        return number

    return read


def _picture(path: Path, output: Path | None, scenario: str | None) -> int:
    target = output if output is not None else path.with_suffix(".png")
    if target.suffix.lower() not in _PICTURES:
        raise ResultError(
            "is not a kind of picture this can write", target, f"end it in {', '.join(_PICTURES)}"
        )
    refuse_to_overwrite(target, path)
    with carestair.open(path) as result:
        figure = carestair.plot.picture(result, scenario)
        try:
            figure.savefig(target, dpi=150)
        except OSError as error:
            return _cannot_write(target, error)
    print(target)
    return OK


def _report(wanted: argparse.Namespace) -> int:
    target: Path = wanted.output if wanted.output else wanted.result.with_suffix(".html")
    check_page(target)
    refuse_to_overwrite(target, wanted.result, wanted.words)
    with carestair.open(wanted.result) as result:
        page = carestair.report(result, scenario=wanted.scenario, words=wanted.words)
    try:
        target.write_text(page, encoding="utf-8")
    except OSError as error:
        return _cannot_write(target, error)
    print(target)
    return OK


def _validate(wanted: argparse.Namespace) -> int:
    from carestair import validate  # measures and YAML are not needed for a picture

    if wanted.definitions:
        print(validate.definitions(), end="")
        return OK
    if wanted.config is None:
        raise ResultError("name the configuration to run")
    try:
        fine = validate.validate(
            wanted.config,
            targets=wanted.targets,
            replications=wanted.replications,
            write=wanted.write,
            output=wanted.output,
        )
    except OSError as error:
        return _cannot_write(wanted.write or Path("result"), error)
    return OK if fine else MISSED


def _calibrate(wanted: argparse.Namespace) -> int:
    from carestair import calibration

    try:
        done = calibration.calibrate(
            wanted.file,
            output=wanted.output,
            resume=wanted.resume,
            evaluations=wanted.evaluations,
            threads=wanted.threads,
            write=wanted.write,
        )
    except OSError as error:
        return _cannot_write(wanted.write or wanted.output or Path("outputs"), error)
    except KeyboardInterrupt:
        print("\nstopped; go on with --resume", file=sys.stderr)
        return STOPPED
    print(f"{done}\n{done.folder}")
    return OK


def _cannot_write(target: Path, error: OSError) -> int:
    print(f"error: cannot write {error.filename or target}: {error.strerror}", file=sys.stderr)
    return DISK_ERROR


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command and return its exit code."""
    wanted = _parser().parse_args(arguments)
    try:
        if wanted.command == "validate":
            return _validate(wanted)
        if wanted.command == "report":
            return _report(wanted)
        if wanted.command == "calibrate":
            return _calibrate(wanted)
        return _picture(wanted.result, wanted.output, wanted.scenario)
    except ConfigurationError as error:
        print(error, file=sys.stderr)
        return USER_ERROR
    except ResultError as error:
        print(f"error: {error}", file=sys.stderr)
        return DISK_ERROR if isinstance(error, OutputError) else USER_ERROR
    except EngineMissingError as error:
        print(f"error: {error}", file=sys.stderr)
        return FAULT
    except KeyboardInterrupt:
        return STOPPED


def command(arguments: Sequence[str] | None = None) -> int:
    """Do what the command ``carestair`` does, all of it: what the engine knows and `main`."""
    words = sys.argv[1:] if arguments is None else list(arguments)
    if words and words[0] in _OWN_COMMANDS:
        os.environ.setdefault("CARESTAIR_CALLED", "carestair")
        return main(words)
    try:
        return int(engine().command(words))
    except EngineMissingError as error:
        print(f"error: {error}", file=sys.stderr)
        return FAULT


if __name__ == "__main__":
    sys.exit(main())
