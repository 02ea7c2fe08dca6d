"""The page says what `carestair compare` says, claims no more, and works offline in a browser."""

import dataclasses
import datetime
import functools
import json
import re
import string
import subprocess
import sys

import numpy as np
import pandas as pd
import pytest

import carestair
from carestair.__main__ import main
from carestair.analysis.economics import REFERENCE_THRESHOLDS
from carestair.reporting import (
    account,
    answer,
    basis,
    changes,
    charts,
    doubt,
    figures,
    table,
    texts,
)
from carestair.reporting.content import gather
from carestair.reporting.said import said
from carestair.reporting.words import _touched

MOST_BYTES = 8_000_000


@pytest.fixture(scope="session")
def page(result_file):
    with carestair.open(result_file) as result:
        return carestair.report(result)


def told_by(page, language, scenario):
    """Rows of the table of differences: outcome to exact numbers."""
    of_language = page.split(f'<div class="page" lang="{language}"')[1].split("<footer>")[0]
    tables = of_language.split('<table class="changes">')[1:]
    table = tables[["doubled", "before_compensating"].index(scenario)].split("</table>")[0]
    pattern = (
        r'data-outcome="(.+?)" data-baseline="(.+?)" data-difference="(.+?)" '
        r'data-low="(.+?)" data-high="(.+?)"'
    )
    return {row[0]: [float(n) for n in row[1:]] for row in re.findall(pattern, table)}


@pytest.mark.parametrize("language", texts.LANGUAGES)
@pytest.mark.parametrize("scenario", ["doubled", "before_compensating"])
def test_numbers_are_those_of_the_comparison(page, run, result_file, language, scenario):
    told = json.loads(run("compare", result_file, "--json"))
    (theirs,) = (s for s in told["scenarios"] if s["id"] == scenario)
    ours = told_by(page, language, scenario)
    assert ours.keys() == {o["id"] for o in theirs["outcomes"]}
    for outcome in theirs["outcomes"]:
        names = ("baseline", "difference", "low", "high")
        scale = abs(outcome["baseline"]) * 1e-9
        assert ours[outcome["id"]] == pytest.approx(
            [outcome[n] for n in names], rel=1e-6, abs=scale
        ), outcome["id"]


def test_units_cost_what_the_comparison_says(run, result, result_file):
    told = json.loads(run("compare", result_file, "--json"))
    for theirs in told["scenarios"]:
        rows = gather(result).charts[theirs["id"]]["cost_by_unit"]["rows"]
        by_unit = theirs["money"]["units_million_nok_a_year"]
        assert set(by_unit) == set(result.of_units("unit_title"))
        assert {row["level"] for row in rows} <= set(by_unit)
        for row in rows:
            for ours, name in (("baseline", "baseline"), ("d", "difference"), ("low", "low")):
                whole = by_unit[row["level"]]["sum"][name]
                assert row[ours] == pytest.approx(whole, rel=2e-3, abs=2e-3)


@pytest.mark.parametrize("language", texts.LANGUAGES)
def test_policies_stand_side_by_side(page, result, language):
    of_language = page.split(f'<div class="page" lang="{language}"')[1].split("<footer>")[0]
    shown = of_language.split('<table class="policies"')[1].split("</table>")[0]
    rows = shown.split("<tbody>")[1].split("<tr>")[2:]
    assert [re.search(r'data-policy="(.+?)"', row)[1] for row in rows] == list(result.policies)
    outcomes = [o for named in answer.SENTENCES.values() for o in named]
    for row, scenario in zip(rows, result.policies, strict=True):
        compared = carestair.compare(result, scenario)
        cells = re.findall(r'<td class="number (\w+)">.*?<b>(.+?)</b>', row)
        assert len(cells) == len(outcomes)
        for (claim, told), outcome in zip(cells, outcomes, strict=True):
            known = compared.loc[outcome]
            worlds = compared.attrs["replications"]
            assert claim == answer.certainty(known, worlds)
            plain = told.replace("−", "-").replace("\u00a0", "")
            plain = plain.replace(",", "." if language == "nb" else "")
            spread = max(known["high"] - known["low"], abs(known["difference"]))
            assert float(plain) == pytest.approx(known["difference"], abs=0.2 * spread + 1e-9)


