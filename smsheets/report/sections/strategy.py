"""The strategy in a report: what the business is there for, its goals, its channels, its people."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from smsheets.analysis.context import Context
from smsheets.analysis.finding import Wording
from smsheets.money import Money, Share
from smsheets.plan.ad_money import ShareState, total_shares
from smsheets.plan.goals import Goal, Verdict, assess_readiness, check_smart
from smsheets.plan.strategy import Channel, Strategy, TeamRole
from smsheets.report.document import Cell, ChartView, Line, Part, Role, Section, Status, TableView, Tone, Verbatim
from smsheets.report.sections.cells import (
    channel_cell,
    keep_largest,
    make_chart,
    money_cell,
    range_cell,
    shorten,
    word_cell,
)
from smsheets.report.sections.goal_progress import progress_parts

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


def _team_parts(team: Iterable[TeamRole], context: Context) -> list[Part]:
    """The roles with their people; nothing while nobody has one."""
    roles = [role for role in team if role.role is not None or role.person is not None]
    if all(role.person is None for role in roles):
        return []
    return [*_hours_chart(roles), _team_table(roles, context)]


def _team_table(roles: Iterable[TeamRole], context: Context) -> TableView:
    return TableView(
        title="Who does what",
        headers=("Role", "Person", "Hours a week", "Hourly value", "Stands in for"),
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
    return make_chart(
        Line("Hours a week by role"),
        Line(
            "Most time goes into {role}: {hours} hours a week.",
            {"role": _role_cell(most), "hours": most.hours_per_week or Decimal(0)},
        ),
        [
            Line("{role}: {person}", {"role": _role_cell(role), "person": Verbatim(role.person or "-")})
            for role in shown
        ],
        (Line("Hours a week"), Role.PLANNED, [role.hours_per_week for role in shown]),
        unit="hours",
        of=len(known),
    )


def _role_cell(role: TeamRole) -> Line | Verbatim:
    return word_cell(_ROLES, role.role or "")


_VERDICTS = {
    Verdict.UNFINISHED: "Readiness: {score}, {answered} of {questions} questions answered so far.",
    Verdict.READY: "Readiness: {score} - ready.",
    Verdict.READY_WITH_GAPS: "Readiness: {score} - ready, but close the gaps.",
    Verdict.NOT_READY: "Readiness: {score} - not ready yet, {line} is needed.",
}
_ROLE_COLUMNS = {"primary": "primary sales", "secondary": "secondary", "support": "support"}
_DECISIONS = {"keep": "keep", "test": "test", "stop": "stop"}
_LONGEST_SENTENCE = 90  # characters: a line and a little
_LONGEST_GOAL = 60  # characters of a cell; the sheet has the rest

_Row = tuple[Cell, ...]


def plan_section(plan: Strategy, context: Context) -> Section:
    """Mission, goals, channels, people and readiness. Parts that are not written are left out."""
    mission, advantage = plan.mission, plan.reasons.advantage
    parts: list[Part] = []
    if mission.what_we_do is not None:
        parts.append(Line("What we do: {mission}", {"mission": shorten(mission.what_we_do, _LONGEST_SENTENCE)}))
    if mission.destination is not None:
        values = {"destination": shorten(mission.destination, _LONGEST_SENTENCE)}
        parts.append(Line("Where we are going: {destination}", values))
    if advantage is not None:
        parts.append(Line("Why we are better: {advantage}", {"advantage": shorten(advantage, _LONGEST_SENTENCE)}))
    parts += _people(plan, context)
    parts += _readiness(plan, context)
    parts += _goals(plan, context)
    parts += _team_parts(plan.team, context)
    parts += _channels(plan, context)
    if not parts:
        parts.append(Line("Nothing is written yet."))
    return Section("Strategy", tuple(parts))


def _people(plan: Strategy, context: Context) -> list[Line]:
    people = {role.person for role in plan.team if role.person is not None}
    if not people:
        return []
    hours = [role.hours_per_week for role in plan.team if role.hours_per_week is not None]
    worth = [
        role.hours_per_week * role.hourly_value
        for role in plan.team
        if role.hours_per_week is not None and role.hourly_value is not None
    ]
    values: dict[str, Wording] = {"people": len(people), "hours": sum(hours, Decimal(0))}
    if not worth:
        return [Line("Team: {people} people, {hours} hours a week.", values)]
    values["worth"] = Money(sum(worth, Decimal(0)), context.currency)
    return [Line("Team: {people} people, {hours} hours a week, worth {worth}.", values)]


def _readiness(plan: Strategy, context: Context) -> list[Line]:
    line = plan.readiness_result.line
    if line is None:
        line = context.thresholds["strategy.readiness_line"]
    result = assess_readiness(plan.readiness, line)
    if result is None:
        return []
    values: dict[str, Wording] = {
        "score": Share(result.score),
        "line": Share(line),
        "answered": result.answered,
        "questions": result.questions,
    }
    return [Line(_VERDICTS[result.verdict], values)]


def _goals(plan: Strategy, context: Context) -> list[Part]:
    goals = [goal for goal in plan.goals if goal.in_use]
    if not goals:
        return []
    headers = ("ID", "Goal", "From", "To", "Deadline", "Owner", "Missing")
    return [
        TableView(title="Goals", headers=headers, rows=tuple(_goal_row(goal, context.currency) for goal in goals)),
        *progress_parts(goals, context),
    ]


def _goal_row(goal: Goal, currency: str) -> _Row:
    missing = len(check_smart(goal).missing)
    return (
        goal.goal_id,
        shorten(goal.goal, _LONGEST_GOAL) if goal.goal is not None else None,
        _amount(goal, goal.baseline, currency),
        _amount(goal, goal.target, currency),
        goal.deadline,
        goal.owner,
        missing if missing else Line("nothing"),
    )


def _amount(goal: Goal, value: Decimal | None, currency: str) -> Wording | None:
    if value is None:
        return None
    if goal.unit == "share":
        return Share(value)
    return Money(value, currency) if goal.unit == "money" else value


def _channels(plan: Strategy, context: Context) -> list[Part]:
    channels = [channel for channel in plan.channels if channel.channel is not None] if plan.begun else []
    if not channels:
        return []
    headers = ("Channel", "Role", "Posts a week", "Ad share", "Decision")
    table = TableView(
        title="Channels", headers=headers, rows=tuple(_channel_row(channel, context) for channel in channels)
    )
    shares = total_shares(channel.ad_share for channel in channels)
    if shares is None or shares.state is ShareState.ADDS_UP:
        return [table]
    return [table, Line("The ad shares add up to {total}.", {"total": Share(shares.total)})]


def _channel_row(channel: Channel, context: Context) -> _Row:
    return (
        channel_cell(channel.channel, context),
        word_cell(_ROLE_COLUMNS, channel.role) if channel.role is not None else None,
        range_cell(channel.posts_low, channel.posts_high),
        Share(channel.ad_share) if channel.ad_share is not None else None,
        word_cell(_DECISIONS, channel.decision) if channel.decision is not None else None,
    )
