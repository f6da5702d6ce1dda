"""What the posts are about: shares of the pillars, and of promotion."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import ROUND_FLOOR, Decimal

import msgspec

from smsheets.plan.calendar import Calendar, MixTarget, Post
from smsheets.plan.known import add_known


class MixShare(msgspec.Struct, frozen=True, kw_only=True):
    """One pillar, or one side (promotional or not). Shares are 0..1; None where they cannot be had.

    Attributes:
        pillar: The pillar's id; empty for a side.
        promotional: Whether it sells; None where nobody said.
        target, planned, published: Share wanted, share of the planned, share of the published posts.
    """

    pillar: str = ""
    promotional: bool | None = None
    target: Decimal | None
    planned_posts: int
    planned: Decimal | None
    published_posts: int
    published: Decimal | None


class Mix(msgspec.Struct, frozen=True, kw_only=True):
    """The shares of all pillars of the table and of both sides.

    Attributes:
        left_out: Planned posts without a pillar of the table; shares do not count them.
    """

    pillars: tuple[MixShare, ...]
    promotional: MixShare
    other: MixShare
    left_out: int


def compute_mix(calendar: Calendar) -> Mix:
    """The shares as the sheet Mix shows them: over the days that are set there, all posts without."""
    rows = [row for row in calendar.mix_targets if row.pillar]
    known = {row.pillar for row in rows}
    inside = [post for post in calendar.posts if post.pillar in known]
    planned = Counter(post.pillar for post in inside if post.is_planned and _counts(calendar, post.date))
    published = Counter(post.pillar for post in inside if _counts(calendar, post.out_on))
    all_planned = sum(1 for post in calendar.planned_posts if _counts(calendar, post.date))
    pillars = tuple(_pillar(row, planned, published) for row in rows)
    return Mix(
        pillars=pillars,
        promotional=_side(pillars, promotional=True),
        other=_side(pillars, promotional=False),
        left_out=all_planned - sum(planned.values()),
    )


def promotional_pillars(calendar: Calendar) -> frozenset[str]:
    """The pillars that sell."""
    return frozenset(row.pillar for row in calendar.mix_targets if row.pillar and row.promotional)


def promotional_target(calendar: Calendar) -> Decimal | None:
    """The share of posts that may sell, 0..1; None where no target stands in the table."""
    return add_known(row.target_share for row in calendar.mix_targets if row.promotional)


def promotional_share(posts: Iterable[Post], selling: frozenset[str], known: frozenset[str]) -> Decimal | None:
    """The share of these posts that sell, among those whose pillar is known; None where there are none."""
    counted = [post.pillar in selling for post in posts if post.pillar in known]
    return Decimal(sum(counted)) / len(counted) if counted else None


def _counts(calendar: Calendar, day: date | None) -> bool:
    view = calendar.mix_view
    return day is not None and (view.from_day or date.min) <= day <= (view.to_day or date.max)


def _pillar(row: MixTarget, planned: Counter[str | None], published: Counter[str | None]) -> MixShare:
    return MixShare(
        pillar=row.pillar or "",
        promotional=row.promotional,
        target=row.target_share,
        planned_posts=planned[row.pillar],
        planned=_share(planned[row.pillar], planned.total()),
        published_posts=published[row.pillar],
        published=_share(published[row.pillar], published.total()),
    )


def _side(pillars: tuple[MixShare, ...], *, promotional: bool) -> MixShare:
    rows = [row for row in pillars if bool(row.promotional) is promotional]
    planned, published = sum(row.planned_posts for row in rows), sum(row.published_posts for row in rows)
    any_target = any(row.target is not None for row in pillars)
    return MixShare(
        promotional=promotional,
        target=sum((row.target for row in rows if row.target is not None), Decimal(0)) if any_target else None,
        planned_posts=planned,
        planned=_share(planned, sum(row.planned_posts for row in pillars)),
        published_posts=published,
        published=_share(published, sum(row.published_posts for row in pillars)),
    )


def _share(part: int, whole: int) -> Decimal | None:
    return Decimal(part) / whole if whole else None


def selling_posts_allowed(count: int, target: Decimal) -> int:
    """How many of so many posts may sell without passing the share wanted, 0..1."""
    return int((count * target).to_integral_value(ROUND_FLOOR))


def posts_to_swap(selling: Iterable[Post], count: int, earned: Mapping[str, Decimal]) -> tuple[Post, ...]:
    """The `count` selling posts that are missed least, in the order of their dates, then of the sheet.

    First those that nothing was paid for and that belong to no initiative, of these the ones that earned least
    (`earned`: post id -> money), then the latest.
    """
    posts = list(selling)

    def missed(post: Post) -> tuple[bool, bool, Decimal, int]:
        day = post.date.toordinal() if post.date is not None else 0
        return bool(post.boosted), post.initiative_id is not None, earned.get(post.post_id or "", Decimal(0)), -day

    chosen = {id(post) for post in sorted(posts, key=missed)[: max(count, 0)]}
    return tuple(sorted((post for post in posts if id(post) in chosen), key=lambda post: post.date or date.min))
