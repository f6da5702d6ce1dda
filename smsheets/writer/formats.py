"""Cell formats, made once each."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook

from smsheets.layout.cells_of import CellContent, Role
from smsheets.spec.model import FieldType, Look
from smsheets.writer.look import (
    LOOKS,
    UNUSED,
    VALUE_ROLES,
    Setting,
    cell_properties,
    setting_of,
    value_format,
    value_properties,
)


class Formats:
    """The formats of one workbook; equal ones are one object, so that the file stays small."""

    def __init__(self, book: Workbook, decimals: int) -> None:
        self._book = book
        self._decimals = decimals
        self._cells: dict[tuple[Role, FieldType | None, Setting], Format] = {}
        self._of_fields: dict[tuple[Role, int, bool], Format] = {}
        self._values: dict[tuple[Role, str], Format] = {}
        self._looks: dict[Look, Format] = {}

    def of_cell(self, cell: CellContent) -> Format:
        """The format of a cell."""
        if cell.role in VALUE_ROLES:
            return self._of_value(cell)
        # A field lives as long as the layout: its identity is a key that is quick to make for each of its many cells.
        quick = (cell.role, id(cell.field), cell.band)
        found = self._of_fields.get(quick)
        if found is None:
            found = self._of_fields[quick] = self._of_setting(cell)
        return found

    def _of_setting(self, cell: CellContent) -> Format:
        field_type = cell.field.type if cell.field is not None else None
        key = (cell.role, field_type, setting_of(cell))
        if key not in self._cells:
            self._cells[key] = self._make(cell_properties(cell.role, field_type, self._decimals, key[2]))
        return self._cells[key]

    def _of_value(self, cell: CellContent) -> Format:
        key = (cell.role, value_format(cell.value))
        if key not in self._values:
            self._values[key] = self._make(value_properties(*key))
        return self._values[key]

    def of_look(self, look: Look) -> Format:
        """The format of a conditional look."""
        if look not in self._looks:
            self._looks[look] = self._make(LOOKS[look])
        return self._looks[look]

    @cached_property
    def title(self) -> Format:
        """The format of the band behind a title."""
        return self._make(cell_properties(Role.TITLE, None, self._decimals))

    @cached_property
    def unused(self) -> Format:
        """The conditional format of what stands for nothing yet."""
        return self._make(UNUSED)

    def _make(self, properties: dict[str, Any]) -> Format:
        return self._book.add_format(properties)
