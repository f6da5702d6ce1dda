"""The figures of charts that no table of their sheet holds as they are drawn, on a sheet of their own."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

import msgspec
from xlsxwriter.workbook import Workbook

from smsheets.calc.engine import serial
from smsheets.report.document import ChartView, Month
from smsheets.report.wording import Words
from smsheets.report_workbook.cell_formats import CellFormats, digits_shown
from smsheets.report_workbook.chart_ranges import Area, ChartAreas
from smsheets.report_workbook.table_writer import cut_text
from smsheets.report_workbook.widths import FIRST_WIDTH
from smsheets.writer.checked import checked
from smsheets.writer.page import Page, set_up_print
from smsheets.writer.palette import REFERENCE_TAB

Figure = Decimal | int | date | None
_LABEL_WIDTH, _FIGURE_WIDTH = 44.0, FIRST_WIDTH
_FIRST_ROW = 3


class _Block(msgspec.Struct, frozen=True, kw_only=True):
    """The figures of one chart: its title beside the names of the series, then a label and figures in each row."""

    row: int
    title: str
    names: tuple[str, ...]
    labels: tuple[str | Month, ...]
    rows: tuple[tuple[Figure, ...], ...]


class ChartData:
    """Blocks of figures below each other."""

    def __init__(self, sheet: str) -> None:
        self.sheet = sheet
        self._blocks: list[_Block] = []
        self._row = _FIRST_ROW

    def add(
        self, title: str, names: Sequence[str], labels: Sequence[str | Month], rows: Sequence[Sequence[Figure]]
    ) -> int:
        """Keeps a block.

        Returns:
            The row of its first label, from 1; labels stand in column 1, figures from column 2 on.
        """
        block = _Block(
            row=self._row, title=title, names=tuple(names), labels=tuple(labels), rows=tuple(tuple(row) for row in rows)
        )
        self._blocks.append(block)
        self._row += len(labels) + 2
        return block.row + 1

    def add_chart(self, chart: ChartView, words: Words) -> ChartAreas:
        """Keeps the figures of a chart, a column for each series."""
        rows = list(zip(*(series.values for series in chart.series), strict=True))
        labels = [item if isinstance(item, Month) else words.cell(item) for item in chart.categories]
        names = [words.value(series.name) for series in chart.series]
        first = self.add(words.value(chart.title), names, labels, rows)
        last = first + len(labels) - 1
        columns = range(2, 2 + len(chart.series))
        return ChartAreas(Area(first, 1, last, 1), tuple(Area(first, col, last, col) for col in columns))

    def write(self, book: Workbook, formats: CellFormats, title: str) -> None:
        """The sheet, where any chart needs it."""
        if not self._blocks:
            return
        page: Page = checked(f"sheet '{self.sheet}'", book.add_worksheet, self.sheet, Page)
        widest = max(len(block.names) for block in self._blocks)
        page.set_column(0, 0, _LABEL_WIDTH)
        page.set_column(1, widest, _FIGURE_WIDTH)
        checked("a title", page.write_string, 0, 0, title, formats.style("heading"))
        for block in self._blocks:
            _write_block(page, block, formats)
        set_up_print(page, portrait=True)
        page.freeze_panes(1, 0)
        page.set_tab_color(REFERENCE_TAB)


def _write_block(page: Page, block: _Block, formats: CellFormats) -> None:
    checked("a heading", page.write_string, block.row - 1, 0, cut_text(block.title), formats.style("header"))
    for col0, name in enumerate(block.names, 1):
        checked("a heading", page.write_string, block.row - 1, col0, cut_text(name), formats.style("header number"))
    digits = digits_shown(block.rows)
    for number, (label, values) in enumerate(zip(block.labels, block.rows, strict=True)):
        row0, look = block.row + number, formats.of_cell(label)
        if isinstance(label, Month):
            checked("a month", page.write_number, row0, 0, serial(label.first_day), look)
        else:
            checked("a label", page.write_string, row0, 0, cut_text(label), look)
        for col0, value in enumerate(values, 1):
            look = formats.of_cell(value, digits=digits[number][col0 - 1])
            if value is None:
                page.write_blank(row0, col0, None, look)
            else:
                figure = serial(value) if isinstance(value, date) else float(value)
                checked("a figure", page.write_number, row0, col0, figure, look)
