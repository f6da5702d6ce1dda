"""The comparison as JSON: a documented, versioned schema, every change by itself.

Amounts are decimals in text (`"120.00"`), exact; dates are `2027-03-15`; a blank cell is null.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, time
from decimal import Decimal

import msgspec

from smsheets.analysis.finding import Finding, Level
from smsheets.cells import CellRef
from smsheets.comparison.changes import Change, Meaning, RowChange, TableChanges
from smsheets.comparison.match import By
from smsheets.comparison.money import BudgetChanges, KpiChanges
from smsheets.comparison.run import COMPARE_SCHEMA, Comparison, FindingChanges, WorkbookChanges
from smsheets.comparison.side import OwnPart, Part, Row, Side, Table, Unread, Value
from smsheets.report.json_headline import CellView, json_bytes, schema_bytes
from smsheets.report.wording import Words

Plain = str | int | bool | tuple[str, ...] | None
"""A value: decimals, dates and times are texts; a list's value is its id."""


class ChangeView(msgspec.Struct, frozen=True, kw_only=True):
    """One cell whose content is another.

    Attributes:
        each: Which repetition: the first day of a month or a week, or a name; null where the column is not repeated.
        old_unread, new_unread: Whether the value is what stands there, because it could not be read.
        days: By how many days a date moved, later is positive; working days where `working_days` is true.
        more: How much more a number is now.
    """

    field: str
    label: str
    each: str | None
    old: Plain
    new: Plain
    old_unread: bool
    new_unread: bool
    old_cell: CellView
    new_cell: CellView
    meaning: Meaning
    days: int | None
    working_days: bool
    more: Decimal | None


class RowView(msgspec.Struct, frozen=True, kw_only=True):
    """A row that only one side has. `values`: field (`planned 2027-03-01`: of March) -> value."""

    id: str
    name: str
    cell: CellView
    values: Mapping[str, Plain]


class RowChangeView(msgspec.Struct, frozen=True, kw_only=True):
    """A row that both sides have. `matched_by`: its id, its name, or its content where the id differs."""

    id: str
    old_id: str
    name: str
    matched_by: By
    changes: tuple[ChangeView, ...]


class TableChangesView(msgspec.Struct, frozen=True, kw_only=True):
    """One table or form that differs. `only_counted`: its rows belong to days of two different periods."""

    table: str
    title: str
    before: int
    now: int
    only_counted: bool
    added: tuple[RowView, ...]
    dropped: tuple[RowView, ...]
    changed: tuple[RowChangeView, ...]


class SideView(msgspec.Struct, frozen=True, kw_only=True):
    """One of the two workbooks. `problems` is how many `smsheets check` tells."""

    file: str
    business: str
    currency: str
    start: date
    months: int
    problems: int


class WorkbookChangesView(msgspec.Struct, frozen=True, kw_only=True):
    """Two workbooks of one kind."""

    kind: str
    differs: bool
    old: SideView
    new: SideView
    same_period: bool
    tables: tuple[TableChangesView, ...]
    budget: BudgetChanges | None
    kpis: KpiChanges | None
    own_added: tuple[OwnPart, ...]
    own_dropped: tuple[OwnPart, ...]


class ComparedFindingView(msgspec.Struct, frozen=True, kw_only=True):
    """A finding in words; `id` and `about` tell it from all others."""

    id: str
    about: str
    level: Level
    message: str
    todo: str
    evidence: tuple[CellView, ...]


class FindingChangesView(msgspec.Struct, frozen=True, kw_only=True):
    """Findings by what became of them."""

    new: tuple[ComparedFindingView, ...]
    gone: tuple[ComparedFindingView, ...]
    still: tuple[ComparedFindingView, ...]


class ComparisonView(msgspec.Struct, frozen=True, kw_only=True):
    """Everything `smsheets compare` says."""

    schema: str = COMPARE_SCHEMA
    differs: bool
    old_day: date
    new_day: date
    workbooks: tuple[WorkbookChangesView, ...]
    findings: FindingChangesView
    only_old: tuple[str, ...]
    only_new: tuple[str, ...]


def render_compare(comparison: Comparison, words: Words) -> bytes:
    """The comparison as indented JSON in UTF-8."""
    return json_bytes(make_compare_view(comparison, words))


