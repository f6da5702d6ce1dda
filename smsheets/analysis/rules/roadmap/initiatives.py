"""Rules about initiatives and tasks: late, without an owner, done without a result."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from smsheets.analysis.context import Context
from smsheets.analysis.finding import Hit, Level, Wording, rule
from smsheets.analysis.rules.roadmap.causes import cause_in, goals_by_id, id_of, ids_of, named
from smsheets.plan.goals import Goal
from smsheets.plan.roadmap import Initiative, TaskIndex, id_key
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


_ASK_GOAL_OWNER = "Ask {person} first, who owns its goal {goal}. What everybody owns, nobody does."
_ASK_TASK_OWNERS = "Ask {people} first: its tasks are theirs. What everybody owns, nobody does."
_SAME_CHANNEL = (
    "Goal {goal} '{goal_name}' is about the same channel: write {goal} beside '{initiative}' if it works for that, or "
    "drop it."
)
_DATES_OF_TASKS = (
    "Begin with the due dates of its tasks: the last one is due on {last}. A rough guess is better than none."
)
_COMPARE = "Write down the result of '{initiative}' with a number. What you wanted: {measure}"


def unfinished_initiatives(context: Context) -> tuple[Initiative, ...]:
    """The initiatives that still need something done; none without a roadmap."""
    roadmap = context.plans.roadmap
    return tuple(item for item in roadmap.initiatives if item.unfinished) if roadmap is not None else ()


@rule(
    "roadmap.no_owner",
    level=Level.WARNING,
    needs=("roadmap",),
    says="Nobody owns '{initiative}'.",
    todo="Choose one person who sees to it that '{initiative}' gets done. What everybody owns, nobody does.",
    source="One owner per initiative",
    weight=2,
)
def check_initiatives_have_owner(context: Context) -> Iterator[Hit]:
    """Unfinished initiatives without an owner."""
    tasks, goals = TaskIndex(context.plans.roadmap), goals_by_id(context)
    for item in unfinished_initiatives(context):
        if item.owner is not None:
            continue
        goal = goals.get(id_key(item.goal_id or ""))
        people = tuple(dict.fromkeys(task.owner for task in tasks.of(item) if task.owner is not None))
        values: dict[str, Wording] = {"initiative": item.name}
        if goal is not None and goal.owner is not None:
            values.update(person=goal.owner, goal=goal.goal_id or goal.name)
        elif people:
            values.update(people=people)
        yield Hit(
            about=id_of(item),
            root=cause_in(item),
            evidence=(item.cell("owner"),),
            values=values,
            todo=_ASK_GOAL_OWNER if "person" in values else _ASK_TASK_OWNERS if "people" in values else "",
        )


@rule(
    "roadmap.no_goal",
    level=Level.WARNING,
    needs=("roadmap",),
    says="'{initiative}' serves no goal.",
    todo="Name the goal that '{initiative}' serves, or drop it: its time and money are taken from your goals.",
    source="Every initiative serves a goal of the strategy",
)
def check_initiatives_have_goal(context: Context) -> Iterator[Hit]:
    """Unfinished initiatives without a goal id. The effect is what they are planned to cost."""
    by_channel: dict[str | None, Goal] = {}
    for goal in goals_by_id(context).values():
        by_channel.setdefault(goal.channel, goal)
    for item in unfinished_initiatives(context):
        if item.goal_id is not None:
            continue
        near = by_channel.get(item.channel) if item.channel is not None else None
        values: dict[str, Wording] = {"initiative": item.name}
        if near is not None:
            values.update(goal=near.goal_id or "", goal_name=near.name)
        yield Hit(
            about=id_of(item),
            root=cause_in(item),
            evidence=(item.cell("goal_id"),),
            values=values,
            effect=item.planned_budget or None,
            todo=_SAME_CHANNEL if near is not None else "",
        )


@rule(
    "roadmap.no_dates",
    level=Level.NOTE,
    needs=("roadmap",),
    says="'{initiative}' has no start date or no due date, so nobody can tell whether it is late.",
    todo="Fill in both dates of '{initiative}'; a rough guess is better than none.",
    source="Slip needs a start and a due date",
)
def check_initiatives_have_dates(context: Context) -> Iterator[Hit]:
    """Unfinished initiatives that lack one of their dates."""
    tasks = TaskIndex(context.plans.roadmap)
    for item in unfinished_initiatives(context):
        missing = tuple(field for field in ("start", "due") if getattr(item, field) is None)
        if not missing:
            continue
        ends = [task.due for task in tasks.of(item) if task.due is not None]
        last = max(ends) if ends and item.due is None else None
        yield Hit(
            about=id_of(item),
            root=cause_in(item),
            evidence=tuple(item.cell(field) for field in missing),
            values={"initiative": item.name} if last is None else {"initiative": item.name, "last": last},
            todo="" if last is None else _DATES_OF_TASKS,
        )


@rule(
    "roadmap.no_success_measure",
    level=Level.NOTE,
    needs=("roadmap",),
    says="Nobody has said when '{initiative}' is a success.",
    todo="Write a sentence with a number into 'Success is when' before more work goes into '{initiative}': otherwise "
    "anything will do.",
    source="This program's own rule: success is agreed on before the work, not after it",
)
def check_initiatives_have_measure(context: Context) -> Iterator[Hit]:
    """Unfinished initiatives that are named, but not how their success is measured."""
    for item in unfinished_initiatives(context):
        if item.initiative is not None and item.success_measure is None:
            yield Hit(
                about=id_of(item),
                root=cause_in(item),
                evidence=(item.cell("success_measure"),),
                values={"initiative": item.name},
            )


@rule(
    "roadmap.due_before_start",
    level=Level.ERROR,
    needs=("roadmap",),
    says="'{initiative}' is due on {due}, before it starts on {start}.",
    todo="Correct the start or the due date of '{initiative}'.",
    source="A due date is not before the start",
)
def check_dates_in_order(context: Context) -> Iterator[Hit]:
    """Initiatives whose two dates are the wrong way round."""
    roadmap = context.plans.roadmap
    for item in roadmap.initiatives if roadmap is not None else ():
        if item.start is not None and item.due is not None and item.due < item.start and not item.cancelled:
            yield Hit(
                about=id_of(item),
                root=cause_in(item),
                evidence=(item.cell("due"), item.cell("start")),
                values={"initiative": item.name, "due": item.due, "start": item.start},
            )


@rule(
    "roadmap.done_without_result",
    level=Level.NOTE,
    needs=("roadmap",),
    says="'{initiative}' is done, but what came of it is not written down.",
    todo="Write down the result of '{initiative}' in one sentence with a number: the next plan is made from it.",
    source="An initiative ends with a result",
)
def check_done_has_result(context: Context) -> Iterator[Hit]:
    """Finished initiatives without a result. The effect is what they were planned to cost: unknown, it is lost."""
    roadmap = context.plans.roadmap
    for item in roadmap.initiatives if roadmap is not None else ():
        if item.in_use and item.finished and item.result is None:
            yield Hit(
                about=id_of(item),
                root=cause_in(item),
                evidence=(item.cell("result"), item.cell("success_measure")),
                values={"initiative": item.name, "measure": item.success_measure or ""},
                effect=item.planned_budget or None,
                todo=_COMPARE if item.success_measure is not None else "",
            )
