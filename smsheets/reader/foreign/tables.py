"""A sheet that we did not make, line by line: headings (again and again), titles, rows of data.

A title may say the week, month, day or channel of the rows below it. Nothing is found by its position.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from itertools import pairwise

import msgspec

from smsheets.cells import MAX_COL
from smsheets.plan.record import group_by
from smsheets.reader.file.source_cells import SourceCell, SourceSheet, holds
from smsheets.reader.foreign.amounts import amount_headings
from smsheets.reader.foreign.calendar_words import (
    Month,
    WeekTitle,
    day_named,
    month_in,
    month_named,
    week_in,
    weekday_of,
)
from smsheets.reader.foreign.headings import (
    Heading,
    Known,
    days_across,
    is_total,
    platform_in,
    platform_words,
    read_across,
    read_headings,
    short_label,
    side_by_side,
)
from smsheets.reader.values.words import is_end_text, is_placeholder

_ENOUGH_IN_DATA = 0.6  # of a row's cells: below other headings a row is data unless most of it is headings
_SAME_HEADINGS = 0.6  # of a row's cells, for headings that are repeated
_ENOUGH_ALIKE = 6  # rows: two tables of one length are no accident any more
_LOOKED_BACK = 50  # rows, to see what a column holds
_NAMELESS = 2  # values below no heading: one may be a remark
_MOST_IN_TITLE = 6  # cells; a title and a few facts beside it


@dataclass(frozen=True, slots=True)
class Block:
    """One row of headings (or two) and what they are for."""

    sheet: str
    row: int
    headings: tuple[Heading, ...]

    @property
    def place(self) -> tuple[int, int]:
        """Where it begins: row and column of its first heading."""
        return self.row, min(heading.col for heading in self.headings)

    @property
    def labels(self) -> set[str]:
        """The labels of its headings."""
        return {heading.label for heading in self.headings}

    @property
    def across(self) -> list[Heading]:
        """The headings that run across."""
        return [heading for heading in self.headings if heading.across is not None]


@dataclass(frozen=True, slots=True)
class Context:
    """The facts from titles and sections above some row, with the cell each is in."""

    month: Month | None = None
    week: WeekTitle | None = None
    day: str = ""
    channel: str = ""
    section: str = ""
    year: int = 0


@dataclass(frozen=True, slots=True)
class DataLine:
    """A row of data under a block's headings, with the context it is in; `total`: it adds others up."""

    block: Block
    row: int
    cells: Mapping[int, SourceCell]
    context: Context
    total: bool = False


@dataclass
class ForeignSheet:
    """A sheet as it was read.

    Attributes:
        titles: Cells of titles and sections that said something about the rows below.
    """

    sheet: SourceSheet
    blocks: list[Block] = field(default_factory=list)
    lines: list[DataLine] = field(default_factory=list)
    titles: list[SourceCell] = field(default_factory=list)

    def filled_blocks(self) -> list[tuple[Block, list[DataLine]]]:
        """Every block with its rows, totals left out."""
        lines = group_by(self.lines, lambda line: None if line.total else id(line.block))
        return [(block, lines.get(id(block), [])) for block in self.blocks]


def read_sheet(
    sheet: SourceSheet,
    known: Known,
    skipped: frozenset[tuple[int, int]] = frozenset(),
    most_cells: int = 0,
    given: frozenset[str] = frozenset(),
    *,
    monthly: bool = False,
) -> ForeignSheet:
    """Reads a sheet.

    Args:
        known: Whether a normalised text may be a heading.
        skipped: Places that are not looked at, because they belong to a month grid.
        most_cells: This many cells are looked at; 0 for all.
        given: Headings that the user names.
        monthly: Whether amounts by month are looked for, whose months may be numbers.
    """
    found = ForeignSheet(sheet)
    for lane in _lanes(sheet, known, skipped):
        lines = _Lines(lane, known, skipped, most_cells)
        lines.given, lines.monthly = given, monthly
        part = lines.read()
        found.blocks += part.blocks
        found.lines += part.lines
        found.titles += part.titles
    return found


