"""Problems made up for a workbook that nobody reads."""

from __future__ import annotations

from pathlib import Path

from smsheets.annotation.copy import write_notes
from smsheets.annotation.problem_sheet import cell_notes, problem_sheet
from smsheets.cells import CellRef, parse_area
from smsheets.problems import Problem, ProblemValue, Quoted
from smsheets.reader.file.source import given_file
from smsheets.report.wording import Words


def wrong_cells(*places: str, found: str = "12 k", column: str = "Cost") -> list[Problem]:
    """A problem in each cell: `Costs!B2`."""
    problems = []
    for place in places:
        sheet, _, cell = place.rpartition("!")
        area = parse_area(cell)
        assert area is not None
        where = CellRef("costs.xlsx", sheet, *area[:2])
        values: dict[str, ProblemValue] = {"column": column, "found": Quoted(found), "read": "12000"}
        problems.append(Problem(code="cell.not-a-number", cell=where, values=values))
    return problems


def annotated(
    path: Path, problems: list[Problem], *, earlier: str = "", language: str = "en", name: str = "copy"
) -> Path:
    """A copy of a workbook with these problems in it, beside it."""
    words = Words(language)
    data = write_notes(given_file(path), problem_sheet(problems, (), words), cell_notes(problems, words), earlier)
    target = path.with_name(f"{name}{path.suffix}")
    target.write_bytes(data)
    return target


OURS = "smsheets: 'Cost' must be a number, found text '12 k'. Write 12000, or leave it empty. [cell.not-a-number]"
