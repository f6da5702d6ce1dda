"""What could fill the weeks ahead: how many posts are missing on a channel, on which days, which ideas there are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from decimal import ROUND_CEILING, Decimal

import msgspec

from smsheets.analysis.context import Context
from smsheets.analysis.finding import Wording
from smsheets.analysis.rules.calendar.names import calendar_of, posts_by_channel, results_of, stopped_channels, whole
from smsheets.analysis.rules.calendar.worth import ENOUGH_POSTS
from smsheets.plan.cadence import DAYS_IN_WEEK, wanted_by_channel, weekly_counts, weeks_after
from smsheets.plan.calendar import CadenceWanted, Post
from smsheets.plan.ideas import deal_ideas, ready_ideas
from smsheets.plan.slots import free_days, preferred_weekdays

MOST_DAYS = 6
"""So many days and ideas are named; a longer list is not read."""


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
    def values(self) -> Mapping[str, Wording]:
        """What the texts about missing posts name."""
        last = self.mondays[-1] + timedelta(days=DAYS_IN_WEEK - 1)
        return {"missing": self.missing, "days": self.days, "ideas": self.ideas, "first": self.mondays[0], "last": last}


def wanted_channels(context: Context) -> dict[str, CadenceWanted]:
    """Channel -> what is wanted on it, without the channels that the strategy stops."""
    stopped = stopped_channels(context)
    return {key: row for key, row in wanted_by_channel(calendar_of(context)).items() if key not in stopped}


def weeks_ahead(context: Context) -> dict[str, Shortage]:
    """Channel -> what is planned and missing in the weeks ahead; nothing after the workbook's period."""
    mondays = weeks_after(context.as_of, whole(context, "calendar.ahead_weeks"))
    if not mondays or not _in_period(context, mondays[-1]):
        return {}
    posts = posts_by_channel(calendar_of(context))
    wanted = wanted_channels(context)
    counted = {channel: _count(posts.get(channel, []), channel, row, mondays) for channel, row in wanted.items()}
    ideas = ideas_for(context, [channel for channel, shortage in counted.items() if shortage.missing])
    return {
        channel: _filled(context, posts.get(channel, []), shortage, ideas[channel]) if shortage.missing else shortage
        for channel, shortage in counted.items()
    }


def ideas_for(context: Context, channels: Sequence[str]) -> Mapping[str, tuple[str, ...]]:
    """Channel -> ideas that can be used now; each idea is given to one of these channels only."""
    ready = ready_ideas(calendar_of(context), context.as_of, whole(context, "calendar.idea_rest_days"))
    return deal_ideas(ready, channels, MOST_DAYS)


def _count(posts: Sequence[Post], channel: str, row: CadenceWanted, mondays: tuple[date, ...]) -> Shortage:
    planned = sum(week.planned for week in weekly_counts(posts, channel, mondays))
    needed = (row.low or Decimal(0)) * len(mondays)
    missing = int((needed - planned).to_integral_value(ROUND_CEILING))
    return Shortage(row=row, mondays=mondays, planned=planned, needed=needed, missing=max(missing, 0))


def _filled(context: Context, posts: Sequence[Post], shortage: Shortage, ideas: tuple[str, ...]) -> Shortage:
    channel = shortage.row.channel or ""
    weekdays = preferred_weekdays(results_of(context), posts, channel, whole(context, ENOUGH_POSTS))
    days = free_days(posts, channel, shortage.mondays, min(shortage.missing, MOST_DAYS), weekdays)
    return msgspec.structs.replace(shortage, days=days, ideas=ideas[: shortage.missing])


def _in_period(context: Context, monday: date) -> bool:
    """Whether the workbook plans that week; after its last month nothing can be missing in it."""
    about = calendar_of(context).start
    if about.period_start is None or about.months is None:
        return True
    year, month0 = divmod(about.period_start.year * 12 + about.period_start.month - 1 + about.months, 12)
    return monday + timedelta(days=DAYS_IN_WEEK - 1) < date(year, month0 + 1, 1)
