"""Rules about what the posts are about."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal

import msgspec

from smsheets.analysis.facts import Facts
from smsheets.analysis.finding import Hit, Lack, Level, Wording, rule
from smsheets.analysis.rules.calendar.names import (
    MOST_CELLS,
    MOST_DAYS,
    calendar_of,
    cells_of,
    names_of,
    posts_to_come,
    results_of,
    whole,
)
from smsheets.money import Share
from smsheets.plan.calendar import Post
from smsheets.plan.content import (
    posts_to_swap,
    promotional_pillars,
    promotional_share,
    promotional_target,
    ready_ideas,
    selling_posts_allowed,
)
from smsheets.plan.results import revenue_of

_ROOT = "mix of the posts"
_SWAP = "Swap {swap} of the {selling} selling posts for ones that help, show or amuse: {posts}."
_SWAP_WITH_IDEAS = (
    "Swap {swap} of the {selling} selling posts for ones that help, show or amuse: {posts}. Ideas that are ready: "
    "{ideas}."
)
_PAST = (
    "Those days are over: {swap} of the {selling} selling posts were too many, for instance {posts}. At most {allowed} "
    "of the {planned} posts to come should sell; so far {ahead} do."
)
_ALL_PAST = (
    "Those days are over: {swap} of the {selling} selling posts were too many, for instance {posts}. Of the next ones "
    "{target} should sell at most."
)


class Stretch(msgspec.Struct, frozen=True, kw_only=True):
    """A month that sells too much, or neighbouring ones that are over: posts of known pillars, and those to swap.

    Attributes:
        swap: How many selling posts are too many, added up over the months.
        posts: Which ones to swap, in the order of their dates; in months that are over, which would have had to be.
        open: Whether there are posts among them that are not out yet.
    """

    first_month: date
    last_month: date
    all_posts: tuple[Post, ...]
    swap: int
    posts: tuple[Post, ...]
    open: bool


@rule("calendar.too_promotional")
def check_mix_is_not_too_promotional(facts: Facts) -> Iterator[Hit | Lack]:
    """Months in which the share of posts that sell is over the target by more than the margin.

    Each month with selling posts still to come is told by itself. Neighbouring months that are over are told together
    and are worth a note: what is out cannot be swapped any more.
    """
    calendar = calendar_of(facts)
    selling = promotional_pillars(calendar)
    known = frozenset(row.pillar for row in calendar.mix_targets if row.pillar)
    target = promotional_target(calendar)
    target = facts.thresholds["calendar.promotional_share"] if target is None else target
    for stretch in _neighbours(_heavy_months(facts, selling, known, target)):
        share = promotional_share(stretch.all_posts, selling, known)
        days = [post.date for post in stretch.all_posts if post.date is not None]
        if share is None or not days:
            continue
        targets = tuple(row.cell("target_share") for row in calendar.mix_targets if row.pillar in selling)
        loud = [post for post in stretch.all_posts if post.pillar in selling]
        todo, values = _next_step(facts, stretch, loud, selling, target)
        yield Hit(
            about=stretch.first_month.strftime("%Y-%m"),
            root=_ROOT,
            level=None if stretch.open else Level.NOTE,
            evidence=(*targets, *cells_of(stretch.posts, "pillar"))[:MOST_CELLS],
            values={"first": min(days), "last": max(days), "share": Share(share), "target": Share(target), **values},
            todo=todo,
        )
    yield from _lacking_pillars(facts)


def _next_step(
    facts: Facts, stretch: Stretch, loud: Sequence[Post], selling: frozenset[str], target: Decimal
) -> tuple[str, dict[str, Wording]]:
    """Which posts to swap, and for which ideas; for months that are over what to keep in mind for the posts to come."""
    values: dict[str, Wording] = {"swap": stretch.swap, "selling": len(loud), "posts": names_of(stretch.posts)}
    if stretch.open:
        ready = ready_ideas(calendar_of(facts), facts.as_of, whole(facts, "calendar.idea_rest_days"))
        ideas = tuple(idea.name for idea in ready if idea.pillar not in selling)[: min(stretch.swap, MOST_DAYS)]
        return _SWAP_WITH_IDEAS if ideas else _SWAP, {**values, "ideas": ideas}
    ahead = posts_to_come(facts)
    if not ahead:
        return _ALL_PAST, values
    allowed = selling_posts_allowed(len(ahead), target)
    return _PAST, {
        **values,
        "planned": len(ahead),
        "allowed": allowed,
        "ahead": sum(post.pillar in selling for post in ahead),
    }


def _heavy_months(facts: Facts, selling: frozenset[str], known: frozenset[str], target: Decimal) -> Iterator[Stretch]:
    """One stretch per month that is over the target by more than the margin, in order."""
    months: dict[date, list[Post]] = defaultdict(list)
    for post in calendar_of(facts).planned_posts:
        if post.date is not None and post.pillar in known:
            months[post.date.replace(day=1)].append(post)
    most = target + facts.thresholds["calendar.promotional_margin"]
    enough = whole(facts, "calendar.promotional_posts")
    earned = {row.post_id: money for row in results_of(facts) if row.post_id and (money := revenue_of(row)) is not None}
    for month in sorted(months):
        posts = months[month]
        share = promotional_share(posts, selling, known)
        if len(posts) < enough or share is None or share <= most:
            continue
        loud = [post for post in posts if post.pillar in selling]
        too_many = len(loud) - selling_posts_allowed(len(posts), target)
        waiting = [post for post in loud if not post.is_published and post.date and post.date >= facts.as_of]
        swapped = posts_to_swap(waiting or loud, too_many, earned)
        yield Stretch(
            first_month=month,
            last_month=month,
            all_posts=tuple(posts),
            swap=len(swapped),
            posts=swapped,
            open=bool(waiting),
        )


def _neighbours(months: Iterator[Stretch]) -> list[Stretch]:
    """Months that are over and follow each other, together; those with posts still to come each by itself."""
    found: list[Stretch] = []
    for month in months:
        last = found[-1] if found else None
        gap = _number(month.first_month) - _number(last.last_month) if last is not None else 0
        if last is None or last.open or month.open or gap != 1:
            found.append(month)
            continue
        found[-1] = Stretch(
            first_month=last.first_month,
            last_month=month.last_month,
            all_posts=(*last.all_posts, *month.all_posts),
            swap=last.swap + month.swap,
            posts=(*last.posts, *month.posts),
            open=last.open,
        )
    return found


def _number(month: date) -> int:
    return month.year * 12 + month.month


def _lacking_pillars(facts: Facts) -> Iterator[Lack]:
    """What keeps the mix from being judged: too many posts without a pillar, or no pillar said to be promotional."""
    calendar = calendar_of(facts)
    planned = calendar.planned_posts
    blank = [post for post in planned if post.pillar is None]
    cells = cells_of(blank, "pillar") if len(blank) > facts.thresholds["calendar.blank_share"] * len(planned) else ()
    rows = [row for row in calendar.mix_targets if row.pillar]
    if planned and rows and all(row.promotional is None for row in rows):
        cells = (*cells, *(row.cell("promotional") for row in rows))
    if cells:
        yield Lack(evidence=cells[:MOST_CELLS])
