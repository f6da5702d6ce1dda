"""Findings about money that nobody spends: idle, or lost at the end of the month."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from smsheets.analysis.context import Context
from smsheets.analysis.finding import Hit, Lack, Level, rule
from smsheets.analysis.rules.budget.evidence import (
    about_line,
    last_actuals,
    lines_of,
    money,
    month_of,
    named,
    root_of,
    variance_of,
)
from smsheets.analysis.rules.budget.shortage import Shortage, shortages_of
from smsheets.analysis.variance.budget import LineVariance
from smsheets.periods import month_end
from smsheets.plan.budget import OWN_TIME
from smsheets.plan.carry import ZERO, CarryRule
from smsheets.plan.expiry import expiring_of
from smsheets.plan.spare_money import spread_over


@rule(
    "budget.idle",
    level=Level.WARNING,
    needs=("budget",),
    says="'{line}' carries {left} forward that nobody spends, at least {months} months of its plan.",
    todo="Spend {more} a month more on '{line}' in the {open} months left, move it to a line that works, or plan that"
    " much less.",
    source="Money that keeps rolling over is a plan that is not carried out",
    thresholds=("budget.idle_months",),
    weight=2,
)
def check_money_at_work(context: Context) -> Iterator[Hit]:
    """No line carries the money of several months forward without spending it. At stake is what it carries."""
    count = int(context.thresholds["budget.idle_months"])
    idle = [line for line in lines_of(context) if _idle_money(line, count) is not None]
    helped = _helped_by(context) if idle else {}
    for line in idle:
        left = _idle_money(line, count) or ZERO
        open_months = len(line.months) - line.closed
        takers = helped.get(about_line(line.line), [])
        moved = sum((item.take for item in takers), ZERO)
        yield Hit(
            about=about_line(line.line),
            root=root_of(line.line),
            evidence=last_actuals(line, count),
            values={
                "line": line.line.name,
                "left": money(left, context),
                "months": count,
                "open": open_months,
                "more": money(spread_over(left, open_months), context),
                "moved": money(moved, context),
                "takers": tuple(named(item.line.line) for item in takers),
                "rest": money(left - moved, context),
            },
            effect=left,
            todo=_IDLE_TODOS[bool(takers), left > moved],
        )


MOVE_SOME = (
    "Move {moved} of it to what needs more than it has ({takers}). Spend the other {rest} on '{line}' in the {open}"
    " months left, or plan that much less."
)
MOVE_ALL = "Move it to what needs more than it has: {takers}."
_IDLE_TODOS = {(True, True): MOVE_SOME, (True, False): MOVE_ALL, (False, True): "", (False, False): ""}


def _idle_money(line: LineVariance, count: int) -> Decimal | None:
    """What a line carries forward, where that is the plan of at least `count` months and each of them left some."""
    closed = [month for month in line.months if month.closed]
    if line.rule is CarryRule.NONE or len(closed) < count or len(closed) == len(line.months):
        return None
    last = closed[-count:]
    left = last[-1].left or ZERO
    plan = sum((month.planned or ZERO for month in last), ZERO)
    return left if plan > 0 and left >= plan and all((month.left or ZERO) > 0 for month in last) else None


def _helped_by(context: Context) -> dict[str, list[Shortage]]:
    """What other lines are told to take from each line."""
    found: dict[str, list[Shortage]] = {}
    for item in shortages_of(context):
        if item.giver is not None:
            found.setdefault(about_line(item.giver.line), []).append(item)
    return found


@rule(
    "budget.expiring",
    level=Level.WARNING,
    needs=("budget",),
    says="'{line}' has {left} of {available} for {month} left, and carries nothing: on {until} it is lost.",
    todo="Use it by {until}, or set the carry rule of '{line}' to 'unspent'.",
    source="Carry rule 'none': what a month leaves expires",
    thresholds=("budget.expiry_days", "budget.expiry_share"),
    lacks="Fill in what was spent in {month} ({lines}) to learn whether money is lost at the end of the month.",
    weight=1,
)
def check_money_does_not_expire(context: Context) -> Iterator[Hit | Lack]:
    """No line that carries nothing is about to lose a part of its month. At stake is what would be lost.

    Own time is left out: hours are not lost with their plan. So is a line that has always used up its months: what it
    has left is a bill on its way.
    """
    budget, variance = context.plans.budget, variance_of(context)
    until = month_end(context.as_of)
    if budget is None or variance is None or variance.running is None:
        return
    if (until - context.as_of).days > context.thresholds["budget.expiry_days"]:
        return
    running, unknown = variance.running, []
    for line in variance.lines:
        found = expiring_of(line.months, line.rule, running, context.thresholds["budget.expiry_share"])
        if found is None or line.line.category == OWN_TIME:
            continue
        if found.left is None:
            unknown.append(line)
            continue
        yield Hit(
            about=about_line(line.line),
            root=root_of(line.line),
            evidence=(line.line.cell("actual", found.month), line.line.cell("planned", found.month)),
            values={
                "line": line.line.name,
                "left": money(found.left, context),
                "available": money(found.available, context),
                "month": month_of(budget, found.month),
                "until": until,
            },
            effect=found.left,
        )
    if unknown:
        yield Lack(
            evidence=tuple(line.line.cell("actual", running.number) for line in unknown),
            values={
                "month": month_of(budget, running.number),
                "lines": tuple(named(line.line) for line in unknown),
            },
        )
