"""Rules on goals and what is done for them: is their metric followed, does anybody work for them, is there time?"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from smsheets.analysis.context import Context
from smsheets.analysis.finding import Hit, Lack, Level, Wording, rule
from smsheets.analysis.rules.strategy.names import cause_in, goals_of, id_of, initiatives_by_goal, same, team_of
from smsheets.plan.goals import Goal
from smsheets.plan.roadmap import Initiative
from smsheets.plan.team import Person, person_key

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
