"""What the budget's rules share: the lines worked out, amounts with their currency, the telling cells, the names."""

from __future__ import annotations

from decimal import Decimal

from smsheets.analysis.context import Context, Term
from smsheets.analysis.month_words import month_word
from smsheets.analysis.variance.budget import BudgetVariance, LineVariance, compute_variance
from smsheets.cells import CellRef
from smsheets.money import Money
from smsheets.plan.budget import Budget, BudgetLine
from smsheets.plan.carry import ZERO

CATEGORY_WORDS = {
    "software": Term("Software and tools"),
    "advertising": Term("Advertising"),
    "hired_services": Term("Hired services"),
    "digital_assets": Term("Digital assets"),
    "own_time": Term("Own time"),
}


def variance_of(context: Context) -> BudgetVariance | None:
    """The budget worked out; None without a budget."""
    budget = context.plans.budget
    return None if budget is None else compute_variance(budget, context)


def lines_of(context: Context) -> tuple[LineVariance, ...]:
    """The lines of the budget that have any amount; none without a budget."""
    found = variance_of(context)
    return () if found is None else found.lines


def money(amount: Decimal | None, context: Context) -> Money:
    """An amount with the currency beside it; None counts as zero."""
    return Money(amount or ZERO, context.currency)


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
