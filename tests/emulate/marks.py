"""What tells a workbook of ours apart, taken away piece by piece."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from emulate.written_book import Book, Place

from smsheets.layout.place import marker_line
from smsheets.layout.placed import MARKER_SHEET, Layout

Places = Mapping[tuple[str, Place], str]


def without_marker_sheet(book: Book) -> Book:
    """Without the hidden sheet."""
    return without_sheet(book, MARKER_SHEET)


def without_sheet(book: Book, name: str) -> Book:
    """Without one sheet, and the names on it."""
    number = next(number for number, sheet in enumerate(book.sheets) if sheet.name == name)
    sheets = (*book.sheets[:number], *book.sheets[number + 1 :])
    names = tuple(item for item in book.names if item.sheet is None and not item.refers.strip("'").startswith(name))
    return replace(book, sheets=sheets, names=names)


def without_names(book: Book) -> Book:
    """Without range names."""
    return replace(book, names=())


def without_properties(book: Book) -> Book:
    """Without custom document properties."""
    return replace(book, properties={})


def without_line(book: Book, layout: Layout) -> Book:
    """Without the visible line."""
    line = marker_line(layout.spec)
    sheets = tuple(
        replace(sheet, cells={place: cell for place, cell in sheet.cells.items() if cell.raw != line})
        for sheet in book.sheets
    )
    return replace(book, sheets=sheets)


def headings_of(layout: Layout) -> Places:
    """Where the headings of the tables stand, and what they say; those of computed tables too."""
    return {
        (table.sheet, (table.header_row, column.col)): column.label
        for table in layout.tables.values()
        for column in table.columns
        if column.label
    }


def labels_of(layout: Layout) -> Places:
    """Where the labels of the forms stand, and what they say."""
    return {
        (form.sheet, (row, form.label_col)): layout.words.text(item.label)
        for form in layout.forms.values()
        for item, row in zip(form.spec.fields, form.row_of.values(), strict=True)
    }


def retyped(book: Book, texts: Places) -> Book:
    """With other texts in some cells; formulas stay."""
    sheets = []
    for sheet in book.sheets:
        cells = dict(sheet.cells)
        for place, cell in sheet.cells.items():
            if (sheet.name, place) in texts and cell.formula is None:
                cells[place] = replace(cell, raw=texts[sheet.name, place])
        sheets.append(replace(sheet, cells=cells))
    return replace(book, sheets=tuple(sheets))


def keep_only(book: Book, kept: str, layout: Layout) -> Book:
    """Without all marks but one: `sheet`, `names`, `properties`, `line`; `headings` keeps none of these."""
    takers: Mapping[str, Callable[[Book], Book]] = {
        "sheet": without_marker_sheet,
        "names": without_names,
        "properties": without_properties,
        "line": lambda item: without_line(item, layout),
    }
    for mark, take in takers.items():
        book = take(book) if mark != kept else book
    return book
