"""Findings about lines: overspent, unplanned, running over, idle."""

from __future__ import annotations

from collections.abc import Iterator

from smsheets.analysis.context import Context
from smsheets.analysis.finding import Hit, Level, rule
from smsheets.analysis.rules.budget.evidence import last_actuals, lines_of, money, overspent_cells
from smsheets.analysis.variance.budget import limits_of
from smsheets.money import Share
from smsheets.plan.budget_year import BudgetStatus
from smsheets.plan.carry import ZERO, CarryRule

LIMIT_SOURCE = "Variance = budget to date - actual; the limits are settings of the workbook, at first 5 % and 15 %"


@rule(
    "budget.over",
    level=Level.ERROR,
    needs=("budget",),
    says="'{line}' is over: {actual} spent, {over} ({share}) more than its budget to date of {budget}.",
    todo="Stop or cut '{line}', or raise its plan by taking {over} from a line with money left.",
    source=LIMIT_SOURCE,
    thresholds=("budget.over_share",),
)
def check_lines_within_budget(context: Context) -> Iterator[Hit]:
    """No line has overspent its budget to date by the share that counts as over."""
    for line in lines_of(context):
        if line.status is not BudgetStatus.OVER or line.year.variance is None or line.year.variance_share is None:
            continue
        yield Hit(
            evidence=overspent_cells(line),
            values={
                "line": line.line.name,
                "actual": money(line.year.actual, context),
                "over": money(-line.year.variance, context),
                "share": Share(-line.year.variance_share),
                "budget": money(line.year.to_date, context),
            },
            effect=-line.year.variance,
        )


@rule(
    "budget.unplanned",
    level=Level.WARNING,
    needs=("budget",),
    says="'{line}' has cost {actual} so far, and nothing was planned for it.",
    todo="Plan an amount for '{line}' in the coming months and take it from another line, or stop paying for it.",
    source="Without a budget there is no percentage: status 'no budget'",
)
def check_spending_planned(context: Context) -> Iterator[Hit]:
    """Nothing is spent on a line that has no budget."""
    for line in lines_of(context):
        actual = line.year.actual or ZERO
        if line.status is BudgetStatus.NO_BUDGET and actual > 0:
            yield Hit(
                evidence=overspent_cells(line),
                values={"line": line.line.name, "actual": money(actual, context)},
                effect=actual,
            )


@rule(
    "budget.pacing",
    level=Level.WARNING,
    needs=("budget",),
    says="At its present pace '{line}' costs {projected} by year end, {over} more than its budget of {budget}.",
    todo="Spend less on '{line}' from now on, or decide where the {over} come from.",
    source="Closed months' actuals + running month's actual / share of it that has passed"
    " + remaining plan at the pace of the last closed months",
    thresholds=("budget.watch_share", "budget.pace_months", "budget.pace_days"),
)
def check_pace_within_year(context: Context) -> Iterator[Hit]:
    """No line is on the way to overspend its year."""
    plan = context.plans.budget
    if plan is None:
        return
    watch_share = limits_of(plan, context).watch_share
    for line in lines_of(context):
        budget, projected = line.year.budget, line.projected
        if line.status in (BudgetStatus.OVER, BudgetStatus.NO_BUDGET) or budget is None or projected is None:
            continue
        if budget > 0 and projected > budget * (1 + watch_share):
            yield Hit(
                evidence=last_actuals(line, int(context.thresholds["budget.pace_months"])),
                values={
                    "line": line.line.name,
                    "projected": money(projected, context),
                    "over": money(projected - budget, context),
                    "budget": money(budget, context),
                },
                effect=projected - budget,
            )


@rule(
    "budget.idle",
    level=Level.WARNING,
    needs=("budget",),
    says="'{line}' carries {left} forward that nobody spends, at least {months} months of its plan.",
    todo="Use the {left}, move it to a line that works, or plan less for '{line}'.",
    source="Money that keeps rolling over is a plan that is not carried out",
    thresholds=("budget.idle_months",),
)
def check_money_at_work(context: Context) -> Iterator[Hit]:
    """No line carries the money of several months forward without spending it."""
    count = int(context.thresholds["budget.idle_months"])
    for line in lines_of(context):
        closed = [month for month in line.months if month.closed]
        if line.rule is CarryRule.NONE or len(closed) < count or len(closed) == len(line.months):
            continue
        last = closed[-count:]
        left = last[-1].left or ZERO
        plan = sum((month.planned or ZERO for month in last), ZERO)
        if plan > 0 and left >= plan and all((month.left or ZERO) > 0 for month in last):
            yield Hit(
                evidence=last_actuals(line, count),
                values={"line": line.line.name, "left": money(left, context), "months": count},
                effect=left,
            )
