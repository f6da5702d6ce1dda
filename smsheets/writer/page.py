"""A worksheet as these workbooks need it, and how it prints and freezes."""

from __future__ import annotations

from typing import Any

from xlsxwriter.worksheet import Worksheet

from smsheets.layout.measures import columns_under
from smsheets.layout.placed import PlacedChart, PlacedSheet, PlacedTable
from smsheets.writer.palette import COMPUTED_TAB, INPUT_TAB, START_TAB

A4, A3 = 9, 8
SIDE_MARGIN, FOOT_MARGIN = 0.4, 0.6
"""Inches."""

WIDE = 260
"""Characters; a wider sheet asks for A3, because on one A4 page nobody could read it."""

_FREEZE_AT_MOST = 14
"""A header further down would fill a laptop's screen with frozen rows."""


class Page(Worksheet):
    """A worksheet that takes formulas as they are, and whose row heights are only a start.

    XlsxWriter looks through every formula for some 150 functions that are younger than the file format. The specs allow
    none of them, and leaving that search out halves the time a workbook takes. It also fixes every height it is given;
    without that mark, Excel grows the row when somebody types more.
    """

    def _prepare_formula(self, formula: str, expand_future_functions: bool = False) -> str:
        return formula.removeprefix("=")

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
    """A number that is written with the seventeen digits that tell it from every other."""

    def __format__(self, code: str) -> str:
        return float.__format__(self, ".17G")


def set_up_page(page: Worksheet, sheet: PlacedSheet) -> None:
    """Print set-up, frozen header, filter. A table of records, or one that mirrors some, keeps its header in sight."""
    set_up_print(page, sheet.spec.portrait, wide=shown_width(sheet) > WIDE)
    page.set_tab_color(_tab_colour(sheet))
    table = kept_header(sheet)
    if table is not None:
        _keep_header(page, table)


def kept_header(sheet: PlacedSheet) -> PlacedTable | None:
    """The table whose header stays in sight and is printed on every page; None where a sheet has no such table."""
    long = [table for table in sheet.tables() if table.spec.each is None]
    return long[0] if len(long) == 1 and long[0].header_row <= _FREEZE_AT_MOST else None


def folded_columns(sheet: PlacedSheet) -> set[int]:
    """The columns that are folded away: those that hold nothing but advanced columns of tables."""
    advanced = {column.col for table in sheet.tables() for column in table.columns if column.spec.advanced}
    plain = {column.col for table in sheet.tables() for column in table.columns if not column.spec.advanced}
    plain |= {col for table in sheet.tables() for col in range(table.columns[-1].col + 1, table.last_col + 1)}
    return advanced - plain


def last_column(sheet: PlacedSheet) -> int:
    """The last column that something stands in or over."""
    charts = (block for block in sheet.blocks if isinstance(block, PlacedChart))
    under = (columns_under(chart.col, chart.spec.width, sheet.widths) for chart in charts)
    return max([*sheet.widths, *under], default=1)


def shown_width(sheet: PlacedSheet) -> float:
    """Characters across of what is not folded away."""
    folded = folded_columns(sheet)
    return sum(width for col, width in sheet.widths.items() if col not in folded)


def _tab_colour(sheet: PlacedSheet) -> str:
    """One colour for the sheets that people fill in, one for those that work themselves out."""
    if sheet.spec.id == "start_here":
        return START_TAB
    records = any(not table.spec.computed for table in sheet.tables())
    computed = any(table.spec.computed for table in sheet.tables())
    return INPUT_TAB if records or not computed else COMPUTED_TAB


def set_up_print(page: Worksheet, portrait: bool, wide: bool = False) -> None:
    """One page wide, with the sheet's name and the page number below."""
    if not portrait:
        page.set_landscape()
    page.set_paper(A3 if wide else A4)
    page.set_margins(SIDE_MARGIN, SIDE_MARGIN, FOOT_MARGIN, FOOT_MARGIN)
    page.fit_to_pages(1, 0)
    page.set_footer("&L&A&R&P / &N")
    page.hide_gridlines(2)


def _keep_header(page: Worksheet, table: PlacedTable) -> None:
    page.freeze_panes(table.header_row, 2 if table.spec.prefix or table.spec.mirror else 1)
    page.repeat_rows(table.header_row - 1)
    if not table.spec.computed:
        # A person's own columns are in it: sorting by the filter would else part them from their rows.
        page.autofilter(table.header_row - 1, table.columns[0].col - 1, table.last_row - 1, table.last_col - 1)
