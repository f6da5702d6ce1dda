"""Where the pages of a printed sheet of several tables and charts end: before a block, not in the middle of it."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping

from xlsxwriter.worksheet import Worksheet

from smsheets.layout.measures import CELL_PIXELS, LETTER_PIXELS, PLAIN_WIDTH, ROW_PIXELS, ROW_POINTS
from smsheets.layout.placed import PlacedBlock, PlacedChart, PlacedForm, PlacedSheet, PlacedTable
from smsheets.writer.page import FOOT_MARGIN, SIDE_MARGIN, WIDE, folded_columns, kept_header, last_column, shown_width

_A4_INCHES = (8.27, 11.69)
_A3_INCHES = (11.69, 16.54)
_POINTS_OF_PIXEL = 0.75
_SURE = 0.98
"""Of a page that is counted on: programs do not agree on widths to the last point."""


def set_breaks(page: Worksheet, sheet: PlacedSheet, heights: Mapping[int, float]) -> None:
    """Breaks pages before blocks that would else be cut in two; a table that repeats its header runs on."""
    if kept_header(sheet) is None:
        breaks = page_breaks(sheet, heights)
        if breaks:
            # In the empty row above: a chart's outline would else show on both pages.
            page.set_h_pagebreaks([row - 2 for row in breaks])


def page_breaks(sheet: PlacedSheet, heights: Mapping[int, float]) -> list[int]:
    """The rows that begin a new page."""
    room = _page_points(sheet)
    top, breaks = 1, list[int]()
    for first, last in _spans(sheet):
        while _points(top, last, heights) > room:
            fresh = first > top and (_points(first, last, heights) <= room or _points(top, first, heights) > room / 2)
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


def _points(first: int, last: int, heights: Mapping[int, float]) -> float:
    return sum(heights.get(row, float(ROW_POINTS)) for row in range(first, last + 1))


def _page_points(sheet: PlacedSheet) -> float:
    """How much of a sheet a page holds below each other, in points, where it is one page wide."""
    folded = folded_columns(sheet)
    shown = [sheet.widths.get(col, PLAIN_WIDTH) for col in range(1, last_column(sheet) + 1) if col not in folded]
    across = sum(width * LETTER_PIXELS + CELL_PIXELS for width in shown) * _POINTS_OF_PIXEL
    short, long = _A3_INCHES if shown_width(sheet) > WIDE else _A4_INCHES
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
        return block.title_row or block.total_row or block.header_row, block.last_row
    if isinstance(block, PlacedForm):
        return block.title_row or block.first_row, block.first_row + len(block.spec.fields) - 1
    if isinstance(block, PlacedChart):
        return block.row, block.row + math.ceil(block.spec.height / ROW_PIXELS) - 1
    return block.row, block.row + len(block.spec.lines)
