"""The findings about where figures go: turned trends, goals behind their line, followers who do not care."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from advice import cells, do, say
from kpi_rows import ads, budget, kpi, lacking, post, report, told

from smsheets.plan.goals import Goal
from smsheets.plan.record import Where
from smsheets.plan.strategy import Strategy


class TestTrendTurned:
    def test_metrics_of_a_channel_that_turned_are_one_finding(self) -> None:
        plan = report(kpi("instagram", "engagement", "10 20 30 25 20"), kpi("instagram", "reach", "1 2 5 2 1", row=7))
        [finding] = told("kpi-report.trend_turned", plan)
        assert say(finding) == (
            "Instagram: the trend has turned for the worse in Reach, Engagement. Furthest: Reach, from 5 by"
            " Mar 31, 2027 to 1 by May 31, 2027."
        )
        assert (finding.about, finding.root, finding.effect) == ("instagram", "channel instagram", None)
        assert cells(finding) == ["KPIs!V7", "KPIs!S7", "KPIs!P7", "KPIs!V6"]
        assert do(finding).startswith("Look at what you have done differently since then")

    def test_money_that_a_month_has_lost(self) -> None:
        plan = report(kpi("x", "orders", "8 9 10 9 8"), kpi("x", "revenue", "400 450 500 450 400", row=7))
        [finding] = told("kpi-report.trend_turned", plan)
        assert finding.effect == 100
        assert told("kpi-report.trend_turned", report(*plan.kpis[:1]))[0].effect is None

    @pytest.mark.parametrize("values", ["1000 1010 1020 1000 969", "1 2 3 2", "3 3 2 1", ""])
    def test_a_small_turn_or_none(self, values: str) -> None:
        assert told("kpi-report.trend_turned", report(kpi("x", "comments", values))) == []

    def test_a_turn_past_the_limit(self) -> None:
        assert len(told("kpi-report.trend_turned", report(kpi("x", "comments", "1000 1010 1020 1000 968")))) == 1

    def test_how_posting_changed_since_then(self) -> None:
        before = [post(row, 9, f"2027-0{2 + row % 2}-10", promotional=row < 6) for row in range(4, 8)]
        after = [post(row, 9, "2027-04-10", promotional=True) for row in range(8, 20)]
        plan = report(kpi("instagram", "comments", "10 20 30 25 20"), posts=(*before, *after))
        [finding] = told("kpi-report.trend_turned", plan)
        assert do(finding) == (
            "Since Mar 31, 2027 Instagram has 6 posts a month, and 100% of them sell something; before there"
            " were 2, and 50%. Find out whether that is the reason before you change anything else."
        )
        as_before = report(*plan.kpis, posts=tuple(post(n, 9, f"2027-0{n}-10", promotional=True) for n in (2, 3, 4, 5)))
        assert do(told("kpi-report.trend_turned", as_before)[0]).startswith("Look at what you have done differently")
        thin = {"kpi-report.group_posts": "5"}
        assert do(told("kpi-report.trend_turned", plan, thresholds=thin)[0]).startswith("Look at what you")

    def test_of_answers_those_who_answer_are_asked(self) -> None:
        [finding] = told("kpi-report.trend_turned", report(kpi(None, "response_rate", "0.8 0.9 1 0.9 0.8")))
        assert do(finding).startswith("Look at what has changed since Mar 31, 2027 for those who answer")
        assert finding.about == "all"


GOAL_COLUMNS = {"goal_id": 1, "baseline": 5, "target": 6, "start": 7}


def goal(**more: Any) -> Strategy:
    values: dict[str, Any] = {
        "goal_id": "G1",
        "goal": "More orders",
        "metric": "orders",
        "channel": "x",
        "baseline": Decimal(40),
        "target": Decimal(100),
        "start": date(2027, 1, 1),
        "deadline": date(2027, 12, 31),
    }
    where = Where(file="strategy.xlsx", sheet="Goals", row=9, columns=GOAL_COLUMNS)
    return Strategy(goals=(Goal(where=where, **values | more), Goal(goal_id="G2")))


class TestGoalBehindLine:
    def test_a_goal_behind_the_line_from_baseline_to_target(self) -> None:
        orders, revenue = kpi("x", "orders", "41 - - - - 61"), kpi("x", "revenue", "- - - - - 610", row=7)
        [finding] = told("kpi-report.goal_behind_line", report(orders, revenue), strategy=goal())
        assert say(finding) == ("Goal G1 'More orders' should be at 69.7 by Jun 30, 2027 and is at 61: 8.7 behind.")
        assert (finding.about, finding.root, finding.effect) == ("G1", "goal G1", Decimal("86.70"))
        assert cells(finding) == ["KPIs!Y6", "Goals!F9", "Goals!E9"]
        assert do(finding) == (
            "39 to go in the 6 months until Dec 31, 2027: 6.5 each month. Decide how to get there, or set a"
            " target that can be reached."
        )

    @pytest.mark.parametrize(
        ("actual", "more"),
        [
            ("41 - - - - 64", {}),
            ("", {}),
            ("41 - - - - 61", {"deadline": date(2027, 7, 1)}),
            ("41 - - - - 61", {"deadline": None}),
            ("41 - - - - 61", {"metric": "leads"}),
            ("41 - - - - 61", {"target": None}),
        ],
        ids=["within the limit", "no figure", "over", "no deadline", "no row", "no target"],
    )
    def test_on_its_line_or_not_known(self, actual: str, more: dict[str, Any]) -> None:
        plan = report(kpi("x", "orders", actual))
        assert told("kpi-report.goal_behind_line", plan, strategy=goal(**more)) == []
        assert lacking("kpi-report.goal_behind_line", plan, strategy=goal(**more)) == []

    def test_not_where_its_pace_brings_it_there_in_time(self) -> None:
        """One state of a goal: what will be in time is not called behind beside it."""
        plan = report(kpi("x", "orders", "41 41 41 41 50 59"))
        assert len(told("kpi-report.goal_behind_line", plan, strategy=goal())) == 1
        fast = report(kpi("x", "orders", "41 30 37 44 51 58"))
        assert told("kpi-report.goal_behind_line", fast, strategy=goal()) == []

    def test_the_limit_is_a_threshold(self) -> None:
        strict = {"kpi-report.goal_behind_share": "0.09"}
        plan = report(kpi("x", "orders", "41 - - - - 64"))
        assert len(told("kpi-report.goal_behind_line", plan, strategy=goal(), thresholds=strict)) == 1

    def test_where_the_line_begins_is_asked_for(self) -> None:
        plan = report(kpi("x", "orders", "41"))
        [lack] = lacking("kpi-report.goal_behind_line", plan, strategy=goal(baseline=None, start=None))
        assert say(lack) == (
            "Fill in Baseline, Start of goal G1 'More orders' to learn whether it is where it should be by now."
        )
        assert cells(lack) == ["Goals!E9", "Goals!G9"]


class TestFollowersWithoutEngagement:
    plan = report(
        kpi("instagram", "followers", "- 100 110 120 130"),
        kpi("instagram", "engagement", "50 60 50 40 30 20", row=7),
    )

    def test_followers_up_while_engagement_falls(self) -> None:
        [finding] = told("kpi-report.followers_without_engagement", self.plan)
        assert say(finding) == (
            "Instagram: followers up from 100 to 130 by May 31, 2027, but Engagement down from 60 to 30."
        )
        assert (finding.about, finding.root) == ("instagram", "channel instagram")
        assert cells(finding) == ["KPIs!V6", "KPIs!M6", "KPIs!V7", "KPIs!M7"]
        assert do(finding).startswith("The new followers are not interested")

    def test_ads_that_are_still_planned_are_named(self) -> None:
        money = budget(ads("9 9", "20 20 20 20"), ads("", "5", channel="x"), ads("9 9", "50 50", line="Old"))
        [finding] = told("kpi-report.followers_without_engagement", self.plan, budget=money)
        assert do(finding) == (
            "Show the ads to people who buy, not to whoever follows - or hold back the €40.00 that Ads (B3) still plan"
            ". Ask the new followers what they want."
        )

    @pytest.mark.parametrize(
        ("followers", "engagement"),
        [
            ("100 110 120 130", "50 50 50 50"),
            ("100 100 100 104", "50 40 30 20"),
            ("100 110 120 130", "50 50 50 48"),
            ("100 120", "50 20"),
            ("- - - 100", "4 3 2 1"),
        ],
    )
    def test_followers_and_engagement_in_order(self, followers: str, engagement: str) -> None:
        plan = report(kpi("instagram", "followers", followers), kpi("instagram", "engagement", engagement))
        assert told("kpi-report.followers_without_engagement", plan) == []

    def test_a_rate_by_followers_falls_by_itself_and_says_nothing(self) -> None:
        plan = report(
            kpi("instagram", "followers", "100 110 120 130"),
            kpi("instagram", "engagement_rate_by_followers", "0.5 0.4 0.3 0.2"),
        )
        assert told("kpi-report.followers_without_engagement", plan) == []
