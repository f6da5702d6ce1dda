"""Carry rules: the exact cases, and the conservation law for any line."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smsheets.plan.budget import BudgetLine
from smsheets.plan.carry import CarryBridge, CarryRule, bridge_of, carry_months, count_closed, months_of, rule_of

YEAR = (Decimal(100),) * 12


def amounts(text: str) -> tuple[Decimal | None, ...]:
    """`80 - 50`: one word per month, a dash is blank."""
    return tuple(None if word == "-" else Decimal(word) for word in text.split())


def available(actual: str, rule: CarryRule, opening: Decimal | None = None) -> list[Decimal | None]:
    return [month.available for month in carry_months(YEAR, amounts(actual), rule, opening)]


@pytest.mark.parametrize(
    ("rule", "actual", "february"),
    [
        (CarryRule.UNSPENT, "80", 120),
        (CarryRule.NONE, "80", 100),
        (CarryRule.BOTH_WAYS, "80", 120),
        (CarryRule.UNSPENT, "130", 100),
        (CarryRule.NONE, "130", 100),
        (CarryRule.BOTH_WAYS, "130", 70),
    ],
)
def test_what_january_leaves_goes_into_february_by_rule(rule: CarryRule, actual: str, february: int) -> None:
    assert available(actual, rule) == [100, february] + [100] * 10


@pytest.mark.parametrize("rule", CarryRule)
def test_a_year_without_actuals_carries_nothing(rule: CarryRule) -> None:
    months = carry_months(YEAR, (), rule)
    assert [month.available for month in months] == [100] * 12
    assert [month.left for month in months] == [None] * 12


def test_a_blank_month_before_an_actual_spent_nothing() -> None:
    assert available("80 - 50", CarryRule.UNSPENT)[:4] == [100, 120, 220, 270]


def test_a_zero_is_an_actual_and_a_blank_is_not() -> None:
    assert available("0 - -", CarryRule.UNSPENT)[:3] == [100, 200, 100]
    assert available("- - -", CarryRule.UNSPENT)[:3] == [100, 100, 100]


@pytest.mark.parametrize("rule", CarryRule)
def test_the_opening_carry_goes_into_the_first_month_under_every_rule(rule: CarryRule) -> None:
    assert available("", rule, Decimal(50))[:2] == [150, 100]


def test_a_month_with_nothing_planned_and_nothing_carried_has_no_available() -> None:
    months = carry_months(amounts("- 10"), amounts("- -"), CarryRule.UNSPENT)
    assert [month.available for month in months] == [None, 10]


def test_spending_without_a_plan_leaves_less_than_nothing() -> None:
    months = carry_months((), amounts("- 30"), CarryRule.NONE)
    assert [month.left for month in months] == [0, -30]


def test_months_are_closed_up_to_the_last_actual() -> None:
    assert count_closed(amounts("- - 5 -")) == 3
    assert count_closed(amounts("- - - -")) == 0


@pytest.mark.parametrize(
    ("category", "carry_rule", "rule"),
    [
        ("advertising", None, CarryRule.UNSPENT),
        ("software", None, CarryRule.NONE),
        (None, None, CarryRule.NONE),
        ("advertising", "none", CarryRule.NONE),
        ("software", "both_ways", CarryRule.BOTH_WAYS),
        ("advertising", "whatever", CarryRule.UNSPENT),
    ],
)
def test_a_blank_rule_is_unspent_for_advertising_and_none_for_the_rest(
    category: str | None, carry_rule: str | None, rule: CarryRule
) -> None:
    assert rule_of(BudgetLine(category=category, carry_rule=carry_rule)) is rule


def test_the_bridge_tells_where_carried_money_went() -> None:
    line = BudgetLine(category="software", opening=Decimal(50), planned=YEAR, actual=amounts("80 130 100"))
    assert bridge_of(months_of(line), CarryRule.NONE, line.opening) == CarryBridge(
        opening=Decimal(50),
        earned=Decimal(20),
        used=Decimal(-30),
        expired=Decimal(-70),
        forgiven=Decimal(30),
        carried_on=Decimal(0),
    )


def test_an_overspend_that_is_forgiven_is_a_step_of_its_own() -> None:
    line = BudgetLine(carry_rule="unspent", planned=YEAR, actual=amounts("130 80"))
    assert bridge_of(months_of(line), CarryRule.UNSPENT) == CarryBridge(
        earned=Decimal(20), used=Decimal(-30), forgiven=Decimal(30), carried_on=Decimal(20)
    )


@pytest.mark.parametrize(
    ("actual", "carried"),
    [
        ("150 -50", [0, 100]),  # all of the refund undoes what was forgiven; the month's own plan is left
        ("150 -20", [0, 100]),
        ("150 -80", [0, 130]),  # more came back than was spent too much
        ("-40 180", [140, 60]),  # nothing was forgiven yet
        ("150 100 -50", [0, 0, 100]),
        ("150 120 -60 -10 -30", [0, 0, 100, 200, 330]),  # 70 forgiven: 60, 10, then the refund is money again
        ("150 -50 150 -50", [0, 100, 50, 200]),
    ],
)
def test_a_refund_first_undoes_what_was_forgiven(actual: str, carried: list[int]) -> None:
    months = carry_months(YEAR, amounts(actual), CarryRule.UNSPENT)
    assert [month.carried_on for month in months if month.closed] == carried


def test_what_was_bought_and_given_back_leaves_no_money() -> None:
    """Nothing planned, 200 spent and given back, then 30 spent."""
    line = BudgetLine(carry_rule="unspent", actual=amounts("- 200 -200 - 30 -"))
    months = months_of(line)
    assert [month.available for month in months] == [None, 0, 0, 0, 0, 0]
    assert [month.left for month in months][-2:] == [-30, None]


def test_before_the_first_actual_the_bridge_holds_the_opening_carry() -> None:
    line = BudgetLine(opening=Decimal(50), planned=YEAR)
    assert bridge_of(months_of(line), CarryRule.NONE, line.opening) == CarryBridge(
        opening=Decimal(50), carried_on=Decimal(50)
    )


cents = st.integers(-500_000, 5_000_000).map(lambda number: Decimal(number) / 100)
series = st.lists(st.none() | cents, max_size=14)


@given(planned=series, actual=series, rule=st.sampled_from(CarryRule), opening=st.none() | cents)
def test_no_cent_is_lost_or_made(
    planned: list[Decimal | None], actual: list[Decimal | None], rule: CarryRule, opening: Decimal | None
) -> None:
    months = carry_months(planned, actual, rule, opening)
    closed = [month for month in months if month.closed]
    if not closed:
        return
    planned_closed = sum((month.planned or Decimal(0)) for month in closed)
    actual_closed = sum((month.actual or Decimal(0)) for month in closed)
    bridge = bridge_of(months, rule, opening)
    assert (opening or 0) + planned_closed == actual_closed + bridge.carried_on - bridge.expired - bridge.forgiven
    assert bridge.opening + bridge.earned + bridge.used + bridge.expired + bridge.forgiven == bridge.carried_on
    lost = sum((month.left or 0) - (month.carried_on or 0) for month in closed[:-1])
    assert (opening or 0) + planned_closed == actual_closed + (closed[-1].left or 0) + lost
    following = months[len(closed) :]
    assert bridge.carried_on == (following[0].carried_in if following else closed[-1].carried_on)


@given(planned=series, actual=series, opening=st.none() | cents)
def test_what_expires_and_is_forgiven_follows_the_rule(
    planned: list[Decimal | None], actual: list[Decimal | None], opening: Decimal | None
) -> None:
    months = {rule: carry_months(planned, actual, rule, opening) for rule in CarryRule}
    bridges = {rule: bridge_of(months[rule], rule, opening) for rule in CarryRule}
    assert all(bridge.earned >= 0 >= bridge.used for bridge in bridges.values())
    assert all(bridge.forgiven >= 0 >= bridge.expired for bridge in bridges.values())
    assert bridges[CarryRule.BOTH_WAYS].expired == bridges[CarryRule.BOTH_WAYS].forgiven == 0
    assert bridges[CarryRule.UNSPENT].expired == 0
    left = [month.left or Decimal(0) for month in months[CarryRule.NONE] if month.closed]
    assert bridges[CarryRule.NONE].expired == -sum(max(amount, Decimal(0)) for amount in left)
    assert bridges[CarryRule.NONE].forgiven == -sum(min(amount, Decimal(0)) for amount in left)


@given(
    planned=st.lists(st.none() | st.integers(0, 9_000).map(Decimal), max_size=12),
    actual=st.lists(st.none() | st.integers(-9_000, 9_000).map(Decimal), max_size=12),
    opening=st.none() | st.integers(0, 9_000).map(Decimal),
)
def test_a_refund_makes_no_money(
    planned: list[Decimal | None], actual: list[Decimal | None], opening: Decimal | None
) -> None:
    """Worked out the long way: what is forgiven is remembered month by month, and refunds take from it."""
    months = carry_months(planned, actual, CarryRule.UNSPENT, opening)
    forgiven = Decimal(0)
    for month in months:
        if month.left is None or month.carried_on is None:
            break
        undone = min(forgiven, max(-(month.actual or Decimal(0)), Decimal(0)), max(month.left, Decimal(0)))
        assert month.carried_on == max(month.left, Decimal(0)) - undone
        forgiven += max(-month.left, Decimal(0)) - undone


@given(
    planned=st.lists(st.integers(0, 9_000).map(Decimal), min_size=4, max_size=12),
    price=st.integers(1, 20_000).map(Decimal),
    bought=st.integers(0, 1),
)
def test_what_is_bought_and_given_back_in_the_next_month_never_leaves_more_than_was_planned(
    planned: list[Decimal], price: Decimal, bought: int
) -> None:
    actual = [Decimal(0)] * bought + [price, -price]
    months = carry_months(planned, actual, CarryRule.UNSPENT)
    assert months[bought + 1].carried_on == sum(planned[: bought + 2])


@given(planned=series, actual=series, rule=st.sampled_from(CarryRule), opening=st.none() | cents)
def test_open_months_carry_nothing_but_the_first(
    planned: list[Decimal | None], actual: list[Decimal | None], rule: CarryRule, opening: Decimal | None
) -> None:
    months = carry_months(planned, actual, rule, opening)
    open_months = months[count_closed(actual) :]
    assert all(month.left is None for month in open_months)
    assert all(month.available == month.planned for month in open_months[1:])
