"""Problems as the words that are written into a copy: a table for the sheet in front, and a note for each cell."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from smsheets.annotation.comments import Place, note_text
from smsheets.cells import quote_sheet
from smsheets.problems import MissingInput, Problem
from smsheets.report.damage import cells_text, summary_line
from smsheets.report.problem_lines import problem_lines
from smsheets.report.wording import Words

MOST = 10_000
"""So many problems are written down: a person repairs them from the top."""


class ProblemRow(msgspec.Struct, frozen=True, kw_only=True):
    """A line of the problem sheet. `link` leads to its cell: `'My sheet'!H14`."""

    sheet: str
    cells: str
    link: str
    says: str
    todo: str
    code: str


class ProblemSheet(msgspec.Struct, frozen=True, kw_only=True):
    """What the sheet in front says, in the workbook's language. `name` is what its tab would be called."""

    name: str
    title: str
    summary: str
    remark: str
    headers: tuple[str, ...]
    rows: tuple[ProblemRow, ...]


def problem_sheet(problems: Sequence[Problem], missing: Sequence[MissingInput], words: Words) -> ProblemSheet:
    """The words of the sheet in front."""
    if not problems:
        remark = words.text("Nothing has to be repaired.")
    elif len(problems) > MOST:
        remark = words.text("The first {count} problems stand here; repair them and check again.", {"count": MOST})
    else:
        remark = words.text("Click a cell to go there. Each of them has a note that says the same.")
    return ProblemSheet(
        name=words.text("Problems"),
        title=words.text("Problems"),
        summary=words.value(summary_line(problems, missing)),
        remark=remark,
        headers=(
            *(words.text("Sheet"), words.text("Cell"), words.text("What is wrong"), words.text("What to do")),
            words.text("Code"),
        ),
        rows=tuple(_row(problem, words) for problem in problems[:MOST]),
    )


def _row(problem: Problem, words: Words) -> ProblemRow:
    says, todo = (words.value(line) for line in problem_lines(problem))
    sheet, cells = problem.cell.sheet, cells_text(problem)
    return ProblemRow(
        sheet=sheet, cells=cells, link=f"{quote_sheet(sheet)}!{cells}", says=says, todo=todo, code=problem.code
    )


def cell_notes(problems: Sequence[Problem], words: Words) -> dict[str, dict[Place, str]]:
    """Sheet -> cell -> its note."""
    notes: dict[str, dict[Place, list[str]]] = {}
    for problem in problems[:MOST]:
        says, todo = (words.value(line) for line in problem_lines(problem))
        on_sheet = notes.setdefault(problem.cell.sheet, {})
        on_sheet.setdefault((problem.cell.row, problem.cell.col), []).append(note_text(says, todo, problem.code))
    return {sheet: {place: "\n".join(texts) for place, texts in places.items()} for sheet, places in notes.items()}
