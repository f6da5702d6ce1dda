"""What a result costs, from the budget's advertising and the KPI rows."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from smsheets.plan.budget import Budget, BudgetLine
from smsheets.plan.kpi_months import KpiMonths
from smsheets.plan.kpi_report import KpiReport, KpiRow
from smsheets.plan.record import About
from smsheets.plan.results import ResultCost, result_costs
from smsheets.spec.reference import load_kpi_definitions

START = About(period_start=date(2027, 1, 1))


def values(text: str) -> tuple[Decimal | None, ...]:
    return tuple(None if word == "-" else Decimal(word) for word in text.split())


def ads(actual: str, channel: str | None = "instagram", category: str = "advertising") -> BudgetLine:
    return BudgetLine(category=category, channel=channel, actual=values(actual))


def row(metric: str, actual: str, channel: str | None = "instagram") -> KpiRow:
    return KpiRow(channel=channel, metric=metric, actual=values(actual))


def costs(*lines: BudgetLine, rows: tuple[KpiRow, ...], start: About = START) -> list[ResultCost]:
    kpis = KpiMonths(KpiReport(start=START, kpis=rows), date(2027, 12, 31), load_kpi_definitions())
    return list(result_costs(Budget(start=start, lines=lines), kpis))


def test_spend_by_results_over_the_months_of_which_both_are_known() -> None:
    (found,) = costs(ads("80 100 - 90"), ads("20 - - -"), rows=(row("orders", "10 20 30"), row("revenue", "300 500")))
    assert (found.channel, found.months, found.spent, found.results, found.revenue) == ("instagram", 2, 200, 30, 800)
    assert found.cost == Decimal(200) / 30


def test_the_result_nearest_to_money_is_taken() -> None:
    (found,) = costs(ads("10"), rows=(row("link_clicks", "50"), row("leads", "4")))
    assert (found.row.metric, found.cost, found.revenue) == ("leads", Decimal("2.5"), None)


def test_no_result_has_no_cost() -> None:
    (found,) = costs(ads("10"), rows=(row("orders", "0"),))
    assert found.cost is None


def test_nothing_to_say_without_both_sides() -> None:
    orders = (row("orders", "5"),)
    assert costs(ads("-"), rows=orders) == []
    assert costs(ads("0"), rows=orders) == []
    assert costs(ads("10", category="software"), rows=orders) == []
    assert costs(ads("10", channel=None), rows=(row("orders", "5", channel=None),)) == []
    assert costs(ads("10"), rows=(row("likes", "5"),)) == []
    assert costs(ads("10"), rows=orders, start=About()) == []


def test_two_workbooks_may_begin_in_different_months() -> None:
    (found,) = costs(ads("10 20 30"), rows=(row("orders", "4 5"),), start=About(period_start=date(2026, 12, 1)))
    assert (found.spent, found.results) == (50, 9)
