"""Results in money: what an order, a lead or a click costs, and what posts, products and results earn."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from itertools import islice

import msgspec

from smsheets.median import median
from smsheets.periods import add_months
from smsheets.plan.budget import ADVERTISING, Budget, BudgetLine
from smsheets.plan.kpi_months import KpiMonths, ratio
from smsheets.plan.kpi_report import KpiRow, PostResult
from smsheets.plan.record import add_known, group_by, round_figure
from smsheets.plan.spare_money import CENT
from smsheets.plan.strategy import Price


def revenue_of(result: PostResult) -> Decimal | None:
    """The money a post brought, in the workbook's currency; no order is no money, a blank is unknown."""
    return Decimal(0) if result.revenue is None and result.orders == 0 else result.revenue


def usual_revenues(results: Iterable[PostResult], at_least: int) -> Mapping[str, Decimal]:
    """Channel -> the median revenue of its posts that nothing was paid for.

    Channels of which fewer than `at_least` such posts are known are left out: nothing is usual there. The median,
    because one lucky post proves nothing; without paid posts, because nobody would have paid for a missing one either.
    """
    free = ((result.channel, revenue_of(result)) for result in results if not result.spend)
    known = group_by(((channel, money) for channel, money in free if money is not None), lambda pair: pair[0])
    return {channel: median(money for _, money in own) for channel, own in known.items() if len(own) >= at_least}


def margin_of(price: Price) -> Decimal | None:
    """Price less unit cost, in the price's currency; None where one of them is not known."""
    return None if price.price is None or price.unit_cost is None else price.price - price.unit_cost


def margin_share_of(price: Price) -> Decimal | None:
    """The margin as a share of the price, 0..1; None where it is not known or the price is zero."""
    return ratio(margin_of(price), price.price)


def reinvested_of(price: Price) -> Decimal | None:
    """The part of the margin of one piece that goes into marketing, to the cent; None where it is not known."""
    margin = margin_of(price)
    if margin is None or price.reinvest_share is None:
        return None
    return round_figure(margin * price.reinvest_share, CENT)


_RESULTS = ("orders", "leads", "store_visits", "link_clicks")
"""Metrics that count as a result, the nearest to money first."""
REVENUE = "revenue"


class ResultCost(msgspec.Struct, frozen=True, kw_only=True):
    """A channel's advertising and what came of it, over the months of which both are known.

    Attributes:
        months: How many months those are.
        spent, revenue: In the workbook's currency; revenue is None where a month of it is unknown.
        cost: Spent by one result.
    """

    channel: str
    lines: tuple[BudgetLine, ...]
    row: KpiRow
    months: int
    spent: Decimal
    results: Decimal
    revenue: Decimal | None

    @property
    def cost(self) -> Decimal | None:
        """None where there was no result."""
        return ratio(self.spent, self.results)


def result_costs(budget: Budget, kpis: KpiMonths) -> Iterator[ResultCost]:
    """One per channel that spent on advertising and counts results, in the order of the budget."""
    ads = group_by((line for line in budget.lines if line.category == ADVERTISING), lambda line: line.channel)
    for channel, lines in ads.items():
        spent_by_month = ad_money_by_month(lines, budget.start.period_start)
        rows = (kpis.row_of(channel, metric) for metric in _RESULTS)
        costs = (_cost(channel, tuple(lines), row, spent_by_month, kpis) for row in rows if row is not None)
        yield from islice((cost for cost in costs if cost is not None), 1)


def _cost(
    channel: str, lines: tuple[BudgetLine, ...], row: KpiRow, spent: dict[date, Decimal], kpis: KpiMonths
) -> ResultCost | None:
    results = _by_month(kpis.actuals(row), kpis.report.start.period_start)
    months = sorted(spent.keys() & results.keys())
    total = sum((spent[month] for month in months), Decimal(0))
    if not total:
        return None
    revenue_row = kpis.row_of(channel, REVENUE)
    revenue = _by_month(kpis.actuals(revenue_row), kpis.report.start.period_start) if revenue_row is not None else {}
    return ResultCost(
        channel=channel,
        lines=lines,
        row=row,
        months=len(months),
        spent=total,
        results=sum((results[month] for month in months), Decimal(0)),
        revenue=sum((revenue[month] for month in months), Decimal(0)) if revenue.keys() >= set(months) else None,
    )


def ad_money_by_month(lines: Iterable[BudgetLine], start: date | None) -> dict[date, Decimal]:
    """Money that some lines have spent, by the first day of the month; a month without any actual is left out."""
    spent: dict[date, Decimal] = {}
    for line in lines:
        for month, amount in _by_month(line.actual, start).items():
            spent[month] = spent.get(month, Decimal(0)) + amount
    return spent


def _by_month(values: tuple[Decimal | None, ...], start: date | None) -> dict[date, Decimal]:
    """Known values by the first day of their month; nothing where the period's start is unknown."""
    if start is None:
        return {}
    first = start.replace(day=1)
    return {add_months(first, n): value for n, value in enumerate(values) if value is not None}


ORDERS = "orders"


def average_order(months: KpiMonths, channel: str | None) -> Decimal | None:
    """Revenue / orders of the months of which both are known; None without any.

    Of the channel itself; where it does not know both, of all channels together.
    """
    own = months.sums_of_both(months.row_of(channel, ORDERS), months.row_of(channel, REVENUE))
    if own is not None and own[0]:
        return own[1] / own[0]
    channels = dict.fromkeys(row.channel for row in months.report.kpis if row.metric == ORDERS)
    pairs = [months.sums_of_both(months.row_of(name, ORDERS), months.row_of(name, REVENUE)) for name in channels]
    known = [pair for pair in pairs if pair is not None]
    return ratio(add_known(money for _, money in known), add_known(orders for orders, _ in known))


def missing_money(short: Iterable[tuple[KpiRow, Decimal]], months: KpiMonths) -> Decimal | None:
    """The money a month lacks, from what its metrics lack (each in its own unit); None where no money is among them.

    Missing revenue is that money. Without it, missing orders count with the money of an average order; never both,
    because they are the same sales.
    """
    listed = list(short)
    for row, missing in listed:
        if row.metric == REVENUE:
            return missing
    for row, missing in listed:
        value = average_order(months, row.channel) if row.metric == ORDERS else None
        if value is not None:
            return round_figure(missing * value, CENT)
    return None
