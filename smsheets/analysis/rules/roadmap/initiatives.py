"""Rules about initiatives and tasks: without a next step, an owner, a goal or dates, and done without a result."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import timedelta
from decimal import Decimal

from smsheets.analysis.facts import Facts
from smsheets.analysis.finding import Hit, Level, Wording, rule
from smsheets.analysis.subjects import initiative_id, initiative_root, joined, task_label, task_names
from smsheets.cells import CellRef
from smsheets.plan.record import first_by
from smsheets.plan.roadmap import Initiative, id_key, initiatives_by_id
from smsheets.plan.workload import urgency


def initiative_hit(
    item: Initiative,
    *fields: str,
    values: Mapping[str, Wording] | None = None,
    also: tuple[CellRef, ...] = (),
    level: Level | None = None,
    effect: Decimal | None = None,
    case: str = "",
) -> Hit:
    """A case of one initiative: it shows in these `fields` of its row, then in the cells of `also`."""
    return Hit(
        about=initiative_id(item),
        root=initiative_root(item),
        evidence=(*(item.cell(field) for field in fields), *also),
        values={"initiative": item.name, **(values or {})},
        level=level,
        effect=effect,
        case=case,
    )


@rule("roadmap.no_next_task")
def check_running_have_next_task(facts: Facts) -> Iterator[Hit]:
    """Initiatives in progress have an open task. Nothing is said while the board has no tasks at all."""
    if not facts.roadmap.tasks_in_use:
        return
    for item in facts.unfinished_initiatives:
        if item.status == "in_progress" and not any(task.open for task in facts.tasks.of(item)):
            case = "owner_writes" if item.owner is not None else ""
            yield initiative_hit(item, "status", "initiative_id", values={"owner": item.owner or ""}, case=case)


@rule("roadmap.on_hold_due_soon")
def check_held_tasks_are_not_due(facts: Facts) -> Iterator[Hit]:
    """No task on hold is due within the table's number of days; what is overdue is left to another rule."""
    until = facts.as_of + timedelta(days=int(facts.thresholds["roadmap.on_hold_days"]))
    held = [
        task
        for task in facts.roadmap.tasks_in_use
        if task.status == "on_hold" and task.due is not None and facts.as_of <= task.due <= until
    ]
    if held:
        first = min(held, key=urgency)
        by_id = initiatives_by_id(facts.roadmap.initiatives_in_use)
        owning = {id_key(task.initiative_id): by_id.get(id_key(task.initiative_id)) for task in held}
        one = next(iter(owning.values())) if len(owning) == 1 else None
        yield Hit(
            about=joined(task.name for task in held),
            root="" if one is None else initiative_root(one),
            evidence=tuple(task.cell("status") for task in held),
            values={
                "until": until,
                "tasks": task_names(held),
                "first": task_label(first),
                "owner": first.owner or "",
            },
            case="ask_owner" if first.owner is not None else "",
        )


@rule("roadmap.no_owner")
def check_initiatives_have_owner(facts: Facts) -> Iterator[Hit]:
    """Unfinished initiatives have an owner. To be asked is the owner of its goal, else the owners of its tasks."""
    for item in facts.unfinished_initiatives:
        if item.owner is not None:
            continue
        goal = facts.goals_by_id.get(id_key(item.goal_id or ""))
        people = tuple(dict.fromkeys(task.owner for task in facts.tasks.of(item) if task.owner is not None))
        values: dict[str, Wording] = {}
        case = ""
        if goal is not None and goal.owner is not None:
            values, case = {"person": goal.owner, "goal": goal.goal_id or goal.name}, "ask_goal_owner"
        elif people:
            values, case = {"people": people}, "ask_task_owners"
        yield initiative_hit(item, "owner", values=values, case=case)


@rule("roadmap.no_goal")
def check_initiatives_have_goal(facts: Facts) -> Iterator[Hit]:
    """Unfinished initiatives name a goal. The effect is what they are planned to cost."""
    by_channel = first_by(facts.goals_by_id.values(), lambda goal: goal.channel)
    for item in facts.unfinished_initiatives:
        if item.goal_id is not None:
            continue
        near = by_channel.get(item.channel or "")
        yield initiative_hit(
            item,
            "goal_id",
            values=None if near is None else {"goal": near.goal_id or "", "goal_name": near.name},
            effect=item.planned_budget or None,
            case="" if near is None else "same_channel",
        )


@rule("roadmap.no_dates")
def check_initiatives_have_dates(facts: Facts) -> Iterator[Hit]:
    """Unfinished initiatives have both dates."""
    for item in facts.unfinished_initiatives:
        missing = [field for field in ("start", "due") if getattr(item, field) is None]
        ends = [task.due for task in facts.tasks.of(item) if task.due is not None]
        last = max(ends, default=facts.as_of)
        by_tasks = "due" in missing and last > facts.as_of
        if missing:
            one = {"start": "no_start", "due": "no_due"}[missing[0]] if len(missing) == 1 else ""
            case = "by_tasks" if by_tasks else one
            yield initiative_hit(item, *missing, values={"last": last} if by_tasks else None, case=case)


@rule("roadmap.no_success_measure")
def check_initiatives_have_measure(facts: Facts) -> Iterator[Hit]:
    """Unfinished initiatives that are named say how their success is measured."""
    for item in facts.unfinished_initiatives:
        if item.initiative is not None and item.success_measure is None:
            yield initiative_hit(item, "success_measure")


@rule("roadmap.due_before_start")
def check_dates_in_order(facts: Facts) -> Iterator[Hit]:
    """No initiative has its two dates the wrong way round."""
    for item in facts.roadmap.initiatives:
        if item.start is not None and item.due is not None and item.due < item.start and not item.cancelled:
            yield initiative_hit(item, "due", "start", values={"due": item.due, "start": item.start})


@rule("roadmap.done_without_result")
def check_done_has_result(facts: Facts) -> Iterator[Hit]:
    """Finished initiatives have a result. The effect is what they were planned to cost: unknown, it is lost."""
    for item in facts.roadmap.initiatives_in_use:
        if item.finished and item.result is None:
            yield initiative_hit(
                item,
                "result",
                "success_measure",
                values={"measure": item.success_measure or ""},
                effect=item.planned_budget or None,
                case="compare" if item.success_measure is not None else "",
            )
