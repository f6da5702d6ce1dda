"""Values that was in another workbook, written into a fresh one of the current template.

What is written, exactly:

- The template as it is now, with every formula, computed value, validation, look and chart. Nothing of the other
  workbook's formulas, formats or charts comes along.
- The filling's values as they are: no text is translated, no date is moved. A person called "Owner" stays so in a
  German workbook. A row without an id gets the next free one, and so do the spare rows.
- Numbers with all their digits, dates and times as real ones, texts as texts: none becomes a formula or a link.
  Two things no cell can hold as what they are, and are written as texts: a day before 1 March 1900 (`1899-05-01`),
  and a number that is none (an infinity).
- Own columns to the right of the table's, after the folded ones and not folded themselves, each value as what it is.
- Sheets of values behind the template's, in their order, under legal names of their own.
"""

from __future__ import annotations

import io
import math
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from functools import cached_property
from types import MappingProxyType

from smsheets.layout.cells_of import ValueSheet
from smsheets.layout.content import CellValue, Filling, OwnColumn, Row
from smsheets.layout.lists import Vocabulary, channel_value, list_values
from smsheets.layout.place import place_workbook
from smsheets.layout.placed import Layout
from smsheets.profile import Profile
from smsheets.reader.file.source_cells import SourceCell
from smsheets.reader.values.scope import Value
from smsheets.spec.model import Field, Workbook
from smsheets.spec.reference import load_platforms
from smsheets.spec.vocabulary import FieldType, ListSource
from smsheets.writer.workbook import ComputedValues, NewWorkbook, write_workbook

_EXACT = 2**53
"""Up to here, a cell holds every whole number."""


class ShownValues:
    """Puts values into the words of one workbook.

    Args:
        layout: Of the fresh workbook; its lists hold the person's own words too.
        vocabulary: Knows which value each word of those lists means.
    """

    def __init__(self, layout: Layout, vocabulary: Vocabulary) -> None:
        self._layout = layout
        self._vocabulary = vocabulary

    def of(self, field: Field, value: Value) -> CellValue:
        """The value of a field's cell; None where it is blank."""
        if isinstance(value, tuple):
            return ", ".join(str(self._word(field.choices, piece)) for piece in value) or None
        if isinstance(value, bool):
            return self._word("yes_no", "yes" if value else "no")
        if isinstance(value, str) and field.type is not FieldType.YES_NO:
            return self._word(field.choices, value)
        if isinstance(value, Decimal):
            return int(value) if value == int(value) and abs(value) <= _EXACT else float(value)
        return value

    def _word(self, list_id: str | None, value: str) -> str:
        return self._words.get(list_id or "", {}).get(value, value)

    @cached_property
    def _words(self) -> Mapping[str, Mapping[str, str]]:
        """List id -> value -> its word: as it is on the Lists sheet, else the template's own."""
        words: dict[str, dict[str, str]] = {}
        for spec in self._layout.spec.lists:
            if spec.id not in self._layout.lists:
                continue
            profile, text = self._layout.profile, self._layout.words.text
            known = {value.id: text(value.text) for value in list_values(spec, profile, profile.language)}
            if spec.source is ListSource.CHANNELS:
                known = {**{name: channel_value(name).text for name in load_platforms()}, **known}
            # From the last to the first: of two words for one value the first one is taken.
            texts = [word for word in reversed(self._layout.lists[spec.id].texts) if word]
            words[spec.id] = {**known, **{self._vocabulary.find(spec.id, word) or word: word for word in texts}}
        return words


def typed(cell: SourceCell | None) -> CellValue:
    """The content of a cell of the person's file, as another cell may hold it; None for dates, errors and nothing."""
    if cell is not None and isinstance(cell.value, str | int | float):
        return cell.value
    return None


_FIRST_DAY = date(1900, 3, 1)
"""Before this one, programs do not agree on which number a day has."""

_NONE: Mapping[str, Sequence[str]] = MappingProxyType({})


