"""Rules about time gone by: initiatives that are overdue, and those on the way there."""

from __future__ import annotations

from collections.abc import Iterator

from smsheets.analysis.facts import Facts
from smsheets.analysis.finding import Hit, Lack, Level, Wording, lack, rule
from smsheets.analysis.rules.roadmap.initiatives import initiative_hit
from smsheets.analysis.subjects import initiative_id, task_names
from smsheets.analysis.variance.roadmap import InitiativeVariance
from smsheets.money import Share
from smsheets.plan.roadmap import Initiative
from smsheets.plan.slip import Progress, end_as_planned
from smsheets.plan.spare_money import work_behind
from smsheets.plan.workload import urgency

_BEHIND = (Progress.OVERDUE, Progress.SLIPPING)


def unfinished_variances(facts: Facts) -> Iterator[tuple[Initiative, InitiativeVariance]]:
    """The unfinished initiatives, each with its variance."""
    pairs = zip(facts.roadmap.initiatives_in_use, facts.roadmap_variance.initiatives, strict=True)
    return ((item, row) for item, row in pairs if item.unfinished)


def initiatives_behind(facts: Facts) -> tuple[Initiative, ...]:
    """The unfinished initiatives that are overdue or slipping."""
    return tuple(item for item, row in unfinished_variances(facts) if row.progress in _BEHIND)


@rule("roadmap.overdue")
def check_initiatives_in_time(facts: Facts) -> Iterator[Hit]:
    """No unfinished initiative is past its due date.

    The effect is the worth of what is not done: see `work_behind`.
    """
    for item, row in unfinished_variances(facts):
        days, done = row.days_past_due, row.done_share
        if days is None or item.due is None:
            continue
        ways = _ways_out(item, facts)
        yield initiative_hit(
            item,
            "due",
            "status",
            "done_share",
            values={"due": item.due, "days": days, **ways},
            level=Level.ERROR if days >= facts.thresholds["roadmap.overdue_days"] else None,
            effect=None if done is None else work_behind(item, facts.tasks.of(item), facts.team, 1 - done),
            case="" if "end" not in ways else "finish_tasks" if "tasks" in ways else "new_date",
        )


@rule("roadmap.slipping")
def check_initiatives_keep_pace(facts: Facts) -> Iterator[Hit | Lack]:
    """No initiative in work is behind, but not yet past due.

    The effect is the worth of what should be done by now and is not: see `work_behind`.
    """
    unknown = [
        item
        for item, row in unfinished_variances(facts)
        if item.start is not None and item.due is not None and item.start <= facts.as_of <= item.due
        if row.working_days is not None and row.done_share is None
    ]
    yield from lack((item.cell("done_share") for item in unknown), initiatives=tuple(map(initiative_id, unknown)))
    for item, row in unfinished_variances(facts):
        done, expected, days = row.done_share, row.expected_share, row.slip_days
        if row.progress is not Progress.SLIPPING:
            continue
        if done is None or expected is None or days is None or item.due is None:
            continue
        ways = _ways_out(item, facts)
        yield initiative_hit(
            item,
            "done_share",
            "due",
            values={"done": Share(done), "expected": Share(expected), "days": days, "due": item.due, **ways},
            effect=work_behind(item, facts.tasks.of(item), facts.team, expected - done),
            case="" if "end" not in ways else "speed_up_tasks" if "tasks" in ways else "speed_up",
        )


def _ways_out(item: Initiative, facts: Facts) -> dict[str, Wording]:
    """The ways out for an initiative that is behind: its open `tasks`, and an `end` that can be kept, if known."""
    found: dict[str, Wording] = {}
    end = end_as_planned(item, facts.as_of, facts.roadmap.days_off)
    if end is not None:
        found["end"] = end
    left = sorted((task for task in facts.tasks.of(item) if task.open), key=urgency)
    if left:
        found["tasks"] = task_names(left)
    return found
