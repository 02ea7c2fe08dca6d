#!/usr/bin/env python3
"""Holds the includes of sim/ to the plan of the house.

Every room may include itself and the rooms listed here, and only some rooms may use a given
library of others. `check_rooms.py` reports each include that breaks the plan;
`check_rooms.py --self-test` shows that planted violations are found.
"""

from __future__ import annotations

import argparse
import re
import sys
import tempfile
from pathlib import Path

_BELOW_RECORD = {"base", "random", "engine", "model", "config", "synth", "processes"}

# room -> rooms it may include, besides itself
ROOMS: dict[str, set[str]] = {
    "base": set(),
    "random": {"base"},
    "engine": {"base", "random"},
    "model": {"base"},
    "config": {"base", "model"},
    "synth": {"config", "model", "random", "base"},
    "processes": {"synth", "engine", "model", "config", "random", "base"},
    "record": {"model", "base"},
    "experiment": _BELOW_RECORD | {"record"},
    "output": {"record", "config", "model", "base"},
    "batch": _BELOW_RECORD | {"record", "experiment", "output"},
    "cli": _BELOW_RECORD | {"record", "experiment", "output", "batch"},
    "python": _BELOW_RECORD | {"record", "experiment", "output", "batch", "cli"},
}

# first part of an include path -> (library, rooms that may use it, .cpp files only)
_EVERYWHERE = set(ROOMS)
LIBRARIES: dict[str, tuple[str, set[str], bool]] = {
    "Random123": ("Random123", {"random"}, False),
    "yaml-cpp": ("yaml-cpp", {"config"}, True),
    "Eigen": ("Eigen", {"synth", "processes"}, True),
    "unsupported": ("Eigen", {"synth", "processes"}, True),
    "tbb": ("TBB", {"experiment"}, False),
    "oneapi": ("TBB", set(), False),  # <tbb/...>, which the thread sanitizer's stand-in replaces
    "hdf5.h": ("HDF5", {"output"}, False),
    "hdf5_hl.h": ("HDF5", {"output"}, False),
    "H5Cpp.h": ("HDF5", {"output"}, False),
    "zlib.h": ("zlib", {"output"}, False),
    "CLI": ("CLI11", {"cli"}, False),
    "nlohmann": ("nlohmann-json", {"config", "output", "cli", "experiment"}, False),
    "nanobind": ("nanobind", {"python"}, True),
    "fmt": ("fmt", _EVERYWHERE, False),
}

# Headers of the operating system that are neither the standard library's nor a library of others.
_SYSTEM = {
    "unistd.h", "fcntl.h", "signal.h", "time.h", "errno.h", "dirent.h", "pthread.h", "sched.h",
    "spawn.h", "sys", "linux", "x86intrin.h", "immintrin.h",
}  # fmt: skip
_SYSTEM_ROOMS = {"base", "experiment", "output", "cli"}

_INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^>"]+)[>"]')
_SOURCES = {".hpp", ".cpp", ".h", ".inl"}


def judge(room: str, is_source: bool, quote: str, target: str) -> str | None:
    """What is wrong with one include of a file of `room`, or None."""
    first = target.split("/")[0]
    if quote == '"':
        if first not in ROOMS or "/" not in target:
            return f'"{target}" does not start with a room: write "room/file.hpp"'
        if first != room and first not in ROOMS[room]:
            allowed = ", ".join(sorted(ROOMS[room])) or "no other room"
            return f'{room} may not include {first} (it may include {allowed}): "{target}"'
        return None
    if first in LIBRARIES:
        library, rooms, source_only = LIBRARIES[first]
        if room not in rooms:
            return f"{library} belongs in {', '.join(sorted(rooms))} only: <{target}>"
        if source_only and not is_source:
            return f"{library} belongs in .cpp files, to keep compiling fast: <{target}>"
        return None
    if first in ROOMS and "/" in target:
        return f'our own headers are included with quotes: "{target}"'
    if first in _SYSTEM:
        if room in _SYSTEM_ROOMS:
            return None
        return f"operating-system headers belong in {', '.join(sorted(_SYSTEM_ROOMS))}: <{target}>"
    if "/" in target or "." in target:
        return f"unknown library, add it to the table of check_rooms.py: <{target}>"
    return None


def check(sim: Path) -> list[str]:
    """All violations below `sim`, as file:line: message."""
    found: list[str] = []
    for path in sorted(p for p in sim.rglob("*") if p.suffix in _SOURCES):
        room = path.relative_to(sim).parts[0]
        if room not in ROOMS:
            found.append(f"{path}:1: {room} is not a room")
            continue
        lines = path.read_text(encoding="utf-8").splitlines()
        for number, line in enumerate(lines, start=1):
            match = _INCLUDE.match(line)
            if match:
                wrong = judge(room, path.suffix == ".cpp", match[1], match[2])
                if wrong:
                    found.append(f"{path}:{number}: {wrong}")
    return found


def self_test() -> list[str]:
    """Plant violations and allowed includes; return what was judged otherwise than expected."""
    planted = [
        # file, include line, is a violation
        ("base/a.hpp", '#include "engine/clock.hpp"', True),
        ("engine/a.hpp", '#include "model/state.hpp"', True),
        ("record/a.cpp", '#include "processes/falls.hpp"', True),
        ("output/a.cpp", '#include "experiment/plan.hpp"', True),
        ("model/a.hpp", '#include "state.hpp"', True),
        ("config/a.hpp", "#include <yaml-cpp/yaml.h>", True),
        ("synth/a.hpp", "#include <Eigen/Dense>", True),
        ("engine/a.cpp", "#include <tbb/parallel_for.h>", True),
        ("experiment/a.cpp", "#  include <hdf5.h>", True),
        ("processes/a.cpp", "#include <Random123/philox.h>", True),
        ("processes/a.cpp", "#include <boost/math/distributions.hpp>", True),
        ("model/a.cpp", "#include <unistd.h>", True),
        ("garden/a.cpp", "#include <vector>", True),
        ("base/a.hpp", "#include <vector>", False),
        ("engine/a.hpp", '#include "engine/clock.hpp"', False),
        ("processes/falls/a.hpp", '#include "engine/clock.hpp"', False),
        ("config/a.cpp", "#include <yaml-cpp/yaml.h>", False),
        ("random/a.hpp", "#include <Random123/philox.h>", False),
        ("synth/a.cpp", "#include <Eigen/Dense>", False),
        ("experiment/a.cpp", '#include "record/indicator.hpp"', False),
        ("cli/a.cpp", '#include "output/writer.hpp"', False),
        ("model/a.hpp", "#include <fmt/format.h>", False),
        ("base/a.cpp", '// #include "engine/clock.hpp"', False),
    ]
    surprises = []
    for name, line, violates in planted:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / name
            path.parent.mkdir(parents=True)
            path.write_text(f"#pragma once\n{line}\n", encoding="utf-8")
            if bool(check(Path(folder))) != violates:
                verdict = "was not found" if violates else "was refused"
                surprises.append(f"{name}: {line} {verdict}")
    return surprises


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--self-test", action="store_true", help="check this checker")
    parser.add_argument(
        "sim", nargs="?", type=Path, default=Path(__file__).resolve().parent.parent / "sim"
    )
    options = parser.parse_args()
    problems = self_test() if options.self_test else check(options.sim)
    for problem in problems:
        print(problem)
    if not problems:
        print("planted violations are all found" if options.self_test else "rooms are in order")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
