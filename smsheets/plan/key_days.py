"""Key dates, and whether a post speaks of them."""

from __future__ import annotations

import re
from datetime import date, timedelta

from smsheets.plan.calendar import Calendar, KeyDate

PUBLIC_HOLIDAY = "public_holiday"
_LONG_WORD = 4
"""Letters: shorter words ("the", "der") say nothing of what a day is about."""
_STEM = 5
"""Letters: two words that begin with the same ones are one word in two forms (market, markets)."""
_ENDING = 2
"""Letters that a short word may have more in another form (sale, sales)."""
_MOST_DAYS = 30
"""Of more days in a few weeks the first ones are looked at: so many are a list of holidays, not a plan."""
_WORD = re.compile(r"\w+")


def days_without_post(calendar: Calendar, as_of: date, weeks: int) -> tuple[KeyDate, ...]:
    """The key dates of the next weeks that no planned post is about, in order.

    A post is about a day when it goes out on it, or when it goes out in so many weeks before it and names it.
    """
    first, last = as_of - timedelta(weeks=weeks), as_of + timedelta(weeks=weeks)
    posts = [
        (post.date, _words(f"{post.title or ''} {post.copy or ''}"))
        for post in calendar.planned_posts
        if post.date is not None and first <= post.date <= last
    ]
    return tuple(row for row in key_dates_to_come(calendar, as_of, weeks) if not _is_spoken_of(row, posts, weeks))


def key_dates_to_come(calendar: Calendar, as_of: date, weeks: int) -> tuple[KeyDate, ...]:
    """The own dates, sale days and holidays with an idea of the next weeks, the as-of date with them, in order.

    Public holidays stand in a new workbook already: only one with an idea of its own is meant to have a post. Of
    several days with one name the first is taken.
    """
    last = as_of + timedelta(weeks=weeks)
    dated = [(row.date, row) for row in calendar.key_dates if row.date is not None and row.name]
    found: dict[str, KeyDate] = {}
    for day, row in sorted(dated, key=lambda pair: pair[0]):
        if as_of <= day <= last and (row.kind != PUBLIC_HOLIDAY or row.idea is not None):
            found.setdefault(row.name or "", row)
    return tuple(found.values())[:_MOST_DAYS]


def _is_spoken_of(row: KeyDate, posts: list[tuple[date, frozenset[str]]], weeks: int) -> bool:
    if row.date is None:
        return False
    first, named = row.date - timedelta(weeks=weeks), _words(row.name or "")
    return any(day == row.date or (first <= day < row.date and _share_a_word(named, words)) for day, words in posts)


def _words(text: str) -> frozenset[str]:
    return frozenset(word for word in _WORD.findall(text.casefold()) if len(word) >= _LONG_WORD)


def _share_a_word(some: frozenset[str], others: frozenset[str]) -> bool:
    return any(_is_same(one, other) for one in some for other in others)


def _is_same(one: str, other: str) -> bool:
    """The same word in another form, or one as part of the other (Markt, Handwerksmarkt)."""
    short, long = sorted((one, other), key=len)
    if len(short) < _STEM:
        return long.startswith(short) and len(long) - len(short) <= _ENDING
    return long[:_STEM] == short[:_STEM] or short in long
