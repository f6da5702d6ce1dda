"""Layout + filling -> .xlsx. Only `smsheets.writer` imports XlsxWriter."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from typing import IO, Any

from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from smsheets.calc.cached import cached_values
from smsheets.calc.engine import Address, Computed, serial
from smsheets.cells import column_letters, quote_sheet
from smsheets.layout.cells_of import CellContent, Role, workbook_cells
from smsheets.layout.content import Filling
from smsheets.layout.marker import marker_properties, marker_rows
from smsheets.layout.place import marker_line
from smsheets.layout.placed import MARKER_SHEET, Layout, PlacedChart, PlacedForm, PlacedSheet, PlacedTable
from smsheets.writer.charts import write_chart
from smsheets.writer.checked import checked
from smsheets.writer.formats import Formats
from smsheets.writer.look import ACCENT
from smsheets.writer.validations import validation_of

_CREATED = datetime(2026, 1, 1)
"""A fixed time stamp: the same inputs give the same bytes."""

_HEADER_LINE_PIXELS = 18
_FREEZE_AT_MOST = 12


def write_workbook(layout: Layout, filling: Filling, target: IO[bytes], decimals: int = 2) -> bool:
    """Writes a workbook.

    Args:
        decimals: The minor digits of the currency.

    Returns:
        Whether every formula was written with its computed value. False where there is no engine.

    Raises:
        NotWrittenError: A limit of the file format is passed.
    """
    cells = workbook_cells(layout, filling)
    cached = cached_values(cells)
    book = Workbook(target, {"in_memory": True, "default_format_properties": {"font_name": "Calibri", "font_size": 11}})
    book.set_properties({"title": layout.words.text(layout.spec.title), "author": "smsheets", "created": _CREATED})
    book.set_calc_mode("auto")
    for name, value in marker_properties(layout).items():
        checked(f"property '{name}'", book.set_custom_property, name, value)
    writing = _Writing(book, layout, cached, Formats(book, decimals))
    for sheet in layout.sheets:
        writing.sheet(sheet, cells[sheet.name])
    writing.lists(cells[layout.lists_sheet])
    writing.marker()
    book.close()
    return bool(cached) or not any(cell.formula for found in cells.values() for cell in found)


class _Page(Worksheet):
    """A worksheet that takes formulas as they are.

    XlsxWriter looks through every formula for some 150 functions that are younger than the file format. The specs allow
    none of them, and leaving that search out halves the time a workbook takes.
    """

    def _prepare_formula(self, formula: str, expand_future_functions: bool = False) -> str:
        return formula.removeprefix("=")


class _Writing:
    """One workbook being written. Rows and columns count from 0 here, and only here (`row0`, `col0`)."""

    def __init__(
        self, book: Workbook, layout: Layout, cached: Mapping[Address, Computed | None], formats: Formats
    ) -> None:
        self.book = book
        self.layout = layout
        self.cached = cached
        self.formats = formats

    def sheet(self, sheet: PlacedSheet, cells: Sequence[CellContent]) -> None:
        """A sheet of the spec with everything on it."""
        page = checked(f"sheet '{sheet.name}'", self.book.add_worksheet, sheet.name, _Page)
        self._columns(page, sheet)
        self._cells(page, sheet.name, cells)
        for block in sheet.blocks:
            if isinstance(block, PlacedTable):
                self._table(page, block)
            elif isinstance(block, PlacedForm):
                self._form(page, block)
            elif isinstance(block, PlacedChart):
                write_chart(self.book, page, self.layout, block)
        self._print(page, sheet)
        page.hide_gridlines(2)

    def lists(self, cells: Sequence[CellContent]) -> None:
        """The Lists sheet."""
        page = self.book.add_worksheet(self.layout.lists_sheet)
        page.set_column(0, max(len(self.layout.lists) - 1, 0), 24)
        self._cells(page, self.layout.lists_sheet, cells)
        page.freeze_panes(4, 0)
        page.hide_gridlines(2)
        page.set_landscape()
        page.fit_to_pages(1, 0)

    def marker(self) -> None:
        """The hidden sheet that says in text what is where."""
        page = self.book.add_worksheet(MARKER_SHEET)
        for row0, values in enumerate(marker_rows(self.layout)):
            for col0, value in enumerate(values):
                checked("the marker sheet", page.write_string, row0, col0, value)
        page.hide()

    def _cells(self, page: Worksheet, sheet: str, cells: Sequence[CellContent]) -> None:
        of_cell = self.formats.of_cell
        for cell in cells:
            row0, col0, look = cell.row - 1, cell.col - 1, of_cell(cell)
            if cell.formula is not None:
                value = self.cached.get((sheet, cell.row, cell.col), "")
                result = page.write_formula(row0, col0, cell.formula, look, "" if value is None else value)
            else:
                result = _write_value(page, row0, col0, cell.value, look)
            if result:
                checked(f"cell {sheet}!{column_letters(cell.col)}{cell.row}", lambda code=result: code)

    def _columns(self, page: Worksheet, sheet: PlacedSheet) -> None:
        advanced = {
            column.col for table in sheet.tables() for column in table.columns if column.spec.advanced
        }
        plain = {
            column.col for table in sheet.tables() for column in table.columns if not column.spec.advanced
        }
        for col, width in sheet.widths.items():
            options = {"level": 1, "hidden": True} if col in advanced - plain else {}
            page.set_column(col - 1, col - 1, width, None, options)
        for col in advanced - plain:
            if col + 1 not in advanced:
                page.set_column(col, col, sheet.widths.get(col + 1, 9), None, {"collapsed": True})

    def _table(self, page: Worksheet, table: PlacedTable) -> None:
        lines = max(_header_lines(column.label, column.spec.width or 12) for column in table.columns)
        page.set_row_pixels(table.header_row - 1, max(lines, 2) * _HEADER_LINE_PIXELS)
        name = f"smsheets_{table.spec.id}"
        self._name(name, table.sheet, table.header_row, table.columns[0].col, table.last_row, table.columns[-1].col)
        for column in table.columns:
            area = (table.first_row - 1, column.col - 1, table.last_row - 1, column.col - 1)
            self._looks(page, table, area, column)
            if column.spec.formula is None:
                options = validation_of(self.layout, column.spec, column.item)
                checked(f"validation of '{column.label}'", page.data_validation, *area, options)

    def _looks(self, page: Worksheet, table: PlacedTable, area: tuple[int, int, int, int], column: Any) -> None:
        spec = column.spec
        for value_id, look in spec.looks.items():
            placed = self.layout.lists.get(spec.choices)
            known = next(item for item in self.layout.spec.lists if item.id == spec.choices)
            text = next(value.text for value in known.values if value.id == value_id)
            shown = self.layout.words.text(text) if placed is None else placed.texts[placed.ids.index(value_id)]
            quoted = shown.replace('"', '""')
            rule = {"type": "cell", "criteria": "==", "value": f'"{quoted}"', "format": self.formats.of_look(look)}
            checked(f"look of '{column.label}'", page.conditional_format, *area, rule)
        for extra in spec.formats:
            from smsheets.layout.formulas import FormulaResolver

            formula = FormulaResolver(self.layout).format_formula(table, column, extra.formula)
            rule = {"type": "formula", "criteria": formula, "format": self.formats.of_look(extra.look)}
            checked(f"look of '{column.label}'", page.conditional_format, *area, rule)

    def _form(self, page: Worksheet, form: PlacedForm) -> None:
        last = form.first_row + len(form.spec.fields) - 1
        self._name(f"smsheets_{form.spec.id}", form.sheet, form.first_row, form.label_col, last, form.value_col)
        for item in form.spec.fields:
            row0, col0 = form.row_of[item.id] - 1, form.value_col - 1
            if item.formula is None:
                options = validation_of(self.layout, item)
                checked(f"validation of '{item.label}'", page.data_validation, row0, col0, row0, col0, options)
            for value_id, look in item.looks.items():
                known = next(entry for entry in self.layout.spec.lists if entry.id == item.choices)
                text = self.layout.words.text(next(value.text for value in known.values if value.id == value_id))
                rule = {"type": "cell", "criteria": "==", "value": f'"{text}"', "format": self.formats.of_look(look)}
                checked(f"look of '{item.label}'", page.conditional_format, row0, col0, row0, col0, rule)

    def _name(self, name: str, sheet: str, row: int, col: int, last_row: int, last_col: int) -> None:
        area = f"${column_letters(col)}${row}:${column_letters(last_col)}${last_row}"
        checked(f"name '{name}'", self.book.define_name, name, f"={quote_sheet(sheet)}!{area}")

    def _print(self, page: Worksheet, sheet: PlacedSheet) -> None:
        if not sheet.spec.portrait:
            page.set_landscape()
        page.set_paper(9)
        page.set_margins(0.4, 0.4, 0.6, 0.6)
        page.fit_to_pages(1, 0)
        page.set_footer("&L&A&R&P / &N")
        records = [table for table in sheet.tables() if not table.spec.computed]
        if len(records) == 1 and records[0].header_row <= _FREEZE_AT_MOST:
            table = records[0]
            page.freeze_panes(table.header_row, 2 if table.spec.prefix else 1)
            page.repeat_rows(table.header_row - 1)
            page.autofilter(
                table.header_row - 1, table.columns[0].col - 1, table.last_row - 1, table.columns[-1].col - 1
            )
        if sheet.spec.id == "start_here":
            page.set_tab_color(ACCENT)
            page.activate()


def _write_value(page: Worksheet, row0: int, col0: int, value: object, look: Any) -> Any:
    if value is None or value == "":
        return page.write_blank(row0, col0, None, look)
    if isinstance(value, bool):
        return page.write_boolean(row0, col0, value, look)
    if isinstance(value, int | float):
        return page.write_number(row0, col0, value, look)
    if isinstance(value, date | time):
        return page.write_number(row0, col0, serial(value), look)
    return page.write_string(row0, col0, str(value), look)


def _header_lines(label: str, width: float) -> int:
    return sum(1 + int(len(line) * 1.1 // max(width, 6)) for line in label.split("\n"))


__all__ = ["Role", "marker_line", "write_workbook"]