def test_one_policy_is_not_set_beside_itself():
    assert table.side_by_side({"doubled": pd.DataFrame()}, {}, {}, texts.read("en")) == []


def test_page_needs_nothing_but_itself(page):
    assert len(page.encode()) < MOST_BYTES
    without_library = re.sub(r"<script>.*?</script>", "", page, flags=re.DOTALL)
    assert not re.search(r'(src|href)="(?!#|data:)', without_library)
    assert "@import" not in without_library
    assert "url(" not in without_library


def test_every_outcome_has_a_name_in_each_language(page):
    rows = re.findall(r'<th scope="row"( lang="en")?>(.+?) <span', page)
    assert len(rows) > 80
    assert [name for foreign, name in rows if foreign] == []


def test_doubt_about_numbers_is_shown_beside_chance(drawn, page):
    made = carestair.report(drawn)
    assert "3 draws of" in made
    assert "the middle 80% of draws" in made.replace("middle", "the middle")
    assert '"reach_low"' in made
    assert "95% by the numbers put in" in made
    reach = re.findall(r'<td class="number wide reach">(.+?)</td>', made)
    table = carestair.compare(drawn)
    assert len(reach) == 2 * len(table)
    # Where chance explains all there is, no range without width and no share of 0 or 100%.
    assert sum("no more than chance explains" in cell for cell in reach) == table["cut"].sum() > 0
    for word in ("draws of", "reach_low", "by the numbers put in"):
        assert word not in page.split('<script type="application/json"')[0]


@pytest.mark.parametrize("language", texts.LANGUAGES)
def test_four_kinds_of_uncertainty_stand_side_by_side(kinds_file, kinds_page, page, language):
    words = texts.read(language)
    made = kinds_page.read_text(encoding="utf-8")
    with carestair.open(kinds_file) as kinds:
        told = carestair.analysis.uncertainty(kinds, "doubled", "net_municipality").loc[
            "structural"
        ]
    section = made.split(f'<section aria-labelledby="{language}-sure">')[1].split("</section>")[0]
    assert "Families help less" in section
    assert words("sure.not_varied") not in section
    heads = re.findall(r'<li data-kind="(.+?)"', section)
    cells = re.findall(r'<div data-kind="(.+?)"><dt>.+?</dt><dd>(.+?)<', section)
    assert heads == list(carestair.analysis.KINDS)
    assert len(cells) == 6 * len(heads)
    decimals = min(2, texts.decimals_for((told["high"] - told["low"]) / 2))
    ends = [words.signed(told[end], decimals) for end in ("low", "high")]
    assert cells[-1] == ("structural", words("table.from_to", low=ends[0], high=ends[1]))
    assert "doubled_family_falling" not in made.split('<script type="application/json"')[0]
    assert words("who.no_rows") not in made
    # A run without draws and structures says so, and shows no curve of what it cannot know.
    assert page.count(words("sure.not_varied")) == 2 * 2  # scenarios and kinds
    assert words("who.no_rows") in page
    assert 'data-figure="ceac"' in made
    assert 'data-figure="ceac"' not in page


def charts_of(path):
    data = path.read_text(encoding="utf-8").split('<script type="application/json" id="data">')[1]
    return json.loads(data.split("</script>")[0])["charts"]


def test_gains_by_need_are_those_of_the_analysis(kinds_file, kinds_page):
    rows = charts_of(kinds_page)["doubled"]["gain_unmet_hours"]["rows"]
    with carestair.open(kinds_file) as kinds:
        theirs = carestair.analysis.gains(kinds, "doubled", "need_level")
        years = kinds.days / 365.25
    told = {row["level"]: row["d"] for row in rows}
    assert list(told) == ["none", "some", "moderate", "extensive", "came later"]
    for level, d in told.items():
        # Theirs is the mean over worlds; ours over draws, of two worlds each.
        assert d == pytest.approx(theirs.loc[(level, "unmet_hours"), "mean"] / years, abs=0.05)


