"""The figures that show how far a goal is: the row of the KPI report that belongs to it, and its months."""

from __future__ import annotations

from datetime import date

from smsheets.cells import CellRef
from smsheets.periods import add_months
from smsheets.plan.forecast import LEAST_POINTS, Point, months_over
from smsheets.plan.goals import Goal
from smsheets.plan.kpi_definitions import AddsUp
from smsheets.plan.kpi_months import KpiMonths, Meaning
from smsheets.plan.kpi_report import KpiRow


def row_of_goal(goal: Goal, months: KpiMonths) -> KpiRow | None:
    """The row of the KPI report that shows a goal: its metric on its channel.

    A goal without a channel is shown by the row of the whole business, else by the only row of that metric, or the
    only one that names the goal. Where several channels could be meant, none is chosen.
    """
    rows = [row for row in months.report.kpis if _same(row.metric, goal.metric) and row.metric is not None]
    exact = [row for row in rows if _same(row.channel, goal.channel)]
    if exact or goal.channel is not None:
        return exact[0] if exact else None
    named = [row for row in rows if row.goal_id is not None and _same(row.goal_id, goal.goal_id)]
    for chosen in (rows, named):
        if len(chosen) == 1:
            return chosen[0]
    return None


class Followed:
    """The months of a goal's row: those with a figure that are over, and the last figure."""

    def __init__(self, row: KpiRow, months: KpiMonths, start: date, as_of: date) -> None:
        self.row, self.start, self.as_of = row, start.replace(day=1), as_of
        self.meaning: Meaning = months.meaning(row)
        self.actuals = months.actuals(row)
        self.over = months_over(start, as_of)
        whole = self.actuals[: self.over]
        self.points: list[Point] = [(number, value) for number, value in enumerate(whole, 1) if value is not None]

    @property
    def is_level(self) -> bool:
        """Whether its last figure says how it stands, as with followers."""
        return self.meaning.adds_up is AddsUp.LAST

    def first_day(self, number: int) -> date:
        """Of a month, numbered from 1."""
        return add_months(self.start, number - 1)

    def next_cells(self) -> tuple[CellRef, ...]:
        """Where the next figures go: the empty months that are over, else the running one."""
        known = {number for number, _ in self.points}
        blank = [number for number in range(1, self.over + 1) if number not in known]
        return tuple(self.row.cell("actual", number) for number in blank[-LEAST_POINTS:] or [self.over + 1])


def _same(one: str | None, other: str | None) -> bool:
    return (one or "").strip().casefold() == (other or "").strip().casefold()
