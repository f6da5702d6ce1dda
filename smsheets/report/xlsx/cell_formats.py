"""How cells of the report look: colours and sizes of the templates, widths of columns, heights of rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from xlsxwriter.workbook import Workbook

from smsheets.layout.items import date_format_of, minor_digits
from smsheets.money import Money, Share
from smsheets.report.document import Cell, Month, Status, Tone
from smsheets.report.wording import Words
from smsheets.report.xlsx.sheet_parts import PlacedTable, SheetParts
from smsheets.spec.vocabulary import Look
from smsheets.writer.look import (
    ACCENT,
    COMPUTED_FILL,
    DEEP,
    FONT,
    HEADER_FILL,
    HEADING_SIZE,
    INK,
    LINE,
    LOOKS,
    MUTED,
    NOTE_SIZE,
    TEXT_SIZE,
    TITLE_SIZE,
    WHITE,
)

_TONE_LOOKS = {Tone.GOOD: Look.GOOD, Tone.WATCH: Look.WATCH, Tone.BAD: Look.BAD, Tone.NEUTRAL: Look.MUTED}
LEVEL_LOOKS = {"error": Look.BAD, "warning": Look.WATCH, "note": Look.INFO}

_HUGE = 10**15
"""From here on a cell holds no digits after the point."""

MONTH = "mmm yyyy"
HEAT_PALE, HEAT_DARK = "#FFFFFF", "#7FAACB"
"""From none to most."""

_BOX: dict[str, Any] = {"border": 1, "border_color": LINE, "valign": "top", "font_color": INK}
_HEADER: dict[str, Any] = {**_BOX, "bold": True, "font_color": WHITE, "bg_color": HEADER_FILL, "text_wrap": True}
_INDENTED: dict[str, Any] = {"align": "left", "indent": 1}
_STYLES: dict[str, dict[str, Any]] = {
    "title": {
        "bold": True, "font_size": TITLE_SIZE, "font_color": WHITE, "bg_color": DEEP, "valign": "vcenter", **_INDENTED,
    },
    "heading": {"bold": True, "font_size": HEADING_SIZE, "font_color": ACCENT, "valign": "vcenter"},
    "line": {"font_color": INK, "text_wrap": True, "valign": "top"},
    "verdict": {
        "font_color": DEEP, "font_size": HEADING_SIZE, "bold": True, "text_wrap": True, "valign": "vcenter",
    },
    "note": {"font_color": MUTED, "font_size": NOTE_SIZE, "text_wrap": True, "valign": "top"},
    "header": {**_HEADER, **_INDENTED},
    "header number": {**_HEADER, "align": "right"},
    "text": {**_BOX, "text_wrap": True},
}  # fmt: skip
_SIDES: dict[str, dict[str, Any]] = {"left": _INDENTED, "right": {"align": "right"}}
_TOTAL: dict[str, Any] = {"bold": True, "bg_color": COMPUTED_FILL, "top": 2}


class CellFormats:
    """The formats of one workbook, each made once."""

    def __init__(self, book: Workbook, language: str) -> None:
        self._book = book
        self._days = date_format_of(language)
        self._made: dict[object, Any] = {}

    def style(self, name: str) -> Any:
        """The format of what is no figure."""
        return self._format(name, _STYLES[name])

    def header_month(self) -> Any:
        """The format of a heading that is a month."""
        return self._format("header month", {**_STYLES["header number"], "num_format": MONTH})

    def of_look(self, look: Look) -> Any:
        """The format of a status colour."""
        return self._format(look, LOOKS[look])

    def of_cell(self, cell: Cell, *, total: bool = False, digits: int = 0, side: str = "") -> Any:
        """The format of a cell of a table.

        Args:
            total: Whether its row is a total.
            digits: How many after the point are shown of a plain number.
            side: `left` or `right`; figures are set to the right where nothing is said, texts to the left.
        """
        code = number_format(cell, digits, self._days)
        last = _TOTAL if total else {}
        if not code:
            return self._format(("text", total, side), {**_STYLES["text"], **last, **_SIDES[side or "left"]})
        look = {**_BOX, "num_format": code, **last, **_SIDES[side or "right"]}
        return self._format((code, total, side), look)

    def _format(self, key: object, properties: dict[str, Any]) -> Any:
        if key not in self._made:
            self._made[key] = self._book.add_format({"font_name": FONT, "font_size": TEXT_SIZE, **properties})
        return self._made[key]


def number_format(cell: Cell, digits: int = 0, days: str = "yyyy-mm-dd") -> str:
    """How a figure is shown; empty for a text."""
    if isinstance(cell, Money):
        digits = minor_digits(cell.currency) if cell.currency else 2
    elif isinstance(cell, Share):
        return "0.0%"
    elif isinstance(cell, Month):
        return MONTH
    elif isinstance(cell, datetime):
        return f"{days} hh:mm"
    elif isinstance(cell, date):
        return days
    elif isinstance(cell, time):
        return "hh:mm"
    elif not is_plain(cell):
        return ""
    return "#,##0" + ("." + "0" * digits if digits else "")


def digits_shown(rows: Sequence[Sequence[Cell]]) -> list[list[int]]:
    """How many digits after the point each plain number of a table shows, two at most.

    Numbers below each other show the same number of them; where a column has figures of several kinds, those beside
    each other do.
    """
    needed = [[_digits_of(cell) for cell in row] for row in rows]
    columns = range(len(rows[0]) if rows else 0)
    alike = [all(cell is None or is_plain(cell) for cell in (row[col] for row in rows)) for col in columns]
    deepest = [max((row[col] for row in needed), default=0) for col in columns]
    return [[deepest[col] if alike[col] else max(row) for col in columns] for row in needed]


def is_plain(cell: Cell) -> bool:
    """True where a cell is a number that is neither an amount nor a share."""
    return isinstance(cell, Decimal | int) and not isinstance(cell, bool)


def _digits_of(cell: Cell) -> int:
    if not isinstance(cell, Decimal) or abs(cell) >= _HUGE:
        return 0
    exponent = cell.quantize(Decimal("0.01")).normalize().as_tuple().exponent
    return -exponent if isinstance(exponent, int) and exponent < 0 else 0


def tone_of(cell: Cell) -> Look | None:
    """The colour of a status; None for any other cell."""
    return _TONE_LOOKS[cell.tone] if isinstance(cell, Status) else None


FIRST_WIDTH = 16.0
"""Characters of a first column with names at least."""

_MOST_FIRST, _MOST_TEXT = 38.0, 34.0  # characters of a column; longer texts are broken into lines
_LEAST, _MOST_HEADER = 10.5, 14.0  # characters: an amount fits; a longer heading takes two lines
GAP_WIDTH = 2.0  # characters between tables and charts
BESIDE_COLUMNS, BESIDE_WIDTH = 8, 9.0
"""The part beside the tables, where charts are."""

LINE_POINTS = 15.0  # a line of 11 points
_MOST_LINES = 26
"""Lines of a row, at most: Excel shows 409 points."""

_BOLD = 1.06
"""Width of bold letters against plain ones."""

_LETTERS = 1.2
"""Letters of a sentence that have room where one digit has."""


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
    """How many lines a text takes in a cell of a width in characters: words stay whole."""
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
    """True where a cell's text may take several lines."""
    return not number_format(cell) and not isinstance(cell, Status)
