"""Templates filled at random with anything legal, as grids whose filled cells know what must be read from them."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import msgspec
from filled import ENGLISH, GERMAN, with_fewer_rows
from fillings import OWN_VALUES, expected_form, expected_rows
from grid import Book, Cell, Content, ErrorText, Mark, Place, Sheet
from random_filling import fill_at_random

from smsheets.layout.content import Filling, fill, starting_content
from smsheets.layout.place import place_workbook
from smsheets.layout.placed import Layout, PlacedForm, PlacedTable
from smsheets.profile import Profile
from smsheets.reader.file.source import open_workbook
from smsheets.reader.file.source_cells import ErrorValue, SourceCell
from smsheets.spec.load import load_spec
from smsheets.spec.model import Workbook
from smsheets.writer.workbook import write_workbook

FILLINGS = 4
"""So many fillings of each template in each language; the edits of them are countless."""

_ROWS = 9
_PROFILES: Mapping[str, Profile] = {
    language: msgspec.structs.replace(profile, team=("Ana", "Ben"))
    for language, profile in (("en", ENGLISH), ("de", GERMAN))
}


@dataclass(frozen=True, slots=True)
class FilledBook:
    """A filled template. `layout` is where everything sat before anybody edited it."""

    kind: str
    language: str
    layout: Layout
    filling: Filling
    book: Book


@cache
def filled_book(kind: str, language: str, number: int, spare: bool = False) -> FilledBook:
    """A template filled at random; the same for the same number.

    Args:
        spare: With all the spare rows of a new workbook. Without them, a person deleted most: it reads faster.
    """
    profile = _PROFILES[language]
    spec = load_spec(kind)
    layout = place_workbook(spec if spare else with_fewer_rows(spec, _ROWS), profile, added=_own_values(spec, profile))
    start = fill(layout, starting_content(spec, profile))
    filling = fill_at_random(layout, start, Random(f"{kind} {language} {number}"))
    target = io.BytesIO()
    write_workbook(layout, filling, target)
    return FilledBook(kind, language, layout, filling, _load(target.getvalue(), layout, filling))


def _own_values(spec: Workbook, profile: Profile) -> dict[str, list[str]]:
    plain = place_workbook(spec, profile)
    return {name: list(OWN_VALUES[:3]) for name, placed in plain.lists.items() if placed.spec.open}


def _load(data: bytes, layout: Layout, filling: Filling) -> Book:
    """The file as a grid, each cell of a table or form marked as what it is."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "filled.xlsx"
        path.write_bytes(data)
        source = open_workbook(path)
    marks: dict[tuple[str, Place], Mark] = {}
    for table in layout.tables.values():
        marks.update(((table.sheet, place), mark) for place, mark in _table_marks(table, layout, filling))
    for form in layout.forms.values():
        marks.update(((form.sheet, place), mark) for place, mark in _form_marks(form, layout, filling))
    for placed in layout.lists.values():
        marks[placed.sheet, (placed.first_row - 1, placed.col)] = Mark(placed.spec.id, "list")
    sheets = []
    for sheet in source.sheets:
        cells = {place: _cell(cell, marks.pop((sheet.name, place), None)) for place, cell in sheet.cells.items()}
        sheets.append(Sheet(sheet.name, cells, sheet.state, sheet.merges))
    lost = [place for place, mark in marks.items() if mark.accept is not None]
    assert not lost, f"filled in, but not in the file: {lost}"
    return Book(tuple(sheets), dict(source.names), dict(source.properties))


def _cell(cell: SourceCell, mark: Mark | None) -> Cell:
    value: Content = ErrorText(cell.value.text) if isinstance(cell.value, ErrorValue) else cell.value
    return Cell(value, cell.formula, mark)


def _table_marks(table: PlacedTable, layout: Layout, filling: Filling) -> Iterator[tuple[Place, Mark]]:
    name = table.spec.id
    for column in table.columns:
        yield (table.header_row, column.col), Mark(name, "header", column.key)
        if table.total_row is not None:
            yield (table.total_row, column.col), Mark(name, "total", column.key)
    if table.title_row is not None:
        yield (table.title_row, table.columns[0].col), Mark(name, "title")
    if table.has_end:
        yield (table.end_row, table.end_column.col), Mark(name, "end")
    role = "computed" if table.spec.computed else "spare"
    for row in range(table.first_row, table.last_row + 1):
        for column in table.columns:
            kind = role if column.spec.formula is None else "computed"
            yield (row, column.col), Mark(name, kind, column.key)
    if table.spec.computed:
        return
    for row, values in expected_rows(layout, filling, name):
        for key, value in values.items():
            if value not in (None, ()):
                yield (row, table.by_key[key].col), Mark(name, "data", key, (value,), row)


def _form_marks(form: PlacedForm, layout: Layout, filling: Filling) -> Iterator[tuple[Place, Mark]]:
    name = form.spec.id
    values = expected_form(layout, filling, name)
    if form.title_row is not None:
        yield (form.title_row, form.label_col), Mark(name, "title")
    for item in form.spec.fields:
        row, value = form.row_of[item.id], values.get(item.id)
        accept = (value,) if value not in (None, ()) and item.formula is None else None
        yield (row, form.label_col), Mark(name, "label", item.id)
        yield (row, form.value_col), Mark(name, "value", item.id, accept)
        yield (row, form.hint_col), Mark(name, "hint", item.id)
        if item.example:
            yield (row, form.last_col), Mark(name, "example", item.id)
