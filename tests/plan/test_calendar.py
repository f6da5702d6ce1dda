"""A calendar's posts: what counts as planned and as out, and their tracked links."""

from __future__ import annotations

from datetime import date

import pytest

from smsheets.plan.calendar import CadenceWanted, Calendar, Post

DAY = date(2027, 3, 15)


@pytest.mark.parametrize("status", [None, "draft", "in_review", "approved", "scheduled", "published", "Waiting"])
def test_a_dated_post_is_planned(status: str | None) -> None:
    assert Post(date=DAY, status=status).is_planned


@pytest.mark.parametrize("status", ["idea", "cancelled"])
def test_ideas_and_cancelled_posts_are_not_planned(status: str) -> None:
    assert not Post(date=DAY, status=status).is_planned


def test_a_post_without_a_date_is_not_planned() -> None:
    assert not Post(status="scheduled").is_planned


def test_the_day_it_went_out() -> None:
    late = date(2027, 3, 17)
    assert Post(date=DAY, status="scheduled", published_on=late).out_on is None
    assert Post(date=DAY, status="published").out_on == DAY
    assert Post(date=DAY, status="published", published_on=late).out_on == late
    assert Post(status="published").out_on is None


@pytest.mark.parametrize(
    ("post", "link"),
    [
        (Post(), None),
        (Post(utm_source="instagram"), None),
        (Post(link="https://a.example/b"), "https://a.example/b"),
        (Post(link="https://a.example/b", utm_source="x"), "https://a.example/b?utm_source=x"),
        (
            Post(link="https://a.example/b?c=1#d", utm_source=" x ", utm_medium="social", utm_campaign="summer sale"),
            "https://a.example/b?c=1&utm_source=x&utm_medium=social&utm_campaign=summer%20sale#d",
        ),
    ],
)
def test_tracked_link(post: Post, link: str | None) -> None:
    assert post.tracked_link == link


def test_hashtags_beside_the_text_count_with_it() -> None:
    assert Post(copy="New bowls", hashtags="#clay").full_text == "New bowls #clay"
    assert Post(copy="New bowls").full_text == "New bowls"
    assert Post(hashtags="#clay").full_text == ""


def test_channels_are_those_wanted_and_those_used() -> None:
    calendar = Calendar(
        cadence_wanted=(CadenceWanted(channel="instagram"), CadenceWanted()),
        posts=(Post(channel="x"), Post(channel="instagram"), Post(channel="tiktok", status="cancelled"), Post()),
    )
    assert calendar.channels == ("instagram", "x")
