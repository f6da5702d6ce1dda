"""The right cached value for every formula of a workbook that is about to be written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from smsheets.calc.engine import Address, Computed, engine_available, evaluate
from smsheets.layout.cells_of import CellContent

TODAY = "TODAY()"


def cached_values(cells: Mapping[str, Sequence[CellContent]]) -> Mapping[Address, Computed | None]:
    """Address -> value of every formula; without an engine, nothing.

    TODAY() counts as empty: the file would otherwise differ from day to day, and a stale "today" is worse than none.
    """
    if not engine_available():
        return {}
    values: dict[Address, object] = {}
    formulas: dict[Address, str] = {}
    for sheet, contents in cells.items():
        for cell in contents:
            if cell.formula is not None:
                formulas[sheet, cell.row, cell.col] = cell.formula.replace(TODAY, '""')
            elif cell.value is not None:
                values[sheet, cell.row, cell.col] = cell.value
    return evaluate(cells, values, formulas)
