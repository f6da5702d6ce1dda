"""What a laptop of 1366 x 768 pixels shows of a sheet at 100 %: its title, its headings, its first rows."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from written_package import TEMPLATES, layout_of, sample

from smsheets.cells import column_letters, quote_sheet
from smsheets.layout.content import Filling, running_items
from smsheets.layout.measures import CELL_PIXELS, LETTER_PIXELS, ROW_PIXELS, column_width
from smsheets.layout.place import place_workbook
from smsheets.layout.placed import Layout, PlacedChart, PlacedColumn, PlacedSheet, PlacedTable, SheetUse
from smsheets.profile import Profile
from smsheets.spec.load import load_spec
from smsheets.spec.model import Table
from smsheets.writer.page import folded_columns, kept_header

SCREEN_WIDE = 1366 - 56
"""Less the row numbers and the scroll bar."""

SCREEN_HIGH = 768 - 278
"""Less the window's title, the ribbon, the formula bar, the column letters, the tabs and the taskbar."""

ROWS, ROWS_BELOW = 5, 6
FEW_FOLDED = 14
"""So many columns of a table are seen at most, months and weeks apart."""

templates = pytest.mark.parametrize(("kind", "language"), TEMPLATES)


def across(sheet: PlacedSheet, last_col: int) -> float:
    """Pixels up to and with a column, without what is folded away."""
    folded = folded_columns(sheet)
    shown = (sheet.widths.get(col, 8.43) for col in range(1, last_col + 1) if col not in folded)
    return sum(round(width * LETTER_PIXELS) + CELL_PIXELS for width in shown)


def down(layout: Layout, sheet: PlacedSheet, last_row: int) -> float:
    """Pixels up to and with a row, as the filled sample has them."""
    page = sample(layout.spec.kind, layout.profile.language).sheets[sheet.name]
    usual = float(page.find("sheetFormatPr").get("defaultRowHeight", "15"))  # type: ignore[union-attr]
    heights = {int(row.get("r", "0")): float(row.get("ht", usual)) for row in page.iter("row")}
    return sum(heights.get(row, usual) for row in range(1, last_row + 1)) * 4 / 3


def tables_first(layout: Layout) -> list[tuple[PlacedSheet, PlacedTable]]:
    """The sheets that begin with a table people fill in."""
    return [
        (sheet, next(sheet.tables()))
        for sheet in layout.sheets
        if isinstance(sheet.spec.blocks[0], Table) and not sheet.spec.blocks[0].computed
    ]


@templates
def test_headings_and_first_rows_are_seen(kind: str, language: str) -> None:
    layout = layout_of(kind, language)
    found = tables_first(layout)
    assert found
    for sheet, table in found:
        assert down(layout, sheet, table.header_row + ROWS) <= SCREEN_HIGH, sheet.name


@templates
def test_what_stays_in_sight_leaves_room_for_rows(kind: str, language: str) -> None:
    layout = layout_of(kind, language)
    for sheet in layout.sheets:
        table = kept_header(sheet)
        if table is not None:
            assert down(layout, sheet, table.header_row) + ROWS_BELOW * ROW_PIXELS <= SCREEN_HIGH, sheet.name


@templates
def test_what_people_fill_in_is_seen(kind: str, language: str) -> None:
    """All of it, where columns do not stand for months; there, the first month."""
    layout = layout_of(kind, language)
    for sheet, table in tables_first(layout):
        inputs = [
            column
            for column in table.columns
            if column.spec.formula is None and not column.spec.advanced and (column.item is None or column.item.n == 1)
        ]
        assert len(inputs) <= FEW_FOLDED, sheet.name
        assert across(sheet, inputs[-1].col) <= SCREEN_WIDE, sheet.name


@pytest.mark.parametrize("language", ["en", "de"])
def test_the_budget_opens_with_what_is_left_now(language: str) -> None:
    """What for, left, status stay in sight; beside them the month before, and the running one with all its columns."""
    layout, package = layout_of("budget", language), sample("budget", language)
    sheet, table = next((sheet, table) for sheet, table in tables_first(layout) if table.spec.id == "lines")
    folded = folded_columns(sheet, {"months": 7})
    shown = [column for column in table.columns if column.col not in folded]
    assert [column.spec.id for column in shown[:6]] == ["line_id", "category", "line", "left_now", "status", "planned"]
    months = [column.item.n for column in shown if column.item is not None]
    assert months == [month for month in range(1, 13) for _ in range(4 if month == 7 else 2)]
    after = [column.spec.id for column in shown[5 + len(months) :]]
    assert after == ["year_planned", "budget_to_date", "actual_to_date", "variance", "variance_share", "forecast"]
    pane = package.sheets[sheet.name].find("sheetViews/sheetView/pane")
    assert pane is not None
    june = column_letters(table.by_key["planned#6"].col)
    assert (pane.get("xSplit"), pane.get("topLeftCell")) == (str(shown[4].col), f"{june}{table.first_row}")
    frozen = across(sheet, shown[4].col)
    assert frozen + 6 * across_one(table.by_key["planned#7"]) <= SCREEN_WIDE


