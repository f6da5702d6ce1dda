"""The figures of a comparison: planned and spent money by line and category, metrics, months entered since."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from smsheets.analysis.compare.measures import KpiChanges, KpiPair
from smsheets.analysis.compare.money import BudgetChanges, CategoryMoney, LineMoney, MoneyPair
from smsheets.analysis.compare.result import WorkbookChanges
from smsheets.analysis.compare.side import Column
from smsheets.money import Money
from smsheets.plan.carry import ZERO
from smsheets.report.comparison.values import as_cell, shown_value
from smsheets.report.document import Cell, Line, Month, Part, Shown, TableView, Verbatim
from smsheets.report.sections.budget import STATUSES
from smsheets.report.sections.cells import money_cell


def figure_parts(workbook: WorkbookChanges) -> Iterator[Part]:
    """The figures of a budget or a KPI report that differ."""
    if workbook.budget is not None:
        yield from _budget_parts(workbook.budget, workbook)
    if workbook.kpis is not None:
        yield from _kpi_parts(workbook.kpis, workbook)


def _budget_parts(budget: BudgetChanges, workbook: WorkbookChanges) -> Iterator[Part]:
    currency = workbook.new.currency
    if workbook.same_period:
        for month, (count, amount) in budget.entered.items():
            values: dict[str, Shown] = {"month": Month(month), "count": count, "amount": Money(amount, currency)}
            yield Line("Entered since, actuals of {month}: {amount} (lines: {count}).", values)
        yield from (_shift_line(line, currency) for line in budget.lines if line.shift is not None)
        worse = [line for line in budget.lines if line.worse]
        if worse:
            yield _worse_table(worse, workbook)
    lines = [line for line in budget.lines if line.money.differs or not workbook.same_period]
    if lines:
        yield _line_table(lines, workbook, budget.total)
    categories = [item for item in budget.categories if item.money.differs or not workbook.same_period]
    if categories:
        yield _category_table(categories, workbook)


def _line_name(line: LineMoney) -> Cell:
    ids = line.id_now or line.id
    return Line("{id}: {name}", {"id": Verbatim(ids), "name": Verbatim(line.name)}) if ids else Verbatim(line.name)


def _shift_line(line: LineMoney, currency: str) -> Line:
    assert line.shift is not None
    values: dict[str, Shown] = {
        "line": Verbatim(line.name),
        "amount": Money(line.shift.amount, currency),
        "taken": tuple(Month(month) for month in line.shift.taken),
        "given": tuple(Month(month) for month in line.shift.given),
    }
    return Line("'{line}': {amount} of the planned money moved from {taken} to {given}.", values)


def _worse_table(lines: list[LineMoney], workbook: WorkbookChanges) -> TableView:
    old, new = workbook.old.currency, workbook.new.currency
    return TableView(
        title="Overspent since",
        headers=("Line", "Before", "Now", "Spent before", "Spent now"),
        rows=tuple(
            (
                _line_name(line),
                STATUSES[line.status] if line.status is not None else None,
                STATUSES[line.status_now] if line.status_now is not None else None,
                money_cell(line.money.actual, old),
                money_cell(line.money.actual_now, new),
            )
            for line in lines
        ),
    )


def _line_table(lines: list[LineMoney], workbook: WorkbookChanges, total: MoneyPair) -> TableView:
    """Planned and spent by line, before and now; the difference where both are in one currency."""
    rows = [(_line_name(line), *_money_cells(line.money, workbook)) for line in lines]
    return TableView(
        title="Money by line",
        headers=("Line", "Planned before", "Now", "More planned", "Spent before", "Now", "More spent"),
        rows=(*rows, (Line("All lines"), *_money_cells(total, workbook))),
        total=True,
    )


def _category_table(categories: list[CategoryMoney], workbook: WorkbookChanges) -> TableView:
    return TableView(
        title="Money by category",
        headers=("Category", "Planned before", "Now", "More planned", "Spent before", "Now", "More spent"),
        rows=tuple((_category(item.key, workbook), *_money_cells(item.money, workbook)) for item in categories),
    )


def _money_cells(money: MoneyPair, workbook: WorkbookChanges) -> tuple[Cell, ...]:
    old, new = workbook.old.currency, workbook.new.currency
    same = workbook.same_currency
    return (
        money_cell(money.planned, old),
        money_cell(money.planned_now, new),
        money_cell(_more(money.planned, money.planned_now), new) if same else None,
        money_cell(money.actual, old),
        money_cell(money.actual_now, new),
        money_cell(_more(money.actual, money.actual_now), new) if same else None,
    )


def _more(before: Decimal | None, now: Decimal | None) -> Decimal | None:
    """How much more it is; what is not known on one side counts as nothing there."""
    return None if before is None and now is None else (now or ZERO) - (before or ZERO)


def _category(key: str | None, workbook: WorkbookChanges) -> Cell:
    """A category in the reader's language, or the person's own word for it."""
    if key is None:
        return Line("No category")
    tables = {changes.table.id: changes.table for changes in workbook.tables}
    words = {column.id: column.words for column in tables["lines"].columns}
    word = words.get("category", {}).get(key)
    return Line(word) if word else Verbatim(key)


def _kpi_parts(kpis: KpiChanges, workbook: WorkbookChanges) -> Iterator[Part]:
    if workbook.same_period:
        for month, count in kpis.entered.items():
            yield Line("Entered since, actuals of {month} (metrics: {count}).", {"month": Month(month), "count": count})
    rows = [pair for pair in kpis.kpis if pair.differs or not workbook.same_period]
    if rows:
        yield TableView(
            title="Figures of the metrics",
            headers=("Metric", "Last before", "Last now", "To date before", "To date now"),
            rows=tuple(_kpi_cells(pair, workbook) for pair in rows),
        )


def _kpi_cells(pair: KpiPair, workbook: WorkbookChanges) -> tuple[Cell, ...]:
    tables = {changes.table.id: changes.table for changes in workbook.tables}
    columns = {column.id: column for column in tables["kpis"].columns}
    named = [(columns[name], value) for name, value in (("channel", pair.channel), ("metric", pair.metric)) if value]
    name = Line("{values}", {"values": tuple(shown_value(value, column, "") or "" for column, value in named)})
    figure, old, new = Column(id="value", label="", type="number"), workbook.old.currency, workbook.new.currency
    return (
        Line("{id}: {name}", {"id": Verbatim(pair.id), "name": name}),
        as_cell(shown_value(pair.value, figure, old, pair.unit)),
        as_cell(shown_value(pair.value_now, figure, new, pair.unit)),
        as_cell(shown_value(pair.to_date, figure, old, pair.unit)),
        as_cell(shown_value(pair.to_date_now, figure, new, pair.unit)),
    )
