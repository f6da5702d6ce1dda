"""IronCalc as a second engine on a written file: values and formulas as the file has them, nothing else known.

The file is read cell by cell with openpyxl. IronCalc's own loader is not used: it puts an `@` before a range that is
the last argument of WORKDAY, which then looks at one holiday instead of all.
"""

from __future__ import annotations

import io
from datetime import datetime, time
from typing import Any

import ironcalc
import openpyxl
from sheet_values import Address

_EPOCH = datetime(1899, 12, 30)


def recalculate(data: bytes) -> dict[Address, Any]:
    """The value of every formula in a file; dates as numbers of days."""
    book = openpyxl.load_workbook(io.BytesIO(data))
    model = ironcalc.create("file", "en", "UTC", "en")
    formulas: list[tuple[Address, int]] = []
    for number, sheet in enumerate(book):
        if number:
            model.add_sheet(sheet.title)
        else:
            model.rename_sheet(0, sheet.title)
    for number, sheet in enumerate(book):
        for (row, col), cell in sheet._cells.items():
            if cell.data_type == "f":
                formulas.append(((sheet.title, row, col), number))
                model.update_cell_with_formula(number, row, col, cell.value)
            elif cell.value is not None:
                _set(model, (number, row, col), cell.value)
    model.evaluate()
    return {address: model.get_cell_value(number, address[1], address[2]) for address, number in formulas}


def _set(model: Any, place: tuple[int, int, int], value: Any) -> None:
    if isinstance(value, bool):
        model.update_cell_with_bool(*place, value)
    elif isinstance(value, datetime):
        days = value - _EPOCH
        model.update_cell_with_number(*place, days.days + days.seconds / 86400)
    elif isinstance(value, time):
        model.update_cell_with_number(*place, (value.hour * 60 + value.minute) / 1440)
    elif isinstance(value, int | float):
        model.update_cell_with_number(*place, float(value))
    else:
        model.update_cell_with_text(*place, str(value))
