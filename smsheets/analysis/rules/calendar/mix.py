"""Rules about what the posts are about."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from smsheets.analysis.context import Context
from smsheets.analysis.finding import Hit, Level, rule
from smsheets.analysis.rules.calendar.names import MOST_CELLS, calendar_of, cells_of, whole
from smsheets.money import Share
from smsheets.plan.calendar import Post
from smsheets.plan.mix import promotional_pillars, promotional_share, promotional_target


@rule(
    "calendar.too_promotional",
    level=Level.WARNING,
    needs=("calendar",),
    says="Too much promotion from {first} to {last}: {share} of the posts sell something, {target} is wanted.",
    todo="Swap some of the selling posts for ones that help, show or amuse; the sheet Ideas may have some.",
    source="The targets on the sheet Mix; without them the 80/20 rule",
    thresholds=("calendar.promotional_share", "calendar.promotional_margin", "calendar.promotional_posts"),
)
def check_mix_is_not_too_promotional(context: Context) -> Iterator[Hit]:
    """Neighbouring months in which the share of posts that sell is over the target by more than the margin."""
    calendar = calendar_of(context)
    selling = promotional_pillars(calendar)
    known = frozenset(row.pillar for row in calendar.mix_targets if row.pillar)
    target = promotional_target(calendar)
    target = context.thresholds["calendar.promotional_share"] if target is None else target
    most = target + context.thresholds["calendar.promotional_margin"]
    for months in _neighbours(_heavy_months(context, selling, known, most)):
        posts = [post for _, month_posts in months for post in month_posts]
        share = promotional_share(posts, selling, known)
        days = [post.date for post in posts if post.date is not None]
        if share is None or not days:
            continue
        targets = tuple(row.cell("target_share") for row in calendar.mix_targets if row.pillar in selling)
        loud = [post for post in posts if post.pillar in selling]
        yield Hit(
            evidence=(*targets, *cells_of(loud, "pillar"))[:MOST_CELLS],
            values={"first": min(days), "last": max(days), "share": Share(share), "target": Share(target)},
        )


Month = tuple[date, list[Post]]


def _heavy_months(context: Context, selling: frozenset[str], known: frozenset[str], most: Decimal) -> list[Month]:
    months: dict[date, list[Post]] = defaultdict(list)
    for post in calendar_of(context).planned_posts:
        if post.date is not None and post.pillar in known:
            months[post.date.replace(day=1)].append(post)
    enough = whole(context, "calendar.promotional_posts")
    found = []
    for month in sorted(months):
        share = promotional_share(months[month], selling, known)
        if len(months[month]) >= enough and share is not None and share > most:
            found.append((month, months[month]))
    return found


def _neighbours(months: list[Month]) -> list[list[Month]]:
    """Months that follow each other, together."""
    groups: list[list[Month]] = []
    for month in months:
        if groups and _number(month[0]) == _number(groups[-1][-1][0]) + 1:
            groups[-1].append(month)
        else:
            groups.append([month])
    return groups


def _number(month: date) -> int:
    return month.year * 12 + month.month
