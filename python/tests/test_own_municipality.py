"""The steps of configs/README.md to another municipality, taken as they stand."""

import csv
import re
import shutil
import subprocess
import sys

import pytest
import yaml
from conftest import REPOSITORY


@pytest.fixture
def folder(tmp_path):
    for part in ("configs/norway", "configs/selbu", "scripts/derive"):
        shutil.copytree(REPOSITORY / part, tmp_path / part)
    folder = tmp_path / "configs" / "storvik"
    folder.mkdir()
    text = (tmp_path / "configs/selbu/population.csv").read_text(encoding="utf-8")
    rows = list(csv.DictReader(text.splitlines()))
    lines = ["age,sex,value", *(f"{r['age']},{r['sex']},{3 * int(r['value'])}" for r in rows)]
    # As a spreadsheet writes it: a mark of bytes first, and lines that end in two characters.
    (folder / "population.csv").write_bytes("\r\n".join(lines).encode("utf-8-sig"))
    return folder


def proportion(folder, name="storvik"):
    script = folder.parents[1] / "scripts" / "derive" / "proportion.py"
    return subprocess.run([sys.executable, script, name], capture_output=True, text=True)


def test_another_municipality_is_made_as_the_page_says(folder, run):
    assert proportion(folder).returncode == 0
    page = (REPOSITORY / "configs" / "README.md").read_text(encoding="utf-8")
    blocks = re.findall(r"```yaml\n(.*?)```", page.split("## Another municipality")[1], re.DOTALL)
    for name, text in zip(("municipality", "baseline", "question"), blocks, strict=True):
        (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
    told = run("check", folder / "question.yaml")
    assert "Municipality  Storvik, 12 186 residents" in told
    assert "services.day_activity.capacity is multiplied by 2, from 36 to 72 persons" in told
    # As many move in as out: a residents' mean of the rates of moving out.
    assert re.search(r"In-movers     \d+ a year, [34]\.\d % of the residents", told)


def test_capacities_are_those_of_selbu_in_proportion(folder):
    proportion(folder)
    ours = yaml.safe_load((folder / "capacities.yaml").read_text(encoding="utf-8"))
    there = yaml.safe_load((folder.parent / "selbu" / "municipality.yaml").read_text("utf-8"))
    assert ours["services"].keys() == there["services"].keys()
    for service, said in there["services"].items():
        key = "hours_capacity" if "hours_capacity" in said else "capacity"
        for end in ("value", "low", "high"):
            # Three times as many of every age.
            assert ours["services"][service][key][end] == 3 * said[key][end], service
    assert ours["volunteers"]["coordinator_hours_per_week"]["value"] == 3 * 18


@pytest.mark.parametrize(("name", "residents"), [("larger", "80000"), ("town", "50000")])
def test_larger_places_are_what_their_script_makes_of_selbu(folder, name, residents):
    configs = folder.parent
    (configs / name).mkdir()
    script = configs.parent / "scripts" / "derive" / "larger.py"
    done = subprocess.run(
        [sys.executable, script, name, residents], capture_output=True, text=True, check=True
    )
    for table in ("population.csv", "in-per-1000.csv"):
        made = (configs / name / table).read_bytes()
        assert made == (REPOSITORY / "configs" / name / table).read_bytes(), table
    printed = dict(re.findall(r"^(\w+): (\d+)", done.stdout, re.MULTILINE))
    assert len(printed) > 20
    written = REPOSITORY / "configs" / name / "municipality.yaml"
    here = yaml.safe_load(written.read_text(encoding="utf-8"))["services"]
    there = yaml.safe_load((configs / "selbu" / "municipality.yaml").read_text("utf-8"))["services"]
    for service, capacity in printed.items():
        key = "hours_capacity" if "hours_capacity" in here[service] else "capacity"
        said = here[service][key]
        # Copied by hand, and some rounded.
        assert said["value"] == pytest.approx(int(capacity), rel=0.02, abs=1), service
        if of_selbu := re.match(r"([\d ]+) in Selbu", said["note"]):
            from_there = there[service][key]["value"]
            assert int(of_selbu[1].replace(" ", "")) == from_there, service


def test_what_is_there_is_left_and_what_is_missing_is_told(folder):
    proportion(folder)
    again = proportion(folder)
    assert again.returncode == 1
    assert "is there already" in again.stderr
    assert "configs/nowhere/population.csv is not there" in proportion(folder, "nowhere").stderr
    (folder / "capacities.yaml").unlink()
    (folder / "in-per-1000.csv").unlink()
    (folder / "population.csv").write_text("age;sex;value\n0;male;3\n")
    assert "columns are age,sex,value" in proportion(folder).stderr
