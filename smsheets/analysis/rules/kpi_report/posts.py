"""Rules about what works and what is ignored, post by post."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal

from smsheets.analysis.context import Context
from smsheets.analysis.finding import Hit, Level, rule
from smsheets.analysis.kpi_standards import rounded
from smsheets.analysis.variance.kpi_report import posts_variance
from smsheets.cells import CellRef
from smsheets.plan.kpi_report import PostResult
from smsheets.plan.post_rates import HOURS_IN_BLOCK, PostGroup, add_known, group_by

MOST_CELLS = 12
"""A finding that shows in more cells than this names the first ones."""

WEEKDAY_WORDS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


@rule(
    "kpi-report.works",
    level=Level.NOTE,
    needs=("kpi-report",),
    says="What works - {kind}: '{name}' gets {factor} times what is usual on its channel (median of {count} posts).",
    todo="Do more of it: plan the next ones now.",
    source="Median of each post's rate by its channel's median; one lucky post does not move it",
    thresholds=("kpi-report.works_factor", "kpi-report.group_posts"),
)
def check_what_works(context: Context) -> Iterator[Hit]:
    """The best format, pillar, weekday and time of day, where it stands out."""
    for kind, column, groups in _groups(context):
        if len(groups) > 1 and groups[0].factor >= context.thresholds["kpi-report.works_factor"]:
            yield _hit(kind, column, groups[0], context)


@rule(
    "kpi-report.ignored",
    level=Level.NOTE,
    needs=("kpi-report",),
    says="What is ignored - {kind}: '{name}' gets {factor} times what is usual on its channel (median of {count}"
    " posts).",
    todo="Do less of it, or make it differently; the time is better spent on what works.",
    source="Median of each post's rate by its channel's median; one lucky post does not move it",
    thresholds=("kpi-report.ignored_factor", "kpi-report.group_posts"),
)
def check_what_is_ignored(context: Context) -> Iterator[Hit]:
    """The weakest format, pillar, weekday and time of day, where it falls behind."""
    for kind, column, groups in _groups(context):
        if len(groups) > 1 and groups[-1].factor <= context.thresholds["kpi-report.ignored_factor"]:
            yield _hit(kind, column, groups[-1], context)


@rule(
    "kpi-report.likes_without_clicks",
    level=Level.NOTE,
    needs=("kpi-report",),
    says="'{name}': {count} posts got {likes} likes, and not one click or order.",
    todo="If they are meant to please, fine. If not, end each with one thing to do: a link, a question, an offer.",
    source="Likes are not business",
    thresholds=("kpi-report.liked_likes", "kpi-report.group_posts"),
)
def check_liked_pillars_bring_clicks(context: Context) -> Iterator[Hit]:
    """Pillars with many likes whose clicks are all counted and all zero."""
    report = context.plans.kpi_report
    if report is None:
        return
    posts = [post for post in report.post_results if post.date is None or post.date <= context.as_of]
    for pillar, members in group_by(posts, lambda post: post.pillar).items():
        likes = add_known(post.likes for post in members)
        clicks = [post.clicks for post in members if post.clicks is not None]
        orders = add_known(post.orders for post in members)
        if len(clicks) < context.thresholds["kpi-report.group_posts"] or any(clicks) or orders:
            continue
        if likes is not None and likes >= context.thresholds["kpi-report.liked_likes"]:
            yield Hit(
                evidence=_cells(members, "clicks"),
                values={"name": context.list_word("pillars", pillar), "count": len(members), "likes": likes},
            )


def _groups(context: Context) -> Iterator[tuple[str, str, tuple[PostGroup, ...]]]:
    """What is compared, the column that says it, and its groups, best first."""
    report = context.plans.kpi_report
    if report is None:
        return
    found = posts_variance(report.post_results, context)
    yield "Format", "format", found.by_format
    yield "Pillar", "pillar", found.by_pillar
    yield "Weekday", "date", found.by_weekday
    yield "Time of day", "time", found.by_hour


def _hit(kind: str, column: str, group: PostGroup, context: Context) -> Hit:
    return Hit(
        evidence=_cells(group.posts, column),
        values={
            "kind": kind,
            "name": GROUP_NAMES[column](context, group.key),
            "factor": rounded(group.factor, 1),
            "count": len(group.posts),
        },
    )


def hour_words(context: Context, key: str | int) -> str:
    """A block of three hours: `09:00-12:00`."""
    return f"{int(key):02}:00-{int(key) + HOURS_IN_BLOCK:02}:00"


def weekday_words(context: Context, key: str | int) -> str:
    """An ISO weekday by its English name."""
    return WEEKDAY_WORDS[int(key) - 1]


GROUP_NAMES: dict[str, Callable[[Context, str | int], str]] = {
    "format": lambda context, key: context.list_word("formats", str(key)),
    "pillar": lambda context, key: context.list_word("pillars", str(key)),
    "date": weekday_words,
    "time": hour_words,
}
"""Column -> how the key of its groups reads."""


def _cells(posts: list[PostResult] | tuple[PostResult, ...], column: str) -> tuple[CellRef, ...]:
    """The same cell of several posts, the most telling first: the best by likes."""
    ordered = sorted(posts, key=lambda post: -Decimal(post.likes or 0))
    return tuple(post.cell(column) for post in ordered)[:MOST_CELLS]
