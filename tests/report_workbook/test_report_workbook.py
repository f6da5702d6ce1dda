"""The report as a workbook: a sheet for each part, real figures, charts over cells, nothing that a text can run."""

from __future__ import annotations

import io
import re
import time
import zipfile
from collections.abc import Iterator
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import msgspec
import openpyxl
import pytest
from made import put
from openpyxl.utils import range_boundaries
from report.hostile_report import write_hostile_workbooks
from report.sample_analysis import sample_analysis

from smsheets import Profile, analyze
from smsheets.analysis.finding import Finding, Level
from smsheets.cells import CellRef
from smsheets.kinds import KINDS
from smsheets.problems import REPORT_LINE
from smsheets.report.document import ChartView, TableView
from smsheets.report.parts import PARTS, business_topics
from smsheets.report.wording import Words
from smsheets.report.xlsx.sheet import FINDING_HEADERS, PROBLEM_HEADERS, findings_table
from smsheets.report.xlsx.tables import CELL_LIMIT, cut_text
from smsheets.report.xlsx.workbook import render_workbook

DAY = date(2027, 3, 1)
BAD = Path(__file__).parents[2] / "samples" / "bad"
FORMULA = "=cmd|' /C calc'!A1"
LANGUAGES = pytest.mark.parametrize("language", ["en", "de"])
CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing}"


@cache
def report(language: str) -> bytes:
    return render_workbook(sample_analysis(language), Words(language))


@cache
def book(language: str) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(report(language)), data_only=True)


def names_of(data: bytes) -> list[str]:
    return openpyxl.load_workbook(io.BytesIO(data), read_only=True).sheetnames


def texts_of(data: bytes) -> set[str]:
    found = openpyxl.load_workbook(io.BytesIO(data))
    return {cell.value for sheet in found for row in sheet.iter_rows() for cell in row if isinstance(cell.value, str)}


def parts(data: bytes, pattern: str) -> Iterator[ElementTree.Element]:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        for name in package.namelist():
            if re.fullmatch(pattern, name):
                yield ElementTree.fromstring(package.read(name))


def test_it_has_a_sheet_for_each_part_of_the_plan() -> None:
    titles = [topic.title for topic in business_topics(sample_analysis("en").businesses[0])]
    assert {"The plan on a page", "Budget", "Roadmap", "Calendar", "KPI report", "Inbox", "Forecast"} <= set(titles)
    assert names_of(report("en")) == ["Overview", *titles, "Findings", "Problems", "Chart data"]


@LANGUAGES
def test_the_same_analysis_gives_the_same_bytes(language: str) -> None:
    assert render_workbook(sample_analysis(language), Words(language)) == report(language)


def test_only_the_plans_that_were_given_have_a_sheet(tmp_path: Path) -> None:
    put("budget", tmp_path / "budget.xlsx", sample=True)
    analysis = analyze(tmp_path / "budget.xlsx")
    titles = [topic.title for topic in business_topics(analysis.businesses[0])]
    assert {"Budget", "Forecast"} <= set(titles)
    assert not {"The plan on a page", "Roadmap", "Calendar", "KPI report", "Inbox"} & set(titles)
    names = names_of(render_workbook(analysis, Words("en")))
    assert names == ["Overview", *titles, "Findings", "Problems", "Chart data"]


def test_blank_workbooks_give_a_report_without_charts(tmp_path: Path) -> None:
    for kind in KINDS:
        put(kind, tmp_path / f"{kind}.xlsx", Profile(company="Clay"))
    data = render_workbook(analyze(*tmp_path.glob("*.xlsx"), as_of=DAY), Words("en"))
    assert not list(parts(data, "xl/charts/.*"))
    assert "No actual amounts are filled in yet." in texts_of(data)
    assert "No problems: every cell could be read." in texts_of(data)


