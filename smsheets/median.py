"""The median, without what else the standard library's `statistics` brings along when it is imported."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import TypeVar

_Number = TypeVar("_Number", float, Decimal)


def median(numbers: Iterable[_Number]) -> _Number:
    """The middle one of some numbers, or halfway between the two in the middle.

    Raises:
        IndexError: There is no number.
    """
    ordered = sorted(numbers)
    upper = len(ordered) // 2
    if len(ordered) % 2:
        return ordered[upper]
    return (ordered[upper - 1] + ordered[upper]) / 2
