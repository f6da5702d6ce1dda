"""The months a workbook plans, from what its sheets show: `Jan 2027` in headings, or a row or column of weeks."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache

from smsheets.layout.items import month_names
from smsheets.median import median
from smsheets.reader.file.source import SourceWorkbook
from smsheets.reader.file.source_cells import SourceCell, SourceSheet
from smsheets.reader.identity.claims import LABEL_ROWS
from smsheets.reader.identity.marker_sheet import is_marker_sheet
from smsheets.reader.values.words import normal_label
from smsheets.spec.catalogue import languages

MOST_MONTHS = 24
_FEWEST_WEEKS = 4
_MOST_MISSING = 3
_WEEK = timedelta(days=7)
_MONTH = re.compile(r"(\S+) (\d{4})(?: .*)?")
_DAY = re.compile(r"(\d{1,2})\.? (\S+)")
_YEARS = range(1950, 2150)


@dataclass(frozen=True, slots=True)
class Period:
    """Months one after the other. `start` is the first day of the first one."""

    start: date
    months: int

    @property
    def days(self) -> frozenset[date]:
        """The first day of every month."""
        first = self.start.year * 12 + self.start.month - 1
        return frozenset(_month(number) for number in range(first, first + self.months))


def months_in_headings(source: SourceWorkbook) -> frozenset[date]:
    """The months that head columns, from the row that has most of them."""
    best: set[date] = set()
    for sheet in source.sheets:
        if not is_marker_sheet(sheet):
            best = max(best, *_months_by_row(sheet).values(), key=len)
    return frozenset(best)


def period_of(months: Iterable[date]) -> Period | None:
    """The longest run of months; a heading that was mistyped, or a column that was deleted, is no end of it."""
    runs: list[list[date]] = []
    for month in sorted(months):
        if runs and _months_between(runs[-1][-1], month) <= _MOST_MISSING:
            runs[-1].append(month)
        else:
            runs.append([month])
    longest = max(runs, key=len, default=[])
    return _period(longest[0], longest[-1]) if longest else None


def weeks_shown(source: SourceWorkbook) -> Period | None:
    """The months whose weeks a sheet lists, by their Mondays; None where none does."""
    runs = [run for sheet in source.sheets if not is_marker_sheet(sheet) for run in _runs_of_weeks(sheet, source)]
    mondays = max(runs, key=len, default=())
    if not mondays:
        return None
    # The first week holds the first day of a month, the last one the last day of a month.
    return _period((mondays[0] + _WEEK - timedelta(days=1)).replace(day=1), mondays[-1].replace(day=1))


def _months_by_row(sheet: SourceSheet) -> Mapping[int, set[date]]:
    rows: dict[int, set[date]] = {0: set()}
    for (row, _), cell in sheet.cells.items():
        if row <= LABEL_ROWS and isinstance(cell.value, str) and len(cell.value) <= LABEL_ROWS:
            found = _MONTH.fullmatch(normal_label(cell.value))
            number = _numbers().get(found[1].rstrip(".")) if found else None
            if found and number and int(found[2]) in _YEARS:
                rows.setdefault(row, set()).add(date(int(found[2]), number, 1))
    return rows


@cache
def _numbers() -> Mapping[str, int]:
    """A month's short name in any language -> its number."""
    return {
        normal_label(name): number for language in languages() for number, name in enumerate(month_names(language), 1)
    }


def _runs_of_weeks(sheet: SourceSheet, source: SourceWorkbook) -> Iterable[Sequence[date]]:
    columns: dict[int, list[date]] = {}
    for (row, col), cell in sorted(sheet.cells.items()):
        day = _day(cell)
        if day is not None and day.isoweekday() == 1:
            weeks = columns.setdefault(col, [])
            if not weeks or day == weeks[-1] + _WEEK:
                weeks.append(day)
        if row <= LABEL_ROWS and isinstance(cell.value, str) and _is_week_heading(cell, sheet):
            yield _weeks_from_heading(sheet, row, col, source)
    yield from (weeks for weeks in columns.values() if len(weeks) >= _FEWEST_WEEKS)


def _is_week_heading(cell: SourceCell, sheet: SourceSheet) -> bool:
    """Whether weeks begin here: a day, and others a week apart beside it."""
    before = sheet.cells.get((cell.row, cell.col - 1))
    if before is not None and _day_and_month(before) is not None:
        return False
    beside = (sheet.cells.get((cell.row, cell.col + step)) for step in range(_FEWEST_WEEKS))
    return all(other is not None and _day_and_month(other) is not None for other in beside)


def _weeks_from_heading(sheet: SourceSheet, row: int, col: int, source: SourceWorkbook) -> Sequence[date]:
    """`28 Dec`, `4 Jan`, ... have no year: it is the one nearest to the workbook's dates in which they are Mondays."""
    found: list[tuple[int, int]] = []
    while (cell := sheet.cells.get((row, col + len(found)))) is not None and (day := _day_and_month(cell)) is not None:
        found.append(day)
    near = _middle_year(source)
    for year in sorted(_YEARS, key=lambda year: abs(year - near)):
        monday = _date(year, found[0])
        if monday is None or monday.isoweekday() != 1:
            continue
        weeks = [monday + n * _WEEK for n in range(len(found))]
        if [(week.day, week.month) for week in weeks] == found:
            return weeks
    return ()


def _middle_year(source: SourceWorkbook) -> float:
    days = [day.year for sheet in source.sheets for cell in sheet.cells.values() if (day := _day(cell)) is not None]
    return median(days) if days else date.min.year


def _day_and_month(cell: SourceCell) -> tuple[int, int] | None:
    found = _DAY.fullmatch(normal_label(cell.value)) if isinstance(cell.value, str) and len(cell.value) < 12 else None
    number = _numbers().get(found[2].rstrip(".")) if found else None
    return (int(found[1]), number) if found and number else None


def _day(cell: SourceCell) -> date | None:
    value = cell.value
    return value.date() if isinstance(value, datetime) else value if isinstance(value, date) else None


def _date(year: int, day: tuple[int, int]) -> date | None:
    try:
        return date(year, day[1], day[0])
    except ValueError:
        return None


def _period(first: date, last: date) -> Period:
    return Period(first, min(max(_months_between(first, last) + 1, 1), MOST_MONTHS))


def _months_between(first: date, last: date) -> int:
    return (last.year - first.year) * 12 + last.month - first.month


def _month(number: int) -> date:
    return date(number // 12, number % 12 + 1, 1)
