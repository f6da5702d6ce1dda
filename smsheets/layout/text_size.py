"""How much room a text takes, measured in the unit of column widths: the width of a digit.

Measured on the metrics of Calibri, which other programs replace by Carlito of the same widths. A little is added, so
that another font of about the same size fits, too.
"""

from __future__ import annotations

BOLD = 1.06
"""Bold letters against plain ones."""

_SPARE = 1.04
_WIDTHS = {
    0.5: "iljI.,:;'|!()[]{}` ",
    0.68: 'tfr-"/\\*',
    0.82: "scz",
    1.15: "ABCKPRSTVXYZ&ÄŠ",
    1.28: "DGHNOQUÖÜ",
    1.6: "mMwW%@",
}
_USUAL = 1.0
_WIDE = 2.0
"""Of a letter from beyond the alphabets of Europe: CJK, emoji."""

_FIRST_WIDE = 0x1100
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