def test_acceptability_on_the_page_is_that_of_the_analysis(kinds_file, kinds_page):
    chart = charts_of(kinds_page)["doubled"]["ceac"]
    with carestair.open(kinds_file) as kinds:
        ce = carestair.analysis.cost_effectiveness(kinds, ["doubled"])
    table = carestair.analysis.acceptability(ce).xs("doubled", level="scenario")
    shares = [np.nan if share is None else share for share in chart["parameters"]]
    assert shares == pytest.approx(table["by_parameters"].tolist(), rel=1e-4, nan_ok=True)
    assert chart["both"] == pytest.approx(table["by_both"].tolist(), rel=1e-4)


@pytest.mark.parametrize("language", texts.LANGUAGES)
def test_a_probability_that_cannot_be_told_from_chance_is_not_told(language):
    words = texts.read(language)
    thousands = [k / 1e3 for k in REFERENCE_THRESHOLDS]
    chart = {"x": thousands, "both": [0.6, 0.7], "parameters": [None, 0.8], "draws": 3}
    said = doubt.ceac_said(chart, words)
    assert words("charts.ceac_cut") in said
    assert words.percent(0.8) in said
    assert words.percent(0.6) not in said


def entries(found, address=""):
    if isinstance(found, dict):
        for name, entry in found.items():
            yield from entries(entry, f"{address}.{name}")
    elif isinstance(found, list):
        for i, entry in enumerate(found):
            yield from entries(entry[1], f"{address}[{i}]")
    else:
        yield address, {gap for _, gap, _, _ in string.Formatter().parse(str(found)) if gap}


def test_languages_say_the_same():
    norwegian, english = (dict(entries(texts.read(name).entries)) for name in ("nb", "en"))
    assert norwegian == english


def test_numbers_are_written_as_the_language_does():
    norwegian, english = texts.read("nb"), texts.read("en")
    assert norwegian.number(1234567.89, 1) == "1\u00a0234\u00a0567,9"
    assert english.number(-1234.5, 1) == "−1,234.5"
    assert norwegian.percent(0.25) == "25\u00a0%"
    assert english.signed(-0.001, 1) == "0.0"
    assert english.signed(0.3, 1) == "+0.3"


@pytest.mark.parametrize(
    ("count", "of", "english", "norwegian"),
    [
        (1, 1, "The only number this policy touches is an ", "Det eneste tallet dette tiltaket "),
        (2, 2, "Both numbers this policy touches are ", "Begge tallene dette tiltaket rører ved, "),
        (4, 4, "All four numbers this policy touches are ", "Alle fire tallene dette tiltaket "),
        (13, 13, "All 13 numbers this policy touches are ", "Alle 13 tallene dette tiltaket "),
        (3, 4, "3 of the 4 numbers this policy touches are ", "3 av de 4 tallene dette tiltaket "),
        (1, 4, "Of the numbers this policy touches, 1 of 4 is ", "Av tallene dette tiltaket "),
    ],
)
def test_all_of_them_are_told_as_all(count, of, english, norwegian):
    gaps = {"count": count, "all": of}
    assert account.doubt("touched", gaps, texts.read("en")).startswith(english)
    assert account.doubt("touched", gaps, texts.read("nb")).startswith(norwegian)
    row = basis.Touched("a", 1.0, 1.0, 1.0, "ratio", "assumption", "", True)
    rows = [row] * count + [dataclasses.replace(row, kind="trial")] * (of - count)
    told = _touched(rows, texts.read("en"))
    assert f"{of} of them" not in told
    if of == count > 1:
        assert f"; {'both' if of == 2 else 'all of them'} are assumptions." in told


@pytest.mark.parametrize("language", texts.LANGUAGES)
def test_charts_are_valid(language):
    assert charts.specifications(texts.read(language), validate=True)


# --- certainty ------------------------------------------------------------------------------------


FRAME = answer.Frame("2020–2039")
UNCLEAR = (0.1, -1.0, 1.2)
SAME = (0.0, 0.0, 0.0)


