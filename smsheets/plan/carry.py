"""Carried money: what a month leaves, and what of it the next month may spend.

`available = planned + carried in`. A month is closed for a line when it or any later month has an actual; only a
closed month carries. A month without an actual that is followed by one with an actual spent nothing that is known
of, and counts as zero; in an open month a blank is unknown. The actual of a month that has not begun closes nothing:
`Budget.until` leaves it out.

The conservation law, over the closed months: `opening + planned = actual + carried on + expired - forgiven`.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from enum import Enum
from itertools import zip_longest

import msgspec

from smsheets.plan.budget import ADVERTISING, BudgetLine
from smsheets.plan.record import add_known

ZERO = Decimal(0)


class CarryRule(Enum):
    """What becomes of the money a month leaves.

    NONE: it expires. UNSPENT: it is added to the next month, an overspend is forgiven; a refund (an actual below zero)
    undoes what was forgiven first. BOTH_WAYS: an overspend is taken off the next month too.
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
        carried_on: What of it the next month may spend, below zero what it must save; None in an open month.
    """

    planned: Decimal | None = None
    actual: Decimal | None = None
    carried_in: Decimal = ZERO
    available: Decimal | None = None
    left: Decimal | None = None
    carried_on: Decimal | None = None

    @property
    def closed(self) -> bool:
        """This or a later month has an actual."""
        return self.left is not None


class CarryBridge(msgspec.Struct, frozen=True, kw_only=True):
    """Where carried money came from and went over the closed months; the steps add up to what is carried on.

    Plus is money to spend, minus is money gone: `opening + earned + used + expired + forgiven = carried_on`.

    Attributes:
        earned: Sum of what the months spent less than planned.
        used: Sum of what the months spent more than planned; zero or below.
        expired: What the months left and did not carry; zero or below.
        forgiven: What the months spent too much and need not save, less the refunds that undo it.
        carried_on: What the last closed month carries into the first open one; the opening carry while none is closed.
    """

    opening: Decimal = ZERO
    earned: Decimal = ZERO
    used: Decimal = ZERO
    expired: Decimal = ZERO
    forgiven: Decimal = ZERO
    carried_on: Decimal = ZERO

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


def carried_out(left: Decimal, rule: CarryRule, refund: Decimal = ZERO, balance: Decimal = ZERO) -> Decimal:
    """The part of a closed month's left money that the next month may spend; below zero it must save.

    Args:
        refund: What came back in the month.
        balance: What there would be if no overspend had been forgiven. A refund brings no more than that: the money
            was spent before, and is only undone.
    """
    if rule is CarryRule.BOTH_WAYS:
        return left
    return max(left - refund, balance, ZERO) if rule is CarryRule.UNSPENT else ZERO


def carry_months(
    planned: Sequence[Decimal | None],
    actual: Sequence[Decimal | None],
    rule: CarryRule,
    opening: Decimal | None = None,
) -> tuple[CarryMonth, ...]:
    """The months of a line, the first one first.

    Args:
        planned, actual: One amount per month; where one is shorter, the rest of it is blank.
        opening: Goes into the first month whatever the rule is.
    """
    closed, carried, balance = count_closed(actual), opening, opening or ZERO
    months: list[CarryMonth] = []
    for index, (month_planned, month_actual) in enumerate(zip_longest(planned, actual)):
        available, carried_in = add_known((month_planned, carried)), carried or ZERO
        left = carried = None
        if index < closed:
            cost = month_actual or ZERO
            left, balance = (available or ZERO) - cost, balance + (month_planned or ZERO) - cost
            carried = carried_out(left, rule, max(-cost, ZERO), balance)
        months.append(
            CarryMonth(
                planned=month_planned,
                actual=month_actual,
                carried_in=carried_in,
                available=available,
                left=left,
                carried_on=carried,
            )
        )
    return tuple(months)


def months_of(line: BudgetLine) -> tuple[CarryMonth, ...]:
    """The months of a budget line under its own rule."""
    return carry_months(line.planned, line.actual, rule_of(line), line.opening)


def bridge_of(months: Sequence[CarryMonth], rule: CarryRule, opening: Decimal | None = None) -> CarryBridge:
    """The carry bridge of a line's months."""
    closed = [month for month in months if month.closed]
    if not closed:
        return CarryBridge(opening=opening or ZERO, carried_on=opening or ZERO)
    differences = [(month.planned or ZERO) - (month.actual or ZERO) for month in closed]
    kept_back = [(month.left or ZERO) - (month.carried_on or ZERO) for month in closed]
    lost = [amount for amount in kept_back if rule is CarryRule.NONE and amount > 0]
    return CarryBridge(
        opening=opening or ZERO,
        earned=sum((max(amount, ZERO) for amount in differences), ZERO),
        used=sum((min(amount, ZERO) for amount in differences), ZERO),
        expired=-sum(lost, ZERO),
        forgiven=sum(lost, ZERO) - sum(kept_back, ZERO),
        carried_on=closed[-1].carried_on or ZERO,
    )
