"""Pictures of the budget: by month, added up, carried on, by category and channel, own time against hiring out."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from smsheets.analysis.finding import Wording
from smsheets.analysis.variance.budget import BudgetVariance, GroupVariance, MonthVariance, TaskTime
from smsheets.money import Money
from smsheets.plan.carry import ZERO
from smsheets.report.document import Cell, ChartKind, ChartView, Line, Month, Role, Verbatim
from smsheets.report.sections.cells import keep_largest, make_chart, month_cell

Named = tuple[str | Line, GroupVariance]
"""A category or a channel with its name."""


def filled_months(variance: BudgetVariance) -> tuple[MonthVariance, ...]:
    """The months up to the last one with any amount."""
    used = [number for number, month in enumerate(variance.months, 1) if _has_amounts(month)]
    return variance.months[: max(used, default=0)]


def budget_so_far(variance: BudgetVariance, month: MonthVariance) -> Decimal:
    """The opening carry and what is planned up to a month: what may be spent by its end."""
    return variance.bridge.opening + month.planned_so_far


def month_chart(variance: BudgetVariance, currency: str) -> tuple[ChartView, ...]:
    """Planned, available and actual money of each month."""
    months = filled_months(variance)
    return make_chart(
        Line("Money by month"),
        _months_say(variance, currency),
        _month_names(months),
        (Line("Planned"), Role.PLANNED, [month.planned for month in months]),
        (Line("Available"), Role.AVAILABLE, [month.available for month in months]),
        (Line("Actual"), Role.ACTUAL, [month.actual for month in months]),
        kind=ChartKind.COLUMNS,
        unit="money",
        currency=currency,
    )


def added_up_chart(variance: BudgetVariance, currency: str) -> tuple[ChartView, ...]:
    """Budget and actual added up month after month, and where it leads; for a budget with a closed month."""
    months = filled_months(variance)
    spent = tuple(month.actual_so_far if number < variance.closed else None for number, month in enumerate(months))
    return make_chart(
        Line("Money added up"),
        _added_up_says(variance, currency),
        _month_names(months),
        (Line("Budget, added up"), Role.PLANNED, [budget_so_far(variance, month) for month in months]),
        (Line("Actual, added up"), Role.ACTUAL, spent),
        (Line("Forecast"), Role.FORECAST, forecast_values(variance)),
        kind=ChartKind.LINE,
        unit="money",
        currency=currency,
    )


def forecast_values(variance: BudgetVariance) -> tuple[Decimal | None, ...]:
    """The forecast for each month from the last closed one on, where the line of actuals ends; None before it."""
    months, closed = filled_months(variance), variance.closed
    if closed == len(months):
        return (None,) * len(months)
    return tuple(month.forecast_so_far if number >= closed else None for number, month in enumerate(months, 1))


def bridge_chart(
    steps: Sequence[tuple[Line, Decimal]], variance: BudgetVariance, currency: str
) -> tuple[ChartView, ...]:
    """Where carried money came from and went."""
    bridge = variance.bridge
    ends = {"opening": Money(bridge.opening, currency), "carried_on": Money(bridge.carried_on, currency)}
    values: dict[str, Wording] = {**ends, "forgiven": Money(bridge.forgiven, currency)}
    says = "From {opening} at the start to {carried_on} carried on."
    if bridge.expired:
        values["expired"] = Money(-bridge.expired, currency)
        says = "From {opening} at the start to {carried_on} carried on; {expired} expired on the way."
    elif bridge.forgiven:
        says = "From {opening} at the start to {carried_on} carried on; {forgiven} of overspending is forgiven."
    return make_chart(
        Line("Carried money"),
        Line(says, values),
        [name for name, _ in steps],
        (Line("Amount"), Role.AVAILABLE, [amount for _, amount in steps]),
        kind=ChartKind.BRIDGE,
        unit="money",
        currency=currency,
    )


def group_chart(title: Line, named: Sequence[Named], currency: str) -> tuple[ChartView, ...]:
    """Budget to date beside what was spent, for each category or channel that has one of them."""
    years = [(name, group.year) for name, group in named]
    known = [(name, year) for name, year in years if year.to_date is not None or year.actual is not None]
    shown = keep_largest(known, lambda item: max(item[1].to_date or ZERO, item[1].actual or ZERO))
    return make_chart(
        title,
        _groups_say(named, currency),
        [name for name, _ in shown],
        (Line("Budget to date"), Role.PLANNED, [year.to_date for _, year in shown]),
        (Line("Actual"), Role.ACTUAL, [year.actual for _, year in shown]),
        unit="money",
        currency=currency,
        of=len(known),
    )


def own_time_chart(tasks: Sequence[TaskTime], currency: str) -> tuple[ChartView, ...]:
    """The cost of a month of each kind of own work, beside the price of an outsider."""
    shown = keep_largest(tasks, lambda item: max(item.cost.cost or ZERO, item.cost.outside_price or ZERO))
    return make_chart(
        Line("Own time or hire out"),
        _own_time_says(tasks, currency),
        [Verbatim(item.task.task or "") for item in shown],
        (Line("Own time"), Role.ACTUAL, [item.cost.cost for item in shown]),
        (Line("Outside price"), Role.OTHER, [item.cost.outside_price for item in shown]),
        unit="money",
        currency=currency,
        of=len(tasks),
    )


def _month_names(months: Sequence[MonthVariance]) -> tuple[Cell, ...]:
    return tuple(month_cell(month.first_day, number) for number, month in enumerate(months, 1))


def _has_amounts(month: MonthVariance) -> bool:
    return any(amount is not None for amount in (month.planned, month.available, month.actual))


def _months_say(variance: BudgetVariance, currency: str) -> Line:
    over = [
        (month.actual - (month.planned or ZERO), -number, month.actual, month.planned or ZERO)
        for number, month in enumerate(variance.months, 1)
        if month.actual is not None
    ]
    worst, place, actual, planned = max(over, default=(ZERO, 0, ZERO, ZERO))
    if worst <= 0:
        return Line("No month has cost more than planned.")
    values: dict[str, Wording | Month] = {
        "month": month_cell(variance.months[-place - 1].first_day, -place),
        "actual": Money(actual, currency),
        "planned": Money(planned, currency),
    }
    if sum(more > 0 for more, *_ in over) == 1:
        return Line("Only {month} has cost more than planned: {actual} of {planned}.", values)
    return Line("{month} is furthest over its plan: {actual} of {planned}.", values)


def _added_up_says(variance: BudgetVariance, currency: str) -> Line:
    months, closed = variance.months, variance.closed
    last = months[closed - 1]
    left = budget_so_far(variance, last) - last.actual_so_far
    values: dict[str, Wording | Month] = {
        "month": month_cell(last.first_day, closed),
        "amount": Money(abs(left), currency),
        "forecast": Money(months[-1].forecast_so_far, currency),
        "budget": Money(budget_so_far(variance, months[-1]), currency),
    }
    if closed == len(filled_months(variance)):
        return Line("Up to {month}, {amount} more was spent than planned." if left < 0 else _NOT_OVER, values)
    return Line(_OVER_AND_FORECAST if left < 0 else _UNDER_AND_FORECAST, values)


_NOT_OVER = "Up to {month}, {amount} of the budget is left."
_OVER_AND_FORECAST = "Up to {month}, {amount} more was spent than planned; the total will be {forecast} of {budget}."
_UNDER_AND_FORECAST = "Up to {month}, {amount} of the budget is left; the total will be {forecast} of {budget}."


def _groups_say(named: Sequence[Named], currency: str) -> Line:
    """The worst of them; the rest that belongs to none is named only where nothing else is over."""
    over = [
        (group.key is None, group.year.variance, name)
        for name, group in named
        if group.year.variance is not None and group.year.variance < 0
    ]
    if not over:
        return Line("Nothing is over budget to date.")
    _, worst, name = min(over, key=lambda item: item[:2])
    return Line("Most over budget to date: {name}, by {over}.", {"name": name, "over": Money(-worst, currency)})


def _own_time_says(tasks: Sequence[TaskTime], currency: str) -> Line:
    savings = [
        (item.cost.saving, item.task.task or "")
        for item in tasks
        if item.cost.saving is not None and item.cost.saving > 0
    ]
    if not savings:
        return Line("No outside price is lower than the cost of your own time.")
    saving, name = max(savings, key=lambda item: item[0])
    return Line(
        "Hiring out '{task}' saves {saving} a month.", {"task": Verbatim(name), "saving": Money(saving, currency)}
    )
