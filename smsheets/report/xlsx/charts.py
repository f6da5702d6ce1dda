"""Native charts, as the report's pictures are described."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta
from decimal import Decimal
from typing import Any

import msgspec
from xlsxwriter.workbook import Workbook

from smsheets.calc.engine import serial
from smsheets.report.document import Cell, ChartKind, ChartView, Month, Role, TimeBarsView, number_of
from smsheets.report.wording import Words
from smsheets.report.xlsx.cell_formats import MONTH
from smsheets.report.xlsx.checks import same
from smsheets.report.xlsx.sheet_parts import PlacedTable
from smsheets.spec.vocabulary import Look
from smsheets.writer.charts import filled, new_chart, value_axis
from smsheets.writer.formats import checked
from smsheets.writer.look import ACTUAL, FONT, INK, LINE, PLANNED, STATUS, TARGET, Shade


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
    """Where the labels begin that follow each other; None where they do not."""
    if not labels:
        return None
    for start in range(len(shown) - len(labels) + 1):
        if list(shown[start : start + len(labels)]) == list(labels):
            return start
    return None


def _hold(cells: Sequence[Cell], values: Sequence[Decimal | int | None]) -> bool:
    """True where cells hold exactly these figures."""
    return len(cells) == len(values) and all(
        number_of(cell) is None if value is None else same(number_of(cell), Decimal(value))
        for cell, value in zip(cells, values, strict=True)
    )


_FONT = {"name": FONT, "size": 9, "color": INK}
_SHADES = {
    Role.PLANNED: PLANNED,
    Role.AVAILABLE: Shade("#DDE2E7", "#7A8793"),
    Role.ACTUAL: ACTUAL,
    Role.TARGET: TARGET,
    Role.FORECAST: Shade("#8FB8D4", "#4C7FA3"),
    Role.RANGE: Shade("#E3EDF4", "#9FB3C2"),
    Role.OTHER: Shade("#E2A32F", "#9A6A10"),
}
_ZERO = Decimal(0)
_DASHED = (Role.FORECAST, Role.RANGE, Role.TARGET)
_CLEAR = {"fill": {"none": True}, "border": {"none": True}}
_WHOLE, _FINE = "#,##0", "#,##0.0"
_FINE_UP_TO = Decimal(5)
_FINE_SHARES_UP_TO = Decimal("0.1")
"""Axes that end here or below have marks between two whole numbers, or percents."""


def add_chart(book: Workbook, chart: ChartView, sheet: str, areas: ChartAreas, words: Words) -> Any:
    """A chart over cells; the bridge is `add_bridge`."""
    kind = {ChartKind.COLUMNS: "column", ChartKind.BARS: "bar", ChartKind.LINE: "line"}[chart.kind]
    made = new_chart(book, {"type": kind})
    for series, area in zip(chart.series, areas.series, strict=True):
        look = _line(series.role) if chart.kind is ChartKind.LINE else {**filled(_SHADES[series.role]), "gap": 60}
        _add_series(made, sheet, words.value(series.name), areas.categories, area, look)
    _dress(made, words.value(chart.title), legend=len(chart.series) > 1)
    values = value_axis(_axis_format(chart), chart.currency if chart.unit == "money" else "", _FONT)
    if chart.kind is ChartKind.BARS:
        made.set_x_axis(values)
        made.set_y_axis(_category_axis(upside_down=True))
        return made
    made.set_y_axis(values)
    months = any(isinstance(category, Month) for category in chart.categories)
    # Without `text_axis` a program may take months for days and leave room for each day between two of them.
    made.set_x_axis(
        {**_category_axis(upside_down=False), **({"num_format": MONTH, "text_axis": True} if months else {})}
    )
    return made


def _add_series(made: Any, sheet: str, name: str, labels: Area, values: Area, look: Mapping[str, Any]) -> None:
    places = {"categories": _corners(sheet, labels), "values": _corners(sheet, values)}
    checked("a chart", made.add_series, {"name": name, **places, **look})


def bridge_names(words: Words) -> list[str]:
    """The headings of `bridge_rows`."""
    below, above = words.text("below zero"), words.text("above zero")
    more, less = words.text("More"), words.text("Less")
    return [
        words.text("Not drawn"),
        words.text("Amount"),
        *(f"{what}, {where}" for what in (more, less) for where in (above, below)),
    ]


def bridge_rows(chart: ChartView) -> list[list[Decimal]]:
    """A bridge as stacked columns, a row for each step.

    The part that is not drawn, the part from zero on, then what came above and below zero, what went above and below:
    columns pile up on both sides of zero, each for itself.
    """
    values = [Decimal(value or 0) for value in chart.series[0].values]
    rows, level = [], Decimal(0)
    for number, value in enumerate(values):
        if number in (0, len(values) - 1):
            rows.append([Decimal(0), value, *[Decimal(0)] * 4])
            level = value
            continue
        low, high = min(level, level + value), max(level, level + value)
        ground = max(low, Decimal(0)) + min(high, Decimal(0))
        drawn = [max(high, Decimal(0)) - max(low, Decimal(0)), min(low, Decimal(0)) - min(high, Decimal(0))]
        nothing = [Decimal(0)] * 2
        rows.append([ground, Decimal(0), *(drawn + nothing if value >= 0 else nothing + drawn)])
        level += value
    return rows


def add_bridge(book: Workbook, chart: ChartView, sheet: str, first_row: int, words: Words) -> Any:
    """Floating columns over rows of the chart data: a label, then those of `bridge_rows`."""
    made = new_chart(book, {"type": "column", "subtype": "stacked"})
    last = first_row + len(chart.categories) - 1
    came, went = filled(STATUS[Look.GOOD]), filled(STATUS[Look.BAD])
    for col, (name, look) in enumerate(
        zip(bridge_names(words), (_CLEAR, filled(ACTUAL), came, came, went, went), strict=True), 2
    ):
        labels, values = Area(first_row, 1, last, 1), Area(first_row, col, last, col)
        _add_series(made, sheet, name, labels, values, {"gap": 40, **look})
    _dress(made, words.value(chart.title), legend=False)
    made.set_x_axis(_category_axis(upside_down=False))
    made.set_y_axis(value_axis(_WHOLE, chart.currency, _FONT))
    return made


def time_names(words: Words) -> list[str]:
    """The headings of `time_rows`."""
    return [words.text("Start"), words.text("Days done"), words.text("Days to do"), words.text("Days late")]


def time_rows(view: TimeBarsView) -> list[list[Any]]:
    """Bars of time as stacked bars, a row for each: where it starts, days done, days to do, days late."""
    rows = []
    for bar in view.bars:
        days = Decimal((bar.due - bar.start).days + 1)
        done = (days * min(max(bar.done_share, Decimal(0)), Decimal(1))).quantize(Decimal("0.1"))
        rows.append([bar.start, done, days - done, max((bar.ends - bar.due).days, 0)])
    return rows


def add_time_bars(book: Workbook, view: TimeBarsView, sheet: str, first_row: int, words: Words) -> Any:
    """Bars along the days over rows of the chart data: a name, then those of `time_rows`."""
    made = new_chart(book, {"type": "bar", "subtype": "stacked"})
    last = first_row + len(view.bars) - 1
    looks = (_CLEAR, filled(ACTUAL), filled(PLANNED), filled(STATUS[Look.BAD]))
    # What is not drawn has no name: programs differ in which entries of a legend they leave out.
    names = [" ", *time_names(words)[1:]]
    for col, (name, look) in enumerate(zip(names, looks, strict=True), 2):
        labels, values = Area(first_row, 1, last, 1), Area(first_row, col, last, col)
        _add_series(made, sheet, name, labels, values, {"gap": 45, **look})
    _dress(made, words.text("{title}, as of {day}", {"title": view.title, "day": view.as_of}), legend=True)
    first, end = min(bar.start for bar in view.bars), max(max(bar.ends, bar.due) for bar in view.bars)
    axis = {**value_axis(MONTH, "", _FONT), "min": serial(first.replace(day=1)), "max": serial(end + timedelta(days=1))}
    made.set_x_axis({**axis, "major_unit": max(31, (end - first).days // 8)})
    made.set_y_axis(_category_axis(upside_down=True))
    return made


def _corners(sheet: str, area: Area) -> list[Any]:
    """An area as XlsxWriter names it: the sheet and 0-based corners."""
    return [sheet, area.first_row - 1, area.first_col - 1, area.last_row - 1, area.last_col - 1]


def _dress(made: Any, title: str, *, legend: bool) -> None:
    font = {"name": FONT, "size": 11, "color": INK, "bold": True}
    made.set_title({"name": title, "name_font": font, "overlay": False})
    made.set_legend({"position": "top", "font": _FONT} if legend else {"none": True})
    made.set_chartarea({"border": {"color": LINE}})


def _line(role: Role) -> dict[str, Any]:
    line: dict[str, Any] = {"color": _SHADES[role].outline, "width": 1.25 if role is Role.RANGE else 2.25}
    if role in _DASHED:
        return {"line": {**line, "dash_type": "round_dot" if role is Role.RANGE else "dash"}}
    return {"line": line, "marker": {"type": "circle", "size": 4}}


def _category_axis(*, upside_down: bool) -> dict[str, Any]:
    """Labels stay beside the chart where bars point to the left; the first category of bars is on top."""
    axis = {"num_font": _FONT, "line": {"color": LINE}, "label_position": "low", "interval_unit": 1}
    return {**axis, "reverse": True} if upside_down else axis


def _axis_format(chart: ChartView) -> str:
    """How the values along a chart are written: no two marks may read the same."""
    highest = max((abs(Decimal(value)) for series in chart.series for value in series.values if value), default=_ZERO)
    if chart.unit == "share":
        return "0.0%" if highest <= _FINE_SHARES_UP_TO else "0%"
    return _FINE if highest <= _FINE_UP_TO else _WHOLE
