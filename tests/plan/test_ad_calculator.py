"""The ad calculator, both ways."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from smsheets.plan.ad_money import AdNeed, AdYield, work_out_need, work_out_yield
from smsheets.plan.budget import AdGoal, AdMoney

GOAL = AdGoal(
    revenue_goal=Decimal(1500),
    average_order=Decimal(48),
    conversion_rate=Decimal("0.02"),
    cost_per_click=Decimal("0.35"),
)


def test_a_goal_needs_whole_orders_and_clicks() -> None:
    assert work_out_need(GOAL) == AdNeed(
        orders=32,
        clicks=1600,
        budget=Decimal("560.00"),
        cost_per_order=Decimal("17.50"),
        revenue_per_spend=Decimal(1500) / Decimal(560),
    )


def test_money_brings_whole_orders_and_clicks() -> None:
    assert work_out_yield(AdMoney(ad_budget=Decimal(200)), GOAL) == AdYield(
        clicks=571, orders=11, revenue=Decimal(528), cost_per_order=Decimal(200) / 11
    )


def test_blanks_and_zeros_give_nothing() -> None:
    assert work_out_need(AdGoal()) == AdNeed()
    assert work_out_yield(AdMoney(), GOAL) == AdYield()
    assert work_out_need(AdGoal(revenue_goal=Decimal(100), average_order=Decimal(0))) == AdNeed()


amounts = st.integers(1, 1_000_000).map(lambda number: Decimal(number) / 100)


@given(revenue=amounts, order=amounts, percent=st.integers(1, 100), click=amounts)
def test_the_money_a_goal_needs_brings_the_goal(revenue: Decimal, order: Decimal, percent: int, click: Decimal) -> None:
    goal = AdGoal(
        revenue_goal=revenue, average_order=order, conversion_rate=Decimal(percent) / 100, cost_per_click=click
    )
    brought = work_out_yield(AdMoney(ad_budget=work_out_need(goal).budget), goal)
    assert brought.revenue is not None
    assert brought.revenue >= revenue
