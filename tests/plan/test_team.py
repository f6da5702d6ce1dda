"""The people of the sheet Team: their hours, what an hour is worth, who covers for whom."""

from __future__ import annotations

from decimal import Decimal

import pytest

from smsheets.plan.strategy import TeamRole
from smsheets.plan.workload import covered_people, people_of


def role(person: str | None, hours: str | None = None, value: str | None = None, away: str | None = None) -> TeamRole:
    return TeamRole(
        person=person,
        hours_per_week=None if hours is None else Decimal(hours),
        hourly_value=None if value is None else Decimal(value),
        stand_in=away,
    )


def test_a_person_has_the_hours_of_all_roles() -> None:
    people = people_of([role("Ada", "1"), role(None, "9"), role("Bob"), role("ada ", "2.5"), role("Ada")])
    assert [(key, person.name, person.hours) for key, person in people.items()] == [
        ("ada", "Ada", Decimal("3.5")),
        ("bob", "Bob", None),
    ]
    assert len(people["ada"].roles) == 3


@pytest.mark.parametrize(
    ("roles", "value"),
    [
        ([role("Ada", "1", "20"), role("Ada", "3", "40")], Decimal(35)),
        ([role("Ada", "1", "20"), role("Ada", None, "40")], Decimal(20)),
        ([role("Ada", None, "20"), role("Ada", None, "40")], Decimal(30)),
        ([role("Ada", "5")], None),
    ],
)
def test_hours_weigh_the_value_of_an_hour(roles: list[TeamRole], value: Decimal | None) -> None:
    person = people_of(roles)["ada"]
    assert person.hourly_value == value
    assert person.worth(Decimal(2)) == (None if value is None else 2 * value)


def test_nobody_stands_in_for_themselves() -> None:
    team = [role("Ada", away="Bob "), role("Bob", away="bob"), role(None, away="Cleo"), role("Cleo")]
    assert covered_people(team) == {"bob"}
