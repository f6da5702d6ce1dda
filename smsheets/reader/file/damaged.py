"""A damaged workbook's values, by python-calamine: it puts up with texts that are no proper XML. Formulas are lost.

It unpacks without limits, and sets cells far apart into one block of memory. So it gets a small archive of our own: the
parts that hold values, unpacked within the limits, without a document type, with no cell far away.
"""

from __future__ import annotations

import io
import os
import re
import sys
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import TYPE_CHECKING

from smsheets.cells import MAX_COL, MAX_ROW, column_number
from smsheets.reader.file.package import DamagedFileError, Package
from smsheets.reader.file.source_cells import CellValue, SourceCell, SourceSheet, text_value

if TYPE_CHECKING:
    from python_calamine import CalamineSheet

_VALUE_PARTS = re.compile(
    r"_rels/\.rels|\[content_types\]\.xml|xl/[^/]+\.xml|xl/_rels/[^/]+\.rels|xl/worksheets/[^/]+\.xml"
)
_MOST_BYTES = 100 * 1024 * 1024
_MOST_PLACES = 2_000_000
"""Cells of all sheets together, the empty ones between them counted."""

_POSITION = re.compile(rb"""\sr\s*=\s*["']([^"']*)["']""")
_CELL = re.compile(rb"\s*+([A-Za-z]{0,3})([0-9]{0,7})\s*+")
_CELL_START = re.compile(rb"<(?:[\w.-]+:)?c[\s>/]")
_ROW_START = re.compile(rb"<(?:[\w.-]+:)?row[\s>/]")


def read_damaged(package: Package) -> list[SourceSheet]:
    """The sheets with their values; none where they cannot be read, or not with certainty that it is safe."""
    try:
        data = _small_archive(package)
        if data is None:
            return []
        with _silence():
            return list(_sheets(data))
    except (DamagedFileError, ImportError):
        return []


@contextmanager
def _silence() -> Iterator[None]:
    """Nothing is printed meanwhile: a panic prints where it was, past Python, before anybody can catch it."""
    sys.stderr.flush()
    try:
        kept = os.dup(2)
    except OSError:  # there is no such stream
        yield
        return
    try:
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, 2)
        os.close(nowhere)
        yield
    finally:
        os.dup2(kept, 2)
        os.close(kept)


def _small_archive(package: Package) -> bytes | None:
    """The parts that hold values in an archive of their own; None where one of them is not safe."""
    buffer = io.BytesIO()
    size = places = 0
    taken: set[str] = set()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for entry in package.entries:
            name = entry.filename.replace("\\", "/").lstrip("/")
            if not _VALUE_PARTS.fullmatch(name.lower()) or name in taken:
                continue  # of two parts of one name, spreadsheet programs read one
            taken.add(name)
            part = package.read(entry.filename)
            size += len(part)
            places += _places(part) if "worksheets/" in name.lower() else 0
            if size > _MOST_BYTES or places > _MOST_PLACES or not _is_safe(part):
                return None
            archive.writestr(name, part)
    return buffer.getvalue()


def _is_safe(part: bytes) -> bool:
    """True if it has no document type, by its bytes, so none with two bytes a letter."""
    return b"\0" not in part[:200] and b"<!doctype" not in part.lower()


def _places(part: bytes) -> int:
    """At most this many cells are in the block from A1 to the last cell of a sheet.

    Rows and cells without a number of their own follow the one before them.
    """
    row = col = 0
    for found in _POSITION.finditer(part):
        cell = _CELL.fullmatch(found[1])
        if cell is None:
            return _MOST_PLACES + 1
        row, col = max(row, int(cell[2] or 0)), max(col, column_number(cell[1].decode()))
    if row > MAX_ROW or col > MAX_COL:
        return _MOST_PLACES + 1
    rows = _ROW_START.split(part)
    return (row + len(rows)) * (col + max(len(_CELL_START.findall(inside)) for inside in rows))


def _sheets(data: bytes) -> Iterator[SourceSheet]:
    from python_calamine import CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

    states = ((SheetVisibleEnum.Hidden, "hidden"), (SheetVisibleEnum.VeryHidden, "veryHidden"))
    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(data)) as book:
            for meta in book.sheets_metadata:
                if meta.typ == SheetTypeEnum.WorkSheet:
                    sheet = book.get_sheet_by_name(meta.name)
                    state = next((name for kind, name in states if meta.visible == kind), "visible")
                    yield SourceSheet(meta.name, state, _cells(sheet))
    except (KeyboardInterrupt, SystemExit, GeneratorExit):
        raise
    except BaseException as error:  # its own errors, and a panic, which is no Exception
        raise DamagedFileError(str(error)) from None


def _cells(sheet: CalamineSheet) -> dict[tuple[int, int], SourceCell]:
    cells: dict[tuple[int, int], SourceCell] = {}
    for row, values in enumerate(sheet.to_python(skip_empty_area=False), 1):
        for col, found in enumerate(values, 1):
            value = _value(found)
            if value is not None:
                cells[row, col] = SourceCell(row, col, value)
    return cells


def _value(found: object) -> CellValue:
    if isinstance(found, str):
        return text_value(found) if found else None
    if isinstance(found, float):
        return int(found) if found.is_integer() else found
    if isinstance(found, timedelta):
        return found / timedelta(days=1)
    return found  # type: ignore[return-value]  # a bool, date, time or datetime
