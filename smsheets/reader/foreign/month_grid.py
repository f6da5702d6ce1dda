"""Months drawn as a grid, in any workbook: rows of weekdays, not all perhaps, and below weeks of numbers with texts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from itertools import pairwise

from smsheets.reader.file.source_cells import SourceCell, SourceSheet, holds
from smsheets.reader.foreign.calendar_words import (
    Month,
    day_of,
    may_name_weekday,
    month_after,
    month_in,
    month_named,
    week_in,
    weekdays_of,
    year_in,
)
from smsheets.reader.foreign.headings import platform_words, short_label
from smsheets.reader.values.scope import plain

_TITLE_ROWS = 12  # above the weekdays, where the month is named
_NEAR_TITLE = 4  # rows above further weekdays, where another month is named
_FEWEST_DAYS = 2  # weekdays: those of a plan for two days a week
_FEWEST_OF_ONE_WEEK = 3  # numbers that follow each other, where there is one week only
_WEEK = 7
_SHORTEST_MONTH = 28  # days
_MONTH = 30.44  # days on average
_MONTH_DIFFERS = 2.6  # days that some months together are longer or shorter than as many average ones


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
        numbers: The weekdays that have a number, and the number.
    """

    row: int
    first_number: int
    first_day: date | None
    numbers: Mapping[int, int]


@dataclass
class _Section:
    """The weeks of one month, and of those after it that are counted on; `title` says the month."""

    title: SourceCell | None
    month: Month | None
    weeks: list[_Week] = field(default_factory=list)


_Header = tuple[int, list[SourceCell]]


def find_grids(sheet: SourceSheet, near: int = 0) -> list[MonthGrid]:
    """The month grids of a sheet, from the top.

    Args:
        near: The year to look around for one whose weekdays fit, where there is none; 0 leaves days without a date.
    """
    headers = [(row, run) for row, cells in sheet.rows() for run in _weekday_runs(cells)]
    grids: list[MonthGrid] = []
    again: set[int] = set()
    for number, header in enumerate(headers):
        if number in again:
            continue
        same, stop = [header], sheet.last_row + 1
        labels = [(cell.col, _weekday_label(cell.value)) for cell in header[1]]
        for later, (row, run) in enumerate(headers[number + 1 :], number + 1):
            if row == header[0] or not {cell.col for cell in header[1]} & {cell.col for cell in run}:
                continue
            if [(cell.col, _weekday_label(cell.value)) for cell in run] != labels or _month_above(
                sheet, row, same[-1][0]
            ):
                stop = row
                break
            same.append((row, run))
            again.add(later)
        grids += _Reading(sheet, same, stop, near, {row for row, _ in headers}).grids()
    return grids


def _month_above(sheet: SourceSheet, row: int, before: int) -> bool:
    """True if a title between two rows of weekdays, close above the second, names a month."""
    above = (sheet.row(other) for other in range(max(row - _NEAR_TITLE, before + 1), row))
    texts = (
        str(cell.value) for cells in above if len(cells) <= 2 for cell in cells if not isinstance(cell.value, date)
    )
    return any(month_in(text) is not None for text in texts)


def _weekday_runs(cells: Sequence[SourceCell]) -> Iterator[list[SourceCell]]:
    """The runs of weekdays that follow each other in a row."""
    named = [cell for cell in cells if cell.value is not None and cell.value != ""]
    labels = [_weekday_label(cell.value) for cell in named]
    start = 0
    while start + _FEWEST_DAYS <= len(named):
        best = 0
        for size in range(_FEWEST_DAYS, min(_WEEK, len(named) - start) + 1):
            if not all(map(may_name_weekday, labels[start : start + size])):
                break
            if weekdays_of(labels[start : start + size]) is not None:
                best = size
        if best:
            yield named[start : start + best]
        start += best or 1


def _weekday_label(value: object) -> str:
    """The weekday of a heading that is one, or one with its day: `Mon`, `Mon 3 May`."""
    label = short_label(value)
    found = _WEEKDAY_AND_DAY.match(label)
    return found["weekday"] if found and day_of(found["day"]) is not None else label


_WEEKDAY_AND_DAY = re.compile(r"(?P<weekday>[^\W\d_]+)[.,:]{0,2}\s*(?P<day>\d.*)")


