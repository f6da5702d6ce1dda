"""Who has how much on the plate: the sheet By person, and hours needed against hours that people have."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal

import msgspec

from smsheets.plan.roadmap import Initiative, Roadmap, Task
from smsheets.plan.working_days import DAYS_IN_WEEK, week_end

_PRIORITIES = {"high": 0, "medium": 1, "low": 2}


class PersonLoad(msgspec.Struct, frozen=True, kw_only=True):
    """The board of one person.

    Attributes:
        open: Tasks not done, whenever they are due.
        due_this_week: Open tasks due from the as-of date to the Sunday of its week.
        overdue: Open tasks due before the as-of date.
        hours_open: The hours of the open tasks; None where no open task has any.
        initiatives_overdue: Unfinished initiatives of this owner that were due before the as-of date.
    """

    person: str
    open: int
    due_this_week: int
    overdue: int
    done: int
    hours_open: Decimal | None
    initiatives_overdue: int


class Overload(msgspec.Struct, frozen=True, kw_only=True):
    """Hours that do not fit: all open tasks due up to and with `until` against the hours of the weeks up to then."""

    until: date
    needed: Decimal
    available: Decimal
    tasks: tuple[Task, ...]


def person_loads(roadmap: Roadmap, as_of: date) -> tuple[PersonLoad, ...]:
    """One load per owner of a task or an initiative, in the order of the sheets (tasks first)."""
    owners = [task.owner for task in roadmap.tasks_in_use]
    owners += [initiative.owner for initiative in roadmap.initiatives_in_use]
    return tuple(_person_load(person, roadmap, as_of) for person in dict.fromkeys(owners) if person is not None)


def tasks_overdue(tasks: Iterable[Task], as_of: date) -> tuple[Task, ...]:
    """The open tasks that were due before `as_of`."""
    return tuple(task for task in tasks if task.is_overdue(as_of))


def find_overload(tasks: Iterable[Task], hours_per_week: Decimal, as_of: date, weeks: int) -> Overload | None:
    """The first of the next weeks by whose end more hours are due than there are; None where all fits.

    The tasks are those of one person. The week of `as_of` counts as a whole week of hours, which is kind to late
    starters; a task without hours counts as none. Overdue tasks are due in the first week.
    """
    timed = [task for task in tasks if task.open and task.due is not None and task.hours is not None]
    for number in range(weeks):
        until = week_end(as_of) + timedelta(days=number * DAYS_IN_WEEK)
        due = tuple(task for task in timed if task.due is not None and task.due <= until)
        needed = sum((task.hours for task in due if task.hours is not None), Decimal(0))
        available = hours_per_week * (number + 1)
        if needed > available:
            return Overload(until=until, needed=needed, available=available, tasks=due)
    return None


def spare_hours(tasks: Iterable[Task], hours_per_week: Decimal, as_of: date, until: date) -> Decimal:
    """The hours of a person from the week of `as_of` to that of `until` which no open task due by then needs.

    Below zero, so many are missing. The tasks are those of one person; a task without hours counts as none.
    """
    weeks = (week_end(until) - week_end(as_of)).days // DAYS_IN_WEEK + 1
    due = [task.hours for task in tasks if task.open and task.due is not None and task.due <= until]
    return hours_per_week * max(weeks, 0) - sum((hours for hours in due if hours is not None), Decimal(0))


def tasks_to_move(overload: Overload) -> tuple[Task, ...]:
    """Tasks without which the rest of an overload fits: the least urgent first, no more than needed."""
    over = overload.needed - overload.available
    moved: list[Task] = []
    for task in sorted(overload.tasks, key=urgency, reverse=True):
        if over <= 0:
            break
        if task.hours:
            moved.append(task)
            over -= task.hours
    return tuple(task for task in overload.tasks if task in moved)


def urgency(task: Task) -> tuple[int, date]:
    """Sorts tasks by what to do first: by priority, then by due date; without either, last."""
    return _PRIORITIES.get(task.priority or "", len(_PRIORITIES)), task.due or date.max


def _person_load(person: str, roadmap: Roadmap, as_of: date) -> PersonLoad:
    tasks = [task for task in roadmap.tasks_in_use if task.owner == person]
    open_tasks = [task for task in tasks if task.open]
    hours = [task.hours for task in open_tasks if task.hours is not None]
    this_week = [task for task in open_tasks if task.due is not None and as_of <= task.due <= week_end(as_of)]
    return PersonLoad(
        person=person,
        open=len(open_tasks),
        due_this_week=len(this_week),
        overdue=len(tasks_overdue(tasks, as_of)),
        done=sum(task.done for task in tasks),
        hours_open=sum(hours, Decimal(0)) if hours else None,
        initiatives_overdue=sum(
            _is_overdue(initiative, as_of) for initiative in roadmap.initiatives_in_use if initiative.owner == person
        ),
    )


def _is_overdue(initiative: Initiative, as_of: date) -> bool:
    return initiative.unfinished and initiative.due is not None and initiative.due < as_of
