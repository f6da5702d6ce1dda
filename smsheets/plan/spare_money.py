"""Money that a line does not need, and the money that an initiative needs of its lines."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import ROUND_UP, Decimal

import msgspec

from smsheets.periods import add_months
from smsheets.plan.budget import Budget, BudgetLine
from smsheets.plan.carry import ZERO, CarryMonth, months_of
from smsheets.plan.record import add_known, first_by, round_figure
from smsheets.plan.roadmap import Initiative, Task, id_key
from smsheets.plan.workload import Person, person_key

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


def spare_of(months: Sequence[CarryMonth], budget: Decimal | None, projected: Decimal | None) -> Decimal:
    """Money a line can give away: carried forward, and not needed by the end of the year at the line's pace.

    Zero for a line without a closed month, and for one that carries nothing: what it leaves has expired.
    """
    carried = [month.carried_on for month in months if month.carried_on is not None]
    if not carried or budget is None or projected is None:
        return ZERO
    return max(min(carried[-1], budget - projected), ZERO)


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


def open_money(lines: Iterable[BudgetLine]) -> Decimal:
    """The money that is planned for the open months of some lines."""
    return sum((month.planned or ZERO for line in lines for month in planned_months_left(months_of(line))), ZERO)


LineMonth = tuple[str, int]
"""A budget line's id (as compared) and a month's number from 0: one amount of the budget."""


class LineMoney(msgspec.Struct, frozen=True, kw_only=True):
    """Amounts of budget lines over some months; None where not one of them is filled in."""

    planned: Decimal | None = None
    actual: Decimal | None = None


def line_months(initiative: Initiative, budget: Budget) -> frozenset[LineMonth]:
    """The amounts of the budget for an initiative: its lines, from the month it starts to the month it is due.

    Empty without both dates, without line ids that the budget knows, or where the budget's first month is unknown.
    """
    first_month = budget.start.period_start
    if first_month is None or initiative.start is None or initiative.due is None:
        return frozenset()
    wanted = {id_key(line_id) for line_id in initiative.line_ids}
    return frozenset(
        (key, month)
        for key, line in _lines_by_key(budget).items()
        if key in wanted
        for month in range(len(line.planned))
        if initiative.start < add_months(first_month, month + 1) and add_months(first_month, month) <= initiative.due
    )


def add_line_months(places: Iterable[LineMonth], budget: Budget) -> LineMoney:
    """The planned and actual money of some amounts of the budget, each counted once."""
    lines = _lines_by_key(budget)
    chosen = sorted(set(places))
    planned = [lines[key].planned[month] for key, month in chosen]
    actual = [lines[key].actual[month] for key, month in chosen if month < len(lines[key].actual)]
    return LineMoney(planned=add_known(planned), actual=add_known(actual))


def work_behind(
    initiative: Initiative, tasks: Iterable[Task], people: Mapping[str, Person], behind: Decimal
) -> Decimal | None:
    """The worth of the part of an initiative that should be done and is not, in the workbook's currency.

    The whole is its planned budget and the hours of its tasks by the hourly value of who does them; of that, `behind`
    (the share expected by now less the share done, 0..1). It is the schedule variance of earned value, as a
    positive number. None where neither money nor paid hours are known.
    """
    amounts = [initiative.planned_budget]
    for task in tasks:
        person = people.get(person_key(task.owner or initiative.owner))
        if person is not None and task.hours is not None:
            amounts.append(person.worth(task.hours))
    whole = add_known(amounts)
    return None if not whole or behind <= 0 else whole * behind


def _lines_by_key(budget: Budget) -> dict[str, BudgetLine]:
    return first_by((line for line in budget.lines if line.line_id is not None), lambda line: id_key(line.line_id))
