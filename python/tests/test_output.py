"""Nothing that is written takes the place of something that is read."""

import os
import shutil

import pytest
import yaml

import carestair
from carestair.__main__ import command, main
from carestair._output import refuse_to_overwrite


@pytest.fixture
def kept(result_file, tmp_path):
    """A result, and a function that says whether it is still what it was."""
    path = tmp_path / "kept.h5"
    shutil.copy(result_file, path)
    before = path.read_bytes()
    yield path
    assert path.read_bytes() == before


def link(path, name):
    linked = path.with_name(name)
    linked.symlink_to(path)
    return linked


def test_the_same_file_is_seen_by_any_name(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    file = tmp_path / "a.h5"
    file.touch()
    os.link(file, tmp_path / "hard.h5")
    names = ["a.h5", "./a.h5", "hard.h5", link(file, "soft.h5").name]
    for name in names:
        with pytest.raises(carestair.ResultError, match="overwrite"):
            refuse_to_overwrite(type(file)(name), None, file)
    refuse_to_overwrite(tmp_path / "b.h5", None, file)
    with pytest.raises(carestair.ResultError, match="named twice"):  # nor is there one of them yet
        refuse_to_overwrite(tmp_path / "c", tmp_path / "c")


def test_compare_does_not_write_its_table_over_the_result(engine, kept, capfd):
    for words in (
        ["--csv", str(kept)],
        [f"--csv={kept}"],
        ["--csv", str(link(kept, "linked.csv"))],
    ):
        assert command(["compare", str(kept), *words]) == 2
        assert command(["compare", *words, str(kept)]) == 2
        told = capfd.readouterr().err
        assert told.count("would write the table over the result") == 2
        assert "name another file" in told
    table = kept.with_name("table.csv")
    assert command(["compare", str(kept), "--csv", str(table)]) == 0
    assert table.read_text().startswith("scenario,")


@pytest.mark.parametrize("named", [True, False], ids=["named", "by default"])
@pytest.mark.parametrize(("what", "ending"), [("picture", ".png"), ("report", ".html")])
def test_pictures_and_pages_are_not_written_over_the_result(kept, capsys, what, ending, named):
    target = link(kept, f"kept{ending}")
    words = ["-o", str(target)] if named else []
    assert main([what, str(kept), *words]) == 2
    assert main([what, str(target)]) == 2  # a result under the name of its own page
    told = capsys.readouterr().err
    assert f"{target}: is the same file as {kept}, which it would overwrite" in told
    assert f"{target}: would overwrite itself" in told


def test_a_page_is_not_written_over_its_words(kept, tmp_path, capsys):
    words = tmp_path / "words.html"
    words.write_text("nb: {title: En studie}\n")
    assert main(["report", str(kept), "--words", str(words), "-o", str(words)]) == 2
    assert "overwrite" in capsys.readouterr().err
    with carestair.open(kept) as result:
        with pytest.raises(carestair.ResultError, match="overwrite"):
            carestair.report(result, words, words=words)
        with pytest.raises(carestair.ResultError, match="overwrite"):
            carestair.report(result, kept)
    assert words.read_text() == "nb: {title: En studie}\n"


@pytest.mark.parametrize("name", ["page.txt", "page", "page.html.gz"])
def test_a_page_is_called_one(kept, name, capsys):
    target = kept.with_name(name)
    refusal = r"is not a page this can write\n.*\.html"
    with carestair.open(kept) as result, pytest.raises(carestair.ResultError, match=refusal):
        carestair.report(result, target)
    assert main(["report", str(kept), "-o", str(target)]) == 2
    assert "is not a page this can write" in capsys.readouterr().err
    assert not target.exists()


def test_validate_writes_over_nothing_it_reads(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr("carestair.validate.run", lambda *_, **__: pytest.fail("it was run"))
    config, targets = tmp_path / "config.yaml", tmp_path / "targets.yaml"
    config.write_text("title: a\n")
    targets.write_text("targets: []\n")
    words = ["validate", str(config), "--targets", str(targets)]
    new = str(tmp_path / "new")
    for more in (
        ["--write", str(config)],
        ["--write", str(targets)],
        ["-o", str(config)],
        ["-o", str(link(targets, "linked.h5"))],
        ["-o", new, "--write", new],
    ):
        assert main([*words, *more]) == 2
        assert "overwrite" in capsys.readouterr().err
    page = tmp_path / "page.md"
    page.write_text("no marks")
    assert main([*words, "--write", str(page)]) == 2  # before anything is run
    assert "has no place for the table" in capsys.readouterr().err
    assert config.read_text() == "title: a\n"


def test_fitted_values_are_written_over_nothing_else(tmp_path, capsys):
    files = {
        "study.yaml": yaml.safe_dump(
            {
                "configuration": "config.yaml",
                "targets": "targets.yaml",
                "fit": ["users"],
                "parameters": [{"address": "a.b"}, {"address": "a.c"}],
            }
        ),
        "config.yaml": "include: [base.yaml, earlier.yaml]\n",
        "base.yaml": "title: base\n",
        "earlier.yaml": "# Values fitted by `carestair calibrate`; include this file\n",
        "targets.yaml": "targets: [{id: users, measure: users_total, title: t, period: 2020, "
        "unit: persons, source: own, kind: derived, value: 2, low: 1, high: 3}]\n",
        "notes.yaml": "somebody's own\n",
    }
    for name, text in files.items():
        (tmp_path / name).write_text(text)
    words = ["calibrate", str(tmp_path / "study.yaml"), "--write"]
    for name in files:
        assert main([*words, str(tmp_path / name)]) == 2
        told = capsys.readouterr().err
        assert "choose another name with --write" in told
        assert ("alone" if name == "notes.yaml" else "overwrite") in told
    for name, text in files.items():
        assert (tmp_path / name).read_text() == text
