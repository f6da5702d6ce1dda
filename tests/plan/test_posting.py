"""How a channel was posted on, what is still to come, and whether months are looked back on."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from smsheets.plan.cadence import posting_of
from smsheets.plan.calendar import Calendar, Post, next_posts
from smsheets.plan.kpi_report import Decision, PostResult, Review, is_reviewed, overdue_decisions, unreviewed_months

AS_OF = date(2027, 7, 5)


def result(day: str, selling: bool | None = None, channel: str = "x") -> PostResult:
    return PostResult(date=date.fromisoformat(day), promotional=selling, channel=channel)


def test_posts_a_month_and_the_share_that_sells() -> None:
    posts = [
        result("2027-01-31", True),
        result("2027-02-01", True),
        result("2027-02-28", False),
        result("2027-03-31"),
        result("2027-03-31", True, "instagram"),
        result("2027-04-01", True),
        PostResult(channel="x", promotional=True),
    ]
    found = posting_of(posts, "x", date(2027, 2, 15), 2)
    assert (found.posts, found.per_month, found.selling) == (3, Decimal("1.5"), Decimal("0.5"))
    assert posting_of(posts, None, date(2027, 2, 1), 2).posts == 4
    assert posting_of(posts, "x", date(2027, 8, 1), 1).selling is None


def test_posts_to_come_the_next_first() -> None:
    posts = (
        Post(post_id="P1", date=date(2027, 8, 1), channel="x"),
        Post(post_id="P2", date=date(2027, 7, 6), channel="facebook"),
        Post(post_id="P3", date=AS_OF, channel="x"),
        Post(post_id="P4", date=date(2027, 8, 1), channel="x", status="published"),
        Post(post_id="P5", date=date(2027, 8, 1), channel="x", status="cancelled"),
        Post(post_id="P6", channel="x"),
    )
    assert [post.post_id for post in next_posts(Calendar(posts=posts), AS_OF)] == ["P2", "P1"]
    assert [post.post_id for post in next_posts(Calendar(posts=posts), AS_OF, {"x"})] == ["P1"]


@pytest.mark.parametrize(
    ("reviewed", "expected"), [((), [1, 2, 3]), ((1,), [2, 3]), ((2,), [3]), ((3,), []), ((4,), [1, 2, 3])]
)
def test_months_after_the_last_review(reviewed: tuple[int, ...], expected: list[int]) -> None:
    reviews = [
        Review(period=date(2027, month, 9), what_came="Much" if month in reviewed else None) for month in range(1, 5)
    ]
    found = unreviewed_months(reviews, date(2027, 1, 15), date(2027, 3, 1))
    assert found == tuple(date(2027, month, 1) for month in expected)


def test_a_month_alone_is_no_review() -> None:
    assert not is_reviewed(Review(period=AS_OF))
    assert is_reviewed(Review(reviewed_on=AS_OF))


def test_decisions_that_are_late_the_oldest_first() -> None:
    decisions = (
        Decision(decision_id="D1", decision="A", due=date(2027, 7, 4)),
        Decision(decision_id="D2", decision="B", due=AS_OF),
        Decision(decision_id="D3", decision="C", due=date(2027, 6, 1), done=True),
        Decision(decision_id="D4", decision="D", due=date(2027, 6, 1), done=False),
        Decision(decision_id="D5", due=date(2027, 6, 1)),
        Decision(decision_id="D6", decision="E"),
    )
    assert [item.decision_id for item in overdue_decisions(decisions, AS_OF)] == ["D4", "D1"]
