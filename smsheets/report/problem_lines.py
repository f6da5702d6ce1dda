"""A problem as two sentences that can be put into the reader's language."""

from __future__ import annotations

from smsheets.problems import NOTHING, QUOTED, SOME_NUMBER, Problem, ProblemValue, Quoted
from smsheets.report.document import Line, Shown, Verbatim


def problem_lines(problem: Problem) -> tuple[Line, Line]:
    """What is expected and was found, and what to do."""
    values = {name: _shown(value) for name, value in problem.values.items()}
    says, todo = problem.words
    return Line(says, values), Line(todo, values)


def _shown(value: ProblemValue) -> Shown:
    """What a text names: words of the sheet stay as they are there, and only those of the program are translated."""
    if isinstance(value, Quoted):
        return Line(QUOTED, {"text": Verbatim(value.text)})
    return Line(value) if value in (NOTHING, SOME_NUMBER) else Verbatim(value)
