"""Sheets that a person added to a workbook: they are left alone, and told, so that nothing vanishes from sight."""

from __future__ import annotations

from smsheets.layout.placed import Layout
from smsheets.reader.file.source import SourceWorkbook
from smsheets.reader.identity.marker_sheet import is_marker_sheet
from smsheets.reader.places.found import Found
from smsheets.reader.places.labels import Labels
from smsheets.reader.values.words import normal_label


def own_sheets(source: SourceWorkbook, found: Found, layout: Layout, lists_sheet: str) -> tuple[str, ...]:
    """The names of the sheets that are none of the template's and that nothing was read from.

    Args:
        lists_sheet: The sheet that the lists were read from.
    """
    labels = Labels(layout)
    ours = {normal_label(name) for sheet in layout.sheets for name in labels.of_sheet(sheet.name)}
    tables = {table.sheet.name for table in found.tables.values()}
    known = {lists_sheet, *tables, *(form.sheet.name for form in found.forms.values())}
    return tuple(
        sheet.name
        for sheet in source.sheets
        if sheet.name not in known
        and normal_label(sheet.name) not in ours
        and sheet.last_row
        and not is_marker_sheet(sheet)
    )
