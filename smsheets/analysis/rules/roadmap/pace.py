"""Rules about time gone by: initiatives that are overdue, and those on the way there."""

from __future__ import annotations

from collections.abc import Iterator

from smsheets.analysis.facts import Facts
from smsheets.analysis.finding import Hit, Lack, Level, Wording, rule
from smsheets.analysis.rules.roadmap.causes import cause_in, id_of, named, team_of
from smsheets.analysis.rules.roadmap.initiatives import unfinished_initiatives
from smsheets.analysis.variance.roadmap import slipping_from
from smsheets.money import Share
from smsheets.plan.roadmap import Initiative, Roadmap, TaskIndex
from smsheets.plan.slip import (
    Progress,
    days_past_due,
    end_as_planned,
    expected_share,
    known_done_share,
    planned_days,
    progress_of,
    slip_days,
)
from smsheets.plan.spare_money import work_behind
from smsheets.plan.workload import urgency


@rule("roadmap.overdue")
def check_initiatives_in_time(facts: Facts) -> Iterator[Hit]:
    """Unfinished initiatives past their due date.

    The effect is the worth of what is not done: see `work_behind`.
    """
    roadmap = facts.plans.roadmap
    if roadmap is None:
        return
    tasks, people = TaskIndex(roadmap), team_of(facts)
    for item in unfinished_initiatives(facts):
        days = days_past_due(item, facts.as_of, roadmap.days_off)
        if days is None or item.due is None:
            continue
        done = known_done_share(item)
        values = {"initiative": item.name, "due": item.due, "days": days, **_ways_out(item, tasks, roadmap, facts)}
        yield Hit(
            about=id_of(item),
            root=cause_in(item),
            evidence=(item.cell("due"), item.cell("status"), item.cell("done_share")),
            values=values,
            level=Level.ERROR if days >= facts.thresholds["roadmap.overdue_days"] else None,
            effect=None if done is None else work_behind(item, tasks.of(item), people, 1 - done),
            case="" if "end" not in values else "finish_tasks" if "tasks" in values else "new_date",
        )


@rule("roadmap.slipping")
def check_initiatives_keep_pace(facts: Facts) -> Iterator[Hit | Lack]:
    """Initiatives in work that are behind, but not yet past due.

    The effect is the worth of what should be done by now and is not: see `work_behind`.
    """
    roadmap = facts.plans.roadmap
    if roadmap is None:
        return
    unknown = [item for item in unfinished_initiatives(facts) if _is_running_unknown(item, roadmap, facts)]
    if unknown:
        names = tuple(id_of(item) for item in unknown)
        yield Lack(evidence=tuple(item.cell("done_share") for item in unknown), values={"initiatives": names})
    limit, tasks, people = slipping_from(roadmap, facts), TaskIndex(roadmap), team_of(facts)
    for item in unfinished_initiatives(facts):
        if progress_of(item, facts.as_of, roadmap.days_off, limit) is not Progress.SLIPPING:
            continue
        done = known_done_share(item)
        expected = expected_share(item, facts.as_of, roadmap.days_off)
        days = slip_days(item, facts.as_of, roadmap.days_off)
        if done is None or expected is None or days is None or item.due is None:
            continue
        values: dict[str, Wording] = {
            "initiative": item.name,
            "done": Share(done),
            "expected": Share(expected),
            "days": days,
            "due": item.due,
            **_ways_out(item, tasks, roadmap, facts),
        }
        yield Hit(
            about=id_of(item),
            root=cause_in(item),
            evidence=(item.cell("done_share"), item.cell("due")),
            values=values,
            effect=work_behind(item, tasks.of(item), people, expected - done),
            case="" if "end" not in values else "speed_up_tasks" if "tasks" in values else "speed_up",
        )


def _ways_out(item: Initiative, tasks: TaskIndex, roadmap: Roadmap, facts: Facts) -> dict[str, Wording]:
    """What can be done about an initiative that is behind: its open `tasks` and an `end` that can be kept, if known."""
    found: dict[str, Wording] = {}
    end = end_as_planned(item, facts.as_of, roadmap.days_off)
    if end is not None:
        found["end"] = end
    left = sorted((task for task in tasks.of(item) if task.open), key=urgency)
    if left:
        found["tasks"] = named(left)
    return found


def _is_running_unknown(item: Initiative, roadmap: Roadmap, facts: Facts) -> bool:
    """Whether it runs today, and nobody wrote how much of it is done."""
    if planned_days(item, roadmap.days_off) is None or item.start is None or item.due is None:
        return False
    return known_done_share(item) is None and item.start <= facts.as_of <= item.due
