"""Sheets, tables and forms that are gone, that were copied, or that a person added."""

from __future__ import annotations

from collections.abc import Sequence

from smsheets.cells import CellRef
from smsheets.layout.placed import Layout, PlacedForm, PlacedSheet, PlacedTable
from smsheets.problems import make_problem
from smsheets.reader.file.source import SourceWorkbook
from smsheets.reader.file.source_cells import CellValue
from smsheets.reader.identity.claims import is_marker_sheet
from smsheets.reader.places.found import Found, FoundForm, FoundTable
from smsheets.reader.places.labels import Labels
from smsheets.reader.rows import Reading
from smsheets.reader.values.words import normal_label


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


def own_sheets(source: SourceWorkbook, found: Found, layout: Layout, lists_sheet: str) -> tuple[str, ...]:
    """The names of the sheets that are none of the template's and that nothing was read from.

    Args:
        lists_sheet: The sheet that the lists were read from.
    """
    labels = Labels(layout)
    ours = {normal_label(name) for sheet in layout.sheets for name in labels.of_sheet(sheet.name)}
    tables = {table.sheet.name for table in found.tables.values()}
    known = {lists_sheet, *tables, *(form.sheet.name for form in found.forms.values())}
    return tuple(
        sheet.name
        for sheet in source.sheets
        if sheet.name not in known
        and normal_label(sheet.name) not in ours
        and sheet.last_row
        and not is_marker_sheet(sheet)
    )


def check_copies(found: Found, reading: Reading) -> None:
    """Adds a problem for each copy that holds something the original does not."""
    for copy in found.copies:
        if isinstance(copy, FoundTable):
            table = found.tables[copy.placed.spec.id]
            lost = bool(_rows(copy, list(copy.columns)) - _rows(table, list(copy.columns)))
            row, col, read = copy.header_row, min(copy.columns.values()), table.sheet.name
        else:
            form = found.forms[copy.placed.spec.id]
            lost = bool(_values(copy) - _values(form))
            (row, col), read = min(copy.labels.values()), form.sheet.name
        if lost:
            where = CellRef(reading.file, copy.sheet.name, row, col)
            reading.problems.append(make_problem("table.twice", where, table=reading.title(copy.placed), read=read))


def _rows(table: FoundTable, keys: Sequence[str]) -> set[tuple[CellValue, ...]]:
    """The inputs of each record; what a formula shows is no input."""
    inputs = [key for key in keys if table.placed.by_key[key].spec.formula is None]
    return {tuple(_at(table, row, key) for key in inputs) for row in table.rows.records}


def _at(table: FoundTable, row: int, key: str) -> CellValue:
    cell = table.sheet.cells.get((row, table.columns[key])) if key in table.columns else None
    return cell.value if cell is not None else None


def _values(form: FoundForm) -> set[tuple[str, CellValue]]:
    inputs = [item.id for item in form.placed.spec.fields if item.formula is None and item.id in form.cells]
    cells = ((key, form.sheet.cells.get(form.cells[key])) for key in inputs)
    return {(key, cell.value) for key, cell in cells if cell is not None and cell.value not in (None, "")}
