"""Workbooks as LibreOffice prints them: pages with their words, and where on paper each cell comes to lie.

A cell's place follows from the widths and heights in the file, the margins, and the scale of the page, which the height
of the sheet's title gives away. So a heading that is cut off, or runs into the next cell, is seen without a picture.
"""

from __future__ import annotations

import html
import io
import re
import subprocess
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import openpyxl
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from smsheets.layout.placed import Layout, PlacedSheet, PlacedTable
from smsheets.spec.vocabulary import FieldType
from smsheets.writer.look import TITLE_SIZE
from smsheets.writer.page import FOOT_MARGIN, SIDE_MARGIN

_TOO_NARROW = "###"
ERRORS = re.compile(r"###|#(?:NAME\?|REF!|VALUE!|DIV/0!|N/A|NUM!|NULL!)|Err:\d{3}")
_WORD = re.compile(r'<word xMin="([\d.-]+)" yMin="([\d.-]+)" xMax="([\d.-]+)" yMax="([\d.-]+)">(.*?)</word>')
_PAGE = re.compile(r'<page width="([\d.]+)" height="([\d.]+)">(.*?)</page>', re.DOTALL)
_LINE_HEIGHT = 1.3
"""The height of a word's box against the size of its letters, for Carlito, which takes the place of Calibri."""

_WIDER = 1.0617
"""A digit of that font against the seven pixels that Excel rounds it to: LibreOffice does not round."""

_INCH = 72.0
_POINTS_OF_PIXEL = 0.75
_SLACK = 1.5
_DRIFT = 0.004
"""Points that a word may reach over its cell, and what is added of its distance from the left: programs round."""

_FOOT = 40.0
"""Points at the bottom of a page where the sheet's name stands."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word on paper, with its box in points from the upper left corner."""

    text: str
    left: float
    top: float
    right: float
    bottom: float

    def lies_in(self, left: float, top: float, right: float, bottom: float) -> bool:
        """Whether all of it lies in a box; programs round."""
        slack = _SLACK + _DRIFT * left
        across = left - slack <= self.left and self.right <= right + slack
        return across and top - _SLACK <= self.top and self.bottom <= bottom + _SLACK


@dataclass(frozen=True)
class PrintedPage:
    """One page."""

    width: float
    height: float
    words: tuple[Word, ...]

    @cached_property
    def sheet(self) -> str:
        """The sheet that it shows: its name stands in the footer's left half."""
        foot = [word for word in self.words if word.top > self.height - _FOOT and word.left < self.width / 2]
        return " ".join(word.text for word in sorted(foot, key=lambda word: word.left))

    @cached_property
    def text(self) -> str:
        """All its words."""
        return " ".join(word.text for word in self.words)


def printed_pages(pdf: Path) -> list[PrintedPage]:
    """The pages of a PDF with their words."""
    done = subprocess.run(["pdftotext", "-bbox", str(pdf), "-"], check=True, capture_output=True, text=True)
    return [
        PrintedPage(float(width), float(height), tuple(_words(content)))
        for width, height, content in _PAGE.findall(done.stdout)
    ]


def _words(content: str) -> Iterator[Word]:
    for left, top, right, bottom, text in _WORD.findall(content):
        yield Word(html.unescape(text), float(left), float(top), float(right), float(bottom))


