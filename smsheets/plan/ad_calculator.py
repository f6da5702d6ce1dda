"""From a sales goal to the ad money it needs, and from ad money to the sales it brings.

Orders and clicks come whole: what is needed is rounded up, what an amount brings is rounded down.
"""

from __future__ import annotations

from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

import msgspec

from smsheets.plan.budget import AdGoal, AdMoney


class AdNeed(msgspec.Struct, frozen=True, kw_only=True):
    """What a sales goal needs. None where an input is missing or zero where it may not be."""

    orders: int | None = None
    clicks: int | None = None
    budget: Decimal | None = None
    cost_per_order: Decimal | None = None
    revenue_per_spend: Decimal | None = None


class AdYield(msgspec.Struct, frozen=True, kw_only=True):
    """What an amount of ad money brings. None where an input is missing or zero where it may not be."""

    clicks: int | None = None
    orders: int | None = None
    revenue: Decimal | None = None
    cost_per_order: Decimal | None = None


def work_out_need(goal: AdGoal) -> AdNeed:
    """Orders = revenue / order value; clicks = orders / conversion rate; budget = clicks x cost per click."""
    orders = _whole(_divide(goal.revenue_goal, goal.average_order), ROUND_CEILING)
    clicks = _whole(_divide(orders, goal.conversion_rate), ROUND_CEILING)
    budget = None if clicks is None or goal.cost_per_click is None else clicks * goal.cost_per_click
    return AdNeed(
        orders=orders,
        clicks=clicks,
        budget=budget,
        cost_per_order=_divide(budget, orders),
        revenue_per_spend=_divide(goal.revenue_goal, budget),
    )


def work_out_yield(money: AdMoney, rates: AdGoal) -> AdYield:
    """Clicks = money / cost per click; orders = clicks x conversion rate; revenue = orders x order value."""
    clicks = _whole(_divide(money.ad_budget, rates.cost_per_click), ROUND_FLOOR)
    orders = None
    if clicks is not None and rates.conversion_rate is not None:
        orders = _whole(clicks * rates.conversion_rate, ROUND_FLOOR)
    revenue = None if orders is None or rates.average_order is None else orders * rates.average_order
    return AdYield(clicks=clicks, orders=orders, revenue=revenue, cost_per_order=_divide(money.ad_budget, orders))


def _divide(amount: Decimal | int | None, by: Decimal | int | None) -> Decimal | None:
    return None if amount is None or by is None or by <= 0 else Decimal(amount) / Decimal(by)


def _whole(amount: Decimal | None, rounding: str) -> int | None:
    """Rounded to six places first, as the sheet does, so that 20.0000000001 orders are 20."""
    return None if amount is None else int(round(amount, 6).to_integral_value(rounding))
