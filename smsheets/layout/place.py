"""Spec + profile -> layout: every sheet, block, column and row gets its place. Pure, no file in it."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from smsheets.errors import SpecError
from smsheets.layout.items import Item, count_items, date_format, month_items, month_names, week_items, weekday_items
from smsheets.layout.lists import place_lists
from smsheets.layout.measures import (
    HINT_SIZE,
    PLAIN_WIDTH,
    ROOM_FOR_HINTS,
    ROW_PIXELS,
    TEXT_SIZE,
    column_width,
    columns_under,
    days_width,
    field_width,
    text_length,
)
from smsheets.layout.placed import (
    Layout,
    PlacedBlock,
    PlacedChart,
    PlacedColumn,
    PlacedForm,
    PlacedGuide,
    PlacedList,
    PlacedSheet,
    PlacedTable,
    PlacedText,
    SheetUse,
)
from smsheets.profile import Profile
from smsheets.spec.catalogue import Catalogue, catalogue
from smsheets.spec.load import LeanWorkbook
from smsheets.spec.model import Chart, Column, Form, Sheet, Table, Text, Workbook
from smsheets.spec.vocabulary import FieldType, Look

_SPARE_ROWS = 10
"""Blank rows kept below the last filled one, where a table holds more rows than its spec foresees; where it has fewer,
half of them."""

_CHART_GAP = 10
"""Pixels between two charts, at least."""

_HINT_LETTER = 0.78
"""A letter of a hint, which is set small, against the unit of column widths."""

_HINT_SHARE = HINT_SIZE / TEXT_SIZE
"""Letters of a hint against those of usual text."""

_MOST_HINT_WIDTH = 66.0
"""A longer hint is broken into lines."""

_HINT_BESIDE_EXAMPLE = 42.0
_EXAMPLE_WIDTH = 46.0
_NARROWEST_EXAMPLE = 34.0
"""Of hints and example answers, so that label, answer, hint and example are in sight in a laptop's window. The last is
for a column that a table below has, too."""

_GUIDE_WIDTH = 30.0
_GUIDE_GAP = 3.0
"""Characters of the links on the first sheet, and of the empty column left of them."""

_LABEL_WIDTH = 26.0
_OWN_WIDTH = 18.0
"""Characters of a person's own column."""


def place_workbook(
    workbook: Workbook,
    profile: Profile,
    filled_rows: Mapping[str, int] | None = None,
    added: Mapping[str, Sequence[str]] | None = None,
    own_spec: bool = False,
    shown: Mapping[str, Sequence[str]] | None = None,
    own_headings: Mapping[str, Sequence[str]] | None = None,
    ranges: Mapping[str, tuple[int, int]] | None = None,
) -> Layout:
    """Where everything of a workbook sits.

    Args:
        filled_rows: Table id -> how many rows will be filled; the table gets at least that many and some spare.
        added: List id -> values that people put into an open list.
        own_spec: The spec is a user's own, and the workbook will carry it along.
        shown: List id -> its texts as an existing workbook's Lists sheet has them, in its order.
        own_headings: Table id -> the headings of a person's own columns.
        ranges: Table id -> first and last row, counted from its header, that an existing workbook's formulas name. The
            table gets the rows that are within.

    Raises:
        SpecError: Two sheets have one name in this language.
    """
    words = catalogue(profile.language, "common", "program", workbook.kind)
    lists_sheet = words.text("Lists")
    lists = place_lists(workbook, profile, words, lists_sheet, added or {}, shown or {})
    items: dict[str, tuple[Item, ...]] = {
        "months": month_items(profile),
        "weeks": week_items(profile),
        "weekdays": weekday_items(profile),
    }
    items.update((f"list:{name}", _list_items(placed)) for name, placed in lists.items())
    months = month_names(profile.language)
    days, moments = (days_width(f"{date_format(profile)}{time}", months) for time in ("", " hh:mm"))
    place = _Placing(workbook, words, items, filled_rows or {}, own_headings or {}, ranges or {}, days, moments)
    sheets = tuple(
        place.sheet(_with_steps(sheet, workbook, words), hidden=_is_hidden(sheet, workbook))
        for sheet in workbook.sheets
    )
    _check_names([sheet.name for sheet in sheets] + [lists_sheet])
    lean = isinstance(workbook, LeanWorkbook)
    others = [(_use_of(sheet.spec, workbook), sheet.name) for sheet in sheets[1:] if not sheet.hidden]
    others += [] if lean else [(SheetUse.REFERENCE, lists_sheet)]
    sheets = (_with_guide(sheets[0], others), *(_with_way_back(sheet, sheets[0], workbook) for sheet in sheets[1:]))
    return Layout(
        spec=workbook,
        profile=profile,
        words=words,
        sheets=sheets,
        lists=lists,
        lists_sheet=lists_sheet,
        items=items,
        own_spec=own_spec,
    )


