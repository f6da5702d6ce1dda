"""Rules that need the budget too: what a result costs."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from smsheets.analysis.facts import Facts
from smsheets.analysis.finding import Hit, Lack, rule
from smsheets.analysis.kpi_standards import channel_name, months_of, rounded
from smsheets.analysis.rules.kpi_report.evidence import ads_root, joined, line_names
from smsheets.cells import CellRef
from smsheets.money import Money
from smsheets.plan.carry import ZERO
from smsheets.plan.carry import months_of as months_of_line
from smsheets.plan.record import round_figure
from smsheets.plan.results import REVENUE, ResultCost, result_costs
from smsheets.plan.spare_money import CENT, planned_months_left, spread_over


@rule("kpi-report.cost_per_result")
def check_cost_per_result(facts: Facts) -> Iterator[Hit]:
    """What the advertising of the channels costs for each of their results; one hit for each kind of result."""
    for metric, found in _costs_by_metric(facts).items():
        yield Hit(
            about=metric,
            root=ads_root(found[-1].channel) if len(found) > 1 else "",
            evidence=tuple(cell for item in found for cell in _evidence(item)),
            values={
                "metric": facts.metric_name(metric),
                "channels": tuple(channel_name(facts, item.channel) for item in found),
                "costs": tuple(Money(item.cost or ZERO, facts.currency) for item in found),
            },
        )


@rule("kpi-report.dear_channel")
def check_dear_channels(facts: Facts) -> Iterator[Hit]:
    """The dearest channel for a kind of result against the cheapest, where both have enough results to tell.

    At stake is what the results bought with the amount to move would cost less on the cheaper channel.
    """
    least = facts.thresholds["kpi-report.least_results"]
    for metric, costs in _costs_by_metric(facts).items():
        found = [item for item in costs if item.results >= least]
        cheap_cost, dear_cost = (item.cost or ZERO for item in (found[0], found[-1])) if found else (ZERO, ZERO)
        if len(found) < 2 or dear_cost < facts.thresholds["kpi-report.dear_factor"] * cheap_cost:
            continue
        cheap, dear = found[0], found[-1]
        share = facts.thresholds["kpi-report.move_share"]
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
                "metric": facts.metric_name(metric),
                "dear": channel_name(facts, dear.channel),
                "cheap": channel_name(facts, cheap.channel),
                "dear_cost": Money(dear_cost, facts.currency),
                "cheap_cost": Money(cheap_cost, facts.currency),
                "dear_lines": line_names(dear.lines),
                "cheap_lines": line_names(cheap.lines),
                "amount": Money(each or ZERO, facts.currency),
                "months": months,
                "fewer": rounded((each or ZERO) / dear_cost, 1),
                "more": rounded((each or ZERO) / cheap_cost, 1) if cheap_cost else 0,
            },
            effect=round_figure(amount * (1 - cheap_cost / dear_cost), CENT) if movable else None,
            case="move_ad_money" if movable else "",
        )


@rule("kpi-report.ads_cost_more_than_sales")
def check_ads_earn_their_money(facts: Facts) -> Iterator[Hit | Lack]:
    """Channels whose revenue is below their advertising x the return wanted. At stake is what is missing to it."""
    months = months_of(facts)
    for found in _costs(facts):
        row = months.row_of(found.channel, REVENUE) if months is not None else None
        if months is not None and found.revenue is None and row is not None:
            last = months.last_month(found.row) or found.months
            blank = [number for number in range(1, last + 1) if _is_blank(row.actual, number)]
            cells = tuple(row.cell("actual", number) for number in blank)
            yield Lack(evidence=cells or (row.cell("metric"),), values={"channel": channel_name(facts, found.channel)})
        wanted = found.spent * facts.thresholds["kpi-report.ads_return"]
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
                "channel": channel_name(facts, found.channel),
                "spent": Money(found.spent, facts.currency),
                "revenue": Money(found.revenue, facts.currency),
                "months": found.months,
                "lines": line_names(found.lines),
                "planned": Money(planned, facts.currency),
            },
            effect=wanted - found.revenue,
            case="save_planned_ads" if planned > 0 else "",
        )


def _costs(facts: Facts) -> Iterator[ResultCost]:
    months, budget = months_of(facts), facts.plans.budget
    if months is not None and budget is not None:
        yield from result_costs(budget, months)


def _costs_by_metric(facts: Facts) -> dict[str, list[ResultCost]]:
    """The channels of which a cost is known by the kind of their results, the cheapest first."""
    found: dict[str, list[ResultCost]] = {}
    for item in _costs(facts):
        if item.cost is not None and item.row.metric is not None:
            found.setdefault(item.row.metric, []).append(item)
    return {metric: sorted(items, key=lambda item: item.cost or ZERO) for metric, items in found.items()}


def _is_blank(values: tuple[Decimal | None, ...], number: int) -> bool:
    return number > len(values) or values[number - 1] is None


def _evidence(found: ResultCost) -> tuple[CellRef, ...]:
    known = [number for number, value in enumerate(found.row.actual, 1) if value is not None]
    return (found.row.cell("actual", known[-1]), *(line.cell("line") for line in found.lines))
