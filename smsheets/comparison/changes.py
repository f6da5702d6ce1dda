"""Changes of the rows of a table: added, dropped, changed; each change with both of its cells and its meaning."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time
from decimal import Decimal
from enum import Enum

import msgspec

from smsheets.cells import CellRef
from smsheets.comparison.match import By, Pair, match_rows
from smsheets.comparison.side import Column, Part, Row, Side, Table, Value
from smsheets.plan.roadmap import DaysOff
from smsheets.plan.slip import count_working_days


class Meaning(Enum):
    """What a change is.

    FILLED, EMPTIED: there was nothing before, there is nothing now. MOVED: to another day, time or channel.
    PROGRESS, SET_BACK: work went on, or back. CHANGED: anything else.
    """

    CHANGED = "changed"
    FILLED = "filled"
    EMPTIED = "emptied"
    MOVED = "moved"
    PROGRESS = "progress"
    SET_BACK = "set_back"


class Change(msgspec.Struct, frozen=True, kw_only=True):
    """One cell whose content is another.

    Attributes:
        each: Which repetition of the column: a month's first day, a name; None where it is not repeated.
        days: By how many days a date moved; later is positive. Working days in tables of work, see `working`.
        working: Whether `days` are working days.
        more: How much more a number is now.
        unit: Of a plain number, as in `Row`.
    """

    column: Column
    each: date | str | None = None
    old: Value = None
    new: Value = None
    old_cell: CellRef
    new_cell: CellRef
    meaning: Meaning = Meaning.CHANGED
    days: int | None = None
    working: bool = False
    more: Decimal | None = None
    unit: str = ""


class RowChange(msgspec.Struct, frozen=True, kw_only=True):
    """A row that is there before and now, and differs.

    Attributes:
        by: How it was found again; `content` is a likeness, which the report says.
        changes: In the order of the columns; an id that changed is the first of them.
    """

    old: Row
    new: Row
    by: By
    changes: tuple[Change, ...]


class TableChanges(msgspec.Struct, frozen=True, kw_only=True):
    """The changes of one table.

    Attributes:
        counted: Its rows were only counted, because they belong to days of two different periods.
    """

    table: Table
    before: int
    now: int
    added: tuple[Row, ...] = ()
    dropped: tuple[Row, ...] = ()
    changed: tuple[RowChange, ...] = ()
    pairs: tuple[Pair, ...] = ()
    counted: bool = False

    @property
    def differs(self) -> bool:
        """True where anything is another."""
        return bool(self.added or self.dropped or self.changed or (self.counted and self.before != self.now))


_WORK = ("initiatives", "tasks")
"""Tables whose days are working days."""
_MOVING = {"posts": ("date", "time", "channel"), "initiatives": ("start", "due"), "tasks": ("due",)}
"""Table -> what a row is moved by."""
_STEPS = {
    ("posts", "status"): ("idea", "draft", "in_review", "approved", "scheduled", "published"),
    ("initiatives", "status"): ("planned", "in_progress", "done"),
    ("tasks", "status"): ("backlog", "next", "in_progress", "review", "done"),
}
"""Column of a table -> its words in the order of the work; a word that is not among them is no step."""
_RISING = frozenset(
    (("initiatives", "done_share"), ("decisions", "done"), ("inbox", "answered"), ("inbox", "resolved"))
)
"""Columns that say how far the work is: more, or yes, is progress."""


_WEEKENDS = DaysOff()


def compare_tables(old: Side, new: Side, *, same_period: bool = True) -> Iterator[TableChanges]:
    """The changes of each table, in the order of the template; one that only one side knows is compared with none."""
    before = {table.id: table for table in old.tables}
    now = {table.id: table for table in new.tables}
    days_off = DaysOff(dates=old.days_off.dates | new.days_off.dates, weekend=new.days_off.weekend)
    for name in dict.fromkeys((*now, *before)):
        known = now.get(name) or before[name]
        empty = msgspec.structs.replace(known, rows=())
        yield compare_table(before.get(name, empty), now.get(name, empty), days_off, same_period=same_period)


def compare_table(old: Table, new: Table, days_off: DaysOff = _WEEKENDS, *, same_period: bool = True) -> TableChanges:
    """The changes of one table."""
    counts = TableChanges(table=new, before=len(old.rows), now=len(new.rows))
    if not same_period and new.dated:
        return msgspec.structs.replace(counts, counted=True)
    match = match_rows(old, new, same_period=same_period)
    order = {part: number for number, part in enumerate(dict.fromkeys((*new.parts, *old.parts)))}
    columns = {column.id: column for column in (*old.columns, *new.columns)}
    changed = tuple(
        RowChange(old=pair.old, new=pair.new, by=pair.by, changes=changes)
        for pair in match.pairs
        if (changes := tuple(_changes(pair, new, columns, order, days_off, same_period=same_period)))
    )
    return msgspec.structs.replace(counts, added=match.added, dropped=match.dropped, changed=changed, pairs=match.pairs)


def _changes(
    pair: Pair,
    table: Table,
    columns: dict[str, Column],
    order: dict[Part, int],
    days_off: DaysOff,
    *,
    same_period: bool,
) -> Iterator[Change]:
    old, new = pair.old, pair.new
    if old.id != new.id:
        part: Part = (table.id_column, None)
        meaning = Meaning.FILLED if not old.id else Meaning.CHANGED if new.id else Meaning.EMPTIED
        column = columns.get(table.id_column) or Column(id=table.id_column, label=table.id_column, type="id")
        yield Change(
            column=column,
            old=old.id or None,
            new=new.id or None,
            old_cell=old.cell(part),
            new_cell=new.cell(part),
            meaning=meaning,
        )
    for part in sorted({*old.values, *new.values}, key=lambda item: order[item]):
        if part[1] is not None and not same_period:
            continue  # the months of two periods are compared as sums
        if old.values.get(part) != new.values.get(part):
            yield _change(pair, table, columns[part[0]], part, days_off)


def _change(pair: Pair, table: Table, column: Column, part: Part, days_off: DaysOff) -> Change:
    before, now = pair.old.values.get(part), pair.new.values.get(part)
    days = None
    if type(before) is date and type(now) is date:
        working = table.id in _WORK
        days = _working_days_between(before, now, days_off) if working else (now - before).days
    return Change(
        column=column,
        each=part[1],
        old=before,
        new=now,
        old_cell=pair.old.cell(part),
        new_cell=pair.new.cell(part),
        meaning=_meaning(table.id, column.id, before, now),
        days=days,
        working=days is not None and table.id in _WORK,
        more=_number(now) - _number(before) if _is_number(before) and _is_number(now) else None,
        unit=pair.new.unit or pair.old.unit,
    )


def _meaning(table: str, column: str, before: Value, now: Value) -> Meaning:
    forward = _is_forward(table, column, before, now)
    if forward is not None:
        return Meaning.PROGRESS if forward else Meaning.SET_BACK
    if before is None:
        return Meaning.FILLED
    if now is None:
        return Meaning.EMPTIED
    moved = column in _MOVING.get(table, ()) and isinstance(now, date | time | datetime | str)
    return Meaning.MOVED if moved else Meaning.CHANGED


def _is_forward(table: str, column: str, before: Value, now: Value) -> bool | None:
    """True where work went on; None where the change is no step of it."""
    steps = _STEPS.get((table, column), ())
    if isinstance(before, str) and isinstance(now, str) and before in steps and now in steps:
        return steps.index(now) > steps.index(before)
    if (table, column) not in _RISING:
        return None
    if isinstance(before, int | Decimal | None) and isinstance(now, int | Decimal | None):
        return _number(now) > _number(before) if _number(now) != _number(before) else None
    return None


def _working_days_between(first: date, last: date, days_off: DaysOff) -> int:
    """How many working days later `last` is; negative is earlier."""
    if last < first:
        return -_working_days_between(last, first, days_off)
    return count_working_days(first, last, days_off) - count_working_days(first, first, days_off)


def _is_number(value: Value) -> bool:
    return isinstance(value, int | Decimal) and not isinstance(value, bool)


def _number(value: Value) -> Decimal:
    return Decimal(value) if isinstance(value, int | Decimal) else Decimal(0)