def _is_hidden(sheet: Sheet, workbook: Workbook) -> bool:
    """A lean workbook hides what is looked up, and a first sheet that it has nothing to say on."""
    if not isinstance(workbook, LeanWorkbook):
        return False
    return sheet.reference or (sheet is workbook.sheets[0] and not workbook.lean_steps)


def _check_names(names: Sequence[str]) -> None:
    """A spec of one's own may use a word that one of the program's sheets has in another language."""
    seen: set[str] = set()
    for name in names:
        if name.casefold() in seen:
            raise SpecError(f"In this language two sheets would be called '{name}'. Give one of them another name.")
        seen.add(name.casefold())


def marker_line(workbook: Workbook) -> str:
    """The visible text that says whose workbook this is: `smsheets budget v1`, `smsheets budget v1 lean`."""
    return f"smsheets {workbook.kind} v{workbook.version}{' lean' if isinstance(workbook, LeanWorkbook) else ''}"


def items_of(source: str, items: Mapping[str, tuple[Item, ...]]) -> tuple[Item, ...]:
    """The items of a source of repetition."""
    return count_items(int(source[6:])) if source.startswith("count:") else items[source]


def _list_items(placed: PlacedList) -> tuple[Item, ...]:
    known = len(placed.texts)
    return tuple(
        Item(n, placed.texts[n - 1] if n <= known else "", placed.cell(n), placed.cell(n), _is_known(placed, n))
        for n in range(1, placed.places + 1)
    )


def _is_known(placed: PlacedList, n: int) -> bool:
    return n <= len(placed.texts) and placed.texts[n - 1] != ""


def _with_steps(sheet: Sheet, workbook: Workbook, words: Catalogue) -> Sheet:
    """The first sheet says what this workbook is for and how to fill it in; others stay as they are."""
    if sheet is not workbook.sheets[0] or sheet.id != "start_here":
        return sheet
    from msgspec.structs import replace

    steps = tuple(f"{n}. {words.text(step)}" for n, step in enumerate(workbook.steps, 1))
    purpose = Text(lines=tuple(words.text(line) for line in _fold(words.text(workbook.purpose))))
    how = Text(title="How to fill it in", lines=steps)
    marker = Text(lines=(marker_line(workbook),))
    return replace(sheet, title=workbook.title, blocks=(purpose, *sheet.blocks, how, marker))


def _use_of(sheet: Sheet, workbook: Workbook) -> SheetUse:
    tables = [block for block in sheet.blocks if isinstance(block, Table)]
    if sheet.reference:
        return SheetUse.REFERENCE
    if any(table.computed for table in tables) and all(table.computed for table in tables):
        return SheetUse.CALCULATED
    essential = sheet.essential or not any(other.essential for other in workbook.sheets)
    return SheetUse.NOW if essential else SheetUse.LATER


def _with_way_back(sheet: PlacedSheet, first: PlacedSheet, workbook: Workbook) -> PlacedSheet:
    from msgspec.structs import replace

    back = first.name if first.spec.id == "start_here" and not first.hidden else ""
    return replace(sheet, use=_use_of(sheet.spec, workbook), back=back)


def _with_guide(first: PlacedSheet, others: Sequence[tuple[SheetUse, str]]) -> PlacedSheet:
    """The first sheet of a template shows the way to the others, to the right of its form."""
    form = next(first.forms(), None)
    if first.spec.id != "start_here" or form is None:
        return first
    from msgspec.structs import replace

    col = form.hint_col + 2
    groups = ((use, tuple(name for its, name in others if its is use)) for use in SheetUse)
    guide = PlacedGuide(form.title_row or form.first_row, col, tuple(group for group in groups if group[1]))
    return replace(first, widths={**first.widths, col - 1: _GUIDE_GAP, col: _GUIDE_WIDTH}, guide=guide)


