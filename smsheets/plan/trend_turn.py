"""Trends that turned: months that got better, then months that got worse."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from smsheets.plan.kpi_definitions import Direction


def turning_month(values: Sequence[Decimal | None], direction: Direction, steps: int) -> int | None:
    """The best month before a turn, numbered from 1; None where the trend has not turned.

    The months up to the last one got worse at least `steps` times in a row, and before that better at least
    `steps` times in a row. An unknown month breaks a row.
    """
    sign = -1 if direction is Direction.DOWN else 1
    worse = _steps_back(values, len(values), -sign)
    peak = len(values) - worse
    if worse < steps or _steps_back(values, peak, sign) < steps:
        return None
    return peak


def _steps_back(values: Sequence[Decimal | None], end: int, sign: int) -> int:
    """How many changes up to month `end` (from 1) in a row go the way of the sign."""
    count = 0
    while end - count >= 2:
        value, before = values[end - count - 1], values[end - count - 2]
        if value is None or before is None or (value - before) * sign <= 0:
            break
        count += 1
    return count
