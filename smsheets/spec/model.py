"""The types of a workbook spec: what a workbook is, said once, with no rows, letters or files in it.

Every type is frozen and refuses unknown keys. Texts are written in English; a language is a catalogue
that maps the English text to its own (see `smsheets.spec.catalogue`).

Formulas name fields in braces, never cells. Inside a table's formula:

| written               | means                                                                  |
|-----------------------|------------------------------------------------------------------------|
| `{planned}`           | the cell of that column in the same row (and the same repetition)      |
| `{prev.left}`         | the repetition before (a month earlier); `""` in the first one         |
| `{next.left}`         | the repetition after; `""` in the last one                             |
| `{all.actual}`        | the column in every repetition, as a comma list                        |
| `{from.actual}`       | this repetition and all later ones, as a comma list                    |
| `{upto.actual}`       | all repetitions up to and with this one, as a comma list               |
| `{each}` `{each.end}` `{each.n}` | what the column's repetition stands for: its first day, last day, number from 1 |
| `{row}` `{row.end}` `{row.n}`    | the same for the rows of a table with `each`; `{row.n}` works in every table |

and in any formula:

| written               | means                                                                  |
|-----------------------|------------------------------------------------------------------------|
| `{lines.category}`    | all data cells of a column of a table, as one absolute range that      |
|                       | grows with rows inserted at either end (see `whole_ranges`)            |
| `{lines.planned}`     | a repeated column: the repetition that fits this cell's column or row  |
| `{lines.category@row}`| the cell of that column in the row with the same number, by INDEX      |
| `{settings.watch}`    | the value cell of a form's field                                       |
| `{list:channels}`     | the values of a list on the Lists sheet, as one absolute range         |
| `{word:status.over}`  | one list value in the workbook's language: its text; of an open list, its cell |
| `{text:no budget}`    | a text, in the workbook's language                                     |
| `{week_start}`        | the first day of the week, 1 = Monday ... 7 = Sunday                   |
| `{usual_weekend}`     | the weekend of the country, as NETWORKDAYS.INTL takes it: "0000011"    |
| `each(months, +, E)`  | the expression E once per item of a source, joined by a sign; inside E  |
|                       | `{item}`, `{item.end}`, `{item.n}` name the item and repeated columns follow it |

Sources to repeat over (`each`): `months` and `weeks` (ISO weeks, Monday first) of the workbook's period,
`weekdays` (numbers 1 to 7 from the first day of the week), `list:NAME` (every place of a list, the spare
ones too: such a cell may be empty), `count:6`.
"""

from __future__ import annotations

from typing import Annotated

import msgspec
from msgspec import Meta

from smsheets.spec.vocabulary import (
    ChartKind,
    FieldType,
    Identifier,
    ListSource,
    Look,
    RowSource,
    SeriesRole,
    TimeUnit,
    Value,
)

MOST_ROWS = 10_000
"""A table of a template has at most this many rows; people can add more in their workbook."""
_WIDEST_COLUMN = 255  # characters, a limit of Excel


