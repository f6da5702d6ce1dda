"""A new workbook: spec + profile + content -> layout -> .xlsx. Only `smsheets.writer` imports XlsxWriter."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from functools import cached_property
from typing import IO, Any

import msgspec
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from smsheets.calc.engine import Address, Computed, cached_values, serial
from smsheets.cells import column_letters, quote_sheet
from smsheets.layout.cells_of import CellContent, ValueSheet, legal_names, value_cells, workbook_cells
from smsheets.layout.content import Content, Filling, OwnColumn, fill, own_values, running_items, starting_content
from smsheets.layout.formulas import NO_FIGURE
from smsheets.layout.items import date_format, minor_digits, paper_of
from smsheets.layout.lists import HEADER_ROW
from smsheets.layout.marker import marker_properties, marker_rows
from smsheets.layout.measures import ROW_POINTS
from smsheets.layout.place import place_workbook
from smsheets.layout.placed import MARKER_SHEET, Layout, PlacedChart, PlacedForm, PlacedSheet, PlacedTable
from smsheets.profile import Profile
from smsheets.spec.model import Workbook as Spec
from smsheets.writer.charts import write_chart
from smsheets.writer.formats import Formats, Looks, checked, escaped_text, file_formula, validation_of
from smsheets.writer.look import REFERENCE_TAB, Country
from smsheets.writer.page import (
    Page,
    Running,
    end_print,
    folded_columns,
    last_column,
    low_above_header,
    set_breaks,
    set_up_page,
    set_up_print,
)
from smsheets.writer.sizes import row_heights, text_widths

_LIST_WIDTH = 22.0
"""Characters of a column of the Lists sheet."""

_CREATED = datetime(2026, 1, 1)
"""A fixed time stamp: the same inputs give the same bytes."""


ComputedValues = dict[Address, Computed | None]
"""Cell -> the value of its formula."""


class NewWorkbook(msgspec.Struct, frozen=True, kw_only=True, dict=True):
    """A workbook for a business, before it is a file.

    Attributes:
        sample: What it is filled with; None leaves it blank but for defaults and prefilled rows.
        own_spec: The spec is a user's own, and the workbook carries it along.
    """

    spec: Spec
    profile: Profile
    sample: Content | None = None
    own_spec: bool = False

    @cached_property
    def content(self) -> Content:
        """The values its input cells begin with, in no language."""
        return starting_content(self.spec, self.profile, self.sample)

    @cached_property
    def layout(self) -> Layout:
        """Where everything of it sits, with room for its content."""
        rows = {name: len(values) for name, values in self.content.tables.items()}
        added = own_values(self.spec, self.profile, self.content)
        return place_workbook(self.spec, self.profile, rows, added, own_spec=self.own_spec)

    @cached_property
    def filling(self) -> Filling:
        """The texts and values of its input cells."""
        return fill(self.layout, self.content)

    def write(self, target: IO[bytes]) -> bool:
        """Writes it, as `write_workbook` does. The same inputs give the same bytes."""
        return write_workbook(self.layout, self.filling, target, prints_spare=self.sample is None)


def write_workbook(
    layout: Layout,
    filling: Filling,
    target: IO[bytes],
    own_columns: Mapping[str, Sequence[OwnColumn]] | None = None,
    value_sheets: Sequence[ValueSheet] = (),
    computed: ComputedValues | None = None,
    prints_spare: bool = True,
) -> bool:
    """Writes a workbook.

    Args:
        own_columns: Table id -> a person's own columns; the layout has a place for each.
        value_sheets: Sheets of plain values; they come after the template's, before the hidden one.
        computed: The values of the formulas where the same cells were written before; where it is empty, it gets them.
        prints_spare: Spare rows are printed. False ends each sheet's print at its last filled row, for a workbook that
            nobody fills in: a row that is added below that would not be printed.

    Returns:
        Whether every formula was written with its computed value. False where there is no engine.

    Raises:
        NotWrittenError: A limit of the file format is passed.
    """
    cells = workbook_cells(layout, filling, own_columns)
    cached = computed or cached_values(cells)
    if computed is not None:
        computed.update(cached)
    book = Workbook(target, {"in_memory": True, "default_format_properties": {"font_name": "Calibri", "font_size": 11}})
    book.set_properties({"title": layout.words.text(layout.spec.title), "author": "smsheets", "created": _CREATED})
    book.set_calc_mode("auto")
    for name, value in marker_properties(layout).items():
        checked(f"property '{name}'", book.set_custom_property, name, value)
    writing = _Writing(book, layout, cached, running_items(layout, filling), prints_spare)
    for sheet in layout.sheets:
        writing.sheet(sheet, cells[sheet.name])
    writing.lists(cells[layout.lists_sheet])
    names = legal_names([sheet.name for sheet in value_sheets], cells)
    for name, values in zip(names, value_sheets, strict=True):
        writing.values(name, values)
    writing.marker()
    checked("the workbook", book.close)
    return bool(cached) or not any(cell.formula for found in cells.values() for cell in found)


def _country_of(layout: Layout) -> Country:
    words = layout.words
    texts = words.text("in a month"), words.text("of target")
    return Country(minor_digits(layout.profile.currency), date_format(layout.profile), *texts)


class _Writing:
    """One workbook being written. Rows and columns count from 0 here, and only here (`row0`, `col0`)."""

    def __init__(
        self,
        book: Workbook,
        layout: Layout,
        cached: Mapping[Address, Computed | None],
        running: Running,
        prints_spare: bool,
    ) -> None:
        self.book = book
        self.layout = layout
        self.cached = cached
        self.formats = Formats(book, _country_of(layout))
        self.looks = Looks(layout, self.formats)
        self.paper = paper_of(layout.profile)
        self.running = running
        self.prints_spare = prints_spare

    def sheet(self, sheet: PlacedSheet, cells: Sequence[CellContent]) -> None:
        """A sheet of the spec with everything on it."""
        page = checked(f"sheet '{sheet.name}'", self.book.add_worksheet, sheet.name, Page)
        page.set_default_row(ROW_POINTS)
        self._columns(page, sheet)
        self._band(page, last_column(sheet))
        self._cells(page, sheet.name, cells)
        heights = low_above_header(sheet, row_heights(cells, sheet.widths, sheet.name, self.cached))
        for row, points in heights.items():
            page.set_row(row - 1, points)
        for row in sheet.hidden_rows():
            page.set_row(row - 1, heights.get(row), None, {"hidden": True})
        for block in sheet.blocks:
            if isinstance(block, PlacedTable):
                self._table(page, block)
            elif isinstance(block, PlacedForm):
                self._form(page, block)
            elif isinstance(block, PlacedChart):
                write_chart(self.book, page, self.layout, block, self.cached)
        if gaps := _columns_with_gaps(sheet):
            page.ignore_errors({"eval_error": " ".join(gaps)})
        set_up_page(page, sheet, heights, self.paper, self.running)
        set_breaks(page, sheet, heights, self.paper)
        if not self.prints_spare:
            end_print(page, sheet, cells, self.cached)
        if sheet.hidden:
            page.hide()
        elif sheet is next((item for item in self.layout.sheets if not item.hidden), None):
            page.activate()
            page.set_first_sheet()

    def lists(self, cells: Sequence[CellContent]) -> None:
        """The Lists sheet."""
        page = self.book.add_worksheet(self.layout.lists_sheet, Page)
        last_col = max(len(self.layout.lists), 1)
        page.set_default_row(ROW_POINTS)
        page.set_column(0, last_col - 1, _LIST_WIDTH)
        self._band(page, last_col)
        self._cells(page, self.layout.lists_sheet, cells)
        widths = dict.fromkeys(range(1, last_col + 1), _LIST_WIDTH)
        for row, points in row_heights(cells, widths, self.layout.lists_sheet, self.cached).items():
            page.set_row(row - 1, points)
        page.freeze_panes(HEADER_ROW, 0)
        page.set_tab_color(REFERENCE_TAB)
        set_up_print(page, portrait=False, paper=self.paper)
        if self.layout.is_lean:
            page.hide()

    def values(self, name: str, sheet: ValueSheet) -> None:
        """A sheet of plain values."""
        page = checked(f"sheet '{name}'", self.book.add_worksheet, name, Page)
        cells = list(value_cells(sheet))
        widths = {**text_widths(cells), **dict(enumerate(sheet.widths, 1))}
        for col, width in widths.items():
            page.set_column(col - 1, col - 1, width)
        self._cells(page, name, cells)
        for row, points in row_heights(cells, widths, name, {}).items():
            page.set_row(row - 1, points)
        if sheet.header_rows:
            page.freeze_panes(sheet.header_rows, 0)
        set_up_print(page, portrait=False, paper=self.paper)

    def marker(self) -> None:
        """The hidden sheet that says in text what is where."""
        page = self.book.add_worksheet(MARKER_SHEET, Page)
        for row0, values in enumerate(marker_rows(self.layout)):
            for col0, value in enumerate(values):
                checked("the marker sheet", page.write_string, row0, col0, value)
        page.hide()

    def _cells(self, page: Worksheet, sheet: str, cells: Sequence[CellContent]) -> None:
        of_cell = self.formats.of_cell
        for cell in cells:
            row0, col0, look = cell.row - 1, cell.col - 1, of_cell(cell)
            result = None
            if cell.link is not None:
                result = page.write_url(row0, col0, f"internal:{cell.link}", look, str(cell.value))
            if cell.formula is not None:
                cached = self.cached.get((sheet, cell.row, cell.col))
                value = "" if cached is None else escaped_text(cached) if isinstance(cached, str) else cached
                result = result or page.write_formula(row0, col0, file_formula(cell.formula), look, value)
            elif cell.link is None:
                result = _write_value(page, row0, col0, cell.value, look)
            if result:
                checked(f"cell {sheet}!{column_letters(cell.col)}{cell.row}", lambda code=result: code)

    def _band(self, page: Worksheet, last_col: int) -> None:
        """The band behind a sheet's title, as wide as what is on the sheet."""
        for col0 in range(1, last_col):
            page.write_blank(0, col0, None, self.formats.title)

    def _columns(self, page: Worksheet, sheet: PlacedSheet) -> None:
        folded = folded_columns(sheet, self.running)
        for col, width in sheet.widths.items():
            options = {"level": 1, "hidden": True} if col in folded else {}
            page.set_column(col - 1, col - 1, width, None, options)
        for col in folded:
            if col + 1 not in folded:
                page.set_column(col, col, sheet.widths.get(col + 1, 9), None, {"collapsed": True})

    def _table(self, page: Worksheet, table: PlacedTable) -> None:
        name = f"smsheets_{table.spec.id}"
        self._name(name, table.sheet, table.header_row, table.columns[0].col, table.end_row, table.columns[-1].col)
        self.looks.of_unused(page, table)
        for column in table.columns:
            area = (table.first_row - 1, column.col - 1, table.last_row - 1, column.col - 1)
            self.looks.of_column(page, table, column)
            if column.spec.formula is None:
                options = validation_of(self.layout, column.spec, column.item)
                checked(f"validation of '{column.label}'", page.data_validation, *area, options)

    def _form(self, page: Worksheet, form: PlacedForm) -> None:
        last = form.first_row + len(form.spec.fields) - 1
        self._name(f"smsheets_{form.spec.id}", form.sheet, form.first_row, form.label_col, last, form.value_col)
        for item in form.spec.fields:
            row0, col0 = form.row_of[item.id] - 1, form.value_col - 1
            if item.formula is None:
                options = validation_of(self.layout, item)
                checked(f"validation of '{item.label}'", page.data_validation, row0, col0, row0, col0, options)
            self.looks.of_field(page, form, item)

    def _name(self, name: str, sheet: str, row: int, col: int, last_row: int, last_col: int) -> None:
        area = f"${column_letters(col)}${row}:${column_letters(last_col)}${last_row}"
        checked(f"name '{name}'", self.book.define_name, name, f"={quote_sheet(sheet)}!{area}")


def _columns_with_gaps(sheet: PlacedSheet) -> list[str]:
    """The data cells that show #N/A on purpose: Excel is not to mark them."""
    return [
        f"{column_letters(column.col)}{table.first_row}:{column_letters(column.col)}{table.last_row}"
        for table in sheet.tables()
        for column in table.columns
        if NO_FIGURE in (column.spec.formula or "")
    ]


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
