"""The state of each plan, in one of four words, with the figure that decides it.

Off: half or more of what it is judged by is wrong (`strategy.verdict_off_share`), or the money is over its limit. Look:
something is wrong. On track: everything is known and right. Unknown: nothing is wrong, but not everything is known.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from enum import Enum
from typing import TYPE_CHECKING

import msgspec

from smsheets.analysis.context import Context
from smsheets.analysis.finding import Wording
from smsheets.analysis.forecast import Forecast
from smsheets.analysis.kpi_standards import rounded
from smsheets.analysis.variance.budget import BudgetVariance
from smsheets.analysis.variance.calendar import CalendarVariance
from smsheets.analysis.variance.kpi_report import KpiReportVariance, KpiVariance
from smsheets.analysis.variance.roadmap import RoadmapVariance
from smsheets.money import Money
from smsheets.plan.budget_year import BudgetStatus
from smsheets.plan.forecast import months_over
from smsheets.plan.kpi_months import Standing
from smsheets.plan.record import Plan
from smsheets.plan.slip import Progress

if TYPE_CHECKING:
    from smsheets.analysis.variance.whole import Variance

_STALE_MONTHS = 2
"""Figures that end more months ago than this say nothing about today."""


class State(Enum):
    """How a plan or a figure stands."""

    OFF = "off"
    LOOK = "look"
    UNKNOWN = "unknown"
    ON_TRACK = "on_track"


_STATES: Mapping[BudgetStatus | Standing, State] = {
    BudgetStatus.OVER: State.OFF,
    BudgetStatus.WATCH: State.LOOK,
    BudgetStatus.NOT_SPENT: State.LOOK,
    BudgetStatus.ON_TRACK: State.ON_TRACK,
    Standing.BEHIND: State.OFF,
    Standing.WATCH: State.LOOK,
    Standing.ON_TRACK: State.ON_TRACK,
}


class PlanState(msgspec.Struct, frozen=True, kw_only=True):
    """The state of one plan.

    Attributes:
        kind: The template.
        value, of: The figure that decides it. strategy: goals on their way, of all that can be judged - where it is
            unknown, goals that cannot be judged, of all. roadmap: initiatives late, of those that are not finished.
            budget: spent, of the budget to date. calendar: posts out, of those wanted in the last weeks. kpi-report:
            metrics behind, of those with a target. None where there is nothing to count.
        close: How many things the figure does not show: budget lines over or nearly, metrics a little behind.
        stale: The month of the last figures, where they are too old.
    """

    kind: str
    state: State
    value: Wording | None = None
    of: Wording | None = None
    close: int = 0
    stale: date | None = None


class Kept(msgspec.Struct, frozen=True, kw_only=True):
    """Posts that are out, of those wanted at least, in some weeks; more on one channel make up for none on another."""

    out: Decimal
    wanted: Decimal


def plan_states(context: Context, variance: Variance, forecast: Forecast) -> Iterator[PlanState]:
    """The plans that were given."""
    off_share = context.thresholds["strategy.verdict_off_share"]
    if context.plans.strategy is not None:
        yield _strategy(len(context.plans.strategy.goals_in_use), forecast, off_share)
    if variance.roadmap is not None:
        yield _roadmap(variance.roadmap, off_share)
    if variance.budget is not None:
        yield _budget(variance.budget, context)
    if variance.calendar is not None:
        weeks = int(context.thresholds["calendar.cadence_weeks"])
        yield _calendar(posts_kept(variance.calendar, weeks), off_share)
    if variance.kpi_report is not None:
        yield _kpi_report(variance.kpi_report, context, off_share)


def state_of(word: BudgetStatus | Standing) -> State:
    """The status word of a budget or of a metric as a state."""
    return _STATES.get(word, State.UNKNOWN)


def posts_kept(variance: CalendarVariance, weeks: int, before: int = 0) -> Kept | None:
    """The last weeks, or as many `before` them; None where nothing is wanted or not enough weeks are over."""
    end = len(variance.weeks) - before
    counted = variance.weeks[max(end - weeks, 0) : max(end, 0)]
    if not counted or len(counted) < min(weeks, len(variance.weeks)):
        return None
    out = wanted_total = Decimal(0)
    for row in variance.channels:
        if row.wanted_low is None:
            continue
        wanted = row.wanted_low / len(variance.weeks) * len(counted)
        published = sum(item.published for week in counted for item in week.channels if item.channel == row.channel)
        out += min(Decimal(published), wanted)
        wanted_total += wanted
    return Kept(out=out, wanted=wanted_total) if wanted_total else None


def current_metrics(variance: KpiReportVariance) -> list[KpiVariance]:
    """The metrics with a figure in the last month that has any."""
    last = max((item.month for item in variance.kpis if item.month is not None), default=None)
    return [item for item in variance.kpis if item.month is not None and item.month == last]


def _stale_month(plan: Plan, last: int, as_of: date) -> date | None:
    """The month of the last figures, by its first day, where it lies too far back; None where it does not."""
    start = plan.start.period_start
    return plan.first_day(last) if start is not None and months_over(start, as_of) - last > _STALE_MONTHS else None


def _strategy(goals: int, forecast: Forecast, off_share: Decimal) -> PlanState:
    judged = [goal.on_its_way for goal in forecast.goals if goal.on_its_way is not None]
    good, unknown = sum(judged), goals - len(judged)
    if unknown and good == len(judged):
        return PlanState(kind="strategy", state=State.UNKNOWN, value=unknown, of=goals)
    if not judged:
        return PlanState(kind="strategy", state=State.UNKNOWN)
    state = _by_share(len(judged) - good, len(judged), off_share)
    return PlanState(kind="strategy", state=state, value=good, of=len(judged))


def _roadmap(variance: RoadmapVariance, off_share: Decimal) -> PlanState:
    late = variance.count(Progress.SLIPPING) + variance.count(Progress.OVERDUE)
    running = late + variance.count(Progress.ON_TIME)
    finished = variance.count(Progress.DONE) + variance.count(Progress.DONE_LATE)
    if not running and not finished:
        return PlanState(kind="roadmap", state=State.UNKNOWN)
    return PlanState(kind="roadmap", state=_by_share(late, running, off_share), value=late, of=running)


def _budget(variance: BudgetVariance, context: Context) -> PlanState:
    year, plan = variance.total.year, context.plans.budget
    if year.to_date is None or year.actual is None or plan is None:
        return PlanState(kind="budget", state=State.UNKNOWN)
    closed = max(line.closed for line in variance.lines)
    end = plan.first_day(len(variance.months) + 1)
    stale = _stale_month(plan, closed, min(context.as_of, end or context.as_of))
    over = variance.count(BudgetStatus.OVER) + variance.count(BudgetStatus.WATCH)
    return PlanState(
        kind="budget",
        state=_cautious(state_of(variance.total.status), over, stale),
        value=Money(year.actual, context.currency),
        of=Money(year.to_date, context.currency),
        close=over,
        stale=stale,
    )


def _calendar(kept: Kept | None, off_share: Decimal) -> PlanState:
    if kept is None:
        return PlanState(kind="calendar", state=State.UNKNOWN)
    state = _by_share(kept.wanted - kept.out, kept.wanted, off_share)
    return PlanState(kind="calendar", state=state, value=rounded(kept.out), of=rounded(kept.wanted))


def _kpi_report(variance: KpiReportVariance, context: Context, off_share: Decimal) -> PlanState:
    current = [item for item in current_metrics(variance) if state_of(item.standing) is not State.UNKNOWN]
    plan = context.plans.kpi_report
    if not current or plan is None:
        return PlanState(kind="kpi-report", state=State.UNKNOWN)
    behind = sum(item.standing is Standing.BEHIND for item in current)
    close = sum(item.standing is Standing.WATCH for item in current)
    stale = _stale_month(plan, current[0].month or 0, context.as_of)
    return PlanState(
        kind="kpi-report",
        state=_cautious(_by_share(behind, len(current), off_share), close, stale),
        value=behind,
        of=len(current),
        close=close,
        stale=stale,
    )


def _cautious(state: State, close: int, stale: date | None) -> State:
    """Unknown where the figures are too old; to be looked at where all is right but something is close to its limit."""
    if stale:
        return State.UNKNOWN
    return State.LOOK if close and state is State.ON_TRACK else state


def _by_share(wrong: Decimal | int, judged: Decimal | int, off_share: Decimal) -> State:
    if not wrong:
        return State.ON_TRACK
    return State.OFF if wrong >= off_share * judged else State.LOOK
