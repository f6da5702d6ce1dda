"""The forecasts of a business: the spending of all months, and when goals are reached."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

import msgspec

from smsheets.analysis.context import Context
from smsheets.analysis.goal_outlook import GoalOutlook
from smsheets.analysis.variance.budget import BudgetVariance, LineVariance
from smsheets.cells import CellRef
from smsheets.plan.budget import Budget
from smsheets.plan.carry import ZERO
from smsheets.plan.forecast import LEAST_POINTS, MonthMoney, Spread, forecast_spending, months_over


class SpendOutlook(msgspec.Struct, frozen=True, kw_only=True):
    """The spending of all months over all lines.

    Attributes:
        budget: Opening carry + planned.
        spent: Sum of the actuals so far.
        forecast: The forecast, as in the budget's own tables: the open months spend their plan and what is carried
            into them.
        at_pace: What it would be if the open months went on as those that are over; None from fewer than three months
            that are over and have a plan.
        ratio: Actual / planned of a month that is over.
        points: How many months it is made from.
        cells: Where nothing can be said of the pace: the next actuals to fill in.
    """

    budget: Decimal | None
    spent: Decimal | None
    forecast: Decimal | None = None
    at_pace: Spread | None = None
    ratio: Spread | None = None
    points: int = 0
    cells: tuple[CellRef, ...] = ()


def spend_outlook(plan: Budget, variance: BudgetVariance) -> SpendOutlook | None:
    """The outlook of a budget; None while no amounts are filled in."""
    if not variance.lines:
        return None
    year, start = variance.total.year, plan.start.period_start
    months = [_month(variance.lines, index) for index in range(len(variance.months))]
    over = variance.closed if start is None else min(months_over(start, variance.as_of), len(months))
    found = forecast_spending(months, over)
    outlook = SpendOutlook(budget=year.budget, spent=year.actual, forecast=year.forecast)
    if found is None:
        points = sum(month.planned > 0 for month in months[:over])
        return msgspec.structs.replace(outlook, points=points, cells=_next_cells(variance.lines, over))
    return msgspec.structs.replace(outlook, at_pace=found.total, ratio=found.ratio, points=found.points)


def _month(lines: Sequence[LineVariance], index: int) -> MonthMoney:
    here = [line.months[index] for line in lines if index < len(line.months)]
    closed = [month for month in here if month.closed]
    return MonthMoney(
        planned=sum((month.planned or ZERO for month in closed), ZERO),
        actual=sum((month.actual or ZERO for month in closed), ZERO),
        open_planned=sum((month.planned or ZERO for month in here if not month.closed), ZERO),
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


def compute_forecast(context: Context, budget: BudgetVariance | None, goals: tuple[GoalOutlook, ...] = ()) -> Forecast:
    """The forecasts on the context's day, with the outlook of the goals."""
    plan = context.plans.budget
    spend = spend_outlook(plan, budget) if plan is not None and budget is not None else None
    return Forecast(spend=spend, goals=goals)
