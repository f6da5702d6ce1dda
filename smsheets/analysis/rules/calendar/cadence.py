"""Rules about how often each channel is fed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from decimal import Decimal

from smsheets.analysis.context import Context
from smsheets.analysis.finding import Hit, Lack, Level, Wording, rule
from smsheets.analysis.rules.calendar.dormant import dormant_channels
from smsheets.analysis.rules.calendar.names import (
    ENOUGH_POSTS,
    OTHER_MINUTES,
    Shortage,
    calendar_of,
    channel_root,
    ideas_for,
    minutes_per_post,
    names_of,
    posts_by_channel,
    posts_to_come,
    stopped_channels,
    tenth,
    usual_revenues_of,
    wanted_channels,
    weeks_ahead,
    whole,
    worth_of_posts,
)
from smsheets.plan.cadence import first_out, full_weeks_before, longest_silence, weekly_counts
from smsheets.plan.calendar import CadenceWanted
from smsheets.plan.workload import MINUTES_PER_HOUR

_FILL = "Posts to plan for {channel} until {last}: {missing}, for instance on {days}."
_FILL_WITH_IDEAS = (
    "Posts to plan for {channel} until {last}: {missing}, for instance on {days}. Ideas that are ready: {ideas}."
)
_KEEP = "Enough is planned for {channel}. See to it that it goes out: {posts}."
_GAP_WITH_IDEAS = "Keep something ready for such weeks, for instance {ideas}."


@rule(
    "calendar.below_cadence",
    level=Level.WARNING,
    needs=("calendar",),
    says="{channel} gets too little: {published} posts a week over the last {weeks} weeks, at least {low} are wanted.",
    todo="Plan more posts for {channel}, or lower the number on the sheet Wanted cadence to what you can keep up.",
    lacks="Fill in 'At least' for {channels} to learn whether enough goes out there.",
    source="Your own numbers on the sheet Wanted cadence",
    thresholds=("calendar.cadence_weeks", "calendar.drop_share", "calendar.idea_rest_days", ENOUGH_POSTS),
    weight=2,
)
def check_cadence_is_kept(context: Context) -> Iterator[Hit | Lack]:
    """Channels whose average of published posts is below the number wanted. Sleeping ones have a rule of their own.

    A channel that gets nearly enough is worth a note only. At stake is what the missing posts would have brought:
    their number times the channel's median revenue per unpaid post.
    """
    ahead, usual = weeks_ahead(context), usual_revenues_of(context)
    nearly = context.thresholds["calendar.drop_share"]
    for row, average, weeks in _averages(context):
        if row.low is None or average >= row.low:
            continue
        todo, values = _next_step(context, row, ahead.get(row.channel or ""))
        yield Hit(
            about=row.channel or "",
            root=channel_root(row.channel),
            level=Level.NOTE if average >= nearly * row.low else None,
            evidence=(row.cell("low"),),
            values={**_values(context, row, average, weeks), "low": tenth(row.low), **values},
            effect=worth_of_posts(usual, row.channel, (row.low - average) * weeks),
            todo=todo,
        )
    yield from _lacking_numbers(context)


@rule(
    "calendar.above_cadence",
    level=Level.NOTE,
    needs=("calendar",),
    says="{channel} gets more than wanted: {published} posts a week over the last {weeks} weeks, {high} at most.",
    todo="Look whether the extra posts are worth about {hours} hours a week. If so, raise the number on the sheet "
    "Wanted cadence; if not, put the time into another channel.",
    source="Your own numbers on the sheet Wanted cadence; minutes per format are this program's own estimate",
    thresholds=("calendar.cadence_weeks", OTHER_MINUTES),
    weight=2,
)
def check_not_too_many_posts(context: Context) -> Iterator[Hit]:
    """Channels whose average of published posts is above the number wanted, and the time in the extra ones."""
    for row, average, weeks in _averages(context):
        if row.high is not None and average > row.high:
            hours = (average - row.high) * _minutes_each(context, row.channel) / MINUTES_PER_HOUR
            yield Hit(
                about=row.channel or "",
                root=channel_root(row.channel),
                evidence=(row.cell("high"),),
                values={**_values(context, row, average, weeks), "high": tenth(row.high), "hours": tenth(hours)},
            )


@rule(
    "calendar.weeks_ahead",
    level=Level.WARNING,
    needs=("calendar",),
    says="Too little is planned for {channel} in the next {weeks} weeks, {first} to {last}: {planned} of at least "
    "{needed} posts.",
    todo="Plan the missing posts now; the sheet Ideas may have some. Or say on Wanted cadence that fewer are enough.",
    source="Your own numbers on the sheet Wanted cadence",
    thresholds=("calendar.ahead_weeks", "calendar.drop_share", "calendar.idea_rest_days", ENOUGH_POSTS),
    weight=2,
)
def check_weeks_ahead_are_planned(context: Context) -> Iterator[Hit]:
    """Channels with fewer posts in the whole weeks ahead than the lowest number wanted.

    A sleeping channel with nothing planned has a rule of its own; one that has nearly enough is worth a note only. At
    stake is what the missing posts usually bring.
    """
    nearly = context.thresholds["calendar.drop_share"]
    if first_out(calendar_of(context).posts) is None:
        return
    asleep, usual = dormant_channels(context), usual_revenues_of(context)
    for channel, shortage in weeks_ahead(context).items():
        if shortage.planned >= shortage.needed or (channel in asleep and not shortage.planned):
            continue
        yield Hit(
            about=channel,
            root=channel_root(channel),
            level=Level.NOTE if shortage.planned >= nearly * shortage.needed else None,
            evidence=(shortage.row.cell("low"),),
            values={
                "channel": context.channel_name(channel),
                "weeks": len(shortage.mondays),
                "planned": shortage.planned,
                "needed": tenth(shortage.needed),
                **shortage.values,
            },
            effect=worth_of_posts(usual, channel, shortage.missing),
            todo=_fill_text(shortage),
        )


@rule(
    "calendar.gap",
    level=Level.NOTE,
    needs=("calendar",),
    says="{channel} was silent for {days} days, from {from} to {to}.",
    todo="Keep two or three evergreen posts on the sheet Ideas for such weeks.",
    source="This program's default: more than 14 days between two posts",
    thresholds=("calendar.gap_days", "calendar.gap_look_back_days", "calendar.idea_rest_days"),
)
def check_gaps_are_short(context: Context) -> Iterator[Hit]:
    """The longest pause between two posts of each channel that is awake now. Stopped channels may be silent."""
    calendar = calendar_of(context)
    first = context.as_of - timedelta(days=whole(context, "calendar.gap_look_back_days"))
    left_alone = {*dormant_channels(context), *stopped_channels(context)}
    posts = posts_by_channel(calendar)
    for channel in calendar.channels:
        if channel in left_alone:
            continue
        pause = longest_silence(posts.get(channel, ()), channel, first, context.as_of)
        if pause is None or pause[0].out_on is None or pause[1].out_on is None:
            continue
        days = (pause[1].out_on - pause[0].out_on).days
        if days > whole(context, "calendar.gap_days"):
            ideas = ideas_for(context, [channel])[channel]
            yield Hit(
                about=channel,
                root=channel_root(channel),
                evidence=(pause[0].cell("date"), pause[1].cell("date")),
                values={
                    "channel": context.channel_name(channel),
                    "days": days,
                    "from": pause[0].out_on,
                    "to": pause[1].out_on,
                    "ideas": ideas,
                },
                todo=_GAP_WITH_IDEAS if ideas else "",
            )


def _next_step(context: Context, row: CadenceWanted, shortage: Shortage | None) -> tuple[str, Mapping[str, Wording]]:
    """What to do about too few posts: plan the missing ones, or see to it that the planned ones go out."""
    if shortage is None:
        return "", {}
    if shortage.missing:
        return _fill_text(shortage), shortage.values
    last = shortage.mondays[-1] + timedelta(days=6)
    posts = [post for post in posts_to_come(context, last) if post.channel == row.channel]
    return (_KEEP, {"posts": names_of(posts)}) if posts else ("", {})


def _fill_text(shortage: Shortage) -> str:
    if not shortage.days:
        return ""
    return _FILL_WITH_IDEAS if shortage.ideas else _FILL


def _averages(context: Context) -> Iterator[tuple[CadenceWanted, Decimal, int]]:
    """Wanted row, posts published per week, number of weeks; only over weeks in which the calendar was kept."""
    posts = posts_by_channel(calendar_of(context))
    mondays = full_weeks_before(context.as_of, whole(context, "calendar.cadence_weeks"))
    if not _is_kept_since(context, mondays):
        return
    asleep = dormant_channels(context)
    for channel, row in wanted_channels(context).items():
        if channel not in asleep:
            published = sum(week.published for week in weekly_counts(posts.get(channel, ()), channel, mondays))
            yield row, Decimal(published) / len(mondays), len(mondays)


def _is_kept_since(context: Context, mondays: tuple[date, ...]) -> bool:
    begun = first_out(calendar_of(context).posts)
    return begun is not None and bool(mondays) and begun <= mondays[0] + timedelta(days=6)


def _lacking_numbers(context: Context) -> Iterator[Lack]:
    """Channels with planned posts and a line on Wanted cadence that has no number, in one."""
    used = {post.channel for post in calendar_of(context).planned_posts}
    known = {row.channel for row in calendar_of(context).cadence_wanted if row.low is not None or row.high is not None}
    stopped = stopped_channels(context)
    rows = [
        row
        for row in calendar_of(context).cadence_wanted
        if row.channel in used and row.channel not in known and row.channel not in stopped
    ]
    if rows:
        names = tuple(dict.fromkeys(context.channel_name(row.channel) for row in rows))
        yield Lack(evidence=tuple(row.cell("low") for row in rows), values={"channels": names})


def _minutes_each(context: Context, channel: str | None) -> Decimal:
    """The minutes that a published post of a channel takes, on average."""
    out = [post for post in calendar_of(context).published_posts if post.channel == channel]
    return sum((minutes_per_post(context, post) for post in out), Decimal(0)) / max(len(out), 1)


def _values(context: Context, row: CadenceWanted, average: Decimal, weeks: int) -> dict[str, Wording]:
    return {"channel": context.channel_name(row.channel), "published": tenth(average), "weeks": weeks}
