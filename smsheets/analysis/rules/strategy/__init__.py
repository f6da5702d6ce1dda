"""The rules of the strategy, alone and against the other workbooks."""

from __future__ import annotations

from smsheets.analysis.finding import Rule
from smsheets.analysis.rules.strategy.channels import (
    check_accounts_have_two_factor,
    check_ad_shares_add_up,
    check_channels_are_used,
    check_channels_have_purpose,
)
from smsheets.analysis.rules.strategy.goals import (
    check_goals_end_after_start,
    check_goals_have_deadline,
    check_goals_have_initiative,
    check_goals_have_number,
    check_goals_have_owner,
    check_goals_measured_by_report,
)
from smsheets.analysis.rules.strategy.house import (
    check_policy_is_written,
    check_readiness_above_line,
    check_somebody_answers,
)

RULES: tuple[Rule, ...] = (
    check_somebody_answers,
    check_accounts_have_two_factor,
    check_goals_have_number,
    check_goals_have_deadline,
    check_goals_have_owner,
    check_goals_end_after_start,
    check_goals_measured_by_report,
    check_goals_have_initiative,
    check_readiness_above_line,
    check_policy_is_written,
    check_channels_have_purpose,
    check_channels_are_used,
    check_ad_shares_add_up,
)
