"""Rules about single posts: approved, out in time, one at a time, on a channel that is wanted."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, time, timedelta
from decimal import Decimal

from smsheets.analysis.facts import Facts
from smsheets.analysis.finding import Hit, Lack, Level, Wording, lack, rule
from smsheets.analysis.subjects import (
    cells_of,
    channel_root,
    owners_of,
    places_of_posts,
    post_names,
    post_root,
    posts_id,
)
from smsheets.plan.calendar import Post
from smsheets.plan.record import add_known, group_by
from smsheets.plan.workload import STOP


def posts_hit(
    posts: Sequence[Post],
    field: str,
    *,
    values: Mapping[str, Wording],
    root: str | None = None,
    level: Level | None = None,
    effect: Decimal | None = None,
    case: str = "",
) -> Hit:
    """A case of some posts: it shows in this field of each. Without another `root` a single post is its own cause."""
    return Hit(
        about=posts_id(posts),
        root=post_root(posts) if root is None else root,
        within=places_of_posts(posts),
        evidence=cells_of(posts, field),
        values={"posts": post_names(posts), **values},
        level=level,
        effect=effect,
        case=case,
    )


@rule("calendar.not_approved")
def check_published_posts_are_approved(facts: Facts) -> Iterator[Hit]:
    """Published posts that name an approver, but no day of approval, or a later one than the day they went out."""
    out = [post for post in facts.calendar.posts if post.is_published and post.approver is not None]
    found = [post for post in out if post.approved_on is None or post.approved_on > (post.out_on or date.max)]
    if found:
        cells = [cell for post in found for cell in (post.cell("approved_on"), post.cell("status"))]
        yield Hit(
            about=posts_id(found),
            root=post_root(found),
            within=places_of_posts(found),
            evidence=tuple(cells[: 2 * len(post_names(found))]),
            values={
                "posts": post_names(found),
                "approvers": tuple(dict.fromkeys(post.approver for post in found if post.approver)),
            },
        )


@rule("calendar.not_published")
def check_due_posts_are_out(facts: Facts) -> Iterator[Hit]:
    """Planned posts with a date before the as-of date that are not published.

    At stake is what such posts usually bring: the median revenue per unpaid post of their channels.
    """
    late = [(post.date, post) for post in facts.unfinished_posts if post.date and post.date < facts.as_of]
    if not late:
        return
    posts = [post for _, post in late]
    people = owners_of(posts)
    yield posts_hit(
        posts,
        "status",
        values={"count": len(posts), "first": min(day for day, _ in late), "people": people},
        effect=add_known(facts.worth_of_posts(post.channel, 1) for post in posts),
        case="ask" if people else "",
    )


_Slot = tuple[date, time]


@rule("calendar.same_slot")
def check_slots_are_used_once(facts: Facts) -> Iterator[Hit | Lack]:
    """Posts on one channel with the same date and time, one finding for each channel: the next moment to come.

    Moments that are over are a note.
    """
    timed = [post for post in facts.calendar.planned_posts if post.time is not None]
    for channel, posts in group_by(timed, lambda post: post.channel).items():
        moments = group_by(posts, lambda post: (post.date, post.time) if post.date and post.time is not None else None)
        double = {slot: alike for slot, alike in sorted(moments.items()) if len(alike) > 1}
        if double:
            yield _double_slot(facts, channel, double)
    yield from _lacking_times(facts)


def _double_slot(facts: Facts, channel: str, double: Mapping[_Slot, Sequence[Post]]) -> Hit:
    """The first moment that can still be changed, else the last one."""
    to_come = [slot for slot, posts in double.items() if slot[0] >= facts.as_of and _waiting(posts)]
    slot = to_come[0] if to_come else list(double)[-1]
    posts = double[slot]
    second = _waiting(posts)[-1] if to_come else posts[-1]
    return posts_hit(
        posts,
        "time",
        level=None if to_come else Level.NOTE,
        values={
            "channel": facts.channel_name(channel),
            "date": slot[0],
            "time": slot[1],
            "count": len(double),
            "second": second.name,
            "day": _next_free_day(facts, channel, slot[0]),
        },
        case="move" if to_come else "all_out",
    )


def _waiting(posts: Sequence[Post]) -> list[Post]:
    return [post for post in posts if not post.is_published]


def _next_free_day(facts: Facts, channel: str, day: date) -> date:
    """The first day after this one without a planned post on the channel."""
    taken = {post.date for post in facts.posts_by_channel[channel] if post.is_planned}
    while day in taken:
        day += timedelta(days=1)
    return day


def _lacking_times(facts: Facts) -> Iterator[Lack]:
    """Posts to come that share a day and a channel, some without a time; only where times are filled in at all."""
    days = group_by(facts.posts_to_come, lambda post: (post.date, post.channel) if post.channel is not None else None)
    blank = [post for posts in days.values() if len(posts) > 1 for post in posts if post.time is None]
    if any(post.time is not None for post in facts.calendar.posts):
        yield from lack(cells_of(blank, "time"), posts=post_names(blank))


@rule("calendar.channel_not_in_strategy")
def check_channels_are_in_strategy(facts: Facts) -> Iterator[Hit]:
    """Channels with posts still to come that the strategy does not know. A strategy without channels says nothing."""
    known = {row.channel: row.decision for row in facts.strategy.channels if row.channel}
    if not known:
        return
    astray = [post for post in facts.calendar.planned_posts if _is_astray(post, known, facts.as_of)]
    kept = tuple(facts.channel_name(channel) for channel, decision in known.items() if decision == "keep")
    for channel, posts in group_by(astray, lambda post: post.channel).items():
        yield Hit(
            about=channel,
            root=channel_root(channel),
            evidence=cells_of(posts, "channel"),
            values={"channel": facts.channel_name(channel), "posts": post_names(posts), "channels": kept},
            case="move_posts" if kept and _waiting(posts) else "",
        )


def _is_astray(post: Post, known: Mapping[str, str | None], as_of: date) -> bool:
    """On a channel that the strategy does not have, or stops; posts of a stopped one are history unless to come."""
    if post.channel is None or post.channel not in known:
        return True
    to_come = post.date is not None and post.date >= as_of and not post.is_published
    return known[post.channel] == STOP and to_come
