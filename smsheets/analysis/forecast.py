"""The forecasts of a business: the year's spending if coming months keep to their plan, and when goals are reached."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

import msgspec

from smsheets.analysis.context import Context
from smsheets.analysis.goal_outlook import GoalOutlook, goal_outlooks
from smsheets.analysis.variance.budget import BudgetVariance, LineVariance
from smsheets.cells import CellRef
from smsheets.plan.budget import Budget
from smsheets.plan.carry import ZERO
from smsheets.plan.forecast import LEAST_POINTS, MonthMoney, Spread, forecast_spending, months_over


class SpendMonth(msgspec.Struct, frozen=True, kw_only=True):
    """What is spent up to the end of a month: known, or expected."""

    first_day: date | None
    planned: Decimal
    actual: Decimal | None = None
    expected: Spread | None = None


class SpendOutlook(msgspec.Struct, frozen=True, kw_only=True):
    """The year's spending over all lines.

    Attributes:
        budget: Opening carry + planned.
        spent: Sum of the actuals so far.
        as_planned: What the year will have cost if the open months keep to their plan and spend what is carried into
            them: the forecast of the budget's own tables.
        total: What the year will have cost; None from fewer than three months that are over and have a plan.
        ratio: Actual / planned of a month that is over.
        points: How many months it is made from.
        months: Everything added up from the first month on.
        cells: Where nothing is forecast: the next actuals to fill in.
    """

    budget: Decimal | None
    spent: Decimal | None
    as_planned: Decimal | None = None
    total: Spread | None = None
    ratio: Spread | None = None
    points: int = 0
    months: tuple[SpendMonth, ...] = ()
    cells: tuple[CellRef, ...] = ()


def spend_outlook(plan: Budget, variance: BudgetVariance) -> SpendOutlook | None:
    """The outlook of a budget; None while no amounts are filled in."""
    if not variance.lines:
        return None
    year, start = variance.total.year, plan.start.period_start
    months = [_month(variance.lines, index) for index in range(len(variance.months))]
    over = variance.closed if start is None else min(months_over(start, variance.as_of), len(months))
    found = forecast_spending(months, over)
    outlook = SpendOutlook(budget=year.budget, spent=year.actual, as_planned=year.forecast)
    if found is None:
        points = sum(month.planned > 0 for month in months[:over])
        return msgspec.structs.replace(outlook, points=points, cells=_next_cells(variance.lines, over))
    ahead = _months(variance, found.by_month, over)
    return msgspec.structs.replace(outlook, total=found.total, ratio=found.ratio, points=found.points, months=ahead)


def _month(lines: Sequence[LineVariance], index: int) -> MonthMoney:
    here = [line.months[index] for line in lines if index < len(line.months)]
    closed = [month for month in here if month.closed]
    return MonthMoney(
        planned=sum((month.planned or ZERO for month in closed), ZERO),
        actual=sum((month.actual or ZERO for month in closed), ZERO),
        open_planned=sum((month.planned or ZERO for month in here if not month.closed), ZERO),
    )


def _months(variance: BudgetVariance, ahead: Sequence[Spread], over: int) -> tuple[SpendMonth, ...]:
    return tuple(
        SpendMonth(
            first_day=month.first_day,
            planned=month.planned_so_far,
            actual=month.actual_so_far if number < over else None,
            expected=ahead[number - over] if number >= over else None,
        )
        for number, month in enumerate(variance.months)
    )


def _next_cells(lines: Sequence[LineVariance], over: int) -> tuple[CellRef, ...]:
    """The empty actuals of the months that are over, else those of the first month; a few of them."""
    blank = [
        line.line.cell("actual", number + 1)
        for line in lines
        for number, month in enumerate(line.months[: max(over, 1)])
        if month.planned and month.actual is None
    ]
    if not blank:
        blank = [line.line.cell("actual", over + 1) for line in lines]
    return tuple(blank[:LEAST_POINTS])


class Forecast(msgspec.Struct, frozen=True, kw_only=True):
    """The outlook of a business, as far as its figures show it.

    Attributes:
        spend: None where no budget was given, or an empty one.
        goals: Goals with their outlook; none where the strategy or the KPI report was not given.
    """

    spend: SpendOutlook | None = None
    goals: tuple[GoalOutlook, ...] = ()

    @property
    def known(self) -> bool:
        """Anything can be said at all."""
        return self.spend is not None or bool(self.goals)


def compute_forecast(context: Context, budget: BudgetVariance | None) -> Forecast:
    """The forecasts on the context's day."""
    plans = context.plans
    return Forecast(
        spend=spend_outlook(plans.budget, budget) if plans.budget is not None and budget is not None else None,
        goals=tuple(goal_outlooks(plans.strategy, context)) if plans.strategy is not None else (),
    )