def _lanes(sheet: SourceSheet, known: Known, skipped: frozenset[tuple[int, int]]) -> list[SourceSheet]:
    """The sheet, or its parts where tables that have nothing to do with each other are side by side.

    Empty columns part them. Cells that are alone in their row may be titles of all, so each part has them.
    """
    places = {place: cell for place, cell in sheet.cells.items() if place not in skipped and holds(cell)}
    in_row = Counter(row for row, _ in places)
    cols = sorted({col for row, col in places if in_row[row] > 1})
    starts = [col for left, col in pairwise(cols) if col > left + 1]
    if not starts:
        return [sheet]
    lanes: list[dict[tuple[int, int], SourceCell]] = [{}]
    for first, end in pairwise([0, *starts, MAX_COL + 1]):
        part = {place: cell for place, cell in places.items() if first <= place[1] < end and in_row[place[0]] > 1}
        if first and not _goes_on(lanes[-1], part, known):
            lanes.append({})
        lanes[-1].update(part)
    if len(lanes) == 1:
        return [sheet]
    alone = {place: cell for place, cell in places.items() if in_row[place[0]] == 1}
    return [msgspec.structs.replace(sheet, cells={**lane, **alone}) for lane in lanes]


def _goes_on(
    left: Mapping[tuple[int, int], SourceCell], right: Mapping[tuple[int, int], SourceCell], known: Known
) -> bool:
    """True if what is right of an empty column belongs to the rows that are left of it."""
    rows, more = ({row for row, _ in part} for part in (left, right))
    if not rows or not more or min(rows) != min(more) or not more <= rows:
        return not rows
    labels, others = (
        [short_label(cell.value) for (row, _), cell in part.items() if row == min(rows)] for part in (left, right)
    )
    if set(labels) & set(others) - {""} or 2 * sum(map(known, others)) < len(others):
        return False
    return more == rows and (len(others) == 1 or len(rows) >= _ENOUGH_ALIKE)


