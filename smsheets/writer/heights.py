"""How high a row must be to show its wrapped texts, and how wide a column of plain values.

Programs that do not measure by themselves cut texts off.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from smsheets.calc.engine import Address, Computed
from smsheets.layout.cells_of import CellContent, Role
from smsheets.writer.look import VALUE_ROLES, is_wrapped

LINE_POINTS = 15.0
_LETTER = 0.98
"""A letter's width against the unit of column widths, the width of a digit."""

_BOLD_LETTER = 1.1
_HEADER_LINES = 2
_MOST_LINES = 20
_NARROWEST, _WIDEST = 9.0, 60.0
"""Characters of a column of plain values."""

_HEADERS = (Role.HEADER, Role.HEADER_COMPUTED)


def row_heights(
    cells: Sequence[CellContent], widths: Mapping[int, float], sheet: str, cached: Mapping[Address, Computed | None]
) -> dict[int, float]:
    """Row -> height in points, for rows with a header or with a text of more than one line."""
    lines: dict[int, int] = {}
    for cell in cells:
        if cell.role in _HEADERS:
            needed = max(_HEADER_LINES, _lines(str(cell.value or ""), widths.get(cell.col, 9.0), _BOLD_LETTER))
        elif cell.role in VALUE_ROLES:
            needed = _lines(cell.value, widths.get(cell.col, 9.0), _LETTER) if isinstance(cell.value, str) else 1
        elif cell.field is not None and is_wrapped(cell.role, cell.field.type):
            value = cached.get((sheet, cell.row, cell.col)) if cell.formula is not None else cell.value
            needed = _lines(value, widths.get(cell.col, 9.0), _LETTER) if isinstance(value, str) else 1
        else:
            continue
        if needed > 1:
            lines[cell.row] = max(lines.get(cell.row, 1), min(needed, _MOST_LINES))
    return {row: count * LINE_POINTS for row, count in lines.items()}


def text_widths(cells: Sequence[CellContent]) -> dict[int, float]:
    """Column -> a width for its longest line, within reason."""
    widths: dict[int, float] = {}
    for cell in cells:
        longest = max((len(line) for line in str(cell.value).split("\n")), default=0) * _BOLD_LETTER + 2
        widths[cell.col] = max(widths.get(cell.col, _NARROWEST), min(longest, _WIDEST))
    return widths


def _lines(text: str, width: float, letter: float) -> int:
    return sum(max(1, math.ceil(len(part) * letter / max(width - 1, 4))) for part in text.split("\n"))
