"""Every folder of samples/bad is a case: workbooks, and the exact lines that are said about them."""

from __future__ import annotations

from pathlib import Path

import pytest
from patch_xlsx import read_parts
from samples_bad.make_bad_samples import CASES, expected_lines, make

from smsheets.problems import PROBLEM_TEXTS
from smsheets.reader.problem_list import LISTED

SAMPLES = Path(__file__).resolve().parents[2] / "samples" / "bad"
FOLDERS = sorted(folder for folder in SAMPLES.iterdir() if folder.is_dir())
AGAIN = "run: python tests/samples_bad/make_bad_samples.py"


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_what_is_said_about_a_sample(folder: Path) -> None:
    assert expected_lines(folder) == (folder / "expected.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_a_sample_shows_its_own_problem_and_no_other(folder: Path) -> None:
    lines = (folder / "expected.txt").read_text(encoding="utf-8").splitlines()
    told = LISTED * ["[cell.not-a-number]"] if folder.name == "column.more" else []
    assert [line.rpartition(" ")[2] for line in lines] == [*told, f"[{folder.name}]"]


def test_every_code_has_a_sample_and_every_sample_a_code() -> None:
    assert {folder.name for folder in FOLDERS} == set(PROBLEM_TEXTS) == set(CASES)


def test_the_samples_are_fresh(tmp_path: Path) -> None:
    make(tmp_path)
    for made in sorted(tmp_path.rglob("*.*")):
        kept = SAMPLES / made.relative_to(tmp_path)
        if made.suffix == ".xlsx":
            assert read_parts(kept) == read_parts(made), f"{kept} is not as it is made now; {AGAIN}"
        elif made.is_file():
            assert kept.read_bytes() == made.read_bytes(), f"{kept} is not as it is made now; {AGAIN}"


def test_the_same_samples_have_the_same_bytes(tmp_path: Path) -> None:
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        CASES["cell.overwritten-formula"](tmp_path / name)
    assert (tmp_path / "one" / "budget.xlsx").read_bytes() == (tmp_path / "two" / "budget.xlsx").read_bytes()
