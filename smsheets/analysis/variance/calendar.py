"""Calendar variance: posts wanted, planned and published, per channel, per ISO week, and by what they are about."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

import msgspec

from smsheets.analysis.context import Context
from smsheets.plan import cadence
from smsheets.plan.cadence import PostingWeek, Verdict
from smsheets.plan.calendar import CadenceWanted, Calendar, Post
from smsheets.plan.content import Mix, compute_mix
from smsheets.plan.record import group_by


class ChannelVariance(msgspec.Struct, frozen=True, kw_only=True):
    """One channel over the whole weeks from the first planned post to the as-of date.

    Attributes:
        wanted_low, wanted_high: Posts wanted in all these weeks together; None where nothing is wanted, or no most.
        planned: Posts dated in these weeks.
        published: Posts that went out in these weeks.
        gap: Published against wanted: below zero so many are missing, above zero so many too many.
        weeks_below: In how many weeks fewer were published than wanted; None where nothing is wanted.
        last_out: The day of the last post that is out, also in the running week.
        ahead: Planned posts that are not published, from the as-of date on.
    """

    channel: str
    wanted_low: Decimal | None
    wanted_high: Decimal | None
    planned: int
    published: int
    gap: Decimal | None
    verdict: Verdict | None
    weeks_below: int | None
    last_out: date | None
    ahead: int


class ChannelWeek(msgspec.Struct, frozen=True, kw_only=True):
    """One channel in one week. `gap` is published against wanted as in `ChannelVariance`."""

    channel: str
    planned: int
    published: int
    gap: Decimal | None


class WeekVariance(msgspec.Struct, frozen=True, kw_only=True):
    """One whole ISO week over all channels.

    Attributes:
        missing: Posts missing to the lowest numbers wanted, all channels together; None where nothing is wanted.
    """

    monday: date
    planned: int
    published: int
    missing: Decimal | None
    channels: tuple[ChannelWeek, ...]


class CalendarVariance(msgspec.Struct, frozen=True, kw_only=True):
    """The variance report of a calendar.

    Attributes:
        first_week, last_week: The Mondays of the first and the last whole week that is counted; None without any.
        first_out: The day of the first post that is out on any channel; None without one.
        weeks: Those weeks in order. The running week is left out: it is not over.
        mix: The shares of the pillars, over the days that are set on the sheet Mix.
        days: Posts on each day of the weeks around the as-of date (see `posting_weeks`).
    """

    as_of: date
    first_week: date | None
    last_week: date | None
    first_out: date | None
    channels: tuple[ChannelVariance, ...]
    weeks: tuple[WeekVariance, ...]
    mix: Mix
    days: tuple[PostingWeek, ...]

    @property
    def planned(self) -> int:
        """Posts planned in the weeks counted, all channels."""
        return sum(row.planned for row in self.channels)

    @property
    def published(self) -> int:
        """Posts published in the weeks counted, all channels."""
        return sum(row.published for row in self.channels)


def compute_variance(calendar: Calendar, context: Context) -> CalendarVariance:
    """The variance report of a calendar on the context's day."""
    mondays, wanted = cadence.weeks_kept(calendar, context.as_of), cadence.wanted_by_channel(calendar)
    by_channel = group_by(calendar.posts, lambda post: post.channel)
    posts = {channel: by_channel.get(channel, []) for channel in calendar.channels}
    used = [channel for channel in calendar.channels if channel in wanted or any(p.is_planned for p in posts[channel])]
    weeks = {channel: _channel_weeks(channel, posts[channel], mondays, wanted.get(channel)) for channel in used}
    return CalendarVariance(
        as_of=context.as_of,
        first_week=mondays[0] if mondays else None,
        last_week=mondays[-1] if mondays else None,
        first_out=cadence.first_out(calendar.posts),
        channels=tuple(
            _channel(channel, own, posts[channel], wanted.get(channel, CadenceWanted()), context.as_of)
            for channel, own in weeks.items()
        ),
        weeks=tuple(_week(monday, tuple(own[n] for own in weeks.values())) for n, monday in enumerate(mondays)),
        mix=compute_mix(calendar),
        days=cadence.posting_weeks(calendar, context.as_of),
    )


def _channel_weeks(
    channel: str, posts: Sequence[Post], mondays: Sequence[date], wanted: CadenceWanted | None
) -> tuple[ChannelWeek, ...]:
    return tuple(
        ChannelWeek(
            channel=channel,
            planned=week.planned,
            published=week.published,
            gap=cadence.gap_to_wanted(week.published, wanted.low, wanted.high) if wanted is not None else None,
        )
        for week in cadence.weekly_counts(posts, channel, mondays)
    )


def _channel(
    channel: str, weeks: Sequence[ChannelWeek], posts: Sequence[Post], wanted: CadenceWanted, as_of: date
) -> ChannelVariance:
    low, high = (None if each is None or not weeks else each * len(weeks) for each in (wanted.low, wanted.high))
    published = sum(week.published for week in weeks)
    gap = cadence.gap_to_wanted(published, low, high)
    last = cadence.last_out(posts, channel, as_of)
    return ChannelVariance(
        channel=channel,
        wanted_low=low,
        wanted_high=high,
        planned=sum(week.planned for week in weeks),
        published=published,
        gap=gap,
        verdict=cadence.verdict_of(gap),
        weeks_below=None if low is None else sum(week.gap is not None and week.gap < 0 for week in weeks),
        last_out=last.out_on if last is not None else None,
        ahead=sum(
            post.is_planned and not post.is_published and post.date is not None and post.date >= as_of for post in posts
        ),
    )


def _week(monday: date, rows: tuple[ChannelWeek, ...]) -> WeekVariance:
    gaps = [row.gap for row in rows if row.gap is not None]
    return WeekVariance(
        monday=monday,
        planned=sum(row.planned for row in rows),
        published=sum(row.published for row in rows),
        missing=sum((-gap for gap in gaps if gap < 0), Decimal(0)) if gaps else None,
        channels=rows,
    )
