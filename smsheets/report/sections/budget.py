"""The budget in the report: what is planned, and how the money goes."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from smsheets.analysis.context import Context
from smsheets.analysis.finding import Wording
from smsheets.analysis.variance.budget import BudgetVariance, GroupVariance, LineVariance, compute_variance
from smsheets.money import Money
from smsheets.plan.ad_calculator import work_out_need
from smsheets.plan.budget import Budget
from smsheets.plan.budget_year import BudgetStatus, BudgetYear
from smsheets.plan.carry import ZERO
from smsheets.report.document import Line, Section, TableView
from smsheets.report.sections.cells import money_cell, share_cell

CATEGORY_WORDS = {
    "software": "Software and tools",
    "advertising": "Advertising",
    "hired_services": "Hired services",
    "digital_assets": "Digital assets",
    "own_time": "Own time",
}
STATUS_WORDS = {
    BudgetStatus.ON_TRACK: "on track",
    BudgetStatus.WATCH: "watch",
    BudgetStatus.OVER: "over",
    BudgetStatus.NO_BUDGET: "no budget",
    BudgetStatus.NO_DATA: "no data",
}
YEAR_HEADERS = ("Budget to date", "Actual", "Variance", "%", "Forecast", "Status")

Cell = Wording | Line | None


def plan_section(plan: Budget, context: Context) -> Section:
    """What the budget is: the year's money by category, the own time, the ad calculator's answer."""
    variance = compute_variance(plan, context)
    if not variance.lines:
        return Section(title="Budget", parts=(Line("No amounts are filled in yet."),))
    year = variance.total.year
    parts: list[Line | TableView] = [
        Line(
            "Budget of the year: {budget} on {lines} lines, {opening} of it brought over from last year.",
            {
                "budget": _amount(year.budget, context),
                "lines": len(variance.lines),
                "opening": _amount(variance.bridge.opening, context),
            },
        )
    ]
    parts.append(_plan_table(variance, context))
    parts += _own_time_lines(variance, context)
    need = work_out_need(plan.ad_goal)
    if need.budget is not None and plan.ad_goal.revenue_goal is not None:
        parts.append(
            Line(
                "Sales of {goal} through ads need {orders} orders, {clicks} clicks and {budget} of ad money.",
                {
                    "goal": _amount(plan.ad_goal.revenue_goal, context),
                    "orders": need.orders or 0,
                    "clicks": need.clicks or 0,
                    "budget": _amount(need.budget, context),
                },
            )
        )
    return Section(title="Budget", parts=tuple(parts))


def variance_section(variance: BudgetVariance, context: Context) -> Section:
    """How the money goes: by line, category and channel, by month, what carries over, and the running month."""
    if not any(line.closed for line in variance.lines):
        return Section(title="Budget", parts=(Line("No actual amounts are filled in yet."),))
    parts: list[Line | TableView] = [
        Line("Variance = budget to date - actual: plus is money left, minus is too much spent."),
        Line("Forecast = actual + planned of the open months + what is carried into the first open month."),
        _line_table(variance, context),
        _group_table("By category", "Category", [(_category(item.key), item) for item in variance.categories], context),
    ]
    if any(group.key is not None for group in variance.channels):
        channels = [(_channel(item.key, context), item) for item in variance.channels]
        parts.append(_group_table("By channel", "Channel", channels, context))
    parts.append(_month_table(variance, context))
    parts.append(_bridge_table(variance, context))
    if any(line.month_pace is not None for line in variance.lines):
        parts.append(Line("Pace = actual / (available / days in the month x days that have passed)."))
        parts.append(_pace_table(variance, context))
    return Section(title="Budget", parts=tuple(parts))


def _plan_table(variance: BudgetVariance, context: Context) -> TableView:
    total = variance.total.year.budget or ZERO
    rows = [
        (
            _category(group.key),
            group.lines,
            money_cell(group.year.budget, context.currency),
            share_cell((group.year.budget or ZERO) / total) if total > 0 else None,
        )
        for group in variance.categories
    ]
    return TableView(headers=("Category", "Lines", "Budget, year", "Share"), rows=tuple(rows))


def _own_time_lines(variance: BudgetVariance, context: Context) -> list[Line]:
    costs = [item.cost.cost for item in variance.own_time if item.cost.cost is not None]
    if not costs:
        return []
    hours = sum((item.task.hours_per_week or ZERO for item in variance.own_time), ZERO)
    return [
        Line(
            "Own time: {hours} hours a week, worth {cost} a month.",
            {"hours": hours, "cost": _amount(sum(costs, ZERO), context)},
        )
    ]


def _line_table(variance: BudgetVariance, context: Context) -> TableView:
    rows: list[tuple[Cell, ...]] = [
        (_line_name(line), *_year_cells(line.year, line.status, context)) for line in variance.lines
    ]
    rows.append((Line("Total"), *_year_cells(variance.total.year, variance.total.status, context)))
    return TableView(title="By line", headers=("Line", *YEAR_HEADERS), rows=tuple(rows), total=True)


def _group_table(title: str, header: str, named: Iterable[tuple[Cell, GroupVariance]], context: Context) -> TableView:
    rows = tuple((name, *_year_cells(group.year, group.status, context)) for name, group in named)
    return TableView(title=title, headers=(header, *YEAR_HEADERS), rows=rows)


def _month_table(variance: BudgetVariance, context: Context) -> TableView:
    closed = max(line.closed for line in variance.lines)
    rows: list[tuple[Cell, ...]] = []
    for number, month in enumerate(variance.months[:closed], 1):
        rows.append(
            (
                number if month.first_day is None else f"{month.first_day:%Y-%m}",
                money_cell(month.planned, context.currency),
                money_cell(month.actual, context.currency),
                money_cell(month.planned_so_far, context.currency),
                money_cell(month.actual_so_far, context.currency),
            )
        )
    return TableView(
        title="By month",
        headers=("Month", "Planned", "Actual", "Planned, added up", "Actual, added up"),
        rows=tuple(rows),
    )


def _bridge_table(variance: BudgetVariance, context: Context) -> TableView:
    bridge = variance.bridge
    steps = (
        ("Opening carry", bridge.opening, "brought over from last year"),
        ("Earned", bridge.earned, "months that spent less than planned"),
        ("Used", -bridge.used, "months that spent more than planned"),
        ("Expired", -bridge.expired, "not carried on; a plus is overspending forgiven"),
        ("Left now", bridge.left, "what the last closed months leave"),
    )
    return TableView(
        title="Carried money",
        headers=("Step", "Amount", "What it is"),
        rows=tuple((Line(step), _amount(amount, context), Line(meaning)) for step, amount, meaning in steps),
        total=True,
    )


def _pace_table(variance: BudgetVariance, context: Context) -> TableView:
    return TableView(
        title="Running month",
        headers=("Line", "Expected by now", "Actual", "Pace", "At month's end"),
        rows=tuple(
            (
                _line_name(line),
                money_cell(line.month_pace.expected, context.currency),
                money_cell(line.month_pace.actual, context.currency),
                share_cell(line.month_pace.pace),
                money_cell(line.month_pace.forecast, context.currency),
            )
            for line in variance.lines
            if line.month_pace is not None
        ),
    )


def _year_cells(year: BudgetYear, status: BudgetStatus, context: Context) -> tuple[Cell, ...]:
    return (
        money_cell(year.to_date, context.currency),
        money_cell(year.actual, context.currency),
        money_cell(year.variance, context.currency),
        share_cell(year.variance_share),
        money_cell(year.forecast, context.currency),
        Line(STATUS_WORDS[status]),
    )


def _line_name(line: LineVariance) -> str:
    return " ".join(part for part in (line.line.line_id, line.line.line) if part)


def _category(key: str | None) -> Cell:
    if key is None:
        return Line("no category")
    return Line(CATEGORY_WORDS[key]) if key in CATEGORY_WORDS else key


def _channel(key: str | None, context: Context) -> Cell:
    if key is None:
        return Line("no channel")
    return context.platforms[key].name if key in context.platforms else key


def _amount(amount: Decimal | None, context: Context) -> Money:
    return Money(amount or ZERO, context.currency)
