"""Charts over columns of tables."""

from __future__ import annotations

from typing import Any

from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from smsheets.layout.placed import Layout, PlacedChart, PlacedColumn, PlacedTable
from smsheets.spec.model import Chart, ChartKind, FieldType
from smsheets.writer.checked import checked
from smsheets.writer.look import FONT, INK, LINE, LOOK_COLOURS, MUTED, SERIES_COLOURS, number_format


def write_chart(book: Workbook, page: Worksheet, layout: Layout, placed: PlacedChart) -> None:
    """Draws a chart at its place, with alt text."""
    spec, words = placed.spec, layout.words
    options: dict[str, Any] = {"type": spec.kind.value}
    if spec.stacked:
        options["subtype"] = "stacked"
    chart = checked(f"chart '{spec.id}'", book.add_chart, options)
    for number, series in enumerate(spec.series):
        colour = LOOK_COLOURS.get(series.look) or SERIES_COLOURS[number % len(SERIES_COLOURS)]
        look: dict[str, Any] = {"name": words.text(series.label)}
        if spec.kind is ChartKind.LINE:
            look |= {"line": {"color": colour, "width": 2.25}, "marker": {"type": "circle", "size": 5}}
        elif spec.kind is ChartKind.PIE:
            look |= {"points": [{"fill": {"color": shade}} for shade in SERIES_COLOURS]}
            look |= {"data_labels": {"percentage": True}}
        else:
            look |= {"fill": {"color": colour}, "gap": 60}
        categories, values = _area(layout, spec.categories), _area(layout, series.values)
        checked(f"chart '{spec.id}'", chart.add_series, {"categories": categories, "values": values, **look})
    font = {"name": FONT, "color": MUTED, "size": 9}
    chart.set_title({"name": words.text(spec.title), "name_font": {"name": FONT, "size": 12, "color": INK}})
    if spec.kind is not ChartKind.PIE:
        chart.set_x_axis({"num_font": font, "line": {"color": LINE}, **_category_format(layout, spec.categories)})
        gridlines = {"visible": True, "line": {"color": LINE}}
        chart.set_y_axis({"num_font": font, "num_format": _number_format(layout, spec), "major_gridlines": gridlines})
    if len(spec.series) == 1 and spec.kind is not ChartKind.PIE:
        chart.set_legend({"none": True})
    else:
        chart.set_legend({"position": "bottom", "font": font})
    chart.set_size({"width": spec.width, "height": spec.height})
    options = {"description": words.text(spec.alt), "object_position": 1}
    checked(f"chart '{spec.id}'", page.insert_chart, placed.row - 1, placed.col - 1, chart, options)


def _number_format(layout: Layout, spec: Chart) -> str:
    """Shares as whole percent, amounts and counts without decimals."""
    field_type = _column(layout, spec.series[0].values).spec.type
    return "0%" if field_type is FieldType.PERCENT else "#,##0"


def _category_format(layout: Layout, reference: str) -> dict[str, str]:
    """Dates on the axis as the cells show them; some programs would show the bare number."""
    field_type = _column(layout, reference).spec.type
    dated = field_type in (FieldType.MONTH, FieldType.DATE, FieldType.TIME)
    return {"num_format": number_format(field_type, 0)} if dated else {}


def _area(layout: Layout, reference: str) -> list[Any]:
    """`table.column` as XlsxWriter names an area: sheet and 0-based corners. Spare places of a list are left out."""
    table: PlacedTable = layout.tables[reference.partition(".")[0]]
    col0 = _column(layout, reference).col - 1
    known = sum(item.known for item in table.items)
    last_row = table.header_row + known if known else table.last_row
    return [table.sheet, table.first_row - 1, col0, last_row - 1, col0]


def _column(layout: Layout, reference: str) -> PlacedColumn:
    table_id, _, column_id = reference.partition(".")
    return layout.tables[table_id].repetitions[column_id][0]
