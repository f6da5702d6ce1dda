"""How wide columns are and how high rows, so that what stands in them is seen."""

from __future__ import annotations

from collections.abc import Mapping

from smsheets.report.document import Cell, Status
from smsheets.report.wording import Words
from smsheets.report_workbook.cell_formats import number_format
from smsheets.report_workbook.sheet_parts import PlacedTable, SheetParts

FIRST_WIDTH = 16.0
"""Characters of a first column with names at least."""

_MOST_FIRST, _MOST_TEXT = 38.0, 34.0
_LEAST, _MOST_HEADER = 10.5, 14.0
GAP_WIDTH = 2.0
BESIDE_COLUMNS, BESIDE_WIDTH = 8, 9.0
"""The part beside the tables, where charts are."""

LINE_POINTS = 15.0
_MOST_LINES = 26
"""What a row can be high."""

_BOLD = 1.06
"""Bold letters are so much wider."""

_LETTERS = 1.2
"""So many letters of a sentence have room where one digit has."""


def column_widths(parts: SheetParts, words: Words, fixed: Mapping[str, float]) -> dict[int, float]:
    """Characters of each column that holds tables.

    Args:
        fixed: By English heading, of columns with sentences.
    """
    widths: dict[int, float] = {}
    for table in parts.tables:
        for place, header in enumerate(table.view.headers):
            if table.span_of(place) > 1:
                break
            named = fixed.get(header) if isinstance(header, str) else None
            wanted = named or _wanted(table, place, words)
            widths[place + 1] = max(widths.get(place + 1, 0.0), wanted)
    return widths or {1: FIRST_WIDTH}


def lines_of(text: str, width: float, *, bold: bool = False) -> int:
    """How many lines a text takes in a cell of so many characters: words stay whole."""
    room = max((width - 1.5) * _LETTERS / (_BOLD if bold else 1.0), 1.0)
    return min(sum(_wrapped(line, room) for line in text.split("\n")), _MOST_LINES)


def _wrapped(line: str, room: float) -> int:
    lines, used = 1, 0.0
    for word in line.split(" "):
        length = float(len(word))
        if used and used + 1 + length > room:
            lines, used = lines + 1, 0.0
        if length > room:
            lines += int((length - 1) // room)
            length = length % room
        used += length + (1 if used else 0)
    return lines


def _wanted(table: PlacedTable, place: int, words: Words) -> float:
    """As wide as the longest text, within bounds; a heading may take two lines."""
    header = words.text(table.view.headers[place])
    cells = [row[place] for row in table.view.rows]
    longest = max((len(words.cell(cell)) for cell in cells), default=0) + 2.5
    most = _MOST_FIRST if place == 0 else _MOST_TEXT
    longest_word = max((len(word) for word in header.split(" ")), default=0) * _BOLD + 2.5
    heading = max(min(len(header) * _BOLD + 2.5, _MOST_HEADER), longest_word)
    return max(min(longest, most), heading, FIRST_WIDTH if place == 0 else _LEAST)


def is_text(cell: Cell) -> bool:
    """Whether a cell's text may take several lines."""
    return not number_format(cell) and not isinstance(cell, Status)
