"""Rules about channels on which nothing happens any more."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from smsheets.analysis.facts import Facts
from smsheets.analysis.finding import Hit, Lack, Level, Wording, lack, rule
from smsheets.analysis.rules.calendar.channels import (
    dormant_channels,
    ideas_for,
    silence_of,
    stopped_channels,
    unstarted_channels,
)
from smsheets.analysis.subjects import channel_root, next_post
from smsheets.cells import CellRef
from smsheets.periods import DAYS_IN_WEEK
from smsheets.plan.cadence import wanted_by_channel
from smsheets.plan.calendar import CadenceWanted
from smsheets.plan.record import group_by
from smsheets.plan.strategy import Channel
from smsheets.plan.workload import running_channels

_Step = tuple[str, Mapping[str, Wording]]
"""The case that says what to do next, and its values."""


@rule("calendar.dormant_linked")
def check_linked_channels_are_awake(facts: Facts) -> Iterator[Hit | Lack]:
    """Channels that the website links to, with nothing published for too long.

    At stake are the posts wanted since then, times the channel's median revenue per unpaid post.
    """
    silence, limit = silence_of(facts), int(facts.thresholds["calendar.dormant_days"])
    linked = [row for row in _strategy_channels(facts) if row.linked and silence.days(row.channel) >= limit]
    steps = _next_steps(facts, [row.channel or "" for row in linked])
    for row in linked:
        channel, days = row.channel or "", silence.days(row.channel)
        level = Level.ERROR if days >= int(facts.thresholds["calendar.dormant_error_days"]) else None
        yield _hit(facts, channel, days, (*silence.cells(channel), row.cell("linked")), steps[channel], level)
    asleep = dormant_channels(facts)
    unknown = [row for row in _strategy_channels(facts) if row.linked is None and row.channel in asleep]
    names = tuple(facts.channel_name(row.channel) for row in unknown)
    yield from lack((row.cell("linked") for row in unknown), channels=names)


@rule("calendar.dormant")
def check_channels_are_awake(facts: Facts) -> Iterator[Hit]:
    """Channels with a wanted cadence or posts, with nothing published for too long.

    Those that the website links to are left to the graver rule. At stake is the same.
    """
    silence, wanted = silence_of(facts), wanted_by_channel(facts.calendar)
    graver = {row.channel for row in _strategy_channels(facts) if row.linked} | stopped_channels(facts)
    asleep = [channel for channel in dormant_channels(facts) if channel not in graver]
    steps = _next_steps(facts, asleep)
    for channel in asleep:
        low = (wanted[channel].cell("low"),) if channel in wanted else ()
        cells = (*silence.cells(channel), *low)
        yield _hit(facts, channel, silence.days(channel), cells, steps[channel])


@rule("calendar.not_started")
def check_wanted_channels_have_begun(facts: Facts) -> Iterator[Hit]:
    """Something is planned at least on channels on which nothing ever went out."""
    linked = {row.channel: row for row in _strategy_channels(facts) if row.linked}
    empty = unstarted_channels(facts)
    ideas = ideas_for(facts, list(empty))
    for channel, row in empty.items():
        yield Hit(
            about=channel,
            root=channel_root(channel),
            evidence=(row.cell("low"), *((linked[channel].cell("linked"),) if channel in linked else ())),
            values={"channel": facts.channel_name(channel), "ideas": ideas[channel]},
            case="linked" if channel in linked else "with_ideas" if ideas[channel] else "",
        )


def _strategy_channels(facts: Facts) -> list[Channel]:
    strategy = facts.plans.strategy
    rows = running_channels(strategy.channels) if strategy is not None else ()
    wanted = wanted_by_channel(facts.calendar)
    return [row for row in rows if row.channel and (facts.takes_posts(row.channel) or row.channel in wanted)]


def _hit(
    facts: Facts, channel: str, days: int, cells: tuple[CellRef, ...], step: _Step, level: Level | None = None
) -> Hit:
    """A channel that is asleep; at stake are the posts wanted in these days."""
    wanted = wanted_by_channel(facts.calendar).get(channel, CadenceWanted())
    return Hit(
        about=channel,
        root=channel_root(channel),
        level=level,
        evidence=cells,
        values={"channel": facts.channel_name(channel), "days": days, **step[1]},
        effect=None if wanted.low is None else facts.worth_of_posts(channel, wanted.low * days / DAYS_IN_WEEK),
        case=step[0],
    )


def _next_steps(facts: Facts, channels: Sequence[str]) -> Mapping[str, _Step]:
    """Channel -> the case for it and its values: its next planned post, else ideas; each is given to one channel.

    Where the reviews have a decision on it that is overdue, that is what to do, with the next planned post.
    """
    planned = group_by(facts.posts_to_come, lambda post: post.channel)
    ideas = ideas_for(facts, [channel for channel in channels if channel not in planned])
    steps: dict[str, _Step] = {}
    for channel in channels:
        decision = facts.overdue_decision(channel)
        post = next_post(planned[channel]) if channel in planned else {}
        if decision is not None and decision.due is not None:
            named: dict[str, Wording] = {
                "decision": decision.decision_id or decision.decision or "",
                "since": decision.due,
            }
            steps[channel] = "decide_with_post" if post else "decide", {**named, **post}
        elif post:
            steps[channel] = "with_post", post
        else:
            steps[channel] = ("with_ideas", {"ideas": ideas[channel]}) if ideas[channel] else ("", {})
    return steps
