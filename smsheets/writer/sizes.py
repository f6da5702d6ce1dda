"""Heights of rows and widths of columns by what is in them: programs that do not measure would cut texts off."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence

from smsheets.calc.engine import Address, Computed
from smsheets.layout.cells_of import CellContent, Role
from smsheets.layout.measures import (
    BOLD,
    INDENT,
    ROW_POINTS,
    heading_lines,
    is_narrow,
    line_count,
    text_length,
)
from smsheets.spec.model import Column, Field
from smsheets.writer.look import HINT_SIZE, TEXT_SIZE, VALUE_ROLES, is_wrapped, setting_of

LINE_POINTS = 15.0  # a line of 11 points
_AIR = ROW_POINTS - LINE_POINTS
_HEADER_LINES = 2  # so that the headings of a sheet are alike
_MOST_LINES = 20  # of a row: about half a screen
_TALL_LINES = 3  # of an answer with an example beside it
_DAY_LINES = 4
"""Lines of a day of a calendar, whatever is in it: the day, and three posts. Six weeks fit into a laptop's window."""
_BOARD_LINES = 2
"""Lines of a task on a board: what, and whose."""
_GRID_LINE_POINTS = 12.0
"""A line of 9 points."""

_NARROWEST, _WIDEST = 9.0, 60.0
"""Characters of a column of plain values."""

_CARDS = {
    Role.CARD_HEADER: 4.5,
    Role.CARD_WHERE: 16.5,
    Role.CARD_WHAT: 31.5,
    Role.CARD_VALUE: 28.5,
    Role.CARD_CHANGE: 15.0,
    Role.CARD_SHARE: 15.0,
    Role.CARD_WORD: 18.0,
}
_FIXED = {
    Role.TITLE: 22.5,
    Role.NOTE: 13.5,
    Role.WHEN_EMPTY: LINE_POINTS,
    Role.HEADING: 24.0,
    Role.TILE: 30.0,
    Role.END: 13.5,
    **_CARDS,
}
"""Points of a row by what is in it."""

_HEADERS = (Role.HEADER, Role.HEADER_COMPUTED)


def row_heights(
    cells: Sequence[CellContent], widths: Mapping[int, float], sheet: str, cached: Mapping[Address, Computed | None]
) -> dict[int, float]:
    """Row -> height in points, for every row with a cell: some programs take no notice of a sheet's usual height."""
    heights: dict[int, float] = {}
    for cell in cells:
        value = cached.get((sheet, cell.row, cell.col)) if cell.formula is not None else cell.value
        if cell.role is Role.WHEN_EMPTY and value == "":
            continue
        needed = _points(cell, value, widths.get(cell.col, _NARROWEST))
        heights[cell.row] = max(heights.get(cell.row, 0.0), needed)
    return heights


def _points(cell: CellContent, value: object, width: float) -> float:
    """The height that one cell asks for."""
    if cell.role in _FIXED:
        return _FIXED[cell.role]
    text = value if isinstance(value, str) else ""
    if setting_of(cell).in_grid:
        return _grid_lines(cell.field) * _GRID_LINE_POINTS if cell.role is Role.COMPUTED else LINE_POINTS + _AIR
    if cell.role in _HEADERS and is_narrow(cell.field):
        return text_length(text) * 7 * 0.75 + _AIR
    if cell.role in _HEADERS:
        return max(_HEADER_LINES, heading_lines(text, width, cell.field)) * LINE_POINTS + _AIR
    if cell.role in (Role.LONG_HINT, Role.EXAMPLE):
        small = HINT_SIZE / TEXT_SIZE
        return line_count(text, width - INDENT, small) * LINE_POINTS * small + _AIR
    lines = max(_lines(cell, text, width), _TALL_LINES if cell.tall else 1)
    return min(lines, _MOST_LINES) * LINE_POINTS + _AIR


def _grid_lines(field: Field | None) -> int:
    return _DAY_LINES if isinstance(field, Column) and field.each == "weekdays" else _BOARD_LINES


def _lines(cell: CellContent, text: str, width: float) -> int:
    """The lines of a cell below the headings."""
    if cell.role in VALUE_ROLES:
        return line_count(text, width - 1)
    if cell.field is None or not is_wrapped(cell.role, cell.field.type):
        return 1
    if isinstance(cell.field, Column) and cell.field.advanced:
        return 1  # what is folded away does not make the rows higher that are seen
    return line_count(text, width - INDENT) if text else 1


def text_widths(cells: Sequence[CellContent]) -> dict[int, float]:
    """Column -> a width for its longest line, within reason."""
    widths: dict[int, float] = {}
    for cell in cells:
        longest = max(_line_widths(str(cell.value)), default=0.0) * BOLD + 2
        widths[cell.col] = max(widths.get(cell.col, _NARROWEST), min(math.ceil(longest), _WIDEST))
    return widths


def _line_widths(text: str) -> Iterator[float]:
    return (text_length(line) for line in text.split("\n"))
