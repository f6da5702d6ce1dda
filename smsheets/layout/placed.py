"""A spec with a place for everything. Rows and columns count from 1, as Excel shows them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from enum import Enum
from functools import cached_property

import msgspec

from smsheets.cells import column_letters, quote_sheet
from smsheets.layout.items import Item
from smsheets.profile import Profile
from smsheets.spec.catalogue import Catalogue
from smsheets.spec.load import LeanWorkbook
from smsheets.spec.model import Chart, Column, Form, ListSpec, Sheet, Table, Text, Workbook
from smsheets.spec.vocabulary import FieldType, ListSource

MARKER_SHEET = "_smsheets"


class PlacedColumn(msgspec.Struct, frozen=True):
    """A column of a table; a repeated column is one of these per repetition.

    Attributes:
        item: What it is repeated for; None where it is not.
        label: The header text in the workbook's language.
    """

    spec: Column
    col: int
    label: str
    item: Item | None = None

    @property
    def key(self) -> str:
        """`planned#3` for the third repetition of `planned`; the plain id where it is not repeated."""
        return self.spec.id if self.item is None else f"{self.spec.id}#{self.item.n}"


END_TEXT = "Insert rows above this line"
"""In the end row of a table that people fill."""


class PlacedTable(msgspec.Struct, frozen=True, dict=True):
    """A table: an optional title row, an optional row of totals, the header, the data rows, the end row.

    A table that people fill has an end row. Formulas name its columns from the header to there, so that a row which is
    inserted as the first or as the last one is within the range, and grows it, in every program.
    """

    spec: Table
    sheet: str
    header_row: int
    rows: int
    columns: tuple[PlacedColumn, ...]
    title_row: int | None = None
    total_row: int | None = None
    items: tuple[Item, ...] = ()
    own_headings: tuple[str, ...] = ()
    """Of a person's own columns, to the right of the table's."""
    range_rows: tuple[int, int] | None = None
    """First and last row of the ranges in an existing workbook's formulas; without the header where they are older."""

    @property
    def last_col(self) -> int:
        """The last column, a person's own ones counted."""
        return self.columns[-1].col + len(self.own_headings)

    @property
    def first_row(self) -> int:
        """The first data row."""
        return self.header_row + 1

    @property
    def last_row(self) -> int:
        """The last data row, spare ones counted."""
        return self.header_row + self.rows

    @property
    def has_end(self) -> bool:
        """True where an end row follows the data rows."""
        return not self.spec.computed

    @property
    def end_row(self) -> int:
        """The end row; the last data row of a table without one."""
        return self.last_row + 1 if self.has_end else self.last_row

    @property
    def end_column(self) -> PlacedColumn:
        """The column whose end row holds words: the first text in sight. Ids stay free: dropdowns offer them."""
        shown = (column for column in self.columns if column.spec.formula is None and not column.spec.advanced)
        texts = (column for column in shown if column.spec.type in (FieldType.TEXT, FieldType.LONG_TEXT))
        return next(texts, self.columns[0])

    @property
    def range_area(self) -> tuple[int, int]:
        """First and last row of the ranges that formulas name: header and end row belong to it."""
        return self.range_rows or (self.header_row if self.has_end else self.first_row, self.end_row)

    @property
    def has_header_in_range(self) -> bool:
        """True where the ranges begin with the header and end with the end row."""
        return self.has_end and self.range_area[0] == self.header_row

    @property
    def is_tiles(self) -> bool:
        """True where this is one row of figures that are seen first."""
        return self.spec.each == "count:1"

    @property
    def may_end_early(self) -> bool:
        """True where rows at its end stay empty: spare places of a list, spare rows of another table."""
        return self.spec.mirror is not None or (self.spec.each or "").startswith("list:")

    @cached_property
    def by_key(self) -> Mapping[str, PlacedColumn]:
        """Columns by key (`planned#3`)."""
        return {column.key: column for column in self.columns}

    @cached_property
    def repetitions(self) -> Mapping[str, tuple[PlacedColumn, ...]]:
        """Column id -> all its repetitions (one for a plain column)."""
        found: dict[str, list[PlacedColumn]] = {}
        for column in self.columns:
            found.setdefault(column.spec.id, []).append(column)
        return {key: tuple(columns) for key, columns in found.items()}


