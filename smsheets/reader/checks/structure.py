"""Sheets, tables and forms that are gone, that were copied, or that a person added."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from smsheets.layout.items import USUAL_WEEKEND, WEEKEND_DIGITS, weekend_of
from smsheets.layout.placed import PlacedForm, PlacedSheet, PlacedTable
from smsheets.problems import Problem, make_problem
from smsheets.reader.file.source_cells import CellValue
from smsheets.reader.identity.claims import is_marker_sheet
from smsheets.reader.places.found import Found, FoundForm, FoundTable
from smsheets.reader.places.labels import Labels
from smsheets.reader.rows import Checked
from smsheets.reader.values.words import normal_label


def check_version_is_known(checked: Checked) -> Iterator[Problem]:
    """One problem where a later form of the template is at hand than the program knows."""
    known = checked.layout.spec.version
    if checked.version > known:
        where = checked.cell(checked.source.sheets[0].name, 1, 1)
        yield make_problem("workbook.version", where, found=str(checked.version), read=str(known))


def check_parts_are_found(checked: Checked) -> Iterator[Problem]:
    """A problem for each table or form that is gone; one for the sheet where it has no other."""
    found, layout = checked.found, checked.layout
    first = checked.source.sheets[0].name
    names = {sheet.name for sheet in checked.source.sheets}
    there: list[FoundTable | FoundForm] = [*found.tables.values(), *found.forms.values()]
    for sheet in layout.sheets:
        gone = [block for block in _blocks_that_matter(sheet) if not _is_found(block, found)]
        if sheet.name in names or any(block.placed.sheet == sheet.name for block in there):
            gone += [form for form in _small_forms(sheet) if not _is_found(form, found)]
        where = checked.cell(sheet.name if sheet.name in names else first, 1, 1)
        if gone and sheet.name not in names and len(gone) == len(_blocks_that_matter(sheet)):
            yield make_problem("sheet.missing", where, table=sheet.name)
        else:
            for block in gone:
                yield make_problem("table.missing", where, table=checked.reading.title(block))
    if layout.lists and not checked.lists_sheet:
        yield make_problem("sheet.missing", checked.cell(first, 1, 1), table=layout.lists_sheet)


def check_weekend_is_counted(checked: Checked) -> Iterator[Problem]:
    """One problem where working days leave out Saturday and Sunday, because the file has no line Weekend yet."""
    form, weekend = checked.found.forms.get("start"), weekend_of(checked.layout.profile)
    if form is None or WEEKEND_DIGITS not in form.placed.row_of or WEEKEND_DIGITS in form.cells:
        return
    if weekend == USUAL_WEEKEND or not checked.rows.get("initiatives"):
        return
    row, col = form.cells.get("country", (1, 1))
    words = checked.reading.vocabulary
    shown = {"found": checked.layout.profile.country, "read": words.word_of("weekends", weekend)}
    yield make_problem("workbook.other-weekend", checked.cell(form.sheet.name, row, col), **shown)


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


def own_sheets(checked: Checked) -> tuple[str, ...]:
    """The names of the sheets that are none of the template's and that nothing was read from."""
    found, labels = checked.found, Labels(checked.layout)
    ours = {normal_label(name) for sheet in checked.layout.sheets for name in labels.of_sheet(sheet.name)}
    tables = {table.sheet.name for table in found.tables.values()}
    known = {checked.lists_sheet, *tables, *(form.sheet.name for form in found.forms.values())}
    return tuple(
        sheet.name
        for sheet in checked.source.sheets
        if sheet.name not in known
        and normal_label(sheet.name) not in ours
        and sheet.last_row
        and not is_marker_sheet(sheet)
    )


def check_parts_stand_once(checked: Checked) -> Iterator[Problem]:
    """A problem for each copy of a table or form that holds something the original does not."""
    for copy in checked.found.copies:
        if isinstance(copy, FoundTable):
            table = checked.found.tables[copy.placed.spec.id]
            lost = bool(_rows(copy, list(copy.columns)) - _rows(table, list(copy.columns)))
            row, col, read = copy.header_row, min(copy.columns.values()), table.sheet.name
        else:
            form = checked.found.forms[copy.placed.spec.id]
            lost = bool(_values(copy) - _values(form))
            (row, col), read = min(copy.labels.values()), form.sheet.name
        if lost:
            title = checked.reading.title(copy.placed)
            yield make_problem("table.twice", checked.cell(copy.sheet.name, row, col), table=title, read=read)


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
