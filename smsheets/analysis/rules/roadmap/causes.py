"""What findings of the roadmap are about, and what causes them, so that one cause is told once."""

from __future__ import annotations

from collections.abc import Iterable

from smsheets.analysis.facts import Facts
from smsheets.analysis.variance.roadmap import slipping_from
from smsheets.plan.goals import Goal
from smsheets.plan.roadmap import Initiative, Roadmap, Task, id_key
from smsheets.plan.slip import Progress, progress_of
from smsheets.plan.workload import Person, people_of

TASKS_NAMED = 5
"""More ids than this in one sentence are not read by anybody."""


def id_of(initiative: Initiative) -> str:
    """The initiative's id; its text where it has none."""
    return initiative.initiative_id or initiative.name


def cause_in(initiative: Initiative) -> str:
    """The root of what goes wrong because of this initiative: its dates, its pace, or what it lacks."""
    return f"initiative {id_of(initiative)}"


def cause_in_time_of(person: str) -> str:
    """The root of what goes wrong because somebody has too little time."""
    return f"person {person}: time"


def ids_of(tasks: Iterable[Task]) -> str:
    """The ids of tasks as the one thing that a finding is about."""
    return "+".join(task.name for task in tasks)


def named(tasks: Iterable[Task]) -> tuple[str, ...]:
    """The ids of tasks for a sentence, the first ones."""
    names = tuple(task.name for task in tasks)
    return names if len(names) <= TASKS_NAMED else (*names[:TASKS_NAMED], "...")


def is_late(initiative: Initiative, roadmap: Roadmap, facts: Facts) -> bool:
    """Whether another rule already says that the initiative is overdue or slipping."""
    progress = progress_of(initiative, facts.as_of, roadmap.days_off, slipping_from(roadmap, facts))
    return initiative.unfinished and progress in (Progress.OVERDUE, Progress.SLIPPING)


def goals_by_id(facts: Facts) -> dict[str, Goal]:
    """The strategy's goals in use, by their ids as `id_key` writes them."""
    strategy = facts.plans.strategy
    goals = strategy.goals if strategy is not None else ()
    return {id_key(goal.goal_id): goal for goal in goals if goal.goal_id is not None and goal.in_use}


def team_of(facts: Facts) -> dict[str, Person]:
    """The people of the strategy's team by `person_key`; nobody where no strategy was given."""
    strategy = facts.plans.strategy
    return people_of(strategy.team) if strategy is not None else {}
