"""Sheets, columns and rows that people moved, renamed, inserted or deleted."""

from __future__ import annotations

import re
import time
from pathlib import Path

import msgspec
import openpyxl
import pytest
from filled import (
    ENGLISH,
    GERMAN,
    Edit,
    change_sheets,
    change_table,
    filled,
    problem_lines,
    records,
    rename_column,
    template,
)
from patch_xlsx import patch_cells, rename_sheet

from smsheets.plan.budget import Budget
from smsheets.reader.read import read_workbook
from smsheets.spec.model import Column, Workbook

LINES = """
| Line | Category    | What for | Carry rule | Jan 2027 Planned | Jan 2027 Actual | Feb 2027 Planned | Mar 2027 Planned
|------|-------------|----------|------------|------------------|-----------------|------------------|-----------------
| B1   | Advertising | Ads      | unspent    | 100              | 80              | 100              | 100
| B2   | Software and tools    | Planner  |            | 12.50            | 12.50           | 12.50            | 12.50
| B3   | Own time    | Hours    | none       | 400              |                 | 400              | 400
"""

READ = """
| B1 | advertising | Ads | unspent | 100 | 80 | 100 |
| B2 | software | Planner |  | 12.5 | 12.5 | 12.5 |
| B3 | own_time | Hours | none | 400 |  | 400 |
""".strip()

KEYS = ("line_id", "category", "line", "carry_rule", "planned#1", "actual#1", "planned#3")


def assert_read_whole(path: Path, expected: str = READ) -> None:
    assert problem_lines(path) == []
    assert records(read_workbook(path), "lines", *KEYS) == expected


def test_as_it_was_made(tmp_path: Path) -> None:
    assert_read_whole(filled(tmp_path, "budget", {"lines": LINES}))


def test_moved_sheets(tmp_path: Path) -> None:
    def backwards(spec: Workbook) -> Workbook:
        return msgspec.structs.replace(spec, sheets=(spec.sheets[0], *reversed(spec.sheets[1:])))

    assert_read_whole(filled(tmp_path, "budget", {"lines": LINES}, edit=backwards))


def test_renamed_sheets(tmp_path: Path) -> None:
    path = filled(tmp_path, "budget", {"lines": LINES})
    for old, new in (("Budget", "Money 2027"), ("Settings", "Limits"), ("Start here", "Read me"), ("Lists", "Words")):
        rename_sheet(path, old, new)
    assert_read_whole(path)


def test_moved_columns(tmp_path: Path) -> None:
    edit = change_table("lines", lambda columns: (*columns[:1], *reversed(columns[1:8]), *columns[8:]))
    assert_read_whole(filled(tmp_path, "budget", {"lines": LINES}, edit=edit))


def test_columns_of_ones_own(tmp_path: Path) -> None:
    """Also one whose heading is another word for one of ours."""

    def change(columns: tuple[Column, ...]) -> tuple[Column, ...]:
        own = [Column(id=f"own_{n}", label=label) for n, label in enumerate(("Invoice no.", "Comment", "Paid by"))]
        return (*columns[:2], own[0], *columns[2:7], own[1], *columns[7:], own[2])

    assert_read_whole(filled(tmp_path, "budget", {"lines": LINES}, edit=change_table("lines", change)))


def test_a_deleted_column_that_nothing_needs(tmp_path: Path) -> None:
    edit = change_table("lines", lambda columns: tuple(item for item in columns if item.id not in ("note", "owner")))
    assert_read_whole(filled(tmp_path, "budget", {"lines": LINES}, edit=edit))


@pytest.mark.parametrize("heading", ["WHAT FOR", "  what  for: ", "Wofür", "Description", "Budget item"])
def test_a_heading_in_other_words(heading: str, tmp_path: Path) -> None:
    lines = LINES.replace("What for", heading)
    assert_read_whole(filled(tmp_path, "budget", {"lines": lines}, edit=rename_column("lines", "line", heading)))


def test_month_headings_in_other_words(tmp_path: Path) -> None:
    path = filled(tmp_path, "budget", {"lines": LINES})
    header = {cell.value: cell.coordinate for cell in openpyxl.load_workbook(path)["Budget"][5] if cell.value}
    words = {
        "Jan 2027\nPlanned": "Jan 2027 Budget",
        "Jan 2027\nActual": "JAN 2027 SPENT",
        "Mar 2027\nPlanned": "Mär 2027 Geplant",
    }
    patch_cells(path, {f"Budget!{header[old]}": new for old, new in words.items()})
    assert_read_whole(path)


def test_rows_above_the_table(tmp_path: Path) -> None:
    path = filled(tmp_path, "budget", {"lines": LINES})
    book = openpyxl.load_workbook(path)
    book["Budget"].insert_rows(1, 4)
    book["Budget"].insert_cols(1, 2)
    book.save(path)
    assert [line.rpartition("[")[2] for line in problem_lines(path)] == ["workbook.not-calculated]"]
    assert records(read_workbook(path), "lines", *KEYS) == READ


