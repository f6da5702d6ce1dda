"""The forecasts in the report: what all months will cost, and when the goals are reached."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from smsheets.analysis.context import Context
from smsheets.analysis.forecast import Forecast, SpendOutlook
from smsheets.analysis.goal_outlook import GoalMonth, GoalOutlook, Outlook, WhyNot
from smsheets.analysis.kpi_standards import figure, rounded
from smsheets.money import Money, Share
from smsheets.plan.forecast import LEAST_POINTS, Spread
from smsheets.plan.reference import Unit
from smsheets.report.document import Cell, ChartKind, ChartView, Line, Part, Role, Section, Shown, TableView, Verbatim
from smsheets.report.sections.cells import (
    NamedSeries,
    evidence_text,
    figure_cell,
    make_chart,
    money_cells,
    month_cell,
    range_cell,
)
from smsheets.report.sections.goal_progress import STATUSES

_WHOLE_FROM = 100  # from here on a tenth is less than one in a thousand

_SAYS = {
    Outlook.IN_TIME: "{metric} is at {value} and reaches {target} by {likely}, in time for {deadline}.",
    Outlook.LATE: "{metric} is at {value} and reaches {target} by {likely}; {deadline} is the deadline.",
    Outlook.NO_DEADLINE: "{metric} is at {value} and reaches {target} by {likely}.",
    Outlook.NOT_AT_THIS_PACE: "{metric} is at {value} and does not reach {target} at this pace.",
}


def _goal_charts(goal: GoalOutlook, context: Context) -> tuple[ChartView, ...]:
    """The way of a goal's metric to its target."""
    if goal.outlook not in _SAYS or goal.target is None or not goal.months:
        return ()
    values: dict[str, Shown] = {
        "metric": context.metric_name(goal.metric),
        "value": figure(goal.value or Decimal(0), goal.unit, context),
        "target": figure(goal.target, goal.unit, context),
        "likely": goal.likely or "",
        "deadline": goal.deadline or "",
    }
    return make_chart(
        Verbatim(" ".join(part for part in (goal.goal_id, goal.goal) if part)),
        Line(_SAYS[goal.outlook], values),
        [month_cell(month.first_day, number) for number, month in enumerate(goal.months, 1)],
        (Line("Actual"), Role.ACTUAL, [month.actual for month in goal.months]),
        (Line("Target"), Role.TARGET, (goal.target,) * len(goal.months)),
        *_expected_series([_goal_range(month, goal) for month in goal.months]),
        kind=ChartKind.LINE,
        unit=goal.unit.value,
        currency=context.currency if goal.unit is Unit.MONEY else "",
        small=True,
    )


def _expected_value(value: Decimal, goal: GoalOutlook) -> Decimal:
    """A figure to come, no more exact than it can be: counts from 100 on are whole, smaller ones have one decimal."""
    if goal.unit is Unit.SHARE:
        return rounded(value, 4)
    return rounded(value) if goal.unit is Unit.MONEY else rounded(value, 0 if abs(value) >= _WHOLE_FROM else 1)


_Range = tuple[Decimal | None, Decimal | None, Decimal | None]


def _range_of(expected: Spread | None) -> _Range:
    """Low, likely, high."""
    return (None, None, None) if expected is None else (expected.low, expected.likely, expected.high)


def _goal_range(month: GoalMonth, goal: GoalOutlook) -> _Range:
    low, likely, high = (None if value is None else _expected_value(value, goal) for value in _range_of(month.expected))
    return low, likely, high


def _expected_series(ranges: Sequence[_Range]) -> tuple[NamedSeries, ...]:
    return (
        (Line("Likely"), Role.FORECAST, [likely for _, likely, _ in ranges]),
        (Line("Low"), Role.RANGE, [low for low, _, _ in ranges]),
        (Line("High"), Role.RANGE, [high for _, _, high in ranges]),
    )


_REASONS = {
    WhyNot.NO_NUMBER: "Goal {goal} has no forecast: it has no metric or no target yet. Fill in: {cells}.",
    WhyNot.LEADS_NOWHERE: "Goal {goal} has no forecast: its baseline, target and direction do not fit together. "
    "See {cells}.",
    WhyNot.NO_ROW: "Goal {goal} has no forecast: the KPI report has no row of its own for it. See {cells}.",
    WhyNot.NO_START: "Goal {goal} has no forecast: the KPI report does not say when it begins. Fill in: {cells}.",
    WhyNot.TOO_FEW: "Goal {goal} has no forecast: it needs {least} months with figures and has {points}. Next: "
    "{cells}.",
    WhyNot.STALE: "Goal {goal} has no forecast: its last figures are too old. Fill in: {cells}.",
}


def forecast_section(forecast: Forecast, context: Context) -> Section:
    """The forecasts, how they are worked out, and what cannot be said yet."""
    parts: list[Part] = []
    if forecast.spend is not None:
        parts += _spend_parts(forecast.spend, context)
    if forecast.goals:
        parts += _goal_parts(forecast.goals, context)
    return Section("Forecast", tuple(parts))


def _spend_parts(spend: SpendOutlook, context: Context) -> list[Part]:
    """The forecast of the budget's tables; what the pace of the months that are over would make of it, is a note."""
    totals = money_cells(context.currency, spend.spent, spend.forecast, spend.budget)
    table = TableView(title="Spending in all", headers=("Spent", "Forecast", "Budget"), rows=(totals,))
    pace = spend.at_pace
    no_month_is_open = pace is not None and spend.spent == spend.forecast == pace.low == pace.high
    return [table] if no_month_is_open else [table, _pace_note(spend, context)]


