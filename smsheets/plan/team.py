"""The people of the strategy's sheet Team: their hours over all roles, what an hour is worth, who covers for whom."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

import msgspec

from smsheets.plan.known import add_known
from smsheets.plan.strategy import TeamRole


class Person(msgspec.Struct, frozen=True, kw_only=True):
    """One person of the team.

    Attributes:
        name: As it stands beside their first role.
        hours: Per week, over all roles; None where not one of them has any.
    """

    name: str
    roles: tuple[TeamRole, ...]
    hours: Decimal | None

    @property
    def hourly_value(self) -> Decimal | None:
        """What an hour is worth, roles with more hours weighing more; None where no role says it.

        Where no role with a value has hours, the roles weigh alike.
        """
        valued = [(role.hourly_value, role.hours_per_week) for role in self.roles]
        known = [(value, hours or Decimal(0)) for value, hours in valued if value is not None]
        if not known:
            return None
        weight = sum((hours for _, hours in known), Decimal(0))
        if not weight:
            return sum((value for value, _ in known), Decimal(0)) / len(known)
        return sum((value * hours for value, hours in known), Decimal(0)) / weight

    def worth(self, hours: Decimal) -> Decimal | None:
        """What so many hours of this person are worth, in the workbook's currency."""
        return None if self.hourly_value is None else hours * self.hourly_value


def person_key(name: str | None) -> str:
    """A name as it is compared: `ada ` and `Ada` are the same; None is empty."""
    return (name or "").strip().casefold()


def people_of(team: Iterable[TeamRole]) -> dict[str, Person]:
    """The people by `person_key`, in the order of the sheet."""
    roles: dict[str, list[TeamRole]] = {}
    for role in team:
        if role.person is not None:
            roles.setdefault(person_key(role.person), []).append(role)
    return {
        key: Person(
            name=own[0].person or "",
            roles=tuple(own),
            hours=add_known(role.hours_per_week for role in own),
        )
        for key, own in roles.items()
    }


def covered_people(team: Iterable[TeamRole]) -> frozenset[str]:
    """The `person_key` of everybody for whom somebody else stands in."""
    pairs = ((person_key(role.person), person_key(role.stand_in)) for role in team)
    return frozenset(away for person, away in pairs if person and away and person != away)
