"""What is wrong in a user's workbook, as data: collected, sorted by sheet and cell, all shown, never stopping the run.

Every code has its text here, a row in docs/problems.md and a case under `samples/bad/<code>/`.
"""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from smsheets.cells import CellRef


class ProblemText(msgspec.Struct, frozen=True, kw_only=True):
    """The words of one problem code. `{names}` are filled in.

    Attributes:
        says: What is expected and what was found.
        todo: What to do.
        says_guess: The same where there is a `{guess}` at what was meant.
    """

    says: str
    todo: str
    says_guess: str = ""


PROBLEM_TEXTS: Mapping[str, ProblemText] = {
    "cell.not-a-number": ProblemText(
        says="'{column}' must be a number, found {found}.", todo="Write {read}, or leave it empty."
    ),
    "cell.not-a-whole-number": ProblemText(
        says="'{column}' must be a whole number, found {found}.", todo="Write it without decimals."
    ),
    "cell.ambiguous-number": ProblemText(
        says="'{column}' must be a number, found {found}, which can be {first} or {second}.",
        todo="Write {first} or {second}.",
    ),
    "cell.number-as-text": ProblemText(
        says="'{column}' must be a number, found {found}; it was read as {read}, but the sheet's sums leave it out.",
        todo="Write {read}.",
    ),
    "cell.not-a-date": ProblemText(
        says="'{column}' must be a date, found {found}.", todo="Write it as {read}, or leave it empty."
    ),
    "cell.ambiguous-date": ProblemText(
        says="'{column}' must be a date, found {found}, which can be {first} or {second}.",
        todo="Write {first} or {second}.",
    ),
    "cell.date-as-text": ProblemText(
        says="'{column}' must be a date, found {found}; it was read as {read}, but no formula sees it.",
        todo="Write {read}.",
    ),
    "cell.date-with-time": ProblemText(
        says="'{column}' must be a date, found {found}; it was read as {read}, without its time.", todo="Write {read}."
    ),
    "cell.not-a-time": ProblemText(
        says="'{column}' must be a time of day, found {found}.", todo="Write it as 09:30, or leave it empty."
    ),
    "cell.not-yes-or-no": ProblemText(
        says="'{column}' must be '{first}' or '{second}', found {found}.", todo="Pick one of the two."
    ),
    "cell.not-in-list": ProblemText(
        says="'{column}' must be one of the words of the list '{list}', found {found}.",
        says_guess="'{column}' must be one of the words of the list '{list}', found {found}; did you mean '{guess}'?",
        todo="Pick a word from the list.",
    ),
    "cell.not-in-open-list": ProblemText(
        says="'{column}' must be one of the words of the list '{list}', found {found}.",
        says_guess="'{column}' must be one of the words of the list '{list}', found {found}; did you mean '{guess}'?",
        todo="Pick a word from the list, or add yours to it on the sheet '{lists_sheet}'.",
    ),
    "cell.other-word": ProblemText(
        says="'{column}' must be one of the words of the list '{list}', found {found}; it was read as '{read}', but the"
        " sheet's own formulas do not know it.",
        todo="Pick '{read}'.",
    ),
    "cell.several-values": ProblemText(
        says="'{column}' must hold one value, found {found}: {read}.", todo="Write one row for each, with one of them."
    ),
    "cell.placeholder": ProblemText(
        says="'{column}' must hold a value or nothing, found {found}, which was read as nothing.",
        todo="Leave it empty until there is a value.",
    ),
    "cell.too-small": ProblemText(
        says="'{column}' must be {first} or more, found {found}.", todo="Write {first} or more, or leave it empty."
    ),
    "cell.too-large": ProblemText(
        says="'{column}' must be {first} or less, found {found}.", todo="Write {first} or less, or leave it empty."
    ),
    "cell.error-value": ProblemText(
        says="'{column}' shows the error {found}.", todo="Type the value again, or leave the cell empty."
    ),
    "cell.not-calculated": ProblemText(
        says="'{column}' holds a formula that was never calculated.",
        todo="Open the file in your spreadsheet program, save it, and try again.",
    ),
    "cell.merged": ProblemText(
        says="'{column}' shows nothing here, because the cells {place} are merged; only their first one was read.",
        todo="Unmerge them, and type the value into each cell that needs it.",
    ),
    "cell.overwritten-formula": ProblemText(
        says="'{column}' must be the formula that was there, found {found} typed over it; the formula gives {read}.",
        todo="Copy the formula from a neighbouring cell. Reports use the computed value.",
    ),
    "cell.formula-disagrees": ProblemText(
        says="'{column}' must show {read}, found {found}: its formula was changed or is broken.",
        todo="Copy the formula from a neighbouring cell. Reports use the computed value.",
    ),
    "row.missing-formulas": ProblemText(
        says="The formulas are gone from this row, from '{column}' on, so the sheet's own sums leave it out.",
        todo="Copy them from the row above. Reports use the computed values.",
    ),
    "row.total": ProblemText(
        says="This row of '{table}' looks like a total of your own, found {found}; it was not read, but the sheet's own"
        " sums count it.",
        todo="Delete it, or move it away from the table.",
    ),
    "row.not-a-record": ProblemText(
        says="Only {found} stands in this row of '{table}', so it was not read.",
        todo="Fill in the row, or move the text away from the table.",
    ),
    "row.outside": ProblemText(
        says="This row looks like one of '{table}', but stands outside of it, so it was not read.",
        todo="Move it below the headings in {read}.",
    ),
    "id.missing": ProblemText(
        says="'{column}' must not be empty in a row that is filled in.", todo="Write a new id, for example {read}."
    ),
    "id.duplicate": ProblemText(
        says="'{column}' must be different in every row, found '{found}' here and in row {first}.",
        todo="Write another id in one of them, for example {read}.",
    ),
    "id.unknown": ProblemText(
        says="'{column}' must be an id of the table '{table}', found '{found}', which no row there has.",
        says_guess="'{column}' must be an id of the table '{table}', found '{found}'; did you mean '{guess}'?",
        todo="Write an id that is there, or add the row.",
    ),
    "sheet.missing": ProblemText(
        says="The sheet '{table}' was not found, nor its headings on another sheet.",
        todo="Copy it from a new workbook if you still need it. Everything else was read.",
    ),
    "table.missing": ProblemText(
        says="The table '{table}' was not found.",
        todo="Copy its headings from a new workbook if you still need it. Everything else was read.",
    ),
    "table.missing-column": ProblemText(
        says="column '{column}' not found.",
        says_guess="column '{column}' not found; '{guess}' in {place} looks like it.",
        todo="Write '{column}' as the heading again.",
    ),
    "table.unknown-headings": ProblemText(
        says="The headings of '{table}' are not known; its columns were read in the order they were made in.",
        todo="Write the headings again, as a new workbook has them.",
    ),
    "table.duplicate-column": ProblemText(
        says="Two columns have the heading '{column}'; the one in {read} was read.", todo="Rename or delete this one."
    ),
    "table.unnamed-column": ProblemText(
        says="A column of '{table}' has no heading, so its values were not read.",
        says_guess="A column of '{table}' has no heading, so its values were not read; it may be '{guess}'.",
        todo="Write its heading again.",
    ),
    "table.twice": ProblemText(
        says="The table '{table}' stands here once more; what was read is the one in {read}.",
        todo="Move the rows that you need there, and delete this one.",
    ),
    "table.rows-moved": ProblemText(
        says="The rows of '{table}' are not as they were made, so the figures from here on could not be checked.",
        todo="Undo the change, or copy the table from a new workbook. Reports compute every figure themselves.",
    ),
    "column.more": ProblemText(
        says="{count} more cells from here to row {last} have the same problem as {first} cells of this"
        " column: {kind}.",
        todo="Repair the first ones; what is wrong with them is most likely wrong with all.",
    ),
    "form.unknown-labels": ProblemText(
        says="The labels of '{table}' are not known; its lines were read in the order they were made in.",
        todo="Write the labels again, as a new workbook has them.",
    ),
    "form.missing-field": ProblemText(
        says="line '{column}' not found.",
        says_guess="line '{column}' not found; '{guess}' in {place} looks like it.",
        todo="Write '{column}' as the label again.",
    ),
    "form.value-beside": ProblemText(
        says="'{column}' must stand in {place}, found {found} here, which was not read.", todo="Move it to {place}."
    ),
    "form.value-without-label": ProblemText(
        says="There is no label beside {found}, so it was not read.",
        says_guess="There is no label beside {found}, so it was not read; it may be '{guess}'.",
        todo="Write its label again, or move the value beside it.",
    ),
    "form.twice": ProblemText(
        says="'{column}' stands here once more, with {found}; what was read is the one in {read}.",
        todo="Delete one of the two.",
    ),
    "workbook.not-calculated": ProblemText(
        says="The formulas were never calculated since a program saved this file, so the sheet's own figures could"
        " not be checked.",
        todo="Open it in your spreadsheet program and save it. Reports compute every figure themselves.",
    ),
    "workbook.version": ProblemText(
        says="This workbook has version {found} of its template; this program knows versions up to {read}.",
        todo="Update smsheets, or copy your entries into a new workbook.",
    ),
    "set.two-of-a-kind": ProblemText(
        says="Two workbooks of the same kind are given for one business: {found} and {read}.",
        todo="Analyze them one after the other. The second one was left out of the plan.",
    ),
    "set.currencies": ProblemText(
        says="The workbooks of one business must have the same currency, found {found} here and {read} in the others.",
        todo="Write the same currency on the sheet 'Start here' of each, and amounts in it.",
    ),
}
"""Code -> its words."""


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

REPORT_PROPERTY = "smsheets.report"
REPORT_LINE = "smsheets report v1"
"""Stand in the document properties and on the first sheet of a report that is a workbook, in any language."""


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
    def place(self) -> str:
        """`plan/budget.xlsx: Budget!H14`."""
        tail = f":{self.until}{self.cell.row}" if self.until else ""
        return f"{self.cell.file}: {self.cell}{tail}"

    @property
    def words(self) -> tuple[str, str]:
        """The texts with `{names}` in them: what is expected and was found, and what to do."""
        text = PROBLEM_TEXTS[self.code]
        return text.says_guess if self.values.get("guess") else text.says, text.todo

    @property
    def says(self) -> str:
        """What is expected and what was found, in English."""
        return self.words[0].format_map(self.values)

    @property
    def todo(self) -> str:
        """What to do, in English."""
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
        cell: Where its heading stands.
    """

    cell: CellRef
    heading: str


def make_problem(code: str, cell: CellRef, until: str = "", **values: ProblemValue) -> Problem:
    """A problem of a known code, with what its texts name."""
    assert code in PROBLEM_TEXTS, code
    return Problem(code=code, cell=cell, until=until, values=values)
