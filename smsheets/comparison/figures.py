"""The figures of a comparison: planned and spent money by line and category, metrics, months entered since."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal

from smsheets.comparison.changes import Change, Meaning
from smsheets.comparison.money import BudgetChanges, KpiChanges, KpiPair, LineMoney, MoneyPair
from smsheets.comparison.run import WorkbookChanges
from smsheets.comparison.side import Column, Row, Table, Unread, Value
from smsheets.money import Money, Share
from smsheets.plan.carry import ZERO
from smsheets.report.document import Cell, Line, Month, Part, Shown, Status, TableView, Tone, Verbatim
from smsheets.report.sections.budget import STATUSES
from smsheets.report.sections.cells import money_cell, money_cells, word_cell

_LONG = 40
"""A text of more characters has a line of its own, not a row of a table."""
_NAME = 48  # characters of a name in a table; its cell has the rest
_CONTEXT = 30
"""Characters shown before and after what differs of two long texts: a few words on each side."""
_CENTS, _TENTHS = 2, 3
"""Decimals that a report shows of a number and of a share (0.052 is 5.2 %)."""
_SHARES = ("percent", "share")


def shown_value(value: Value, column: Column, currency: str, unit: str = "") -> Shown | None:
    """A value as people read it; None where the cell is blank."""
    if isinstance(value, Unread):
        return Line("not read: '{text}'", {"text": Verbatim(value.text)})
    if isinstance(value, bool):
        return Line("yes" if value else "no")
    if isinstance(value, tuple):
        return tuple(word_cell(column.words, item) for item in value)
    if isinstance(value, str):
        return word_cell(column.words, value)
    if isinstance(value, int | Decimal):
        return _number(value, unit if column.type == "number" else column.type, currency)
    return Month(value) if type(value) is date and column.type == "month" else value


def as_cell(value: Shown | None) -> Cell:
    """The same for a cell of a table; several values are joined with commas."""
    return Line("{values}", {"values": value}) if isinstance(value, tuple) else value


def _number(value: int | Decimal, kind: str, currency: str) -> Shown:
    amount = Decimal(value)
    if kind == "money":
        return Money(amount, currency)
    return Share(amount) if kind in _SHARES else amount


def before_and_now(change: Change, old_currency: str, new_currency: str) -> tuple[Shown | None, Shown | None]:
    """Both values; numbers that would look the same when rounded are shown with all their digits."""
    old, new = change.old, change.new
    if isinstance(old, Decimal) and isinstance(new, Decimal):
        digits = _TENTHS if _unit(change) in _SHARES else _CENTS
        if round(old, digits) == round(new, digits):
            return Verbatim(f"{old:f}"), Verbatim(f"{new:f}")
    return (
        shown_value(old, change.column, old_currency, change.unit),
        shown_value(new, change.column, new_currency, change.unit),
    )


def _unit(change: Change) -> str:
    """The type of its column; of a plain number, its unit."""
    return change.unit if change.column.type == "number" else change.column.type


def is_long(change: Change) -> bool:
    """True where a change of a text needs a line of its own."""
    return any(isinstance(value, str) and len(value) > _LONG for value in (change.old, change.new))


def differing_parts(old: str, new: str) -> tuple[str, str]:
    """The parts of two texts that differ, with a little around them; both texts whole where one of them is short."""
    if min(len(old), len(new)) <= 2 * _CONTEXT:
        return old, new
    shortest = min(len(old), len(new))
    first = next((at for at in range(shortest) if old[at] != new[at]), shortest)
    last = next((at for at in range(shortest - first) if old[-1 - at] != new[-1 - at]), shortest - first)
    return _excerpt(old, first, last), _excerpt(new, first, last)


def _excerpt(text: str, first: int, last: int) -> str:
    begin, end = max(first - _CONTEXT, 0), min(len(text) - last + _CONTEXT, len(text))
    return ("…" if begin else "") + text[begin:end] + ("…" if end < len(text) else "")


def column_name(change: Change) -> Shown:
    """The heading of the column, with its month where it is repeated."""
    label = Line(change.column.label)
    if change.each is None:
        return label
    if isinstance(change.each, date):
        each: Shown = Month(change.each) if change.column.repeats == "months" else change.each
    else:
        each = Verbatim(change.each)
    return Line("{label}, {each}", {"label": label, "each": each})


def row_name(row: Row, table: Table) -> Shown:
    """The name of a row: its id, and the words by which people know it."""
    names = tuple(_names(row, table))
    if table.form:
        return Line(table.title)
    if not row.id:
        return names or Line("row {row}", {"row": row.where.row})
    return Line("{id}: {name}", {"id": Verbatim(row.id), "name": names}) if names else Verbatim(row.id)


def _names(row: Row, table: Table) -> Iterator[Shown]:
    """A day is part of a name only where there is no other word."""
    columns = {column.id: column for column in table.columns}
    values = [(columns[name], row.values.get((name, None))) for name in table.names]
    filled = [(column, value) for column, value in values if value is not None]
    words = [(column, value) for column, value in filled if not isinstance(value, date)]
    for column, value in words or filled:
        cut = f"{value[:_NAME]}…" if isinstance(value, str) and len(value) > _NAME else value
        shown = shown_value(cut, column, "")
        if shown is not None:
            yield shown


def places(change: Change) -> str:
    """The cell; both of them where the row moved. Their sheet is named once for a table."""
    old, new = change.old_cell.a1, change.new_cell.a1
    return new if old == new else f"{old} → {new}"


def meaning(change: Change, currency: str) -> Cell:
    """The meaning of a change, in a few words; nothing where before and now say it all.

    Args:
        currency: Of amounts; empty where they may not be subtracted.
    """
    if change.meaning is Meaning.PROGRESS:
        return Status("progress", Tone.GOOD)
    if change.meaning is Meaning.SET_BACK:
        return Status("set back", Tone.WATCH)
    if change.days:
        return _days(change.days, working=change.working)
    if change.more is not None and (currency or _unit(change) != "money"):
        return _difference(change.more, _unit(change), currency)
    return Line(_WORDS[change.meaning]) if change.meaning in _WORDS else None


_WORDS = {Meaning.FILLED: "filled in", Meaning.EMPTIED: "emptied", Meaning.MOVED: "moved"}


def _difference(more: Decimal, unit: str, currency: str) -> Line:
    if unit in _SHARES:
        return Line("{points} points more" if more > 0 else "{points} points less", {"points": abs(more) * 100})
    return Line("{amount} more" if more > 0 else "{amount} less", {"amount": _number(abs(more), unit, currency)})


def _days(days: int, *, working: bool) -> Line:
    values = {"count": abs(days)}
    if working and days > 0:
        return Line("1 working day later" if days == 1 else "{count} working days later", values)
    if working:
        return Line("1 working day earlier" if days == -1 else "{count} working days earlier", values)
    if days > 0:
        return Line("1 day later" if days == 1 else "{count} days later", values)
    return Line("1 day earlier" if days == -1 else "{count} days earlier", values)


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
        rows = [(_line_name(line), line.money) for line in lines]
        yield _money_table([*rows, (Line("All lines"), budget.total)], workbook, by_line=True)
    categories = [item for item in budget.categories if item.money.differs or not workbook.same_period]
    if categories:
        rows = [(_category(item.key, workbook), item.money) for item in categories]
        yield _money_table(rows, workbook, by_line=False)


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


def _money_table(rows: Sequence[tuple[Cell, MoneyPair]], workbook: WorkbookChanges, *, by_line: bool) -> TableView:
    """Planned and spent, before and now; the difference where both are in one currency."""
    first = "Line" if by_line else "Category"
    return TableView(
        title="Money by line" if by_line else "Money by category",
        headers=(first, "Planned before", "Now", "More planned", "Spent before", "Now", "More spent"),
        rows=tuple((name, *_money_cells(money, workbook)) for name, money in rows),
        total=by_line,
    )


def _money_cells(money: MoneyPair, workbook: WorkbookChanges) -> tuple[Cell, ...]:
    pairs = ((money.planned, money.planned_now), (money.actual, money.actual_now))
    old, new, same = workbook.old.currency, workbook.new.currency, workbook.same_currency
    cells: list[Cell] = []
    for before, now in pairs:
        more = _more(before, now) if same else None
        cells += [money_cell(before, old), *money_cells(new, now, more)]
    return tuple(cells)


def _more(before: Decimal | None, now: Decimal | None) -> Decimal | None:
    """How much more it is; what is not known on one side counts as nothing there."""
    return None if before is None and now is None else (now or ZERO) - (before or ZERO)


def _category(key: str | None, workbook: WorkbookChanges) -> Cell:
    """A category in the reader's language, or the person's own word for it."""
    if key is None:
        return Line("No category")
    column = _columns("lines", workbook).get("category")
    return word_cell(column.words if column is not None else {}, key)


def _columns(table: str, workbook: WorkbookChanges) -> dict[str, Column]:
    columns = (changes.table.columns for changes in workbook.tables if changes.table.id == table)
    return {column.id: column for column in next(columns, ())}


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
    columns = _columns("kpis", workbook)
    named = [(columns[name], value) for name, value in (("channel", pair.channel), ("metric", pair.metric)) if value]
    name = Line("{values}", {"values": tuple(shown_value(value, column, "") or "" for column, value in named)})
    figure, old, new = Column(id="value", label="", type="number"), workbook.old.currency, workbook.new.currency
    values = ((pair.value, old), (pair.value_now, new), (pair.to_date, old), (pair.to_date_now, new))
    cells = (as_cell(shown_value(value, figure, currency, pair.unit)) for value, currency in values)
    return (Line("{id}: {name}", {"id": Verbatim(pair.id), "name": name}), *cells)
