"""Cells by name: letters and rows as Excel shows them, and the cells that a formula names."""

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
    "(?:[^"]++|"")*+"                                               # a text, which names nothing
  | (?:(?:'(?P<quoted>(?:[^']++|'')++)'|(?<![\w.])(?P<sheet>[A-Za-z_][\w.]*+))!)?
    (?<![\w.])(?P<area>\$?[A-Z]{1,3}\$?[0-9]{1,7}(?::\$?[A-Z]{1,3}\$?[0-9]{1,7})?)(?![\w.(!])
  | '(?:[^']++|'')*+'?                                              # the name of a sheet that no cell follows
    """,
    re.VERBOSE,
)


def named_areas(formula: str, sheet: str) -> Iterator[tuple[str, Area]]:
    """The cells and ranges that a formula names, each with its sheet: the given one where the formula names none."""
    for found in _NAMED.finditer(formula):
        area = parse_area(found["area"]) if found["area"] is not None else None
        if area is not None:
            yield (found["quoted"] or "").replace("''", "'") or found["sheet"] or sheet, area


_SUMS = re.compile(r"(?:SUM|SUMIFS?|SUBTOTAL|AGGREGATE|SUMPRODUCT)\(.*\)")
_ROUNDED = re.compile(r"ROUND(?:UP|DOWN)?\((.*),-?\d+\)")
_MOST_OF_A_FORMULA = 2_000
"""Characters; nobody adds up a column with a longer one."""


def adds_up_column(formula: str, sheet: str, row: int, col: int) -> bool:
    """True if the formula of a cell is a sum of others in its column and nothing else: a tenth of it is not."""
    text = formula[:_MOST_OF_A_FORMULA].upper().replace(" ", "").lstrip("+")
    rounded = _ROUNDED.fullmatch(text)
    found = 0
    for term in filter(None, _terms(rounded[1] if rounded else text)):
        areas = [area for named, area in named_areas(term, sheet) if named.upper() == sheet.upper()]
        own = [area for area in areas if area[1] == area[3] == col and not area[0] <= row <= area[2]]
        if _SUMS.fullmatch(term) and own:
            found += 2
        elif len(areas) == len(own) == 1 and parse_area(term) is not None:
            found += 1
        elif not term.replace(".", "").isdigit():
            return False
    return found > 1


def _terms(formula: str) -> Iterator[str]:
    """What is added and taken off outside of all parentheses."""
    depth = start = 0
    for place, letter in enumerate(formula):
        depth += (letter == "(") - (letter == ")")
        if letter in "+-" and not depth:
            yield formula[start:place]
            start = place + 1
    yield formula[start:]
