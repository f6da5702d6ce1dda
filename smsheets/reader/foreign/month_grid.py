"""Months drawn as a grid, in any workbook: a row of weekdays, and below it weeks of day numbers with texts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import cache
from itertools import count, pairwise

from smsheets.reader.file.source_cells import SourceCell, SourceSheet, holds
from smsheets.reader.foreign.calendar_words import Month, day_named, month_in, weekday_run, year_in
from smsheets.reader.foreign.headings import platform_words, short_label
from smsheets.reader.values.scope import plain
from smsheets.reader.values.words import any_of
from smsheets.spec.reference import words_for

_TITLE_ROWS = 12  # above the weekdays, where the month is named
_FEWEST_DAYS = 5  # a grid of working days
_WEEK = 7
_SHORTEST_MONTH = 28  # days


@dataclass(frozen=True, slots=True)
class GridEntry:
    """A text of a day.

    Attributes:
        day: None where nothing says the month.
        number: The day's number as it is in the grid.
        text: The cell's text without the number in front.
        label: What is left of the row: `Instagram`; None where nothing does.
    """

    cell: SourceCell
    day: date | None
    number: int
    text: str
    label: SourceCell | None = None


@dataclass(frozen=True)
class MonthGrid:
    """A grid: its row of weekdays, its entries, the cells that hold a day's number alone.

    Attributes:
        title: The cell that says the month, where it is not the sheet's name.
        cells: (row, column) of all cells that were understood, the title's left out.
    """

    sheet: str
    header: tuple[SourceCell, ...]
    entries: tuple[GridEntry, ...]
    numbers: tuple[SourceCell, ...]
    title: SourceCell | None
    cells: frozenset[tuple[int, int]]


@dataclass(frozen=True, slots=True)
class _Week:
    """A row of day numbers.

    Attributes:
        first_number: Of the first weekday, counted from the month's first: 0 is the day before it.
        first_day: The first weekday's date, where there are dates.
        days: The weekdays that have a number.
    """

    row: int
    first_number: int
    first_day: date | None
    days: frozenset[int]


def find_grids(sheet: SourceSheet, near: int = 0) -> list[MonthGrid]:
    """The month grids of a sheet, from the top.

    Args:
        near: The year to look around for one whose weekdays fit, where there is none; 0 leaves days without a date.
    """
    headers = [(row, run) for row, cells in sheet.rows() for run in _weekday_runs(cells)]
    grids = []
    for number, (row, run) in enumerate(headers):
        cols, later = {cell.col for cell in run}, headers[number + 1 :]
        below = [other for other, cells in later if other > row and cols & {cell.col for cell in cells}]
        grid = _Reading(sheet, run, min(below, default=sheet.last_row + 1), near).grid()
        if grid is not None:
            grids.append(grid)
    return grids


def _weekday_runs(cells: Sequence[SourceCell]) -> Iterator[list[SourceCell]]:
    """The runs of five to seven weekdays that follow each other in a row."""
    named = [cell for cell in cells if cell.value is not None and cell.value != ""]
    start = 0
    while start + _FEWEST_DAYS <= len(named):
        best = 0
        for size in range(_FEWEST_DAYS, min(_WEEK, len(named) - start) + 1):
            labels = [short_label(cell.value) for cell in named[start : start + size]]
            if "" in labels or weekday_run(labels) is None:
                break
            best = size
        if best:
            yield named[start : start + best]
        start += best or 1


class _Reading:
    """One grid being read."""

    def __init__(self, sheet: SourceSheet, header: list[SourceCell], stop: int, near: int) -> None:
        self.sheet = sheet
        self.header = header
        self.row = header[0].row
        self.stop = stop
        self.near = near
        first = weekday_run([short_label(cell.value) for cell in header])
        assert first is not None
        self.first = first
        starts = [cell.col for cell in header]
        step = min(right - left for left, right in pairwise(starts))
        ends = [*(col - 1 for col in starts[1:]), starts[-1] + step - 1]
        self.column_of = {
            col: index
            for index, (left, right) in enumerate(zip(starts, ends, strict=True))
            for col in range(left, right + 1)
        }
        self.title, self.month = self._month()

    def _month(self) -> tuple[SourceCell | None, Month | None]:
        """The month of the nearest title above, else of the sheet's name; and where it is."""
        rows = range(self.row - 1, max(self.row - _TITLE_ROWS, 0), -1)
        cells = [cell for row in rows for cell in self.sheet.row(row)]
        over = [cell for cell in cells if cell.col in self.column_of or cell.col == min(self.column_of) - 1]
        dated = ((cell, found) for cell in (*over, *cells) if (found := _month_of(cell.value)) is not None)
        title, month = next(dated, (None, None))
        month = month or month_in(self.sheet.name)
        if month is not None and not month.year:
            years = {year for cell in cells if (year := _year_of(cell.value))}
            month = Month(years.pop() if len(years) == 1 else 0, month.month)
        return title, month

    def grid(self) -> MonthGrid | None:
        """The grid, or None where no day numbers are below the weekdays."""
        weeks = self._weeks()
        if len(weeks) < 2:
            return None
        month = self._with_year(weeks[0].first_number)
        last = self._last_row(weeks[-1].row)
        entries: list[GridEntry] = []
        numbers: list[SourceCell] = []
        for week, below in zip(weeks, [*(week.row for week in weeks[1:]), last + 1], strict=True):
            first_day = week.first_day or _first_day(month, week.first_number)
            for row in range(week.row, below):
                entries += self._entries(row, replace(week, first_day=first_day), numbers)
        used = {(cell.row, cell.col) for cell in (*self.header, *numbers)}
        used |= {(entry.cell.row, entry.cell.col) for entry in entries}
        used |= {(entry.label.row, entry.label.col) for entry in entries if entry.label is not None}
        return MonthGrid(
            self.sheet.name, tuple(self.header), tuple(entries), tuple(numbers), self.title, frozenset(used)
        )

    def _weeks(self) -> list[_Week]:
        """The rows of day numbers."""
        weeks: list[_Week] = []
        for row in range(self.row + 1, self.stop):
            found = self._days(row)
            if not found:
                continue
            dated = (day[2] - timedelta(days=index) for index, day in found.items() if day[2] is not None)
            first_day = next(dated, None)
            numbers = {index: day[0] for index, day in found.items()}
            first = self._first_number(weeks, numbers, first_day)
            if first is not None:
                weeks.append(_Week(row, first, first_day, frozenset(found)))
        return weeks

    def _first_number(self, weeks: Sequence[_Week], numbers: Mapping[int, int], first_day: date | None) -> int | None:
        """The number of a week's first day, counted on from the month's first; None for what is no week."""
        if not weeks:
            return _first_week(numbers)
        before = weeks[-1]
        expected = before.first_number + _WEEK
        if first_day is not None and before.first_day is not None:
            return expected if (first_day - before.first_day).days == _WEEK else None
        fitting = sum(_same_day(number, expected + index) for index, number in numbers.items())
        return expected if fitting and 2 * fitting >= len(numbers) else None

    def _days(self, row: int) -> dict[int, tuple[int, str, date | None]]:
        """Index of the weekday -> the number of its day, the text after it, its date; the first cell of each day."""
        found: dict[int, tuple[int, str, date | None]] = {}
        for cell in self._held(row):
            index = self.column_of[cell.col]
            if index not in found and (day := _day_of(cell.value)) is not None:
                found[index] = day
        return found

    def _held(self, row: int) -> list[SourceCell]:
        """The cells of a row that hold something below the weekdays."""
        return [cell for cell in self.sheet.row(row) if cell.col in self.column_of and holds(cell)]

    def _last_row(self, week: int) -> int:
        """The last row of the last week: down to the first empty one."""
        return next(row for row in count(week) if row + 1 >= self.stop or not self._held(row + 1))

    def _with_year(self, first_number: int) -> Month | None:
        """The month; where no year is anywhere, in the nearest one whose weekdays fit."""
        if self.month is None or self.month.year or not self.near:
            return self.month
        return Month(_fitting_year(self.month.month, first_number, self.first, self.near), self.month.month)

    def _entries(self, row: int, week: _Week, plain_days: list[SourceCell]) -> Iterator[GridEntry]:
        """The entries of a row; cells that hold a day's number alone are added to `plain_days`."""
        label = self.sheet.cells.get((row, min(self.column_of) - 1))
        if label is None or short_label(label.value) not in platform_words():
            label = None
        numbered: set[int] = set()
        for cell in self._held(row):
            index = self.column_of[cell.col]
            counted = week.first_number + index
            day = _day_of(cell.value) if row == week.row and index not in numbered else None
            numbered.add(index)
            if day is not None and (day[2] is not None or _same_day(day[0], counted)):
                if not day[1]:
                    plain_days.append(cell)
                    continue
            elif index not in week.days and not 1 <= counted <= _SHORTEST_MONTH:
                continue  # a note beside the month, below no day
            else:
                day = None
            stamp = week.first_day + timedelta(days=index) if week.first_day is not None else None
            number = stamp.day if stamp is not None else counted if counted >= 1 else counted + 31
            yield GridEntry(cell, stamp, number, day[1] if day is not None else plain(cell.value).strip(), label)


