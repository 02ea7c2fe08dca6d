"""The page says what `carestair compare` says, claims no more, and works offline in a browser."""

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
from carestair.reporting import answer, charts, texts
from carestair.reporting.content import gather
from carestair.reporting.said import said

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
    for word in ("draws of", "reach_low", "by the numbers put in"):
        assert word not in page.split('<script type="application/json"')[0]


@pytest.mark.parametrize("language", texts.LANGUAGES)
def test_four_kinds_of_uncertainty_stand_side_by_side(kinds_file, kinds_page, page, language):
    words = texts.read(language)
    made = kinds_page.read_text(encoding="utf-8")
    with carestair.open(kinds_file) as kinds:
        told = carestair.analysis.uncertainty(kinds, "doubled", "cost").loc["structural"]
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
    assert chart["parameters"] == pytest.approx(table["by_parameters"].tolist(), rel=1e-4)
    assert chart["both"] == pytest.approx(table["by_both"].tolist(), rel=1e-4)


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


@pytest.mark.parametrize("language", texts.LANGUAGES)
def test_charts_are_valid(language):
    assert charts.specifications(texts.read(language), validate=True)


# --- certainty ------------------------------------------------------------------------------------


def comparison(**differences):
    """A table of compare with (difference, low, high) by outcome; none for the others."""
    outcomes = [o for about in answer.SENTENCES.values() for o in about]
    rows = []
    for outcome in outcomes:
        d, low, high = differences.get(outcome, (0.1, -1.0, 1.2))
        rows.append(
            {
                "outcome": outcome,
                "title": outcome,
                "baseline": 200.0,
                "difference": d,
                "low": low,
                "high": high,
                "distinguishable": low > 0 or high < 0,
            }
        )
    table = pd.DataFrame(rows).set_index("outcome")
    table.attrs["replications"] = 30
    return table


@pytest.mark.parametrize("language", texts.LANGUAGES)
def test_nothing_is_claimed_that_chance_would_explain(language):
    told = answer.answer(comparison(), texts.read(language))
    assert set(told.claims.values()) == {answer.UNCLEAR}
    for sentence in told.sentences:
        assert not re.search("nesten sikkert|trolig|almost certainly|probably", sentence)
        assert not re.search("[0-9]", sentence.replace("24-hour", ""))


def test_certainty_follows_the_interval():
    words = texts.read("en")
    # 99 % intervals of 30 replications are 1.348 times as wide.
    told = answer.answer(comparison(cost=(4.0, 2.0, 6.0), places=(-1.2, -2.2, -0.2)), words)
    assert told.claims["cost"] == answer.SURE
    assert told.claims["places"] == answer.LIKELY
    residents, staff, money = told.sentences
    assert "no difference" in residents
    assert "probably means marginally fewer 24-hour places" in staff
    assert "staff hours at home change no more than chance" in staff
    assert "almost certainly means slightly higher costs" in money
    assert "4.0 million NOK a year more, between 2.0 and 6.0" in money


def test_one_replication_is_certain_of_nothing():
    table = comparison(cost=(4.0, -np.inf, np.inf))
    table.attrs["replications"] = 1
    assert answer.answer(table, texts.read("nb")).claims["cost"] == answer.UNCLEAR


# --- the command, and what cannot be done ---------------------------------------------------------


def test_command_writes_the_page(result_file, tmp_path, capsys):
    target = tmp_path / "page.html"
    assert main(["report", str(result_file), "-o", str(target), "--scenario", "doubled"]) == 0
    assert capsys.readouterr().out == f"{target}\n"
    assert target.read_text(encoding="utf-8").startswith("<!doctype html>")


def test_words_of_the_study_replace_those_of_the_file(result, tmp_path):
    words = tmp_path / "words.yaml"
    words.write_text("nb: {title: Hverdagsrehabilitering, scenarios: {doubled: {title: Dobbelt}}}")
    made = carestair.report(result, words=words)
    norwegian, english = made.split('<div class="page" lang="en"')
    assert "<h1>Hverdagsrehabilitering</h1>" in norwegian
    assert ">Dobbelt</option>" in norwegian
    assert f"<h1>{result.title}</h1>" in english
    words.write_text("nb: {scenarios: {other: {title: x}}}")
    with pytest.raises(carestair.ResultError, match="no scenario `other`"):
        carestair.report(result, words=words)
    words.write_text("title: x")
    with pytest.raises(carestair.ResultError, match="does not hold the words of a study"):
        carestair.report(result, words=words)


def test_what_planners_would_project_stands_beside_the_simulation(result):
    found = gather(result)
    chart = found.charts["doubled"]["places"]["projected"]
    housed = {"dwelling": ["care_housing_24h", "nursing_home"]}
    projected = carestair.analysis.projected(result, "residents_by_dwelling", **housed)
    assert len(chart) == len(result.indicators["time"])  # three years are shown by month
    assert chart[-1] == pytest.approx(float(projected.isel(time=-1).median()), rel=1e-4)
    assert "projected" not in found.charts["doubled"]["waiting"]
    (figure,) = (f for f in found.figures if f.id == "places")
    assert "With today's coverage at each age" in said(
        figure, result, found, texts.read("en"), "doubled"
    )


def test_places_of_both_are_told_where_the_policy_builds(result):
    found = gather(result)
    chart = dict(found.charts["doubled"]["exceed"])
    (figure,) = (f for f in found.figures if f.id == "exceed")
    words = texts.read("en")
    assert "The places there are" in said(figure, result, found, words, "doubled")
    most = max(chart["x"])
    chart["capacity"] = {"baseline": 0.0, "scenario": most}
    found.charts["doubled"]["exceed"] = chart
    both = said(figure, result, found, words, "doubled")
    assert (
        f"The 0 places without the policy are enough in 0% of worlds, the {most} with it in 100%"
        in both
    )


def test_what_cannot_be_reported_is_named(result, result_file, tmp_path, capsys):
    with pytest.raises(carestair.ResultError, match="no scenario `x`"):
        carestair.report(result, scenario="x")
    assert main(["report", str(result_file), "-o", str(tmp_path / "page.pdf")]) == 2
    assert "end it in .html" in capsys.readouterr().err


def test_package_is_light_until_a_report_is_made():
    code = "import sys, carestair; sys.exit('altair' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
