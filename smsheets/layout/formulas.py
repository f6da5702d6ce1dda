"""Formulas by field name -> formulas by cell. The only place that knows rows and letters in formulas.

A formula is resolved once per column, with marks where the row goes in; in a table with a row for each item it is
resolved once per row where it takes cells of the column that belongs to the item.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
from msgspec.structs import replace

from smsheets.cells import column_letters, quote_sheet
from smsheets.layout.items import Item, week_start, weekend_of
from smsheets.layout.place import items_of
from smsheets.layout.placed import Layout, PlacedColumn, PlacedForm, PlacedTable
from smsheets.spec.formula import COUNTERS, Each, Name, Part, parse_formula, whole_ranges
from smsheets.spec.vocabulary import DAY_TYPES, NUMBER_TYPES

NO_FIGURE = "NA()"
"""In a formula: the cell shows #N/A on purpose, where a line is to end. A text would be drawn as zero."""

_ROW_MARK = "\x01"
_NUMBER_MARK = "\x02"
_NEXT_MARK = "\x03"
_ITEM = Item(0, "", "\x04", "\x05")
"""Any item that a table has a row for, with marks where what belongs to it goes in."""

_NOTHING = '""'


class _Place(msgspec.Struct, frozen=True):
    """The place of a formula: its sheet, and what it is repeated for.

    `repeated` maps a source (`months`) to the item that fits, the innermost `each(...)` last.
    """

    sheet: str
    table: PlacedTable | None = None
    column: PlacedColumn | None = None
    row_item: Item | None = None
    loop_item: Item | None = None
    repeated: tuple[tuple[str, Item], ...] = ()
    fixed_columns: bool = False

    def item_for(self, source: str | None) -> Item | None:
        """The item of a source that this place belongs to.

        Raises:
            _RowByRowError: It is a different one in each row.
        """
        found = [item for name, item in self.repeated if name == source]
        if found and found[-1] is _ITEM:
            raise _RowByRowError
        return found[-1] if found else None


class _RowByRowError(Exception):
    """A formula takes cells of the column that belongs to the item of its row."""


