"""Rules about initiatives and the goals of the strategy."""

from __future__ import annotations

from collections.abc import Iterator

from smsheets.analysis.context import Context
from smsheets.analysis.finding import Hit, Level, rule
from smsheets.analysis.rules.roadmap.causes import cause_in, goals_by_id, id_of
from smsheets.analysis.rules.roadmap.initiatives import unfinished_initiatives
from smsheets.plan.dependencies import id_key
from smsheets.plan.working_days import count_working_days

_CHOOSE_GOAL = "Correct the goal id of '{initiative}': the strategy has {goals}. Or add the goal to the strategy."


@rule(
    "roadmap.unknown_goal",
    level=Level.WARNING,
    needs=("roadmap", "strategy"),
    says="'{initiative}' names the goal '{goal}', but the strategy has no goal with this id.",
    todo="Correct the goal id of '{initiative}', or add the goal to the strategy.",
    source="Goal ids are those of the strategy's sheet Goals",
)
def check_goals_are_known(context: Context) -> Iterator[Hit]:
    """Unfinished initiatives whose goal id the strategy does not have. The effect is what they are planned to cost."""
    goals = goals_by_id(context)
    known = tuple(goal.goal_id or "" for goal in goals.values())
    for item in unfinished_initiatives(context):
        if item.goal_id is not None and id_key(item.goal_id) not in goals:
            yield Hit(
                about=id_of(item),
                root=cause_in(item),
                evidence=(item.cell("goal_id"),),
                values={"initiative": item.name, "goal": item.goal_id, "goals": known},
                effect=item.planned_budget or None,
                todo=_CHOOSE_GOAL if known else "",
            )


@rule(
    "roadmap.after_goal_deadline",
    level=Level.WARNING,
    needs=("roadmap", "strategy"),
    says="'{initiative}' is due on {due}, after the deadline of its goal {goal} ({deadline}).",
    todo="Bring '{initiative}' forward by {days} working days, or move the deadline of the goal {goal} and say so in "
    "the strategy's changes.",
    source="An initiative ends before the deadline of the goal it serves",
)
def check_initiatives_end_before_goal_deadline(context: Context) -> Iterator[Hit]:
    """Unfinished initiatives that are to end when their goal should already be reached."""
    roadmap = context.plans.roadmap
    goals = goals_by_id(context)
    for item in unfinished_initiatives(context):
        goal = goals.get(id_key(item.goal_id)) if item.goal_id is not None else None
        if roadmap is None or goal is None or goal.deadline is None or item.due is None or item.due <= goal.deadline:
            continue
        days = count_working_days(goal.deadline, item.due, roadmap.days_off)
        yield Hit(
            about=id_of(item),
            root=cause_in(item),
            evidence=(item.cell("due"), goal.cell("deadline")),
            values={
                "initiative": item.name,
                "due": item.due,
                "goal": item.goal_id or "",
                "deadline": goal.deadline,
                "days": days - count_working_days(goal.deadline, goal.deadline, roadmap.days_off),
            },
        )
