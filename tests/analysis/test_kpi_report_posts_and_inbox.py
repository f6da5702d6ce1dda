"""The findings about posts, money and the inbox of a KPI report."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from kpi_rows import START, cells, hits, kpi, message, money, post, report

from smsheets.analysis.finding import Level
from smsheets.money import Share
from smsheets.plan.budget import Budget, BudgetLine
from smsheets.plan.strategy import HouseRule, Strategy

# Posts


def test_what_works_and_what_is_ignored() -> None:
    posts = (
        *(post(row, 100, format="photo") for row in (5, 6, 7, 8)),
        *(post(row, 200, format="carousel") for row in (9, 10, 11)),
        *(post(row, 30, format="link") for row in (12, 13, 14)),
    )
    (best,) = hits("kpi-report.works", report(posts=posts))
    assert best.values == {"kind": "Format", "name": "Carousel", "factor": 2, "count": 3}
    assert cells(best) == ["Post results!E9", "Post results!E10", "Post results!E11"]
    (worst,) = hits("kpi-report.ignored", report(posts=posts))
    assert (worst.values["name"], worst.values["factor"]) == ("Link", Decimal("0.3"))


def test_weekdays_and_hours_are_named() -> None:
    posts = (
        *(post(row, 100, "2027-06-01", "09:30") for row in (5, 6, 7)),
        *(post(row, 300, "2027-06-05", "20:00") for row in (8, 9, 10)),
    )
    named = {hit.values["kind"]: hit.values["name"] for hit in hits("kpi-report.works", report(posts=posts))}
    assert named == {"Weekday": "Saturday", "Time of day": "18:00-21:00"}


def test_too_few_posts_or_only_one_group_prove_nothing() -> None:
    few = (post(5, 100, format="photo"), post(6, 900, format="carousel"))
    alike = tuple(post(row, 100, format="photo") for row in (5, 6, 7))
    for posts in (few, alike, ()):
        assert hits("kpi-report.works", report(posts=posts)) == hits("kpi-report.ignored", report(posts=posts)) == []


def test_posts_of_later_days_do_not_count() -> None:
    posts = tuple(post(row, 100 * row, "2027-08-01", format="photo" if row < 8 else "link") for row in range(5, 11))
    assert hits("kpi-report.works", report(posts=posts)) == []


def test_liked_pillars_without_a_click() -> None:
    posts = tuple(post(row, 20, pillar="community", clicks=0, orders=0) for row in (5, 6, 7))
    (hit,) = hits("kpi-report.likes_without_clicks", report(posts=posts))
    assert hit.values == {"name": "Community and fun", "count": 3, "likes": 60}
    assert cells(hit)[0] == "Post results!L5"


@pytest.mark.parametrize("more", [{"clicks": 1}, {"clicks": None}, {"clicks": 0, "orders": 1}])
def test_clicks_that_are_there_or_not_counted(more: dict[str, Any]) -> None:
    posts = tuple(post(row, 20, pillar="community", **more) for row in (5, 6, 7))
    assert hits("kpi-report.likes_without_clicks", report(posts=posts)) == []


# Money


def budget(actual: str) -> Budget:
    spent = tuple(Decimal(word) for word in actual.split())
    return Budget(start=START, lines=(BudgetLine(category="advertising", channel="instagram", actual=spent),))


def test_cost_per_result() -> None:
    plan = report(kpi("instagram", "orders", "10 20"), kpi("instagram", "revenue", "400 700", row=7))
    (hit,) = hits("kpi-report.cost_per_result", plan, budget=budget("80 100"))
    assert (hit.values["spent"], hit.values["results"], hit.values["cost"]) == (money("180"), 30, money("6"))
    assert cells(hit)[0] == "KPIs!M6"
    assert hits("kpi-report.ads_cost_more_than_sales", plan, budget=budget("80 100")) == []


def test_ads_that_cost_more_than_they_sell() -> None:
    plan = report(kpi("instagram", "orders", "1"), kpi("instagram", "revenue", "30", row=7))
    (hit,) = hits("kpi-report.ads_cost_more_than_sales", plan, budget=budget("80"))
    assert (hit.values["revenue"], hit.effect) == (money("30"), 50)


# Inbox


def test_unanswered_messages_the_oldest_first() -> None:
    inbox = (
        message(8),
        message(9, received="2027-06-20", channel="facebook"),
        message(10, "praise"),
        message(11, received="2027-07-05"),
    )
    (hit,) = hits("kpi-report.unanswered", report(inbox=inbox))
    assert hit.values == {
        "promise": 24,
        "count": 2,
        "channels": ("Facebook", "Instagram"),
        "received": date(2027, 6, 20),
    }
    assert (cells(hit), hit.level) == (["Inbox!E9", "Inbox!E8"], None)


def test_an_unanswered_complaint_is_graver() -> None:
    (hit,) = hits("kpi-report.unanswered", report(inbox=(message(8, "complaint"),)))
    assert hit.level is Level.ERROR


@pytest.mark.parametrize(
    "item",
    [
        message(8, answered=True),
        message(8, first_answer_hours=Decimal(90)),
        message(8, received=None),
        message(8, received="2027-08-01"),
        message(8, None, None),
    ],
)
def test_nothing_waits(item: Any) -> None:
    assert hits("kpi-report.unanswered", report(inbox=(item,))) == []


def test_answers_slower_than_the_promise() -> None:
    inbox = tuple(
        message(row, first_answer_hours=Decimal(hours)) for row, hours in ((8, 30), (9, 2), (10, 90), (11, 4))
    )
    (hit,) = hits("kpi-report.slow_answers", report(inbox=inbox))
    assert hit.values == {"late": 2, "answered": 4, "promise": 24, "share": Share(Decimal("0.5")), "median": 17}
    assert cells(hit) == ["Inbox!F10", "Inbox!F8"]
    assert hits("kpi-report.slow_answers", report(inbox=inbox[1:2])) == []


def test_the_promise_is_the_house_rules_then_the_workbooks_then_the_default() -> None:
    late = (message(8, first_answer_hours=Decimal(10)),)
    rules = (
        HouseRule(topic="response", within_hours=Decimal(48)),
        HouseRule(topic="response", channel="instagram", within_hours=Decimal(4)),
        HouseRule(topic="approval", within_hours=Decimal(1)),
    )
    assert hits("kpi-report.slow_answers", report(inbox=late)) == []
    assert hits("kpi-report.slow_answers", report(inbox=late, promise_hours=8))[0].values["promise"] == 8
    assert (
        hits("kpi-report.slow_answers", report(inbox=late), strategy=Strategy(house_rules=rules))[0].values["promise"]
        == 4
    )
    general = Strategy(house_rules=rules[:1])
    assert hits("kpi-report.slow_answers", report(inbox=late, promise_hours=8), strategy=general) == []


def test_complaints_that_reach_nobody() -> None:
    inbox = (
        message(8, "complaint", answered=True),
        message(9, "complaint", routed_to="Owner"),
        message(10, "complaint", resolved=True),
        message(11),
    )
    (hit,) = hits("kpi-report.complaint_not_routed", report(inbox=inbox))
    assert (hit.values["count"], cells(hit)) == (1, ["Inbox!G8"])
