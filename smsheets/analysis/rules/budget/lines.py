"""Findings about lines that cost too much, and about own hours on them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import ROUND_DOWN, Decimal

from smsheets.analysis.facts import Facts
from smsheets.analysis.finding import Hit, Lack, Level, Wording, rule
from smsheets.analysis.kpi_standards import rounded
from smsheets.analysis.rules.budget.evidence import (
    Need,
    Shortage,
    about_line,
    can_save,
    help_values,
    last_actuals,
    lines_of,
    money,
    month_of,
    named,
    overspent_cells,
    root_of,
    shortages_of,
    variance_of,
)
from smsheets.money import Share
from smsheets.plan.budget import MONTHS_PER_YEAR, OWN_TIME, Budget, OwnTimeTask, time_cost
from smsheets.plan.carry import ZERO
from smsheets.plan.record import add_known, round_figure
from smsheets.plan.spare_money import CENT, planned_months_left, spread_over
from smsheets.plan.workload import people_of, person_key

TAKE_OR_SAVE = (
    "Take {take} from {giver}, which has {spare} to spare, or spend {less} less on '{line}' in each of"
    " the {months} planned months left."
)
TAKE = "Take {take} from {giver}, which has {spare} to spare, and stop or cut '{line}'."
SAVE = "Spend {less} less on '{line}' in each of the {months} planned months left. No other line has money to spare."
SAVE_HOURS = (
    "Spend {less} less of your hours on '{line}' in each of the {months} planned months left, or plan the hours that"
    " it really takes."
)


@rule("budget.over")
def check_lines_within_budget(facts: Facts) -> Iterator[Hit | Lack]:
    """No line has overspent its budget to date by the share that counts as over. At stake is the overspend.

    It is a warning, not an error, where it is small beside the whole budget of the year, own time left out.
    """
    paid = [line.year.budget for line in lines_of(facts) if line.line.category != OWN_TIME]
    small = (add_known(paid) or ZERO) * facts.thresholds["budget.small_share"]
    for item in shortages_of(facts):
        year = item.line.year
        if item.need is not Need.OVER or year.variance_share is None:
            continue
        yield Hit(
            about=about_line(item.line.line),
            root=root_of(item.line.line),
            evidence=overspent_cells(item.line),
            values={
                "line": item.line.line.name,
                "actual": money(year.actual, facts),
                "over": money(item.amount, facts),
                "share": Share(-year.variance_share),
                "budget": money(year.to_date, facts),
                **help_values(item, facts),
            },
            level=Level.WARNING if item.amount < small else None,
            effect=item.amount,
            todo=_OVER_TODOS[_way_out(item)],
        )
    yield from _actuals_missing(facts)


_OVER_TODOS = {"hours": SAVE_HOURS, "take or save": TAKE_OR_SAVE, "take": TAKE, "save": SAVE, "": ""}


def _way_out(item: Shortage) -> str:
    saves = can_save(item)
    if item.line.line.category == OWN_TIME:
        return "hours" if saves else ""
    if item.giver is not None:
        return "take or save" if saves else "take"
    return "save" if saves else ""


def _actuals_missing(facts: Facts) -> Iterator[Lack]:
    """The planned amounts of the last month that is over, beside which no actual stands in it or later."""
    budget, found = facts.plans.budget, variance_of(facts)
    if budget is None or found is None or found.running is None or found.running.number < 2:
        return
    last = found.running.number - 1
    if facts.as_of.day <= facts.thresholds["budget.fill_days"]:
        return
    blank = [
        line.line
        for line in found.lines
        if last <= len(line.months) and not line.months[last - 1].closed and (line.months[last - 1].planned or ZERO) > 0
    ]
    if blank:
        yield Lack(
            evidence=tuple(line.cell("actual", last) for line in blank),
            values={"month": month_of(budget, last), "lines": tuple(named(line) for line in blank)},
        )


@rule("budget.unplanned")
def check_spending_planned(facts: Facts) -> Iterator[Hit]:
    """Nothing is spent on a line that has no budget. At stake is what it has cost."""
    for item in shortages_of(facts):
        if item.need is Need.UNPLANNED:
            yield Hit(
                about=about_line(item.line.line),
                root=root_of(item.line.line),
                evidence=overspent_cells(item.line),
                values={
                    "line": item.line.line.name,
                    "actual": money(item.amount, facts),
                    **help_values(item, facts),
                },
                effect=item.amount,
                case="plan_from" if item.giver is not None else "",
            )


@rule("budget.pacing")
def check_pace_within_year(facts: Facts) -> Iterator[Hit]:
    """No line is on the way to overspend its year. At stake is what it would overspend."""
    for item in shortages_of(facts):
        if item.need is not Need.PACING:
            continue
        values: dict[str, Wording] = {
            "line": item.line.line.name,
            "projected": money(item.line.projected, facts),
            "over": money(item.amount, facts),
            "budget": money(item.line.year.budget, facts),
            **help_values(item, facts),
        }
        months = len(planned_months_left(item.line.months))
        most = spread_over((item.line.year.budget or ZERO) - (item.line.year.actual or ZERO), months, ROUND_DOWN)
        slows = most is not None and most > 0
        if slows:
            values["most"] = money(most, facts)
        yield Hit(
            about=about_line(item.line.line),
            root=root_of(item.line.line),
            evidence=last_actuals(item.line, int(facts.thresholds["budget.pace_months"])),
            values=values,
            effect=item.amount,
            todo=_PACING_TODOS[slows, item.giver is not None],
        )


SLOW_DOWN_OR_TAKE = (
    "Spend at most {most} a month on '{line}' in the {months} planned months left, or take {take} from {giver}, which"
    " has {spare} to spare."
)
SLOW_DOWN = (
    "Spend at most {most} a month on '{line}' in the {months} planned months left, or decide where {over} come from."
)
_PACING_TODOS = {(True, True): SLOW_DOWN_OR_TAKE, (True, False): SLOW_DOWN, (False, True): "", (False, False): ""}


OWN_TIME_ROOT = "own time"


@rule("budget.own_time_zero")
def check_own_time_counted(facts: Facts) -> Iterator[Hit]:
    """A budget with plans in it counts the own hours too."""
    budget = facts.plans.budget
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
        values={"cost": money(cost, facts)},
        case="plan_own_time" if cost else "",
    )


@rule("budget.hourly_value_missing")
def check_hours_valued(facts: Facts) -> Iterator[Hit]:
    """Every task with hours says what an hour is worth. A zero is no value: nobody's hour is worth nothing."""
    budget = facts.plans.budget
    tasks = budget.own_time if budget is not None else ()
    free = [task for task in tasks if task.hours_per_week and task.hours_per_week > 0 and not task.hourly_value]
    if not free:
        return
    value = _value_elsewhere(free[0], tasks, facts)
    yield Hit(
        about="+".join(task.time_id or task.name for task in free),
        root=OWN_TIME_ROOT,
        evidence=tuple(task.cell("hourly_value") for task in free),
        values={
            "tasks": tuple(_named(task) for task in free),
            "hours": rounded(sum((task.hours_per_week or ZERO for task in free), ZERO)),
            "task": free[0].name,
            "person": free[0].person or "",
            "value": money(value, facts),
        },
        case="value_as_elsewhere" if value else "",
    )