class FormulaResolver:
    """Resolves the formulas of one layout.

    Args:
        words_as_text: A word of an open list is named as text, as in workbooks that were made before 0.2, not by its
            cell. A person who renames the word on the sheet Lists then has to do it in the formulas, too.
    """

    def __init__(self, layout: Layout, words_as_text: bool = False) -> None:
        self.layout = layout
        self._words_as_text = words_as_text
        self._columns: dict[tuple[str, str], str | None] = {}

    def column_formula(self, table: PlacedTable, column: PlacedColumn, row: int) -> str:
        """The formula of one cell of a computed column, with `=` in front. `row` counts from 1 on the sheet."""
        n = row - table.header_row
        item = table.items[n - 1] if table.items else None
        key = (table.spec.id, column.key)
        if key not in self._columns:
            try:
                self._columns[key] = self._resolved(table, column, _ITEM if item is not None else None)
            except _RowByRowError:
                self._columns[key] = None
        text = self._columns[key]
        if text is None:
            text = self._resolved(table, column, item)
        elif item is not None:
            text = text.replace(_ITEM.literal, item.literal).replace(_ITEM.end, item.end)
        return "=" + text.replace(_ROW_MARK, str(row)).replace(_NUMBER_MARK, str(n)).replace(_NEXT_MARK, str(n + 1))

    def total_formula(self, table: PlacedTable, column: PlacedColumn) -> str:
        """The formula of the cell above a column's header."""
        total = column.spec.total or ""
        if total == "sum":
            letters, (first, last) = column_letters(column.col), table.range_area
            return f"=SUM({letters}{first}:{letters}{last})"
        place = _Place(table.sheet, table, column, repeated=_repeated(table, column, None))
        text = self._parts(parse_formula(total), place)
        return "=" + text.replace(_ROW_MARK, str(table.total_row)).replace(_NUMBER_MARK, "0")

    def field_formula(self, form: PlacedForm, formula: str) -> str:
        """The formula of a form's computed field."""
        return "=" + self._parts(parse_formula(formula), _Place(form.sheet))

    def line_formula(self, sheet: str, table: PlacedTable, column_id: str, line: str) -> str:
        """A line that is shown as long as nothing is typed in a column, or in any of its repetitions."""
        column = table.repetitions[column_id][0].spec
        count = "COUNT" if column.type in (*NUMBER_TYPES, *DAY_TYPES) else "COUNTA"
        typed = f"{count}({{{table.spec.id}.{column_id}}})"
        typed = f"each({column.each}, +, {typed})" if column.each is not None else typed
        return f'=IF({self._parts(parse_formula(typed), _Place(sheet))}=0,{_literal(line)},"")'

    def format_formula(self, table: PlacedTable, column: PlacedColumn, formula: str) -> str:
        """A conditional format's formula for the column's first data row; columns are held fixed."""
        item = table.items[0] if table.items else None
        place = _Place(table.sheet, table, column, item, None, _repeated(table, column, item), fixed_columns=True)
        text = self._parts(parse_formula(formula), place)
        return "=" + text.replace(_ROW_MARK, str(table.first_row)).replace(_NUMBER_MARK, "1")

    def _resolved(self, table: PlacedTable, column: PlacedColumn, row_item: Item | None) -> str:
        spec = column.spec
        first = column.item is not None and column.item.n == 1 and spec.first is not None
        text = spec.first if first else spec.formula
        place = _Place(table.sheet, table, column, row_item, None, _repeated(table, column, row_item))
        return self._parts(parse_formula(text or ""), place)

    def _parts(self, parts: Sequence[Part], place: _Place) -> str:
        whole = whole_ranges(tuple(parts))
        return "".join(self._part(part, place, number in whole) for number, part in enumerate(parts))

    def _part(self, part: Part, place: _Place, whole: bool) -> str:
        if isinstance(part, str):
            return part
        if isinstance(part, Each):
            items = items_of(part.source, self.layout.items)
            loops = (replace(place, loop_item=item, repeated=(*place.repeated, (part.source, item))) for item in items)
            return part.joiner.join(self._parts(part.parts, loop) for loop in loops)
        if part.scope in ("list", "word", "text"):
            return self._words(part)
        if part.scope == "" and part.name == "week_start":
            return str(week_start(self.layout.profile))
        if part.scope == "" and part.name == "usual_weekend":
            return _literal(weekend_of(self.layout.profile))
        if part.name in COUNTERS and not part.scope:
            return _counter(part.name, "", place)
        if part.scope in COUNTERS:
            return _counter(part.scope, part.name, place)
        if part.scope in ("prev", "next", "all", "from", "upto"):
            return self._neighbours(part, place)
        if not part.scope:
            return self._own_cell(part.name, place)
        return self._elsewhere(part, place, whole)

    def _words(self, name: Name) -> str:
        if name.scope == "list":
            return self.layout.lists[name.name].range
        if name.scope == "text":
            return _literal(self.layout.words.text(name.name))
        list_id, _, value_id = name.name.partition(".")
        placed = self.layout.lists.get(list_id)
        if placed is not None and placed.spec.open and not self._words_as_text:
            cell = placed.word_cell(value_id)
            if cell is not None:
                return cell
        return _literal(self.layout.list_word(list_id, value_id))

    def _own_cell(self, column_id: str, place: _Place) -> str:
        assert place.table is not None
        columns = place.table.repetitions[column_id]
        item = place.item_for(columns[0].spec.each)
        column = columns[item.n - 1] if item is not None else columns[0]
        return self._cell(column, place)

    def _cell(self, column: PlacedColumn, place: _Place) -> str:
        return ("$" if place.fixed_columns else "") + column_letters(column.col) + _ROW_MARK

    def _neighbours(self, name: Name, place: _Place) -> str:
        assert place.table is not None
        columns = place.table.repetitions[name.name]
        item = place.item_for(columns[0].spec.each)
        n = item.n if item is not None else 1
        if name.scope in ("prev", "next"):
            n += -1 if name.scope == "prev" else 1
            return self._cell(columns[n - 1], place) if 1 <= n <= len(columns) else _NOTHING
        chosen = {"all": columns, "from": columns[n - 1 :], "upto": columns[:n]}[name.scope]
        return ",".join(self._cell(column, place) for column in chosen)

    def _elsewhere(self, name: Name, place: _Place, whole: bool) -> str:
        form = self.layout.forms.get(name.scope)
        if form is not None:
            return f"{_prefix(form.sheet, place)}${column_letters(form.value_col)}${form.row_of[name.name]}"
        table = self.layout.tables[name.scope]
        columns = table.repetitions[name.name]
        item = place.item_for(columns[0].spec.each)
        column = columns[item.n - 1] if item is not None else columns[0]
        letters, (first, last) = column_letters(column.col), table.range_area
        area = f"{_prefix(table.sheet, place)}${letters}${first}:${letters}${last}"
        if not table.has_header_in_range:
            return f"INDEX({area},{_NUMBER_MARK})" if name.at_row else area
        if name.at_row:
            return _at_row(area, has_words=column is table.end_column)
        return area if whole else _without_header(area)


def _at_row(area: str, has_words: bool) -> str:
    """The cell in the row with the same number of a range with its header; empty where so many rows were deleted.

    Args:
        has_words: The end row's cell holds words; where it holds none it may be a record, if its row was deleted.
    """
    return f'IF({_NEXT_MARK}>{"=" if has_words else ""}ROWS({area}),"",INDEX({area},{_NEXT_MARK}))'


def _without_header(area: str) -> str:
    """The data rows of a range with its header; one row at least, where all were deleted: less is an error."""
    return f"OFFSET({area},1,0,MAX(1,ROWS({area})-2))"


def _repeated(table: PlacedTable, column: PlacedColumn, row_item: Item | None) -> tuple[tuple[str, Item], ...]:
    found = []
    if table.spec.each is not None and row_item is not None:
        found.append((table.spec.each, row_item))
    if column.spec.each is not None and column.item is not None:
        found.append((column.spec.each, column.item))
    return tuple(found)


def _counter(which: str, part: str, place: _Place) -> str:
    item = {"each": place.column.item if place.column else None, "row": place.row_item, "item": place.loop_item}[which]
    if which == "row" and part == "n":
        return _NUMBER_MARK
    if item is None:
        return _NOTHING
    return {"": item.literal, "end": item.end, "n": str(item.n)}[part]


def _prefix(sheet: str, place: _Place) -> str:
    return "" if sheet == place.sheet else quote_sheet(sheet) + "!"


def _literal(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'
