"""The rules of the KPI report."""

from smsheets.analysis.finding import rules_of
from smsheets.analysis.rules.kpi_report import inbox, money, posts, targets, trends, vanity

RULES = rules_of(inbox, money, posts, targets, trends, vanity)
