"""Cell formats, made once each, and validations: the rule of an input cell and the hint beside it."""

from __future__ import annotations

import re
import warnings
from collections.abc import Callable
from typing import Any

from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from smsheets.cells import column_letters
from smsheets.errors import SmsheetsError
from smsheets.layout.cells_of import CellContent, Role, choices_range
from smsheets.layout.formulas import FormulaResolver
from smsheets.layout.items import Item, with_days
from smsheets.layout.placed import Layout, PlacedColumn, PlacedForm, PlacedTable
from smsheets.safe_text import safe_xml
from smsheets.spec.model import Field
from smsheets.spec.vocabulary import DAY_TYPES, FieldType, Look
from smsheets.writer.look import (
    UNUSED,
    VALUE_ROLES,
    Country,
    cell_properties,
    look_properties,
    setting_of,
    value_format,
    value_properties,
)

TITLE_LIMIT = 32  # characters of a hint's heading, a limit of Excel
_TEXT_LIMIT = 255  # characters of a hint, a limit of Excel
_FAR_FUTURE = "=DATE(2199,12,31)"
_FAR_PAST = "=DATE(1990,1,1)"


class NotWrittenError(SmsheetsError):
    """The workbook could not be written whole; the text says which part."""


def checked(what: str, call: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
    """Calls an XlsxWriter method.

    Raises:
        NotWrittenError: The method warned, or returned a negative number or False.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        try:
            result = call(*args, **kwargs)
        except UserWarning as warning:
            raise NotWrittenError(f"{what} cannot be written: {' '.join(str(warning).split())}") from warning
    if result is False or (isinstance(result, int) and result is not True and result < 0):
        raise NotWrittenError(f"{what} cannot be written: a limit of the file format is passed")
    return result


_YOUNG_FUNCTIONS = ("IFNA", "ISOWEEKNUM")
"""Those of the portable functions that came with Excel 2013. Without the prefix, programs show `#NAME?`."""

_PREFIX = "_xlfn."
_ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)|[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_QUOTED = re.compile(r"""("[^"]*"|'[^']*')""")
_YOUNG = re.compile(rf"(?<![\w.])({'|'.join(_YOUNG_FUNCTIONS)})\(")


def file_formula(formula: str) -> str:
    """The formula with the prefix where it is needed; what is in quotes is left alone."""
    if not any(f"{name}(" in formula for name in _YOUNG_FUNCTIONS):
        return formula
    pieces = _QUOTED.split(formula)
    pieces[::2] = [_YOUNG.sub(rf"{_PREFIX}\1(", piece) for piece in pieces[::2]]
    return "".join(pieces)


def escaped_text(text: str) -> str:
    """A formula's text as the file holds it. XlsxWriter escapes the texts of cells so, but not what formulas show."""
    return _ESCAPED.sub(lambda found: "_x005F_" if found[0] == "_" else f"_x{ord(found[0]):04X}_", text)


class Formats:
    """The formats of one workbook; equal ones are one object, so that the file stays small."""

    def __init__(self, book: Workbook, country: Country) -> None:
        self._book = book
        self._country = country
        self._of_fields: dict[tuple[Role, int, bool, bool], Format] = {}
        self._made: dict[object, Format] = {}

    def of_cell(self, cell: CellContent) -> Format:
        """The format of a cell."""
        if cell.role in VALUE_ROLES:
            return self._of_value(cell)
        # A field exists as long as the layout: its identity is a key that is quick to make for each of its many cells.
        quick = (cell.role, id(cell.field), cell.band, cell.tall)
        found = self._of_fields.get(quick)
        if found is None:
            found = self._of_fields[quick] = self._of_setting(cell)
        return found

    def _of_setting(self, cell: CellContent) -> Format:
        field_type = cell.field.type if cell.field is not None else None
        key = (cell.role, field_type, setting_of(cell))
        return self._once(key, lambda: cell_properties(cell.role, field_type, self._country, key[2]))

    def _of_value(self, cell: CellContent) -> Format:
        key = (cell.role, value_format(cell.value, self._country))
        return self._once(key, lambda: value_properties(*key))

    def of_look(self, look: Look) -> Format:
        """The format of a conditional look."""
        return self._once(look, lambda: look_properties(look, self._country))

    def _once(self, key: object, properties: Callable[[], dict[str, Any]]) -> Format:
        if key not in self._made:
            self._made[key] = self._book.add_format(properties())
        return self._made[key]

    @property
    def title(self) -> Format:
        """The format of the band behind a title."""
        return self._once("title", lambda: cell_properties(Role.TITLE, None, self._country))

    @property
    def unused(self) -> Format:
        """The conditional format of what holds nothing yet."""
        return self._once("unused", lambda: UNUSED)


