"""When each goal will be reached if its metric goes on as it does, or why that cannot be said."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from enum import Enum

import msgspec
from msgspec.structs import replace

from smsheets.analysis.context import Context
from smsheets.analysis.kpi_standards import months_of
from smsheets.cells import CellRef
from smsheets.periods import add_months, month_end, months_between
from smsheets.plan import forecast
from smsheets.plan.forecast import LEAST_POINTS, Point, Spread
from smsheets.plan.goals import Goal
from smsheets.plan.kpi_months import KpiMonths
from smsheets.plan.kpi_report import KpiRow
from smsheets.plan.reference import AddsUp, Direction, Unit
from smsheets.plan.roadmap import id_key
from smsheets.plan.strategy import Strategy


def row_of_goal(goal: Goal, months: KpiMonths) -> KpiRow | None:
    """The row of the KPI report that shows a goal: its metric on its channel.

    A goal without a channel is shown by the row of the whole business, else by the only row of that metric, or the
    only one that names the goal. Where several channels could be meant, none is chosen.
    """
    rows = [row for row in months.report.kpis if id_key(row.metric) == id_key(goal.metric) and row.metric is not None]
    exact = [row for row in rows if id_key(row.channel) == id_key(goal.channel)]
    if exact or goal.channel is not None:
        return exact[0] if exact else None
    named = [row for row in rows if row.goal_id is not None and id_key(row.goal_id) == id_key(goal.goal_id)]
    return next((chosen[0] for chosen in (rows, named) if len(chosen) == 1), None)


class _Followed:
    """A goal's row: the figures of the months that are over (`points`), and how many those are (`over`)."""

    def __init__(self, row: KpiRow, months: KpiMonths, start: date, as_of: date) -> None:
        self.row, self.start, self.as_of = row, start.replace(day=1), as_of
        self.meaning = months.meaning(row)
        self.over = forecast.months_over(start, as_of)
        whole = months.actuals(row)[: self.over]
        self.points: list[Point] = [(number, value) for number, value in enumerate(whole, 1) if value is not None]

    @property
    def is_level(self) -> bool:
        """Its last figure is the present state, as with followers."""
        return self.meaning.adds_up is AddsUp.LAST

    def first_day(self, number: int) -> date:
        """Of a month, numbered from 1."""
        return add_months(self.start, number - 1)

    def next_cells(self) -> tuple[CellRef, ...]:
        """Where the next figures go: the empty months that are over, else the running one."""
        known = {number for number, _ in self.points}
        blank = [number for number in range(1, self.over + 1) if number not in known]
        return tuple(self.row.cell("actual", number) for number in blank[-LEAST_POINTS:] or [self.over + 1])

    def actual_months(self) -> tuple[GoalMonth, ...]:
        """The months up to the last one with a figure."""
        known = dict(self.points)
        numbers = range(1, max(known, default=0) + 1)
        return tuple(GoalMonth(first_day=self.first_day(number), actual=known.get(number)) for number in numbers)


_STALE_MONTHS = 2
"""A metric without a figure for more months than this is not followed any more: its trend is an old one."""
_MOST_MONTHS = 36
"""At most this many months to come are listed, however far the deadline is: a longer chart is not read."""
_LEAST_MONTHS = 3
"""At least this many months to come are listed, so that a picture shows where the trend leads."""


class Outlook(Enum):
    """Where a goal leads.

    `missed`: its deadline is over. `not_at_this_pace`: it moves away from its target, or so slowly that the time
    cannot be told. `unknown`: see `WhyNot`.
    """

    REACHED = "reached"
    IN_TIME = "in_time"
    LATE = "late"
    NOT_AT_THIS_PACE = "not_at_this_pace"
    MISSED = "missed"
    NO_DEADLINE = "no_deadline"
    UNKNOWN = "unknown"


class WhyNot(Enum):
    """Why nothing is forecast."""

    NO_NUMBER = "no_number"
    LEADS_NOWHERE = "leads_nowhere"
    NO_ROW = "no_row"
    NO_START = "no_start"
    TOO_FEW = "too_few"
    STALE = "stale"


