"""Rules about goals and the work that serves them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal

from smsheets.analysis.facts import Facts
from smsheets.analysis.finding import Hit, Lack, Level, Wording, lack, rule
from smsheets.analysis.kpi_standards import figure
from smsheets.analysis.subjects import channel_root, goal_id, goal_label, goal_root, hours_cells, person_root
from smsheets.plan.goals import Goal
from smsheets.plan.record import first_by, group_by
from smsheets.plan.reference import Direction, Unit
from smsheets.plan.roadmap import id_key
from smsheets.plan.workload import Person, person_key


@rule("strategy.goal_not_measured")
def check_goals_measured_by_report(facts: Facts) -> Iterator[Hit]:
    """The metric of a goal, on the goal's channel where it has one, has a row in the KPI report.

    Nothing is said while the KPI report has no rows at all.
    """
    rows = [row for row in facts.kpi_report.kpis if row.metric is not None]
    followed = {(id_key(row.metric), id_key(row.channel)) for row in rows}
    followed |= {(metric, "") for metric, _ in followed}
    for goal in facts.open_goals if rows else ():
        channel = id_key(goal.channel)
        if goal.metric is None or (id_key(goal.metric), channel) in followed:
            continue
        there = dict.fromkeys(row.metric for row in rows if channel and id_key(row.channel) == channel)
        values: dict[str, Wording] = {
            "metric": facts.metric_name(goal.metric),
            "channel": facts.channel_name(goal.channel),
            "metrics": tuple(map(facts.metric_name, there)),
        }
        case = "add_or_choose" if there else "" if channel else "any_channel"
        yield _hit(goal, "metric", "channel", case=case, values=values)


@rule("strategy.no_goals")
def check_there_is_a_goal(facts: Facts) -> Iterator[Hit]:
    """The strategy has a goal."""
    if facts.settled and not facts.strategy.goals_in_use:
        cell = facts.strategy.goals[0].cell("goal") if facts.strategy.goals else facts.strategy.start.cell("business")
        yield Hit(about="goals", evidence=(cell,))


@rule("strategy.goal_without_initiative")
def check_goals_have_initiative(facts: Facts) -> Iterator[Hit]:
    """Every goal is served by an initiative that was not given up.

    Nothing is said while the roadmap is blank.
    """
    initiatives = facts.roadmap.initiatives_in_use
    open_ = (item for item in initiatives if item.unfinished and item.goal_id is None and item.channel is not None)
    free = first_by(open_, lambda item: id_key(item.channel))
    for goal in facts.open_goals if initiatives else ():
        if id_key(goal.goal_id) not in facts.initiatives_by_goal:
            near = free.get(id_key(goal.channel))
            values: dict[str, Wording] = {} if near is None else {"initiative": near.name}
            case = "take_over" if near is not None and goal.goal_id is not None else ""
            yield _hit(goal, "goal_id", case=case, values=values)


@rule("strategy.goal_without_hours")
def check_goal_owners_have_hours(facts: Facts) -> Iterator[Hit | Lack]:
    """Owners of goals are in the team with more than no hours; one finding per person.

    Nothing is said while nobody is in the team. A person whose hours are empty cannot be judged.
    """
    team = facts.team
    owned = [goal for goal in facts.open_goals if team and goal.owner is not None]
    by_owner = group_by(owned, lambda goal: person_key(goal.owner))
    unknown = [team[key] for key in by_owner if key in team and team[key].hours is None]
    yield from lack(hours_cells(unknown), people=tuple(person.name for person in unknown))
    others = tuple(person.name for person in team.values() if person.hours)
    for key, goals in by_owner.items():
        if key not in team or team[key].hours == Decimal(0):
            yield _no_hours(goals, team.get(key), others)


def _no_hours(goals: list[Goal], member: Person | None, others: tuple[str, ...]) -> Hit:
    person = goals[0].owner or ""
    return Hit(
        about=person,
        root=person_root(person),
        evidence=(*hours_cells([member] if member is not None else ()), *(goal.cell("owner") for goal in goals)),
        values={"person": person, "goals": tuple(map(goal_id, goals)), "people": others},
        case="hand_over" if others else "",
    )


@rule("strategy.goal_without_number")
def check_goals_have_number(facts: Facts) -> Iterator[Hit]:
    """A goal needs a metric and a target."""
    for goal in facts.open_goals:
        missing = [field for field in ("target", "metric") if getattr(goal, field) is None]
        if missing:
            more = _ways_to_a_number(goal, facts)
            if "target" in missing:
                case = "choose_metric" if "metrics" in more else "from_baseline" if more else ""
            else:
                case = "choose_only_metric" if more else "only_metric"
            yield _hit(goal, *missing, case=case, values=more)


def _ways_to_a_number(goal: Goal, facts: Facts) -> dict[str, Wording]:
    """The metrics that the KPI report has of the goal's channel; or its own metric and where that began."""
    report = facts.plans.kpi_report
    if goal.metric is None and goal.channel is not None and report is not None:
        channel = id_key(goal.channel)
        rows = [row.metric for row in report.kpis if row.metric is not None and id_key(row.channel) == channel]
        if rows:
            metrics = tuple(map(facts.metric_name, dict.fromkeys(rows)))
            return {"metrics": metrics, "channel": facts.channel_name(goal.channel)}
    if goal.metric is None or goal.baseline is None:
        return {}
    unit = Unit(goal.unit) if goal.unit in {word.value for word in Unit} else Unit.COUNT
    return {"metric": facts.metric_name(goal.metric), "baseline": figure(goal.baseline, unit, facts)}


