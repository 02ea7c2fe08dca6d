"""The baseline misses no target that it is not known to miss; patterns neither."""

from __future__ import annotations

from pathlib import Path

import carestair
import pytest
import yaml
from carestair import measures, validate
from carestair.errors import EngineMissingError

REPOSITORY = Path(__file__).resolve().parents[2]
CONFIGS = REPOSITORY / "configs"
PAGE = REPOSITORY / "docs" / "validation.md"
STUDIES = (
    "selbu/validation",
    "selbu/patterns",
    "selbu/people",
    "selbu/held-out-years",
    "larger/patterns",
    "larger/projection",
)


@pytest.fixture(autouse=True)
def in_the_repository(monkeypatch):
    """Where the program is found as built."""
    monkeypatch.chdir(REPOSITORY)


@pytest.fixture(scope="module")
def run(tmp_path_factory):
    folder = tmp_path_factory.mktemp("validation")

    def run(study: str, replications: int | None = None):
        config = CONFIGS / f"{study}.yaml"
        targets = validate.read_targets(validate.targets_of(config))
        result = folder / f"{study.replace('/', '-')}.h5"
        if not result.exists():
            try:
                validate.run(config, result, replications=replications, log=targets.from_log)
            except EngineMissingError:
                pytest.skip("THE ENGINE IS NOT BUILT, SO THE MODEL IS NOT VALIDATED")
        return targets, carestair.open(result)

    return run


@pytest.mark.parametrize("study", ["selbu/validation", "selbu/patterns", "selbu/people"])
def test_nothing_new_is_missed(run, study):
    targets, result = run(study)
    with result:
        checked = validate.check(targets, result)
    new = [c.target.id for c in checked if c.missed and not c.known]
    assert not new, "\n" + validate.as_text(checked, targets)


def test_every_target_of_the_baseline_is_measured(run):
    targets, result = run("selbu/validation")
    with result:
        missing = {c.target.id: c.missing for c in validate.check(targets, result) if c.missing}
    assert not missing


def test_the_log_shows_nearly_all_holders(run):
    """What `Turnover` cannot see: services that neither begin nor end in twenty years."""
    _, result = run("selbu/validation")
    with result:
        day = result.indicators["time"].sel(time="2022-12").to_index()[0]
        seen = len(measures.holders(result.events, day))
        held = float(result.total("recipients_any").sel(time=day).sum())
    assert seen <= held
    assert seen >= 0.9 * held


@pytest.mark.parametrize("study", STUDIES)
def test_the_page_holds_the_tables(study):
    page = PAGE.read_text()
    begin = page.index(f"<!-- carestair validate configs/{study}.yaml -->")
    assert begin < page.index("| target |", begin) < page.index(validate.END, begin)


@pytest.mark.parametrize("study", STUDIES)
def test_the_targets_name_known_sources_and_scenarios(study):
    config = CONFIGS / f"{study}.yaml"
    targets = validate.read_targets(validate.targets_of(config))
    known = set()
    for file in [*(CONFIGS / "norway").glob("*.yaml"), CONFIGS / "selbu" / "municipality.yaml"]:
        known |= set(yaml.safe_load(file.read_text(encoding="utf-8")).get("sources", {}))
    for target in targets.targets:
        assert set(target.sources) <= known, target.id
        scenarios = yaml.safe_load(config.read_text()).get("scenarios", {"baseline": {}})
        assert {target.scenario, target.relative_to} <= {"", *scenarios}, target.id
