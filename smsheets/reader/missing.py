"""What is still to fill in: not wrong, only empty."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import msgspec

from smsheets.cells import CellRef
from smsheets.reader.fields import Value
from smsheets.reader.locate import Found
from smsheets.reader.rows import Reading, ReadRow, message_label


class MissingInput(msgspec.Struct, frozen=True, kw_only=True):
    """An input that is empty although it matters.

    Attributes:
        cell: The first cell to fill in.
        label: The heading or label, as on the sheet.
        count: In how many rows it is empty; 0 where a whole table has no row yet.
    """

    cell: CellRef
    label: str
    count: int


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
            if item.required and item.formula is None and forms[form_id].get(item.id) in (None, ()):
                row, col = form.cells.get(item.id, (min(row for row, _ in form.cells.values()), 1))
                yield MissingInput(
                    cell=CellRef(reading.file, form.sheet.name, row, col), label=words.text(item.label), count=1
                )
    for table_id, records in rows.items():
        table = found.tables[table_id]
        required = [c for c in table.placed.columns if c.spec.required and c.key in table.columns]
        if not records:
            title = words.text(table.placed.spec.title) or table.sheet.name
            where = CellRef(reading.file, table.sheet.name, table.header_row + 1, min(table.columns.values()))
            if required:
                yield MissingInput(cell=where, label=title, count=0)
            continue
        for column in required:
            empty = [row.row for row in records if row.values.get(column.key) in (None, ())]
            if empty and column.spec.formula is None:
                where = CellRef(reading.file, table.sheet.name, empty[0], table.columns[column.key])
                yield MissingInput(cell=where, label=message_label(column, reading.layout), count=len(empty))