class Method(Enum):
    """How it is forecast: from the last figure on (followers), or along the line of the trend (orders a month)."""

    FROM_LAST = "from_last"
    ALONG_LINE = "along_line"


class GoalMonth(msgspec.Struct, frozen=True, kw_only=True):
    """A month of a goal's metric: what it was, or where it is likely to be."""

    first_day: date
    actual: Decimal | None = None
    expected: Spread | None = None


class GoalOutlook(msgspec.Struct, frozen=True, kw_only=True):
    """One goal.

    Attributes:
        unit: Of all its figures.
        value, known_on: The last known figure, and the last day of its month.
        level: Where the forecast starts: the last figure, or the point of the trend's line in that month.
        pace: By how much the metric changes a month, with its range; None where it cannot be said.
        needed: By how much it would have to change a month from `level` on; None without a deadline or after it.
        earliest, likely, latest: When it is reached; None where that lies too far ahead, or never comes.
        points: How many months with a figure there are.
        cells: The cells it rests on; where it is not known, those to fill in.
    """

    goal_id: str
    goal: str
    metric: str | None
    channel: str | None
    unit: Unit = Unit.COUNT
    direction: Direction = Direction.UP
    baseline: Decimal | None = None
    value: Decimal | None = None
    known_on: date | None = None
    level: Decimal | None = None
    target: Decimal | None = None
    deadline: date | None = None
    outlook: Outlook = Outlook.UNKNOWN
    why_not: WhyNot | None = None
    method: Method | None = None
    points: int = 0
    pace: Spread | None = None
    needed: Decimal | None = None
    earliest: date | None = None
    likely: date | None = None
    latest: date | None = None
    months: tuple[GoalMonth, ...] = ()
    cells: tuple[CellRef, ...] = ()

    @property
    def on_its_way(self) -> bool | None:
        """Reached, or likely to be in time; None where that cannot be said."""
        if self.outlook in (Outlook.REACHED, Outlook.IN_TIME):
            return True
        return None if self.outlook in (Outlook.UNKNOWN, Outlook.NO_DEADLINE) else False


def goal_outlooks(strategy: Strategy, context: Context) -> Iterator[GoalOutlook]:
    """All goals that somebody has begun to write, in their order; nothing without a KPI report."""
    months = months_of(context)
    if months is not None:
        yield from (goal_outlook(goal, months, context.as_of) for goal in strategy.goals_in_use)


def goal_outlook(goal: Goal, months: KpiMonths, as_of: date) -> GoalOutlook:
    """When one goal is reached."""
    known = GoalOutlook(
        goal_id=goal.goal_id or "",
        goal=goal.goal or "",
        metric=goal.metric,
        channel=goal.channel,
        direction=Direction.DOWN if goal.direction == Direction.DOWN.value else Direction.UP,
        baseline=goal.baseline,
        target=goal.target,
        deadline=goal.deadline,
    )
    if goal.metric is None or goal.target is None:
        empty = tuple(goal.cell(field) for field in ("metric", "target") if getattr(goal, field) is None)
        return replace(known, why_not=WhyNot.NO_NUMBER, cells=empty)
    if goal.leads_nowhere:
        cells = tuple(goal.cell(field) for field in ("target", "baseline", "direction"))
        return replace(known, why_not=WhyNot.LEADS_NOWHERE, cells=cells)
    row = row_of_goal(goal, months)
    start = months.report.start.period_start
    if row is None:
        return replace(known, why_not=WhyNot.NO_ROW, cells=(goal.cell("metric"),))
    if start is None:
        return replace(known, why_not=WhyNot.NO_START, cells=(months.report.start.cell("period_start"),))
    return _of_row(known, _Followed(row, months, start, as_of))


