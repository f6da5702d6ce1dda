"""Edits in each other's way: two headings alike, a value pushed into a row of totals, a row with only an id."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from filled import ENGLISH, filled, problem_lines, records
from patch_xlsx import patch_cells

from smsheets.reader.file.source import open_workbook
from smsheets.reader.lists import read_lists
from smsheets.reader.read import read_workbook
from smsheets.spec.load import load_spec

LINES = """
| Line | Category    | What for | Jan 2027 Planned | Jan 2027 Actual |
|------|-------------|----------|-------------------|------------------|
| B1   | Advertising | Ads      | 100               | 80               |
| B2   | Freelancers | Hours    | 400               | 300              |
"""


def codes(path: Path) -> set[str]:
    return {problem.code for problem in read_workbook(path).problems}


@pytest.mark.parametrize("heading", ["Owner (EUR)", "Ownre", "Owner 2"])
def test_a_heading_like_one_that_is_read_elsewhere(heading: str, tmp_path: Path) -> None:
    """`Owner` was written over `Note`, and what was the owner's column has nearly that heading."""
    path = filled(tmp_path, "budget", {"lines": LINES})
    patch_cells(path, {"Budget!F5": heading, "Budget!F6": "Ana", "Budget!G5": "Owner", "Budget!G6": "Ben"})
    named = [line for line in problem_lines(path) if "table.duplicate-column" in line]
    assert named == [
        f"budget.xlsx: Budget!F5: The heading '{heading}' may mean 'Owner', too; the one in G5 was read. "
        "Rename or delete this one. [table.duplicate-column]"
    ]


def test_a_column_of_ones_own_that_is_called_like_one_of_ours(tmp_path: Path) -> None:
    """Every column is where it was: this one is a person's own."""
    path = filled(tmp_path, "calendar", {"posts": "| Post | Title |\n|---|---|\n| P1 | One |\n"})
    before = codes(path)
    patch_cells(path, {"Posts!AG5": "Title 2", "Posts!AG6": "Uno"})
    assert codes(path) == before


def test_a_value_pushed_into_a_row_of_totals(tmp_path: Path) -> None:
    """The cell below shows the sum, pushed out of that row."""
    path = filled(tmp_path, "budget", {"lines": LINES})
    patch_cells(path, {"Budget!C8": "Total", "Budget!K8": 500, "Budget!M7": None, "Budget!M8": 300, "Budget!M9": 380})
    assert records(read_workbook(path), "lines", "line_id", "planned#1") == "| B1 | 100 |\n| B2 | 400 |"
    totals = [problem for problem in read_workbook(path).problems if problem.code == "row.total"]
    assert [(str(problem.cell).rpartition("!")[2], problem.until) for problem in totals] == [("C8", "M"), ("M9", "")]


def test_a_value_pushed_into_headings_inside_the_data(tmp_path: Path) -> None:
    path = filled(tmp_path, "budget", {"lines": LINES})
    patch_cells(
        path, {"Budget!A8": "Line ID", "Budget!B8": "Advertising", "Budget!C8": "What for", "Budget!B9": "Category"}
    )
    assert records(read_workbook(path), "lines", "line_id") == "| B1 |\n| B2 |"
    assert "row.not-a-record" in codes(path)


def test_a_row_whose_values_are_below_an_unknown_heading(tmp_path: Path) -> None:
    path = filled(tmp_path, "budget", {"lines": LINES})
    patch_cells(path, {"Budget!F5": "Hvem", "Budget!F8": "Ana"})
    assert records(read_workbook(path), "lines", "line_id").splitlines()[-1] == "| B3 |"


def test_a_table_pasted_below_the_lists(tmp_path: Path) -> None:
    """Its words are no words of the lists above."""
    path = filled(tmp_path, "roadmap")
    rows = {
        "B50": "A word of ours",
        "A60": "Days off",
        "A61": "Date",
        "B61": "Name",
        "A62": "2027-01-01",
        "B62": "New Year",
    }
    book = openpyxl.load_workbook(path)
    for cell, value in rows.items():
        book["Lists"][cell] = value
    book.save(path)
    source = open_workbook(path)
    shown = read_lists(source, load_spec("roadmap"), ENGLISH).shown.values()
    words = {text for texts in shown for text in texts}
    assert words & set(rows.values()) == {"A word of ours"}
