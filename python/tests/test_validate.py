"""Targets, measures and their table, on the short run."""

from __future__ import annotations

import shutil

import numpy as np
import pandas as pd
import pytest

import carestair
from carestair import validate
from carestair.__main__ import main
from carestair.measures import MEASURES, Having, NotRecordedError, Observed, count

YEARS = (2020, 2022)
TARGET = {
    "id": "users_total",
    "title": "Users",
    "period": "2020-2022",
    "unit": "persons",
    "source": "kpr_2021",
    "kind": "derived",
    "value": 280,
    "low": 200,
    "high": 400,
}


def targets_file(folder, *targets, name="targets.yaml", **rest):
    import yaml

    path = folder / name
    path.write_text(yaml.safe_dump({"targets": list(targets), **rest}))
    return path


def view(result, years=YEARS):
    return Observed(result).view(result.baseline, years)


# --- measures -------------------------------------------------------------------------------------


def test_a_share_is_what_xarray_gives(result):
    users = result.indicators["recipients_any"].sel(scenario="baseline")
    young = users.sel(age_group=["0-17", "18-49", "50-66"])
    over = ["municipality", "age_group", "sex", "need_level"]
    expected = young.sum(over).mean("time") / users.sum(over).mean("time")
    np.testing.assert_allclose(
        MEASURES["users_under_67_share"](view(result)), expected.values, rtol=1e-12
    )


def test_a_year_is_the_sum_of_its_months(result):
    died = result.total("events", event_kind="died").sel(scenario="baseline")
    of_two_years = died.sel(time=slice("2021-01-01", "2022-12-31")).sum("time") / 2
    np.testing.assert_array_equal(
        MEASURES["deaths_per_year"](view(result, (2021, 2022))), of_two_years
    )


def test_growth_is_the_last_year_over_the_first(result):
    users = result.total("recipients_any", age_group=["67-79", "80-89", "90+"])
    by_year = users.sel(scenario="baseline").groupby("time.year").mean()
    expected = by_year.sel(year=2022) / by_year.sel(year=2020)
    np.testing.assert_allclose(MEASURES["users_67plus_growth"](view(result)), expected)


def test_short_acute_stays_are_those_of_three_days(logged):
    events = logged.events
    events = events[events["scenario"] == "baseline"]
    stays = []
    for (replication, _), life in events.groupby(["replication", "uid"], sort=False):
        admitted = None
        for event in life.itertuples():
            if event.kind == "admitted_acute_bed":
                admitted = event.day
            elif event.kind in ("discharged", "died", "moved_out") and admitted is not None:
                stays.append((replication, (event.day - admitted).days <= 3))
                admitted = None
    expected = pd.DataFrame(stays, columns=["replication", "short"]).groupby("replication").mean()
    np.testing.assert_allclose(
        MEASURES["acute_bed_short_stays"](view(logged)), expected["short"].to_numpy()
    )


def test_who_is_there_during_a_year_holds_who_entered(logged):
    seen = view(logged, (2021, 2021))
    ratio, entered = (
        MEASURES[name](seen) for name in ("users_during_year_ratio", "new_users_rate")
    )
    assert (ratio > 1 + 0.5 * entered).all()
    assert (ratio < 1.6).all()


def test_what_the_result_does_not_hold_is_told(result):
    with pytest.raises(NotRecordedError, match="no indicator nothing"):
        count("nothing").mean(view(result))
    with pytest.raises(NotRecordedError, match="no axis dwelling"):
        count("population", dwelling="nursing_home").mean(view(result))
    with pytest.raises(NotRecordedError, match="no level 120\\+"):
        count("population", age_group="120+").mean(view(result))
    with pytest.raises(NotRecordedError, match="no level \\*moon\\*"):
        count("residents_by_dwelling", dwelling=Having(("moon",))).mean(view(result))


def test_labels_are_picked_by_their_words():
    places = ("home", "care_housing_24h", "nursing_home", "short_term_stay", "hospital")
    assert Having(("home",), without=("nursing_home",)).pick(places) == ("home",)
    assert Having(("nursing_home", "short")).pick(places) == ("nursing_home", "short_term_stay")


def test_every_measure_says_what_it_computes():
    lines = validate.definitions().splitlines()
    assert len(lines) == len(MEASURES)
    text = next(line for line in lines if line.startswith("users_under_67_share "))
    assert text.endswith(
        "recipients_any (age_group 0-17 18-49 50-66) / recipients_any, means of months"
    )
    assert not [line for line in lines if " object at " in line]


