"""Key dates, and posts that name them."""

from __future__ import annotations

from datetime import date

import pytest

from smsheets.plan.calendar import Calendar, KeyDate, Post
from smsheets.plan.content import days_without_post

AS_OF = date(2027, 7, 5)
DAY = date(2027, 7, 17)


def names(*rows: KeyDate, posts: tuple[Post, ...] = ()) -> list[str | None]:
    return [row.name for row in days_without_post(Calendar(key_dates=rows, posts=posts), AS_OF, 4)]


def test_days_to_come_in_order_each_name_once() -> None:
    rows = (
        KeyDate(date=date(2027, 8, 2), name="Last"),
        KeyDate(date=date(2027, 7, 19), name="Market day"),
        KeyDate(date=date(2027, 7, 12), name="Market day"),
        KeyDate(date=AS_OF, name="Today", kind="sale_day"),
        KeyDate(date=date(2027, 7, 6), name="Holiday", kind="public_holiday"),
        KeyDate(date=date(2027, 7, 7), name="Our holiday", kind="public_holiday", idea="Closed"),
        KeyDate(date=date(2027, 7, 8), name="Summer sale", kind="occasion"),
        KeyDate(date=date(2027, 7, 9), name="Back to school", kind="occasion", idea="Lunch boxes"),
        KeyDate(date=date(2027, 8, 3), name="Too far"),
        KeyDate(date=date(2027, 7, 4), name="Past"),
        KeyDate(date=date(2027, 7, 8)),
        KeyDate(name="Some day"),
    )
    assert names(*rows) == ["Today", "Our holiday", "Back to school", "Market day", "Last"]


@pytest.mark.parametrize(
    ("day", "text", "is_about"),
    [
        ("Craft market", "Come to the MARKETS", True),
        ("Summer sale", "All on sales", True),
        ("Handwerksmarkt", "Auf dem Markt", True),
        ("Handwerksmarkt", "Von Hand", False),
        ("The fair", "The jugs", False),
        ("Craft market", "Crafted by hand", True),
        ("Autumn shop opens", "Jugs", False),
    ],
)
def test_a_post_names_a_day(day: str, text: str, is_about: bool) -> None:
    row = KeyDate(date=DAY, name=day)
    for post in (Post(date=date(2027, 7, 6), title=text), Post(date=date(2027, 6, 19), copy=text)):
        assert names(row, posts=(post,)) == ([] if is_about else [day])


@pytest.mark.parametrize("day", [date(2027, 6, 18), date(2027, 7, 18)])
def test_a_post_too_early_or_too_late_is_not_about_it(day: date) -> None:
    row = KeyDate(date=DAY, name="Craft market")
    assert names(row, posts=(Post(date=day, title="Craft market"),)) == ["Craft market"]
    assert names(row, posts=(Post(date=DAY, title="Craft market", status="cancelled"),)) == ["Craft market"]
    assert names(row, posts=(Post(date=DAY, title="Jugs"),)) == []