def test_each_of_several_businesses_has_its_own_sheets() -> None:
    analysis = sample_analysis("en")
    owners = ("Clay", "Clay/Kiln: a pottery with a name that is long", "=Kiln", "")
    businesses = tuple(msgspec.structs.replace(analysis.businesses[0], business=name) for name in owners)
    data = render_workbook(msgspec.structs.replace(analysis, businesses=businesses), Words("en"))
    names = names_of(data)
    assert [name for name in names if name.startswith("Budget")] == [
        "Budget Clay", "Budget Clay Kiln  a pottery wit", "Budget =Kiln", "Budget Business without a name",
    ]  # fmt: skip
    assert len(names) == 4 * len(PARTS) + 4
    found = openpyxl.load_workbook(io.BytesIO(data))
    assert found["Findings"]["A2"].value == "Business"
    assert {row[0].value for row in found["Findings"].iter_rows(min_row=3)} == {*owners[:3], None}
    assert found["Budget =Kiln"]["A1"].value == "Budget: =Kiln"
    sources = {place.partition("!")[0].strip("'") for root in parts(data, "xl/charts/.*") for place in references(root)}
    assert {name for name in names if name.startswith("Budget")} <= sources


@LANGUAGES
def test_every_finding_is_a_row(language: str) -> None:
    sheet, words = book(language)["Findings" if language == "en" else "Hinweise"], Words(language)
    view = findings_table(sample_analysis(language))
    assert len(view.rows) > 40
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2)]
    assert rows[0] == [words.text(header) for header in FINDING_HEADERS]
    assert len(rows) == len(view.rows) + 1
    for found, wanted in zip(rows[1:], view.rows, strict=True):
        assert [str(found[place] or "") for place in (1, 2, 3, 4)] == [
            words.cell(wanted[place]) for place in (1, 2, 3, 4)
        ]
    assert sheet.auto_filter.ref == f"A2:O{len(rows) + 1}"
    assert sheet.freeze_panes == "A3"
    assert sheet.print_title_rows == "$2:$2"


def test_what_one_cause_brings_about_names_its_finding() -> None:
    numbers = {row[0]: row[12] for row in findings_table(sample_analysis("en")).rows}
    parted = {number: part_of for number, part_of in numbers.items() if part_of is not None}
    assert parted
    for number, part_of in parted.items():
        assert part_of < number
        assert numbers[part_of] is None


def test_every_problem_is_a_row() -> None:
    analysis = analyze(*sorted((BAD / "cell.not-a-number").glob("*.xlsx")), as_of=DAY)
    sheet = openpyxl.load_workbook(io.BytesIO(render_workbook(analysis, Words("en"))))["Problems"]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2)]
    assert rows[0] == list(PROBLEM_HEADERS)
    expected = [[item.cell.file, item.cell.sheet, item.cell.a1, item.code] for item in analysis.problems]
    assert [[*row[:3], row[5]] for row in rows[1:]] == expected != []


def test_what_people_wrote_never_becomes_a_formula() -> None:
    text = FORMULA + " <b>&amp; \x00\x0b" + "x" * 40_000
    finding = Finding(
        id="budget.over", level=Level.ERROR, says="{line}", todo="{line}", values={"line": text}, source="Thresholds",
        about=FORMULA, evidence=(CellRef(FORMULA, FORMULA, 1, 1),) * 5_000,
    )  # fmt: skip
    analysis = sample_analysis("en")
    owner = msgspec.structs.replace(analysis.businesses[0], business=FORMULA, findings=(finding,))
    data = render_workbook(msgspec.structs.replace(analysis, businesses=(owner,) * 2), Words("en"))
    found = openpyxl.load_workbook(io.BytesIO(data))
    row = list(found["Findings"][3])
    assert row[0].value == FORMULA
    assert row[0].data_type == row[3].data_type == row[5].data_type == "s"
    assert str(row[3].value).startswith(FORMULA)
    assert max(len(cell.value) for cell in row if isinstance(cell.value, str)) <= CELL_LIMIT
    formulas = [cell.value for sheet in found for cells in sheet.iter_rows() for cell in cells if cell.data_type == "f"]
    assert formulas
    assert not [formula for formula in formulas if "cmd" in formula]


