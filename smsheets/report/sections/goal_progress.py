"""How far each goal is: where it began, where it is by the KPI report, where it is to be."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

import msgspec

from smsheets.analysis.context import Context
from smsheets.analysis.goal_outlook import GoalOutlook, Outlook, goal_outlook
from smsheets.analysis.kpi_standards import months_of
from smsheets.money import Share
from smsheets.plan.goals import Goal
from smsheets.report.document import ChartView, Line, Part, Role, Status, TableView, Tone, Verbatim
from smsheets.report.sections.cells import figure_cell, keep_largest, make_chart, share_cell, shorten

STATUSES = {
    Outlook.REACHED: Status("reached", Tone.GOOD),
    Outlook.IN_TIME: Status("in time", Tone.GOOD),
    Outlook.LATE: Status("will be late", Tone.WATCH),
    Outlook.NOT_AT_THIS_PACE: Status("not at this pace", Tone.BAD),
    Outlook.MISSED: Status("missed", Tone.BAD),
    Outlook.NO_DEADLINE: Status("no deadline", Tone.NEUTRAL),
    Outlook.UNKNOWN: Status("not known", Tone.NEUTRAL),
}
_LONGEST_NAME = 40  # characters beside a bar
_PLACES = Decimal("0.001")  # of a share: a tenth of a percent is what a report shows


class _GoalProgress(msgspec.Struct, frozen=True, kw_only=True):
    """One goal.

    Attributes:
        way: (now - from) / (to - from): 1 is there, below zero is back behind the start. None where one is unknown.
        time: The share of its days that has gone by, 0..1; None without a start before its deadline.
    """

    goal: Goal
    outlook: GoalOutlook
    way: Decimal | None
    time: Decimal | None


def progress_parts(goals: Iterable[Goal], context: Context) -> list[Part]:
    """The picture and the table of the goals' progress; nothing while no figure of any goal is known."""
    rows = _goals_progress(goals, context)
    if all(row.outlook.value is None for row in rows):
        return []
    return [*_progress_chart(rows), _progress_table(rows, context)]


def _goals_progress(goals: Iterable[Goal], context: Context) -> tuple[_GoalProgress, ...]:
    """The goals in their order; nothing without a KPI report."""
    months = months_of(context)
    if months is None:
        return ()
    found = []
    for goal in goals:
        outlook = goal_outlook(goal, months, context.as_of)
        way = _share_of_way(goal.baseline, outlook.value, goal.target)
        found.append(_GoalProgress(goal=goal, outlook=outlook, way=way, time=_share_of_time(goal, context.as_of)))
    return tuple(found)


def _share_of_way(begin: Decimal | None, now: Decimal | None, end: Decimal | None) -> Decimal | None:
    if begin is None or now is None or end is None or begin == end:
        return None
    return ((now - begin) / (end - begin)).quantize(_PLACES)


def _share_of_time(goal: Goal, as_of: date) -> Decimal | None:
    if goal.start is None or goal.deadline is None or goal.deadline <= goal.start:
        return None
    gone = Decimal((as_of - goal.start).days) / (goal.deadline - goal.start).days
    return min(max(gone, Decimal(0)), Decimal(1)).quantize(_PLACES)


def _progress_chart(rows: tuple[_GoalProgress, ...]) -> tuple[ChartView, ...]:
    known = [row for row in rows if row.way is not None]
    if not known:
        return ()
    shown = keep_largest(known, lambda row: max((row.time or Decimal(0)) - (row.way or Decimal(0)), Decimal(0)))
    return make_chart(
        Line("Progress of the goals"),
        _progress_says(known),
        [_short_name(row.goal) for row in shown],
        (Line("Progress"), Role.ACTUAL, [row.way for row in shown]),
        (Line("Time elapsed"), Role.PLANNED, [row.time for row in shown]),
        unit="share",
        of=len(known),
    )


def _progress_says(rows: list[_GoalProgress]) -> Line:
    behind = [row for row in rows if row.time is not None and row.way is not None and row.way < row.time]
    if not behind:
        return Line("No goal is behind schedule.")
    worst = min(behind, key=lambda row: (row.way or Decimal(0)) - (row.time or Decimal(0)))
    return Line(
        "Furthest behind schedule: {goal}, {way} of the way in {time} of the time.",
        {
            "goal": _short_name(worst.goal),
            "way": Share(worst.way or Decimal(0)),
            "time": Share(worst.time or Decimal(0)),
        },
    )


def _progress_table(rows: tuple[_GoalProgress, ...], context: Context) -> TableView:
    return TableView(
        title="Progress of the goals",
        headers=("ID", "From", "Now", "To", "Progress", "Time elapsed", "Status"),
        rows=tuple(
            (
                row.goal.goal_id,
                figure_cell(row.outlook.baseline, row.outlook.unit, context),
                figure_cell(row.outlook.value, row.outlook.unit, context),
                figure_cell(row.outlook.target, row.outlook.unit, context),
                share_cell(row.way),
                share_cell(row.time),
                STATUSES[row.outlook.outlook],
            )
            for row in rows
        ),
    )


def _short_name(goal: Goal) -> Verbatim:
    return Verbatim(shorten(f"{goal.goal_id or ''} {goal.goal or ''}", _LONGEST_NAME))
