"""A workbook as a person sees it in a spreadsheet program, and what such a program does to it.

Everything is frozen: an edit gives a new sheet, and what it did not touch is shared, so that thousands of edited
workbooks cost little. Formulas keep the text and the cached result they had before an edit, as in a file that was
saved without being calculated: the reader goes by what cells show, and not by the formulas' text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time
from functools import cached_property

from smsheets.cells import column_letters, quote_sheet

Place = tuple[int, int]
"""(row, column), both from 1."""

Span = tuple[int, int, int, int]
"""First row, first column, last row, last column, all inside."""


@dataclass(frozen=True, slots=True)
class ErrorText:
    """What a cell shows where a formula failed."""

    text: str


Content = str | int | float | bool | date | datetime | time | ErrorText | None


@dataclass(frozen=True, slots=True)
class Mark:
    """Which cell of the template this was, wherever it stands now.

    Attributes:
        block: The table's or form's id.
        role: `data`, `spare`, `computed`, `header`, `total`, `title` or `end` of a table; `value`, `label`, `hint`
            of a form; `remark`: text of a person's own in a table's columns. Whether it is a record, only that person
            knows: it may be read as it stands, or not at all.
        key: Column key (`planned#3`) or field id.
        accept: The values that may be read for what the cell shows; none of them: a problem must name the cell.
            None where nothing that a person filled in stands here.
        record: Tells records apart: the row it stood in.
    """

    block: str
    role: str
    key: str = ""
    accept: tuple[object, ...] | None = None
    record: int = 0


@dataclass(frozen=True)
class Cell:
    """One cell. A formula has the value it shows, or None where it was never calculated.

    Attributes:
        typed: Whether an edit changed what the cell shows.
    """

    value: Content = None
    formula: str | None = None
    mark: Mark | None = None
    typed: bool = False

    def now(self, value: Content, *accept: object, formula: str | None = None) -> Cell:
        """The cell with something else typed into it."""
        mark = self.mark
        if mark is not None:
            mark = replace(mark, accept=accept if mark.role in ("data", "value") else mark.accept)
        return Cell(value, formula, mark, typed=True)

    @property
    def filled(self) -> bool:
        """Whether what a person filled in stands here."""
        return self.mark is not None and self.mark.accept is not None


@dataclass(frozen=True)
class Sheet:
    """One sheet."""

    name: str
    cells: Mapping[Place, Cell]
    state: str = "visible"
    merges: tuple[Span, ...] = ()
    hidden_rows: frozenset[int] = frozenset()
    hidden_cols: frozenset[int] = frozenset()

    @cached_property
    def size(self) -> Place:
        """The last row and the last column with a cell."""
        return max((row for row, _ in self.cells), default=1), max((col for _, col in self.cells), default=1)

    @cached_property
    def by_row(self) -> Mapping[int, Mapping[int, Cell]]:
        """Row -> column -> cell."""
        rows: dict[int, dict[int, Cell]] = {}
        for (row, col), cell in self.cells.items():
            rows.setdefault(row, {})[col] = cell
        return rows

    def put(self, cells: Mapping[Place, Cell | None]) -> Sheet:
        """With other cells in some places; None clears one."""
        together = {place: cell for place, cell in {**self.cells, **cells}.items() if cell is not None}
        return replace(self, cells=together)

    def moved(self, move: Callable[[int, int], Place | None]) -> Sheet:
        """With each cell where `move` puts it, or gone."""
        cells = {}
        for place, cell in self.cells.items():
            there = move(*place)
            if there is not None:
                cells[there] = cell
        return replace(self, cells=cells)

    def touches_merge(self, first: int, last: int, axis: int = 0) -> bool:
        """Whether a merged range has a part in these rows (`axis` 0) or columns (1)."""
        return any(span[axis] <= last and span[axis + 2] >= first for span in self.merges)

    def merge_at(self, row: int, col: int) -> Span | None:
        """The merged range a place is in."""
        return next((s for s in self.merges if s[0] <= row <= s[2] and s[1] <= col <= s[3]), None)

    def shifted(self, axis: int, at: int, count: int) -> Sheet:
        """With rows (`axis` 0) or columns (1) inserted before `at`, or, where `count` is negative, deleted from it."""

        def line(number: int) -> int | None:
            return _line(number, at, count)

        cells: dict[Place, Cell] = {}
        for (row, col), cell in self.cells.items():
            there = line(row if axis == 0 else col)
            if there is not None:
                cells[(there, col) if axis == 0 else (row, there)] = cell
        merges = [_span(span, axis, at, count) for span in self.merges]
        hidden = [
            frozenset(new for old in lines if (new := line(old))) for lines in (self.hidden_rows, self.hidden_cols)
        ]
        return replace(
            self,
            cells=cells,
            merges=tuple(span for span in merges if span is not None),
            hidden_rows=hidden[0] if axis == 0 else self.hidden_rows,
            hidden_cols=hidden[1] if axis == 1 else self.hidden_cols,
        )


def _line(number: int, at: int, count: int) -> int | None:
    """Where a row or column goes; None where it is deleted."""
    if number < at:
        return number
    if count >= 0:
        return number + count
    return None if number < at - count else number + count


def _span(span: Span, axis: int, at: int, count: int) -> Span | None:
    """A range after rows or columns were inserted in it, or deleted from it."""
    first, last = span[axis], span[axis + 2]
    if count >= 0:
        ends = (first + count if first >= at else first, last + count if last >= at else last)
    else:
        left = [new for old in range(first, last + 1) if (new := _line(old, at, count)) is not None]
        if not left:
            return None
        ends = (left[0], left[-1])
    whole = list(span)
    whole[axis], whole[axis + 2] = ends
    rows, cols = whole[2] - whole[0], whole[3] - whole[1]
    return (whole[0], whole[1], whole[2], whole[3]) if rows or cols else None


_RANGE = re.compile(r"^('(?:[^']|'')+'|[^'!]+)!\$?([A-Z]+)\$?(\d+)(?::\$?([A-Z]+)\$?(\d+))?$")


@dataclass(frozen=True)
class Book:
    """A workbook: its sheets in order, the names of its ranges, its document properties."""

    sheets: tuple[Sheet, ...]
    names: Mapping[str, str] = field(default_factory=dict)
    properties: Mapping[str, str] = field(default_factory=dict)

    def find(self, name: str) -> Sheet:
        """The sheet of this name."""
        return next(sheet for sheet in self.sheets if sheet.name == name)

    def has(self, name: str) -> bool:
        """Whether there is a sheet of this name; spreadsheet programs do not look at the case."""
        return any(sheet.name.casefold() == name.casefold() for sheet in self.sheets)

    def with_sheet(self, sheet: Sheet) -> Book:
        """With another sheet in the place of the one with the same name."""
        return replace(self, sheets=tuple(sheet if item.name == sheet.name else item for item in self.sheets))

    def put(self, sheet: str, cells: Mapping[Place, Cell | None]) -> Book:
        """With other cells on a sheet."""
        return self.with_sheet(self.find(sheet).put(cells))

    def shifted(self, sheet: str, axis: int, at: int, count: int) -> Book:
        """With rows or columns inserted or deleted; ranges with a name move along."""
        names = {name: _shift_range(text, sheet, axis, at, count) for name, text in self.names.items()}
        return replace(self.with_sheet(self.find(sheet).shifted(axis, at, count)), names=names)

    def renamed(self, old: str, new: str) -> Book:
        """With another name on a tab."""
        sheets = tuple(replace(item, name=new) if item.name == old else item for item in self.sheets)
        names = {name: _rename_range(text, old, new) for name, text in self.names.items()}
        return replace(self, sheets=sheets, names=names)

    def without(self, sheet: str) -> Book:
        """Without a sheet; the names of its ranges lead nowhere."""
        gone = quote_sheet(sheet) + "!"
        names = {name: "#REF!" if text.startswith(gone) else text for name, text in self.names.items()}
        return replace(self, sheets=tuple(item for item in self.sheets if item.name != sheet), names=names)

    def added(self, sheet: Sheet, at: int | None = None) -> Book:
        """With one more sheet, at the end or at a place from 0."""
        at = len(self.sheets) if at is None else at
        return replace(self, sheets=(*self.sheets[:at], sheet, *self.sheets[at:]))


def _shift_range(text: str, sheet: str, axis: int, at: int, count: int) -> str:
    found = _RANGE.match(text)
    if found is None or found[1] != quote_sheet(sheet):
        return text
    first = int(found[3]), _number(found[2])
    last = (int(found[5]), _number(found[4])) if found[4] else first
    span = _span((*first, last[0] + 1, last[1] + 1), axis, at, count)
    if span is None:
        return "#REF!"
    letters = column_letters(span[1]), column_letters(max(span[3] - 1, span[1]))
    return f"{found[1]}!${letters[0]}${span[0]}:${letters[1]}${max(span[2] - 1, span[0])}"


def _rename_range(text: str, old: str, new: str) -> str:
    lead = quote_sheet(old) + "!"
    return quote_sheet(new) + "!" + text[len(lead) :] if text.startswith(lead) else text


def _number(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def texts(lines: Iterable[tuple[int, int, Content]], mark: Mark | None = None) -> dict[Place, Cell]:
    """Cells of one's own from (row, column, value)."""
    return {(row, col): Cell(value, None, mark, typed=True) for row, col, value in lines}


REMARK = Mark("", "remark")
