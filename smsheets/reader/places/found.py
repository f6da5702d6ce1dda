"""The tables and forms of a template as they were found in a user's file, with their rows and merged cells."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TypeGuard

from smsheets.cells import MAX_ROW, adds_up_column
from smsheets.layout.placed import PlacedForm, PlacedTable
from smsheets.reader.file.source_cells import CellValue, Merge, SourceCell, SourceSheet, hidden_cells, holds
from smsheets.reader.places.labels import total_pattern
from smsheets.reader.values.words import is_end_text, normal_label

UNIT = re.compile(r"\(.*\)|\[.*\]")
"""A second line of headings: `(EUR)`."""
_TITLE_ROWS = 2  # above the headings: title and totals
_FEWEST = 2  # one cell may say the same as a heading by chance
_SURELY = 4
"""This many headings in a row are no record, in the widest table."""
_LONGEST_RANGE = 90_000
"""Rows that formulas name; a longer range is nothing that a template made."""
_CENT = 0.005  # a sum of amounts that were rounded to cents is right to half of one
_WIDE = 3
"""A text merged over this many input cells parts the rows from each other; it is none of them."""


@dataclass(frozen=True, slots=True)
class TableRows:
    """The rows of a table by what they are; blank rows, and headings repeated, are nothing.

    Attributes:
        records: Rows that hold an input.
        totals: A person's own rows of totals: nothing but a word for a total and numbers.
        strays: Row -> the only cell in it, a text that makes no record.
        headings: Rows that repeat the headings, each below its own.
        headings_again: The first row with the table's headings in another order, or 0; nothing from there on is read.
        hidden: Input cells that lie under a merged range which shows a value elsewhere.
        ends: Cells with the words of the end row: those alone make no record, and are no value of one.
    """

    records: tuple[int, ...]
    totals: Mapping[int, SourceCell] = field(default_factory=dict)
    strays: Mapping[int, SourceCell] = field(default_factory=dict)
    headings: tuple[int, ...] = ()
    headings_again: int = 0
    hidden: Mapping[tuple[int, int], Merge] = field(default_factory=dict)
    ends: frozenset[tuple[int, int]] = frozenset()


def sort_rows(table: FoundTable) -> TableRows:
    """The rows below a table's headings, by kind."""
    sorting = _Sorting(table)
    records: list[int] = []
    totals: dict[int, SourceCell] = {}
    strays: dict[int, SourceCell] = {}
    repeated: list[int] = []
    again = 0
    for row in sorted({*sorting.inputs, *sorting.ids}):
        cells = sorted(sorting.inputs.get(row, ()), key=lambda cell: cell.col)
        headings = sorting.headings(row)
        if headings:
            # What is above a table's headings was copied along: its title, its totals.
            records = [other for other in records if not sorting.is_copied_total(other, row, headings)]
        if headings == "others":
            again = row
            break
        if headings == "same":
            repeated.append(row)
        elif total := sorting.total(row, cells):
            totals[row] = total
            sorting.add_up([cell for cell in cells if not cell.is_formula and not sorting.is_sum(cell)])
        elif stray := sorting.stray(row, cells):
            strays[row] = stray
        elif cells or sorting.is_record_beside(row):
            records.append(row)
            sorting.add_up(cells)
    return TableRows(tuple(records), totals, strays, tuple(repeated), again, sorting.hidden, frozenset(sorting.ends))


