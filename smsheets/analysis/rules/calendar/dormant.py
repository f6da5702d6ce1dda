"""Rules about channels on which nothing happens any more."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal

import msgspec

from smsheets.analysis.facts import Facts
from smsheets.analysis.finding import Hit, Lack, Level, Wording, rule
from smsheets.analysis.rules.calendar.names import (
    calendar_of,
    cells_of,
    channel_root,
    ideas_for,
    posts_by_channel,
    posts_to_come,
    stopped_channels,
    usual_revenues_of,
    whole,
    worth_of_posts,
)
from smsheets.cells import CellRef
from smsheets.plan.cadence import DAYS_IN_WEEK, first_out, last_out, wanted_by_channel
from smsheets.plan.calendar import CadenceWanted, Calendar, Post
from smsheets.plan.strategy import Channel

_LINKED_NEXT = (
    "See to it that {post} goes out on {date}, and plan the one after it. If nobody has the time, take the link "
    "off the website and say on the profile where you are now."
)
_LINKED_IDEA = (
    "Post on {channel} this week, for instance {ideas}; or take the link off the website and say on the profile where "
    "you are now."
)
_NEXT = (
    "See to it that {post} goes out on {date}, and plan the one after it. If nobody has the time, give {channel} up: "
    "take it off the sheet Wanted cadence and say so on the profile."
)
_IDEA = (
    "Post on {channel} this week, for instance {ideas}; or give it up: take it off the sheet Wanted cadence and say so "
    "on the profile."
)


@rule("calendar.dormant_linked")
def check_linked_channels_are_awake(facts: Facts) -> Iterator[Hit | Lack]:
    """Channels that the website links to, with nothing published for too long.

    At stake are the posts wanted since then, times the channel's median revenue per unpaid post.
    """
    silence, limit = silence_of(calendar_of(facts), facts.as_of), whole(facts, "calendar.dormant_days")
    wanted, usual = wanted_by_channel(calendar_of(facts)), usual_revenues_of(facts)
    linked = [row for row in _strategy_channels(facts) if row.linked and silence.days(row.channel) >= limit]
    step = _next_steps(facts, [row.channel or "" for row in linked])
    for row in linked:
        channel, days = row.channel or "", silence.days(row.channel)
        todo, values = step(channel, _LINKED_NEXT, _LINKED_IDEA)
        yield Hit(
            about=channel,
            root=channel_root(channel),
            level=Level.ERROR if days >= whole(facts, "calendar.dormant_error_days") else None,
            evidence=(*silence.cells(channel), row.cell("linked")),
            values={"channel": facts.channel_name(channel), "days": days, **values},
            effect=_worth(usual, wanted.get(channel), days),
            todo=todo,
        )
    asleep = dormant_channels(facts)
    unknown = [row for row in _strategy_channels(facts) if row.linked is None and row.channel in asleep]
    if unknown:
        names = tuple(facts.channel_name(row.channel) for row in unknown)
        yield Lack(evidence=tuple(row.cell("linked") for row in unknown), values={"channels": names})


@rule("calendar.dormant")
def check_channels_are_awake(facts: Facts) -> Iterator[Hit]:
    """Channels with a wanted cadence or posts, with nothing published for too long.

    Those that the website links to are left to the graver rule. At stake is the same.
    """
    silence = silence_of(calendar_of(facts), facts.as_of)
    graver = {row.channel for row in _strategy_channels(facts) if row.linked} | stopped_channels(facts)
    wanted, usual = wanted_by_channel(calendar_of(facts)), usual_revenues_of(facts)
    posts = posts_by_channel(calendar_of(facts))
    asleep = [channel for channel in dormant_channels(facts) if channel not in graver]
    step = _next_steps(facts, asleep)
    for channel in asleep:
        cells = silence.cells(channel) or cells_of(posts.get(channel, ()), "channel")
        if channel in wanted:
            cells = (*cells, wanted[channel].cell("low"))
        days = silence.days(channel)
        todo, values = step(channel, _NEXT, _IDEA)
        yield Hit(
            about=channel,
            root=channel_root(channel),
            evidence=cells,
            values={"channel": facts.channel_name(channel), "days": days, **values},
            effect=_worth(usual, wanted.get(channel), days),
            todo=todo,
        )


def dormant_channels(facts: Facts) -> tuple[str, ...]:
    """The calendar's channels on which nothing was published for so long that they are asleep."""
    limit = whole(facts, "calendar.dormant_days")
    silence = silence_of(calendar_of(facts), facts.as_of)
    return tuple(channel for channel in calendar_of(facts).channels if silence.days(channel) >= limit)


class Silence(msgspec.Struct, frozen=True, kw_only=True):
    """How long nothing has gone out.

    Attributes:
        last: Channel -> its newest post that is out, up to and with the as-of date.
        begun: The day of the calendar's first post that is out; None where the calendar is not kept yet.
    """

    as_of: date
    last: Mapping[str, Post]
    begun: date | None

    def days(self, channel: str | None) -> int:
        """Days since a channel's last post, or since the calendar is kept; below zero where it is not kept yet."""
        post = self.last.get(channel or "")
        since = post.out_on if post is not None else self.begun
        return (self.as_of - since).days if since is not None else -1

    def cells(self, channel: str) -> tuple[CellRef, ...]:
        """The day of a channel's last post; nothing where it never had one."""
        post = self.last.get(channel)
        return (post.cell("published_on" if post.published_on is not None else "date"),) if post is not None else ()


def silence_of(calendar: Calendar, as_of: date) -> Silence:
    """How long nothing has gone out on each channel."""
    newest = {channel: last_out(posts, channel, as_of) for channel, posts in posts_by_channel(calendar).items()}
    last = {channel: post for channel, post in newest.items() if post is not None}
    return Silence(as_of=as_of, last=last, begun=first_out(calendar.posts))


Step = Callable[[str, str, str], tuple[str, Mapping[str, Wording]]]
"""Channel, a text that names its next post, a text that names ideas -> the text that fits, and what it names."""


def _next_steps(facts: Facts, channels: Sequence[str]) -> Step:
    """What to do about these channels: their next planned posts, else ideas; each idea is given to one of them."""
    planned: dict[str | None, Post] = {}
    for post in posts_to_come(facts):
        planned.setdefault(post.channel, post)
    ideas = ideas_for(facts, [channel for channel in channels if channel not in planned])

    def step(channel: str, with_post: str, with_idea: str) -> tuple[str, Mapping[str, Wording]]:
        post = planned.get(channel)
        if post is not None and post.date is not None:
            return with_post, {"post": post.name, "date": post.date}
        return (with_idea, {"ideas": ideas[channel]}) if ideas[channel] else ("", {})

    return step


def _worth(usual: Mapping[str, Decimal], wanted: CadenceWanted | None, days: int) -> Decimal | None:
    if wanted is None or wanted.low is None:
        return None
    return worth_of_posts(usual, wanted.channel, wanted.low * days / DAYS_IN_WEEK)


def _strategy_channels(facts: Facts) -> Iterator[Channel]:
    strategy = facts.plans.strategy
    for row in strategy.channels if strategy is not None else ():
        if row.channel and row.decision != "stop":
            yield row