def _first_day(month: Month | None, number: int) -> date | None:
    """The day with a number counted from a month's first."""
    if month is None or not month.year:
        return None
    return date(month.year, month.month, 1) + timedelta(days=number - 1)


def _month_of(value: object) -> Month | None:
    if isinstance(value, datetime | date):
        return Month(value.year, value.month)
    return month_in(value) if isinstance(value, str) else None


def _year_of(value: object) -> int:
    if isinstance(value, int | float) and not isinstance(value, bool):
        return int(value) if 2000 < value < 2100 and value == int(value) else 0
    month = _month_of(value)
    return month.year if month is not None else year_in(value) if isinstance(value, str) else 0


@cache
def _day_text() -> re.Pattern[str]:
    """The number of a day, with a text behind it."""
    return re.compile(
        rf"(?P<number>\d{{1,2}})(?:(?:{any_of(words_for('day_endings'))}|[.)º°])?"
        r"(?:(?:\s+[-–|]|[:,])?\s+(?P<text>\S.*))?|[.)]\s*(?P<tight>[^\W\d].*))",
        re.DOTALL,
    )


def _day_of(value: object) -> tuple[int, str, date | None] | None:
    """A cell as the number of a day, the text after it, and the date it holds: `5`, `5.`, `5. Reel`, a date."""
    if isinstance(value, datetime):
        value = value.date()
    if isinstance(value, date):
        return value.day, "", value
    if isinstance(value, int | float) and not isinstance(value, bool):
        return (int(value), "", None) if value == int(value) and 1 <= value <= 31 else None
    if not isinstance(value, str):
        return None
    text = value.strip()
    if found := _day_text().fullmatch(text):
        number = int(found["number"])
        return (number, (found["text"] or found["tight"] or "").strip(), None) if 1 <= number <= 31 else None
    first, _, rest = text.partition("\n")
    named = day_named(first, 2000, None) if len(first) < 20 and re.search(r"\d", first) else None
    return (named.day, rest.strip(), None) if named is not None else None


def _first_week(found: Mapping[int, int]) -> int | None:
    """The number that the first column of the first week has or would have (0 or less before the month's first day)."""
    ones = [index for index, number in found.items() if number == 1]
    if ones:
        first = 1 - ones[0]
    else:
        first = min(number - index for index, number in found.items())
        if len(found) == 1 or first < 1 - _WEEK:
            return None
    fitting = sum(_same_day(number, first + index) for index, number in found.items())
    return first if fitting == len(found) and (len(found) > 1 or ones) else None


def _same_day(number: int, counted: int) -> bool:
    """True if a grid may show this number for a day counted from the month's first, days around the month too."""
    if counted < 1:
        return number - counted in (28, 29, 30, 31)
    return number == counted or counted - number in (28, 29, 30, 31)


def _fitting_year(month: int, first: int, weekday: int, near: int) -> int:
    """The year nearest to another whose month begins so that day number `first` is this weekday."""
    for offset in (0, 1, -1, 2, -2, 3, -3, 4, 5, 6):
        if (date(near + offset, month, 1) + timedelta(days=first - 1)).weekday() == weekday:
            return near + offset
    return near
