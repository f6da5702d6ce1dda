"""All findings about the budget."""

from smsheets.analysis.finding import rules_of
from smsheets.analysis.rules.budget import lines, spending, whole

RULES = rules_of(lines, spending, whole)
