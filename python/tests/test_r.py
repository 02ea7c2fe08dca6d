"""The lines of R in docs/python.md run, and read the numbers that the package reads."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

PAGE = Path(__file__).resolve().parents[2] / "docs" / "python.md"
BLOCKS = re.findall(r"```r\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)


def said_by_r(lines, package):
    """Return what R prints, by line; skips where R or the package is not installed."""
    program = shutil.which("Rscript")
    if program is None:
        pytest.skip("no R: install r-base-core")
    asked = subprocess.run(
        [program, "-e", f'cat(requireNamespace("{package}", quietly = TRUE))'],
        capture_output=True,
        text=True,
        check=True,
    )
    if asked.stdout != "TRUE":
        pytest.skip(f"no package {package} for R")
    ran = subprocess.run([program, "-e", lines], capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr
    return ran.stdout.splitlines()


def block(package, result_file):
    """Return the lines of the page that use a package, on a result, drawing nowhere."""
    (lines,) = (b for b in BLOCKS if f"library({package})" in b)
    assert '"outputs/selbu-reablement.h5"' in lines
    return "pdf(NULL)\n" + lines.replace("outputs/selbu-reablement.h5", str(result_file))


def test_ncdf4_reads_with_names(result, result_file):
    asks = 'cat(apply(home, 3, mean), sep = "\\n"); cat(format(range(day)), sep = "\\n")'
    *means, first, last = said_by_r(block("ncdf4", result_file) + asks, "ncdf4")
    ours = result.total("waiting", service="nursing_home").mean(("replication", "time"))
    assert [float(mean) for mean in means] == pytest.approx(list(ours.values), rel=1e-5)
    months = result.indicators["time"].to_index()
    assert [first, last] == [str(months[0].date()), str(months[-1].date())]


def test_rhdf5_reads_in_the_same_order(result, result_file):
    asks = (
        'cat(h5readAttributes(path, "indicators/waiting")$units, "\\n");'
        'cat(length(service), "\\n");'
        'cat(mean(waiting), "\\n"); cat(dim(waiting), "\\n"); cat(format(day[1]), "\\n")'
    )
    *_, unit, services, mean, shape, first = said_by_r(block("rhdf5", result_file) + asks, "rhdf5")
    waiting = result.indicators["waiting"]
    assert unit.strip() == waiting.attrs["units"] == "persons"
    assert int(services) == result.indicators.sizes["service"]
    assert float(mean) == pytest.approx(float(waiting.mean()), rel=1e-5)
    months = result.indicators["time"].to_index()
    assert int(shape.split()[0]) == len(months)
    assert first.strip() == str(months[0].date())
