"""Tables and forms in words that nobody knows: map and range names tell where they stand, and the cells must agree."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from filled import filled, problem_lines, records
from openpyxl.worksheet.worksheet import Worksheet
from patch_xlsx import patch_cells, patch_parts, read_parts, sheet_parts

from smsheets.reader.read import read_workbook

POSTS = """
| Post | Date       | Channel   | Title | Status |
|------|------------|-----------|-------|--------|
| P1   | 2027-01-15 | Instagram | Hello | Idea   |
| P2   | 2027-01-16 | Facebook  | Again | Draft  |
"""
READ = "| P1 | 2027-01-15 | instagram | Hello | idea |\n| P2 | 2027-01-16 | facebook | Again | draft |"
UNKNOWN = (
    "The headings of 'Posts' are not known; its columns were read in the order they were made in. "
    "Write the headings again, as a new workbook has them. [table.unknown-headings]"
)


def headings(path: Path, sheet: str, row: int) -> list[str]:
    """The letters of the columns that have a heading."""
    text = read_parts(path)
    return re.findall(rf'<c r="([A-Z]+){row}"', text[sheet_parts(text)[sheet]].decode())


@pytest.fixture
def posts(tmp_path: Path) -> Path:
    """A calendar with two posts under headings that nobody knows."""
    path = filled(tmp_path, "calendar", {"posts": POSTS}, rows=60)
    letters = headings(path, "Posts", 5)
    patch_cells(path, {f"Posts!{letter}5": f"Kolom {number}" for number, letter in enumerate(letters, 1)})
    return path


def without_names(path: Path) -> None:
    patch_parts(path, lambda name, text: re.sub(r"<definedName .*?</definedName>", "", text))


def without_marker_sheet(path: Path) -> None:
    patch_parts(path, lambda name, text: re.sub(r'<sheet name="_smsheets"[^>]*/>', "", text))


def without_either(path: Path) -> None:
    without_names(path)
    without_marker_sheet(path)


@pytest.mark.parametrize("take", [without_names, without_marker_sheet, without_either])
def test_headings_that_nobody_knows(take: Callable[[Path], None], posts: Path) -> None:
    take(posts)
    read = read_workbook(posts)
    assert records(read, "posts", "post_id", "date", "channel", "title", "status") == READ
    assert problem_lines(posts) == [f"calendar.xlsx: Posts!A5:AF5: {UNKNOWN}"]


def changed(path: Path, change: Callable[[Worksheet], None]) -> None:
    """The Posts sheet changed through openpyxl; its formulas lose their values."""
    book = openpyxl.load_workbook(path)
    change(book["Posts"])
    book.save(path)


def test_rows_above_the_unknown_headings(posts: Path) -> None:
    """The range names and the map tell the old place: the row with headings is found nearby."""
    changed(posts, lambda sheet: sheet.insert_rows(1, 2))
    assert records(read_workbook(posts), "posts", "post_id", "title") == "| P1 | Hello |\n| P2 | Again |"
    assert "table.unknown-headings" in {problem.code for problem in read_workbook(posts).problems}


def test_a_column_among_unknown_headings_is_not_guessed(posts: Path) -> None:
    """No column stands where the map has it: nothing is read by its place, and that is said."""

    def insert(sheet: Worksheet) -> None:
        sheet.insert_cols(2)
        sheet["B5"] = "Eigen"
        for row in (6, 7):
            sheet.cell(row, 2).value = "mine"

    changed(posts, insert)
    read = read_workbook(posts)
    assert "posts" not in read.rows
    assert "table.missing" in {problem.code for problem in read.problems}


def test_columns_without_headings_are_not_guessed(posts: Path) -> None:
    patch_cells(posts, {"Posts!C5": None, "Posts!D5": None})
    read = read_workbook(posts)
    assert "posts" not in read.rows
    assert "table.missing" in {problem.code for problem in read.problems}


def test_another_table_of_the_same_size_is_not_guessed(posts: Path) -> None:
    """Texts where dates and ids must stand."""
    patch_cells(posts, {f"Posts!{letter}{row}": "text" for letter in "ABDE" for row in (6, 7)})
    patch_cells(posts, {f"Posts!A{row}": "text" for row in range(8, 60)})
    assert "posts" not in read_workbook(posts).rows


MISSION = {"what_we_do": "We sell pots", "destination": "More shops"}


@pytest.fixture
def mission(tmp_path: Path) -> Path:
    """A mission under labels that nobody knows."""
    path = filled(tmp_path, "strategy", {}, forms={"mission": MISSION})
    patch_cells(path, {f"Mission!A{row}": f"Vraag {row}" for row in range(4, 8)})
    return path


def test_labels_that_nobody_knows(mission: Path) -> None:
    """The hints tell which line is which."""
    without_either(mission)
    read = read_workbook(mission)
    assert (read.forms["mission"]["what_we_do"], read.forms["mission"]["destination"]) == tuple(MISSION.values())
    assert problem_lines(mission) == [
        "strategy.xlsx: Mission!A4: The labels of 'Mission' are not known; its lines were read in the order they were"
        " made in. Write the labels again, as a new workbook has them. [form.unknown-labels]"
    ]


def test_labels_and_hints_that_nobody_knows(mission: Path) -> None:
    """The range name tells where the form stands."""
    patch_cells(mission, {f"Mission!C{row}": f"Uitleg {row}" for row in range(4, 8)})
    assert read_workbook(mission).forms["mission"]["what_we_do"] == "We sell pots"


def test_a_form_of_which_nothing_is_known_is_not_guessed(mission: Path) -> None:
    patch_cells(mission, {f"Mission!C{row}": f"Uitleg {row}" for row in range(4, 8)})
    without_names(mission)
    assert "mission" not in read_workbook(mission).forms
