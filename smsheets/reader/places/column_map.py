"""Tables whose headings nobody knows: found by the range names or the map of the marker sheet, believed by their cells.

Range names move with their cells in a spreadsheet program; the map only says how things were when all was made.
So a place is taken for a table only if every column there has a heading and the cells below are what must be there:
formulas where we compute, numbers, dates, ids and words of lists where people type. Formulas, too, say where a table
is: the rows that they add up.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time

from smsheets.cells import column_number
from smsheets.layout.cells_of import BACK_SIGN
from smsheets.layout.placed import Layout, PlacedColumn, PlacedForm, PlacedList, PlacedTable
from smsheets.reader.file.source import SourceWorkbook
from smsheets.reader.file.source_cells import SourceCell, SourceSheet
from smsheets.reader.identity.claims import NAME_PREFIX, MapEntry, marker_sheets, sheet_labels
from smsheets.reader.places.found import FoundForm, FoundTable
from smsheets.reader.values.words import normal_label
from smsheets.spec.vocabulary import DAY_TYPES, NUMBER_TYPES, FieldType

_AREA = re.compile(r"(?:'((?:[^']|'')+)'|([^'!]+))!\$?([A-Z]+)\$?(\d+):\$?([A-Z]+)\$?(\d+)")
_ROWS_TRIED = 30
"""A header is looked for in this many rows around where it was."""

_ROWS_LOOKED_AT = 60
"""Below a header: enough to know a column by, and quick where a table has thousands."""
_FEWEST_VOTES = 3
"""Cells that say something: one or two may fit by chance."""
_ENOUGH_COLUMNS = 0.85
"""Share of the columns with such cells that must fit: of seven or more, one may be used for something else."""


@dataclass(frozen=True, slots=True)
class MappedTable:
    """Where a table is by the map: column key -> column number."""

    sheet: SourceSheet
    header_row: int
    columns: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class NamedArea:
    """The range that a name means: its first cell and its size."""

    sheet: SourceSheet
    row: int
    col: int
    rows: int
    cols: int


def named_area(source: SourceWorkbook, block: str) -> NamedArea | None:
    """The range name of a table or form; None where it is gone or broken."""
    found = _AREA.fullmatch(source.names.get(f"{NAME_PREFIX}{block}", ""))
    sheet = source.sheet((found[1] or found[2]).replace("''", "'")) if found is not None else None
    if found is None or sheet is None:
        return None
    first, last = column_number(found[3]), column_number(found[5])
    return NamedArea(sheet, int(found[4]), first, int(found[6]) - int(found[4]) + 1, last - first + 1)


@dataclass(frozen=True, slots=True)
class FormAsMade:
    """The lines of a form in a workbook when it was made: field id -> row, the first row, how many, their column."""

    rows: Mapping[str, int]
    first_row: int
    lines: int
    value_col: int


class ColumnMap:
    """The places of tables by the range names and the marker sheet.

    The map on the marker sheet is the one of the template as it was when the workbook was made: it may lack columns
    that the template has now, and have some that it has not. It is used for the columns that both have.
    """

    def __init__(self, source: SourceWorkbook, layout: Layout) -> None:
        self._source = source
        self._layout = layout
        entries = [entry for marker in marker_sheets(source) for entry in marker.entries]
        self._entries: dict[str, dict[str, MapEntry]] = {}
        for entry in entries:
            self._entries.setdefault(entry.block, {}).setdefault(entry.key, entry)

    def find(self, table: PlacedTable) -> MappedTable | None:
        """Where a table is, if the cells there are what must be there."""
        offsets, width = self._offsets(table)
        for sheet, row, col in self._candidates(table, width):
            columns = {key: col + offset for key, offset in offsets.items()}
            if _is_headed(sheet, row, columns) and self._fits(sheet, row, columns, table):
                return MappedTable(sheet, row, columns)
        return None

    def columns_not_made(self, table: PlacedTable) -> frozenset[str]:
        """The ids of the columns that the template did not have yet when the workbook was made.

        None where the workbook has no map of the table, or where the map has columns that the template has not: it is
        then no earlier form of this template, and nothing follows from what it lacks.
        """
        mapped = self._of_table(table).keys()
        if not mapped or not mapped <= table.by_key.keys():
            return frozenset()
        made = {table.by_key[key].spec.id for key in mapped}
        return frozenset(column.id for column in table.spec.columns if column.id not in made)

    @property
    def blocks_not_made(self) -> frozenset[str]:
        """The ids of computed tables, and of forms that may stay empty, that the template did not have yet.

        A map that lacks half of the template is that of another one, copied over: it says nothing about this.
        """
        blocks = {*self._layout.tables, *self._layout.forms}
        if len(blocks - self._entries.keys()) > len(blocks) / 2:
            return frozenset()
        tables = (name for name, table in self._layout.tables.items() if table.spec.computed)
        fields = {name: form.spec.fields for name, form in self._layout.forms.items()}
        forms = (name for name, own in fields.items() if not any(item.required for item in own))
        return frozenset(name for name in (*tables, *forms) if name not in self._entries)

    def were_in_one(self, table: PlacedTable) -> bool:
        """True if a table's columns were in another table when the workbook was made."""
        return table.spec.id not in self._entries and self._of_table(table).keys() >= table.by_key.keys()

    def columns_given_up(self, table: PlacedTable, columns: Mapping[str, int]) -> frozenset[int]:
        """The columns of a file that the template had when it was made, and has no longer.

        Args:
            columns: Column key -> where it is in the file.
        """
        entries = self._of_table(table)
        known = [(entry.col, columns[key]) for key, entry in entries.items() if key in columns]
        gone = [entry.col for key, entry in entries.items() if key not in table.by_key]
        nearest = (min(known, key=lambda pair: abs(pair[0] - col)) for col in gone if known)
        return frozenset(there + col - made for col, (made, there) in zip(gone, nearest, strict=False))

    def fields_not_made(self, form: PlacedForm) -> frozenset[str]:
        """The ids of the lines that the form did not have yet when the workbook was made, as `columns_not_made`."""
        mapped = self._entries.get(form.spec.id, {}).keys()
        return frozenset(form.row_of.keys() - mapped) if mapped and mapped <= form.row_of.keys() else frozenset()

    def earlier_headings(self, table: PlacedTable) -> dict[str, str]:
        """Normalised heading -> column key, as an earlier form of the template wrote them; none in a workbook of today.

        A month's only column is headed `Jan 2027`; once there are two, they are `Jan 2027 Planned` and so on.
        """
        if not self.columns_not_made(table):
            return {}
        return {normal_label(entry.label): key for key, entry in self._of_table(table).items() if entry.label}

    def form_as_made(self, form: PlacedForm) -> FormAsMade:
        """Where the lines of a form were when the workbook was made: there may be more of them in the template now."""
        entries = self._entries.get(form.spec.id, {})
        if entries.keys().isdisjoint(form.row_of):
            return FormAsMade(form.row_of, form.first_row, len(form.row_of), form.value_col)
        rows = {key: entry.row for key, entry in entries.items() if key in form.row_of}
        first = next(iter(entries.values()))
        return FormAsMade(rows, min(entry.row for entry in entries.values()), len(entries), first.col)

    def _of_table(self, table: PlacedTable) -> Mapping[str, MapEntry]:
        """The map of a table, else of the one that its columns were in."""
        return self._entries.get(table.spec.id) or self._entries.get(table.spec.once_in, {})

    def _offsets(self, table: PlacedTable) -> tuple[dict[str, int], int]:
        """Column key -> how many columns right of the table's first one it was, and the width of the table."""
        places = {key: entry.col for key, entry in self._of_table(table).items()}
        if places.keys().isdisjoint(table.by_key):
            places = {column.key: column.col for column in table.columns}
        first, last = min(places.values()), max(places.values())
        return {key: col - first for key, col in places.items() if key in table.by_key}, last - first + 1

    def _candidates(self, table: PlacedTable, width: int) -> Iterator[tuple[SourceSheet, int, int]]:
        """Sheet, header row and first column: by the range name, by the map, then in rows nearby."""
        area = named_area(self._source, table.spec.id)
        if area is not None and area.cols == width:
            yield area.sheet, area.row, area.col
        mapped = list(self._of_table(table).values())
        name = mapped[0].sheet if mapped else table.sheet
        row = mapped[0].row if mapped else table.header_row
        col = min(entry.col for entry in mapped) if mapped else table.columns[0].col
        for sheet in self._source.sheets:
            if normal_label(name) in sheet_labels(sheet.name):
                near = range(max(1, row - _ROWS_TRIED), row + _ROWS_TRIED)
                yield from ((sheet, place, col) for place in sorted(near, key=lambda place: abs(place - row)))

    def _fits(self, sheet: SourceSheet, row: int, columns: Mapping[str, int], table: PlacedTable) -> bool:
        """True if the cells below are what must be there, column by column."""
        placed = (column for column in table.columns if column.key in columns)
        votes = [self._votes(sheet, row, columns[column.key], column, table) for column in placed]
        sums = [sum(column) for column in votes if column]
        right = sum(count > 0 for count in sums)
        return sum(map(len, votes)) >= _FEWEST_VOTES and right >= _ENOUGH_COLUMNS * len(sums)

    def _votes(self, sheet: SourceSheet, row: int, col: int, column: PlacedColumn, table: PlacedTable) -> list[int]:
        """For each cell below a heading that says something 1 if it may be in this column, else -1."""
        listed = self._layout.lists.get(column.spec.choices or "")
        cells = (sheet.cells.get((below, col)) for below in range(row + 1, row + 1 + _ROWS_LOOKED_AT))
        votes = (_vote(cell, column, table, listed) for cell in cells if cell is not None)
        return [1 if vote else -1 for vote in votes if vote is not None]


