"""The damage report as JSON: a documented, versioned schema, every cell by itself."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import msgspec

from smsheets.problems import SOME_NUMBER, Problem
from smsheets.report.damage import CheckedFile, cells_text
from smsheets.report.json_cells import json_bytes, schema_bytes
from smsheets.report.json_view import MissingView, missing_view
from smsheets.report.problem_lines import problem_lines
from smsheets.report.wording import Words

CHECK_SCHEMA = "smsheets.check/1"
"""Name and version of the JSON; raised when a key is renamed or dropped."""

_EXPECTING = ("cell.", "id.")
"""Codes whose problems say what belongs into the cell."""


class CellProblemView(msgspec.Struct, frozen=True, kw_only=True):
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


class CheckedFileView(msgspec.Struct, frozen=True, kw_only=True):
    """A workbook that was checked; `problems` are in the order of its tabs, then by row and column."""

    file: str
    kind: str
    language: str
    problems: tuple[CellProblemView, ...]
    missing: tuple[MissingView, ...]
    notes: tuple[str, ...]


class CheckView(msgspec.Struct, frozen=True, kw_only=True):
    """Everything `smsheets check` says."""

    schema: str = CHECK_SCHEMA
    files: tuple[CheckedFileView, ...]


def render_check(files: Iterable[CheckedFile], words_for: Callable[[CheckedFile], Words]) -> bytes:
    """The damage report as indented JSON in UTF-8."""
    view = CheckView(files=tuple(_file(checked, words_for(checked)) for checked in files))
    return json_bytes(view)


def check_schema() -> bytes:
    """The JSON Schema of what `render_check` gives."""
    return schema_bytes(CheckView)


def _file(checked: CheckedFile, words: Words) -> CheckedFileView:
    return CheckedFileView(
        file=checked.file,
        kind=checked.kind,
        language=checked.language,
        problems=tuple(_problem(problem, words) for problem in checked.problems),
        missing=tuple(missing_view(item) for item in checked.missing),
        notes=tuple(words.text(note) for note in checked.notes),
    )


def _problem(problem: Problem, words: Words) -> CellProblemView:
    says, todo = problem_lines(problem)
    cell = problem.cell
    doubled = cell.sheet.replace("'", "''")
    values = {name: words.value(value) for name, value in says.values.items()}
    expects = problem.code.startswith(_EXPECTING) and problem.values.get("read") != SOME_NUMBER
    return CellProblemView(
        file=cell.file,
        sheet=cell.sheet,
        cell=cell.a1,
        until=problem.until,
        row=cell.row,
        col=cell.col,
        link=f"#'{doubled}'!{cells_text(problem)}",
        code=problem.code,
        says=words.value(says),
        todo=words.value(todo),
        found=values.get("found"),
        guess=values.get("guess"),
        expected=values.get("read") if expects else None,
    )
