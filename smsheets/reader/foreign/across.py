"""What a row of cells stands for across: days, months, weekdays or platforms."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime
from itertools import pairwise

from smsheets.reader.file.source_cells import SourceCell
from smsheets.reader.foreign.calendar_words import Month, month_named, weekday_run
from smsheets.reader.foreign.heading_words import platform_words, short_label

FEWEST_ACROSS = 3
_PLATFORM_LETTERS = 5

Across = date | Month | int | str
"""What a column across stands for: a day, a month, a weekday (Monday = 0), or a platform's id."""


def read_across(cells: Sequence[SourceCell]) -> dict[int, Across]:
    """What the cells of a row stand for across: columns -> days in steps, months, weekdays or platforms."""
    for read in (days_across, _months, _weekdays, _platforms):
        found = read(cells)
        if found:
            return found
    return {}


def days_across(cells: Sequence[SourceCell]) -> dict[int, Across]:
    """Real dates in even steps; months where each is a month after the one before."""
    stamps = [
        (cell.col, cell.value.date() if isinstance(cell.value, datetime) else cell.value)
        for cell in cells
        if isinstance(cell.value, date)
    ]
    if len(stamps) < FEWEST_ACROSS:
        return {}
    steps = {(right - left).days for (_, left), (_, right) in pairwise(stamps)}
    if steps <= {28, 29, 30, 31}:
        return {col: Month(day.year, day.month) for col, day in stamps}
    return dict(stamps) if len(steps) == 1 and min(steps) > 0 else {}


def _months(cells: Sequence[SourceCell]) -> dict[int, Across]:
    found = {cell.col: month for cell in cells if isinstance(cell.value, str) and (month := month_named(cell.value))}
    return dict(found) if len(found) >= FEWEST_ACROSS and len(set(found.values())) == len(found) else {}


def _weekdays(cells: Sequence[SourceCell]) -> dict[int, Across]:
    for start in range(len(cells)):
        for size in (7, 6, 5):
            part = cells[start : start + size]
            labels = [short_label(cell.value) for cell in part]
            if len(part) == size and "" not in labels and (first := weekday_run(labels)) is not None:
                return {cell.col: (first + offset) % 7 for offset, cell in enumerate(part)}
    return {}


def _platforms(cells: Sequence[SourceCell]) -> dict[int, Across]:
    found = {
        cell.col: platform_words()[label] for cell in cells if (label := short_label(cell.value)) in platform_words()
    }
    return dict(found) if len(found) >= 2 and len(set(found.values())) == len(found) else {}


def platform_in(label: str) -> str:
    """The one platform that a title names."""
    if label in platform_words():
        return platform_words()[label]
    words = set(re.findall(r"[^\W\d_]+", label))
    named = {
        platform for word, platform in platform_words().items() if len(word) >= _PLATFORM_LETTERS and word in words
    }
    return named.pop() if len(named) == 1 else ""
