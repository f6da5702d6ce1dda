"""Analysis -> the report as a workbook."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from datetime import datetime

import msgspec
from xlsxwriter.workbook import Workbook

from smsheets.analysis.result import Analysis, BusinessAnalysis
from smsheets.files import REPORT_PROPERTY
from smsheets.layout.cells_of import legal_names
from smsheets.money import Money
from smsheets.problems import REPORT_LINE
from smsheets.report.build import findings_section, read_section
from smsheets.report.document import ChartView, Line, Section, TableView, Verbatim
from smsheets.report.parts import business_topics
from smsheets.report.sections.budget_pictures import added_up_chart
from smsheets.report.sections.headline import business_name, scope_line, step_entries, tiles_view, verdict_line
from smsheets.report.wording import Words
from smsheets.report.xlsx.cell_formats import CellFormats
from smsheets.report.xlsx.placing import FIRST_ROW, Stack, place_sheet
from smsheets.report.xlsx.sheet import SheetWriter, findings_table, problems_table
from smsheets.report.xlsx.sheet_parts import PlacedTable, PlacedText, SheetParts, TextRole
from smsheets.report.xlsx.tables import ChartData
from smsheets.writer.formats import checked
from smsheets.writer.look import COMPUTED_TAB, FONT, REFERENCE_TAB, START_TAB, TEXT_SIZE

_STEP_SPANS = (3, 6, 4, 2)
"""Columns of the sheet: six of the key figures, one that parts, and those beside them."""


def _place_overview(name: str, title: str, analysis: Analysis, words: Words) -> SheetParts:
    """Per business what comes first; then the files and what could not be judged."""
    stack = Stack(words)
    several = len(analysis.businesses) > 1
    for business in analysis.businesses:
        if business.headline.plans:
            if several:
                stack.text(words.value(business_name(business)), TextRole.HEADING)
            _place_business(stack, business)
    read = read_section(analysis)
    for part in read.parts:
        if isinstance(part, TableView):
            stack.table(msgspec.structs.replace(part, title=read.title))
    for line in (*(part for part in read.parts if isinstance(part, Line)), *_not_judged(analysis)):
        stack.text(words.value(line), whole=True)
    # Document properties do not survive every program; this line says so to all of them.
    stack.text(REPORT_LINE, TextRole.NOTE)
    return stack.sheet(name, title)


def _place_business(stack: Stack, business: BusinessAnalysis) -> None:
    words, context = stack.words, business.context
    stack.text(words.value(verdict_line(business.headline)), TextRole.VERDICT, whole=True)
    stack.text(words.value(scope_line(business)), TextRole.NOTE, whole=True)
    if business.headline.steps:
        stack.table(_steps_table(business), spans=_STEP_SPANS)
    if business.headline.figures:
        stack.pictures(list(_outlook(business)))
        tiles = tiles_view(business.headline, context).table
        stack.table(msgspec.structs.replace(tiles, title="Key figures"))
    stack.row = max(stack.row, stack.beside)


def _steps_table(business: BusinessAnalysis) -> TableView:
    rows = tuple(
        (entry.says, entry.todo, Verbatim(entry.where), Line(entry.level)) for entry in step_entries(business.headline)
    )
    return TableView(title="What to do next", headers=("What was found", "What to do", "Cell", "Level"), rows=rows)


def _outlook(business: BusinessAnalysis) -> Iterator[ChartView]:
    """The chart of spending added up, and where it leads."""
    variance = business.variance.budget
    if variance is not None and variance.closed:
        yield from added_up_chart(variance, business.context.currency)


def _not_judged(analysis: Analysis) -> Iterator[Line]:
    for business in analysis.businesses:
        yield from (part for part in findings_section(business).parts if isinstance(part, Line))


_CREATED = datetime(2026, 1, 1)
"""A fixed time stamp: the same analysis gives the same bytes."""

_REPORT_TITLE = "Social media report"


def render_workbook(analysis: Analysis, words: Words) -> bytes:
    """The analysis as an .xlsx file."""
    buffer = io.BytesIO()
    book = Workbook(
        buffer, {"in_memory": True, "default_format_properties": {"font_name": FONT, "font_size": TEXT_SIZE}}
    )
    book.set_properties({"title": words.text(_REPORT_TITLE), "author": "smsheets", "created": _CREATED})
    book.set_custom_property(REPORT_PROPERTY, "1")
    overview, topics, lists, data = _named_sheets(analysis, words)
    formats = CellFormats(book, words.language)
    writer = SheetWriter(book, formats, words, ChartData(data))
    writer.write(overview, topics, START_TAB)
    for sheet in topics:
        writer.write(sheet, (sheet,), COMPUTED_TAB)
    for sheet in lists:
        writer.write_list(sheet, REFERENCE_TAB)
    writer.data.write(book, formats, words.text("Figures of the charts that stand in no table"))
    checked("the report", book.close)
    return buffer.getvalue()


def _named_sheets(analysis: Analysis, words: Words) -> tuple[SheetParts, list[SheetParts], list[SheetParts], str]:
    """The overview, the parts of the plans, the lists, and the name of the sheet with the figures of charts."""
    overview = _place_overview(words.text("Overview"), words.text(_REPORT_TITLE), analysis, words)
    topics = list(_topic_sheets(analysis, words))
    nothing, all_read = (
        words.text("Nothing found that calls for action."),
        words.text("No problems: every cell could be read."),
    )
    lists = [
        _list_sheet(words.text("Findings"), findings_table(analysis), nothing),
        _list_sheet(words.text("Problems"), problems_table(analysis), all_read),
    ]
    sheets = (overview, *topics, *lists)
    *names, data = legal_names([*(sheet.name for sheet in sheets), words.text("Chart data")], ())
    named = [msgspec.structs.replace(sheet, name=name) for sheet, name in zip(sheets, names, strict=True)]
    return named[0], named[1:-2], named[-2:], data


def _topic_sheets(analysis: Analysis, words: Words) -> Iterator[SheetParts]:
    """A sheet for each part of each business's plan; of several businesses, each sheet says of whom it is."""
    several = len(analysis.businesses) > 1
    for business in analysis.businesses:
        owner = words.value(business_name(business))
        for topic in business_topics(business):
            heading = words.text(topic.title)
            title = f"{heading}: {owner}" if several else heading
            sections = [*topic.summary, *topic.details]
            money = _money_line(business, sections)
            sheet = place_sheet(heading, title, sections, words, money=money)
            yield msgspec.structs.replace(sheet, name=f"{heading} {owner}") if several else sheet


def _money_line(business: BusinessAnalysis, sections: Iterable[Section]) -> Line | None:
    """The sentence about amounts, where a sheet has any."""
    tables = [part for section in sections for part in section.parts if isinstance(part, TableView)]
    if business.currency and any(isinstance(cell, Money) for view in tables for row in view.rows for cell in row):
        return Line("All amounts in {currency}.", {"currency": business.currency})
    return None


def _list_sheet(title: str, view: TableView, nothing: str) -> SheetParts:
    """One table right below the title; a sentence where it has no rows."""
    if not view.rows:
        return SheetParts(name=title, title=title, texts=(PlacedText(row=FIRST_ROW, text=nothing),))
    return SheetParts(name=title, title=title, tables=(PlacedTable(row=2, view=view),))
