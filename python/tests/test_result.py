"""A result file opens as labelled arrays with units, here and in plain xarray."""

import hashlib
import shutil

import h5py
import numpy as np
import pandas as pd
import pytest
import xarray as xr

import carestair

WORLD = ("scenario", "replication", "municipality")


def test_says_what_it_was_a_run_of(result):
    assert result.title == "Selbu, three years for the tests"
    assert result.scenarios == ("baseline", "doubled", "before_compensating")
    assert result.baseline == "baseline"
    assert result.scenario_titles["baseline"] == "As in 2020"
    assert result.municipalities == ("selbu",)
    assert result.population == pytest.approx(4062, abs=100)
    assert (result.replications, result.replications_planned, result.complete) == (5, 5, True)
    assert result.seed == 7
    assert (result.start, result.end) == (pd.Timestamp("2020-01-01"), pd.Timestamp("2022-12-31"))
    assert result.days == 366 + 365 + 365
    assert result.format_version[0] == 1
    assert "baseline, doubled" in repr(result)


def test_holds_its_configuration(result):
    text = result.config
    assert hashlib.sha256(text.encode()).hexdigest() == result.configuration_sha256
    assert "nursing_home" in text


def test_evidence_stands_behind_the_numbers(result):
    evidence = result.evidence
    assert list(evidence.columns) == ["value", "low", "high", "unit", "source", "kind", "note"]
    share = evidence.loc["allocation.strictness"]
    assert share["unit"] == "share"
    assert share["low"] <= share["value"] <= share["high"]
    assert share["kind"] == "assumption"
    assert set(evidence["kind"]) <= {
        "measured",
        "trial",
        "official_statistic",
        "legal_rule",
        "model_estimate",
        "derived",
        "assumption",
        "setting",
    }


def test_indicators_have_named_dimensions_units_and_labels(result):
    indicators = result.indicators
    assert len(indicators.data_vars) >= 21
    for name, variable in indicators.data_vars.items():
        assert variable.dims[:3] == WORLD, name
        assert variable.dims[-1] == "time", name
        assert variable.attrs["units"], name
        assert variable.attrs["long_name"], name
        for dimension in variable.dims:
            assert dimension in variable.coords, f"{name} has no labels along {dimension}"
    assert indicators["recipients"].dims[3:] == (
        "service",
        "age_group",
        "sex",
        "need_level",
        "time",
    )
    assert "nursing_home" in indicators["service"].values
    assert list(indicators["sex"].values) == ["male", "female"]


def test_time_is_the_last_day_of_each_month(result):
    time = pd.DatetimeIndex(result.indicators["time"].values)
    assert len(time) == 36
    assert time.is_month_end.all()
    assert (time[0], time[-1]) == (pd.Timestamp("2020-01-31"), pd.Timestamp("2022-12-31"))


def test_nothing_is_read_before_it_is_used(result):
    assert not result.indicators["recipients"].variable._in_memory


def test_differences_of_counts_may_be_negative(result):
    recipients = result.indicators["recipients"]
    assert recipients.dtype == np.float64
    difference = recipients.sel(scenario="doubled") - recipients.sel(scenario="baseline")
    assert float(difference.min()) >= -65535 / 2
    assert float(abs(difference).max()) < 1000


def test_counts_agree_with_each_other(result):
    indicators = result.indicators
    population = result.total("population")
    for name in ("persons_by_cognition", "residents_by_dwelling"):
        xr.testing.assert_equal(result.total(name), population.rename(name))
    any_service = result.total("recipients_any")
    most = result.total("recipients", by="service").max("service")
    assert bool((any_service >= most).all())
    assert indicators["population"].attrs["units"] == "persons"


def test_capacity_is_missing_where_there_is_no_limit(result):
    capacity = result.indicators["capacity"].isel(replication=0, time=0, municipality=0)
    places = capacity.sel(scenario="baseline", service="nursing_home")
    assert float(places) > 0
    assert bool(np.isnan(capacity).any())


def test_total_keeps_what_is_asked_for(result):
    by_service = result.total("waiting", by="service")
    assert by_service.dims == ("scenario", "replication", "service", "time")
    direct = result.indicators["waiting"].sum(["municipality", "age_group"])
    np.testing.assert_array_equal(by_service.transpose(*direct.dims), direct)
    old = result.total("recipients", by=["service"], age_group=["80-89", "90+"])
    one = result.total("recipients", by=["service"], age_group="90+")
    assert bool((old >= one).all())
    assert old.attrs["units"] == "persons"


