"""The sheet's own figures, computed again: an overwritten or broken formula is a problem that names its cell.

Each formula is checked by itself: the cells it names get the values the user's file shows, and the formula the spec
has for that place is evaluated on them. So one changed cell is one problem, not one in every cell that depends on it.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time

from smsheets.calc.engine import Address, engine_available, evaluate, serial
from smsheets.cells import CellRef
from smsheets.layout.cells_of import list_cells
from smsheets.layout.formulas import FormulaResolver
from smsheets.layout.placed import Layout, PlacedForm, PlacedTable
from smsheets.problems import make_problem
from smsheets.reader.fields import plain, shown
from smsheets.reader.locate import Found, FoundForm, FoundTable
from smsheets.reader.rows import Reading, message_label
from smsheets.reader.source import ErrorValue, SourceCell
from smsheets.spec.model import FieldType

_SCRATCH = 100_000
"""Formulas are evaluated this many rows below the cells they name, so that none stands in another's range."""

EMPTY_TEXT = '=""'
"""What a formula without a cached value shows: some programs write an empty text as no value at all."""

_DIGITS = 1e-6
"""Google Sheets keeps ten digits of a computed number."""


@dataclass(frozen=True, slots=True)
class _Computed:
    """One computed cell: where it stands in our layout and in the user's file."""

    address: Address
    where: CellRef
    cell: SourceCell
    label: str
    formula: str
    type: FieldType


def check_formulas(found: Found, layout: Layout, reading: Reading) -> bool:
    """Adds a problem for every computed cell that does not show what its inputs give.

    Args:
        layout: Has as many rows in each table as the user's file.

    Returns:
        Whether the check could be made; False where there is no engine.
    """
    if not engine_available():
        return False
    computed = list(_computed_cells(found, layout, reading))
    kept = [item for item in computed if item.cell.is_formula]
    if kept and not any(item.cell.has_cached for item in kept):
        reading.problems.append(make_problem("workbook.not-calculated", kept[0].where))
        computed = [item for item in computed if not item.cell.is_formula]
    values = _values(found, layout)
    formulas = {_scratch(item.address): item.formula for item in computed}
    formulas |= {item.address: EMPTY_TEXT for item in kept if not item.cell.has_cached}
    results = evaluate([*(sheet.name for sheet in layout.sheets), layout.lists_sheet], values, formulas)
    for item in computed:
        _compare(item, results[_scratch(item.address)], reading)
    return True


def _scratch(address: Address) -> Address:
    return address[0], address[1] + _SCRATCH, address[2]


def _compare(item: _Computed, result: object, reading: Reading) -> None:
    expected = _as_shown(result, item.type)
    if not item.cell.is_formula:
        if item.cell.value not in (None, "") and not _same(item.cell.value, result):
            problem = make_problem(
                "cell.overwritten-formula", item.where, column=item.label, found=shown(item.cell.value), read=expected
            )
            reading.problems.append(problem)
        return
    if not item.cell.has_cached or _is_error(result) or _same(item.cell.value, result):
        return
    problem = make_problem(
        "cell.formula-disagrees", item.where, column=item.label, found=shown(item.cell.value), read=expected
    )
    reading.problems.append(problem)


def _same(cached: object, result: object) -> bool:
    if cached is None or cached == "":
        return result is None or result == "" or result == 0
    if isinstance(cached, ErrorValue):
        return _is_error(result)
    if isinstance(cached, bool) or isinstance(result, bool):
        return bool(cached) == bool(result)
    number = serial(cached) if isinstance(cached, date | time) else cached
    if isinstance(number, int | float) and isinstance(result, int | float):
        return math.isclose(number, result, rel_tol=_DIGITS, abs_tol=_DIGITS)
    return str(number) == str(result)


def _is_error(result: object) -> bool:
    return isinstance(result, str) and result.startswith("#")


def _as_shown(result: object, field_type: FieldType) -> str:
    if result is None or result == "":
        return "empty"
    if isinstance(result, float) and field_type in (FieldType.DATE, FieldType.MONTH):
        return date.fromordinal(int(result) + date(1899, 12, 30).toordinal()).isoformat()
    if isinstance(result, float):
        return plain(round(result, 6))
    return shown(result)


def _computed_cells(found: Found, layout: Layout, reading: Reading) -> Iterator[_Computed]:
    formulas = FormulaResolver(layout)
    for name, table in layout.tables.items():
        if name in found.tables:
            yield from _table_cells(found.tables[name], table, formulas, reading)
    for name, form in layout.forms.items():
        if name in found.forms:
            yield from _form_cells(found.forms[name], form, formulas, reading)


def _table_cells(
    found: FoundTable, table: PlacedTable, formulas: FormulaResolver, reading: Reading
) -> Iterator[_Computed]:
    cells = found.sheet.cells
    for column in table.columns:
        if column.spec.formula is None or column.key not in found.columns:
            continue
        col = found.columns[column.key]
        label = message_label(column, reading.layout)
        for row in range(table.first_row, table.last_row + 1):
            their_row = row - table.header_row + found.header_row
            if found.stop and their_row >= found.stop:
                break
            cell = cells.get((their_row, col))
            if cell is not None:
                where = CellRef(reading.file, found.sheet.name, their_row, col)
                formula = formulas.column_formula(table, column, row)
                yield _Computed((table.sheet, row, column.col), where, cell, label, formula, column.spec.type)


def _form_cells(found: FoundForm, form: PlacedForm, formulas: FormulaResolver, reading: Reading) -> Iterator[_Computed]:
    for item in form.spec.fields:
        if item.formula is None or item.id not in found.cells or "TODAY" in item.formula:
            continue
        row, col = found.cells[item.id]
        cell = found.sheet.cells.get((row, col))
        if cell is not None:
            where = CellRef(reading.file, found.sheet.name, row, col)
            label = reading.layout.words.text(item.label)
            formula = formulas.field_formula(form, item.formula)
            yield _Computed((form.sheet, form.row_of[item.id], form.value_col), where, cell, label, formula, item.type)


def _values(found: Found, layout: Layout) -> Mapping[Address, object]:
    """What every cell of the layout shows in the user's file."""
    values: dict[Address, object] = {}
    for cell in list_cells(layout):
        if cell.value is not None:
            values[layout.lists_sheet, cell.row, cell.col] = cell.value
    for name, table in layout.tables.items():
        theirs = found.tables.get(name)
        for column in table.columns if theirs is not None else ():
            if theirs is None or column.key not in theirs.columns:
                continue
            col, shift = theirs.columns[column.key], theirs.header_row - table.header_row
            for row in range(table.first_row, table.last_row + 1):
                source = theirs.sheet.cells.get((row + shift, col))
                if source is not None and (not theirs.stop or row + shift < theirs.stop):
                    values[table.sheet, row, column.col] = _plain_value(source.value)
    for name, form in layout.forms.items():
        for field_id, place in found.forms[name].cells.items() if name in found.forms else ():
            source = found.forms[name].sheet.cells.get(place)
            if source is not None:
                values[form.sheet, form.row_of[field_id], form.value_col] = _plain_value(source.value)
    return {address: value for address, value in values.items() if value is not None}


def _plain_value(value: object) -> object:
    if isinstance(value, ErrorValue):
        return None
    return value if isinstance(value, str | int | float | bool | date | datetime | time) else None
