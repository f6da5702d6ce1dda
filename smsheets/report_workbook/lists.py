"""The sheets that are lists: what comes first, a row for each finding, a row for each problem."""

from __future__ import annotations

from smsheets.analysis.result import Analysis, Finding
from smsheets.cells import CellRef
from smsheets.money import Money
from smsheets.report.document import Cell, Line, TableView, Verbatim
from smsheets.report.problem_lines import problem_lines

FINDING_HEADERS = (
    "No.", "Level", "What was found", "What to do", "Concerns", "At stake", "File", "Sheet", "Cell", "More cells",
    "Part of", "Name", "Source",
)  # fmt: skip
PROBLEM_HEADERS = ("File", "Sheet", "Cell", "Problem", "What to do", "Name")
WIDTHS = {"What was found": 46.0, "What to do": 50.0, "Problem": 54.0, "Source": 44.0, "More cells": 24.0, "No.": 6.0}
"""Characters of columns that hold sentences, or next to nothing."""

PRINTED = ("No.", "Level", "What was found", "What to do", "Concerns", "At stake", "File", "Sheet", "Cell", "Problem")
"""What of a list fits on paper."""


def findings_table(analysis: Analysis) -> TableView:
    """A row for each finding; what one cause brings about names the finding it is a part of."""
    several = len(analysis.businesses) > 1
    headers = (*(("Business",) if several else ()), *FINDING_HEADERS)
    rows: list[tuple[Cell, ...]] = []
    for business in analysis.businesses:
        lead: tuple[Cell, ...] = (Verbatim(business.business),) if several else ()
        for finding in business.findings:
            first = len(rows) + 1
            rows.append((*lead, *_finding_row(finding, first, None, business.currency)))
            for other in finding.also:
                rows.append((*lead, *_finding_row(other, len(rows) + 1, first, business.currency)))
    return TableView(headers=headers, rows=tuple(rows))


def _finding_row(finding: Finding, number: int, part_of: int | None, currency: str) -> tuple[Cell, ...]:
    first, *more = finding.evidence or (None,)
    return (
        number,
        Line(finding.level.value),
        Line(finding.says, finding.values),
        Line(finding.todo, finding.values),
        Verbatim(finding.about),
        Money(finding.effect, currency) if finding.effect is not None else None,
        *_place(first),
        Verbatim(", ".join(str(cell) for cell in more if cell is not None)),
        part_of,
        Verbatim(finding.id),
        Line(finding.source),
    )


def problems_table(analysis: Analysis) -> TableView:
    """A row for each problem."""
    rows: list[tuple[Cell, ...]] = []
    for problem in analysis.problems:
        says, todo = problem_lines(problem)
        rows.append((*_place(problem.cell), says, todo, Verbatim(problem.code)))
    return TableView(headers=PROBLEM_HEADERS, rows=tuple(rows))


def _place(cell: CellRef | None) -> tuple[Cell, Cell, Cell]:
    return (None, None, None) if cell is None else (Verbatim(cell.file), Verbatim(cell.sheet), Verbatim(cell.a1))
