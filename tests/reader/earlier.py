"""Earlier forms of the templates: one column, and what is computed from it, was not thought of yet."""

from __future__ import annotations

import io
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TypeVar

import msgspec
from filled import ENGLISH, change_sheets, change_table, with_fewer_rows
from patch_xlsx import patch_cells, rename_sheet

from smsheets.cells import column_letters
from smsheets.layout.content import Content, fill, load_sample, own_values, starting_content
from smsheets.layout.place import place_workbook
from smsheets.layout.placed import Layout
from smsheets.spec.formula import input_named, names_in, parse_formula
from smsheets.spec.load import KINDS, load_spec
from smsheets.spec.model import Block, Chart, Column, Field, Form, Sheet, Table, Workbook
from smsheets.spec.vocabulary import FieldType
from smsheets.writer.workbook import write_workbook

_ROWS = 12
"""Spare rows of a table: enough for the sample, and quickly computed."""

_FEWEST_COLUMNS = 2
"""No table of a template has only one."""

AnyField = TypeVar("AnyField", bound=Field)

Part = tuple[str, str]
"""A table or form and one of its columns or fields."""


@dataclass(frozen=True)
class Earlier:
    """A filled workbook of an earlier form of a template.

    Attributes:
        whole: Whether every table is there: none consists of what is computed from the column.
    """

    layout: Layout
    whole: bool
    data: bytes


def record_columns(kind: str) -> list[Part]:
    """Every column of the tables that people fill."""
    blocks = (block for sheet in load_spec(kind).sheets for block in sheet.blocks)
    tables = [block for block in blocks if isinstance(block, Table) and not block.computed]
    return [
        (table.id, column.id) for table in tables if len(table.columns) > _FEWEST_COLUMNS for column in table.columns
    ]


ALL_COLUMNS = [(kind, table, column) for kind in KINDS for table, column in record_columns(kind)]


@cache
def earlier(kind: str, table: str, column: str) -> Earlier:
    """The sample in an earlier form of a template, its record tables' columns in another order."""
    return _made_earlier(kind, {(table, column)})


def earlier_than(kind: str, *blocks: str) -> Earlier:
    """The same of a template before it had some tables and forms."""
    return _made_earlier(kind, {(block, field.id) for block, field in _fields(load_spec(kind)) if block in blocks})


def _made_earlier(kind: str, parts: set[Part]) -> Earlier:
    spec = with_fewer_rows(load_spec(kind), _ROWS)
    lacks = _with_dependents(spec, parts)
    spec = _in_another_order(_without(spec, lacks))
    content = starting_content(spec, ENGLISH, load_sample(kind, "en"))
    content = _content_without(content, lacks)
    rows = {name: len(values) for name, values in content.tables.items()}
    layout = place_workbook(spec, ENGLISH, rows, own_values(spec, ENGLISH, content))
    buffer = io.BytesIO()
    write_workbook(layout, fill(layout, content), buffer)
    now = {block.id for sheet in load_spec(kind).sheets for block in sheet.blocks if isinstance(block, Table)}
    return Earlier(layout, now == layout.tables.keys(), buffer.getvalue())


def rename_headings(path: Path, layout: Layout) -> None:
    """Headings that nobody knows on the tables that people fill; not where all cells hold free texts.

    There no cell says which column it is in.
    """
    tables = [table for table in layout.tables.values() if not table.spec.computed and _is_telling(table.spec)]
    cells = {
        f"{table.sheet}!{column_letters(column.col)}{table.header_row}": f"Kolom {column.col}"
        for table in tables
        for column in table.columns
    }
    patch_cells(path, cells)


def rename_sheets(path: Path, layout: Layout) -> None:
    """Other names on the sheets of tables that people fill."""
    names = dict.fromkeys(table.sheet for table in layout.tables.values() if not table.spec.computed)
    for number, name in enumerate(names):
        rename_sheet(path, name, f"Blad {number}")


def _is_telling(table: Table) -> bool:
    texts = (FieldType.TEXT, FieldType.LONG_TEXT, FieldType.LINK, FieldType.ID)
    return bool(table.prefix) or any(
        column.formula or column.type not in texts or (column.choices and not column.many) for column in table.columns
    )


def _with_dependents(spec: Workbook, parts: set[Part]) -> set[Part]:
    """Some columns and all fields whose formulas name them, or what is computed from them."""
    lacks = set(parts)
    while True:
        more = {(block, field.id) for block, field in _fields(spec) if _named(block, field) & lacks} - lacks
        if not more:
            return lacks
        lacks |= more


