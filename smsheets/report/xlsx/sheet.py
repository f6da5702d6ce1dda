"""One sheet of the report: its title, sentences, tables and charts, or a list with a row for each finding."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from xlsxwriter.workbook import Workbook

from smsheets.analysis.finding import Finding
from smsheets.analysis.result import Analysis
from smsheets.cells import CellRef
from smsheets.money import Money
from smsheets.report.document import Cell, ChartKind, ChartView, Line, TableView, TimeBarsView, Verbatim
from smsheets.report.wording import Words, problem_lines
from smsheets.report.xlsx.cell_formats import (
    BESIDE_COLUMNS,
    BESIDE_WIDTH,
    GAP_WIDTH,
    LINE_POINTS,
    CellFormats,
    column_widths,
    lines_of,
)
from smsheets.report.xlsx.charts import (
    add_bridge,
    add_chart,
    add_time_bars,
    bridge_names,
    bridge_rows,
    find_areas,
    time_names,
    time_rows,
)
from smsheets.report.xlsx.placing import ROW_PIXELS, page_breaks
from smsheets.report.xlsx.sheet_parts import PlacedPicture, PlacedText, SheetParts, TextRole
from smsheets.report.xlsx.tables import ChartData, TableWriter, cut_text
from smsheets.safe_text import safe_xml
from smsheets.writer.formats import checked
from smsheets.writer.page import Page, set_up_print

FINDING_HEADERS = (
    "No.", "Level", "What was found", "What to do", "Concerns", "At stake", "Class", "Minutes", "File", "Sheet", "Cell",
    "More cells", "Part of", "Name", "Source",
)  # fmt: skip
PROBLEM_HEADERS = ("File", "Sheet", "Cell", "Problem", "What to do", "Name")
_WIDTHS = {"What was found": 46.0, "What to do": 50.0, "Problem": 54.0, "Source": 44.0, "More cells": 24.0, "No.": 6.0}
"""Characters of columns that hold sentences, or next to nothing."""

_PRINTED = ("No.", "Level", "What was found", "What to do", "Concerns", "At stake", "File", "Sheet", "Cell", "Problem")
"""What of a list fits on paper."""


def findings_table(analysis: Analysis) -> TableView:
    """A row for each finding; what one cause brings about names the finding it is a part of."""
    several = len(analysis.businesses) > 1
    headers = (*(("Business",) if several else ()), *FINDING_HEADERS)
    rows: list[tuple[Cell, ...]] = []
    for business in analysis.businesses:
        lead: tuple[Cell, ...] = (Verbatim(business.business),) if several else ()
        for finding in business.findings:
            first = len(rows) + 1
            rows.append((*lead, *_finding_row(finding, first, None, business.currency)))
            for other in finding.also:
                rows.append((*lead, *_finding_row(other, len(rows) + 1, first, business.currency)))
    return TableView(headers=headers, rows=tuple(rows))


def _finding_row(finding: Finding, number: int, part_of: int | None, currency: str) -> tuple[Cell, ...]:
    first, *more = finding.evidence or (None,)
    return (
        number,
        Line(finding.level.value),
        Line(finding.says, finding.values),
        Line(finding.todo, finding.values),
        Verbatim(finding.about),
        Money(finding.effect, currency) if finding.effect is not None else None,
        Line(finding.class_.value),
        finding.minutes,
        *_place(first),
        Verbatim(", ".join(str(cell) for cell in more if cell is not None)),
        part_of,
        Verbatim(finding.id),
        Line(finding.source),
    )


def problems_table(analysis: Analysis) -> TableView:
    """A row for each problem."""
    rows: list[tuple[Cell, ...]] = []
    for problem in analysis.problems:
        says, todo = problem_lines(problem)
        rows.append((*_place(problem.cell), says, todo, Verbatim(problem.code)))
    return TableView(headers=PROBLEM_HEADERS, rows=tuple(rows))


def _place(cell: CellRef | None) -> tuple[Cell, Cell, Cell]:
    return (None, None, None) if cell is None else (Verbatim(cell.file), Verbatim(cell.sheet), Verbatim(cell.a1))


_TITLE_POINTS, _VERDICT_LINE, _HEADING_POINTS = 30.0, 19.0, 21.0  # their letters and some air
_PIXELS = 7.0
"""Of a character, in the font of all cells."""


class SheetWriter:
    """Writes the sheets of one report. Rows and columns count from 1 but in XlsxWriter's own calls."""

    def __init__(self, book: Workbook, formats: CellFormats, words: Words, data: ChartData) -> None:
        self.book = book
        self.formats = formats
        self.words = words
        self.data = data

    def write(self, parts: SheetParts, tables_of: Sequence[SheetParts], tab: str) -> Page:
        """A sheet with everything on it.

        Args:
            tables_of: The sheets whose tables may hold the figures of its charts.
            tab: The colour of its tab.
        """
        page: Page = checked(f"sheet '{parts.name}'", self.book.add_worksheet, parts.name, Page)
        widths = self._columns(page, parts)
        self._title(page, parts, len(widths))
        for text in parts.texts:
            self._text(page, text, parts.columns, widths)
        writer = TableWriter(page, self.formats, self.words, widths)
        for table in parts.tables:
            writer.write(table, parts.tables)
        for picture in parts.pictures:
            self._picture(page, tables_of, picture, parts.columns, widths)
        set_up_print(page, portrait=False)
        page.set_h_pagebreaks(list(page_breaks(parts, _whole_width(widths), _row_pixels(page))))
        page.freeze_panes(1, 0)
        page.set_tab_color(tab)
        return page

    def write_list(self, parts: SheetParts, tab: str) -> None:
        """A sheet that is one table: its headings stay in sight, and it can be filtered. It prints what says most."""
        page = self.write(parts, (), tab)
        for table in parts.tables:
            headers = table.view.headers
            page.freeze_panes(table.row, 0)
            page.repeat_rows(table.row - 1)
            printed = [place for place, header in enumerate(headers) if header in _PRINTED]
            page.print_area(0, 0, table.last_row - 1, printed[-1])
            page.autofilter(table.row - 1, 0, table.last_row - 1, len(headers) - 1)

    def _columns(self, page: Page, parts: SheetParts) -> dict[int, float]:
        """Sets the widths of all columns: of the tables, and of what is beside them where anything is."""
        widths = column_widths(parts, self.words, _WIDTHS)
        if parts.pictures or any(table.spans for table in parts.tables):
            gap = len(widths) + 1
            widths[gap] = GAP_WIDTH
            widths.update({gap + number: BESIDE_WIDTH for number in range(1, BESIDE_COLUMNS + 1)})
        for col, width in widths.items():
            page.set_column(col - 1, col - 1, width)
        return widths

    def _title(self, page: Page, parts: SheetParts, columns: int) -> None:
        style = self.formats.style("title")
        page.set_row(0, _TITLE_POINTS)
        checked("a title", page.write_string, 0, 0, cut_text(parts.title), style)
        for col0 in range(1, columns):
            page.write_blank(0, col0, None, style)

    def _text(self, page: Page, text: PlacedText, columns: int, widths: Mapping[int, float]) -> None:
        row0, style = text.row - 1, self.formats.style(text.role.value)
        if text.role is TextRole.HEADING:
            page.set_row(row0, _HEADING_POINTS)
            checked("a heading", page.write_string, row0, 0, cut_text(text.text), style)
            return
        last = len(widths) if text.whole else columns
        verdict = text.role is TextRole.VERDICT
        room = sum(width for col, width in widths.items() if col <= last) * (0.82 if verdict else 1.0)
        page.set_row(row0, (_VERDICT_LINE if verdict else LINE_POINTS) * lines_of(text.text, room, bold=verdict))
        if last > 1:
            checked("a sentence", page.merge_range, row0, 0, row0, last - 1, "", style)
        checked("a sentence", page.write_string, row0, 0, cut_text(text.text), style)

    def _picture(
        self,
        page: Page,
        tables_of: Sequence[SheetParts],
        placed: PlacedPicture,
        columns: int,
        widths: Mapping[int, float],
    ) -> None:
        chart = self._chart(tables_of, placed.picture)
        chart.set_size({"width": placed.width or _whole_width(widths), "height": placed.height})
        options = {
            "x_offset": placed.offset,
            "y_offset": 2,
            # It moves with its cells, but a row that grows does not stretch it.
            "object_position": 2,
            "description": safe_xml(self.words.value(placed.picture.says)),
        }
        col0 = columns + 1 if placed.width else 0
        checked("a chart", page.insert_chart, placed.row - 1, col0, chart, options)

    def _chart(self, tables_of: Sequence[SheetParts], picture: ChartView | TimeBarsView) -> Any:
        words, data = self.words, self.data
        if isinstance(picture, TimeBarsView):
            names = [words.value(bar.name) for bar in picture.bars]
            first = data.add(words.value(picture.title), time_names(words), names, time_rows(picture))
            return add_time_bars(self.book, picture, data.sheet, first, words)
        labels = [words.cell(category) for category in picture.categories]
        if picture.kind is ChartKind.BRIDGE:
            first = data.add(words.value(picture.title), bridge_names(words), labels, bridge_rows(picture))
            return add_bridge(self.book, picture, data.sheet, first, words)
        for sheet in tables_of:
            areas = find_areas(picture, sheet.tables, words)
            if areas is not None:
                return add_chart(self.book, picture, sheet.name, areas, words)
        return add_chart(self.book, picture, data.sheet, data.add_chart(picture, words), words)


def _whole_width(widths: Mapping[int, float]) -> int:
    """Pixels of all columns together."""
    return sum(int(width * _PIXELS + 5) for width in widths.values())


def _row_pixels(page: Page) -> Callable[[int], float]:
    """How high the rows of a page are."""
    return lambda row: float(page.row_sizes.get(row - 1, (ROW_PIXELS,))[0])
