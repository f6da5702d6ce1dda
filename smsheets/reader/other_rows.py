"""What is said of the rows of a table that were not read, and of cells that show nothing because they are merged."""

from __future__ import annotations

from collections.abc import Iterator

from smsheets.cells import CellRef, column_letters
from smsheets.problems import NOTHING, Problem, make_problem
from smsheets.reader.file.source_cells import SourceCell
from smsheets.reader.places.found import FoundTable
from smsheets.reader.rows import Reading, message_label
from smsheets.reader.table_rows import UNIT, holds
from smsheets.reader.values.scope import shown
from smsheets.reader.values.words import normal_label
from smsheets.spec.model import FieldType


def check_other_rows(table: FoundTable, reading: Reading) -> None:
    """Adds a problem for each row that is no record although something stands in it, and for merged cells."""
    title, rows = reading.title(table.placed), table.rows
    for code, found in (("row.total", rows.totals), ("row.not-a-record", rows.strays)):
        for row, cell in found.items():
            where = CellRef(reading.file, table.sheet.name, row, cell.col)
            says = shown(cell.value) if cell.value is not None else NOTHING
            reading.problems.append(make_problem(code, where, table=title, found=says))
    for row in rows.headings:
        for cell in _typed_among_headings(table, row):
            where = CellRef(reading.file, table.sheet.name, cell.row, cell.col)
            reading.problems.append(make_problem("row.not-a-record", where, table=title, found=shown(cell.value)))
    if rows.headings_again:
        first = min(table.columns.values())
        where = CellRef(reading.file, table.sheet.name, rows.headings_again, first)
        read = f"{table.sheet.name}!{column_letters(first)}{table.header_row}"
        reading.problems.append(make_problem("table.twice", where, table=title, read=read))
    reading.problems.extend(_merged(table, reading))


def _typed_among_headings(table: FoundTable, row: int) -> Iterator[SourceCell]:
    """What stands where a row that repeats the headings has none, and the headings that were pushed down from there."""
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


def _merged(table: FoundTable, reading: Reading) -> Iterator[Problem]:
    """One problem for each row that a merged range takes cells from."""
    rows = table.rows
    if not rows.hidden:
        return
    labels = {
        table.columns[column.key]: message_label(column, reading.layout)
        for column in table.placed.columns
        if column.key in table.columns
    }
    runs: dict[tuple[int, str], list[int]] = {}
    for (row, col), merge in rows.hidden.items():
        if row not in rows.strays and row not in rows.totals:
            runs.setdefault((row, str(merge)), []).append(col)
    for (row, merged), cols in runs.items():
        where = CellRef(reading.file, table.sheet.name, row, min(cols))
        until = column_letters(max(cols)) if len(cols) > 1 else ""
        yield make_problem("cell.merged", where, until, column=labels[min(cols)], place=merged)
