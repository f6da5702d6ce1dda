"""Shares of what the posts are about."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smsheets.plan.calendar import Calendar, MixTarget, MixView, Post
from smsheets.plan.content import (
    compute_mix,
    posts_to_swap,
    promotional_share,
    promotional_target,
    selling_posts_allowed,
)

TARGETS = (
    MixTarget(pillar="how_to", promotional=False, target_share=Decimal("0.5")),
    MixTarget(pillar="customers", target_share=Decimal("0.3")),
    MixTarget(pillar="products", promotional=True, target_share=Decimal("0.2")),
    MixTarget(),
)


def post(pillar: str | None, status: str = "published", day: str = "2027-03-15") -> Post:
    return Post(date=date.fromisoformat(day), pillar=pillar, status=status)


def test_shares_of_pillars_and_sides() -> None:
    posts = (post("how_to"), post("products"), post("products", "draft"), post("customers", "draft"), post("strange"))
    mix = compute_mix(Calendar(posts=posts, mix_targets=TARGETS))
    assert [(row.pillar, row.planned, row.published) for row in mix.pillars] == [
        ("how_to", Decimal("0.25"), Decimal("0.5")),
        ("customers", Decimal("0.25"), Decimal(0)),
        ("products", Decimal("0.5"), Decimal("0.5")),
    ]
    assert (mix.promotional.target, mix.promotional.planned, mix.promotional.published) == (
        Decimal("0.2"),
        Decimal("0.5"),
        Decimal("0.5"),
    )
    assert (mix.other.target, mix.other.planned_posts, mix.left_out) == (Decimal("0.8"), 2, 1)


def test_without_posts_a_share_is_unknown_and_not_zero() -> None:
    mix = compute_mix(Calendar(mix_targets=TARGETS))
    assert {(row.planned, row.published) for row in mix.pillars} == {(None, None)}
    assert mix.promotional.planned is None
    assert compute_mix(Calendar()).promotional.target is None


def test_only_the_days_set_on_the_sheet_count() -> None:
    view = MixView(from_day=date(2027, 3, 1), to_day=date(2027, 3, 31))
    posts = (post("how_to"), post("products", day="2027-04-01"), post("products", day="2027-02-28"))
    mix = compute_mix(Calendar(posts=posts, mix_targets=TARGETS, mix_view=view))
    assert [row.planned_posts for row in mix.pillars] == [1, 0, 0]


def test_target_of_promotion() -> None:
    assert promotional_target(Calendar(mix_targets=TARGETS)) == Decimal("0.2")
    assert promotional_target(Calendar(mix_targets=TARGETS[:2])) is None


def test_share_among_posts_whose_pillar_is_known() -> None:
    posts = [post("products"), post("how_to"), post(None), post("strange")]
    assert promotional_share(posts, frozenset({"products"}), frozenset({"products", "how_to"})) == Decimal("0.5")
    assert promotional_share([], frozenset({"products"}), frozenset({"products"})) is None


@given(st.lists(st.sampled_from(["how_to", "customers", "products"]), min_size=1))
def test_shares_add_up_to_one(pillars: list[str]) -> None:
    mix = compute_mix(Calendar(posts=tuple(map(post, pillars)), mix_targets=TARGETS))
    total = sum((row.published or Decimal(0) for row in mix.pillars), Decimal(0))
    assert abs(total - 1) < Decimal("1e-20")
    assert mix.promotional.published_posts + mix.other.published_posts == len(pillars)


@pytest.mark.parametrize(
    ("count", "target", "allowed"), [(5, "0.2", 1), (9, "0.2", 1), (10, "0.2", 2), (0, "0.2", 0), (4, "1", 4)]
)
def test_how_many_posts_may_sell(count: int, target: str, allowed: int) -> None:
    assert selling_posts_allowed(count, Decimal(target)) == allowed


def test_posts_that_are_missed_least_are_swapped() -> None:
    posts = [
        Post(post_id="P1", date=date(2027, 3, 1)),
        Post(post_id="P2", date=date(2027, 3, 2), boosted=True),
        Post(post_id="P3", date=date(2027, 3, 3), initiative_id="I1"),
        Post(post_id="P4", date=date(2027, 3, 4)),
        Post(post_id="P5", date=date(2027, 3, 5)),
    ]
    earned = {"P5": Decimal(40)}

    def swapped(count: int) -> list[str | None]:
        return [post.post_id for post in posts_to_swap(posts, count, earned)]

    assert swapped(1) == ["P4"], "nothing earned, and the latest"
    assert swapped(2) == ["P1", "P4"]
    assert swapped(3) == ["P1", "P4", "P5"]
    assert swapped(4) == ["P1", "P3", "P4", "P5"]
    assert swapped(9) == ["P1", "P2", "P3", "P4", "P5"]
    assert swapped(-1) == []
