"""The damage report: problems sheet by sheet for the person who repairs a workbook, as sections and as JSON."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import quote

import msgspec

from smsheets.cells import column_letters, quote_sheet
from smsheets.problems import SOME_NUMBER, MissingInput, Problem
from smsheets.report.document import Entry, Line, Part, Section, Shown, Verbatim
from smsheets.report.json import View, json_bytes, schema_bytes
from smsheets.report.json_view import MissingView
from smsheets.report.wording import Words, problem_lines

_VALUES_SHOWN = 6  # values of one problem, about a line; the cells have the rest


class CheckedFile(msgspec.Struct, frozen=True, kw_only=True):
    """One workbook that was checked. `problems` are in the order of its tabs."""

    file: str
    kind: str
    language: str
    problems: tuple[Problem, ...]
    missing: tuple[MissingInput, ...]
    notes: tuple[str, ...]


def damage_sections(checked: CheckedFile) -> Iterator[Section]:
    """One workbook's problems under the names of its sheets; one line where all is well."""
    summary = summary_line(checked.problems, checked.missing)
    notes = [Line("{file}: {says}", {"file": Verbatim(checked.file), "says": Line(note)}) for note in checked.notes]
    if not checked.problems:
        yield Section("", (Line("{file}: {says}", {"file": Verbatim(checked.file), "says": summary}), *notes))
        return
    yield Section(Verbatim(checked.file), (summary, *notes), chapter=True)
    sheets: dict[str, list[Problem]] = {}
    for problem in checked.problems:
        sheets.setdefault(problem.cell.sheet, []).append(problem)
    for sheet, problems in sheets.items():
        parts: list[Part] = [_entry(group) for group in grouped_problems(problems)]
        yield Section(Verbatim(sheet), tuple(parts))


def summary_line(problems: Sequence[Problem], missing: Sequence[MissingInput]) -> Line:
    """`3 problems on 2 sheets; 12 inputs still to fill in.`, or that all is well."""
    inputs = sum(max(item.count, 1) for item in missing)
    to_fill_in = Line("1 input still to fill in") if inputs == 1 else Line(_INPUTS, {"count": inputs})
    if not problems:
        return Line("All is well; {inputs}.", {"inputs": to_fill_in}) if inputs else Line("All is well.")
    sheets = len({problem.cell.sheet for problem in problems})
    values: dict[str, Shown] = {
        "problems": Line("1 problem") if len(problems) == 1 else Line("{count} problems", {"count": len(problems)}),
        "sheets": Line("1 sheet") if sheets == 1 else Line("{count} sheets", {"count": sheets}),
        "inputs": to_fill_in,
    }
    return Line("{problems} on {sheets}; {inputs}." if inputs else "{problems} on {sheets}.", values)


_INPUTS = "{count} inputs still to fill in"


def grouped_problems(problems: Iterable[Problem]) -> list[list[Problem]]:
    """The problems of one sheet, those that say the same of cells right under each other together."""
    groups: list[list[Problem]] = []
    last: dict[tuple[object, ...], list[Problem]] = {}
    for problem in problems:
        key = (problem.code, problem.cell.col, problem.until, problem.words, problem.values.get("column"))
        group = last.get(key)
        if group is not None and group[-1].cell.row + 1 == problem.cell.row:
            group.append(problem)
        else:
            last[key] = [problem]
            groups.append(last[key])
    return groups


def cells_text(first: Problem, last: Problem | None = None) -> str:
    """The cells of a problem, or of several under each other: `H14`, `B3:F3`, `H14:H19`."""
    until = (last or first).cell.row
    letters = first.until or column_letters(first.cell.col)
    end = f"{letters}{until}"
    return first.cell.a1 if end == first.cell.a1 else f"{first.cell.a1}:{end}"


