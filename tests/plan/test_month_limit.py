"""What a month may cost, all lines together."""

from __future__ import annotations

from decimal import Decimal

from smsheets.plan.budget import BudgetLine
from smsheets.plan.pace import planned_months


def planned(text: str, **more: str) -> BudgetLine:
    return BudgetLine(planned=tuple(None if word == "-" else Decimal(word) for word in text.split()), **more)


def test_months_to_come_without_own_time() -> None:
    lines = (
        planned("500 - 40 60", line="Ads"),
        planned("10 - 50", line="Photos"),
        planned("9 9 9 9", category="own_time"),
    )
    third, fourth = planned_months(lines, Decimal(70), 2, 4)
    assert (third.number, third.planned, third.above, third.largest.line) == (3, 90, 20, "Photos")
    assert (fourth.number, fourth.planned, fourth.above) == (4, 60, -10)


def test_no_month_after_the_period() -> None:
    assert planned_months((planned("500"),), Decimal(1), 2, 12) == ()
    assert planned_months((planned("500"),), Decimal(1), 0, 1)[0].above == 499
