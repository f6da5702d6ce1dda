"""Initiatives with what they depend on, their goals and their money; and what findings of the roadmap are about."""

from __future__ import annotations

from collections.abc import Iterator

from smsheets.analysis.facts import Facts
from smsheets.analysis.finding import Hit, Lack, rule
from smsheets.analysis.rules.roadmap.causes import (
    cause_in,
    goals_by_id,
    id_of,
    is_late,
)
from smsheets.analysis.rules.roadmap.initiatives import unfinished_initiatives
from smsheets.money import Money
from smsheets.plan.roadmap import Initiative, find_circles, id_key, initiatives_by_id, likely_end
from smsheets.plan.slip import count_working_days
from smsheets.plan.spare_money import add_line_months, line_months


@rule("roadmap.starts_too_early")
def check_dependencies_end_first(facts: Facts) -> Iterator[Hit]:
    """Unfinished initiatives that start before an unfinished one they depend on can end; the last one to end is named.

    Where that one is late, it is the cause; otherwise the start is.
    """
    roadmap = facts.plans.roadmap
    by_id = _by_id(facts)
    in_circle = {item.initiative_id for circle in find_circles(by_id) for item in circle}
    for item in unfinished_initiatives(facts):
        if roadmap is None or item.start is None or item.initiative_id in in_circle:
            continue
        waits_for = [by_id[id_key(text)] for text in item.depends_on if id_key(text) in by_id]
        ends = [(likely_end(other, facts.as_of), other) for other in waits_for if other.unfinished]
        late = [(end, other) for end, other in ends if end is not None and item.start <= end]
        if late:
            end, other = max(late, key=lambda pair: pair[0])
            yield Hit(
                about=f"{id_of(item)}+{id_of(other)}",
                root=cause_in(other if is_late(other, roadmap, facts) else item),
                evidence=(item.cell("start"), item.cell("depends_on"), other.cell("due")),
                values={"initiative": item.name, "start": item.start, "other": other.name, "end": end},
            )


@rule("roadmap.cycle")
def check_dependencies_have_no_circle(facts: Facts) -> Iterator[Hit]:
    """Circles of initiatives that depend on each other, as long as one of them is unfinished.

    The dependency to take out is the one by which the first of them on the sheet waits for the others.
    """
    for circle in find_circles(_by_id(facts)):
        if any(item.unfinished for item in circle):
            ids = tuple(id_of(item) for item in circle)
            yield Hit(
                about="+".join(ids),
                root=cause_in(circle[0]),
                evidence=tuple(item.cell("depends_on") for item in circle),
                values={"ids": ids, "first": ids[0], "last": ids[1 % len(ids)]},
            )


def _by_id(facts: Facts) -> dict[str, Initiative]:
    roadmap = facts.plans.roadmap
    return initiatives_by_id(roadmap.initiatives_in_use) if roadmap is not None else {}


@rule("roadmap.unknown_goal")
def check_goals_are_known(facts: Facts) -> Iterator[Hit]:
    """Unfinished initiatives whose goal id the strategy does not have. The effect is what they are planned to cost."""
    goals = goals_by_id(facts)
    known = tuple(goal.goal_id or "" for goal in goals.values())
    for item in unfinished_initiatives(facts):
        if item.goal_id is not None and id_key(item.goal_id) not in goals:
            yield Hit(
                about=id_of(item),
                root=cause_in(item),
                evidence=(item.cell("goal_id"),),
                values={"initiative": item.name, "goal": item.goal_id, "goals": known},
                effect=item.planned_budget or None,
                case="choose_goal" if known else "",
            )


@rule("roadmap.after_goal_deadline")
def check_initiatives_end_before_goal_deadline(facts: Facts) -> Iterator[Hit]:
    """Unfinished initiatives that are to end when their goal should already be reached."""
    roadmap = facts.plans.roadmap
    goals = goals_by_id(facts)
    for item in unfinished_initiatives(facts):
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


@rule("roadmap.not_budgeted")
def check_initiatives_are_budgeted(facts: Facts) -> Iterator[Hit | Lack]:
    """Unfinished initiatives that plan to spend more than their budget lines have; the effect is what is missing.

    Nothing is lacking while the budget has no lines.
    """
    budget = facts.plans.budget
    if budget is None:
        return
    unpaid = [item for item in unfinished_initiatives(facts) if item.planned_budget and not item.line_ids]
    if unpaid and any(line.has_amounts for line in budget.lines):
        names = tuple(id_of(item) for item in unpaid)
        yield Lack(evidence=tuple(item.cell("line_ids") for item in unpaid), values={"initiatives": names})
    for item in unfinished_initiatives(facts):
        budgeted = add_line_months(line_months(item, budget), budget).planned
        if budgeted is None or item.planned_budget is None or item.planned_budget <= budgeted:
            continue
        missing = item.planned_budget - budgeted
        yield Hit(
            about=id_of(item),
            evidence=(item.cell("planned_budget"), item.cell("line_ids")),
            values={
                "initiative": item.name,
                "planned": Money(item.planned_budget, facts.currency),
                "budgeted": Money(budgeted, facts.currency),
                "missing": Money(missing, facts.currency),
                "lines": item.line_ids,
            },
            effect=missing,
        )