@pytest.mark.parametrize("language", ["en", "de"])
def test_the_timeline_opens_at_the_week_before_the_running_one(language: str) -> None:
    layout, package = layout_of("roadmap", language), sample("roadmap", language)
    table = layout.tables["timeline"]
    pane = package.sheets[table.sheet].find("sheetViews/sheetView/pane")
    assert pane is not None
    week = next(column for column in table.columns if column.item and column.item.literal == "DATE(2027,6,28)")
    assert (pane.get("xSplit"), pane.get("topLeftCell")) == ("4", f"{column_letters(week.col)}{table.first_row}")
    last = table.repetitions["week"][-1]
    sheet = next(sheet for sheet in layout.sheets if sheet.name == table.sheet)
    assert across(sheet, 4) + 20 * across_one(last) <= SCREEN_WIDE


@pytest.mark.parametrize(
    ("as_of", "months", "weeks"),
    [(date(2026, 1, 1), 1, 1), (date(2027, 4, 4), 1, 1), (datetime(2027, 4, 5, 9), 1, 2), (date(2027, 7, 1), 3, 14)],
)
def test_the_running_month_and_week_are_within_the_period(as_of: date, months: int, weeks: int) -> None:
    """April 2027 begins on a Thursday, and its first week with the Monday before."""
    layout = place_workbook(load_spec("roadmap"), Profile(start=date(2027, 4, 1), months=3))
    assert running_items(layout, Filling({"start": {"as_of": as_of}})) == {"months": months, "weeks": weeks}


def across_one(column: PlacedColumn) -> float:
    """Pixels of a column."""
    return round(column_width(column) * LETTER_PIXELS) + CELL_PIXELS


@templates
def test_dashboards_are_no_wider_than_the_screen(kind: str, language: str) -> None:
    layout = layout_of(kind, language)
    for sheet in layout.sheets:
        if sheet.spec.id.startswith(("dashboard", "start_here", "month", "mix", "what_works", "by_person")):
            charts = [block for block in sheet.blocks if isinstance(block, PlacedChart)]
            edges = [across(sheet, chart.col - 1) + chart.spec.width for chart in charts]
            assert max([across(sheet, max(sheet.widths)), *edges]) <= SCREEN_WIDE, sheet.name


@templates
def test_the_first_sheet_leads_to_every_other(kind: str, language: str) -> None:
    package = sample(kind, language)
    first, *others = list(package.sheets)
    links = [link.get("location") for link in package.sheets[first].iter("hyperlink")]
    assert sorted(links) == sorted(f"{quote_sheet(name)}!A1" for name in others if name != "_smsheets")
    for name in others[:-1]:
        back = [link.get("location") for link in package.sheets[name].iter("hyperlink")]
        assert back[:1] == [f"{quote_sheet(first)}!A1"], name


@templates
def test_links_are_grouped_by_what_is_to_do(kind: str, language: str) -> None:
    layout = layout_of(kind, language)
    guide = layout.sheets[0].guide
    assert guide is not None
    uses = {sheet.name: sheet.use for sheet in layout.sheets[1:]}
    assert {name: use for use, names in guide.groups for name in names if name in uses} == uses
    assert [use for use, _ in guide.groups] == [use for use in SheetUse if use in {*uses.values(), SheetUse.REFERENCE}]


@templates
def test_the_tabs_tell_what_is_to_fill_in(kind: str, language: str) -> None:
    """One colour for the first sheet, and one for each thing to do: fill in now or later, look at, look up."""
    package = sample(kind, language)
    colours = {
        name: colour.get("rgb")
        for name, sheet in package.sheets.items()
        for colour in sheet.iter("tabColor")
        if name != "_smsheets"
    }
    assert list(colours) == list(package.sheets)[:-1]
    uses = {sheet.name: sheet.use for sheet in layout_of(kind, language).sheets}
    shown = {(colours[name], use) for name, use in uses.items()}
    assert len(shown) == len(set(uses.values())) == len({colour for colour, _ in shown})


@templates
def test_rows_have_a_height_that_may_grow(kind: str, language: str) -> None:
    """Heights are written for programs that do not measure; none is fixed, so that a longer text makes a row higher."""
    for name, sheet in sample(kind, language).sheets.items():
        rows = [row for row in sheet.iter("row") if list(row)]
        assert name == "_smsheets" or all(row.get("ht") for row in rows), name
        assert not [row for row in rows if row.get("customHeight")], name
