"""Sheets in the files: nothing locked, headers that stay, pages that print, colours and charts for every program."""

from __future__ import annotations

import io
import re
import warnings

import openpyxl
import pytest
from written_package import TEMPLATES, Package, blank, both, layout_of, profile_of, sample

from smsheets.layout.content import load_sample
from smsheets.layout.placed import PlacedColumn, PlacedSheet
from smsheets.spec.load import load_spec
from smsheets.writer.page import kept_header
from smsheets.writer.workbook import NewWorkbook

FROZEN_AT_MOST = 14
"""Rows."""

FROZEN_PIXELS = 120
SHORT = ("team", "readiness")
"""Sheets with more than headings above a table that is short: nothing is frozen."""

_BAD_IN_NAMES = re.compile(r"[\[\]:*?/\\]")
_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing}"

templates = pytest.mark.parametrize(("kind", "language"), TEMPLATES)


@templates
def test_other_libraries_open_it_without_a_warning(kind: str, language: str) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        for package in both(kind, language):
            book = openpyxl.load_workbook(io.BytesIO(package.data))
            assert len(book.sheetnames) == len(package.sheets)


@templates
def test_sheet_names(kind: str, language: str) -> None:
    for package in both(kind, language):
        names = list(package.sheets)
        assert len({name.casefold() for name in names}) == len(names)
        for name in names:
            assert 1 <= len(name) <= 31
            assert not _BAD_IN_NAMES.search(name)
            assert name == name.strip(" '")


@templates
def test_nothing_is_locked(kind: str, language: str) -> None:
    for package in both(kind, language):
        assert package.xml("xl/workbook.xml").find("workbookProtection") is None
        assert all(sheet.find("sheetProtection") is None for sheet in package.sheets.values())


def _with_one_table(kind: str, language: str) -> list[PlacedSheet]:
    """The sheets that hold one table of records and no other."""
    return [
        sheet
        for sheet in layout_of(kind, language).sheets
        if [table.spec.each for table in sheet.tables()] == [None] and next(sheet.tables()).header_row <= FROZEN_AT_MOST
    ]


@templates
def test_headers_stay_in_sight_and_are_printed_on_every_page(kind: str, language: str) -> None:
    package = blank(kind, language)
    names = package.defined_names()
    sheets = _with_one_table(kind, language)
    assert sheets
    for sheet in sheets:
        header = next(sheet.tables()).header_row
        pane = package.sheets[sheet.name].find("sheetViews/sheetView/pane")
        if sheet.spec.id in SHORT:
            assert pane is None, sheet.name
        else:
            assert pane is not None, sheet.name
            assert (pane.get("state"), pane.get("ySplit")) == ("frozen", str(header)), sheet.name
        number = list(package.sheets).index(sheet.name)
        assert f"${header}:${header}" in names[f"_xlnm.Print_Titles@{number}"], sheet.name


@templates
def test_what_is_frozen_is_low(kind: str, language: str) -> None:
    """Headings and what is above them; a window of 1366 x 768 has some 490 pixels for rows."""
    for package in both(kind, language):
        for name, sheet in package.sheets.items():
            pane = sheet.find("sheetViews/sheetView/pane")
            usual = float(sheet.find("sheetFormatPr").get("defaultRowHeight", "15"))  # type: ignore[union-attr]
            heights = {row.get("r"): float(row.get("ht", usual)) for row in sheet.iter("row")}
            frozen = int(pane.get("ySplit", "0")) if pane is not None else 0
            high = sum(heights.get(str(row), usual) for row in range(1, frozen + 1)) * 4 / 3
            assert high <= FROZEN_PIXELS, (name, high)


@templates
def test_paper_that_a_shop_has(kind: str, language: str) -> None:
    """A4 or, in the United States, Letter: also for what is wide."""
    code = {"en": "1", "de": "9"}[language]
    for package in both(kind, language):
        pages = {name: sheet.find("pageSetup") for name, sheet in package.sheets.items() if name != "_smsheets"}
        assert {name for name, page in pages.items() if page is None or page.get("paperSize") != code} == set()


@templates
def test_the_print_of_a_sample_ends_at_its_last_filled_row(kind: str, language: str) -> None:
    """A blank template is printed with its spare rows, to be filled in by hand."""
    package = sample(kind, language)
    areas = {
        int(name.partition("@")[2]): int(area.rpartition("$")[2])
        for name, area in package.defined_names().items()
        if name.startswith("_xlnm.Print_Area@")
    }
    assert [name for name in blank(kind, language).defined_names() if name.startswith("_xlnm.Print_Area")] == []
    new = NewWorkbook(spec=load_spec(kind), profile=profile_of(language), sample=load_sample(kind, language))
    assert sorted(areas) == list(range(len(new.layout.sheets)))
    for number, sheet in enumerate(new.layout.sheets):
        table = kept_header(sheet)
        if table is not None and not table.spec.computed:
            assert areas[number] == table.header_row + len(new.content.tables.get(table.spec.id, ())), sheet.name


@templates
def test_every_sheet_prints_one_page_wide(kind: str, language: str) -> None:
    for package in both(kind, language):
        for name, sheet in package.sheets.items():
            if name == "_smsheets":
                continue
            fit = sheet.find("sheetPr/pageSetUpPr")
            setup = sheet.find("pageSetup")
            assert fit is not None, name
            assert fit.get("fitToPage") == "1", name
            assert setup is not None, name
            high = None if sheet is next(iter(package.sheets.values())) else "0"  # the first sheet is one page
            assert (setup.get("fitToWidth", "1"), setup.get("fitToHeight")) == ("1", high), name


