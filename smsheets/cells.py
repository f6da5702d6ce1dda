"""Cells by name: letters and rows as Excel shows them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

import msgspec

MAX_ROW = 1_048_576
MAX_COL = 16_384

_AREA = re.compile(r"\$?([A-Za-z]{1,3})\$?([0-9]{1,7})(?::\$?([A-Za-z]{1,3})\$?([0-9]{1,7}))?")
_PLAIN_SHEET = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_LOOKS_LIKE_CELL = re.compile(r"[A-Za-z]{1,3}[0-9]+|[Rr][0-9]*[Cc][0-9]*|[Rr]|[Cc]")


class CellRef(msgspec.Struct, frozen=True, order=True):
    """One cell of one file. `row` and `col` count from 1."""

    file: str
    sheet: str
    row: int
    col: int

    @property
    def a1(self) -> str:
        """`H14`."""
        return f"{column_letters(self.col)}{self.row}"

    def __str__(self) -> str:
        return f"{self.sheet}!{self.a1}"


@lru_cache(maxsize=1024)
def column_letters(col: int) -> str:
    """1 -> A, 27 -> AA."""
    letters = ""
    while col:
        col, rest = divmod(col - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def column_number(letters: str) -> int:
    """A -> 1, AA -> 27."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number


Area = tuple[int, int, int, int]
"""(first row, first column, last row, last column), all inside."""


def parse_area(text: str) -> Area | None:
    """`B2:$D$9` -> (2, 2, 9, 4), `B2` -> (2, 2, 2, 2), corners in any order; None for what is no range of cells."""
    found = _AREA.fullmatch(text)
    if found is None:
        return None
    letters, digits, last_letters, last_digits = found.groups()
    rows = sorted((int(digits), int(last_digits or digits)))
    cols = sorted((column_number(letters), column_number(last_letters or letters)))
    if rows[0] < 1 or rows[1] > MAX_ROW or cols[1] > MAX_COL:
        return None
    return rows[0], cols[0], rows[1], cols[1]


def quote_sheet(name: str) -> str:
    """A sheet's name as a formula writes it: in apostrophes where it must be."""
    if _PLAIN_SHEET.fullmatch(name) and not _LOOKS_LIKE_CELL.fullmatch(name):
        return name
    return "'" + name.replace("'", "''") + "'"


_NAMED = re.compile(
    r"""
    "(?:[^"]|"")*"                                                  # a text, which names nothing
  | (?:(?:'(?P<quoted>(?:[^']|'')+)'|(?P<sheet>[A-Za-z_][\w.]*))!)?
    (?<![\w.])(?P<area>\$?[A-Z]{1,3}\$?[0-9]{1,7}(?::\$?[A-Z]{1,3}\$?[0-9]{1,7})?)(?![\w.(!])
    """,
    re.VERBOSE,
)


def named_areas(formula: str, sheet: str) -> Iterator[tuple[str, Area]]:
    """The cells and ranges that a formula names, each with its sheet: the given one where the formula names none."""
    for found in _NAMED.finditer(formula):
        area = parse_area(found["area"]) if found["area"] is not None else None
        if area is not None:
            yield (found["quoted"] or "").replace("''", "'") or found["sheet"] or sheet, area
