"""What a month of advertising leaves: the sheet in LibreOffice and in IronCalc, and the analysis, say the same."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import pytest
from libreoffice import LibreOffice
from sheet_values import Address, saved_values
from workbooks import AS_OF, blank_filling, with_day, written

from smsheets.api import analyze
from smsheets.layout.content import CellValue, Filling, Row
from smsheets.layout.placed import Layout
from smsheets.reader.read import read_workbook

pytest.importorskip("ironcalc", reason="skipped: the carry cases; there is no engine for this computer")

MONTHS = 12
STEADY = (100,) * MONTHS


@dataclass(frozen=True, slots=True)
class Case:
    """A line with 100 planned in every month: its rule, its actuals from January on, what is available, what closes."""

    name: str
    rule: str | None
    actual: tuple[int | None, ...]
    available: tuple[int, ...]
    closed: int | None = None


CASES = (
    Case("80 of 100 spent, the rest carries", "unspent", (80,), (100, 120, *STEADY[2:])),
    Case("advertising carries without being told", None, (80,), (100, 120, *STEADY[2:])),
    Case("none: what is left expires", "none", (80,), STEADY),
    Case("unspent: an overspend is forgiven", "unspent", (130,), STEADY),
    Case("both ways: an overspend is taken off", "both_ways", (130,), (100, 70, *STEADY[2:])),
    Case("no actual: nothing carries", "unspent", (), STEADY),
    Case("no actual, both ways: nothing carries", "both_ways", (), STEADY),
    Case("an empty month before an actual spent nothing", "unspent", (80, None, 50), (100, 120, 220, 270, *STEADY[4:])),
    Case("an actual in a month to come closes nothing", "unspent", (80, *[None] * 10, 50), (100, 120, *STEADY[2:]), 1),
    Case("zeros for the whole year", "unspent", (0,) * MONTHS, (*range(100, 800, 100), *STEADY[7:]), 6),
    Case("a refund undoes what was forgiven", "unspent", (250, -150, 30), (100, 100, 200, 270, *STEADY[4:])),
)
LANGUAGES = ("en", "de")


def _filled(language: str) -> tuple[Layout, Filling]:
    layout, start = blank_filling("budget", language)
    rules, categories = layout.lists["carry_rules"], layout.lists["categories"]
    rows: list[Row] = []
    for case in CASES:
        row: dict[str, CellValue] = {
            "line": case.name,
            "category": categories.texts[categories.ids.index("advertising")],
            "carry_rule": None if case.rule is None else rules.texts[rules.ids.index(case.rule)],
        }
        row |= {f"planned#{number}": 100 for number in range(1, MONTHS + 1)}
        row |= {f"actual#{number}": amount for number, amount in enumerate(case.actual, 1)}
        rows.append(row)
    return layout, with_day(Filling(start.forms, {**start.tables, "lines": rows}), AS_OF)


def _available(layout: Layout, values: Mapping[Address, CellValue], number: int) -> tuple[CellValue, ...]:
    table = layout.tables["lines"]
    columns = table.repetitions["available"]
    return tuple(values[table.sheet, table.first_row + number, column.col] for column in columns)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_sheet_as_it_is_written(language: str) -> None:
    layout, filling = _filled(language)
    values = saved_values(written(layout, filling))
    for number, case in enumerate(CASES):
        assert _available(layout, values, number) == case.available, case.name


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_sheet_as_libreoffice_computes_it(language: str, libreoffice: LibreOffice) -> None:
    layout, filling = _filled(language)
    values = saved_values(libreoffice.resave({"carry": written(layout, filling)})["carry"])
    for number, case in enumerate(CASES):
        assert _available(layout, values, number) == case.available, case.name


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_analysis(language: str, tmp_path: Path) -> None:
    path = tmp_path / "budget.xlsx"
    path.write_bytes(written(*_filled(language)))
    read = read_workbook(path)
    assert read.problems == ()
    report = analyze(read).businesses[0].variance.budget
    assert report is not None
    assert [line.line.line for line in report.lines] == [case.name for case in CASES]
    for line, case in zip(report.lines, CASES, strict=True):
        assert tuple(month.available for month in line.months) == tuple(map(Decimal, case.available)), case.name
        closed = len(case.actual) if case.closed is None else case.closed
        assert sum(month.closed for month in line.months) == closed, case.name
