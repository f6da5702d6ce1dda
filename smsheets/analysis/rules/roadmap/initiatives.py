"""Rules about initiatives and tasks: late, without an owner, done without a result."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from smsheets.analysis.facts import Facts
from smsheets.analysis.finding import Hit, Wording, rule
from smsheets.analysis.rules.roadmap.causes import cause_in, goals_by_id, id_of, ids_of, named
from smsheets.plan.goals import Goal
from smsheets.plan.roadmap import Initiative, TaskIndex, id_key
from smsheets.plan.workload import urgency


@rule("roadmap.no_next_task")
def check_running_have_next_task(facts: Facts) -> Iterator[Hit]:
    """Initiatives in progress with an open task. Nothing is said while the board has no tasks at all."""
    roadmap = facts.plans.roadmap
    if roadmap is None or not roadmap.tasks_in_use:
        return
    tasks = TaskIndex(roadmap)
    for item in unfinished_initiatives(facts):
        if item.status == "in_progress" and not any(task.open for task in tasks.of(item)):
            yield Hit(
                about=id_of(item),
                root=cause_in(item),
                evidence=(item.cell("status"), item.cell("initiative_id")),
                values={"initiative": item.name, "owner": item.owner or ""},
                case="owner_writes" if item.owner is not None else "",
            )


@rule("roadmap.on_hold_due_soon")
def check_held_tasks_are_not_due(facts: Facts) -> Iterator[Hit]:
    """Tasks on hold that are due within the table's number of days; overdue ones are told by another rule."""
    roadmap = facts.plans.roadmap
    until = facts.as_of + timedelta(days=int(facts.thresholds["roadmap.on_hold_days"]))
    held = [
        task
        for task in (roadmap.tasks_in_use if roadmap is not None else ())
        if task.status == "on_hold" and task.due is not None and facts.as_of <= task.due <= until
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
            case="ask_owner" if first.owner is not None else "",
        )


def unfinished_initiatives(facts: Facts) -> tuple[Initiative, ...]:
    """The initiatives that still need something done; none without a roadmap."""
    roadmap = facts.plans.roadmap
    return tuple(item for item in roadmap.initiatives if item.unfinished) if roadmap is not None else ()


@rule("roadmap.no_owner")
def check_initiatives_have_owner(facts: Facts) -> Iterator[Hit]:
    """Unfinished initiatives without an owner."""
    tasks, goals = TaskIndex(facts.plans.roadmap), goals_by_id(facts)
    for item in unfinished_initiatives(facts):
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
            case="ask_goal_owner" if "person" in values else "ask_task_owners" if "people" in values else "",
        )


@rule("roadmap.no_goal")
def check_initiatives_have_goal(facts: Facts) -> Iterator[Hit]:
    """Unfinished initiatives without a goal id. The effect is what they are planned to cost."""
    by_channel: dict[str | None, Goal] = {}
    for goal in goals_by_id(facts).values():
        by_channel.setdefault(goal.channel, goal)
    for item in unfinished_initiatives(facts):
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
            case="same_channel" if near is not None else "",
        )


@rule("roadmap.no_dates")
def check_initiatives_have_dates(facts: Facts) -> Iterator[Hit]:
    """Unfinished initiatives that lack one of their dates."""
    tasks = TaskIndex(facts.plans.roadmap)
    for item in unfinished_initiatives(facts):
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
            case="" if last is None else "dates_of_tasks",
        )


@rule("roadmap.no_success_measure")
def check_initiatives_have_measure(facts: Facts) -> Iterator[Hit]:
    """Unfinished initiatives that are named, but not how their success is measured."""
    for item in unfinished_initiatives(facts):
        if item.initiative is not None and item.success_measure is None:
            yield Hit(
                about=id_of(item),
                root=cause_in(item),
                evidence=(item.cell("success_measure"),),
                values={"initiative": item.name},
            )


@rule("roadmap.due_before_start")
def check_dates_in_order(facts: Facts) -> Iterator[Hit]:
    """Initiatives whose two dates are the wrong way round."""
    roadmap = facts.plans.roadmap
    for item in roadmap.initiatives if roadmap is not None else ():
        if item.start is not None and item.due is not None and item.due < item.start and not item.cancelled:
            yield Hit(
                about=id_of(item),
                root=cause_in(item),
                evidence=(item.cell("due"), item.cell("start")),
                values={"initiative": item.name, "due": item.due, "start": item.start},
            )


@rule("roadmap.done_without_result")
def check_done_has_result(facts: Facts) -> Iterator[Hit]:
    """Finished initiatives without a result. The effect is what they were planned to cost: unknown, it is lost."""
    roadmap = facts.plans.roadmap
    for item in roadmap.initiatives if roadmap is not None else ():
        if item.in_use and item.finished and item.result is None:
            yield Hit(
                about=id_of(item),
                root=cause_in(item),
                evidence=(item.cell("result"), item.cell("success_measure")),
                values={"initiative": item.name, "measure": item.success_measure or ""},
                effect=item.planned_budget or None,
                case="compare" if item.success_measure is not None else "",
            )
