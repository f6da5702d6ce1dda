"""The table of working days is what LibreOffice says."""

from __future__ import annotations

import io

import openpyxl
from libreoffice import LibreOffice
from working_days import counted


def test_libreoffice_counts_as_the_table(libreoffice: LibreOffice) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row, line in enumerate(counted(), 1):
        for col, value in enumerate((line.first, line.last, line.weekend, line.nth), 1):
            sheet.cell(row, col, value)
        for col, day in enumerate(line.off, 10):
            sheet.cell(row, col, day)
        off = f"J{row}:W{row}"
        sheet.cell(row, 5, f"=NETWORKDAYS.INTL(A{row},B{row},C{row},{off})")
        sheet.cell(row, 6, f"=WORKDAY.INTL(A{row}-1,D{row},C{row},{off})").number_format = "yyyy-mm-dd"
    buffer = io.BytesIO()
    book.save(buffer)
    saved = libreoffice.resave({"days": buffer.getvalue()})["days"]
    computed = openpyxl.load_workbook(io.BytesIO(saved), data_only=True).active
    assert computed is not None
    found = [(computed.cell(row, 5).value, computed.cell(row, 6).value.date()) for row in range(1, len(counted()) + 1)]
    assert found == [(line.days, line.end) for line in counted()]