def test_sorted_rows(tmp_path: Path) -> None:
    head, rule, *rows = LINES.strip().splitlines()
    path = filled(tmp_path, "budget", {"lines": "\n".join([head, rule, *reversed(rows)])})
    assert_read_whole(path, "\n".join(reversed(READ.splitlines())))


def test_deleted_rows(tmp_path: Path) -> None:
    path = filled(tmp_path, "budget", {"lines": LINES})
    book = openpyxl.load_workbook(path)
    book["Budget"].delete_rows(7)
    book.save(path)
    assert [line.rpartition("[")[2] for line in problem_lines(path)] == ["workbook.not-calculated]"]
    assert records(read_workbook(path), "lines", *KEYS) == "\n".join(READ.splitlines()[::2])


def test_a_row_inserted_by_openpyxl(tmp_path: Path) -> None:
    path = filled(tmp_path, "budget", {"lines": LINES})
    book = openpyxl.load_workbook(path)
    sheet = book["Budget"]
    sheet.insert_rows(7)
    sheet["A7"], sheet["B7"], sheet["C7"], sheet["K7"] = "B90", "Software and tools", "Pictures", 30
    book.save(path)
    first, second = READ.splitlines()[0], READ.splitlines()[1:]
    added = "| B90 | software | Pictures |  | 30 |  |  |"
    assert records(read_workbook(path), "lines", *KEYS) == "\n".join([first, added, *second])
    assert problem_lines(path) == [
        "budget.xlsx: Budget!K4: The formulas were never calculated since a program saved this file, so the sheet's own"
        " figures could not be checked. Open it in your spreadsheet program and save it. Reports compute every figure"
        " themselves. [workbook.not-calculated]",
        "budget.xlsx: Budget!J7:AD7: The formulas are gone from this row, from 'Status' on, so the"
        " sheet's own sums leave it out. Copy them from the row above. Reports use the computed values."
        " [row.missing-formulas]",
    ]


def test_an_empty_row_inserted_in_a_spreadsheet_program(tmp_path: Path) -> None:
    """It has no formulas, and needs none."""
    head, rule, first, *rows = LINES.strip().splitlines()
    blank = re.sub(r"[^|]", " ", first) + "'"
    path = filled(tmp_path, "budget", {"lines": "\n".join([head, rule, first, blank, *rows])})
    book = openpyxl.load_workbook(path)
    cells = [f"Budget!{cell.coordinate}" for cell in book["Budget"][7] if cell.value is not None]
    patch_cells(path, dict.fromkeys(cells))
    assert_read_whole(path)


def test_many_more_rows_than_were_foreseen(tmp_path: Path) -> None:
    head, rule = LINES.strip().splitlines()[:2]
    rows = [f"| B{n} | Software and tools | Tool {n} | | {n} | | {n} | {n} |" for n in range(1, 41)]
    path = filled(tmp_path, "budget", {"lines": "\n".join([head, rule, *rows])})
    book = openpyxl.load_workbook(path)
    for row in range(50, 90):
        book["Budget"][f"B{row}"], book["Budget"][f"I{row}"] = "Software and tools", row
    book.save(path)
    read = read_workbook(path)
    assert len(read.rows["lines"]) == 80
    assert [problem.code for problem in read.problems].count("id.missing") == 40


def test_a_lone_cell_at_the_end_of_the_sheet(tmp_path: Path) -> None:
    path = filled(tmp_path, "budget", {"lines": LINES})
    book = openpyxl.load_workbook(path)
    book["Budget"]["C1048576"] = "far away"
    book.save(path)
    begin = time.process_time()
    assert len(read_workbook(path).rows["lines"]) == 4
    assert time.process_time() - begin < 10


def test_a_german_workbook_is_read_by_its_labels(tmp_path: Path) -> None:
    lines = """
    | Posten | Kategorie | Wofür    | Übertragsregel | Jan 2027 Geplant | Jan 2027 Ist | Mär 2027 Geplant |
    |--------|-----------|----------|----------------|------------------|--------------|------------------|
    | B1     | Werbung   | Anzeigen | nur Guthaben   | 100              | 80           | 100              |
    """
    path = filled(tmp_path, "budget", {"lines": lines}, profile=GERMAN)
    read = read_workbook(path)
    assert (read.language, read.currency, problem_lines(path)) == ("de", "EUR", [])
    assert records(read, "lines", *KEYS) == "| B1 | advertising | Anzeigen | unspent | 100 | 80 | 100 |"


def test_words_added_to_the_lists(tmp_path: Path) -> None:
    """Someone's own channel and category; a channel put in the place of another one."""
    lines = """
    | Line | Category | What for | Channel    | Jan 2027 Planned |
    |------|----------|----------|------------|------------------|
    | B1   | Training | Course   | Our window | 100              |
    | B2   | Software and tools | Planner  | Pinterest  | 20               |
    """
    path = filled(tmp_path, "budget", {"lines": lines}, lists={"channels": ["Our window"], "categories": ["Training"]})
    head = {cell.value: cell.coordinate for cell in openpyxl.load_workbook(path)["Lists"][4]}
    patch_cells(path, {f"Lists!{head['Channels'].rstrip('4')}5": "Pinterest"})
    recorded = records(read_workbook(path), "lines", "line_id", "category", "channel")
    assert recorded == "| B1 | Training | Our window |\n| B2 | software | pinterest |"


