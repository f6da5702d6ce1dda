"""Trends that turned."""

from __future__ import annotations

from decimal import Decimal

import pytest

from smsheets.plan.forecast import turning_month
from smsheets.plan.reference import Direction


@pytest.mark.parametrize(
    ("values", "direction", "expected"),
    [
        ([1, 2, 3, 2, 1], Direction.UP, 3),
        ([3, 2, 1, 2, 3], Direction.DOWN, 3),
        ([1, 2, 3, 2], Direction.UP, None),
        ([2, 3, 2, 1], Direction.UP, None),
        ([1, 2, 3, 3, 2], Direction.UP, None),
        ([1, 2, 3, None, 2, 1], Direction.UP, None),
        ([9, 1, 2, 3, 2, 1, 0], Direction.UP, 4),
        ([], Direction.UP, None),
    ],
)
def test_turns(values: list[int | None], direction: Direction, expected: int | None) -> None:
    assert turning_month([None if item is None else Decimal(item) for item in values], direction, 2) == expected
