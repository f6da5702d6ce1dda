"""Charts over columns of tables."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from smsheets.calc.engine import Address, Computed
from smsheets.cells import column_letters, quote_sheet
from smsheets.layout.items import date_format
from smsheets.layout.placed import Layout, PlacedChart, PlacedColumn, PlacedTable
from smsheets.safe_text import safe_xml
from smsheets.spec.model import Chart, Series
from smsheets.spec.vocabulary import ChartKind, FieldType
from smsheets.writer.formats import checked
from smsheets.writer.look import (
    FONT,
    HINT_SIZE,
    INK,
    LINE,
    LINES,
    MARKERS,
    MUTED,
    OTHER_SERIES,
    SERIES,
    STATUS,
    Country,
    Shade,
    number_format,
)

_TITLE_SIZE = 12
_FONT = {"name": FONT, "color": MUTED, "size": HINT_SIZE}
_YEAR = 12
"""Months that can be known by their names alone."""

_MOST_LABELS = 14
"""On an axis; of more, only some are written."""


def write_chart(
    book: Workbook, page: Worksheet, layout: Layout, placed: PlacedChart, cached: Mapping[Address, Computed | None]
) -> None:
    """Draws a chart at its place, with alt text."""
    spec, words = placed.spec, layout.words
    options: dict[str, Any] = {"type": spec.kind.value}
    if spec.stacked:
        options["subtype"] = "stacked"
    chart = new_chart(book, options)
    categories = _area(layout, spec.categories)
    for number, (name, series, values) in enumerate(_drawn(layout, spec)):
        look = {"name": name, **_series_look(spec, series, number)}
        checked(f"chart '{spec.id}'", chart.add_series, {"categories": categories, "values": values, **look})
    title_font = {"name": FONT, "size": _TITLE_SIZE, "color": INK, "bold": True}
    chart.set_title({"name_font": title_font, "overlay": False, **_title(chart, layout, spec, cached)})
    if spec.kind is not ChartKind.PIE:
        chart.set_x_axis(_category_axis(layout, spec))
        chart.set_y_axis(_value_axis(layout, spec))
    if spec.kind is ChartKind.LINE:
        chart.show_blanks_as("span")  # #N/A is no zero in LibreOffice, as it is none in Excel
    if len(chart.series) == 1 and spec.kind is not ChartKind.PIE:
        chart.set_legend({"none": True})
    else:
        chart.set_legend({"position": "top", "font": _FONT})
    chart.set_chartarea({"border": {"color": LINE}})
    chart.set_size({"width": spec.width, "height": spec.height})
    options = {"description": words.text(spec.alt), "object_position": 1}
    checked(f"chart '{spec.id}'", page.insert_chart, placed.row - 1, placed.col - 1, chart, options)


def _drawn(layout: Layout, spec: Chart) -> Iterator[tuple[str, Series, list[Any]]]:
    """The series with their names and areas: a repeated column is one for each of what it is repeated for."""
    for series in spec.series:
        for column in _columns(layout, series.values):
            name = layout.words.text(series.label) if column.item is None else column.item.label
            if column.item is None or column.item.known:
                yield name, series, _column_area(layout, series.values, column)


def _title(chart: Any, layout: Layout, spec: Chart, cached: Mapping[Address, Computed | None]) -> dict[str, Any]:
    """A title of its own, or one that follows a cell."""
    if not spec.title_from:
        return {"name": layout.words.text(spec.title)}
    form_id, _, field_id = spec.title_from.partition(".")
    form = layout.forms[form_id]
    row, col = form.row_of[field_id], form.value_col
    text = safe_xml(str(cached.get((form.sheet, row, col)) or ""))
    chart._process_names = lambda name, formula: (name, formula)
    return {"name": text, "name_formula": f"={quote_sheet(form.sheet)}!${column_letters(col)}${row}", "data": [text]}


def new_chart(book: Workbook, options: Mapping[str, Any]) -> Any:
    """A chart whose titles and names of series are texts, whatever they look like.

    XlsxWriter takes a name such as `Wow!Q3 fans` for the place of a cell that holds the name, and writes a formula.
    """
    chart = checked("a chart", book.add_chart, options)
    chart._process_names = _as_text
    return chart


def _as_text(name: str | None, _formula: object) -> tuple[str | None, None]:
    return (None if name is None else safe_xml(name)), None


def _series_look(spec: Chart, series: Series, number: int) -> dict[str, Any]:
    """A series in the shade of its role."""
    if spec.kind is ChartKind.LINE and series.look is None and series.role is None:
        mark, colour = MARKERS[number % len(MARKERS)], LINES[number % len(LINES)]
        shown = {"type": mark, "size": 5, "fill": {"color": colour}, "border": {"color": colour}}
        return {"line": {"color": colour, "width": 2.25}, "marker": shown}
    shade = STATUS.get(series.look) or SERIES.get(series.role) or OTHER_SERIES[number % len(OTHER_SERIES)]
    if spec.kind is ChartKind.LINE:
        return {"line": {"color": shade.outline, "width": 2.25}, "marker": {"type": "circle", "size": 5}}
    if spec.kind is ChartKind.PIE:
        points = [filled(other) for other in OTHER_SERIES]
        return {"points": points, "data_labels": {"percentage": True}}
    return {**filled(shade), "gap": 60}


def filled(shade: Shade) -> dict[str, Any]:
    """An area in a shade, as XlsxWriter wants it."""
    return {"fill": {"color": shade.fill}, "border": {"color": shade.outline, "width": 0.75}}


def _category_axis(layout: Layout, spec: Chart) -> dict[str, Any]:
    """Labels stay below the chart where bars point down; of very many, only some are written."""
    axis: dict[str, Any] = {"num_font": _FONT, "line": {"color": LINE}, "label_position": "low"}
    items = layout.tables[spec.categories.partition(".")[0]].items
    if len(items) > _MOST_LABELS and len(items) == sum(item.known for item in items):
        axis["interval_unit"] = -(-len(items) // _MOST_LABELS)
    field_type = _column(layout, spec.categories).spec.type
    # Dates on the axis as people read them; some programs would show the bare number.
    if field_type is FieldType.MONTH:
        axis["num_format"] = "mmm" if layout.profile.months <= _YEAR else "mmm yy"
    elif field_type in (FieldType.DATE, FieldType.TIME):
        axis["num_format"] = number_format(field_type, Country(0, date_format(layout.profile)))
    return axis


def _value_axis(layout: Layout, spec: Chart) -> dict[str, Any]:
    """Shares as whole percent, amounts and counts without decimals; the axis says what they are."""
    field_type = _column(layout, spec.series[0].values).spec.type
    name = layout.words.text(spec.axis)
    if field_type is FieldType.MONEY and not name:
        name = layout.profile.currency
    return value_axis("0%" if field_type is FieldType.PERCENT else "#,##0", name, _FONT)


def value_axis(code: str, name: str, font: Mapping[str, Any]) -> dict[str, Any]:
    """The axis of a chart's values, as XlsxWriter wants it; `name` may be empty."""
    grid = {"visible": True, "line": {"color": LINE, "width": 0.5}}
    axis = {"num_font": font, "num_format": code, "major_gridlines": grid, "line": {"none": True}}
    return {**axis, "name": name, "name_font": {**font, "bold": False}} if name else axis


def _area(layout: Layout, reference: str) -> list[Any]:
    """`table.column` as XlsxWriter names an area: sheet and 0-based corners. Spare places of a list are left out."""
    return _column_area(layout, reference, _column(layout, reference))


def _column_area(layout: Layout, reference: str, column: PlacedColumn) -> list[Any]:
    table: PlacedTable = layout.tables[reference.partition(".")[0]]
    col0 = column.col - 1
    known = sum(item.known for item in table.items)
    last_row = table.header_row + known if known else table.last_row
    return [table.sheet, table.first_row - 1, col0, last_row - 1, col0]


def _column(layout: Layout, reference: str) -> PlacedColumn:
    return _columns(layout, reference)[0]


def _columns(layout: Layout, reference: str) -> Sequence[PlacedColumn]:
    table_id, _, column_id = reference.partition(".")
    return layout.tables[table_id].repetitions[column_id]
