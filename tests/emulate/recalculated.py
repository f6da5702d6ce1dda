"""Cells changed as a person changes them, and every formula computed anew, before a program's habits are put on top."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from emulate.written_book import Book, Cell, Kind, Place, Sheet

from smsheets.calc.engine import evaluate, from_utf16, in_utf16


def with_cells(book: Book, changed: Mapping[tuple[str, Place], Cell]) -> Book:
    """The book with these cells, all formulas computed."""
    sheets = tuple(
        replace(sheet, cells={place: changed.get((sheet.name, place), cell) for place, cell in sheet.cells.items()})
        for sheet in book.sheets
    )
    return _computed(replace(book, sheets=sheets))


def with_utf16_lengths(book: Book) -> Book:
    """The book as a program computes it whose texts are UTF-16: an emoji is two characters long."""
    texts = (cell.raw for sheet in book.sheets for cell in sheet.cells.values() if cell.formula is None)
    return book if all(in_utf16(text) == text for text in texts) else _computed(book, in_utf16)


def _computed(book: Book, text: Callable[[str], str] = str) -> Book:
    values: dict[tuple[str, int, int], object] = {}
    formulas: dict[tuple[str, int, int], str] = {}
    for sheet in book.sheets:
        for (row, col), cell in sheet.cells.items():
            if cell.formula is None:
                value = _value(cell)
                values[sheet.name, row, col] = text(value) if isinstance(value, str) else value
            else:
                # Today is left empty, as in the file itself.
                formulas[sheet.name, row, col] = "=" + text(cell.formula).replace("TODAY()", '""')
    results = evaluate([sheet.name for sheet in book.sheets], values, formulas)
    return replace(book, sheets=tuple(_with_results(sheet, results) for sheet in book.sheets))


def _with_results(sheet: Sheet, results: Mapping[tuple[str, int, int], object]) -> Sheet:
    cells = {
        place: cell if cell.formula is None else _shows(cell, results[(sheet.name, *place)])
        for place, cell in sheet.cells.items()
    }
    return replace(sheet, cells=cells)


def _value(cell: Cell) -> object:
    if cell.kind == "number":
        return float(cell.raw)
    return cell.raw == "1" if cell.kind == "boolean" else cell.raw


def _shows(cell: Cell, result: object) -> Cell:
    kind: Kind = "text"
    result = from_utf16(result) if isinstance(result, str) else result
    if isinstance(result, bool):
        kind, raw = "boolean", str(int(result))
    elif isinstance(result, int | float):
        kind, raw = "number", repr(result)
    else:
        raw = "" if result is None else str(result)
        kind = "error" if raw.startswith("#") else "text"
    return replace(cell, kind=kind, raw=raw)
