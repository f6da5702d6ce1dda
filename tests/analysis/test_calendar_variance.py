"""Calendar variance: wanted, planned, published."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from calendar_rows import context_of, posts, targets, wanted

from smsheets.analysis.variance.calendar import compute_variance
from smsheets.plan.cadence import Verdict
from smsheets.plan.calendar import Calendar, Post

CALENDAR = Calendar(
    posts=posts("""
        date       | published_on | channel   | status    | pillar
        2027-06-22 | -            | instagram | published | how_to
        2027-06-25 | 2027-06-28   | instagram | published | products
        2027-06-29 | -            | instagram | scheduled | how_to
        2027-06-30 | -            | x         | cancelled | how_to
        2027-07-05 | -            | instagram | published | -
        2027-07-08 | -            | instagram | draft     | how_to
    """),
    cadence_wanted=wanted(instagram="1 2", x="1"),
    mix_targets=targets(how_to="0.8", products="0.2"),
)


def test_channels_over_the_whole_weeks() -> None:
    variance = compute_variance(CALENDAR, context_of(CALENDAR))
    assert (variance.first_week, variance.last_week) == (date(2027, 6, 21), date(2027, 6, 28))
    assert (variance.planned, variance.published) == (3, 2)
    instagram, x = variance.channels
    assert (instagram.wanted_low, instagram.wanted_high) == (Decimal(2), Decimal(4))
    assert (instagram.planned, instagram.published, instagram.gap) == (3, 2, Decimal(0))
    assert (instagram.verdict, instagram.weeks_below, instagram.ahead) == (Verdict.WITHIN, 0, 1)
    assert instagram.last_out == date(2027, 7, 5), "the running week counts for the last post"
    assert (x.published, x.gap, x.verdict, x.last_out) == (0, Decimal(-2), Verdict.BELOW, None)


def test_weeks() -> None:
    first, second = compute_variance(CALENDAR, context_of(CALENDAR)).weeks
    assert (first.monday, first.planned, first.published, first.missing) == (date(2027, 6, 21), 2, 1, Decimal(1))
    assert [(row.channel, row.planned, row.published, row.gap) for row in second.channels] == [
        ("instagram", 1, 1, Decimal(0)),
        ("x", 0, 0, Decimal(-1)),
    ]


def test_mix_is_that_of_the_sheet() -> None:
    mix = compute_variance(CALENDAR, context_of(CALENDAR)).mix
    assert (mix.promotional.planned, mix.promotional.published) == (Decimal("0.25"), Decimal("0.5"))


def test_what_is_not_known_is_none() -> None:
    calendar = Calendar(posts=(Post(date=date(2027, 6, 22), channel="tiktok", status="draft"),))
    (tiktok,) = compute_variance(calendar, context_of(calendar)).channels
    assert (tiktok.wanted_low, tiktok.gap, tiktok.verdict, tiktok.weeks_below, tiktok.last_out) == (None,) * 5
    assert compute_variance(calendar, context_of(calendar)).weeks[0].missing is None


def test_a_blank_calendar() -> None:
    calendar = Calendar(posts=(Post(post_id="P1"),), cadence_wanted=wanted(instagram="1 2"))
    variance = compute_variance(calendar, context_of(calendar))
    assert (variance.first_week, variance.weeks) == (None, ())
    (instagram,) = variance.channels
    assert (instagram.wanted_low, instagram.gap, instagram.planned) == (None, None, 0)
