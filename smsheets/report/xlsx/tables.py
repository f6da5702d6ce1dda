"""Tables of the report as cells: real numbers, days and months, formulas to check; and what only charts need."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, time
from decimal import Decimal
from typing import Any

import msgspec
from xlsxwriter.workbook import Workbook

from smsheets.calc.engine import serial
from smsheets.report.document import Cell, ChartView, Month, Status, number_of
from smsheets.report.wording import Words
from smsheets.report.xlsx.cell_formats import (
    FIRST_WIDTH,
    HEAT_DARK,
    HEAT_PALE,
    LEVEL_LOOKS,
    LINE_POINTS,
    CellFormats,
    digits_shown,
    is_plain,
    is_text,
    lines_of,
    number_format,
    tone_of,
)
from smsheets.report.xlsx.charts import Area, ChartAreas
from smsheets.report.xlsx.checks import Address, table_formulas
from smsheets.report.xlsx.sheet_parts import PlacedTable
from smsheets.spec.vocabulary import Look
from smsheets.writer.formats import checked
from smsheets.writer.look import REFERENCE_TAB
from smsheets.writer.page import Page, set_up_print

CELL_LIMIT = 32_767
"""Letters that a cell can hold, in UTF-16 units."""

_CUT = "..."


class TableWriter:
    """Writes the tables of one sheet."""

    def __init__(self, page: Page, formats: CellFormats, words: Words, widths: Mapping[int, float]) -> None:
        self.page = page
        self.formats = formats
        self.words = words
        self.widths = widths

    def write(self, table: PlacedTable, others: Iterable[PlacedTable] = ()) -> None:
        """A table; `others` are those of the same sheet, to which formulas may point."""
        numeric = [_is_numeric(table, place) for place in range(len(table.view.headers))]
        self._headers(table, numeric)
        formulas = table_formulas(table, others)
        digits = digits_shown(table.view.rows)
        for number in range(len(table.view.rows)):
            self._row(table, number, digits[number], formulas, numeric)
        self._looks(table)
        if table.heat:
            self._shades(table)

    def _headers(self, table: PlacedTable, numeric: Sequence[bool]) -> None:
        lines = 1
        for place, header in enumerate(table.view.headers):
            if isinstance(header, Month):
                # A real month, so that a chart along it can show it as it likes.
                look = self.formats.header_month()
                at = (table.row - 1, table.column_of(place) - 1)
                checked("a heading", self.page.write_number, *at, serial(header.first_day), look)
                continue
            text = self.words.text(header)
            self._text(
                table,
                table.row,
                place,
                text,
                self.formats.style("header number" if place and numeric[place] else "header"),
            )
            lines = max(lines, lines_of(text, self._width(table, place), bold=True))
        self.page.set_row(table.row - 1, LINE_POINTS * lines + 2)

    def _row(
        self,
        table: PlacedTable,
        number: int,
        digits: Sequence[int],
        formulas: Mapping[Address, str],
        numeric: Sequence[bool],
    ) -> None:
        row, lines = table.first_row + number, 1
        total = table.view.total and number == len(table.view.rows) - 1
        for place, cell in enumerate(table.view.rows[number]):
            look = self.formats.of_cell(
                cell, total=total, digits=digits[place], side=_side(place, cell, numeric[place])
            )
            formula = formulas.get((row, place + 1))
            if formula is not None:
                value = float(number_of(cell) or 0)
                checked("a formula", self.page.write_formula, row - 1, place, formula, look, value)
                continue
            self._value(table, row, place, cell, look)
            if is_text(cell):
                lines = max(lines, lines_of(self.words.cell(cell), self._width(table, place)))
        if lines > 1:
            self.page.set_row(row - 1, LINE_POINTS * lines)

    def _value(self, table: PlacedTable, row: int, place: int, cell: Cell, look: Any) -> None:
        at = (row - 1, table.column_of(place) - 1)
        figure = number_of(cell)
        if figure is not None:
            checked("a figure", self.page.write_number, *at, float(figure), look)
        elif isinstance(cell, Month):
            checked("a month", self.page.write_number, *at, serial(cell.first_day), look)
        elif isinstance(cell, date | time):
            checked("a date", self.page.write_number, *at, serial(cell), look)
        else:
            self._text(table, row, place, self.words.cell(cell), look)

    def _text(self, table: PlacedTable, row: int, place: int, text: str, look: Any) -> None:
        """A text as it is: what begins like a formula stays a text."""
        row0, col0 = row - 1, table.column_of(place) - 1
        if table.span_of(place) > 1:
            checked("a cell", self.page.merge_range, row0, col0, row0, col0 + table.span_of(place) - 1, "", look)
        if text:
            checked("a text", self.page.write_string, row0, col0, cut_text(text), look)
        else:
            self.page.write_blank(row0, col0, None, look)

    def _looks(self, table: PlacedTable) -> None:
        """Colours for status words."""
        for place, header in enumerate(table.view.headers):
            cells = [row[place] for row in table.view.rows]
            looks = {self.words.cell(cell): look for cell in cells if (look := tone_of(cell)) is not None}
            if header == "Level":
                looks = {self.words.text(level): look for level, look in LEVEL_LOOKS.items()}
            for word, look in looks.items():
                self._look(table, place, word, look)

    def _look(self, table: PlacedTable, place: int, word: str, look: Look) -> None:
        quoted = word.replace('"', '""')
        rule = {"type": "cell", "criteria": "==", "value": f'"{quoted}"', "format": self.formats.of_look(look)}
        col0 = table.column_of(place) - 1
        last0 = col0 + table.span_of(place) - 1
        checked("a colour", self.page.conditional_format, table.first_row - 1, col0, table.last_row - 1, last0, rule)

    def _shades(self, table: PlacedTable) -> None:
        """Darker where there is more, over the columns of counts; the one that adds them up is left out."""
        rows, headers = table.view.rows, table.view.headers
        counted = [n for n in range(len(headers)) if headers[n] != "All" and _are_counts([row[n] for row in rows])]
        if not counted:
            return
        area = (table.first_row - 1, counted[0], table.last_row - 1, counted[-1])
        least = {"min_type": "num", "min_value": 0, "min_color": HEAT_PALE, "max_color": HEAT_DARK}
        checked("a shade", self.page.conditional_format, *area, {"type": "2_color_scale", **least})

    def _width(self, table: PlacedTable, place: int) -> float:
        first = table.column_of(place)
        return sum(self.widths.get(col, 0.0) for col in range(first, first + table.span_of(place)))


def cut_text(text: str) -> str:
    """As much of a text as a cell can hold; no character is cut in two."""
    if len(text) <= CELL_LIMIT // 2:
        return text
    raw = text.encode("utf-16-le", "surrogatepass")
    if len(raw) <= 2 * CELL_LIMIT:
        return text
    return raw[: 2 * (CELL_LIMIT - len(_CUT))].decode("utf-16-le", "ignore") + _CUT


def _is_numeric(table: PlacedTable, place: int) -> bool:
    """True where a column holds figures, or nothing yet: what else is in it is set to the right as they are."""
    cells = [row[place] for row in table.view.rows]
    if all(cell is None for cell in cells):
        return True
    return any(number_format(cell) for cell in cells) and not any(isinstance(cell, Status) for cell in cells)


def _side(place: int, cell: Cell, numeric: bool) -> str:
    """The side of its cell to which something is set: names of rows on the left, what is among figures on the right."""
    if place == 0 and not is_plain(cell):
        return "left"
    return "right" if not isinstance(cell, Status) and numeric else "left"


def _are_counts(cells: Sequence[Cell]) -> bool:
    return all(cell is None or (isinstance(cell, int) and not isinstance(cell, bool)) for cell in cells)


_Figure = Decimal | int | date | None
_LABEL_WIDTH, _FIGURE_WIDTH = 44.0, FIRST_WIDTH
_FIRST_ROW = 3  # below the title and a free row


class _Block(msgspec.Struct, frozen=True, kw_only=True):
    """The figures of one chart: its title beside the names of the series, then a label and figures in each row."""

    row: int
    title: str
    names: tuple[str, ...]
    labels: tuple[str | Month, ...]
    rows: tuple[tuple[_Figure, ...], ...]


class ChartData:
    """Blocks of figures below each other."""

    def __init__(self, sheet: str) -> None:
        self.sheet = sheet
        self._blocks: list[_Block] = []
        self._row = _FIRST_ROW

    def add(
        self, title: str, names: Sequence[str], labels: Sequence[str | Month], rows: Sequence[Sequence[_Figure]]
    ) -> int:
        """Keeps a block.

        Returns:
            The row of its first label, from 1; labels are in column 1, figures from column 2 on.
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
