"""Findings about lines that cost too much, and about own hours on them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import ROUND_DOWN, Decimal

from smsheets.analysis.facts import Facts
from smsheets.analysis.finding import Hit, Lack, Level, Wording, lack, rule
from smsheets.analysis.kpi_standards import rounded
from smsheets.analysis.shortages import Need, Shortage, takers_of, transfers_of
from smsheets.analysis.subjects import (
    first_cells,
    first_names,
    joined,
    line_id,
    line_name,
    line_root,
    month_name,
    places_of_line,
    spare_root,
)
from smsheets.cells import CellRef
from smsheets.money import Share
from smsheets.plan.budget import MONTHS_PER_YEAR, OWN_TIME, OwnTimeTask
from smsheets.plan.carry import ZERO
from smsheets.plan.record import add_known, round_figure
from smsheets.plan.spare_money import CENT, spread_over
from smsheets.plan.workload import person_key


@rule("budget.over")
def check_lines_within_budget(facts: Facts) -> Iterator[Hit | Lack]:
    """No line has overspent its budget to date by the share that counts as over. At stake is the overspend.

    It is a warning, not an error, where it is small beside the whole budget of the year, own time left out.
    """
    paid = add_known(line.year.budget for line in facts.budget_variance.lines if line.line.category != OWN_TIME)
    small = (paid or ZERO) * facts.thresholds["budget.small_share"]
    for item in facts.shortages:
        year = item.line.year
        if item.need is not Need.OVER or year.variance_share is None:
            continue
        values: dict[str, Wording] = {
            "actual": facts.money(year.actual),
            "over": facts.money(item.amount),
            "share": Share(-year.variance_share),
            "budget": facts.money(year.to_date),
        }
        level = Level.WARNING if item.amount < small else None
        yield _hit(item, facts, item.line.overspent_cells, values, _saving_case(item), level)
    yield from _actuals_missing(facts)


@rule("budget.move_money")
def check_spare_money_is_decided_on_once(facts: Facts) -> Iterator[Hit]:
    """A line has money that several others need: one decision shares it out. At stake is what moves."""
    for line in facts.budget_variance.lines:
        takers = takers_of(line, facts.shortages)
        if len(takers) < 2:
            continue
        first, second, *rest = takers
        ids = (line_id(line.line), *(line_id(item.line.line) for item in takers))
        yield Hit(
            about=line_id(line.line),
            root=spare_root(line.line),
            takes=ids,
            transfers=transfers_of(takers),
            evidence=(*line.last_actuals(1), *(item.line.overspent_cells[0] for item in takers)),
            values={
                "giver": line_name(line.line),
                "spare": facts.money(first.spare),
                "takers": tuple(line_name(item.line.line) for item in takers),
                "first": line_name(first.line.line),
                "first_amount": facts.money(first.take),
                "second": line_name(second.line.line),
                "second_amount": facts.money(second.take),
                "rest": tuple(line_name(item.line.line) for item in rest),
                "rest_amount": facts.money(sum((item.take for item in rest), ZERO)),
            },
            effect=sum((item.take for item in takers), ZERO),
            case="three_or_more" if rest else "",
        )


@rule("budget.unplanned")
def check_spending_planned(facts: Facts) -> Iterator[Hit]:
    """Nothing is spent on a line that has no budget. At stake is what it has cost."""
    for item in facts.shortages:
        if item.need is Need.UNPLANNED:
            case = "take" if item.giver is not None else "hours" if item.line.line.category == OWN_TIME else ""
            yield _hit(item, facts, item.line.overspent_cells, {"actual": facts.money(item.amount)}, case)


@rule("budget.pacing")
def check_pace_within_year(facts: Facts) -> Iterator[Hit]:
    """No line is on the way to overspend its year. At stake is what it would overspend."""
    for item in facts.shortages:
        if item.need is not Need.PACING:
            continue
        year, case = item.line.year, ""
        values: dict[str, Wording] = {
            "projected": facts.money(item.line.projected),
            "over": facts.money(item.amount),
            "budget": facts.money(year.budget),
            "end": month_name(facts.budget, len(item.line.months)),
        }
        most = spread_over((year.budget or ZERO) - (year.actual or ZERO), len(item.months_left), ROUND_DOWN)
        if most is not None and most > 0:
            values["most"] = facts.money(most)
            case = "slow_down" if item.giver is None else "slow_down_or_take"
        elif item.line.closed == len(item.line.months):
            case = "year_over"
        yield _hit(item, facts, item.line.last_actuals(int(facts.thresholds["budget.pace_months"])), values, case)


_TAKE = ("take", "take_or_save", "slow_down_or_take")
"""The cases in which a line is told to take money from another one."""


def _hit(
    item: Shortage,
    facts: Facts,
    evidence: tuple[CellRef, ...],
    values: dict[str, Wording],
    case: str,
    level: Level | None = None,
) -> Hit:
    """A line that needs money, with the line that could give it and the planned months left of the line itself."""
    values |= {"line": item.line.line.name, "months": len(item.months_left)}
    less = spread_over(item.amount, len(item.months_left))
    if less is not None:
        values["less"] = facts.money(less)
    if item.giver is not None:
        values |= {
            "giver": line_name(item.giver.line),
            "take": facts.money(item.take),
            "spare": facts.money(item.spare),
        }
    return Hit(
        about=line_id(item.line.line),
        root=line_root(item.line.line),
        within=(*places_of_line(item.line.line), *(() if item.giver is None else (spare_root(item.giver.line),))),
        takes=() if item.giver is None else (line_id(item.line.line), line_id(item.giver.line)),
        transfers=transfers_of([item]) if case in _TAKE else (),
        evidence=evidence,
        values=values,
        level=level,
        effect=item.amount,
        case=case,
    )


def _saving_case(item: Shortage) -> str:
    """The way out of an overspend: another line's money, what is still planned for the line, or both."""
    if item.giver is not None:
        return "take_or_save" if item.can_save else "take"
    if item.line.line.category == OWN_TIME:
        return "save_hours" if item.can_save else "hours"
    return "save" if item.can_save else ""


