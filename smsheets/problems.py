"""Problems in a user's workbook, as data: collected, sorted by sheet and cell, all shown, never stopping the run.

Every code has its text here, a row in docs/problems.md and a case under `samples/bad/<code>/`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache

import msgspec

from smsheets.cells import CellRef
from smsheets.spec.load import load_data


class ProblemText(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The words of one problem code. `{names}` are filled in.

    Attributes:
        says: What is expected and what was found.
        todo: What to do.
        says_guess: The same where there is a `{guess}` at what was meant.
        several, several_todo: The same of several cells of a column together; `{count}` is two or more.
        hint: A few words for a value that was understood as it was meant: such a problem is a hint, and nothing has to
            be done.
    """

    says: str
    todo: str
    says_guess: str = ""
    several: str = ""
    several_todo: str = ""
    hint: str = ""


@cache
def problem_texts() -> Mapping[str, ProblemText]:
    """Code -> its words, from `workbook_specs/problems.yaml`."""
    return load_data("problems.yaml", dict[str, ProblemText])


class Quoted(msgspec.Struct, frozen=True):
    """A text as it was found in a cell."""

    text: str

    def __str__(self) -> str:
        return QUOTED.format(text=self.text)


QUOTED = "text '{text}'"
NOTHING = "nothing"
SOME_NUMBER = "a plain number such as 1200"

ProblemValue = str | Quoted


PROBLEM_SHEET_MARK = "smsheets problems"
"""Stands on the sheet that lists the problems in an annotated copy, in any language; such a sheet is never read."""

REPORT_LINE = "smsheets report v1"
"""Is on the first sheet of a report that is a workbook, in any language."""


SUMMED_UP = "column.more"
"""The code of a problem that stands for many of one kind in one column."""


class Problem(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that is wrong.

    Attributes:
        cell: Where; for a table that was not found, the first cell of the sheet it was looked for on.
        until: The last column's letters where it concerns a run of cells in one row (`B3:F3`).
        values: What the code's texts name, as the user's sheet shows it.
    """

    code: str
    cell: CellRef
    until: str = ""
    values: Mapping[str, ProblemValue] = {}

    @property
    def kind(self) -> str:
        """The code of what is wrong: its own, or that of the problems which it sums up."""
        return str(self.values["kind"]) if self.code == SUMMED_UP else self.code

    @property
    def count(self) -> int:
        """How many problems it is: one, or those which it sums up."""
        return int(str(self.values["count"])) if self.code == SUMMED_UP else 1

    @property
    def is_hint(self) -> bool:
        """True where the value was understood as it was meant."""
        return bool(problem_texts()[self.kind].hint)

    @property
    def place(self) -> str:
        """`plan/budget.xlsx: Budget!H14`."""
        tail = f":{self.until}{self.cell.row}" if self.until else ""
        return f"{self.cell.file}: {self.cell}{tail}"

    @property
    def words(self) -> tuple[str, str]:
        """The texts with `{names}` in them: what is expected and was found, and what to do."""
        text = problem_texts()[self.code]
        return text.says_guess if self.values.get("guess") else text.says, text.todo

    @property
    def says(self) -> str:
        """The text in English: what is expected and what was found."""
        return self.words[0].format_map(self.values)

    @property
    def todo(self) -> str:
        """The advice in English."""
        return self.words[1].format_map(self.values)

    def __str__(self) -> str:
        return f"{self.place}: {self.says} {self.todo} [{self.code}]"


class MissingInput(msgspec.Struct, frozen=True, kw_only=True):
    """An input that is empty although it matters: not wrong, only still to fill in.

    Attributes:
        cell: The first cell to fill in.
        label: The heading or label, as on the sheet.
        count: In how many rows it is empty; 0 where a whole table has no row yet.
    """

    cell: CellRef
    label: str
    count: int


class OwnColumn(msgspec.Struct, frozen=True, kw_only=True):
    """A column that a person added to a table: not wrong, and left alone.

    Attributes:
        cell: Where its heading is.
    """

    cell: CellRef
    heading: str


def make_problem(code: str, cell: CellRef, until: str = "", **values: ProblemValue) -> Problem:
    """A problem of a known code, with what its texts name."""
    assert code in problem_texts(), code
    return Problem(code=code, cell=cell, until=until, values=values)


def without_hints(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """The problems that call for a repair."""
    return tuple(problem for problem in problems if not problem.is_hint)


def count_problems(problems: Iterable[Problem]) -> int:
    """How many there are, also those that are only summed up."""
    return sum(problem.count for problem in problems)
