"""How often each channel is posted on: per ISO week against the number wanted, per day, and between months."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from decimal import Decimal
from enum import Enum
from itertools import pairwise

import msgspec

from smsheets.periods import DAYS_IN_WEEK, add_months
from smsheets.plan.calendar import CadenceWanted, Calendar, Post
from smsheets.plan.kpi_report import PostResult
from smsheets.plan.record import first_by


class Verdict(Enum):
    """How a number of posts compares with the wanted range."""

    BELOW = "below"
    WITHIN = "within"
    ABOVE = "above"


class Weekly(msgspec.Struct, frozen=True, kw_only=True):
    """One channel in one ISO week.

    Attributes:
        monday: The first day of the week.
        planned: Posts dated in it, ideas and cancelled ones left out.
        published: Posts that went out in it.
    """

    monday: date
    planned: int
    published: int


def monday_of(day: date) -> date:
    """The Monday of the ISO week of a day."""
    return day - timedelta(days=day.weekday())


def wanted_by_channel(calendar: Calendar) -> Mapping[str, CadenceWanted]:
    """Channel -> what is wanted on it, by its first row; rows without a channel or any number are left out."""
    rows = [row for row in calendar.cadence_wanted if row.low is not None or row.high is not None]
    return first_by(rows, lambda row: row.channel or None)


def gap_to_wanted(count: int | Decimal, low: Decimal | None, high: Decimal | None) -> Decimal | None:
    """The posts that are missing to `low` as a negative number, those above `high` as a positive one; else 0.

    None where nothing is wanted. The same as the column Gap of the sheet Cadence.
    """
    if low is None and high is None:
        return None
    number = Decimal(count)
    if low is not None and number < low:
        return number - low
    return max(Decimal(0), number - high) if high is not None else Decimal(0)


def verdict_of(gap: Decimal | None) -> Verdict | None:
    """A gap in one of three words; None where nothing is wanted."""
    if gap is None:
        return None
    if gap < 0:
        return Verdict.BELOW
    return Verdict.ABOVE if gap > 0 else Verdict.WITHIN


def weekly_counts(posts: Iterable[Post], channel: str, mondays: Iterable[date]) -> tuple[Weekly, ...]:
    """One channel in each of these weeks."""
    own = [post for post in posts if post.channel == channel]
    planned = Counter(monday_of(post.date) for post in own if post.is_planned and post.date is not None)
    published = Counter(monday_of(post.out_on) for post in own if post.out_on is not None)
    return tuple(Weekly(monday=day, planned=planned[day], published=published[day]) for day in mondays)


def last_out(posts: Iterable[Post], channel: str, as_of: date) -> Post | None:
    """The newest post of a channel that is out, up to and with a day; None where there is none."""
    past = [post for post in posts if post.channel == channel and post.out_on is not None and post.out_on <= as_of]
    return max(past, key=_out_day, default=None)


def first_out(posts: Iterable[Post]) -> date | None:
    """The day of the first post that is out on any channel: since then the calendar is kept."""
    return min((post.out_on for post in posts if post.out_on is not None), default=None)


def full_weeks_before(as_of: date, count: int) -> tuple[date, ...]:
    """The Mondays of the last `count` whole ISO weeks that end on or before a day, oldest first."""
    next_monday = monday_of(as_of + timedelta(days=1))
    return tuple(next_monday - timedelta(days=DAYS_IN_WEEK * number) for number in range(count, 0, -1))


def weeks_after(as_of: date, count: int) -> tuple[date, ...]:
    """The Mondays of the `count` whole ISO weeks that begin after a day."""
    first = monday_of(as_of) + timedelta(days=DAYS_IN_WEEK)
    return tuple(first + timedelta(days=DAYS_IN_WEEK * number) for number in range(count))


def weeks_kept(calendar: Calendar, as_of: date) -> tuple[date, ...]:
    """The Mondays of the whole weeks from the first planned post to `as_of`: what a cadence can be judged by."""
    days = [post.date for post in calendar.planned_posts if post.date is not None]
    if not days or min(days) > as_of:
        return ()
    count = (monday_of(as_of + timedelta(days=1)) - monday_of(min(days))).days // DAYS_IN_WEEK
    return full_weeks_before(as_of, count)


def longest_silence(posts: Iterable[Post], channel: str, first: date, last: date) -> tuple[Post, Post] | None:
    """The two neighbouring published posts of a channel, between two days, that are furthest apart."""
    out = [post for post in posts if post.channel == channel and post.out_on is not None]
    out = sorted((post for post in out if first <= _out_day(post) <= last), key=_out_day)
    return max(pairwise(out), key=lambda pair: _out_day(pair[1]) - _out_day(pair[0]), default=None)


def _out_day(post: Post) -> date:
    assert post.out_on is not None
    return post.out_on


_WEEKS_BACK = 4
"""A month back shows the rhythm of a channel."""
_WEEKS_AHEAD = 2
"""Plans farther ahead still change: they are no rhythm yet."""


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
    counts = Counter(_posts_on_days(calendar, as_of))
    first = min((post.date for post in calendar.planned_posts if post.date is not None), default=date.max)
    running = monday_of(as_of)
    mondays = [running + timedelta(days=DAYS_IN_WEEK * number) for number in range(-_WEEKS_BACK, _WEEKS_AHEAD + 1)]
    weeks = [
        PostingWeek(channel=channel, monday=monday, days=_days_of(counts, channel, monday, first))
        for channel in calendar.channels
        for monday in mondays
    ]
    used = {week.channel for week in weeks if week.posts}
    return tuple(week for week in weeks if week.channel in used)


def _posts_on_days(calendar: Calendar, as_of: date) -> Iterator[tuple[str, date]]:
    """The channel and the day of each post that is out, or still to come."""
    for post in calendar.posts:
        day = post.out_on if post.is_published else post.date if post.is_planned else None
        if post.channel is not None and day is not None and (post.is_published or day >= as_of):
            yield post.channel, day


def _days_of(counts: Counter[tuple[str, date]], channel: str, monday: date, first: date) -> tuple[int | None, ...]:
    days = (monday + timedelta(days=number) for number in range(DAYS_IN_WEEK))
    return tuple(counts[channel, day] if day >= first or counts[channel, day] else None for day in days)


class Posting(msgspec.Struct, frozen=True, kw_only=True):
    """The posts of a channel over whole months.

    Attributes:
        posts: How many.
        per_month: How many a month.
        selling: The share of them that sells something; None where it is known of none.
    """

    posts: int
    per_month: Decimal
    selling: Decimal | None


def posting_of(posts: Iterable[PostResult], channel: str | None, first_day: date, months: int) -> Posting:
    """The posts on a channel (None: on all) in `months` months, the first being that of `first_day`."""
    start = first_day.replace(day=1)
    end = add_months(start, months)
    found = [
        post for post in posts if post.date is not None and start <= post.date < end and channel in (None, post.channel)
    ]
    known = [post.promotional for post in found if post.promotional is not None]
    return Posting(
        posts=len(found),
        per_month=Decimal(len(found)) / max(months, 1),
        selling=Decimal(sum(known)) / len(known) if known else None,
    )
