"""Bars of time (a Gantt chart) as rows of the page: from start to due, what is done, what it slips, and today."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal

import msgspec

from smsheets.money import Share
from smsheets.report.document import Status, TimeBarsView
from smsheets.report.html.bars import percent
from smsheets.report.html.cells import CellPage, make_cell
from smsheets.report.wording import Words
from smsheets.safe_text import safe_line

_DAY = timedelta(days=1)
_MOST_MARKS = 7
"""So many months have their name above the bars; of more only every second, third ... has."""


class MonthMark(msgspec.Struct, frozen=True, kw_only=True):
    """The first day of a month: where it stands in percent of the room, and its name; some have none."""

    left: str
    name: str


class TimeBarPage(msgspec.Struct, frozen=True, kw_only=True):
    """One bar; lengths in percent of the room, `done` of the bar itself."""

    name: str
    start: str
    due: str
    ends: str
    slips: bool
    left: str
    width: str
    done: str
    done_text: str
    late_left: str
    late_width: str
    status: CellPage


class TimeBarsPage(msgspec.Struct, frozen=True, kw_only=True):
    """Bars of time ready for the page; `today` is where the as-of day stands, empty where it is outside."""

    title: str
    says: str
    bars: tuple[TimeBarPage, ...]
    months: tuple[MonthMark, ...]
    today: str
    as_of: str


def make_time_bars(view: TimeBarsView, words: Words) -> TimeBarsPage:
    """The bars on one line of days, from the first start to the last end."""
    days = _Days(
        min([view.as_of, *(bar.start for bar in view.bars)]),
        max([view.as_of, *(max(bar.due, bar.ends) for bar in view.bars)]),
    )
    bars = tuple(
        TimeBarPage(
            name=words.value(bar.name),
            start=words.value(bar.start),
            due=words.value(bar.due),
            ends=words.value(bar.ends),
            slips=bar.ends > bar.due,
            left=percent(days.before(bar.start)),
            width=percent(days.between(bar.start, bar.due)),
            done=percent(bar.done_share),
            done_text=words.value(Share(bar.done_share)),
            late_left=percent(days.before(bar.due + _DAY)),
            late_width=percent(days.between(bar.due + _DAY, bar.ends)),
            status=make_cell(Status(bar.status.word, bar.status.tone), words),
        )
        for bar in view.bars
    )
    return TimeBarsPage(
        title=words.value(view.title),
        says=words.value(view.says),
        bars=bars,
        months=tuple(days.months(words)),
        today=percent(days.before(view.as_of)),
        as_of=words.value(view.as_of),
    )


class _Days:
    """A line of days, from the first to the last, both included."""

    def __init__(self, first: date, last: date) -> None:
        self._first = first
        self._last = last
        self._all = Decimal((last - first).days + 1)

    def before(self, day: date) -> Decimal:
        """What share of the line lies before a day."""
        return Decimal((day - self._first).days) / self._all

    def between(self, start: date, end: date) -> Decimal:
        """What share of the line two days and those between them take."""
        return Decimal(max((end - start).days + 1, 0)) / self._all

    def months(self, words: Words) -> Iterator[MonthMark]:
        """The first days of the months on the line."""
        from babel import dates

        firsts = [
            date(number // 12, number % 12 + 1, 1)
            for number in range(
                self._first.year * 12 + self._first.month - (self._first.day == 1),
                self._last.year * 12 + self._last.month,
            )
        ]
        every = -(-len(firsts) // _MOST_MARKS)
        for place, first in enumerate(firsts):
            named = (place % every == 0) if every else False
            name = safe_line(dates.format_date(first, "LLL", locale=words.language)) if named else ""
            yield MonthMark(left=percent(self.before(first)), name=name)
