"""Rules about when posts go out: the weekday and the time of day that did better on their channel."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, time, timedelta

from smsheets.analysis.context import Context
from smsheets.analysis.finding import Hit, Lack, Level, rule
from smsheets.analysis.kpi_standards import rounded
from smsheets.analysis.rules.calendar.names import (
    WEEKDAY_WORDS,
    about_of,
    calendar_of,
    cells_of,
    names_of,
    posts_to_come,
    results_of,
    whole,
)
from smsheets.analysis.rules.calendar.worth import ENOUGH_POSTS
from smsheets.cells import CellRef
from smsheets.plan.cadence import DAYS_IN_WEEK
from smsheets.plan.calendar import Post
from smsheets.plan.kpi_report import PostResult
from smsheets.plan.post_rates import HOURS_IN_BLOCK, PostGroup, compare_groups, group_by, hour_block_of, weekday_of
from smsheets.plan.slots import nearest_free_day

_MOVE_ALL = "Move {posts} to {days}, in this order."
_WORKS = "kpi-report.works_factor"


@rule(
    "calendar.better_day",
    level=Level.NOTE,
    needs=("calendar", "kpi-report"),
    says="Posts on {channel} get {factor} times what is usual there when they go out on one day: {weekday} (median of "
    "{count} posts). Planned for other days: {posts}.",
    todo="Move {posts} to {days}.",
    source="Median of each post's rate by its channel's median; one lucky post does not move it",
    thresholds=(_WORKS, ENOUGH_POSTS, "calendar.better_time_weeks"),
    weight=2,
)
def check_posts_use_the_better_day(context: Context) -> Iterator[Hit]:
    """Posts of the next weeks that could go out on their channel's best weekday, if that stands out and is free."""
    for channel, group, ahead in _channels(context, weekday_of):
        moves = _moves(context, channel, int(group.key), ahead)
        if not moves:
            continue
        posts = [post for post, _ in moves]
        yield Hit(
            about=channel,
            evidence=(*cells_of(posts, "date"), *_best_cells(group, "date")),
            values={
                "channel": context.channel_name(channel),
                "weekday": WEEKDAY_WORDS[int(group.key) - 1],
                "factor": rounded(group.factor, 1),
                "count": len(group.posts),
                "posts": names_of(posts),
                "days": tuple(day for _, day in moves)[: len(names_of(posts))],
            },
            todo=_MOVE_ALL if len(moves) > 1 else "",
        )


@rule(
    "calendar.better_hour",
    level=Level.NOTE,
    needs=("calendar", "kpi-report"),
    says="Posts on {channel} get {factor} times what is usual there when they go out between {from} and {to} (median "
    "of {count} posts). Planned for other hours: {posts}.",
    todo="Set the time of {posts} to between {from} and {to}.",
    lacks="Fill in 'Time' of your posts in the KPI report to learn which hours are the best.",
    source="Median of each post's rate by its channel's median; one lucky post does not move it",
    thresholds=(_WORKS, ENOUGH_POSTS, "calendar.better_time_weeks", "calendar.blank_share"),
    weight=2,
)
def check_posts_use_the_better_hour(context: Context) -> Iterator[Hit | Lack]:
    """Posts of the next weeks at other hours than their channel's best three, if those stand out."""
    for channel, group, ahead in _channels(context, hour_block_of):
        start = int(group.key)
        posts = [
            post for post in ahead if post.time is not None and not start <= post.time.hour < start + HOURS_IN_BLOCK
        ]
        if posts:
            yield Hit(
                about=about_of(posts),
                evidence=(*cells_of(posts, "time"), *_best_cells(group, "time")),
                values={
                    "channel": context.channel_name(channel),
                    "from": time(start),
                    "to": time((start + HOURS_IN_BLOCK) % 24),
                    "factor": rounded(group.factor, 1),
                    "count": len(group.posts),
                    "posts": names_of(posts),
                },
            )
    yield from _lacking_times(context)


def _channels(context: Context, key: Callable[[PostResult], int | None]) -> Iterator[tuple[str, PostGroup, list[Post]]]:
    """Channel, its best group where that stands out among at least two, and the channel's posts of the next weeks."""
    last = context.as_of + timedelta(weeks=whole(context, "calendar.better_time_weeks"))
    ahead = [post for post in posts_to_come(context, last) if post.channel]
    results = group_by(results_of(context), lambda post: post.channel)
    for channel in dict.fromkeys(post.channel for post in ahead if post.channel):
        groups = compare_groups(results.get(channel, ()), key, whole(context, ENOUGH_POSTS))
        if len(groups) > 1 and groups[0].factor >= context.thresholds[_WORKS]:
            yield channel, groups[0], [post for post in ahead if post.channel == channel]


def _moves(context: Context, channel: str, weekday: int, ahead: list[Post]) -> list[tuple[Post, date]]:
    """Posts and the nearest free day with this weekday, each day once."""
    taken = {
        post.date for post in calendar_of(context).planned_posts if post.channel == channel and post.date is not None
    }
    found = []
    for post in ahead:
        if post.date is None or post.date.isoweekday() == weekday:
            continue
        day = nearest_free_day(taken, post.date, weekday, context.as_of)
        if day is not None and abs((day - post.date).days) < DAYS_IN_WEEK:
            taken.add(day)
            found.append((post, day))
    return found


def _best_cells(group: PostGroup, column: str) -> tuple[CellRef, ...]:
    return tuple(post.cell(column) for post in group.posts)[:DAYS_IN_WEEK]


def _lacking_times(context: Context) -> Iterator[Lack]:
    """Results without a time, where too many have none and there are posts to come."""
    results = results_of(context)
    blank = [row for row in results if row.date is not None and row.time is None]
    if len(blank) > context.thresholds["calendar.blank_share"] * len(results) and posts_to_come(context):
        yield Lack(evidence=tuple(row.cell("time") for row in blank)[:DAYS_IN_WEEK])
