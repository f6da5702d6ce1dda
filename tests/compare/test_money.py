"""What became of the money: moved between months, entered since, overspent since, by line and category."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from compared import write_sample
from patch_xlsx import patch_cells

from smsheets import Comparison, compare, read_workbook
from smsheets.comparison.changes import Change
from smsheets.comparison.money import BudgetChanges, LineMoney, MoneyPair, Shift
from smsheets.plan.budget import Budget
from smsheets.plan.budget_year import BudgetStatus


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_sample("budget", tmp_path_factory.mktemp("budget") / "old.xlsx")


@pytest.fixture
def changed(sample: Path, tmp_path: Path) -> Path:
    """The copy that a test types into."""
    path = tmp_path / "new.xlsx"
    path.write_bytes(sample.read_bytes())
    return path


def cell(path: Path, line_id: str, column: str, month: int | None = None) -> str:
    plan = read_workbook(path).plan
    assert isinstance(plan, Budget)
    return str(next(line for line in plan.lines if line.line_id == line_id).cell(column, month))


def budget_of(comparison: Comparison) -> BudgetChanges:
    (workbook,) = comparison.workbooks
    assert workbook.budget is not None
    return workbook.budget


def line_of(comparison: Comparison, line_id: str) -> LineMoney:
    return next(line for line in budget_of(comparison).lines if line_id in (line.id, line.id_now))


def test_planned_money_that_moved_to_another_month(sample: Path, changed: Path) -> None:
    patch_cells(changed, {cell(sample, "B3", "planned", 9): 40, cell(sample, "B3", "planned", 11): 175})
    line = line_of(compare(sample, changed), "B3")
    assert line.shift == Shift(amount=Decimal(60), taken=(date(2027, 9, 1),), given=(date(2027, 11, 1),))
    assert (line.money.planned, line.money.planned_now) == (Decimal(1200), Decimal(1215))


def test_more_money_alone_is_no_shift(sample: Path, changed: Path) -> None:
    patch_cells(changed, {cell(sample, "B3", "planned", 9): 140})
    assert line_of(compare(sample, changed), "B3").shift is None


def test_actuals_that_were_entered_since(sample: Path, changed: Path) -> None:
    patch_cells(changed, {cell(sample, "B1", "actual", 7): 15, cell(sample, "B3", "actual", 7): 90.5})
    comparison = compare(sample, changed)
    assert budget_of(comparison).entered == {date(2027, 7, 1): (2, Decimal("105.5"))}
    assert line_of(comparison, "B3").entered == {date(2027, 7, 1): Decimal("90.5")}
    assert line_of(comparison, "B2").entered == {}


def test_an_actual_that_was_corrected_is_not_entered_since(sample: Path, changed: Path) -> None:
    patch_cells(changed, {cell(sample, "B3", "actual", 6): 96})
    comparison = compare(sample, changed)
    assert budget_of(comparison).entered == {}
    assert (line_of(comparison, "B3").money.actual, line_of(comparison, "B3").money.actual_now) == (605, 606)


def test_a_line_that_is_over_now(sample: Path, changed: Path) -> None:
    patch_cells(changed, {cell(sample, "B5", "actual", 6): 900})
    comparison = compare(sample, changed)
    worse = [line for line in budget_of(comparison).lines if line.worse]
    assert [(line.id_now, line.status, line.status_now) for line in worse] == [
        ("B5", BudgetStatus.NOT_SPENT, BudgetStatus.OVER)
    ]
    assert ("budget.over", "'{line}' is over") in {
        (finding.id, finding.says[:16]) for finding in comparison.findings.new
    }
    back = compare(changed, sample)
    assert [line for line in budget_of(back).lines if line.worse] == []
    assert "budget.over" in {finding.id for finding in back.findings.gone}


def test_totals_by_category(sample: Path, changed: Path) -> None:
    patch_cells(changed, {cell(sample, "B3", "planned", 9): 150})
    budget = budget_of(compare(sample, changed))
    differing = {item.key: item.money for item in budget.categories if item.money.differs}
    assert list(differing) == ["advertising"]
    assert differing["advertising"].planned_now == differing["advertising"].planned + 50  # type: ignore[operator]
    assert budget.total.planned_now == budget.total.planned + 50  # type: ignore[operator]


def test_a_line_that_was_dropped_keeps_its_money_before(sample: Path, changed: Path) -> None:
    plan = read_workbook(sample).plan
    assert isinstance(plan, Budget)
    last = next(line for line in plan.lines if line.line_id == "B8")
    cells = [last.cell(name) for name in ("line_id", "category", "line", "channel", "carry_rule", "owner", "note")]
    cells += [last.cell(name, month) for name in ("planned", "actual") for month in range(1, 13)]
    patch_cells(changed, {str(place): None for place in (*cells, last.cell("opening"))})
    comparison = compare(sample, changed)
    line = line_of(comparison, "B8")
    assert (line.id, line.id_now, line.money) == ("B8", "", MoneyPair(planned=Decimal(900), actual=Decimal(260)))
    (lines,) = [table for table in comparison.workbooks[0].tables if table.table.id == "lines"]
    assert [row.id for row in lines.dropped] == ["B8"]


def test_each_changed_amount_is_told_with_its_month(sample: Path, changed: Path) -> None:
    place = cell(sample, "B3", "planned", 9)
    patch_cells(changed, {place: 150})
    (workbook,) = compare(sample, changed).workbooks
    changes: list[Change] = [item for table in workbook.tables for row in table.changed for item in row.changes]
    assert [(str(item.new_cell), item.column.id, item.each, item.old, item.new, item.more) for item in changes] == [
        (place, "planned", date(2027, 9, 1), Decimal(100), Decimal(150), Decimal(50))
    ]
