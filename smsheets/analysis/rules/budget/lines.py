"""Findings about lines that cost too much: overspent, unplanned, running over."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import ROUND_DOWN

from smsheets.analysis.context import Context
from smsheets.analysis.finding import Hit, Lack, Level, Wording, rule
from smsheets.analysis.rules.budget.evidence import (
    about_line,
    last_actuals,
    lines_of,
    money,
    month_of,
    named,
    overspent_cells,
    root_of,
    variance_of,
)
from smsheets.analysis.rules.budget.shortage import Need, Shortage, can_save, help_values, shortages_of
from smsheets.money import Share
from smsheets.plan.budget import OWN_TIME
from smsheets.plan.carry import ZERO
from smsheets.plan.known import add_known
from smsheets.plan.spare_money import planned_months_left, spread_over

LIMIT_SOURCE = "Variance = budget to date - actual; the limits are settings of the workbook, at first 5 % and 15 %"

TAKE_OR_SAVE = (
    "Take {take} from {giver}, which has {spare} to spare, or spend {less} less on '{line}' in each of"
    " the {months} planned months left."
)
TAKE = "Take {take} from {giver}, which has {spare} to spare, and stop or cut '{line}'."
SAVE = "Spend {less} less on '{line}' in each of the {months} planned months left. No other line has money to spare."
SAVE_HOURS = (
    "Spend {less} less of your hours on '{line}' in each of the {months} planned months left, or plan the hours that"
    " it really takes."
)


@rule(
    "budget.over",
    level=Level.ERROR,
    needs=("budget",),
    says="'{line}' is over: {actual} spent, {over} ({share}) more than its budget to date of {budget}.",
    todo="Stop or cut '{line}', or raise its plan by taking {over} from a line with money left.",
    source=LIMIT_SOURCE,
    thresholds=("budget.over_share", "budget.small_share", "budget.fill_days"),
    lacks="Fill in the actual amounts of {month} ({lines}) to learn whether the budget is kept.",
    weight=2,
)
def check_lines_within_budget(context: Context) -> Iterator[Hit | Lack]:
    """No line has overspent its budget to date by the share that counts as over. At stake is the overspend.

    It is a warning, not an error, where it is small beside the whole budget of the year, own time left out.
    """
    paid = [line.year.budget for line in lines_of(context) if line.line.category != OWN_TIME]
    small = (add_known(paid) or ZERO) * context.thresholds["budget.small_share"]
    for item in shortages_of(context):
        year = item.line.year
        if item.need is not Need.OVER or year.variance_share is None:
            continue
        yield Hit(
            about=about_line(item.line.line),
            root=root_of(item.line.line),
            evidence=overspent_cells(item.line),
            values={
                "line": item.line.line.name,
                "actual": money(year.actual, context),
                "over": money(item.amount, context),
                "share": Share(-year.variance_share),
                "budget": money(year.to_date, context),
                **help_values(item, context),
            },
            level=Level.WARNING if item.amount < small else None,
            effect=item.amount,
            todo=_OVER_TODOS[_way_out(item)],
        )
    yield from _actuals_missing(context)


_OVER_TODOS = {"hours": SAVE_HOURS, "take or save": TAKE_OR_SAVE, "take": TAKE, "save": SAVE, "": ""}


def _way_out(item: Shortage) -> str:
    saves = can_save(item)
    if item.line.line.category == OWN_TIME:
        return "hours" if saves else ""
    if item.giver is not None:
        return "take or save" if saves else "take"
    return "save" if saves else ""


def _actuals_missing(context: Context) -> Iterator[Lack]:
    """The planned amounts of the last month that is over, beside which no actual stands in it or later."""
    budget, found = context.plans.budget, variance_of(context)
    if budget is None or found is None or found.running is None or found.running.number < 2:
        return
    last = found.running.number - 1
    if context.as_of.day <= context.thresholds["budget.fill_days"]:
        return
    blank = [
        line.line
        for line in found.lines
        if last <= len(line.months) and not line.months[last - 1].closed and (line.months[last - 1].planned or ZERO) > 0
    ]
    if blank:
        yield Lack(
            evidence=tuple(line.cell("actual", last) for line in blank),
            values={"month": month_of(budget, last), "lines": tuple(named(line) for line in blank)},
        )


@rule(
    "budget.unplanned",
    level=Level.WARNING,
    needs=("budget",),
    says="'{line}' has cost {actual} so far, and nothing was planned for it.",
    todo="Plan an amount for '{line}' in the coming months and take it from another line, or stop paying for it.",
    source="Without a budget there is no percentage: status 'no budget'",
    weight=2,
)
def check_spending_planned(context: Context) -> Iterator[Hit]:
    """Nothing is spent on a line that has no budget. At stake is what it has cost."""
    for item in shortages_of(context):
        if item.need is Need.UNPLANNED:
            yield Hit(
                about=about_line(item.line.line),
                root=root_of(item.line.line),
                evidence=overspent_cells(item.line),
                values={
                    "line": item.line.line.name,
                    "actual": money(item.amount, context),
                    **help_values(item, context),
                },
                effect=item.amount,
                todo=PLAN_FROM if item.giver is not None else "",
            )


PLAN_FROM = "Plan {take} for '{line}' and take it from {giver}, which has {spare} to spare, or stop paying for it."


@rule(
    "budget.pacing",
    level=Level.WARNING,
    needs=("budget",),
    says="At its present pace '{line}' costs {projected} by year end, {over} more than its budget of {budget}.",
    todo="Spend less on '{line}' from now on, or decide where the {over} come from.",
    source="Closed months' actuals + running month's actual / share of it that has passed"
    " + remaining plan at the pace of the last closed months",
    thresholds=("budget.watch_share", "budget.pace_months", "budget.pace_days"),
    weight=2,
)
def check_pace_within_year(context: Context) -> Iterator[Hit]:
    """No line is on the way to overspend its year. At stake is what it would overspend."""
    for item in shortages_of(context):
        if item.need is not Need.PACING:
            continue
        values: dict[str, Wording] = {
            "line": item.line.line.name,
            "projected": money(item.line.projected, context),
            "over": money(item.amount, context),
            "budget": money(item.line.year.budget, context),
            **help_values(item, context),
        }
        months = len(planned_months_left(item.line.months))
        most = spread_over((item.line.year.budget or ZERO) - (item.line.year.actual or ZERO), months, ROUND_DOWN)
        slows = most is not None and most > 0
        if slows:
            values["most"] = money(most, context)
        yield Hit(
            about=about_line(item.line.line),
            root=root_of(item.line.line),
            evidence=last_actuals(item.line, int(context.thresholds["budget.pace_months"])),
            values=values,
            effect=item.amount,
            todo=_PACING_TODOS[slows, item.giver is not None],
        )


SLOW_DOWN_OR_TAKE = (
    "Spend at most {most} a month on '{line}' in the {months} planned months left, or take {take} from {giver}, which"
    " has {spare} to spare."
)
SLOW_DOWN = (
    "Spend at most {most} a month on '{line}' in the {months} planned months left, or decide where {over} come from."
)
_PACING_TODOS = {(True, True): SLOW_DOWN_OR_TAKE, (True, False): SLOW_DOWN, (False, True): "", (False, False): ""}
