"""Which initiative waits for which: ids to initiatives, and circles that nobody can ever begin."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from smsheets.plan.roadmap import Initiative, Roadmap, Task


def id_key(text: str) -> str:
    """An id as it is compared: `i1 ` and `I1` are the same."""
    return text.strip().casefold()


def initiatives_by_id(initiatives: Iterable[Initiative]) -> dict[str, Initiative]:
    """Initiatives by `id_key`; where an id stands twice, the first one."""
    found: dict[str, Initiative] = {}
    for initiative in initiatives:
        if initiative.initiative_id is not None:
            found.setdefault(id_key(initiative.initiative_id), initiative)
    return found


class TaskIndex:
    """The tasks of a roadmap by the initiative they belong to."""

    def __init__(self, roadmap: Roadmap | None) -> None:
        self._tasks: dict[str, list[Task]] = {}
        for task in roadmap.tasks_in_use if roadmap is not None else ():
            if task.initiative_id is not None:
                self._tasks.setdefault(id_key(task.initiative_id), []).append(task)

    def of(self, initiative: Initiative) -> tuple[Task, ...]:
        """The tasks that name an initiative, done ones too; none for one without an id."""
        return tuple(self._tasks.get(id_key(initiative.initiative_id or ""), ()))


def likely_end(initiative: Initiative, as_of: date) -> date | None:
    """The day by which it ends at the earliest: finished on, else due, else (past due) not before `as_of`."""
    if initiative.finished:
        return initiative.finished_on or initiative.due
    if initiative.due is None:
        return None
    return max(initiative.due, as_of)


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
