"""What posts got: rates with their denominator, ratios of sums, medians against what is usual."""

from __future__ import annotations

from datetime import date, time
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smsheets.plan.kpi_report import PostResult
from smsheets.plan.post_rates import (
    Measure,
    click_factor,
    click_through_rate,
    compare_groups,
    cost_per_click,
    cost_per_order,
    engagement_rate,
    engagements,
    factors_of,
    hour_block_of,
    measure_of,
    measures_of,
    most_clicked,
    rate_of_sums,
    return_on_ad_spend,
    weekday_of,
)

counts = st.none() | st.integers(min_value=0, max_value=10_000)


def post(likes: int | None = None, **more: Any) -> PostResult:
    return PostResult(**{"channel": "instagram", "reach": 1000, **more}, likes=likes)


def test_engagements_are_the_sum_of_what_is_known() -> None:
    assert engagements(post(10, comments=2, shares=3, saves=4, clicks=99)) == 19
    assert engagements(post(10, saves=0)) == 10
    assert engagements(post(None, clicks=5)) is None


def test_each_rate_has_its_own_denominator() -> None:
    one = post(50, reach=1000, impressions=2000)
    assert engagement_rate(one, Measure.BY_REACH) == Decimal("0.05")
    assert engagement_rate(one, Measure.BY_IMPRESSIONS) == Decimal("0.025")
    assert engagement_rate(one, Measure.COUNT) == 50


def test_money_rates() -> None:
    one = post(1, clicks=20, impressions=1000, spend=Decimal(10), orders=4, revenue=Decimal(35))
    assert click_through_rate(one) == Decimal("0.02")
    assert cost_per_click(one) == Decimal("0.5")
    assert cost_per_order(one) == Decimal("2.5")
    assert return_on_ad_spend(one) == Decimal("3.5")


@pytest.mark.parametrize("blank", [post(), post(5, reach=None), post(5, reach=0), post(None, reach=10)])
def test_a_rate_without_its_parts_is_none(blank: PostResult) -> None:
    assert engagement_rate(blank, Measure.BY_REACH) is None
    assert (click_through_rate(blank), cost_per_click(blank), return_on_ad_spend(blank)) == (None, None, None)


def test_the_rate_of_several_posts_is_the_ratio_of_sums_not_the_mean_of_rates() -> None:
    assert rate_of_sums([post(10, reach=100), post(10, reach=900), post(5, reach=None), post()]) == Decimal("0.02")
    assert rate_of_sums([]) is None


def test_weekdays_and_blocks_of_three_hours() -> None:
    assert weekday_of(post(date=date(2027, 7, 5))) == 1
    assert weekday_of(post()) is None
    assert hour_block_of(post(time=time(11, 59))) == 9
    assert hour_block_of(post()) is None


def test_the_measure_of_a_channel_is_the_best_that_most_posts_have() -> None:
    assert measure_of([post(1), post(1, reach=None)]) is Measure.BY_REACH
    assert measure_of([post(1, reach=None, impressions=10), post(1, reach=None)]) is Measure.BY_IMPRESSIONS
    assert measure_of([post(1, reach=None)]) is Measure.COUNT


def test_posts_are_compared_with_their_own_channel() -> None:
    small = [post(likes, channel="tiktok", reach=None, format="video") for likes in (100, 200, 400)]
    large = [post(likes, format="photo") for likes in (10, 20, 40)]
    assert [factor for _, factor in factors_of([*small, *large], 3)] == [Decimal("0.5"), 1, 2] * 2


def test_a_channel_with_few_posts_or_no_engagement_has_no_usual() -> None:
    assert factors_of([post(10), post(20)], 3) == []
    assert factors_of([post(0), post(0), post(9)], 3) == []


def test_groups_by_median_with_their_count_best_first() -> None:
    photos = [post(likes, format="photo", clicks=1) for likes in (10, 10, 10)]
    carousels = [post(likes, format="carousel", orders=2) for likes in (20, 30, 400)]
    best, second = compare_groups([*photos, *carousels, post(900, format="poll")], lambda item: item.format, 3)
    assert (best.key, len(best.posts), best.factor, best.clicks, best.orders) == (
        "carousel",
        3,
        Decimal("1.5"),
        None,
        6,
    )
    assert (second.key, len(second.posts), second.factor, second.clicks, second.orders) == (
        "photo",
        3,
        Decimal("0.5"),
        3,
        None,
    )
    assert best.rate == Decimal("0.15")


def test_a_group_names_what_was_compared() -> None:
    """On each channel its own figure: a factor without it says nothing."""
    reached = [post(likes, format="photo") for likes in (10, 20, 30)]
    shown = [post(likes, channel="x", reach=None, impressions=500, format="photo") for likes in (1, 2, 3)]
    counted = [post(likes, channel="tiktok", reach=None, format="video") for likes in (1, 2, 3)]
    every = [*reached, *shown, *counted]
    groups = {group.key: group.measures for group in compare_groups(every, lambda item: item.format, 3)}
    assert groups == {"photo": (Measure.BY_REACH, Measure.BY_IMPRESSIONS), "video": (Measure.COUNT,)}
    named = [(item.channel, item.measure) for item in measures_of(every)]
    assert named == [("instagram", Measure.BY_REACH), ("x", Measure.BY_IMPRESSIONS), ("tiktok", Measure.COUNT)]


def test_two_equal_rows_are_two_posts() -> None:
    same = [post(10, format="photo") for _ in range(3)]
    assert [len(group.posts) for group in compare_groups(same, lambda item: item.format, 3)] == [3]


@given(likes=st.lists(counts, max_size=8), reach=counts)
def test_any_posts_give_groups_of_at_least_that_many(likes: list[int | None], reach: int | None) -> None:
    posts = [post(count, reach=reach, format="photo") for count in likes]
    assert all(len(group.posts) >= 3 for group in compare_groups(posts, lambda item: item.format, 3))


def clicked(clicks: int | None, format: str = "photo", channel: str = "instagram") -> PostResult:
    return post(clicks=clicks, format=format, channel=channel)


def test_the_format_with_most_clicks_by_the_median() -> None:
    posts = [*(clicked(count) for count in (1, 2, 90)), *(clicked(count, "link") for count in (5, 6, 7))]
    assert most_clicked(posts, 3) == ("link", 6)
    assert most_clicked([*posts, clicked(500, "poll"), clicked(None, "poll")], 3) == ("link", 6)


def test_no_format_stands_out() -> None:
    alike = [*(clicked(2) for _ in range(3)), *(clicked(2, "link") for _ in range(3))]
    for posts in (alike, alike[:3], []):
        assert most_clicked(posts, 3) is None


def test_clicks_against_what_is_usual_on_the_channel() -> None:
    links = [clicked(30, "link"), clicked(8, "link", "x"), clicked(5, "link", "tiktok"), clicked(None, "link")]
    others = [
        clicked(10),
        clicked(10),
        clicked(2, channel="x"),
        clicked(2, channel="x"),
        *(clicked(0, channel="tiktok") for _ in range(2)),
    ]
    assert click_factor(links, [*links, *others]) == Decimal("3.5")
    assert click_factor(links[3:], links) is None
