"""A worksheet as these workbooks need it, and how it prints and freezes."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from xlsxwriter.worksheet import Worksheet

from smsheets.calc.engine import Address, Computed
from smsheets.layout.cells_of import CellContent, Role
from smsheets.layout.measures import (
    CELL_PIXELS,
    LETTER_PIXELS,
    PLAIN_WIDTH,
    ROW_PIXELS,
    ROW_POINTS,
    columns_under,
)
from smsheets.layout.placed import (
    PlacedBlock,
    PlacedChart,
    PlacedColumn,
    PlacedForm,
    PlacedSheet,
    PlacedTable,
    SheetUse,
)
from smsheets.profile import Paper
from smsheets.spec.model import Column
from smsheets.spec.vocabulary import FieldType
from smsheets.writer.look import (
    COMPUTED_TAB,
    INPUT_TAB,
    LATER_TAB,
    REFERENCE_TAB,
    START_TAB,
)
from smsheets.writer.sizes import LINE_POINTS

Running = Mapping[str, int]
"""`months` and `weeks` -> the number of the one that the as-of day is in, from 1; nothing where there is no day."""

_NO_DAY: Running = {}


class _Size(NamedTuple):
    """A sheet of paper: its number in the file format, and its sides in inches."""

    code: int
    short: float
    long: float


_SIZES = {Paper.A4: _Size(9, 8.27, 11.69), Paper.LETTER: _Size(1, 8.5, 11.0)}
"""No larger ones: a shop has a printer for these."""

SIDE_MARGIN, FOOT_MARGIN = 0.4, 0.6
"""Inches."""

FROZEN_POINTS = 90.0
"""The height that stays in sight at most: 120 pixels of the some 490 that a laptop's window has for rows."""

_GAP_POINTS = 2.25
"""An empty row above headings that stay in sight. Rows of one line there have no air."""

_REPEAT_AT_MOST = 14
"""A header further down is not the sheet's: it would be printed on every page beside other things."""


class Page(Worksheet):
    """A worksheet that takes formulas as they are, and whose row heights are only a start.

    XlsxWriter looks through every formula for some 150 functions that are younger than the file format. The specs allow
    none of them, and leaving that search out halves the time a workbook takes. It also fixes every height it is given;
    without that mark, Excel grows the row when somebody types more.
    """

    def _prepare_formula(self, formula: str, expand_future_functions: bool = False) -> str:
        return formula.removeprefix("=")

    def _write_string(self, row: int, col: int, string: str, cell_format: Any = None) -> Any:
        """A text as it is: XlsxWriter takes one in `<r>` and `</r>` for XML, and writes it unchanged."""
        if string.startswith("<r>") and string.endswith("</r>"):
            pieces = [string[0], string[1], string[2:]]  # three are the fewest that it takes
            return self._write_rich_string(row, col, *pieces, *([cell_format] if cell_format is not None else []))
        return super()._write_string(row, col, string, cell_format)

    def _xml_number_element(self, number: Any, attributes: Any = ()) -> None:
        """As many digits as a number has: XlsxWriter's sixteen leave out the last one of some."""
        if isinstance(number, float) and float(f"{number:.16G}") != number:
            number = _Exact(number)
        super()._xml_number_element(number, attributes)

    def _xml_start_tag_unencoded(self, tag: str, attributes: Any = None) -> None:
        if tag == "row" and attributes:
            attributes = [item for item in attributes if item[0] != "customHeight"]
        super()._xml_start_tag_unencoded(tag, attributes)


class _Exact(float):
    """A number that is written with seventeen digits: no other has the same."""

    def __format__(self, code: str) -> str:
        return float.__format__(self, ".17G")


def set_up_page(
    page: Worksheet, sheet: PlacedSheet, heights: Mapping[int, float], paper: Paper, running: Running
) -> None:
    """Print set-up, frozen header, filter. A table of records, or one that mirrors some, keeps its header in sight."""
    set_up_print(page, sheet.spec.portrait, paper=paper)
    page.set_tab_color(_TABS[sheet.use])
    if sheet.guide is not None:
        page.fit_to_pages(1, 1)
    table = kept_header(sheet)
    if table is not None:
        _keep_header(page, table, heights, running)


