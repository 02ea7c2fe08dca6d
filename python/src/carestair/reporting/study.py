"""The study's own words: what its configuration says, or a file of words in another language."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path

import yaml

from carestair.errors import ResultError
from carestair.reporting.texts import LANGUAGES
from carestair.result import Result

# What only those who made a study can say of it; lists for reporting ask for it.
ABOUT = ("plan", "engagement", "effect_of_engagement", "funding", "conflicts")

_NORWEGIAN = re.compile(r"[æøå]|\b(og|ikke|hva|flere|eller)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Study:
    """Title, question and scenarios in one language, which may not be that of the page."""

    language: str
    title: str
    question: str
    scenario_titles: dict[str, str]
    scenario_descriptions: dict[str, str]
    about: dict[str, str]  # some of ABOUT, in this language or another in which it was told


@dataclass(frozen=True)
class Words:
    """What a file says in one language, by address: `title`, `about.funding`."""

    said: dict[str, str]

    def of(self, address: str, otherwise: str) -> str:
        """Return the words at an address, or those of the configuration."""
        return self.said.get(address, otherwise)


def language_of(text: str) -> str:
    """Tell Norwegian from English, for screen readers."""
    return "nb" if _NORWEGIAN.search(text) else "en"


def study_of(result: Result, page_language: str, told: dict[str, Words]) -> Study:
    """Return the study in the language of a page, where somebody has written it."""
    words = told.get(page_language, Words({}))
    return Study(
        language=page_language if words.said else language_of(f"{result.title} {result.question}"),
        title=words.of("title", result.title),
        question=words.of("question", result.question),
        scenario_titles={
            s: words.of(f"scenarios.{s}.title", title)
            for s, title in result.scenario_titles.items()
        },
        scenario_descriptions={
            s: words.of(f"scenarios.{s}.description", description)
            for s, description in result.scenario_descriptions.items()
        },
        about={
            name: of.said[f"about.{name}"]
            # The words of this language last: they stand.
            for of in [*told.values(), words]
            for name in ABOUT
            if f"about.{name}" in of.said
        },
    )


def read_words(path: Path | None, scenarios: Collection[str]) -> dict[str, Words]:
    """Read words by language; empty without a file.

    Raises
    ------
    ResultError
        When the file cannot be read, or holds anything that would not be shown; all such places
        are told at once, with line and column.
    """
    if path is None:
        return {}
    try:
        document = yaml.compose(path.read_text(encoding="utf-8"), yaml.SafeLoader)
    except OSError as error:
        raise ResultError(f"cannot open the file: {error.strerror}", path) from error
    except UnicodeDecodeError as error:
        raise ResultError("is not UTF-8", path, "save it as UTF-8") from error
    except yaml.YAMLError as error:
        raise ResultError(f"is not YAML: {error}", path) from error
    reading = _Reading(frozenset(scenarios))
    told = {
        language: Words(dict(reading.language(node)))
        for language, node in reading.section(document, "the file", LANGUAGES)
    }
    if reading.faults:
        raise ResultError(
            "; ".join(reading.faults),
            path,
            f"it begins with {' or '.join(f'`{name}:`' for name in LANGUAGES)}, and below it "
            "title, question, scenarios and about; docs/python.md shows how",
        )
    return told


class _Reading:
    """Goes through a file and remembers what is wrong with it."""

    def __init__(self, scenarios: Collection[str]) -> None:
        self.scenarios = scenarios
        self.faults: list[str] = []

    def fault(self, node: yaml.Node | None, message: str) -> None:
        if node is None:
            self.faults.append(message)
            return
        mark = node.start_mark
        self.faults.append(f"line {mark.line + 1}, column {mark.column + 1}: {message}")

    def section(
        self, node: yaml.Node | None, what: str, known: Collection[str]
    ) -> Iterator[tuple[str, yaml.Node]]:
        """Go through a mapping that may hold the known keys, each once."""
        if not isinstance(node, yaml.MappingNode):
            self.fault(node, f"{what} is no section that holds {_listed(known)}")
            return
        seen: set[str] = set()
        for key, value in node.value:
            if not isinstance(key, yaml.ScalarNode):
                self.fault(key, f"this is no name: {what} has {_listed(known)}")
            elif key.value in seen:
                self.fault(key, f"`{key.value}` stands here twice")
            elif key.value not in known:
                self.fault(key, f"{what} has no `{key.value}`: it has {_listed(known)}")
            else:
                seen.add(key.value)
                yield key.value, value

    def language(self, node: yaml.Node) -> Iterator[tuple[str, str]]:
        """Go through what is said in one language: address and text."""
        sections = ("title", "question", "scenarios", "about")
        for key, value in self.section(node, "a language", sections):
            if key == "about":
                for name, text in self.section(value, "`about`", ABOUT):
                    yield from self.text(f"about.{name}", text)
                continue
            if key != "scenarios":
                yield from self.text(key, value)
                continue
            for scenario, own in self.section(value, "the study", sorted(self.scenarios)):
                for name, text in self.section(own, "a scenario", ("title", "description")):
                    yield from self.text(f"scenarios.{scenario}.{name}", text)

    def text(self, address: str, node: yaml.Node) -> Iterator[tuple[str, str]]:
        # 2040 is a good title: any scalar is text, but for one that is left out.
        if isinstance(node, yaml.ScalarNode) and node.tag != "tag:yaml.org,2002:null":
            yield address, node.value
        else:
            self.fault(node, f"`{address.rpartition('.')[2]}` is not text")


def _listed(names: Collection[str]) -> str:
    return ", ".join(f"`{name}`" for name in names)
