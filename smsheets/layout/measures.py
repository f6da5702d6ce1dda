"""Measures of sheets: how high a row is, how wide a column, in points, pixels and characters.

Measured on the metrics of Calibri, which other programs replace by Carlito of the same widths. A little is added, so
that another font of about the same size fits, too.
"""

from __future__ import annotations

import math
from collections.abc import Container, Mapping, Sequence

from smsheets.layout.placed import PlacedColumn
from smsheets.spec.model import Field
from smsheets.spec.vocabulary import FieldType

BOLD = 1.06
"""Bold letters against plain ones."""

_SPARE = 1.04  # for a font that is a little wider
_WIDTHS = {
    0.5: "iljI.,:;'|!()[]{}` ",
    0.68: 'tfr-"/\\*',
    0.82: "scz",
    1.15: "ABCKPRSTVXYZ&ÄŠ",
    1.28: "DGHNOQUÖÜ",
    1.6: "mMwW%@",
}
_USUAL = 1.0  # a digit
_WIDE = 2.0
"""Of a letter from beyond the alphabets of Europe: CJK, emoji."""

_FIRST_WIDE = 0x1100  # Hangul: the first block of wide letters
_LETTERS = {letter: width for width, letters in _WIDTHS.items() for letter in letters}


def text_length(text: str) -> float:
    """The length of a line of text, in widths of a digit."""
    return _SPARE * sum(_LETTERS.get(letter, _USUAL if ord(letter) < _FIRST_WIDE else _WIDE) for letter in text)


def line_count(text: str, width: float, size: float = 1.0) -> int:
    """How many lines a text is broken into between its words, in a column of a width; at least one.

    Args:
        size: Of the letters, against those of usual text.
    """
    room = max(width, 3.0) / size
    return sum(_paragraph_lines(part, room) for part in text.split("\n"))


def _paragraph_lines(text: str, room: float) -> int:
    space = text_length(" ")
    lines, used = 1, 0.0
    for word in text.split(" "):
        length = text_length(word)
        if used and used + space + length > room:
            lines, used = lines + 1, 0.0
        # A word that is longer than a line is broken inside.
        broken = max(0, int(length // room) if length > room else 0)
        lines += broken
        used += (space if used else 0.0) + length - broken * room
    return lines


ROW_POINTS = 18
"""A row of one line, with room above and below it."""

ROW_PIXELS = ROW_POINTS * 4 / 3
LETTER_PIXELS = 7  # a digit of Calibri, 11 points, at 96 dots an inch
TEXT_SIZE, HINT_SIZE = 11, 9
"""Points of usual text, and of hints."""

CELL_PIXELS = 5
"""What a column is wider than its characters."""

PLAIN_WIDTH = 8.43
"""Characters of a column that nothing asks to be wider."""

ROOM_FOR_HINTS = 40.0
"""Characters of a column in which hints are broken into lines; over narrower columns they run on."""

_NARROW = 5.0
"""Characters; the headings of a narrower column are set upright."""

INDENT = 2.5
"""Characters that the indent of a text and the borders of its cell take."""

_HEADER_LINES = 2
"""Lines of a heading, at most: it stays in sight, above it a title and a note, and leaves the window to the rows."""

_EDGES = 1.0
"""Characters that the borders of a cell take."""

_WIDEST_FOR_HEADING = 60.0
"""Characters; no heading makes a column wider, however long its words are."""

_COLUMN_WIDTHS = {
    FieldType.TEXT: 18.0,
    FieldType.LONG_TEXT: 38.0,
    FieldType.NUMBER: 11.0,
    FieldType.INTEGER: 10.0,
    FieldType.MONEY: 11.0,
    FieldType.PERCENT: 9.5,
    FieldType.DATE: 11.5,
    FieldType.MONTH: 11.0,
    FieldType.TIME: 8.0,
    FieldType.YES_NO: 9.0,
    FieldType.ID: 7.0,
    FieldType.LINK: 24.0,
}

_INDENTED = (FieldType.TEXT, FieldType.LONG_TEXT, FieldType.LINK)
"""Their headings begin where the texts do."""


def columns_under(left: int, pixels: int, widths: Mapping[int, float], hidden: Container[int] = ()) -> int:
    """The last column that something of a width covers, from column `left`; hidden ones have no width."""
    col, room = left - 1, 0.0
    while room < pixels:
        col += 1
        if col not in hidden:
            room += widths.get(col, PLAIN_WIDTH) * LETTER_PIXELS + CELL_PIXELS
    return col


def column_width(column: PlacedColumn) -> float:
    """The width of a column, in characters: at least its heading's longest word, which no program may cut in two."""
    width = field_width(column.spec)
    if is_narrow(column.spec):
        return width
    edges = _edges_of(column.spec)
    longest = max((text_length(word) for word in column.label.split()), default=0.0)
    width = max(width, min(math.ceil(2 * (longest * BOLD + edges)) / 2, _WIDEST_FOR_HEADING))
    while width < _WIDEST_FOR_HEADING and heading_lines(column.label, width, column.spec) > _HEADER_LINES:
        width += 1
    return width


def heading_lines(label: str, width: float, field: Field | None) -> int:
    """How many lines a heading is broken into, in a column of a width."""
    return line_count(label, width - _edges_of(field), BOLD)


def _edges_of(field: Field | None) -> float:
    return INDENT if field is None or field.type in _INDENTED else _EDGES


def is_narrow(field: Field | None) -> bool:
    """True where a field's column is too narrow for a heading that runs across."""
    return field is not None and field.width is not None and field.width < _NARROW


def days_width(code: str, months: Sequence[str]) -> float:
    """The width that days ask for in their number format, with the longest month; a narrower cell shows ####."""
    text = code.replace("yyyy", "2027").replace("mmm", max(months, key=text_length)).replace("mm", "12")
    return math.ceil(2 * (text_length(text.replace("dd", "30").replace("d", "30")) + _EDGES)) / 2


def field_width(field: Field) -> float:
    """The width of a field's column, in characters."""
    return field.width if field.width is not None else _COLUMN_WIDTHS[field.type]
