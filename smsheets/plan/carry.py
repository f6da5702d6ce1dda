"""Carried money: what a month leaves, and what of it the next month may spend.

`available = planned + carried in`. A month is closed for a line when it or any later month has an actual; only a
closed month carries. A month without an actual that is followed by one with an actual spent nothing that is known
of, and counts as zero; in an open month a blank is unknown.

The conservation law, over the closed months: `opening + planned = actual + left of the last one + expired`.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from enum import Enum
from itertools import pairwise, zip_longest

import msgspec

from smsheets.plan.budget import ADVERTISING, BudgetLine
from smsheets.plan.record import add_known

ZERO = Decimal(0)


class CarryRule(Enum):
    """What becomes of the money a month leaves.

    NONE: it expires. UNSPENT: it is added to the next month, an overspend is forgiven. BOTH_WAYS: an overspend is
    taken off the next month too.
    """

    NONE = "none"
    UNSPENT = "unspent"
    BOTH_WAYS = "both_ways"


class CarryMonth(msgspec.Struct, frozen=True, kw_only=True):
    """One month of one line.

    Attributes:
        planned, actual: As filled in; None where blank.
        carried_in: What comes from the month before, or the opening carry in the first month.
        available: planned + carried in; None in a month that has neither.
        left: available - actual of a closed month, positive is money left; None in an open month.
    """

    planned: Decimal | None = None
    actual: Decimal | None = None
    carried_in: Decimal = ZERO
    available: Decimal | None = None
    left: Decimal | None = None

    @property
    def closed(self) -> bool:
        """This or a later month has an actual."""
        return self.left is not None


class CarryBridge(msgspec.Struct, frozen=True, kw_only=True):
    """Where carried money came from and went over the closed months: opening + earned - used - expired = left.

    Attributes:
        earned: Sum of what the months spent less than planned.
        used: Sum of what the months spent more than planned.
        expired: What the months before the last closed one left and did not carry; an overspend that is forgiven
            counts negative.
        left: What the last closed month leaves; the opening carry while no month is closed.
    """

    opening: Decimal = ZERO
    earned: Decimal = ZERO
    used: Decimal = ZERO
    expired: Decimal = ZERO
    left: Decimal = ZERO

    def __add__(self, other: CarryBridge) -> CarryBridge:
        return CarryBridge(**{name: getattr(self, name) + getattr(other, name) for name in self.__struct_fields__})


def rule_of(line: BudgetLine) -> CarryRule:
    """The carry rule of a line; a blank or unknown one is unspent for advertising and none for the rest."""
    for rule in CarryRule:
        if rule.value == line.carry_rule:
            return rule
    return CarryRule.UNSPENT if line.category == ADVERTISING else CarryRule.NONE


def count_closed(actual: Sequence[Decimal | None]) -> int:
    """How many months are closed: all up to the last one with an actual."""
    return max((number for number, amount in enumerate(actual, 1) if amount is not None), default=0)


def carried_out(left: Decimal, rule: CarryRule) -> Decimal:
    """The part of a closed month's left money that the next month may spend; below zero it must save."""
    if rule is CarryRule.BOTH_WAYS:
        return left
    return max(left, ZERO) if rule is CarryRule.UNSPENT else ZERO


def carry_months(
    planned: Sequence[Decimal | None], actual: Sequence[Decimal | None], rule: CarryRule, opening: Decimal | None = None
) -> tuple[CarryMonth, ...]:
    """The months of a line, the first one first.

    Args:
        planned, actual: One amount per month; where one is shorter, the rest of it is blank.
        opening: Goes into the first month whatever the rule is.
    """
    closed = count_closed(actual)
    months: list[CarryMonth] = []
    for index, (month_planned, month_actual) in enumerate(zip_longest(planned, actual)):
        before = months[-1].left if months else None
        carried = opening if index == 0 else None if before is None else carried_out(before, rule)
        available = add_known((month_planned, carried))
        left = (available or ZERO) - (month_actual or ZERO) if index < closed else None
        months.append(
            CarryMonth(
                planned=month_planned, actual=month_actual, carried_in=carried or ZERO, available=available, left=left
            )
        )
    return tuple(months)


def months_of(line: BudgetLine) -> tuple[CarryMonth, ...]:
    """The months of a budget line under its own rule."""
    return carry_months(line.planned, line.actual, rule_of(line), line.opening)


def bridge_of(months: Sequence[CarryMonth], opening: Decimal | None = None) -> CarryBridge:
    """The carry bridge of a line's months."""
    closed = [month for month in months if month.left is not None]
    if not closed:
        return CarryBridge(opening=opening or ZERO, left=opening or ZERO)
    differences = [(month.planned or ZERO) - (month.actual or ZERO) for month in closed]
    return CarryBridge(
        opening=opening or ZERO,
        earned=sum((max(amount, ZERO) for amount in differences), ZERO),
        used=sum((max(-amount, ZERO) for amount in differences), ZERO),
        expired=sum(((month.left or ZERO) - after.carried_in for month, after in pairwise(closed)), ZERO),
        left=closed[-1].left or ZERO,
    )