@templates
def test_advanced_columns_are_folded_away_and_no_others(kind: str, language: str) -> None:
    package, layout = blank(kind, language), layout_of(kind, language)
    for sheet in layout.sheets:
        found: dict[int, tuple[str | None, str | None]] = {}
        collapsed = set()
        for item in package.sheets[sheet.name].iter("col"):
            for col in range(int(item.get("min", "0")), int(item.get("max", "0")) + 1):
                found[col] = (item.get("hidden"), item.get("outlineLevel"))
                if item.get("collapsed"):
                    collapsed.add(col)
        columns = [column for table in sheet.tables() for column in table.columns]
        advanced = {column.col for column in columns if column.spec.advanced and not _is_open(column)}
        plain = {column.col for column in columns if not column.spec.advanced or _is_open(column)}
        folded = advanced - plain
        assert {col for col, state in found.items() if state == ("1", "1")} == folded, sheet.name
        assert {col for col, state in found.items() if state[0]} == folded, sheet.name
        assert collapsed == {col + 1 for col in folded if col + 1 not in folded}, sheet.name


def _is_open(column: PlacedColumn) -> bool:
    """A blank workbook has no as-of day: its first month is open."""
    return column.spec.open_now and column.item is not None and column.item.n == 1


@templates
def test_only_looks_that_every_program_keeps(kind: str, language: str) -> None:
    """No data bars, icon sets, sparklines or other extensions; colours by their own value, not by a theme's."""
    for package in both(kind, language):
        for name, sheet in package.sheets.items():
            kinds = {rule.get("type") for rule in sheet.iter("cfRule")}
            assert kinds <= {"expression", "cellIs", "containsText", "colorScale"}, name
            assert not list(sheet.iter("extLst")), name
            assert not list(sheet.iter("legacyDrawing")), name
        assert not [part for part in package.parts if "comment" in part.lower() or part.endswith(".bin")]
        styles = package.xml("xl/styles.xml")
        used = {int(cell.get("s", "0")) for _, cell in package.cells()} | {0}
        fonts = list(styles.find("fonts") or [])
        formats = list(styles.find("cellXfs") or [])
        themed = [
            number
            for number in used - {0}
            if any(item.get("theme") for item in fonts[int(formats[number].get("fontId", "0"))].iter("color"))
        ]
        assert themed == []
        for tag in ("fgColor", "bgColor"):
            assert not [item for item in styles.iter(tag) if item.get("theme")]


@templates
def test_texts_are_shared_strings(kind: str, language: str) -> None:
    for package in both(kind, language):
        assert "xl/sharedStrings.xml" in package.parts
        assert not [cell.get("r") for _, cell in package.cells() if cell.get("t") == "inlineStr"]


@templates
def test_charts_say_in_words_what_they_show(kind: str, language: str) -> None:
    package, layout = blank(kind, language), layout_of(kind, language)
    expected = sorted(
        layout.words.text(block.spec.alt)
        for sheet in layout.sheets
        for block in sheet.blocks
        if hasattr(block.spec, "alt")
    )
    found = [
        item.get("descr", "")
        for part in package.parts
        if part.startswith("xl/drawings/drawing")
        for frame in package.xml(part).iter(f"{_DRAWING}graphicFrame")
        for item in frame.iter(f"{_DRAWING}cNvPr")
    ]
    assert sorted(found) == expected
    assert all(len(text) > 20 for text in found)
    assert len([part for part in package.parts if part.startswith("xl/charts/chart")]) == len(expected)


def test_a_line_per_channel_does_not_fall_to_zero_and_its_ends_are_not_seen() -> None:
    package, layout = blank("kpi-report", "en"), layout_of("kpi-report", "en")
    [lines] = [text for name, text in package.parts.items() if b"<c:lineChart>" in text and "charts/" in name]
    columns = [column for column in layout.tables["followers"].columns if column.item and column.item.known]
    assert re.findall(rb"<c:tx><c:v>([^<]+)<", lines) == [one.label.encode() for one in columns]
    assert b'<c:dispBlanksAs val="span"/>' in lines
    settings = package.sheets[layout.tables["followers"].sheet]
    [marks] = settings.iter("ignoredError")
    assert marks.get("evalError") == "1"
    gaps = [rule for rule in settings.iter("cfRule") if "NOT(ISNUMBER(" in (rule.findtext("formula") or "")]
    assert len(gaps) == len(layout.tables["followers"].repetitions["count"])


@templates
def test_the_first_sheet_is_the_one_that_opens(kind: str, language: str) -> None:
    package = blank(kind, language)
    view = package.xml("xl/workbook.xml").find("bookViews/workbookView")
    assert view is not None
    assert view.get("activeTab", "0") == "0"
    assert next(iter(package.sheets)) == layout_of(kind, language).sheets[0].name
    assert _states(package) == dict.fromkeys(list(package.sheets)[:-1], "visible") | {"_smsheets": "hidden"}


def _states(package: Package) -> dict[str, str]:
    sheets = package.xml("xl/workbook.xml").iter("sheet")
    return {str(item.get("name")): item.get("state", "visible") for item in sheets}
