"""Channels of the calendar: stopped, wanted, silent or asleep, and the posts missing on them in the weeks ahead."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import ROUND_CEILING, Decimal

import msgspec

from smsheets.analysis.facts import Facts
from smsheets.analysis.finding import Wording
from smsheets.cells import CellRef
from smsheets.plan.cadence import first_out, last_out, wanted_by_channel, weekly_counts, weeks_after
from smsheets.plan.calendar import CadenceWanted, Post
from smsheets.plan.content import deal_ideas, free_days, preferred_weekdays, ready_ideas
from smsheets.plan.slip import week_end
from smsheets.plan.workload import STOP

MOST_IDEAS = 6
"""A text names at most this many days and ideas; a longer list is not read."""


def stopped_channels(facts: Facts) -> frozenset[str]:
    """The channels that the strategy stops; none without a strategy."""
    strategy = facts.plans.strategy
    rows = strategy.channels if strategy is not None else ()
    return frozenset(row.channel for row in rows if row.channel and row.decision == STOP)


def wanted_channels(facts: Facts) -> dict[str, CadenceWanted]:
    """Channel -> what is wanted on it, without the channels that the strategy stops."""
    stopped = stopped_channels(facts)
    return {key: row for key, row in wanted_by_channel(facts.calendar).items() if key not in stopped}


def count_published(facts: Facts, channel: str, mondays: Iterable[date]) -> int:
    """The posts that went out on a channel in these weeks."""
    weeks = weekly_counts(facts.posts_by_channel.get(channel, ()), channel, mondays)
    return sum(week.published for week in weeks)


def mean_minutes(facts: Facts, posts: Sequence[Post]) -> Decimal:
    """The minutes that one of these posts takes, on average; those of any other post where there is none."""
    if not posts:
        return facts.thresholds["calendar.minutes_other"]
    return sum(map(facts.minutes_of, posts), Decimal(0)) / len(posts)


class Silence(msgspec.Struct, frozen=True, kw_only=True):
    """How long nothing has gone out on each channel.

    Attributes:
        last: Channel -> its newest post that is out, up to and with the as-of date.
        begun: The day of the calendar's first post that is out; None where there is none.
    """

    as_of: date
    last: Mapping[str, Post]
    begun: date | None

    def days(self, channel: str | None) -> int:
        """Days since a channel's last post; below zero without any: what never began is not asleep."""
        post = self.last.get(channel or "")
        return (self.as_of - post.out_on).days if post is not None and post.out_on is not None else -1

    def cells(self, channel: str) -> tuple[CellRef, ...]:
        """The day of a channel's last post; nothing where it never had one."""
        post = self.last.get(channel)
        return (post.cell("published_on" if post.published_on is not None else "date"),) if post is not None else ()


def silence_of(facts: Facts) -> Silence:
    """How long nothing has gone out on each channel."""
    newest = {channel: last_out(posts, channel, facts.as_of) for channel, posts in facts.posts_by_channel.items()}
    last = {channel: post for channel, post in newest.items() if post is not None}
    return Silence(as_of=facts.calendar_day, last=last, begun=first_out(facts.calendar.posts))


def has_begun(facts: Facts, channel: str | None, day: date) -> bool:
    """The channel's first post was out by that day."""
    begun = first_out(facts.posts_by_channel.get(channel or "", ()))
    return begun is not None and begun <= day


def dormant_channels(facts: Facts) -> tuple[str, ...]:
    """The calendar's channels on which nothing was published for so long that they are asleep."""
    limit, silence = int(facts.thresholds["calendar.dormant_days"]), silence_of(facts)
    return tuple(channel for channel in posted_channels(facts) if silence.days(channel) >= limit)


def posted_channels(facts: Facts) -> tuple[str, ...]:
    """The calendar's channels that are posted on; a website only where a number of posts is wanted on it."""
    wanted = wanted_by_channel(facts.calendar)
    return tuple(channel for channel in facts.calendar.channels if facts.takes_posts(channel) or channel in wanted)


