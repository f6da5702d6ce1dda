"""The tables that a report shows, read back from the web page, from Markdown and from the workbook."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

import openpyxl
from report.html_tree import Element, parse

from smsheets.money import Money, Share
from smsheets.report.document import Cell, Month, Section, TableView, TilesView
from smsheets.report.html.tables import SIGNS
from smsheets.report.wording import Words

Row = tuple[str, ...]

_SIGNS = dict.fromkeys(map(ord, SIGNS.values()), "")
_ESCAPED = re.compile(r"\\([\\`*{}\[\]<>#|~_+=.)-])")
_PARTS = re.compile(r"(?<!\\)\|")
_CLOSE = 1e-9


def views_of(sections: Sequence[Section], *, tiles: bool) -> list[TableView]:
    """The tables of a report; the key figures among them where `tiles` says so."""
    parts = [part for section in sections for part in section.parts]
    views = [
        part.table if isinstance(part, TilesView) else part for part in parts if tiles or isinstance(part, TableView)
    ]
    return [view for view in views if isinstance(view, TableView) and view.rows]


def shown_rows(view: TableView, words: Words) -> list[Row]:
    """Headings and rows as a person reads them."""
    return [
        tuple(_plain(words.text(header)) for header in view.headers),
        *(tuple(_plain(words.cell(cell)) for cell in row) for row in view.rows),
    ]


def page_tables(html: str) -> list[list[Row]]:
    """Every table of the page, its headings first."""
    return [
        [tuple(_plain(cell.text) for cell in row.all() if cell.tag in ("td", "th")) for row in table.all("tr")]
        for table in parse(html).all("table")
    ]


def page_tiles(html: str) -> list[Element]:
    """The key figures of the page."""
    return list(parse(html).all("li", "tile"))


def markdown_tables(text: str) -> list[list[Row]]:
    """Every table of a Markdown text, its headings first."""
    tables: list[list[Row]] = []
    for line in text.splitlines():
        if not line.startswith("|"):
            tables.append([])
        elif not line.startswith("| ---") and not line.startswith("|--- "):
            cells = _PARTS.split(line)[1:-1]
            row = tuple(_plain(_ESCAPED.sub(r"\1", cell).replace("&amp;", "&")) for cell in cells)
            if set("".join(row)) - {"-", " "} or not row:
                tables[-1].append(row)
    return [table for table in tables if table]


def holds(tables: Sequence[Sequence[Row]], rows: Sequence[Row]) -> bool:
    """Whether one of the tables is these rows."""
    return any(list(table) == list(rows) for table in tables)


class SheetTables:
    """The cells of a workbook, with the values that are saved in it."""

    def __init__(self, data: bytes) -> None:
        self.book = openpyxl.load_workbook(io.BytesIO(data), data_only=True)
        self._rows = {sheet.title: [[cell.value for cell in row] for row in sheet.iter_rows()] for sheet in self.book}

    def differences(self, view: TableView, words: Words) -> list[str]:
        """What is not in the workbook as a table has it: nothing, or the differences of the place that is nearest."""
        places = list(self._places(view, words))
        if not places:
            return [f"no table with the headings {[words.text(header) for header in view.headers]}"]
        found = [list(_differences(rows, columns, view, words)) for rows, columns in places]
        return min(found, key=len)

    def _places(self, view: TableView, words: Words) -> Iterator[tuple[list[list[Any]], list[int]]]:
        """Where the headings stand side by side, merged cells between them left out: the rows below, the columns."""
        wanted = [header.first_day if isinstance(header, Month) else words.text(header) for header in view.headers]
        for rows in self._rows.values():
            for number, row in enumerate(rows):
                columns = [place for place, value in enumerate(row) if value is not None][: len(wanted)]
                if [_day(row[place]) for place in columns] == wanted:
                    yield rows[number + 1 : number + 1 + len(view.rows)], columns


def _differences(rows: list[list[Any]], columns: list[int], view: TableView, words: Words) -> Iterator[str]:
    if len(rows) < len(view.rows):
        yield "too few rows"
        return
    for found, wanted in zip(rows, view.rows, strict=True):
        for place, cell in zip(columns, wanted, strict=True):
            if not agrees(found[place], cell, words):
                yield f"{found[place]!r} where {cell!r} is wanted"


def agrees(value: Any, cell: Cell, words: Words) -> bool:
    """Whether a cell of a workbook has the very figure, day or word of a report."""
    if isinstance(cell, Money | Share):
        cell = cell.amount if isinstance(cell, Money) else cell.value
    if isinstance(cell, bool):
        return False
    if isinstance(cell, int | Decimal):
        close = _CLOSE * max(1.0, abs(float(cell)))
        return isinstance(value, int | float) and abs(value - float(cell)) <= close
    if isinstance(cell, Month | date):
        return bool(_day(value) == (cell.first_day if isinstance(cell, Month) else cell))
    if isinstance(cell, time):
        return bool(value == cell)
    return (value or "") == words.cell(cell)


def _day(value: Any) -> Any:
    return value.date() if isinstance(value, datetime) else value


def _plain(text: str) -> str:
    return " ".join(text.translate(_SIGNS).split())