def _fold(text: str, limit: int = 100) -> list[str]:
    import textwrap

    return textwrap.wrap(text, limit) or [""]


def _longest_hint(sheet: Sheet, words: Catalogue) -> float:
    """The width of the longest hint that example answers are beside, on any form of a sheet."""
    forms = (block for block in sheet.blocks if isinstance(block, Form) and any(item.example for item in block.fields))
    return max(
        (text_length(words.text(item.hint)) * _HINT_SHARE for form in forms for item in form.fields), default=0.0
    )


class _Placing:
    """Places the blocks of one sheet after the other."""

    def __init__(
        self,
        workbook: Workbook,
        words: Catalogue,
        items: Mapping[str, tuple[Item, ...]],
        filled: Mapping[str, int],
        own: Mapping[str, Sequence[str]],
        ranges: Mapping[str, tuple[int, int]],
        days_width: float,
        moments_width: float,
    ) -> None:
        self.records = {
            block.id: block for sheet in workbook.sheets for block in sheet.blocks if isinstance(block, Table)
        }
        self.words = words
        self.hints = {words.text(sheet.name): _longest_hint(sheet, words) for sheet in workbook.sheets}
        self.items = items
        self.filled = filled
        self.own = own
        self.ranges = ranges
        self.days_width = days_width
        self.moments_width = moments_width

    def sheet(self, spec: Sheet, *, hidden: bool) -> PlacedSheet:
        """A sheet: title, notes, then block after block, each below or beside the one before."""
        name = self.words.text(spec.name)
        widths = self._table_widths(spec)
        placed: list[PlacedBlock] = []
        top = 3 + len(spec.note)
        row, col, bottom = top, 1, top - 2
        for block in spec.blocks:
            beside = getattr(block, "beside", False) and bool(placed)
            row, left = (row, col) if beside else (bottom + 2 if placed else top, 1)
            item, last_row, last_col = self._block(block, name, row, left, widths)
            placed.append(item)
            bottom, col = max(bottom, last_row), last_col + (1 if isinstance(block, Chart) else 2)
        title = self.words.text(spec.title or spec.name)
        return PlacedSheet(spec, name, title, tuple(placed), widths, hidden=hidden)

    def _block(
        self, block: Table | Form | Chart | Text, sheet: str, row: int, left: int, widths: dict[int, float]
    ) -> tuple[PlacedBlock, int, int]:
        """The placed block with its last row and last column."""
        if isinstance(block, Table):
            table = self._table(block, sheet, row, left)
            self._widen(widths, table)
            return table, table.end_row, table.last_col
        if isinstance(block, Form):
            form = self._form(block, sheet, row, left, widths)
            return form, form.first_row + len(block.fields) - 1, form.last_col
        if isinstance(block, Chart):
            last_col = columns_under(left, block.width + _CHART_GAP, widths)
            return PlacedChart(block, row, left), row + math.ceil(block.height / ROW_PIXELS) - 1, last_col
        last_row = row + len(block.lines) - (0 if block.title else 1)
        return PlacedText(block, row, left), last_row, left + 6

    def _table(self, spec: Table, sheet: str, row: int, left: int) -> PlacedTable:
        title_row = row if spec.title else None
        row += 1 if spec.title else 0
        total_row = row if any(column.total for column in spec.columns) else None
        row += 1 if total_row else 0
        columns = tuple(self._columns(spec.columns, left))
        items = items_of(spec.each, self.items) if spec.each else ()
        return PlacedTable(
            spec=spec,
            sheet=sheet,
            header_row=row,
            rows=self._rows(spec, items),
            columns=columns,
            title_row=title_row,
            total_row=total_row,
            items=items,
            own_headings=tuple(self.own.get(spec.id, ())),
            range_rows=(row + self.ranges[spec.id][0], row + self.ranges[spec.id][1])
            if spec.id in self.ranges
            else None,
        )

    def _rows(self, spec: Table, items: tuple[Item, ...]) -> int:
        if spec.each:
            return len(items)
        if spec.id in self.ranges:
            first, last = self.ranges[spec.id]
            return max(1, last if first else last - 1)
        source = self.records.get(spec.mirror or spec.id, spec)
        filled = self.filled.get(source.id, 0)
        spare = _SPARE_ROWS if source.rows >= _SPARE_ROWS else source.rows // 2
        rows = max(spec.rows, source.rows, filled + spare if filled > source.rows - spare else 0)
        return rows + _SPARE_ROWS if spec.mirror else rows  # people insert rows where the source is full

    def _columns(self, columns: Sequence[Column], left: int) -> list[PlacedColumn]:
        """Plain columns one by one; a run of columns with the same source as one group per item."""
        placed: list[PlacedColumn] = []
        index = 0
        while index < len(columns):
            each = columns[index].each
            end = index + 1
            while each is not None and end < len(columns) and columns[end].each == each:
                end += 1
            group = columns[index:end]
            for item in items_of(each, self.items) if each else (None,):
                for column in group:
                    label = self._label(column, item, alone=sum(other.each == each for other in columns) == 1)
                    placed.append(PlacedColumn(column, left + len(placed), label, item))
            index = end
        return placed

    def _label(self, column: Column, item: Item | None, alone: bool) -> str:
        label = self.words.text(column.label)
        if item is None:
            return label
        return item.label if alone else f"{item.label}\n{label}"

    def _form(self, spec: Form, sheet: str, row: int, left: int, widths: dict[int, float]) -> PlacedForm:
        """The value is right of enough columns for the label, which may run over narrow ones."""
        value_col, room = left, 0.0
        while room < _LABEL_WIDTH:
            room += widths.setdefault(value_col, _LABEL_WIDTH + 2)
            value_col += 1
        wanted = max(field_width(field) for field in spec.fields)
        widths[value_col] = max(widths.get(value_col, 0.0), min(wanted, 64.0))
        has_examples = any(field.example for field in spec.fields)
        hints = max(len(self.words.text(field.hint)) for field in spec.fields) * _HINT_LETTER
        hints = min(self.hints[sheet], _HINT_BESIDE_EXAMPLE) if has_examples else min(hints, _MOST_HINT_WIDTH)
        widths.setdefault(value_col + 1, max(hints, PLAIN_WIDTH))
        example_col = self._example_col(sheet, value_col + 1, widths) if has_examples else None
        title_row = row if spec.title else None
        return PlacedForm(spec, sheet, row + (1 if spec.title else 0), left, value_col, title_row, example_col)

    def _example_col(self, sheet: str, hint_col: int, widths: dict[int, float]) -> int:
        """The column of example answers: beside the hints, which run on over columns that a table makes narrow."""
        col, room = hint_col + 1, widths[hint_col]
        needed = self.hints[sheet] if room < ROOM_FOR_HINTS else 0.0
        while room < needed:
            room += widths.get(col, PLAIN_WIDTH)
            col += 1
        widths[col] = max(widths[col], _NARROWEST_EXAMPLE) if col in widths else _EXAMPLE_WIDTH
        return col

    def _table_widths(self, spec: Sheet) -> dict[int, float]:
        """The widths that the tables on the left ask for: forms above them make use of these."""
        widths: dict[int, float] = {}
        for block in spec.blocks:
            if isinstance(block, Table) and not block.beside:
                self._widen(widths, self._table(block, "", 1, 1))
        return widths

    def _widen(self, widths: dict[int, float], table: PlacedTable) -> None:
        for column in table.columns:
            widths[column.col] = max(widths.get(column.col, 0.0), column_width(column), self._needed(column.spec))
        for col in range(table.columns[-1].col + 1, table.last_col + 1):
            widths[col] = max(widths.get(col, 0.0), _OWN_WIDTH)

    def _needed(self, column: Column) -> float:
        """The width without which a day would be shown as ####."""
        looks = {item.look for item in column.formats}
        if Look.MOMENT in looks:
            return self.moments_width
        is_day = Look.DAY in looks or (column.type is FieldType.DATE and column.width is None)
        return self.days_width if is_day else 0.0
