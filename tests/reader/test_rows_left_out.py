"""Rows that the ranges of a file's formulas do not hold are read and named; the end row of a table is none of them."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from pathlib import Path

import msgspec
import openpyxl
import pytest
from filled import change_blocks, filled, problem_lines
from patch_xlsx import patch_cells, recalculate

from smsheets.profile import Profile
from smsheets.reader.read import ReadWorkbook, read_workbook
from smsheets.spec.model import Block, Table

OLDER = Path(__file__).parent / "older" / "budget.xlsx"
LINES = """
| Line | Category    | What for | Carry rule | Jan 2027 Planned | Jan 2027 Actual |
|------|-------------|----------|------------|------------------|-----------------|
| B1   | Advertising | Ads      | unspent    | 100              | 80              |
| B2   | Advertising | Planner  | unspent    | 20               | 20              |
"""
FIRST = 10
"""The first data row of the budget's lines."""


def budget(folder: Path, cells: Mapping[str, str | float | None]) -> Path:
    path = filled(folder, "budget", {"lines": LINES})
    patch_cells(path, {f"Budget!{cell}": value for cell, value in cells.items()})
    recalculate(path)
    return path


def end_row(path: Path) -> int:
    """The row with the words of the end row."""
    sheet = openpyxl.load_workbook(path)["Budget"]
    return next(cell.row for row in sheet.iter_rows() for cell in row if cell.value == "Insert rows above this line")


def _long(block: Block) -> Block:
    return msgspec.structs.replace(block, rows=80) if isinstance(block, Table) and block.id == "lines" else block


def line_names(read: ReadWorkbook) -> list[object]:
    return [row.values["line"] for row in read.rows["lines"]]


@pytest.fixture(scope="module")
def end(tmp_path_factory: pytest.TempPathFactory) -> int:
    return end_row(filled(tmp_path_factory.mktemp("end"), "budget", {"lines": LINES}))


@pytest.mark.parametrize(
    "words", ["Insert rows above this line", "Zeilen über dieser Linie einfügen", "-- the end --", None]
)
def test_the_end_row_is_no_record_whatever_it_says(tmp_path: Path, end: int, words: str | None) -> None:
    path = budget(tmp_path, {f"B{end}": words})
    assert line_names(read_workbook(path)) == ["Ads", "Planner"]
    assert problem_lines(path) == []


@pytest.mark.parametrize("row", [FIRST + 2, FIRST + 5])
def test_the_end_row_sorted_among_the_others_is_no_record(tmp_path: Path, end: int, row: int) -> None:
    path = budget(tmp_path, {f"A{row}": None, f"B{row}": "Insert rows above this line", f"B{end}": None})
    assert line_names(read_workbook(path)) == ["Ads", "Planner"]
    assert problem_lines(path) == []


@pytest.mark.parametrize("below", [0, 1, 3])
def test_one_row_at_the_end_or_below_it_is_read_and_named(tmp_path: Path, end: int, below: int) -> None:
    row = end + below
    cells = {f"A{row}": "B90", f"B{row}": "Advertising", f"C{row}": "A fair", f"M{row}": 50}
    path = budget(tmp_path, cells)
    assert line_names(read_workbook(path)) == ["Ads", "Planner", "A fair"]
    (line,) = problem_lines(path)
    assert f"Budget!A{row}: " in line
    assert "row.not-counted" in line


def test_several_rows_below_the_end_row_are_one_problem(tmp_path: Path, end: int) -> None:
    cells = {}
    for row in range(end + 1, end + 41):
        cells |= {f"A{row}": f"B{900 + row}", f"C{row}": f"Line {row}", f"K{row}": 5}
    path = budget(tmp_path, cells)
    assert len(line_names(read_workbook(path))) == 42
    (line,) = problem_lines(path)
    assert f"Budget!A{end + 1}: " in line
    assert f"row {end + 40}." in line


def test_a_row_below_those_of_an_older_workbook_is_named_alone(tmp_path: Path) -> None:
    path = Path(shutil.copy(OLDER, tmp_path / "budget.xlsx"))
    before = read_workbook(path)
    sheet = openpyxl.load_workbook(path)["Budget"]
    last = max(cell.row for cell in sheet["A"] if str(cell.value).startswith("B") and str(cell.value)[1:].isdigit())
    patch_cells(path, {f"Budget!A{last + 1}": "B90", f"Budget!C{last + 1}": "A fair", f"Budget!K{last + 1}": 50})
    after = read_workbook(path)
    assert len(after.rows["lines"]) == len(before.rows["lines"]) + 1
    assert [(problem.code, problem.cell.row) for problem in after.problems] == [("row.not-counted", last + 1)]


def test_an_untouched_workbook_of_many_rows_has_no_problem(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Rows past those whose formulas are checked are in all ranges."""
    monkeypatch.setattr("smsheets.reader.read._CHECKED_CELLS", 200)
    rows = "".join(f"| B{n} | Advertising | Ads {n} | unspent | {n} | {n} |\n" for n in range(1, 61))
    table = LINES.strip().rsplit("\n", 2)[0] + "\n" + rows
    path = filled(tmp_path, "budget", {"lines": table}, profile=Profile(months=2), edit=change_blocks(_long))
    read = read_workbook(path)
    assert (len(read.rows["lines"]), read.problems) == (60, ())
    assert any("first rows" in note for note in read.notes)
    patch_cells(path, {"Budget!M56": 7})
    assert {problem.cell.sheet for problem in read_workbook(path).problems} == {"Budget", "Dashboard"}
