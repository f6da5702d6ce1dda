"""Bars of time (a Gantt chart) and heat maps, as rows and tables of the page."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal

import msgspec

from smsheets.money import Share
from smsheets.periods import months_between, months_from
from smsheets.report.document import Cell, HeatView, TimeBarsView
from smsheets.report.html.bars import percent
from smsheets.report.html.tables import CellPage, make_cell
from smsheets.report.wording import Words
from smsheets.safe_text import safe_line

_DAY = timedelta(days=1)
_MOST_MARKS = 7
"""Months that have their name above the bars, at most; of more only every second, third ... has."""


class _MonthMark(msgspec.Struct, frozen=True, kw_only=True):
    """The first day of a month: its place in percent of the room, and its name; some have none."""

    left: str
    name: str


class _TimeBarPage(msgspec.Struct, frozen=True, kw_only=True):
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
    """Bars of time ready for the page; `today` is the place of the as-of day."""

    title: str
    says: str
    bars: tuple[_TimeBarPage, ...]
    months: tuple[_MonthMark, ...]
    today: str
    as_of: str


def make_time_bars(view: TimeBarsView, words: Words) -> TimeBarsPage:
    """The bars on one line of days, from the first start to the last end."""
    days = _Days(
        min([view.as_of, *(bar.start for bar in view.bars)]),
        max([view.as_of, *(max(bar.due, bar.ends) for bar in view.bars)]),
    )
    bars = tuple(
        _TimeBarPage(
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
            status=make_cell(bar.status, words),
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
        """The share of the line before a day."""
        return Decimal((day - self._first).days) / self._all

    def between(self, start: date, end: date) -> Decimal:
        """The share of the line that two days and those between them take."""
        return Decimal(max((end - start).days + 1, 0)) / self._all

    def months(self, words: Words) -> Iterator[_MonthMark]:
        """The first days of the months on the line."""
        from babel import dates

        months = months_from(self._first, months_between(self._first, self._last) + 1)
        firsts = [month for month in months if month >= self._first]
        every = -(-len(firsts) // _MOST_MARKS)
        for place, first in enumerate(firsts):
            name = "" if place % every else safe_line(dates.format_date(first, "LLL", locale=words.language))
            yield _MonthMark(left=percent(self.before(first)), name=name)


_STEPS = 4
"""Shades above the empty one: one for each of the first counts, or parts of the highest."""


class _HeatCell(msgspec.Struct, frozen=True, kw_only=True):
    """A count, and its shade from 0 (none) to STEPS; a count that cannot be known has no text and no shade."""

    text: str
    shade: int | None


class HeatPage(msgspec.Struct, frozen=True, kw_only=True):
    """A heat map ready for the page."""

    title: str
    says: str
    corner: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, tuple[_HeatCell, ...]], ...]


def make_heat(view: HeatView, words: Words) -> HeatPage:
    """The counts with their shades."""
    most = max((count for _, counts in view.rows for count in counts if count is not None), default=0)
    return HeatPage(
        title=words.value(view.title),
        says=words.value(view.says),
        corner=words.text(view.corner),
        columns=tuple(_heading(column, words) for column in view.columns),
        rows=tuple(
            (_heading(name, words), tuple(_cell(count, most, words) for count in counts)) for name, counts in view.rows
        ),
    )


def _heading(value: Cell, words: Words) -> str:
    """A heading; a day without its year, which the table below has."""
    if not isinstance(value, date):
        return words.cell(value)
    from babel import dates

    return safe_line(dates.format_skeleton("MMMd", value, locale=words.language))


def _cell(count: int | None, most: int, words: Words) -> _HeatCell:
    if count is None:
        return _HeatCell(text="", shade=None)
    return _HeatCell(text=words.value(count), shade=-(-count * _STEPS // max(most, _STEPS)))
