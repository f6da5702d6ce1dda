"""The rows of a found table and the values of a found form, typed, each with its cells."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache, partial

from smsheets.cells import CellRef
from smsheets.layout.lists import Vocabulary
from smsheets.layout.placed import Layout, PlacedColumn, PlacedForm, PlacedTable
from smsheets.periods import month_end, months_from
from smsheets.plan.record import Where
from smsheets.plan.reference import Unit
from smsheets.problems import Problem, make_problem
from smsheets.reader.file.source import SourceWorkbook
from smsheets.reader.file.source_cells import SourceCell
from smsheets.reader.lists import ReadLists
from smsheets.reader.places.found import Found, FoundForm, FoundTable
from smsheets.reader.values.fields import read_cell
from smsheets.reader.values.scope import NOTHING_BESIDE, Beside, Scope, Value
from smsheets.reader.values.words import is_placeholder, normal_label
from smsheets.spec.model import Field
from smsheets.spec.reference import load_kpi_definitions
from smsheets.spec.vocabulary import NUMBER_TYPES, TEXT_TYPES, FieldType

METRIC_DEFINITIONS = "metric_definitions"
"""The table that says which unit each metric has; it is read before those that name metrics."""
_UNITS, _METRICS = "units", "metrics"
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
    """The scope that one workbook is read with; problems are added to `problems`.

    Attributes:
        units: Metric -> its unit, as the table of the workbook's own metrics says it.
    """

    file: str
    layout: Layout
    vocabulary: Vocabulary
    problems: list[Problem]
    units: dict[str, str] = field(default_factory=dict)

    @property
    def period(self) -> tuple[date, date]:
        """The first and last day the workbook plans."""
        return _period(self.layout.profile.start, self.layout.profile.months)

    def title(self, block: PlacedTable | PlacedForm) -> str:
        """A table or form as messages name it: its title, else its sheet."""
        return self.layout.words.text(block.spec.title) or block.sheet

    def scope(self, field: Field, label: str, cells: tuple[SourceCell, ...] = ()) -> Scope:
        """The scope of a field's cells."""
        texts = tuple(cell.value for cell in cells if isinstance(cell.value, str))
        return Scope(self.layout, self.vocabulary, field, label, texts, self.period, cells)


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
    words_first = sorted(columns, key=lambda column: column.spec.type in NUMBER_TYPES)
    scopes = {column.key: _column_scope(column, table, rows, reading) for column in columns}
    around = _Rows(table, columns, reading)
    read: list[ReadRow] = []
    for row in rows:
        values: dict[str, Value] = dict.fromkeys(column.key for column in columns)
        unread: list[str] = []
        for column in words_first:  # the unit of a row says how its numbers are meant
            col = table.columns[column.key]
            where = CellRef(reading.file, table.sheet.name, row, col)
            cell = table.sheet.cells.get((row, col)) if (row, col) not in aside else None
            beside = partial(around.beside, row, values, column)
            values[column.key] = read_cell(cell, where, scopes[column.key], reading.problems, beside)
            if values[column.key] is None and cell is not None and _says_something(cell.value):
                unread.append(column.key)
        read.append(ReadRow(row, values, frozenset(unread)))
        if table.placed.spec.id == METRIC_DEFINITIONS and values.get("unit"):
            reading.units[str(values.get("metric"))] = str(values["unit"])
    _check_ids(table, read, reading)
    return tuple(read)


def _says_something(value: object) -> bool:
    """True if somebody typed more than a dash or `TBD`."""
    return value is not None and not (isinstance(value, str) and (not value.strip() or is_placeholder(value)))


def _column_scope(column: PlacedColumn, table: FoundTable, rows: Sequence[int], reading: Reading) -> Scope:
    col = table.columns[column.key]
    cells: tuple[SourceCell, ...] = ()
    if column.spec.type not in TEXT_TYPES:
        cells = tuple(cell for row in rows if (cell := table.sheet.cells.get((row, col))) is not None)
    return reading.scope(column.spec, message_label(column, reading.layout), cells)


class _Rows:
    """The rows of a table, asked what is beside a number in one of them."""

    def __init__(self, table: FoundTable, columns: Sequence[PlacedColumn], reading: Reading) -> None:
        self.table, self.reading = table, reading
        self.named = {
            column.spec.choices: column.key for column in columns if column.spec.choices in (_UNITS, _METRICS)
        }
        self.alike: dict[FieldType, list[int]] = {}
        for kind in NUMBER_TYPES:  # an amount per month, or a KPI's baseline and targets
            group = [column for column in columns if column.spec.type is kind]
            if _UNITS in self.named or any(column.item is not None for column in group):
                self.alike[kind] = [table.columns[column.key] for column in group]

    def beside(self, row: int, values: Mapping[str, Value], column: PlacedColumn) -> Beside:
        """What is beside a cell. `values` are those of the row that are no numbers."""
        kind = column.spec.type
        if kind not in self.alike:
            return NOTHING_BESIDE
        look = partial(self._cells, row, self.table.columns[column.key], kind)
        if kind is not FieldType.NUMBER or _UNITS not in self.named:
            return Beside(look=look)
        named = str(values.get(self.named.get(_METRICS, "")))
        metric = load_kpi_definitions().get(named)
        unit = values.get(self.named[_UNITS]) or self.reading.units.get(named)
        known = next((each for each in Unit if each.value == unit), metric.unit if metric and not unit else None)
        return Beside(unit=known, whole=metric is not None and metric.whole and known is Unit.COUNT, look=look)

    def _cells(self, row: int, col: int, kind: FieldType) -> tuple[SourceCell, ...]:
        found = (self.table.sheet.cells.get((row, other)) for other in self.alike[kind] if other != col)
        return tuple(cell for cell in found if cell is not None and cell.value is not None)


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
        cells = (cell,) if cell is not None else ()
        scope = reading.scope(item, reading.layout.words.text(item.label), cells)
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
