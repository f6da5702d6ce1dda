"""Rules about the team's roles and hours, and about the pace of goals."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal

from smsheets.analysis.context import Term
from smsheets.analysis.facts import Facts
from smsheets.analysis.finding import Hit, Lack, Wording, rule
from smsheets.analysis.goal_outlook import GoalOutlook, Outlook, WhyNot, goal_outlook
from smsheets.analysis.kpi_standards import figure, months_of
from smsheets.analysis.rules.strategy.names import begun_strategy
from smsheets.plan.forecast import LEAST_POINTS
from smsheets.plan.goals import Goal
from smsheets.plan.workload import Person, covered_people, people_of, person_key

COMMENTS = "comments"
_ANSWERS = "inbox: answers"
"""The root of what goes wrong because messages are not answered in time."""


@rule("strategy.nobody_answers")
def check_somebody_answers(facts: Facts) -> Iterator[Hit]:
    """The role for comments and messages has a person, once anything of the strategy is written."""
    strategy = begun_strategy(facts)
    if strategy is None:
        return
    rows = [role for role in strategy.team if role.role == COMMENTS]
    if all(row.person is None for row in rows):
        people = _names(people_of(strategy.team))
        yield Hit(
            about=COMMENTS,
            root=_ANSWERS,
            evidence=tuple(row.cell("person") for row in rows) or tuple(row.cell("role") for row in strategy.team[:1]),
            values={"people": people} if people else {},
            case="choose_person" if people else "",
        )


@rule("strategy.no_stand_in")
def check_answers_have_stand_in(facts: Facts) -> Iterator[Hit]:
    """For one of those who answer comments and messages somebody stands in, or two of them answer."""
    strategy = begun_strategy(facts)
    if strategy is None:
        return
    rows = {person_key(role.person): role for role in strategy.team if role.role == COMMENTS and role.person}
    covered = covered_people(strategy.team)
    if len(rows) != 1 or covered & rows.keys():
        return
    (key, role), *_ = rows.items()
    others = _names({other: person for other, person in people_of(strategy.team).items() if other != key})
    yield Hit(
        about=role.person or "",
        root=f"person {role.person}: stand-in",
        evidence=(role.cell("person"), role.cell("stand_in")),
        values={"person": role.person or "", "people": others},
        case="ask_team" if others else "",
    )


@rule("strategy.one_head")
def check_roles_are_shared(facts: Facts) -> Iterator[Hit]:
    """Nobody has nearly all roles without anybody who stands in.

    Few roles prove nothing; roles without a person do not count.
    """
    strategy = begun_strategy(facts)
    if strategy is None:
        return
    people = people_of(strategy.team)
    roles = sum(len(person.roles) for person in people.values())
    covered = covered_people(strategy.team)
    for key, person in people.items():
        share_reached = len(person.roles) >= facts.thresholds["strategy.one_head_share"] * roles
        if roles < facts.thresholds["strategy.one_head_roles"] or not share_reached or key in covered:
            continue
        others = _names({other: one for other, one in people.items() if other != key})
        yield Hit(
            about=person.name,
            root=f"person {person.name}: stand-in",
            evidence=tuple(role.cell("person") for role in person.roles),
            values={"person": person.name, "count": len(person.roles), "roles": roles, "people": others},
            case="share_roles" if others else "",
        )


def _names(people: dict[str, Person]) -> tuple[str, ...]:
    return tuple(person.name for person in people.values())


NOT_IN_SIGHT = Term("not in sight")

_NEVER = (
    "At this pace it is not reached within two years. Find out what works and do more of it, put more time or money "
    "behind it, or set a target that can be reached."
)


@rule("strategy.goal_out_of_reach")
def check_goals_are_in_reach(facts: Facts) -> Iterator[Hit | Lack]:
    """A goal is reached by its deadline, or not much later, if its metric goes on as it does.

    Nothing is said of goals without a number, a deadline or a row in the KPI report - other rules do that - and of
    those whose deadline is over.
    """
    grace = timedelta(days=int(facts.thresholds["strategy.goal_late_days"]))
    for goal, outlook in _outlooks(facts):
        if goal.deadline is None or goal.deadline < facts.as_of:
            continue
        if outlook.why_not in (WhyNot.TOO_FEW, WhyNot.STALE):
            values = {**_names_on_pace(goal), "points": outlook.points, "months": LEAST_POINTS}
            yield Lack(evidence=outlook.cells, values=values)
        if outlook.outlook is Outlook.NOT_AT_THIS_PACE:
            yield _hit(goal, outlook, facts, todo=_NEVER)
        if outlook.likely is not None and outlook.outlook is Outlook.LATE and outlook.likely > goal.deadline + grace:
            yield _hit(goal, outlook, facts)


@rule("strategy.goal_missed")
def check_goals_were_reached(facts: Facts) -> Iterator[Hit]:
    """A goal whose deadline is over was reached by the last known figure."""
    for goal, outlook in _outlooks(facts):
        if outlook.outlook is Outlook.MISSED:
            yield Hit(
                about=goal.goal_id or "",
                root=f"goal {goal.goal_id}" if goal.goal_id else "",
                evidence=(goal.cell("deadline"), goal.cell("target"), *outlook.cells[:1]),
                values={
                    **_names_on_pace(goal),
                    "value": _figure(outlook.value, outlook, facts),
                    "target": _figure(outlook.target, outlook, facts),
                    "deadline": goal.deadline or "",
                },
            )


def _outlooks(facts: Facts) -> Iterator[tuple[Goal, GoalOutlook]]:
    strategy, months = facts.plans.strategy, months_of(facts)
    if strategy is not None and months is not None:
        yield from ((goal, goal_outlook(goal, months, facts.as_of)) for goal in strategy.goals if goal.in_use)


def _hit(goal: Goal, outlook: GoalOutlook, facts: Facts, todo: str = "") -> Hit:
    pace = outlook.pace
    steps = (pace.likely, pace.low, pace.high) if pace is not None else (None, None, None)
    usual, slow, fast = (_figure(step, outlook, facts) for step in steps)
    return Hit(
        about=goal.goal_id or "",
        root=f"goal {goal.goal_id}" if goal.goal_id else "",
        evidence=(goal.cell("deadline"), goal.cell("target"), *outlook.cells),
        values={
            **_names_on_pace(goal),
            "deadline": goal.deadline or "",
            "level": _figure(outlook.level, outlook, facts),
            "target": _figure(outlook.target, outlook, facts),
            "needed": _figure(outlook.needed, outlook, facts),
            "pace": usual,
            "slow": slow,
            "fast": fast,
            "likely": outlook.likely or NOT_IN_SIGHT,
            "earliest": outlook.earliest or NOT_IN_SIGHT,
            "latest": outlook.latest or NOT_IN_SIGHT,
        },
        todo=todo,
    )


def _names_on_pace(goal: Goal) -> dict[str, Wording]:
    return {"goal_id": goal.goal_id or "", "goal": goal.goal or ""}


def _figure(value: Decimal | None, outlook: GoalOutlook, facts: Facts) -> Wording:
    return "" if value is None else figure(value, outlook.unit, facts)
