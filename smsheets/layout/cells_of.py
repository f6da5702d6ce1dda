"""The content of every cell of a workbook, in one order: what the writer writes and the engine computes."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum

import msgspec

from smsheets.cells import column_letters, quote_sheet
from smsheets.layout.content import CellValue, Filling, OwnColumn, Row
from smsheets.layout.formulas import FormulaResolver
from smsheets.layout.measures import ROOM_FOR_HINTS, columns_under, text_length
from smsheets.layout.placed import (
    END_TEXT,
    MARKER_SHEET,
    Layout,
    PlacedColumn,
    PlacedForm,
    PlacedGuide,
    PlacedSheet,
    PlacedTable,
    PlacedText,
)
from smsheets.spec.catalogue import Catalogue
from smsheets.spec.formula import input_named
from smsheets.spec.model import Field
from smsheets.spec.vocabulary import NUMBER_TYPES, FieldType

_LONGEST_NAME = 31
"""Of a sheet, in UTF-16 units; a limit of Excel."""

_FORBIDDEN = re.compile(r"[\[\]:*?/\\\x00-\x1f\ud800-\udfff\ufffe\uffff]+")
_RESERVED = ("history", MARKER_SHEET)
"""Names that Excel keeps for itself, and our own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ValueSheet:
    """A sheet of plain values: a person's own sheet, or a list of what was not brought over.

    Attributes:
        name: The wanted name of the tab; it is made legal and different from every other one.
        rows: From the first row of the sheet. A text is written as a text, whatever it looks like; None is blank.
        header_rows: So many first rows are shown bold and stay in sight.
        widths: Of the columns from the left, in characters; a column without one takes that of its texts.
    """

    name: str
    rows: Sequence[Sequence[CellValue]]
    header_rows: int = 0
    widths: Sequence[float] = ()


def legal_names(wanted: Iterable[str], taken: Iterable[str]) -> list[str]:
    """Names for tabs that every program takes: close to the wanted ones, none twice and none that is taken."""
    used = {name.casefold() for name in (*taken, *_RESERVED)}
    names: list[str] = []
    for name in wanted:
        plain = _cut(_FORBIDDEN.sub(" ", name).strip().strip("'").strip(), _LONGEST_NAME) or "Sheet"
        legal, n = plain, 1
        while legal.casefold() in used:
            n += 1
            tail = f" ({n})"
            legal = _cut(plain, _LONGEST_NAME - len(tail)) + tail
        used.add(legal.casefold())
        names.append(legal)
    return names


def _cut(text: str, length: int) -> str:
    """The beginning of a text, in UTF-16 units; no character is cut in two."""
    return text.encode("utf-16-le")[: 2 * length].decode("utf-16-le", "ignore").strip().strip("'")


def value_cells(sheet: ValueSheet) -> Iterator[CellContent]:
    """Every cell of a sheet of values."""
    for row, values in enumerate(sheet.rows, 1):
        role = Role.VALUE_HEADER if row <= sheet.header_rows else Role.VALUE
        for col, value in enumerate(values, 1):
            if value is not None and value != "":
                yield CellContent(row, col, role, value)


BACK_SIGN = "← "
"""Before the name of the first sheet, in the link that leads back to it."""

_TITLE_LETTER = 12
"""Pixels of a letter of a sheet's title, rather too many: the way back is beside it, in the same band."""

GUIDE_TITLE = "Go to"
GUIDE_INPUT = "You fill in these cells"
GUIDE_COMPUTED = "These cells are calculated"
"""The texts around the links on the first sheet."""

_EXAMPLE = "Example: {answer}"


def example_text(answer: str, words: Catalogue) -> str:
    """An example answer as the sheet shows it, in a language."""
    return words.text(_EXAMPLE).format(answer=words.text(answer))


_LONG_NUMBER = 10
"""Digits that the number of an id has not; it is a text that only looks like one."""


