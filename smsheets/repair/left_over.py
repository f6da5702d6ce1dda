"""What of a person's file was not brought over as it was: each thing with why, and what to do."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from smsheets.cells import CellRef
from smsheets.problems import Problem
from smsheets.reader.file.source_cells import SourceCell
from smsheets.reader.read import OpenWorkbook
from smsheets.reader.values.scope import plain
from smsheets.repair.draft import Draft, Place
from smsheets.repair.own import OwnPlace
from smsheets.report.document import Line
from smsheets.report.problem_lines import problem_lines

_NOTE = Line("A note on this cell: notes are not brought over.")
_ADD_NOTE = Line("Add it to the cell again if you need it.")
_AS_NEW = Line("Nothing: it is there again, as in a new workbook. Delete the sheet if you do not need it.")
_OUR_NOTE = re.compile(r"\n?smsheets: .*?\[[a-z]+\.[a-z-]+\]", re.DOTALL)
"""What an annotated copy says on a cell."""


@dataclass(frozen=True, slots=True)
class LeftOver:
    """One thing that was not brought over as it was, or only as a text that nothing reads.

    Attributes:
        cell: In the person's file.
        content: What stood there, letter by letter.
        place: Where it stands now, as it was typed; None where nowhere.
        lost: False for a remark on something that is in the repaired workbook.
        has_cell: False for what has no cell: a sheet that was not there.
    """

    cell: CellRef
    content: str
    why: Line
    todo: Line
    place: Place | None = None
    lost: bool = True
    has_cell: bool = True


def content_of(cell: SourceCell | None) -> str:
    """What a person sees who clicks on a cell: its formula, else its value, letter by letter."""
    if cell is None:
        return ""
    if cell.formula:
        return f"={cell.formula}"
    return plain(cell.value) if cell.value is not None else ""


def new_id_lines(opened: OpenWorkbook, draft: Draft) -> Iterator[LeftOver]:
    """The rows that got a new id: one that had none, or one that an earlier row has."""
    for (name, row), new in draft.ids.items():
        table = opened.found.tables[name]
        key = table.placed.spec.columns[0].id
        if key not in table.columns:
            continue
        where = CellRef(opened.read.file, table.sheet.name, row, table.columns[key])
        content = content_of(table.sheet.cells.get((row, where.col))).strip()
        problem = next((item for item in opened.read.problems if item.cell == where), None)
        if problem is not None:
            todo = Line("Its id is {new} now. Write that wherever this row is meant.", {"new": new})
            yield LeftOver(where, content, problem_lines(problem)[0], todo, lost=bool(content))


def moved_column_lines(opened: OpenWorkbook, own: Sequence[OwnPlace]) -> Iterator[LeftOver]:
    """The columns that may be the template's but for their heading: they came over as a person's own."""
    for problem in opened.read.problems:
        heading = _heading(problem, own)
        if heading:
            todo = Line(
                "Its values stand in your own column '{heading}' now. Move them where they belong.",
                {"heading": heading},
            )
            yield LeftOver(problem.cell, str(problem.values.get("guess") or ""), problem_lines(problem)[0], todo)


def _heading(problem: Problem, own: Sequence[OwnPlace]) -> str:
    """The own column that a problem is about; none for most."""
    for place in own:
        at_home = place.table.sheet.name == problem.cell.sheet and place.table.header_row == problem.cell.row
        if at_home and problem.code == "table.unnamed-column" and place.col == problem.cell.col:
            return place.heading
        if at_home and problem.code == "table.missing-column" and problem.values.get("place") == place.header_cell:
            return place.heading
    return ""


def missing_lines(opened: OpenWorkbook) -> Iterator[LeftOver]:
    """The sheets and tables that were not in the person's file."""
    for problem in opened.read.problems:
        if problem.code in ("sheet.missing", "table.missing"):
            yield LeftOver(problem.cell, "", problem_lines(problem)[0], _AS_NEW, lost=False, has_cell=False)


def note_lines(opened: OpenWorkbook) -> Iterator[LeftOver]:
    """The notes on the cells of every sheet, without those that an annotated copy put there."""
    for sheet in opened.source.sheets:
        for (row, col), text in sorted(sheet.cell_notes.items()):
            theirs = _OUR_NOTE.sub("", text).strip()
            if theirs:
                yield LeftOver(CellRef(opened.read.file, sheet.name, row, col), theirs, _NOTE, _ADD_NOTE)
