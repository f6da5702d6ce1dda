"""The values of our layout's cells in a user's file: what formulas are computed from when they are checked."""

from __future__ import annotations

from datetime import date, datetime, time

import msgspec

from smsheets.calc.engine import Address
from smsheets.layout.cells_of import list_cells
from smsheets.layout.items import USUAL_WEEKEND, WEEKEND_DIGITS
from smsheets.layout.placed import Layout, PlacedColumn, PlacedTable
from smsheets.reader.file.source_cells import ErrorValue, SourceCell
from smsheets.reader.places.found import Found, FoundTable

ERROR_FORMULA = "=NA()"
"""Stands for a cell that shows an error, or that is gone: what depends on it is not known."""

_EMPTY_TEXT = '=""'
"""The formula of a cell without a cached value: an empty text is written as no value at all."""


class Shown(msgspec.Struct, frozen=True, dict=True):
    """The values of our layout's cells in the user's file.

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
            self.formulas[address] = _EMPTY_TEXT
        elif isinstance(cell.value, ErrorValue):
            self.formulas[address] = ERROR_FORMULA
        elif isinstance(cell.value, str | int | float | bool | date | datetime | time):
            self.values[address] = cell.value


def shown_cells(found: Found, layout: Layout) -> Shown:
    """The values of every cell of the layout in the user's file."""
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
            if theirs is not None and item.id == WEEKEND_DIGITS and item.id in theirs.not_made:
                shown.values[address] = USUAL_WEEKEND  # as a workbook counts that is older than this line
            elif theirs is None or item.id not in theirs.cells:
                shown.gone.add(address)
            else:
                shown.put(address, theirs.sheet.cells.get(theirs.cells[item.id]), item.formula is not None)
    return shown


def _put_table(shown: Shown, table: PlacedTable, theirs: FoundTable | None) -> None:
    shift = theirs.header_row - table.header_row if theirs is not None else 0
    last = min(table.end_row, theirs.stop - 1 - shift) if theirs is not None and theirs.stop else table.end_row
    ends = theirs.rows.ends if theirs is not None and not table.spec.computed else frozenset()
    columns: dict[int, PlacedColumn] = {}
    for column in table.columns:
        shown.values[table.sheet, table.header_row, column.col] = column.label
        if theirs is not None and column.key in theirs.columns:
            columns[theirs.columns[column.key]] = column
        elif column.item is None or column.item.known:
            shown.gone.update((table.sheet, row, column.col) for row in range(table.first_row, last + 1))
    for (their_row, col), cell in theirs.sheet.cells.items() if theirs is not None else ():
        row, found = their_row - shift, columns.get(col)
        if found is not None and table.first_row <= row <= last:
            # The words of the end row are in one column, which was another one in an earlier form.
            col = table.end_column.col if (their_row, col) in ends else found.col
            shown.put((table.sheet, row, col), cell, found.spec.formula is not None)
