"""What `repair` makes of texts is listed, value by value; what has two readings stays as it was typed."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import openpyxl
import pytest
from filled import GERMAN, filled
from repair.repaired import repaired

LINES = """
| Line | Category             | What for | Jan 2027 Planned | Feb 2027 Planned |
|------|----------------------|----------|------------------|------------------|
| B1   | Ads                  | Ads      | '$1,000'         | '1.000'          |
| B2   | Software and tools   | Planner  | '20.50'          | 30               |
"""


def test_every_value_read_out_of_a_text_is_listed(tmp_path: Path) -> None:
    both = repaired(filled(tmp_path, "budget", {"lines": LINES}))
    changes = [(item.cell.a1, item.column, str(item)) for item in both.repaired.changes]
    assert changes == [
        ("B6", "Category", "'Ads' became Advertising"),
        ("K6", "Planned, Jan 2027", "'$1,000' became 1000"),
        ("O6", "Planned, Feb 2027", "'1.000' became 1000"),
        ("K7", "Planned, Jan 2027", "'20.50' became 20.5"),
    ]
    sheet = both.book[both.repaired.changes_name]
    assert both.repaired.changes_name == "Changed values"
    assert [tuple(row) for row in sheet.iter_rows(values_only=True)][:2] == [
        ("Sheet", "Cell", "Column", "What stood there", "What it is now", "Stands in this cell now"),
        ("Budget", "B6", "Category", "Ads", "Advertising", "Budget!B6"),
    ]


SAVED_LINE = "Your initiatives appear here as bars once you type them on the sheet Initiatives."


@pytest.mark.parametrize("saved_as", [None, SAVED_LINE])
def test_the_line_of_an_empty_sheet_is_no_content(saved_as: str | None, tmp_path: Path) -> None:
    """Workbooks made before have none; some programs save it as a text."""
    path = filled(tmp_path, "roadmap", {})
    book = openpyxl.load_workbook(path)
    assert SAVED_LINE in book["Timeline"]["B4"].value
    book["Timeline"]["B4"].value, book["Timeline"]["B4"].hyperlink = saved_as, None
    book.save(path)
    both = repaired(path)
    assert [problem.code for problem in both.before.read.problems] in ([], ["workbook.not-calculated"])
    assert (both.repaired.left_over, both.repaired.changes) == ((), ())
    assert both.book["Timeline"]["B4"].value.startswith("=IF(")


def test_a_number_with_two_readings_stays_as_typed(tmp_path: Path) -> None:
    """A text that is 1 in one place and 1000 in another is in its cell as it was, and on the list."""
    lines = LINES.replace("'$1,000'", "").replace("'20.50'", "").replace("30 ", "'x'")
    both = repaired(filled(tmp_path, "budget", {"lines": lines}))
    assert "O6" in [item.cell.a1 for item in both.repaired.left_over]
    assert both.book["Budget"]["O6"].value == "1.000"
    assert [row.values["planned#2"] for row in both.after.rows["lines"]] == [None, None]
    assert [problem.code for problem in both.after.problems if problem.cell.a1 == "O6"] == ["cell.ambiguous-number"]


def test_a_number_that_its_new_neighbours_would_decide_is_doubted(tmp_path: Path) -> None:
    """Texts said how the column writes its decimals; as numbers they do not any more."""
    kpis = """
    | ID | Metric             | Unit   | Jan 2027 Actual | Feb 2027 Actual | Mar 2027 Actual |
    |----|--------------------|--------|-----------------|-----------------|-----------------|
    | K1 | Newsletter readers | number | '1.234,0'       | '1,250.0'       | '1.300'         |
    """
    both = repaired(filled(tmp_path, "kpi-report", {"kpis": kpis}))
    assert [row.values["actual#3"] for row in both.before.read.rows["kpis"]] == [None]
    assert [row.values["actual#3"] for row in both.after.rows["kpis"]] == [None]
    assert "1.300?" in [cell.value for cell in both.book["KPIs"][6]]


def test_words_of_time_and_days(tmp_path: Path) -> None:
    tasks = "| ID | Task | Due | Hours |\n|--|--|--|--|\n| T1 | Write | '3 März 2027' | '90 min' |"
    both = repaired(filled(tmp_path, "roadmap", {"tasks": tasks}))
    assert [str(item) for item in both.repaired.changes] == [
        "'3 März 2027' became 2027-03-03", "'90 min' became 1.5"
    ]  # fmt: skip


def test_the_list_of_a_german_workbook_is_german(tmp_path: Path) -> None:
    lines = "| Posten | Kategorie | Wofür | Jan 2027 Geplant |\n|--|--|--|--|\n| B1 | Werbung | Planer | '1.200,50' |"
    both = repaired(filled(tmp_path, "budget", {"lines": lines}, profile=GERMAN))
    assert [str(item) for item in both.repaired.changes] == ["'1.200,50' became 1200,5"]
    heads = [cell.value for cell in both.book["Geänderte Werte"][1]]
    assert heads[:5] == ["Blatt", "Zelle", "Spalte", "Was dort stand", "Was es jetzt ist"]


def test_a_turned_day_is_kept_where_it_is_seen(tmp_path: Path) -> None:
    """As a plain day among others that are real days now, nobody could see any more that it was turned round."""
    days = ("'28/9/2027'", "'30/9/2027'", "2027-04-10", "'13/10/2027'")
    rows = "".join(f"| {day} | Instagram | Post {number} |\n" for number, day in enumerate(days))
    both = repaired(filled(tmp_path, "calendar", {"posts": f"| Date | Channel | Title |\n|--|--|--|\n{rows}"}))
    assert [row.values["date"] for row in both.after.rows["posts"]] == [
        date(2027, 9, 28), date(2027, 9, 30), None, date(2027, 10, 13)
    ]  # fmt: skip
    assert both.book["Posts"]["B8"].value == "2027-04-10?"
    assert both.listed()[0][:3] == ("Posts", "B8", "2027-04-10")
    assert both.listed()[0][4:] == ("Write 2027-10-04, if that is the day.", "Posts!B8")


@pytest.mark.parametrize("kind", ["budget", "calendar"])
def test_a_workbook_without_texts_has_no_list(kind: str, tmp_path: Path) -> None:
    both = repaired(filled(tmp_path, kind, {}))
    assert (both.repaired.changes, both.repaired.changes_name) == ((), "")