def _fields(spec: Workbook) -> Iterable[tuple[str, Field]]:
    for sheet in spec.sheets:
        for block in sheet.blocks:
            if isinstance(block, Form | Table):
                yield from ((block.id, field) for field in (block.fields if isinstance(block, Form) else block.columns))


def _named(block: str, field: Field) -> set[Part]:
    """The fields that a field's formulas name, its total left out: that goes alone."""
    formulas = [field.formula, field.first] if isinstance(field, Column) else [field.formula]
    return {part for text in formulas if text for part in _parts_of(block, text)}


def _parts_of(block: str, text: str) -> set[Part]:
    neighbours = ("", "prev", "next", "all", "from", "upto")
    return {(block if name.scope in neighbours else name.scope, name.name) for name in names_in(parse_formula(text))}


def _without(spec: Workbook, lacks: Collection[Part]) -> Workbook:
    def sheet_without(sheet: Sheet) -> Sheet:
        blocks = (_block_without(block, lacks) for block in sheet.blocks)
        line = input_named(sheet.when_empty)
        names_one = line is not None and (line.scope, line.name) in lacks
        return msgspec.structs.replace(
            sheet,
            blocks=tuple(block for block in blocks if block is not None),
            when_empty="" if names_one else sheet.when_empty,
        )

    changed = change_sheets(sheet_without)(spec)
    there = {f"{block}.{field.id}" for block, field in _fields(changed)}
    gone = {f"{block}.{field.id}" for block, field in _fields(spec)} - there
    if any(field.choices in gone for _, field in _fields(changed)):
        parted = (name.split(".") for name in gone)
        return _without(changed, {*lacks, *((block, field) for block, field in parted)})
    return msgspec.structs.replace(changed, sheets=tuple(sheet for sheet in changed.sheets if sheet.blocks))


def _block_without(block: Block, lacks: Collection[Part]) -> Block | None:
    """A table or form without these parts; None for one that has no other, and for a chart that shows one."""
    if isinstance(block, Chart):
        shown = {block.categories, *(series.values for series in block.series)}
        return None if shown & {f"{table}.{column}" for table, column in lacks} else block
    if isinstance(block, Form):
        fields = tuple(_plain(block.id, item, lacks) for item in block.fields if (block.id, item.id) not in lacks)
        return msgspec.structs.replace(block, fields=fields) if fields else None
    if isinstance(block, Table):
        columns = tuple(_plain(block.id, item, lacks) for item in block.columns if (block.id, item.id) not in lacks)
        if len(columns) < _FEWEST_COLUMNS:
            return None
        prefill = tuple({key: row[key] for key in row if (block.id, key) not in lacks} for row in block.prefill)
        prefix = block.prefix if (block.id, block.columns[0].id) not in lacks else ""
        return msgspec.structs.replace(block, columns=columns, prefill=prefill, prefix=prefix)
    return block


def _plain(block: str, field: AnyField, lacks: Collection[Part]) -> AnyField:
    """A field without the formats, total and choices that name a part that is gone."""
    formats = tuple(item for item in field.formats if not _parts_of(block, item.formula) & set(lacks))
    choices = field.choices if tuple((field.choices or "").split(".")) not in lacks else None
    changed = msgspec.structs.replace(field, formats=formats, choices=choices)
    total = changed.total if isinstance(changed, Column) else None
    named = _parts_of(block, total) if total and total != "sum" else set()
    return msgspec.structs.replace(changed, total=None) if named & set(lacks) else changed


def _in_another_order(spec: Workbook) -> Workbook:
    """Plain columns backwards; the first one and those that repeat stay where they are."""
    for table in [block for sheet in spec.sheets for block in sheet.blocks if isinstance(block, Table)]:
        if not table.computed:
            spec = change_table(table.id, _backwards)(spec)
    return spec


def _backwards(columns: tuple[Column, ...]) -> tuple[Column, ...]:
    first, rest = columns[:1], columns[1:]
    plain = iter([column for column in reversed(rest) if column.each is None and not column.advanced])
    return (*first, *(column if column.each or column.advanced else next(plain) for column in rest))


def _content_without(content: Content, lacks: Collection[Part]) -> Content:
    tables = {
        name: [{key: value for key, value in row.items() if (name, key) not in lacks} for row in rows]
        for name, rows in content.tables.items()
    }
    forms = {
        name: {key: value for key, value in form.items() if (name, key) not in lacks}
        for name, form in content.forms.items()
    }
    return Content(forms=forms, tables=tables)