def kept_header(sheet: PlacedSheet) -> PlacedTable | None:
    """The table whose header is printed on every page, and stays in sight; None where a sheet has no such table."""
    long = [table for table in sheet.tables() if table.spec.each is None]
    return long[0] if len(long) == 1 and long[0].header_row <= _REPEAT_AT_MOST else None


def low_above_header(sheet: PlacedSheet, heights: Mapping[int, float]) -> dict[int, float]:
    """The heights of rows; above headings that stay in sight then, they are as low as their texts allow."""
    table = kept_header(sheet)
    if table is None:
        return dict(heights)
    low = dict(heights)
    for row in range(1, table.header_row):
        points = heights.get(row, _GAP_POINTS)
        low[row] = LINE_POINTS if points == ROW_POINTS else points
    return low if _height_of(1, table.header_row, low) <= FROZEN_POINTS else dict(heights)


def folded_columns(sheet: PlacedSheet, running: Running = _NO_DAY) -> set[int]:
    """The columns that are folded away: those that hold nothing but advanced columns of tables."""
    columns = [column for table in sheet.tables() for column in table.columns]
    advanced = {column.col for column in columns if _is_folded(column, running)}
    plain = {column.col for column in columns if not _is_folded(column, running)}
    plain |= {col for table in sheet.tables() for col in range(table.columns[-1].col + 1, table.last_col + 1)}
    return advanced - plain


def _is_folded(column: PlacedColumn, running: Running) -> bool:
    now = running.get(column.spec.each or "", 1)
    is_open = column.spec.open_now and column.item is not None and column.item.n == now
    return column.spec.advanced and not is_open


def last_column(sheet: PlacedSheet) -> int:
    """The last column that something is in or over."""
    charts = (block for block in sheet.blocks if isinstance(block, PlacedChart))
    folded = folded_columns(sheet)
    under = (columns_under(chart.col, chart.spec.width, sheet.widths, folded) for chart in charts)
    return max([*sheet.widths, *under], default=1)


_TABS = {
    None: START_TAB,
    SheetUse.NOW: INPUT_TAB,
    SheetUse.LATER: LATER_TAB,
    SheetUse.CALCULATED: COMPUTED_TAB,
    SheetUse.REFERENCE: REFERENCE_TAB,
}
"""The colour of a sheet's tab; None is the first sheet."""


def set_up_print(page: Worksheet, portrait: bool, paper: Paper = Paper.A4) -> None:
    """One page wide, with the sheet's name and the page number below."""
    if not portrait:
        page.set_landscape()
    page.set_paper(_SIZES[paper].code)
    page.set_margins(SIDE_MARGIN, SIDE_MARGIN, FOOT_MARGIN, FOOT_MARGIN)
    page.fit_to_pages(1, 0)
    page.set_footer("&L&A&R&P / &N")
    page.hide_gridlines(2)


def end_print(
    page: Worksheet, sheet: PlacedSheet, cells: Sequence[CellContent], cached: Mapping[Address, Computed | None]
) -> None:
    """Ends what is printed at the last filled row: spare rows would be empty pages.

    A plain area, because no formula for one is understood by every program.
    """
    filled = (cell.row for cell in cells if not _is_spare(cell, sheet, cached))
    charts = (block for block in sheet.blocks if isinstance(block, PlacedChart))
    last_row = max([1, *filled, *(_span(chart)[1] for chart in charts)])
    page.print_area(0, 0, last_row - 1, last_column(sheet) - 1)


def _is_spare(cell: CellContent, sheet: PlacedSheet, cached: Mapping[Address, Computed | None]) -> bool:
    """True for an empty cell, and for what every row of a table has: its id, the words in the end row."""
    value = cached.get((sheet.name, cell.row, cell.col)) if cell.formula is not None else cell.value
    is_id = isinstance(cell.field, Column) and cell.field.type is FieldType.ID and cell.role is Role.INPUT
    return value is None or value == "" or cell.role is Role.END or is_id


def _keep_header(page: Worksheet, table: PlacedTable, heights: Mapping[int, float], running: Running) -> None:
    """Headings with so much above them that they would leave too little of a window are not frozen."""
    if _height_of(1, table.header_row, heights) <= FROZEN_POINTS:
        columns = table.spec.frozen or (2 if table.spec.prefix or table.spec.mirror else 1)
        page.freeze_panes(table.header_row, columns, table.header_row, _first_in_sight(table, running, columns))
    page.repeat_rows(table.header_row - 1)
    if not table.spec.computed:
        # A person's own columns are in it: sorting by the filter would else part them from their rows.
        page.autofilter(table.header_row - 1, table.columns[0].col - 1, table.last_row - 1, table.last_col - 1)


