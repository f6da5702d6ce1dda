"""Rules about channels on which nothing happens any more."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from smsheets.analysis.context import Context
from smsheets.analysis.finding import Hit, Level, rule
from smsheets.analysis.rules.calendar.names import calendar_of, stopped_channels, whole
from smsheets.cells import CellRef
from smsheets.plan.cadence import first_out, last_out, wanted_by_channel
from smsheets.plan.calendar import Calendar, Post
from smsheets.plan.strategy import Channel


@rule(
    "calendar.dormant_linked",
    level=Level.WARNING,
    needs=("calendar", "strategy"),
    says="{channel} is asleep: nothing was published for {days} days, and your website links to it.",
    todo="Post on {channel} this week, or take the link off the website and say on the profile where you are now.",
    source="Common audit practice: 30 days warn, 90 days are an error when the website links to the channel",
    thresholds=("calendar.dormant_days", "calendar.dormant_error_days"),
)
def check_linked_channels_are_awake(context: Context) -> Iterator[Hit]:
    """Channels that the website links to, with nothing published for too long."""
    calendar = calendar_of(context)
    for row in _linked_channels(context):
        channel = row.channel or ""
        days = days_asleep(calendar, channel, context.as_of)
        if days is None or days < whole(context, "calendar.dormant_days"):
            continue
        yield Hit(
            level=Level.ERROR if days >= whole(context, "calendar.dormant_error_days") else None,
            evidence=(*_last_cells(calendar, channel, context.as_of), row.cell("linked")),
            values={"channel": context.channel_name(channel), "days": days},
        )


@rule(
    "calendar.dormant",
    level=Level.WARNING,
    needs=("calendar",),
    says="{channel} is asleep: nothing was published for {days} days.",
    todo="Post on {channel} this week, or give it up: take it off the sheet Wanted cadence and say so on the profile.",
    source="Common audit practice: 30 days without a post",
    thresholds=("calendar.dormant_days",),
)
def check_channels_are_awake(context: Context) -> Iterator[Hit]:
    """Channels with a wanted cadence or posts, with nothing published for too long.

    Those that the website links to are left to the graver rule.
    """
    calendar = calendar_of(context)
    graver = {row.channel for row in _linked_channels(context)} | stopped_channels(context)
    wanted = wanted_by_channel(calendar)
    for channel in dormant_channels(context):
        if channel in graver:
            continue
        cells = _last_cells(calendar, channel, context.as_of)
        if channel in wanted:
            cells = (*cells, wanted[channel].cell("low"))
        days = days_asleep(calendar, channel, context.as_of)
        yield Hit(evidence=cells, values={"channel": context.channel_name(channel), "days": days or 0})


def dormant_channels(context: Context) -> tuple[str, ...]:
    """The calendar's channels on which nothing was published for so long that they are asleep."""
    calendar = calendar_of(context)
    limit = whole(context, "calendar.dormant_days")
    asleep = ((channel, days_asleep(calendar, channel, context.as_of)) for channel in calendar.channels)
    return tuple(channel for channel, days in asleep if days is not None and days >= limit)


def days_asleep(calendar: Calendar, channel: str, as_of: date) -> int | None:
    """Days since the last post of a channel; since the calendar's first post where it never had one.

    None where nothing was published on any channel: then the calendar is not kept yet.
    """
    last = last_out(calendar.posts, channel, as_of)
    since = last.out_on if last is not None else first_out(calendar.posts)
    return (as_of - since).days if since is not None else None


def _linked_channels(context: Context) -> Iterator[Channel]:
    strategy = context.plans.strategy
    for row in strategy.channels if strategy is not None else ():
        if row.channel and row.linked and row.decision != "stop":
            yield row


def _last_cells(calendar: Calendar, channel: str, as_of: date) -> tuple[CellRef, ...]:
    last: Post | None = last_out(calendar.posts, channel, as_of)
    if last is None:
        return ()
    return (last.cell("published_on" if last.published_on is not None else "date"),)
