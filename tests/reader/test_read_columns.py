"""Columns that lost their heading or were renamed, columns of a person's own, and sheets that stand twice."""

from __future__ import annotations

from pathlib import Path

import pytest
from filled import change_table, filled, problem_lines, records
from patch_xlsx import copy_sheet, merge_cells, patch_cells, rename_sheet

from smsheets.api import analyze
from smsheets.reader.file.source import open_workbook
from smsheets.reader.read import read_source, read_workbook
from smsheets.report.build import report_sections
from smsheets.report.json_view import make_view
from smsheets.report.text import render_text
from smsheets.report.wording import Words
from smsheets.spec.model import Column

POSTS = """
| Post | Date       | Channel   | Title | Text  | Owner | Status |
|------|------------|-----------|-------|-------|-------|--------|
| P1   | 2027-01-15 | Instagram | One   | Words |       | Idea   |
| P2   | 2027-01-16 | Facebook  | Two   | Words |       | Draft  |
"""


def calendar(folder: Path, cells: dict[str, str | float | None] | None = None, rows: int = 40) -> Path:
    path = filled(folder, "calendar", {"posts": POSTS}, rows=rows)
    patch_cells(path, {f"Posts!{cell}": value for cell, value in (cells or {}).items()})
    return path


def said(path: Path) -> list[str]:
    return [line.removeprefix("calendar.xlsx: ") for line in problem_lines(path)]


def missing(column: str, guess: str) -> str:
    return (
        f"Posts!A5:AG5: column '{column}' not found; {guess} looks like it. Write '{column}' as the heading again."
        " [table.missing-column]"
    )


@pytest.mark.parametrize("heading", ["Wer macht das hier?", "Titel / Title", "12 months"])
def test_a_heading_of_ones_own_where_one_of_ours_stood(heading: str, tmp_path: Path) -> None:
    """Even an optional column: what stands below it may be what it held."""
    path = calendar(tmp_path, {"J5": heading, "J6": "Ana"})
    assert said(path) == [missing("Owner", f"'{heading}' in J5")]
    assert read_workbook(path).own_columns == {}


@pytest.mark.parametrize("heading", [None, 2027, "  "])
def test_a_column_without_a_heading(heading: str | float | None, tmp_path: Path) -> None:
    path = calendar(tmp_path, {"I5": heading})
    assert said(path) == [
        "Posts!I5: A column of 'Posts' has no heading, so its values were not read; it may be 'Text'. Write its heading"
        " again. [table.unnamed-column]"
    ]


def test_a_heading_merged_with_the_row_above_it(tmp_path: Path) -> None:
    path = calendar(tmp_path, {"I4": "Text", "I5": None})
    merge_cells(path, "Posts", "I4:I5")
    assert said(path) == []
    assert [row.values["copy"] for row in read_workbook(path).rows["posts"]] == ["Words", "Words"]


def test_a_copy_without_a_heading_beside_the_last_column(tmp_path: Path) -> None:
    holidays = "| Date | Name |\n|---|---|\n| 2027-01-01 | New Year |\n| 2027-05-01 | May Day |"
    path = filled(tmp_path, "roadmap", {"holidays": holidays})
    patch_cells(path, {"Holidays!C7": "New Year", "Holidays!C8": "May Day"})
    assert [(problem.cell.a1, problem.code) for problem in read_workbook(path).problems] == [
        ("C6", "table.unnamed-column")
    ]
    patch_cells(path, {"Holidays!C7": "closed", "Holidays!C8": "closed"})
    assert read_workbook(path).problems == ()


def test_tables_beside_each_other_with_the_same_headings(tmp_path: Path) -> None:
    """Without one of its headings a table takes none from its neighbour."""
    path = filled(tmp_path, "kpi-report", rows=10)
    patch_cells(path, {"What works!B6": None})
    tables = read_source(open_workbook(path), str(path)).found.tables
    assert dict(tables["by_format"].columns) == {"name": 1, "rate": 3, "clicks": 4, "orders": 5}
    assert set(tables["by_pillar"].columns.values()) == {7, 8, 9, 10, 11}


def test_two_neighbours_without_headings(tmp_path: Path) -> None:
    lines = said(calendar(tmp_path, {"H5": None, "I5": None}))
    assert [line.partition(" ")[0] for line in lines] == ["Posts!H5:", "Posts!I5:"]
    assert ["'Title'" in lines[0], "'Text'" in lines[1]] == [True, True]


def test_the_ids_without_a_heading(tmp_path: Path) -> None:
    assert [line.rpartition("[")[2] for line in said(calendar(tmp_path, {"A5": None}))] == ["table.unnamed-column]"]


def test_a_deleted_column_of_ids(tmp_path: Path) -> None:
    lines = said(calendar(tmp_path, {f"A{row}": None for row in range(5, 406)}, rows=400))
    assert lines == [
        "Posts!B5:AG5: column 'Post ID' not found. Write 'Post ID' as the heading again. [table.missing-column]"
    ]


def with_own_column(columns: tuple[Column, ...]) -> tuple[Column, ...]:
    return (*columns[:3], Column(id="mood", label="Mood"), *columns[3:])


def test_a_column_of_ones_own_is_told_and_no_problem(tmp_path: Path) -> None:
    path = filled(tmp_path, "calendar", {"posts": POSTS}, edit=change_table("posts", with_own_column))
    patch_cells(path, {"Posts!D6": "good"})
    assert problem_lines(path) == []
    (own,) = read_workbook(path).own_columns["posts"]
    assert (own.heading, str(own.cell)) == ("Mood", "Posts!D5")


