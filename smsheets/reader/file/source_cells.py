"""The cells of a file: values, formulas (shared ones written out) and their cached results, sheet by sheet.

A cell far away may share a long formula with a million others, so its text is made when somebody asks for it. Here are
the types that the parts of a workbook are read into, and texts with the escapes of the file undone.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from datetime import date, datetime, time
from functools import cached_property
from typing import NamedTuple

import msgspec

from smsheets.cells import MAX_COL, MAX_ROW, Area, column_letters, column_number

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
    # The `$` of a whole row is where that of a column would.
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


LONGEST_TEXT = 100_000
"""Characters. Excel's cells hold 32,767, those of Google Sheets 50,000."""
TOO_LONG = "is longer than a cell can hold"

_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")


class ErrorValue(msgspec.Struct, frozen=True):
    """The word a spreadsheet shows where a formula failed: `#DIV/0!`."""

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

    `written` is its formula as the file has it, perhaps shared with other cells; None for a constant.
    `has_cached` is true for a formula that was calculated; a formula that was not has the value None.
    `number_format` is its code, `""` for General.
    """

    row: int
    col: int
    value: CellValue
    written: str | SharedFormula | None = None
    has_cached: bool = False
    number_format: str = ""

    @property
    def formula(self) -> str | None:
        """Its text without `=`; `""` where an array formula or a data table of another cell fills this one."""
        written = self.written
        return written.at(self.row, self.col) if isinstance(written, SharedFormula) else written

    @property
    def is_formula(self) -> bool:
        """True if a program computes the value."""
        return self.written is not None


class Validation(msgspec.Struct, frozen=True, gc=False):
    """A rule for what may be typed into cells.

    `kind` is `list`, `decimal`, `date`, ...; `ranges` are separated by spaces; `first` is the formula, or the list:
    a range, a name, or its words in quotes (`"yes,no"`); `second` is for rules that need two.
    """

    kind: str
    ranges: str
    first: str = ""
    second: str = ""


def holds(cell: SourceCell) -> bool:
    """True if a cell shows something, or holds a formula that was never calculated."""
    if cell.value is None:
        return cell.is_formula and not cell.has_cached
    return not (isinstance(cell.value, str) and not cell.value.strip())


class SourceSheet(msgspec.Struct, frozen=True, dict=True):
    """One worksheet. `cells` are keyed by (row, col) from 1; `merges` are (row1, col1, row2, col2), all inside.

    `names` are the defined names that hold on this sheet only; `cell_notes` are the notes on cells, by (row, col).
    """

    name: str
    state: str
    cells: dict[tuple[int, int], SourceCell]
    merges: tuple[Area, ...] = ()
    validations: tuple[Validation, ...] = ()
    names: dict[str, str] = {}
    cell_notes: dict[tuple[int, int], str] = {}

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


_MOST_ROWS = 200
"""A range merged over more rows than these is named in as many rows: nobody needs a longer list."""

_MOST_CELLS = 20_000
"""No table of people's own has this many hidden cells; ranges of a broken file may lie on top of each other."""


class Merge(NamedTuple):
    """A merged range, all four inside."""

    row: int
    col: int
    last_row: int
    last_col: int

    def __str__(self) -> str:
        return f"{column_letters(self.col)}{self.row}:{column_letters(self.last_col)}{self.last_row}"


def hidden_cells(
    merges: Collection[tuple[int, int, int, int]], columns: Collection[int], first_row: int, last_row: int
) -> dict[tuple[int, int], Merge]:
    """The cells of these columns and rows that lie under a merged range, each with that range."""
    hidden: dict[tuple[int, int], Merge] = {}
    seen = 0
    for merge in (Merge(*corners) for corners in merges):
        for place in _covered(merge, columns, first_row, last_row):
            hidden[place] = merge
            seen += 1
        if seen > _MOST_CELLS:
            break
    return hidden


def _covered(merge: Merge, columns: Collection[int], first_row: int, last_row: int) -> Iterator[tuple[int, int]]:
    inside = sorted(col for col in columns if merge.col <= col <= merge.last_col)
    top = max(merge.row, first_row)
    if not inside:
        return
    for row in range(top, min(merge.last_row, last_row, top + _MOST_ROWS - 1) + 1):
        yield from ((row, col) for col in inside if (row, col) != (merge.row, merge.col))


def text_value(text: str) -> str | ErrorValue:
    """A text with its `_x000D_` escapes undone; an error's name is an error."""
    if "_x" in text:
        text = _ESCAPE.sub(lambda found: chr(int(found[1], 16)), text)
        # Two escapes may be the halves of one character; a half alone cannot be printed.
        text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    if text[:1] == "#":
        return ERRORS.get(text, text)
    return text
