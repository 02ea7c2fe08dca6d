"""Where the page tells of places, it counts kind by kind."""

import dataclasses

import numpy as np
import pytest
import xarray as xr

from carestair.plot import series
from carestair.reporting import basis, places, texts
from carestair.reporting.account import doubt
from carestair.reporting.content import gather
from carestair.reporting.said import said


def rooms(needed, capacity, overflow=None):
    """Baseline and a scenario in one world, two kinds of place in one municipality."""

    def array(values):
        dims = ("scenario", "replication", "municipality", "service", "time")
        shape = (2, 1, 1, 2, -1)
        data = np.asarray(values, dtype=float).reshape(shape)
        coords = {"scenario": ["baseline", "s"], "service": ["housing", "nursing_home"]}
        return xr.DataArray(data, dims=dims, coords=coords)

    return places.Places(
        array(needed), array(capacity), None if overflow is None else array(overflow)
    )


MONTHS = series.Periods(
    position=np.array([2020.0, 2020.1]),
    days=np.array([31.0, 29.0]),
    index=np.array([0, 1]),
    month_days=np.array([31.0, 29.0]),
    yearly=False,
    names=("Jan 2020", "Feb 2020"),
)


def test_room_in_one_kind_of_place_is_no_help_to_who_needs_another():
    # Fewer than the 30 places in all, but two too many in the nursing home of the baseline.
    needed = [[[22, 22], [5, 7]], [[22, 22], [5, 5]]]
    room = rooms(needed, [[[25, 25], [5, 5]]] * 2)
    chart = places.worst_chart(room, MONTHS, "baseline", "s")
    assert (chart["baseline"], chart["scenario"]) == ([0.0, 1.0], [0.0, 0.0])
    lacking = places.exceed_chart(room, MONTHS, "baseline", "s")
    assert (lacking["x"], lacking["baseline"]) == ([1, 2, 3], [1.0, 1.0, 0.0])
    assert lacking["scenario"] == [0.0, 0.0, 0.0]
    assert places.more_for(room, MONTHS, "baseline", 0.9) == 2
    assert places.more_for(room, MONTHS, "s", 0.9) == 0


def test_a_place_beyond_capacity_counts_though_it_is_gone_by_the_end_of_the_month():
    even = [[[20, 20], [5, 5]]] * 2
    overflow = [[[0, 0], [3, 0]], [[0, 0], [0, 0]]]
    chart = places.worst_chart(rooms(even, even, overflow), MONTHS, "baseline", "s")
    assert (chart["baseline"], chart["scenario"]) == ([1.0, 0.0], [0.0, 0.0])


def test_whoever_overflows_lacks_a_place_on_the_page(result):
    found = gather(result)
    beyond = result.total("overflow_days", by="service", service="nursing_home") > 0
    share = beyond.isel(service=0).mean("replication")  # three years are shown by month
    assert float(share.max()) > 0
    for who, scenario in (("baseline", result.baseline), ("scenario", "doubled")):
        said_short = np.array(found.charts["doubled"]["worst"][who])
        assert (said_short >= share.sel(scenario=scenario).values - 1e-4).all()


@pytest.mark.parametrize("language", texts.LANGUAGES)
def test_places_are_told_kind_by_kind(result, language):
    found = gather(result)
    words = texts.read(language)
    (figure,) = (f for f in found.figures if f.id == "exceed")
    (nursing_home,) = np.unique(
        result.total("capacity", by="service", service="nursing_home").isel(time=-1)
    )
    named = {"en": "nursing home, long stay", "nb": "sykehjem, langtidsopphold"}[language]
    told = said(figure, result, found, words, "doubled")
    assert told.count(f"{named}: {words.number(nursing_home)}") == 1
    more = found.places.capacity + (found.places.capacity["scenario"] == "doubled") * 100.0
    built = dataclasses.replace(found, places=dataclasses.replace(found.places, capacity=more))
    both = said(figure, result, built, words, "doubled")
    assert f"{named}: {words.number(nursing_home)}" in both
    assert f"{named}: {words.number(nursing_home + 100)}" in both


@pytest.mark.parametrize(("more", "told"), [(0.0, False), (2.0, True), (-2.0, True)])
def test_rent_and_food_are_told_where_tenants_are_more_or_fewer(result, monkeypatch, more, told):
    counted = result.total("residents_by_dwelling", by="dwelling").astype(float)
    scenario = next(name for name in result.scenarios if name != result.baseline)
    counted.loc[{"scenario": scenario}] = counted.sel(scenario=result.baseline)
    counted.loc[{"scenario": scenario, "dwelling": "care_housing_24h"}] += more
    monkeypatch.setattr(type(result), "total", lambda *_, **__: counted)
    found = [name for name, _ in basis.doubts(result, [], scenario)]
    assert ("rent" in found) is told


@pytest.mark.parametrize(
    ("more", "told"), [(0.0, None), (1.4e6, "unused_more"), (-0.6e6, "unused_less")]
)
def test_pay_for_time_that_nobody_asks_for_is_told(result, monkeypatch, more, told):
    paid = result.total("money", payer="municipality", account="unused_time").astype(float)
    scenario = next(name for name in result.scenarios if name != result.baseline)
    paid.loc[{"scenario": scenario}] = paid.sel(scenario=result.baseline)
    months = paid.sizes["time"]
    paid.loc[{"scenario": scenario}] += more * result.days / 365.25 / months
    total = type(result).total

    def instead(self, name, **asked):
        return paid if asked.get("account") == "unused_time" else total(self, name, **asked)

    monkeypatch.setattr(type(result), "total", instead)
    found = dict(basis.doubts(result, [], scenario))
    assert {name for name in found if name.startswith("unused")} == ({told} if told else set())
    if told:
        assert found[told]["million"] == pytest.approx(abs(more) / 1e6)
        said_in = f"{abs(more) / 1e6:.2g}"
        assert said_in in doubt(told, found[told], texts.read("en"))
        assert said_in.replace(".", ",") in doubt(told, found[told], texts.read("nb"))


def test_units_where_that_time_lies_are_named(result):
    scenario = "before_compensating"
    name, gaps = next(d for d in basis.doubts(result, [], scenario) if d[0].startswith("unused"))
    assert name == "unused_more"
    millions = list(gaps["units"].values())
    assert millions == sorted(millions, reverse=True)
    assert min(millions) >= 0.2 * gaps["million"]
    for language, titles, begins in (
        ("en", "unit_title", " It lies in: "),
        ("nb", "unit_norwegian", " Det ligger i: "),
    ):
        names = result.of_units(titles)
        told = doubt(name, gaps, texts.read(language), names).split(begins)[1]
        for unit in gaps["units"]:
            assert names[unit].lower() + " (" in told.lower()
