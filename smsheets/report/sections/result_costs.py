"""What a result costs on each channel that is advertised on."""

from __future__ import annotations

from smsheets.analysis.context import Context
from smsheets.analysis.kpi_standards import rounded
from smsheets.money import Money
from smsheets.plan.result_cost import ResultCost
from smsheets.report.document import ChartKind, ChartView, Line, Part, Role, Series, TableView
from smsheets.report.sections.cells import channel_cell, metric_cell, money_cell
from smsheets.report.sections.pictures import keep_largest, worth_drawing


def cost_parts(costs: tuple[ResultCost, ...], context: Context) -> list[Part]:
    """A chart and a table; nothing where no channel has both ad money and results."""
    return [*_cost_chart(costs, context), _cost_table(costs, context)] if costs else []


def _cost_chart(costs: tuple[ResultCost, ...], context: Context) -> tuple[ChartView, ...]:
    """One channel alone can be compared with nothing."""
    known = [(item.cost, item) for item in costs if item.cost is not None]
    if len(known) < 2:
        return ()
    shown = keep_largest(known, lambda pair: pair[0])
    cheapest, dearest = min(known, key=lambda pair: pair[0]), max(known, key=lambda pair: pair[0])
    return worth_drawing(
        ChartView(
            kind=ChartKind.BARS,
            title=Line("Cost per result"),
            says=Line(
                "Cheapest: {cheapest}, {least} each. Dearest: {dearest}, {most} each.",
                {
                    "cheapest": _name(cheapest[1], context),
                    "least": Money(cheapest[0], context.currency),
                    "dearest": _name(dearest[1], context),
                    "most": Money(dearest[0], context.currency),
                },
            ),
            categories=tuple(_name(item, context) for _, item in shown),
            series=(Series(name=Line("Each"), role=Role.ACTUAL, values=tuple(cost for cost, _ in shown)),),
            unit="money",
            currency=context.currency,
        ),
        of=len(known),
    )


def _cost_table(costs: tuple[ResultCost, ...], context: Context) -> TableView:
    rows = tuple(
        (
            channel_cell(item.channel, context),
            metric_cell(item.row.metric, context),
            item.months,
            money_cell(item.spent, context.currency),
            rounded(item.results),
            money_cell(item.cost, context.currency),
            money_cell(item.revenue, context.currency),
        )
        for item in costs
    )
    headers = ("Channel", "Result", "Months", "Ad money", "Results", "Each", "Sales")
    return TableView(title="Cost per result", headers=headers, rows=rows)


def _name(item: ResultCost, context: Context) -> Line:
    channel, metric = channel_cell(item.channel, context), metric_cell(item.row.metric, context)
    return Line("{channel}: {metric}", {"channel": channel, "metric": metric})
