"""Rows that people insert as the first or the last one of a table count, and rows that they delete leave no error.

The engine inserts and deletes rows as spreadsheet programs do: ranges grow and shrink with them. Afterwards every
figure of the workbook is that of one which was made with these rows.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import pytest

pytest.importorskip("ironcalc")

import ironcalc
from row_orders import ROW_ORDERS
from workbooks import small_sample

from smsheets.calc.engine import TODAY, Address, cached_values, serial
from smsheets.kinds import KINDS
from smsheets.layout.cells_of import CellContent, table_rows, workbook_cells
from smsheets.layout.content import Filling, Row
from smsheets.layout.place import place_workbook
from smsheets.layout.placed import Layout, PlacedTable
from smsheets.spec.load import load_spec
from smsheets.writer.workbook import NewWorkbook


@cache
def sample(kind: str) -> NewWorkbook:
    return small_sample(kind)


def named_tables() -> list[tuple[str, str]]:
    """The tables that people fill and that formulas elsewhere name."""
    found: list[tuple[str, str]] = []
    for kind in KINDS:
        spec = load_spec(kind)
        fields = [
            field
            for sheet in spec.sheets
            for block in sheet.blocks
            for field in (*getattr(block, "fields", ()), *getattr(block, "columns", ()))
        ]
        texts = [text for field in fields for text in (field.formula, getattr(field, "total", None)) if text]
        tables = (table for table in sample(kind).layout.tables.values() if table.has_end)
        found += [(kind, t.spec.id) for t in tables if any(f"{{{t.spec.id}." in text for text in texts)]
    return found


@dataclass(frozen=True)
class Changed:
    """The sample with a table of other rows, as it would be made, and as the engine has it once they were changed."""

    made: dict[Address, Any]
    edited: dict[Address, Any]

    def differences(self) -> dict[Address, tuple[Any, Any]]:
        """The formulas with another value than they have where the workbook was made with these rows."""
        return {place: (self.edited[place], value) for place, value in self.made.items() if not _same(self, place)}

    def errors(self) -> list[Address]:
        """Where an error is that is not there in the workbook which was made so."""
        shown = [place for place, value in self.edited.items() if isinstance(value, str) and value.startswith("#")]
        return [place for place in shown if self.edited[place] != self.made[place]]


def _same(changed: Changed, place: Address) -> bool:
    one, other = changed.edited[place], changed.made[place]
    if isinstance(one, float) and isinstance(other, float):
        return one == pytest.approx(other, abs=1e-9)
    return one == other or {one, other} <= {None, ""}


def changed(
    kind: str, table_id: str, *, insert: int = 0, delete: Sequence[int] = (), row: Row | None = None
) -> Changed:
    """One row inserted above the data row `insert` and filled with `row`, or the data rows `delete` deleted, from 1."""
    new = sample(kind)
    table = new.layout.tables[table_id]
    ids = table.spec.columns[0].id if table.spec.prefix else ""
    rows = [*_all_rows(new, table)]
    rows = [*rows[: insert - 1], row or {}, *rows[insert - 1 :]] if insert else rows
    rows = [kept for number, kept in enumerate(rows, 1) if number not in delete]
    layout = _with_rows(new, table, len(rows))
    filling = Filling(new.filling.forms, {**new.filling.tables, table_id: rows})
    cells = workbook_cells(layout, filling)
    assert not ids or all(ids in kept for kept in rows)
    model, sheets = _model(workbook_cells(new.layout, new.filling))
    number = sheets[table.sheet]
    if insert:
        at = table.header_row + insert
        model.insert_rows(number, at, 1)
        for cell in cells[table.sheet]:
            if cell.row == at and any(column.col == cell.col for column in table.columns):
                _put(model, number, cell)
    for place in sorted(delete, reverse=True):
        model.delete_rows(number, table.header_row + place, 1)
    model.evaluate()
    orders = [item for item in layout.tables.values() for name, _ in ROW_ORDERS if name == item.spec.id]
    left_out = {
        (item.sheet, row, column.col)
        for item in orders
        for column in item.columns
        for row in range(item.first_row, item.last_row + 1)
        if (item.spec.id, column.spec.id) in ROW_ORDERS
    }
    made = {place: value for place, value in cached_values(cells).items() if place not in left_out}
    return Changed(made, {place: model.get_cell_value(sheets[place[0]], *place[1:]) for place in made})


def _all_rows(new: NewWorkbook, table: PlacedTable) -> list[Row]:
    """The rows of a table, with the ids of spare ones."""
    return list(table_rows(table, new.filling.tables[table.spec.id]))


def _with_rows(new: NewWorkbook, table: PlacedTable, rows: int) -> Layout:
    filled = {name: len(values) for name, values in new.content.tables.items()}
    shown = {name: item.texts for name, item in new.layout.lists.items()}
    return place_workbook(new.spec, new.profile, filled, shown=shown, ranges={table.spec.id: (0, rows + 1)})


def _model(cells: dict[str, list[CellContent]]) -> tuple[Any, dict[str, int]]:
    model = ironcalc.create("workbook", "en", "UTC", "en")
    sheets = {name: number for number, name in enumerate(cells)}
    for name, number in sheets.items():
        model.add_sheet(name) if number else model.rename_sheet(0, name)
    for name, contents in cells.items():
        for cell in contents:
            _put(model, sheets[name], cell)
    return model, sheets


def _put(model: Any, sheet: int, cell: CellContent) -> None:
    value = cell.value
    if cell.formula is not None:
        model.update_cell_with_formula(sheet, cell.row, cell.col, cell.formula.replace(TODAY, '""'))
    elif isinstance(value, str):
        model.update_cell_with_text(sheet, cell.row, cell.col, value)
    elif value is not None:
        number = float(value) if isinstance(value, int | float) else serial(value)
        model.update_cell_with_number(sheet, cell.row, cell.col, number)


def _record(kind: str, table_id: str) -> Row:
    """The first filled row of a table, with an id of its own."""
    new = sample(kind)
    spec = new.layout.tables[table_id].spec
    row = dict(new.filling.tables[table_id][0])
    return {**row, spec.columns[0].id: f"{spec.prefix}900"} if spec.prefix else row


tables = pytest.mark.parametrize(("kind", "table_id"), named_tables())


@tables
def test_a_row_inserted_as_the_first_one_counts(kind: str, table_id: str) -> None:
    found = changed(kind, table_id, insert=1, row=_record(kind, table_id))
    assert not found.differences()


@tables
def test_a_row_inserted_above_the_end_row_counts(kind: str, table_id: str) -> None:
    rows = sample(kind).layout.tables[table_id].rows
    found = changed(kind, table_id, insert=rows + 1, row=_record(kind, table_id))
    assert not found.differences()


@tables
def test_deleted_rows_leave_no_error(kind: str, table_id: str) -> None:
    table = sample(kind).layout.tables[table_id]
    filled = len(sample(kind).filling.tables[table_id])
    for gone in ((1,), (filled,), range(2, filled + 1), range(filled + 1, table.rows + 1)):
        found = changed(kind, table_id, delete=gone)
        assert not found.errors()
        assert not found.differences()


@tables
def test_all_rows_deleted_leave_no_error(kind: str, table_id: str) -> None:
    found = changed(kind, table_id, delete=range(1, sample(kind).layout.tables[table_id].rows + 1))
    assert not found.errors()