def comparison(besides=(), **differences):
    """A table of compare with (difference, low, high) by outcome; unclear for the others."""
    outcomes = [*(o for about in answer.SENTENCES.values() for o in about), *besides]
    rows = {outcome: differences.get(outcome, UNCLEAR) for outcome in outcomes}
    return table_of(rows)


def table_of(rows):
    table = pd.DataFrame.from_dict(
        {
            name: {
                "title": name,
                "baseline": 200.0,
                "difference": d,
                "low": low,
                "high": high,
                "distinguishable": low > 0 or high < 0,
            }
            for name, (d, low, high) in rows.items()
        },
        orient="index",
    )
    table.attrs["replications"] = 30
    return table


@pytest.mark.parametrize("language", texts.LANGUAGES)
def test_nothing_is_claimed_that_chance_would_explain(language):
    told = answer.answer(comparison(), texts.read(language), FRAME)
    assert set(told.claims.values()) == {answer.UNCLEAR}
    for sentence in told.sentences:
        assert not re.search("nesten sikkert|trolig|almost certainly|probably", sentence)
        assert not re.search("som uten tiltaket|as without", sentence)
        assert re.search("30 verdener|30 worlds", sentence)
        assert re.search("mellom −1,0 og [+]1,2|between −1.0 and [+]1.2", sentence)
    assert told.besides == ""


@pytest.mark.parametrize("language", texts.LANGUAGES)
def test_only_identical_worlds_are_as_without_the_policy(language):
    same = dict.fromkeys(("unmet_hours", "waiting", "informal_hours", "home_hours"), SAME)
    told = answer.answer(comparison(**same), texts.read(language), FRAME)
    residents, staff, money = told.sentences
    words = "as without the policy in every world|som uten tiltaket i alle verdener"
    assert re.search(words, residents)
    assert "30" not in residents
    # One that is the same and one that cannot be told stand apart.
    assert re.search(words, staff)
    assert "30" in staff
    assert not re.search(words, money)


def test_certainty_follows_the_interval():
    words = texts.read("en")
    # 99 % intervals of 30 replications are 1.348 times as wide.
    table = comparison(net_municipality=(4.0, 2.0, 6.0), places=(-1.2, -2.2, -0.2))
    told = answer.answer(table, words, FRAME)
    assert told.claims["net_municipality"] == answer.SURE
    assert told.claims["places"] == answer.LIKELY
    residents, staff, money = told.sentences
    assert "cannot be told from nought" in residents
    assert "on average over 2020–2039, it probably means marginally fewer 24-hour places" in staff
    assert "the difference in staff hours at home (between" in staff
    assert "almost certainly means slightly higher expenses for the municipality" in money
    assert "4.0 million NOK a year more, between 2.0 and 6.0, from 200)." in money


def test_one_replication_is_certain_of_nothing():
    table = comparison(net_municipality=(4.0, -np.inf, np.inf))
    table.attrs["replications"] = 1
    told = answer.answer(table, texts.read("nb"), FRAME)
    assert told.claims["net_municipality"] == answer.UNCLEAR
    assert told.sentences[-1] == (
        "For økonomien kan forskjellen i kommunens netto utgifter ikke skilles fra null med "
        "én verden, i snitt over 2020–2039."
    )


def test_others_who_pay_follow_the_municipality():
    payers = table_of(
        {
            "municipality": (4.0, 2.0, 6.0),
            "state": (0.4, 0.3, 0.5),
            "user": (-0.2, -0.25, -0.15),
            "hospital": (0.01, 0.009, 0.011),  # too little to mention
            "family": UNCLEAR,
        }
    )
    for language, others in (
        (
            "en",
            "the state pays 0.40 more (almost certain) and users pay 0.20 less (almost certain)",
        ),
        ("nb", "staten betaler 0,40 mer (nesten sikkert) og brukerne betaler 0,20 mindre"),
    ):
        told = answer.answer(comparison(), texts.read(language), FRAME, payers)
        assert others in told.sentences[-1]
        assert not re.search("hospital|sykehus|famil", told.sentences[-1])


