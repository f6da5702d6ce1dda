"""Rules on the team: who answers people, and what happens when somebody is away."""

from __future__ import annotations

from collections.abc import Iterator

from smsheets.analysis.context import Context
from smsheets.analysis.finding import Hit, Level, rule
from smsheets.analysis.rules.strategy.names import begun_strategy
from smsheets.plan.team import Person, covered_people, people_of, person_key

COMMENTS = "comments"
_ANSWERS = "inbox: answers"
"""The root of what goes wrong because messages are not answered in time."""

_CHOOSE_PERSON = (
    "Put one of the team ({people}) beside the role 'Comments and messages' on the sheet Team, with hours per week and "
    "somebody else as a stand-in."
)
_ASK_TEAM = "Agree on it with one of the team ({people}), and put {person} into 'Stands in for' beside their name."
_SHARE_ROLES = (
    "Let one of the others ({people}) stand in, and note it in 'Stands in for'. Share passwords and drafts with them."
)


@rule(
    "strategy.nobody_answers",
    level=Level.ERROR,
    needs=("strategy",),
    says="Nobody is in charge of comments and messages.",
    todo="Put a person beside the role 'Comments and messages' on the sheet Team, with hours per week and a stand-in.",
    source="This program's own rule: a question left lying is a customer lost",
    weight=3,
)
def check_somebody_answers(context: Context) -> Iterator[Hit]:
    """The role for comments and messages has a person, once anything of the strategy is written."""
    strategy = begun_strategy(context)
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
            todo=_CHOOSE_PERSON if people else "",
        )


@rule(
    "strategy.no_stand_in",
    level=Level.WARNING,
    needs=("strategy",),
    says="Nobody stands in for {person}, who answers comments and messages: on a day off all questions are left lying.",
    todo="Ask somebody you trust to look in on those days, and add them to the sheet Team with {person} in "
    "'Stands in for'.",
    source="This program's own rule: a question left lying is a customer lost",
    weight=3,
)
def check_answers_have_stand_in(context: Context) -> Iterator[Hit]:
    """For one of those who answer comments and messages somebody stands in, or two of them answer."""
    strategy = begun_strategy(context)
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
        todo=_ASK_TEAM if others else "",
    )


@rule(
    "strategy.one_head",
    level=Level.NOTE,
    needs=("strategy",),
    says="Everything hangs on {person}: {count} of {roles} roles, and nobody stands in.",
    todo="Choose somebody who can post and answer for two weeks, write down where the passwords and drafts are, and "
    "note them in 'Stands in for'.",
    source="This program's own rule: an illness must not silence a business",
    thresholds=("strategy.one_head_share", "strategy.one_head_roles"),
    weight=2,
)
def check_roles_are_shared(context: Context) -> Iterator[Hit]:
    """Nobody has nearly all roles without anybody who stands in.

    Few roles prove nothing; roles without a person do not count.
    """
    strategy = begun_strategy(context)
    if strategy is None:
        return
    people = people_of(strategy.team)
    roles = sum(len(person.roles) for person in people.values())
    covered = covered_people(strategy.team)
    for key, person in people.items():
        share_reached = len(person.roles) >= context.thresholds["strategy.one_head_share"] * roles
        if roles < context.thresholds["strategy.one_head_roles"] or not share_reached or key in covered:
            continue
        others = _names({other: one for other, one in people.items() if other != key})
        yield Hit(
            about=person.name,
            root=f"person {person.name}: stand-in",
            evidence=tuple(role.cell("person") for role in person.roles),
            values={"person": person.name, "count": len(person.roles), "roles": roles, "people": others},
            todo=_SHARE_ROLES if others else "",
        )


def _names(people: dict[str, Person]) -> tuple[str, ...]:
    return tuple(person.name for person in people.values())
