"""Who does what, and how many hours a week it takes."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from smsheets.analysis.context import Context
from smsheets.plan.strategy import TeamRole
from smsheets.report.document import (
    ChartKind,
    ChartView,
    Line,
    Part,
    Role,
    Series,
    Status,
    TableView,
    Tone,
    Verbatim,
)
from smsheets.report.sections.cells import money_cell
from smsheets.report.sections.pictures import keep_largest, worth_drawing

_ROLES = {
    "lead": "Lead",
    "copy": "Copywriting",
    "creative": "Creative",
    "ads": "Ads",
    "distribution": "Publishing",
    "influencers": "Influencers",
    "comments": "Comments and messages",
    "analyst": "Analyst",
}
_NOBODY = Status("nobody", Tone.WATCH)


def team_parts(team: Iterable[TeamRole], context: Context) -> list[Part]:
    """The roles with their people; nothing while nobody has one."""
    roles = [role for role in team if role.role is not None or role.person is not None]
    if all(role.person is None for role in roles):
        return []
    return [*_hours_chart(roles), _team_table(roles, context)]


def _team_table(roles: Iterable[TeamRole], context: Context) -> TableView:
    return TableView(
        title="Who does what",
        headers=("Role", "Person", "Hours a week", "Worth an hour", "Stands in for"),
        rows=tuple(
            (
                _role_cell(role),
                Verbatim(role.person) if role.person is not None else _NOBODY,
                role.hours_per_week,
                money_cell(role.hourly_value, context.currency),
                Verbatim(role.stand_in) if role.stand_in is not None else None,
            )
            for role in roles
        ),
    )


def _hours_chart(roles: list[TeamRole]) -> tuple[ChartView, ...]:
    known = [role for role in roles if role.hours_per_week]
    if len(known) < 2:
        return ()
    shown = keep_largest(known, lambda role: role.hours_per_week or Decimal(0))
    most = max(known, key=lambda role: role.hours_per_week or Decimal(0))
    return worth_drawing(
        ChartView(
            kind=ChartKind.BARS,
            title=Line("Hours a week by role"),
            says=Line(
                "Most time goes into: {role}, {hours} hours a week.",
                {"role": _role_cell(most), "hours": most.hours_per_week or Decimal(0)},
            ),
            categories=tuple(
                Line("{role}: {person}", {"role": _role_cell(role), "person": Verbatim(role.person or "-")})
                for role in shown
            ),
            series=(
                Series(
                    name=Line("Hours a week"), role=Role.PLANNED, values=tuple(role.hours_per_week for role in shown)
                ),
            ),
            unit="hours",
        ),
        of=len(known),
    )


def _role_cell(role: TeamRole) -> Line | Verbatim:
    """The role in the reader's language; a person's own word as it is."""
    word = role.role or ""
    return Line(_ROLES[word]) if word in _ROLES else Verbatim(word)
