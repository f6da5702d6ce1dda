"""Sheets, tables and forms of a template that are gone from a user's file."""

from __future__ import annotations

from smsheets.cells import CellRef
from smsheets.layout.placed import PlacedForm, PlacedSheet, PlacedTable
from smsheets.problems import make_problem
from smsheets.reader.file.source import SourceWorkbook
from smsheets.reader.places.found import Found, FoundForm, FoundTable
from smsheets.reader.rows import Reading


def check_structure(source: SourceWorkbook, found: Found, reading: Reading, version: int, *, no_lists: bool) -> None:
    """Adds a problem for each part that is gone, and for a version we do not know."""
    layout = reading.layout
    first = source.sheets[0].name
    if version > layout.spec.version:
        where = CellRef(reading.file, first, 1, 1)
        problem = make_problem("workbook.version", where, found=str(version), read=str(layout.spec.version))
        reading.problems.append(problem)
    names = {sheet.name for sheet in source.sheets}
    for sheet in layout.sheets:
        gone = [block for block in _blocks_that_matter(sheet) if not _is_found(block, found)]
        there: list[FoundTable | FoundForm] = [*found.tables.values(), *found.forms.values()]
        if sheet.name in names or any(block.placed.sheet == sheet.name for block in there):
            gone += [form for form in _small_forms(sheet) if not _is_found(form, found)]
        where = CellRef(reading.file, sheet.name if sheet.name in names else first, 1, 1)
        if gone and sheet.name not in names and len(gone) == len(_blocks_that_matter(sheet)):
            reading.problems.append(make_problem("sheet.missing", where, table=sheet.name))
        else:
            for block in gone:
                reading.problems.append(make_problem("table.missing", where, table=reading.title(block)))

    if no_lists:
        where = CellRef(reading.file, first, 1, 1)
        reading.problems.append(make_problem("sheet.missing", where, table=layout.lists_sheet))


def _blocks_that_matter(sheet: PlacedSheet) -> list[PlacedTable | PlacedForm]:
    """The record tables of a sheet, and the forms that have to be filled in."""
    forms = [form for form in sheet.forms() if any(item.required for item in form.spec.fields)]
    return [*(table for table in sheet.tables() if not table.spec.computed), *forms]


def _small_forms(sheet: PlacedSheet) -> list[PlacedForm]:
    """The forms that may stay empty, but hold something to fill in."""
    fields = {form.spec.id: form.spec.fields for form in sheet.forms()}
    return [
        form
        for form in sheet.forms()
        if any(item.formula is None for item in fields[form.spec.id])
        and not any(item.required for item in fields[form.spec.id])
    ]


def _is_found(block: PlacedTable | PlacedForm, found: Found) -> bool:
    return block.spec.id in (found.tables if isinstance(block, PlacedTable) else found.forms)
