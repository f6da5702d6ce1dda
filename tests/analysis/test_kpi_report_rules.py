"""The findings about a KPI report: when each is made, when not, and never on blanks."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from kpi_rows import cells, context_of, hits, kpi, message, money, post, report

from smsheets.analysis.rules.kpi_report import RULES
from smsheets.analysis.rules.kpi_report.targets import turning_month
from smsheets.plan.budget import Budget, BudgetLine
from smsheets.plan.kpi_definitions import Direction
from smsheets.plan.kpi_report import KpiReport, KpiRow, KpiSettings
from smsheets.plan.strategy import Strategy
from smsheets.spec.thresholds import load_thresholds

# Behind target


def test_a_channel_behind_names_its_metrics_the_furthest_first() -> None:
    (hit,) = hits(
        "kpi-report.behind_target",
        report(
            kpi("facebook", "likes", "100 80", "100 100"),
            kpi("facebook", "revenue", "- 50", "- 100", row=7),
            kpi("facebook", "shares", "90 90", "100 100", row=8),
        ),
    )
    assert hit.values == {
        "channel": "Facebook",
        "metrics": ("Revenue", "Likes"),
        "worst": "Revenue",
        "value": money("50"),
        "target": money("100"),
        "until": date(2027, 2, 28),
    }
    assert cells(hit) == ["KPIs!M7", "KPIs!L7", "KPIs!M6", "KPIs!L6"]


def test_of_a_metric_that_should_go_down_more_is_behind() -> None:
    slow = report(kpi(None, "response_time", "20", "12"))
    assert hits("kpi-report.behind_target", slow)[0].values["channel"] == "All channels"
    assert hits("kpi-report.behind_target", report(kpi(None, "response_time", "3", "12"))) == []


@pytest.mark.parametrize(("actual", "target"), [("90", "100"), ("100", "100"), ("50", "-"), ("-", "100"), ("", "")])
def test_not_behind(actual: str, target: str) -> None:
    assert hits("kpi-report.behind_target", report(kpi("x", "likes", actual, target))) == []


def test_the_workbooks_own_limit_comes_first() -> None:
    strict = KpiSettings(watch_share=Decimal("0.01"), behind_share=Decimal("0.02"))
    assert len(hits("kpi-report.behind_target", report(kpi("x", "likes", "97", "100"), settings=strict))) == 1


# A trend that turned


def test_a_trend_that_turned() -> None:
    (hit,) = hits("kpi-report.trend_turned", report(kpi("instagram", "engagement", "10 20 30 25 20")))
    assert hit.values["best"] == 30
    assert (hit.values["since"], hit.values["until"]) == (date(2027, 3, 31), date(2027, 5, 31))
    assert cells(hit) == ["KPIs!V6", "KPIs!S6", "KPIs!P6"]


@pytest.mark.parametrize(
    ("values", "direction", "expected"),
    [
        ([1, 2, 3, 2, 1], Direction.UP, 3),
        ([3, 2, 1, 2, 3], Direction.DOWN, 3),
        ([1, 2, 3, 2], Direction.UP, None),
        ([2, 3, 2, 1], Direction.UP, None),
        ([1, 2, 3, 3, 2], Direction.UP, None),
        ([1, 2, 3, None, 2, 1], Direction.UP, None),
        ([9, 1, 2, 3, 2, 1, 0], Direction.UP, 4),
        ([], Direction.UP, None),
    ],
)
def test_turns(values: list[int | None], direction: Direction, expected: int | None) -> None:
    assert turning_month([None if item is None else Decimal(item) for item in values], direction, 2) == expected


def test_a_small_turn_is_no_finding() -> None:
    assert hits("kpi-report.trend_turned", report(kpi("x", "likes", "1000 1010 1020 1015 1010"))) == []


# Followers up while engagement falls


def test_followers_up_while_engagement_falls() -> None:
    plan = report(
        kpi("instagram", "followers", "- 100 110 120 130"),
        kpi("instagram", "engagement", "50 60 50 40 30 20", row=7),
    )
    (hit,) = hits("kpi-report.followers_without_engagement", plan)
    assert (hit.values["followers_before"], hit.values["followers"]) == (100, 130)
    assert (hit.values["before"], hit.values["value"]) == (60, 30)
    assert hit.values["until"] == date(2027, 5, 31)
    assert cells(hit) == ["KPIs!V6", "KPIs!M6", "KPIs!V7", "KPIs!M7"]


@pytest.mark.parametrize(
    ("followers", "engagement"),
    [
        ("100 110 120 130", "50 50 50 50"),
        ("100 100 100 102", "50 40 30 20"),
        ("100 120", "50 20"),
        ("- - - 100", "4 3 2 1"),
    ],
)
def test_followers_and_engagement_in_order(followers: str, engagement: str) -> None:
    plan = report(kpi("instagram", "followers", followers), kpi("instagram", "engagement", engagement))
    assert hits("kpi-report.followers_without_engagement", plan) == []


def test_a_rate_by_followers_falls_by_itself_and_says_nothing() -> None:
    plan = report(
        kpi("instagram", "followers", "100 110 120 130"),
        kpi("instagram", "engagement_rate_by_followers", "0.5 0.4 0.3 0.2"),
    )
    assert hits("kpi-report.followers_without_engagement", plan) == []


# Vanity


def test_a_channel_measured_by_applause_alone() -> None:
    (hit,) = hits(
        "kpi-report.vanity_only", report(kpi("tiktok", "followers", "5"), kpi("tiktok", "likes", "-", "9", row=7))
    )
    assert hit.values == {"channel": "TikTok", "metrics": ("Followers", "Likes")}
    assert cells(hit) == ["KPIs!C6", "KPIs!C7"]


@pytest.mark.parametrize("other", ["link_clicks", "orders", "comments", "Cups sold"])
def test_one_metric_that_is_felt_is_enough(other: str) -> None:
    assert hits("kpi-report.vanity_only", report(kpi("tiktok", "likes", "5"), kpi("tiktok", other, "1"))) == []


def test_prefilled_rows_that_nobody_uses_measure_nothing() -> None:
    assert hits("kpi-report.vanity_only", report(kpi("tiktok", "likes"))) == []
    assert len(hits("kpi-report.vanity_only", report(kpi("tiktok", "likes", "5"), kpi("tiktok", "orders")))) == 1


def test_likes_that_never_become_business() -> None:
    plan = report(kpi("x", "likes", "20 20 20"), kpi("x", "orders", "9 0 0 0", row=7), kpi("x", "leads", row=8))
    assert hits("kpi-report.likes_without_business", plan) == []
    zero = report(kpi("x", "likes", "20 20 20"), kpi("x", "orders", "0 0 0", row=7))
    (hit,) = hits("kpi-report.likes_without_business", zero)
    assert hit.values == {"channel": "X", "metric": "Likes", "likes": 60, "months": 3}
    assert cells(hit) == ["KPIs!P6", "KPIs!P7"]


@pytest.mark.parametrize(
    ("likes", "orders"), [("20 20 20", "- - -"), ("1 1 1", "0 0 0"), ("30 30", "0 0"), ("", "0 0 0")]
)
def test_results_that_nobody_counts_are_not_zero(likes: str, orders: str) -> None:
    assert hits("kpi-report.likes_without_business", report(kpi("x", "likes", likes), kpi("x", "orders", orders))) == []


# Rates with different denominators


def test_rates_with_different_denominators_are_not_compared() -> None:
    plan = report(
        kpi("instagram", "engagement_rate_by_reach", "0.05"),
        kpi("facebook", "engagement_rate_by_followers", "0.01", row=9),
    )
    (hit,) = hits("kpi-report.unlike_rates", plan)
    assert (hit.values["channel"], hit.values["other_channel"]) == ("Instagram", "Facebook")
    assert cells(hit) == ["KPIs!C6", "KPIs!C9"]


def test_a_rate_that_all_channels_have_can_be_compared() -> None:
    rates = ("engagement_rate_by_reach", "engagement_rate_by_followers")
    plan = report(*(kpi("instagram", rate, "0.05") for rate in rates), kpi("facebook", rates[1], "0.01"))
    assert hits("kpi-report.unlike_rates", plan) == []
    assert hits("kpi-report.unlike_rates", report(kpi("instagram", rates[0], "0.05"), kpi("x", rates[1]))) == []


# All rules

PREFILLED = report(
    kpi("instagram", "followers"),
    kpi("tiktok", "likes"),
    KpiRow(kpi_id="K3"),
    posts=(post(5, None, channel=None, reach=None),),
    inbox=(message(8, None, None, channel=None),),
)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
@pytest.mark.parametrize("plan", [None, KpiReport(), PREFILLED], ids=["no report", "nothing", "prefilled rows"])
def test_no_rule_fires_on_blanks(rule: Any, plan: KpiReport | None) -> None:
    assert list(rule.check(context_of(plan, budget=Budget(), strategy=Strategy()))) == []


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_a_report_without_a_period_or_with_half_rows_is_no_trouble(rule: Any) -> None:
    plan = KpiReport(
        kpis=(kpi("x", "likes", "1 2 3 2 1", "9 9 9 9 9"), kpi(None, "My own", "5", "9"), kpi("x", "followers", "1")),
        post_results=(post(5, 10), post(6, 0, reach=0)),
        inbox=(message(8, "complaint", None), message(9, None)),
    )
    for hit in rule.check(context_of(plan, budget=Budget(lines=(BudgetLine(),)))):
        assert hit.evidence


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_rules_are_named_for_the_report_and_their_thresholds_exist(rule: Any) -> None:
    assert rule.id.startswith("kpi-report.")
    assert set(rule.thresholds) <= load_thresholds("kpi-report").keys()
