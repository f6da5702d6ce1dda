"""Every computed cell of a template, as it stands in a user's file, and what all cells of that file show."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time

import msgspec

from smsheets.calc.engine import Address
from smsheets.cells import CellRef
from smsheets.layout.cells_of import list_cells
from smsheets.layout.formulas import FormulaResolver
from smsheets.layout.placed import Layout, PlacedForm, PlacedTable
from smsheets.reader.file.source_cells import ErrorValue, SourceCell
from smsheets.reader.places.found import Found, FoundForm, FoundTable
from smsheets.reader.rows import Reading, message_label
from smsheets.spec.model import FieldType

ERROR_FORMULA = "=NA()"
"""Stands for a cell that shows an error, or that is gone: what depends on it cannot be told."""

EMPTY_TEXT = '=""'
"""What a formula without a cached value shows: an empty text is written as no value at all."""


class Computed(msgspec.Struct, frozen=True):
    """One computed cell: where it stands in our layout and in the user's file.

    Attributes:
        cell: None where nothing stands in a row that is in use: its formula is gone.
        key: The table's id, or "" for a form or a total.
        first: Whether it is in the first column of its table.
    """

    address: Address
    where: CellRef
    cell: SourceCell | None
    label: str
    formula: str
    type: FieldType
    key: str = ""
    first: bool = False

    @property
    def is_formula(self) -> bool:
        """Whether the user's file still has a formula there."""
        return self.cell is not None and self.cell.is_formula

    @property
    def has_cached(self) -> bool:
        """Whether that formula was calculated."""
        return self.cell is not None and self.cell.has_cached


class Shown(msgspec.Struct, frozen=True, dict=True):
    """What the cells of our layout show in the user's file.

    Attributes:
        formulas: Cells that show what no value can say: an error, or an empty text.
        gone: Cells of which nothing is known.
    """

    values: dict[Address, object] = msgspec.field(default_factory=dict)
    formulas: dict[Address, str] = msgspec.field(default_factory=dict)
    gone: set[Address] = msgspec.field(default_factory=set)

    def put(self, address: Address, cell: SourceCell | None, computed: bool) -> None:
        """Adds one cell."""
        if cell is None:
            return
        if cell.is_formula and not computed and not cell.has_cached:
            self.gone.add(address)
        elif cell.is_formula and cell.value in (None, ""):
            self.formulas[address] = EMPTY_TEXT
        elif isinstance(cell.value, ErrorValue):
            self.formulas[address] = ERROR_FORMULA
        elif isinstance(cell.value, str | int | float | bool | date | datetime | time):
            self.values[address] = cell.value


def computed_cells(found: Found, layout: Layout, reading: Reading) -> Iterator[Computed]:
    """Every computed cell that the user's file has, or should have.

    Args:
        layout: Has as many rows in each table as the user's file.
    """
    formulas = FormulaResolver(layout)
    for name, table in layout.tables.items():
        if name in found.tables:
            yield from _totals(found.tables[name], table, formulas, reading)
            yield from _table_cells(found.tables[name], table, formulas, reading)
    for name, form in layout.forms.items():
        if name in found.forms:
            yield from _form_cells(found.forms[name], form, formulas, reading)


def _totals(found: FoundTable, table: PlacedTable, formulas: FormulaResolver, reading: Reading) -> Iterator[Computed]:
    if table.total_row is None:
        return
    their_row = found.header_row + table.total_row - table.header_row
    word = reading.layout.words.text("Total")
    for column in table.columns:
        col = found.columns.get(column.key)
        cell = found.sheet.cells.get((their_row, col)) if col is not None and column.spec.total else None
        if cell is not None and col is not None and not isinstance(cell.value, str):
            where = CellRef(reading.file, found.sheet.name, their_row, col)
            label = f"{word}, {message_label(column, reading.layout)}"
            formula = formulas.total_formula(table, column)
            yield Computed((table.sheet, table.total_row, column.col), where, cell, label, formula, column.spec.type)


def _table_cells(
    found: FoundTable, table: PlacedTable, formulas: FormulaResolver, reading: Reading
) -> Iterator[Computed]:
    cells, shift = found.sheet.cells, found.header_row - table.header_row
    record_table = not table.spec.computed
    used = set(found.rows.records) if record_table else set()
    others = {*found.rows.totals, *found.rows.strays, *found.rows.headings} if record_table else set()
    stop = found.stop or (found.rows.headings_again if record_table else 0)
    last = min(table.last_row, stop - 1 - shift) if stop else table.last_row
    for column in table.columns:
        col = found.columns.get(column.key)
        if column.spec.formula is None or col is None:
            continue
        label, first = message_label(column, reading.layout), column is table.columns[0]
        for row in range(table.first_row, last + 1):
            cell = cells.get((row + shift, col))
            in_use = row + shift in used
            if row + shift in others or (record_table and not in_use and _shows_nothing(cell)):
                continue
            if cell is not None or in_use:
                where = CellRef(reading.file, found.sheet.name, row + shift, col)
                formula = formulas.column_formula(table, column, row)
                address = (table.sheet, row, column.col)
                yield Computed(address, where, cell, label, formula, column.spec.type, table.spec.id, first)


def _shows_nothing(cell: SourceCell | None) -> bool:
    """As in a spare row, whose formulas have nothing to work with."""
    return cell is None or (cell.is_formula and cell.value in (None, ""))


def _form_cells(found: FoundForm, form: PlacedForm, formulas: FormulaResolver, reading: Reading) -> Iterator[Computed]:
    for item in form.spec.fields:
        if item.formula is None or item.id not in found.cells or "TODAY" in item.formula:
            continue
        row, col = found.cells[item.id]
        cell = found.sheet.cells.get((row, col))
        if cell is not None:
            where = CellRef(reading.file, found.sheet.name, row, col)
            label = reading.layout.words.text(item.label)
            address = (form.sheet, form.row_of[item.id], form.value_col)
            yield Computed(address, where, cell, label, formulas.field_formula(form, item.formula), item.type)


def shown_cells(found: Found, layout: Layout) -> Shown:
    """What every cell of the layout shows in the user's file."""
    shown = Shown()
    for content in list_cells(layout):
        if content.value is not None:
            shown.values[layout.lists_sheet, content.row, content.col] = content.value
    for name, table in layout.tables.items():
        _put_table(shown, table, found.tables.get(name))
    for name, form in layout.forms.items():
        theirs = found.forms.get(name)
        for item in form.spec.fields:
            address = (form.sheet, form.row_of[item.id], form.value_col)
            if theirs is None or item.id not in theirs.cells:
                shown.gone.add(address)
            else:
                shown.put(address, theirs.sheet.cells.get(theirs.cells[item.id]), item.formula is not None)
    return shown


def _put_table(shown: Shown, table: PlacedTable, theirs: FoundTable | None) -> None:
    shift = theirs.header_row - table.header_row if theirs is not None else 0
    last = min(table.last_row, theirs.stop - 1 - shift) if theirs is not None and theirs.stop else table.last_row
    for column in table.columns:
        col = theirs.columns.get(column.key) if theirs is not None else None
        if col is None and column.item is not None and not column.item.known:
            continue
        for row in range(table.first_row, last + 1):
            if theirs is None or col is None:
                shown.gone.add((table.sheet, row, column.col))
            else:
                cell = theirs.sheet.cells.get((row + shift, col))
                shown.put((table.sheet, row, column.col), cell, column.spec.formula is not None)
