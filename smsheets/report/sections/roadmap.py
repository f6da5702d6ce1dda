"""The roadmap in the report: what is planned, and how it goes."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from smsheets.analysis.context import Context
from smsheets.analysis.variance.roadmap import InitiativeVariance, RoadmapVariance
from smsheets.money import Share
from smsheets.plan.known import add_known
from smsheets.plan.roadmap import Initiative, Roadmap
from smsheets.plan.slip import Progress
from smsheets.plan.workload import PersonLoad
from smsheets.report.document import Cell, Line, Part, Section, TableView
from smsheets.report.sections.cells import money_cell, share_cell
from smsheets.report.sections.roadmap_pictures import STATUSES, money_chart, people_chart, time_bars


def plan_section(plan: Roadmap, context: Context) -> Section:
    """What the roadmap is: how many initiatives for which goals, until when, for how much."""
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
    parts: list[Part] = [*_summary(variance), *time_bars(variance)]
    parts += [*_time_table(variance.initiatives), _progress_table(variance.initiatives)]
    if any(_costs(row) for row in variance.initiatives):
        parts += [*money_chart(variance, context.currency), _money_table(variance, context.currency)]
    if variance.people:
        parts += [*people_chart(variance.people), _people_table(variance.people)]
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
                "Of all planned work {expected} should be done by {as_of}, {done} is.",
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
        headers=("Id", "Initiative", "Due", "Expected", "Done", "Slip", "Status"),
        rows=tuple(
            (
                row.initiative_id,
                row.initiative,
                row.due,
                share_cell(row.expected_share),
                share_cell(row.done_share),
                row.slip_days,
                STATUSES[row.progress] if row.progress is not None else None,
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
            headers=("Id", "Initiative", "Owner", "Start", "Due", "Likely end"),
            rows=tuple((row.initiative_id, row.initiative, row.owner, row.start, row.due, row.ends) for row in dated),
        ),
    )


def _money_table(variance: RoadmapVariance, currency: str) -> TableView:
    """The initiatives that cost anything; the budget's columns only where a budget was given."""
    headers = ("Id", "Initiative", "Planned budget")
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
