"""Pictures of the forecasts: what is known as a line, and beyond it the likely one between the ends of its range."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from smsheets.analysis.context import Context
from smsheets.analysis.goal_outlook import GoalOutlook, Outlook
from smsheets.analysis.kpi_standards import figure, rounded
from smsheets.analysis.spend_outlook import SpendOutlook
from smsheets.money import Money
from smsheets.plan.forecast import Spread
from smsheets.plan.kpi_definitions import Unit
from smsheets.report.document import ChartKind, ChartView, Line, Role, Series, Shown, Verbatim
from smsheets.report.sections.cells import month_cell
from smsheets.report.sections.pictures import worth_drawing

_WHOLE_FROM = 100

_SAYS = {
    Outlook.IN_TIME: "{metric} is at {level} and reaches {target} by {likely}, in time for {deadline}.",
    Outlook.LATE: "{metric} is at {level} and reaches {target} by {likely}; {deadline} is the deadline.",
    Outlook.NO_DEADLINE: "{metric} is at {level} and reaches {target} by {likely}.",
    Outlook.NOT_AT_THIS_PACE: "{metric} is at {level} and does not reach {target} at this pace.",
}


def spend_chart(spend: SpendOutlook, context: Context) -> tuple[ChartView, ...]:
    """Spending added up: plan, actual, and where it leads."""
    if spend.total is None:
        return ()
    actual = [month.actual for month in spend.months]
    return worth_drawing(
        ChartView(
            kind=ChartKind.LINE,
            title=Line("The year's spending"),
            says=Line(
                "The year will cost about {likely} ({low} to {high}); its budget is {budget}.",
                {
                    "likely": Money(spend.total.likely, context.currency),
                    "low": Money(spend.total.low, context.currency),
                    "high": Money(spend.total.high, context.currency),
                    "budget": Money(spend.budget or Decimal(0), context.currency),
                },
            ),
            categories=tuple(month_cell(month.first_day, number) for number, month in enumerate(spend.months, 1)),
            series=(
                Series(name=Line("Planned"), role=Role.PLANNED, values=tuple(month.planned for month in spend.months)),
                Series(name=Line("Actual"), role=Role.ACTUAL, values=tuple(actual)),
                *_expected_series([month.expected for month in spend.months]),
            ),
            unit="money",
            currency=context.currency,
        )
    )


def goal_charts(goal: GoalOutlook, context: Context) -> tuple[ChartView, ...]:
    """The way of a goal's metric to its target."""
    if goal.outlook not in _SAYS or goal.target is None or not goal.months:
        return ()
    values: dict[str, Shown] = {
        "metric": context.metric_name(goal.metric),
        "level": figure(goal.level or Decimal(0), goal.unit, context),
        "target": figure(goal.target, goal.unit, context),
        "likely": goal.likely or "",
        "deadline": goal.deadline or "",
    }
    return worth_drawing(
        ChartView(
            kind=ChartKind.LINE,
            title=Verbatim(" ".join(part for part in (goal.goal_id, goal.goal) if part)),
            says=Line(_SAYS[goal.outlook], values),
            categories=tuple(month_cell(month.first_day, number) for number, month in enumerate(goal.months, 1)),
            series=(
                Series(name=Line("Actual"), role=Role.ACTUAL, values=tuple(month.actual for month in goal.months)),
                Series(name=Line("Target"), role=Role.TARGET, values=(goal.target,) * len(goal.months)),
                *_expected_series(_goal_expected(goal)),
            ),
            unit=goal.unit.value,
            currency=context.currency if goal.unit is Unit.MONEY else "",
            small=True,
        )
    )


def expected_value(value: Decimal, goal: GoalOutlook) -> Decimal:
    """A figure to come, no more exact than it can be: counts from 100 on are whole, smaller ones have one decimal."""
    if goal.unit is Unit.SHARE:
        return rounded(value, 4)
    return rounded(value) if goal.unit is Unit.MONEY else rounded(value, 0 if abs(value) >= _WHOLE_FROM else 1)


def _goal_expected(goal: GoalOutlook) -> list[Spread | None]:
    return [
        None
        if month.expected is None
        else Spread(
            low=expected_value(month.expected.low, goal),
            likely=expected_value(month.expected.likely, goal),
            high=expected_value(month.expected.high, goal),
        )
        for month in goal.months
    ]


def _expected_series(expected: Sequence[Spread | None]) -> tuple[Series, ...]:
    likely = tuple(None if item is None else item.likely for item in expected)
    low = tuple(None if item is None else item.low for item in expected)
    high = tuple(None if item is None else item.high for item in expected)
    return (
        Series(name=Line("Likely"), role=Role.FORECAST, values=likely),
        Series(name=Line("Low"), role=Role.RANGE, values=low),
        Series(name=Line("High"), role=Role.RANGE, values=high),
    )
