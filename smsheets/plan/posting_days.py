"""On which days something goes out: posts per channel and day, around one day."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta

import msgspec

from smsheets.plan.cadence import DAYS_IN_WEEK, monday_of
from smsheets.plan.calendar import Calendar

WEEKS_BACK = 4
WEEKS_AHEAD = 2


class PostingWeek(msgspec.Struct, frozen=True, kw_only=True):
    """A channel's posts on the seven days of an ISO week.

    Attributes:
        days: Monday first. Up to the as-of day what went out, later what is planned; on the day itself both. None
            before the calendar's first post.
    """

    channel: str
    monday: date
    days: tuple[int | None, ...]

    @property
    def posts(self) -> int:
        """All posts of the week."""
        return sum(count or 0 for count in self.days)


def posting_weeks(calendar: Calendar, as_of: date) -> tuple[PostingWeek, ...]:
    """Each channel in the running week, the four before it and the two after it, by channel and week.

    Channels with nothing in these weeks are left out.
    """
    counts = _count_posts(calendar, as_of)
    first = min((post.date for post in calendar.planned_posts if post.date is not None), default=date.max)
    mondays = _mondays_around(as_of)
    weeks = [
        PostingWeek(channel=channel, monday=monday, days=_days_of(counts, channel, monday, first))
        for channel in calendar.channels
        for monday in mondays
    ]
    used = {week.channel for week in weeks if week.posts}
    return tuple(week for week in weeks if week.channel in used)


def _mondays_around(as_of: date) -> list[date]:
    running = monday_of(as_of)
    return [running + timedelta(days=DAYS_IN_WEEK * number) for number in range(-WEEKS_BACK, WEEKS_AHEAD + 1)]


def _count_posts(calendar: Calendar, as_of: date) -> Counter[tuple[str, date]]:
    counts: Counter[tuple[str, date]] = Counter()
    for post in calendar.posts:
        if post.channel is None:
            continue
        if post.out_on is not None:
            counts[post.channel, post.out_on] += 1
        elif post.is_planned and not post.is_published and post.date is not None and post.date >= as_of:
            counts[post.channel, post.date] += 1
    return counts


def _days_of(counts: Counter[tuple[str, date]], channel: str, monday: date, first: date) -> tuple[int | None, ...]:
    days = (monday + timedelta(days=number) for number in range(DAYS_IN_WEEK))
    return tuple(counts[channel, day] if day >= first or counts[channel, day] else None for day in days)
