"""Excel's habit: of days typed day first into a program that expects the month first, those to the 12th are turned."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path

import pytest
from filled import filled, problem_lines, records
from hypothesis import given, settings
from hypothesis import strategies as st

from smsheets.kinds import KINDS
from smsheets.reader.read import read_workbook
from smsheets.reader.values.scope import turned_days
from smsheets.spec.load import load_spec
from smsheets.spec.model import Table
from smsheets.spec.vocabulary import FieldType

_ENOUGH = 8
"""Rows from which on a turned day is always seen; in shorter columns chance or the order may explain it as well."""


def typed(days: Sequence[date], first: str) -> tuple[dict[int, str], dict[int, date]]:
    """What a spreadsheet program makes of days that were typed the other way round: texts, and days that it turned."""
    texts, real = {}, {}
    for row, day in enumerate(days, 1):
        if day.day <= 12:
            real[row] = date(day.year, day.day, day.month)
        else:
            texts[row] = f"{day.day}/{day.month}/{day.year}" if first == "day" else f"{day.month}/{day.day}/{day.year}"
    return texts, real


@st.composite
def columns(draw: st.DrawFn) -> list[date]:
    """Days of a column, within some weeks or a year, in their order or in none."""
    span = draw(st.sampled_from([14, 60, 365]))
    steps = draw(st.lists(st.integers(0, span - 1), min_size=2, max_size=40))
    days = [date(2027, 1, 1) + timedelta(draw(st.integers(0, 365 - span)) + step) for step in steps]
    return draw(st.sampled_from([sorted, lambda them: sorted(them, reverse=True), list]))(days)


@settings(deadline=None)
@given(days=columns(), first=st.sampled_from(["day", "month"]))
def test_every_turned_day_is_seen(days: list[date], first: str) -> None:
    texts, real = typed(days, first)
    found = turned_days(texts, real, None)
    turned = {row for row, day in real.items() if day.day != day.month}
    assert all(found[row] == days[row - 1] for row in found)
    assert not found or found.keys() == turned
    if len(days) >= _ENOUGH and texts:
        assert found.keys() == turned


@settings(deadline=None)
@given(days=columns())
def test_days_without_texts_are_never_doubted(days: list[date]) -> None:
    assert turned_days({}, dict(enumerate(days)), None) == {}
    assert turned_days({99: "soon", 98: "2027-05-13"}, dict(enumerate(days)), None) == {}


@pytest.mark.parametrize(
    ("texts", "days", "found"),
    [
        # Two people: the first types days that Excel knows, the second some that it does not.
        ({3: "13/10/2027", 5: "20/10/2027"}, {1: date(2027, 9, 28), 2: date(2027, 10, 2), 4: date(2027, 10, 19)}, {}),
        # A turned day among real ones breaks the order, and fits when it is turned back.
        (
            {3: "13/10/2027", 5: "20/10/2027"},
            {1: date(2027, 9, 28), 2: date(2027, 2, 10), 4: date(2027, 10, 19)},
            {2: date(2027, 10, 2)},
        ),
        # Days in no order at all.
        ({1: "13/10/2027", 3: "20/2/2027"}, {2: date(2027, 9, 28), 4: date(2027, 2, 10)}, {}),
        # A text that could be read both ways says that the program turned nothing.
        ({1: "13/10/2027", 2: "5/10/2027"}, {3: date(2027, 10, 6), 4: date(2027, 10, 8)}, {}),
        # With the time behind it, as an inbox shows it.
        ({1: "30/9/2027 09:15", 3: "13/10/2027 18:00"}, {2: date(2027, 1, 10)}, {2: date(2027, 10, 1)}),
    ],
)
def test_columns_that_are_mixed(texts: dict[int, str], days: dict[int, date], found: dict[int, date]) -> None:
    assert turned_days(texts, days, None) == found


POSTS = """
| Post | Date         | Channel   | Title |
|------|--------------|-----------|-------|
| P1   | '28/9/2027'  | Instagram | One   |
| P2   | '30/9/2027'  | Instagram | Two   |
| P3   | 2027-01-10   | Instagram | Three |
| P4   | 2027-02-10   | Instagram | Four  |
| P5   | '13/10/2027' | Instagram | Five  |
"""


def test_a_turned_day_is_named_and_not_read(tmp_path: Path) -> None:
    path = filled(tmp_path, "calendar", {"posts": POSTS})
    assert records(read_workbook(path), "posts", "date") == "| 2027-09-28 |\n| 2027-09-30 |\n|  |\n|  |\n| 2027-10-13 |"
    assert [line for line in problem_lines(path) if line.endswith("[cell.turned-date]")] == [
        f"calendar.xlsx: Posts!B{row}: 'Date' must be a date, found {found}; the dates around it say that your"
        f" spreadsheet program turned day and month round. Write {read}, if that is the day. [cell.turned-date]"
        for row, found, read in ((8, "2027-01-10", "2027-10-01"), (9, "2027-02-10", "2027-10-02"))
    ]


DATE_COLUMNS = [
    (kind, block.id, column.label)
    for kind in KINDS
    for sheet in load_spec(kind).sheets
    for block in sheet.blocks
    if isinstance(block, Table) and not block.computed
    for column in block.columns
    if column.type is FieldType.DATE and column.formula is None
]


@pytest.mark.parametrize(("kind", "table", "label"), DATE_COLUMNS)
def test_every_column_of_dates(kind: str, table: str, label: str, tmp_path: Path) -> None:
    days = ["'28/9/2027'", "'30/9/2027'", "2027-01-10", "2027-02-10", "'13/10/2027'"]
    path = filled(tmp_path, kind, {table: f"| {label} |\n|--|\n" + "\n".join(f"| {day} |" for day in days)})
    turned = [problem for problem in read_workbook(path).problems if problem.code == "cell.turned-date"]
    assert [problem.values["read"] for problem in turned] == ["2027-10-01", "2027-10-02"]