def refilled_workbook(
    spec: Workbook,
    profile: Profile,
    filling: Filling,
    *,
    added: Mapping[str, Sequence[str]] = _NONE,
    own_columns: Mapping[str, Sequence[OwnColumn]] = MappingProxyType({}),
    sheets: Sequence[ValueSheet] = (),
) -> bytes:
    """The bytes of a fresh workbook that holds these values.

    Args:
        filling: What the input cells show: list words in the workbook's language, real dates, shares as 0.05.
        added: List id -> values of one's own that follow an open list's words on the Lists sheet.
        own_columns: Table id -> a person's own columns.
        sheets: Sheets of plain values.

    Raises:
        NotWrittenError: A limit of the file format is passed.
    """
    layout = refilled_layout(spec, profile, filling, added=added, own=own_columns)
    return fill_layout(layout, filling, own_columns, sheets)


def fill_layout(
    layout: Layout,
    filling: Filling,
    own_columns: Mapping[str, Sequence[OwnColumn]],
    sheets: Sequence[ValueSheet],
    computed: ComputedValues | None = None,
) -> bytes:
    """The bytes of a workbook that holds these values, whose layout was made for them.

    Args:
        computed: As for `write_workbook`.
    """
    plain = Filling(
        {name: _plain_row(form) for name, form in filling.forms.items()},
        {name: [_plain_row(row) for row in rows] for name, rows in filling.tables.items()},
    )
    own = {
        name: [replace(column, values=list(map(_holdable, column.values))) for column in columns]
        for name, columns in own_columns.items()
    }
    values = [
        replace(sheet, rows=[list(map(_holdable, row)) if row else row for row in sheet.rows]) for sheet in sheets
    ]
    target = io.BytesIO()
    write_workbook(layout, plain, target, own, values, computed)
    return target.getvalue()


def starting_filling(spec: Workbook, profile: Profile) -> Filling:
    """The input cells of a new workbook: defaults, the business's facts, rows to complete."""
    return NewWorkbook(spec=spec, profile=profile).filling


def refilled_layout(
    spec: Workbook,
    profile: Profile,
    filling: Filling,
    *,
    own_spec: bool = False,
    added: Mapping[str, Sequence[str]] = _NONE,
    shown: Mapping[str, Sequence[str]] = _NONE,
    own: Mapping[str, Sequence[OwnColumn]] = MappingProxyType({}),
) -> Layout:
    """Where everything of a refilled workbook sits.

    Args:
        own_spec: The spec is a person's own; the workbook carries it along.
        added, own: As for `refilled_workbook`.
        shown: List id -> all words of an open list, in place of the template's.
    """
    rows = {
        name: max([len(rows), *(len(column.values) for column in own.get(name, ()))])
        for name, rows in filling.tables.items()
    }
    headings = {name: [column.heading for column in columns] for name, columns in own.items()}
    lists = {**_with_added(spec, profile, added), **shown}
    return place_workbook(spec, profile, rows, own_spec=own_spec, shown=lists, own_headings=headings)


def _with_added(spec: Workbook, profile: Profile, added: Mapping[str, Sequence[str]]) -> dict[str, tuple[str, ...]]:
    """The lists with a person's own words, which are never translated."""
    if not added:
        return {}
    lists = place_workbook(spec, profile).lists
    return {
        name: tuple(dict.fromkeys((*lists[name].texts, *texts)))
        for name, texts in added.items()
        if name in lists and texts
    }


def _plain_row(row: Row) -> Row:
    return {key: _holdable(value) for key, value in row.items()}


def _holdable(value: CellValue) -> CellValue:
    """The value, or its text where no cell can hold it as what it is."""
    day = value.date() if isinstance(value, datetime) else value
    if isinstance(day, date) and isinstance(value, date) and day < _FIRST_DAY:
        return value.isoformat()
    if isinstance(value, float) and not math.isfinite(value):
        return str(value)
    return value
