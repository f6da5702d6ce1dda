"""Where the pages of sheets with several tables and charts end."""

from __future__ import annotations

import pytest
from written_package import TEMPLATES, layout_of, sample

from smsheets.layout.placed import PlacedChart, PlacedForm, PlacedSheet, PlacedTable
from smsheets.writer.page import kept_header

templates = pytest.mark.parametrize(("kind", "language"), TEMPLATES)


def breaks_of(kind: str, language: str, sheet: str) -> list[int]:
    """The last rows of a sheet's pages."""
    page = sample(kind, language).sheets[sheet]
    return [int(item.get("id", "0")) for item in page.iterfind("rowBreaks/brk")]


def rows_of(sheet: PlacedSheet) -> list[tuple[int, int]]:
    """First and last row of each block that has some."""
    rows = []
    for block in sheet.blocks:
        if isinstance(block, PlacedTable):
            rows.append((block.title_row or block.header_row, block.last_row))
        elif isinstance(block, PlacedForm):
            rows.append((block.first_row, block.first_row + len(block.spec.fields) - 1))
        elif isinstance(block, PlacedChart):
            rows.append((block.row, block.row + block.spec.height // 24 - 1))
    return rows


@templates
def test_no_page_ends_inside_a_block(kind: str, language: str) -> None:
    for sheet in layout_of(kind, language, filled=True).sheets:
        for last in breaks_of(kind, language, sheet.name):
            assert not [block for block in rows_of(sheet) if block[0] <= last < block[1]], sheet.name


def test_a_dashboard_of_several_pages_is_broken_where_we_say() -> None:
    assert breaks_of("budget", "en", "Dashboard") != []


@templates
def test_a_table_that_repeats_its_headings_runs_on(kind: str, language: str) -> None:
    kept = [sheet for sheet in layout_of(kind, language, filled=True).sheets if kept_header(sheet) is not None]
    assert kept
    assert [sheet.name for sheet in kept if breaks_of(kind, language, sheet.name)] == []
