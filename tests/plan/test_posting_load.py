"""The work in the planned posts."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from smsheets.plan.calendar import Post
from smsheets.plan.workload import WeekLoad, posts_that_fit, posts_to_hand_over, week_loads

MINUTES = {"photo": Decimal(60), "short_video": Decimal(150)}


def test_minutes_per_week() -> None:
    posts = (
        Post(date=date(2027, 7, 11), format="short_video"),
        Post(date=date(2027, 7, 5), format="photo"),
        Post(date=date(2027, 7, 12), format="Puppet show"),
        Post(date=date(2027, 7, 12)),
        Post(date=date(2027, 7, 12), format="photo", status="cancelled"),
        Post(format="photo"),
    )
    loads = week_loads(posts, lambda post: MINUTES.get(post.format or "", Decimal(45)))
    assert [(load.monday, load.minutes, load.hours) for load in loads] == [
        (date(2027, 7, 5), Decimal(210), Decimal("3.5")),
        (date(2027, 7, 12), Decimal(90), Decimal("1.5")),
    ]


def test_nothing_planned_is_no_work() -> None:
    assert week_loads((), minutes) == ()


def work(*formats: str) -> WeekLoad:
    posts = tuple(Post(post_id=f"P{number}", format=name) for number, name in enumerate(formats, 1))
    return WeekLoad(monday=date(2027, 7, 5), posts=posts, minutes=Decimal(0))


def minutes(post: Post) -> Decimal:
    return MINUTES.get(post.format or "", Decimal(20))


@pytest.mark.parametrize(
    ("over", "expected"),
    [
        ("10", ["P2"]),
        ("20", ["P2"]),
        ("21", ["P1"]),
        ("60", ["P1"]),
        ("61", ["P3"]),
        ("151", ["P1", "P3"]),
        ("999", ["P1", "P2", "P3"]),
    ],
)
def test_as_few_posts_as_needed_are_handed_over(over: str, expected: list[str]) -> None:
    week = work("photo", "story", "short_video")
    assert [post.post_id for post in posts_to_hand_over(week, Decimal(over), minutes)] == expected


def test_posts_that_fit_into_the_time_left() -> None:
    week = work("photo", "short_video", "story")
    assert [post.post_id for post in posts_that_fit(week.posts, Decimal(80), minutes)] == ["P1", "P3"]
    assert posts_that_fit(week.posts, Decimal(-1), minutes) == ()