class _Strict(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Every part of a spec: frozen, and a key it does not know is refused."""


class ConditionalFormat(_Strict, frozen=True, kw_only=True):
    """A look for the cells of one column where a formula holds.

    The formula may name only fields of the same sheet: other programs drop the rule otherwise.
    """

    formula: str
    look: Look


class Field(_Strict, frozen=True, kw_only=True):
    """One thing a person fills in or a formula computes: a form's field and a table's column.

    Attributes:
        id: Name in formulas, in records and in JSON.
        label: What stands on the sheet; the reader finds the field by it.
        type: What the cell holds.
        hint: Answers "what do I type here?"; shown when the cell is selected. At most 255 characters.
        example: Of a form's input: an answer as somebody may give it, in grey; the cell has room for three lines.
        formula: Makes the field computed. None is an input.
        choices: A list id, or `table.column`, whose values may be picked; on a computed field: whose words it gives.
        many: The cell may hold several values, with commas between (no dropdown then).
        aliases: Other labels people use for this field.
        earlier_hints: Hints and printed examples of earlier templates, in any language: beside the answers of a form.
        required: Counted as "still to fill in" while it is empty (in a table: in a row that is in use).
        default: Written into a new workbook: an input that most people leave as it is.
        helper: Of a computed field of a form: its row is hidden.
        threshold: The name of a threshold in `thresholds/` whose value is the default.
        timed: A date that may have a time of day in the same cell.
        dated: A yes or no in whose place the day of it may stand, with or without a time: that is a yes.
        unit: Of a number that is a length of time.
        minimum, maximum: Limits of a number; a value outside is refused by the sheet and by the reader.
        looks, formats: For `choices`: list value id -> look; further conditional looks.
        width: Column width in characters; None takes the type's.
    """

    id: Identifier
    label: str
    type: FieldType = FieldType.TEXT
    hint: str = ""
    example: str = ""
    formula: str | None = None
    choices: str | None = None
    many: bool = False
    aliases: tuple[str, ...] = ()
    earlier_hints: tuple[str, ...] = ()
    required: bool = False
    default: Value = None
    helper: bool = False
    threshold: str | None = None
    timed: bool = False
    dated: bool = False
    unit: TimeUnit | None = None
    minimum: float | None = None
    maximum: float | None = None
    looks: dict[str, Look] = {}
    formats: tuple[ConditionalFormat, ...] = ()
    width: Annotated[float, Meta(gt=0, le=_WIDEST_COLUMN)] | None = None


class Column(Field, frozen=True, kw_only=True):
    """A field of a table.

    Attributes:
        each: A source to repeat the column over. Neighbours with the same source form a group: January, then February.
        first: The formula of the first repetition, where it differs.
        earlier: The formula that workbooks made before have there: where it says something else, nothing is broken.
        advanced: Grouped and collapsed, to the right of the columns most people fill.
        open_now: Of months or weeks: the sheet opens at the as-of day's, where an advanced one is not folded away.
        total: `sum` writes the column's sum above the header; any other text is a formula for that cell.
    """

    each: str | None = None
    first: str | None = None
    earlier: str | None = None
    advanced: bool = False
    open_now: bool = False
    total: str | None = None


class Form(_Strict, frozen=True, kw_only=True, tag_field="type", tag="form"):
    """Labels down the left, one value cell each, the hint beside it.

    Attributes:
        beside: Stands to the right of the block before it instead of below.
    """

    id: Identifier
    title: str = ""
    fields: Annotated[tuple[Field, ...], Meta(min_length=1)]
    beside: bool = False


class Table(_Strict, frozen=True, kw_only=True, tag_field="type", tag="table"):
    """A header row and data rows.

    A table with `each` or `mirror` is computed: every column has a formula. Any other is a table of
    records: people fill it and the reader reads it; its `rows` spare rows carry formulas and validation.

    Attributes:
        rows: How many data rows a record table has at least.
        prefix: Ids of the rows (`B` gives B1, B2, ...), in the first column, which has type id. At most three capitals.
        each, mirror: Rows stand for the items of a source; rows follow the rows of another table, by number.
        prefill: Rows of a new workbook: things to complete, not demo data. Column id -> value (list values by id).
        prefill_from: A source of such rows.
        aliases: Other names people give to the table's sheet.
        once_in: The table that its columns were in in earlier workbooks: beside those of that table, row by row.
        cards: Each column is a card of seven rows: where, what, value, change, % of target, word, unit (hidden).
        frozen: How many columns stay in sight; None takes the first two of a table with ids, else the first.
    """

    id: Identifier
    title: str = ""
    columns: Annotated[tuple[Column, ...], Meta(min_length=1)]
    rows: Annotated[int, Meta(ge=0, le=MOST_ROWS)] = 0
    prefix: Annotated[str, Meta(pattern=r"^[A-Z]{0,3}$")] = ""
    each: str | None = None
    mirror: str | None = None
    prefill: tuple[dict[str, Value], ...] = ()
    prefill_from: RowSource | None = None
    aliases: tuple[str, ...] = ()
    beside: bool = False
    once_in: str = ""
    cards: bool = False
    frozen: Annotated[int, Meta(ge=1)] | None = None

    @property
    def computed(self) -> bool:
        """True if people fill nothing here, so that the reader only checks it."""
        return self.each is not None or self.mirror is not None


class Series(_Strict, frozen=True, kw_only=True):
    """One row of bars or one line of a chart: a label and `table.column` for its values.

    `role` says what it stands for; `look` draws a status in its colour. A repeated column is as many series.
    """

    label: str
    values: str
    role: SeriesRole | None = None
    look: Look | None = None


class Chart(_Strict, frozen=True, kw_only=True, tag_field="type", tag="chart"):
    """A chart over columns of tables of this workbook.

    Attributes:
        alt: What the chart shows, for people who cannot see it.
        categories: `table.column` for the axis.
        title_from: `form.field` whose text is the title.
        axis: What is counted up the side, for example Posts; amounts have their currency there.
        width, height: In pixels.
    """

    id: Identifier
    kind: ChartKind
    title: str
    alt: str
    categories: str
    series: Annotated[tuple[Series, ...], Meta(min_length=1)]
    title_from: str = ""
    axis: str = ""
    stacked: bool = False
    width: int = 560
    height: int = 280
    beside: bool = False


class Text(_Strict, frozen=True, kw_only=True, tag_field="type", tag="text"):
    """Lines of explanation, one row each. A line over 110 characters would be cut off in print."""

    lines: Annotated[tuple[str, ...], Meta(min_length=1)]
    title: str = ""
    beside: bool = False


Block = Form | Table | Chart | Text


class Sheet(_Strict, frozen=True, kw_only=True):
    """One sheet: a title row, a line of explanation, then its blocks from top to bottom.

    Attributes:
        name: The tab's name, at most 31 characters.
        title: The heading on the sheet; empty takes the name.
        note: Says what the sheet is for, in at most 110 characters a line.
        earlier_texts: Texts and formulas (`=...`) of it in earlier templates, in any language, that it no longer has.
        when_empty: Says what will appear while an input is empty that it names, `... typed on {posts.date}`: its sheet.
        portrait: Print upright instead of across.
        essential: A lean workbook has it.
        reference: What formulas look up, rightly filled from the start: limits, definitions. A lean workbook hides it.
    """

    id: Identifier
    name: str
    title: str = ""
    note: tuple[str, ...] = ()
    earlier_texts: tuple[str, ...] = ()
    when_empty: str = ""
    blocks: tuple[Block, ...]
    portrait: bool = False
    essential: bool = False
    reference: bool = False
    aliases: tuple[str, ...] = ()


class ListValue(_Strict, frozen=True, kw_only=True):
    """One value of a list.

    Attributes:
        aliases: Words people type for it.
        earlier: Its words in earlier templates, in any language. A workbook made then keeps them for its formulas.
    """

    id: str
    text: str
    aliases: tuple[str, ...] = ()
    earlier: tuple[str, ...] = ()


class ListSpec(_Strict, frozen=True, kw_only=True):
    """The values of a dropdown.

    Attributes:
        open: People may add values on the Lists sheet, in its spare places. A closed list's words are in formulas.
        source: Where the values come from instead of standing here.
    """

    id: Identifier
    label: str
    values: tuple[ListValue, ...] = ()
    open: bool = False
    source: ListSource | None = None


class Workbook(_Strict, frozen=True, kw_only=True):
    """A whole template.

    Attributes:
        kind: Tells workbooks apart: `budget`. A user's own spec may take a kind of its own.
        version: Raised when a column is renamed or dropped.
        title: Heading of the first sheet.
        purpose: What the workbook is for, one sentence.
        steps: How to fill it in, five steps.
        lean_steps: The same for a lean workbook, which hides its first sheet where there are none.
        start_fields: Fields of the first sheet that only this template has, below the common ones.
    """

    kind: Annotated[str, Meta(pattern=r"^[a-z][a-z0-9-]*$")]
    version: Annotated[int, Meta(ge=1)]
    title: str
    purpose: str
    steps: tuple[str, ...]
    lean_steps: tuple[str, ...] = ()
    start_fields: tuple[Field, ...] = ()
    lists: tuple[ListSpec, ...] = ()
    sheets: Annotated[tuple[Sheet, ...], Meta(min_length=1)]
