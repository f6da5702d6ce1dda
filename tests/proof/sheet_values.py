"""What a saved workbook shows, seen through openpyxl: formulas, cached values, and where two programs disagree."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from functools import lru_cache
from typing import Any

import openpyxl
from openpyxl.utils import column_index_from_string, get_column_letter

from smsheets.layout.formulas import NO_FIGURE

Address = tuple[str, int, int]
"""(sheet, row, column), both numbers from 1."""

CLOSE = 1e-9
"""How far two computed numbers may be apart, absolutely and relatively: far below a currency's minor unit."""

KEPT = 16
"""How many workbooks are kept taken apart: several tests in a row look at the same ones."""

_EPOCH = datetime(1899, 12, 30)
_DAY = timedelta(days=1)
_TEXT = re.compile(r'"[^"]*"')
_REFERENCE = re.compile(
    r"(?:'(?P<quoted>(?:[^']|'')+)'!|(?P<plain>\w+)!)?"
    r"\$?(?P<col>[A-Z]{1,3})\$?(?P<row>\d+)(?::\$?(?P<col2>[A-Z]{1,3})\$?(?P<row2>\d+))?(?![\w(])"
)


@dataclass(frozen=True, slots=True)
class FormulaCell:
    """A formula (with `=` in front) and the value saved with it; None where there is none."""

    formula: str
    value: Any


def show(address: Address) -> str:
    """`Budget!H14`."""
    return f"{address[0]}!{get_column_letter(address[2])}{address[1]}"


@lru_cache(maxsize=KEPT)
def formula_cells(data: bytes) -> Mapping[Address, FormulaCell]:
    """Every formula of a workbook with its saved value."""
    values = saved_values(data)
    book = openpyxl.load_workbook(io.BytesIO(data))
    return {
        (sheet.title, row, col): FormulaCell(str(cell.value), values.get((sheet.title, row, col)))
        for sheet in book
        for (row, col), cell in sheet._cells.items()
        if cell.data_type == "f"
    }


@lru_cache(maxsize=KEPT)
def saved_values(data: bytes) -> Mapping[Address, Any]:
    """Every cell that shows something; of a formula the value saved with it. Dates as dates, errors as their text.

    An empty cell with a link has the place that it leads to as its value in openpyxl.
    """
    book = openpyxl.load_workbook(io.BytesIO(data), data_only=True)
    return {
        (sheet.title, row, col): cell.value
        for sheet in book
        for (row, col), cell in sheet._cells.items()
        if cell.value is not None and (cell.hyperlink is None or cell.value != cell.hyperlink.location)
    }


def same(first: Any, second: Any) -> bool:
    """Whether two programs' values of a cell agree: text and dates exactly, numbers to `CLOSE`."""
    first, second = _blank(first), _blank(second)
    if isinstance(first, bool) or isinstance(second, bool):
        return first is second
    first, second = _number(first), _number(second)
    if isinstance(first, int | float) and isinstance(second, int | float):
        return bool(abs(first - second) <= CLOSE * max(1.0, abs(first)))
    return bool(first == second)


def is_error(value: Any) -> bool:
    """Whether a cell shows an error: `#NAME?`, `#DIV/0!`, ..."""
    return isinstance(value, str) and re.fullmatch(r"#[A-Z/0]+[!?]?|Err:\d+", value) is not None


def shown_errors(values: Mapping[Address, Any], ours: bytes) -> list[str]:
    """The cells that show an error, without those where the formula that we wrote means it: a line ends there."""
    meant = {address for address, cell in formula_cells(ours).items() if NO_FIGURE in cell.formula}
    return [show(address) for address, value in values.items() if is_error(value) and address not in meant]


def _blank(value: Any) -> Any:
    return "" if value is None else value


def _number(value: Any) -> Any:
    """A date or time as days, rounded to the millisecond as programs save it."""
    if isinstance(value, datetime):
        return round((value - _EPOCH) / _DAY, 8)
    if isinstance(value, time):
        return round((value.hour * 3600 + value.minute * 60 + value.second) / 86400, 8)
    if isinstance(value, timedelta):
        return round(value / _DAY, 8)
    return value


def disagreements(
    ours: Mapping[Address, FormulaCell], theirs: Mapping[Address, Any], leave_out: Iterable[Address] = ()
) -> list[str]:
    """One line for each formula whose saved value is not what another program computed."""
    skipped = set(leave_out)
    return [
        f"{show(address)}: saved {cell.value!r}, computed {theirs.get(address)!r} by {cell.formula[:400]}"
        for address, cell in ours.items()
        if address not in skipped and not same(cell.value, theirs.get(address))
    ]


def depends_on(formulas: Mapping[Address, FormulaCell], part: str) -> set[Address]:
    """The cells whose formula holds this part, and all that refer to them, directly or through others."""
    found = {address for address, cell in formulas.items() if part in _TEXT.sub('""', cell.formula)}
    areas = {address: list(_areas(address[0], cell.formula)) for address, cell in formulas.items()}
    while True:
        rows: dict[tuple[str, int], set[int]] = {}
        for sheet, row, col in found:
            rows.setdefault((sheet, col), set()).add(row)
        more = {
            address
            for address, its_areas in areas.items()
            if address not in found and any(_touches(area, rows) for area in its_areas)
        }
        if not more:
            return found
        found |= more


Area = tuple[str, int, int, int, int]
"""Sheet, first and last row, first and last column."""


def _areas(sheet: str, formula: str) -> Iterable[Area]:
    for match in _REFERENCE.finditer(_TEXT.sub('""', formula)):
        name = (match["quoted"] or "").replace("''", "'") or match["plain"] or sheet
        row, col = int(match["row"]), column_index_from_string(match["col"])
        last_row = int(match["row2"] or row)
        last_col = column_index_from_string(match["col2"]) if match["col2"] else col
        yield name, row, last_row, col, last_col


def _touches(area: Area, rows: Mapping[tuple[str, int], set[int]]) -> bool:
    sheet, row, last_row, col, last_col = area
    return any(
        row <= found <= last_row for number in range(col, last_col + 1) for found in rows.get((sheet, number), ())
    )
