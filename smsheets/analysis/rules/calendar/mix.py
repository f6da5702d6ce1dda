"""Rules about what the posts are about."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

import msgspec

from smsheets.analysis.facts import Facts
from smsheets.analysis.finding import Hit, Lack, Level, Wording, lack, rule
from smsheets.analysis.rules.calendar.channels import MOST_IDEAS
from smsheets.analysis.subjects import cells_of, first_cells, post_names
from smsheets.money import Share
from smsheets.periods import add_months
from smsheets.plan import content
from smsheets.plan.calendar import Post
from smsheets.plan.record import group_by
from smsheets.plan.results import revenue_of

_ROOT = "mix of the posts"


class _Mix(msgspec.Struct, frozen=True, kw_only=True):
    """The mix that is wanted.

    Attributes:
        selling, known: The pillars that sell, and all pillars of the sheet Mix.
        target: The share of posts that may sell, 0..1.
    """

    selling: frozenset[str]
    known: frozenset[str]
    target: Decimal


class _Stretch(msgspec.Struct, frozen=True, kw_only=True):
    """A month that sells too much, or neighbouring ones that are over.

    Attributes:
        posts: The posts of known pillars.
        loud: The ones that sell.
        swapped: The selling ones to swap, in the order of their dates; in months that are over, the ones too many.
        open: Whether there are posts among them that are not out yet.
    """

    first_month: date
    last_month: date
    posts: tuple[Post, ...]
    loud: tuple[Post, ...]
    swapped: tuple[Post, ...]
    open: bool


@rule("calendar.too_promotional")
def check_mix_is_not_too_promotional(facts: Facts) -> Iterator[Hit | Lack]:
    """Months in which the share of posts that sell is over the target by more than the margin.

    Each month with selling posts still to come has a finding of its own. Neighbouring months that are over have one
    together and are worth a note: what is out cannot be swapped any more.
    """
    rows = facts.calendar.mix_targets
    mix = _Mix(
        selling=content.promotional_pillars(facts.calendar),
        known=frozenset(row.pillar for row in rows if row.pillar),
        target=facts.limit("calendar.promotional_share", content.promotional_target(facts.calendar)),
    )
    targets = tuple(row.cell("target_share") for row in rows if row.pillar in mix.selling)
    for stretch in _join_neighbours(_heavy_months(facts, mix)):
        days = [post.date for post in stretch.posts if post.date is not None]
        share = content.promotional_share(stretch.posts, mix.selling, mix.known) or Decimal(0)
        case, values = _next_step(facts, stretch, mix)
        yield Hit(
            about=stretch.first_month.strftime("%Y-%m"),
            root=_ROOT,
            level=None if stretch.open else Level.NOTE,
            evidence=first_cells((*targets, *cells_of(stretch.swapped, "pillar"))),
            values={
                "first": min(days),
                "last": max(days),
                "share": Share(share),
                "target": Share(mix.target),
                "swap": len(stretch.swapped),
                "selling": len(stretch.loud),
                "posts": post_names(stretch.swapped),
                **values,
            },
            case=case,
        )
    yield from _lacking_pillars(facts)


def _next_step(facts: Facts, stretch: _Stretch, mix: _Mix) -> tuple[str, dict[str, Wording]]:
    """The case, and its values: ideas to swap posts for; for months that are over, how the posts to come should be."""
    if stretch.open:
        ready = content.ready_ideas(facts.calendar, facts.as_of, int(facts.thresholds["calendar.idea_rest_days"]))
        ideas = tuple(idea.name for idea in ready if idea.pillar not in mix.selling)
        ideas = ideas[: min(len(stretch.swapped), MOST_IDEAS)]
        return "swap_for_ideas" if ideas else "swap", {"ideas": ideas}
    ahead = facts.posts_to_come
    if not ahead:
        return "past_none_ahead", {}
    return "past", {
        "planned": len(ahead),
        "allowed": content.selling_posts_allowed(len(ahead), mix.target),
        "ahead": sum(post.pillar in mix.selling for post in ahead),
    }


def _heavy_months(facts: Facts, mix: _Mix) -> Iterator[_Stretch]:
    """One stretch per month that is over the target by more than the margin, in order."""
    dated = [post for post in facts.calendar.planned_posts if post.pillar in mix.known]
    months = group_by(dated, lambda post: post.date.replace(day=1) if post.date is not None else None)
    revenues = ((row.post_id, revenue_of(row)) for row in facts.post_results)
    earned = {post_id: money for post_id, money in revenues if post_id and money is not None}
    for month, posts in sorted(months.items()):
        share = content.promotional_share(posts, mix.selling, mix.known)
        few = len(posts) < int(facts.thresholds["calendar.promotional_posts"])
        if few or share is None or share <= mix.target + facts.thresholds["calendar.promotional_margin"]:
            continue
        loud = [post for post in posts if post.pillar in mix.selling]
        too_many = len(loud) - content.selling_posts_allowed(len(posts), mix.target)
        waiting = [post for post in loud if not post.is_published and post.date and post.date >= facts.as_of]
        yield _Stretch(
            first_month=month,
            last_month=month,
            posts=tuple(posts),
            loud=tuple(loud),
            swapped=content.posts_to_swap(waiting or loud, too_many, earned),
            open=bool(waiting),
        )


def _join_neighbours(months: Iterator[_Stretch]) -> list[_Stretch]:
    """Months that are over and follow each other, together; those with posts still to come each by itself."""
    found: list[_Stretch] = []
    for month in months:
        last = found[-1] if found else None
        if last is None or last.open or month.open or add_months(last.last_month, 1) != month.first_month:
            found.append(month)
            continue
        found[-1] = _Stretch(
            first_month=last.first_month,
            last_month=month.last_month,
            posts=(*last.posts, *month.posts),
            loud=(*last.loud, *month.loud),
            swapped=(*last.swapped, *month.swapped),
            open=False,
        )
    return found


def _lacking_pillars(facts: Facts) -> Iterator[Lack]:
    """Inputs that the mix cannot be judged without: pillars of too many posts, or a pillar that is promotional."""
    planned = facts.calendar.planned_posts
    blank = [post for post in planned if post.pillar is None]
    cells = cells_of(blank, "pillar") if len(blank) > facts.thresholds["calendar.blank_share"] * len(planned) else ()
    rows = [row for row in facts.calendar.mix_targets if row.pillar]
    if planned and rows and all(row.promotional is None for row in rows):
        cells = (*cells, *(row.cell("promotional") for row in rows))
    yield from lack(first_cells(cells))
