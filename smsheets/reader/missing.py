"""What is still to fill in: not wrong, only empty."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from smsheets.cells import CellRef
from smsheets.problems import MissingInput
from smsheets.reader.places.found import Found, FoundTable
from smsheets.reader.rows import Reading, ReadRow
from smsheets.reader.values.scope import Value


def missing_inputs(
    found: Found,
    rows: Mapping[str, Sequence[ReadRow]],
    forms: Mapping[str, Mapping[str, Value]],
    reading: Reading,
) -> Iterator[MissingInput]:
    """Required fields without a value, required columns with empty cells, tables without a row."""
    words = reading.layout.words
    for form_id, form in found.forms.items():
        for item in form.placed.spec.fields:
            if item.required and item.formula is None and forms[form_id].get(item.id) in _EMPTY:
                row, col = form.cells.get(item.id, (min(row for row, _ in form.cells.values()), 1))
                cell = CellRef(reading.file, form.sheet.name, row, col)
                yield MissingInput(cell=cell, label=words.text(item.label), count=1)
    for table_id, records in rows.items():
        yield from _missing_in_table(found.tables[table_id], records, reading)


_EMPTY = (None, ())


def _missing_in_table(table: FoundTable, records: Sequence[ReadRow], reading: Reading) -> Iterator[MissingInput]:
    """A column that repeats over months is missing in a row where every month is empty."""
    words = reading.layout.words
    required = {
        column_id: [column for column in columns if column.key in table.columns]
        for column_id, columns in table.placed.repetitions.items()
        if columns[0].spec.required and columns[0].spec.formula is None
    }
    if not records:
        title = words.text(table.placed.spec.title) or table.sheet.name
        where = CellRef(reading.file, table.sheet.name, table.header_row + 1, min(table.columns.values()))
        if required:
            yield MissingInput(cell=where, label=title, count=0)
        return
    for columns in required.values():
        empty = [row.row for row in records if all(row.values.get(column.key) in _EMPTY for column in columns)]
        if empty and columns:
            where = CellRef(reading.file, table.sheet.name, empty[0], table.columns[columns[0].key])
            yield MissingInput(cell=where, label=words.text(columns[0].spec.label), count=len(empty))
