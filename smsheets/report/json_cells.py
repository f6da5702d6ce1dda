"""What all JSON of the reports has in common: how it is written, and how it shows a cell."""

from __future__ import annotations

from typing import Any

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


def json_bytes(view: Any) -> bytes:
    """A view as indented JSON in UTF-8."""
    return msgspec.json.format(msgspec.json.encode(view), indent=2) + b"\n"


def schema_bytes(view: type) -> bytes:
    """The JSON Schema of a view."""
    return json_bytes(msgspec.json.schema(view))
