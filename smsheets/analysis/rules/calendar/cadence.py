"""Rules about how often each channel is fed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal

from smsheets.analysis.context import Context
from smsheets.analysis.finding import Hit, Level, rule
from smsheets.analysis.rules.calendar.dormant import dormant_channels
from smsheets.analysis.rules.calendar.names import calendar_of, stopped_channels, tenth, whole
from smsheets.plan.cadence import (
    first_out,
    full_weeks_before,
    longest_silence,
    wanted_by_channel,
    weekly_counts,
    weeks_after,
)
from smsheets.plan.calendar import CadenceWanted


@rule(
    "calendar.below_cadence",
    level=Level.WARNING,
    needs=("calendar",),
    says="{channel} gets too little: {published} posts a week over the last {weeks} weeks, at least {low} are wanted.",
    todo="Plan more posts for {channel}, or lower the number on the sheet Wanted cadence to what you can keep up.",
    source="Your own numbers on the sheet Wanted cadence",
    thresholds=("calendar.cadence_weeks",),
)
def check_cadence_is_kept(context: Context) -> Iterator[Hit]:
    """Channels whose average of published posts is below the number wanted. Sleeping ones have a rule of their own."""
    for row, average, weeks in _averages(context):
        if row.low is not None and average < row.low:
            yield Hit(
                evidence=(row.cell("low"),),
                values=_values(context, row, average, weeks) | {"low": tenth(row.low)},
            )


@rule(
    "calendar.above_cadence",
    level=Level.NOTE,
    needs=("calendar",),
    says="{channel} gets more than wanted: {published} posts a week over the last {weeks} weeks, {high} at most.",
    todo="Look whether the extra posts are worth their work. If so, raise the number on the sheet Wanted cadence.",
    source="Your own numbers on the sheet Wanted cadence",
    thresholds=("calendar.cadence_weeks",),
)
def check_not_too_many_posts(context: Context) -> Iterator[Hit]:
    """Channels whose average of published posts is above the number wanted."""
    for row, average, weeks in _averages(context):
        if row.high is not None and average > row.high:
            yield Hit(
                evidence=(row.cell("high"),),
                values=_values(context, row, average, weeks) | {"high": tenth(row.high)},
            )


@rule(
    "calendar.weeks_ahead",
    level=Level.WARNING,
    needs=("calendar",),
    says="Too little is planned for the next {weeks} weeks, {first} to {last}. Planned / wanted: {channels}.",
    todo="Plan the missing posts now; the sheet Ideas may have some. Or say on Wanted cadence that fewer are enough.",
    source="Your own numbers on the sheet Wanted cadence",
    thresholds=("calendar.ahead_weeks",),
)
def check_weeks_ahead_are_planned(context: Context) -> Iterator[Hit]:
    """Channels with fewer posts in the whole weeks ahead than the lowest number wanted, all in one finding.

    A sleeping channel with nothing planned has a rule of its own.
    """
    calendar = calendar_of(context)
    mondays = weeks_after(context.as_of, whole(context, "calendar.ahead_weeks"))
    if first_out(calendar.posts) is None or not mondays or not _in_period(context, mondays[-1]):
        return
    asleep = dormant_channels(context)
    short: list[tuple[CadenceWanted, str]] = []
    for channel, row in _wanted(context).items():
        planned = sum(week.planned for week in weekly_counts(calendar.posts, channel, mondays))
        needed = (row.low or Decimal(0)) * len(mondays)
        if planned < needed and (planned or channel not in asleep):
            short.append((row, f"{context.channel_name(channel)} {planned} / {tenth(needed)}"))
    if short:
        yield Hit(
            evidence=tuple(row.cell("low") for row, _ in short),
            values={
                "weeks": len(mondays),
                "first": mondays[0],
                "last": mondays[-1] + timedelta(days=6),
                "channels": tuple(words for _, words in short),
            },
        )


@rule(
    "calendar.gap",
    level=Level.NOTE,
    needs=("calendar",),
    says="{channel} was silent for {days} days, from {from} to {to}.",
    todo="Keep two or three evergreen posts on the sheet Ideas for such weeks.",
    source="This program's default: more than 14 days between two posts",
    thresholds=("calendar.gap_days", "calendar.gap_look_back_days"),
)
def check_gaps_are_short(context: Context) -> Iterator[Hit]:
    """The longest pause between two posts of each channel that is awake now."""
    calendar = calendar_of(context)
    first = context.as_of - timedelta(days=whole(context, "calendar.gap_look_back_days"))
    asleep = dormant_channels(context)
    for channel in calendar.channels:
        pause = longest_silence(calendar.posts, channel, first, context.as_of)
        if channel in asleep or pause is None or pause[0].out_on is None or pause[1].out_on is None:
            continue
        days = (pause[1].out_on - pause[0].out_on).days
        if days > whole(context, "calendar.gap_days"):
            yield Hit(
                evidence=(pause[0].cell("date"), pause[1].cell("date")),
                values={
                    "channel": context.channel_name(channel),
                    "days": days,
                    "from": pause[0].out_on,
                    "to": pause[1].out_on,
                },
            )


def _averages(context: Context) -> Iterator[tuple[CadenceWanted, Decimal, int]]:
    """Wanted row, posts published per week, number of weeks; only over weeks in which the calendar was kept."""
    calendar = calendar_of(context)
    mondays = full_weeks_before(context.as_of, whole(context, "calendar.cadence_weeks"))
    begun = first_out(calendar.posts)
    if begun is None or not mondays or begun > mondays[0] + timedelta(days=6):
        return
    asleep = dormant_channels(context)
    for channel, row in _wanted(context).items():
        if channel not in asleep:
            published = sum(week.published for week in weekly_counts(calendar.posts, channel, mondays))
            yield row, Decimal(published) / len(mondays), len(mondays)


def _wanted(context: Context) -> dict[str, CadenceWanted]:
    stopped = stopped_channels(context)
    return {key: row for key, row in wanted_by_channel(calendar_of(context)).items() if key not in stopped}


def _values(context: Context, row: CadenceWanted, average: Decimal, weeks: int) -> dict[str, str | int | Decimal]:
    return {"channel": context.channel_name(row.channel), "published": tenth(average), "weeks": weeks}


def _in_period(context: Context, monday: date) -> bool:
    """Whether the workbook plans that week; after its last month nothing can be missing in it."""
    about = calendar_of(context).start
    if about.period_start is None or about.months is None:
        return True
    year, month0 = divmod(about.period_start.year * 12 + about.period_start.month - 1 + about.months, 12)
    return monday + timedelta(days=6) < date(year, month0 + 1, 1)
