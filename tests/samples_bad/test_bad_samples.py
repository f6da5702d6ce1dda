"""Every folder of samples/bad is a case: workbooks, and the exact lines that are said about them."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from generated.workbook_difference import describe_difference
from refresh import COMMAND
from refresh import SAMPLES as ALL_SAMPLES
from samples_bad.bad_samples import CASES, expected_lines, make

from smsheets.problems import problem_texts
from smsheets.reader.read import LISTED

WITH_OTHERS = {
    "column.more": {"cell.not-a-number": LISTED},
    "cell.turned-date": {"cell.date-as-text": 3},  # only beside days that stayed texts is it seen
}
"""Samples whose problem is not without others."""

SAMPLES = ALL_SAMPLES / "bad"
FOLDERS = sorted(folder for folder in SAMPLES.iterdir() if folder.is_dir())
MEANT = f"if this is meant: {COMMAND}"


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_what_is_said_about_a_sample(folder: Path) -> None:
    assert expected_lines(folder) == (folder / "expected.txt").read_text(encoding="utf-8"), MEANT


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_a_sample_shows_its_own_problem_and_no_other(folder: Path) -> None:
    lines = (folder / "expected.txt").read_text(encoding="utf-8").splitlines()
    more = Counter(line.rpartition(" ")[2].strip("[]") for line in lines)
    assert more.pop(folder.name) == 1
    assert more == WITH_OTHERS.get(folder.name, {})


def test_every_code_has_a_sample_and_every_sample_a_code() -> None:
    assert {folder.name for folder in FOLDERS} == set(problem_texts()) == set(CASES)


def test_the_samples_are_fresh(tmp_path: Path) -> None:
    make(tmp_path)
    found = {made.relative_to(tmp_path): made for made in sorted(tmp_path.rglob("*")) if made.is_file()}
    differing: dict[str, list[tuple[Path, list[str]]]] = {}
    for name, made in found.items():
        if lines := difference(SAMPLES / name, made):
            differing.setdefault(name.name, []).append((name, lines))
    told = [line for alike in differing.values() for line in first_of(alike)]
    if told:
        pytest.fail("\n".join(told), pytrace=False)


def difference(kept: Path, made: Path) -> list[str]:
    if not kept.exists():
        return [f"is missing; {MEANT}"]
    if made.suffix == ".xlsx":
        return describe_difference(kept, made)
    return [] if kept.read_bytes() == made.read_bytes() else [f"is not what is said now; {MEANT}"]


def first_of(alike: list[tuple[Path, list[str]]]) -> list[str]:
    """The lines of the first of some files of one template: a formula is changed in all of them."""
    name, lines = alike[0]
    more = [f"and {len(alike) - 1} more {name.name} of samples/bad"] if len(alike) > 1 else []
    return [*(f"samples/bad/{name}: {line}" for line in lines), *more]


def test_the_same_samples_have_the_same_bytes(tmp_path: Path) -> None:
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        CASES["cell.overwritten-formula"](tmp_path / name)
    assert (tmp_path / "one" / "budget.xlsx").read_bytes() == (tmp_path / "two" / "budget.xlsx").read_bytes()
