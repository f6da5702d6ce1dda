"""The variance report of a budget, from a handful of lines."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from smsheets.analysis.context import Context, PlanSet
from smsheets.analysis.variance.budget import compute_variance
from smsheets.plan.budget import Budget, BudgetLine, BudgetSettings, OwnTimeTask
from smsheets.plan.budget_year import BudgetStatus
from smsheets.plan.carry import CarryBridge
from smsheets.plan.record import About
from smsheets.spec.load import load_thresholds


def context(as_of: date = date(2027, 3, 15)) -> Context:
    thresholds = {name: threshold.amount for name, threshold in load_thresholds("budget").items()}
    return Context(plans=PlanSet(), as_of=as_of, thresholds=thresholds, currency="EUR")


def line(line_id: str, category: str | None, actual: str, channel: str | None = None, planned: int = 100) -> BudgetLine:
    return BudgetLine(
        line_id=line_id,
        category=category,
        channel=channel,
        planned=(Decimal(planned),) * 12,
        actual=tuple(Decimal(word) for word in actual.split()),
    )


def budget(*lines: BudgetLine) -> Budget:
    return Budget(start=About(period_start=date(2027, 1, 1), months=12), lines=lines)


def test_groups_stand_in_the_order_of_their_lines_and_nameless_ones_last() -> None:
    found = compute_variance(
        budget(
            line("B1", None, "100"),
            line("B2", "software", "90"),
            line("B3", "advertising", "130", "instagram"),
            line("B4", "software", "100"),
        ),
        context(),
    )
    assert [(group.key, group.lines) for group in found.categories] == [("software", 2), ("advertising", 1), (None, 1)]
    assert [group.key for group in found.channels] == ["instagram", None]
    assert found.categories[0].year.variance == 10
    assert found.categories[1].status is BudgetStatus.OVER
    assert found.total.year.variance == -20


def test_months_add_up_over_lines_and_unknown_stays_unknown() -> None:
    found = compute_variance(budget(line("B1", "software", "90"), line("B2", "advertising", "80 70")), context())
    january, february, march = found.months[:3]
    assert january.first_day == date(2027, 1, 1)
    assert january.planned == 200
    assert january.actual == 170
    assert february.actual == 70
    assert february.planned_so_far == 400
    assert february.actual_so_far == 240
    assert march.actual is None


def test_available_money_of_a_month_and_the_forecast_up_to_it() -> None:
    found = compute_variance(budget(line("B1", "software", "90"), line("B2", "advertising", "80 70")), context())
    assert found.closed == 2
    assert [month.available for month in found.months[:4]] == [200, 220, 250, 200]
    assert [month.forecast_so_far for month in found.months[:4]] == [170, 340, 590, 790]
    assert found.months[-1].forecast_so_far == found.total.year.forecast


def test_bridges_of_all_lines_add_up() -> None:
    found = compute_variance(budget(line("B1", "advertising", "80"), line("B2", "software", "120 100")), context())
    assert found.bridge == CarryBridge(
        earned=Decimal(20), used=Decimal(-20), forgiven=Decimal(20), carried_on=Decimal(20)
    )


def test_the_running_month_gives_a_pace() -> None:
    found = compute_variance(budget(line("B1", "software", "100 100 62")), context(date(2027, 3, 10)))
    pace = found.lines[0].month_pace
    assert pace is not None
    assert (pace.forecast, found.lines[0].recent_pace) == (Decimal("192.2"), None)


def test_lines_without_an_amount_are_left_out() -> None:
    found = compute_variance(budget(BudgetLine(line_id="B1", category="software", line="Later")), context())
    assert found.lines == ()
    assert found.total.status is BudgetStatus.NO_DATA


def test_the_workbooks_own_limits_come_first() -> None:
    plan = Budget(
        lines=(line("B1", "software", "110"),),
        settings=BudgetSettings(over_share=Decimal("0.02")),
        own_time=(OwnTimeTask(hours_per_week=Decimal(1), hourly_value=Decimal(12)),),
    )
    found = compute_variance(plan, context())
    assert found.lines[0].status is BudgetStatus.OVER
    assert found.limits.watch_share == Decimal("0.05")
    assert found.own_time[0].cost.cost == 52


def test_without_a_period_the_months_have_no_dates() -> None:
    found = compute_variance(Budget(lines=(line("B1", "software", "90"),)), context())
    assert found.running is None
    assert found.months[0].first_day is None


def test_a_blank_budget_gives_a_report_without_figures() -> None:
    found = compute_variance(Budget(), context())
    assert (found.lines, found.months, found.total.year.budget) == ((), (), None)
    assert found.count(BudgetStatus.OVER) == 0