def test_a_changed_list_moves_the_columns_that_follow_it(tmp_path: Path) -> None:
    """The cadence sheet has a column for each channel; a channel of one's own, and one that was replaced."""
    path = filled(
        tmp_path,
        "calendar",
        {},
        lists={"channels": ["Our window"]},
        profile=msgspec.structs.replace(ENGLISH, channels=("pinterest", "facebook")),
    )
    assert problem_lines(path) == []


def test_a_deleted_sheet(tmp_path: Path) -> None:
    path = tmp_path / "budget.xlsx"
    path.write_bytes(template("budget"))
    book = openpyxl.load_workbook(path)
    del book["Own time"]
    book.save(path)
    assert problem_lines(path)[0] == (
        "budget.xlsx: Start here!A1: The sheet 'Own time' was not found, nor its headings on another sheet. If you"
        " still need it, run 'smsheets repair' on this file: the copy that it writes has it again. Everything else was"
        " read. [sheet.missing]"
    )
    assert len(problem_lines(path)) == 2
    assert len(read_workbook(path).rows["lines"]) == 8


def test_a_sheet_without_inputs_may_go(tmp_path: Path) -> None:
    path = filled(tmp_path, "budget", {"lines": LINES}, edit=_without("dashboard"))
    assert_read_whole(path)


def _without(sheet_id: str) -> Edit:
    return lambda spec: msgspec.structs.replace(
        spec, sheets=tuple(sheet for sheet in spec.sheets if sheet.id != sheet_id)
    )


def test_a_misspelt_heading(tmp_path: Path) -> None:
    path = filled(tmp_path, "calendar", {}, edit=rename_column("posts", "date", "Daet"))
    assert problem_lines(path)[0] == (
        "calendar.xlsx: Posts!A5:AG5: column 'Date' not found; 'Daet' in B5 looks like it. Write 'Date' as the heading"
        " again. [table.missing-column]"
    )
    assert len(problem_lines(path)) == 1


def test_a_deleted_column_that_matters(tmp_path: Path) -> None:
    """One problem, not one in each formula that needs it."""
    path = filled(tmp_path, "budget", {"lines": LINES})
    head = {cell.value: cell.coordinate for cell in openpyxl.load_workbook(path)["Budget"][5]}
    letters = head["Feb 2027\nPlanned"].rstrip("5")
    patch_cells(path, {f"Budget!{letters}{row}": None for row in range(5, 46)})
    lines = problem_lines(path)
    assert [line.rpartition("[")[2] for line in lines] == ["table.lost-columns]"]
    assert "Gone from 'Budget', though formulas need it: 'Planned, Feb 2027'." in lines[0]
    plan = read_workbook(path).plan
    assert isinstance(plan, Budget)
    assert [str(amount) for amount in plan.lines[0].planned] == ["100", "None", "100"]


@pytest.mark.parametrize("key", ["category", "carry_rule"])
def test_a_column_that_was_moved_and_renamed_is_not_called_deleted(key: str, tmp_path: Path) -> None:
    """Formulas need it, nothing is where it was, and only a column with a strange heading may be it."""

    def move(columns: tuple[Column, ...]) -> tuple[Column, ...]:
        moved = [msgspec.structs.replace(column, label="xyz") for column in columns if column.id == key]
        return (*(column for column in columns if column.id != key), *moved)

    label = {"category": "Category", "carry_rule": "Carry rule"}[key]
    path = filled(tmp_path, "budget", {"lines": LINES.replace(label, "xyz")}, edit=change_table("lines", move))
    assert f"column '{label}' not found" in problem_lines(path)[0]
    assert [line for line in problem_lines(path) if "lost-columns" in line] == []


def test_two_columns_of_the_same_name(tmp_path: Path) -> None:
    path = filled(tmp_path, "budget", {"lines": LINES}, edit=rename_column("lines", "note", "Owner"))
    assert problem_lines(path) == [
        "budget.xlsx: Budget!G5: Two columns have the heading 'Owner'; the one in F5 was read. Rename or delete this"
        " one. [table.duplicate-column]"
    ]


def test_sheets_with_their_names_in_the_other_language(tmp_path: Path) -> None:
    german = {"Budget": "Budget", "Own time": "Eigene Zeit", "Settings": "Einstellungen", "Start here": "Hier beginnen"}
    edit = change_sheets(lambda sheet: msgspec.structs.replace(sheet, name=german.get(sheet.name, sheet.name)))
    assert_read_whole(filled(tmp_path, "budget", {"lines": LINES}, edit=edit))
