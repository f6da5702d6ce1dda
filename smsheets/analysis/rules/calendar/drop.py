"""The rule about too many channels: which one to give up, and what time that frees."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from smsheets.analysis.context import Context
from smsheets.analysis.finding import Hit, Level, rule
from smsheets.analysis.rules.calendar.filling import wanted_channels
from smsheets.analysis.rules.calendar.names import calendar_of, channel_root, posts_by_channel, tenth, whole
from smsheets.analysis.rules.calendar.worth import OTHER_MINUTES, minutes_per_post, team_of, to_cents
from smsheets.money import Share
from smsheets.plan.cadence import first_out, full_weeks_before, monday_of, weekly_counts
from smsheets.plan.calendar import CadenceWanted
from smsheets.plan.posting_load import MINUTES_PER_HOUR

Short = tuple[CadenceWanted, int, Decimal]
"""A wanted row, the posts published in the weeks that are looked at, and the posts wanted in them."""


@rule(
    "calendar.drop_channel",
    level=Level.NOTE,
    needs=("calendar",),
    says="{count} channels get less than you want. {channel} gets least: {published} posts in {weeks} weeks, "
    "{wanted} were wanted ({share}).",
    todo="Think of giving up {channel}: that frees about {hours} hours a week for {others}.",
    source="This program's own rule: few channels done well beat many done badly",
    thresholds=("calendar.drop_weeks", "calendar.drop_share", OTHER_MINUTES),
    weight=2,
)
def check_channels_are_few_enough(context: Context) -> Iterator[Hit]:
    """The channel that is kept up least, where two or more are not kept up.

    The hours are those that the lowest number wanted takes, in the formats of the channel's posts. At stake is what
    they are worth over the weeks that are looked at, at the lowest hourly value in the team.
    """
    mondays = full_weeks_before(context.as_of, whole(context, "calendar.drop_weeks"))
    short = _short_channels(context, mondays)
    if len(short) < 2:
        return
    row, count, needed = min(short, key=lambda item: item[1] / item[2])
    others = [other for other, _, _ in short if other is not row]
    hours = (row.low or Decimal(0)) * _minutes_each(context, row.channel) / MINUTES_PER_HOUR
    yield Hit(
        about=row.channel or "",
        root=channel_root(row.channel),
        evidence=(row.cell("low"), *(other.cell("low") for other in others)),
        values={
            "count": len(short),
            "channel": context.channel_name(row.channel),
            "published": count,
            "weeks": len(mondays),
            "wanted": tenth(needed),
            "share": Share(count / needed),
            "hours": tenth(hours),
            "others": tuple(context.channel_name(other.channel) for other in others),
        },
        effect=_worth(context, hours * len(mondays)),
    )


def _short_channels(context: Context, mondays: tuple[date, ...]) -> list[Short]:
    """The channels that got less than the threshold's share of what is wanted; none in a calendar that is too young."""
    calendar = calendar_of(context)
    posts = posts_by_channel(calendar)
    begun = first_out(calendar.posts)
    if begun is None or not mondays or monday_of(begun) > mondays[0]:
        return []
    limit = context.thresholds["calendar.drop_share"]
    found = []
    for channel, row in wanted_channels(context).items():
        needed = (row.low or Decimal(0)) * len(mondays)
        published = sum(week.published for week in weekly_counts(posts.get(channel, ()), channel, mondays))
        if published < limit * needed:
            found.append((row, published, needed))
    return found


def _minutes_each(context: Context, channel: str | None) -> Decimal:
    """The minutes that a planned post of a channel takes, on average; those of any other post where it has none."""
    minutes = [
        minutes_per_post(context, post) for post in calendar_of(context).planned_posts if post.channel == channel
    ]
    return sum(minutes, Decimal(0)) / len(minutes) if minutes else context.thresholds[OTHER_MINUTES]


def _worth(context: Context, hours: Decimal) -> Decimal | None:
    values = [person.hourly_value for person in team_of(context).values()]
    known = [value for value in values if value]
    return to_cents(min(known) * hours) if known else None
