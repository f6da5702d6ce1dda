"""The first sheet: the verdict, what to do next, the key figures beside what is ahead, then what was read."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from smsheets.analysis.result import Analysis, BusinessAnalysis
from smsheets.problems import REPORT_LINE
from smsheets.report.build import findings_section, read_section
from smsheets.report.document import ChartView, Line, TableView, Verbatim
from smsheets.report.sections.forecast_pictures import spend_chart
from smsheets.report.sections.headline import step_entries, tiles_view, verdict_line
from smsheets.report.wording import Words
from smsheets.report_workbook.placing import Stack
from smsheets.report_workbook.sheet_parts import SheetParts, TextRole

_STEP_SPANS = (3, 6, 4, 2)
"""Columns of the sheet: six of the key figures, one that parts, and those beside them."""


def place_overview(name: str, title: str, analysis: Analysis, words: Words) -> SheetParts:
    """Per business what comes first; then the files and what could not be judged."""
    stack = Stack(words)
    several = len(analysis.businesses) > 1
    for business in analysis.businesses:
        if business.headline.plans:
            if several:
                owner = words.value(Verbatim(business.business)) or words.text("Business without a name")
                stack.text(owner, TextRole.HEADING)
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
    scope = Line("Figures up to {day}, amounts in {currency}.", {"day": context.as_of, "currency": business.currency})
    stack.text(words.value(scope), TextRole.NOTE, whole=True)
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
    """Where the year's spending goes."""
    if business.forecast.spend is not None:
        yield from spend_chart(business.forecast.spend, business.context)


def _not_judged(analysis: Analysis) -> Iterator[Line]:
    for business in analysis.businesses:
        yield from (part for part in findings_section(business).parts if isinstance(part, Line))
