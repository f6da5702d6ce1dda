"""openpyxl as the referee of our own reading: both agree cell by cell, or the difference has a name and a reason."""

from __future__ import annotations

import warnings
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.worksheet.formula import ArrayFormula, DataTableFormula

from smsheets.reader.file.source import SourceWorkbook
from smsheets.reader.file.source_cells import ErrorValue, SourceCell, text_value

KINDS = {
    "not opened": "openpyxl cannot open the file at all: odd styles, pivots, drawings, links.",
    "wrapped value": "A typed value that a program writes as a formula: TRUE() in LibreOffice, imports in Google",
    "filled by another": "openpyxl calls cells that an array formula or a data table fills constants.",
    "number shown as date": "A number no calendar has, or that openpyxl rounds to seconds or calls an error.",
    "length of time": "Hours past a day stay a number; openpyxl gives a length of time.",
    "shared far away": "openpyxl leaves a shared formula alone whose first cell comes later, or has no text.",
    "escaped text": "`_x000D_` in a cell's own text is undone.",
    "error as text": "Text that is an error's name is an error.",
    "strict file": "openpyxl finds no cells in files of the strict kind.",
    "in a merged range": "What stands in a merged range besides its first cell; openpyxl drops it.",
    "link without text": "A link in a cell that shows nothing; openpyxl calls its address the cell's value.",
    "date of East Asia": "Built-in number formats 27 to 36 and 50 to 58, which openpyxl does not call dates.",
    "empty text": "openpyxl keeps constants that are an empty text.",
    "number as text": "What is no number in a number cell is its text; openpyxl gives up on it or calls it an error.",
}
"""Every kind of difference there may be, and why."""

Book = dict[str, dict[tuple[int, int], tuple[Any, Any]]]


def differences(path: Path, ours: SourceWorkbook) -> Iterator[tuple[str, str]]:
    """(kind, where) of each difference; a kind that is not in `KINDS` has no explanation."""
    theirs = read_by_openpyxl(path)
    if theirs is None:
        yield "not opened", str(path)
        return
    if not any(theirs.values()) and b"purl.oclc.org" in _workbook_part(path):
        yield "strict file", str(path)
        return
    for sheet in ours.sheets:
        cells = theirs.get(sheet.name, {})
        merged = {
            (row, col)
            for row1, col1, row2, col2 in sheet.merges
            for row in range(row1, row2 + 1)
            for col in range(col1, col2 + 1)
            if (row, col) != (row1, col1)
        }
        for place in sorted({*cells, *sheet.cells}):
            cell, (formula, value) = sheet.cells.get(place), cells.get(place, (None, None))
            kind = _difference(cell, formula, value)
            if place in merged and place not in cells:
                kind = "in a merged range"
            if kind:
                yield kind, f"{path.name} {sheet.name} {place}: {cell} and {formula!r}, {value!r}"


def read_by_openpyxl(path: Path) -> Book | None:
    """Sheet -> place -> (formula or None, value), None where openpyxl cannot open it."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            formulas = openpyxl.load_workbook(path)
            cached = openpyxl.load_workbook(path, data_only=True)
    except Exception:
        return None
    found: Book = {}
    for sheet in formulas.worksheets:
        values = cached[sheet.title]._cells
        cells = found.setdefault(sheet.title, {})
        for place, cell in sheet._cells.items():
            if cell.value is not None:
                cells[place] = _formula(cell), values[place].value if place in values else None
    return found


def _formula(cell: Any) -> str | None:
    if isinstance(cell.value, ArrayFormula):
        return str(cell.value.text or "").removeprefix("=")
    if isinstance(cell.value, DataTableFormula):
        return ""
    return cell.value[1:] if cell.data_type == "f" else None


def _difference(ours: SourceCell | None, formula: str | None, value: Any) -> str:
    if ours is None:
        if formula is None and value == "":
            return "empty text"
        return "link without text" if ":" in str(value) and formula is None else "missing cell"
    if ours.formula == formula:
        return _value_difference(ours, value)
    if formula is not None and ours.formula is None:
        return "wrapped value" if formula.upper().startswith(("TRUE", "FALSE", "IFERROR(__XLUDF")) else "constant"
    if ours.formula == "":
        return "filled by another" if formula is None else "shared far away"
    return "formula"


def _value_difference(ours: SourceCell, value: Any) -> str:
    if ours.value in (None, "") and ours.is_formula and "!" in str(value):
        return "link without text"
    mine, value = _as_openpyxl(ours.value), _as_openpyxl(value)
    if mine == value or (mine == "" and value is None):
        return ""
    if isinstance(value, str):
        if isinstance(ours.value, str | ErrorValue) and text_value(value) == ours.value:
            return "escaped text" if "_x" in value else "error as text"
        if isinstance(ours.value, int | float) and value == "#VALUE!":
            return "number shown as date"
        return "number as text" if isinstance(ours.value, str) and value == "#VALUE!" else "value"
    if isinstance(value, timedelta):
        return "length of time" if isinstance(ours.value, int | float | time) else "value"
    if isinstance(value, int | float) and isinstance(mine, datetime | time) and not ours.number_format:
        return "date of East Asia"
    if isinstance(value, date | time) and isinstance(mine, datetime | time | int | float):
        return "number shown as date" if _near(mine, value) else "value"
    return "value"


def _near(mine: datetime | time | float, theirs: date | time) -> bool:
    if isinstance(mine, int | float):
        return True
    if isinstance(theirs, time) and isinstance(mine, datetime):
        return mine == datetime(1904, 1, 1)  # the first day of old Macs
    first, second = (moment if isinstance(moment, datetime) else _on_a_day(moment) for moment in (mine, theirs))
    return abs(first - second) <= timedelta(seconds=1)


def _on_a_day(moment: Any) -> datetime:
    return datetime.combine(date(1900, 1, 1), moment) if isinstance(moment, time) else datetime(1, 1, 1)


def _workbook_part(path: Path) -> bytes:
    with zipfile.ZipFile(path) as archive:
        return b"".join(archive.read(name) for name in archive.namelist() if name.endswith("workbook.xml"))


def _as_openpyxl(value: object) -> object:
    if isinstance(value, date) and not isinstance(value, datetime):
        return datetime(value.year, value.month, value.day)
    return value.text if isinstance(value, ErrorValue) else value
