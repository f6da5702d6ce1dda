"""The work in the planned posts."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from smsheets.plan.calendar import Post
from smsheets.plan.posting_load import week_loads

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
    loads = week_loads(posts, MINUTES, Decimal(45))
    assert [(load.monday, load.minutes, load.hours) for load in loads] == [
        (date(2027, 7, 5), Decimal(210), Decimal("3.5")),
        (date(2027, 7, 12), Decimal(90), Decimal("1.5")),
    ]


def test_nothing_planned_is_no_work() -> None:
    assert week_loads((), MINUTES, Decimal(45)) == ()
