"""The roadmap in the report: what is planned, and how it goes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from decimal import Decimal

from smsheets.analysis.context import Context
from smsheets.analysis.variance.roadmap import InitiativeVariance, RoadmapVariance
from smsheets.money import Money, Share
from smsheets.plan.record import add_known
from smsheets.plan.roadmap import Initiative, Roadmap
from smsheets.plan.slip import Progress
from smsheets.plan.workload import PersonLoad
from smsheets.report.document import (
    Cell,
    ChartView,
    Line,
    Part,
    Role,
    Section,
    Status,
    TableView,
    TimeBar,
    TimeBarsView,
    Tone,
    Verbatim,
)
from smsheets.report.sections.cells import keep_largest, make_chart, money_cell, say_how_many, share_cell

_STATUSES = {
    Progress.ON_TIME: Status("on time", Tone.GOOD),
    Progress.SLIPPING: Status("slipping", Tone.WATCH),
    Progress.OVERDUE: Status("overdue", Tone.BAD),
    Progress.DONE: Status("done", Tone.GOOD),
    Progress.DONE_LATE: Status("done late", Tone.NEUTRAL),
}
_MOST_TIME_BARS = 40  # about a screen high; the table has all
_FARTHEST = timedelta(days=3 * 366)
"""A bar that begins or ends farther from the as-of day would leave no room for the others: a mistyped year."""

_URGENCY = (Progress.OVERDUE, Progress.SLIPPING, Progress.ON_TIME, Progress.DONE_LATE, Progress.DONE)


def _time_bars(variance: RoadmapVariance) -> tuple[TimeBarsView, ...]:
    """The initiatives along the days, by their start; where there are too many, those that need a look."""
    drawn = [(row, bar) for row in variance.initiatives if (bar := _time_bar(row, variance.as_of)) is not None]
    if not drawn:
        return ()
    drawn.sort(key=lambda item: (_URGENCY.index(item[0].progress or Progress.DONE), -(item[0].slip_days or 0)))
    bars = tuple(sorted((bar for _, bar in drawn[:_MOST_TIME_BARS]), key=lambda bar: (bar.start, bar.due)))
    alive = sum(not row.cancelled for row in variance.initiatives)
    says = say_how_many(_time_says(variance), len(bars), alive)
    return (TimeBarsView(title=Line("Initiatives over time"), says=says, bars=bars, as_of=variance.as_of),)


def _money_chart(variance: RoadmapVariance, currency: str) -> tuple[ChartView, ...]:
    """Planned and spent money of the initiatives; nothing without a budget workbook to compare with."""
    if not variance.budget_given:
        return ()
    known = [row for row in variance.initiatives if row.planned_budget or row.budgeted]
    shown = keep_largest(
        known, lambda row: max(row.planned_budget or Decimal(0), row.budgeted or Decimal(0), row.spent or Decimal(0))
    )
    return make_chart(
        Line("Money of the initiatives"),
        Line(
            "Planned {planned}, in the budget {budgeted}, spent {spent}.",
            {
                "planned": Money(variance.planned_budget or Decimal(0), currency),
                "budgeted": Money(variance.budgeted or Decimal(0), currency),
                "spent": Money(variance.spent or Decimal(0), currency),
            },
        ),
        [Verbatim(row.initiative) for row in shown],
        (Line("Planned budget"), Role.PLANNED, [row.planned_budget for row in shown]),
        (Line("In the budget"), Role.AVAILABLE, [row.budgeted for row in shown]),
        (Line("Spent"), Role.ACTUAL, [row.spent for row in shown]),
        unit="money",
        currency=currency,
        of=len(known),
    )


def _people_chart(people: Sequence[PersonLoad]) -> tuple[ChartView, ...]:
    """How many tasks each person has open, and how many of them are overdue."""
    shown = keep_largest(people, lambda load: Decimal(load.open))
    busiest = max(people, key=lambda load: load.open)
    return make_chart(
        Line("Tasks by person"),
        Line(
            "Most open tasks: {person} with {open}, {overdue} of them overdue.",
            {"person": busiest.person, "open": busiest.open, "overdue": busiest.overdue},
        ),
        [load.person for load in shown],
        (Line("Open"), Role.ACTUAL, [load.open for load in shown]),
        (Line("Overdue"), Role.OTHER, [load.overdue for load in shown]),
        of=len(people),
    )


def _time_bar(row: InitiativeVariance, as_of: date) -> TimeBar | None:
    """The bar of an initiative; None where its days are not known, or cannot be meant."""
    if row.progress is None or row.start is None or row.due is None or row.due < row.start:
        return None
    if max(abs(row.start - as_of), abs(row.due - as_of)) > _FARTHEST:
        return None
    return TimeBar(
        name=Verbatim(f"{row.initiative_id} {row.initiative}".strip()),
        start=row.start,
        due=row.due,
        ends=max(row.due, row.ends or row.due),
        done_share=row.done_share or Decimal(0),
        status=_STATUSES[row.progress],
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


def plan_section(plan: Roadmap, context: Context) -> Section:
    """The roadmap as planned: how many initiatives for which goals, until when, for how much."""
    used = [item for item in plan.initiatives_in_use if not item.cancelled]
    if not used:
        return Section(title="Roadmap", parts=(Line("No initiatives are filled in yet."),))
    open_tasks = sum(task.open for task in plan.tasks_in_use)
    counts = Line(
        "Initiatives: {all}, finished: {finished}. Open tasks: {tasks}.",
        {"all": len(used), "finished": sum(item.finished for item in used), "tasks": open_tasks},
    )
    return Section(title="Roadmap", parts=(counts, *_next_due(used, context.as_of), _goal_table(used, context)))


def variance_section(variance: RoadmapVariance, context: Context) -> Section:
    """How the initiatives go against plan, what they cost, and who has what on the plate."""
    if not variance.initiatives:
        return Section(title="Roadmap", parts=(Line("No initiatives are filled in yet."),))
    parts: list[Part] = [*_summary(variance), *_time_bars(variance)]
    parts += [*_time_table(variance.initiatives), _progress_table(variance.initiatives)]
    if any(_costs(row) for row in variance.initiatives):
        parts += [*_money_chart(variance, context.currency), _money_table(variance, context.currency)]
    if variance.people:
        parts += [*_people_chart(variance.people), _people_table(variance.people)]
    return Section(title="Roadmap", parts=tuple(parts))


def _next_due(used: Iterable[Initiative], as_of: date) -> tuple[Line, ...]:
    coming = [(item.due, item.name) for item in used if item.unfinished and item.due is not None and item.due >= as_of]
    if not coming:
        return ()
    due, name = min(coming)
    return (Line("Next due: '{initiative}' on {due}.", {"initiative": name, "due": due}),)


def _goal_table(used: Iterable[Initiative], context: Context) -> TableView:
    by_goal: dict[str | None, list[Initiative]] = {}
    for item in used:
        by_goal.setdefault(item.goal_id, []).append(item)
    strategy = context.plans.strategy
    names = {goal.goal_id: goal.goal for goal in strategy.goals} if strategy is not None else {}
    return TableView(
        title="By goal",
        headers=("Goal", "What for", "Initiatives", "Finished", "Until", "Planned budget"),
        rows=tuple(
            (
                goal if goal is not None else Line("no goal"),
                names.get(goal) if goal is not None else None,
                len(items),
                sum(item.finished for item in items),
                max((item.due for item in items if item.due is not None), default=None),
                money_cell(add_known(item.planned_budget for item in items), context.currency),
            )
            for goal, items in by_goal.items()
        ),
    )


def _summary(variance: RoadmapVariance) -> list[Line]:
    parts: list[Line] = []
    if variance.expected_share is not None and variance.done_share is not None:
        parts.append(
            Line(
                "Planned work: {done} done, {expected} expected by {as_of}.",
                {
                    "expected": Share(variance.expected_share),
                    "as_of": variance.as_of,
                    "done": Share(variance.done_share),
                },
            )
        )
    parts.append(
        Line(
            "On time: {on_time}, slipping: {slipping}, overdue: {overdue}, done: {done}, done late: {done_late}.",
            {progress.value: variance.count(progress) for progress in Progress},
        )
    )
    parts.append(Line("Slip is in working days, holidays left out: plus is behind plan, minus is ahead."))
    return parts


def _progress_table(rows: Iterable[InitiativeVariance]) -> TableView:
    return TableView(
        title="Progress",
        headers=("ID", "Initiative", "Due", "Expected", "Done", "Slip", "Status"),
        rows=tuple(
            (
                row.initiative_id,
                row.initiative,
                row.due,
                share_cell(row.expected_share),
                share_cell(row.done_share),
                row.slip_days,
                _STATUSES[row.progress] if row.progress is not None else None,
            )
            for row in rows
        ),
    )


def _time_table(rows: Iterable[InitiativeVariance]) -> tuple[TableView, ...]:
    """When each is worked on, by whom; nothing where nobody wrote a date."""
    dated = tuple(row for row in rows if row.start is not None or row.due is not None)
    if not dated:
        return ()
    return (
        TableView(
            title="Timetable",
            headers=("ID", "Initiative", "Owner", "Start", "Due", "Likely end"),
            rows=tuple((row.initiative_id, row.initiative, row.owner, row.start, row.due, row.ends) for row in dated),
        ),
    )


def _money_table(variance: RoadmapVariance, currency: str) -> TableView:
    """The initiatives that cost anything; the budget's columns only where a budget was given."""
    headers = ("ID", "Initiative", "Planned budget")
    rows = [
        (row, (row.initiative_id, row.initiative, money_cell(row.planned_budget, currency)))
        for row in variance.initiatives
        if _costs(row)
    ]
    total: tuple[Cell, ...] = (Line("Total"), None, money_cell(variance.planned_budget, currency))
    if not variance.budget_given:
        return TableView(title="Money", headers=headers, rows=(*(cells for _, cells in rows), total), total=True)
    return TableView(
        title="Money",
        headers=(*headers, "In the budget", "Spent"),
        rows=(
            *((*cells, money_cell(row.budgeted, currency), money_cell(row.spent, currency)) for row, cells in rows),
            (*total, money_cell(variance.budgeted, currency), money_cell(variance.spent, currency)),
        ),
        total=True,
    )


def _people_table(people: Iterable[PersonLoad]) -> TableView:
    return TableView(
        title="Tasks by person",
        headers=("Person", "Open", "Due this week", "Overdue", "Done", "Hours open"),
        rows=tuple(
            (load.person, load.open, load.due_this_week, load.overdue, load.done, load.hours_open) for load in people
        ),
    )


def _costs(row: InitiativeVariance) -> bool:
    return bool(row.planned_budget or row.budgeted)
