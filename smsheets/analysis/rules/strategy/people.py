"""Rules about the team's roles and hours, and about the pace of goals."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal

from smsheets.analysis.context import Term
from smsheets.analysis.facts import Facts
from smsheets.analysis.finding import Hit, Lack, Wording, lack, rule
from smsheets.analysis.goal_outlook import GoalOutlook, Outlook, WhyNot
from smsheets.analysis.kpi_standards import figure
from smsheets.analysis.subjects import cells_of, goal_id, goal_label, goal_root, person_root
from smsheets.cells import CellRef
from smsheets.plan.forecast import LEAST_POINTS
from smsheets.plan.goals import Goal
from smsheets.plan.workload import covered_people, person_key

_COMMENTS = "comments"
_ANSWERS_ROOT = "inbox: answers"
"""The cause that messages are not answered in time, as in the rules of the KPI report."""
_NOTHING_COUNTED = (WhyNot.NO_NUMBER, WhyNot.NO_ROW)
_NOT_IN_SIGHT = Term("not in sight")


@rule("strategy.nobody_answers")
def check_somebody_answers(facts: Facts) -> Iterator[Hit]:
    """The role for comments and messages has a person, once anything of the strategy is written."""
    team = facts.strategy.team
    rows = [role for role in team if role.role == _COMMENTS]
    if facts.strategy.begun and all(row.person is None for row in rows):
        people = _others(facts)
        yield Hit(
            about=_COMMENTS,
            root=_ANSWERS_ROOT,
            evidence=tuple(row.cell("person") for row in rows) or tuple(row.cell("role") for row in team[:1]),
            values={"people": people} if people else {},
            case="choose_person" if people else "",
        )


@rule("strategy.role_without_person")
def check_roles_have_people(facts: Facts) -> Iterator[Hit]:
    """Each role has a person; one finding for all that have none. Comments and messages have a graver rule."""
    open_ = [role for role in facts.strategy.team if role.role not in (None, _COMMENTS) and role.person is None]
    if facts.settled and open_:
        yield Hit(about="team", evidence=cells_of(open_, "person"), values={"count": len(open_)})


@rule("strategy.no_stand_in")
def check_answers_have_stand_in(facts: Facts) -> Iterator[Hit]:
    """One of those who answer comments and messages has a stand-in, or two of them answer."""
    team = facts.strategy.team
    rows = {person_key(role.person): role for role in team if role.role == _COMMENTS and role.person}
    if not facts.strategy.begun or len(rows) != 1 or covered_people(team) & rows.keys():
        return
    (key, role), *_ = rows.items()
    others = _others(facts, key)
    yield Hit(
        about=role.person or "",
        root=person_root(role.person, "stand-in"),
        evidence=(role.cell("person"), role.cell("stand_in")),
        values={"person": role.person or "", "people": others},
        case="ask_team" if others else "",
    )


@rule("strategy.one_head")
def check_roles_are_shared(facts: Facts) -> Iterator[Hit]:
    """Nobody has nearly all roles without anybody who stands in.

    Few roles prove nothing; roles without a person do not count. In a business of one person it is no finding that one
    person does everything: `strategy.no_stand_in` asks for a stand-in.
    """
    roles = sum(len(person.roles) for person in facts.team.values())
    if not facts.strategy.begun or len(facts.team) < 2 or roles < facts.thresholds["strategy.one_head_roles"]:
        return
    covered = covered_people(facts.strategy.team)
    for key, person in facts.team.items():
        if len(person.roles) < facts.thresholds["strategy.one_head_share"] * roles or key in covered:
            continue
        yield Hit(
            about=person.name,
            root=person_root(person.name, "stand-in"),
            evidence=tuple(role.cell("person") for role in person.roles),
            values={"person": person.name, "count": len(person.roles), "roles": roles, "people": _others(facts, key)},
        )


def _others(facts: Facts, but: str = "") -> tuple[str, ...]:
    """The names of the team, without one person by `person_key`."""
    return tuple(person.name for key, person in facts.team.items() if key != but)


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
            yield from lack(outlook.cells, **_names(goal), points=outlook.points, months=LEAST_POINTS)
        if outlook.outlook is Outlook.NOT_AT_THIS_PACE:
            yield _pace_hit(goal, outlook, facts, case="never")
        if outlook.likely is not None and outlook.outlook is Outlook.LATE and outlook.likely > goal.deadline + grace:
            yield _pace_hit(goal, outlook, facts)


def _pace_hit(goal: Goal, outlook: GoalOutlook, facts: Facts, case: str = "") -> Hit:
    pace = outlook.pace
    steps = (pace.likely, pace.low, pace.high) if pace is not None else (None, None, None)
    usual, slow, fast = (_figure(step, outlook, facts) for step in steps)
    values: dict[str, Wording] = {
        "deadline": goal.deadline or "",
        "value": _figure(outlook.value, outlook, facts),
        "target": _figure(outlook.target, outlook, facts),
        "needed": _figure(outlook.needed, outlook, facts),
        "pace": usual,
        "slow": slow,
        "fast": fast,
        "likely": outlook.likely or _NOT_IN_SIGHT,
        "earliest": outlook.earliest or _NOT_IN_SIGHT,
        "latest": outlook.latest or _NOT_IN_SIGHT,
    }
    return _hit(goal, outlook.cells, values, case)


@rule("strategy.goal_missed")
def check_goals_were_reached(facts: Facts) -> Iterator[Hit]:
    """A goal whose deadline is over was reached by the last known figure; or nobody can tell, and it is decided on."""
    for goal, outlook in _outlooks(facts):
        if outlook.outlook is Outlook.MISSED:
            values: dict[str, Wording] = {
                "value": _figure(outlook.value, outlook, facts),
                "target": _figure(outlook.target, outlook, facts),
                "deadline": goal.deadline or "",
            }
            yield _hit(goal, outlook.cells[:1], values)
        elif goal.deadline is not None and goal.deadline < facts.as_of and outlook.why_not in _NOTHING_COUNTED:
            yield _hit(goal, (), {"deadline": goal.deadline}, case="nobody_knows")


def _outlooks(facts: Facts) -> Iterator[tuple[Goal, GoalOutlook]]:
    return zip(facts.strategy.goals_in_use, facts.goal_outlooks, strict=True)


def _hit(goal: Goal, figures: tuple[CellRef, ...], values: dict[str, Wording], case: str = "") -> Hit:
    """A goal's deadline and target against figures of its row."""
    return Hit(
        about=goal_id(goal),
        root=goal_root(goal),
        evidence=(goal.cell("deadline"), goal.cell("target"), *figures),
        values={**_names(goal), **values},
        case=case,
    )


def _names(goal: Goal) -> dict[str, Wording]:
    return {"goal": goal_label(goal)}


def _figure(value: Decimal | None, outlook: GoalOutlook, facts: Facts) -> Wording:
    return "" if value is None else figure(value, outlook.unit, facts)
