"""The rows of a found table and the values of a found form, typed, each with its cells."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from smsheets.cells import CellRef
from smsheets.layout.lists import Vocabulary
from smsheets.layout.placed import Layout, PlacedColumn, PlacedForm, PlacedTable
from smsheets.periods import month_end, months_from
from smsheets.plan.record import Where
from smsheets.problems import Problem, make_problem
from smsheets.reader.file.source import SourceWorkbook
from smsheets.reader.lists import ReadLists
from smsheets.reader.places.found import Found, FoundForm, FoundTable
from smsheets.reader.values.fields import read_cell
from smsheets.reader.values.scope import Scope, Value
from smsheets.reader.values.words import is_placeholder, normal_label
from smsheets.spec.model import Field, FieldType

_SHOWN_ID = 60  # characters in a message
_LONGEST_NUMBER = 10
"""Digits of an id; a longer one is no number that somebody counts on from."""


@dataclass(frozen=True, slots=True)
class ReadRow:
    """A record as it was read: column key (`planned#3`) -> value; only input columns that are on the sheet.

    `unread` are the keys of cells that are filled in and could not be read.
    """

    row: int
    values: Mapping[str, Value]
    unread: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Reading:
    """The scope that one workbook is read with; problems are added to `problems`."""

    file: str
    layout: Layout
    vocabulary: Vocabulary
    problems: list[Problem]

    @property
    def period(self) -> tuple[date, date]:
        """The first and last day the workbook plans."""
        return _period(self.layout.profile.start, self.layout.profile.months)

    def title(self, block: PlacedTable | PlacedForm) -> str:
        """A table or form as messages name it: its title, else its sheet."""
        return self.layout.words.text(block.spec.title) or block.sheet

    def scope(self, field: Field, label: str, texts: tuple[str, ...] = ()) -> Scope:
        """The scope of a field's cells."""
        return Scope(self.layout, self.vocabulary, field, label, texts, self.period)


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """A workbook whose cells were read, for the checks to look at.

    Attributes:
        found: Where its tables and forms are.
        reading: What its cells were read with.
        rows: Table id -> the records, for every record table.
        version: The version of its template that it was made from.
        lists: Its lists as they are there.
        sized: The layout with the ranges that the file's formulas have, and as many rows in each record table.
        checked_rows: Table id -> so many rows from its first one have formulas that are checked.
    """

    source: SourceWorkbook
    found: Found
    reading: Reading
    rows: Mapping[str, Sequence[ReadRow]]
    version: int
    lists: ReadLists
    sized: Layout
    checked_rows: Mapping[str, int]

    @property
    def layout(self) -> Layout:
        """The layout it was read with."""
        return self.reading.layout

    @property
    def lists_sheet(self) -> str:
        """The name of the sheet its lists are on; empty where there is none."""
        return self.lists.sheet

    @property
    def record_tables(self) -> tuple[FoundTable, ...]:
        """The tables that people fill."""
        return tuple(self.found.tables[name] for name in self.rows)

    @property
    def has_figures(self) -> bool:
        """True if its formulas can be checked: they are there, and the lists they name."""
        return not self.source.values_only and (bool(self.lists_sheet) or not self.layout.lists)

    def cell(self, sheet: str, row: int, col: int) -> CellRef:
        """A cell as messages name it."""
        return CellRef(self.reading.file, sheet, row, col)


@lru_cache(maxsize=64)
def _period(start: date, months: int) -> tuple[date, date]:
    days = months_from(start, months)
    return days[0], month_end(days[-1])


def message_label(column: PlacedColumn, layout: Layout) -> str:
    """A column as messages name it: `Actual, Mar 2027`."""
    label = layout.words.text(column.spec.label)
    return label if column.item is None or not column.item.label else f"{label}, {column.item.label}"