def _of_row(known: GoalOutlook, followed: _Followed) -> GoalOutlook:
    points = followed.points
    last = points[-1] if points else None
    known = replace(
        known,
        unit=followed.meaning.unit,
        points=len(points),
        value=last[1] if last else None,
        known_on=month_end(followed.first_day(last[0])) if last else None,
    )
    step = forecast.monthly_step(points)
    shown = tuple(followed.row.cell("actual", number) for number, _ in reversed(points))
    ended = _ended(known, followed)
    if ended is not None:
        return replace(known, outlook=ended, pace=step, months=followed.actual_months(), cells=shown)
    if last is None or known.target is None or step is None:
        return replace(known, why_not=WhyNot.TOO_FEW, cells=followed.next_cells())
    if followed.over - last[0] > _STALE_MONTHS:
        return replace(known, why_not=WhyNot.STALE, cells=followed.next_cells())
    return _forecast(replace(known, pace=step, cells=shown), followed, step, last[1], known.target)


def _ended(known: GoalOutlook, followed: _Followed) -> Outlook | None:
    """Reached, or missed: the deadline is over and a figure of that day or later is known; None where it is open."""
    if known.value is None or known.target is None or known.known_on is None:
        return None
    if known.value <= known.target if known.direction is Direction.DOWN else known.value >= known.target:
        return Outlook.REACHED
    over = known.deadline is not None and known.deadline < followed.as_of and known.deadline <= known.known_on
    return Outlook.MISSED if over else None


def _forecast(known: GoalOutlook, followed: _Followed, step: Spread, value: Decimal, target: Decimal) -> GoalOutlook:
    number = followed.points[-1][0]
    begin = value if followed.is_level else forecast.trend_value(followed.points, step.likely, number)
    fast, slow = (step.high, step.low) if known.direction is Direction.UP else (step.low, step.high)
    earliest, likely, latest = (_day_reached(followed, begin, target, pace) for pace in (fast, step.likely, slow))
    known = replace(
        known,
        method=Method.FROM_LAST if followed.is_level else Method.ALONG_LINE,
        level=begin,
        needed=_needed(known, followed, begin, target),
        earliest=earliest,
        likely=likely,
        latest=latest,
        months=(*followed.actual_months(), *_months_to_come(known, followed, step, begin)),
    )
    return replace(known, outlook=_outlook(known, followed))


def _outlook(known: GoalOutlook, followed: _Followed) -> Outlook:
    if known.likely is None:
        return Outlook.NOT_AT_THIS_PACE
    if known.deadline is None:
        return Outlook.NO_DEADLINE
    wanted = known.deadline if followed.is_level else month_end(known.deadline)
    return Outlook.LATE if known.likely > wanted else Outlook.IN_TIME


def _day_reached(followed: _Followed, begin: Decimal, target: Decimal, step: Decimal) -> date | None:
    """The day on which a level reaches its target; of a figure per month the end of the first month that has it."""
    months = forecast.months_until(begin, target, step)
    if months is None:
        return None
    reached = followed.points[-1][0] + max(months, Decimal(0))
    day = forecast.day_at(followed.start, reached)
    return day if followed.is_level else month_end(day)


def _needed(known: GoalOutlook, followed: _Followed, begin: Decimal, target: Decimal) -> Decimal | None:
    """The step from month to month that would reach the target by the deadline, to two places; at least a month."""
    if known.deadline is None or known.deadline < followed.as_of:
        return None
    first = followed.first_day(followed.points[-1][0] + 1)
    whole = months_between(first, known.deadline)
    part = Decimal(known.deadline.day) / month_end(known.deadline).day if followed.is_level else Decimal(1)
    places = Decimal("0.0001") if known.unit is Unit.SHARE else Decimal("0.01")
    return ((target - begin) / max(whole + part, Decimal(1))).quantize(places)


def _months_to_come(known: GoalOutlook, followed: _Followed, step: Spread, begin: Decimal) -> Iterator[GoalMonth]:
    """The months after the last figure, up to the deadline."""
    last = followed.points[-1][0]
    until = max(known.deadline or date.min, followed.first_day(last + _LEAST_MONTHS))
    for gone in range(1, _MOST_MONTHS + 1):
        first = followed.first_day(last + gone)
        if first > until:
            return
        low, likely, high = (begin + pace * gone for pace in (step.low, step.likely, step.high))
        yield GoalMonth(first_day=first, expected=Spread(low=low, likely=likely, high=high))
