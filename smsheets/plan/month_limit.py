"""What all lines together may cost in a month, against what they plan."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal

import msgspec

from smsheets.plan.budget import OWN_TIME, BudgetLine
from smsheets.plan.carry import ZERO


class PlannedMonth(msgspec.Struct, frozen=True, kw_only=True):
    """A month to come: its number from 1, its plan without own time, and what that is above the limit (or below it)."""

    number: int
    planned: Decimal
    above: Decimal
    largest: BudgetLine


def planned_months(lines: Iterable[BudgetLine], limit: Decimal, first: int, count: int) -> tuple[PlannedMonth, ...]:
    """The months from number `first` on of a period of `count` months, those without any plan left out."""
    paid = [line for line in lines if line.category != OWN_TIME]
    found: list[PlannedMonth] = []
    for number in range(max(first, 1), count + 1):
        amounts = [(amount, line) for line in paid if (amount := _planned(line.planned, number)) > 0]
        if amounts:
            total = sum((amount for amount, _ in amounts), ZERO)
            largest = max(amounts, key=lambda item: item[0])[1]
            found.append(PlannedMonth(number=number, planned=total, above=total - limit, largest=largest))
    return tuple(found)


def _planned(amounts: Sequence[Decimal | None], number: int) -> Decimal:
    return (amounts[number - 1] if number <= len(amounts) else None) or ZERO