def _is_headed(sheet: SourceSheet, row: int, columns: Mapping[str, int]) -> bool:
    """True if every column has a heading; the way back to the first sheet, beside a title, is none."""
    cells = (sheet.cells.get((row, col)) for col in columns.values())
    texts = [cell.value.strip() if cell is not None and isinstance(cell.value, str) else "" for cell in cells]
    return all(text and not text.startswith(BACK_SIGN) for text in texts)


def _vote(cell: SourceCell, column: PlacedColumn, table: PlacedTable, listed: PlacedList | None) -> bool | None:
    """True if a cell speaks for its being in this column, or against it; None where it says nothing."""
    if column.spec.formula is not None:
        return True if cell.is_formula else None  # some programs save the results only
    if cell.value is None or cell.value == "":
        return None
    if cell.is_formula:
        return False
    value, field = cell.value, column.spec
    if table.spec.prefix and column is table.columns[0]:
        return str(value).strip().removeprefix(table.spec.prefix).isdecimal()
    if listed is not None and not field.many:
        known = normal_label(str(value)) in {normal_label(text) for text in listed.texts}
        return None if listed.spec.open and not known else known
    if field.type in NUMBER_TYPES:
        return isinstance(value, int | float) and not isinstance(value, bool)
    if field.type in DAY_TYPES:
        return isinstance(value, date | datetime)
    if field.type is FieldType.TIME:
        return isinstance(value, time) or (isinstance(value, int | float) and 0 <= value < 1)
    return None if isinstance(value, str) else False


