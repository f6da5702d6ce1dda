"""Rules about people and their tasks."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from smsheets.analysis.context import Context
from smsheets.analysis.finding import Hit, Level, rule
from smsheets.plan.dependencies import id_key
from smsheets.plan.roadmap import Task
from smsheets.plan.workload import find_overload, tasks_overdue

TASKS_NAMED = 5
"""More ids than this in one sentence are not read by anybody."""


@rule(
    "roadmap.tasks_overdue",
    level=Level.WARNING,
    needs=("roadmap",),
    says="Overdue tasks of {person}: {count} ({tasks}).",
    todo="Do them, hand them over, or set due dates that hold; delete what nobody misses.",
    source="Due dates on the sheet Tasks",
)
def check_tasks_in_time(context: Context) -> Iterator[Hit]:
    """People with tasks past their due date; one finding per person."""
    for person, tasks in _tasks_by_person(context).items():
        late = tasks_overdue(tasks, context.as_of)
        if late:
            yield Hit(
                evidence=tuple(task.cell("due") for task in late),
                values={"person": person, "count": len(late), "tasks": _named(late)},
            )


@rule(
    "roadmap.tasks_no_owner",
    level=Level.NOTE,
    needs=("roadmap",),
    says="Open tasks without an owner: {count} ({tasks}).",
    todo="Give each of them to one person, or delete it.",
    source="One owner per task",
)
def check_tasks_have_owner(context: Context) -> Iterator[Hit]:
    """Open tasks that nobody has; one finding for all of them."""
    roadmap = context.plans.roadmap
    lonely = tuple(task for task in roadmap.tasks if task.open and task.owner is None) if roadmap is not None else ()
    if lonely:
        yield Hit(
            evidence=tuple(task.cell("owner") for task in lonely),
            values={"count": len(lonely), "tasks": _named(lonely)},
        )


@rule(
    "roadmap.over_hours",
    level=Level.WARNING,
    needs=("roadmap", "strategy"),
    says="{person} has {needed} hours of tasks due by {until}, but only {available} hours until then.",
    todo="Move or drop tasks of {person} until they fit ({tasks}), or find somebody to share them with.",
    source="Hours on the sheet Tasks against hours per week in the strategy's Team",
    thresholds=("roadmap.weeks_ahead",),
)
def check_hours_suffice(context: Context) -> Iterator[Hit]:
    """People of the team whose open tasks need more hours than they have; the first week in which it shows.

    A person's hours are those of all their roles. People without hours in the strategy are left out.
    """
    weeks = int(context.thresholds["roadmap.weeks_ahead"])
    hours = _hours_by_person(context)
    for person, tasks in _tasks_by_person(context).items():
        if id_key(person) not in hours:
            continue
        overload = find_overload(tasks, hours[id_key(person)], context.as_of, weeks)
        if overload is not None:
            yield Hit(
                evidence=tuple(task.cell("hours") for task in overload.tasks),
                values={
                    "person": person,
                    "needed": overload.needed,
                    "until": overload.until,
                    "available": overload.available,
                    "tasks": _named(overload.tasks),
                },
            )


def _tasks_by_person(context: Context) -> dict[str, list[Task]]:
    roadmap = context.plans.roadmap
    found: dict[str, list[Task]] = {}
    for task in roadmap.tasks if roadmap is not None else ():
        if task.open and task.owner is not None:
            found.setdefault(task.owner, []).append(task)
    return found


def _hours_by_person(context: Context) -> dict[str, Decimal]:
    strategy = context.plans.strategy
    found: dict[str, Decimal] = {}
    for role in strategy.team if strategy is not None else ():
        if role.person is not None and role.hours_per_week is not None:
            found[id_key(role.person)] = found.get(id_key(role.person), Decimal(0)) + role.hours_per_week
    return found


def _named(tasks: tuple[Task, ...]) -> tuple[str, ...]:
    names = tuple(task.task_id or task.task or "" for task in tasks)
    return names if len(names) <= TASKS_NAMED else (*names[:TASKS_NAMED], "...")
