"""All findings about the budget."""

from __future__ import annotations

from smsheets.analysis.finding import Rule
from smsheets.analysis.rules.budget.lines import (
    check_lines_within_budget,
    check_money_at_work,
    check_pace_within_year,
    check_spending_planned,
)
from smsheets.analysis.rules.budget.own_time import check_hours_valued, check_own_time_cheaper, check_own_time_counted
from smsheets.analysis.rules.budget.spending import (
    check_boost_has_line,
    check_post_spend_has_line,
    check_spend_has_result,
)

RULES: tuple[Rule, ...] = (
    check_lines_within_budget,
    check_spending_planned,
    check_pace_within_year,
    check_money_at_work,
    check_own_time_counted,
    check_hours_valued,
    check_own_time_cheaper,
    check_post_spend_has_line,
    check_boost_has_line,
    check_spend_has_result,
)
