"""Rows of a table that are no records, rows that stand outside of it, and cells that a merged range hides."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from filled import filled, problem_lines, records
from patch_xlsx import Formula, copy_sheet, merge_cells, patch_cells, recalculate

from smsheets.reader.read import read_workbook

LINES = """
| Line | Category    | What for | Carry rule | Jan 2027 Planned | Jan 2027 Actual |
|------|-------------|----------|------------|------------------|-----------------|
| B1   | Advertising | Ads      | unspent    | 100              | 80              |
| B2   | Own time    | Hours    | none       | 400              | 300             |
"""
READ = "| B1 | Ads | 100 |\n| B2 | Hours | 400 |"

POSTS = """
| Post | Date       | Channel   | Title | Text | Status |
|------|------------|-----------|-------|------|--------|
| P1   | 2027-01-15 | Instagram | One   | Long | Idea   |
| P2   | 2027-01-16 | Instagram | Two   | Long | Draft  |
| P3   | 2027-01-17 | Facebook  | Three | Long | Idea   |
"""


def budget(folder: Path, cells: dict[str, str | float | Formula | None]) -> Path:
    path = filled(folder, "budget", {"lines": LINES})
    patch_cells(path, {f"Budget!{cell}": value for cell, value in cells.items()})
    recalculate(path)
    return path


def calendar(folder: Path, cells: dict[str, str | float | Formula | None], *merged: str) -> Path:
    path = filled(folder, "calendar", {"posts": POSTS})
    patch_cells(path, {f"Posts!{cell}": value for cell, value in cells.items()})
    merge_cells(path, "Posts", *merged)
    recalculate(path)
    return path


TOTAL = (
    "budget.xlsx: Budget!{}: This row of 'Budget' looks like a total of your own, found {}; it was not read,"
    " but the sheet's own sums count it. Delete it, or move it away from the table. [row.total]"
)


@pytest.mark.parametrize(
    ("col", "word"), [("A", "Total"), ("B", "SUM:"), ("C", "Zwischensumme"), ("C", "Total 2027"), ("A", "Gesamt")]
)
def test_a_total_of_ones_own(col: str, word: str, tmp_path: Path) -> None:
    sums = {"K8": Formula("SUM(K6:K7)", 500), "M8": 380}
    path = budget(tmp_path, {f"{col}8": word, **sums})
    assert records(read_workbook(path), "lines", "line_id", "line", "planned#1") == READ
    assert problem_lines(path) == [TOTAL.format(f"{col}8:M8", f"text '{word}'")]


def test_sums_without_a_word(tmp_path: Path) -> None:
    path = budget(tmp_path, {"K8": Formula("SUM(K6:K7)", 500)})
    assert records(read_workbook(path), "lines", "line_id", "line", "planned#1") == READ
    assert problem_lines(path) == [TOTAL.format("K8", "500")]


SUMS = [
    "SUM(K6:K7)",
    "+SUM($K$6:$K$7)",
    "SUM(K6,K7)",
    "SUBTOTAL(9,K6:K7)",
    "SUBTOTAL(109, K6:K7)",
    "AGGREGATE(9,5,K6:K7)",
    "K6+K7",
    "+K6+K7",
    "K7-K6",
    "ROUND(SUM(K6:K7),2)",
    "SUM(K6)+SUM(K7)",
    "SUM(Budget!K6:K7)",
    'SUMIF(B6:B7,"<>",K6:K7)',
    'SUMPRODUCT((B6:B7<>"")*K6:K7)',
    "K6+K7+0",
]


@pytest.mark.parametrize("formula", SUMS)
@pytest.mark.parametrize("words", [{"C8": "Ads together"}, {"A8": None, "B8": "Advertising", "C8": "Ads together"}])
def test_a_subtotal_whatever_it_is_called(formula: str, words: dict[str, str | None], tmp_path: Path) -> None:
    """Also in a spare row with its id, or where the id was deleted: nobody is asked for a new one."""
    path = filled(tmp_path, "budget", {"lines": LINES})
    sums = {"K8": Formula(formula, 500), "M8": Formula("M6+M7", 380)}
    cells: dict[str, str | float | Formula | None] = {**words, **sums}
    patch_cells(path, {f"Budget!{cell}": value for cell, value in cells.items()})
    read = read_workbook(path)
    assert records(read, "lines", "line_id", "line", "planned#1") == READ
    formulas = ("cell.formula-disagrees", "row.changed-formulas")
    (total,) = (problem for problem in read.problems if problem.code not in formulas)
    assert (total.code, str(total.values["found"])) == ("row.total", "text 'Ads together'")


@pytest.mark.parametrize(
    "formula",
    [
        *("SUM(K6:K7)*10%", "SUM(K6:K7)/2", "K6*1.1", "K6", "K6+M7", "20+30"),
        *("AVERAGE(K6:K7)", "MAX(K6,K7)", "IF(K6>K7,K6,K7)", "SUM(H8:H9)", "SUM('Own time'!G5:G9)"),
    ],
)
def test_an_amount_that_is_worked_out_is_no_subtotal(formula: str, tmp_path: Path) -> None:
    """A fee of a tenth of all ads is a cost of its own."""
    path = filled(tmp_path, "budget", {"lines": LINES})
    patch_cells(path, {"Budget!B8": "Advertising", "Budget!C8": "Agency", "Budget!K8": Formula(formula, 50)})
    read = read_workbook(path)
    assert len(read.rows["lines"]) == 3
    assert "row.total" not in {problem.code for problem in read.problems}


def test_a_total_between_the_rows(tmp_path: Path) -> None:
    path = budget(tmp_path, {"C8": "Subtotal", "K8": 500, "B9": "Advertising", "C9": "More ads", "K9": 50})
    assert (
        records(read_workbook(path), "lines", "line", "planned#1")
        == "| Ads | 100 |\n| Hours | 400 |\n| More ads | 50 |"
    )
    assert problem_lines(path) == [TOTAL.format("C8:K8", "text 'Subtotal'")]


@pytest.mark.parametrize("word", ["Total redesign", "Sum up the year", "Totally new", "Summer ads"])
def test_a_record_that_begins_like_a_total(word: str, tmp_path: Path) -> None:
    path = budget(tmp_path, {"C8": word, "K8": 50})
    assert records(read_workbook(path), "lines", "line_id", "line", "planned#1") == f"{READ}\n| B3 | {word} | 50 |"
    assert problem_lines(path) == []


def test_a_record_whose_amount_is_a_sum_of_cells_elsewhere(tmp_path: Path) -> None:
    path = budget(tmp_path, {"C8": "Print", "K8": Formula("20+30", 50)})
    assert records(read_workbook(path), "lines", "line_id", "line", "planned#1") == f"{READ}\n| B3 | Print | 50.0 |"
    assert problem_lines(path) == []


def test_cells_merged_downwards(tmp_path: Path) -> None:
    path = calendar(tmp_path, {"E7": None}, "E6:E7")
    assert (
        records(read_workbook(path), "posts", "post_id", "channel")
        == "| P1 | instagram |\n| P2 |  |\n| P3 | facebook |"
    )
    assert problem_lines(path) == [
        "calendar.xlsx: Posts!E7: 'Channel' shows nothing here, because the cells E6:E7 are merged; only their first"
        " one was read. Unmerge them, and type the value into each cell that needs it. [cell.merged]"
    ]


def test_a_value_that_lies_hidden_under_merged_cells(tmp_path: Path) -> None:
    """Some programs keep it there; a person does not see it."""
    path = calendar(tmp_path, {}, "H7:I7")
    assert records(read_workbook(path), "posts", "title", "copy").splitlines()[1] == "| Two |  |"
    assert "'Text' shows nothing here, because the cells H7:I7 are merged" in problem_lines(path)[0]


def test_a_row_that_only_a_merged_cell_filled(tmp_path: Path) -> None:
    path = calendar(tmp_path, dict.fromkeys(("B8", "E8", "H8", "I8", "K8")), "B7:B8")
    assert [line.partition(": '")[0] for line in problem_lines(path)] == ["calendar.xlsx: Posts!B8"]


def test_merged_cells_that_hold_nothing(tmp_path: Path) -> None:
    assert problem_lines(calendar(tmp_path, {}, "J6:J8", "B20:E22", "AJ1:AK9")) == []


def test_a_row_that_parts_the_others(tmp_path: Path) -> None:
    cells: dict[str, str | float | Formula | None] = dict.fromkeys(("B7", "E7", "H7", "I7", "K7"))
    path = calendar(tmp_path, {**cells, "A7": "Week 3"}, "A7:K7")
    assert records(read_workbook(path), "posts", "post_id") == "| P1 |\n| P3 |"
    assert problem_lines(path) == [
        "calendar.xlsx: Posts!A7: This row of 'Posts' has only text 'Week 3', so it was not read. Fill in the"
        " row, or move the text away from the table. [row.not-a-record]"
    ]


def test_a_remark_in_place_of_an_id(tmp_path: Path) -> None:
    path = calendar(tmp_path, {"A9": "Ask Tina!", "A10": "P99"})
    assert records(read_workbook(path), "posts", "post_id") == "| P1 |\n| P2 |\n| P3 |"
    assert [line.rpartition("[")[2] for line in problem_lines(path)] == ["row.not-a-record]"]


HEADINGS = {
    "A": "Post ID", "B": "Date", "C": "Weekday", "D": "Time", "E": "Channel", "F": "Format", "G": "Pillar",
    "H": "Title", "I": "Text", "J": "Owner", "K": "Status",
}  # fmt: skip


def test_headings_repeated_each_week(tmp_path: Path) -> None:
    path = calendar(tmp_path, {f"{letter}9": word for letter, word in HEADINGS.items()})
    patch_cells(path, {"Posts!B10": 46080, "Posts!E10": "Facebook", "Posts!K10": "Idea"})
    recalculate(path)
    assert records(read_workbook(path), "posts", "post_id", "channel").splitlines()[-1] == "| P5 | facebook |"
    assert problem_lines(path) == []


def test_headings_in_another_order_further_down(tmp_path: Path) -> None:
    swapped = {**HEADINGS, "H": "Text", "I": "Title"}
    path = calendar(tmp_path, {f"{letter}9": word for letter, word in swapped.items()})
    patch_cells(path, {"Posts!B10": 46080, "Posts!E10": "Facebook", "Posts!H10": "A long text"})
    recalculate(path)
    assert records(read_workbook(path), "posts", "post_id") == "| P1 |\n| P2 |\n| P3 |"
    assert problem_lines(path) == [
        "calendar.xlsx: Posts!A9: The table 'Posts' is here a second time; what was read is the one in Posts!A5. Move"
        " the rows that you need there, and delete this one. [table.twice]"
    ]


OUTSIDE = (
    "This row looks like one of 'Posts', but is outside of it, so it was not read. Move it below the headings in"
    " Posts!A5. [row.outside]"
)


def test_a_row_above_the_headings(tmp_path: Path) -> None:
    path = calendar(tmp_path, {"A3": "P9", "B3": 46080, "E3": "Facebook", "H3": "Early"})
    assert problem_lines(path) == [f"calendar.xlsx: Posts!A3:H3: {OUTSIDE}"]


def test_a_row_cut_and_pasted_beside_the_table(tmp_path: Path) -> None:
    path = calendar(tmp_path, {"AI8": "P77", "AJ8": 46080, "AK8": "Facebook"})
    assert problem_lines(path) == [f"calendar.xlsx: Posts!AI8:AK8: {OUTSIDE}"]


def test_titles_and_remarks_of_ones_own(tmp_path: Path) -> None:
    """Also one that names a row of the table."""
    cells = {"A3": "Our calendar", "H3": "by Tom", "AI7": "P1", "AJ7": "ask again", "AK7": 3}
    assert problem_lines(calendar(tmp_path, dict(cells))) == []


def test_a_second_line_of_headings(tmp_path: Path) -> None:
    path = budget(tmp_path, {"K8": "(USD)", "M8": "(USD)"})
    assert records(read_workbook(path), "lines", "line_id", "line", "planned#1") == READ
    assert problem_lines(path) == []


def test_rows_whose_formulas_are_not_checked_are_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = budget(tmp_path, {})
    assert read_workbook(path).notes == ()
    monkeypatch.setattr("smsheets.reader.read._CHECKED_CELLS", 10)
    assert read_workbook(path).notes == (
        "The sheet's own figures were checked in the first rows of a very long table only.",
    )


def test_a_total_whose_word_stands_below_an_unknown_heading(tmp_path: Path) -> None:
    path = budget(tmp_path, {"C5": "Things", "C8": "Total", "K8": 500, "M8": 380})
    assert records(read_workbook(path), "lines", "line_id", "planned#1") == "| B1 | 100 |\n| B2 | 400 |"
    assert "C8 row.total" in codes(path)


def test_headings_again_in_another_language(tmp_path: Path) -> None:
    german = {"A": "Beitrag", "B": "Datum", "E": "Kanal", "H": "Titel", "I": "Text", "K": "Status"}
    path = calendar(tmp_path, {f"{letter}9": word for letter, word in german.items()})
    assert records(read_workbook(path), "posts", "post_id") == "| P1 |\n| P2 |\n| P3 |"
    assert codes(path) == []


def test_a_value_among_headings_that_stand_again(tmp_path: Path) -> None:
    """It was pushed there with its column, and so was the heading."""
    words = {**HEADINGS, "H": "A title"}
    path = calendar(tmp_path, {**{f"{letter}9": word for letter, word in words.items()}, "B10": 46080, "H10": "Title"})
    assert [code for code in codes(path) if "row." in code] == ["H9 row.not-a-record", "H10 row.not-a-record"]


def test_misspelt_headings_that_stand_again_further_down(tmp_path: Path) -> None:
    """The upper ones are the table's, although only the lower ones are known."""
    path = calendar(tmp_path, {f"{letter}5": f"{word}s" for letter, word in HEADINGS.items()})
    patch_cells(path, {f"Posts!{letter}9": word for letter, word in HEADINGS.items()})
    read = read_workbook(path)
    assert "table.missing-column" in {problem.code for problem in read.problems}
    assert {problem.cell.row for problem in read.problems if problem.code == "table.missing-column"} == {5}


