"""Findings about own time: not counted, hours without a value, cheaper to hire out."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from smsheets.analysis.context import Context
from smsheets.analysis.finding import Hit, Level, rule
from smsheets.analysis.rules.budget.evidence import money
from smsheets.plan.budget import OWN_TIME
from smsheets.plan.carry import ZERO
from smsheets.plan.own_time import time_cost


@rule(
    "budget.own_time_zero",
    level=Level.WARNING,
    needs=("budget",),
    says="The budget counts your own time as nothing.",
    todo="Fill in the sheet 'Own time' and plan its monthly total on a line of the category 'Own time'.",
    source="Own time = hours x hourly value; work that is not counted makes every channel look cheap",
)
def check_own_time_counted(context: Context) -> Iterator[Hit]:
    """A budget with plans in it counts the own hours too."""
    budget = context.plans.budget
    if budget is None or not any(_planned(line.planned) > 0 for line in budget.lines):
        return
    own = [line for line in budget.lines if line.category == OWN_TIME]
    if not any(_planned(line.planned) > 0 for line in own):
        evidence = [line.cell("planned", 1) for line in own] or [budget.lines[0].cell("category")]
        yield Hit(evidence=tuple(evidence[:1]))


@rule(
    "budget.hourly_value_missing",
    level=Level.NOTE,
    needs=("budget",),
    says="'{task}' takes {hours} hours a week, but an hour of it is worth nothing.",
    todo="Type in what an hour is worth, for example what it earns when you work for a customer instead.",
    source="Own time = hours x hourly value",
)
def check_hours_valued(context: Context) -> Iterator[Hit]:
    """Every task with hours says what an hour is worth."""
    for task in context.plans.budget.own_time if context.plans.budget else ():
        if task.hours_per_week and task.hours_per_week > 0 and not task.hourly_value:
            yield Hit(evidence=(task.cell("hourly_value"),), values={"task": task.name, "hours": task.hours_per_week})


@rule(
    "budget.cheaper_to_hire",
    level=Level.NOTE,
    needs=("budget",),
    says="'{task}' costs {cost} of your own time a month; an outsider would charge {price}.",
    todo="Hire '{task}' out and use the time for what only you can do. It saves {saving} a month.",
    source="Own time = hours a week x hourly value x working weeks a year / 12, against the outsider's price",
    thresholds=("budget.hire_share",),
)
def check_own_time_cheaper(context: Context) -> Iterator[Hit]:
    """No task costs more in own time than an outsider would charge, by the share that counts."""
    budget = context.plans.budget
    for task in budget.own_time if budget else ():
        cost = time_cost(task, budget.settings.weeks_per_year if budget else None)
        if cost.cost is None or cost.outside_price is None or cost.saving is None or cost.saving <= 0:
            continue
        if cost.saving >= context.thresholds["budget.hire_share"] * cost.cost:
            yield Hit(
                evidence=(task.cell("outside_price"), task.cell("hours_per_week")),
                values={
                    "task": task.name,
                    "cost": money(cost.cost, context),
                    "price": money(cost.outside_price, context),
                    "saving": money(cost.saving, context),
                },
                effect=cost.saving * 12,
            )


def _planned(amounts: tuple[Decimal | None, ...]) -> Decimal:
    return sum((amount or ZERO for amount in amounts), ZERO)
