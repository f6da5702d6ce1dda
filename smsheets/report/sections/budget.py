"""The budget in the report: what is planned, and how the money goes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal

from smsheets.analysis.context import Context
from smsheets.analysis.shortages import Transfer
from smsheets.analysis.variance.budget import CATEGORY_WORDS, BudgetVariance, LineVariance, TaskTime
from smsheets.money import Money
from smsheets.plan.ad_money import work_out_need
from smsheets.plan.budget import Budget, TimeChoice
from smsheets.plan.budget_year import BudgetStatus, BudgetYear
from smsheets.plan.carry import ZERO
from smsheets.report.document import Cell, Line, Part, Section, Status, TableView, Tone
from smsheets.report.sections.budget_pictures import (
    Named,
    added_up_chart,
    bridge_chart,
    budget_so_far,
    filled_months,
    forecast_values,
    group_chart,
    month_chart,
    own_time_chart,
)
from smsheets.report.sections.cells import money_cell, money_cells, month_cell, share_cell

STATUSES = {
    BudgetStatus.ON_TRACK: Status("on track", Tone.GOOD),
    BudgetStatus.WATCH: Status("watch", Tone.WATCH),
    BudgetStatus.OVER: Status("over", Tone.BAD),
    BudgetStatus.NOT_SPENT: Status("not spent", Tone.WATCH),
    BudgetStatus.NO_BUDGET: Status("no budget", Tone.NEUTRAL),
    BudgetStatus.NO_DATA: Status("no data", Tone.NEUTRAL),
}
_CHOICES = {
    TimeChoice.OURSELVES: Status("do it yourselves", Tone.GOOD),
    TimeChoice.HIRE: Status("hire out", Tone.WATCH),
    TimeChoice.SAME: Status("the same", Tone.NEUTRAL),
}
_YEAR_HEADERS = ("Budget to date", "Actual", "Variance", "%", "Forecast", "Status")


def plan_section(variance: BudgetVariance, context: Context) -> Section:
    """The budget as planned: the money of all months by category, the own time, the ad calculator's answer."""
    if not variance.lines:
        return Section(title="Budget", parts=(Line("No amounts are filled in yet."),))
    year = variance.total.year
    parts: list[Part] = [
        Line(
            "Budget in all: {budget} on {lines} lines, {opening} of it brought over from before.",
            {
                "budget": _amount(year.budget, context),
                "lines": len(variance.lines),
                "opening": _amount(variance.bridge.opening, context),
            },
        )
    ]
    parts.append(_plan_table(variance, context))
    parts += _own_time_parts(variance, context)
    goal = (context.plans.budget or Budget()).ad_goal
    need = work_out_need(goal)
    if need.budget is not None and goal.revenue_goal is not None:
        parts.append(
            Line(
                "Sales of {goal} through ads need {orders} orders, {clicks} clicks and {budget} of ad money.",
                {
                    "goal": _amount(goal.revenue_goal, context),
                    "orders": need.orders or 0,
                    "clicks": need.clicks or 0,
                    "budget": _amount(need.budget, context),
                },
            )
        )
    return Section(title="Budget", parts=tuple(parts))


def variance_section(variance: BudgetVariance, context: Context, transfers: Sequence[Transfer] = ()) -> Section:
    """How the money goes: by line, category and channel, by month, what carries over, and the running month.

    Args:
        transfers: The money that the findings advise to move.
    """
    if not any(line.closed for line in variance.lines):
        return Section(title="Budget", parts=(Line("No actual amounts are filled in yet."),))
    parts: list[Part] = [
        Line("Variance = budget to date - actual: plus is money left, minus is too much spent."),
        Line("Forecast = actual + planned of the open months + what is carried into the first open month."),
        _line_table(variance, context),
        *month_chart(variance, context.currency),
        *added_up_chart(variance, context.currency),
        _month_table(variance, context),
        *_bridge_parts(variance, context),
    ]
    categories: list[Named] = [(category_cell(item.key), item) for item in variance.categories]
    parts += group_chart(Line("By category"), categories, context.currency)
    parts.append(_group_table("By category", "Category", categories, context))
    if any(group.key is not None for group in variance.channels):
        channels: list[Named] = [(_channel(item.key, context), item) for item in variance.channels]
        parts += group_chart(Line("By channel"), channels, context.currency)
        parts.append(_group_table("By channel", "Channel", channels, context))
    if any(line.month_pace is not None for line in variance.lines):
        parts.append(Line("Pace = actual / (available / days in the month x days that have passed)."))
        parts.append(_pace_table(variance, context))
    parts += _transfer_parts(transfers, context)
    return Section(title="Budget", parts=tuple(parts))


def _transfer_parts(transfers: Sequence[Transfer], context: Context) -> tuple[Part, ...]:
    """The money that can move, from whom to whom; nothing where no finding moves any."""
    rows = tuple(
        (item.giver, item.taker, *money_cells(context.currency, item.amount, item.spare)) for item in transfers
    )
    headers = ("Money of", "Goes to", "Amount", "To spare before")
    if not rows:
        return ()
    note = Line("Each amount moves once: what one line takes is no longer there for the next.")
    return (note, TableView(title="Money that can move", headers=headers, rows=rows))


