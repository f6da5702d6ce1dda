"""The short texts of a sheet, among which headings and labels are looked for."""

from __future__ import annotations

from smsheets.reader.file.source_cells import SourceSheet
from smsheets.reader.identity.sheet_names import sheet_labels
from smsheets.reader.values.words import normal_label

_LONGEST_HINT = 255


class Page:
    """The short texts of a sheet's upper rows, by row and normalised."""

    def __init__(self, sheet: SourceSheet, depth: int) -> None:
        self.sheet = sheet
        self.names = set(sheet_labels(sheet.name))
        self.rows: dict[int, dict[int, str]] = {}
        self.places: dict[str, list[tuple[int, int]]] = {}
        for (row, col), cell in sheet.cells.items():
            if row <= depth and isinstance(cell.value, str) and 0 < len(cell.value) <= _LONGEST_HINT:
                label = normal_label(cell.value)
                self.rows.setdefault(row, {})[col] = label
                self.places.setdefault(label, []).append((row, col))
