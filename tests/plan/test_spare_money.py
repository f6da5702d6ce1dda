"""Money that a line can give away, and who gets it."""

from __future__ import annotations

from decimal import ROUND_DOWN, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smsheets.plan.carry import CarryMonth, CarryRule, carry_months
from smsheets.plan.spare_money import planned_months_left, share_out, spare_of, spread_over

amounts = st.lists(st.integers(min_value=0, max_value=500).map(Decimal), max_size=6)


def months(
    actual: str, planned: str = "100 100 100 100", rule: CarryRule = CarryRule.UNSPENT
) -> tuple[CarryMonth, ...]:
    return carry_months([Decimal(p) for p in planned.split()], [Decimal(a) for a in actual.split()], rule)


@pytest.mark.parametrize(
    ("actual", "rule", "projected", "expected"),
    [
        ("40 60", CarryRule.UNSPENT, 300, 100),
        ("40 60", CarryRule.UNSPENT, 330, 70),
        ("40 60", CarryRule.UNSPENT, 500, 0),
        ("40 60", CarryRule.NONE, 300, 0),
        ("140 60", CarryRule.BOTH_WAYS, 400, 0),
        ("140 60", CarryRule.UNSPENT, 400, 0),
        ("", CarryRule.UNSPENT, 0, 0),
    ],
)
def test_spare_is_carried_and_not_needed(actual: str, rule: CarryRule, projected: int, expected: int) -> None:
    assert spare_of(months(actual, rule=rule), Decimal(400), Decimal(projected)) == expected


def test_nothing_is_spare_where_the_year_is_unknown() -> None:
    assert spare_of(months("0"), None, Decimal(0)) == 0
    assert spare_of(months("0"), Decimal(400), None) == 0


def test_each_need_takes_from_the_line_that_then_has_most() -> None:
    first, second, third, none = share_out(
        [Decimal(60), Decimal(50), Decimal(50), Decimal(5)], [Decimal(50), Decimal(90)]
    )
    assert first is not None
    assert (first.giver, first.amount, first.spare) == (1, 60, 90)
    assert second is not None
    assert (second.giver, second.amount, second.spare) == (0, 50, 50)
    assert third is not None
    assert (third.giver, third.amount, third.spare) == (1, 30, 30)
    assert none is None


@given(amounts, amounts)
def test_nothing_is_given_twice(needs: list[Decimal], spares: list[Decimal]) -> None:
    taken = share_out(needs, spares)
    for number, spare in enumerate(spares):
        assert sum(item.amount for item in taken if item is not None and item.giver == number) <= spare
    for need, item in zip(needs, taken, strict=True):
        assert item is None or 0 < item.amount <= need


def test_an_amount_by_the_month() -> None:
    assert spread_over(Decimal(100), 3) == Decimal("33.34")
    assert spread_over(Decimal(100), 3, ROUND_DOWN) == Decimal("33.33")
    assert spread_over(Decimal(100), 0) is None


def test_only_open_months_with_a_plan_are_left() -> None:
    assert len(planned_months_left(months("10", "100 0 100 100"))) == 2
