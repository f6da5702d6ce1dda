"""Budget variance: per line, category and channel, by month, with the carry bridge and the pace."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal

import msgspec

from smsheets.analysis.context import Context, Term
from smsheets.cells import CellRef
from smsheets.plan.budget import ADVERTISING, Budget, BudgetLine, OwnTimeTask, TimeCost, time_cost
from smsheets.plan.budget_year import BudgetStatus, BudgetYear, Limits, add_years, year_of
from smsheets.plan.carry import ZERO, CarryBridge, CarryMonth, CarryRule, bridge_of, months_of, rule_of
from smsheets.plan.pace import MonthPace, RunningMonth, month_pace, project_year, recent_pace, running_month
from smsheets.plan.record import add_known, group_by

CATEGORY_WORDS = {
    "software": Term("Software and tools"),
    "advertising": Term("Advertising"),
    "hired_services": Term("Hired services"),
    "digital_assets": Term("Digital assets"),
    "own_time": Term("Own time"),
}
"""Category id -> the category as people read it; a person's own category is its own word."""


class LineVariance(msgspec.Struct, frozen=True, kw_only=True):
    """One line.

    Attributes:
        closed: How many months are closed.
        month_pace: The pace of the running month; None while it has no actual.
        recent_pace: Actual / planned of the last closed months (`budget.pace_months`); None while there are fewer.
        projected: The year's cost at that pace (see `smsheets.plan.pace`); None without an actual.
    """

    line: BudgetLine
    rule: CarryRule
    months: tuple[CarryMonth, ...]
    year: BudgetYear
    bridge: CarryBridge
    status: BudgetStatus
    month_pace: MonthPace | None
    recent_pace: Decimal | None
    projected: Decimal | None

    @property
    def closed(self) -> int:
        """The number of months that are closed."""
        return sum(month.closed for month in self.months)

    @property
    def overspent_cells(self) -> tuple[CellRef, ...]:
        """The actuals above plan, the largest overspend first; the opening carry where none is."""
        over = {n: (month.actual or ZERO) - (month.planned or ZERO) for n, month in enumerate(self.months, 1)}
        numbers = sorted((n for n in over if over[n] > 0), key=lambda n: -over[n])
        return tuple(self.line.cell("actual", n) for n in numbers) or (self.line.cell("opening"),)

    def last_actuals(self, count: int) -> tuple[CellRef, ...]:
        """The last `count` months that have an actual, the latest first."""
        known = [n for n, month in enumerate(self.months, 1) if month.actual is not None]
        return tuple(self.line.cell("actual", n) for n in reversed(known[-count:]))


class GroupVariance(msgspec.Struct, frozen=True, kw_only=True):
    """All lines of a category or a channel; `key` is its id, None for lines without one."""

    key: str | None
    lines: int
    year: BudgetYear
    status: BudgetStatus


class MonthVariance(msgspec.Struct, frozen=True, kw_only=True):
    """A month over all lines; `first_day` is None where the period's start is unknown, amounts where none is known.

    Attributes:
        available: Planned + carried in. It is never added up over months: that would count carried money twice.
        forecast_so_far: Actuals of the closed months, and from the first open one on what is available in each: the
            last month has the forecast for the year.
    """

    first_day: date | None
    planned: Decimal | None
    available: Decimal | None
    actual: Decimal | None
    planned_so_far: Decimal
    actual_so_far: Decimal
    forecast_so_far: Decimal


class TaskTime(msgspec.Struct, frozen=True, kw_only=True):
    """A kind of own work and what a month of it costs."""

    task: OwnTimeTask
    cost: TimeCost


