"""The rules of the strategy, alone and against the other workbooks."""

from __future__ import annotations

from smsheets.analysis.finding import Rule
from smsheets.analysis.rules.strategy.channels import (
    check_ad_shares_add_up,
    check_channels_are_used,
    check_channels_differ,
    check_channels_have_purpose,
    check_mix_keeps_rule,
    check_pillar_shares_add_up,
    check_team_has_time_for_channels,
)
from smsheets.analysis.rules.strategy.goals import (
    check_goal_owners_have_hours,
    check_goals_are_attainable,
    check_goals_end_after_start,
    check_goals_have_deadline,
    check_goals_have_initiative,
    check_goals_have_number,
    check_goals_have_owner,
    check_goals_measured_by_report,
)
from smsheets.analysis.rules.strategy.house import (
    check_accounts_belong_to_business,
    check_accounts_have_two_factor,
    check_channels_have_customers,
    check_policy_is_whole,
    check_policy_is_written,
    check_readiness_above_line,
    check_sales_earn_something,
)
from smsheets.analysis.rules.strategy.people import (
    check_answers_have_stand_in,
    check_goals_are_in_reach,
    check_goals_were_reached,
    check_roles_are_shared,
    check_somebody_answers,
)

RULES: tuple[Rule, ...] = (
    check_somebody_answers,
    check_answers_have_stand_in,
    check_roles_are_shared,
    check_accounts_have_two_factor,
    check_accounts_belong_to_business,
    check_goals_have_number,
    check_goals_have_deadline,
    check_goals_have_owner,
    check_goals_end_after_start,
    check_goals_are_attainable,
    check_goals_measured_by_report,
    check_goals_have_initiative,
    check_goal_owners_have_hours,
    check_goals_are_in_reach,
    check_goals_were_reached,
    check_readiness_above_line,
    check_policy_is_written,
    check_policy_is_whole,
    check_channels_have_purpose,
    check_channels_are_used,
    check_channels_differ,
    check_channels_have_customers,
    check_team_has_time_for_channels,
    check_sales_earn_something,
    check_ad_shares_add_up,
    check_pillar_shares_add_up,
    check_mix_keeps_rule,
)
