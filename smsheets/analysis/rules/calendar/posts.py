"""Rules about single posts: approved, out in time, one at a time, on a channel that is wanted."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from smsheets.analysis.context import Context
from smsheets.analysis.finding import Hit, Level, rule
from smsheets.analysis.rules.calendar.names import calendar_of, cells_of, names_of
from smsheets.plan.calendar import Post


@rule(
    "calendar.not_approved",
    level=Level.WARNING,
    needs=("calendar",),
    says="{post} went out without approval: {approver} should have said yes first.",
    todo="Have it looked at now, and note the day in 'Approved on'. If nobody has to approve, empty 'Approver'.",
    source="Your own column Approver",
)
def check_published_posts_are_approved(context: Context) -> Iterator[Hit]:
    """Published posts that name an approver, but no day of approval, or a later one than the day they went out."""
    for post in calendar_of(context).posts:
        if not post.is_published or post.approver is None:
            continue
        late = post.approved_on is not None and post.out_on is not None and post.approved_on > post.out_on
        if post.approved_on is None or late:
            yield Hit(
                evidence=(post.cell("approved_on"), post.cell("status")),
                values={"post": post.name, "approver": post.approver},
            )


@rule(
    "calendar.not_published",
    level=Level.WARNING,
    needs=("calendar",),
    says="These posts should be out by now and are not published: {posts}.",
    todo="Set them to Published if they are out. Otherwise give them a new date, or set them to Cancelled.",
    source="The date of a post is the day it goes out",
)
def check_due_posts_are_out(context: Context) -> Iterator[Hit]:
    """Planned posts with a date before the as-of date that are not published."""
    late = [
        post
        for post in calendar_of(context).planned_posts
        if not post.is_published and post.date is not None and post.date < context.as_of
    ]
    if late:
        yield Hit(evidence=cells_of(late, "status"), values={"posts": names_of(late)})


@rule(
    "calendar.same_slot",
    level=Level.WARNING,
    needs=("calendar",),
    says="{posts} are planned for the same moment on {channel}: {date}, {time}.",
    todo="Move one of them. Two posts at once take the attention from each other.",
    source="This program's own rule",
)
def check_slots_are_used_once(context: Context) -> Iterator[Hit]:
    """Posts on one channel with the same date and time. Without a time there is no slot."""
    slots: dict[tuple[object, ...], list[Post]] = defaultdict(list)
    for post in calendar_of(context).planned_posts:
        if post.time is not None and post.channel is not None:
            slots[post.channel, post.date, post.time].append(post)
    for posts in slots.values():
        first = posts[0]
        if len(posts) > 1 and first.date is not None and first.time is not None:
            yield Hit(
                evidence=cells_of(posts, "time"),
                values={
                    "posts": names_of(posts),
                    "channel": context.channel_name(first.channel),
                    "date": first.date,
                    "time": first.time,
                },
            )


@rule(
    "calendar.channel_not_in_strategy",
    level=Level.WARNING,
    needs=("calendar", "strategy"),
    says="Posts are planned on {channel}, which the strategy does not have or has stopped: {posts}.",
    todo="Add {channel} to the sheet Channels of the strategy with a purpose, or move the posts to another channel.",
    source="This program's own rule: a channel is there for a reason",
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
    for channel, posts in strange.items():
        yield Hit(
            evidence=cells_of(posts, "channel"),
            values={"channel": context.channel_name(channel), "posts": names_of(posts)},
        )


def _is_strange(post: Post, known: dict[str, str | None], context: Context) -> bool:
    """Posts of a stopped channel are history unless they are still to come."""
    if post.channel not in known:
        return True
    to_come = post.date is not None and post.date >= context.as_of and not post.is_published
    return known[post.channel] == "stop" and to_come
