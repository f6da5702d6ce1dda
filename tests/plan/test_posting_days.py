"""Posts per channel and day around one day."""

from __future__ import annotations

from datetime import date

from smsheets.plan.cadence import posting_weeks
from smsheets.plan.calendar import Calendar, Post

AS_OF = date(2027, 7, 7)
"""A Wednesday."""


def post(day: date, status: str, channel: str | None = "x", published_on: date | None = None) -> Post:
    return Post(date=day, channel=channel, status=status, published_on=published_on)


def days_of(*posts: Post) -> dict[date, tuple[int | None, ...]]:
    return {week.monday: week.days for week in posting_weeks(Calendar(posts=posts), AS_OF)}


def test_seven_weeks_around_the_day() -> None:
    mondays = list(days_of(post(AS_OF, "draft")))
    assert mondays == [date(2027, 6, 7), date(2027, 6, 14), date(2027, 6, 21), date(2027, 6, 28)] + [
        date(2027, 7, day) for day in (5, 12, 19)
    ]


def test_before_the_day_what_went_out_counts_and_from_then_on_what_is_planned() -> None:
    days = days_of(
        post(date(2027, 7, 5), "published"),
        post(date(2027, 7, 6), "scheduled"),
        post(AS_OF, "published"),
        post(AS_OF, "draft"),
        post(date(2027, 7, 8), "approved"),
        post(date(2027, 7, 9), "idea"),
        post(date(2027, 7, 10), "cancelled"),
    )
    assert days[date(2027, 7, 5)] == (1, 0, 2, 1, 0, 0, 0)


def test_a_post_counts_on_the_day_it_went_out() -> None:
    days = days_of(post(date(2027, 6, 28), "published", published_on=date(2027, 7, 1)))
    assert days[date(2027, 6, 28)] == (0, 0, 0, 1, 0, 0, 0)


def test_days_before_the_first_post_are_unknown() -> None:
    days = days_of(post(date(2027, 6, 30), "published"))
    assert days[date(2027, 6, 21)] == (None,) * 7
    assert days[date(2027, 6, 28)] == (None, None, 1, 0, 0, 0, 0)


def test_channels_with_nothing_near_and_posts_without_a_channel_are_left_out() -> None:
    posts = (post(date(2027, 1, 5), "published", "facebook"), post(AS_OF, "draft", None), post(AS_OF, "draft"))
    weeks = posting_weeks(Calendar(posts=posts), AS_OF)
    assert {week.channel for week in weeks} == {"x"}
    assert sum(week.posts for week in weeks) == 1
    assert posting_weeks(Calendar(), AS_OF) == ()
