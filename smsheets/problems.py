"""What is wrong in a user's workbook, as data: collected, sorted by sheet and cell, all shown, never stopping the run.

Every code has its text here, a line in the README and a case under `samples/bad/<code>/`.
"""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from smsheets.cells import CellRef


class ProblemText(msgspec.Struct, frozen=True, kw_only=True):
    """The words of one problem code: what is expected and was found, and what to do. `{names}` are filled in."""

    says: str
    todo: str


PROBLEM_TEXTS: Mapping[str, ProblemText] = {
    "cell.not-a-number": ProblemText(
        says="'{column}' must be a number, found {found}.", todo="Write a plain number such as 12000, or leave it empty."
    ),
    "cell.not-a-whole-number": ProblemText(
        says="'{column}' must be a whole number, found {found}.", todo="Write it without decimals."
    ),
    "cell.ambiguous-number": ProblemText(
        says="'{column}' can be read as {first} or as {second}, found {found}.",
        todo="Write it without a sign between thousands.",
    ),
    "cell.number-as-text": ProblemText(
        says="'{column}' is text, so the sheet's own sums leave it out; {found} was read as {read}.",
        todo="Type {read} as a number.",
    ),
    "cell.not-a-date": ProblemText(
        says="'{column}' must be a date, found {found}.", todo="Write it as 2027-03-15, or leave it empty."
    ),
    "cell.ambiguous-date": ProblemText(
        says="'{column}' can be read as {first} or as {second}, found {found}.", todo="Write it as {first}."
    ),
    "cell.date-as-text": ProblemText(
        says="'{column}' is text, so the sheet's own formulas do not see it; {found} was read as {read}.",
        todo="Type {read} as a date.",
    ),
    "cell.not-a-time": ProblemText(
        says="'{column}' must be a time of day, found {found}.", todo="Write it as 09:30, or leave it empty."
    ),
    "cell.not-yes-or-no": ProblemText(says="'{column}' must be yes or no, found {found}.", todo="Pick one of the two."),
    "cell.not-in-list": ProblemText(
        says="'{column}' must be a value of the list '{list}', found {found}.{guess}",
        todo="Pick one from the list, or add it on the sheet '{lists_sheet}' if that list has free places.",
    ),
    "cell.out-of-range": ProblemText(
        says="'{column}' must be between {first} and {second}, found {found}.", todo="Check the number."
    ),
    "cell.error-value": ProblemText(
        says="'{column}' shows the error {found}.", todo="Type the value again, or leave the cell empty."
    ),
    "cell.not-calculated": ProblemText(
        says="'{column}' holds a formula that was never calculated.",
        todo="Open the file in your spreadsheet program, save it, and try again.",
    ),
    "cell.overwritten-formula": ProblemText(
        says="'{column}' is computed, but its formula was overwritten with {found}; it should be {read}.",
        todo="Copy the formula from a cell above or below. Reports use the computed value.",
    ),
    "cell.formula-disagrees": ProblemText(
        says="'{column}' shows {found}, but its inputs give {read}: the formula was changed or is broken.",
        todo="Copy the formula from a cell above or below. Reports use the computed value.",
    ),
    "id.missing": ProblemText(
        says="'{column}' is empty in a row that is filled in.", todo="Give the row an id of its own, for example {read}."
    ),
    "id.duplicate": ProblemText(
        says="'{column}' {found} stands here and in row {first}.", todo="Give one of the two rows another id."
    ),
    "id.unknown": ProblemText(
        says="'{column}' names {found}, but no row has this id.{guess}", todo="Write an id that exists, or add the row."
    ),
    "table.missing": ProblemText(
        says="The table '{table}' was not found on any sheet.",
        todo="Put the sheet back from a new workbook if you still need it; everything else was read.",
    ),
    "table.missing-column": ProblemText(
        says="Column '{column}' not found.{guess}", todo="Name the heading '{column}' again."
    ),
    "table.duplicate-column": ProblemText(
        says="Two columns are headed '{column}'; {read} was read.", todo="Rename or remove the other one."
    ),
    "form.missing-field": ProblemText(
        says="The line '{column}' was not found.{guess}", todo="Name the line '{column}' again."
    ),
    "workbook.not-calculated": ProblemText(
        says="The formulas were never calculated since a program saved this file, so the sheet's own figures could"
        " not be checked.",
        todo="Open it in your spreadsheet program and save it. Reports compute every figure themselves.",
    ),
    "workbook.version": ProblemText(
        says="This workbook has version {found} of its template; this program knows version {read}.",
        todo="Update smsheets, or move your entries into a new workbook.",
    ),
    "set.two-of-a-kind": ProblemText(
        says="Two workbooks of the same kind are given for one business: {found} and {read}.",
        todo="Analyze them one after the other. The second one was left out of the plan.",
    ),
    "set.currencies": ProblemText(
        says="The workbooks of one business have different currencies: {found} here, {read} in the others.",
        todo="Write the same currency on the sheet 'Start here' of each, and amounts in it.",
    ),
}
"""Code -> its words."""


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
    values: Mapping[str, str] = {}

    @property
    def place(self) -> str:
        """`plan/budget.xlsx: Budget!H14`."""
        tail = f":{self.until}{self.cell.row}" if self.until else ""
        return f"{self.cell.file}: {self.cell}{tail}"

    @property
    def all_values(self) -> Mapping[str, str]:
        """What the texts name, with nothing for a guess that there is none of."""
        return _Blank(self.values)

    @property
    def says(self) -> str:
        """What is expected and what was found, in English."""
        return PROBLEM_TEXTS[self.code].says.format_map(self.all_values)

    @property
    def todo(self) -> str:
        """What to do, in English."""
        return PROBLEM_TEXTS[self.code].todo.format_map(self.all_values)

    def __str__(self) -> str:
        return f"{self.place}: {self.says} {self.todo} [{self.code}]"


class _Blank(dict[str, str]):
    """Leaves out what a text names but a problem does not have."""

    def __missing__(self, key: str) -> str:
        return ""


def make_problem(code: str, cell: CellRef, until: str = "", **values: str) -> Problem:
    """A problem of a known code, with what its texts name."""
    assert code in PROBLEM_TEXTS, code
    return Problem(code=code, cell=cell, until=until, values=values)
