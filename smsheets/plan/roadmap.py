"""The roadmap plan: initiatives, their tasks, the days off, and which initiative waits for which."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal

import msgspec

from smsheets.plan.record import Plan, Record, first_by, group_by


class Initiative(Record, frozen=True, kw_only=True):
    """One initiative. Dates count whole days: work begins on `start` and is to be finished by the end of `due`.

    Attributes:
        done_share: The owner's word for how much is done; None is unknown.
        finished_on: The day it was really finished.
        depends_on: Ids of the initiatives that must be finished first.
        planned_budget: In the workbook's currency, for the whole initiative.
        line_ids: Lines of the budget workbook that pay for it.
    """

    initiative_id: str | None = None
    initiative: str | None = None
    goal_id: str | None = None
    owner: str | None = None
    start: date | None = None
    due: date | None = None
    done_share: Decimal | None = None
    status: str | None = None
    finished_on: date | None = None
    channel: str | None = None
    depends_on: tuple[str, ...] = ()
    planned_budget: Decimal | None = None
    line_ids: tuple[str, ...] = ()
    resources: str | None = None
    risk: str | None = None
    success_measure: str | None = None
    result: str | None = None

    @property
    def in_use(self) -> bool:
        """The row holds more than the id that a new workbook has in it."""
        return any(value is not None for value in (self.initiative, self.start, self.due, self.status))

    @property
    def finished(self) -> bool:
        """The work is done: status Done, or 100 % done."""
        return self.status == "done" or (self.done_share is not None and self.done_share >= 1)

    @property
    def cancelled(self) -> bool:
        """It was given up."""
        return self.status == "cancelled"

    @property
    def unfinished(self) -> bool:
        """Work is still to be done."""
        return self.in_use and not self.finished and not self.cancelled

    @property
    def name(self) -> str:
        """Its text, or its id where that is missing."""
        return self.initiative or self.initiative_id or ""


class Task(Record, frozen=True, kw_only=True):
    """One task of the board. `hours` is the working time it takes in all, None where nobody guessed."""

    task_id: str | None = None
    task: str | None = None
    initiative_id: str | None = None
    owner: str | None = None
    priority: str | None = None
    due: date | None = None
    status: str | None = None
    hours: Decimal | None = None

    @property
    def in_use(self) -> bool:
        """The row holds more than its id."""
        return any(value is not None for value in (self.task, self.due, self.status))

    @property
    def name(self) -> str:
        """Its id, or its text where that is missing."""
        return self.task_id or self.task or ""

    @property
    def done(self) -> bool:
        """Its status is Done."""
        return self.status == "done"

    @property
    def open(self) -> bool:
        """It is still to be done, as a task without a status is."""
        return self.in_use and not self.done

    def is_overdue(self, as_of: date) -> bool:
        """True if it was due before `as_of` and is not done."""
        return self.open and self.due is not None and self.due < as_of


class Holiday(Record, frozen=True, kw_only=True):
    """A day on which nobody works."""

    date: date | None = None
    name: str | None = None


class RoadmapSettings(Record, frozen=True, kw_only=True):
    """Where the sheet draws its line: `slip_days` working days behind plan is slipping."""

    slip_days: int | None = None


class DaysOff(msgspec.Struct, frozen=True, kw_only=True):
    """The days on which nobody works: these dates, and every week the weekend (1 = Monday ... 7 = Sunday)."""

    dates: frozenset[date] = frozenset()
    weekend: frozenset[int] = frozenset({6, 7})

    def __contains__(self, day: date) -> bool:
        return day.isoweekday() in self.weekend or day in self.dates


class BoardView(Record, frozen=True, kw_only=True):
    """Whose tasks the sheet By person shows; None is everybody's."""

    person: str | None = None