def _entry(group: Sequence[Problem]) -> Entry:
    first = group[0]
    says, todo = problem_lines(first) if len(group) == 1 else _said_together(group)
    where = f"{quote_sheet(first.cell.sheet)}!{cells_text(first, group[-1])}"
    return Entry(level="problem", says=says, todo=todo, where=where, name=first.code, link=_address(first, where))


def _said_together(group: Sequence[Problem]) -> tuple[Line, Line]:
    """The sentences of several problems as one, with all that was found."""
    lines = [problem_lines(problem) for problem in group]
    says, todo = lines[0]
    values = {name: _together([line.values.get(name, "") for line, _ in lines]) for name in says.values}
    several = "{count} rows: {says}" if group[0].until else "{count} cells: {says}"
    return Line(several, {"count": len(group), "says": Line(says.text, values)}), Line(todo.text, values)


def _together(values: Sequence[Shown]) -> Shown:
    """Several values as one: those that differ, the first few of many."""
    different = [value for at, value in enumerate(values) if value not in values[:at]]
    if len(different) == 1:
        return different[0]
    more = (Verbatim("…"),) if len(different) > _VALUES_SHOWN else ()
    return (*different[:_VALUES_SHOWN], *more)


def _address(problem: Problem, where: str) -> str:
    """Where a spreadsheet program opens the file at a cell."""
    return f"{Path(problem.cell.file).absolute().as_uri()}#{quote(where, safe='!:')}"


CHECK_SCHEMA = "smsheets.check/1"
"""Name and version of the JSON; raised when a key is renamed or dropped."""

_EXPECTING = ("cell.", "id.")
"""Codes whose problems say what belongs into the cell."""


class CellProblemView(View, frozen=True, kw_only=True):
    """A problem in words, with its cell.

    Attributes:
        until: The last column's letters where it concerns a run of cells in one row.
        link: For a hyperlink inside the workbook: `#'Budget'!H14`.
        found: What stands there.
        guess: What was probably meant.
        expected: What belongs there, or was read instead.
    """

    file: str
    sheet: str
    cell: str
    until: str
    row: int
    col: int
    link: str
    code: str
    says: str
    todo: str
    found: str | None
    guess: str | None
    expected: str | None

    @classmethod
    def _own(cls, source: Problem, words: Words) -> dict[str, Any]:
        says, todo = problem_lines(source)
        cell = source.cell
        doubled = cell.sheet.replace("'", "''")
        values = {name: words.value(value) for name, value in says.values.items()}
        expects = source.code.startswith(_EXPECTING) and source.values.get("read") != SOME_NUMBER
        return {
            "file": cell.file,
            "sheet": cell.sheet,
            "cell": cell.a1,
            "row": cell.row,
            "col": cell.col,
            "link": f"#'{doubled}'!{cells_text(source)}",
            "says": words.value(says),
            "todo": words.value(todo),
            "found": values.get("found"),
            "guess": values.get("guess"),
            "expected": values.get("read") if expects else None,
        }


class CheckedFileView(View, frozen=True, kw_only=True):
    """A workbook that was checked; `problems` are in the order of its tabs, then by row and column."""

    file: str
    kind: str
    language: str
    problems: tuple[CellProblemView, ...]
    missing: tuple[MissingView, ...]
    notes: tuple[str, ...]

    @classmethod
    def _own(cls, source: CheckedFile, words: Words) -> dict[str, Any]:
        return {"notes": tuple(words.text(note) for note in source.notes)}


class CheckView(msgspec.Struct, frozen=True, kw_only=True):
    """Everything `smsheets check` says."""

    schema: str = CHECK_SCHEMA
    files: tuple[CheckedFileView, ...]


def render_check(files: Iterable[CheckedFile], words_for: Callable[[CheckedFile], Words]) -> bytes:
    """The damage report as indented JSON in UTF-8."""
    return json_bytes(CheckView(files=tuple(CheckedFileView.make(item, words_for(item)) for item in files)))


def check_schema() -> bytes:
    """The JSON Schema of what `render_check` gives."""
    return schema_bytes(CheckView)
