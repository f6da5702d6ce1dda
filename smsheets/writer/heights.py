"""How high a row must be to show its wrapped texts, and how wide a column of plain values.

Programs that do not measure by themselves cut texts off.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence

from smsheets.calc.engine import Address, Computed
from smsheets.layout.cells_of import CellContent, Role
from smsheets.layout.measures import INDENT, ROW_POINTS, is_narrow
from smsheets.layout.text_size import BOLD, line_count, text_length
from smsheets.spec.model import Column
from smsheets.writer.look import HINT_SIZE, TEXT_SIZE, VALUE_ROLES, is_wrapped, setting_of

LINE_POINTS = 15.0
_AIR = ROW_POINTS - LINE_POINTS
_HEADER_LINES = 2
_MOST_LINES = 20
_FOLDED_LINES = 2
"""What is folded away makes the rows that are seen no higher than this."""

_GRID_LINES = 4
"""A cell of a calendar is so high, whatever stands in it."""

_NARROWEST, _WIDEST = 9.0, 60.0
"""Characters of a column of plain values."""

_FIXED = {Role.TITLE: 33.0, Role.NOTE: 15.0, Role.HEADING: 24.0, Role.TILE: 30.0}
"""Points of a row by what stands in it."""

_HEADERS = (Role.HEADER, Role.HEADER_COMPUTED)


def row_heights(
    cells: Sequence[CellContent], widths: Mapping[int, float], sheet: str, cached: Mapping[Address, Computed | None]
) -> dict[int, float]:
    """Row -> height in points, for every row with a cell: some programs take no notice of a sheet's usual height."""
    heights: dict[int, float] = {}
    for cell in cells:
        value = cached.get((sheet, cell.row, cell.col)) if cell.formula is not None else cell.value
        needed = _points(cell, value, widths.get(cell.col, _NARROWEST))
        heights[cell.row] = max(heights.get(cell.row, 0.0), needed)
    return heights


def _points(cell: CellContent, value: object, width: float) -> float:
    """What one cell asks for."""
    if cell.role in _FIXED:
        return _FIXED[cell.role]
    text = value if isinstance(value, str) else ""
    if cell.role in _HEADERS and is_narrow(cell.field):
        return text_length(text) * 7 * 0.75 + 2 * _AIR
    if cell.role in _HEADERS:
        return max(_HEADER_LINES, line_count(text, width - INDENT, BOLD)) * LINE_POINTS + _AIR
    if cell.role is Role.LONG_HINT:
        small = HINT_SIZE / TEXT_SIZE
        return line_count(text, width - INDENT, small) * LINE_POINTS * small + _AIR
    return min(_lines(cell, text, width), _MOST_LINES) * LINE_POINTS + _AIR


def _lines(cell: CellContent, text: str, width: float) -> int:
    """The lines of a cell below the headings."""
    if cell.role in VALUE_ROLES:
        return line_count(text, width - 1)
    if cell.field is None or not is_wrapped(cell.role, cell.field.type):
        return 1
    lines = line_count(text, width - INDENT) if text else 1
    if isinstance(cell.field, Column) and cell.field.advanced:
        return min(lines, _FOLDED_LINES)
    return max(_GRID_LINES, lines) if cell.formula is not None and setting_of(cell).in_grid else lines


def text_widths(cells: Sequence[CellContent]) -> dict[int, float]:
    """Column -> a width for its longest line, within reason."""
    widths: dict[int, float] = {}
    for cell in cells:
        longest = max(_line_widths(str(cell.value)), default=0.0) * BOLD + 2
        widths[cell.col] = max(widths.get(cell.col, _NARROWEST), min(math.ceil(longest), _WIDEST))
    return widths


def _line_widths(text: str) -> Iterator[float]:
    return (text_length(line) for line in text.split("\n"))
