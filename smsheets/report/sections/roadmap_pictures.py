"""Pictures of the roadmap: the initiatives along the days, what they cost, and who has what on the plate."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal

from smsheets.analysis.variance.roadmap import InitiativeVariance, RoadmapVariance
from smsheets.money import Money
from smsheets.plan.slip import Progress
from smsheets.plan.workload import PersonLoad
from smsheets.report.document import (
    ChartKind,
    ChartView,
    Line,
    Role,
    Series,
    Status,
    TimeBar,
    TimeBarsView,
    Tone,
    Verbatim,
)
from smsheets.report.sections.pictures import keep_largest, say_how_many, worth_drawing

STATUSES = {
    Progress.ON_TIME: Status("on time", Tone.GOOD),
    Progress.SLIPPING: Status("slipping", Tone.WATCH),
    Progress.OVERDUE: Status("overdue", Tone.BAD),
    Progress.DONE: Status("done", Tone.GOOD),
    Progress.DONE_LATE: Status("done late", Tone.NEUTRAL),
}
MOST_TIME_BARS = 40
FARTHEST = timedelta(days=3 * 366)
"""A bar that begins or ends farther from the as-of day would leave no room for the others: a mistyped year."""

_URGENCY = (Progress.OVERDUE, Progress.SLIPPING, Progress.ON_TIME, Progress.DONE_LATE, Progress.DONE)


def drawn_initiatives(variance: RoadmapVariance) -> tuple[InitiativeVariance, ...]:
    """The initiatives that become bars, by their start; where there are too many, those that need a look."""
    drawable = [row for row in variance.initiatives if _can_be_drawn(row, variance.as_of)]
    urgent = sorted(drawable, key=lambda row: (_URGENCY.index(row.progress or Progress.DONE), -(row.slip_days or 0)))
    return tuple(sorted(urgent[:MOST_TIME_BARS], key=lambda row: (row.start or date.min, row.due or date.min)))


def time_bars(variance: RoadmapVariance) -> tuple[TimeBarsView, ...]:
    """The initiatives along the days."""
    rows = drawn_initiatives(variance)
    bars = tuple(_time_bar(row) for row in rows)
    known = tuple(bar for bar in bars if bar is not None)
    if not known:
        return ()
    alive = sum(not row.cancelled for row in variance.initiatives)
    says = say_how_many(_time_says(variance), len(known), alive)
    return (TimeBarsView(title=Line("Initiatives over time"), says=says, bars=known, as_of=variance.as_of),)


def money_chart(variance: RoadmapVariance, currency: str) -> tuple[ChartView, ...]:
    """What the initiatives were to cost and have cost; nothing without a budget workbook to compare with."""
    if not variance.budget_given:
        return ()
    known = [row for row in variance.initiatives if row.planned_budget or row.budgeted]
    shown = keep_largest(
        known,
        lambda row: max(row.planned_budget or Decimal(0), row.budgeted or Decimal(0), row.spent or Decimal(0)),
    )
    return worth_drawing(
        ChartView(
            kind=ChartKind.BARS,
            title=Line("Money of the initiatives"),
            says=Line(
                "Planned {planned}, in the budget {budgeted}, spent {spent}.",
                {
                    "planned": Money(variance.planned_budget or Decimal(0), currency),
                    "budgeted": Money(variance.budgeted or Decimal(0), currency),
                    "spent": Money(variance.spent or Decimal(0), currency),
                },
            ),
            categories=tuple(Verbatim(row.initiative) for row in shown),
            series=(
                Series(
                    name=Line("Planned budget"),
                    role=Role.PLANNED,
                    values=tuple(row.planned_budget for row in shown),
                ),
                Series(name=Line("In the budget"), role=Role.AVAILABLE, values=tuple(row.budgeted for row in shown)),
                Series(name=Line("Spent"), role=Role.ACTUAL, values=tuple(row.spent for row in shown)),
            ),
            unit="money",
            currency=currency,
        ),
        of=len(known),
    )


def people_chart(people: Sequence[PersonLoad]) -> tuple[ChartView, ...]:
    """How many tasks each person has open, and how many of them are overdue."""
    shown = keep_largest(people, lambda load: Decimal(load.open))
    busiest = max(people, key=lambda load: load.open)
    return worth_drawing(
        ChartView(
            kind=ChartKind.BARS,
            title=Line("Tasks by person"),
            says=Line(
                "Most open tasks: {person}, {open}, of them overdue: {overdue}.",
                {"person": busiest.person, "open": busiest.open, "overdue": busiest.overdue},
            ),
            categories=tuple(load.person for load in shown),
            series=(
                Series(name=Line("Open"), role=Role.ACTUAL, values=tuple(load.open for load in shown)),
                Series(name=Line("Overdue"), role=Role.OTHER, values=tuple(load.overdue for load in shown)),
            ),
        ),
        of=len(people),
    )


def _can_be_drawn(row: InitiativeVariance, as_of: date) -> bool:
    if row.progress is None or row.start is None or row.due is None or row.due < row.start:
        return False
    return max(abs(row.start - as_of), abs(row.due - as_of)) <= FARTHEST


def _time_bar(row: InitiativeVariance) -> TimeBar | None:
    if row.start is None or row.due is None or row.progress is None:
        return None
    return TimeBar(
        name=Verbatim(f"{row.initiative_id} {row.initiative}".strip()),
        start=row.start,
        due=row.due,
        ends=max(row.due, row.ends or row.due),
        done_share=row.done_share or Decimal(0),
        status=STATUSES[row.progress],
    )


def _time_says(variance: RoadmapVariance) -> Line:
    late = [row for row in variance.initiatives if row.progress in (Progress.OVERDUE, Progress.SLIPPING)]
    known = [row for row in late if row.slip_days is not None and row.slip_days > 0]
    values = {"late": len(late), "all": sum(row.progress is not None for row in variance.initiatives)}
    if not known:
        return Line("Late or slipping: {late} of {all}.", values)
    worst = max(known, key=lambda row: row.slip_days or 0)
    return Line(
        "Late or slipping: {late} of {all}; furthest behind is '{initiative}', by {days} working days.",
        {**values, "initiative": Verbatim(worst.initiative), "days": worst.slip_days or 0},
    )