class _Lines:
    def __init__(self, sheet: SourceSheet, known: Known, skipped: frozenset[tuple[int, int]], most_cells: int) -> None:
        self.found = ForeignSheet(sheet)
        self.known = known
        self.rows: dict[int, list[SourceCell]] = {}
        room = most_cells or len(sheet.cells)
        for row, cells in sheet.rows():
            room -= len(cells)
            if room < 0:
                break
            kept = [cell for cell in cells if holds(cell) and (row, cell.col) not in skipped]
            kept = [cell for cell in kept if not is_end_text(cell.value)]  # a table of ours, copied as it is
            if kept:
                self.rows[row] = kept
        self.given: frozenset[str] = frozenset()
        self.monthly = False
        self.blocks: list[Block] = []
        self.active: dict[int, str] = {}
        self.first_data = 0
        month, channel = month_in(sheet.name), platform_in(short_label(sheet.name))
        self.context = Context(month=month, channel=channel, year=month.year if month is not None else 0)

    def read(self) -> ForeignSheet:
        done = 0
        for row in sorted(self.rows):
            if row <= done:
                continue
            headings = self._headings(row)
            if headings:
                self.blocks = [Block(self.found.sheet.name, row, part) for part in side_by_side(headings[0])]
                self.found.blocks += self.blocks
                self.active = {item.col: short_label(item.text) for item in headings[0]}
                done = row + headings[1]
                self.first_data = done + 1
            elif len(self.rows[row]) > 1 and self._is_of_another_table(row):
                self.blocks = []
            elif not self._title(row):
                self._data(row)
        self._name_the_nameless()
        return self.found

    def _headings(self, row: int) -> tuple[list[Heading], bool] | None:
        """The headings of a row, and whether the row below belongs to them."""
        cells = self.rows[row]
        has_texts = any(isinstance(cell.value, str) for cell in cells)
        if len(cells) < 2 or (not has_texts and not days_across(cells) and not self.monthly):
            return None
        named = any(short_label(cell.value) in self.given for cell in cells)
        if self.blocks and not named and not self._may_be_headings(row, cells):
            return None
        below = self.rows.get(row + 1, ())
        found = amount_headings(cells, below, self.known) if self.monthly else None
        return found or read_headings(cells, below, self.known, self.given)

    def _may_be_headings(self, row: int, cells: Sequence[SourceCell]) -> bool:
        """True if a row below other headings can be headings itself: the same again, or new ones after a gap."""
        labels = [short_label(cell.value) for cell in cells]
        same = sum(self.active.get(cell.col) == label for cell, label in zip(cells, labels, strict=True) if label)
        if same >= 2 and same >= _SAME_HEADINGS * len(cells):
            return True
        above = self.rows.get(row - 1)
        gap = above is None or (len(above) == 1 and (row - 2 not in self.rows or self._is_title(above[0])))
        if not gap:
            return False
        if len(read_across(cells)) >= _ENOUGH_IN_DATA * len(cells):
            return True
        matched = sum(1 for label in labels if label and self.known(label))
        named = sum(1 for label in labels if label in platform_words())
        return not named and matched >= max(2, _ENOUGH_IN_DATA * len(cells))

    def _is_of_another_table(self, row: int) -> bool:
        """True for words below a gap, where all rows above have days, figures or platforms in one of their columns."""
        cells = self.rows[row]
        words = [short_label(cell.value) for cell in cells]
        if not self.blocks or row - 1 in self.rows or not all(words) or any(map(_has_digit, words)):
            return False
        lines = [line.cells for line in self.found.lines[-_LOOKED_BACK:] if line.block in self.blocks]
        if len(cells) == 1 and len(lines) > 1 and all(len(line) > _NAMELESS for line in lines):
            return True  # a note below a table of many columns
        for cell, word in zip(cells, words, strict=True):
            above = [line[cell.col].value for line in lines if cell.col in line]
            platforms = word not in platform_words() and all(short_label(value) in platform_words() for value in above)
            figures = all(not isinstance(value, str) or _has_digit(value) for value in above)
            if (above and platforms) or (len(above) > 1 and figures and not is_placeholder(word)):
                return True
        return False

    def _is_title(self, cell: SourceCell) -> bool:
        return isinstance(cell.value, str) and cell in self.found.titles

    def _title(self, row: int) -> bool:
        """Takes what a title says; whether the row is nothing but a title."""
        cells = self.rows[row]
        inside = bool(self.blocks)
        if len(cells) > (1 if inside else _MOST_IN_TITLE):
            return not inside
        said = [cell for cell in cells if self._says(cell, inside)]
        self.found.titles += said
        if inside and not said:
            return self._section(row, cells[0])
        return bool(said) or not inside

    def _says(self, cell: SourceCell, inside: bool) -> bool:
        """Takes the week, month, day or channel that a cell says alone."""
        value = cell.value
        if isinstance(value, datetime | date):
            return self._says_date(cell, value, inside)
        if not isinstance(value, str):
            if not inside and isinstance(value, int | float) and 2000 < value < 2100 and value == int(value):
                self.context = replace(self.context, year=int(value))
                return True
            return False
        text = " ".join(value.split())
        week, month = week_in(text), month_named(text) if inside else month_in(text)
        label = short_label(text)
        channel = platform_words().get(label, "") if inside else platform_in(label)
        if week is not None:
            self.context = replace(self.context, week=week, day="", section="")
        elif month is not None:
            month = Month(month.year or self.context.year, month.month)
            self.context = replace(self.context, month=month, week=None, day="", section="", year=month.year)
        elif inside and self._names_day(text):
            self.context = replace(self.context, day=text)
        elif not channel:
            return False
        if channel:
            self.context = replace(self.context, channel=channel, section="")
        return True

    def _says_date(self, cell: SourceCell, value: date, inside: bool) -> bool:
        day = value.date() if isinstance(value, datetime) else value
        if not inside:
            self.context = replace(self.context, month=Month(day.year, day.month), year=day.year)
        elif len({heading.col for block in self.blocks for heading in block.headings}) < 2:
            return False
        else:
            self.context = replace(self.context, day=day.isoformat())
        return True

    def _names_day(self, text: str) -> bool:
        if any(not block.across and block.headings and "date" in block.labels for block in self.blocks):
            return False
        return weekday_of(text) is not None or (
            bool(re.search(r"\d", text)) and day_named(text, self.context.year or 2000, None) is not None
        )

    def _section(self, row: int, cell: SourceCell) -> bool:
        """Takes the title of a section: one text merged over columns, or alone in the first one above rows of data.

        Returns:
            Whether the row is such a title, or a note that is alone between empty rows.
        """
        if not isinstance(cell.value, str) or is_total(cell.value):
            return False
        first = min(block.place[1] for block in self.blocks)
        merged = any(
            row1 == row and col1 == cell.col and col2 - col1 >= 1 for row1, col1, _, col2 in self.found.sheet.merges
        )
        below = self.rows.get(row + 1, [])
        if not merged and cell.col == first and row - 1 not in self.rows and not below:
            return True
        sum_above = any(line.total and line.row == row - 1 for line in self.found.lines[-1:])
        begins = row - 1 not in self.rows or row == self.first_data or sum_above
        # Amounts have names beside them: below one section the next one needs no gap, and no second amount.
        among = self.monthly and bool(self.context.section) and bool(below) and len(self.rows.get(row - 1, ())) != 1
        begins = begins or among
        stands_out = begins or all(cell.col != other.col for other in below)
        if not merged and not (cell.col == first and len(below) > (1 if among else 2) and stands_out):
            return False
        self.context = replace(self.context, section=" ".join(cell.value.split()))
        self.found.titles.append(cell)
        return True

    def _data(self, row: int) -> None:
        if self._is_of_another_table(row):
            self.blocks = []
        for number, block in enumerate(self.blocks):
            first, last = block.place[1], max(heading.col for heading in block.headings)
            left = 0 if number == 0 else max(heading.col for heading in self.blocks[number - 1].headings) + 1
            right = last if number + 1 < len(self.blocks) else last + 1
            cells = {cell.col: cell for cell in self.rows[row] if max(left, first - 1) <= cell.col <= right}
            if any(heading.col in cells for heading in block.headings):
                self.found.lines.append(DataLine(block, row, cells, self.context, self._is_total(list(cells.values()))))

    def _is_total(self, cells: Sequence[SourceCell]) -> bool:
        """True for a row that adds others up; in a table of amounts also with a remark beside them."""
        if not cells or not isinstance(cells[0].value, str) or not is_total(cells[0].value):
            return False
        has_texts = any(isinstance(cell.value, str) and holds(cell) for cell in cells[1:])
        has_amounts = any(isinstance(cell.value, int | float) for cell in cells[1:])
        return not has_texts or (self.monthly and has_amounts)

    def _name_the_nameless(self) -> None:
        """Gives a heading without text to columns that hold data but no heading."""
        counts = Counter(
            (line.block.place, col)
            for line in self.found.lines
            for col in line.cells.keys() - {heading.col for heading in line.block.headings}
        )
        for line in self.found.lines:
            places = (cell.col for cell in line.cells.values() if short_label(cell.value) in platform_words())
            counts.update((line.block.place, col) for col in places)  # a platform is no remark
        renamed: dict[tuple[int, int], Block] = {}
        for block in self.found.blocks:
            here = block.place
            named = {heading.col for heading in block.headings}
            cols = [col for (place, col), count in counts.items() if place == here and count >= _NAMELESS]
            cols = [col for col in cols if col not in named]
            headings = (*block.headings, *(Heading(col, "", f"(column {col})") for col in cols))
            renamed[here] = replace(block, headings=tuple(sorted(headings, key=lambda heading: heading.col)))
        self.found.blocks = list(renamed.values())
        self.found.lines = [replace(line, block=renamed[line.block.place]) for line in self.found.lines]


def _has_digit(text: str) -> bool:
    return any(letter.isdigit() for letter in text)
