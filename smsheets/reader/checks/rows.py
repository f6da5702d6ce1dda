"""Rows that were not read: totals and remarks inside a table, and rows that look like its own outside of it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, time

from smsheets.cells import column_letters
from smsheets.problems import NOTHING, Problem, make_problem
from smsheets.reader.file.source_cells import SourceCell, SourceSheet, holds
from smsheets.reader.places.found import UNIT, FoundForm, FoundTable
from smsheets.reader.rows import Checked, Reading, message_label
from smsheets.reader.values.scope import shown
from smsheets.reader.values.words import normal_label
from smsheets.spec.model import Column
from smsheets.spec.vocabulary import DAY_TYPES, NUMBER_TYPES, FieldType


def check_rows_are_records(checked: Checked) -> Iterator[Problem]:
    """A problem for each row that is no record although something is in it, and for merged cells."""
    for table in checked.record_tables:
        title, rows, sheet = checked.reading.title(table.placed), table.rows, table.sheet.name
        for code, found in (("row.total", rows.totals), ("row.not-a-record", rows.strays)):
            for row, cell in found.items():
                says = shown(cell.value) if cell.value is not None else NOTHING
                where, until = checked.cell(sheet, row, cell.col), _last_input(table, row, cell.col)
                yield make_problem(code, where, until, table=title, found=says)
        for row in rows.headings:
            for cell in _typed_among_headings(table, row):
                where = checked.cell(sheet, cell.row, cell.col)
                yield make_problem("row.not-a-record", where, table=title, found=shown(cell.value))
        if rows.headings_again:
            first = min(table.columns.values())
            read = f"{sheet}!{column_letters(first)}{table.header_row}"
            yield make_problem("table.twice", checked.cell(sheet, rows.headings_again, first), table=title, read=read)
        yield from _merged(table, checked)


def _last_input(table: FoundTable, row: int, first: int) -> str:
    """The last cell of a row that holds something in a column that people fill; empty where that is its first."""
    last = max(_filled(table, row), default=first)
    return column_letters(last) if last > first else ""


def _filled(table: FoundTable, row: int) -> list[int]:
    """The columns that people fill which hold something in a row."""
    keys = (column.key for column in table.placed.columns if column.spec.formula is None)
    cells = (table.sheet.cells.get((row, table.columns[key])) for key in keys if key in table.columns)
    return [cell.col for cell in cells if cell is not None and holds(cell)]


def _typed_among_headings(table: FoundTable, row: int) -> Iterator[SourceCell]:
    """Cells that a row of repeated headings has besides them, and the headings that were pushed down from there."""
    cells = table.sheet.cells
    for key, col in table.columns.items():
        here, head = cells.get((row, col)), cells.get((table.header_row, col))
        spec = table.placed.by_key[key].spec
        if here is None or head is None or spec.formula is not None or spec.type is FieldType.ID or not holds(here):
            continue
        text = normal_label(str(here.value))
        if text == normal_label(str(head.value)) or table.names.get(text) == key or UNIT.fullmatch(text):
            continue
        yield here
        below = (cells.get((other, col)) for other in table.rows.records if other > row)
        yield from (cell for cell in below if cell is not None and cell.value == head.value)


def _merged(table: FoundTable, checked: Checked) -> Iterator[Problem]:
    """One problem for each row that a merged range takes cells from."""
    rows = table.rows
    if not rows.hidden:
        return
    labels = {
        table.columns[column.key]: message_label(column, checked.layout)
        for column in table.placed.columns
        if column.key in table.columns
    }
    runs: dict[tuple[int, str], list[int]] = {}
    for (row, col), merge in rows.hidden.items():
        if row not in rows.strays and row not in rows.totals:
            runs.setdefault((row, str(merge)), []).append(col)
    for (row, merged), cols in runs.items():
        where = checked.cell(table.sheet.name, row, min(cols))
        until = column_letters(max(cols)) if len(cols) > 1 else ""
        yield make_problem("cell.merged", where, until, column=labels[min(cols)], place=merged)


def check_rows_are_counted(checked: Checked) -> Iterator[Problem]:
    """One problem for each run of records that no range of the file's formulas has among its rows."""
    for table in checked.record_tables:
        left_out = [row for row in table.rows.records if not table.is_counted(row)]
        title, first_col = checked.reading.title(table.placed), min(table.columns.values())
        for first, last in _runs(left_out):
            where = checked.cell(table.sheet.name, first, first_col)
            if first == last:
                yield make_problem("row.not-counted", where, table=title)
            else:
                yield make_problem("row.several-not-counted", where, table=title, last=str(last))


