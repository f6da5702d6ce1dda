"""Rules about the task board: does every running initiative have a next step, and what stands still?"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from smsheets.analysis.context import Context
from smsheets.analysis.finding import Hit, Level, rule
from smsheets.analysis.rules.roadmap.causes import cause_in, id_of, ids_of, named
from smsheets.analysis.rules.roadmap.initiatives import unfinished_initiatives
from smsheets.plan.dependencies import TaskIndex
from smsheets.plan.workload import urgency

_OWNER_WRITES = "Ask {owner} for the next step of '{initiative}', and write it on the sheet Tasks with a day."
_ASK_OWNER = "Ask {owner} today what {first} ('{task}') waits for, and who can settle it; else move its due date."


@rule(
    "roadmap.no_next_task",
    level=Level.NOTE,
    needs=("roadmap",),
    says="'{initiative}' is in progress, but no open task says what comes next.",
    todo="Write the next step of '{initiative}' on the sheet Tasks, with an owner and a day.",
    source="This program's own rule: what has no next step stands still",
)
def check_running_have_next_task(context: Context) -> Iterator[Hit]:
    """Initiatives in progress with an open task. Nothing is said while the board has no tasks at all."""
    roadmap = context.plans.roadmap
    if roadmap is None or not roadmap.tasks_in_use:
        return
    tasks = TaskIndex(roadmap)
    for item in unfinished_initiatives(context):
        if item.status == "in_progress" and not any(task.open for task in tasks.of(item)):
            yield Hit(
                about=id_of(item),
                root=cause_in(item),
                evidence=(item.cell("status"), item.cell("initiative_id")),
                values={"initiative": item.name, "owner": item.owner or ""},
                todo=_OWNER_WRITES if item.owner is not None else "",
            )


@rule(
    "roadmap.on_hold_due_soon",
    level=Level.WARNING,
    needs=("roadmap",),
    says="Tasks on hold that are due by {until}: {tasks}.",
    todo="Find out today what {first} ('{task}') waits for, and who can settle it; else move its due date.",
    source="This program's own rule: what stands still does not get done by itself",
    thresholds=("roadmap.on_hold_days",),
    weight=2,
)
def check_held_tasks_are_not_due(context: Context) -> Iterator[Hit]:
    """Tasks on hold that are due within the table's number of days; overdue ones are told by another rule."""
    roadmap = context.plans.roadmap
    until = context.as_of + timedelta(days=int(context.thresholds["roadmap.on_hold_days"]))
    held = [
        task
        for task in (roadmap.tasks_in_use if roadmap is not None else ())
        if task.status == "on_hold" and task.due is not None and context.as_of <= task.due <= until
    ]
    if held:
        first = min(held, key=urgency)
        yield Hit(
            about=ids_of(held),
            evidence=tuple(task.cell("status") for task in held),
            values={
                "until": until,
                "tasks": named(held),
                "first": first.name,
                "task": first.task or "",
                "owner": first.owner or "",
            },
            todo=_ASK_OWNER if first.owner is not None else "",
        )
