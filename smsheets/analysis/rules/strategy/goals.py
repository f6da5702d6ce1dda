"""Rules on goals as they are written: can anybody tell whether they are reached, by when, and who answers for it?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from smsheets.analysis.context import Context
from smsheets.analysis.finding import Hit, Lack, Level, Wording, rule
from smsheets.analysis.kpi_standards import figure
from smsheets.analysis.rules.strategy.names import cause_in, goals_of, id_of, initiatives_by_goal, same, team_of
from smsheets.plan.goals import Goal
from smsheets.plan.kpi_definitions import Unit

_NOTHING: Mapping[str, Wording] = {}
_SMART = "A goal is to be specific, measurable, attainable, relevant and time-bound (SMART)"
_CHOOSE_METRIC = (
    "The KPI report follows {metrics} for {channel}: choose one of them as 'Metric', and write the number to reach "
    "into 'Target'."
)
_FROM_BASELINE = "{metric} stood at {baseline} at the start: write the number to reach into 'Target'."
_AFTER_WORK = (
    "The last initiative for it, '{initiative}', is due on {due}: write that day or a later one into 'Deadline'."
)
_OWNERS_OF_WORK = (
    "Its initiatives belong to {people}: put one person into 'Owner'. What belongs to everybody is done by nobody."
)
_PEOPLE = "Put one person into 'Owner', of the team {people}. What belongs to everybody is done by nobody."
_OWNER_SAYS = "Let {owner} say by when it is there and who pays for it, or make the goal smaller."


@rule(
    "strategy.goal_without_number",
    level=Level.WARNING,
    needs=("strategy",),
    says="Goal {goal_id} '{goal}' has no number to reach.",
    todo="Write what is counted into 'Metric' and the number to reach into 'Target'. Without them nobody can tell "
    "whether the goal is reached.",
    source=_SMART,
    weight=2,
)
def check_goals_have_number(context: Context) -> Iterator[Hit]:
    """A goal needs a metric and a target."""
    for goal in goals_of(context):
        missing = [field for field in ("target", "metric") if getattr(goal, field) is None]
        if missing:
            more = _ways_to_a_number(goal, context)
            todo = _CHOOSE_METRIC if "metrics" in more else _FROM_BASELINE if "baseline" in more else ""
            yield _hit(goal, *missing, todo=todo, values=more)


@rule(
    "strategy.goal_without_deadline",
    level=Level.WARNING,
    needs=("strategy",),
    says="Goal {goal_id} '{goal}' has no deadline.",
    todo="Write the day by which it is to be reached into 'Deadline'.",
    source=_SMART,
)
def check_goals_have_deadline(context: Context) -> Iterator[Hit]:
    """A goal needs a day by which it is reached."""
    initiatives = initiatives_by_goal(context)
    for goal in goals_of(context):
        if goal.deadline is not None:
            continue
        own = initiatives.get(same(goal.goal_id), [])
        work = [(item.due, item.name) for item in own if item.due is not None]
        due, initiative = max(work, key=lambda pair: pair[0], default=(None, ""))
        if due is not None:
            yield _hit(goal, "deadline", todo=_AFTER_WORK, values={"due": due, "initiative": initiative})
        else:
            yield _hit(goal, "deadline")


@rule(
    "strategy.goal_without_owner",
    level=Level.WARNING,
    needs=("strategy",),
    says="Goal {goal_id} '{goal}' has no owner.",
    todo="Put one person into 'Owner'. What belongs to everybody is done by nobody.",
    source="This program's own rule: one goal, one person",
)
def check_goals_have_owner(context: Context) -> Iterator[Hit]:
    """A goal needs one person who answers for it."""
    people = tuple(person.name for person in team_of(context).values())
    initiatives = initiatives_by_goal(context)
    for goal in goals_of(context):
        if goal.owner is not None:
            continue
        own = initiatives.get(same(goal.goal_id), [])
        working = tuple(dict.fromkeys(item.owner for item in own if item.owner is not None))
        if working:
            yield _hit(goal, "owner", todo=_OWNERS_OF_WORK, values={"people": working})
        elif people:
            yield _hit(goal, "owner", todo=_PEOPLE, values={"people": people})
        else:
            yield _hit(goal, "owner")


@rule(
    "strategy.goal_ends_before_start",
    level=Level.WARNING,
    needs=("strategy",),
    says="Goal {goal_id} '{goal}' starts on {start}, but is to be reached by {deadline}.",
    todo="Correct 'Start' or 'Deadline': the start comes first.",
    source=_SMART,
)
def check_goals_end_after_start(context: Context) -> Iterator[Hit]:
    """The start of a goal lies before its deadline."""
    for goal in goals_of(context):
        if goal.start is not None and goal.deadline is not None and goal.start >= goal.deadline:
            yield _hit(goal, "deadline", "start", values={"start": goal.start, "deadline": goal.deadline})


@rule(
    "strategy.goal_lacks_resources",
    level=Level.WARNING,
    needs=("strategy",),
    says="Goal {goal_id} '{goal}' needs what is not there, or not all of it: {needed}.",
    todo="Decide who gets it, by when and who pays for it, or make the goal smaller.",
    source=_SMART,
    lacks="Fill in 'Do we have them?' beside {goals} to learn whether these goals can be reached at all.",
    weight=2,
)
def check_goals_are_attainable(context: Context) -> Iterator[Hit | Lack]:
    """What a goal needs is there. A note where it is there in part."""
    untold = [goal for goal in goals_of(context) if goal.resources_needed and goal.resources_available is None]
    if untold:
        cells = tuple(goal.cell("resources_available") for goal in untold)
        yield Lack(evidence=cells, values={"goals": tuple(id_of(goal) for goal in untold)})
    for goal in goals_of(context):
        if goal.resources_available not in ("no", "partly") or goal.resources_needed is None:
            continue
        yield _hit(
            goal,
            "resources_available",
            "resources_needed",
            level=Level.NOTE if goal.resources_available == "partly" else None,
            todo=_OWNER_SAYS if goal.owner is not None else "",
            values={"needed": goal.resources_needed, "owner": goal.owner or ""},
        )


def _hit(
    goal: Goal, *fields: str, todo: str = "", level: Level | None = None, values: Mapping[str, Wording] = _NOTHING
) -> Hit:
    return Hit(
        about=id_of(goal),
        root=cause_in(goal),
        evidence=tuple(goal.cell(field) for field in fields),
        values={"goal_id": goal.goal_id or "", "goal": goal.goal or "", **values},
        level=level,
        todo=todo,
    )


def _ways_to_a_number(goal: Goal, context: Context) -> dict[str, Wording]:
    """What the KPI report follows on the goal's channel; or where its own metric stood at the start."""
    report = context.plans.kpi_report
    if goal.metric is None and goal.channel is not None and report is not None:
        rows = [row.metric for row in report.kpis if row.metric is not None and same(row.channel) == same(goal.channel)]
        if rows:
            metrics = tuple(context.metric_name(metric) for metric in dict.fromkeys(rows))
            return {"metrics": metrics, "channel": context.channel_name(goal.channel)}
    if goal.metric is None or goal.baseline is None:
        return {}
    unit = Unit(goal.unit) if goal.unit in {word.value for word in Unit} else Unit.COUNT
    return {"metric": context.metric_name(goal.metric), "baseline": figure(goal.baseline, unit, context)}
