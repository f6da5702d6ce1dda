"""What a result costs: the budget's advertising money of a channel by the orders, leads or clicks of its KPI rows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal

import msgspec

from smsheets.periods import add_months
from smsheets.plan.budget import ADVERTISING, Budget, BudgetLine
from smsheets.plan.kpi_months import KpiMonths, ratio
from smsheets.plan.kpi_report import KpiRow

RESULTS = ("orders", "leads", "store_visits", "link_clicks")
"""What counts as a result, the nearest to money first."""
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
    channels = dict.fromkeys(line.channel for line in budget.lines if line.category == ADVERTISING)
    for channel in channels:
        lines = tuple(line for line in budget.lines if line.category == ADVERTISING and line.channel == channel)
        spent_by_month = ad_money_by_month(lines, budget.start.period_start)
        for metric in RESULTS:
            row = kpis.row_of(channel, metric)
            found = None if row is None or channel is None else _cost(channel, lines, row, spent_by_month, kpis)
            if found is not None:
                yield found
                break


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
    """What some lines have spent, by the first day of the month; a month in which no line has an actual is left out."""
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
