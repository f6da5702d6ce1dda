"""Analysis -> the report as a workbook."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from datetime import datetime

import msgspec
from xlsxwriter.workbook import Workbook

from smsheets.analysis.result import Analysis, BusinessAnalysis
from smsheets.layout.own_cells import legal_names
from smsheets.money import Money
from smsheets.problems import REPORT_PROPERTY
from smsheets.report.document import Line, Section, TableView, Verbatim
from smsheets.report.topics import business_topics
from smsheets.report.wording import Words
from smsheets.report_workbook.cell_formats import CellFormats
from smsheets.report_workbook.chart_data import ChartData
from smsheets.report_workbook.lists import findings_table, problems_table
from smsheets.report_workbook.overview import place_overview
from smsheets.report_workbook.placing import FIRST_ROW, place_sheet
from smsheets.report_workbook.sheet_parts import PlacedTable, PlacedText, SheetParts
from smsheets.report_workbook.sheet_writer import SheetWriter
from smsheets.writer.look import FONT, TEXT_SIZE
from smsheets.writer.palette import COMPUTED_TAB, REFERENCE_TAB, START_TAB

_CREATED = datetime(2026, 1, 1)
"""A fixed time stamp: the same analysis gives the same bytes."""

REPORT_TITLE = "Social media report"


def render_workbook(analysis: Analysis, words: Words) -> bytes:
    """The analysis as an .xlsx file."""
    buffer = io.BytesIO()
    book = Workbook(
        buffer, {"in_memory": True, "default_format_properties": {"font_name": FONT, "font_size": TEXT_SIZE}}
    )
    book.set_properties({"title": words.text(REPORT_TITLE), "author": "smsheets", "created": _CREATED})
    book.set_custom_property(REPORT_PROPERTY, "1")
    overview, topics, lists, data = _named_sheets(analysis, words)
    formats = CellFormats(book)
    writer = SheetWriter(book, formats, words, ChartData(data))
    writer.write(overview, topics, START_TAB)
    for sheet in topics:
        writer.write(sheet, (sheet,), COMPUTED_TAB)
    for sheet in lists:
        writer.write_list(sheet, REFERENCE_TAB)
    writer.data.write(book, formats, words.text("Figures of the charts that stand in no table"))
    book.close()
    return buffer.getvalue()


def _named_sheets(analysis: Analysis, words: Words) -> tuple[SheetParts, list[SheetParts], list[SheetParts], str]:
    """The overview, the parts of the plans, the lists, and the name of the sheet with the figures of charts."""
    overview = place_overview(words.text("Overview"), words.text(REPORT_TITLE), analysis, words)
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
        owner = words.value(Verbatim(business.business)) or words.text("Business without a name")
        for topic in business_topics(business):
            heading = words.text(topic.title)
            title = f"{heading}: {owner}" if several else heading
            sections = [*topic.summary, *topic.details]
            money = _money_line(business, sections)
            sheet = place_sheet(heading, title, sections, words, money=money)
            yield msgspec.structs.replace(sheet, name=f"{heading} {owner}") if several else sheet


def _money_line(business: BusinessAnalysis, sections: Iterable[Section]) -> Line | None:
    """What is said about amounts, where a sheet has any."""
    tables = [part for section in sections for part in section.parts if isinstance(part, TableView)]
    if business.currency and any(isinstance(cell, Money) for view in tables for row in view.rows for cell in row):
        return Line("All amounts in {currency}.", {"currency": business.currency})
    return None


def _list_sheet(title: str, view: TableView, nothing: str) -> SheetParts:
    """One table right below the title; a sentence where it has no rows."""
    if not view.rows:
        return SheetParts(name=title, title=title, texts=(PlacedText(row=FIRST_ROW, text=nothing),))
    return SheetParts(name=title, title=title, tables=(PlacedTable(row=2, view=view),))
