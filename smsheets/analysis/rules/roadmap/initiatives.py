"""Rules about one initiative at a time: does it have what it needs to be done at all, and to be learned from?"""

from __future__ import annotations

from collections.abc import Iterator

from smsheets.analysis.context import Context
from smsheets.analysis.finding import Hit, Level, Wording, rule
from smsheets.analysis.rules.roadmap.causes import cause_in, goals_by_id, id_of
from smsheets.plan.dependencies import TaskIndex, id_key
from smsheets.plan.goals import Goal
from smsheets.plan.roadmap import Initiative

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