class Role(Enum):
    """The role of a cell; decides how it looks."""

    TITLE = "title"
    BACK = "back"
    NOTE = "note"
    WHEN_EMPTY = "when_empty"
    HEADING = "heading"
    TEXT = "text"
    LABEL = "label"
    HINT = "hint"
    LONG_HINT = "long_hint"
    EXAMPLE = "example"
    LINK = "link"
    KEY_INPUT = "key_input"
    KEY_COMPUTED = "key_computed"
    HEADER = "header"
    HEADER_COMPUTED = "header_computed"
    INPUT = "input"
    COMPUTED = "computed"
    TILE = "tile"
    TOTAL_LABEL = "total_label"
    TOTAL = "total"
    LIST_HEADER = "list_header"
    LIST_VALUE = "list_value"
    LIST_SPARE = "list_spare"
    OWN_HEADER = "own_header"
    OWN = "own"
    END = "end"
    CARD_HEADER = "card_header"
    CARD_WHERE = "card_where"
    CARD_WHAT = "card_what"
    CARD_VALUE = "card_value"
    CARD_CHANGE = "card_change"
    CARD_SHARE = "card_share"
    CARD_WORD = "card_word"
    CARD_UNIT = "card_unit"
    VALUE_HEADER = "value_header"
    VALUE = "value"


_CARD_ROLES = (
    Role.CARD_WHERE,
    Role.CARD_WHAT,
    Role.CARD_VALUE,
    Role.CARD_CHANGE,
    Role.CARD_SHARE,
    Role.CARD_WORD,
    Role.CARD_UNIT,
)
"""Of the rows of cards, from the top."""


class CellContent(msgspec.Struct, frozen=True):
    """One cell.

    Attributes:
        value: None in a blank input; of the line of an empty sheet, what its formula may show.
        formula: Begins with `=`.
        field: Whose cell it is; of a heading too.
        band: Shades every other group.
        link: The place that a click leads to, as a formula names it.
        tall: In a row of three lines: its text begins at the top.
    """

    row: int
    col: int
    role: Role
    value: CellValue = None
    formula: str | None = None
    field: Field | None = None
    band: bool = False
    link: str | None = None
    tall: bool = False


def _sheet_cells(
    layout: Layout,
    sheet: PlacedSheet,
    filling: Filling,
    formulas: FormulaResolver,
    own: Mapping[str, Sequence[OwnColumn]] | None = None,
) -> Iterator[CellContent]:
    """Every cell of one sheet, block by block; `own`: table id -> a person's own columns."""
    words = layout.words
    yield CellContent(1, 1, Role.TITLE, sheet.title)
    for offset, line in enumerate(sheet.spec.note):
        yield CellContent(2 + offset, 1, Role.NOTE, words.text(line))
    if sheet.back:
        col = columns_under(1, math.ceil(text_length(sheet.title) * _TITLE_LETTER), sheet.widths) + 1
        yield CellContent(1, col, Role.BACK, f"{BACK_SIGN}{sheet.back}", link=_top_of(sheet.back))
    if sheet.spec.when_empty:
        yield _when_empty(layout, sheet, formulas)
    for block in sheet.blocks:
        if isinstance(block, PlacedTable):
            yield from _table_cells(layout, block, filling.tables.get(block.spec.id, ()), formulas)
            yield from _own_cells(block, (own or {}).get(block.spec.id, ()))
        elif isinstance(block, PlacedForm):
            values = filling.forms.get(block.spec.id, {})
            yield from _form_cells(layout, block, values, formulas, sheet.widths.get(block.hint_col, 0.0))
        elif isinstance(block, PlacedText):
            yield from _text_cells(layout, block)
    if sheet.guide is not None:
        yield from _guide_cells(layout, sheet.guide)


def _top_of(sheet: str) -> str:
    return f"{quote_sheet(sheet)}!A1"


def _when_empty(layout: Layout, sheet: PlacedSheet, formulas: FormulaResolver) -> CellContent:
    """The line that says what will appear on an empty sheet, and leads to where that is typed."""
    line = layout.words.text(sheet.spec.when_empty)
    named = input_named(line)
    assert named is not None
    table = layout.tables[named.scope]
    line = line.replace(str(named), table.sheet)
    formula = formulas.line_formula(sheet.name, table, named.name, line)
    letters = column_letters(table.repetitions[named.name][0].col)
    link = f"{quote_sheet(table.sheet)}!{letters}{table.first_row}"
    return CellContent(*sheet.line_place, Role.WHEN_EMPTY, line, formula=formula, link=link)


