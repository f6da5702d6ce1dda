"""Findings about the budget as a whole: categories, ad shares, and what a month may cost."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import ROUND_DOWN

from smsheets.analysis.facts import Facts
from smsheets.analysis.finding import Hit, Lack, lack, rule
from smsheets.analysis.shortages import Transfer
from smsheets.analysis.subjects import category_root, line_id, line_name, month_name
from smsheets.analysis.variance.budget import CATEGORY_WORDS, GroupVariance
from smsheets.money import Share
from smsheets.plan.ad_money import compare_ad_shares, money_to_move
from smsheets.plan.budget import ADVERTISING, OWN_TIME
from smsheets.plan.budget_year import BudgetStatus
from smsheets.plan.carry import ZERO
from smsheets.plan.pace import planned_months
from smsheets.plan.spare_money import spread_over

_TOO_MUCH = (BudgetStatus.WATCH, BudgetStatus.OVER)
_SAID_OF_LINE = (BudgetStatus.OVER, BudgetStatus.NO_BUDGET)
"""A line with one of these has a finding of its own."""


@rule("budget.category_over")
def check_categories_within_budget(facts: Facts) -> Iterator[Hit]:
    """No category has overspent what counts as watch without a line that is over; then that line says it.

    At stake is the overspend.
    """
    groups = facts.budget_variance.categories
    rich = max(groups, key=lambda group: group.year.variance or ZERO, default=None)
    for group in groups:
        variance, share = group.year.variance, group.year.variance_share
        if group.status not in _TOO_MUCH or group.key is None or variance is None or share is None:
            continue
        lines = [line for line in facts.budget_variance.lines if line.line.category == group.key]
        above = sorted(
            (line for line in lines if (line.year.variance or ZERO) < 0), key=lambda line: line.year.variance or ZERO
        )
        if len(above) <= 1 or any(line.status in _SAID_OF_LINE for line in lines):
            continue
        yield Hit(
            about=group.key,
            root=category_root(group.key),
            moves=_lines_of(rich, facts) if _can_give(rich, group) else (),
            transfers=_from_category(rich, group, facts) if _can_give(rich, group) else (),
            evidence=tuple(line.overspent_cells[0] for line in above),
            values={
                "category": _category_word(group),
                "actual": facts.money(group.year.actual),
                "over": facts.money(-variance),
                "share": Share(-share),
                "budget": facts.money(group.year.to_date),
                "lines": tuple(line_name(line.line) for line in above),
                "other": _category_word(rich),
                "left": facts.money(None if rich is None else rich.year.variance),
            },
            effect=-variance,
            case="from_other" if _can_give(rich, group) else "",
        )


def _from_category(rich: GroupVariance | None, group: GroupVariance, facts: Facts) -> tuple[Transfer, ...]:
    """What a category has overspent, from the one that has spent least of its budget."""
    return (
        Transfer(
            lines=_lines_of(rich, facts),
            giver=_category_word(rich),
            taker=_category_word(group),
            amount=-(group.year.variance or ZERO),
            spare=(rich.year.variance if rich is not None else None) or ZERO,
        ),
    )


def _lines_of(group: GroupVariance | None, facts: Facts) -> tuple[str, ...]:
    """The ids of a category's lines."""
    key = None if group is None else group.key
    return tuple(line_id(line) for line in facts.budget.lines if key is not None and line.category == key)


def _category_word(group: GroupVariance | None) -> str:
    """A category as people read it; a person's own word as it is."""
    key = (None if group is None else group.key) or ""
    return CATEGORY_WORDS.get(key, key)


def _can_give(rich: GroupVariance | None, group: GroupVariance) -> bool:
    """The richest category can pay for another one; nobody pays bills with own hours, or hours with money."""
    if rich is None or rich.key in (None, OWN_TIME, group.key) or group.key == OWN_TIME:
        return False
    return (rich.year.variance or ZERO) >= -(group.year.variance or ZERO)


@rule("budget.above_limit")
def check_months_within_limit(facts: Facts) -> Iterator[Hit]:
    """No month to come plans more than the strategy's monthly budget. At stake is what is above it, of all months."""
    budget, limit = facts.budget, facts.strategy.limits.monthly_budget
    if limit is None:
        return
    first = budget.months_begun(facts.as_of) or 1
    months = planned_months(budget.lines, limit, first, len(facts.budget_variance.months))
    above = [month for month in months if month.above > 0]
    if not above:
        return
    worst, room = max(above, key=lambda month: month.above), min(months, key=lambda month: month.above)
    day = budget.first_day(worst.number)
    yield Hit(
        about=f"month {worst.number}" if day is None else f"{day:%Y-%m}",
        evidence=(
            *(month.largest.cell("planned", month.number) for month in above),
            facts.strategy.limits.cell("monthly_budget"),
        ),
        values={
            "month": month_name(budget, worst.number),
            "planned": facts.money(worst.planned),
            "limit": facts.money(limit),
            "months": len(above),
            "over": facts.money(worst.above),
            "line": worst.largest.name,
            "quiet": month_name(budget, room.number),
            "room": facts.money(-room.above),
        },
        effect=sum((month.above for month in above), ZERO),
        case="quiet_month" if room.above < 0 else "",
    )


@rule("budget.ad_shares")
def check_ad_money_follows_strategy(facts: Facts) -> Iterator[Hit | Lack]:
    """The two channels furthest from their ad shares. At stake is what would have to move to reach them."""
    yield from _shares_missing(facts)
    shares = compare_ad_shares(facts.strategy.channels, facts.budget.lines)
    if not shares:
        return
    giver, taker = max(shares, key=lambda item: item.gap), min(shares, key=lambda item: item.gap)
    if max(giver.gap, -taker.gap) <= facts.thresholds["budget.ad_share_gap"]:
        return
    amount = money_to_move(giver, taker)
    each = spread_over(amount, giver.months, ROUND_DOWN) or ZERO
    movable = each > 0
    lines = tuple(line_name(line) for line in giver.lines if any(line.planned))
    yield Hit(
        about=f"{giver.channel.channel}+{taker.channel.channel}",
        moves=tuple(map(line_id, giver.lines)) if movable else (),
        transfers=(
            Transfer(
                lines=tuple(map(line_id, giver.lines)),
                giver=lines,
                taker=facts.channel_name(taker.channel.channel),
                amount=each * giver.months,
                spare=giver.open_money,
            ),
        )
        if movable
        else (),
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
            "amount": facts.money(each),
            "months": giver.months,
            "lines": lines,
        },
        effect=amount,
        case="shift" if movable else "",
    )


def _shares_missing(facts: Facts) -> Iterator[Lack]:
    """Channels that get ad money, but have no ad share; only of channels that the strategy says something about."""
    ads = [line for line in facts.budget.lines if line.category == ADVERTISING]
    paid = {line.channel for line in ads if any((*line.planned, *line.actual))}
    blank = [
        channel
        for channel in facts.strategy.channels
        if channel.channel in paid and channel.ad_share is None and (channel.purpose or channel.decision)
    ]
    names = tuple(facts.channel_name(channel.channel) for channel in blank)
    yield from lack((channel.cell("ad_share") for channel in blank), channels=names)
