"""Conditional looks: a colour for a status word, or where a formula holds."""

from __future__ import annotations

from typing import Any

from xlsxwriter.worksheet import Worksheet

from smsheets.cells import column_letters
from smsheets.layout.formulas import FormulaResolver
from smsheets.layout.placed import Layout, PlacedColumn, PlacedForm, PlacedTable
from smsheets.spec.model import Field, Look
from smsheets.writer.checked import checked
from smsheets.writer.formats import Formats
from smsheets.writer.formula_text import file_formula

Area = tuple[int, int, int, int]


class Looks:
    """Writes the conditional looks of one layout's fields."""

    def __init__(self, layout: Layout, formats: Formats) -> None:
        self._layout = layout
        self._formats = formats
        self._formulas = FormulaResolver(layout)

    def of_column(self, page: Worksheet, table: PlacedTable, column: PlacedColumn) -> None:
        """The looks of a column's data cells."""
        area = (table.first_row - 1, column.col - 1, table.last_row - 1, column.col - 1)
        self._words(page, area, column.spec)
        for extra in column.spec.formats:
            self._formula(page, area, self._formulas.format_formula(table, column, extra.formula), extra.look)

    def of_unused(self, page: Worksheet, table: PlacedTable) -> None:
        """Hides what stands for nothing: rows without a name, columns without a heading. They hold no other look."""
        if table.may_end_early:
            first, second = (column_letters(table.columns[n].col) for n in (0, 1))
            empty = f'${first}{table.first_row}=""'
            if table.spec.mirror is not None:
                empty = f'AND({empty},${second}{table.first_row}="")'
            area = (table.first_row - 1, table.columns[0].col - 1, table.last_row - 1, table.columns[-1].col - 1)
            self._unused(page, area, f"={empty}")
        for column in table.columns:
            if column.item is not None and not column.item.known:
                area = (table.header_row - 1, column.col - 1, table.last_row - 1, column.col - 1)
                self._unused(page, area, f'={column_letters(column.col)}${table.header_row}=""')

    def _unused(self, page: Worksheet, area: Area, formula: str) -> None:
        rule = {"type": "formula", "criteria": formula, "format": self._formats.unused}
        checked("a conditional format", page.conditional_format, *area, rule)

    def of_field(self, page: Worksheet, form: PlacedForm, field: Field) -> None:
        """The looks of a form's value cell."""
        row0, col0 = form.row_of[field.id] - 1, form.value_col - 1
        area = (row0, col0, row0, col0)
        self._words(page, area, field)
        for extra in field.formats:
            self._formula(page, area, self._formulas.field_formula(form, extra.formula), extra.look)

    def _words(self, page: Worksheet, area: Area, field: Field) -> None:
        for value_id, look in field.looks.items():
            quoted = self._layout.list_word(field.choices or "", value_id).replace('"', '""')
            self._rule(page, area, {"type": "cell", "criteria": "==", "value": f'"{quoted}"'}, look)

    def _formula(self, page: Worksheet, area: Area, formula: str, look: Look) -> None:
        self._rule(page, area, {"type": "formula", "criteria": file_formula(formula)}, look)

    def _rule(self, page: Worksheet, area: Area, rule: dict[str, Any], look: Look) -> None:
        options = {**rule, "format": self._formats.of_look(look)}
        checked("a conditional format", page.conditional_format, *area, options)
