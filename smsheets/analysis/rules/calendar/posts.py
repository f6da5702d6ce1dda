"""Rules about single posts: approved, out in time, one at a time, on a channel that is wanted."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date, time, timedelta

from smsheets.analysis.facts import Facts
from smsheets.analysis.finding import Hit, Lack, Level, rule
from smsheets.analysis.rules.calendar.names import (
    about_of,
    calendar_of,
    cells_of,
    names_of,
    people_with,
    posts_to_come,
    root_of,
    usual_revenues_of,
    worth_of_each,
)
from smsheets.plan.calendar import Post

_ASK = "Ask {people}: set them to Published if they are out, give them a new date if not, or set them to Cancelled."
_MOVE = (
    "Move {second} to {day}, when nothing is planned on {channel} yet. Two posts at once take each other's attention."
)
_BOTH_OUT = "They are out. Next time leave at least a few hours between two posts on {channel}."


@rule("calendar.not_approved")
def check_published_posts_are_approved(facts: Facts) -> Iterator[Hit]:
    """Published posts that name an approver, but no day of approval, or a later one than the day they went out."""
    found = [post for post in calendar_of(facts).posts if _is_unapproved(post)]
    if found:
        cells = [cell for post in found for cell in (post.cell("approved_on"), post.cell("status"))]
        yield Hit(
            about=about_of(found),
            root=root_of(found),
            evidence=tuple(cells[: 2 * len(names_of(found))]),
            values={
                "posts": names_of(found),
                "approvers": tuple(dict.fromkeys(post.approver for post in found if post.approver)),
            },
        )


@rule("calendar.not_published")
def check_due_posts_are_out(facts: Facts) -> Iterator[Hit]:
    """Planned posts with a date before the as-of date that are not published.

    At stake is what such posts usually bring: the median revenue per unpaid post of their channels.
    """
    dated = [(post.date, post) for post in calendar_of(facts).planned_posts if not post.is_published and post.date]
    late = [post for day, post in dated if day < facts.as_of]
    if not late:
        return
    people = people_with(late)
    yield Hit(
        about=about_of(late),
        root=root_of(late),
        evidence=cells_of(late, "status"),
        values={
            "count": len(late),
            "posts": names_of(late),
            "first": min(day for day, _ in dated if day < facts.as_of),
            "people": people,
        },
        effect=worth_of_each(usual_revenues_of(facts), late),
        case="ask" if people else "",
    )


Slot = tuple[date, time]


@rule("calendar.same_slot")
def check_slots_are_used_once(facts: Facts) -> Iterator[Hit | Lack]:
    """Posts on one channel with the same date and time, one finding for each channel: the next moment to come.

    Moments that are over are a note.
    """
    slots: dict[str, dict[Slot, list[Post]]] = defaultdict(lambda: defaultdict(list))
    for post in calendar_of(facts).planned_posts:
        if post.time is not None and post.channel is not None and post.date is not None:
            slots[post.channel][post.date, post.time].append(post)
    for channel, moments in slots.items():
        double = {slot: posts for slot, posts in sorted(moments.items()) if len(posts) > 1}
        if double:
            yield _double_slot(facts, channel, double)
    yield from _lacking_times(facts)


@rule("calendar.channel_not_in_strategy")
def check_channels_are_in_strategy(facts: Facts) -> Iterator[Hit]:
    """Channels with posts still to come that the strategy does not know. A strategy without channels says nothing."""
    strategy = facts.plans.strategy
    known = {row.channel: row.decision for row in strategy.channels if row.channel} if strategy is not None else {}
    if not known:
        return
    strange: dict[str, list[Post]] = defaultdict(list)
    for post in calendar_of(facts).planned_posts:
        if post.channel is not None and _is_strange(post, known, facts):
            strange[post.channel].append(post)
    kept = tuple(facts.channel_name(channel) for channel, decision in known.items() if decision == "keep")
    for channel, posts in strange.items():
        waiting = any(not post.is_published for post in posts)
        yield Hit(
            about=channel,
            evidence=cells_of(posts, "channel"),
            values={"channel": facts.channel_name(channel), "posts": names_of(posts), "channels": kept},
            case="move_posts" if kept and waiting else "",
        )


def _is_unapproved(post: Post) -> bool:
    if not post.is_published or post.approver is None:
        return False
    return post.approved_on is None or (post.out_on is not None and post.approved_on > post.out_on)


def _double_slot(facts: Facts, channel: str, double: dict[Slot, list[Post]]) -> Hit:
    """The first moment that can still be changed, else the last one."""
    to_come = [slot for slot, posts in double.items() if slot[0] >= facts.as_of and _waiting(posts)]
    slot = to_come[0] if to_come else list(double)[-1]
    posts = double[slot]
    second = _waiting(posts)[-1] if to_come else posts[-1]
    return Hit(
        about=about_of(posts),
        root=root_of(posts),
        level=None if to_come else Level.NOTE,
        evidence=cells_of(posts, "time"),
        values={
            "posts": names_of(posts),
            "channel": facts.channel_name(channel),
            "date": slot[0],
            "time": slot[1],
            "count": len(double),
            "second": second.name,
            "day": _next_free_day(facts, channel, slot[0]),
        },
        todo=_MOVE if to_come else _BOTH_OUT,
    )


def _waiting(posts: Sequence[Post]) -> list[Post]:
    return [post for post in posts if not post.is_published]


def _next_free_day(facts: Facts, channel: str, day: date) -> date:
    """The first day after this one without a planned post on the channel."""
    taken = {post.date for post in calendar_of(facts).planned_posts if post.channel == channel}
    while day in taken:
        day += timedelta(days=1)
    return day


def _lacking_times(facts: Facts) -> Iterator[Lack]:
    """Posts to come that share a day and a channel, some without a time; only where times are filled in at all."""
    days: dict[tuple[date | None, str | None], list[Post]] = defaultdict(list)
    for post in posts_to_come(facts):
        if post.channel is not None:
            days[post.date, post.channel].append(post)
    blank = [post for posts in days.values() if len(posts) > 1 for post in posts if post.time is None]
    if blank and any(post.time is not None for post in calendar_of(facts).posts):
        yield Lack(evidence=cells_of(blank, "time"), values={"posts": names_of(blank)})


def _is_strange(post: Post, known: dict[str, str | None], facts: Facts) -> bool:
    """Posts of a stopped channel are history unless they are still to come."""
    if post.channel not in known:
        return True
    to_come = post.date is not None and post.date >= facts.as_of and not post.is_published
    return known[post.channel] == "stop" and to_come
