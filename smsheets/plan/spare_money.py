"""Money that a line does not need, and which other line it may go to."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_UP, Decimal

import msgspec

from smsheets.plan.carry import ZERO, CarryMonth, CarryRule, carried_out
from smsheets.plan.known import round_figure

CENT = Decimal("0.01")


class Taken(msgspec.Struct, frozen=True, kw_only=True):
    """An amount that one line takes from another.

    Attributes:
        giver: The number of the line that gives, from 0.
        amount: At most what is needed, and at most what the giver has.
        spare: What the giver had to spare before.
    """

    giver: int
    amount: Decimal
    spare: Decimal


def spare_of(
    months: Sequence[CarryMonth], rule: CarryRule, budget: Decimal | None, projected: Decimal | None
) -> Decimal:
    """What a line can give away: carried forward, and not needed by the end of the year at the line's pace.

    Zero for a line without a closed month, and for one that carries nothing: what it leaves has expired.
    """
    left = [month.left for month in months if month.left is not None]
    if not left or budget is None or projected is None:
        return ZERO
    return max(min(carried_out(left[-1], rule), budget - projected), ZERO)


def share_out(needs: Sequence[Decimal], spares: Sequence[Decimal]) -> tuple[Taken | None, ...]:
    """For each need, in the order given, what it takes from the line that then has most; None where none has any.

    What one has taken is gone for the next, so that the same money is never promised twice.
    """
    left = list(spares)
    taken: list[Taken | None] = []
    for need in needs:
        giver = max(range(len(left)), key=lambda number: left[number], default=None)
        if giver is None or left[giver] <= 0 or need <= 0:
            taken.append(None)
            continue
        amount = min(need, left[giver])
        taken.append(Taken(giver=giver, amount=amount, spare=left[giver]))
        left[giver] -= amount
    return tuple(taken)


def spread_over(amount: Decimal, months: int, rounding: str = ROUND_UP) -> Decimal | None:
    """An amount by the month, to the cent: up for what is to be saved. None where there is no month."""
    return None if months <= 0 else round_figure(amount / months, CENT, rounding)


def planned_months_left(months: Sequence[CarryMonth]) -> tuple[CarryMonth, ...]:
    """The open months that something is planned for."""
    return tuple(month for month in months if not month.closed and (month.planned or ZERO) > 0)
