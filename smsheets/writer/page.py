"""A worksheet as these workbooks need it, and how it prints and freezes."""

from __future__ import annotations

from typing import Any

from xlsxwriter.worksheet import Worksheet

from smsheets.layout.placed import PlacedSheet, PlacedTable

_A4 = 9
_A3 = 8
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
    set_up_print(page, sheet.spec.portrait, wide=sum(sheet.widths.values()) > WIDE)
    long = [table for table in sheet.tables() if table.spec.each is None]
    if len(long) == 1 and long[0].header_row <= _FREEZE_AT_MOST:
        _keep_header(page, long[0])


def set_up_print(page: Worksheet, portrait: bool, wide: bool = False) -> None:
    """One page wide, with the sheet's name and the page number below."""
    if not portrait:
        page.set_landscape()
    page.set_paper(_A3 if wide else _A4)
    page.set_margins(0.4, 0.4, 0.6, 0.6)
    page.fit_to_pages(1, 0)
    page.set_footer("&L&A&R&P / &N")
    page.hide_gridlines(2)


def _keep_header(page: Worksheet, table: PlacedTable) -> None:
    page.freeze_panes(table.header_row, 2 if table.spec.prefix or table.spec.mirror else 1)
    page.repeat_rows(table.header_row - 1)
    if not table.spec.computed:
        # A person's own columns are in it: sorting by the filter would else part them from their rows.
        page.autofilter(table.header_row - 1, table.columns[0].col - 1, table.last_row - 1, table.last_col - 1)
