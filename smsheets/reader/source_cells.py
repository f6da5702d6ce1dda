"""What stands in the cells of a file: values, formulas and their cached results, sheet by sheet.

The types that the parts of a workbook are read into, and texts with the escapes of the file undone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime, time
from functools import cached_property

import msgspec

_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")


class ErrorValue(msgspec.Struct, frozen=True):
    """What a spreadsheet shows where a formula failed: `#DIV/0!`."""

    text: str

    def __str__(self) -> str:
        return self.text


_ERROR_WORDS = (
    *("#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!", "#SPILL!", "#CALC!", "#ERROR!"),
    *("#GETTING_DATA", "#FIELD!", "#BLOCKED!", "#CONNECT!", "#UNKNOWN!", "#BUSY!"),
)
ERRORS = {word: ErrorValue(word) for word in _ERROR_WORDS}

CellValue = str | float | int | bool | datetime | date | time | ErrorValue | None


class SourceCell(msgspec.Struct, frozen=True, gc=False):
    """One cell with a value or a formula. `row` and `col` count from 1.

    `formula` is its text without `=`; `""` where it shares the formula of another cell; None for a constant.
    `has_cached` is true for a formula that was calculated; a formula that was not has the value None.
    """

    row: int
    col: int
    value: CellValue
    formula: str | None = None
    has_cached: bool = False

    @property
    def is_formula(self) -> bool:
        """Whether a program computes the value."""
        return self.formula is not None


class SourceSheet(msgspec.Struct, frozen=True, dict=True):
    """One worksheet. `cells` are keyed by (row, col) from 1; `merges` are (row1, col1, row2, col2), all inside."""

    name: str
    state: str
    cells: dict[tuple[int, int], SourceCell]
    merges: tuple[tuple[int, int, int, int], ...] = ()

    @cached_property
    def _rows(self) -> dict[int, list[SourceCell]]:
        rows: dict[int, list[SourceCell]] = {}
        for place in sorted(self.cells):
            rows.setdefault(place[0], []).append(self.cells[place])
        return rows

    @cached_property
    def last_row(self) -> int:
        """The last row that holds a value, 0 where none does. A formula that shows nothing is no value."""
        return max((cell.row for cell in self.cells.values() if cell.value is not None and cell.value != ""), default=0)

    def row(self, row: int) -> list[SourceCell]:
        """The cells of one row from left to right."""
        return self._rows.get(row, [])

    def rows(self) -> Iterator[tuple[int, list[SourceCell]]]:
        """The rows that hold cells, from the top."""
        yield from self._rows.items()


def text_value(text: str) -> str | ErrorValue:
    """A text with its `_x000D_` escapes undone; an error's name is an error."""
    if "_x" in text:
        text = _ESCAPE.sub(lambda found: chr(int(found[1], 16)), text)
        # Two escapes may be the halves of one character; a half alone cannot be printed.
        text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    if text[:1] == "#":
        return ERRORS.get(text, text)
    return text