class PlacedForm(msgspec.Struct, frozen=True, dict=True):
    """A form: one row per field, from `first_row`.

    Attributes:
        example_col: The column of example answers; None where no field has one.
    """

    spec: Form
    sheet: str
    first_row: int
    label_col: int
    value_col: int
    title_row: int | None = None
    example_col: int | None = None

    @property
    def hint_col(self) -> int:
        """The column of a field's hint."""
        return self.value_col + 1

    @property
    def last_col(self) -> int:
        """The last column of its texts."""
        return self.example_col or self.hint_col

    @cached_property
    def row_of(self) -> Mapping[str, int]:
        """Field id -> row."""
        return {item.id: self.first_row + offset for offset, item in enumerate(self.spec.fields)}


class PlacedChart(msgspec.Struct, frozen=True):
    """A chart: the cell of its upper left corner."""

    spec: Chart
    row: int
    col: int


class PlacedText(msgspec.Struct, frozen=True):
    """Lines of text, one row each, from `row`; the title, where there is one, is in `row` itself."""

    spec: Text
    row: int
    col: int


class SheetUse(Enum):
    """What a person has to do on a sheet; decides the colour of its tab and its group of links. The value is its title.

    `LATER` is what a lean workbook leaves out; in a template that says of no sheet that it is essential, nothing is.
    """

    NOW = "Fill in now"
    LATER = "Fill in later"
    CALCULATED = "To look at"
    REFERENCE = "To look up"


class PlacedGuide(msgspec.Struct, frozen=True):
    """A way to every sheet of the workbook, and a key to the two kinds of cells.

    Below a title, each group of links has a row for its own title, and one for each sheet.
    """

    row: int
    col: int
    groups: tuple[tuple[SheetUse, tuple[str, ...]], ...]

    @property
    def sheets(self) -> tuple[str, ...]:
        """The names of all sheets, in the order of their links."""
        return tuple(name for _, names in self.groups for name in names)

    @property
    def key_row(self) -> int:
        """Where the key begins."""
        return self.row + len(self.groups) + len(self.sheets) + 2


PlacedBlock = PlacedTable | PlacedForm | PlacedChart | PlacedText


class PlacedSheet(msgspec.Struct, frozen=True, dict=True):
    """A sheet with its blocks.

    Attributes:
        name: The tab's name in the workbook's language.
        widths: Column number -> width in characters.
        guide: On the first sheet of a template.
        hidden: In a lean workbook, a sheet that its formulas need and people seldom do.
        use: None on the first sheet.
        back: The sheet that a link below its notes leads back to; empty on the first sheet.
    """

    spec: Sheet
    name: str
    title: str
    blocks: tuple[PlacedBlock, ...]
    widths: Mapping[int, float]
    guide: PlacedGuide | None = None
    hidden: bool = False
    use: SheetUse | None = None
    back: str = ""

    @property
    def line_place(self) -> tuple[int, int]:
        """Row and column of the line of an empty sheet: between the notes and the first block.

        Where that is a table with a row of totals, in that row: a row more would be too much to keep in sight.
        """
        first = self.blocks[0]
        if isinstance(first, PlacedTable) and first.total_row is not None:
            free = (column.col for column in first.columns if column.spec.total is None)
            return first.total_row, next(free, first.columns[0].col)
        return 2 + len(self.spec.note), 1

    def tables(self) -> Iterator[PlacedTable]:
        """The tables on this sheet, from the top."""
        return (block for block in self.blocks if isinstance(block, PlacedTable))

    def forms(self) -> Iterator[PlacedForm]:
        """The forms on this sheet, from the top."""
        return (block for block in self.blocks if isinstance(block, PlacedForm))

    def hidden_rows(self) -> Iterator[int]:
        """The rows of figures that only formulas and formats need."""
        for form in self.forms():
            yield from (form.row_of[item.id] for item in form.spec.fields if item.helper)
        yield from (table.last_row for table in self.tables() if table.spec.cards)


