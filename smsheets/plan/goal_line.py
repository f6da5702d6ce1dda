"""Where a goal should be by now: on the straight line from its baseline to its target."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import msgspec

from smsheets.plan.goals import Goal


class GoalLine(msgspec.Struct, frozen=True, kw_only=True):
    """A goal on one day, in the metric's unit.

    Attributes:
        expected: Where the straight line is on that day.
        behind: How far the value is from there, as a share of the whole way; negative is ahead.
        missing: The same in the metric's unit, 0 or more.
    """

    expected: Decimal
    behind: Decimal
    missing: Decimal


def goal_line(goal: Goal, value: Decimal, day: date) -> GoalLine | None:
    """How a value of a day compares with the line; None where the goal has no way to go, or its dates are not known.

    Before its start a goal is at its baseline, after its deadline at its target.
    """
    if goal.baseline is None or goal.target is None or goal.start is None or goal.deadline is None:
        return None
    days, way = (goal.deadline - goal.start).days, goal.target - goal.baseline
    if days <= 0 or not way:
        return None
    passed = min(max(Decimal((day - goal.start).days) / days, Decimal(0)), Decimal(1))
    expected = goal.baseline + way * passed
    behind = (expected - value) / way
    return GoalLine(expected=expected, behind=behind, missing=max(behind, Decimal(0)) * abs(way))
