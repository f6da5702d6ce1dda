"""Rules about initiatives with what they depend on, their goals and their money."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from smsheets.analysis.facts import Facts
from smsheets.analysis.finding import Hit, Lack, Wording, lack, rule
from smsheets.analysis.rules.roadmap.initiatives import initiative_hit
from smsheets.analysis.rules.roadmap.pace import initiatives_behind, unfinished_variances
from smsheets.analysis.subjects import initiative_id, initiative_root, joined
from smsheets.plan.roadmap import find_circles, id_key, initiatives_by_id, likely_end
from smsheets.plan.slip import count_working_days


@rule("roadmap.starts_too_early")
def check_dependencies_end_first(facts: Facts) -> Iterator[Hit]:
    """No unfinished initiative starts before one it depends on can end; of several the last one to end is named.

    Where that one is late, it is the cause; otherwise the start is.
    """
    by_id = initiatives_by_id(facts.roadmap.initiatives_in_use)
    in_circle = {item.initiative_id for circle in find_circles(by_id) for item in circle}
    behind = initiatives_behind(facts)
    for item in facts.unfinished_initiatives:
        if item.start is None or item.initiative_id in in_circle:
            continue
        needed = [by_id[id_key(text)] for text in item.depends_on if id_key(text) in by_id]
        ends = [(likely_end(other, facts.as_of), other) for other in needed if other.unfinished]
        late = [(end, other) for end, other in ends if end is not None and item.start <= end]
        if late:
            end, other = max(late, key=lambda pair: pair[0])
            begun = item.status == "in_progress" and item.start <= facts.as_of
            yield Hit(
                about=f"{initiative_id(item)}+{initiative_id(other)}",
                root=initiative_root(other if other in behind else item),
                evidence=(item.cell("start"), item.cell("depends_on"), other.cell("due")),
                values={"initiative": item.name, "start": item.start, "other": other.name, "end": end},
                case="begun" if begun else "",
            )


@rule("roadmap.cycle")
def check_dependencies_have_no_circle(facts: Facts) -> Iterator[Hit]:
    """No unfinished initiatives depend on each other in a circle. One that is finished waits for nobody.

    The dependency to take out is the one by which the first of them on the sheet waits for the others.
    """
    for circle in find_circles(initiatives_by_id(facts.unfinished_initiatives)):
        ids = tuple(map(initiative_id, circle))
        yield Hit(
            about=joined(ids),
            root=initiative_root(circle[0]),
            evidence=tuple(item.cell("depends_on") for item in circle),
            values={"ids": ids, "first": ids[0], "last": ids[1 % len(ids)]},
            case="itself" if len(ids) == 1 else "",
        )


@rule("roadmap.unknown_goal")
def check_goals_are_known(facts: Facts) -> Iterator[Hit]:
    """Unfinished initiatives name a goal that the strategy has. The effect is what they are planned to cost."""
    known = tuple(goal.goal_id or "" for goal in facts.goals_by_id.values())
    for item in facts.unfinished_initiatives:
        if item.goal_id is not None and id_key(item.goal_id) not in facts.goals_by_id:
            values: dict[str, Wording] = {"goal": item.goal_id, "goals": known}
            effect, case = item.planned_budget or None, "choose_goal" if known else ""
            yield initiative_hit(item, "goal_id", values=values, effect=effect, case=case)


@rule("roadmap.after_goal_deadline")
def check_initiatives_end_before_goal_deadline(facts: Facts) -> Iterator[Hit]:
    """Unfinished initiatives are to end before their goal should be reached."""
    for item in facts.unfinished_initiatives:
        goal = facts.goals_by_id.get(id_key(item.goal_id)) if item.goal_id is not None else None
        if goal is None or goal.deadline is None or item.due is None or item.due <= goal.deadline:
            continue
        values: dict[str, Wording] = {"due": item.due, "goal": item.goal_id or "", "deadline": goal.deadline}
        values["days"] = count_working_days(goal.deadline + timedelta(days=1), item.due, facts.roadmap.days_off)
        case = "deadline_over" if goal.deadline < facts.as_of else ""
        yield initiative_hit(item, "due", values=values, also=(goal.cell("deadline"),), case=case)


@rule("roadmap.not_budgeted")
def check_initiatives_are_budgeted(facts: Facts) -> Iterator[Hit | Lack]:
    """Unfinished initiatives plan to spend no more than their budget lines have; the effect is what is missing.

    Nothing is lacking while the budget has no lines.
    """
    unpaid = [item for item in facts.unfinished_initiatives if item.planned_budget and not item.line_ids]
    if any(line.has_amounts for line in facts.budget.lines):
        yield from lack((item.cell("line_ids") for item in unpaid), initiatives=tuple(map(initiative_id, unpaid)))
    for item, row in unfinished_variances(facts):
        planned, budgeted = item.planned_budget, row.budgeted
        if budgeted is None or planned is None or planned <= budgeted:
            continue
        yield Hit(
            about=initiative_id(item),
            evidence=(item.cell("planned_budget"), item.cell("line_ids")),
            values={
                "initiative": item.name,
                "planned": facts.money(planned),
                "budgeted": facts.money(budgeted),
                "missing": facts.money(planned - budgeted),
                "lines": item.line_ids,
            },
            effect=planned - budgeted,
        )