def test_a_policy_that_begins_later_counts_from_there():
    frame = answer.Frame("2020–2039", begins="2030", times=2.0)
    table = comparison(net_municipality=(-4.0, -6.0, -2.0), places=(4.0, 2.0, 6.0))
    _, staff, money = answer.answer(table, texts.read("en"), frame).sentences
    assert "between 2.0 and 6.0, from 200; counted from 2030, when it begins, 8.0 million" in money
    assert "counted" not in staff


def test_what_changes_from_the_beginning_on_is_the_mean_times_its_share(result, result_file, page):
    found = gather(result)
    begins = found.begins["doubled"]
    assert begins == datetime.date(2022, 1, 1)
    borne = result.total("money", payer="municipality")
    apart = borne.sel(scenario="doubled") - borne.sel(scenario=result.baseline)
    time = pd.DatetimeIndex(borne["time"].values)
    assert not apart.isel(time=time < pd.Timestamp(begins)).any()
    later = float(apart.isel(time=time >= pd.Timestamp(begins)).sum("time").mean()) / 1e6
    mean = found.tables["doubled"].loc["net_municipality", "difference"]
    times = result.days / 365
    assert later == pytest.approx(mean * times * 365 / 365.25)
    assert f"on average from 2022 on they are {times:.2f} times as large" in page


def test_a_policy_begins_where_it_parts_from_the_baseline(result):
    def config(ours, theirs):
        scenarios = {result.baseline: {"changes": theirs}, "doubled": {"changes": ours}}
        return {"scenarios": scenarios}

    def at(day, address):
        return {"at": datetime.date.fromisoformat(day), "address": address, "add": 1}

    early, late, latest = at("2020-06-01", "a"), at("2021-03-01", "b"), at("2022-03-01", "c")
    begins = functools.partial(basis.begins, result, scenario="doubled")
    assert begins(config=config([early, late], [early])) == datetime.date(2021, 3, 1)
    assert begins(config=config([latest], [late])) == datetime.date(2021, 3, 1)
    assert begins(config=config([late, late], [late])) == datetime.date(2021, 3, 1)
    assert begins(config=config([at("2020-01-01", "a")], [])) is None
    assert begins(config=config([late], [late])) is None


def test_payers_bear_what_the_comparison_says(result):
    table = carestair.compare(result, "doubled")
    payers = figures.payers(result, "doubled")
    names = ["baseline", "difference", "low", "high"]
    for payer, outcome in (("state", "net_state"), ("user", "net_users")):
        assert payers.loc[payer, names].tolist() == pytest.approx(
            table.loc[outcome, names].tolist(), rel=1e-6, abs=1e-9
        )


def test_what_is_clear_besides_stands_below_the_sentences():
    clear = {
        "volunteers": (42.0, 40.0, 44.0),
        "staff_sick": (-12.0, -13.0, -11.0),
        "carers": (9.0, 8.0, 10.0),
        "deaths": (50.0, 49.0, 51.0),
        "residents": (1.0, 0.9, 1.1),  # tiny
        "hospital_days": (30.0, 5.0, 55.0),  # probable
        "cost": (90.0, 89.0, 91.0),  # said of the municipality
    }
    table = comparison(besides=clear, **clear)
    assert answer.answer(table, texts.read("en"), FRAME).besides == (
        "Clear besides: 50 more deaths a year (+25%), 42 more volunteers (+21%) "
        "and 12 fewer posts on sick leave (−6.0%)."
    )
    assert answer.answer(table, texts.read("nb"), FRAME).besides == (
        "Tydelig ellers: 50 flere dødsfall i året (+25\u00a0%), 42 flere frivillige (+21\u00a0%) "
        "og 12 færre sykmeldte årsverk (−6,0\u00a0%)."
    )


# --- trends, changes, counts ----------------------------------------------------------------------


YEARS = [str(year) for year in range(2020, 2030)]


