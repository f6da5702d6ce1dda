"""Our own reading and openpyxl's agree about every cell, or the difference is of a kind that has a reason.

`SMSHEETS_REFEREE=folder` adds the workbooks of a folder: real files that people's programs wrote.
"""

from __future__ import annotations

import os
from collections import Counter
from datetime import datetime
from pathlib import Path

import openpyxl
from make_xlsx import worksheet
from patch_xlsx import patch_parts
from referee import KINDS, differences

from smsheets.errors import WorkbookFileError
from smsheets.reader.file.source import SourceWorkbook, open_workbook

SAMPLES = sorted((Path(__file__).parents[2] / "samples").rglob("*.xlsx"))
FOLDER = os.environ.get("SMSHEETS_REFEREE")
MORE = sorted(path for path in Path(FOLDER).rglob("*") if path.is_file()) if FOLDER else []


def readable(paths: list[Path]) -> list[tuple[Path, SourceWorkbook]]:
    """Those that hold cells with formulas: no PDF renamed to .xlsx, no damaged file."""
    books = []
    for path in paths:
        try:
            book = open_workbook(path)
        except WorkbookFileError:
            continue
        if not book.values_only:
            books.append((path, book))
    return books


def test_the_samples() -> None:
    books = readable([*SAMPLES, *MORE])
    assert len(books) > 20
    assert sum(len(sheet.cells) for _, book in books for sheet in book.sheets) > 50_000
    found = [difference for path, book in books for difference in differences(path, book)]
    print(f"{len(books)} workbooks", dict(Counter(kind for kind, _ in found)))
    assert [where for kind, where in found if kind not in KINDS] == []
    assert MORE or {kind for kind, _ in found} <= {"empty text", "link without text"}


def test_each_kind_of_difference_is_told_from_a_mistake(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["text", *(1 for _ in range(3))])
    for cell, code in zip(sheet[1], ("@", "mm-dd-yy", "[h]:mm:ss", "0.00"), strict=True):
        cell.number_format = code
    book.save(path)
    rows = """
      <row r="1"><c r="A1" t="b"><f>TRUE()</f><v>1</v></c><c r="B1" s="2"><v>-3</v></c><c r="C1" s="3"><v>1.5</v></c>
        <c r="D1" s="4"><v>46094</v></c><c r="E1" t="inlineStr"><is><t>a_x000D_b</t></is></c>
        <c r="F1" t="inlineStr"><is><t></t></is></c><c r="G1"><f t="array" ref="G1:H1">A9:B9</f><v>1</v></c>
        <c r="H1"><v>2</v></c></row>
      <row r="2"><c r="A2"><v>1</v></c><c r="B2"><v>2</v></c></row>"""
    part = worksheet(rows, '<mergeCells><mergeCell ref="A2:B2"/></mergeCells>')
    changes = {"xl/worksheets/sheet1.xml": lambda _: part, "xl/styles.xml": japanese_dates}
    patch_parts(path, lambda name, text: changes.get(name, str)(text))
    assert sorted(kind for kind, _ in differences(path, open_workbook(path))) == [
        *("date of East Asia", "empty text", "escaped text", "filled by another", "in a merged range"),
        *("length of time", "number shown as date", "wrapped value"),
    ]


def japanese_dates(text: str) -> str:
    """Where `0.00` was."""
    assert 'numFmtId="2"' in text
    return text.replace('numFmtId="2"', 'numFmtId="57"')


def test_a_mistake_has_no_reason(tmp_path: Path) -> None:
    paths = [tmp_path / name for name in ("a.xlsx", "b.xlsx")]
    for path, amount, formula, day in zip(paths, (1, 2), ("=A1", "=A2"), (4, 5), strict=True):
        book = openpyxl.Workbook()
        sheet = book.active
        assert sheet is not None
        sheet.append([amount, formula, datetime(2027, 5, day), "text", "same"])
        if path is paths[1]:
            sheet["D1"] = None
        book.save(path)
    kinds = {kind for kind, _ in differences(paths[0], open_workbook(paths[1]))}
    assert kinds == {"value", "formula", "missing cell"}
    assert kinds.isdisjoint(KINDS)
