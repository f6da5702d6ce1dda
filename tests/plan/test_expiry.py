"""Money that is lost at the end of the month."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from smsheets.plan.carry import CarryRule, carry_months
from smsheets.plan.pace import Expiring, RunningMonth, expiring_of

MARCH = RunningMonth(number=3, day=date(2027, 3, 25))
QUARTER = Decimal("0.25")


def expiring(actual: str, planned: str = "100 100 100", rule: CarryRule = CarryRule.NONE) -> Expiring | None:
    plan = [Decimal(word) for word in planned.split()]
    spent = [None if word == "-" else Decimal(word) for word in actual.split()]
    return expiring_of(carry_months(plan, spent, rule), rule, MARCH, QUARTER)


def test_what_is_left_of_the_running_month() -> None:
    assert expiring("0 0 75") == Expiring(month=3, available=Decimal(100), left=Decimal(25))
    assert expiring("- - 0", "0 0 80") == Expiring(month=3, available=Decimal(80), left=Decimal(80))


@pytest.mark.parametrize("actual", ["0 0 76", "100 76 0", "100 100", ""])
def test_little_is_left_or_a_bill_is_on_its_way_or_nothing_is_known(actual: str) -> None:
    assert expiring(actual) is None


def test_an_unknown_month_of_a_line_that_leaves_money() -> None:
    assert expiring("0 0") == Expiring(month=3, available=Decimal(100), left=None)


def test_lines_that_carry_and_months_outside() -> None:
    assert expiring("0 0 0", rule=CarryRule.UNSPENT) is None
    assert expiring("0 0", "100 100") is None
    assert expiring("0 0 0", "100 100 0") is None
    assert expiring_of((), CarryRule.NONE, None, QUARTER) is None