def compare_schema() -> bytes:
    """The JSON Schema of what `render_compare` gives."""
    return schema_bytes(ComparisonView)


def make_compare_view(comparison: Comparison, words: Words) -> ComparisonView:
    """The comparison with its sentences put into words."""
    return ComparisonView(
        differs=comparison.differs,
        old_day=comparison.old_day,
        new_day=comparison.new_day,
        workbooks=tuple(_workbook(workbook, words) for workbook in comparison.workbooks),
        findings=_findings(comparison.findings, words),
        only_old=comparison.only_old,
        only_new=comparison.only_new,
    )


def _workbook(workbook: WorkbookChanges, words: Words) -> WorkbookChangesView:
    return WorkbookChangesView(
        kind=workbook.kind,
        differs=workbook.differs,
        old=_side(workbook.old),
        new=_side(workbook.new),
        same_period=workbook.same_period,
        tables=tuple(_table(changes, words) for changes in workbook.tables if changes.differs),
        budget=workbook.budget,
        kpis=workbook.kpis,
        own_added=workbook.own_added,
        own_dropped=workbook.own_dropped,
    )


def _side(side: Side) -> SideView:
    return SideView(
        file=side.file,
        business=side.business,
        currency=side.currency,
        start=side.start,
        months=side.months,
        problems=side.problems,
    )


def _table(changes: TableChanges, words: Words) -> TableChangesView:
    table = changes.table
    return TableChangesView(
        table=table.id,
        title=words.text(table.title),
        before=changes.before,
        now=changes.now,
        only_counted=changes.counted,
        added=tuple(_row(row, table) for row in changes.added),
        dropped=tuple(_row(row, table) for row in changes.dropped),
        changed=tuple(_changed(row, table, words) for row in changes.changed),
    )


def _row(row: Row, table: Table) -> RowView:
    return RowView(
        id=row.id,
        name=_name(row, table),
        cell=_cell(row.first_cell),
        values={_key(part): _plain(value) for part, value in row.values.items()},
    )


def _changed(row: RowChange, table: Table, words: Words) -> RowChangeView:
    return RowChangeView(
        id=row.new.id,
        old_id=row.old.id,
        name=_name(row.new, table),
        matched_by=row.by,
        changes=tuple(_change(change, words) for change in row.changes),
    )


def _change(change: Change, words: Words) -> ChangeView:
    return ChangeView(
        field=change.column.id,
        label=words.text(change.column.label),
        each=None if change.each is None else _each(change.each),
        old=_plain(change.old),
        new=_plain(change.new),
        old_unread=isinstance(change.old, Unread),
        new_unread=isinstance(change.new, Unread),
        old_cell=_cell(change.old_cell),
        new_cell=_cell(change.new_cell),
        meaning=change.meaning,
        days=change.days,
        working_days=change.working,
        more=change.more,
    )


def _name(row: Row, table: Table) -> str:
    """What people call a row, values by id."""
    return ", ".join(str(_plain(value)) for value in table.name_of(row) if value is not None)


def _key(part: Part) -> str:
    return part[0] if part[1] is None else f"{part[0]} {_each(part[1])}"


def _each(each: date | str) -> str:
    return each.isoformat() if isinstance(each, date) else each


def _plain(value: Value) -> Plain:
    if isinstance(value, Unread):
        return value.text
    if isinstance(value, Decimal):
        return f"{value:f}"
    return value.isoformat() if isinstance(value, date | time) else value


def _cell(cell: CellRef) -> CellView:
    return CellView(file=cell.file, sheet=cell.sheet, cell=cell.a1)


def _findings(findings: FindingChanges, words: Words) -> FindingChangesView:
    return FindingChangesView(
        new=tuple(_finding(finding, words) for finding in findings.new),
        gone=tuple(_finding(finding, words) for finding in findings.gone),
        still=tuple(_finding(finding, words) for finding in findings.still),
    )


def _finding(finding: Finding, words: Words) -> ComparedFindingView:
    return ComparedFindingView(
        id=finding.id,
        about=finding.about,
        level=finding.level,
        message=words.text(finding.says, finding.values),
        todo=words.text(finding.todo, finding.values),
        evidence=tuple(_cell(cell) for cell in finding.evidence),
    )
