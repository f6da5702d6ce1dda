"""The rules of the strategy, alone and against the other workbooks."""

from smsheets.analysis.finding import rules_of
from smsheets.analysis.rules.strategy import channels, goals, house, people

RULES = rules_of(channels, goals, house, people)
