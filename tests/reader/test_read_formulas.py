"""The sheet's own figures: what was overwritten or changed is named once, and the plan does not depend on it."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import msgspec
import openpyxl
import pytest
from emulate import excel, google_sheets
from filled import change_blocks, filled, problem_lines, template
from patch_xlsx import Formula, patch_cells, recalculate

from smsheets.api import analyze
from smsheets.calc.engine import serial
from smsheets.cells import column_letters
from smsheets.plan.budget import Budget
from smsheets.plan.carry import months_of
from smsheets.reader.file.source import open_workbook
from smsheets.reader.read import read_workbook
from smsheets.spec.model import Block, Table

ADS = """
| Line | Category    | What for | Jan 2027 Planned | Jan 2027 Actual | Feb 2027 Planned | Mar 2027 Planned |
|------|-------------|----------|------------------|-----------------|------------------|------------------|
| B1   | Advertising | Ads      | 100              | 80              | 100              | 100              |
"""
FEBRUARY_AVAILABLE = "Budget!P6"
OVERWRITTEN = (
    "budget.xlsx: Budget!P6: 'Available, Feb 2027' must be the formula that was there, found 500 typed over it; the"
    " formula gives 120. Copy the formula from a neighbouring cell. Reports use the computed value."
    " [cell.overwritten-formula]"
)
NOT_CALCULATED = (
    "budget.xlsx: Budget!K4: The formulas were never calculated since a program saved this file, so the sheet's own"
    " figures could not be checked. Open it in your spreadsheet program and save it. Reports compute every figure"
    " themselves. [workbook.not-calculated]"
)


@pytest.fixture
def ads(tmp_path: Path) -> Path:
    return filled(tmp_path, "budget", {"lines": ADS})


def available(path: Path) -> list[str]:
    plan = read_workbook(path).plan
    assert isinstance(plan, Budget)
    return [str(month.available) for month in months_of(plan.lines[0])]


def test_the_sheet_as_it_was_made(ads: Path) -> None:
    assert problem_lines(ads) == []
    assert available(ads) == ["100", "120", "100"]


@pytest.mark.parametrize("calculated", [True, False], ids=["calculated", "not calculated since"])
def test_an_overwritten_formula_is_named_once(calculated: bool, ads: Path) -> None:
    patch_cells(ads, {FEBRUARY_AVAILABLE: 500})
    if calculated:
        recalculate(ads)
    assert problem_lines(ads) == [OVERWRITTEN]
    assert available(ads) == ["100", "120", "100"]


def test_an_overwritten_formula_in_a_file_saved_by_openpyxl(ads: Path) -> None:
    book = openpyxl.load_workbook(ads)
    book["Budget"]["P6"] = 500
    book.save(ads)
    assert problem_lines(ads) == [NOT_CALCULATED, OVERWRITTEN]
    assert available(ads) == ["100", "120", "100"]


def test_formulas_that_were_never_calculated_are_one_problem(ads: Path) -> None:
    openpyxl.load_workbook(ads).save(ads)
    assert problem_lines(ads) == [NOT_CALCULATED]
    assert available(ads) == ["100", "120", "100"]


@pytest.mark.parametrize("calculated", [True, False], ids=["calculated", "not calculated since"])
def test_a_changed_formula_is_named_once(calculated: bool, ads: Path) -> None:
    patch_cells(ads, {FEBRUARY_AVAILABLE: Formula("O6*2", 200)})
    if calculated:
        recalculate(ads)
    assert problem_lines(ads) == [
        "budget.xlsx: Budget!P6: 'Available, Feb 2027' must show 120, found 200: its formula was changed or is broken."
        " Copy the formula from a neighbouring cell. Reports use the computed value. [cell.formula-disagrees]"
    ]


def test_a_changed_total(ads: Path) -> None:
    patch_cells(ads, {"Budget!K4": Formula("SUM(K6:K7)+1", 101)})
    assert problem_lines(ads) == [
        "budget.xlsx: Budget!K4: 'Total, Planned, Jan 2027' must show 100, found 101: its formula was changed or is"
        " broken. Copy the formula from a neighbouring cell. Reports use the computed value. [cell.formula-disagrees]"
    ]


def test_a_changed_formula_of_a_form(tmp_path: Path) -> None:
    goal = {"revenue_goal": 1000, "average_order": 50, "conversion_rate": 0.02, "cost_per_click": 0.5}
    path = filled(tmp_path, "budget", {}, forms={"ad_goal": goal})
    assert problem_lines(path) == []
    patch_cells(path, {"Ad calculator!B9": 25})
    assert problem_lines(path) == [
        "budget.xlsx: Ad calculator!B9: 'Orders needed' must be the formula that was there, found 25 typed over it; the"
        " formula gives 20. Copy the formula from a neighbouring cell. Reports use the computed value."
        " [cell.overwritten-formula]"
    ]


def test_an_error_is_named_where_it_begins(ads: Path) -> None:
    """What depends on it shows an error too, and is right to."""
    patch_cells(ads, {FEBRUARY_AVAILABLE: Formula("#REF!+O6", "#REF!")})
    recalculate(ads)
    assert [line.partition(" x ")[0] for line in problem_lines(ads)] == [
        "budget.xlsx: Budget!P6: Errors on this sheet: 2"
    ]


def test_several_changed_formulas_of_a_row_are_one_problem(ads: Path) -> None:
    patch_cells(ads, {"Budget!N6": Formula("M6*3", 240), FEBRUARY_AVAILABLE: Formula("O6*2", 200)})
    assert problem_lines(ads) == [
        "budget.xlsx: Budget!N6:P6: 'Left, Jan 2027', 'Available, Feb 2027' show something other than this row gives:"
        " a cell was cut and put elsewhere, or the formulas were changed. Copy the formulas from a neighbouring row."
        " Reports use the computed values. [row.changed-formulas]"
    ]


UNSPENT = ADS.replace("| 80  ", "| 0   ")


def with_earlier_formulas(block: Block) -> Block:
    """As a workbook has it that was made before some of its formulas were mended."""
    if not isinstance(block, Table):
        return block
    before = (msgspec.structs.replace(item, formula=item.earlier or item.formula) for item in block.columns)
    return msgspec.structs.replace(block, columns=tuple(before))


EARLIER = change_blocks(with_earlier_formulas)


def test_a_formula_of_an_earlier_template_is_not_broken(tmp_path: Path) -> None:
    """It says 'on track' where nothing is spent; a word that neither formula gives is still a problem."""
    limits = {"settings": {"watch_share": 0.05, "over_share": 0.15}}
    path = filled(tmp_path, "budget", {"lines": UNSPENT}, edit=EARLIER, forms=limits)
    status = next(cell for cell in openpyxl.load_workbook(path)["Budget"][5] if cell.value == "Status").column
    shown = openpyxl.load_workbook(path, data_only=True)["Budget"].cell(6, status)
    assert shown.value == "on track"
    assert problem_lines(path) == []
    patch_cells(path, {f"Budget!{shown.coordinate}": Formula('"over"', "over")})
    [line] = problem_lines(path)
    assert "'Status' must show text 'not spent', found text 'over'" in line


def test_an_actual_of_a_month_to_come_in_an_earlier_template_is_no_broken_formula(tmp_path: Path) -> None:
    lines = ADS.replace("Mar 2027 Planned |", "Mar 2027 Planned | Mar 2027 Actual |").replace("|--|\n", "|--|--|\n")
    rows = [
        line + (" 5 |" if line.startswith("| B1") else "---|" if line.startswith("|--") else "")
        for line in lines.split("\n")
    ]
    forms = {"start": {"as_of": date(2027, 1, 20)}}
    path = filled(tmp_path, "budget", {"lines": "\n".join(rows)}, edit=EARLIER, forms=forms)
    assert problem_lines(path) == []
    assert [finding.id for finding in analyze(path).findings if "ahead" in finding.id] == ["budget.actual_ahead"]


def test_the_same_value_instead_of_a_formula_is_no_problem(ads: Path) -> None:
    patch_cells(ads, {FEBRUARY_AVAILABLE: 120})
    assert problem_lines(ads) == []


def test_ten_digits_are_enough(ads: Path) -> None:
    """Google Sheets caches no more."""
    patch_cells(ads, {FEBRUARY_AVAILABLE: Formula("O6+20", 120.00000001)})
    assert problem_lines(ads) == []


def test_a_formula_google_sheets_wraps(ads: Path) -> None:
    patch_cells(ads, {FEBRUARY_AVAILABLE: Formula('IFERROR(__xludf.DUMMYFUNCTION("O6+M6"),120)', 120)})
    assert problem_lines(ads) == []


def test_a_deleted_formula(ads: Path) -> None:
    patch_cells(ads, {FEBRUARY_AVAILABLE: None})
    assert problem_lines(ads) == [
        "budget.xlsx: Budget!P6: The formulas are gone from this row, from 'Available, Feb 2027' on, so the sheet's"
        " own sums leave it out. Copy them from the row above. Reports use the computed values. [row.missing-formulas]"
    ]


def test_a_deleted_formula_that_would_show_zero(tmp_path: Path) -> None:
    """A row that was put in and typed into shows nothing where its neighbours show 0."""
    path = filled(tmp_path, "budget", {"lines": UNSPENT.replace("| 100 ", "| 0   ")})
    assert problem_lines(path) == []
    patch_cells(path, {FEBRUARY_AVAILABLE: None})
    assert [problem.code for problem in read_workbook(path).problems] == ["row.missing-formulas"]


def test_a_row_deleted_from_a_computed_table(ads: Path) -> None:
    """One problem, not one in each cell below."""

    sheet = open_workbook(ads).sheet("Dashboard")
    assert sheet is not None
    february = next(cell for cell in sheet.cells.values() if cell.value == date(2027, 2, 1))
    cells: dict[str, str | float | Formula | None] = {}
    for row in (february.row, february.row + 1):
        for cell in sheet.row(row):
            below = sheet.cells.get((row + 1, cell.col))
            if below is not None and below.formula:
                shows = serial(below.value) if isinstance(below.value, date) else below.value
                assert shows is None or isinstance(shows, str | int | float)
                cells[f"Dashboard!{column_letters(cell.col)}{row}"] = Formula(below.formula, shows)
            else:
                cells[f"Dashboard!{column_letters(cell.col)}{row}"] = None
    patch_cells(ads, cells)
    assert [line.rpartition("[")[2] for line in problem_lines(ads)] == ["table.rows-moved]"]


def test_nothing_is_checked_that_depends_on_the_day(tmp_path: Path) -> None:
    path = tmp_path / "roadmap.xlsx"
    path.write_bytes(template("roadmap", "en", True))
    assert problem_lines(path) == []
    recalculate(path)
    assert problem_lines(path) == []


EMOJI = ["🎉 Party", "No emoji, but ü and 漢字", "👩‍👩‍👧 at the lake", "🎉" * 80, "🇩🇪🇫🇷", "𝓣𝓲𝓽𝓵𝓮"]
CHARACTERS = 6, 15
"""The row and the column of the only post's characters on the sheet Posts."""


