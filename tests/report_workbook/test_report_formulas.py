"""The arithmetic of the report can be checked in its cells: formulas that give the very figures of the analysis."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from functools import cache

import pytest
from report.sample_analysis import sample_analysis
from sheet_values import Address, FormulaCell, disagreements, formula_cells, is_error, saved_values, show

from smsheets.money import Money, Share
from smsheets.report.document import ChartKind, ChartView, Line, Role, Series, TableView
from smsheets.report.wording import Words
from smsheets.report.xlsx.charts import bridge_rows
from smsheets.report.xlsx.checks import table_formulas
from smsheets.report.xlsx.sheet_parts import PlacedTable
from smsheets.report.xlsx.workbook import render_workbook

LANGUAGES = pytest.mark.parametrize("language", ["en", "de"])


@cache
def report(language: str) -> bytes:
    return render_workbook(sample_analysis(language), Words(language))


def formulas(sheet: str) -> Mapping[Address, FormulaCell]:
    return {address: cell for address, cell in formula_cells(report("en")).items() if address[0] == sheet}


@LANGUAGES
def test_ironcalc_computes_every_saved_value(language: str) -> None:
    pytest.importorskip("ironcalc", reason="skipped: formulas of the report; there is no engine for this computer")
    from ironcalc_file import recalculate

    ours = formula_cells(report(language))
    assert len(ours) > 100
    assert disagreements(ours, recalculate(report(language)), set()) == []


@LANGUAGES
def test_no_cell_shows_an_error(language: str) -> None:
    assert [show(address) for address, value in saved_values(report(language)).items() if is_error(value)] == []


def test_the_budget_can_be_followed_cell_by_cell() -> None:
    found = [cell.formula for cell in formulas("Budget").values()]
    for start in ("=SUM(B", "=B", "=IF(B"):
        assert [formula for formula in found if formula.startswith(start)], start
    assert len(found) > 60


def test_each_part_has_formulas_where_figures_follow_from_others() -> None:
    for sheet in ("Overview", "Budget", "Roadmap", "Calendar", "KPI report", "Inbox"):
        assert formulas(sheet), sheet


def placed(headers: tuple[str, ...], *rows: tuple[object, ...], total: bool = False) -> PlacedTable:
    return PlacedTable(row=4, view=TableView(headers=headers, rows=rows, total=total))  # type: ignore[arg-type]


def euros(amount: int) -> Money:
    return Money(Decimal(amount), "EUR")


def test_a_variance_is_budget_minus_actual_and_its_share_of_the_budget() -> None:
    table = placed(
        ("Line", "Budget to date", "Actual", "Variance", "%"),
        ("Ads", euros(100), euros(80), euros(20), Share(Decimal("0.2"))),
        ("Tools", euros(0), euros(10), euros(-10), None),
        ("Total", euros(100), euros(90), euros(10), Share(Decimal("0.1"))),
        total=True,
    )
    assert table_formulas(table) == {
        (5, 4): "B5-C5", (5, 5): 'IF(B5=0,"",D5/B5)', (6, 4): "B6-C6", (7, 5): 'IF(B7=0,"",D7/B7)',
        (7, 2): "SUM(B5:B6)", (7, 3): "SUM(C5:C6)", (7, 4): "SUM(D5:D6)",
    }  # fmt: skip


def test_a_figure_that_does_not_follow_stays_a_figure() -> None:
    table = placed(
        ("Line", "Budget to date", "Actual", "Variance"),
        ("Ads", euros(100), euros(80), euros(21)),
        ("Total", euros(100), None, euros(21)),
        total=True,
    )
    assert table_formulas(table) == {(6, 2): "SUM(B5:B5)", (6, 4): "SUM(D5:D5)"}


def test_what_adds_up_is_added_row_by_row() -> None:
    table = placed(
        ("Month", "Planned", "Budget, added up"),
        (1, euros(10), euros(15)),
        (2, euros(20), euros(35)),
        (3, euros(30), euros(60)),
    )
    assert table_formulas(table) == {(6, 3): "C5+B6"}


def test_a_week_is_the_sum_of_its_days() -> None:
    table = placed(("Channel", "Mon", "Tue", "All"), ("X", 1, None, 1), ("Y", 2, 3, 5))
    assert table_formulas(table) == {(5, 4): "SUM(B5:C5)", (6, 4): "SUM(B6:C6)"}


def bridge(*values: int) -> list[list[Decimal]]:
    series = Series(name=Line("Amount"), role=Role.AVAILABLE, values=tuple(Decimal(value) for value in values))
    chart = ChartView(
        kind=ChartKind.BRIDGE, title=Line("x"), says=Line("x"), categories=("",) * len(values), series=(series,)
    )
    return bridge_rows(chart)


def test_a_bridge_ends_where_its_steps_lead_also_below_zero() -> None:
    rows = bridge(50, 375, -465, 278, 238)
    assert [row[1] for row in rows] == [50, 0, 0, 0, 238]
    assert rows[1] == [50, 0, 375, 0, 0, 0]
    assert rows[2] == [0, 0, 0, 0, 425, -40]
    assert rows[3] == [0, 0, 238, -40, 0, 0]
    below = bridge(-100, -20, 50, -70)
    assert below[1] == [-100, 0, 0, 0, 0, -20]
    assert below[2] == [-70, 0, 0, -50, 0, 0]
