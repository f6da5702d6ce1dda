"""Budget lines that need money: how much, how urgently, the line that could give it, and what moves by that."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from enum import Enum

import msgspec

from smsheets.analysis.subjects import line_id, line_name
from smsheets.analysis.variance.budget import BudgetVariance, LineVariance
from smsheets.plan.budget import OWN_TIME
from smsheets.plan.budget_year import BudgetStatus
from smsheets.plan.carry import ZERO, CarryMonth
from smsheets.plan.spare_money import planned_months_left, share_out, spare_of


class Need(Enum):
    """Why a line needs money: overspent, spent without a plan, or on the way to overspend. The order is by urgency."""

    OVER = 0
    UNPLANNED = 1
    PACING = 2


class Transfer(msgspec.Struct, frozen=True, kw_only=True):
    """Money that a finding advises to move.

    Attributes:
        lines: Ids of the budget lines that give it.
        giver, taker: Who gives it and who gets it, as a reader knows them.
        amount: How much in all, until the end of the period.
        spare: What the giver has to spare before that.
    """

    lines: tuple[str, ...]
    giver: str | tuple[str, ...]
    taker: str | tuple[str, ...]
    amount: Decimal
    spare: Decimal


class Shortage(msgspec.Struct, frozen=True, kw_only=True):
    """A line that needs money.

    Attributes:
        giver: The line that could give most; None where none has any to spare, or the line is own time: nobody pays
            hours with another line's money.
        take: What it could give to this line; what lines before this one take is no longer there.
        spare: What the giver has before this line takes its part.
    """

    line: LineVariance
    need: Need
    amount: Decimal
    giver: LineVariance | None = None
    take: Decimal = ZERO
    spare: Decimal = ZERO

    @property
    def months_left(self) -> tuple[CarryMonth, ...]:
        """The open months of the line that something is planned for."""
        return planned_months_left(self.line.months)

    @property
    def can_save(self) -> bool:
        """The months left have a plan from which the amount can be saved."""
        return sum((month.planned or ZERO for month in self.months_left), ZERO) >= self.amount > 0


def find_shortages(budget: BudgetVariance) -> tuple[Shortage, ...]:
    """The lines that need money, the most urgent first, then the largest."""
    needing = sorted(_needing(budget), key=lambda item: (item.need.value, -item.amount))
    short = {id(item.line) for item in needing}
    givers = [line for line in budget.lines if id(line) not in short and line.line.category != OWN_TIME]
    spares = [spare_of(line.months, line.year.budget, line.projected) for line in givers]
    paid = [item for item in needing if item.line.line.category != OWN_TIME]
    taken = dict(zip(map(id, paid), share_out([item.amount for item in paid], spares), strict=True))
    return tuple(
        item
        if (part := taken.get(id(item))) is None
        else msgspec.structs.replace(item, giver=givers[part.giver], take=part.amount, spare=part.spare)
        for item in needing
    )


def takers_of(line: LineVariance, shortages: Iterable[Shortage]) -> tuple[Shortage, ...]:
    """The lines that take money from a line, in the order in which they take it."""
    return tuple(item for item in shortages if item.giver is line)


def transfers_of(shortages: Iterable[Shortage]) -> tuple[Transfer, ...]:
    """The money that lines take from the lines that give it."""
    return tuple(
        Transfer(
            lines=(line_id(item.giver.line),),
            giver=line_name(item.giver.line),
            taker=line_name(item.line.line),
            amount=item.take,
            spare=item.spare,
        )
        for item in shortages
        if item.giver is not None
    )


def _needing(budget: BudgetVariance) -> Iterator[Shortage]:
    for line in budget.lines:
        year, projected = line.year, line.projected
        if line.status is BudgetStatus.OVER and year.variance is not None:
            yield Shortage(line=line, need=Need.OVER, amount=-year.variance)
        elif line.status is BudgetStatus.NO_BUDGET:
            if year.actual is not None and year.actual > 0:
                yield Shortage(line=line, need=Need.UNPLANNED, amount=year.actual)
        elif year.budget and projected is not None and projected > year.budget * (1 + budget.limits.watch_share) > 0:
            yield Shortage(line=line, need=Need.PACING, amount=projected - year.budget)
