"""All findings about the budget."""

from __future__ import annotations

from smsheets.analysis.finding import Rule
from smsheets.analysis.rules.budget.lines import (
    check_hours_valued,
    check_lines_within_budget,
    check_own_time_cheaper,
    check_own_time_counted,
    check_pace_within_year,
    check_spending_planned,
)
from smsheets.analysis.rules.budget.spending import (
    check_boost_has_line,
    check_money_at_work,
    check_money_does_not_expire,
    check_post_spend_has_line,
    check_spend_has_result,
)
from smsheets.analysis.rules.budget.whole import (
    check_ad_money_follows_strategy,
    check_categories_within_budget,
    check_months_within_limit,
)

RULES: tuple[Rule, ...] = (
    check_lines_within_budget,
    check_spending_planned,
    check_pace_within_year,
    check_money_at_work,
    check_money_does_not_expire,
    check_categories_within_budget,
    check_months_within_limit,
    check_ad_money_follows_strategy,
    check_own_time_counted,
    check_hours_valued,
    check_own_time_cheaper,
    check_post_spend_has_line,
    check_boost_has_line,
    check_spend_has_result,
)