def test_a_course_is_told_with_what_stands_out_between_its_ends():
    words = texts.read("en")

    def course(*values):
        return answer.course(np.array(values), "days", YEARS, words)

    straight = course(5.5, 5.6, 5.7, 5.8, 5.9, 6.0, 6.1, 6.2, 6.4, 6.5)
    assert straight.endswith("rises from 5.5 to 6.5 days from 2020 to 2029.")
    assert course(5.5, 5, 4, 2, 2, 3, 4, 5, 6, 6.5).endswith(
        "rises from 5.5 to 6.5 days from 2020 to 2029. In between it is lowest, 2.0, in 2023."
    )
    assert course(5, 6, 7, 9, 9, 8, 4, 1, 4, 5).endswith(
        "is 5.0 days in 2020 and 5.0 in 2029. "
        "In between it is highest, 9.0, in 2023 and lowest, 1.0, in 2027."
    )
    assert "stays around 5.0 days" in course(5, 5, 5, 5, 5.1, 4.9, 5, 5, 5, 5)


def test_trends_show_means(result):
    found = gather(result)
    unmet = found.series["unmet_hours"]
    chart = found.charts["doubled"]["unmet_hours"]
    for who, scenario in (("baseline", result.baseline), ("scenario", "doubled")):
        assert chart[who] == pytest.approx(unmet.of(scenario).mean(axis=0), rel=1e-4)
    gap = np.subtract(chart["scenario"], chart["baseline"])
    assert chart["d"] == pytest.approx(gap, abs=1e-3 * max(chart["baseline"]))


def test_differences_above_a_chart_are_those_of_the_comparison(result):
    paired = carestair.comparison.paired_difference([9.0, 10.0, 8.0], [2.0, 2.5, 0.6])
    words = texts.read("en")
    told = answer.change(paired, "days", "2020–2039", words)
    assert "With the policy it is 7.3 days less, on average over 2020–2039" in told
    assert told.endswith("without it the mean is 9.0.")
    same = carestair.comparison.paired_difference([1.0, 2.0], [1.0, 2.0])
    assert (
        answer.change(same, "days", "2020", words)
        == "With the policy it is the same in every world."
    )
    one = carestair.comparison.paired_difference([1.0], [2.0])
    assert "with one world" in answer.change(one, "days", "2020", words)


@pytest.mark.parametrize(
    ("change", "english", "norwegian"),
    [
        (
            {"address": "workforce.sick_leave.share", "add": -2, "unit": "percent"},
            "Sick leave among staff falls by 2 percentage points",
            "Sykefraværet blant ansatte synker med 2 prosentpoeng",
        ),
        (
            {"address": "workforce.sick_leave.share", "add": 0.015},
            "Sick leave among staff rises by 1.5 percentage points",
            "Sykefraværet blant ansatte øker med 1,5 prosentpoeng",
        ),
        (
            {"address": "workforce.sick_leave.share[occupation=nurse]", "scale": 1.1},
            "Sick leave among staff rises by 10%",
            "Sykefraværet blant ansatte øker med 10 %",
        ),
        (
            {"address": "services.reablement.capacity", "scale": 2},
            "Reablement, number of places is multiplied by 2",
            "Hverdagsrehabilitering, antall plasser ganges med 2",
        ),
        (
            {"address": "services.reablement.capacity", "add": -4},
            "Reablement, number of places falls by 4 persons",
            "Hverdagsrehabilitering, antall plasser synker med 4 personer",
        ),
        (
            {"address": "reablement.fade_years", "set": 18, "unit": "months"},
            "Years the effect of reablement lasts is set to 18 months",
            "År virkningen av hverdagsrehabilitering varer settes til 18 måneder",
        ),
        (
            {"address": "volunteers.one_off_share", "ramp": 0.8, "until": "2030-01-01"},
            "Share of volunteers who want single efforts only moves evenly to 80% "
            "by 1 January 2030",
            "Andelen frivillige som bare vil gjøre enkeltinnsatser går jevnt til 80 % "
            "innen 1. januar 2030",
        ),
        (
            {"address": "projects.home.decided", "set": "true"},
            "A new home, decided: yes",
            "A new home, vedtatt: ja",
        ),
    ],
)
def test_changes_say_what_they_mean(result, change, english, norwegian):
    config = {"projects": {"home": {"title": "a new home"}}}
    dated = {"at": "2026-03-01", **change}
    for language, when, wanted in (
        ("en", "From 1 March 2026", english),
        ("nb", "Fra 1. mars 2026", norwegian),
    ):
        (told,) = changes.tell([dated], result, config, texts.read(language))
        assert told.text == f"{when}: {wanted}"
        assert told.address == change["address"]


