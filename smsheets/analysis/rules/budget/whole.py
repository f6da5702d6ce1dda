"""Findings about the budget as a whole: categories, ad shares, and what a month may cost."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from smsheets.analysis.facts import Facts
from smsheets.analysis.finding import Hit, Lack, rule
from smsheets.analysis.rules.budget.evidence import (
    category_word,
    money,
    month_of,
    named,
    overspent_cells,
    variance_of,
)
from smsheets.analysis.variance.budget import GroupVariance, LineVariance
from smsheets.money import Share
from smsheets.periods import add_months
from smsheets.plan.ad_money import compare_ad_shares, money_to_move
from smsheets.plan.budget import ADVERTISING, OWN_TIME, Budget
from smsheets.plan.budget_year import BudgetStatus
from smsheets.plan.carry import ZERO
from smsheets.plan.kpi_months import months_begun
from smsheets.plan.pace import planned_months
from smsheets.plan.spare_money import spread_over


@rule("budget.category_over")
def check_categories_within_budget(facts: Facts) -> Iterator[Hit]:
    """No category has overspent what counts as watch without a line that is over; then that line says it.

    At stake is the overspend.
    """
    found = variance_of(facts)
    if found is None:
        return
    rich = max(found.categories, key=lambda item: item.year.variance or ZERO, default=None)
    for group in found.categories:
        lines = [line for line in found.lines if line.line.category == group.key]
        variance, share = group.year.variance, group.year.variance_share
        if group.status not in TOO_MUCH or group.key is None or variance is None or share is None:
            continue
        if any(line.status in (BudgetStatus.OVER, BudgetStatus.NO_BUDGET) for line in lines):
            continue
        above = sorted((line for line in lines if (line.year.variance or ZERO) < 0), key=_variance_of)
        if len(above) <= 1:
            continue
        has_rich = _can_give(rich, group)
        yield Hit(
            about=group.key,
            root=f"category {group.key}",
            evidence=tuple(cell for line in above for cell in overspent_cells(line)[:1]),
            values={
                "category": category_word(group.key),
                "actual": money(group.year.actual, facts),
                "over": money(-variance, facts),
                "share": Share(-share),
                "budget": money(group.year.to_date, facts),
                "lines": tuple(named(line.line) for line in above),
                "other": category_word(rich.key if rich is not None else None),
                "left": money(rich.year.variance if rich is not None else None, facts),
            },
            effect=-variance,
            case="category_has_money" if has_rich else "",
        )


TOO_MUCH = (BudgetStatus.WATCH, BudgetStatus.OVER)


def _can_give(rich: GroupVariance | None, group: GroupVariance) -> bool:
    """Whether another category has money left; nobody pays bills with own hours, or hours with money."""
    if rich is None or rich.key in (None, OWN_TIME, group.key) or group.key == OWN_TIME:
        return False
    return (rich.year.variance or ZERO) >= -(group.year.variance or ZERO)


def _variance_of(line: LineVariance) -> Decimal:
    return line.year.variance or ZERO


@rule("budget.above_limit")
def check_months_within_limit(facts: Facts) -> Iterator[Hit]:
    """No month to come plans more than the strategy's monthly budget. At stake is what is above it, of all months."""
    budget, strategy, found = facts.plans.budget, facts.plans.strategy, variance_of(facts)
    limit = strategy.limits.monthly_budget if strategy is not None else None
    if budget is None or strategy is None or found is None or limit is None:
        return
    first = months_begun(budget.start.period_start, facts.as_of) or 1
    months = planned_months(budget.lines, limit, first, len(found.months))
    above = [month for month in months if month.above > 0]
    if not above:
        return
    worst, room = max(above, key=lambda month: month.above), min(months, key=lambda month: month.above)
    yield Hit(
        about=_month_id(budget, worst.number),
        evidence=(
            *(month.largest.cell("planned", month.number) for month in above),
            strategy.limits.cell("monthly_budget"),
        ),
        values={
            "month": month_of(budget, worst.number),
            "planned": money(worst.planned, facts),
            "limit": money(limit, facts),
            "months": len(above),
            "over": money(worst.above, facts),
            "line": worst.largest.name,
            "quiet": month_of(budget, room.number),
            "room": money(-room.above, facts),
        },
        effect=sum((month.above for month in above), ZERO),
        case="move_to_quiet_month" if room.above < 0 else "",
    )


def _month_id(budget: Budget, number: int) -> str:
    """`2027-09`, or `month 9` where the period's start is unknown."""
    start = budget.start.period_start
    return f"month {number}" if start is None else f"{add_months(start.replace(day=1), number - 1):%Y-%m}"


@rule("budget.ad_shares")
def check_ad_money_follows_strategy(facts: Facts) -> Iterator[Hit | Lack]:
    """The two channels furthest from their ad shares. At stake is what would have to move to reach them."""
    budget, strategy = facts.plans.budget, facts.plans.strategy
    if budget is None or strategy is None:
        return
    yield from _shares_missing(facts)
    shares = compare_ad_shares(strategy.channels, budget.lines)
    if not shares:
        return
    giver, taker = max(shares, key=lambda item: item.gap), min(shares, key=lambda item: item.gap)
    if max(giver.gap, -taker.gap) <= facts.thresholds["budget.ad_share_gap"]:
        return
    amount = money_to_move(giver, taker)
    each = spread_over(amount, giver.months)
    lines = [line for line in giver.lines if any(line.planned)]
    yield Hit(
        about=f"{giver.channel.channel}+{taker.channel.channel}",
        evidence=(
            *(item.channel.cell("ad_share") for item in (giver, taker)),
            *(line.cell("line") for item in (giver, taker) for line in item.lines),
        ),
        values={
            "giver": facts.channel_name(giver.channel.channel),
            "giver_wanted": Share(giver.wanted),
            "giver_got": Share(giver.got),
            "taker": facts.channel_name(taker.channel.channel),
            "taker_wanted": Share(taker.wanted),
            "taker_got": Share(taker.got),
            "amount": money(each, facts),
            "months": giver.months,
            "lines": tuple(named(line) for line in lines),
        },
        effect=amount,
        case="shift_ad_money" if amount > 0 and each is not None else "",
    )


def _shares_missing(facts: Facts) -> Iterator[Lack]:
    """Channels that get ad money, but have no ad share; only of channels that the strategy says something about."""
    budget, strategy = facts.plans.budget, facts.plans.strategy
    if budget is None or strategy is None:
        return
    paid = {
        line.channel for line in budget.lines if line.category == ADVERTISING and any((*line.planned, *line.actual))
    }
    blank = [
        channel
        for channel in strategy.channels
        if channel.channel in paid and channel.ad_share is None and (channel.purpose or channel.decision)
    ]
    if blank:
        yield Lack(
            evidence=tuple(channel.cell("ad_share") for channel in blank),
            values={"channels": tuple(facts.channel_name(channel.channel) for channel in blank)},
        )
