"""`smsheets repair`: what it writes, what it prints, what it refuses."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from click.testing import Result

from smsheets import read_workbook, repair_workbook

Run = Callable[..., Result]


def budget(path: Path, run: Run, change: Callable[[Any], None] = lambda book: None) -> Path:
    """A sample budget, changed."""
    run("new", "budget", "--sample", "-o", str(path))
    book = openpyxl.load_workbook(path)
    change(book)
    book.save(path)
    return path


def spoil(book: Any) -> None:
    book["Budget"]["AZ3"] = "Call the printer!"
    book.create_sheet("My notes")["A1"] = "Ideas"


def test_a_workbook_with_nothing_lost(folder: Path, run: Run) -> None:
    budget(folder / "budget.xlsx", run)
    result = run("repair", "budget.xlsx", "-o", "fixed.xlsx")
    assert result.output.splitlines() == ["fixed.xlsx written", "  16 rows in 2 tables brought over."]
    assert result.exit_code == 0
    assert read_workbook(folder / "fixed.xlsx").problems == ()


def test_a_workbook_with_something_left_over(folder: Path, run: Run) -> None:
    path = budget(folder / "budget.xlsx", run, spoil)
    before = (path.read_bytes(), path.stat().st_mtime_ns)
    result = run("repair", "budget.xlsx", "-o", "fixed.xlsx")
    assert result.output.splitlines()[2:] == [
        "  Your own sheet 'My notes': brought over as plain values.",
        "  1 thing could not be brought over: see the sheet 'Not brought over'.",
    ]
    assert result.exit_code == 1
    assert (path.read_bytes(), path.stat().st_mtime_ns) == before


def test_several_into_a_folder(folder: Path, run: Run) -> None:
    run("new", "budget", "roadmap", "-o", "plan/")
    result = run("repair", "plan/budget.xlsx", "plan/roadmap.xlsx", "-o", "fixed")
    assert (result.exit_code, sorted(path.name for path in (folder / "fixed").iterdir())) == (
        0,
        ["budget.xlsx", "roadmap.xlsx"],
    )


def test_one_that_cannot_be_read_does_not_stop_the_others(folder: Path, run: Run) -> None:
    run("new", "budget", "-o", "plan/")
    (folder / "plan" / "a.xlsx").write_text("no workbook")
    result = run("repair", "plan/a.xlsx", "plan/budget.xlsx", "-o", "fixed")
    assert result.exit_code == 2
    assert [path.name for path in (folder / "fixed").iterdir()] == ["budget.xlsx"]
    assert "plan/a.xlsx: " in result.output


@pytest.mark.parametrize("link", [os.symlink, os.link], ids=["symlink", "hard link"])
def test_the_file_itself_is_refused_under_any_name(folder: Path, run: Run, link: Callable[[Path, Path], None]) -> None:
    run("new", "budget")
    link(folder / "budget.xlsx", folder / "other.xlsx")
    before = (folder / "budget.xlsx").read_bytes()
    for name in ("budget.xlsx", "./budget.xlsx", "other.xlsx"):
        result = run("repair", "budget.xlsx", "-o", name, "--force")
        assert result.exit_code == 2
        assert "never changed" in result.output
    assert (folder / "budget.xlsx").read_bytes() == before


def test_a_folder_that_is_the_files_own_is_refused(folder: Path, run: Run) -> None:
    run("new", "budget", "-o", "plan/")
    result = run("repair", "plan/budget.xlsx", "-o", "plan", "--force")
    assert (result.exit_code, "never changed" in result.output) == (2, True)


def test_a_file_that_exists_is_kept_without_force(folder: Path, run: Run) -> None:
    run("new", "budget")
    (folder / "fixed.xlsx").write_text("mine")
    result = run("repair", "budget.xlsx", "-o", "fixed.xlsx")
    assert result.exit_code == 2
    assert "--force" in result.output
    assert (folder / "fixed.xlsx").read_text() == "mine"
    assert run("repair", "budget.xlsx", "-o", "fixed.xlsx", "--force").exit_code == 0


def test_two_of_one_name_are_refused(folder: Path, run: Run) -> None:
    run("new", "budget", "-o", "a/")
    run("new", "budget", "-o", "b/")
    result = run("repair", "a/budget.xlsx", "b/budget.xlsx", "-o", "fixed")
    assert (result.exit_code, "this name" in result.output) == (2, True)
    result = run("repair", "a/budget.xlsx", "b/budget.xlsx", "-o", "fixed.xlsx")
    assert (result.exit_code, "name a folder" in result.output) == (2, True)


def test_from_python(folder: Path, run: Run) -> None:
    budget(folder / "budget.xlsx", run, spoil)
    done = repair_workbook("budget.xlsx", "fixed.xlsx")
    assert (done.is_whole, done.own_sheets, [str(item.cell) for item in done.left_over]) == (
        False,
        ("My notes",),
        ["Budget!AZ3"],
    )


def test_changed_values_are_told_column_by_column(folder: Path, run: Run) -> None:
    def type_texts(book: Any) -> None:
        sheet = book["Budget"]
        for row, number in enumerate((10, 11, 12, 13), 6):
            sheet[f"K{row}"] = f"${number},5{number}"
        sheet["B6"] = "Ads"

    budget(folder / "budget.xlsx", run, type_texts)
    result = run("repair", "budget.xlsx", "-o", "fixed.xlsx")
    assert result.output.splitlines()[2:] == [
        "  5 values were changed, listed on the sheet 'Changed values':",
        "    Budget, Category: 'Ads' became Advertising (B6)",
        "    Budget, Planned, Jan 2027: '$10,510' became 10510 (K6), '$11,511' became 11511 (K7), '$12,512' became"
        " 12512 (K8) and 1 more",
    ]
    assert result.exit_code == 0
    done = repair_workbook("budget.xlsx", "again.xlsx")
    assert [str(change) for change in done.changes][-1] == "'$13,513' became 13513"