def _pace_note(spend: SpendOutlook, context: Context) -> Line:
    if spend.at_pace is None or spend.ratio is None:
        return Line(
            "The pace cannot be judged yet: that needs {least} finished months with plan and actual; so far: "
            "{points}. Next: {cells}.",
            {"least": LEAST_POINTS, "points": spend.points, "cells": evidence_text(spend.cells)},
        )
    return Line(
        "Note: if the open months spend {ratio} of their plan, as the {points} months that are over usually did, "
        "it will be {likely} ({low} to {high}).",
        {
            "ratio": Share(spend.ratio.likely),
            "points": spend.points,
            "likely": Money(spend.at_pace.likely, context.currency),
            "low": Money(spend.at_pace.low, context.currency),
            "high": Money(spend.at_pace.high, context.currency),
        },
    )


def _goal_parts(goals: tuple[GoalOutlook, ...], context: Context) -> list[Part]:
    known = [goal for goal in goals if goal.why_not is None]
    moving = [goal for goal in known if goal.method is not None]
    parts: list[Part] = []
    if known:
        parts.append(
            Line(
                "Goals: forecast by the typical change from month to month; the range leaves out the strongest and the "
                "weakest quarter of the changes. Followers go on from the last figure; what is counted by the month, "
                "such as orders, goes on from its trend."
            )
        )
        parts.append(_when_table(known))
    if moving:
        parts.append(_pace_table(moving, context))
        parts += [_level_note(goal, context) for goal in moving if goal.level != goal.value]
    for goal in moving:
        parts += _goal_charts(goal, context)
        parts.append(_month_table(goal, context))
    return [*parts, *(_reason_line(goal) for goal in goals if goal.why_not is not None)]


def _when_table(goals: list[GoalOutlook]) -> TableView:
    return TableView(
        title="When goals are reached",
        headers=("ID", "Deadline", "Earliest", "Likely", "Latest", "In words", "Months used"),
        rows=tuple(
            (
                Verbatim(goal.goal_id),
                goal.deadline,
                goal.earliest,
                goal.likely,
                _latest(goal),
                STATUSES[goal.outlook],
                goal.points,
            )
            for goal in goals
        ),
    )


def _latest(goal: GoalOutlook) -> Cell:
    """The end of the range; in words where it is open."""
    if goal.method is None:
        return None
    return goal.latest or Line("not in sight")


def _pace_table(goals: list[GoalOutlook], context: Context) -> TableView:
    return TableView(
        title="What the goals need",
        headers=("ID", "Figure", "Now", "Target", "Step a month", "Range", "Needed"),
        rows=tuple(
            (
                Verbatim(goal.goal_id),
                _metric_line(goal, context),
                figure_cell(goal.value, goal.unit, context),
                figure_cell(goal.target, goal.unit, context),
                figure_cell(goal.pace.likely if goal.pace is not None else None, goal.unit, context),
                _range(goal, context),
                figure_cell(goal.needed, goal.unit, context),
            )
            for goal in goals
        ),
    )


def _level_note(goal: GoalOutlook, context: Context) -> Line:
    """Where the days and the step needed are counted from, when that is not the last figure."""
    values: dict[str, Shown] = {
        "goal": Verbatim(goal.goal_id),
        "level": figure(_expected_value(goal.level or Decimal(0), goal), goal.unit, context),
        "value": figure(goal.value or Decimal(0), goal.unit, context),
    }
    return Line(
        "Note: {goal} goes on from its trend, which is at {level}; the last figure is {value}.",
        values,
    )


def _range(goal: GoalOutlook, context: Context) -> Cell:
    if goal.pace is None:
        return None
    low, high = (figure_cell(value, goal.unit, context) for value in (goal.pace.low, goal.pace.high))
    if isinstance(low, Decimal) and isinstance(high, Decimal):
        return range_cell(low, high)
    return Line("{low} to {high}", {"low": low or "", "high": high or ""})


def _month_table(goal: GoalOutlook, context: Context) -> TableView:
    """The months that are known, and those to come up to the deadline or the likely day."""
    rows: list[tuple[Cell, ...]] = []
    for number, month in enumerate(goal.months, 1):
        values = (month.actual, *_goal_range(month, goal))
        cells = (figure_cell(value, goal.unit, context) for value in values)
        rows.append((month_cell(month.first_day, number), *cells))
    return TableView(
        title=Line("{goal} by month", {"goal": goal.goal_id}),
        headers=("Month", "Actual", "Low", "Likely", "High"),
        rows=tuple(rows),
    )


def _metric_line(goal: GoalOutlook, context: Context) -> Line:
    """The metric of a goal, and its channel."""
    values: dict[str, Shown] = {"metric": context.metric_name(goal.metric)}
    if goal.channel is not None:
        values["channel"] = context.channel_name(goal.channel)
    return Line(", ".join(f"{{{name}}}" for name in values), values)


def _reason_line(goal: GoalOutlook) -> Line:
    assert goal.why_not is not None
    name = " ".join(part for part in (goal.goal_id, f"'{goal.goal}'" if goal.goal else "") if part)
    values: dict[str, Shown] = {"goal": Verbatim(name), "cells": evidence_text(goal.cells)}
    if goal.why_not is WhyNot.TOO_FEW:
        values |= {"least": LEAST_POINTS, "points": goal.points}
    return Line(_REASONS[goal.why_not], values)