_RANGE = re.compile(
    r"""(?:(?:'((?:[^']++|'')++)'|(?<![\w.])([^\W\d][\w.]*+))!)?"""
    r"""\$?([A-Z]{1,3})\$?([0-9]{1,7}):\$?\3\$?([0-9]{1,7})(?![\w(])"""
    r"""|'(?:[^']++|'')*+'?"""  # the name of a sheet that no range follows
)

_LIKE_ROWS = 3
"""Rows of a table that people fill: all of them have the same formulas."""


def formula_ranges(tables: Mapping[str, FoundTable], forms: Iterable[FoundForm]) -> dict[str, tuple[int, int]]:
    """Record table -> the first and last row that most ranges in the template's own formulas have over its columns."""
    records = [table for table in tables.values() if not table.placed.spec.computed]
    counts: dict[str, Counter[tuple[int, int]]] = {}
    for sheet, cell in _formula_cells(tables.values(), forms):
        for quoted, plain, letters, first, last in filter(any, _RANGE.findall(cell.formula or "")):
            named, span = (quoted.replace("''", "'") or plain or sheet).casefold(), (int(first), int(last))
            for table in records:
                here = table.sheet.name.casefold() == named and column_number(letters) in table.columns.values()
                if here and table.may_have_range(*span):
                    counts.setdefault(table.placed.spec.id, Counter())[span] += 1
    return {name: count.most_common(1)[0][0] for name, count in counts.items()}


def _formula_cells(tables: Iterable[FoundTable], forms: Iterable[FoundForm]) -> Iterator[tuple[str, SourceCell]]:
    """The cells with a formula where the template has one, each with its sheet; of like rows only the first few."""
    for table in tables:
        spec, cells = table.placed.spec, table.sheet.cells
        above = table.header_row - table.placed.header_row + (table.placed.total_row or 0)
        rows = table.placed.rows if spec.computed else _LIKE_ROWS
        for key, col in table.columns.items():
            column = table.placed.by_key[key].spec
            places = range(table.header_row + 1, table.header_row + rows + 1) if column.formula is not None else ()
            for row in (*places, *([above] if column.total else [])):
                if (row, col) in cells and cells[row, col].is_formula:
                    yield table.sheet.name, cells[row, col]
    for form in forms:
        for item in form.placed.spec.fields:
            place = form.cells.get(item.id) if item.formula is not None else None
            if place in form.sheet.cells and form.sheet.cells[place].is_formula:
                yield form.sheet.name, form.sheet.cells[place]
