"""Rules on goals: can anybody tell whether they are reached, and does anybody work for them?"""

from __future__ import annotations

from collections.abc import Iterator

from smsheets.analysis.context import Context
from smsheets.analysis.finding import Hit, Level, rule
from smsheets.analysis.rules.strategy.names import same
from smsheets.plan.goals import Goal

_SMART = "A goal is to be specific, measurable, attainable, relevant and time-bound (SMART)"


@rule(
    "strategy.goal_without_number",
    level=Level.WARNING,
    needs=("strategy",),
    says="Goal {goal_id} '{goal}' has no number to reach.",
    todo="Write what is counted into 'Metric' and the number to reach into 'Target'. Without them nobody can tell "
    "whether the goal is reached.",
    source=_SMART,
)
def check_goals_have_number(context: Context) -> Iterator[Hit]:
    """A goal needs a metric and a target."""
    for goal in _goals(context):
        missing = [field for field in ("target", "metric") if getattr(goal, field) is None]
        if missing:
            yield Hit(evidence=tuple(goal.cell(field) for field in missing), values=_values(goal))


@rule(
    "strategy.goal_without_deadline",
    level=Level.WARNING,
    needs=("strategy",),
    says="Goal {goal_id} '{goal}' has no deadline.",
    todo="Write the day by which it is to be reached into 'Deadline'.",
    source=_SMART,
)
def check_goals_have_deadline(context: Context) -> Iterator[Hit]:
    """A goal needs a day by which it is reached."""
    for goal in _goals(context):
        if goal.deadline is None:
            yield Hit(evidence=(goal.cell("deadline"),), values=_values(goal))


@rule(
    "strategy.goal_without_owner",
    level=Level.WARNING,
    needs=("strategy",),
    says="Goal {goal_id} '{goal}' has no owner.",
    todo="Put one person into 'Owner'. What belongs to everybody is done by nobody.",
    source="This program's own rule: one goal, one person",
)
def check_goals_have_owner(context: Context) -> Iterator[Hit]:
    """A goal needs one person who answers for it."""
    for goal in _goals(context):
        if goal.owner is None:
            yield Hit(evidence=(goal.cell("owner"),), values=_values(goal))


@rule(
    "strategy.goal_ends_before_start",
    level=Level.WARNING,
    needs=("strategy",),
    says="Goal {goal_id} '{goal}' starts on {start}, but is to be reached by {deadline}.",
    todo="Correct 'Start' or 'Deadline': the start comes first.",
    source=_SMART,
)
def check_goals_end_after_start(context: Context) -> Iterator[Hit]:
    """The start of a goal lies before its deadline."""
    for goal in _goals(context):
        if goal.start is not None and goal.deadline is not None and goal.start >= goal.deadline:
            yield Hit(
                evidence=(goal.cell("deadline"), goal.cell("start")),
                values={**_values(goal), "start": goal.start, "deadline": goal.deadline},
            )


@rule(
    "strategy.goal_not_measured",
    level=Level.WARNING,
    needs=("strategy", "kpi-report"),
    says="Goal {goal_id} '{goal}' is measured by '{metric}', and the KPI report does not follow that.",
    todo="Add a row for it to the sheet KPIs, with the same channel, or choose a metric that is there.",
    source="This program's own rule: what is not followed is not reached",
)
def check_goals_measured_by_report(context: Context) -> Iterator[Hit]:
    """The metric of a goal, on the goal's channel where it has one, has a row in the KPI report.

    Nothing is said while the KPI report has no rows at all.
    """
    report = context.plans.kpi_report
    rows = [row for row in report.kpis if row.metric is not None] if report is not None else []
    if not rows:
        return
    followed = {(same(row.metric), same(row.channel)) for row in rows}
    followed_somewhere = {metric for metric, _ in followed}
    for goal in _goals(context):
        if goal.metric is None:
            continue
        metric, channel = same(goal.metric), same(goal.channel)
        known = (metric, channel) in followed if channel else metric in followed_somewhere
        if not known:
            values = {**_values(goal), "metric": context.metric_name(goal.metric)}
            yield Hit(evidence=(goal.cell("metric"), goal.cell("channel")), values=values)


@rule(
    "strategy.goal_without_initiative",
    level=Level.WARNING,
    needs=("strategy", "roadmap"),
    says="Nothing in the roadmap works for goal {goal_id} '{goal}'.",
    todo="Plan an initiative with this goal ID on the sheet Initiatives, or drop the goal.",
    source="This program's own rule: a goal nobody works for is a wish",
)
def check_goals_have_initiative(context: Context) -> Iterator[Hit]:
    """Every goal is served by an initiative that was not given up.

    Nothing is said while the roadmap is blank.
    """
    roadmap = context.plans.roadmap
    initiatives = roadmap.initiatives_in_use if roadmap is not None else ()
    if not initiatives:
        return
    served = {same(item.goal_id) for item in initiatives if not item.cancelled}
    for goal in _goals(context):
        if same(goal.goal_id) not in served:
            yield Hit(evidence=(goal.cell("goal_id"),), values=_values(goal))


def _goals(context: Context) -> tuple[Goal, ...]:
    strategy = context.plans.strategy
    return tuple(goal for goal in strategy.goals if goal.in_use) if strategy is not None else ()


def _values(goal: Goal) -> dict[str, str]:
    return {"goal_id": goal.goal_id or "", "goal": goal.goal or ""}
