"""The money of an average order, and what missing results are worth."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from smsheets.plan.kpi_months import KpiMonths
from smsheets.plan.kpi_report import KpiReport, KpiRow
from smsheets.plan.record import About
from smsheets.plan.results import average_order, missing_money
from smsheets.spec.reference import load_kpi_definitions


def row(metric: str, actual: str, channel: str | None = "instagram") -> KpiRow:
    values = tuple(None if word == "-" else Decimal(word) for word in actual.split())
    return KpiRow(channel=channel, metric=metric, actual=values)


def months(*rows: KpiRow) -> KpiMonths:
    report = KpiReport(start=About(period_start=date(2027, 1, 1)), kpis=rows)
    return KpiMonths(report, date(2027, 12, 31), load_kpi_definitions())


ORDERS, REVENUE = row("orders", "10 20 -"), row("revenue", "400 800 900")


def test_revenue_by_orders_of_the_months_of_which_both_are_known() -> None:
    assert average_order(months(ORDERS, REVENUE), "instagram") == 40


def test_a_channel_that_does_not_know_takes_that_of_all_channels() -> None:
    others = (ORDERS, REVENUE, row("orders", "10", "x"), row("revenue", "800", "x"), row("orders", "9", "facebook"))
    assert average_order(months(*others), "facebook") == 50
    assert average_order(months(*others), None) == 50


def test_no_order_has_no_value() -> None:
    assert average_order(months(ORDERS), "instagram") is None
    assert average_order(months(row("orders", "0"), REVENUE), "instagram") is None
    assert average_order(months(), None) is None


def test_missing_revenue_is_the_money_and_orders_are_not_added_to_it() -> None:
    known = months(ORDERS, REVENUE)
    assert missing_money([(ORDERS, Decimal(3)), (REVENUE, Decimal(70))], known) == 70
    assert missing_money([(row("reach", "9"), Decimal(5)), (ORDERS, Decimal(3))], known) == 120
    assert missing_money([(row("reach", "9"), Decimal(5))], known) is None
    assert missing_money([(ORDERS, Decimal(3))], months(ORDERS)) is None
