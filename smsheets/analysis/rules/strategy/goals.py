"""Rules about goals and the work that serves them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal

from smsheets.analysis.context import Context
from smsheets.analysis.finding import Hit, Lack, Level, Wording, rule
from smsheets.analysis.kpi_standards import figure
from smsheets.analysis.rules.strategy.names import cause_in, goals_of, id_of, initiatives_by_goal, same, team_of
from smsheets.plan.goals import Goal
from smsheets.plan.reference import Unit
from smsheets.plan.roadmap import Initiative
from smsheets.plan.workload import Person, person_key

_ADD_OR_CHOOSE = "Add '{metric}' for {channel} to the sheet KPIs, or measure the goal by what is there: {metrics}."
_TAKE_OVER = (
    "'{initiative}' serves no goal and runs on the same channel: write {goal_id} beside it if it works for that, or "
    "plan another initiative."
)
_HAND_OVER = (
    "Write the hours per week of {person} on the sheet Team, or give {goals} to somebody who has hours: {people}."
)


@rule(
    "strategy.goal_not_measured",
    level=Level.WARNING,
    needs=("strategy", "kpi-report"),
    says="Goal {goal_id} '{goal}' is measured by '{metric}', and the KPI report does not follow that.",
    todo="Add a row for it to the sheet KPIs, with the same channel, or choose a metric that is there.",
    source="This program's own rule: what is not followed is not reached",
)
def check_goals_measured_by_report(context: Context) -> Iterator[Hit]:
    """The metric of a goal, on the goal's channel where it has one, has a row in the KPI report.

    Nothing is said while the KPI report has no rows at all.
    """
    report = context.plans.kpi_report
    rows = [row for row in report.kpis if row.metric is not None] if report is not None else []
    if not rows:
        return
    followed = {(same(row.metric), same(row.channel)) for row in rows}
    followed_somewhere = {metric for metric, _ in followed}
    for goal in goals_of(context):
        if goal.metric is None:
            continue
        metric, channel = same(goal.metric), same(goal.channel)
        known = (metric, channel) in followed if channel else metric in followed_somewhere
        if known:
            continue
        there = dict.fromkeys(row.metric for row in rows if channel and same(row.channel) == channel)
        values = {
            **_values(goal),
            "metric": context.metric_name(goal.metric),
            "channel": context.channel_name(goal.channel),
            "metrics": tuple(context.metric_name(name) for name in there),
        }
        yield Hit(
            about=id_of(goal),
            root=cause_in(goal),
            evidence=(goal.cell("metric"), goal.cell("channel")),
            values=values,
            todo=_ADD_OR_CHOOSE if there else "",
        )


@rule(
    "strategy.goal_without_initiative",
    level=Level.WARNING,
    needs=("strategy", "roadmap"),
    says="Nothing in the roadmap works for goal {goal_id} '{goal}'.",
    todo="Plan an initiative with this goal ID on the sheet Initiatives, or drop the goal.",
    source="This program's own rule: a goal nobody works for is a wish",
)
def check_goals_have_initiative(context: Context) -> Iterator[Hit]:
    """Every goal is served by an initiative that was not given up.

    Nothing is said while the roadmap is blank.
    """
    roadmap = context.plans.roadmap
    initiatives = roadmap.initiatives_in_use if roadmap is not None else ()
    if not initiatives:
        return
    free: dict[str, Initiative] = {}
    for item in initiatives:
        if item.unfinished and item.goal_id is None and item.channel is not None:
            free.setdefault(same(item.channel), item)
    served = initiatives_by_goal(context)
    for goal in goals_of(context):
        if same(goal.goal_id) in served:
            continue
        near = free.get(same(goal.channel))
        yield Hit(
            about=id_of(goal),
            root=cause_in(goal),
            evidence=(goal.cell("goal_id"),),
            values=_values(goal) if near is None else {**_values(goal), "initiative": near.name},
            todo=_TAKE_OVER if near is not None and goal.goal_id is not None else "",
        )


@rule(
    "strategy.goal_without_hours",
    level=Level.WARNING,
    needs=("strategy",),
    says="{person} is to reach {goals}, but has no hours for it on the sheet Team.",
    todo="Put {person} beside a role on the sheet Team, with hours per week. A goal without anybody's hours is a wish.",
    source="This program's own rule: a goal costs hours, and they are somebody's",
    lacks="Fill in 'Hours per week' of {people} to learn whether there is any time for their goals.",
    weight=2,
)
def check_goal_owners_have_hours(context: Context) -> Iterator[Hit | Lack]:
    """Owners of goals stand in the team with more than no hours; one finding per person.

    Nothing is said while nobody stands in the team. Whose hours are empty cannot be judged.
    """
    team = team_of(context)
    by_owner: dict[str, list[Goal]] = {}
    for goal in goals_of(context) if team else ():
        if goal.owner is not None:
            by_owner.setdefault(person_key(goal.owner), []).append(goal)
    unknown = [team[key] for key in by_owner if key in team and team[key].hours is None]
    if unknown:
        cells = tuple(role.cell("hours_per_week") for person in unknown for role in person.roles)
        yield Lack(evidence=cells, values={"people": tuple(person.name for person in unknown)})
    others = tuple(person.name for person in team.values() if person.hours)
    for key, goals in by_owner.items():
        if key not in team or team[key].hours == Decimal(0):
            yield _no_hours(goals, team.get(key), others)


def _no_hours(goals: list[Goal], member: Person | None, others: tuple[str, ...]) -> Hit:
    person = goals[0].owner or ""
    roles = member.roles if member is not None else ()
    return Hit(
        about=person,
        root=f"person {person}: time",
        evidence=(*(role.cell("hours_per_week") for role in roles), *(goal.cell("owner") for goal in goals)),
        values={"person": person, "goals": tuple(id_of(goal) for goal in goals), "people": others},
        todo=_HAND_OVER if others else "",
    )


def _values(goal: Goal) -> dict[str, Wording]:
    return {"goal_id": goal.goal_id or "", "goal": goal.goal or ""}


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