def test_a_text_is_cut_to_what_a_cell_holds_and_no_sign_in_two() -> None:
    assert cut_text("x" * CELL_LIMIT) == "x" * CELL_LIMIT
    cut = cut_text("\N{AMPHORA}" * 20_000)
    assert cut.endswith("\N{AMPHORA}...")
    assert len(cut.encode("utf-16-le")) // 2 in (CELL_LIMIT, CELL_LIMIT - 1)


@LANGUAGES
def test_figures_are_numbers_and_days_are_days(language: str) -> None:
    sheet = book(language)["Budget"]
    amounts = [cell for row in sheet.iter_rows() for cell in row if cell.number_format == "#,##0.00"]
    months = [cell for row in sheet.iter_rows() for cell in row if cell.number_format == "mmm yyyy"]
    assert len(amounts) > 100
    assert {type(cell.value) for cell in amounts if cell.value is not None} <= {int, float}
    assert {type(cell.value) for cell in months} == {datetime}
    cells = (cell for sheet in book(language) for row in sheet.iter_rows() for cell in row)
    dates = [cell for cell in cells if isinstance(cell.value, datetime | date)]
    as_said = {"en": "mmm d, yyyy", "de": "dd.mm.yyyy"}[language]
    assert {cell.number_format for cell in dates} - {"mmm yyyy", "hh:mm"} == {as_said}
    texts = [cell.value for row in sheet.iter_rows() for cell in row if isinstance(cell.value, str)]
    assert not [text for text in texts if re.fullmatch(r"-?[\d.,]+ ?%?", text)]


@pytest.mark.parametrize(("currency", "shown"), [("JPY", "#,##0"), ("EUR", "#,##0.00"), ("KWD", "#,##0.000")])
def test_amounts_show_the_digits_of_their_currency(currency: str, shown: str) -> None:
    data = render_workbook(sample_analysis("en", currency), Words("en"))
    sheet = openpyxl.load_workbook(io.BytesIO(data))["Budget"]
    totals = [row[1] for row in sheet.iter_rows() if row[0].value == "Total"]
    assert [cell.number_format for cell in totals] == [shown]


@LANGUAGES
def test_every_chart_says_what_one_sees_in_it(language: str) -> None:
    told = [
        item.get("descr")
        for root in parts(report(language), "xl/drawings/.*xml")
        for item in root.iter(f"{DRAWING}cNvPr")
    ]
    assert len(told) > 30
    assert all(text and len(text) > 10 for text in told)


@LANGUAGES
def test_every_chart_draws_cells_that_hold_figures(language: str) -> None:
    charts = list(parts(report(language), "xl/charts/.*"))
    assert len(charts) > 30
    for root in charts:
        for series in root.iter(f"{CHART}ser"):
            values = [cell for place in references(series, "val") for cell in cells_at(language, place)]
            labels = [cell for place in references(series, "cat") for cell in cells_at(language, place)]
            assert len(values) == len(labels) > 0
            assert all(isinstance(value, int | float | datetime | None) for value in values)
            assert any(value is not None for value in values)
            assert all(label is not None for label in labels)


def test_a_chart_draws_the_table_beside_it_where_that_has_its_figures() -> None:
    drawn = {place for root in parts(report("en"), "xl/charts/.*") for place in references(root, "val")}
    for name in ("Budget", "KPI report", "Roadmap", "Inbox"):
        assert [place for place in drawn if place.startswith((f"{name}!", f"'{name}'!"))], name


def references(root: ElementTree.Element, part: str = "val") -> list[str]:
    return [item.text or "" for holder in root.iter(f"{CHART}{part}") for item in holder.iter(f"{CHART}f")]


