"""The hidden sheet that says what stands where: found by its name or by its content, read wherever its rows are.

Numbers gives it another name and a title row, and people copy it with the rest; so there may be none, one or several.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from smsheets.layout.placed import MARKER_SHEET
from smsheets.reader.file.source import SourceWorkbook
from smsheets.reader.file.source_cells import SourceSheet

_CELL = re.compile(r"([A-Z]{1,3})(\d{1,7})")
_FIRST_FACT = "smsheets"
_MAP_HEADING = "table or form"
_SPEC = "spec"
_ROWS_ABOVE = 6
_COLS_BEFORE = 3


@dataclass(frozen=True, slots=True)
class MapEntry:
    """Where a column or field stood when the workbook was made, and what it was called.

    Attributes:
        block: The id of its table or form.
        key: `planned#3` or a field's id.
        sheet: The sheet's name then.
        row: The header's row, or the field's.
        col: The column's, or the value's.
    """

    block: str
    key: str
    sheet: str
    row: int
    col: int
    label: str


@dataclass(frozen=True, slots=True)
class MarkerSheet:
    """What a marker sheet says. `spec` is the text of a spec of one's own, empty where there is none."""

    sheet: SourceSheet
    facts: dict[str, str]
    entries: tuple[MapEntry, ...]
    spec: str


def marker_sheets(source: SourceWorkbook) -> tuple[MarkerSheet, ...]:
    """Every marker sheet of a workbook; the one that still has its name comes first."""
    found = [_read(sheet, place) for sheet in source.sheets if (place := _first_fact(sheet)) is not None]
    return tuple(sorted(found, key=lambda marker: marker.sheet.name != MARKER_SHEET))


def is_marker_sheet(sheet: SourceSheet) -> bool:
    """Whether a sheet says what stands where, under whatever name."""
    return sheet.name == MARKER_SHEET or _first_fact(sheet) is not None


def _first_fact(sheet: SourceSheet) -> tuple[int, int] | None:
    """Where the names of the facts begin."""
    for row in range(1, _ROWS_ABOVE):
        for col in range(1, _COLS_BEFORE):
            cell = sheet.cells.get((row, col))
            if cell is not None and cell.value == _FIRST_FACT and (row, col + 1) in sheet.cells:
                return row, col
    return None


def _read(sheet: SourceSheet, place: tuple[int, int]) -> MarkerSheet:
    first, left = place
    facts: dict[str, str] = {}
    entries: list[MapEntry] = []
    pieces: list[str] = []
    in_map = False
    for row, cells in sheet.rows():
        texts = {cell.col - left: str(cell.value) for cell in cells if cell.value is not None}
        name, value = texts.get(0, ""), texts.get(1, "")
        if row < first or not name:
            continue
        if name == _MAP_HEADING:
            in_map = True
        elif name == _SPEC:
            pieces.append(value)
        elif in_map:
            entry = _entry(texts)
            entries += [entry] if entry is not None else []
        elif value:
            facts.setdefault(name, value)
    return MarkerSheet(sheet, facts, tuple(entries), "".join(pieces))


def _entry(texts: dict[int, str]) -> MapEntry | None:
    cell = _CELL.fullmatch(texts.get(3, ""))
    if cell is None:
        return None
    key, sheet, label = (texts.get(col, "") for col in (1, 2, 4))
    return MapEntry(texts[0], key, sheet, int(cell[2]), column_number(cell[1]), label)


def column_number(letters: str) -> int:
    """A -> 1, AA -> 27."""
    col = 0
    for letter in letters:
        col = col * 26 + ord(letter) - 64
    return col
