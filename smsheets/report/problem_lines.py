"""A problem as two sentences that can be put into the reader's language."""

from __future__ import annotations

from smsheets.problems import QUOTED, Problem, Quoted
from smsheets.report.document import Line


def problem_lines(problem: Problem) -> tuple[Line, Line]:
    """What is expected and was found, and what to do."""
    values = {
        name: Line(QUOTED, {"text": value.text}) if isinstance(value, Quoted) else value
        for name, value in problem.values.items()
    }
    says, todo = problem.words
    return Line(says, values), Line(todo, values)