def _plan_table(variance: BudgetVariance, context: Context) -> TableView:
    total = variance.total.year.budget or ZERO
    rows = [
        (
            category_cell(group.key),
            group.lines,
            money_cell(group.year.budget, context.currency),
            share_cell((group.year.budget or ZERO) / total) if total > 0 else None,
        )
        for group in variance.categories
    ]
    headers = ("Category", "Lines", "Budget in all", "Share")
    return TableView(title="The whole budget by category", headers=headers, rows=tuple(rows))


def _own_time_parts(variance: BudgetVariance, context: Context) -> list[Part]:
    tasks = [item for item in variance.own_time if item.cost.cost is not None or item.cost.outside_price is not None]
    costs = [item.cost.cost for item in tasks if item.cost.cost is not None]
    parts: list[Part] = []
    if costs:
        hours = sum((item.task.hours_per_week or ZERO for item in variance.own_time), ZERO)
        cost = _amount(sum(costs, ZERO), context)
        parts.append(Line("Own time: {hours} hours a week, worth {cost} a month.", {"hours": hours, "cost": cost}))
    if any(item.cost.outside_price is not None for item in tasks):
        parts += own_time_chart(tasks, context.currency)
    return [*parts, _own_time_table(tasks, context)] if tasks else parts


def _own_time_table(tasks: Iterable[TaskTime], context: Context) -> TableView:
    return TableView(
        title="Do it ourselves or hire it out, per month",
        headers=("Task", "Hours a week", "Own time", "Outside price", "Saved by hiring", "Cheaper"),
        rows=tuple(
            (
                item.task.task,
                item.task.hours_per_week,
                *money_cells(context.currency, item.cost.cost, item.cost.outside_price, item.cost.saving),
                _CHOICES[item.cost.choice] if item.cost.choice is not None else None,
            )
            for item in tasks
        ),
    )


def _line_table(variance: BudgetVariance, context: Context) -> TableView:
    rows: list[tuple[Cell, ...]] = [
        (_line_name(line), *_year_cells(line.year, line.status, context)) for line in variance.lines
    ]
    rows.append((Line("Total"), *_year_cells(variance.total.year, variance.total.status, context)))
    return TableView(title="By line", headers=("Line", *_YEAR_HEADERS), rows=tuple(rows), total=True)


def _group_table(title: str, header: str, named: Iterable[Named], context: Context) -> TableView:
    rows = tuple((name, *_year_cells(group.year, group.status, context)) for name, group in named)
    return TableView(title=title, headers=(header, *_YEAR_HEADERS), rows=rows)


def _month_table(variance: BudgetVariance, context: Context) -> TableView:
    """All months with any amount; what is not known yet of a month stays empty."""
    months, forecasts = filled_months(variance), forecast_values(variance)
    rows: list[tuple[Cell, ...]] = []
    for number, (month, forecast) in enumerate(zip(months, forecasts, strict=True), 1):
        spent = month.actual_so_far if number <= variance.closed else None
        amounts = (month.planned, month.available, month.actual, budget_so_far(variance, month), spent, forecast)
        rows.append((month_cell(month.first_day, number), *money_cells(context.currency, *amounts)))
    return TableView(
        title="By month",
        headers=("Month", "Planned", "Available", "Actual", "Budget, added up", "Actual, added up", "Forecast"),
        rows=tuple(rows),
    )


def _bridge_parts(variance: BudgetVariance, context: Context) -> list[Part]:
    bridge = variance.bridge
    steps = (
        (Line("Opening carry"), bridge.opening, Line("brought over from before")),
        (Line("Earned"), bridge.earned, Line("months that spent less than planned")),
        (Line("Used"), bridge.used, Line("months that spent more than planned")),
        (Line("Expired"), bridge.expired, Line("money left that is not carried on")),
        (Line("Forgiven"), bridge.forgiven, Line("overspending that need not be saved")),
        (Line("Carried on"), bridge.carried_on, Line("what the first open months get")),
    )
    table = TableView(
        title="Carried money",
        headers=("Step", "Amount", "What it is"),
        rows=tuple((step, _amount(amount, context), meaning) for step, amount, meaning in steps),
        total=True,
    )
    return [*bridge_chart([(step, amount) for step, amount, _ in steps], variance, context.currency), table]


def _pace_table(variance: BudgetVariance, context: Context) -> TableView:
    return TableView(
        title="Running month",
        headers=("Line", "Expected by now", "Actual", "Pace", "At month's end"),
        rows=tuple(
            (
                _line_name(line),
                *money_cells(context.currency, line.month_pace.expected, line.month_pace.actual),
                share_cell(line.month_pace.pace),
                money_cell(line.month_pace.forecast, context.currency),
            )
            for line in variance.lines
            if line.month_pace is not None
        ),
    )


def _year_cells(year: BudgetYear, status: BudgetStatus, context: Context) -> tuple[Cell, ...]:
    return (
        *money_cells(context.currency, year.to_date, year.actual, year.variance),
        share_cell(year.variance_share),
        money_cell(year.forecast, context.currency),
        STATUSES[status],
    )


def _line_name(line: LineVariance) -> str:
    return " ".join(part for part in (line.line.line_id, line.line.line) if part)


def category_cell(key: str | None) -> str | Line:
    """A category in the reader's language; a person's own as it is."""
    if key is None:
        return Line("no category")
    return Line(CATEGORY_WORDS[key]) if key in CATEGORY_WORDS else key


def _channel(key: str | None, context: Context) -> str | Line:
    if key is None:
        return Line("no channel")
    return context.platforms[key].name if key in context.platforms else key


def _amount(amount: Decimal | None, context: Context) -> Money:
    return Money(amount or ZERO, context.currency)
