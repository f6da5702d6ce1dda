"""Rules about how often each channel is fed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from decimal import Decimal

from smsheets.analysis.facts import Facts
from smsheets.analysis.finding import Hit, Lack, Level, Wording, rule
from smsheets.analysis.rules.calendar.dormant import dormant_channels
from smsheets.analysis.rules.calendar.names import (
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


@rule("calendar.below_cadence")
def check_cadence_is_kept(facts: Facts) -> Iterator[Hit | Lack]:
    """Channels whose average of published posts is below the number wanted. Sleeping ones have a rule of their own.

    A channel that gets nearly enough is worth a note only. At stake is what the missing posts would have brought:
    their number times the channel's median revenue per unpaid post.
    """
    ahead, usual = weeks_ahead(facts), usual_revenues_of(facts)
    nearly = facts.thresholds["calendar.drop_share"]
    for row, average, weeks in _averages(facts):
        if row.low is None or average >= row.low:
            continue
        todo, values = _next_step(facts, row, ahead.get(row.channel or ""))
        yield Hit(
            about=row.channel or "",
            root=channel_root(row.channel),
            level=Level.NOTE if average >= nearly * row.low else None,
            evidence=(row.cell("low"),),
            values={**_values(facts, row, average, weeks), "low": tenth(row.low), **values},
            effect=worth_of_posts(usual, row.channel, (row.low - average) * weeks),
            todo=todo,
        )
    yield from _lacking_numbers(facts)


@rule("calendar.above_cadence")
def check_not_too_many_posts(facts: Facts) -> Iterator[Hit]:
    """Channels whose average of published posts is above the number wanted, and the time in the extra ones."""
    for row, average, weeks in _averages(facts):
        if row.high is not None and average > row.high:
            hours = (average - row.high) * _minutes_each(facts, row.channel) / MINUTES_PER_HOUR
            yield Hit(
                about=row.channel or "",
                root=channel_root(row.channel),
                evidence=(row.cell("high"),),
                values={**_values(facts, row, average, weeks), "high": tenth(row.high), "hours": tenth(hours)},
            )


@rule("calendar.weeks_ahead")
def check_weeks_ahead_are_planned(facts: Facts) -> Iterator[Hit]:
    """Channels with fewer posts in the whole weeks ahead than the lowest number wanted.

    A sleeping channel with nothing planned has a rule of its own; one that has nearly enough is worth a note only. At
    stake is what the missing posts usually bring.
    """
    nearly = facts.thresholds["calendar.drop_share"]
    if first_out(calendar_of(facts).posts) is None:
        return
    asleep, usual = dormant_channels(facts), usual_revenues_of(facts)
    for channel, shortage in weeks_ahead(facts).items():
        if shortage.planned >= shortage.needed or (channel in asleep and not shortage.planned):
            continue
        yield Hit(
            about=channel,
            root=channel_root(channel),
            level=Level.NOTE if shortage.planned >= nearly * shortage.needed else None,
            evidence=(shortage.row.cell("low"),),
            values={
                "channel": facts.channel_name(channel),
                "weeks": len(shortage.mondays),
                "planned": shortage.planned,
                "needed": tenth(shortage.needed),
                **shortage.values,
            },
            effect=worth_of_posts(usual, channel, shortage.missing),
            todo=_fill_text(shortage),
        )


@rule("calendar.gap")
def check_gaps_are_short(facts: Facts) -> Iterator[Hit]:
    """The longest pause between two posts of each channel that is awake now. Stopped channels may be silent."""
    calendar = calendar_of(facts)
    first = facts.as_of - timedelta(days=whole(facts, "calendar.gap_look_back_days"))
    left_alone = {*dormant_channels(facts), *stopped_channels(facts)}
    posts = posts_by_channel(calendar)
    for channel in calendar.channels:
        if channel in left_alone:
            continue
        pause = longest_silence(posts.get(channel, ()), channel, first, facts.as_of)
        if pause is None or pause[0].out_on is None or pause[1].out_on is None:
            continue
        days = (pause[1].out_on - pause[0].out_on).days
        if days > whole(facts, "calendar.gap_days"):
            ideas = ideas_for(facts, [channel])[channel]
            yield Hit(
                about=channel,
                root=channel_root(channel),
                evidence=(pause[0].cell("date"), pause[1].cell("date")),
                values={
                    "channel": facts.channel_name(channel),
                    "days": days,
                    "from": pause[0].out_on,
                    "to": pause[1].out_on,
                    "ideas": ideas,
                },
                case="gap_with_ideas" if ideas else "",
            )


def _next_step(facts: Facts, row: CadenceWanted, shortage: Shortage | None) -> tuple[str, Mapping[str, Wording]]:
    """What to do about too few posts: plan the missing ones, or see to it that the planned ones go out."""
    if shortage is None:
        return "", {}
    if shortage.missing:
        return _fill_text(shortage), shortage.values
    last = shortage.mondays[-1] + timedelta(days=6)
    posts = [post for post in posts_to_come(facts, last) if post.channel == row.channel]
    return (_KEEP, {"posts": names_of(posts)}) if posts else ("", {})


def _fill_text(shortage: Shortage) -> str:
    if not shortage.days:
        return ""
    return _FILL_WITH_IDEAS if shortage.ideas else _FILL


def _averages(facts: Facts) -> Iterator[tuple[CadenceWanted, Decimal, int]]:
    """Wanted row, posts published per week, number of weeks; only over weeks in which the calendar was kept."""
    posts = posts_by_channel(calendar_of(facts))
    mondays = full_weeks_before(facts.as_of, whole(facts, "calendar.cadence_weeks"))
    if not _is_kept_since(facts, mondays):
        return
    asleep = dormant_channels(facts)
    for channel, row in wanted_channels(facts).items():
        if channel not in asleep:
            published = sum(week.published for week in weekly_counts(posts.get(channel, ()), channel, mondays))
            yield row, Decimal(published) / len(mondays), len(mondays)


def _is_kept_since(facts: Facts, mondays: tuple[date, ...]) -> bool:
    begun = first_out(calendar_of(facts).posts)
    return begun is not None and bool(mondays) and begun <= mondays[0] + timedelta(days=6)


def _lacking_numbers(facts: Facts) -> Iterator[Lack]:
    """Channels with planned posts and a line on Wanted cadence that has no number, in one."""
    used = {post.channel for post in calendar_of(facts).planned_posts}
    known = {row.channel for row in calendar_of(facts).cadence_wanted if row.low is not None or row.high is not None}
    stopped = stopped_channels(facts)
    rows = [
        row
        for row in calendar_of(facts).cadence_wanted
        if row.channel in used and row.channel not in known and row.channel not in stopped
    ]
    if rows:
        names = tuple(dict.fromkeys(facts.channel_name(row.channel) for row in rows))
        yield Lack(evidence=tuple(row.cell("low") for row in rows), values={"channels": names})


def _minutes_each(facts: Facts, channel: str | None) -> Decimal:
    """The minutes that a published post of a channel takes, on average."""
    out = [post for post in calendar_of(facts).published_posts if post.channel == channel]
    return sum((minutes_per_post(facts, post) for post in out), Decimal(0)) / max(len(out), 1)


def _values(facts: Facts, row: CadenceWanted, average: Decimal, weeks: int) -> dict[str, Wording]:
    return {"channel": facts.channel_name(row.channel), "published": tenth(average), "weeks": weeks}
