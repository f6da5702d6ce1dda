"""The variance of a KPI report."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from kpi_rows import context_of, kpi, message, post, report

from smsheets.analysis.variance.kpi_report import KpiReportVariance, compute_variance
from smsheets.plan.budget import Budget
from smsheets.plan.kpi_months import Standing
from smsheets.plan.kpi_report import KpiReport, KpiRow


def variance(plan: KpiReport, **more: Budget) -> KpiReportVariance:
    return compute_variance(plan, context_of(plan, **more))


def test_a_metric_against_its_target_and_the_month_before() -> None:
    (found,) = variance(report(kpi("instagram", "orders", "20 40 36", "30 40 40 50"))).kpis
    assert (found.month, found.first_day, found.value, found.before, found.target) == (3, date(2027, 3, 1), 36, 40, 40)
    assert (found.change, found.change_share, found.improved) == (-4, Decimal("-0.1"), False)
    assert (found.difference, found.difference_share, found.share_of_target) == (-4, Decimal("-0.1"), Decimal("0.9"))
    assert (found.short, found.standing) == (Decimal("0.1"), Standing.WATCH)
    assert (found.to_date.actual, found.to_date.target) == (96, 110)
    assert (found.difference_to_date, found.share_to_date) == (-14, Decimal(96) / 110)


def test_less_is_better_where_the_metric_says_so() -> None:
    (found,) = variance(report(kpi(None, "response_time", "30 20", "24 24"))).kpis
    assert (found.change, found.improved, found.standing) == (-10, True, Standing.ON_TRACK)
    assert (found.to_date.actual, found.share_to_date) == (None, None)


def test_figures_that_cannot_be_had_are_none() -> None:
    first, planned = variance(report(kpi("x", "likes", "5"), kpi("x", "shares", "", "9"))).kpis
    assert (first.before, first.change, first.change_share, first.improved, first.difference) == (None,) * 5
    assert (first.share_of_target, first.standing) == (None, Standing.NO_TARGET)
    assert (planned.month, planned.first_day, planned.value, planned.standing) == (None, None, None, Standing.NO_DATA)


def test_rows_that_nobody_uses_are_left_out_but_counted() -> None:
    found = variance(report(kpi("x", "likes"), kpi("x", "shares", "0"), KpiRow(kpi_id="K3")))
    assert ([item.row.metric for item in found.kpis], found.unused) == (["shares"], 1)


def test_the_inbox() -> None:
    inbox = (
        message(8, first_answer_hours=Decimal(30), answered=True),
        message(9, received="2027-07-01"),
        message(10, "complaint", answered=True, first_answer_hours=Decimal(2)),
        message(11, "praise"),
        message(12, received="2027-07-20"),
    )
    found = variance(report(inbox=inbox, promise_hours=12)).inbox
    assert (found.messages, found.needing, found.answered, found.response_rate) == (4, 3, 2, Decimal(2) / 3)
    assert (found.median_hours, found.promise_hours, found.late, found.waiting) == (16, 12, 1, 1)
    assert (found.not_routed, found.longest_wait_hours) == (1, 96)


def test_an_empty_inbox_has_no_rates() -> None:
    found = variance(report()).inbox
    assert (found.messages, found.response_rate, found.median_hours, found.longest_wait_hours) == (0, None, None, None)


def test_posts_in_groups() -> None:
    posts = (*(post(row, 50, pillar="how_to") for row in range(5, 9)), post(9, None), post(10, 900, "2027-12-01"))
    found = variance(report(posts=posts)).posts
    assert (found.posts, found.rate) == (4, Decimal("0.05"))
    assert [(group.key, group.factor) for group in found.by_pillar] == [("how_to", 1)]
    assert found.by_format == found.by_hour == ()


def test_costs_need_a_budget() -> None:
    assert variance(report()).costs is None
    assert variance(report(), budget=Budget()).costs == ()