class Printed:
    """A workbook and its pages on paper."""

    def __init__(self, layout: Layout, data: bytes, pdf: Path) -> None:
        self.layout = layout
        self.pages = printed_pages(pdf)
        self.book = openpyxl.load_workbook(io.BytesIO(data))

    def pages_of(self, sheet: str) -> list[PrintedPage]:
        """The pages of one sheet."""
        return [page for page in self.pages if page.sheet == sheet]

    def errors(self) -> list[str]:
        """Cells that show no value: too narrow for it, or a formula that gives none."""
        return [
            f"{page.sheet}: {word.text}"
            for page in self.pages
            for word in page.words
            if ERRORS.search(word.text) and not (word.text == _TOO_NARROW and self._is_folded(word, page.sheet))
        ]

    def _is_folded(self, word: Word, sheet: str) -> bool:
        """Whether this is a cell of a folded column: LibreOffice draws a hair of those right of the last one shown."""
        placed = next((item for item in self.layout.sheets if item.name == sheet), None)
        if placed is None:
            return False
        paper = _Paper(self.pages_of(sheet)[0], self.book[sheet], placed)
        middle = (word.left + word.right) / 2
        for column in (column for table in placed.tables() for column in table.columns):
            left, _, right, _ = paper.box(1, column.col)
            if left <= middle < right:
                return word.right > right + _SLACK or column.spec.type in (FieldType.TEXT, FieldType.LONG_TEXT)
        return True

    def cut_headings(self) -> list[str]:
        """Headings that are not whole inside of their cells, on the page where their table begins."""
        return [
            f"{sheet.name}: '{label}' is printed as '{shown}'"
            for sheet in self.layout.sheets
            for table in sheet.tables()
            if not table.spec.cards  # their headings are a bar of colour
            for label, shown in self._cut_in(sheet, table)
        ]

    def _cut_in(self, sheet: PlacedSheet, table: PlacedTable) -> Iterator[tuple[str, str]]:
        page_sheet = self.book[sheet.name]
        first = self.pages_of(sheet.name)[:1]
        if not first or not _on_first_page(table, sheet, page_sheet):
            return
        paper = _Paper(first[0], page_sheet, sheet)
        for column in table.columns:
            if _is_hidden(page_sheet, column.col) or not column.label:
                continue
            inside = [word for word in first[0].words if word.lies_in(*paper.box(table.header_row, column.col))]
            if not _letters(column.label) <= _letters(*(word.text for word in inside)):
                yield column.label.replace("\n", " "), " ".join(word.text for word in inside)


class _Paper:
    """Where the cells of a sheet come to lie on its first page."""

    def __init__(self, page: PrintedPage, sheet: Worksheet, placed: PlacedSheet) -> None:
        self._sheet = sheet
        title = placed.title.split()[0]
        found = next(word for word in page.words if word.text == title)
        self._scale = round((found.bottom - found.top) / (_LINE_HEIGHT * TITLE_SIZE), 2)

    def box(self, row: int, col: int) -> tuple[float, float, float, float]:
        """Left, top, right and bottom of a cell, in points."""
        left = SIDE_MARGIN * _INCH + self._scale * sum(self._width(number) for number in range(1, col))
        top = FOOT_MARGIN * _INCH + self._scale * sum(self._height(number) for number in range(1, row))
        return left, top, left + self._scale * self._width(col), top + self._scale * self._height(row)

    def _width(self, col: int) -> float:
        return 0.0 if _is_hidden(self._sheet, col) else _dimension(self._sheet, col) * 7 * _WIDER * _POINTS_OF_PIXEL

    def _height(self, row: int) -> float:
        if self._sheet.row_dimensions[row].hidden:
            return 0.0
        return float(self._sheet.row_dimensions[row].height or self._sheet.sheet_format.defaultRowHeight)


def _dimension(sheet: Worksheet, col: int) -> float:
    """A column's width in characters, its borders counted; openpyxl keeps one entry for a run of equal columns."""
    for item in sheet.column_dimensions.values():
        if item.min and item.min <= col <= item.max and item.width:
            return float(item.width)
    return 9.14


def _is_hidden(sheet: Worksheet, col: int) -> bool:
    found = [item for item in sheet.column_dimensions.values() if item.min and item.min <= col <= item.max]
    return any(item.hidden for item in found) or bool(sheet.column_dimensions[get_column_letter(col)].hidden)


def _on_first_page(table: PlacedTable, sheet: PlacedSheet, page_sheet: Worksheet) -> bool:
    """Whether a table begins above the sheet's first page break, and on the first page at all."""
    breaks = [item.id for item in page_sheet.row_breaks.brk]
    first = next(sheet.tables())
    return table.header_row <= min(breaks, default=first.header_row)


def _letters(*texts: str) -> Counter[str]:
    """Letters in no order: upright headings come out letter by letter."""
    return Counter("".join("".join(texts).split()))
