"""The rules of the calendar."""

from smsheets.analysis.finding import rules_of
from smsheets.analysis.rules.calendar import cadence, capacity, dormant, mix, posts, texts, timing

RULES = rules_of(cadence, capacity, dormant, mix, posts, texts, timing)
