"""Where a goal should be by now."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from smsheets.plan.goals import Goal, goal_line


def goal(baseline: int | None = 100, target: int | None = 200, **more: Any) -> Goal:
    return Goal(
        baseline=None if baseline is None else Decimal(baseline),
        target=None if target is None else Decimal(target),
        **{"start": date(2027, 1, 1), "deadline": date(2027, 1, 11), **more},
    )


def test_behind_and_ahead_of_the_line() -> None:
    line = goal_line(goal(), Decimal(130), date(2027, 1, 6))
    assert line is not None
    assert (line.expected, line.behind, line.missing) == (150, Decimal("0.2"), 20)
    line = goal_line(goal(), Decimal(160), date(2027, 1, 6))
    assert line is not None
    assert (line.behind, line.missing) == (Decimal("-0.1"), 0)


def test_a_goal_that_goes_down() -> None:
    line = goal_line(goal(200, 100, direction="down"), Decimal(170), date(2027, 1, 6))
    assert line is not None
    assert (line.expected, line.behind, line.missing) == (150, Decimal("0.2"), 20)


@pytest.mark.parametrize(("day", "expected"), [(date(2026, 12, 1), 100), (date(2027, 2, 1), 200)])
def test_before_the_start_and_after_the_deadline(day: date, expected: int) -> None:
    line = goal_line(goal(), Decimal(100), day)
    assert line is not None
    assert line.expected == expected


@pytest.mark.parametrize(
    "unclear",
    [
        goal(None),
        goal(target=None),
        goal(start=None),
        goal(deadline=None),
        goal(100, 100),
        goal(start=date(2027, 1, 11)),
    ],
)
def test_no_line_without_a_way_or_days(unclear: Goal) -> None:
    assert goal_line(unclear, Decimal(1), date(2027, 1, 6)) is None


@pytest.mark.parametrize(
    ("baseline", "target", "direction"),
    [(100, 100, None), (100, 100, "down"), (1000, 215, None), (1000, 215, "up"), (100, 200, "down")],
)
def test_a_goal_that_leads_nowhere_has_no_line(baseline: int, target: int, direction: str | None) -> None:
    wrong = goal(baseline, target, direction=direction)
    assert wrong.leads_nowhere
    assert goal_line(wrong, Decimal(130), date(2027, 1, 6)) is None
