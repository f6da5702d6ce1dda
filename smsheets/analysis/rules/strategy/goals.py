"""Rules about goals and the work that serves them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal

from smsheets.analysis.facts import Facts
from smsheets.analysis.finding import Hit, Lack, Level, Wording, rule
from smsheets.analysis.kpi_standards import figure
from smsheets.analysis.rules.strategy.names import cause_in, goals_of, id_of, initiatives_by_goal, same, team_of
from smsheets.plan.goals import Goal
from smsheets.plan.reference import Unit
from smsheets.plan.roadmap import Initiative
from smsheets.plan.workload import Person, person_key

_HAND_OVER = (
    "Write the hours per week of {person} on the sheet Team, or give {goals} to somebody who has hours: {people}."
)


@rule("strategy.goal_not_measured")
def check_goals_measured_by_report(facts: Facts) -> Iterator[Hit]:
    """The metric of a goal, on the goal's channel where it has one, has a row in the KPI report.

    Nothing is said while the KPI report has no rows at all.
    """
    report = facts.plans.kpi_report
    rows = [row for row in report.kpis if row.metric is not None] if report is not None else []
    if not rows:
        return
    followed = {(same(row.metric), same(row.channel)) for row in rows}
    followed_somewhere = {metric for metric, _ in followed}
    for goal in goals_of(facts):
        if goal.metric is None:
            continue
        metric, channel = same(goal.metric), same(goal.channel)
        known = (metric, channel) in followed if channel else metric in followed_somewhere
        if known:
            continue
        there = dict.fromkeys(row.metric for row in rows if channel and same(row.channel) == channel)
        values = {
            **_values(goal),
            "metric": facts.metric_name(goal.metric),
            "channel": facts.channel_name(goal.channel),
            "metrics": tuple(facts.metric_name(name) for name in there),
        }
        yield Hit(
            about=id_of(goal),
            root=cause_in(goal),
            evidence=(goal.cell("metric"), goal.cell("channel")),
            values=values,
            case="add_or_choose" if there else "",
        )


@rule("strategy.goal_without_initiative")
def check_goals_have_initiative(facts: Facts) -> Iterator[Hit]:
    """Every goal is served by an initiative that was not given up.

    Nothing is said while the roadmap is blank.
    """
    roadmap = facts.plans.roadmap
    initiatives = roadmap.initiatives_in_use if roadmap is not None else ()
    if not initiatives:
        return
    free: dict[str, Initiative] = {}
    for item in initiatives:
        if item.unfinished and item.goal_id is None and item.channel is not None:
            free.setdefault(same(item.channel), item)
    served = initiatives_by_goal(facts)
    for goal in goals_of(facts):
        if same(goal.goal_id) in served:
            continue
        near = free.get(same(goal.channel))
        yield Hit(
            about=id_of(goal),
            root=cause_in(goal),
            evidence=(goal.cell("goal_id"),),
            values=_values(goal) if near is None else {**_values(goal), "initiative": near.name},
            case="take_over" if near is not None and goal.goal_id is not None else "",
        )


@rule("strategy.goal_without_hours")
def check_goal_owners_have_hours(facts: Facts) -> Iterator[Hit | Lack]:
    """Owners of goals stand in the team with more than no hours; one finding per person.

    Nothing is said while nobody stands in the team. Whose hours are empty cannot be judged.
    """
    team = team_of(facts)
    by_owner: dict[str, list[Goal]] = {}
    for goal in goals_of(facts) if team else ():
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


@rule("strategy.goal_without_number")
def check_goals_have_number(facts: Facts) -> Iterator[Hit]:
    """A goal needs a metric and a target."""
    for goal in goals_of(facts):
        missing = [field for field in ("target", "metric") if getattr(goal, field) is None]
        if missing:
            more = _ways_to_a_number(goal, facts)
            todo = _CHOOSE_METRIC if "metrics" in more else _FROM_BASELINE if "baseline" in more else ""
            yield _hit(goal, *missing, todo=todo, values=more)


@rule("strategy.goal_without_deadline")
def check_goals_have_deadline(facts: Facts) -> Iterator[Hit]:
    """A goal needs a day by which it is reached."""
    initiatives = initiatives_by_goal(facts)
    for goal in goals_of(facts):
        if goal.deadline is not None:
            continue
        own = initiatives.get(same(goal.goal_id), [])
        work = [(item.due, item.name) for item in own if item.due is not None]
        due, initiative = max(work, key=lambda pair: pair[0], default=(None, ""))
        if due is not None:
            yield _hit(goal, "deadline", todo=_AFTER_WORK, values={"due": due, "initiative": initiative})
        else:
            yield _hit(goal, "deadline")


@rule("strategy.goal_without_owner")
def check_goals_have_owner(facts: Facts) -> Iterator[Hit]:
    """A goal needs one person who answers for it."""
    people = tuple(person.name for person in team_of(facts).values())
    initiatives = initiatives_by_goal(facts)
    for goal in goals_of(facts):
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


@rule("strategy.goal_ends_before_start")
def check_goals_end_after_start(facts: Facts) -> Iterator[Hit]:
    """The start of a goal lies before its deadline."""
    for goal in goals_of(facts):
        if goal.start is not None and goal.deadline is not None and goal.start >= goal.deadline:
            yield _hit(goal, "deadline", "start", values={"start": goal.start, "deadline": goal.deadline})


@rule("strategy.goal_lacks_resources")
def check_goals_are_attainable(facts: Facts) -> Iterator[Hit | Lack]:
    """What a goal needs is there. A note where it is there in part."""
    untold = [goal for goal in goals_of(facts) if goal.resources_needed and goal.resources_available is None]
    if untold:
        cells = tuple(goal.cell("resources_available") for goal in untold)
        yield Lack(evidence=cells, values={"goals": tuple(id_of(goal) for goal in untold)})
    for goal in goals_of(facts):
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


def _ways_to_a_number(goal: Goal, facts: Facts) -> dict[str, Wording]:
    """What the KPI report follows on the goal's channel; or where its own metric stood at the start."""
    report = facts.plans.kpi_report
    if goal.metric is None and goal.channel is not None and report is not None:
        rows = [row.metric for row in report.kpis if row.metric is not None and same(row.channel) == same(goal.channel)]
        if rows:
            metrics = tuple(facts.metric_name(metric) for metric in dict.fromkeys(rows))
            return {"metrics": metrics, "channel": facts.channel_name(goal.channel)}
    if goal.metric is None or goal.baseline is None:
        return {}
    unit = Unit(goal.unit) if goal.unit in {word.value for word in Unit} else Unit.COUNT
    return {"metric": facts.metric_name(goal.metric), "baseline": figure(goal.baseline, unit, facts)}
