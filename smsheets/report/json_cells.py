"""A cell as JSON has it."""

from __future__ import annotations

import msgspec

from smsheets.cells import CellRef


class CellView(msgspec.Struct, frozen=True, kw_only=True):
    """A cell: file, sheet and address as Excel writes it."""

    file: str
    sheet: str
    cell: str


def cell_view(cell: CellRef) -> CellView:
    """A cell as JSON shows it."""
    return CellView(file=cell.file, sheet=cell.sheet, cell=cell.a1)
