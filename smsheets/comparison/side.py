"""One of the two plans that are compared: its tables and rows as they were read, without the workbook around them.

A row is known by its stable id, never by its place. A column that repeats (over months, say) is one part for each
repetition: what is compared is the value of March, not that of the third column.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, time
from decimal import Decimal
from functools import cached_property

import msgspec

from smsheets.cells import CellRef
from smsheets.plan.record import Where
from smsheets.plan.roadmap import DaysOff

NAMES: Mapping[str, tuple[str, ...]] = {
    "team": ("role", "person"),
    "swot": ("about",),
    "swot_outside": ("about",),
    "goals": ("goal",),
    "markets": ("place",),
    "personas": ("name",),
    "competitors": ("competitor", "channel"),
    "prices": ("item",),
    "journey": ("way", "step"),
    "channels": ("channel",),
    "pillars": ("pillar",),
    "setup": ("channel",),
    "tools": ("tool",),
    "listening": ("kind", "term"),
    "house_rules": ("topic", "channel"),
    "changes": ("changed_on", "what"),
    "readiness": ("question",),
    "initiatives": ("initiative",),
    "tasks": ("task",),
    "holidays": ("date", "name"),
    "lines": ("line",),
    "own_time": ("task",),
    "posts": ("title", "date", "channel"),
    "cadence_wanted": ("channel",),
    "mix_targets": ("pillar",),
    "key_dates": ("date", "name"),
    "ideas": ("idea",),
    "text_limits": ("channel",),
    "kpis": ("channel", "metric"),
    "post_results": ("date", "channel"),
    "inbox": ("received", "summary"),
    "review": ("period",),
    "decisions": ("decision",),
    "metric_definitions": ("metric",),
}
"""Table -> its columns that make a name."""

DATED = frozenset(
    ("changes", "tasks", "holidays", "posts", "key_dates", "post_results", "inbox", "review", "decisions")
)
"""Tables whose rows belong to days: in another period they are other rows."""


def name_columns(table: str, columns: Sequence[str]) -> tuple[str, ...]:
    """The columns that name a row; in a table of a template of one's own it is the first one."""
    return tuple(name for name in NAMES.get(table, columns[:1]) if name in columns)


class Unread(msgspec.Struct, frozen=True):
    """The text of a cell that could not be read as its column wants it, as a problem quotes it."""

    text: str


Value = str | int | Decimal | date | time | bool | tuple[str, ...] | Unread | None
"""What one cell holds; None where it is blank."""

Part = tuple[str, date | str | None]
"""A column, and which repetition of it: a month's or week's first day, a name, or None where it is not repeated."""


class Column(msgspec.Struct, frozen=True, kw_only=True):
    """An input column of a table, or a field of a form.

    Attributes:
        label: The text on the sheet, in English.
        type: `money`, `date`, `long_text`, ...: a field type of the specs.
        words: Value id -> its English text, for a column that is picked from a list.
        repeats: `months`, `weeks` or what else it is repeated over; empty where it is not.
    """

    id: str
    label: str
    type: str = "text"
    words: Mapping[str, str] = {}
    repeats: str = ""


class Row(msgspec.Struct, frozen=True, kw_only=True, dict=True):
    """A row of a table, or a form.

    Attributes:
        id: Its stable id; empty where the table has none, or it is missing.
        values: What is filled in; a blank cell is left out, and so is the id.
        where: Its place.
        keys: Part -> the key of its column in `where`.
        unit: Of its plain numbers: `share`, `money`, `count`, `hours`, or empty.
    """

    id: str = ""
    values: Mapping[Part, Value] = {}
    where: Where = Where()
    keys: Mapping[Part, str] = {}
    unit: str = ""

    def cell(self, part: Part) -> CellRef:
        """The cell of a part; the row's first cell where its column is not on the sheet."""
        first, key = self.first_cell, self.keys.get(part, part[0])
        row, col = self.where.cells.get(key) or (first.row, self.where.columns.get(key, first.col))
        return CellRef(first.file, first.sheet, row, col)

    @property
    def first_cell(self) -> CellRef:
        """Where the row begins."""
        where = self.where
        return CellRef(where.file, where.sheet, max(where.row, 1), min(where.columns.values(), default=1))

    @cached_property
    def content(self) -> frozenset[tuple[Part, Value]]:
        """Everything that is filled in, apart from the id."""
        return frozenset(self.values.items())


class Table(msgspec.Struct, frozen=True, kw_only=True):
    """A table of records, or a form (one row without an id).

    Attributes:
        title: In English.
        id_column: The column of the stable ids; empty where there is none.
        names: The columns by which people know its rows.
        dated: Its rows are about days of the period, so that those of another period are others.
    """

    id: str
    title: str
    form: bool = False
    id_column: str = ""
    columns: tuple[Column, ...] = ()
    names: tuple[str, ...] = ()
    dated: bool = False
    rows: tuple[Row, ...] = ()

    @property
    def parts(self) -> tuple[Part, ...]:
        """Every part that a row of it fills, in the order of the columns, then of the repetitions."""
        order = {column.id: number for number, column in enumerate(self.columns)}
        found = {part for row in self.rows for part in row.values}
        return tuple(sorted(found, key=lambda part: (order.get(part[0], len(order)), str(part[1] or ""))))

    def name_of(self, row: Row) -> tuple[Value, ...]:
        """The name of a row; empty where nothing of it is filled in."""
        values = tuple(row.values.get((name, None)) for name in self.names)
        return values if any(value is not None for value in values) else ()


class OwnPart(msgspec.Struct, frozen=True, order=True):
    """A column or a sheet that a person added; `heading` is empty for a sheet."""

    sheet: str
    heading: str = ""


class Side(msgspec.Struct, frozen=True, kw_only=True):
    """One of the two plans.

    Attributes:
        start: The first day of the period.
        tables: In the order of the template.
        days_off: On which nobody works.
        own: Columns and sheets that a person added: they are named, and what they hold is not compared.
        problems: How many there are in the file.
    """

    file: str
    kind: str
    business: str = ""
    currency: str = ""
    start: date
    months: int
    tables: tuple[Table, ...] = ()
    days_off: DaysOff = DaysOff()
    own: tuple[OwnPart, ...] = ()
    problems: int = 0
