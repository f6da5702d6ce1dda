"""Days on which a post is missing."""

from __future__ import annotations

from datetime import date

import pytest

from smsheets.plan.calendar import Post
from smsheets.plan.content import free_days, nearest_free_day, preferred_weekdays
from smsheets.plan.kpi_report import PostResult

MONDAYS = (date(2027, 7, 12), date(2027, 7, 19))


def post(day: int, **more: str) -> Post:
    return Post(**{"channel": "x", "date": date(2027, 7, day), **more})  # type: ignore[arg-type]


def test_weekdays_that_did_better_come_first_then_the_usual_ones() -> None:
    results = [
        PostResult(channel="x", date=date(2027, 6, day), likes=likes)
        for day, likes in [(2, 9), (9, 9), (4, 20), (11, 30)]
    ]
    out = [post(6, status="published"), post(13, status="published"), post(8, status="published"), post(9)]
    assert preferred_weekdays(results, out, "x", 2) == (5, 3, 2, 4, 1, 6, 7)
    assert preferred_weekdays(results, out, "tiktok", 2) == (1, 2, 3, 4, 5, 6, 7)


def test_the_emptiest_week_is_filled_first_and_no_day_twice() -> None:
    posts = [post(12), post(15), post(20), post(21, status="idea"), post(22, channel="facebook")]
    assert free_days(posts, "x", MONDAYS, 3, (1, 2, 3)) == (date(2027, 7, 13), date(2027, 7, 19), date(2027, 7, 21))
    assert len(free_days(posts, "x", MONDAYS, 99, (1, 2, 3, 4, 5, 6, 7))) == 11, "14 days, three are taken"
    assert free_days(posts, "x", (), 3, (1,)) == ()


@pytest.mark.parametrize(
    ("weekday", "taken", "earliest", "expected"),
    [
        (6, [], 1, 17),
        (2, [], 1, 13),
        (2, [13], 1, 20),
        (2, [], 14, 20),
        (2, [13, 20], 1, None),
        (6, [17], 11, None),
    ],
)
def test_the_nearest_free_day(weekday: int, taken: list[int], earliest: int, expected: int | None) -> None:
    found = nearest_free_day([date(2027, 7, day) for day in taken], date(2027, 7, 14), weekday, date(2027, 7, earliest))
    assert found == (date(2027, 7, expected) if expected else None)
