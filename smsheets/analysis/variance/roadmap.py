"""Roadmap variance: planned against real progress per initiative, and its money against the budget's lines."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

import msgspec

from smsheets.analysis.context import Context
from smsheets.plan import slip
from smsheets.plan.budget import Budget
from smsheets.plan.record import add_known
from smsheets.plan.roadmap import DaysOff, Initiative, Roadmap
from smsheets.plan.slip import Progress
from smsheets.plan.spare_money import LineMoney, add_line_months, line_months
from smsheets.plan.workload import PersonLoad, person_loads


class InitiativeVariance(msgspec.Struct, frozen=True, kw_only=True):
    """One initiative: where it should be, and where it is. A figure that cannot be had is None.

    Attributes:
        working_days: From start to due, days off left out.
        expected_share: The share of them that has gone by, 0..1.
        done_share: The share that is done, 0..1.
        slip_days: Working days behind plan, below zero ahead (see `smsheets.plan.slip`).
        days_past_due: Working days past due, of what is overdue.
        progress: None for a cancelled initiative and without a due date.
        ends: The day it was finished, or will be if the rest takes as long as planned; None without a
            due date and for a cancelled initiative.
        planned_budget: What the roadmap says it may cost.
        budgeted, spent: Planned and actual money of its budget lines in the months from start to due. A line
            that pays for several initiatives is counted whole for each of them, but once in the total.
    """

    initiative_id: str
    initiative: str
    goal_id: str | None
    owner: str | None
    start: date | None
    due: date | None
    working_days: int | None
    expected_share: Decimal | None
    done_share: Decimal | None
    slip_days: int | None
    days_past_due: int | None
    progress: Progress | None
    cancelled: bool
    ends: date | None
    planned_budget: Decimal | None
    budgeted: Decimal | None
    spent: Decimal | None


class RoadmapVariance(msgspec.Struct, frozen=True, kw_only=True):
    """The variance report of a roadmap.

    Attributes:
        expected_share, done_share: Over the initiatives of which both are known, weighted by working days: the
            share of all planned work that should be done, and that is.
        planned_budget, budgeted, spent: Totals without cancelled initiatives.
        budget_given: Whether there was a budget workbook to compare with.
    """

    as_of: date
    initiatives: tuple[InitiativeVariance, ...]
    expected_share: Decimal | None
    done_share: Decimal | None
    planned_budget: Decimal | None
    budgeted: Decimal | None
    spent: Decimal | None
    budget_given: bool
    people: tuple[PersonLoad, ...]

    def count(self, progress: Progress) -> int:
        """The number of initiatives with this progress."""
        return sum(initiative.progress is progress for initiative in self.initiatives)


def compute_variance(roadmap: Roadmap, context: Context) -> RoadmapVariance:
    """The variance report of a roadmap on the context's day; with money where the context has a budget."""
    budget = context.plans.budget
    used = roadmap.initiatives_in_use
    rows = tuple(_initiative_variance(item, roadmap, context) for item in used)
    alive = [item for item in used if not item.cancelled]
    money = _money_of(alive, budget)
    weighed = [row for row in rows if None not in (row.working_days, row.expected_share, row.done_share)]
    return RoadmapVariance(
        as_of=context.as_of,
        initiatives=rows,
        expected_share=_weighted((row.expected_share, row.working_days) for row in weighed),
        done_share=_weighted((row.done_share, row.working_days) for row in weighed),
        planned_budget=add_known(item.planned_budget for item in alive),
        budgeted=money.planned,
        spent=money.actual,
        budget_given=budget is not None,
        people=person_loads(roadmap, context.as_of),
    )


def _initiative_variance(item: Initiative, roadmap: Roadmap, context: Context) -> InitiativeVariance:
    days_off, own_limit = roadmap.days_off, roadmap.settings.slip_days
    slipping_from = int(context.thresholds["roadmap.slip_days"]) if own_limit is None else own_limit
    progress = slip.progress_of(item, context.as_of, days_off, slipping_from)
    money = _money_of((item,), context.plans.budget)
    return InitiativeVariance(
        initiative_id=item.initiative_id or "",
        initiative=item.name,
        goal_id=item.goal_id,
        owner=item.owner,
        start=item.start,
        due=item.due,
        working_days=slip.planned_days(item, days_off),
        expected_share=slip.expected_share(item, context.as_of, days_off),
        done_share=slip.known_done_share(item),
        slip_days=slip.slip_days(item, context.as_of, days_off),
        days_past_due=slip.days_past_due(item, context.as_of, days_off),
        progress=progress,
        cancelled=item.cancelled,
        ends=_likely_end(item, context.as_of, days_off, progress),
        planned_budget=item.planned_budget,
        budgeted=money.planned,
        spent=money.actual,
    )


def _likely_end(item: Initiative, as_of: date, days_off: DaysOff, progress: Progress | None) -> date | None:
    """The day it was finished, or will be; None without a due date and for a cancelled initiative.

    Of what is slipping or overdue it is the due date moved by the slip, and not before `as_of`.
    """
    if item.cancelled or item.due is None:
        return None
    if item.finished:
        return item.finished_on or item.due
    if progress not in (Progress.SLIPPING, Progress.OVERDUE):
        return item.due
    return max(slip.end_as_planned(item, as_of, days_off) or item.due, as_of)


def _money_of(initiatives: Iterable[Initiative], budget: Budget | None) -> LineMoney:
    """The money of their budget lines in the months they run, each amount counted once."""
    if budget is None:
        return LineMoney()
    return add_line_months({place for item in initiatives for place in line_months(item, budget)}, budget)


def _weighted(pairs: Iterable[tuple[Decimal | None, int | None]]) -> Decimal | None:
    known = [(share, days) for share, days in pairs if share is not None and days]
    total = sum(days for _, days in known)
    return sum((share * days for share, days in known), Decimal(0)) / total if total else None
