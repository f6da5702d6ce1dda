"""Tables and forms in words that nobody knows: map and range names tell where they stand, and the cells must agree."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import msgspec
import openpyxl
import pytest
from filled import change_blocks, change_table, filled, problem_lines, records
from openpyxl.worksheet.worksheet import Worksheet
from patch_xlsx import patch_cells, patch_parts, read_parts, sheet_parts

from smsheets.reader.file.limits import USUAL
from smsheets.reader.file.source import open_workbook
from smsheets.reader.read import read_source, read_workbook
from smsheets.spec.model import Block, Column, Form

POSTS = """
| Post | Date       | Channel   | Title | Status |
|------|------------|-----------|-------|--------|
| P1   | 2027-01-15 | Instagram | Hello | Idea   |
| P2   | 2027-01-16 | Facebook  | Again | Draft  |
"""
MIX = """
| Pillar    | Promotional | Target share |
|-----------|-------------|--------------|
| Our work  | No          | 0.7          |
| Our offer | Yes         | 0.3          |
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
    assert problem_lines(posts) == [f"calendar.xlsx: Posts!A5:AG5: {UNKNOWN}"]


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


def test_a_computed_table_below_unknown_headings_stays(tmp_path: Path) -> None:
    """It is on its own sheet, cut and put below what people fill, without its title: its headings are no values."""
    path = filled(tmp_path, "calendar", {"mix_targets": MIX})
    placed = read_workbook(path).layout.tables
    targets, balance = placed["mix_targets"], placed["mix_balance"]
    book = openpyxl.load_workbook(path)
    sheet = book[balance.sheet]
    for column in targets.columns:
        sheet.cell(targets.header_row, column.col).value = f"Kolom {column.col}"
    sheet.move_range(f"A{balance.header_row}:H{balance.end_row}", rows=targets.end_row + 3 - balance.header_row)
    sheet.cell(balance.title_row or 0, balance.columns[0].col).value = None
    book.save(path)
    found = read_source(open_workbook(path), path.name, USUAL).found.tables
    assert found["mix_targets"].mapped
    assert found["mix_balance"].header_row == targets.end_row + 3


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


def without_owner(columns: tuple[Column, ...]) -> tuple[Column, ...]:
    return tuple(column for column in columns if column.id != "owner")


def earlier_posts(folder: Path) -> Path:
    """A calendar made before there was a column for the owner, under headings that nobody knows."""
    path = filled(folder, "calendar", {"posts": POSTS}, rows=60, edit=change_table("posts", without_owner))
    letters = headings(path, "Posts", 5)
    patch_cells(path, {f"Posts!{letter}5": f"Kolom {number}" for number, letter in enumerate(letters, 1)})
    return path


def test_a_map_of_fewer_columns(tmp_path: Path) -> None:
    path = earlier_posts(tmp_path)
    read = read_workbook(path)
    assert records(read, "posts", "post_id", "date", "channel", "title", "status") == READ
    assert problem_lines(path) == [f"calendar.xlsx: Posts!A5:AF5: {UNKNOWN}"]


def test_a_column_that_the_map_lacks_is_found_by_its_heading(tmp_path: Path) -> None:
    path = earlier_posts(tmp_path)
    patch_cells(path, {"Posts!AH5": "Owner", "Posts!AH6": "Ana"})
    assert records(read_workbook(path), "posts", "title", "owner") == "| Hello | Ana |\n| Again |  |"
    assert [line.rpartition("[")[2] for line in problem_lines(path)] == ["table.unknown-headings]", OPEN_LIST]


OPEN_LIST = "cell.not-in-open-list]"
"""Ana is on no list of people."""


def test_a_column_of_ones_own_beside_a_map_of_fewer_columns(tmp_path: Path) -> None:
    """It is no column of ours that lost its heading."""
    path = earlier_posts(tmp_path)
    patch_cells(path, {"Posts!AG5": "Mood", "Posts!AG6": "good"})
    assert problem_lines(path) == [f"calendar.xlsx: Posts!A5:AF5: {UNKNOWN}"]
    assert [own.heading for own in read_workbook(path).own_columns["posts"]] == ["Mood"]


def test_known_headings_and_a_map_of_fewer_columns(tmp_path: Path) -> None:
    """The workbook never had a column of owners: what people typed beside it is their own, and nothing is gone."""
    path = filled(tmp_path, "calendar", {"posts": POSTS}, edit=change_table("posts", without_owner))
    patch_cells(path, {"Posts!AG5": "Mood", "Posts!AG6": "good"})
    assert problem_lines(path) == []
    assert [own.heading for own in read_workbook(path).own_columns["posts"]] == ["Mood"]


def with_a_newer_column(columns: tuple[Column, ...]) -> tuple[Column, ...]:
    return (Column(id="mood", label="Mood"), *columns[1:4], Column(id="place", label="Place"), *columns[4:], columns[0])


def test_a_map_of_more_columns(tmp_path: Path) -> None:
    """One that a later form of the template has stands first, so that ours are counted from there."""
    edit = change_table("posts", with_a_newer_column)
    path = filled(tmp_path, "calendar", {"posts": POSTS}, rows=60, edit=edit)
    letters = headings(path, "Posts", 5)
    patch_cells(path, {f"Posts!{letter}5": f"Kolom {number}" for number, letter in enumerate(letters, 1)})
    read = read_workbook(path)
    assert records(read, "posts", "post_id", "date", "channel", "title", "status") == READ
    assert {problem.code for problem in read.problems} == {"table.unknown-headings"}


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


def without_destination(block: Block) -> Block:
    if not isinstance(block, Form) or block.id != "mission":
        return block
    return msgspec.structs.replace(block, fields=tuple(item for item in block.fields if item.id != "destination"))


@pytest.mark.parametrize("hint", ["", "Uitleg"], ids=["hints-left", "hints-unknown"])
def test_a_map_of_fewer_lines(hint: str, tmp_path: Path) -> None:
    """A form made before its second line was there: the lines after it are read from where they were."""
    forms = {"mission": {"what_we_do": "We sell pots", "customer_effect": "They eat from bowls"}}
    path = filled(tmp_path, "strategy", {}, forms=forms, edit=change_blocks(without_destination))
    patch_cells(path, {f"Mission!A{row}": f"Vraag {row}" for row in range(4, 7)})
    patch_cells(path, {f"Mission!C{row}": f"{hint} {row}" for row in range(4, 7) if hint})
    read = read_workbook(path)
    assert {key: value for key, value in read.forms["mission"].items() if value} == forms["mission"]
    codes = [problem.code for problem in read.problems]
    assert "form.unknown-labels" in codes
    assert "form.missing-field" not in codes


def test_figures_of_an_earlier_template_are_no_columns_of_ones_own(tmp_path: Path) -> None:
    def edit(columns: tuple[Column, ...]) -> tuple[Column, ...]:
        letters = Column(id="letters", label="Letters", formula="LEN({title})")
        return (*columns, letters, Column(id="mood", label="Mood"))

    path = filled(tmp_path, "calendar", {"posts": POSTS}, edit=change_table("posts", edit))
    read = read_workbook(path)
    assert [column.heading for column in read.own_columns["posts"]] == ["Mood"]
    assert read.problems == ()
