"""Rules about too much at once: what is begun and not finished helps nobody."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from smsheets.analysis.context import Context
from smsheets.analysis.finding import Hit, Level, rule
from smsheets.analysis.rules.roadmap.causes import cause_in_time_of, id_of, named
from smsheets.analysis.rules.roadmap.initiatives import unfinished_initiatives
from smsheets.analysis.rules.roadmap.people import tasks_by_person
from smsheets.plan.roadmap import Initiative
from smsheets.plan.slip import known_done_share
from smsheets.plan.team import person_key
from smsheets.plan.workload import urgency

_LIMIT_WORK = "Work begun is limited (Kanban); the number is this program's default"


@rule(
    "roadmap.initiatives_at_once",
    level=Level.WARNING,
    needs=("roadmap",),
    says="{person} runs {count} initiatives at once: {initiatives}. More than {limit} keep each other waiting.",
    todo="Put {paused} on hold until {first} is finished, or give them to somebody else.",
    source=_LIMIT_WORK,
    thresholds=("roadmap.initiatives_at_once",),
    weight=2,
)
def check_initiatives_at_once(context: Context) -> Iterator[Hit]:
    """People who own more running initiatives than they can see to.

    Those to put on hold are the ones with least done; the one to finish first is the one with most.
    """
    limit = int(context.thresholds["roadmap.initiatives_at_once"])
    running: dict[str, list[Initiative]] = {}
    for item in unfinished_initiatives(context):
        if item.owner is not None and _is_running(item, context.as_of):
            running.setdefault(person_key(item.owner), []).append(item)
    for items in running.values():
        if len(items) <= limit:
            continue
        by_done = sorted(items, key=lambda item: known_done_share(item) or Decimal(0), reverse=True)
        person = items[0].owner or ""
        yield Hit(
            about=person,
            root=cause_in_time_of(person),
            evidence=tuple(item.cell("owner") for item in items),
            values={
                "person": person,
                "count": len(items),
                "initiatives": tuple(id_of(item) for item in items),
                "limit": limit,
                "first": id_of(by_done[0]),
                "paused": tuple(id_of(item) for item in by_done[max(limit, 1) :]),
            },
        )


@rule(
    "roadmap.tasks_at_once",
    level=Level.NOTE,
    needs=("roadmap",),
    says="{person} has {count} tasks in progress at once: {tasks}. More than {limit} are seldom finished soon.",
    todo="Finish {kept} first, and put {others} back to Next.",
    source=_LIMIT_WORK,
    thresholds=("roadmap.tasks_at_once",),
    weight=2,
)
def check_tasks_at_once(context: Context) -> Iterator[Hit]:
    """People with too many tasks under In progress; those to finish first are the most urgent."""
    limit = int(context.thresholds["roadmap.tasks_at_once"])
    for tasks in tasks_by_person(context).values():
        begun = [task for task in tasks if task.status == "in_progress"]
        if len(begun) <= limit:
            continue
        by_urgency = sorted(begun, key=urgency)
        person, kept = begun[0].owner or "", max(limit, 1)
        yield Hit(
            about=person,
            root=cause_in_time_of(person),
            evidence=tuple(task.cell("status") for task in begun),
            values={
                "person": person,
                "count": len(begun),
                "tasks": named(begun),
                "limit": limit,
                "kept": named(by_urgency[:kept]),
                "others": named(by_urgency[kept:]),
            },
        )


def _is_running(item: Initiative, as_of: date) -> bool:
    """In progress, by its word; without a word, by its start."""
    if item.status is None:
        return item.start is not None and item.start <= as_of
    return item.status == "in_progress"
