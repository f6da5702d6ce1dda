"""Findings about own time: not counted, hours without a value, cheaper to hire out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from smsheets.analysis.context import Context
from smsheets.analysis.finding import Hit, Lack, Level, rule
from smsheets.analysis.kpi_standards import rounded
from smsheets.analysis.rules.budget.evidence import money
from smsheets.plan.budget import OWN_TIME, Budget, OwnTimeTask
from smsheets.plan.carry import ZERO
from smsheets.plan.known import add_known, round_figure
from smsheets.plan.own_time import MONTHS_PER_YEAR, time_cost
from smsheets.plan.spare_money import CENT
from smsheets.plan.team import people_of, person_key

OWN_TIME_ROOT = "own time"


@rule(
    "budget.own_time_zero",
    level=Level.WARNING,
    needs=("budget",),
    says="The budget counts your own time as nothing.",
    todo="Fill in the sheet 'Own time' and plan its monthly total on a line of the category 'Own time'.",
    source="Own time = hours x hourly value; work that is not counted makes every channel look cheap",
    weight=2,
)
def check_own_time_counted(context: Context) -> Iterator[Hit]:
    """A budget with plans in it counts the own hours too."""
    budget = context.plans.budget
    if budget is None or not any(_planned(line.planned) > 0 for line in budget.lines):
        return
    own = [line for line in budget.lines if line.category == OWN_TIME]
    if any(_planned(line.planned) > 0 for line in own):
        return
    costs = [time_cost(task, budget.settings.weeks_per_year).cost for task in budget.own_time]
    cost = add_known(costs)
    yield Hit(
        about=OWN_TIME,
        root=OWN_TIME_ROOT,
        evidence=((own[0].cell("planned", 1) if own else budget.lines[0].cell("category")),),
        values={"cost": money(cost, context)},
        todo=PLAN_OWN_TIME if cost else "",
    )


PLAN_OWN_TIME = (
    "Plan {cost} a month on a line of the category 'Own time': that is what the hours on the sheet 'Own time' come to."
)


@rule(
    "budget.hourly_value_missing",
    level=Level.NOTE,
    needs=("budget",),
    says="{hours} hours a week are worth nothing in the budget: {tasks}.",
    todo="Type in what an hour is worth, for example what it earns when you work for a customer instead.",
    source="Own time = hours x hourly value",
    weight=2,
)
def check_hours_valued(context: Context) -> Iterator[Hit]:
    """Every task with hours says what an hour is worth. A zero is no value: nobody's hour is worth nothing."""
    budget = context.plans.budget
    tasks = budget.own_time if budget is not None else ()
    free = [task for task in tasks if task.hours_per_week and task.hours_per_week > 0 and not task.hourly_value]
    if not free:
        return
    value = _value_elsewhere(free[0], tasks, context)
    yield Hit(
        about="+".join(task.time_id or task.name for task in free),
        root=OWN_TIME_ROOT,
        evidence=tuple(task.cell("hourly_value") for task in free),
        values={
            "tasks": tuple(_named(task) for task in free),
            "hours": rounded(sum((task.hours_per_week or ZERO for task in free), ZERO)),
            "task": free[0].name,
            "person": free[0].person or "",
            "value": money(value, context),
        },
        todo=VALUE_AS_ELSEWHERE if value else "",
    )


VALUE_AS_ELSEWHERE = (
    "Type in what an hour is worth, beginning with '{task}': elsewhere an hour of {person} is worth {value}."
)


def _value_elsewhere(task: OwnTimeTask, tasks: Sequence[OwnTimeTask], context: Context) -> Decimal | None:
    """What an hour of the same person is worth for another task, or in the strategy's team."""
    if task.person is None:
        return None
    key = person_key(task.person)
    own = [item.hourly_value for item in tasks if person_key(item.person) == key and item.hourly_value]
    if own:
        return own[0]
    strategy = context.plans.strategy
    person = people_of(strategy.team).get(key) if strategy is not None else None
    return None if person is None or person.hourly_value is None else round_figure(person.hourly_value, CENT)


@rule(
    "budget.cheaper_to_hire",
    level=Level.NOTE,
    needs=("budget",),
    says="'{task}' costs {cost} of your own time a month; an outsider would charge {price}.",
    todo="Hire '{task}' out and use the time for what only you can do. It saves {saving} a month.",
    source="Own time = hours a week x hourly value x working weeks a year / 12, against the outsider's price",
    thresholds=("budget.hire_share",),
    lacks="Fill in what an outsider would charge a month ({tasks}) to learn whether hiring it out is cheaper.",
    weight=2,
)
def check_own_time_cheaper(context: Context) -> Iterator[Hit | Lack]:
    """No task costs more in own time than an outsider would charge. At stake is what a year of it would save."""
    budget = context.plans.budget
    if budget is None:
        return
    for task in budget.own_time:
        cost = time_cost(task, budget.settings.weeks_per_year)
        if cost.cost is None or cost.outside_price is None or cost.saving is None or cost.saving <= 0:
            continue
        if cost.saving >= context.thresholds["budget.hire_share"] * cost.cost:
            hours = rounded((task.hours_per_week or ZERO), 1)
            yield Hit(
                about=task.time_id or task.name,
                evidence=(task.cell("outside_price"), task.cell("hours_per_week")),
                values={
                    "task": task.name,
                    "cost": money(cost.cost, context),
                    "price": money(cost.outside_price, context),
                    "saving": money(cost.saving, context),
                    "person": task.person or "",
                    "hours": hours,
                },
                effect=cost.saving * MONTHS_PER_YEAR,
                todo=FREE_HOURS if task.person else "",
            )
    yield from _prices_missing(budget)


FREE_HOURS = "Hire '{task}' out: it saves {saving} a month and frees {hours} hours a week of {person}."


def _prices_missing(budget: Budget) -> Iterator[Lack]:
    """Tasks of which the own cost is known, but not what an outsider would charge."""
    blank = [
        task
        for task in budget.own_time
        if task.outside_price is None and time_cost(task, budget.settings.weeks_per_year).cost
    ]
    if blank:
        yield Lack(
            evidence=tuple(task.cell("outside_price") for task in blank),
            values={"tasks": tuple(_named(task) for task in blank)},
        )


def _named(task: OwnTimeTask) -> str:
    return f"{task.task} ({task.time_id})" if task.task and task.time_id else task.name


def _planned(amounts: tuple[Decimal | None, ...]) -> Decimal:
    return sum((amount or ZERO for amount in amounts), ZERO)
