"""How often each channel is fed."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smsheets.plan.cadence import (
    Verdict,
    Weekly,
    full_weeks_before,
    gap_to_wanted,
    last_out,
    longest_silence,
    monday_of,
    verdict_of,
    wanted_by_channel,
    weekly_counts,
    weeks_after,
    weeks_kept,
)
from smsheets.plan.calendar import CadenceWanted, Calendar, Post

MONDAY = date(2027, 7, 5)
SUNDAY = date(2027, 7, 4)


def out(day: str, channel: str = "x") -> Post:
    return Post(date=date.fromisoformat(day), channel=channel, status="published")


@pytest.mark.parametrize(
    ("count", "low", "high", "gap", "verdict"),
    [
        (1, "3", "5", "-2", Verdict.BELOW),
        (3, "3", "5", "0", Verdict.WITHIN),
        (7, "3", "5", "2", Verdict.ABOVE),
        (7, "3", None, "0", Verdict.WITHIN),
        (0, None, "5", "0", Verdict.WITHIN),
        (0, None, None, None, None),
    ],
)
def test_gap(count: int, low: str | None, high: str | None, gap: str | None, verdict: Verdict | None) -> None:
    number = gap_to_wanted(count, Decimal(low) if low else None, Decimal(high) if high else None)
    assert number == (None if gap is None else Decimal(gap))
    assert verdict_of(number) is verdict


def test_the_week_that_ends_today_is_whole() -> None:
    assert full_weeks_before(SUNDAY, 2) == (date(2027, 6, 21), date(2027, 6, 28))
    assert full_weeks_before(MONDAY, 1) == (date(2027, 6, 28),)
    assert weeks_after(MONDAY, 2) == (date(2027, 7, 12), date(2027, 7, 19))


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)), st.integers(1, 60))
def test_full_weeks_end_by_the_day_and_follow_each_other(day: date, count: int) -> None:
    mondays = full_weeks_before(day, count)
    assert mondays[-1] + timedelta(days=6) <= day < mondays[-1] + timedelta(days=13)
    assert all(later - earlier == timedelta(days=7) for earlier, later in pairwise(mondays))


def test_posts_count_in_the_week_of_their_day() -> None:
    late = Post(date=date(2027, 6, 27), published_on=date(2027, 6, 28), channel="x", status="published")
    posts = (out("2027-06-28"), late, out("2027-06-28", "instagram"), Post(date=SUNDAY, channel="x", status="idea"))
    assert weekly_counts(posts, "x", full_weeks_before(SUNDAY, 2)) == (
        Weekly(monday=date(2027, 6, 21), planned=1, published=0),
        Weekly(monday=date(2027, 6, 28), planned=1, published=2),
    )


@given(st.lists(st.tuples(st.dates(date(2027, 1, 1), date(2027, 12, 31)), st.sampled_from(["x", "tiktok"]))))
def test_no_post_is_lost_over_the_weeks(days: list[tuple[date, str]]) -> None:
    posts = [Post(date=day, channel=channel, status="published") for day, channel in days]
    mondays = sorted({monday_of(day) for day, _ in days})
    counted = sum(week.published for channel in ("x", "tiktok") for week in weekly_counts(posts, channel, mondays))
    assert counted == len(posts)


def test_wanted_is_the_first_row_with_a_number() -> None:
    rows = (
        CadenceWanted(channel="x"),
        CadenceWanted(channel="x", low=Decimal(1)),
        CadenceWanted(channel="x", low=Decimal(9)),
        CadenceWanted(low=Decimal(1)),
    )
    assert {key: row.low for key, row in wanted_by_channel(Calendar(cadence_wanted=rows)).items()} == {"x": Decimal(1)}


def test_weeks_are_judged_from_the_first_planned_post() -> None:
    calendar = Calendar(posts=(out("2027-06-23"),))
    assert weeks_kept(calendar, MONDAY) == (date(2027, 6, 21), date(2027, 6, 28))
    assert weeks_kept(calendar, date(2027, 6, 25)) == ()
    assert weeks_kept(calendar, date(2027, 6, 1)) == ()
    assert weeks_kept(Calendar(), MONDAY) == ()


def test_last_out_looks_back_only() -> None:
    posts = (out("2027-06-01"), out("2027-06-20"), out("2027-07-20"), out("2027-07-01", "instagram"))
    last = last_out(posts, "x", MONDAY)
    assert last is not None
    assert last.date == date(2027, 6, 20)
    assert last_out(posts, "tiktok", MONDAY) is None


def test_longest_silence() -> None:
    posts = [out("2027-06-25"), out("2027-06-01"), out("2027-06-05"), out("2027-01-01")]
    pause = longest_silence(posts, "x", date(2027, 4, 1), MONDAY)
    assert pause is not None
    assert [post.date for post in pause] == [date(2027, 6, 5), date(2027, 6, 25)]
    assert longest_silence(posts[:1], "x", date(2027, 4, 1), MONDAY) is None