@pytest.mark.parametrize("language", texts.LANGUAGES)
def test_every_unit_of_a_number_has_words(language, run):
    units = {
        line.split("|")[3].strip()
        for line in run("params", "--markdown").splitlines()
        if line.startswith("| `")
    } - {""}
    assert {"share", "persons", "NOK_per_year"} <= units
    known = texts.read(language).entries["changes"]["units"]
    assert units <= known.keys()


def test_numbers_a_policy_touches_have_their_units_in_the_language(result, page):
    norwegian = page.split('<div class="page" lang="en"')[0]
    assert "timer i uka" in norwegian
    for english in (" persons<", " hours per week", " NOK per "):
        assert english not in norwegian


def test_a_parameter_without_a_name_stands_with_its_address(result):
    change = {"at": "2026-01-01", "address": "x.y", "add": 2}
    (told,) = changes.tell([change], result, {}, texts.read("en"))
    assert (told.text, told.address) == ("From 1 January 2026: x.y rises by 2", "")


def test_one_is_told_as_one(result):
    english, norwegian = texts.read("en"), texts.read("nb")
    assert english.counted("basis.touched_more", 1) == "Show it"
    assert english.counted("basis.touched_more", 2) == "Show all 2"
    assert norwegian.counted("answer.worlds", 1) == "én verden"
    assert account.doubt("few_replications", {"count": 1}, english).startswith("Only 1 world was")
    assert english.since(datetime.date(2026, 1, 1)) == "2026"
    assert norwegian.since(datetime.date(2026, 3, 1)) == "mars 2026"
    assert norwegian.since(datetime.date(2026, 3, 15)) == "15. mars 2026"


@pytest.mark.parametrize(
    ("base", "decimals", "wanted"),
    [(0.57, 0, 2), (57.3, 2, 1), (57.3, 0, 0), (293.4, 1, 0), (5.73, 1, 1), (0.0, 1, 0)],
)
def test_levels_have_digits_of_their_own(base, decimals, wanted):
    assert answer.base_decimals(base, decimals) == wanted


# --- the command, and what cannot be done ---------------------------------------------------------


def test_command_writes_the_page(result_file, tmp_path, capsys):
    target = tmp_path / "page.html"
    assert main(["report", str(result_file), "-o", str(target), "--scenario", "doubled"]) == 0
    assert capsys.readouterr().out == f"{target}\n"
    assert target.read_text(encoding="utf-8").startswith("<!doctype html>")


def test_what_planners_would_project_stands_beside_the_simulation(result):
    found = gather(result)
    chart = found.charts["doubled"]["places"]["projected"]
    housed = {"dwelling": ["care_housing_24h", "nursing_home"]}
    projected = carestair.analysis.projected(result, "residents_by_dwelling", **housed)
    assert len(chart) == len(result.indicators["time"])  # three years are shown by month
    assert chart[-1] == pytest.approx(float(projected.isel(time=-1).mean()), rel=1e-4)
    assert "projected" not in found.charts["doubled"]["waiting"]
    (figure,) = (f for f in found.figures if f.id == "places")
    assert "With today's coverage at each age" in said(
        figure, result, found, texts.read("en"), "doubled"
    )


def test_money_is_headed_by_the_year_of_its_prices(page):
    assert '<h2 id="en-money">What does it cost? (prices of 2023)</h2>' in page
    assert '<h2 id="nb-money">Hva koster det? (2023-priser)</h2>' in page


def test_what_cannot_be_reported_is_named(result, result_file, tmp_path, capsys):
    with pytest.raises(carestair.ResultError, match="no scenario `x`"):
        carestair.report(result, scenario="x")
    assert main(["report", str(result_file), "-o", str(tmp_path / "page.pdf")]) == 2
    assert "end it in .html" in capsys.readouterr().err


def test_package_is_light_until_a_report_is_made():
    code = "import sys, carestair; sys.exit('altair' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
