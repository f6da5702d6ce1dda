"""A blank workbook and what a person types into it, as cells: for other programs to fill it with."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import cache

from openpyxl.utils import get_column_letter
from workbooks import blank_filling, sample_filling, written

from smsheets.calc.engine import serial
from smsheets.layout.cells_of import CellContent, Role, workbook_cells
from smsheets.layout.content import CellValue, Filling
from smsheets.layout.placed import Layout


@dataclass(frozen=True, slots=True)
class TypedCell:
    """A value that is typed into a cell; None clears it."""

    sheet: str
    row: int
    col: int
    value: CellValue

    @property
    def name(self) -> str:
        """`H14`."""
        return f"{get_column_letter(self.col)}{self.row}"

    def as_json(self) -> dict[str, object]:
        """The cell for a program that reads JSON; a time is a share of a day."""
        value, kind = self.value, "text"
        if value is None:
            return {"sheet": self.sheet, "cell": self.name, "kind": "empty", "value": None}
        if isinstance(value, date) and not isinstance(value, datetime):
            kind, value = "date", value.isoformat()
        elif isinstance(value, time):
            kind, value = "time", serial(value)
        elif isinstance(value, int | float):
            kind = "number"
        return {"sheet": self.sheet, "cell": self.name, "kind": kind, "value": value}


@dataclass(frozen=True, slots=True)
class Job:
    """A blank workbook, the cells to type, and what they mean: the filling in the blank one's layout."""

    blank: bytes
    typed: tuple[TypedCell, ...]
    layout: Layout
    filling: Filling


@cache
def sample_job(kind: str, language: str) -> Job:
    """The sample business, typed by hand into a blank workbook with as many rows and list values as it needs."""
    sample_layout, filling = sample_filling(kind, language)
    _, start = blank_filling(kind, language)
    fixed = {**filling.forms, "start": {**start.forms["start"], **filling.forms["start"]}}
    return make_job(sample_layout, start, Filling(fixed, filling.tables))


def make_job(layout: Layout, start: Filling, filling: Filling) -> Job:
    """What has to be typed to make a workbook that shows `start` show `filling`."""
    fits = {name: rows[: layout.tables[name].rows] for name, rows in start.tables.items()}
    start = Filling(start.forms, fits)
    before, after = (_inputs(layout, item) for item in (start, filling))
    typed = tuple(
        TypedCell(sheet, row, col, value)
        for (sheet, row, col), value in after.items()
        if value != before.get((sheet, row, col))
    )
    return Job(written(layout, start), typed, layout, filling)


def _inputs(layout: Layout, filling: Filling) -> dict[tuple[str, int, int], CellValue]:
    return {(sheet, cell.row, cell.col): cell.value for sheet, cell in _cells(layout, filling)}


def _cells(layout: Layout, filling: Filling) -> Iterator[tuple[str, CellContent]]:
    for sheet, cells in workbook_cells(layout, filling).items():
        for cell in cells:
            if cell.role is Role.INPUT and cell.formula is None:
                yield sheet, cell
