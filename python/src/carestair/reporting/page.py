"""Puts the page together: texts in two languages, numbers of every scenario, one HTML file."""

from __future__ import annotations

import functools
import json
from importlib import resources
from pathlib import Path
from typing import Any

import jinja2
import markupsafe
import vl_convert

from carestair.comparison import check_scenario
from carestair.errors import ResultError
from carestair.plot.series import STEPS
from carestair.reporting import charts, texts
from carestair.reporting.content import gather
from carestair.reporting.said import level_names
from carestair.reporting.study import read_words, study_of
from carestair.reporting.texts import LANGUAGES, Texts
from carestair.reporting.words import page_words
from carestair.result import Result

_FOLDER = resources.files("carestair.reporting")
_SNIPPET = "window.vegaEmbed = vegaEmbed;"


@functools.lru_cache(maxsize=1)
def _library() -> str:
    """Vega, Vega-Lite and Vega-Embed as one script."""
    bundle: str = vl_convert.javascript_bundle(_SNIPPET, vl_version="6.4")
    return bundle.replace("</script", "<\\/script")


def build(result: Result, scenario: str | None, words: Path | None) -> str:
    """Return the page of a result."""
    if len(result.scenarios) < 2:
        raise ResultError(
            "holds one scenario only: there is nothing to report on",
            result.path,
            "add a scenario to the configuration; docs/scenarios.md shows how",
        )
    first = check_scenario(result, scenario or result.scenarios[1])
    content = gather(result)
    told = read_words(words, result.scenarios)
    languages = [texts.read(language) for language in LANGUAGES]
    pages = [page_words(result, content, t, study_of(result, t.language, told)) for t in languages]
    environment = jinja2.Environment(
        loader=jinja2.FunctionLoader(_text), autoescape=True, undefined=jinja2.StrictUndefined
    )
    data = {
        "scenarios": list(result.policies),
        "first": first,
        "charts": content.charts,
        "languages": {t.language: _for_script(result, t) for t in languages},
    }
    return environment.get_template("page.html").render(
        pages=pages,
        first=first,
        result=result,
        style=markupsafe.Markup(_text("page.css")),
        script=markupsafe.Markup(_text("page.js")),
        library=markupsafe.Markup(_library()),
        data=_embedded(data),
    )


def _text(name: str) -> str:
    return (_FOLDER / name).read_text(encoding="utf-8")


def _embedded(data: Any) -> markupsafe.Markup:
    """JSON that may stand inside a script element."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return markupsafe.Markup(text.replace("<", "\\u003c"))


def _for_script(result: Result, page: Texts) -> dict[str, Any]:
    """Return what the script needs to draw in one language."""
    return {
        "specifications": charts.specifications(page),
        "number": {
            "decimal": page.decimal,
            "thousands": page.thousands,
            "grouping": [3],
            "currency": ["", "\u00a0kr"],
            "minus": "−",
            "percent": "%" if page.language == "en" else "\u00a0%",
        },
        "baseline": page("baseline"),
        "scenario": page("scenario"),
        "words": page.entries["charts"],
        "steps": {step: page.entries["steps"][step] for step in STEPS},
        "sexes": page.entries["sexes"],
        "ages": page.entries["ages"],
        "kinds": page.entries["kinds"],
        "levels": {
            axis: level_names(result, page, axis)
            for axis in ("service", "unit", "payer", "account", "occupation", "need_level")
        },
    }
