"""A table or form that stands on a second sheet too: what differs there was not read, and is named."""

from __future__ import annotations

from collections.abc import Sequence

from smsheets.cells import CellRef
from smsheets.problems import make_problem
from smsheets.reader.file.source_cells import CellValue
from smsheets.reader.places.found import Found, FoundForm, FoundTable
from smsheets.reader.rows import Reading


def check_copies(found: Found, reading: Reading) -> None:
    """Adds a problem for each copy that holds something the original does not."""
    for copy in found.copies:
        if isinstance(copy, FoundTable):
            table = found.tables[copy.placed.spec.id]
            lost = bool(_rows(copy, list(copy.columns)) - _rows(table, list(copy.columns)))
            row, col, read = copy.header_row, min(copy.columns.values()), table.sheet.name
        else:
            form = found.forms[copy.placed.spec.id]
            lost = bool(_values(copy) - _values(form))
            (row, col), read = min(copy.labels.values()), form.sheet.name
        if lost:
            where = CellRef(reading.file, copy.sheet.name, row, col)
            reading.problems.append(make_problem("table.twice", where, table=reading.title(copy.placed), read=read))


def _rows(table: FoundTable, keys: Sequence[str]) -> set[tuple[CellValue, ...]]:
    """The inputs of each record; what a formula shows is no input."""
    inputs = [key for key in keys if table.placed.by_key[key].spec.formula is None]
    return {tuple(_at(table, row, key) for key in inputs) for row in table.rows.records}


def _at(table: FoundTable, row: int, key: str) -> CellValue:
    cell = table.sheet.cells.get((row, table.columns[key])) if key in table.columns else None
    return cell.value if cell is not None else None


def _values(form: FoundForm) -> set[tuple[str, CellValue]]:
    inputs = [item.id for item in form.placed.spec.fields if item.formula is None and item.id in form.cells]
    cells = ((key, form.sheet.cells.get(form.cells[key])) for key in inputs)
    return {(key, cell.value) for key, cell in cells if cell is not None and cell.value not in (None, "")}
