"""What the budget's rules share: the lines worked out, amounts with their currency, the telling cells."""

from __future__ import annotations

from decimal import Decimal

from smsheets.analysis.context import Context
from smsheets.analysis.variance.budget import LineVariance, compute_variance
from smsheets.cells import CellRef
from smsheets.money import Money
from smsheets.plan.carry import ZERO


def lines_of(context: Context) -> tuple[LineVariance, ...]:
    """The lines of the budget that have any amount; none without a budget."""
    budget = context.plans.budget
    return () if budget is None else compute_variance(budget, context).lines


def money(amount: Decimal | None, context: Context) -> Money:
    """An amount with the currency beside it; None counts as zero."""
    return Money(amount or ZERO, context.currency)


def overspent_cells(line: LineVariance) -> tuple[CellRef, ...]:
    """The actuals above plan, the largest overspend first; the opening carry where it is that which is overspent."""
    above = [
        ((month.actual or ZERO) - (month.planned or ZERO), number)
        for number, month in enumerate(line.months, 1)
        if (month.actual or ZERO) > (month.planned or ZERO)
    ]
    if not above:
        return (line.line.cell("opening"),)
    return tuple(line.line.cell("actual", number) for _, number in sorted(above, key=lambda item: (-item[0], item[1])))


def last_actuals(line: LineVariance, count: int) -> tuple[CellRef, ...]:
    """The last months that have an actual, the latest first."""
    known = [number for number, month in enumerate(line.months, 1) if month.actual is not None]
    return tuple(line.line.cell("actual", number) for number in reversed(known[-count:]))