class Roadmap(Plan, frozen=True, kw_only=True):
    """A roadmap workbook that was read."""

    initiatives: tuple[Initiative, ...] = ()
    tasks: tuple[Task, ...] = ()
    holidays: tuple[Holiday, ...] = ()
    settings: RoadmapSettings = RoadmapSettings()
    board_view: BoardView = BoardView()

    @property
    def days_off(self) -> DaysOff:
        """The weekend and the dates of the sheet Holidays."""
        dates = frozenset(holiday.date for holiday in self.holidays if holiday.date is not None)
        if self.start.weekend is None:
            return DaysOff(dates=dates)
        return DaysOff(dates=dates, weekend=frozenset(n for n, mark in enumerate(self.start.weekend, 1) if mark == "1"))

    @property
    def initiatives_in_use(self) -> tuple[Initiative, ...]:
        """The initiatives without the rows that hold nothing but an id."""
        return tuple(initiative for initiative in self.initiatives if initiative.in_use)

    @property
    def tasks_in_use(self) -> tuple[Task, ...]:
        """The tasks without the rows that hold nothing but an id."""
        return tuple(task for task in self.tasks if task.in_use)


def id_key(text: str | None) -> str:
    """An id as it is compared: `i1 ` and `I1` are the same; None is empty."""
    return (text or "").strip().casefold()


def initiatives_by_id(initiatives: Iterable[Initiative]) -> dict[str, Initiative]:
    """Initiatives by `id_key`; where an id is used twice, the first one."""
    named = (initiative for initiative in initiatives if initiative.initiative_id is not None)
    return first_by(named, lambda initiative: id_key(initiative.initiative_id))


class TaskIndex:
    """The tasks of a roadmap by the initiative they belong to."""

    def __init__(self, roadmap: Roadmap | None) -> None:
        tasks = roadmap.tasks_in_use if roadmap is not None else ()
        linked = (task for task in tasks if task.initiative_id is not None)
        self._tasks = group_by(linked, lambda task: id_key(task.initiative_id))

    def of(self, initiative: Initiative) -> tuple[Task, ...]:
        """The tasks that name an initiative, done ones too; none for one without an id."""
        return tuple(self._tasks.get(id_key(initiative.initiative_id or ""), ()))


def likely_end(initiative: Initiative, as_of: date) -> date | None:
    """The day by which it ends at the earliest: finished on, else due, else (past due) not before `as_of`."""
    if initiative.finished:
        return initiative.finished_on or initiative.due
    return None if initiative.due is None else max(initiative.due, as_of)


def find_circles(by_id: Mapping[str, Initiative]) -> tuple[tuple[Initiative, ...], ...]:
    """The circles of initiatives that wait for each other, each once, from its first one on the sheet on.

    Not every way round: of circles over the same initiatives only one, and of crossing circles at least one.
    """
    waits = {
        key: [id_key(other) for other in initiative.depends_on if id_key(other) in by_id]
        for key, initiative in by_id.items()
    }
    order = {key: number for number, key in enumerate(by_id)}
    circles: dict[frozenset[str], tuple[Initiative, ...]] = {}
    closed: set[str] = set()
    for first in by_id:
        for circle in _circles_from(first, waits, closed):
            begin = min(range(len(circle)), key=lambda place: order[circle[place]])
            turned = circle[begin:] + circle[:begin]
            circles.setdefault(frozenset(circle), tuple(by_id[key] for key in turned))
    return tuple(circles.values())


def _circles_from(first: str, waits: Mapping[str, list[str]], closed: set[str]) -> list[list[str]]:
    """Walks depth first; adds to `closed` what was walked to the end."""
    found: list[list[str]] = []
    path: list[str] = []
    stack = [(first, iter([first]))]
    while stack:
        _, ways = stack[-1]
        step = next(ways, None)
        if step is None:
            stack.pop()
            if path:
                closed.add(path.pop())
        elif step in path:
            found.append(path[path.index(step) :])
        elif step not in closed:
            path.append(step)
            stack.append((step, iter(waits[step])))
    return found