def test_total_reads_in_parts_as_in_one(result, monkeypatch):
    whole = result.total("recipients", by="service")
    monkeypatch.setattr("carestair.result._MOST_AT_ONCE", 1)
    xr.testing.assert_equal(result.total("recipients", by="service"), whole)


def test_total_names_what_it_does_not_know(result):
    with pytest.raises(carestair.ResultError, match=r"has no indicator 'recipiens'"):
        result.total("recipiens")
    with pytest.raises(
        carestair.ResultError, match=r"no dimension 'dwelling'[\s\S]*it has scenario"
    ):
        result.total("recipients", by="dwelling")
    with pytest.raises(carestair.ResultError, match=r"labels not found[\s\S]*90\+"):
        result.total("recipients", age_group="85-89")


def test_persons_are_summed_by_group(result):
    persons = result.persons
    assert persons["total"].dims == (*WORLD, "age_group", "sex", "outcome")
    assert (
        dict(zip(persons["outcome"].values, persons["outcome_unit"].values, strict=True)).items()
        >= {"cost": "NOK", "life_days": "d"}.items()
    )
    baseline = persons.sel(scenario="baseline")
    assert int(baseline["touched"].sum()) == 0
    np.testing.assert_array_equal(baseline["paired"], baseline["persons"])
    cost = persons["total"].sel(outcome="cost").sum(["municipality", "age_group", "sex"])
    monthly = sum(
        result.total(name).sum("time")
        for name in ("cost", "discharge_charge", "treated_at_home_cost")
    )
    np.testing.assert_allclose(cost, monthly, rtol=1e-4)


@pytest.mark.parametrize("engine", ["h5netcdf", "netcdf4"])
@pytest.mark.parametrize("group", ["indicators", "persons"])
def test_plain_xarray_opens_it_too(result_file, engine, group):
    with xr.open_dataset(result_file, engine=engine, group=group) as dataset:
        assert list(dataset["scenario"].values) == ["baseline", "doubled", "before_compensating"]
        for name, variable in dataset.data_vars.items():
            assert variable.dims[:3] == WORLD, name
            assert not [d for d in variable.dims if d.startswith("phony_dim")], name
        if group == "indicators":
            assert dataset["time"].dtype.kind == "M"
            assert dataset["recipients"].attrs["units"] == "persons"


def test_engines_read_the_same_numbers(result_file):
    with (
        xr.open_dataset(result_file, engine="h5netcdf", group="indicators") as a,
        xr.open_dataset(result_file, engine="netcdf4", group="indicators") as b,
    ):
        for name in ("recipients", "cost", "capacity"):
            np.testing.assert_array_equal(a[name], b[name])


def test_a_closed_result_can_be_opened_again(result_file):
    with carestair.open(result_file) as first:
        deaths = first.total("events", event_kind="died").sum().item()
    with carestair.open(str(result_file)) as second:
        assert second.total("events", event_kind="died").sum().item() == deaths


ASKED_FOR = {
    "indicators": lambda r: r.indicators,
    "persons": lambda r: r.persons,
    "total": lambda r: r.total("cost"),
    "configuration": lambda r: r.config,
    "evidence": lambda r: r.evidence,
    "draws": lambda r: r.draws,
    "events": lambda r: r.events,
    "events of one": lambda r: r.events_of(0),
    "comparison": lambda r: carestair.compare(r, "doubled"),
    "services": lambda r: r.of_services("service_form"),
}


@pytest.mark.parametrize("how", ["put in its place", "written over"])
def test_a_file_that_was_written_anew_is_not_mixed_with_what_was_read(logged_file, tmp_path, how):
    path, other = tmp_path / "run.h5", tmp_path / "other.h5"
    shutil.copy(logged_file, path)
    for ask in ASKED_FOR.values():
        with carestair.open(path) as result:
            ask(result)  # as long as nobody has touched it
    with carestair.open(path) as result, carestair.open(path) as fresh:
        _ = result.indicators
        shutil.copy(logged_file, other)
        if how == "put in its place":
            other.replace(path)  # as the simulator does
        else:
            shutil.copyfile(other, path)  # the same size, and the same inode
        for opened in (result, fresh):
            for name, ask in ASKED_FOR.items():
                with pytest.raises(carestair.ResultError) as caught:
                    ask(opened)
                assert str(caught.value) == (
                    f"{path}: was written anew since it was opened\n"
                    "  open it again with carestair.open, or give each run an output of its own"
                ), name
    with carestair.open(path) as again:
        assert again.total("cost").size > 0