class BudgetVariance(msgspec.Struct, frozen=True, kw_only=True):
    """The variance report of a budget. Lines without any amount are left out.

    Attributes:
        running: The month that `as_of` is in; None outside the budget's period.
        months: All months of the period, planned ones too.
    """

    as_of: date
    limits: Limits
    running: RunningMonth | None
    lines: tuple[LineVariance, ...]
    total: GroupVariance
    categories: tuple[GroupVariance, ...]
    channels: tuple[GroupVariance, ...]
    months: tuple[MonthVariance, ...]
    bridge: CarryBridge
    own_time: tuple[TaskTime, ...]

    @property
    def closed(self) -> int:
        """The number of months that are closed on any line."""
        return max((line.closed for line in self.lines), default=0)

    def count(self, status: BudgetStatus) -> int:
        """The number of lines with a status."""
        return sum(line.status is status for line in self.lines)


def compute_variance(plan: Budget, context: Context) -> BudgetVariance:
    """The variance report of a budget on the context's day."""
    limits = Limits(
        watch_share=context.limit("budget.watch_share", plan.settings.watch_share),
        over_share=context.limit("budget.over_share", plan.settings.over_share),
    )
    weeks = plan.settings.weeks_per_year
    running = running_month(plan.start.period_start, _month_count(plan), context.as_of)
    lines = tuple(_line(line, running, limits, context) for line in plan.lines if line.has_amounts)
    return BudgetVariance(
        as_of=context.as_of,
        limits=limits,
        running=running,
        lines=lines,
        total=_group(None, lines, limits),
        categories=_groups(lines, lambda line: line.category, limits),
        channels=_groups(lines, lambda line: line.channel, limits),
        months=_months(plan, lines),
        bridge=sum((line.bridge for line in lines), CarryBridge()),
        own_time=tuple(TaskTime(task=task, cost=time_cost(task, weeks)) for task in plan.own_time),
    )


def _month_count(plan: Budget) -> int:
    longest = max((max(len(line.planned), len(line.actual)) for line in plan.lines), default=0)
    return max(longest, plan.start.months or 0)


def _line(line: BudgetLine, running: RunningMonth | None, limits: Limits, context: Context) -> LineVariance:
    months = months_of(line)
    year = year_of(months, line.opening)
    pace = recent_pace(months, running, int(context.thresholds["budget.pace_months"]))
    enough_days = running is not None and running.day.day >= context.thresholds["budget.pace_days"]
    return LineVariance(
        line=line,
        rule=rule_of(line),
        months=months,
        year=year,
        bridge=bridge_of(months, rule_of(line), line.opening),
        status=year.status(limits),
        month_pace=month_pace(months, running),
        recent_pace=pace,
        projected=project_year(months, running, pace, flows=line.category == ADVERTISING and enough_days),
    )


def _group(key: str | None, lines: Sequence[LineVariance], limits: Limits) -> GroupVariance:
    year = add_years(line.year for line in lines)
    return GroupVariance(key=key, lines=len(lines), year=year, status=year.status(limits))


def _groups(
    lines: Sequence[LineVariance], key: Callable[[BudgetLine], str | None], limits: Limits
) -> tuple[GroupVariance, ...]:
    """One group per key, in the order of their first lines; lines without a key last."""
    groups = group_by(lines, lambda line: key(line.line) or "")
    return tuple(_group(name or None, groups[name], limits) for name in sorted(groups, key=lambda name: not name))


def _months(plan: Budget, lines: Sequence[LineVariance]) -> tuple[MonthVariance, ...]:
    months: list[MonthVariance] = []
    planned_so_far = actual_so_far = forecast_so_far = ZERO
    for index in range(_month_count(plan)):
        here = [line.months[index] for line in lines if index < len(line.months)]
        planned, actual = add_known(month.planned for month in here), add_known(month.actual for month in here)
        planned_so_far += ZERO if planned is None else planned
        actual_so_far += ZERO if actual is None else actual
        forecast_so_far += sum(((month.actual if month.closed else month.available) or ZERO for month in here), ZERO)
        months.append(
            MonthVariance(
                first_day=plan.first_day(index + 1),
                planned=planned,
                available=add_known(month.available for month in here),
                actual=actual,
                planned_so_far=planned_so_far,
                actual_so_far=actual_so_far,
                forecast_so_far=forecast_so_far,
            )
        )
    return tuple(months)
