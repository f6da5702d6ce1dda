"""A workbook without some columns: what is right of them moved, formulas followed, and the others say `#REF!`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from emulate.recalculated import with_cells
from emulate.written_book import Book, Cell, Sheet

from smsheets.cells import column_letters, column_number

_AREA = re.compile(
    r"""(?P<text>"(?:[^"]|"")*")
      | (?P<sheet>'(?:[^']|'')+'!|(?<![\w.$])[^\W\d][\w.]*!)?(?<![\w.$])
        (?P<first>\$?[A-Z]{1,3}\$?\d+)(?::(?P<last>\$?[A-Z]{1,3}\$?\d+))?(?![\w(.])""",
    re.VERBOSE,
)
_CELL = re.compile(r"(\$?)([A-Z]+)(\$?\d+)")
GONE = "#REF!"


def without_columns(book: Book, sheet: str, first: int, count: int = 1) -> Book:
    """The book after columns of a sheet were deleted, every formula computed."""
    sheets = tuple(_without(item, sheet, first, count) for item in book.sheets)
    names = tuple(replace(name, refers=_followed(name.refers, "", sheet, first, count)) for name in book.names)
    return with_cells(replace(book, sheets=sheets, names=names), {})


def _without(item: Sheet, sheet: str, first: int, count: int) -> Sheet:
    cells: dict[tuple[int, int], Cell] = {}
    for (row, col), cell in item.cells.items():
        if item.name == sheet and first <= col < first + count:
            continue
        left = count if item.name == sheet and col >= first else 0
        formula = cell.formula and _followed(cell.formula, item.name, sheet, first, count)
        cells[row, col - left] = replace(cell, col=col - left, formula=formula)
    rules: Mapping[bool, tuple[()]] = {True: ()}
    return replace(item, cells=cells, validations=rules.get(item.name == sheet, item.validations))


def _followed(formula: str, home: str, sheet: str, first: int, count: int) -> str:
    """The formula as a spreadsheet program writes it after the columns are gone."""

    def follow(found: re.Match[str]) -> str:
        named = (found["sheet"] or home)[: -1 if found["sheet"] else None].strip("'").replace("''", "'")
        if found["text"] or named != sheet:
            return found[0]
        ends = [_CELL.fullmatch(end) for end in (found["first"], found["last"] or found["first"])]
        cols = [column_number(end[2]) for end in ends if end is not None]
        left, right = min(cols), max(cols)
        if first <= left and right < first + count:
            return GONE
        left = first if first <= left < first + count else left
        right = first - 1 if first <= right < first + count else right
        moved = [col - count if col >= first + count else col for col in (left, right)]
        texts = [
            f"{end[1]}{column_letters(col)}{end[3]}" for end, col in zip(ends, moved, strict=True) if end is not None
        ]
        return (found["sheet"] or "") + ":".join(texts if found["last"] else texts[:1])

    return _AREA.sub(follow, formula)
