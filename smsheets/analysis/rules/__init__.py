"""All rules: each a check with the id under which `workbook_specs/findings/` has its texts."""

from __future__ import annotations

from functools import cache

from smsheets.analysis.finding import Rule


@cache
def all_rules() -> tuple[Rule, ...]:
    """Every rule, by template."""
    from smsheets.analysis.rules import budget, calendar, kpi_report, roadmap, strategy

    return (*strategy.RULES, *roadmap.RULES, *budget.RULES, *calendar.RULES, *kpi_report.RULES)