_Area = tuple[int, int, int, int]


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
        """Hides what holds nothing: rows without a name, columns without a heading. They hold no other look."""
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

    def _unused(self, page: Worksheet, area: _Area, formula: str) -> None:
        rule = {"type": "formula", "criteria": formula, "format": self._formats.unused}
        checked("a conditional format", page.conditional_format, *area, rule)

    def of_field(self, page: Worksheet, form: PlacedForm, field: Field) -> None:
        """The looks of a form's value cell."""
        row0, col0 = form.row_of[field.id] - 1, form.value_col - 1
        area = (row0, col0, row0, col0)
        self._words(page, area, field)
        for extra in field.formats:
            self._formula(page, area, self._formulas.field_formula(form, extra.formula), extra.look)

    def _words(self, page: Worksheet, area: _Area, field: Field) -> None:
        for value_id, look in field.looks.items():
            quoted = self._layout.list_word(field.choices or "", value_id).replace('"', '""')
            self._rule(page, area, {"type": "cell", "criteria": "==", "value": f'"{quoted}"'}, look)

    def _formula(self, page: Worksheet, area: _Area, formula: str, look: Look) -> None:
        self._rule(page, area, {"type": "formula", "criteria": file_formula(formula)}, look)

    def _rule(self, page: Worksheet, area: _Area, rule: dict[str, Any], look: Look) -> None:
        options = {**rule, "format": self._formats.of_look(look)}
        checked("a conditional format", page.conditional_format, *area, options)


def validation_of(layout: Layout, field: Field, item: Item | None = None) -> dict[str, Any]:
    """The XlsxWriter options of an input cell. A value outside warns and may be kept: locking drives people away."""
    words = layout.words
    options: dict[str, Any] = {"validate": "any", **_rule(layout, field)}
    label = words.text(field.label)
    options["input_title"] = short_title(safe_xml(f"{label}, {item.label}" if item is not None else label))
    if field.hint:
        options["input_message"] = with_days(words.text(field.hint), layout.profile)[:_TEXT_LIMIT]
    if options["validate"] != "any":
        options["error_type"] = "warning"
        options["error_title"] = short_title(label)
        message = words.text(_error_message(field, options["validate"]))
        options["error_message"] = with_days(message, layout.profile)[:_TEXT_LIMIT]
        # The dropdown cannot offer every day.
        options["show_error"] = not field.dated and not (options["validate"] == "list" and field.type in DAY_TYPES)
        if layout.takes_own_words(field.choices or ""):
            options["show_error"] = False
    return options


def short_title(text: str) -> str:
    """The heading of a hint: a longer label is cut between words, and shows that it is."""
    if len(text) <= TITLE_LIMIT:
        return text
    kept = text[:TITLE_LIMIT].rpartition(" ")[0] or text[: TITLE_LIMIT - 1]
    return kept.rstrip(" ,;:.") + "…"


def _rule(layout: Layout, field: Field) -> dict[str, Any]:
    source = choices_range(layout, field)
    if source is not None:
        return {"validate": "list", "source": "=" + source}
    if field.type in (FieldType.DATE, FieldType.MONTH):
        return {"validate": "date", "criteria": "between", "minimum": _FAR_PAST, "maximum": _FAR_FUTURE}
    if field.type is FieldType.TIME:
        return {"validate": "decimal", "criteria": "between", "minimum": 0, "maximum": 1}
    if field.type in (FieldType.NUMBER, FieldType.MONEY, FieldType.PERCENT, FieldType.INTEGER):
        kind = "integer" if field.type is FieldType.INTEGER else "decimal"
        low = field.minimum if field.minimum is not None else -1e9
        high = field.maximum if field.maximum is not None else 1e12 if kind == "decimal" else 2e9
        whole = kind == "integer"
        return {
            "validate": kind,
            "criteria": "between",
            "minimum": int(low) if whole else low,
            "maximum": int(high) if whole else high,
        }
    return {}


def _error_message(field: Field, rule: str) -> str:
    if rule == "list":
        return "Please pick a value from the list. You can add values on the sheet Lists."
    if rule == "date":
        return "Please type a date, for example 2027-03-15."
    if field.type is FieldType.TIME:
        return "Please type a time, for example 09:30."
    if rule == "integer":
        return "Please type a whole number, without a unit."
    return "Please type a number, without a unit or currency."
