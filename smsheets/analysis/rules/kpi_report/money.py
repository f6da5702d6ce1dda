"""Rules that need the budget too: what a result costs."""

from __future__ import annotations

from collections.abc import Iterator

from smsheets.analysis.context import Context
from smsheets.analysis.finding import Hit, Level, rule
from smsheets.analysis.kpi_standards import channel_name, months_of, rounded
from smsheets.cells import CellRef
from smsheets.money import Money
from smsheets.plan.result_cost import ResultCost, result_costs


@rule(
    "kpi-report.cost_per_result",
    level=Level.NOTE,
    needs=("kpi-report", "budget"),
    says="{channel}: {spent} of advertising in {months} months. {metric}: {results}, which makes {cost} each.",
    todo="Compare it with what one leaves you after costs, and with the other channels; move money to the cheapest.",
    source="Cost per result = spend / results, over the months of which both are known. Not every result comes from"
    " ads",
)
def check_cost_per_result(context: Context) -> Iterator[Hit]:
    """What the advertising of a channel costs for each of its results."""
    for found in _costs(context):
        if found.cost is not None:
            yield Hit(
                evidence=_evidence(found),
                values={
                    "channel": channel_name(context, found.channel),
                    "metric": context.metric_name(found.row.metric),
                    "spent": Money(found.spent, context.currency),
                    "results": rounded(found.results),
                    "months": found.months,
                    "cost": Money(found.cost, context.currency),
                },
            )


@rule(
    "kpi-report.ads_cost_more_than_sales",
    level=Level.WARNING,
    needs=("kpi-report", "budget"),
    says="{channel}: {spent} of advertising, {revenue} of sales in {months} months.",
    todo="Stop these ads, or change what they show and to whom, and look again after a month.",
    source="Return on ad spend = revenue / spend; below 1 the ads cost more than they sell",
)
def check_ads_earn_their_money(context: Context) -> Iterator[Hit]:
    """Channels whose advertising costs more than their revenue."""
    for found in _costs(context):
        if found.revenue is not None and found.revenue < found.spent:
            yield Hit(
                evidence=_evidence(found),
                values={
                    "channel": channel_name(context, found.channel),
                    "spent": Money(found.spent, context.currency),
                    "revenue": Money(found.revenue, context.currency),
                    "months": found.months,
                },
                effect=found.spent - found.revenue,
            )


def _costs(context: Context) -> Iterator[ResultCost]:
    months, budget = months_of(context), context.plans.budget
    if months is not None and budget is not None:
        yield from result_costs(budget, months)


def _evidence(found: ResultCost) -> tuple[CellRef, ...]:
    known = [number for number, value in enumerate(found.row.actual, 1) if value is not None]
    return (found.row.cell("actual", known[-1]), *(line.cell("line") for line in found.lines))
