"""The sheet in front: every problem in a table, each with a link to its cell."""

from __future__ import annotations

from collections.abc import Iterator
from textwrap import wrap

from smsheets.annotation.splice import cell_text, escaped
from smsheets.annotation.styles import Looks
from smsheets.annotation.words import ProblemSheet
from smsheets.cells import column_letters
from smsheets.problems import PROBLEM_SHEET_MARK

SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"

_HEADER_ROW = 4
_WIDTHS = (20, 12, 62, 62, 28)
_MARGIN = 2
_LINE_HEIGHT, _GAP, _MOST_HEIGHT = 15, 3, 409
_MOST_SIGNS = 16_000
"""A cell holds twice as many; signs beyond the common ones count double."""


def problem_sheet_xml(sheet: ProblemSheet, address: str, looks: Looks | None) -> bytes:
    """The worksheet part. `address` is the namespace that the workbook's parts are in."""
    last = _HEADER_ROW + len(sheet.rows)
    pane = (
        f'<pane ySplit="{_HEADER_ROW}" topLeftCell="A{_HEADER_ROW + 1}" activePane="bottomLeft" state="frozen"/>'
        f'<selection pane="bottomLeft" activeCell="A{_HEADER_ROW + 1}" sqref="A{_HEADER_ROW + 1}"/>'
    )
    columns = "".join(
        f'<col min="{col}" max="{col}" width="{width}" customWidth="1"/>' for col, width in enumerate(_WIDTHS, 1)
    )
    table = f'<autoFilter ref="{filter_range(sheet)}"/>' if sheet.rows else ""
    links = "".join(_links(sheet))
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        f'<worksheet xmlns="{escaped(address)}">'
        '<sheetPr><tabColor rgb="FFC05B5B"/><pageSetUpPr fitToPage="1"/></sheetPr>'
        f'<dimension ref="A1:E{last}"/>'
        f'<sheetViews><sheetView showGridLines="0" workbookViewId="0">{pane}</sheetView></sheetViews>'
        f'<sheetFormatPr defaultRowHeight="15"/><cols>{columns}</cols>'
        f"<sheetData>{''.join(_rows(sheet, looks))}</sheetData>{table}"
        f"{f'<hyperlinks>{links}</hyperlinks>' if links else ''}"
        '<pageMargins left="0.5" right="0.5" top="0.6" bottom="0.6" header="0.3" footer="0.3"/>'
        '<pageSetup orientation="landscape" fitToHeight="0"/></worksheet>'
    ).encode()


def filter_range(sheet: ProblemSheet, mark: str = "") -> str:
    """The table with its header: `A4:E9`; empty where it has no rows. `mark` stands before letters and numbers."""
    last = _HEADER_ROW + len(sheet.rows)
    return f"{mark}A{mark}{_HEADER_ROW}:{mark}E{mark}{last}" if sheet.rows else ""


def _rows(sheet: ProblemSheet, looks: Looks | None) -> Iterator[str]:
    title, remark, header, text, link = (
        (None,) * 5 if looks is None else (looks.title, looks.remark, looks.header, looks.text, looks.link)
    )
    yield _row(1, [(1, sheet.title, title)], height=27)
    yield _row(2, [(1, sheet.summary, remark)])
    yield _row(3, [(1, sheet.remark, remark), (5, PROBLEM_SHEET_MARK, remark)], height=21)
    if sheet.rows:
        yield _row(_HEADER_ROW, [(col, name, header) for col, name in enumerate(sheet.headers, 1)], height=21)
    for number, row in enumerate(sheet.rows, _HEADER_ROW + 1):
        values = (row.sheet, row.cells, row.says, row.todo, row.code)
        cells = [(col, value, link if col == 2 else text) for col, value in enumerate(values, 1)]
        yield _row(number, cells, height=_height(values))


def _row(number: int, cells: list[tuple[int, str, int | None]], height: int = 0) -> str:
    """Texts are written as what a formula would have given, which every program reads and none takes for a formula."""
    look = f' ht="{height}" customHeight="1"' if height else ""
    inside = "".join(
        f'<c r="{column_letters(col)}{number}"{"" if style is None else f" s={chr(34)}{style}{chr(34)}"} t="str">'
        f"<v>{cell_text(value[:_MOST_SIGNS])}</v></c>"
        for col, value, style in cells
    )
    return f'<row r="{number}"{look}>{inside}</row>'


def _height(values: tuple[str, ...]) -> int:
    """Points that a row needs; only some programs find that out by themselves."""
    lines = max(len(wrap(text, width - _MARGIN)) for text, width in zip(values, _WIDTHS, strict=True))
    return min(_LINE_HEIGHT * max(lines, 1) + _GAP, _MOST_HEIGHT)


def _links(sheet: ProblemSheet) -> Iterator[str]:
    for number, row in enumerate(sheet.rows, _HEADER_ROW + 1):
        yield f'<hyperlink ref="B{number}" location="{escaped(row.link)}" display="{escaped(row.cells)}"/>'
