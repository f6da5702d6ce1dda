"""What several of the calendar's rules need: the calendar itself, its posts by name, and what findings are about."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal

from smsheets.analysis.context import Context, Term
from smsheets.cells import CellRef
from smsheets.plan.calendar import Calendar, Post
from smsheets.plan.kpi_report import PostResult

MOST_CELLS = 12
"""A finding that shows in more cells than this names the first ones."""
WEEKDAY_WORDS = tuple(
    Term(day) for day in ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
)
"""By ISO weekday less one."""


def calendar_of(context: Context) -> Calendar:
    """The calendar; an empty one where none was given."""
    return context.plans.calendar or Calendar()


def results_of(context: Context) -> tuple[PostResult, ...]:
    """The results of posts up to the as-of date; none without a KPI report."""
    report = context.plans.kpi_report
    rows = report.post_results if report is not None else ()
    return tuple(row for row in rows if row.date is None or row.date <= context.as_of)


def stopped_channels(context: Context) -> frozenset[str]:
    """The channels that the strategy stops; none without a strategy."""
    strategy = context.plans.strategy
    rows = strategy.channels if strategy is not None else ()
    return frozenset(row.channel for row in rows if row.channel and row.decision == "stop")


def posts_by_channel(calendar: Calendar) -> Mapping[str, list[Post]]:
    """Channel -> its posts in the order of the sheet, whatever their status."""
    found: dict[str, list[Post]] = defaultdict(list)
    for post in calendar.posts:
        if post.channel is not None:
            found[post.channel].append(post)
    return found


def posts_to_come(context: Context, last: date | None = None) -> tuple[Post, ...]:
    """The planned posts that are not out, from the as-of date up to and with `last`, in the order of their dates."""
    found = [
        (post.date, post)
        for post in calendar_of(context).planned_posts
        if not post.is_published and post.date is not None and context.as_of <= post.date <= (last or date.max)
    ]
    return tuple(post for _, post in sorted(found, key=lambda pair: pair[0]))


def days_ahead(context: Context, threshold: str) -> date:
    """The day so many days after the as-of date as a threshold says."""
    return context.as_of + timedelta(days=whole(context, threshold))


def cells_of(posts: Iterable[Post], field: str) -> tuple[CellRef, ...]:
    """The same cell of several posts, the first ones only."""
    return tuple(post.cell(field) for post in posts)[:MOST_CELLS]


def names_of(posts: Iterable[Post]) -> tuple[str, ...]:
    """The posts by name, the first ones only."""
    return tuple(post.name for post in posts)[:MOST_CELLS]


def people_with(posts: Iterable[Post]) -> tuple[str, ...]:
    """Who is responsible for these posts, each once."""
    return tuple(dict.fromkeys(post.owner for post in posts if post.owner))[:MOST_CELLS]


def about_of(posts: Iterable[Post]) -> str:
    """What a finding about posts is about: `P12`, `P12+P14`."""
    return "+".join(name for name in names_of(posts) if name)


def root_of(posts: Sequence[Post]) -> str:
    """The cause that lies in one single post; several posts have none in common."""
    return f"post {posts[0].name}" if len(posts) == 1 and posts[0].name else ""


def channel_root(channel: str | None) -> str:
    """The cause of too few, too many or no posts on a channel."""
    return f"channel {channel}: posts"


def whole(context: Context, threshold: str) -> int:
    """A threshold that is a number of days, weeks or posts."""
    return int(context.thresholds[threshold])


def tenth(number: Decimal) -> Decimal:
    """Rounded to one place, without a trailing zero: `3`, `2.5`."""
    rounded = number.quantize(Decimal("0.1"), ROUND_HALF_UP)
    return rounded.to_integral_value() if rounded == rounded.to_integral_value() else rounded
