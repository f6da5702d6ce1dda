"""What a careful person would write by hand instead: the rivals of the benchmarks."""

from __future__ import annotations

from datetime import date
from pathlib import Path

BARE_CLICK = '''
import click

@click.group()
def main():
    """A bare click program."""

@main.command()
def one():
    """A command."""

main(["--help"])
'''

TWO_LOADS = """
import sys
import openpyxl

openpyxl.load_workbook(sys.argv[1])
openpyxl.load_workbook(sys.argv[1], data_only=True)
"""

_BY_HAND = """
import sys
import xlsxwriter

FORMATS = {formats}
SHEETS = {sheets}

book = xlsxwriter.Workbook(sys.argv[1], {{"in_memory": True}})
formats = [book.add_format(properties) for properties in FORMATS]
for name, cells in SHEETS:
    page = book.add_worksheet(name)
    for row, col, look, value in cells:
        if value is None:
            page.write_blank(row, col, None, formats[look])
        elif isinstance(value, str) and value[:1] == "=":
            page.write_formula(row, col, value, formats[look], "")
        elif isinstance(value, str):
            page.write_string(row, col, value, formats[look])
        else:
            page.write_number(row, col, value, formats[look])
book.close()
"""


def write_by_hand_script(folder: Path) -> Path:
    """A script that writes the cells of the blank budget, formats and formulas included, and computes none."""
    from smsheets.calc.engine import serial
    from smsheets.layout.cells_of import workbook_cells
    from smsheets.profile import Profile
    from smsheets.spec.load import load_spec
    from smsheets.writer.look import cell_properties, setting_of
    from smsheets.writer.workbook import NewWorkbook

    spec, profile = load_spec("budget"), Profile()
    new = NewWorkbook(spec=spec, profile=profile)
    formats: list[dict[str, object]] = []
    sheets = []
    for name, cells in workbook_cells(new.layout, new.filling).items():
        written = []
        for cell in cells:
            properties = cell_properties(cell.role, cell.field.type if cell.field else None, 2, setting_of(cell))
            if properties not in formats:
                formats.append(properties)
            value = cell.formula if cell.formula is not None else cell.value
            shown = serial(value) if isinstance(value, date) else value
            written.append((cell.row - 1, cell.col - 1, formats.index(properties), shown))
        sheets.append((name, written))
    path = folder / "by_hand.py"
    path.write_text(_BY_HAND.format(formats=repr(formats), sheets=repr(sheets)), encoding="utf-8")
    return path
