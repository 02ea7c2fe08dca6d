"""The baseline misses no target that it is not known to miss."""

from __future__ import annotations

import sys
from pathlib import Path

import carestair
import pytest

sys.path.insert(0, str(Path(__file__).parent))

import measures
import validate


@pytest.fixture(scope="module")
def results(tmp_path_factory):
    if validate.find_program() is None:
        pytest.skip("THE PROGRAM IS NOT BUILT, SO THE MODEL IS NOT VALIDATED")
    folder = tmp_path_factory.mktemp("validation")
    with (
        carestair.open(validate.run("baseline.yaml", folder)) as baseline,
        carestair.open(validate.run("lives.yaml", folder, "--events")) as lives,
    ):
        yield baseline, lives


def test_nothing_new_is_missed(results):
    checked = validate.check(*results)
    new = [c.id for c in checked if not c.inside and not c.known]
    assert not new, "\n" + validate.as_text(checked)


def test_the_log_shows_nearly_all_holders(results):
    """What `turnover` cannot see: services that neither begin nor end in twenty years."""
    _, lives = results
    events = lives.events
    day = lives.indicators["time"].sel(time="2022-12").to_index()[0]
    seen = len(measures.holders(events, day))
    held = float(lives.total("recipients_any").sel(time=day).sum())
    assert seen <= held
    assert seen >= 0.9 * held


def test_the_page_holds_a_table():
    page = validate.PAGE.read_text()
    assert page.index(validate.BEGIN) < page.index("| target |") < page.index(validate.END)
