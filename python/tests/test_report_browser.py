"""The page in a real browser, without network: it draws, fits, and can be used by everybody."""

import os
import shutil

import pytest

import carestair

sync_api = pytest.importorskip("playwright.sync_api")
axe = pytest.importorskip("axe_playwright_python.sync_playwright")

SIZES = [(1280, 900), (390, 844)]
STEP_MS = 40_000  # no step takes longer than this, on a busy machine,
ALL_SECONDS = 200  # nor all tests together: the browser is ended then, and what waits for it fails


@pytest.fixture(scope="module")
def browser(tmp_path_factory):
    program = os.environ.get("CARESTAIR_BROWSER") or shutil.which("chromium")
    if not program:
        pytest.skip("no browser: install chromium, or set CARESTAIR_BROWSER to its path")
    limited = tmp_path_factory.mktemp("browser") / "browser"
    limited.write_text(
        f'#!/bin/sh\nexec timeout --foreground --kill-after=5 {ALL_SECONDS} "{program}" "$@"\n'
    )
    limited.chmod(0o755)
    with sync_api.sync_playwright() as playwright:
        opened = playwright.chromium.launch(
            executable_path=limited, args=["--no-sandbox"], timeout=STEP_MS
        )
        yield opened
        opened.close()


@pytest.fixture(scope="module")
def address(result_file, tmp_path_factory):
    path = tmp_path_factory.mktemp("page") / "page.html"
    with carestair.open(result_file) as result:
        carestair.report(result, path)
    return path.as_uri()


@pytest.fixture
def visit(address, browser):
    """Open the page; whatever the browser complains of fails the test at its end."""
    complaints, contexts = [], []

    def open_page(size, where="", of=address):
        width, height = size
        context = browser.new_context(
            viewport={"width": width, "height": height}, offline=True, reduced_motion="reduce"
        )
        context.set_default_timeout(STEP_MS)
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: complaints.append(message.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("requestfailed", lambda request: complaints.append(request.url))
        page.goto(of + where)
        drawn(page)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert complaints == []


def drawn(page):
    page.wait_for_function("document.documentElement.dataset.drawn > 0", timeout=STEP_MS)
    return int(page.evaluate("document.documentElement.dataset.drawn"))


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("language", ["nb", "en"])
def test_page_is_drawn_fits_and_is_accessible(visit, size, language):
    page = visit(size, f"#{language}/before_compensating")
    shown = page.locator(f'.page[lang="{language}"]')
    assert page.evaluate("document.documentElement.lang") == language
    assert drawn(page) == shown.locator("section > .figures .chart").count() > 15
    page.evaluate("document.querySelectorAll('details.more').forEach((d) => { d.open = true; })")
    charts = shown.locator(".chart").count()
    page.wait_for_function(
        f"document.documentElement.dataset.drawn === '{charts}'", timeout=STEP_MS
    )
    assert shown.locator(".chart svg").count() == charts > 30
    empty = page.evaluate(
        """() => [...document.querySelectorAll(".page:not([hidden]) .chart")].filter(
            (chart) => !chart.querySelector(".mark-line path, .mark-rect path, .mark-area path,"
            + " .mark-symbol path")).length"""
    )
    assert empty == 0
    assert page.evaluate("document.documentElement.scrollWidth") <= size[0]
    if (size == SIZES[0]) != (language == "nb"):
        return  # each language and each size is held against the rules once
    # Drawings are hidden from screen readers, and their thousands of parts would take minutes.
    page.evaluate(
        """() => document.querySelectorAll(".chart svg, .page[hidden]").forEach(
            (element) => element.remove())"""
    )
    found = axe.Axe().run(page).response["violations"]
    assert [(v["id"], v["nodes"][0]["html"][:200]) for v in found] == []


@pytest.mark.parametrize("size", SIZES)
def test_how_sure_it_is_can_be_read_on_any_screen(visit, kinds_page, size):
    page = visit(size, "#nb/doubled", kinds_page.as_uri())
    section = page.locator("section[aria-labelledby=nb-sure]")
    assert section.locator(".chart[data-kind=ceac] svg .mark-line path").count() >= 2
    assert page.evaluate("document.documentElement.scrollWidth") <= size[0]
    names = section.locator("dt")
    hidden = [(names.nth(i).bounding_box() or {"width": 0})["width"] < 2 for i in range(4)]
    # Side by side under their headings, or each with its own name where they are not.
    assert hidden == [size == SIZES[0]] * 4
    found = axe.Axe().run(page, context="section[aria-labelledby=nb-sure] .fourfold").response
    assert [(v["id"], v["nodes"][0]["html"][:200]) for v in found["violations"]] == []


def test_scenario_and_language_are_chosen_by_keyboard(visit):
    page = visit(SIZES[0])
    page.locator("#nb-choice").focus()
    page.keyboard.press("ArrowDown")
    drawn(page)
    answer = page.locator(".page[lang=nb] .answer [data-scenario=before_compensating]")
    assert answer.is_visible()
    page.locator(".page[lang=nb] [data-to=en]").focus()
    page.keyboard.press("Enter")
    drawn(page)
    assert page.evaluate("document.documentElement.lang") == "en"
    assert page.locator(".page[lang=en] .answer [data-scenario=before_compensating]").is_visible()
    assert not page.locator(".page[lang=nb]").is_visible()
    assert page.evaluate("location.hash") == "#en/before_compensating"


def test_a_policy_is_chosen_among_all(visit):
    page = visit(SIZES[1], "#en/doubled")
    links = page.locator(".page[lang=en] .policies a")
    assert [links.nth(i).get_attribute("aria-current") for i in range(2)] == ["true", "false"]
    links.nth(1).click()
    drawn(page)
    assert page.locator(".page[lang=en] .answer [data-scenario=before_compensating]").is_visible()
    assert [links.nth(i).get_attribute("aria-current") for i in range(2)] == ["false", "true"]
    assert page.evaluate("location.hash") == "#en/before_compensating"
    assert page.evaluate("document.activeElement.id") == "en-answer"


def test_every_chart_has_its_numbers_as_a_table(visit):
    page = visit(SIZES[1], "#en/doubled")
    shown = page.locator(".page[lang=en] figure")
    shown.first.locator("summary").click()
    shown.first.locator("table tbody tr").first.wait_for()
    page.evaluate(
        "document.querySelectorAll('details.numbers').forEach((each) => { each.open = true; })"
    )
    page.wait_for_function(
        """() => [...document.querySelectorAll(".page[lang=en] figure")].every(
            (figure) => figure.querySelectorAll("table tbody tr").length >= 2)"""
    )
    assert shown.count() > 10
    assert page.evaluate("document.documentElement.scrollWidth") <= SIZES[1][0]
