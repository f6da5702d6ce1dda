"""Rows that look like a table's own and stand outside of it: above its headings, or cut and pasted beside it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, time

from smsheets.cells import CellRef, column_letters
from smsheets.problems import make_problem
from smsheets.reader.file.source import SourceWorkbook
from smsheets.reader.file.source_cells import SourceCell, SourceSheet
from smsheets.reader.places.found import Found, FoundForm, FoundTable
from smsheets.reader.rows import Reading
from smsheets.reader.table_rows import holds
from smsheets.spec.model import Column, FieldType

_NUMBERS = (FieldType.NUMBER, FieldType.INTEGER, FieldType.MONEY, FieldType.PERCENT)
_DAYS = (FieldType.DATE, FieldType.MONTH)
_FITTING = 2
"""So many cells that fit their columns make a row look like a record."""

_NEARLY_ALL = 0.6
_CELLS = 3
"""One such cell, or an id, is enough where the row has at least so many cells in all."""


def check_outside(source: SourceWorkbook, found: Found, reading: Reading) -> None:
    """Adds a problem for each row that most likely belongs into a table; sheets of a person's own are left alone."""
    tables = [table for table in found.tables.values() if not table.placed.spec.computed]
    ours = {sheet.name for sheet in reading.layout.sheets} | {table.sheet.name for table in tables}
    sheets: dict[str, SourceSheet] = {sheet.name: sheet for sheet in source.sheets if sheet.name in ours}
    for name, sheet in sheets.items():
        blocks: list[FoundTable | FoundForm] = [item for item in found.tables.values() if item.sheet is sheet]
        blocks += [form for form in found.forms.values() if form.sheet is sheet]
        here = [table for table in tables if table.sheet is sheet]
        for row, cells in _rows_outside(sheet, blocks):
            left = next((table for table in tables if not blocks and table.placed.sheet == name), None)
            table = left if left is not None and len(cells) >= _CELLS else _like(cells, here, tables, reading)
            if table is not None:
                first = min(cell.col for cell in sheet.row(row) if holds(cell)) if not blocks else min(cells)
                where = CellRef(reading.file, name, row, first)
                until = column_letters(max(cell.col for cell in sheet.row(row) if cell.written is None and holds(cell)))
                read = f"{table.sheet.name}!{column_letters(min(table.columns.values()))}{table.header_row}"
                title = reading.title(table.placed)
                reading.problems.append(make_problem("row.outside", where, until, table=title, read=read))


def _rows_outside(
    sheet: SourceSheet, blocks: Iterable[FoundTable | FoundForm]
) -> Iterator[tuple[int, Mapping[int, SourceCell]]]:
    """What was typed on a sheet outside of its tables and forms, by row and column."""
    areas = [_area(block) for block in blocks if isinstance(block, FoundTable)]
    forms = {place for block in blocks if isinstance(block, FoundForm) for place in block.cells.values()}
    totals = {place for block in blocks if isinstance(block, FoundTable) for place in _totals(block)}
    rows: dict[int, dict[int, SourceCell]] = {}
    for (row, col), cell in sheet.cells.items():
        if cell.written is not None or (row, col) in forms or (row, col) in totals or not holds(cell):
            continue
        if not any(row >= top and (not end or row < end) and col in columns for top, end, columns in areas):
            rows.setdefault(row, {})[col] = cell
    yield from sorted((row, cells) for row, cells in rows.items() if len(cells) >= _FITTING)


def _totals(table: FoundTable) -> Iterator[tuple[int, int]]:
    """The cells of the row of totals: figures of ours, even where only their values were saved."""
    if table.placed.total_row is not None:
        row = table.header_row + table.placed.total_row - table.placed.header_row
        columns = (column for column in table.placed.columns if column.spec.total and column.key in table.columns)
        yield from ((row, table.columns[column.key]) for column in columns)


def _area(table: FoundTable) -> tuple[int, int, set[int]]:
    """First row, end and columns of a table, a person's own columns in it counted."""
    first, last = min(table.columns.values()), max(table.columns.values())
    return table.header_row, table.stop, {*range(first, last + 1), *table.strange}


def _like(
    cells: Mapping[int, SourceCell], here: Iterable[FoundTable], tables: Iterable[FoundTable], reading: Reading
) -> FoundTable | None:
    """The table whose record a row looks like; one that stands above its headings, or that brings an id along."""
    row = next(iter(cells.values())).row
    for table in here:
        if row < table.header_row and _is_record_above(cells, table, reading):
            return table
    texts = {str(cell.value).strip() for cell in cells.values() if isinstance(cell.value, str)}
    for table in tables:
        prefix = table.placed.spec.prefix
        if prefix and len(cells) >= _CELLS:
            own = {text for text in texts if re.fullmatch(rf"{prefix}\d+", text)}
            if own and not own & _ids(table):
                return table
    return None


def _is_record_above(cells: Mapping[int, SourceCell], table: FoundTable, reading: Reading) -> bool:
    """Whether a row above a table's headings is one of its records, and no title or band of words."""
    fitting = _fitting(cells, table, reading)
    among = len(cells.keys() & table.columns.values())
    inputs = sum(column.spec.formula is None for column in table.placed.columns)
    return fitting >= _FITTING or (among >= _CELLS and (fitting > 0 or among >= _NEARLY_ALL * inputs))


def _fitting(cells: Mapping[int, SourceCell], table: FoundTable, reading: Reading) -> int:
    """How many cells hold what their column takes and a title or a remark does not."""
    inputs = {
        table.columns[column.key]: column.spec
        for column in table.placed.columns
        if column.spec.formula is None and column.key in table.columns
    }
    prefix = table.placed.spec.prefix
    return sum(_fits(cell, inputs[col], prefix, reading) for col, cell in cells.items() if col in inputs)


def _fits(cell: SourceCell, column: Column, prefix: str, reading: Reading) -> bool:
    value = cell.value
    if isinstance(value, bool):
        return column.type is FieldType.YES_NO
    if isinstance(value, int | float):
        return column.type in _NUMBERS
    if isinstance(value, date | time):
        return column.type in (*_DAYS, FieldType.TIME)
    if not isinstance(value, str):
        return False
    if column.type is FieldType.ID and prefix:
        return re.fullmatch(rf"{prefix}\d+", value.strip()) is not None
    choices = column.choices
    return bool(choices) and "." not in str(choices) and reading.vocabulary.find(str(choices), value) is not None


def _ids(table: FoundTable) -> set[str]:
    col = table.columns.get(table.placed.columns[0].key, 0)
    cells = (table.sheet.cells.get((row, col)) for row in table.rows.records)
    return {str(cell.value).strip() for cell in cells if cell is not None}
