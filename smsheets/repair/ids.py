"""New ids for rows that have none, or one that an earlier row has too."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from smsheets.layout.placed import Layout, PlacedTable
from smsheets.reader.read import ReadWorkbook
from smsheets.reader.values.scope import Value
from smsheets.reader.values.words import normal_label


def new_ids(read: ReadWorkbook) -> dict[tuple[str, int], str]:
    """(Table id, row on the person's sheet) -> its new id, for the rows that need one.

    Of rows with the same id the first one keeps it, so what names the id still names that row. A new number is above
    every one that a row has or another cell names: no reference to a row that is gone gets a row it was not meant for.
    """
    found: dict[tuple[str, int], str] = {}
    for name, rows in read.rows.items():
        table = read.layout.tables[name]
        prefix = table.spec.prefix
        if not prefix:
            continue
        key = table.spec.columns[0].id
        named = [str(row.values.get(key) or "") for row in rows]
        number = max(_numbers((*named, *_references(table, read)), prefix), default=0)
        seen: set[str] = set()
        for row, text in zip(rows, named, strict=True):
            if text and normal_label(text) not in seen:
                seen.add(normal_label(text))
                continue
            number += 1
            found[name, row.row] = f"{prefix}{number}"
    return found


def _numbers(texts: Sequence[str], prefix: str) -> Iterator[int]:
    for text in texts:
        tail = text.strip().upper().removeprefix(prefix)
        if tail.isdecimal() and len(tail) < 9:
            yield int(tail)


def _references(table: PlacedTable, read: ReadWorkbook) -> Iterator[str]:
    """What the cells of the workbook write where a row of this table may be named."""
    wanted = f"{table.spec.id}.{table.spec.columns[0].id}"
    keys = {name: _keys(read.layout, name, wanted) for name in read.rows}
    for name, rows in read.rows.items():
        for row in rows:
            yield from (text for key in keys[name] for text in _texts(row.values.get(key)))
    for name, form in read.forms.items():
        fields: Mapping[str, Value] = form
        for item in read.layout.forms[name].spec.fields:
            if item.choices == wanted:
                yield from _texts(fields.get(item.id))


def _keys(layout: Layout, table: str, wanted: str) -> list[str]:
    return [column.key for column in layout.tables[table].columns if column.spec.choices == wanted]


def _texts(value: Value) -> tuple[str, ...]:
    if isinstance(value, tuple):
        return value
    return (value,) if isinstance(value, str) else ()