def cells_at(language: str, place: str) -> list[Any]:
    name, _, area = place.rpartition("!")
    left, top, right, bottom = range_boundaries(area)
    assert None not in (left, top, right, bottom)
    rows = book(language)[name.strip("'")].iter_rows(min_row=top, max_row=bottom, min_col=left, max_col=right)
    return [cell.value for row in rows for cell in row]


def test_every_status_word_has_a_colour_of_its_own() -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(report("en")))["Budget"]
    rules = {rule.formula[0] for area in sheet.conditional_formatting for rule in area.rules}
    assert {'"on track"', '"watch"', '"over"', '"hire out"'} <= rules


@LANGUAGES
def test_every_sheet_prints_one_page_wide(language: str) -> None:
    for sheet in openpyxl.load_workbook(io.BytesIO(report(language))):
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert sheet.page_setup.fitToWidth in (None, 1)  # one is what is meant where nothing is said
        assert sheet.page_setup.fitToHeight == 0


def test_no_page_ends_inside_a_chart_or_a_table() -> None:
    found = openpyxl.load_workbook(io.BytesIO(report("en")))
    ends = {sheet.title: [brk.id for brk in sheet.row_breaks.brk] for sheet in found}
    assert ends["Budget"]
    for sheet in found:
        for chart in sheet._charts:
            first = chart.anchor._from.row + 1
            last = chart.anchor.to.row + 1
            assert not [end for end in ends[sheet.title] if first <= end < last], sheet.title


def test_it_says_that_it_is_a_report() -> None:
    assert REPORT_LINE in texts_of(report("de"))


@LANGUAGES
def test_german_and_english_do_not_mix(language: str) -> None:
    words = Words("de")
    headers = {*FINDING_HEADERS, *PROBLEM_HEADERS, "Overview", "Business"} - {"Name", "Problem"}
    assert all(words.text(header) != header for header in headers)
    found = texts_of(report(language))
    assert ("Was aufgefallen ist" in found) is (language == "de")
    assert ("What was found" in found) is (language == "en")


def test_five_thousand_findings_take_no_longer_than_they_must() -> None:
    analysis = sample_analysis("en")
    many = (analysis.businesses[0].findings * 200)[:5_000]
    owner = msgspec.structs.replace(analysis.businesses[0], findings=many)
    begin = time.process_time()
    data = render_workbook(msgspec.structs.replace(analysis, businesses=(owner,)), Words("en"))
    assert time.process_time() - begin < 60
    assert openpyxl.load_workbook(io.BytesIO(data), read_only=True)["Findings"].max_row > 5_000


def test_a_picture_without_a_table_of_its_own_is_told_apart() -> None:
    """The report's charts and tables come from the same sections as on the page: nothing is left out."""
    [business] = sample_analysis("en").businesses
    found = [
        part
        for topic in business_topics(business)
        for section in (*topic.summary, *topic.details)
        for part in section.parts
    ]
    charts = [part for part in found if isinstance(part, ChartView)]
    assert [part for part in found if isinstance(part, TableView)]
    drawn = len(list(parts(report("en"), "xl/charts/.*")))
    # The bars of time, and the year's spending once more on the overview.
    assert drawn == len(charts) + 2


@LANGUAGES
def test_hostile_texts_stay_texts(language: str, tmp_path: Path) -> None:
    data = render_workbook(analyze(*write_hostile_workbooks(tmp_path)), Words(language))
    found = openpyxl.load_workbook(io.BytesIO(data))
    formulas = [cell.value for sheet in found for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]
    assert all(re.fullmatch(r'=[A-Z$0-9+\-*/(),:="]+', formula) for formula in formulas)
    assert not list(parts(data, "xl/externalLinks/.*"))
    assert not [
        item for root in parts(data, r"xl/worksheets/sheet\d+\.xml") for item in root.iter() if "hyperlink" in item.tag
    ]