def list_cells(layout: Layout) -> Iterator[CellContent]:
    """Every cell of the Lists sheet."""
    words = layout.words
    yield CellContent(1, 1, Role.TITLE, words.text("Lists"))
    note = "The words the dropdowns offer. Add your own below a list that has free places."
    yield CellContent(2, 1, Role.NOTE, words.text(note))
    first = layout.sheets[0]
    if first.spec.id == "start_here" and not first.hidden:
        yield CellContent(1, 2, Role.BACK, f"{BACK_SIGN}{first.name}", link=_top_of(first.name))
    for placed in layout.lists.values():
        yield CellContent(placed.first_row - 1, placed.col, Role.LIST_HEADER, words.text(placed.spec.label))
        for n in range(placed.places):
            row = placed.first_row + n
            if n < len(placed.texts) and placed.texts[n]:
                yield CellContent(row, placed.col, Role.LIST_VALUE, placed.texts[n])
            else:
                yield CellContent(row, placed.col, Role.LIST_SPARE)


def table_rows(table: PlacedTable, rows: Sequence[Row]) -> Iterator[Row]:
    """The rows of a record table with an id on each, the spare ones too: ids go on from the highest."""
    prefix, id_key = table.spec.prefix, table.spec.columns[0].id
    tails = (str(row.get(id_key) or "").removeprefix(prefix) for row in rows)
    numbers = [int(tail) for tail in tails if tail.isdecimal() and len(tail) < _LONG_NUMBER]
    following = max(numbers, default=0)
    for n in range(table.rows):
        row = rows[n] if n < len(rows) else {}
        if prefix and row.get(id_key) is None:
            following += 1
            row = {**row, id_key: f"{prefix}{following}"}
        yield row


def _table_cells(
    layout: Layout, table: PlacedTable, rows: Sequence[Row], formulas: FormulaResolver
) -> Iterator[CellContent]:
    if table.title_row is not None:
        yield CellContent(table.title_row, table.columns[0].col, Role.HEADING, layout.words.text(table.spec.title))
    bands = [column.item is not None and column.item.n % 2 == 0 for column in table.columns]
    yield from _header_cells(layout, table, bands, formulas)
    if table.spec.computed:
        for row in range(table.first_row, table.last_row + 1):
            for column, band in zip(table.columns, bands, strict=True):
                yield _computed(table, column, row, band, formulas)
        return
    for row, values in enumerate(table_rows(table, rows), table.first_row):
        for column, band in zip(table.columns, bands, strict=True):
            if column.spec.formula is not None:
                yield _computed(table, column, row, band, formulas)
            else:
                value = values.get(column.key)
                yield CellContent(row, column.col, Role.INPUT, value, field=column.spec, band=band)
    for column in table.columns:
        text = layout.words.text(END_TEXT) if column is table.end_column else None
        yield CellContent(table.end_row, column.col, Role.END, text)


def _own_cells(table: PlacedTable, own: Sequence[OwnColumn]) -> Iterator[CellContent]:
    """A person's own columns: what they wrote as a heading, and a cell in every row."""
    for col, column in enumerate(own, table.columns[-1].col + 1):
        yield CellContent(table.header_row, col, Role.OWN_HEADER, column.heading)
        for n in range(table.rows):
            value = column.values[n] if n < len(column.values) else None
            yield CellContent(table.first_row + n, col, Role.OWN, value)


def _computed(table: PlacedTable, column: PlacedColumn, row: int, band: bool, formulas: FormulaResolver) -> CellContent:
    formula = formulas.column_formula(table, column, row)
    role = Role.TILE if table.is_tiles else Role.COMPUTED
    if table.spec.cards:
        role = _CARD_ROLES[(row - table.first_row) % len(_CARD_ROLES)]
    return CellContent(row, column.col, role, formula=formula, field=column.spec, band=band)


