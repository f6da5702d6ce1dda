"""Where a sheet goes on on the next page of paper, so that no chart is cut in two and no table that fits on a page."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from smsheets.report_workbook.placing import rows_over
from smsheets.report_workbook.sheet_parts import SheetParts, TextRole

PAGE_WIDTH, PAGE_HEIGHT = 1045.0, 675.0
"""Pixels of A4 across, within the margins."""


def page_breaks(parts: SheetParts, width: float, height_of: Callable[[int], float]) -> Iterator[int]:
    """The rows after which a page ends.

    Args:
        width: Pixels of the sheet; it is printed one page wide.
        height_of: Pixels of a row, from 1.
    """
    room = PAGE_HEIGHT * max(width / PAGE_WIDTH, 1.0)
    starts, last = _starts(parts), _last_row(parts)
    used = 0.0
    for start, end in zip(starts, [*starts[1:], last + 1], strict=True):
        block = sum(height_of(row) for row in range(start, end))
        if used and used + block > room:
            yield start - 1
            used = 0.0
        used += block


def _starts(parts: SheetParts) -> list[int]:
    """The rows that may begin a page: those of headings, and of what has none, that no chart or table runs over."""
    rows = {1}
    rows |= {text.row for text in parts.texts if text.role is TextRole.HEADING}
    rows |= {picture.row for picture in parts.pictures}
    headed = {row + 1 for row in rows}
    rows |= {table.row for table in parts.tables if table.row not in headed}
    return sorted(row for row in rows if not any(first < row <= end for first, end in _whole(parts)))


def _whole(parts: SheetParts) -> Iterable[tuple[int, int]]:
    """First and last row of what is not cut."""
    for picture in parts.pictures:
        yield picture.row, picture.row + rows_over(picture.height) - 2
    for table in parts.tables:
        yield table.row, table.last_row


def _last_row(parts: SheetParts) -> int:
    ends = [end for _, end in _whole(parts)]
    return max([*ends, *(text.row for text in parts.texts), 1])