class _Reading:
    """The grids below a row of weekdays, which may be there again, read from the top."""

    def __init__(self, sheet: SourceSheet, headers: list[_Header], stop: int, near: int, rows: set[int]) -> None:
        self.sheet = sheet
        self.weekday_rows = rows
        self.headers = dict(headers)
        self.row, self.header = headers[0]
        self.stop = stop
        self.near = near
        days = weekdays_of([_weekday_label(cell.value) for cell in self.header])
        assert days is not None
        self.first = days[0] % _WEEK
        self.days = len(days)
        starts = [cell.col for cell in self.header]
        step = min(right - left for left, right in pairwise(starts))
        ends = [*(col - 1 for col in starts[1:]), starts[-1] + step - 1]
        self.column_of = {
            col: day - days[0]
            for day, left, right in zip(days, starts, ends, strict=True)
            for col in range(left, right + 1)
        }
        self.title_rows: dict[int, SourceCell] = {}

    def _month(self) -> tuple[SourceCell | None, Month | None]:
        """The month of the nearest title above, else of the sheet's name; and where it is."""
        rows = range(self.row - 1, max(self.row - _TITLE_ROWS, 0), -1)
        cells = [cell for row in rows if row not in self.weekday_rows for cell in self.sheet.row(row)]
        over = [cell for cell in cells if cell.col in self.column_of or cell.col == min(self.column_of) - 1]
        said = ((cell, found) for cell in (*over, *cells) if (found := _month_of(cell.value)) is not None)
        title, month = next(said, (None, month_in(self.sheet.name)))
        if month is not None and not month.year:
            years = {year for cell in cells if (year := _year_of(cell.value))}
            month = Month(years.pop() if len(years) == 1 else 0, month.month)
        return title, month

    def grids(self) -> Iterator[MonthGrid]:
        """A grid for each month; none where no day numbers are below the weekdays."""
        sections = self._sections()
        weeks = [week for section in sections for week in section.weeks]
        if len(weeks) < 2 and not any(len(week.numbers) >= min(_FEWEST_OF_ONE_WEEK, self.days) for week in weeks):
            return
        header = tuple(cell for cells in self.headers.values() for cell in cells)
        first_rows = {section.weeks[0].row: section for section in sections}
        next_rows = dict(pairwise([week.row for week in weeks]))
        month: Month | None = None
        for section in first_rows.values():
            month = self._with_year(section, month)
            entries: list[GridEntry] = []
            numbers: list[SourceCell] = []
            for week in section.weeks:
                first_day = week.first_day or _first_day(month, week.first_number)
                last = self._last_row(week.row, next_rows.get(week.row, self.stop), first_rows)
                for row in range(week.row, last + 1):
                    if row not in self.headers and (row == week.row or row not in self.title_rows):
                        entries += self._entries(row, replace(week, first_day=first_day), numbers)
            used = {(cell.row, cell.col) for cell in (*header, *numbers)}
            used |= {(entry.cell.row, entry.cell.col) for entry in entries}
            used |= {(entry.label.row, entry.label.col) for entry in entries if entry.label is not None}
            yield MonthGrid(self.sheet.name, header, tuple(entries), tuple(numbers), section.title, frozenset(used))

    def _sections(self) -> list[_Section]:
        """The weeks, parted where another month is named or the days begin anew."""
        sections: list[_Section] = []
        title, month = self._month()
        named = True
        for row in range(self.row, self.stop):
            if not self.sheet.row(row):
                continue
            found = self._days(row)
            if (cell := self._title(row, found)) is not None:
                self.title_rows[row] = cell
                said = month_named(str(cell.value))
                if said is not None and (not sections or said != sections[-1].month):
                    title, month, named = cell, said, True
            if not found:
                continue
            numbers = {index: day[0] for index, day in found.items()}
            dated = (day[2] - timedelta(days=index) for index, day in found.items() if day[2] is not None)
            first_day = next(dated, None)
            if sections and not named:
                first = self._counted_on(sections[-1].weeks[-1], numbers, first_day)
                if first is not None:
                    sections[-1].weeks.append(_Week(row, first, first_day, numbers))
                    continue
            first = _first_week(numbers) if len(numbers) > 1 else self._first_by_weekday(numbers, month)
            if first is None or (sections and not named and 1 not in numbers.values()):
                continue
            if sections and not named:
                title, month = None, month_after(month)
            sections.append(_Section(title, month, [_Week(row, first, first_day, numbers)]))
            named = False
        return sections

    def _first_by_weekday(self, numbers: Mapping[int, int], month: Month | None) -> int | None:
        """As `_first_week`, for one number alone: that day must be the weekday it is below."""
        index, number = next(iter(numbers.items()))
        if number == 1 or month is None or not (month.year or self.near):
            return _first_week(numbers)
        day = _first_day(Month(month.year or self.near, month.month), number)
        return number - index if day is not None and day.weekday() == (self.first + index) % _WEEK else None

    def _title(self, row: int, found: Mapping[int, object]) -> SourceCell | None:
        """The cell of a row that names a month: beside the days, or alone; or that names a week, alone."""
        if row in self.headers:
            return None
        cells = [cell for cell in self.sheet.row(row) if holds(cell)]
        beside = [cell for cell in cells if cell.col not in self.column_of]
        here = [cell for cell in cells if min(self.column_of) - 1 <= cell.col <= max(self.column_of)]
        alone = here if len(here) == 1 and not found else []
        for cell in (*beside, *alone):
            text = cell.value if isinstance(cell.value, str) else ""
            if month_named(text) or (cell in alone and week_in(text)):
                return cell
        return None

    @staticmethod
    def _counted_on(before: _Week, numbers: Mapping[int, int], first_day: date | None) -> int | None:
        """The number of a week's first day, counted on from the month's first; None for what is not the next week."""
        expected = before.first_number + _WEEK
        if first_day is not None and before.first_day is not None:
            return expected if (first_day - before.first_day).days == _WEEK else None
        if first_day is not before.first_day:
            return None  # either all weeks of a grid have dates, or none has
        fitting = sum(_same_day(number, expected + index) for index, number in numbers.items())
        return expected if fitting and 2 * fitting >= len(numbers) else None

    def _days(self, row: int) -> dict[int, tuple[int, str, date | None]]:
        """Index of the weekday -> the number of its day, the text after it, its date; the first cell of each day."""
        found: dict[int, tuple[int, str, date | None]] = {}
        for cell in self._held(row):
            index = self.column_of[cell.col]
            if index not in found and (day := self._day_in(cell)) is not None:
                found[index] = day
        return found

    def _day_in(self, cell: SourceCell) -> tuple[int, str, date | None] | None:
        """The day of a cell; in a row of weekdays that of one with its day."""
        if cell.row not in self.headers:
            return day_of(cell.value)
        found = _WEEKDAY_AND_DAY.match(short_label(cell.value))
        return day_of(found["day"]) if found else None

    def _held(self, row: int) -> list[SourceCell]:
        """The cells of a row that hold something below the weekdays."""
        return [cell for cell in self.sheet.row(row) if cell.col in self.column_of and holds(cell)]

    def _last_row(self, row: int, next_row: int, first_rows: Mapping[int, object]) -> int:
        """The last row of a week: above the next one, or down to the first empty row where that begins anew."""
        parted = next_row >= self.stop or next_row in first_rows
        parted = parted or any(other in self.headers for other in range(row + 1, next_row + 1))
        while row + 1 < next_row and not (parted and not self._held(row + 1)):
            row += 1
        return row

    def _with_year(self, section: _Section, before: Month | None) -> Month | None:
        """The month of a section; where no year is anywhere, in the nearest one whose weekdays fit."""
        month = section.month
        if month is None or month.year:
            return month
        near = self.near
        if before is not None and before.year:
            near = before.year + (month.month < before.month)
        if not near:
            return month
        return Month(_fitting_year(month.month, section.weeks[0].first_number, self.first, near), month.month)

    def _entries(self, row: int, week: _Week, plain_days: list[SourceCell]) -> Iterator[GridEntry]:
        """The entries of a row; cells that hold a day's number alone are added to `plain_days`."""
        label = self.sheet.cells.get((row, min(self.column_of) - 1))
        if label is None or short_label(label.value) not in platform_words():
            label = None
        numbered: set[int] = set()
        for cell in self._held(row):
            index = self.column_of[cell.col]
            counted = week.first_number + index
            day = day_of(cell.value) if row == week.row and index not in numbered else None
            numbered.add(index)
            if day is not None and (day[2] is not None or _same_day(day[0], counted)):
                if not day[1]:
                    plain_days.append(cell)
                    continue
            elif index not in week.numbers and not 1 <= counted <= _SHORTEST_MONTH:
                continue  # a note beside the month, below no day
            else:
                day = None
            stamp = week.first_day + timedelta(days=index) if week.first_day is not None else None
            number = stamp.day if stamp is not None else week.numbers.get(index, counted)
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
    """True if a grid may show this number for a day counted from a month's first, days before and after it too."""
    if counted < 1:
        return number - counted in (28, 29, 30, 31)
    months = round((counted - number) / _MONTH)
    return number == counted or (months > 0 and abs(counted - number - months * _MONTH) < _MONTH_DIFFERS)


def _fitting_year(month: int, first: int, weekday: int, near: int) -> int:
    """The year nearest to another whose month begins so that day number `first` is this weekday."""
    for offset in (0, 1, -1, 2, -2, 3, -3, 4, 5, 6):
        if (date(near + offset, month, 1) + timedelta(days=first - 1)).weekday() == weekday:
            return near + offset
    return near
