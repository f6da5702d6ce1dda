"""A roadmap in which nothing is wrong, for tests to spoil one thing at a time."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import msgspec
from rule_cases import AS_OF, business, placed

from smsheets.analysis.context import Context
from smsheets.plan.goals import Goal
from smsheets.plan.roadmap import Initiative, Roadmap, RoadmapSettings, Task
from smsheets.plan.strategy import Strategy, TeamRole

BLANK_ROW = Initiative(initiative_id="I9")
GOOD = placed(
    Initiative(
        initiative_id="I1",
        initiative="Trial",
        goal_id="G1",
        owner="Owner",
        start=date(2027, 6, 28),
        due=date(2027, 7, 9),
        done_share=Decimal("0.6"),
        status="in_progress",
        success_measure="12 orders",
    ),
    "Initiatives 9",
)
GOOD_STRATEGY = Strategy(
    goals=(placed(Goal(goal_id="G1", goal="More orders", deadline=date(2027, 12, 31)), "Goals 9"),),
    team=(TeamRole(role="lead", person="Owner", hours_per_week=Decimal(5), hourly_value=Decimal(30)),),
)
GOOD_TASK = Task(
    task_id="T1", task="Write", initiative_id="I1", owner="Owner", due=AS_OF, status="next", hours=Decimal(2)
)


def context(
    *initiatives: Initiative, tasks: tuple[Task, ...] = (), slip_days: int | None = None, **plans: Any
) -> Context:
    settings = RoadmapSettings(slip_days=slip_days)
    return business(roadmap=Roadmap(initiatives=initiatives, tasks=tasks, settings=settings), **plans)


def running(**changes: object) -> Initiative:
    """An initiative in which nothing is wrong but what is named."""
    return msgspec.structs.replace(GOOD, **changes)