def test_headings_again_that_another_table_shares(tmp_path: Path) -> None:
    """The dashboard is gone; the repeated headings of the budget lines hold all of one of its tables."""
    path = filled(tmp_path, "budget", {"lines": LINES})
    book = openpyxl.load_workbook(path)
    del book["Dashboard"]
    sheet = book["Budget"]
    for col in range(1, sheet.max_column + 1):
        sheet.cell(7, col).value = sheet.cell(5, col).value
    sheet["A8"], sheet["C8"], sheet["K8"] = "B2", "Hours", 400
    book.save(path)
    assert records(read_workbook(path), "lines", "line_id", "line", "planned#1") == READ


def test_a_row_left_behind_when_its_table_moved(tmp_path: Path) -> None:
    path = filled(tmp_path, "budget", {"lines": LINES})
    copy_sheet(path, "Budget", "Moved")
    book = openpyxl.load_workbook(path)
    sheet = book["Budget"]
    sheet.delete_rows(4, 100)
    sheet["D9"], sheet["G9"], sheet["H9"] = "Etsy", "remark", 12
    book.save(path)
    assert "D9 row.outside" in codes(path)


def codes(path: Path) -> list[str]:
    return [f"{problem.cell.a1} {problem.code}" for problem in read_workbook(path).problems]
