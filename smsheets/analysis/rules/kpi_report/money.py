"""Rules that need the budget too: the cost of a result."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import ROUND_DOWN, Decimal

from smsheets.analysis.facts import Facts
from smsheets.analysis.finding import Hit, Lack, lack, rule
from smsheets.analysis.kpi_standards import channel_name, rounded
from smsheets.analysis.shortages import Transfer
from smsheets.analysis.subjects import channel_root, joined, line_id, line_name
from smsheets.cells import CellRef
from smsheets.money import Money
from smsheets.plan.carry import ZERO, months_of
from smsheets.plan.kpi_report import KpiRow
from smsheets.plan.record import group_by, round_figure
from smsheets.plan.results import REVENUE, ResultCost
from smsheets.plan.spare_money import CENT, open_money, planned_months_left, spread_over


@rule("kpi-report.cost_per_result")
def check_cost_per_result(facts: Facts) -> Iterator[Hit]:
    """The cost of each result in advertising, by channel, where they differ; one hit for each kind of result."""
    for metric, found in _costs_by_metric(facts).items():
        if found[-1][0] < facts.thresholds["kpi-report.dear_factor"] * found[0][0] or len(found) < 2:
            continue
        yield Hit(
            about=metric,
            root=channel_root(found[-1][1].channel),
            evidence=tuple(cell for _, item in found for cell in _evidence(item)),
            values={
                "metric": facts.metric_name(metric),
                "channels": tuple(channel_name(facts, item.channel) for _, item in found),
                "costs": tuple(facts.money(cost) for cost, _ in found),
            },
        )


@rule("kpi-report.dear_channel")
def check_dear_channels(facts: Facts) -> Iterator[Hit]:
    """The dearest channel for a kind of result against the cheapest, where both have enough results to tell.

    At stake is what the results bought with the amount to move would cost less on the cheaper channel.
    """
    least = facts.thresholds["kpi-report.least_results"]
    for metric, costs in _costs_by_metric(facts).items():
        found = [(cost, item) for cost, item in costs if item.results >= least]
        if len(found) < 2:
            continue
        (cheap_cost, cheap), (dear_cost, dear) = found[0], found[-1]
        if dear_cost < facts.thresholds["kpi-report.dear_factor"] * cheap_cost:
            continue
        amount = open_money(dear.lines) * facts.thresholds["kpi-report.move_share"]
        months = max((len(planned_months_left(months_of(line))) for line in dear.lines), default=0)
        each = spread_over(amount, months, ROUND_DOWN) or ZERO
        movable = each > 0 and dear_cost > 0 and cheap_cost > 0
        yield Hit(
            about=joined((dear.channel, cheap.channel)),
            root=channel_root(dear.channel),
            moves=tuple(map(line_id, dear.lines)) if movable else (),
            transfers=(
                Transfer(
                    lines=tuple(map(line_id, dear.lines)),
                    giver=tuple(map(line_name, dear.lines)),
                    taker=tuple(map(line_name, cheap.lines)),
                    amount=each * months,
                    spare=open_money(dear.lines),
                ),
            )
            if movable
            else (),
            evidence=(*_evidence(dear), *_evidence(cheap)),
            values={
                "metric": facts.metric_name(metric),
                "dear": channel_name(facts, dear.channel),
                "cheap": channel_name(facts, cheap.channel),
                "dear_cost": facts.money(dear_cost),
                "cheap_cost": facts.money(cheap_cost),
                "dear_lines": tuple(map(line_name, dear.lines)),
                "cheap_lines": tuple(map(line_name, cheap.lines)),
                "amount": facts.money(each),
                "months": months,
                "fewer": rounded(each / dear_cost, 1),
                "more": rounded(each / cheap_cost, 1) if cheap_cost else 0,
            },
            effect=round_figure(amount * (1 - cheap_cost / dear_cost), CENT) if movable else None,
            case="move_ad_money" if movable else "",
        )


@rule("kpi-report.ads_cost_more_than_sales")
def check_ads_earn_their_money(facts: Facts) -> Iterator[Hit | Lack]:
    """Channels whose revenue is below their advertising x the return wanted. At stake is what is missing to it."""
    for found in facts.kpi_report_variance.costs or ():
        row = facts.kpi_months.row_of(found.channel, REVENUE)
        if found.revenue is None and row is not None:
            yield from lack(_revenue_missing(row, found, facts), channel=channel_name(facts, found.channel))
        wanted = found.spent * facts.thresholds["kpi-report.ads_return"]
        if found.revenue is None or found.revenue >= wanted:
            continue
        planned = open_money(found.lines)
        yield Hit(
            about=found.channel,
            root=channel_root(found.channel),
            moves=tuple(map(line_id, found.lines)),
            evidence=_evidence(found),
            values={
                "channel": channel_name(facts, found.channel),
                "spent": facts.money(found.spent),
                "revenue": Money(found.revenue, facts.currency),
                "months": found.months,
                "lines": tuple(map(line_name, found.lines)),
                "planned": facts.money(planned),
            },
            effect=wanted - found.revenue,
            case="save_planned_ads" if planned > 0 else "",
        )


def _costs_by_metric(facts: Facts) -> dict[str, list[tuple[Decimal, ResultCost]]]:
    """The channels of which a cost is known by the kind of their results, with that cost, the cheapest first."""
    known = [(item.cost, item) for item in facts.kpi_report_variance.costs or () if item.cost is not None]
    found = group_by(known, lambda pair: pair[1].row.metric)
    return {metric: sorted(costs, key=lambda pair: pair[0]) for metric, costs in found.items()}


def _revenue_missing(row: KpiRow, found: ResultCost, facts: Facts) -> tuple[CellRef, ...]:
    """The empty months up to the last one with results; the row's metric where none of them is."""
    last = facts.kpi_months.last_month(found.row) or found.months
    known = {number for number, value in enumerate(row.actual, 1) if value is not None}
    blank = tuple(row.cell("actual", number) for number in range(1, last + 1) if number not in known)
    return blank or (row.cell("metric"),)


def _evidence(found: ResultCost) -> tuple[CellRef, ...]:
    known = [number for number, value in enumerate(found.row.actual, 1) if value is not None]
    return (found.row.cell("actual", known[-1]), *(line.cell("line") for line in found.lines))
