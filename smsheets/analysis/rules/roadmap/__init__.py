"""The rules of the roadmap."""

from __future__ import annotations

from smsheets.analysis.finding import Rule
from smsheets.analysis.rules.roadmap.initiatives import (
    check_dates_in_order,
    check_done_has_result,
    check_held_tasks_are_not_due,
    check_initiatives_have_dates,
    check_initiatives_have_goal,
    check_initiatives_have_measure,
    check_initiatives_have_owner,
    check_running_have_next_task,
)
from smsheets.analysis.rules.roadmap.links import (
    check_dependencies_end_first,
    check_dependencies_have_no_circle,
    check_goals_are_known,
    check_initiatives_are_budgeted,
    check_initiatives_end_before_goal_deadline,
)
from smsheets.analysis.rules.roadmap.pace import check_initiatives_in_time, check_initiatives_keep_pace
from smsheets.analysis.rules.roadmap.people import (
    check_hours_suffice,
    check_initiatives_at_once,
    check_tasks_at_once,
    check_tasks_have_owner,
    check_tasks_in_time,
)

RULES: tuple[Rule, ...] = (
    check_initiatives_in_time,
    check_initiatives_keep_pace,
    check_dependencies_have_no_circle,
    check_dependencies_end_first,
    check_dates_in_order,
    check_initiatives_have_dates,
    check_initiatives_have_owner,
    check_initiatives_have_goal,
    check_initiatives_have_measure,
    check_goals_are_known,
    check_initiatives_end_before_goal_deadline,
    check_hours_suffice,
    check_tasks_in_time,
    check_tasks_have_owner,
    check_held_tasks_are_not_due,
    check_running_have_next_task,
    check_initiatives_at_once,
    check_tasks_at_once,
    check_initiatives_are_budgeted,
    check_done_has_result,
)
