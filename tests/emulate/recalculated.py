"""Cells changed as a person changes them, and every formula computed anew, before a program's habits are put on top."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from emulate.written_book import Book, Cell, Kind, Place, Sheet

from smsheets.calc.engine import evaluate


def with_cells(book: Book, changed: Mapping[tuple[str, Place], Cell]) -> Book:
    """The book with these cells, all formulas computed."""
    sheets = tuple(
        replace(sheet, cells={place: changed.get((sheet.name, place), cell) for place, cell in sheet.cells.items()})
        for sheet in book.sheets
    )
    return _computed(replace(book, sheets=sheets))


def _computed(book: Book) -> Book:
    values: dict[tuple[str, int, int], object] = {}
    formulas: dict[tuple[str, int, int], str] = {}
    for sheet in book.sheets:
        for (row, col), cell in sheet.cells.items():
            if cell.formula is None:
                values[sheet.name, row, col] = _value(cell)
            else:
                # Today is left empty, as in the file itself.
                formulas[sheet.name, row, col] = "=" + cell.formula.replace("TODAY()", '""')
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
    if isinstance(result, bool):
        kind, raw = "boolean", str(int(result))
    elif isinstance(result, int | float):
        kind, raw = "number", repr(result)
    else:
        raw = "" if result is None else str(result)
        kind = "error" if raw.startswith("#") else "text"
    return replace(cell, kind=kind, raw=raw)