def test_a_column_of_ones_own_and_one_that_is_gone(tmp_path: Path) -> None:
    """Its values may stand in the strange one."""

    def change(columns: tuple[Column, ...]) -> tuple[Column, ...]:
        return tuple(column for column in with_own_column(columns) if column.id != "alt_text")

    path = filled(tmp_path, "calendar", {"posts": POSTS}, edit=change_table("posts", change))
    assert problem_lines(path) == []
    patch_cells(path, {"Posts!D6": "good"})
    assert said(path) == [
        "Posts!A5:AG5: column 'Alt text' not found. Write 'Alt text' as the heading again. [table.missing-column]"
    ]


def test_three_columns_of_one_name(tmp_path: Path) -> None:
    lines = said(calendar(tmp_path, {"AI5": "Title", "AJ5": "Title"}))
    assert [line.partition(" ")[0] for line in lines] == ["Posts!AI5:", "Posts!AJ5:"]


def test_own_columns_and_sheets_are_shown(tmp_path: Path) -> None:
    path = filled(tmp_path, "calendar", {"posts": POSTS}, edit=change_table("posts", with_own_column))
    copy_sheet(path, "Posts", "Ideas of Tom")
    patch_cells(path, {f"Ideas of Tom!{letter}5": None for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZ"})
    analysis = analyze(path, as_of=read_workbook(path).layout.profile.start)
    text = render_text(report_sections(analysis), Words("en"))
    assert f"{path}: own columns, left alone: Mood (Posts!D)." in " ".join(text.split())
    assert f"{path}: own sheets, left alone: Ideas of Tom." in " ".join(text.split())
    (file,) = make_view(analysis, Words("en")).files
    assert [(own.heading, own.cell.cell) for own in file.own_columns] == [("Mood", "D5")]
    assert file.own_sheets == ("Ideas of Tom",)


def test_a_copied_sheet_with_the_same_rows(tmp_path: Path) -> None:
    path = calendar(tmp_path)
    copy_sheet(path, "Posts", "Posts (2)")
    assert problem_lines(path) == []
    assert read_workbook(path).own_sheets == ("Posts (2)",)


def test_a_copied_sheet_with_other_rows(tmp_path: Path) -> None:
    path = calendar(tmp_path)
    copy_sheet(path, "Posts", "Posts (2)")
    patch_cells(path, {"Posts (2)!H6": "Another title"})
    assert records(read_workbook(path), "posts", "title") == "| One |\n| Two |"
    assert said(path) == [
        "Posts (2)!A5: The table 'Posts' is here a second time; what was read is the one in Posts. Move the rows that"
        " you need there, and delete this one. [table.twice]"
    ]


def test_of_two_sheets_the_one_with_its_own_name_is_read(tmp_path: Path) -> None:
    path = calendar(tmp_path)
    copy_sheet(path, "Posts", "Backup")
    rename_sheet(path, "Posts", "Old")
    rename_sheet(path, "Backup", "Posts")
    patch_cells(path, {"Posts!H6": "New title"})
    assert records(read_workbook(path), "posts", "title") == "| New title |\n| Two |"


def test_a_copied_sheet_of_a_form(tmp_path: Path) -> None:
    limits = {"watch_share": 0.05, "over_share": 0.15, "weeks_per_year": 52}
    path = filled(tmp_path, "budget", {}, forms={"settings": limits})
    copy_sheet(path, "Settings", "Settings (2)")
    assert problem_lines(path) == []
    patch_cells(path, {"Settings (2)!B5": 0.2})
    assert [line.rpartition("[")[2] for line in problem_lines(path)] == ["table.twice]"]


def test_a_deleted_sheet_of_lists(tmp_path: Path) -> None:
    """Values of one's own are read all the same, and told once."""
    posts = POSTS.replace("Facebook", "Our window")
    path = filled(tmp_path, "calendar", {"posts": posts}, lists={"channels": ["Our window"]})
    rename_sheet(path, "Lists", "Words")
    assert problem_lines(path) == []
    patch_cells(path, {f"Words!{letter}4": None for letter in "ABCDEFGHIJKLMNOPQRS"})
    assert [line.rpartition("[")[2] for line in problem_lines(path)] == ["sheet.missing]", "cell.not-in-open-list]"]
    assert records(read_workbook(path), "posts", "channel") == "| instagram |\n| Our window |"


def test_two_sheets_that_swapped_their_names(tmp_path: Path) -> None:
    path = calendar(tmp_path)
    rename_sheet(path, "Posts", "Swap")
    rename_sheet(path, "Text limits", "Posts")
    rename_sheet(path, "Swap", "Text limits")
    assert problem_lines(path) == []
    assert records(read_workbook(path), "posts", "title") == "| One |\n| Two |"


def test_a_column_twice_in_two_languages(tmp_path: Path) -> None:
    path = calendar(tmp_path, {"AI5": "Verantwortlich", "AI6": "Ana"})
    assert [line.rpartition("[")[2] for line in said(path)] == ["table.duplicate-column]"]


def test_a_number_as_heading_beside_a_column_that_stands_twice(tmp_path: Path) -> None:
    path = filled(tmp_path, "calendar", {"text_limits": "| Channel | Characters |\n|---|---|\n| Instagram | 100 |"})
    patch_cells(path, {"Text limits!A5": 2027, "Text limits!C5": "Characters"})
    problems = [problem for problem in read_workbook(path).problems if problem.code == "table.unnamed-column"]
    assert [problem.cell.a1 for problem in problems] == ["A5"]
