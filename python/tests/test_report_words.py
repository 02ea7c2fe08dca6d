"""The study's own words in another language, and files of them that say nothing."""

import pytest

import carestair


def test_words_of_the_study_replace_those_of_the_file(result, tmp_path):
    words = tmp_path / "words.yaml"
    words.write_text("nb: {title: Hverdagsrehabilitering, scenarios: {doubled: {title: Dobbelt}}}")
    made = carestair.report(result, words=words)
    norwegian, english = made.split('<div class="page" lang="en"')
    assert "<h1>Hverdagsrehabilitering</h1>" in norwegian
    assert ">Dobbelt</option>" in norwegian
    assert f"<h1>{result.title}</h1>" in english


def test_what_only_the_makers_can_say_stands_in_the_list(result, tmp_path):
    words = tmp_path / "words.yaml"
    words.write_text(
        "nb: {about: {funding: Kommunen betaler, conflicts: Ingen}}\n"
        "en: {about: {funding: The municipality pays}}"
    )
    norwegian, english = carestair.report(result, words=words).split('<div class="page" lang="en"')
    assert "<td>Kommunen betaler</td>" in norwegian
    assert "<td>The municipality pays</td>" in english
    for page in (norwegian, english):
        assert "<td>Ingen</td>" in page
        assert "`about: {plan: ...}`" in page
        assert "`about: {funding: ...}`" not in page
    assert "Not told. `about: {engagement: ...}`" in carestair.report(result)


@pytest.mark.parametrize(
    ("text", "faults"),
    [
        ("title: x", ["line 1, column 1: the file has no `title`: it has `nb`, `en`"]),
        ("[nb]", ["line 1, column 1: the file is no section"]),
        ("", ["the file is no section"]),
        (
            "nb:\n  tittel: x\n  scenarios:\n    other: {title: x}\n    doubled: {titel: x}\nen: 3",
            [
                "line 2, column 3: a language has no `tittel`",
                "line 4, column 5: the study has no `other`: it has `",
                "line 5, column 15: a scenario has no `titel`",
                "line 6, column 5: a language is no section",
            ],
        ),
        ("en: {about: {payer: x}}", ["line 1, column 14: `about` has no `payer`: it has `plan`"]),
        ("en: {about: {funding: [x]}}", ["line 1, column 23: `funding` is not text"]),
        ("nb: {title: x, title: y}", ["line 1, column 16: `title` stands here twice"]),
        ("? [nb]\n: {title: x}", ["line 1, column 3: this is no name: the file has `nb`, `en`"]),
        ("nb: {title: [x]}", ["line 1, column 13: `title` is not text"]),
        ("nb: {title: }", ["`title` is not text"]),
    ],
)
def test_words_that_would_not_be_shown_are_refused(result, tmp_path, text, faults):
    words = tmp_path / "words.yaml"
    words.write_text(text)
    with pytest.raises(carestair.ResultError, match="begins with `nb:` or `en:`") as caught:
        carestair.report(result, words=words)
    for fault in faults:
        assert fault in str(caught.value)


def test_words_that_are_no_text_file_are_refused(result, tmp_path):
    words = tmp_path / "words.yaml"
    words.write_bytes("nb: {title: æ}".encode("latin-1"))
    with pytest.raises(carestair.ResultError, match="is not UTF-8"):
        carestair.report(result, words=words)
    with pytest.raises(carestair.ResultError, match="cannot open"):
        carestair.report(result, words=tmp_path / "absent.yaml")
