"""Months and ISO weeks as plain dates, and months and weekdays whatever their date."""

from __future__ import annotations

import calendar
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
