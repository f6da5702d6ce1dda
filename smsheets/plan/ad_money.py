"""Advertising money: what a sales goal needs of it, and its shares by channel against the wanted ones.

Orders and clicks come whole: what is needed is rounded up, what an amount brings is rounded down.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from enum import Enum

import msgspec

from smsheets.plan.budget import ADVERTISING, AdGoal, AdMoney, BudgetLine
from smsheets.plan.carry import ZERO, months_of
from smsheets.plan.record import add_known, group_by, round_figure
from smsheets.plan.spare_money import CENT, open_money, planned_months_left
from smsheets.plan.strategy import Channel, Pillar

_HALF_PERCENT = Decimal("0.005")
"""Sums are compared to the full percent, half up: three thirds written as 33.3 % add up."""


class ShareState(Enum):
    """How a sum of shares compares with 100 %."""

    ADDS_UP = "adds_up"
    TOO_LITTLE = "too_little"
    TOO_MUCH = "too_much"


class ShareTotal(msgspec.Struct, frozen=True, kw_only=True):
    """A sum of shares, 0..1 and more, and how it compares with the whole."""

    total: Decimal
    state: ShareState


def total_shares(shares: Iterable[Decimal | None]) -> ShareTotal | None:
    """The sum of the shares that are known; None while there is none."""
    total = add_known(shares)
    if total is None:
        return None
    state = ShareState.ADDS_UP
    if not -_HALF_PERCENT <= total - 1 < _HALF_PERCENT:
        state = ShareState.TOO_LITTLE if total < 1 else ShareState.TOO_MUCH
    return ShareTotal(total=total, state=state)


def promotional_share(pillars: Iterable[Pillar]) -> Decimal | None:
    """The target share of the pillars that sell, 0..1; None while no pillar has a target share."""
    known = [pillar for pillar in pillars if pillar.target_share is not None]
    return sum((pillar.target_share or ZERO for pillar in known if pillar.promotional), ZERO) if known else None


class AdNeed(msgspec.Struct, frozen=True, kw_only=True):
    """The advertising that a sales goal needs. None where an input is missing or zero where it may not be."""

    orders: int | None = None
    clicks: int | None = None
    budget: Decimal | None = None
    cost_per_order: Decimal | None = None
    revenue_per_spend: Decimal | None = None


class AdYield(msgspec.Struct, frozen=True, kw_only=True):
    """The sales that an amount of ad money brings. None where an input is missing or zero where it may not be."""

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


class AdShare(msgspec.Struct, frozen=True, kw_only=True):
    """A channel's advertising.

    Attributes:
        wanted, got: Shares of all advertising money that has a channel, 0..1.
        money: The year's: actual of the closed months + planned of the open ones.
        open_money: What is planned for the open months, and may still go elsewhere.
        months: How many open months the channel has a plan for.
        lines: The advertising lines of the channel.
    """

    channel: Channel
    wanted: Decimal
    got: Decimal
    money: Decimal
    open_money: Decimal
    months: int
    lines: tuple[BudgetLine, ...]

    @property
    def gap(self) -> Decimal:
        """By how much of the whole it gets more than wanted; below zero it gets less."""
        return self.got - self.wanted


def compare_ad_shares(channels: Iterable[Channel], lines: Iterable[BudgetLine]) -> tuple[AdShare, ...]:
    """One per channel with a share or with money; none where the shares do not add up, or nothing is advertised."""
    listed = [channel for channel in channels if channel.channel is not None]
    total = total_shares(channel.ad_share for channel in listed)
    if total is None or total.state is not ShareState.ADDS_UP:
        return ()
    paid = (line for line in lines if line.category == ADVERTISING and line.has_amounts)
    ads = group_by(paid, lambda line: line.channel)
    by_channel = {channel.channel: tuple(ads.get(channel.channel or "", ())) for channel in listed}
    money = {name: sum((_money(line) for line in own), ZERO) for name, own in by_channel.items()}
    whole = sum(money.values(), ZERO)
    if whole <= 0:
        return ()
    return tuple(
        AdShare(
            channel=channel,
            wanted=(channel.ad_share or ZERO) / total.total,
            got=money[channel.channel] / whole,
            money=money[channel.channel],
            open_money=open_money(own),
            months=max((len(planned_months_left(months_of(line))) for line in own), default=0),
            lines=own,
        )
        for channel in listed
        if (own := by_channel[channel.channel]) or channel.ad_share
    )


def money_to_move(giver: AdShare, taker: AdShare) -> Decimal:
    """The money that brings one of the two to its share, to the cent: at most what is still planned for the giver."""
    whole = giver.money / giver.got if giver.got else ZERO
    return round_figure(max(min(giver.gap * whole, -taker.gap * whole, giver.open_money), ZERO), CENT)


def _money(line: BudgetLine) -> Decimal:
    return sum(((month.actual if month.closed else month.planned) or ZERO for month in months_of(line)), ZERO)
