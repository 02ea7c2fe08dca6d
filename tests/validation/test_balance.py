"""Need and cognition at the start are in balance with the rates: while ages stay, they stay."""

from __future__ import annotations

from pathlib import Path

import carestair
import numpy as np
import pytest
from carestair.errors import EngineMissingError

TOWN = Path(__file__).resolve().parents[2] / "configs" / "town"
OLD = ["67-79", "80-89", "90+"]


@pytest.fixture(scope="module")
def town(tmp_path_factory):
    """The town after one and after twenty years of burn-in."""
    folder = tmp_path_factory.mktemp("balance")

    def after(years: int):
        config = {"include": "balance.yaml", "simulation": {"burn_in_years": years}}
        out = folder / f"{years}.h5"
        return carestair.run(config, folder=TOWN, output=out, progress=False)

    try:
        with after(1) as soon, after(20) as later:
            yield soon, later
    except EngineMissingError:
        pytest.skip("the engine is not built")


@pytest.mark.parametrize(
    ("indicator", "axis"), [("population", "need_level"), ("persons_by_cognition", "cognition")]
)
def test_the_start_stays(town, indicator, axis):
    def counted(result):
        counts = result.total(indicator, by=["age_group", axis], age_group=OLD)
        return counts.isel(time=0).sum("replication").squeeze(drop=True).to_numpy()

    soon, later = (counted(result) for result in town)
    for age, before, after in zip(OLD, soon, later, strict=True):
        share, now = before / before.sum(), after / after.sum()
        # Four standard deviations of chance over eight replications, the worst of twelve shares by
        # chance once in a thousand; and 6 % of the share, to which the rates were fitted.
        chance = np.sqrt(share * (1 - share) * (1 / before.sum() + 1 / after.sum()))
        apart = np.abs(now - share)
        assert (apart <= 4 * chance + 0.06 * share).all(), f"{age}: {share} and {now}"