_LAST_IN_SIGHT = {"months": 2, "weeks": 20}
"""So many at the end of a period are always in sight, so that no window opens half empty."""


def _first_in_sight(table: PlacedTable, running: Running, frozen: int) -> int:
    """The column, from 0, that a sheet opens with beside the frozen ones: the month or week before the running one."""
    opening = next((column for column in table.columns if column.spec.open_now), None)
    if opening is None:
        return frozen
    source, count = opening.spec.each or "", len(table.repetitions[opening.spec.id])
    number = max(min(running.get(source, 1) - 1, count + 1 - _LAST_IN_SIGHT.get(source, 1)), 1)
    return min(column.col for column in table.columns if column.item is not None and column.item.n == number) - 1


_POINTS_OF_PIXEL = 0.75
_SURE = 0.98
"""Of a page that is counted on: programs do not agree on widths to the last point."""


def set_breaks(page: Worksheet, sheet: PlacedSheet, heights: Mapping[int, float], paper: Paper) -> None:
    """Breaks pages before blocks that would else be cut in two; a table that repeats its header runs on."""
    if kept_header(sheet) is None:
        breaks = _page_breaks(sheet, heights, paper)
        if breaks:
            # In the empty row above: a chart's outline would else show on both pages.
            page.set_h_pagebreaks([row - 2 for row in breaks])


def _page_breaks(sheet: PlacedSheet, heights: Mapping[int, float], paper: Paper) -> list[int]:
    """The rows that begin a new page."""
    room = _page_points(sheet, paper)
    top, breaks = 1, list[int]()
    for first, last in _spans(sheet):
        while _height_of(top, last, heights) > room:
            fresh = first > top and (
                _height_of(first, last, heights) <= room or _height_of(top, first, heights) > room / 2
            )
            if fresh:
                breaks.append(first)
                top = first
                continue
            top = _after_page(top, last, room, heights)
    return breaks


def _after_page(top: int, last: int, room: float, heights: Mapping[int, float]) -> int:
    """The first row that a page beginning with `top` has no room for."""
    row, used = top, 0.0
    while row <= last and used + heights.get(row, ROW_POINTS) <= room:
        used += heights.get(row, ROW_POINTS)
        row += 1
    return max(row, top + 1)


def _height_of(first: int, last: int, heights: Mapping[int, float]) -> float:
    return sum(heights.get(row, float(ROW_POINTS)) for row in range(first, last + 1))


def _page_points(sheet: PlacedSheet, paper: Paper) -> float:
    """How much of a sheet a page holds below each other, in points, where it is one page wide."""
    folded = folded_columns(sheet)
    shown = [sheet.widths.get(col, PLAIN_WIDTH) for col in range(1, last_column(sheet) + 1) if col not in folded]
    across = sum(width * LETTER_PIXELS + CELL_PIXELS for width in shown) * _POINTS_OF_PIXEL
    _, short, long = _SIZES[paper]
    wide, high = (short, long) if sheet.spec.portrait else (long, short)
    inner, down = wide - 2 * SIDE_MARGIN, high - 2 * FOOT_MARGIN
    return max(across / inner, 72.0) * down * _SURE


def _spans(sheet: PlacedSheet) -> Iterator[tuple[int, int]]:
    """First and last row of what stays together: blocks beside each other, from the top."""
    spans: list[tuple[int, int]] = []
    for block in sheet.blocks:
        first, last = _span(block)
        if spans and first <= spans[-1][1]:
            spans[-1] = (min(first, spans[-1][0]), max(last, spans[-1][1]))
        else:
            spans.append((first, last))
    yield from spans


def _span(block: PlacedBlock) -> tuple[int, int]:
    if isinstance(block, PlacedTable):
        return block.title_row or block.total_row or block.header_row, block.end_row
    if isinstance(block, PlacedForm):
        return block.title_row or block.first_row, block.first_row + len(block.spec.fields) - 1
    if isinstance(block, PlacedChart):
        return block.row, block.row + math.ceil(block.spec.height / ROW_PIXELS) - 1
    return block.row, block.row + len(block.spec.lines)
