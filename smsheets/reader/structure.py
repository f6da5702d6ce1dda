"""Sheets, tables, columns and lines of a template that are gone from a user's file, or stand there twice."""

from __future__ import annotations

from smsheets.cells import CellRef, column_letters
from smsheets.layout.placed import PlacedForm, PlacedSheet, PlacedTable
from smsheets.problems import make_problem
from smsheets.reader.locate import Found, FoundForm, FoundTable, lookalike
from smsheets.reader.rows import Reading, message_label
from smsheets.reader.source import SourceWorkbook


def check_structure(source: SourceWorkbook, found: Found, reading: Reading, version: int) -> None:
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
        where = CellRef(reading.file, sheet.name if sheet.name in names else first, 1, 1)
        if gone and sheet.name not in names and len(gone) == len(_blocks_that_matter(sheet)):
            reading.problems.append(make_problem("sheet.missing", where, table=sheet.name))
        else:
            for block in gone:
                reading.problems.append(make_problem("table.missing", where, table=reading.title(block)))
    for table in found.tables.values():
        if not table.placed.spec.computed:
            check_columns(table, reading)
    for form in found.forms.values():
        check_fields(form, reading)


def _blocks_that_matter(sheet: PlacedSheet) -> list[PlacedTable | PlacedForm]:
    """The record tables of a sheet, and the forms that have to be filled in."""
    forms = [form for form in sheet.forms() if any(item.required for item in form.spec.fields)]
    return [*(table for table in sheet.tables() if not table.spec.computed), *forms]


def _is_found(block: PlacedTable | PlacedForm, found: Found) -> bool:
    return block.spec.id in (found.tables if isinstance(block, PlacedTable) else found.forms)


def check_columns(table: FoundTable, reading: Reading) -> None:
    """Columns whose heading is gone, or stands twice."""
    first, last = min(table.columns.values()), max(table.columns.values())
    strange = dict(table.strange)
    for column in table.placed.columns:
        if column.spec.formula is not None:
            continue
        label = message_label(column, reading.layout)
        if column.key in table.doubled:
            where = CellRef(reading.file, table.sheet.name, table.header_row, table.doubled[column.key])
            read = f"{column_letters(table.columns[column.key])}{table.header_row}"
            reading.problems.append(make_problem("table.duplicate-column", where, column=label, read=read))
        if column.key in table.columns:
            continue
        guess = lookalike(column.label, strange) or lookalike(column.spec.label, strange)
        if guess is None and not column.spec.required and column.item is None:
            continue
        where = CellRef(reading.file, table.sheet.name, table.header_row, first)
        hint = {}
        if guess is not None:
            strange.pop(guess[0])
            hint = {"guess": " ".join(guess[1].split()), "place": f"{column_letters(guess[0])}{table.header_row}"}
        until = column_letters(last)
        reading.problems.append(make_problem("table.missing-column", where, until, column=label, **hint))


def check_fields(form: FoundForm, reading: Reading) -> None:
    """Lines of a form whose label is gone although they matter or something looks like them."""
    label_col = min((col for _, col in form.strange), default=form.placed.label_col)
    strange = {row: text for (row, _), text in form.strange.items()}
    for item in form.placed.spec.fields:
        if item.id in form.cells or item.formula is not None:
            continue
        label = reading.layout.words.text(item.label)
        guess = lookalike(label, strange)
        if guess is None and not item.required:
            continue
        row = guess[0] if guess else min(row for row, _ in form.cells.values())
        hint = {}
        if guess is not None:
            strange.pop(guess[0])
            hint = {"guess": guess[1], "place": f"{column_letters(label_col)}{row}"}
        where = CellRef(reading.file, form.sheet.name, row, label_col)
        reading.problems.append(make_problem("form.missing-field", where, column=label, **hint))
