"""Working days: Monday to Friday without the days off, as NETWORKDAYS and WORKDAY count them."""

from __future__ import annotations

from datetime import date, timedelta

SATURDAY = 5
DAYS_IN_WEEK = 7
WORKING_DAYS_IN_WEEK = 5


def count_working_days(first: date, last: date, days_off: frozenset[date]) -> int:
    """The working days from `first` to `last`, both counted; 0 where `last` is before `first`."""
    if last < first:
        return 0
    weeks, rest = divmod((last - first).days + 1, DAYS_IN_WEEK)
    remainder = (first + timedelta(days=weeks * DAYS_IN_WEEK + extra) for extra in range(rest))
    weekdays = weeks * WORKING_DAYS_IN_WEEK + sum(day.weekday() < SATURDAY for day in remainder)
    return weekdays - sum(first <= day <= last and day.weekday() < SATURDAY for day in days_off)


def add_working_days(day: date, count: int, days_off: frozenset[date]) -> date:
    """The day on which `count` more working days have gone by after `day`; `day` itself for none."""
    left = count
    while left > 0:
        day += timedelta(days=1)
        left -= day.weekday() < SATURDAY and day not in days_off
    return day


def week_end(day: date) -> date:
    """The Sunday of the day's ISO week."""
    return day + timedelta(days=DAYS_IN_WEEK - day.isoweekday())
