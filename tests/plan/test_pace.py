"""The pace of a running month, of the last months, and where it leads."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from smsheets.plan.carry import CarryMonth, CarryRule, carry_months
from smsheets.plan.pace import RunningMonth, month_pace, project_year, recent_pace, running_month

JANUARY = date(2027, 1, 1)


def months(actual: str, planned: int = 100) -> tuple[CarryMonth, ...]:
    known = tuple(None if word == "-" else Decimal(word) for word in actual.split())
    return carry_months((Decimal(planned),) * 12, known, CarryRule.NONE)


@pytest.mark.parametrize(
    ("as_of", "number"),
    [
        (date(2027, 1, 1), 1),
        (date(2027, 4, 10), 4),
        (date(2027, 12, 31), 12),
        (date(2026, 12, 31), None),
        (date(2028, 1, 1), None),
    ],
)
def test_the_running_month_is_counted_from_the_first(as_of: date, number: int | None) -> None:
    running = running_month(JANUARY, 12, as_of)
    assert (running.number if running else None) == number


def test_without_a_period_no_month_is_running() -> None:
    assert running_month(None, 12, JANUARY) is None


def test_the_pace_compares_with_the_days_that_have_passed() -> None:
    pace = month_pace(months("100 100 100 60"), RunningMonth(number=4, day=date(2027, 4, 15)))
    assert pace is not None
    assert pace.expected == 50
    assert pace.pace == Decimal("1.2")
    assert pace.forecast == 120


def test_without_an_actual_the_running_month_has_no_pace() -> None:
    assert month_pace(months("100 100 100"), RunningMonth(number=4, day=date(2027, 4, 15))) is None
    assert month_pace(months("100"), None) is None


def test_without_a_budget_the_running_month_has_no_pace() -> None:
    pace = month_pace(months("60", planned=0), RunningMonth(number=1, day=date(2027, 1, 31)))
    assert pace is not None
    assert pace.pace is None


def test_the_recent_pace_leaves_the_running_month_out() -> None:
    running = RunningMonth(number=4, day=date(2027, 4, 15))
    assert recent_pace(months("100 110 120 5"), running, 3) == Decimal("1.1")
    assert recent_pace(months("100 110"), running, 3) is None
    assert recent_pace(months("100 110 120", planned=0), running, 3) is None


def test_the_year_goes_on_at_the_pace_of_the_last_months() -> None:
    assert project_year(months("100 110 120"), None, Decimal("1.1"), flows=False) == 330 + 9 * 110


def test_a_pace_below_plan_is_not_a_promise() -> None:
    assert project_year(months("50 50 50"), None, Decimal("0.5"), flows=False) == 150 + 900


def test_only_money_that_flows_by_day_is_projected_from_days() -> None:
    running = RunningMonth(number=1, day=date(2027, 1, 10))
    assert project_year(months("62"), running, None, flows=True) == Decimal("192.2") + 1100
    assert project_year(months("62"), running, None, flows=False) == 100 + 1100


def test_without_an_actual_there_is_no_projection() -> None:
    assert project_year(months(""), None, None, flows=True) is None
