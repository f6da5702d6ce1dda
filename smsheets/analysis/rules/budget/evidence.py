"""The budget's lines worked out, amounts with their currency, and which line needs money and who could give it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from enum import Enum

import msgspec

from smsheets.analysis.context import Term, month_word
from smsheets.analysis.facts import Facts
from smsheets.analysis.finding import Wording
from smsheets.analysis.variance.budget import BudgetVariance, LineVariance, compute_variance, limits_of
from smsheets.cells import CellRef
from smsheets.money import Money
from smsheets.plan.budget import OWN_TIME, Budget, BudgetLine
from smsheets.plan.budget_year import BudgetStatus
from smsheets.plan.carry import ZERO
from smsheets.plan.spare_money import planned_months_left, share_out, spare_of, spread_over

CATEGORY_WORDS = {
    "software": Term("Software and tools"),
    "advertising": Term("Advertising"),
    "hired_services": Term("Hired services"),
    "digital_assets": Term("Digital assets"),
    "own_time": Term("Own time"),
}


def variance_of(facts: Facts) -> BudgetVariance | None:
    """The budget worked out; None without a budget."""
    budget = facts.plans.budget
    return None if budget is None else compute_variance(budget, facts)


def lines_of(facts: Facts) -> tuple[LineVariance, ...]:
    """The lines of the budget that have any amount; none without a budget."""
    found = variance_of(facts)
    return () if found is None else found.lines


def money(amount: Decimal | None, facts: Facts) -> Money:
    """An amount with the currency beside it; None counts as zero."""
    return Money(amount or ZERO, facts.currency)


def about_line(line: BudgetLine) -> str:
    """What a line is known by: its id, or what it is for where it has none."""
    return line.line_id or line.name


def root_of(line: BudgetLine) -> str:
    """The cause of what several rules see of one line."""
    return f"line {about_line(line)}"


def named(line: BudgetLine) -> str:
    """A line in a list of lines: what it is for, with its id behind it."""
    return f"{line.line} ({line.line_id})" if line.line and line.line_id else line.name


def month_of(budget: Budget, number: int) -> Term | int:
    """A month of the budget's period by its name, or by its number from 1 where the period's start is unknown."""
    return month_word(budget.start.period_start, number)


def category_word(category: str | None) -> str:
    """A category as people read it; a person's own word as it is."""
    return CATEGORY_WORDS.get(category or "", category or "")


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


class Need(Enum):
    """Why a line needs money: overspent, spent without a plan, or on the way to overspend. The order is by urgency."""

    OVER = 0
    UNPLANNED = 1
    PACING = 2


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


def shortages_of(facts: Facts) -> tuple[Shortage, ...]:
    """The lines that need money, the most urgent first, then the largest."""
    lines = lines_of(facts)
    needing = sorted(_needing(lines, facts), key=lambda item: (item.need.value, -item.amount))
    short = {id(item.line) for item in needing}
    givers = [line for line in lines if id(line) not in short and line.line.category != OWN_TIME]
    spares = [spare_of(line.months, line.rule, line.year.budget, line.projected) for line in givers]
    paid = [item for item in needing if item.line.line.category != OWN_TIME]
    found = dict(zip(map(id, paid), share_out([item.amount for item in paid], spares), strict=True))
    return tuple(
        item
        if (taken := found.get(id(item))) is None
        else msgspec.structs.replace(item, giver=givers[taken.giver], take=taken.amount, spare=taken.spare)
        for item in needing
    )


def help_values(item: Shortage, facts: Facts) -> Mapping[str, Wording]:
    """What the texts name of the line that could give, and of the planned months left of the line itself."""
    left = planned_months_left(item.line.months)
    values: dict[str, Wording] = {"months": len(left)}
    less = spread_over(item.amount, len(left))
    if less is not None:
        values["less"] = money(less, facts)
    if item.giver is not None:
        values["giver"] = named(item.giver.line)
        values["take"], values["spare"] = money(item.take, facts), money(item.spare, facts)
    return values


def can_save(item: Shortage) -> bool:
    """Whether the months left have a plan from which the amount can be saved."""
    planned = sum((month.planned or ZERO for month in planned_months_left(item.line.months)), ZERO)
    return planned >= item.amount > 0


def _needing(lines: tuple[LineVariance, ...], facts: Facts) -> Iterator[Shortage]:
    budget = facts.plans.budget
    if budget is None:
        return
    watch_share = limits_of(budget, facts).watch_share
    for line in lines:
        year, projected = line.year, line.projected
        if line.status is BudgetStatus.OVER and year.variance is not None:
            yield Shortage(line=line, need=Need.OVER, amount=-year.variance)
        elif line.status is BudgetStatus.NO_BUDGET:
            if year.actual is not None and year.actual > 0:
                yield Shortage(line=line, need=Need.UNPLANNED, amount=year.actual)
        elif year.budget and projected is not None and projected > year.budget * (1 + watch_share) > 0:
            yield Shortage(line=line, need=Need.PACING, amount=projected - year.budget)