# --- targets --------------------------------------------------------------------------------------


def test_an_included_target_is_replaced_by_its_namesake(tmp_path):
    other = {**TARGET, "id": "deaths_per_year"}
    targets_file(tmp_path, TARGET, other, name="all.yaml", known_misses={"users_total": "old"})
    path = targets_file(
        tmp_path,
        {**TARGET, "value": 300},
        include=["all.yaml"],
        known_misses={"users_total": "new"},
        left_out={"deaths_per_year": "too few"},
    )
    read = validate.read_targets(path)
    assert [(t.id, t.value) for t in read.targets] == [("users_total", 300)]
    assert read.known_misses == {"users_total": "new"}
    assert read.left_out == {"deaths_per_year": "too few"}


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        ({"period": "soon"}, "neither a year nor two"),
        ({"measure": "weather"}, "no measure weather"),
        ({"hihg": 3}, "does not know hihg"),
        ({"high": None}, "no accepted range"),
        ({"title": None}, "lacks title"),
    ],
)
def test_a_faulty_target_is_refused_by_name(tmp_path, change, complaint):
    target = {k: v for k, v in {**TARGET, **change}.items() if v is not None}
    with pytest.raises(validate.ValidationError, match=f"users_total.*{complaint}|{complaint}"):
        validate.read_targets(targets_file(tmp_path, target))


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        (b"", "is no file of targets"),
        (b"some text", "is no file of targets"),
        (b"\x89HDF\r\n\x1a\n\xff", "is not text in UTF-8"),
        (b"a: \x01", "is not YAML"),
        (b"targets: [{period: 2020-13-45}]", "is not YAML"),
        (b"targets: 5", "targets must be a list, not 5"),
        (b"targets: {a: 1}", "targets must be a list"),
        (b"targets: [5]", "target 5 lacks id"),
        (b"patterns: [1]", "patterns must be a mapping"),
        (b"known_misses: [a]", "known_misses must be a mapping"),
        (b"left_out: 5", "left_out must be a mapping"),
        (b"include: 5", "include must be a list"),
        (b"include: [5]", "include must name files, not 5"),
        (b"include: [file.yaml]", "includes itself"),
        (b"include: [sub/../file.yaml]", "includes itself"),
    ],
)
def test_what_is_no_file_of_targets_is_refused(tmp_path, text, complaint):
    (tmp_path / "sub").mkdir()
    path = tmp_path / "file.yaml"
    path.write_bytes(text)
    with pytest.raises(validate.ValidationError, match=complaint):
        validate.read_targets(path)


def test_a_known_miss_of_no_target_is_refused(tmp_path):
    path = targets_file(tmp_path, TARGET, known_misses={"gone": "why"})
    with pytest.raises(validate.ValidationError, match="gone"):
        validate.read_targets(path)


# --- the check ------------------------------------------------------------------------------------


def checked(result, folder, *changes, **rest):
    targets = validate.read_targets(
        targets_file(folder, *({**TARGET, **change} for change in changes), **rest)
    )
    return validate.check(targets, result), targets


def test_a_target_is_hit_missed_known_or_not_recorded(result, tmp_path):
    found, targets = checked(
        result,
        tmp_path,
        {},
        {"id": "low", "measure": "users_total", "low": 1000, "high": 2000},
        {"id": "known", "measure": "users_total", "low": 0, "high": 1},
        {"id": "deaths", "measure": "place_of_death_home", "low": 0, "high": 1},
        {"id": "entered", "measure": "new_users_rate", "low": 0, "high": 1},
        {"id": "later", "measure": "users_total", "period": 2035},
        {"id": "elsewhere", "measure": "users_total", "scenario": "moon"},
        known_misses={"known": "a reason"},
    )
    by_id = {c.target.id: c for c in found}
    assert by_id["users_total"].hit
    assert by_id["low"].missed
    assert by_id["low"].verdict.startswith("MISS, below by")
    assert by_id["known"].verdict.startswith("MISS, known: above by")
    assert by_id["entered"].missing == "the run kept no event log"
    assert by_id["later"].missing == "the run does not hold 2035-2035"
    assert by_id["elsewhere"].missing == "the run has no scenario moon"
    values = MEASURES["users_total"](view(result))
    assert by_id["users_total"].model == pytest.approx(values.mean())
    assert by_id["users_total"].model_low == pytest.approx(np.quantile(values, 0.025))
    text = validate.as_text(found, targets)
    assert "missed: low: below by" in text
    assert "missed, as known: known: above by" in text
    assert "a reason" in text


