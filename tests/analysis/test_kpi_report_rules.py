"""The findings about targets and about what is measured: when each is made, when not, and never on blanks."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from advice import cells, do, say
from kpi_rows import AS_OF, ads, budget, context_of, kpi, lacking, message, post, report, rule, told

from smsheets.analysis.finding import Level
from smsheets.analysis.rules.kpi_report import RULES
from smsheets.analysis.run import run_rule
from smsheets.plan.budget import Budget, BudgetLine
from smsheets.plan.calendar import Calendar
from smsheets.plan.goals import Goal
from smsheets.plan.kpi_report import Decision, KpiReport, KpiRow, KpiSettings, Review
from smsheets.plan.strategy import Strategy
from smsheets.spec.load import load_thresholds
from smsheets.spec.reference import load_finding_texts


class TestActualAhead:
    """On 5 July, August to December have not begun."""

    def test_its_cells_are_named_in_one_finding(self) -> None:
        plan = report(kpi("x", "likes", "5 " * 7 + "2 - - - 9"), kpi("x", "link_clicks", "0 " * 12, row=7))
        [finding] = told("kpi-report.actual_ahead", plan)
        assert cells(finding) == ["KPIs!AE6", "KPIs!AE7", "KPIs!AH7", "KPIs!AK7", "KPIs!AN7", "KPIs!AQ6", "KPIs!AQ7"]
        assert "from August on (X: Likes, Link clicks)." in say(finding)

    @pytest.mark.parametrize("actual", ["", "5 " * 7, "- - - - - - 0"])
    def test_not_of_the_months_that_have_begun(self, actual: str) -> None:
        assert told("kpi-report.actual_ahead", report(kpi("x", "likes", actual))) == []

    def test_what_is_worked_with_has_no_month_and_no_post_to_come(self) -> None:
        posts = (post(8, 5), post(9, 5, "2027-08-01"))
        cut = report(kpi("x", "likes", "5 " * 12), posts=posts).until(AS_OF)
        assert [value is not None for value in cut.kpis[0].actual] == [True] * 7 + [False] * 5
        assert cut.post_results == posts[:1]


class TestResultAhead:
    def test_posts_of_days_to_come_with_results(self) -> None:
        posts = tuple(post(row, 5, day, post_id=f"P{row}") for row, day in ((8, "2027-08-01"), (9, "2027-07-06")))
        [finding] = told("kpi-report.result_ahead", report(posts=posts))
        assert cells(finding) == ["Post results!B8", "Post results!B9"]
        assert say(finding) == (
            "There are results for posts of days to come, from Jul 6, 2027 on: P8, P9. They are not counted."
        )

    def test_not_of_today_nor_where_nothing_is_filled_in(self) -> None:
        ready = post(9, None, "2027-08-01", reach=None, post_id="P9", line_id="B1")
        assert told("kpi-report.result_ahead", report(posts=(post(8, 5, "2027-07-05"), ready))) == []


class TestTargetWithoutGoal:
    GOALS = Strategy(goals=(Goal(goal_id="G1", goal="More"),))

    def test_targets_that_serve_no_goal_are_one_finding(self) -> None:
        rows = (kpi("x", "likes", target="5"), kpi("x", "orders", target="5", goal_id="g1 "), kpi("x", "shares", "5"))
        [finding] = told("kpi-report.target_without_goal", report(*rows), strategy=self.GOALS)
        assert say(finding) == "Targets that serve no goal of the strategy: Likes."
        assert do(finding).startswith("Write the ID of the goal beside")
        assert told("kpi-report.target_without_goal", report(*rows[1:]), strategy=self.GOALS) == []
        assert told("kpi-report.target_without_goal", report(*rows)) == [], "without goals there is nothing to name"

    def test_an_id_that_the_strategy_does_not_have_is_named(self) -> None:
        rows = kpi("x", "likes", target="5", goal_id="G7")
        [finding] = told("kpi-report.target_without_goal", report(rows), strategy=self.GOALS)
        assert "Goal IDs that it does not have: G7." in f"{say(finding)} {do(finding)}"


class TestBehindTarget:
    def test_a_channel_behind_names_its_metrics_the_furthest_first(self) -> None:
        plan = report(
            kpi("facebook", "likes", "100 80", "100 100"),
            kpi("facebook", "revenue", "- 65", "- 100", row=7),
            kpi("facebook", "shares", "90 90", "100 100", row=8),
        )
        [finding] = told("kpi-report.behind_target", plan)
        assert say(finding) == (
            "Facebook is behind in: Revenue, Likes. Furthest: Revenue with €65.00 instead of €100.00 by Feb 28, 2027."
        )
        assert (finding.about, finding.root) == ("facebook", "channel facebook")
        assert (finding.level, finding.effect) == (Level.WARNING, 35)
        assert cells(finding) == ["KPIs!M7", "KPIs!L7", "KPIs!M6", "KPIs!L6"]
        assert do(finding).startswith("Find out what changed")

    def test_missing_orders_count_with_the_money_of_an_average_order(self) -> None:
        plan = report(kpi("x", "orders", "10 8", "10 10"), kpi("x", "revenue", "500 400"), kpi("x", "likes", "1", "9"))
        assert told("kpi-report.behind_target", plan)[0].effect == 100

    def test_of_a_metric_that_should_go_down_more_is_behind(self) -> None:
        slow = report(kpi(None, "response_time", "20", "12"))
        [finding] = told("kpi-report.behind_target", slow)
        assert (finding.about, say(finding)[:12]) == ("all", "All channels")
        assert told("kpi-report.behind_target", report(kpi(None, "response_time", "3", "12"))) == []

    @pytest.mark.parametrize(("actual", "target"), [("85", "100"), ("100", "100"), ("50", "-"), ("-", "100"), ("", "")])
    def test_at_the_limit_or_unknown(self, actual: str, target: str) -> None:
        assert told("kpi-report.behind_target", report(kpi("x", "likes", actual, target))) == []

    def test_the_workbooks_own_limit_comes_first(self) -> None:
        strict = KpiSettings(watch_share=Decimal("0.01"), behind_share=Decimal("0.02"))
        assert len(told("kpi-report.behind_target", report(kpi("x", "likes", "97", "100"), settings=strict))) == 1

    @pytest.mark.parametrize(
        ("metric", "actual", "goal_id", "level"),
        [
            ("orders", "59", None, Level.ERROR),
            ("orders", "60", None, Level.WARNING),
            ("comments", "1", None, Level.WARNING),
            ("followers", "1", None, Level.NOTE),
            ("followers", "1", "G1", Level.WARNING),
        ],
    )
    def test_how_grave_it_is(self, metric: str, actual: str, goal_id: str | None, level: Level) -> None:
        plan = report(kpi("x", metric, actual, "100", goal_id=goal_id))
        assert told("kpi-report.behind_target", plan)[0].level is level

    def test_the_next_target_is_named(self) -> None:
        plan = report(kpi("x", "comments", "90 80 70 60 50 40", "100 " * 6 + "120"))
        [finding] = told("kpi-report.behind_target", plan)
        assert do(finding) == (
            "The target for July is 120, 80 away from it. Find out what changed and do one thing about it, or set a"
            " target that can be reached."
        )

    def test_what_works_on_the_channel_is_named(self) -> None:
        posts = (
            *(post(row, 100, format="photo", clicks=9) for row in (5, 6, 7, 8)),
            *(post(row, 200, format="carousel", clicks=2) for row in (9, 10, 11)),
        )
        liked = report(kpi("instagram", "comments", "50", "100"), posts=posts)
        assert do(told("kpi-report.behind_target", liked)[0]) == (
            "On Instagram the format 'Carousel' gets 2 times the usual (Engagement rate by reach): plan more of it - or"
            " set a target that can be reached."
        )
        clicked = report(kpi("instagram", "link_clicks", "70", "100"), posts=posts)
        assert do(told("kpi-report.behind_target", clicked)[0]) == (
            "On Instagram the format 'Photo' gets most clicks, 9 a post: plan more of it - or set a target that can be"
            " reached."
        )
        both = report(kpi("instagram", "comments", "50 " * 6, "100 " * 7), posts=posts)
        assert do(told("kpi-report.behind_target", both)[0]).startswith(
            "The target for July is 100, 50 away from it. On Instagram the format 'Carousel'"
        )
        elsewhere = report(kpi("facebook", "comments", "50", "100"), posts=posts)
        assert do(told("kpi-report.behind_target", elsewhere)[0]).startswith("Find out what changed")


class TestFiguresMissing:
    plan = report(
        kpi("x", "likes", "1 2 3 4 5 6"),
        kpi("x", "comments", "1 2 3 4 5 -", row=7),
        kpi("facebook", "shares", "", "9 " * 12, row=8),
        kpi("facebook", "likes", "", "9 9 9", row=9),
        kpi("facebook", "reach", row=10),
    )

    def test_rows_without_a_figure_for_the_last_month_that_is_over(self) -> None:
        [lack] = lacking("kpi-report.behind_target", self.plan)
        assert say(lack) == (
            "Fill in the actual figures of June (X, Facebook: Comments, Shares) to learn whether the targets are met."
        )
        assert cells(lack) == ["KPIs!Y7", "KPIs!Y8"]

    @pytest.mark.parametrize("as_of", [date(2027, 7, 3), date(2027, 1, 31), date(2026, 5, 9)])
    def test_not_in_the_first_days_nor_before_a_month_is_over(self, as_of: date) -> None:
        assert lacking("kpi-report.behind_target", self.plan, as_of=as_of) == []

    def test_after_the_period_its_last_month_is_asked_for(self) -> None:
        [lack] = lacking("kpi-report.behind_target", self.plan, as_of=date(2029, 7, 9))
        assert say(lack).startswith("Fill in the actual figures of December")


class TestNoTarget:
    def test_business_metrics_without_a_target_are_one_finding_a_channel(self) -> None:
        plan = report(
            kpi("x", "link_clicks", "12 30 6", kpi_id="K24"),
            kpi("facebook", "orders", "3", "9 -", row=7),
            kpi("facebook", "leads", "3 4", "9 -", row=8),
            kpi("x", "likes", "3", row=9),
        )
        [finding, other] = told("kpi-report.no_target", plan)
        assert say(finding) == "No target is set for what the business lives on: Link clicks (X)."
        assert (finding.about, finding.root, finding.level) == ("K24", "channel x", Level.NOTE)
        assert (other.about, other.root) == ("facebook leads", "channel facebook")
        assert do(finding) == (
            "Write a target into each month to come. For Link clicks on X begin with 30, the best month so far."
        )
        assert cells(finding)[0] == "KPIs!O6"
        [nothing] = told("kpi-report.no_target", report(kpi("x", "orders", "0 0")))
        assert do(nothing) == "Write a target into each month to come, however small: Orders on X is at 0 so far."
        assert told("kpi-report.no_target", plan, as_of=date(2028, 1, 3)) == [], "there is no month to come"

    @pytest.mark.parametrize(("actual", "target"), [("3 4", "- 9"), ("3 4", "- - 9"), ("", "")])
    def test_a_target_now_or_later_is_enough(self, actual: str, target: str) -> None:
        assert told("kpi-report.no_target", report(kpi("x", "orders", actual, target))) == []


class TestVanity:
    def test_a_channel_measured_by_applause_alone(self) -> None:
        plan = report(kpi("tiktok", "followers", "5"), kpi("tiktok", "likes", "-", "9", row=7))
        [finding] = told("kpi-report.vanity_only", plan)
        assert say(finding).startswith("TikTok is measured by applause alone: Followers, Likes.")
        assert (finding.about, cells(finding)) == ("tiktok", ["KPIs!C6", "KPIs!C7"])
        assert do(finding).startswith("Add a row for TikTok that shows what the business gains")

    def test_what_other_channels_count_is_named(self) -> None:
        others = (kpi("x", "orders", "5"), kpi("x", "link_clicks", "5"), kpi("facebook", "link_clicks", "5"))
        [finding] = told("kpi-report.vanity_only", report(kpi("tiktok", "likes", "5"), *others))
        assert do(finding) == (
            "Add rows for TikTok with what you count on other channels already: Link clicks, Orders."
        )

    @pytest.mark.parametrize("other", ["link_clicks", "orders", "comments", "Cups sold"])
    def test_one_metric_that_is_felt_is_enough(self, other: str) -> None:
        assert told("kpi-report.vanity_only", report(kpi("tiktok", "likes", "5"), kpi("tiktok", other, "1"))) == []

    def test_prefilled_rows_that_nobody_uses_measure_nothing(self) -> None:
        assert told("kpi-report.vanity_only", report(kpi("tiktok", "likes"))) == []
        assert len(told("kpi-report.vanity_only", report(kpi("tiktok", "likes", "5"), kpi("tiktok", "orders")))) == 1


class TestLikesWithoutBusiness:
    zero = report(kpi("x", "likes", "20 20 20"), kpi("x", "orders", "0 0 0", row=7), kpi("x", "leads", row=8))

    def test_likes_that_never_become_business(self) -> None:
        [finding] = told("kpi-report.likes_without_business", self.zero)
        assert say(finding) == "X, last 3 months - Likes: 60, and not one order, lead or sale."
        assert (finding.about, finding.root, finding.effect) == ("x", "channel x", None)
        assert cells(finding) == ["KPIs!P6", "KPIs!P7"]
        assert do(finding).startswith("Give people on X a next step")

    def test_advertising_of_these_months_is_at_stake(self) -> None:
        money = budget(ads("99 5 10 15 20", channel="x"), ads("7 7 7 7"))
        later = report(kpi("x", "likes", "- 20 20 20"), kpi("x", "orders", "- 0 0 0", row=7))
        [finding] = told("kpi-report.likes_without_business", later, budget=money)
        assert finding.effect == 30
        assert do(finding).startswith("Stop Ads (B3) (€30.00 in these months) until the posts on X lead somewhere")

    @pytest.mark.parametrize(
        ("likes", "orders"),
        [("20 20 20", "9 0 1"), ("20 20 20", "- - -"), ("16 16 17", "0 0 0"), ("30 30", "0 0"), ("", "0 0 0")],
    )
    def test_there_are_results_or_too_few_likes_or_nobody_counts(self, likes: str, orders: str) -> None:
        plan = report(kpi("x", "likes", likes), kpi("x", "orders", orders))
        assert told("kpi-report.likes_without_business", plan) == []

    def test_results_that_nobody_counts_are_asked_for(self) -> None:
        plan = report(kpi("x", "likes", "9 20 20 20"), kpi("x", "orders", "", "- - - - 5", row=7))
        [lack] = lacking("kpi-report.likes_without_business", plan)
        assert say(lack) == "Fill in Orders of X for the last 3 months to learn whether its likes become business."
        assert cells(lack) == ["KPIs!M7", "KPIs!P7", "KPIs!S7"]
        assert lacking("kpi-report.likes_without_business", self.zero) == []


class TestUnlikeRates:
    def test_rates_with_different_denominators_are_not_compared(self) -> None:
        plan = report(
            kpi("facebook", "engagement_rate_by_followers", "0.01", row=9),
            kpi("instagram", "engagement_rate_by_reach", "0.05"),
        )
        [finding] = told("kpi-report.unlike_rates", plan)
        assert say(finding) == (
            "Instagram has 'Engagement rate by reach', Facebook has 'Engagement rate by followers': these two numbers"
            " cannot be compared."
        )
        assert finding.about == "facebook+instagram"
        assert cells(finding) == ["KPIs!C6", "KPIs!C9"]
        assert do(finding).startswith("Count 'Engagement rate by reach' on Facebook too")

    def test_a_rate_that_all_channels_have_can_be_compared(self) -> None:
        rates = ("engagement_rate_by_reach", "engagement_rate_by_followers")
        plan = report(*(kpi("instagram", rate, "0.05") for rate in rates), kpi("facebook", rates[1], "0.01"))
        assert told("kpi-report.unlike_rates", plan) == []
        assert told("kpi-report.unlike_rates", report(kpi("instagram", rates[0], "0.05"), kpi("x", rates[1]))) == []


PREFILLED = report(
    kpi("instagram", "followers"),
    kpi("tiktok", "likes"),
    kpi("tiktok", "orders"),
    KpiRow(kpi_id="K3"),
    posts=(post(5, None, channel=None, reach=None),),
    inbox=(message(8, None, None, channel=None),),
    review=(Review(period=date(2027, 1, 1)), Review(period=date(2027, 2, 1))),
    decisions=(Decision(decision_id="D1"),),
)


@pytest.mark.parametrize("item", RULES, ids=lambda item: item.id)
@pytest.mark.parametrize("plan", [None, KpiReport(), PREFILLED], ids=["no report", "nothing", "prefilled rows"])
@pytest.mark.parametrize("as_of", [AS_OF, date(2027, 7, 31), date(2028, 2, 1)])
def test_no_rule_fires_or_asks_on_blanks(item: Any, plan: KpiReport | None, as_of: date) -> None:
    others = {"budget": Budget(), "strategy": Strategy(), "calendar": Calendar()}
    assert list(run_rule(item, context_of(plan, as_of=as_of, **others))) == []


@pytest.mark.parametrize("item", RULES, ids=lambda item: item.id)
def test_a_report_without_a_period_or_with_half_rows_is_no_trouble(item: Any) -> None:
    plan = KpiReport(
        kpis=(kpi("x", "likes", "1 2 3 2 1", "9 9 9 9 9"), kpi(None, "My own", "5", "9"), kpi("x", "followers", "1")),
        post_results=(post(5, 10), post(6, 0, reach=0)),
        inbox=(message(8, "complaint", None, message_id=None), message(9, None)),
        review=(Review(what_came="Much"),),
        decisions=(Decision(decision="Do it", due=date(2027, 1, 1)),),
    )
    for case in run_rule(item, context_of(plan, budget=Budget(lines=(BudgetLine(),)))):
        assert case.evidence


@pytest.mark.parametrize("item", RULES, ids=lambda item: item.id)
def test_rules_are_named_for_the_report_and_their_thresholds_exist(item: Any) -> None:
    assert item.id.startswith("kpi-report.")
    assert set(load_finding_texts()[item.id].thresholds) <= load_thresholds().keys()
    assert rule(item.id) is item
