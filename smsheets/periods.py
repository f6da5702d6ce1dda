"""Months and ISO weeks as plain dates, months and weekdays whatever their date, and periods that are reported on."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from datetime import date, timedelta

import msgspec

DAYS_IN_WEEK = 7

FIRST_DATE, LAST_DATE = date(1990, 1, 1), date(2199, 12, 31)
"""No business plans with other days: those are slips."""


class MonthOfYear(msgspec.Struct, frozen=True):
    """A month of any year, 1 = January ... 12 = December; shown by its name."""

    number: int


class Weekday(msgspec.Struct, frozen=True):
    """An ISO weekday, 1 = Monday ... 7 = Sunday; shown by its name."""

    number: int


def add_months(day: date, months: int) -> date:
    """The same day of the month, `months` later; the month's last day where that does not exist."""
    year, month0 = divmod(day.year * 12 + day.month - 1 + months, 12)
    last = calendar.monthrange(year, month0 + 1)[1]
    return date(year, month0 + 1, min(day.day, last))


def months_between(start: date, day: date) -> int:
    """How many months the month of `day` is after the month of `start`; 0 in the same month, negative before it."""
    return (day.year - start.year) * 12 + day.month - start.month


def month_end(day: date) -> date:
    """The last day of the month a day is in."""
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])


def months_from(start: date, count: int) -> tuple[date, ...]:
    """The first days of `count` months; the first is the month `start` is in."""
    first = start.replace(day=1)
    return tuple(add_months(first, number) for number in range(count))


def weeks_between(first: date, last: date) -> Iterator[date]:
    """The Mondays of all ISO weeks that have a day between two days, both included."""
    monday = first - timedelta(days=first.weekday())
    while monday <= last:
        yield monday
        monday += timedelta(days=DAYS_IN_WEEK)


_PERIOD = re.compile(r"([0-9]{4})-(?:([0-9]{2})|[qQ]([1-4]))")
_QUARTER = 3  # months


class Period(msgspec.Struct, frozen=True, kw_only=True):
    """Whole months that are reported on together, from the first day of the first one on."""

    first: date
    months: int = 1

    @property
    def last(self) -> date:
        """The last day."""
        return add_months(self.first, self.months) - timedelta(days=1)

    @property
    def before(self) -> Period:
        """As many months just before it."""
        return Period(first=add_months(self.first, -self.months), months=self.months)

    @property
    def year_before(self) -> Period:
        """The same months of the year before."""
        return Period(first=add_months(self.first, -12), months=self.months)

    @property
    def month_after(self) -> Period:
        """The month that follows it."""
        return Period(first=add_months(self.first, self.months))

    def holds(self, day: date | None) -> bool:
        """True for a day in it; False for no day."""
        return day is not None and self.first <= day <= self.last


def read_period(text: str) -> Period | None:
    """`2027-06` or `2027-Q2`; None for what is neither, or lies where nobody plans."""
    found = _PERIOD.fullmatch(text.strip())
    if found is None:
        return None
    year, month, quarter = (int(part or 0) for part in found.groups())
    if not (FIRST_DATE.year <= year <= LAST_DATE.year and 1 <= (month or 1) <= 12 and (month or quarter)):
        return None
    if quarter:
        return Period(first=date(year, quarter * _QUARTER - 2, 1), months=_QUARTER)
    return Period(first=date(year, month, 1))


def last_whole_month(day: date) -> Period:
    """The last month that is over at the end of a day."""
    return Period(first=add_months((day + timedelta(days=1)).replace(day=1), -1))
