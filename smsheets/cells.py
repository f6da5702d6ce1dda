"""Cells by name: letters and rows as Excel shows them."""

from __future__ import annotations

import re
from functools import lru_cache

import msgspec

MAX_ROW = 1_048_576
MAX_COL = 16_384

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


def quote_sheet(name: str) -> str:
    """A sheet's name as a formula writes it: in apostrophes where it must be."""
    if _PLAIN_SHEET.fullmatch(name) and not _LOOKS_LIKE_CELL.fullmatch(name):
        return name
    return "'" + name.replace("'", "''") + "'"
