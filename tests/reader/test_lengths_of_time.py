"""Hours and other lengths of time: as words, as `29:00`, as a cell with a format for lengths."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from babel.units import format_unit
from filled import ENGLISH, filled, problem_lines, records

from smsheets.kinds import KINDS
from smsheets.reader.read import read_workbook
from smsheets.reader.values.numbers import parse_length, parse_number
from smsheets.spec.load import fields_of, load_spec
from smsheets.spec.reference import typed_words
from smsheets.spec.vocabulary import NUMBER_TYPES

LANGUAGES = sorted(typed_words())


def hours(text: str, unit: str = "hour") -> Decimal | None:
    return parse_length(text, unit, lambda part: parse_number(part, "."))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("width", ["long", "short"])
@pytest.mark.parametrize(("count", "unit", "length"), [(1, "hour", 1), (3, "hour", 3), (90, "minute", "1.5")])
def test_the_words_of_every_language(language: str, width: str, count: int, unit: str, length: str) -> None:
    text = format_unit(count, f"duration-{unit}", width, locale=language)  # type: ignore[arg-type]
    if "duration-" not in text:  # Babel lacks some forms
        assert hours(text) == Decimal(length), text


@pytest.mark.parametrize(
    ("text", "unit", "length"),
    [
        ("1.5 h", "hour", "1.5"), ("90 min", "hour", "1.5"), ("2 Std.", "hour", "2"), ("1 h 30 min", "hour", "1.5"),
        ("1h30", "hour", "1.5"), ("2 hours and 15 minutes", "hour", "2.25"), ("29:00", "hour", "29"),
        ("1:30:00", "hour", "1.5"), ("20 minutes", "hour", "0.3333"), ("3 days", "day", "3"),
        ("48 weeks", "week", "48"),
        ("1 day", "hour", None), ("2 weeks", "day", None), ("36 h", "day", None), ("1 week", "hour", None),
        ("3", "hour", None), ("half an hour", "hour", None), ("8 h a day", "hour", None), ("9:30", "day", None),
        ("1 hamster", "hour", None),
    ],
)  # fmt: skip
def test_a_length(text: str, unit: str, length: str | None) -> None:
    assert hours(text, unit) == (None if length is None else Decimal(length))


def test_every_column_of_hours_days_or_weeks_says_so() -> None:
    """A label that names a unit of time is one of a field with that unit."""
    words = {"hours": "hour", "days": "day", "weeks": "week"}
    for kind in KINDS:
        for field in fields_of(load_spec(kind)):
            if field.type in NUMBER_TYPES and field.formula is None:
                named = [
                    unit for word, unit in words.items() if word in field.label.casefold().replace(",", " ").split()
                ]
                assert not named or field.unit == named[0] or "a week" in field.label, f"{kind}: {field.label}"


TEAM = "| Role | Person | Hours per week |\n|--|--|--|\n| lead | Ann | {} |"


@pytest.mark.parametrize(
    ("typed", "read", "line"),
    [
        ("'90 min'", "1.5", "found text '90 min'; it was read as 1.5, but the sheet's sums leave it out. Write 1.5."),
        ("'2 Std.'", "2", "found text '2 Std.'; it was read as 2, but the sheet's sums leave it out. Write 2."),
        ("'1 day'", "", "found text '1 day'. Write a plain number such as 1200, or leave it empty."),
        ("'90 m'", "", "found text '90 m'. Write a plain number such as 1200, or leave it empty."),
    ],
)
def test_words_in_a_column_of_hours(typed: str, read: str, line: str, tmp_path: Path) -> None:
    path = filled(tmp_path, "strategy", {"team": TEAM.format(typed)})
    assert records(read_workbook(path), "team", "hours_per_week").strip("| ") == read
    assert [text for text in problem_lines(path) if line in text]


@pytest.mark.parametrize(
    ("number", "code", "read", "shown"),
    [
        (29 / 24, "[HH]:MM", "29", "29:00"),
        (1.5 / 24, "[h]:mm:ss", "1.5", "1:30"),
        (8.5 / 24, "h:mm", "8.5", "8:30"),
        (0.25 / 24, "[mm]:ss", "0.25", "0:15"),
    ],
)
def test_a_cell_that_holds_a_length(number: float, code: str, read: str, shown: str, tmp_path: Path) -> None:
    kpis = "| ID | Metric | Jan 2027 Actual |\n|--|--|--|\n| K1 | {} | 5 |"
    for metric, value in (("Response time", read), ("Followers", "")):
        path = filled(tmp_path, "kpi-report", {"kpis": kpis.format(metric)})
        book = openpyxl.load_workbook(path)
        cell = next(cell for row in book["KPIs"].iter_rows() for cell in row if cell.value == 5)
        cell.value, cell.number_format = number, code
        book.save(path)
        assert records(read_workbook(path), "kpis", "actual#1").strip("| ") == value
        lines = [line for line in problem_lines(path) if f"KPIs!{cell.coordinate}:" in line]
        assert len(lines) == 1
        assert f"{shown}" in lines[0]
        assert lines[0].endswith("[cell.length-of-time]" if value else "[cell.not-a-number]")


RATES = """
| ID | Metric       | Unit   | Baseline | Jan 2027 Target | Jan 2027 Actual | Feb 2027 Actual |
|----|--------------|--------|----------|-----------------|-----------------|-----------------|
| K1 | {}           | {}     | {}       | {}              | {}              | {}              |
"""


@pytest.mark.parametrize(
    ("cells", "asked"),
    [
        (("Engagement rate by reach", "", "0.05", "0.05", "5.35", "5.2"), 2),
        (("Engagement rate by reach", "", "", "", "5.35", "5.2"), 2),
        (("Engagement rate by reach", "", "0.05", "0.05", "0.0535", "0.052"), 0),
        (("Follower growth", "", "0.9", "1", "1.2", "1.4"), 0),  # growth of 120 %
        (("Own rate", "percent", "0.05", "0.05", "5.35", "0.06"), 1),
        (("Own count", "number", "5", "6", "5.35", "7"), 0),
        (("Rating", "", "4.5", "4.6", "4.4", "4.7"), 0),
        (("Engagement rate by reach", "", "0.05", "0.05", "'5.35'", "'5.2 %'"), 1),
    ],
)
def test_a_share_without_its_sign(cells: tuple[str, ...], asked: int, tmp_path: Path) -> None:
    path = filled(tmp_path, "kpi-report", {"kpis": RATES.format(*cells)})
    codes = [problem.code for problem in read_workbook(path).problems]
    assert codes.count("cell.ambiguous-number") == asked


def test_a_metric_of_ones_own_has_the_unit_of_its_definition(tmp_path: Path) -> None:
    definitions = "| Metric | Unit |\n|--|--|\n| Basket rate | percent |"
    tables = {"kpis": RATES.format("Basket rate", "", "", "", "5.35", "6"), "metric_definitions": definitions}
    path = filled(tmp_path, "kpi-report", tables)
    assert sum(line.endswith("[cell.ambiguous-number]") for line in problem_lines(path)) == 2


def test_a_percent_sign_where_none_belongs(tmp_path: Path) -> None:
    path = filled(
        tmp_path, "kpi-report", {"kpis": RATES.format("Followers", "", "", "", "'12 %'", "7")}, profile=ENGLISH
    )
    assert [line.split("[")[-1] for line in problem_lines(path)] == ["cell.not-a-number]"]
