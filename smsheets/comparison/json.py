"""The comparison as JSON: a documented, versioned schema, every change by itself.

Amounts are decimals in text (`"120.00"`), exact; dates are `2027-03-15`; a blank cell is null.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, time
from decimal import Decimal
from typing import Any

from smsheets.analysis.finding import Finding, Level
from smsheets.comparison.changes import Change, Meaning, RowChange, TableChanges
from smsheets.comparison.match import By
from smsheets.comparison.money import BudgetChanges, KpiChanges
from smsheets.comparison.run import COMPARE_SCHEMA, Comparison, WorkbookChanges
from smsheets.comparison.side import OwnPart, Part, Row, Table, Unread, Value
from smsheets.report.json import CellView, View, json_bytes, schema_bytes
from smsheets.report.json_view import said
from smsheets.report.wording import Words

_Plain = str | int | bool | tuple[str, ...] | None
"""A value: decimals, dates and times are texts; a list's value is its id."""


class ChangeView(View, frozen=True, kw_only=True):
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
    old: _Plain
    new: _Plain
    old_unread: bool
    new_unread: bool
    old_cell: CellView
    new_cell: CellView
    meaning: Meaning
    days: int | None
    working_days: bool
    more: Decimal | None

    @classmethod
    def _own(cls, source: Change, words: Words) -> dict[str, Any]:
        return {
            "field": source.column.id,
            "label": words.text(source.column.label),
            "each": _plain(source.each),
            "old": _plain(source.old),
            "new": _plain(source.new),
            "old_unread": isinstance(source.old, Unread),
            "new_unread": isinstance(source.new, Unread),
            "working_days": source.working,
        }


class RowView(View, frozen=True, kw_only=True):
    """A row that only one side has. `values`: field (`planned 2027-03-01`: of March) -> value."""

    id: str
    name: str
    cell: CellView
    values: Mapping[str, _Plain]

    @classmethod
    def _own(cls, source: Row, words: Words) -> dict[str, Any]:
        return {
            "cell": CellView.make(source.first_cell, words),
            "values": {_key(part): _plain(value) for part, value in source.values.items()},
        }


class RowChangeView(View, frozen=True, kw_only=True):
    """A row that both sides have. `matched_by`: its id, its name, or its content where the id differs."""

    id: str
    old_id: str
    name: str
    matched_by: By
    changes: tuple[ChangeView, ...]

    @classmethod
    def _own(cls, source: RowChange, words: Words) -> dict[str, Any]:
        return {"id": source.new.id, "old_id": source.old.id, "matched_by": source.by}


class TableChangesView(View, frozen=True, kw_only=True):
    """One table or form that differs. `only_counted`: its rows belong to days of two different periods."""

    table: str
    title: str
    before: int
    now: int
    only_counted: bool
    added: tuple[RowView, ...]
    dropped: tuple[RowView, ...]
    changed: tuple[RowChangeView, ...]

    @classmethod
    def _own(cls, source: TableChanges, words: Words) -> dict[str, Any]:
        table = source.table
        return {
            "table": table.id,
            "title": words.text(table.title),
            "only_counted": source.counted,
            "added": tuple(RowView.make(row, words, name=_name(row, table)) for row in source.added),
            "dropped": tuple(RowView.make(row, words, name=_name(row, table)) for row in source.dropped),
            "changed": tuple(RowChangeView.make(row, words, name=_name(row.new, table)) for row in source.changed),
        }


class SideView(View, frozen=True, kw_only=True):
    """One of the two workbooks. `problems` is how many `smsheets check` tells."""

    file: str
    business: str
    currency: str
    start: date
    months: int
    problems: int


class WorkbookChangesView(View, frozen=True, kw_only=True):
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

    @classmethod
    def _own(cls, source: WorkbookChanges, words: Words) -> dict[str, Any]:
        return {"tables": tuple(TableChangesView.make(item, words) for item in source.tables if item.differs)}


class ComparedFindingView(View, frozen=True, kw_only=True):
    """A finding in words; `id` and `about` tell it from all others."""

    id: str
    about: str
    level: Level
    message: str
    todo: str
    evidence: tuple[CellView, ...]

    @classmethod
    def _own(cls, source: Finding, words: Words) -> dict[str, Any]:
        return said(source, words)


class FindingChangesView(View, frozen=True, kw_only=True):
    """Findings by what became of them."""

    new: tuple[ComparedFindingView, ...]
    gone: tuple[ComparedFindingView, ...]
    still: tuple[ComparedFindingView, ...]


class ComparisonView(View, frozen=True, kw_only=True):
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
    return json_bytes(ComparisonView.make(comparison, words))


def compare_schema() -> bytes:
    """The JSON Schema of what `render_compare` gives."""
    return schema_bytes(ComparisonView)


def _name(row: Row, table: Table) -> str:
    """The name of a row, values by id."""
    return ", ".join(str(_plain(value)) for value in table.name_of(row) if value is not None)


def _key(part: Part) -> str:
    return part[0] if part[1] is None else f"{part[0]} {_plain(part[1])}"


def _plain(value: Value) -> _Plain:
    if isinstance(value, Unread):
        return value.text
    if isinstance(value, Decimal):
        return f"{value:f}"
    return value.isoformat() if isinstance(value, date | time) else value
