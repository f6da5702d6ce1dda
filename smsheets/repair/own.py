"""A person's own columns beside the template's, and their own sheets."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from smsheets.cells import column_letters
from smsheets.layout.content import CellValue, OwnColumn
from smsheets.layout.own_cells import ValueSheet
from smsheets.reader.file.source_cells import ErrorValue, SourceCell, SourceSheet
from smsheets.reader.places.locate import FoundTable
from smsheets.reader.read import OpenWorkbook
from smsheets.reader.values.scope import plain


@dataclass(frozen=True, slots=True)
class OwnPlace:
    """An own column in the person's file."""

    table: FoundTable
    col: int
    heading: str

    @property
    def header_cell(self) -> str:
        """`K3`."""
        return f"{column_letters(self.col)}{self.table.header_row}"


def own_places(opened: OpenWorkbook) -> Iterator[OwnPlace]:
    """The columns of the record tables whose heading is not the template's, or stands there twice, or is gone.

    A column without a heading is called by its letters, so that its values stay beside their rows.
    """
    unnamed = {item.cell for item in opened.read.problems if item.code == "table.unnamed-column"}
    name = opened.read.layout.words.text("Column {letters}")
    tables = list(opened.found.tables.values())
    for table in tables:
        others = [other for other in tables if other.sheet is table.sheet and other.header_row == table.header_row]
        taken = {col for other in others for col in other.columns.values()}
        strange = {**table.strange, **{col: _at(table, col) for cols in table.doubled.values() for col in cols}}
        for col, heading in sorted(strange.items()):
            if col not in taken and not table.placed.spec.computed and _nearest(col, others) is table:
                yield OwnPlace(table, col, heading)
        for cell in unnamed:
            if not table.placed.spec.computed and (cell.sheet, cell.row) == (table.sheet.name, table.header_row):
                heading = _at(table, cell.col).strip() or name.format(letters=column_letters(cell.col))
                yield OwnPlace(table, cell.col, heading)


def _at(table: FoundTable, col: int) -> str:
    """What stands in a column's place for a heading; a number is none for the reader."""
    cell = table.sheet.cells.get((table.header_row, col))
    return "" if cell is None or cell.value is None else plain(cell.value)


def _nearest(col: int, tables: Sequence[FoundTable]) -> FoundTable:
    return min(tables, key=lambda table: min(abs(col - own) for own in table.columns.values()))


def rows_to_keep(opened: OpenWorkbook, places: Sequence[OwnPlace]) -> dict[str, list[int]]:
    """Table id -> its rows that hold something: one that was read, or one with a value in an own column.

    Rows below the last one in which the template has anything are not the table's any more.
    """
    rows: dict[str, list[int]] = {}
    for name, read in opened.read.rows.items():
        table = opened.found.tables[name]
        last = _last_row(table)
        cols = {place.col for place in places if place.table is table}
        own = {row for (row, col), cell in table.sheet.cells.items() if col in cols and _shows(cell)}
        inside = {row for row in own if table.header_row < row <= last and (not table.stop or row < table.stop)}
        rows[name] = sorted(inside | {row.row for row in read})
    return rows


def _last_row(table: FoundTable) -> int:
    cols = set(table.columns.values())
    return max((row for row, col in table.sheet.cells if col in cols), default=table.header_row)


def _shows(cell: SourceCell) -> bool:
    return cell.value is not None and str(cell.value).strip() != ""


def own_columns(places: Sequence[OwnPlace], rows: Mapping[str, Sequence[int]]) -> dict[str, list[OwnColumn]]:
    """Table id -> the own columns with their values, row by row."""
    columns: dict[str, list[OwnColumn]] = {}
    for place in places:
        name = place.table.placed.spec.id
        values = [plain_value(place.table.sheet.cells.get((row, place.col))) for row in rows[name]]
        columns.setdefault(name, []).append(OwnColumn(heading=place.heading, values=values))
    return columns


def plain_value(cell: SourceCell | None) -> CellValue:
    """What a cell shows; the name of an error as a text."""
    if cell is None:
        return None
    return str(cell.value) if isinstance(cell.value, ErrorValue) else cell.value


def value_sheet(sheet: SourceSheet) -> ValueSheet:
    """A person's own sheet as plain values, each where it stood."""
    lines: dict[int, list[CellValue]] = {}
    for (row, col), cell in sheet.cells.items():
        if cell.value is not None and row <= sheet.last_row:
            line = lines.setdefault(row, [])
            line.extend([None] * (col - len(line)))
            line[col - 1] = plain_value(cell)
    # A lone cell may stand in the last row of a sheet: the blank rows above it are all the same one.
    return ValueSheet(name=sheet.name, rows=[lines.get(row, ()) for row in range(1, sheet.last_row + 1)])