def read_table(table: FoundTable, reading: Reading) -> tuple[ReadRow, ...]:
    """The records of a table, from the top."""
    rows, aside = table.rows.records, {*table.rows.hidden, *table.rows.ends}
    columns = [c for c in table.placed.columns if c.spec.formula is None and c.key in table.columns]
    scopes = {column.key: _column_scope(column, table, rows, reading) for column in columns}
    read: list[ReadRow] = []
    for row in rows:
        values: dict[str, Value] = {}
        unread: list[str] = []
        for column in columns:
            col = table.columns[column.key]
            where = CellRef(reading.file, table.sheet.name, row, col)
            cell = table.sheet.cells.get((row, col)) if (row, col) not in aside else None
            values[column.key] = read_cell(cell, where, scopes[column.key], reading.problems)
            if values[column.key] is None and cell is not None and _says_something(cell.value):
                unread.append(column.key)
        read.append(ReadRow(row, values, frozenset(unread)))
    _check_ids(table, read, reading)
    return tuple(read)


def _says_something(value: object) -> bool:
    """True if somebody typed more than a dash or `TBD`."""
    return value is not None and not (isinstance(value, str) and (not value.strip() or is_placeholder(value)))


def _column_scope(column: PlacedColumn, table: FoundTable, rows: Sequence[int], reading: Reading) -> Scope:
    col = table.columns[column.key]
    texts: tuple[str, ...] = ()
    if column.spec.type not in (FieldType.TEXT, FieldType.LONG_TEXT, FieldType.ID, FieldType.LINK):
        cells = (table.sheet.cells.get((row, col)) for row in rows)
        texts = tuple(cell.value for cell in cells if cell is not None and isinstance(cell.value, str))
    return reading.scope(column.spec, message_label(column, reading.layout), texts)


def _check_ids(table: FoundTable, rows: list[ReadRow], reading: Reading) -> None:
    """Every filled row has an id of its own."""
    spec = table.placed.spec
    if not spec.prefix:
        return
    column = table.placed.columns[0]
    if column.key not in table.columns:
        return
    label, col = message_label(column, reading.layout), table.columns[column.key]
    free = _highest_id(table, col)
    seen: dict[str, int] = {}
    for row in rows:
        where = CellRef(reading.file, table.sheet.name, row.row, col)
        value = row.values[column.key]
        if value is None:
            free += 1
            reading.problems.append(make_problem("id.missing", where, column=label, read=f"{spec.prefix}{free}"))
        elif (first := seen.setdefault(normal_label(str(value)), row.row)) != row.row:
            free += 1
            problem = make_problem(
                "id.duplicate",
                where,
                column=label,
                found=str(value)[:_SHOWN_ID],
                first=str(first),
                read=f"{spec.prefix}{free}",
            )
            reading.problems.append(problem)


def _highest_id(table: FoundTable, col: int) -> int:
    """The highest number among the ids of a table, those of spare rows too."""
    prefix = table.placed.spec.prefix
    texts = (
        str(cell.value).strip()
        for (row, place), cell in table.sheet.cells.items()
        if place == col and row > table.header_row and (not table.stop or row < table.stop)
    )
    numbers = (text[len(prefix) :] for text in texts)
    return max((int(number) for number in numbers if number.isdecimal() and len(number) < _LONGEST_NUMBER), default=0)


def read_form(form: FoundForm, reading: Reading) -> Mapping[str, Value]:
    """The values of a form's input fields."""
    values: dict[str, Value] = {}
    for item in form.placed.spec.fields:
        if item.formula is not None or item.id not in form.cells:
            continue
        row, col = form.cells[item.id]
        cell = form.sheet.cells.get((row, col)) if (row, col) not in form.hidden else None
        texts = (cell.value,) if cell is not None and isinstance(cell.value, str) else ()
        scope = reading.scope(item, reading.layout.words.text(item.label), texts)
        where = CellRef(reading.file, form.sheet.name, row, col)
        values[item.id] = read_cell(cell, where, scope, reading.problems)
    return values


def table_where(table: FoundTable, row: ReadRow, file: str) -> Where:
    """Where a record is."""
    return Where(file=file, sheet=table.sheet.name, row=row.row, columns=table.columns, unread=row.unread)


def form_where(form: FoundForm, file: str) -> Where:
    """Where a form is."""
    first = min((row for row, _ in form.cells.values()), default=1)
    return Where(file=file, sheet=form.sheet.name, row=first, cells=form.cells)
