"""Formulas that many cells share: written once in the file, with references that move along.

A cell far away may share a long formula with a million others, so a text is made when somebody asks for it.
"""

from __future__ import annotations

import re
from functools import cached_property

import msgspec

from smsheets.cells import MAX_COL, MAX_ROW, column_letters, column_number

_GONE = "#REF!"
_PIECE = re.compile(
    r"""
    (?P<plain>
        "(?:[^"]|"")*"?                          # a text
      | '(?:[^']|'')*'?                          # a sheet's name in apostrophes
      | \[(?:[^\[\]]|\[[^\[\]]*\])*\]?           # a column of a table, or another workbook
    )
  | (?P<cells>
        \$?[A-Za-z]{1,3}\$?[0-9]{1,7}            # a cell; two of them are a range
      | \$?[A-Za-z]{1,3}:\$?[A-Za-z]{1,3}        # whole columns
      | \$?[0-9]{1,7}:\$?[0-9]{1,7}              # whole rows
    )(?![\w.?\\!(\[])
  | (?P<word>[\w.?\\]+)                          # a function, a name, a number, a plain sheet name
    """,
    re.VERBOSE,
)
_REFERENCE = re.compile(r"(?P<fixed_col>\$?)(?P<letters>[A-Za-z]*)(?P<fixed_row>\$?)(?P<digits>[0-9]*)")


class SharedFormula(msgspec.Struct, frozen=True, dict=True):
    """A formula as its first cell has it, without `=`. `row` and `col` of that cell count from 1."""

    text: str
    row: int
    col: int

    def at(self, row: int, col: int) -> str:
        """The formula as another cell has it: what it names moves along, but not what `$` holds."""
        down, right = row - self.row, col - self.col
        return "".join(
            piece if isinstance(piece, str) else ":".join(_moved(*reference, down, right) for reference in piece)
            for piece in self._pieces
        )

    @cached_property
    def _pieces(self) -> list[str | list[tuple[str, str, str, str]]]:
        """Texts that stay, and references as (`$`, letters, `$`, digits), one or the two ends of a range."""
        pieces: list[str | list[tuple[str, str, str, str]]] = []
        end = 0
        for found in _PIECE.finditer(self.text):
            if found["cells"] is None:
                continue
            pieces.append(self.text[end : found.start()])
            pieces.append([_parted(reference) for reference in found["cells"].split(":")])
            end = found.end()
        return [*pieces, self.text[end:]]


def _parted(reference: str) -> tuple[str, str, str, str]:
    found = _REFERENCE.fullmatch(reference)
    assert found is not None
    fixed_col, letters, fixed_row, digits = found.groups()
    # The `$` of a whole row stands where that of a column would.
    return (fixed_col, letters, fixed_row, digits) if letters else ("", "", fixed_col or fixed_row, digits)


def _moved(fixed_col: str, letters: str, fixed_row: str, digits: str, down: int, right: int) -> str:
    if letters and not fixed_col:
        col = column_number(letters) + right
        if not 0 < col <= MAX_COL:
            return _GONE
        letters = column_letters(col)
    if digits and not fixed_row:
        row = int(digits) + down
        if not 0 < row <= MAX_ROW:
            return _GONE
        digits = str(row)
    return f"{fixed_col}{letters}{fixed_row}{digits}"