def check_rows_are_shown(checked: Checked) -> Iterator[Problem]:
    """One problem for each table that has a row for each of another one's, but too few: it names the first left out."""
    for mirror in checked.found.tables.values():
        table = checked.found.tables.get(mirror.placed.spec.mirror or "")
        if table is None or table.ranges is None:
            continue
        shown_rows = _formula_rows(mirror)
        before = table.ranges[0] if table.end_row else table.ranges[0] - 1
        left_out = [row for row in table.rows.records if row - before > shown_rows and table.is_counted(row)]
        if shown_rows and left_out:
            where = checked.cell(table.sheet.name, left_out[0], min(table.columns.values()))
            title = checked.reading.title(mirror.placed)
            yield make_problem("row.not-shown", where, table=title, read=mirror.sheet.name)


def _formula_rows(table: FoundTable) -> int:
    """How many rows from its first one hold formulas."""
    cells, row = table.sheet.cells, table.header_row + 1
    while any((row, col) in cells and cells[row, col].is_formula for col in table.columns.values()):
        row += 1
    return row - table.header_row - 1


def _runs(rows: Iterable[int]) -> Iterator[tuple[int, int]]:
    """The first and last of numbers that follow each other."""
    first = last = 0
    for row in rows:
        if first and row != last + 1:
            yield first, last
        first = row if not first or row != last + 1 else first
        last = row
    if first:
        yield first, last


_FITTING = 2
"""This many cells that fit their columns make a row look like a record."""

_NEARLY_ALL = 0.6  # of the columns that people fill
_CELLS = 3
"""One such cell, or an id, is enough where the row has at least this many cells in all."""


def check_rows_stand_inside(checked: Checked) -> Iterator[Problem]:
    """A problem for each row that most likely belongs into a table; sheets of a person's own are left alone."""
    if checked.source.values_only:  # the totals above the headings would look like rows
        return
    found, tables = checked.found, checked.record_tables
    ours = {sheet.name for sheet in checked.layout.sheets} | {table.sheet.name for table in tables}
    for sheet in (sheet for sheet in checked.source.sheets if sheet.name in ours):
        blocks: list[FoundTable | FoundForm] = [item for item in found.tables.values() if item.sheet is sheet]
        blocks += [form for form in found.forms.values() if form.sheet is sheet]
        here = [table for table in tables if table.sheet is sheet]
        for row, cells in _rows_outside(sheet, blocks):
            left = next((table for table in tables if not blocks and table.placed.sheet == sheet.name), None)
            table = left if left is not None and len(cells) >= _CELLS else _like(cells, here, tables, checked.reading)
            if table is not None:
                first = min(cell.col for cell in sheet.row(row) if holds(cell)) if not blocks else min(cells)
                last = max(cell.col for cell in sheet.row(row) if cell.written is None and holds(cell))
                if table.sheet is sheet and row < table.header_row:  # a formula in place of a value was cut along
                    filled = _filled(table, row)
                    first, last = min([first, *filled]), max([last, *filled])
                read = f"{table.sheet.name}!{column_letters(min(table.columns.values()))}{table.header_row}"
                title = checked.reading.title(table.placed)
                where = checked.cell(sheet.name, row, first)
                yield make_problem("row.outside", where, column_letters(last), table=title, read=read)


def _rows_outside(
    sheet: SourceSheet, blocks: Iterable[FoundTable | FoundForm]
) -> Iterator[tuple[int, Mapping[int, SourceCell]]]:
    """The cells typed on a sheet outside of its tables and forms, by row and column."""
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
        places = [(row, table.columns[column.key]) for column in columns]
        # A text there is no total: a row was put between the totals and the headings.
        yield from (place for place in places if not _is_text(table.sheet.cells.get(place)))


def _is_text(cell: SourceCell | None) -> bool:
    return cell is not None and isinstance(cell.value, str)


def _area(table: FoundTable) -> tuple[int, int, set[int]]:
    """First row, end and columns of a table, a person's own columns in it counted."""
    first, last = min(table.columns.values()), max(table.columns.values())
    return table.header_row, table.stop, {*range(first, last + 1), *table.strange}


def _like(
    cells: Mapping[int, SourceCell], here: Iterable[FoundTable], tables: Iterable[FoundTable], reading: Reading
) -> FoundTable | None:
    """The table whose record a row looks like; one that is above its headings, or that brings an id along."""
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
    """True if a row above a table's headings is one of its records, and no title or band of words."""
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
    known = sum(_fits(cell, inputs[col], prefix, reading) for col, cell in cells.items() if col in inputs)
    # Below a heading that nobody knows, a number or a day is still no title.
    strange = [cell.value for col, cell in cells.items() if col in table.strange]
    return known + sum(not isinstance(value, str | bool) for value in strange)


def _fits(cell: SourceCell, column: Column, prefix: str, reading: Reading) -> bool:
    value = cell.value
    if isinstance(value, bool):
        return column.type is FieldType.YES_NO
    if isinstance(value, int | float):
        return column.type in NUMBER_TYPES
    if isinstance(value, date | time):
        return column.type in (*DAY_TYPES, FieldType.TIME)
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
