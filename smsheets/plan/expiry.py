"""Money that is lost at the end of the month, because its line carries nothing."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

import msgspec

from smsheets.plan.carry import ZERO, CarryMonth, CarryRule
from smsheets.plan.pace import RunningMonth


class Expiring(msgspec.Struct, frozen=True, kw_only=True):
    """What a line still has in the running month. `left` is None where nobody noted what was spent in it."""

    month: int
    available: Decimal
    left: Decimal | None


def expiring_of(
    months: Sequence[CarryMonth], rule: CarryRule, running: RunningMonth | None, least_share: Decimal
) -> Expiring | None:
    """What the running month of a line that carries nothing would lose; None for every other line.

    A line that has used up all its planned months so far, but for less than `least_share` of each, pays bills: what it
    has left is a bill on its way, and nothing is lost.
    """
    if rule is not CarryRule.NONE or running is None or running.number > len(months):
        return None
    month = months[running.number - 1]
    available = month.available or ZERO
    before = [item for item in months[: running.number - 1] if item.closed and (item.available or ZERO) > 0]
    pays_bills = bool(before) and all((item.left or ZERO) < least_share * (item.available or ZERO) for item in before)
    if available <= 0 or pays_bills:
        return None
    if month.actual is None:
        return Expiring(month=running.number, available=available, left=None) if before else None
    left = available - month.actual
    return Expiring(month=running.number, available=available, left=left) if left >= least_share * available else None