def _actuals_missing(facts: Facts) -> Iterator[Lack]:
    """The planned amounts of the last month that is over, where neither it nor a later month has an actual."""
    running = facts.budget_variance.running
    if running is None or running.number < 2 or facts.as_of.day <= facts.thresholds["budget.fill_days"]:
        return
    last = running.number - 1
    blank = [
        line.line
        for line in facts.budget_variance.lines
        for month in line.months[last - 1 : last]
        if not month.closed and (month.planned or ZERO) > 0
    ]
    month, lines = month_name(facts.budget, last), tuple(map(line_name, blank))
    yield from lack((line.cell("actual", last) for line in blank), month=month, lines=lines)


@rule("budget.actual_ahead")
def check_actuals_are_of_begun_months(facts: Facts) -> Iterator[Hit]:
    """No month that has not begun has an actual: typed by mistake, or zeros for the whole year."""
    budget = (facts.given or facts.plans).budget or facts.budget
    months = [(number, line) for line in budget.lines for number in budget.months_ahead(line.actual, facts.as_of)]
    ahead = sorted(months, key=lambda place: place[0])
    if not ahead:
        return
    yield Hit(
        about=joined(dict.fromkeys(line_id(line) for _, line in ahead)),
        evidence=first_cells(line.cell("actual", number) for number, line in ahead),
        values={
            "month": month_name(budget, ahead[0][0]),
            "lines": first_names(line_name(line) for _, line in ahead),
        },
    )


_OWN_TIME_ROOT = "own time"


@rule("budget.own_time_zero")
def check_own_time_counted(facts: Facts) -> Iterator[Hit]:
    """A budget with plans in it counts the own hours too."""
    lines = facts.budget.lines
    planned = [line for line in lines if sum(filter(None, line.planned), ZERO) > 0]
    if not planned or any(line.category == OWN_TIME for line in planned):
        return
    own = [line for line in lines if line.category == OWN_TIME]
    cost = add_known(item.cost.cost for item in facts.budget_variance.own_time)
    yield Hit(
        about=OWN_TIME,
        root=_OWN_TIME_ROOT,
        evidence=(own[0].cell("planned", 1) if own else lines[0].cell("category"),),
        values={"cost": facts.money(cost)},
        case="plan_hours" if cost else "",
    )


@rule("budget.hourly_value_missing")
def check_hours_valued(facts: Facts) -> Iterator[Hit]:
    """Every task with hours says what an hour is worth. A zero is no value: nobody's hour is worth nothing."""
    tasks = facts.budget.own_time
    free = [task for task in tasks if task.hours_per_week and task.hours_per_week > 0 and not task.hourly_value]
    if not free:
        return
    value = _value_elsewhere(free[0], tasks, facts)
    yield Hit(
        about="+".join(task.time_id or task.name for task in free),
        root=_OWN_TIME_ROOT,
        evidence=tuple(task.cell("hourly_value") for task in free),
        values={
            "tasks": tuple(map(_task_name, free)),
            "hours": rounded(sum((task.hours_per_week or ZERO for task in free), ZERO)),
            "task": free[0].name,
            "person": free[0].person or "",
            "value": facts.money(value),
        },
        case="as_elsewhere" if value else "",
    )


def _value_elsewhere(task: OwnTimeTask, tasks: Sequence[OwnTimeTask], facts: Facts) -> Decimal | None:
    """The worth of an hour of the same person for another task, or in the strategy's team."""
    if task.person is None:
        return None
    key = person_key(task.person)
    own = [item.hourly_value for item in tasks if person_key(item.person) == key and item.hourly_value]
    if own:
        return own[0]
    person = facts.team.get(key)
    return None if person is None or person.hourly_value is None else round_figure(person.hourly_value, CENT)


@rule("budget.cheaper_to_hire")
def check_own_time_cheaper(facts: Facts) -> Iterator[Hit | Lack]:
    """No task costs more in own time than an outsider would charge. At stake is what a year of it would save."""
    blank: list[OwnTimeTask] = []
    for item in facts.budget_variance.own_time:
        task, cost, saving = item.task, item.cost.cost, item.cost.saving
        if saving is None and cost:
            blank.append(task)
        if saving is None or cost is None or saving <= 0 or saving < facts.thresholds["budget.hire_share"] * cost:
            continue
        yield Hit(
            about=task.time_id or task.name,
            evidence=(task.cell("outside_price"), task.cell("hours_per_week")),
            values={
                "task": task.name,
                "cost": facts.money(cost),
                "price": facts.money(task.outside_price),
                "saving": facts.money(saving),
                "person": task.person or "",
                "hours": rounded(task.hours_per_week or ZERO, 1),
            },
            effect=saving * MONTHS_PER_YEAR,
            case="free_hours" if task.person else "",
        )
    yield from lack((task.cell("outside_price") for task in blank), tasks=tuple(map(_task_name, blank)))


def _task_name(task: OwnTimeTask) -> str:
    return f"{task.task} ({task.time_id})" if task.task and task.time_id else task.name
