"""Sheets with nothing on them yet: a line says what will appear, leads to where it is typed, and goes by itself."""

from __future__ import annotations

import pytest
from msgspec.structs import replace
from written_package import TEMPLATES, Package, both, layout_of

from smsheets.cells import column_letters, quote_sheet
from smsheets.layout.measures import text_length
from smsheets.layout.placed import PlacedTable, SheetUse
from smsheets.spec.formula import input_named
from smsheets.spec.load import lean_workbook, load_spec
from smsheets.writer.look import NOTE_SIZE, TEXT_SIZE

WITH_LINE = {
    "strategy": [],
    "roadmap": ["timeline_sheet", "by_person_sheet"],
    "budget": ["dashboard"],
    "calendar": ["month_sheet", "cadence_sheet", "mix_sheet"],
    "kpi-report": ["dashboard", "what_works"],
}


def cell_name(row: int, col: int) -> str:
    return f"{column_letters(col)}{row}"


def shown(package: Package, sheet: str, cell: str) -> str:
    return next(item.findtext("v") or "" for item in package.sheets[sheet].iter("c") if item.get("r") == cell)


@pytest.mark.parametrize(("kind", "language"), TEMPLATES)
def test_a_blank_sheet_says_what_will_appear_and_a_filled_one_nothing(kind: str, language: str) -> None:
    layout, (blank, filled) = layout_of(kind, language), both(kind, language)
    sheets = [sheet for sheet in layout.sheets if sheet.spec.when_empty]
    assert [sheet.spec.id for sheet in sheets] == WITH_LINE[kind]
    assert all(sheet.spec.when_empty for sheet in layout.sheets if sheet.use is SheetUse.CALCULATED)
    for sheet in sheets:
        named = input_named(sheet.spec.when_empty)
        assert named is not None
        table = layout.tables[named.scope]
        place = cell_name(*sheet.line_place)
        line = layout.words.text(sheet.spec.when_empty).replace(str(named), table.sheet)
        assert (shown(blank, sheet.name, place), shown(filled, sheet.name, place)) == (line, "")
        links = {link.get("ref"): link.get("location") for link in blank.sheets[sheet.name].iter("hyperlink")}
        target = cell_name(table.first_row, table.repetitions[named.name][0].col)
        assert links[place] == f"{quote_sheet(table.sheet)}!{target}"


@pytest.mark.parametrize("language", ["en", "de"])
def test_above_headings_that_stay_in_sight_it_takes_no_row_and_is_not_cut(language: str) -> None:
    layout, (blank, _) = layout_of("roadmap", language), both("roadmap", language)
    sheet = next(sheet for sheet in layout.sheets if sheet.spec.id == "timeline_sheet")
    table = sheet.blocks[0]
    row, col = sheet.line_place
    assert isinstance(table, PlacedTable)
    assert row == table.total_row
    assert blank.sheets[sheet.name].find("sheetViews/sheetView/pane") is not None
    labels = [column.col for column in table.columns if column.item is None and not column.spec.advanced]
    room = sum(sheet.widths[label] for label in labels if label >= col)
    assert text_length(shown(blank, sheet.name, cell_name(row, col))) * NOTE_SIZE / TEXT_SIZE < room


def test_a_lean_workbook_has_no_line_about_what_it_left_out() -> None:
    spec = load_spec("roadmap")
    sheets = [replace(sheet, essential=sheet.id in ("timeline_sheet", "tasks_sheet")) for sheet in spec.sheets]
    lean = lean_workbook(replace(spec, sheets=tuple(sheets)))
    lines = {sheet.id: sheet.when_empty for sheet in lean.sheets}
    assert lines["timeline_sheet"] == ""
    assert lines["tasks_sheet"] == ""
