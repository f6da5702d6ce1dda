"""Workbooks that LibreOffice edited and computed, and the figures on their sheets beside those of a fresh workbook.

What `analyze` says comes from the records that were read. `repair` puts the same records into a workbook of its own,
with every formula whole: what its sheets show is what the edited sheets should show. Figures are compared without
looking for their places, as the number of times that a sheet shows a value: a table that is not found is seen, too.
"""

from __future__ import annotations

import io
import json
import subprocess
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

from filled_books import FILLINGS, filled_book
from hand_edits import Edit, draw_edit
from row_orders import ROW_ORDERS

from smsheets.layout.placed import Layout
from smsheets.problems import Problem
from smsheets.reader.file.limits import USUAL
from smsheets.reader.file.source import SourceWorkbook, open_workbook
from smsheets.reader.file.source_cells import ErrorValue
from smsheets.reader.read import read_source
from smsheets.rewrite.repair import repair
from smsheets.writer.workbook import write_workbook

_SECONDS_TO_START = 120
_SECONDS_PER_FILE = 20
_DIGITS = 9
"""Significant digits that two programs agree on."""

_OF_A_CELL = ("id.unknown", "id.duplicate", "cell.not-in-open-list")
"""Problems of each cell that names a row or a word that is gone: it has to be typed anew, and there may be many."""
_ROWS = 2
"""Rows with problems after one edit: a cell that was cut is missed in one, and too many in another."""
_BLOCKS = 3
"""Tables and forms that have a column of a sheet in common: each is named where it is deleted."""
_OF_A_BLOCK = frozenset(("table.missing", "table.lost-columns", "form.lost-lines"))
_IN_A_ROW = 2
"""Problems of such a row: it may be outside of the formulas' ranges, and have no id."""

