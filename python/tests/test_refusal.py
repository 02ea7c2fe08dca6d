"""What is not a result, or not whole, or from the future, is refused with what to do."""

import shutil

import h5py
import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import carestair
from carestair.__main__ import main


def refusal(path) -> str:
    with pytest.raises(carestair.ResultError) as caught:
        carestair.open(path)
    text = str(caught.value)
    assert text.startswith(f"{path}: "), text
    return text.removeprefix(f"{path}: ")


SEAL = 32  # bytes behind the HDF5 data


@pytest.fixture
def sealed(result_file, tmp_path):
    path = tmp_path / "sealed.h5"
    shutil.copy(result_file, path)
    return path


@pytest.fixture
def copy(result_file, tmp_path):
    """Without its seal, as other programs leave a file that they change."""
    path = tmp_path / "copy.h5"
    path.write_bytes(result_file.read_bytes()[:-SEAL])
    return path


def test_no_such_file(tmp_path):
    assert refusal(tmp_path / "none.h5") == "cannot open the file: No such file or directory"


def test_directory(tmp_path):
    assert refusal(tmp_path) == "is a directory, not a result file\n  name a file in it"


def test_empty_file(tmp_path):
    path = tmp_path / "empty.h5"
    path.touch()
    assert refusal(path).startswith("is empty\n")


def test_other_kind_of_file(tmp_path):
    path = tmp_path / "config.yaml"
    path.write_text("title: not a result\n")
    assert refusal(path) == ("is not an HDF5 file\n  name the .h5 file that `carestair run` wrote")


def test_other_hdf5_file(tmp_path):
    path = tmp_path / "other.h5"
    with h5py.File(path, "w") as file:
        file["x"] = 1
    assert refusal(path).startswith("is an HDF5 file, but not a result of carestair\n")


def test_other_format(tmp_path):
    path = tmp_path / "other.h5"
    with h5py.File(path, "w") as file:
        file.attrs["format"] = "statepoint"
    assert refusal(path).startswith('has the format "statepoint", not "carestair-result"\n')


def test_truncated_file(copy):
    content = copy.read_bytes()
    copy.write_bytes(content[: len(content) // 2])
    assert refusal(copy) == (
        "is truncated: its end is missing\n  copy it again, or run the simulation again"
    )


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(where=st.floats(0.0, 1.0, exclude_max=True), bit=st.integers(0, 7))
def test_a_flipped_bit_is_refused(sealed, where, bit):
    content = bytearray(sealed.read_bytes())
    content[8 + int(where * (len(content) - 8))] ^= 1 << bit
    path = sealed.with_name("flipped.h5")
    path.write_bytes(content)
    assert refusal(path) == (
        "is damaged: its checksum does not fit\n  copy it again, or run the simulation again"
    )


def test_a_file_without_seal_is_read(copy):
    with carestair.open(copy) as result:
        assert result.seed == 7


def test_unfinished_file(copy):
    with h5py.File(copy, "r+") as file:
        del file.attrs["format"]
    assert refusal(copy).startswith("is an unfinished result")


def test_newer_major_version(copy):
    with h5py.File(copy, "r+") as file:
        file.attrs["format_version"] = np.array([2, 3])
        file.attrs["program_version"] = "9.1.0"
    assert refusal(copy) == (
        "has format version 2.3 (carestair 9.1.0); this package reads version 1.x\n"
        "  install the carestair package that came with it, or a later one"
    )


def test_newer_minor_version_is_read(copy):
    with h5py.File(copy, "r+") as file:
        file.attrs["format_version"] = np.array([1, 99])
    with carestair.open(copy) as result:
        assert result.format_version == (1, 99)


def test_missing_parts_of_the_header(copy):
    with h5py.File(copy, "r+") as file:
        del file.attrs["seed"]
    assert refusal(copy).startswith("lacks part of its header")
    with h5py.File(copy, "r+") as file:
        file.attrs["seed"] = 1
        del file["persons"]
    assert refusal(copy).startswith("lacks part of its header")


@pytest.mark.parametrize(
    "part", ["persons/total", "indicators/recipients", "configuration/text", "time"]
)
def test_what_no_question_can_do_without(copy, part):
    with h5py.File(copy, "r+") as file:
        del file[part]
    assert refusal(copy).startswith(f"lacks part of its header: '{part}'\n")


def test_a_version_that_is_none(copy):
    with h5py.File(copy, "r+") as file:
        file.attrs["format_version"] = ["one", "two"]
    assert refusal(copy).startswith("lacks part of its header")


ODD = {
    "empty.h5": b"",
    "text.h5": b"some text\n",
    "cut.h5": None,
    "other.h5": None,
    "folder.h5": None,
    "none.h5": None,
}


@pytest.mark.parametrize("command", ["picture", "report"])
@pytest.mark.parametrize("name", ODD)
def test_odd_files_end_with_2(result_file, tmp_path, capsys, command, name):
    path = tmp_path / name
    if (content := ODD[name]) is not None:
        path.write_bytes(content)
    elif name == "cut.h5":
        path.write_bytes(result_file.read_bytes()[:50_000])
    elif name == "folder.h5":
        path.mkdir()
    elif name == "other.h5":
        h5py.File(path, "w").close()
    assert main([command, str(path)]) == 2
    assert capsys.readouterr().err.startswith(f"error: {path}: ")
    assert not path.with_suffix(".png").exists()


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(cut=st.floats(0.0, 1.0, exclude_max=True))
def test_a_file_cut_anywhere_is_refused(copy, cut, tmp_path):
    content = copy.read_bytes()
    path = tmp_path / "cut.h5"
    path.write_bytes(content[: int(cut * len(content))])
    refusal(path)
