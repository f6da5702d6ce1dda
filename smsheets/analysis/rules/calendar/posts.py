"""Rules about single posts: approved, out in time, one at a time, on a channel that is wanted."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date, time, timedelta

from smsheets.analysis.context import Context
from smsheets.analysis.finding import Hit, Lack, Level, rule
from smsheets.analysis.rules.calendar.names import (
    ENOUGH_POSTS,
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
_MOVE_POSTS = "Move {posts} to {channels}, or add {channel} to the sheet Channels of the strategy with a purpose."


@rule(
    "calendar.not_approved",
    level=Level.WARNING,
    needs=("calendar",),
    says="Posts that went out without the approval they need: {posts}. Who should have said yes first: {approvers}.",
    todo="Have {approvers} look at them now, and note the day in 'Approved on'. If nobody has to approve, empty "
    "'Approver'.",
    source="Your own column Approver",
    weight=2,
)
def check_published_posts_are_approved(context: Context) -> Iterator[Hit]:
    """Published posts that name an approver, but no day of approval, or a later one than the day they went out."""
    found = [post for post in calendar_of(context).posts if _is_unapproved(post)]
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


@rule(
    "calendar.not_published",
    level=Level.WARNING,
    needs=("calendar",),
    says="Posts that should be out by now and are not published: {count} ({posts}). The oldest was for {first}.",
    todo="Set them to Published if they are out. Otherwise give them a new date, or set them to Cancelled.",
    source="The date of a post is the day it goes out",
    thresholds=(ENOUGH_POSTS,),
    weight=2,
)
def check_due_posts_are_out(context: Context) -> Iterator[Hit]:
    """Planned posts with a date before the as-of date that are not published.

    At stake is what such posts usually bring: the median revenue per unpaid post of their channels.
    """
    dated = [(post.date, post) for post in calendar_of(context).planned_posts if not post.is_published and post.date]
    late = [post for day, post in dated if day < context.as_of]
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
            "first": min(day for day, _ in dated if day < context.as_of),
            "people": people,
        },
        effect=worth_of_each(usual_revenues_of(context), late),
        todo=_ASK if people else "",
    )


Slot = tuple[date, time]


@rule(
    "calendar.same_slot",
    level=Level.WARNING,
    needs=("calendar",),
    says="Posts for the same moment on {channel}: {posts}. The moment: {date}, {time}. Such moments: {count}.",
    todo="Move one of them. Two posts at once take the attention from each other.",
    lacks="Fill in 'Time' of {posts} to learn whether they go out at the same moment.",
    source="This program's own rule",
)
def check_slots_are_used_once(context: Context) -> Iterator[Hit | Lack]:
    """Posts on one channel with the same date and time, one finding for each channel: the next moment to come.

    Moments that are over are a note.
    """
    slots: dict[str, dict[Slot, list[Post]]] = defaultdict(lambda: defaultdict(list))
    for post in calendar_of(context).planned_posts:
        if post.time is not None and post.channel is not None and post.date is not None:
            slots[post.channel][post.date, post.time].append(post)
    for channel, moments in slots.items():
        double = {slot: posts for slot, posts in sorted(moments.items()) if len(posts) > 1}
        if double:
            yield _double_slot(context, channel, double)
    yield from _lacking_times(context)


@rule(
    "calendar.channel_not_in_strategy",
    level=Level.WARNING,
    needs=("calendar", "strategy"),
    says="Posts are planned on {channel}, which the strategy does not have or has stopped: {posts}.",
    todo="Add {channel} to the sheet Channels of the strategy with a purpose, or move the posts to another channel.",
    source="This program's own rule: a channel is there for a reason",
    weight=2,
)
def check_channels_are_in_strategy(context: Context) -> Iterator[Hit]:
    """Channels with posts still to come that the strategy does not know. A strategy without channels says nothing."""
    strategy = context.plans.strategy
    known = {row.channel: row.decision for row in strategy.channels if row.channel} if strategy is not None else {}
    if not known:
        return
    strange: dict[str, list[Post]] = defaultdict(list)
    for post in calendar_of(context).planned_posts:
        if post.channel is not None and _is_strange(post, known, context):
            strange[post.channel].append(post)
    kept = tuple(context.channel_name(channel) for channel, decision in known.items() if decision == "keep")
    for channel, posts in strange.items():
        waiting = any(not post.is_published for post in posts)
        yield Hit(
            about=channel,
            evidence=cells_of(posts, "channel"),
            values={"channel": context.channel_name(channel), "posts": names_of(posts), "channels": kept},
            todo=_MOVE_POSTS if kept and waiting else "",
        )


def _is_unapproved(post: Post) -> bool:
    if not post.is_published or post.approver is None:
        return False
    return post.approved_on is None or (post.out_on is not None and post.approved_on > post.out_on)


def _double_slot(context: Context, channel: str, double: dict[Slot, list[Post]]) -> Hit:
    """The first moment that can still be changed, else the last one."""
    to_come = [slot for slot, posts in double.items() if slot[0] >= context.as_of and _waiting(posts)]
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
            "channel": context.channel_name(channel),
            "date": slot[0],
            "time": slot[1],
            "count": len(double),
            "second": second.name,
            "day": _next_free_day(context, channel, slot[0]),
        },
        todo=_MOVE if to_come else _BOTH_OUT,
    )


def _waiting(posts: Sequence[Post]) -> list[Post]:
    return [post for post in posts if not post.is_published]


def _next_free_day(context: Context, channel: str, day: date) -> date:
    """The first day after this one without a planned post on the channel."""
    taken = {post.date for post in calendar_of(context).planned_posts if post.channel == channel}
    while day in taken:
        day += timedelta(days=1)
    return day


def _lacking_times(context: Context) -> Iterator[Lack]:
    """Posts to come that share a day and a channel, some without a time; only where times are filled in at all."""
    days: dict[tuple[date | None, str | None], list[Post]] = defaultdict(list)
    for post in posts_to_come(context):
        if post.channel is not None:
            days[post.date, post.channel].append(post)
    blank = [post for posts in days.values() if len(posts) > 1 for post in posts if post.time is None]
    if blank and any(post.time is not None for post in calendar_of(context).posts):
        yield Lack(evidence=cells_of(blank, "time"), values={"posts": names_of(blank)})


def _is_strange(post: Post, known: dict[str, str | None], context: Context) -> bool:
    """Posts of a stopped channel are history unless they are still to come."""
    if post.channel not in known:
        return True
    to_come = post.date is not None and post.date >= context.as_of and not post.is_published
    return known[post.channel] == "stop" and to_come