def test_a_file_that_is_gone_is_told(result_file, tmp_path):
    path = shutil.copy(result_file, tmp_path / "run.h5")
    with carestair.open(path) as result:
        path.unlink()
        for ask in (lambda: result.indicators, lambda: result.config):
            with pytest.raises(carestair.ResultError, match="cannot open the file: No such file"):
                ask()


def test_without_event_log_it_says_how_to_keep_one(result):
    with pytest.raises(carestair.NoEventLogError, match=r"holds no event log[\s\S]*--events"):
        _ = result.events


def test_event_log_agrees_with_the_counts(logged):
    events = logged.events
    assert list(events.columns) == [
        "scenario",
        "replication",
        "municipality",
        "uid",
        "day",
        "kind",
        "from",
        "to",
    ]
    assert events["day"].min() >= logged.start
    assert events["day"].max() <= logged.end
    counted = logged.total("events", by="event_kind").sum("time")
    for kind in ("died", "need_up", "service_started", "moved_dwelling"):
        logged_rows = (
            events[events["kind"] == kind]
            .groupby(["scenario", "replication"], observed=False)
            .size()
            .to_xarray()
            .sel(scenario=list(logged.scenarios))
        )
        np.testing.assert_array_equal(counted.sel(event_kind=kind), logged_rows, err_msg=kind)


def test_event_log_speaks_in_labels(logged):
    events = logged.events
    up = events[events["kind"] == "need_up"]
    assert set(up["from"]) <= {"none", "some", "moderate"}
    assert set(up["to"]) <= {"some", "moderate", "extensive"}
    started = events[events["kind"] == "service_started"]
    assert started["from"].isna().all()
    assert set(started["to"]) <= set(logged.indicators["service"].values)
    died = events[events["kind"] == "died"]
    assert died["to"].isna().all()
    assert not died.duplicated(["scenario", "replication", "uid"]).any()


def test_every_kind_that_writes_a_level_comes_back_with_it(logged, logged_file):
    events = logged.events
    with h5py.File(logged_file) as file:
        written = {end: file["events"][end][()] for end in ("from", "to")}
        kinds = file["event_kind"].asstr()[()]
    assert set(events["kind"]) == set(kinds)  # else nothing is known of the others
    for kind in kinds:
        rows = (events["kind"] == kind).to_numpy()
        for end, codes in written.items():
            # What means nothing is 0 throughout; 255 is no service.
            levels = codes[rows] != 255 if codes[rows].any() else np.zeros(rows.sum(), bool)
            labelled = events[end][rows].notna().to_numpy()
            np.testing.assert_array_equal(labelled, levels, err_msg=f"{end} of {kind}")


@pytest.mark.parametrize(
    ("kind", "end", "axis"),
    [
        ("function_lost", "from", "need_level"),
        ("function_lost", "to", "need_level"),
        ("offer_taken", "to", "service"),
        ("offer_left", "from", "service"),
        ("carer_withdrew", "from", "relation"),
        ("volunteer_started", "to", "service"),
        ("volunteer_stopped", "from", "service"),
        ("volunteer_once", "to", "service"),
    ],
)
def test_levels_of_events_are_positions_in_their_axis(logged, logged_file, kind, end, axis):
    events = logged.events
    rows = (events["kind"] == kind).to_numpy()
    with h5py.File(logged_file) as file:
        codes = file["events"][end][()][rows]
    found = events[end][rows].astype(object)
    labels = logged.indicators[axis].values
    expected = [labels[code] if code != 255 else None for code in codes]
    assert [label if pd.notna(label) else None for label in found] == expected


def test_the_same_persons_live_in_every_scenario(logged):
    events = logged.events
    before = events[(events["day"] < "2022-01-01") & (events["replication"] == 0)]
    lives = [
        before[before["scenario"] == scenario][["uid", "day", "kind"]].reset_index(drop=True)
        for scenario in logged.scenarios
    ]
    pd.testing.assert_frame_equal(lives[0], lives[1])
    pd.testing.assert_frame_equal(lives[0], lives[2])
