"""The rules of the KPI report."""

from __future__ import annotations

from smsheets.analysis.finding import Rule
from smsheets.analysis.rules.kpi_report.inbox import (
    check_answers_are_in_time,
    check_complaints_are_few,
    check_complaints_are_routed,
    check_messages_are_answered,
    check_questions_are_answered_once,
)
from smsheets.analysis.rules.kpi_report.money import (
    check_ads_earn_their_money,
    check_cost_per_result,
    check_dear_channels,
)
from smsheets.analysis.rules.kpi_report.posts import (
    check_liked_pillars_bring_clicks,
    check_what_is_ignored,
    check_what_works,
)
from smsheets.analysis.rules.kpi_report.targets import (
    check_business_has_targets,
    check_decisions_are_kept,
    check_months_are_reviewed,
    check_targets_are_met,
)
from smsheets.analysis.rules.kpi_report.trends import check_goals_keep_their_line, check_trends_hold
from smsheets.analysis.rules.kpi_report.vanity import (
    check_channels_measure_business,
    check_followers_engage,
    check_likes_become_business,
    check_rates_are_alike,
)

RULES: tuple[Rule, ...] = (
    check_targets_are_met,
    check_business_has_targets,
    check_trends_hold,
    check_goals_keep_their_line,
    check_followers_engage,
    check_channels_measure_business,
    check_likes_become_business,
    check_rates_are_alike,
    check_what_works,
    check_what_is_ignored,
    check_liked_pillars_bring_clicks,
    check_cost_per_result,
    check_dear_channels,
    check_ads_earn_their_money,
    check_messages_are_answered,
    check_answers_are_in_time,
    check_complaints_are_routed,
    check_complaints_are_few,
    check_questions_are_answered_once,
    check_decisions_are_kept,
    check_months_are_reviewed,
)
