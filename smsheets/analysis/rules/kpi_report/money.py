"""Rules that need the budget too: what a result costs."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from smsheets.analysis.context import Context
from smsheets.analysis.finding import Hit, Lack, Level, rule
from smsheets.analysis.kpi_standards import channel_name, months_of, rounded
from smsheets.analysis.rules.kpi_report.evidence import ads_root, joined, line_names
from smsheets.cells import CellRef
from smsheets.money import Money
from smsheets.plan.carry import ZERO
from smsheets.plan.carry import months_of as months_of_line
from smsheets.plan.record import round_figure
from smsheets.plan.results import REVENUE, ResultCost, result_costs
from smsheets.plan.spare_money import CENT, planned_months_left, spread_over

COST_SOURCE = (
    "Cost per result = spend / results, over the months of which both are known. Not every result comes from ads"
)


@rule(
    "kpi-report.cost_per_result",
    level=Level.NOTE,
    needs=("kpi-report", "budget"),
    says="{metric}: what one costs in advertising, the cheapest first - {channels}: {costs}.",
    todo="Compare it with what one leaves you after costs; what costs more than that is no business.",
    source=COST_SOURCE,
)
def check_cost_per_result(context: Context) -> Iterator[Hit]:
    """What the advertising of the channels costs for each of their results; one hit for each kind of result."""
    for metric, found in _costs_by_metric(context).items():
        yield Hit(
            about=metric,
            root=ads_root(found[-1].channel) if len(found) > 1 else "",
            evidence=tuple(cell for item in found for cell in _evidence(item)),
            values={
                "metric": context.metric_name(metric),
                "channels": tuple(channel_name(context, item.channel) for item in found),
                "costs": tuple(Money(item.cost or ZERO, context.currency) for item in found),
            },
        )


@rule(
    "kpi-report.dear_channel",
    level=Level.WARNING,
    needs=("kpi-report", "budget"),
    says="{metric}: one costs {dear_cost} of advertising on {dear}, but {cheap_cost} on {cheap}.",
    todo="Move a part of the ad money from {dear} to {cheap}, and look again after a month.",
    source=COST_SOURCE,
    thresholds=("kpi-report.dear_factor", "kpi-report.least_results", "kpi-report.move_share"),
    weight=3,
)
def check_dear_channels(context: Context) -> Iterator[Hit]:
    """The dearest channel for a kind of result against the cheapest, where both have enough results to tell.

    At stake is what the results bought with the amount to move would cost less on the cheaper channel.
    """
    least = context.thresholds["kpi-report.least_results"]
    for metric, costs in _costs_by_metric(context).items():
        found = [item for item in costs if item.results >= least]
        cheap_cost, dear_cost = (item.cost or ZERO for item in (found[0], found[-1])) if found else (ZERO, ZERO)
        if len(found) < 2 or dear_cost < context.thresholds["kpi-report.dear_factor"] * cheap_cost:
            continue
        cheap, dear = found[0], found[-1]
        share = context.thresholds["kpi-report.move_share"]
        left = [month for line in dear.lines for month in planned_months_left(months_of_line(line))]
        months = max((len(planned_months_left(months_of_line(line))) for line in dear.lines), default=0)
        amount = sum((month.planned or ZERO for month in left), ZERO) * share
        each = spread_over(amount, months)
        movable = each is not None and each > 0 and dear_cost > 0 and cheap_cost > 0
        yield Hit(
            about=joined((dear.channel, cheap.channel)),
            root=ads_root(dear.channel),
            evidence=(*_evidence(dear), *_evidence(cheap)),
            values={
                "metric": context.metric_name(metric),
                "dear": channel_name(context, dear.channel),
                "cheap": channel_name(context, cheap.channel),
                "dear_cost": Money(dear_cost, context.currency),
                "cheap_cost": Money(cheap_cost, context.currency),
                "dear_lines": line_names(dear.lines),
                "cheap_lines": line_names(cheap.lines),
                "amount": Money(each or ZERO, context.currency),
                "months": months,
                "fewer": rounded((each or ZERO) / dear_cost, 1),
                "more": rounded((each or ZERO) / cheap_cost, 1) if cheap_cost else 0,
            },
            effect=round_figure(amount * (1 - cheap_cost / dear_cost), CENT) if movable else None,
            todo=MOVE_AD_MONEY if movable else "",
        )


MOVE_AD_MONEY = (
    "Move {amount} a month from {dear_lines} to {cheap_lines} for the {months} months left: at these costs that buys"
    " {more} a month instead of {fewer}. Look again after a month; not every result comes from ads."
)


@rule(
    "kpi-report.ads_cost_more_than_sales",
    level=Level.WARNING,
    needs=("kpi-report", "budget"),
    says="{channel}: {spent} of advertising, {revenue} of sales in {months} months.",
    todo="Stop these ads, or change what they show and to whom, and look again after a month.",
    source="Return on ad spend = revenue / spend; below 1 the ads cost more than they sell",
    thresholds=("kpi-report.ads_return",),
    lacks="Fill in the revenue of {channel} for each month that has ad money to learn whether its ads earn"
    " what they cost.",
    weight=3,
)
def check_ads_earn_their_money(context: Context) -> Iterator[Hit | Lack]:
    """Channels whose revenue is below their advertising x the return wanted. At stake is what is missing to it."""
    months = months_of(context)
    for found in _costs(context):
        row = months.row_of(found.channel, REVENUE) if months is not None else None
        if months is not None and found.revenue is None and row is not None:
            last = months.last_month(found.row) or found.months
            blank = [number for number in range(1, last + 1) if _is_blank(row.actual, number)]
            cells = tuple(row.cell("actual", number) for number in blank)
            yield Lack(
                evidence=cells or (row.cell("metric"),), values={"channel": channel_name(context, found.channel)}
            )
        wanted = found.spent * context.thresholds["kpi-report.ads_return"]
        if found.revenue is None or found.revenue >= wanted:
            continue
        planned = sum(
            (month.planned or ZERO for line in found.lines for month in planned_months_left(months_of_line(line))), ZERO
        )
        yield Hit(
            about=found.channel,
            root=ads_root(found.channel),
            evidence=_evidence(found),
            values={
                "channel": channel_name(context, found.channel),
                "spent": Money(found.spent, context.currency),
                "revenue": Money(found.revenue, context.currency),
                "months": found.months,
                "lines": line_names(found.lines),
                "planned": Money(planned, context.currency),
            },
            effect=wanted - found.revenue,
            todo=SAVE_PLANNED_ADS if planned > 0 else "",
        )


SAVE_PLANNED_ADS = (
    "Stop {lines} before the {planned} still planned are gone too, or change what the ads show and to whom, and look"
    " again after a month."
)


def _costs(context: Context) -> Iterator[ResultCost]:
    months, budget = months_of(context), context.plans.budget
    if months is not None and budget is not None:
        yield from result_costs(budget, months)


def _costs_by_metric(context: Context) -> dict[str, list[ResultCost]]:
    """The channels of which a cost is known by the kind of their results, the cheapest first."""
    found: dict[str, list[ResultCost]] = {}
    for item in _costs(context):
        if item.cost is not None and item.row.metric is not None:
            found.setdefault(item.row.metric, []).append(item)
    return {metric: sorted(items, key=lambda item: item.cost or ZERO) for metric, items in found.items()}


def _is_blank(values: tuple[Decimal | None, ...], number: int) -> bool:
    return number > len(values) or values[number - 1] is None


def _evidence(found: ResultCost) -> tuple[CellRef, ...]:
    known = [number for number, value in enumerate(found.row.actual, 1) if value is not None]
    return (found.row.cell("actual", known[-1]), *(line.cell("line") for line in found.lines))
