"""A grid as the bytes of an .xlsx file: as little of the format as there can be, written fast.

Texts stand in their cells; nothing is compressed. What a sheet and a cell look like in the file is kept with them, so
that a workbook costs only what was edited.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from datetime import date, datetime, time
from functools import lru_cache
from xml.sax.saxutils import escape, quoteattr

from grid import Book, Cell, Content, ErrorText, Sheet
from make_xlsx import HEAD, MAIN, OFFICE, rels

from smsheets.calc.engine import serial
from smsheets.cells import column_letters

_FORMATS = ("yyyy\\-mm\\-dd", "hh:mm", "yyyy\\-mm\\-dd hh:mm")
"""Cell style 1 shows a date, 2 a time, 3 both; 0 is everything else."""

_STYLES = "".join(
    (
        f'{HEAD}<styleSheet xmlns="{MAIN}"><numFmts count="3">',
        *(f'<numFmt numFmtId="{number}" formatCode="{code}"/>' for number, code in enumerate(_FORMATS, 164)),
        '</numFmts><fonts count="1"><font><sz val="11"/></font></fonts>',
        '<fills count="1"><fill><patternFill patternType="none"/></fill></fills>',
        '<borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs>',
        '<cellXfs count="4"><xf numFmtId="0"/>',
        *(f'<xf numFmtId="{number}" applyNumberFormat="1"/>' for number, _ in enumerate(_FORMATS, 164)),
        '</cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>',
    )
)
_CUSTOM = "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"
_VALUES = "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_DAY_ONE = (1980, 1, 1, 0, 0, 0)


def to_bytes(book: Book) -> bytes:
    """The workbook's file."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as archive:
        for name, data in _parts(book).items():
            archive.writestr(zipfile.ZipInfo(name, _DAY_ONE), data)
    return target.getvalue()


def _parts(book: Book) -> dict[str, str | bytes]:
    numbers = range(1, len(book.sheets) + 1)
    links = [(f"rId{n}", "worksheet", f"worksheets/sheet{n}.xml") for n in numbers]
    parts: dict[str, str | bytes] = {
        "[Content_Types].xml": _content_types(len(book.sheets)),
        "_rels/.rels": rels(
            ("rId1", "officeDocument", "xl/workbook.xml"), ("rId2", "custom-properties", "docProps/custom.xml")
        ),
        "docProps/custom.xml": _properties(book.properties),
        "xl/workbook.xml": _workbook(book),
        "xl/_rels/workbook.xml.rels": rels(*links, ("rId9000", "styles", "styles.xml")),
        "xl/styles.xml": _STYLES,
    }
    for n, sheet in zip(numbers, book.sheets, strict=True):
        parts[f"xl/worksheets/sheet{n}.xml"] = _worksheet(sheet)
    return parts


@lru_cache(maxsize=64)
def _content_types(count: int) -> str:
    kinds = {"/xl/workbook.xml": "sheet.main+xml", "/xl/styles.xml": "styles+xml"}
    kinds |= {f"/xl/worksheets/sheet{n}.xml": "worksheet+xml" for n in range(1, count + 1)}
    parts = "".join(f'<Override PartName="{name}" ContentType="{_SHEET_TYPE}.{kind}"/>' for name, kind in kinds.items())
    custom = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
    rels_type = "application/vnd.openxmlformats-package.relationships+xml"
    return (
        f'{HEAD}<Types xmlns="{_TYPES}"><Default Extension="rels" ContentType="{rels_type}"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{parts}'
        f'<Override PartName="/docProps/custom.xml" ContentType="{custom}"/></Types>'
    )


def _properties(values: Mapping[str, str]) -> str:
    lines = "".join(
        f'<property fmtid="{{D5CDD505-2E9C-101B-9397-08002B2CF9AE}}" pid="{n}" name={quoteattr(name)}>'
        f"<vt:lpwstr>{escape(value)}</vt:lpwstr></property>"
        for n, (name, value) in enumerate(values.items(), 2)
    )
    return f'{HEAD}<Properties xmlns="{_CUSTOM}" xmlns:vt="{_VALUES}">{lines}</Properties>'


def _workbook(book: Book) -> str:
    sheets = "".join(
        f'<sheet name={quoteattr(sheet.name)} sheetId="{n}"'
        f'{"" if sheet.state == "visible" else f""" state="{sheet.state}" """} r:id="rId{n}"/>'
        for n, sheet in enumerate(book.sheets, 1)
    )
    names = "".join(
        f"<definedName name={quoteattr(name)}>{escape(text)}</definedName>" for name, text in book.names.items()
    )
    names = f"<definedNames>{names}</definedNames>" if names else ""
    return f'{HEAD}<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>{sheets}</sheets>{names}</workbook>'


def _worksheet(sheet: Sheet) -> bytes:
    kept = sheet.__dict__.get("_bytes")
    if kept is None:
        kept = _sheet_text(sheet).encode()
        sheet.__dict__["_bytes"] = kept
    return kept


def _sheet_text(sheet: Sheet) -> str:
    lines = []
    for row in sorted(sheet.by_row):
        cells = sheet.by_row[row]
        hidden = ' hidden="1"' if row in sheet.hidden_rows else ""
        inside = "".join(f'<c r="{_letters(col)}{row}"{tail}' for col in sorted(cells) if (tail := _tail(cells[col])))
        lines.append(f'<row r="{row}"{hidden}>{inside}</row>')
    cols = "".join(f'<col min="{n}" max="{n}" width="9" hidden="1"/>' for n in sorted(sheet.hidden_cols))
    cols = f"<cols>{cols}</cols>" if cols else ""
    merged = "".join(f'<mergeCell ref="{_letters(c1)}{r1}:{_letters(c2)}{r2}"/>' for r1, c1, r2, c2 in sheet.merges)
    merged = f'<mergeCells count="{len(sheet.merges)}">{merged}</mergeCells>' if merged else ""
    rows = "".join(lines)
    return f'{HEAD}<worksheet xmlns="{MAIN}">{cols}<sheetData>{rows}</sheetData>{merged}</worksheet>'


_letters = lru_cache(maxsize=None)(column_letters)


def _tail(cell: Cell) -> str:
    """What follows the cell's name; nothing for a cell that holds nothing."""
    kept = cell.__dict__.get("_tail")
    if kept is None:
        kept = cell.__dict__["_tail"] = _written(cell.value, cell.formula)
    return str(kept)


def _written(value: Content, formula: str | None) -> str:
    inside = "" if formula is None else f"<f>{escape(formula)}</f>"
    if value is None:
        return f">{inside}</c>" if inside else ""
    if isinstance(value, bool):
        return f' t="b">{inside}<v>{int(value)}</v></c>'
    if isinstance(value, ErrorText):
        return f' t="e">{inside}<v>{value.text}</v></c>'
    if isinstance(value, str):
        if formula is not None:
            return f' t="str">{inside}<v>{_safe(value)}</v></c>'
        return f' t="inlineStr"><is><t xml:space="preserve">{_safe(value)}</t></is></c>'
    style = 3 if isinstance(value, datetime) else 1 if isinstance(value, date) else 2 if isinstance(value, time) else 0
    number = serial(value) if isinstance(value, date | time) else value
    shown = repr(int(number) if isinstance(number, float) and number.is_integer() else number)
    return f'{f""" s="{style}" """ if style else ""}>{inside}<v>{shown}</v></c>'


def _safe(text: str) -> str:
    """A text as XML keeps it: a carriage return and what looks like an escape are escaped."""
    return escape(text).replace("_x", "_x005F_x").replace("\r", "_x000D_")