class _Sorting:
    """The cells of one table's rows that hold something, and what they say of their row."""

    def __init__(self, table: FoundTable) -> None:
        spec = table.placed.spec
        self.prefix = spec.prefix
        self.sheet = table.sheet.name
        self.is_added_up = any(column.total for column in spec.columns)
        self.choices = {col for key, col in table.columns.items() if table.placed.by_key[key].spec.choices is not None}
        self.id_col = table.columns.get(spec.columns[0].id) if spec.prefix else None
        self.columns = {
            table.columns[column.key]
            for column in table.placed.columns
            if column.spec.formula is None and column.key in table.columns
        }
        cells = table.sheet.cells
        header = table.header_row
        self.hidden = _hidden(table, self.columns)
        self.sums: dict[int, tuple[int, float]] = {}
        self.covered = Counter(merge[:2] for place, merge in self.hidden.items() if place[0] == merge.row)
        self.inputs: dict[int, list[SourceCell]] = {}
        self.ids: dict[int, SourceCell] = {}
        self.beside: dict[int, list[SourceCell]] = {}
        self.ends: set[tuple[int, int]] = set()
        ours = set(table.columns.values())
        gone = (c for c in table.placed.columns if c.spec.formula is None and c.key not in table.columns)
        self.lacks_columns = any(column.spec.id not in table.not_made for column in gone)
        self.unread: set[int] = set()
        near = set(range(max(1, min(ours) - len(table.placed.columns)), max(ours))) - ours | table.strange.keys()
        near -= set(table.doubled.get(table.placed.columns[0].key, ()))  # ids that were copied make no record
        for (row, col), cell in cells.items():
            if row <= header or (table.stop and row >= table.stop) or not holds(cell):
                continue
            if col in near and isinstance(cell.value, str):
                self.beside.setdefault(row, []).append(cell)
            if col in near and self.lacks_columns and not cell.is_formula and cell.value != 0:
                self.unread.add(row)
            if col in self.columns and (row, col) not in self.hidden:
                if is_end_text(cell.value):
                    self.ends.add((row, col))
                elif col == self.id_col:
                    self.ids[row] = cell
                else:
                    self.inputs.setdefault(row, []).append(cell)
        self._drop_changed_words(table)
        texts = {col: cells[header, col].value for col in table.columns.values() if (header, col) in cells}
        self.heads = {col: normal_label(text) for col, text in texts.items() if isinstance(text, str)}
        self.labels = set(self.heads.values())
        self.mapped = table.mapped
        self.names: dict[int, set[str]] = {}
        for text, key in table.names.items():
            self.names.setdefault(table.columns.get(key, 0), set()).add(text)
        placed = table.placed
        self.above_headings = placed.header_row - placed.total_row if placed.total_row is not None else 0
        self.summed = table.summed
        inputs = len(self.columns & self.heads.keys())
        over = (cells.get((header - up, min(table.columns.values()))) for up in range(1, _TITLE_ROWS + 1))
        self.above = {normal_label(cell.value) for cell in over if cell is not None and isinstance(cell.value, str)}
        self.enough = max(_FEWEST, min(inputs // 2, _SURELY))

    def _drop_changed_words(self, table: FoundTable) -> None:
        """The end row is known by its place, too: somebody may write other words into it."""
        row, col = table.end_row, table.columns.get(table.placed.end_column.key)
        alone = [cell for cell in (*self.inputs.get(row, ()), self.ids.get(row)) if cell is not None]
        if len(alone) == 1 and alone[0].col == col and isinstance(alone[0].value, str) and not self._is_id(alone[0]):
            self.inputs.pop(row, None)
            self.ids.pop(row, None)

    def headings(self, row: int) -> str:
        """True if a row repeats the headings: "same" where each is below its own, "others" where not."""
        head = self.ids.get(row)
        cells = [*self.inputs.get(row, ()), *([head] if head is not None and not self._is_id(head) else [])]
        if len(cells) == 1 and isinstance(cells[0].value, str):
            text = normal_label(cells[0].value)
            return "same" if text in self.above or text == self.heads.get(cells[0].col) else ""
        if len(cells) < _FEWEST:
            return ""
        found = {cell.col: normal_label(cell.value) for cell in cells if isinstance(cell.value, str)}
        if len(found) == len(cells) and all(
            self.heads.get(col) == text or text in self.names.get(col, ()) or UNIT.fullmatch(text)
            for col, text in found.items()
        ):
            return "same"
        # A value was pushed down into the row.
        own = {col for col, text in found.items() if self.heads.get(col) == text}
        moved = any(text in self.labels for col, text in found.items() if col not in own)
        if len(own) >= _FEWEST and not moved and (len(cells) - len(own) == 1 or self.id_col in own):
            return "same"
        if self.mapped:  # what is over such a table may be a record
            return ""
        ours = {col: text for col, text in found.items() if text in self.labels}
        same = all(self.heads.get(col) == text for col, text in ours.items())
        return "" if len(ours) < self.enough else "same" if same else "others"

    def is_copied_total(self, row: int, header: int, headings: str) -> bool:
        """True if a row right above headings that are there again is their row of totals, and no record."""
        if row != header - self.above_headings or row in self.ids:
            return False
        cells = self.inputs[row]
        shown = all(cell.is_formula or (headings == "others" and _is_number(cell)) for cell in cells)
        return shown and all(cell.col in self.summed for cell in cells)

    def total(self, row: int, cells: Sequence[SourceCell]) -> SourceCell | None:
        """The cell that makes a row a total of one's own: its word, or the first of nothing but sums."""
        words = [cell for cell in cells if not _is_number(cell)]
        head = self.ids.get(row)
        if head is not None and not self._is_id(head) and isinstance(head.value, str):
            words.insert(0, head)
        numbers = [cell for cell in cells if _is_number(cell)]
        if not numbers:
            return None
        sums = [cell for cell in numbers if adds_up_column(cell.formula or "", self.sheet, cell.row, cell.col)]
        if not words:
            beside = self.beside.get(row, ())  # the column of its word may have lost its heading
            said = next((cell for cell in beside if total_pattern().fullmatch(normal_label(str(cell.value)))), None)
            return said or (cells[0] if all(self.is_sum(cell) for cell in cells) else None)
        # In a table that nothing adds up, a row may well be the sum of others and have a name of its own.
        if sums and 2 * len(sums) >= len(numbers) and (self.is_added_up or len(words) == 1):
            return next((cell for cell in words if cell.col not in self.choices), words[0])
        if not isinstance(words[0].value, str):
            return None
        label = normal_label(words[0].value)
        if len(words) > 1:  # a value was pushed down into the row, beside its word in place of an id
            shown = [cell for cell in numbers if self.is_sum(cell)]
            return words[0] if words[0] is head and shown and total_pattern().fullmatch(label) else None
        # `Total followers` may be someone's own metric, unless sums are beside it.
        known = total_pattern().fullmatch(label) or (total_pattern().match(label) and sums)
        return words[0] if known else None

    def add_up(self, cells: Sequence[SourceCell]) -> None:
        """Adds numbers to the sums of their columns."""
        for cell in cells:
            if _is_plain_number(cell.value):
                count, total = self.sums.get(cell.col, (0, 0.0))
                self.sums[cell.col] = count + 1, total + cell.value

    def is_sum(self, cell: SourceCell) -> bool:
        """True if a cell sums up what is above it, or shows just that sum; one value alone is no sum."""
        if adds_up_column(cell.formula or "", self.sheet, cell.row, cell.col):
            return True
        count, total = self.sums.get(cell.col, (0, 0.0))
        return count >= _FEWEST and _is_plain_number(cell.value) and cell.value != 0 and abs(total - cell.value) < _CENT

    def stray(self, row: int, cells: Sequence[SourceCell]) -> SourceCell | None:
        """The text that is alone in a row and makes no record: in place of an id, or merged over many cells."""
        head = self.ids.get(row)
        alone = cells[0] if len(cells) == 1 else head if not cells else None
        if alone is None or not isinstance(alone.value, str):
            return None
        if self.covered.get((row, alone.col), 0) >= _WIDE:
            return alone
        return alone if not cells and (" " in alone.value.strip() or not re.search(r"\d", alone.value)) else None

    def is_record_beside(self, row: int) -> bool:
        """True if a row has an id, and what else was typed into it is in a column whose heading is not known."""
        return row in self.unread and row in self.ids and self._is_id(self.ids[row])

    def _is_id(self, cell: SourceCell) -> bool:
        return bool(re.fullmatch(rf"{self.prefix}\d+", str(cell.value).strip(), re.IGNORECASE))


def _hidden(table: FoundTable, columns: set[int]) -> dict[tuple[int, int], Merge]:
    """Input cells under merged ranges that show a value elsewhere, or had one themselves."""
    if not table.sheet.merges:
        return {}
    first, cells = table.header_row + 1, table.sheet.cells
    last = max(table.sheet.last_row, table.header_row + table.placed.rows)
    found = hidden_cells(table.sheet.merges, columns, first, min(last, table.stop - 1) if table.stop else last)
    shows = {merge for merge in found.values() if (cell := cells.get(merge[:2])) is not None and holds(cell)}
    shows |= {merge for place, merge in found.items() if place in cells and holds(cells[place])}
    return {place: merge for place, merge in found.items() if merge in shows}


def _is_number(cell: SourceCell) -> bool:
    return cell.is_formula or _is_plain_number(cell.value)


def _is_plain_number(value: CellValue) -> TypeGuard[int | float]:
    return isinstance(value, int | float) and not isinstance(value, bool)


@dataclass(frozen=True)
class FoundTable:
    """A table in a user's file.

    Attributes:
        columns: Column key (`planned#3`) -> column number.
        strange: Column number -> heading, for headings that are not ours.
        doubled: Column key -> further columns with the same heading.
        names: What its headings may be called in any language -> column key.
        stop: The first row that belongs to something else below, or 0.
        mapped: Its headings are not known; which column is which comes from the map of the workbook.
        not_made: The ids of the columns that the template did not have yet when the workbook was made.
        ranges: First and last row that the file's formulas name of its columns; None where none names any.
    """

    placed: PlacedTable
    sheet: SourceSheet
    header_row: int
    columns: Mapping[str, int]
    strange: Mapping[int, str] = field(default_factory=dict)
    doubled: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    names: Mapping[str, str] = field(default_factory=dict)
    stop: int = 0
    mapped: bool = False
    not_made: frozenset[str] = frozenset()
    ranges: tuple[int, int] | None = None

    @property
    def end_row(self) -> int:
        """The row that the ranges of the file's formulas end with, where they begin with the headings; or 0."""
        return self.ranges[1] if self.ranges is not None and self.ranges[0] == self.header_row else 0

    def may_have_range(self, first: int, last: int) -> bool:
        """True if a range of formulas over all rows may be these rows."""
        return self.header_row <= first <= last < min(self.stop or MAX_ROW, self.header_row + _LONGEST_RANGE)

    def is_counted(self, row: int) -> bool:
        """True if the ranges of the file's formulas have a row among their data rows, as far as they are known."""
        if self.ranges is None:
            return True
        first, last = self.ranges
        return first < row < last if self.end_row else first <= row <= last

    @property
    def summed(self) -> set[int]:
        """The columns that the row of totals above the headings has sums of."""
        columns = self.placed.columns
        return {self.columns[column.key] for column in columns if column.spec.total and column.key in self.columns}

    @cached_property
    def rows(self) -> TableRows:
        """The rows below the headings, by what they are."""
        return sort_rows(self)


def nearest(col: int, tables: Sequence[FoundTable]) -> FoundTable:
    """The table, of several with headings in one row, that a column is nearest to; the first one of those as near."""
    return min(tables, key=lambda table: min(abs(col - own) for own in table.columns.values()))


@dataclass(frozen=True)
class FoundForm:
    """A form in a user's file.

    Attributes:
        cells: Field id -> (row, value column).
        strange: Texts among the labels that are no label of ours.
        labels: Field id -> where its label is.
        again: Field id -> the other cells of the sheet that hold its label.
        mapped: Its labels are not known, its hints or its range name say where it is. not_made: As of a table.
    """

    placed: PlacedForm
    sheet: SourceSheet
    cells: Mapping[str, tuple[int, int]]
    strange: Mapping[tuple[int, int], str] = field(default_factory=dict)
    labels: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    again: Mapping[str, tuple[tuple[int, int], ...]] = field(default_factory=dict)
    mapped: bool = False
    not_made: frozenset[str] = frozenset()

    @cached_property
    def hidden(self) -> Mapping[tuple[int, int], Merge]:
        """Value cells that lie under a merged range which shows something else, or which hold a value there."""
        places, cells = set(self.cells.values()), self.sheet.cells
        if not self.sheet.merges:
            return {}
        found = hidden_cells(self.sheet.merges, {col for _, col in places}, min(places)[0], max(places)[0])
        return {
            place: merge
            for place, merge in found.items()
            if place in places and any(at in cells and holds(cells[at]) for at in (place, (merge.row, merge.col)))
        }


@dataclass(frozen=True)
class Found:
    """Everything of a template that was found in a file."""

    tables: Mapping[str, FoundTable]
    forms: Mapping[str, FoundForm]
    copies: tuple[FoundTable | FoundForm, ...] = ()
    """Tables and forms that look like one of these once more, on another sheet: nothing is read from there."""
    not_made: frozenset[str] = frozenset()
    """The ids of computed tables and of forms that the template did not have yet when the workbook was made."""
