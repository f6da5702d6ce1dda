"""Workbooks with what people put into theirs: charts, pictures, notes, formats, names, macros."""

from __future__ import annotations

import io
import struct
import warnings
import zipfile
import zlib
from pathlib import Path

import openpyxl
import xlsxwriter
from openpyxl.chart import BarChart, Reference
from openpyxl.comments import Comment


def tiny_picture() -> io.BytesIO:
    """A PNG of one pixel."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">2I5B", 1, 1, 8, 0, 0, 0, 0)
    parts = chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0\0")) + chunk(b"IEND", b"")
    return io.BytesIO(b"\x89PNG\r\n\x1a\n" + parts)


def by_xlsxwriter(path: Path) -> Path:
    """Two sheets; `Costs` has a chart, a picture, sparklines, data bars, a validation, a note in B2, a button."""
    book = xlsxwriter.Workbook(str(path))
    costs, other = book.add_worksheet("Costs"), book.add_worksheet("O'Neil & Söhne")
    for row in range(1, 9):
        costs.write_row(row, 0, [f"line {row}", row * 10, row * 11])
        costs.write_formula(row, 3, f"=B{row + 1}+C{row + 1}", None, row * 21)
    costs.write_comment("B2", "Ask the printer.", {"author": "Owner"})
    costs.insert_image("F20", "dot.png", {"image_data": tiny_picture()})
    costs.insert_textbox("F30", "Thank you")
    costs.insert_button("F40", {"caption": "Go"})
    costs.add_sparkline("E2", {"range": "Costs!B2:D2"})
    costs.conditional_format("B2:B9", {"type": "data_bar", "data_bar_2010": True})
    costs.conditional_format(
        "C2:C9", {"type": "cell", "criteria": ">", "value": 50, "format": book.add_format({"bold": True})}
    )
    costs.data_validation("C2:C9", {"validate": "integer", "criteria": ">", "value": 0})
    costs.merge_range("A12:C13", "a merged title")
    costs.autofilter("A1:D9")
    costs.set_header("&LCosts")
    costs.add_table("H1:I3", {"columns": [{"header": "x"}, {"header": "y"}]})
    chart = book.add_chart({"type": "column"})
    chart.add_series({"values": "=Costs!$B$2:$B$9", "data_labels": {"value": True}})
    costs.insert_chart("F2", chart)
    other.write("A1", "hello")
    other.repeat_rows(0)
    other.activate()
    book.define_name("all_costs", "=Costs!$B$2:$B$9")
    book.define_name("Costs!local", "=Costs!$A$1")
    book.close()
    return path


def by_openpyxl(path: Path) -> Path:
    """A sheet with a chart, a conditional format and two notes; a second one without notes; a sheet `Problems`."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Costs"
    for row in range(1, 9):
        sheet.append([f"line {row}", row * 10, None, row])
    sheet["B2"].comment = Comment("Ask the printer.", "Owner")
    sheet["D4"].comment = Comment("Paid.", "Owner")
    chart = BarChart()
    chart.add_data(Reference(sheet, min_col=2, min_row=1, max_row=8))
    sheet.add_chart(chart, "F2")
    sheet.freeze_panes = "A2"
    book.create_sheet("Second").append(["hello"])
    book.create_sheet("problems").append(["my own list"])
    book.save(path)
    return path


def parts_of(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def open_book(path: Path) -> openpyxl.Workbook:
    """A workbook as openpyxl reads it, without its remarks on what it does not know."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)
        return openpyxl.load_workbook(path)


def notes_of(path: Path) -> dict[str, str]:
    """`Costs!B2` -> its note, as openpyxl reads it."""
    book = open_book(path)
    return {
        f"{sheet.title}!{cell.coordinate}": cell.comment.text
        for sheet in book.worksheets
        for cell in list(sheet._cells.values())  # rows and columns up to a lone far cell would take for ever
        if cell.comment is not None
    }
