"""A report that this program wrote as a workbook: it looks like a workbook of its own, and holds no plan."""

from __future__ import annotations

from smsheets.problems import REPORT_LINE, REPORT_PROPERTY
from smsheets.reader.file.source import SourceWorkbook

IS_REPORT = "this is a report that smsheets wrote, not a workbook to fill in. Give the workbooks it was made from."


def is_report(source: SourceWorkbook) -> bool:
    """Whether it is a report: by its document property, or by the line on its first sheet where that is lost."""
    if REPORT_PROPERTY in source.properties:
        return True
    return bool(source.sheets) and any(cell.value == REPORT_LINE for cell in source.sheets[0].cells.values())