@rule("strategy.goal_leads_nowhere")
def check_goals_lead_somewhere(facts: Facts) -> Iterator[Hit]:
    """The target of a goal lies where its direction leads from its baseline."""
    for goal in facts.strategy.goals_in_use:
        if not goal.leads_nowhere or goal.baseline is None or goal.target is None:
            continue
        down = goal.direction == Direction.DOWN.value
        unit = Unit(goal.unit) if goal.unit in {word.value for word in Unit} else Unit.COUNT
        ways = [facts.list_word("directions", way.value) for way in (Direction.DOWN, Direction.UP)]
        values: dict[str, Wording] = {
            "baseline": figure(goal.baseline, unit, facts),
            "target": figure(goal.target, unit, facts),
            "direction": ways[0] if down else ways[1],
            "other": ways[1] if down else ways[0],
        }
        case = "" if goal.target == goal.baseline else "turn"
        yield _hit(goal, "target", "baseline", "direction", case=case, values=values)


@rule("strategy.goal_without_deadline")
def check_goals_have_deadline(facts: Facts) -> Iterator[Hit]:
    """A goal needs a day by which it is reached. Work that was due before today says nothing about that day."""
    for goal in facts.strategy.goals_in_use:
        if goal.deadline is not None:
            continue
        own = facts.initiatives_by_goal.get(id_key(goal.goal_id), [])
        work = [(item.due, item.name) for item in own if item.due is not None and item.due >= facts.as_of]
        last = max(work, key=lambda pair: pair[0], default=None)
        values: dict[str, Wording] = {} if last is None else {"due": last[0], "initiative": last[1]}
        yield _hit(goal, "deadline", case="after_work" if last else "", values=values)


@rule("strategy.goal_without_owner")
def check_goals_have_owner(facts: Facts) -> Iterator[Hit]:
    """A goal needs one person who answers for it."""
    people = tuple(person.name for person in facts.team.values())
    for goal in facts.open_goals:
        if goal.owner is not None:
            continue
        own = facts.initiatives_by_goal.get(id_key(goal.goal_id), [])
        working = tuple(dict.fromkeys(item.owner for item in own if item.owner is not None))
        case = "of_its_work" if working else "of_team" if people else ""
        yield _hit(goal, "owner", case=case, values={"people": working or people})


@rule("strategy.goal_ends_before_start")
def check_goals_end_after_start(facts: Facts) -> Iterator[Hit]:
    """The start of a goal is before its deadline."""
    for goal in facts.strategy.goals_in_use:
        if goal.start is not None and goal.deadline is not None and goal.start >= goal.deadline:
            yield _hit(goal, "deadline", "start", values={"start": goal.start, "deadline": goal.deadline})


@rule("strategy.goal_lacks_resources")
def check_goals_are_attainable(facts: Facts) -> Iterator[Hit | Lack]:
    """The resources that a goal needs are there. A note where they are there in part."""
    needing = [goal for goal in facts.open_goals if goal.resources_needed]
    unknown = [goal for goal in needing if goal.resources_available is None]
    yield from lack((goal.cell("resources_available") for goal in unknown), goals=tuple(map(goal_id, unknown)))
    for goal in needing:
        if goal.resources_available in ("no", "partly"):
            yield _hit(
                goal,
                "resources_available",
                "resources_needed",
                level=Level.NOTE if goal.resources_available == "partly" else None,
                case="" if goal.owner is None else "owner_says",
                values={"needed": goal.resources_needed or "", "owner": goal.owner or ""},
            )


def _hit(
    goal: Goal, *fields: str, case: str = "", level: Level | None = None, values: Mapping[str, Wording] | None = None
) -> Hit:
    return Hit(
        about=goal_id(goal),
        root=goal_root(goal),
        within=(channel_root(goal.channel),) if goal.channel is not None else (),
        evidence=tuple(goal.cell(field) for field in fields),
        values={"goal_id": goal.goal_id or "", "goal": goal_label(goal), **(values or {})},
        level=level,
        case=case,
    )