def test_a_target_may_be_relative_to_another_scenario(result, tmp_path):
    found, _ = checked(
        result,
        tmp_path,
        {
            "measure": "reablement_courses_per_year",
            "scenario": "doubled",
            "relative_to": "baseline",
        },
    )
    courses = MEASURES["reablement_courses_per_year"]
    observed = Observed(result)
    doubled, baseline = (courses(observed.view(s, YEARS)) for s in ("doubled", "baseline"))
    assert found[0].model == pytest.approx((doubled / baseline).mean())
    assert found[0].model > 1


def test_a_pattern_may_have_one_end_only(result, tmp_path):
    open_ended = {key: value for key, value in TARGET.items() if key not in ("value", "high")}
    path = targets_file(tmp_path, open_ended)
    targets = validate.read_targets(path)
    assert targets.targets[0].accepted == "from 200"
    assert validate.check(targets, result)[0].hit


# --- the command ----------------------------------------------------------------------------------


def test_validate_from_the_shell(short, tmp_path, capsys):
    targets = targets_file(tmp_path, TARGET)
    page, kept = tmp_path / "page.md", tmp_path / "kept.h5"
    words = ["validate", str(short), "-r", "2", "--write", str(page), "-o", str(kept)]
    assert main([*words, "--targets", str(targets)]) == 0
    assert "1 of 1 targets met, 0 missed." in capsys.readouterr().out
    with carestair.open(kept) as result:
        assert result.replications == 2
    begin = "<!-- carestair validate configs/short.yaml -->"
    assert begin in page.read_text()

    # A page that has the marks keeps what stands around them.
    page.write_text(f"before\n{begin}\nold\n{validate.END}\nafter\n")
    missed = targets_file(tmp_path, {**TARGET, "low": 1000, "high": 2000})
    assert main([*words, "--targets", str(missed)]) == 1
    text = page.read_text()
    assert text.startswith("before\n")
    assert text.endswith("after\n")
    assert "old" not in text
    assert "**MISS, below by" in text

    page.write_text("no marks")
    assert main([*words, "--targets", str(missed)]) == 2
    assert page.read_text() == "no marks"


def test_a_validation_that_checks_nothing_is_told(result_file, tmp_path, capsys, monkeypatch):
    config = tmp_path / "config.yaml"
    config.touch()
    monkeypatch.setattr(validate, "run", lambda *_, **__: pytest.fail("it was run"))
    words = ["validate", str(config), "--targets"]
    for text in ("targets:\n", "targets: []\n", "patterns: {1: a}\n"):
        none = tmp_path / "none.yaml"
        none.write_text(text)
        assert main([*words, str(none)]) == 2
        assert f"{none}: holds no targets" in capsys.readouterr().err

    monkeypatch.setattr(validate, "run", lambda _, result, **__: shutil.copy(result_file, result))
    earlier = targets_file(tmp_path, {**TARGET, "period": 1999})
    page = tmp_path / "page.md"
    assert main([*words, str(earlier), "--write", str(page)]) == 2
    told = capsys.readouterr()
    assert "the run does not hold 1999" in told.out
    assert f"{earlier}: nothing was checked" in told.err
    assert not page.exists()
    some = targets_file(tmp_path, TARGET, {**TARGET, "id": "users_share_80_89", "period": 1999})
    assert main([*words, str(some)]) == 0


def test_a_result_that_cannot_be_written_ends_with_3(engine, short, tmp_path, capsys):
    targets = targets_file(tmp_path, TARGET)
    words = ["validate", str(short), "-r", "1", "--targets", str(targets)]
    assert main([*words, "-o", str(tmp_path / "no" / "x.h5")]) == 3
    assert "make the folder first" in capsys.readouterr().err


def test_faults_of_validate_end_with_2(short, tmp_path, capsys):
    assert main(["validate"]) == 2
    assert main(["validate", str(short)]) == 2
    assert "there are no targets for it" in capsys.readouterr().err
    assert main(["validate", str(short), "--targets", str(tmp_path / "no.yaml")]) == 2
    targets = targets_file(tmp_path, TARGET)
    assert main(["validate", str(tmp_path / "no.yaml"), "--targets", str(targets)]) == 2
    wrong = short.with_name("wrong.yaml")
    wrong.write_text("include: [short.yaml]\nmortality: {rates: 1}\n")
    assert main(["validate", str(wrong), "--targets", str(targets)]) == 2
    assert "wrong.yaml:2" in capsys.readouterr().err
    assert main(["validate", "--definitions"]) == 0
