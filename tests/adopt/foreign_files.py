"""Workbooks as other people make them: the cells are visible in the test."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

from openpyxl import Workbook, load_workbook

from smsheets.reader.read import read_workbook
from smsheets.rewrite.adopt import AdoptOptions, adopt_file
from smsheets.rewrite.adoption import Adoption

Rows = Sequence[Sequence[Any]]


def foreign(
    path: Path,
    sheets: Mapping[str, Rows],
    *,
    merges: Mapping[str, Sequence[str]] | None = None,
    formats: Mapping[str, Mapping[str, str]] | None = None,
) -> Path:
    """A workbook with these rows from A1 on each sheet; None leaves a cell empty.

    Args:
        merges: Sheet -> ranges to merge (`A1:F1`).
        formats: Sheet -> cell -> number format.
    """
    book = Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        page = book.create_sheet(name)
        for row, values in enumerate(rows, 1):
            for col, value in enumerate(values, 1):
                if value is not None:
                    page.cell(row, col, value)
        for area in (merges or {}).get(name, ()):
            page.merge_cells(area)
        for cell, code in (formats or {}).get(name, {}).items():
            page[cell].number_format = code
    book.save(path)
    return path


def texts_of(sheets: Mapping[str, Rows]) -> list[str]:
    """Every text and number of the rows, as texts."""
    return [shown(value) for rows in sheets.values() for row in rows for value in row if value is not None]


def shown(value: Any) -> str:
    if isinstance(value, datetime):
        return value.isoformat(" ")
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, float) and value == int(value):
        return str(int(value))
    return str(value)


def adopted(path: Path, kind: str = "", *, corrections: Sequence[str] = (), **given: Any) -> tuple[Adoption, Path]:
    """The adoption of a file, and the workbook it was written to."""
    options = AdoptOptions(kind=kind, given=given, corrections=corrections, default_start=date(2027, 1, 1))
    adoption = adopt_file(path, options)
    target = path.with_name(f"adopted-{path.name}")
    target.write_bytes(adoption.workbook())
    return adoption, target


def read_rows(path: Path, table: str, *columns: str) -> list[tuple[str, ...]]:
    """The rows of a table as our reader reads them, as texts; empty for what is blank."""
    rows = read_workbook(path).rows[table]
    found = [tuple(_text(row.values.get(column)) for column in columns) for row in rows]
    return [row for row in found if any(row)]


def _text(value: Any) -> str:
    return "" if value in (None, ()) else shown(value)


def lost_texts(path: Path, sheets: Mapping[str, Rows], *represented: str) -> list[str]:
    """The texts and numbers of a foreign workbook that stand nowhere in the adopted one.

    Args:
        represented: Those that became something else: `Monday` a date, `Posted` a status.
    """
    book = load_workbook(path)
    there = [cell.value for page in book for row in page.iter_rows() for cell in row if cell.value is not None]
    return lost_among(there, sheets, *represented)


def lost_among(there: Sequence[Any], sheets: Mapping[str, Rows], *represented: str) -> list[str]:
    """The texts and numbers of a foreign workbook that are not among these values."""
    whole = {shown(value) for value in there}
    whole |= {part for text in whole for part in re.split(r" \| | \.\.\. | (?=Planned|Actual)", text)}
    return [text for text in texts_of(sheets) if text not in whole and text not in represented]
