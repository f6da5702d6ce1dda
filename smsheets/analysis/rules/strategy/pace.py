"""Rules on where goals lead if their figures go on as they do."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal

from smsheets.analysis.context import Context, Term
from smsheets.analysis.finding import Hit, Lack, Level, Wording, rule
from smsheets.analysis.goal_outlook import GoalOutlook, Outlook, WhyNot, goal_outlook
from smsheets.analysis.kpi_standards import figure, months_of
from smsheets.plan.forecast import LEAST_POINTS
from smsheets.plan.goals import Goal

NOT_IN_SIGHT = Term("not in sight")

_NEVER = (
    "At this pace it is not reached within two years. Find out what works and do more of it, put more time or money "
    "behind it, or set a target that can be reached."
)


@rule(
    "strategy.goal_out_of_reach",
    level=Level.WARNING,
    needs=("strategy", "kpi-report"),
    says="Goal {goal_id} '{goal}' will not be reached by {deadline}: {level} now, {target} wanted. That takes "
    "{needed} a month; at present it is {pace} ({slow} to {fast}).",
    todo="At this pace it is reached by {likely} ({earliest} to {latest}). Put more time or money behind it, do "
    "less of what serves no goal, or move the deadline.",
    source="The median step between every two months (Theil-Sen), its quartiles as the range; from three months on",
    thresholds=("strategy.goal_late_days",),
    lacks="Whether goal {goal_id} '{goal}' will be reached in time. That takes figures of {months} months, the last "
    "ones among them; there are {points}.",
    weight=3,
)
def check_goals_are_in_reach(context: Context) -> Iterator[Hit | Lack]:
    """A goal is reached by its deadline, or not much later, if its metric goes on as it does.

    Nothing is said of goals without a number, a deadline or a row in the KPI report - other rules do that - and of
    those whose deadline is over.
    """
    grace = timedelta(days=int(context.thresholds["strategy.goal_late_days"]))
    for goal, outlook in _outlooks(context):
        if goal.deadline is None or goal.deadline < context.as_of:
            continue
        if outlook.why_not in (WhyNot.TOO_FEW, WhyNot.STALE):
            values = {**_names(goal), "points": outlook.points, "months": LEAST_POINTS}
            yield Lack(evidence=outlook.cells, values=values)
        if outlook.outlook is Outlook.NOT_AT_THIS_PACE:
            yield _hit(goal, outlook, context, todo=_NEVER)
        if outlook.likely is not None and outlook.outlook is Outlook.LATE and outlook.likely > goal.deadline + grace:
            yield _hit(goal, outlook, context)


@rule(
    "strategy.goal_missed",
    level=Level.WARNING,
    needs=("strategy", "kpi-report"),
    says="Goal {goal_id} '{goal}' was to be reached by {deadline}: it stands at {value}, {target} was wanted.",
    todo="Decide: a new deadline and what it takes, a smaller number, or drop it. Note on the sheet Changes what you "
    "have learned.",
    source="This program's own rule: a goal whose day is over gets a decision",
    weight=2,
)
def check_goals_were_reached(context: Context) -> Iterator[Hit]:
    """A goal whose deadline is over was reached by the last known figure."""
    for goal, outlook in _outlooks(context):
        if outlook.outlook is Outlook.MISSED:
            yield Hit(
                about=goal.goal_id or "",
                root=f"goal {goal.goal_id}" if goal.goal_id else "",
                evidence=(goal.cell("deadline"), goal.cell("target"), *outlook.cells[:1]),
                values={
                    **_names(goal),
                    "value": _figure(outlook.value, outlook, context),
                    "target": _figure(outlook.target, outlook, context),
                    "deadline": goal.deadline or "",
                },
            )


def _outlooks(context: Context) -> Iterator[tuple[Goal, GoalOutlook]]:
    strategy, months = context.plans.strategy, months_of(context)
    if strategy is not None and months is not None:
        yield from ((goal, goal_outlook(goal, months, context.as_of)) for goal in strategy.goals if goal.in_use)


def _hit(goal: Goal, outlook: GoalOutlook, context: Context, todo: str = "") -> Hit:
    pace = outlook.pace
    steps = (pace.likely, pace.low, pace.high) if pace is not None else (None, None, None)
    usual, slow, fast = (_figure(step, outlook, context) for step in steps)
    return Hit(
        about=goal.goal_id or "",
        root=f"goal {goal.goal_id}" if goal.goal_id else "",
        evidence=(goal.cell("deadline"), goal.cell("target"), *outlook.cells),
        values={
            **_names(goal),
            "deadline": goal.deadline or "",
            "level": _figure(outlook.level, outlook, context),
            "target": _figure(outlook.target, outlook, context),
            "needed": _figure(outlook.needed, outlook, context),
            "pace": usual,
            "slow": slow,
            "fast": fast,
            "likely": outlook.likely or NOT_IN_SIGHT,
            "earliest": outlook.earliest or NOT_IN_SIGHT,
            "latest": outlook.latest or NOT_IN_SIGHT,
        },
        todo=todo,
    )


def _names(goal: Goal) -> dict[str, Wording]:
    return {"goal_id": goal.goal_id or "", "goal": goal.goal or ""}


def _figure(value: Decimal | None, outlook: GoalOutlook, context: Context) -> Wording:
    return "" if value is None else figure(value, outlook.unit, context)
