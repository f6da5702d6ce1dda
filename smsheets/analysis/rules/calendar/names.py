"""What several of the calendar's rules need: names as people write them, and the calendar itself."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal

from smsheets.analysis.context import Context
from smsheets.cells import CellRef
from smsheets.plan.calendar import Calendar, Post

MOST_CELLS = 12
"""A finding that shows in more cells than this names the first ones."""


def calendar_of(context: Context) -> Calendar:
    """The calendar; an empty one where none was given."""
    return context.plans.calendar or Calendar()


def stopped_channels(context: Context) -> frozenset[str]:
    """The channels that the strategy stops; none without a strategy."""
    strategy = context.plans.strategy
    rows = strategy.channels if strategy is not None else ()
    return frozenset(row.channel for row in rows if row.channel and row.decision == "stop")


def cells_of(posts: Iterable[Post], field: str) -> tuple[CellRef, ...]:
    """The same cell of several posts, the first ones only."""
    return tuple(post.cell(field) for post in posts)[:MOST_CELLS]


def names_of(posts: Iterable[Post]) -> tuple[str, ...]:
    """The posts by name, the first ones only."""
    return tuple(post.name for post in posts)[:MOST_CELLS]


def whole(context: Context, threshold: str) -> int:
    """A threshold that is a number of days, weeks or posts."""
    return int(context.thresholds[threshold])


def tenth(number: Decimal) -> Decimal:
    """Rounded to one place, without a trailing zero: `3`, `2.5`."""
    rounded = number.quantize(Decimal("0.1"), ROUND_HALF_UP)
    return rounded.to_integral_value() if rounded == rounded.to_integral_value() else rounded
