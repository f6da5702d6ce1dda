"""Days that need a title: a weekday in a week, a number in a month, a day without a year."""

from __future__ import annotations

import re
from datetime import date, timedelta

from smsheets.reader.file.source_cells import CellValue
from smsheets.reader.foreign.calendar_words import day_named, weekday_of
from smsheets.reader.foreign.tables import Context


def day_in_context(value: CellValue, context: Context, year: int) -> CellValue:
    """A day that needs its title: a weekday in a week, a number in a month, a day without a year; else None."""
    month = context.month
    if isinstance(value, int | float) and not isinstance(value, bool) and month is not None and (month.year or year):
        return _day_of_month(month.year or year, month.month, value)
    if not isinstance(value, str):
        return None
    weekday = weekday_of(value)
    if weekday is not None:
        monday = context.week.monday(year, None) if context.week is not None else None
        return monday + timedelta(days=weekday) if monday is not None else None
    number = re.fullmatch(r"(?:[^\W\d_]+\.?,?\s+)?(\d{1,2})(?:st|nd|rd|th|\.)?", value.strip())
    if number is not None and month is not None and (month.year or year) and _only_weekday(value):
        return _day_of_month(month.year or year, month.month, int(number[1]))
    if not year or day_named(value, 0, None) is not None:
        return None
    return day_named(value, year, None)


def _only_weekday(value: str) -> bool:
    """Whether the words of `Mon 5` are a weekday, if there are any."""
    words = re.findall(r"[^\W\d_]+", re.sub(r"\d(?:st|nd|rd|th)", "", value))
    return all(weekday_of(word) is not None for word in words)


def _day_of_month(year: int, month: int, number: float) -> date | None:
    try:
        return date(year, month, int(number)) if number == int(number) else None
    except ValueError:
        return None
