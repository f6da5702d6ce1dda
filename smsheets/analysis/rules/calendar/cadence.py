"""Rules about how often there is a post on each channel."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import timedelta
from decimal import Decimal

from smsheets.analysis.facts import Facts
from smsheets.analysis.finding import Hit, Lack, Level, Wording, lack, rule
from smsheets.analysis.kpi_standards import rounded
from smsheets.analysis.rules.calendar.channels import (
    Shortage,
    count_published,
    dormant_channels,
    find_shortages,
    has_begun,
    ideas_for,
    mean_minutes,
    posted_channels,
    stopped_channels,
    unstarted_channels,
    wanted_channels,
)
from smsheets.analysis.subjects import channel_root, post_names
from smsheets.plan.cadence import first_out, full_weeks_before, longest_silence
from smsheets.plan.calendar import CadenceWanted
from smsheets.plan.slip import week_end
from smsheets.plan.workload import MINUTES_PER_HOUR


@rule("calendar.below_cadence")
def check_cadence_is_kept(facts: Facts) -> Iterator[Hit | Lack]:
    """Channels whose average of published posts is below the number wanted. Sleeping ones have a rule of their own.

    A channel that gets nearly enough is worth a note only. At stake is what the missing posts would have brought:
    their number times the channel's median revenue per unpaid post.
    """
    shortages, nearly = find_shortages(facts), facts.thresholds["calendar.drop_share"]
    for row, average, weeks in _averages(facts):
        if row.low is None or average >= row.low:
            continue
        case, values = _next_step(facts, row, shortages.get(row.channel or ""))
        yield Hit(
            about=row.channel or "",
            root=channel_root(row.channel),
            level=Level.NOTE if average >= nearly * row.low else None,
            evidence=(row.cell("low"),),
            values={**_values(facts, row, average, weeks), "low": rounded(row.low, 1), **values},
            effect=facts.worth_of_posts(row.channel, (row.low - average) * weeks),
            case=case,
        )
    yield from _lacking_numbers(facts)


def _next_step(facts: Facts, row: CadenceWanted, shortage: Shortage | None) -> tuple[str, Mapping[str, Wording]]:
    """The case for too few posts, and its values: plan the missing ones, or see to it that the planned ones go out."""
    if shortage is None:
        return "", {}
    if shortage.missing:
        return shortage.case, shortage.values
    posts = [post for post in facts.posts_until(shortage.last) if post.channel == row.channel]
    return ("keep", {"posts": post_names(posts)}) if posts else ("", {})


def _lacking_numbers(facts: Facts) -> Iterator[Lack]:
    """Channels with planned posts and a line on Wanted cadence that has no number, in one."""
    wanted = facts.calendar.cadence_wanted
    used = {post.channel for post in facts.calendar.planned_posts}
    known = {row.channel for row in wanted if row.low is not None or row.high is not None} | stopped_channels(facts)
    used = {channel for channel in used - known if facts.takes_posts(channel)}
    rows = [row for row in wanted if row.channel in used]
    names = tuple(dict.fromkeys(facts.channel_name(row.channel) for row in rows))
    yield from lack((row.cell("low") for row in rows), channels=names)


@rule("calendar.above_cadence")
def check_not_too_many_posts(facts: Facts) -> Iterator[Hit]:
    """Channels whose average of published posts is above the number wanted, and the time in the extra ones."""
    for row, average, weeks in _averages(facts):
        if row.high is None or average <= row.high:
            continue
        posts = [post for post in facts.calendar.published_posts if post.channel == row.channel]
        hours = (average - row.high) * mean_minutes(facts, posts) / MINUTES_PER_HOUR
        yield Hit(
            about=row.channel or "",
            root=channel_root(row.channel),
            evidence=(row.cell("high"),),
            values={**_values(facts, row, average, weeks), "high": rounded(row.high, 1), "hours": rounded(hours, 1)},
            hours=hours,
        )


def _averages(facts: Facts) -> Iterator[tuple[CadenceWanted, Decimal, int]]:
    """Wanted row, posts published per week, number of weeks; nothing of a channel younger than these weeks."""
    mondays = full_weeks_before(facts.calendar_day, int(facts.thresholds["calendar.cadence_weeks"]))
    if not mondays:
        return
    asleep = dormant_channels(facts)
    for channel, row in wanted_channels(facts).items():
        if channel not in asleep and has_begun(facts, channel, week_end(mondays[0])):
            yield row, Decimal(count_published(facts, channel, mondays)) / len(mondays), len(mondays)


def _values(facts: Facts, row: CadenceWanted, average: Decimal, weeks: int) -> dict[str, Wording]:
    return {"channel": facts.channel_name(row.channel), "published": rounded(average, 1), "weeks": weeks}


@rule("calendar.weeks_ahead")
def check_weeks_ahead_are_planned(facts: Facts) -> Iterator[Hit]:
    """Channels with fewer posts in the whole weeks ahead than the lowest number wanted.

    A channel with nothing planned that sleeps, or never began, has a rule of its own; one that has nearly enough is
    worth a note only. At stake is what the missing posts usually bring.
    """
    if first_out(facts.calendar.posts) is None:
        return
    silent = {*dormant_channels(facts), *unstarted_channels(facts)}
    nearly = facts.thresholds["calendar.drop_share"]
    for channel, shortage in find_shortages(facts).items():
        if shortage.planned >= shortage.needed or (channel in silent and not shortage.planned):
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
                "needed": rounded(shortage.needed, 1),
                **shortage.values,
            },
            effect=facts.worth_of_posts(channel, shortage.missing),
            case=shortage.case,
        )


@rule("calendar.gap")
def check_gaps_are_short(facts: Facts) -> Iterator[Hit]:
    """The longest pause between two posts of each channel that is awake now. Stopped channels may be silent."""
    first = facts.as_of - timedelta(days=int(facts.thresholds["calendar.gap_look_back_days"]))
    left_alone = {*dormant_channels(facts), *stopped_channels(facts)}
    for channel in posted_channels(facts):
        if channel in left_alone:
            continue
        pause = longest_silence(facts.posts_by_channel.get(channel, ()), channel, first, facts.as_of)
        if pause is None or pause[0].out_on is None or pause[1].out_on is None:
            continue
        days = (pause[1].out_on - pause[0].out_on).days
        if days > int(facts.thresholds["calendar.gap_days"]):
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
                case="with_ideas" if ideas else "",
            )
