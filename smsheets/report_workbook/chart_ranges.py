"""Which cells of a sheet a chart draws: those of the table that holds its figures, else cells of its own."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal

import msgspec

from smsheets.report.document import Cell, ChartView
from smsheets.report.wording import Words
from smsheets.report_workbook.checks import number_of, same
from smsheets.report_workbook.sheet_parts import PlacedTable


class Area(msgspec.Struct, frozen=True):
    """A row or a column of cells, both corners included, from 1."""

    first_row: int
    first_col: int
    last_row: int
    last_col: int


class ChartAreas(msgspec.Struct, frozen=True):
    """The cells of a chart's categories, and of each series."""

    categories: Area
    series: tuple[Area, ...]


def find_areas(chart: ChartView, tables: Iterable[PlacedTable], words: Words) -> ChartAreas | None:
    """The cells of the first table that has all figures of a chart, down its columns or along its rows."""
    labels = [words.cell(category) for category in chart.categories]
    for table in tables:
        found = _down(chart, table, labels, words) or _along(chart, table, labels, words)
        if found is not None:
            return found
    return None


def _down(chart: ChartView, table: PlacedTable, labels: Sequence[str], words: Words) -> ChartAreas | None:
    """Categories in the first column or the second, a series in each of some others."""
    rows = table.view.rows
    for label_col in range(min(2, len(table.view.headers))):
        shown = [words.cell(row[label_col]) for row in rows]
        start = _start_of(labels, shown)
        if start is None:
            continue
        part = rows[start : start + len(labels)]
        columns = [_column_with(series.values, part, words.value(series.name), table, words) for series in chart.series]
        if None not in columns:
            first, last = table.first_row + start, table.first_row + start + len(labels) - 1
            places = [col + 1 for col in columns if col is not None]
            return ChartAreas(
                Area(first, label_col + 1, last, label_col + 1), tuple(Area(first, col, last, col) for col in places)
            )
    return None


def _column_with(
    values: Sequence[Decimal | int | None], rows: Sequence[Sequence[Cell]], name: str, table: PlacedTable, words: Words
) -> int | None:
    """The column that holds a series: the one of its name, where the figures are the same."""
    for col, header in enumerate(table.view.headers):
        if words.text(header) == name and _hold([row[col] for row in rows], values):
            return col
    return None


def _along(chart: ChartView, table: PlacedTable, labels: Sequence[str], words: Words) -> ChartAreas | None:
    """Categories along the headings, a series in each of some rows."""
    start = _start_of(labels, [words.text(header) for header in table.view.headers])
    if start is None:
        return None
    end = start + len(labels)
    taken: list[int] = []
    for series in chart.series:
        for number, row in enumerate(table.view.rows):
            if number not in taken and _hold(row[start:end], series.values):
                taken.append(number)
                break
        else:
            return None
    rows = [table.first_row + number for number in taken]
    return ChartAreas(Area(table.row, start + 1, table.row, end), tuple(Area(row, start + 1, row, end) for row in rows))


def _start_of(labels: Sequence[str], shown: Sequence[str]) -> int | None:
    """Where the labels stand one after the other; None where they do not."""
    if not labels:
        return None
    for start in range(len(shown) - len(labels) + 1):
        if list(shown[start : start + len(labels)]) == list(labels):
            return start
    return None


def _hold(cells: Sequence[Cell], values: Sequence[Decimal | int | None]) -> bool:
    """Whether cells hold exactly these figures."""
    return len(cells) == len(values) and all(
        number_of(cell) is None if value is None else same(number_of(cell), Decimal(value))
        for cell, value in zip(cells, values, strict=True)
    )
