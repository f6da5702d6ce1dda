"""The rules of the roadmap."""

from smsheets.analysis.finding import rules_of
from smsheets.analysis.rules.roadmap import initiatives, links, pace, people

RULES = rules_of(initiatives, links, pace, people)