def _header_cells(
    layout: Layout, table: PlacedTable, bands: list[bool], formulas: FormulaResolver
) -> Iterator[CellContent]:
    for column, band in zip(table.columns, bands, strict=True):
        role = Role.HEADER if column.spec.formula is None else Role.HEADER_COMPUTED
        role = Role.CARD_HEADER if table.spec.cards else role
        if column.item is not None and not column.item.known:
            formula = f'=IF({column.item.literal}="","",{column.item.literal})'
            yield CellContent(table.header_row, column.col, role, formula=formula, field=column.spec, band=band)
        else:
            yield CellContent(table.header_row, column.col, role, column.label, field=column.spec, band=band)
        if table.total_row is not None and column.spec.total is not None:
            total = formulas.total_formula(table, column)
            yield CellContent(table.total_row, column.col, Role.TOTAL, formula=total, field=column.spec, band=band)
    summed = any(column.spec.total and column.spec.type in NUMBER_TYPES for column in table.columns)
    if table.total_row is not None and summed and table.end_column.spec.total is None:
        yield CellContent(table.total_row, table.end_column.col, Role.TOTAL_LABEL, layout.words.text("Total"))


def _form_cells(
    layout: Layout, form: PlacedForm, values: Row, formulas: FormulaResolver, hint_width: float
) -> Iterator[CellContent]:
    words = layout.words
    hint_role = Role.LONG_HINT if hint_width >= ROOM_FOR_HINTS else Role.HINT
    if form.title_row is not None:
        yield CellContent(form.title_row, form.label_col, Role.HEADING, words.text(form.spec.title))
    for item in form.spec.fields:
        row, tall = form.row_of[item.id], bool(item.example)
        yield CellContent(row, form.label_col, Role.LABEL, words.text(item.label), tall=tall)
        if item.formula is not None:
            formula = formulas.field_formula(form, item.formula)
            yield CellContent(row, form.value_col, Role.COMPUTED, formula=formula, field=item)
        else:
            yield CellContent(row, form.value_col, Role.INPUT, values.get(item.id), field=item, tall=tall)
        if item.hint:
            yield CellContent(row, form.hint_col, hint_role, words.text(item.hint), tall=tall)
        if item.example and form.example_col is not None:
            yield CellContent(row, form.example_col, Role.EXAMPLE, example_text(item.example, words), tall=tall)


def _text_cells(layout: Layout, block: PlacedText) -> Iterator[CellContent]:
    row = block.row
    if block.spec.title:
        yield CellContent(row, block.col, Role.HEADING, layout.words.text(block.spec.title))
        row += 1
    for offset, line in enumerate(block.spec.lines):
        yield CellContent(row + offset, block.col, Role.TEXT, layout.words.text(line))


def _guide_cells(layout: Layout, guide: PlacedGuide) -> Iterator[CellContent]:
    words = layout.words
    yield CellContent(guide.row, guide.col, Role.HEADING, words.text(GUIDE_TITLE))
    row = guide.row
    for use, names in guide.groups:
        row += 1
        yield CellContent(row, guide.col, Role.LABEL, words.text(use.value))
        for name in names:
            row += 1
            yield CellContent(row, guide.col, Role.LINK, name, link=_top_of(name))
    yield CellContent(guide.key_row, guide.col, Role.KEY_INPUT, words.text(GUIDE_INPUT))
    yield CellContent(guide.key_row + 1, guide.col, Role.KEY_COMPUTED, words.text(GUIDE_COMPUTED))


def choices_range(layout: Layout, field: Field) -> str | None:
    """The cells whose values a dropdown offers, or None where the field has no dropdown."""
    if field.type is FieldType.YES_NO:
        return layout.lists["yes_no"].range
    if field.choices is None or field.many:
        return None
    if field.choices in layout.lists:
        return layout.lists[field.choices].range
    table_id, _, column_id = field.choices.partition(".")
    table = layout.tables[table_id]
    letters = column_letters(table.repetitions[column_id][0].col)
    # To the end row, so that the id of a row which is inserted above it is offered, too.
    return f"{quote_sheet(table.sheet)}!${letters}${table.first_row}:${letters}${table.end_row}"


def workbook_cells(
    layout: Layout, filling: Filling, own: Mapping[str, Sequence[OwnColumn]] | None = None
) -> dict[str, list[CellContent]]:
    """Sheet name -> all its cells, the Lists sheet last; `own`: table id -> a person's own columns."""
    formulas = FormulaResolver(layout)
    cells = {sheet.name: list(_sheet_cells(layout, sheet, filling, formulas, own)) for sheet in layout.sheets}
    cells[layout.lists_sheet] = list(list_cells(layout))
    return cells