Figures = Mapping[str, Counter[object]]
"""Sheet -> how often its formulas show each value; nothing where they show none."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """One edited workbook: what was done to it, what its sheets show otherwise than they should, and what is said.

    Attributes:
        differences: `Dashboard: 120 for 145`, one for each sheet that shows something else.
        errors: How many formulas show an error, and show none in the repaired workbook.
        problems: Those that the workbook did not have before the edits.
    """

    name: str
    edit: Edit
    differences: tuple[str, ...]
    errors: int
    problems: tuple[Problem, ...]

    @property
    def is_explained(self) -> bool:
        """True if the sheets are right, or something is said about it."""
        return bool(self.problems) or not (self.differences or self.errors)

    @property
    def is_named_once(self) -> bool:
        """True if one edit is one problem, or the few that its two rows need."""
        rows = Counter(
            (problem.cell.sheet, problem.cell.row) for problem in self.problems if problem.code not in _OF_A_CELL
        )
        most = _BLOCKS if {problem.code for problem in self.problems} <= _OF_A_BLOCK else _ROWS
        return len(rows) <= most and max(rows.values(), default=0) <= _IN_A_ROW

    def __str__(self) -> str:
        lines = [f"{self.name}: {self.edit.says}"]
        lines += [f"  {text}" for text in self.differences]
        lines += [f"  {self.errors} error cells"] * bool(self.errors)
        lines += [f"  {problem.code} {problem.cell}" for problem in self.problems[:8]]
        return "\n".join(lines)


def edit_workbooks(
    kind: str, language: str, numbers: Sequence[int], programs: tuple[str, str], folder: Path
) -> list[Outcome]:
    """Workbooks filled and edited at random, one for each number; LibreOffice is started once.

    Args:
        programs: The paths of `soffice` and of a Python that can give it commands.
        folder: An empty folder to work in.
    """
    jobs, edits = [], {}
    for number in numbers:
        book = filled_book(kind, language, number % FILLINGS)
        given = folder / f"{number % FILLINGS}.xlsx"
        if not given.exists():
            written = io.BytesIO()
            write_workbook(book.layout, book.filling, written)
            given.write_bytes(written.getvalue())
        edits[number] = draw_edit(book.layout, book.filling, Random(f"{kind} {language} {number}"))
        saved = folder / f"edited-{number}.xlsx"
        jobs.append({"given": str(given), "edits": edits[number].commands, "saved": str(saved)})
    (folder / "jobs.json").write_text(json.dumps(jobs), encoding="utf-8")
    limit = _SECONDS_TO_START + _SECONDS_PER_FILE * len(jobs)
    office, python = programs
    command = [python, str(Path(__file__).with_name("office.py")), office, str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=limit, check=False)
    assert done.returncode == 0, done.stderr
    before = {number: _said(folder / f"{number}.xlsx") for number in {number % FILLINGS for number in numbers}}
    name = f"{kind}.{language}"
    return [
        _outcome(f"{name}.{number}", folder / f"edited-{number}.xlsx", edits[number], before[number % FILLINGS])
        for number in numbers
    ]


def _said(path: Path) -> Counter[tuple[str, str]]:
    problems = read_source(open_workbook(path), path.name, USUAL).read.problems
    return Counter((problem.code, problem.cell.sheet) for problem in problems)


def _outcome(name: str, path: Path, edit: Edit, before: Counter[tuple[str, str]]) -> Outcome:
    opened = read_source(open_workbook(path), path.name, USUAL)
    whole = path.with_name(f"whole-{path.name}")
    whole.write_bytes(repair(opened).data)
    left = Counter(before)
    new = []
    for problem in opened.read.problems:
        key = problem.code, problem.cell.sheet
        left[key] -= 1
        if left[key] < 0:
            new.append(problem)
    orders = _orders(opened.read.layout)
    shown, right = _sheet_figures(opened.source, orders), _sheet_figures(open_workbook(whole), orders)
    right = _without_columns(right, whole, *edit.deleted)
    differences = tuple(_differences(shown, right))
    more = (found - right.get(sheet, Counter()) for sheet, found in shown.items())
    errors = sum(isinstance(value, ErrorValue) * count for found in more for value, count in found.items())
    return Outcome(name, edit, differences, errors, tuple(new))


def _orders(layout: Layout) -> frozenset[str]:
    """What is written above or before figures that are numbers of rows."""
    placed = [(table.spec.id, column.spec) for table in layout.tables.values() for column in table.columns]
    columns = [column for name, column in placed if (name, column.id) in ROW_ORDERS]
    fields = [field for form in layout.forms.values() for field in form.spec.fields if field.helper]
    return frozenset(layout.words.text(item.label) for item in (*columns, *fields))


def _sheet_figures(source: SourceWorkbook, orders: frozenset[str]) -> Figures:
    """What the formulas of each sheet show, without numbers of rows: what is in a column or a line of that name."""
    found = {}
    for sheet in source.sheets:
        named = [place for place, cell in sheet.cells.items() if str(cell.value).rpartition("\n")[2] in orders]
        lines, columns = {row for row, _ in named}, {col: row for row, col in named}
        found[sheet.name] = Counter(
            _rounded(cell.value)
            for (row, col), cell in sheet.cells.items()
            if cell.is_formula and cell.value not in (None, "") and row not in lines and row < columns.get(col, row + 1)
        )
    return found


def _without_columns(figures: Figures, path: Path, table_id: str, keys: Sequence[str]) -> Figures:
    """Without what the formulas of some columns of a table show."""
    if not keys:
        return figures
    table = read_source(open_workbook(path), path.name, USUAL).found.tables[table_id]
    placed, cols = table.placed, {table.columns[key] for key in keys if key in table.columns}
    shift = table.header_row - placed.header_row
    rows = {row + shift for row in (*range(placed.header_row, placed.end_row + 1), placed.total_row) if row}
    gone = [cell for (row, col), cell in table.sheet.cells.items() if row in rows and col in cols and cell.is_formula]
    return {**figures, table.sheet.name: figures[table.sheet.name] - Counter(_rounded(cell.value) for cell in gone)}


def _rounded(value: object) -> object:
    if isinstance(value, int | float) and not isinstance(value, bool):
        return float(f"{value:.{_DIGITS}g}")
    return value


def _differences(shown: Figures, right: Figures) -> Sequence[str]:
    found = []
    for sheet in shown.keys() & right.keys():
        wrong, lacking = shown[sheet] - right[sheet], right[sheet] - shown[sheet]
        if wrong or lacking:
            found.append(f"{sheet}: shows {_listed(wrong)} instead of {_listed(lacking)}")
    return sorted(found)


def _listed(values: Counter[object]) -> str:
    texts = [str(value) for value in values]
    return ", ".join(texts[:5]) + (f" and {len(texts) - 5} more" if len(texts) > 5 else "") or "nothing"
