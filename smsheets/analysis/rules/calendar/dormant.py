"""Rules about channels on which nothing happens any more."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from smsheets.analysis.facts import Facts
from smsheets.analysis.finding import Hit, Lack, Level, Wording, lack, rule
from smsheets.analysis.rules.calendar.channels import dormant_channels, ideas_for, silence_of, stopped_channels
from smsheets.analysis.subjects import cells_of, channel_root, next_post
from smsheets.plan.cadence import DAYS_IN_WEEK, wanted_by_channel
from smsheets.plan.calendar import CadenceWanted
from smsheets.plan.record import group_by
from smsheets.plan.strategy import Channel
from smsheets.plan.workload import running_channels


@rule("calendar.dormant_linked")
def check_linked_channels_are_awake(facts: Facts) -> Iterator[Hit | Lack]:
    """Channels that the website links to, with nothing published for too long.

    At stake are the posts wanted since then, times the channel's median revenue per unpaid post.
    """
    silence, limit = silence_of(facts), int(facts.thresholds["calendar.dormant_days"])
    wanted = wanted_by_channel(facts.calendar)
    linked = [row for row in _strategy_channels(facts) if row.linked and silence.days(row.channel) >= limit]
    steps = _next_steps(facts, [row.channel or "" for row in linked])
    for row in linked:
        channel, days = row.channel or "", silence.days(row.channel)
        case, values = steps[channel]
        yield Hit(
            about=channel,
            root=channel_root(channel, "posts"),
            level=Level.ERROR if days >= int(facts.thresholds["calendar.dormant_error_days"]) else None,
            evidence=(*silence.cells(channel), row.cell("linked")),
            values={"channel": facts.channel_name(channel), "days": days, **values},
            effect=_worth(facts, wanted.get(channel), days),
            case=case,
        )
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
        cells = silence.cells(channel) or cells_of(facts.posts_by_channel.get(channel, ()), "channel")
        days = silence.days(channel)
        case, values = steps[channel]
        yield Hit(
            about=channel,
            root=channel_root(channel, "posts"),
            evidence=(*cells, wanted[channel].cell("low")) if channel in wanted else cells,
            values={"channel": facts.channel_name(channel), "days": days, **values},
            effect=_worth(facts, wanted.get(channel), days),
            case=case,
        )


def _strategy_channels(facts: Facts) -> list[Channel]:
    strategy = facts.plans.strategy
    return [row for row in running_channels(strategy.channels) if row.channel] if strategy is not None else []


def _next_steps(facts: Facts, channels: Sequence[str]) -> Mapping[str, tuple[str, Mapping[str, Wording]]]:
    """Channel -> the case for it and its values: its next planned post, else ideas; each is given to one channel."""
    planned = group_by(facts.posts_to_come, lambda post: post.channel)
    ideas = ideas_for(facts, [channel for channel in channels if channel not in planned])
    steps: dict[str, tuple[str, Mapping[str, Wording]]] = {}
    for channel in channels:
        if channel in planned:
            steps[channel] = "with_post", next_post(planned[channel])
        else:
            steps[channel] = ("with_ideas", {"ideas": ideas[channel]}) if ideas[channel] else ("", {})
    return steps


def _worth(facts: Facts, wanted: CadenceWanted | None, days: int) -> Decimal | None:
    if wanted is None or wanted.low is None:
        return None
    return facts.worth_of_posts(wanted.channel, wanted.low * days / DAYS_IN_WEEK)