def calendar(folder: Path, text: str) -> Path:
    head = "| Post | Date | Channel | Text | Status |\n|--|--|--|--|--|"
    row = f"| P1 | 2027-01-15 | Instagram | {text} | Idea |"
    return filled(folder, "calendar", {"posts": f"{head}\n{row}"}, rows=12)


@pytest.mark.parametrize("text", EMOJI)
@pytest.mark.parametrize("program", [excel, google_sheets, None])
def test_lengths_are_right_as_either_kind_of_program_counts(text: str, program: Any, tmp_path: Path) -> None:
    """An emoji is two characters in Excel and Google Sheets, one in LibreOffice; other formulas follow."""
    path = calendar(tmp_path, text)
    if program is not None:
        path.write_bytes(program.rewrite(path.read_bytes()))
    assert problem_lines(path) == []
    length = open_workbook(path).sheets[1].cells[CHARACTERS].value
    assert length == (len(text) if program is None else len(text.encode("utf-16-le")) // 2)


@pytest.mark.parametrize("before", range(14, 20))
@pytest.mark.parametrize("program", [excel, google_sheets, None])
def test_a_title_may_be_cut_in_an_emoji(before: int, program: Any, tmp_path: Path) -> None:
    """The month view shows the beginning of a title; where texts are UTF-16, LEFT may leave half an emoji."""
    title = "a" * before + "🎉🎉 and so on"
    row = f"| P1 | 2027-01-15 | Instagram | {title} | Draft |"
    posts = f"| Post | Date | Channel | Title | Status |\n|--|--|--|--|--|\n{row}"
    path = filled(tmp_path, "calendar", {"posts": posts}, rows=12, forms={"start": {"as_of": date(2027, 1, 5)}})
    if program is not None:
        path.write_bytes(program.rewrite(path.read_bytes()))
    shown = [str(cell.value) for cell in open_workbook(path).sheets[2].cells.values() if "aaaa" in str(cell.value)]
    assert any("…" in text for text in shown)
    assert problem_lines(path) == []


def test_another_length_is_still_named(tmp_path: Path) -> None:
    path = calendar(tmp_path, "🎉🎉")
    formula = open_workbook(path).sheets[1].cells[CHARACTERS].formula
    patch_cells(path, {"Posts!O6": Formula(str(formula), 3)})
    assert [problem.code for problem in read_workbook(path).problems] == ["cell.formula-disagrees"]