def unstarted_channels(facts: Facts) -> dict[str, CadenceWanted]:
    """Wanted channels on which nothing ever went out and nothing is planned, a while after the calendar began."""
    silence, late = silence_of(facts), int(facts.thresholds["calendar.dormant_days"])
    if silence.begun is None or (silence.as_of - silence.begun).days < late:
        return {}
    planned = {post.channel for post in facts.unfinished_posts}
    return {key: row for key, row in wanted_channels(facts).items() if key not in silence.last and key not in planned}


class Shortage(msgspec.Struct, frozen=True, kw_only=True):
    """One channel in the whole weeks ahead.

    Attributes:
        planned, needed: Posts planned, and the lowest number wanted, in these weeks together.
        missing: Whole posts between the two; 0 where enough are planned.
        days: Free days for the missing ones, the channel's better weekdays first.
        ideas: Ideas for it, as they are quoted.
    """

    row: CadenceWanted
    mondays: tuple[date, ...]
    planned: int
    needed: Decimal
    missing: int
    days: tuple[date, ...] = ()
    ideas: tuple[str, ...] = ()

    @property
    def last(self) -> date:
        """The last day of these weeks."""
        return week_end(self.mondays[-1])

    @property
    def case(self) -> str:
        """The case of the texts about missing posts."""
        if not self.days:
            return ""
        return "on_days_with_ideas" if self.ideas else "on_days"

    @property
    def values(self) -> Mapping[str, Wording]:
        """The values of the texts about missing posts."""
        first, last = self.mondays[0], self.last
        return {"missing": self.missing, "days": self.days, "ideas": self.ideas, "first": first, "last": last}


def find_shortages(facts: Facts) -> dict[str, Shortage]:
    """Channel -> the posts planned and missing in the weeks ahead; nothing after the workbook's period."""
    mondays = weeks_after(facts.as_of, int(facts.thresholds["calendar.ahead_weeks"]))
    if not mondays or not _in_period(facts, mondays[-1]):
        return {}
    found = {channel: _count(facts, channel, row, mondays) for channel, row in wanted_channels(facts).items()}
    ideas = ideas_for(facts, [channel for channel, shortage in found.items() if shortage.missing])
    return {
        channel: _filled(facts, channel, shortage, ideas[channel]) if shortage.missing else shortage
        for channel, shortage in found.items()
    }


def ideas_for(facts: Facts, channels: Sequence[str]) -> Mapping[str, tuple[str, ...]]:
    """Channel -> ideas that can be used now; each idea is given to one of these channels only."""
    ready = ready_ideas(facts.calendar, facts.as_of, int(facts.thresholds["calendar.idea_rest_days"]))
    return deal_ideas(ready, channels, MOST_IDEAS)


def _count(facts: Facts, channel: str, row: CadenceWanted, mondays: tuple[date, ...]) -> Shortage:
    weeks = weekly_counts(facts.posts_by_channel.get(channel, ()), channel, mondays)
    planned = sum(week.planned for week in weeks)
    needed = (row.low or Decimal(0)) * len(mondays)
    missing = int((needed - planned).to_integral_value(ROUND_CEILING))
    return Shortage(row=row, mondays=mondays, planned=planned, needed=needed, missing=max(missing, 0))


def _filled(facts: Facts, channel: str, shortage: Shortage, ideas: tuple[str, ...]) -> Shortage:
    posts, enough = facts.posts_by_channel.get(channel, ()), int(facts.thresholds["kpi-report.group_posts"])
    weekdays = preferred_weekdays(facts.post_results, posts, channel, enough)
    days = free_days(posts, channel, shortage.mondays, min(shortage.missing, MOST_IDEAS), weekdays)
    return msgspec.structs.replace(shortage, days=days, ideas=ideas[: shortage.missing])


def _in_period(facts: Facts, monday: date) -> bool:
    """True where the workbook plans that week; after its last month nothing can be missing in it."""
    months = facts.calendar.start.months
    end = None if months is None else facts.calendar.first_day(months + 1)
    return end is None or week_end(monday) < end
