"""The problems of one workbook while it is read: what goes wrong in thousands of cells of a column is told in one."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from smsheets.problems import Problem, make_problem

LISTED = 200
"""So many problems of one kind in one column are told one by one."""


class _More(msgspec.Struct):
    """Problems that are only counted: the first of them, how many, and the last row."""

    first: Problem
    count: int
    last_row: int


class ProblemList(list[Problem]):
    """Problems in the order they are found. Of one kind in one column, those past the first 200 are counted."""

    def __init__(self) -> None:
        super().__init__()
        self._counts: dict[tuple[str, str, int], int] = {}
        self._more: dict[tuple[str, str, int], _More] = {}

    def append(self, problem: Problem) -> None:
        """Adds one problem."""
        cell = problem.cell
        key = (problem.code, cell.sheet, cell.col)
        count = self._counts[key] = self._counts.get(key, 0) + 1
        if count <= LISTED:
            super().append(problem)
            return
        more = self._more.setdefault(key, _More(problem, 0, 0))
        more.count += 1
        more.last_row = max(more.last_row, cell.row)
        if cell.row < more.first.cell.row:
            more.first = problem

    def extend(self, problems: Iterable[Problem]) -> None:
        """Adds several."""
        for problem in problems:
            self.append(problem)

    def complete(self) -> list[Problem]:
        """All problems, and one for each run of those that were only counted."""
        return [*self, *(_told(more) for more in self._more.values())]


def _told(more: _More) -> Problem:
    if more.count == 1:
        return more.first
    return make_problem(
        "column.more",
        more.first.cell,
        first=str(LISTED),
        count=str(more.count),
        last=str(more.last_row),
        kind=more.first.code,
    )