def _value_elsewhere(task: OwnTimeTask, tasks: Sequence[OwnTimeTask], facts: Facts) -> Decimal | None:
    """What an hour of the same person is worth for another task, or in the strategy's team."""
    if task.person is None:
        return None
    key = person_key(task.person)
    own = [item.hourly_value for item in tasks if person_key(item.person) == key and item.hourly_value]
    if own:
        return own[0]
    strategy = facts.plans.strategy
    person = people_of(strategy.team).get(key) if strategy is not None else None
    return None if person is None or person.hourly_value is None else round_figure(person.hourly_value, CENT)


@rule("budget.cheaper_to_hire")
def check_own_time_cheaper(facts: Facts) -> Iterator[Hit | Lack]:
    """No task costs more in own time than an outsider would charge. At stake is what a year of it would save."""
    budget = facts.plans.budget
    if budget is None:
        return
    for task in budget.own_time:
        cost = time_cost(task, budget.settings.weeks_per_year)
        if cost.cost is None or cost.outside_price is None or cost.saving is None or cost.saving <= 0:
            continue
        if cost.saving >= facts.thresholds["budget.hire_share"] * cost.cost:
            hours = rounded((task.hours_per_week or ZERO), 1)
            yield Hit(
                about=task.time_id or task.name,
                evidence=(task.cell("outside_price"), task.cell("hours_per_week")),
                values={
                    "task": task.name,
                    "cost": money(cost.cost, facts),
                    "price": money(cost.outside_price, facts),
                    "saving": money(cost.saving, facts),
                    "person": task.person or "",
                    "hours": hours,
                },
                effect=cost.saving * MONTHS_PER_YEAR,
                case="free_hours" if task.person else "",
            )
    yield from _prices_missing(budget)


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