class PlacedList(msgspec.Struct, frozen=True):
    """A list's column on the Lists sheet: its known texts, then spare places if it is open."""

    spec: ListSpec
    sheet: str
    col: int
    first_row: int
    texts: tuple[str, ...]
    ids: tuple[str, ...]
    places: int

    @property
    def range(self) -> str:
        """All places, as a formula names them."""
        letters = column_letters(self.col)
        return f"{quote_sheet(self.sheet)}!${letters}${self.first_row}:${letters}${self.first_row + self.places - 1}"

    def word_cell(self, value_id: str) -> str | None:
        """The place of a value's word, as a formula names it; None where the list has it no more."""
        return self.cell(self.ids.index(value_id) + 1) if value_id in self.ids else None

    def cell(self, n: int) -> str:
        """The place with number `n`, from 1."""
        return f"{quote_sheet(self.sheet)}!${column_letters(self.col)}${self.first_row + n - 1}"


class Layout(msgspec.Struct, frozen=True, dict=True):
    """Where everything of a workbook sits. `own_spec`: the spec is not one of the five that come along."""

    spec: Workbook
    profile: Profile
    words: Catalogue
    sheets: tuple[PlacedSheet, ...]
    lists: Mapping[str, PlacedList]
    lists_sheet: str
    items: Mapping[str, tuple[Item, ...]] = msgspec.field(default_factory=dict)
    own_spec: bool = False

    @property
    def is_lean(self) -> bool:
        """True where the workbook has the essential sheets only; its lists are hidden, too."""
        return isinstance(self.spec, LeanWorkbook)

    @cached_property
    def tables(self) -> Mapping[str, PlacedTable]:
        """Table id -> table."""
        return {table.spec.id: table for sheet in self.sheets for table in sheet.tables()}

    @cached_property
    def forms(self) -> Mapping[str, PlacedForm]:
        """Form id -> form."""
        return {form.spec.id: form for sheet in self.sheets for form in sheet.forms()}

    def only_suggests(self, list_id: str) -> bool:
        """True for a list whose words are suggestions: any other word is as good as they are."""
        return list_id in self._suggestions

    @cached_property
    def _suggestions(self) -> frozenset[str]:
        return frozenset(spec.id for spec in self.spec.lists if spec.source is ListSource.TOOLS)

    def takes_own_words(self, list_id: str) -> bool:
        """True for a list that people need not add their own words to: it is hidden, and no table has a place for each.

        An open list of a lean workbook, such as its people: who types a name has nowhere to put it first. And a list
        that only suggests.
        """
        if self.only_suggests(list_id):
            return True
        is_open = any(spec.id == list_id and spec.open for spec in self.spec.lists)
        return self.is_lean and is_open and f"list:{list_id}" not in self._repeated

    @cached_property
    def _repeated(self) -> frozenset[str]:
        """The sources that tables or columns repeat over."""
        tables = [table.spec for sheet in self.sheets for table in sheet.tables()]
        columns = (column.each for table in tables for column in table.columns)
        return frozenset(filter(None, (*columns, *(table.each for table in tables))))

    def list_word(self, list_id: str, value_id: str) -> str:
        """The text of one of a list's own values: as the workbook has it in a list that nobody adds to."""
        placed = self.lists.get(list_id)
        if placed is not None and not placed.spec.open:
            return placed.texts[placed.ids.index(value_id)]
        spec = next(spec for spec in self.spec.lists if spec.id == list_id)
        return self.words.text(next(value.text for value in spec.values if value.id == value_id))
