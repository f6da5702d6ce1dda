"""Their values as the cells of our template show them, read by the reader's own parsers."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, time
from functools import cache
from itertools import chain

from smsheets.cells import CellRef, column_letters
from smsheets.layout.content import CellValue as Shown
from smsheets.layout.lists import Vocabulary
from smsheets.layout.placed import Layout
from smsheets.periods import month_end, months_from
from smsheets.problems import Problem
from smsheets.reader.file.source_cells import CellValue, ErrorValue, SourceCell
from smsheets.reader.foreign.calendar_words import Month, in_english
from smsheets.reader.foreign.headings import undecorated, without_pictures
from smsheets.reader.values.dates import parse_time
from smsheets.reader.values.fields import read_cell
from smsheets.reader.values.scope import Scope, plain
from smsheets.reader.values.words import LONGEST_VALUE, any_of, normal_label, split_many
from smsheets.rewrite.adopted_rows import Raw, RawRow
from smsheets.rewrite.refill import ShownValues
from smsheets.spec.model import DAY_TYPES, TEXT_TYPES, Column
from smsheets.spec.reference import foreign_words, words_for

_NOWHERE = CellRef("", "", 1, 1)
_LONGEST_OWN = 60  # characters of a word for a list


@dataclass
class ShownRow:
    """A row as our cells show it, with the columns of their own."""

    cells: dict[str, Shown] = field(default_factory=dict)
    own: dict[str, Shown] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class NotRead:
    """A cell of theirs that our column cannot read: it stays as it was typed."""

    raw: Raw
    column: Column

    @property
    def where(self) -> str:
        """Its cell, for a message; empty where it was put together from several."""
        place = self.raw.place
        return f"{place[0]}!{column_letters(place[2])}{place[1]}: " if place is not None else ""

    @property
    def found(self) -> str:
        """The content of the cell."""
        return plain(self.raw.value)


class Values:
    """Turns the rows of one table into what our cells show.

    Args:
        months: Month -> number of our column for it (1, 2, ...).
    """

    def __init__(self, layout: Layout, columns: Sequence[Column], rows: Sequence[RawRow]) -> None:
        self.layout = layout
        self.vocabulary = Vocabulary(layout, {}, normal_label)
        self.shown = ShownValues(layout, self.vocabulary)
        self.columns = {column.id: column for column in columns}
        days = months_from(layout.profile.start, layout.profile.months)
        self.months = {Month(day.year, day.month): number for number, day in enumerate(days, 1)}
        period = days[0], month_end(days[-1])
        texts: dict[str, list[str]] = {}
        for (key, _), raw in chain.from_iterable(row.fields.items() for row in rows):
            if isinstance(raw.value, str):
                texts.setdefault(key, []).append(raw.value)
        self.scopes: dict[str, Scope] = {}
        for key, column in self.columns.items():
            typed = map(in_english, texts.get(key, ())) if column.type in DAY_TYPES else texts.get(key, ())
            self.scopes[key] = Scope(layout, self.vocabulary, column, column.label, tuple(typed), period)
        self.not_read: list[NotRead] = []
        self.added: dict[str, list[str]] = {}
        self.outside: list[Raw] = []

    def row(self, raw: RawRow) -> ShownRow:
        """One row. Amounts of a month that our workbook does not have, or has an amount for, are kept in `outside`."""
        row = ShownRow()
        for (key, month), value in raw.fields.items():
            column = self.columns[key]
            if column.each is None:
                row.cells[key] = self.cell(column, value)
            else:
                number = self.months.get(month) if month is not None and month.month else 1
                if number is not None and f"{key}#{number}" not in row.cells:
                    row.cells[f"{key}#{number}"] = self.cell(column, value)
                else:
                    self.outside.append(value)
        own = ((label, value.value) for label, value in raw.own.items())
        row.own = {label: str(value) if isinstance(value, ErrorValue) else value for label, value in own}
        return row

    def cell(self, column: Column, raw: Raw) -> Shown:
        """A value as our cell shows it: converted, or as it was typed where it cannot be."""
        value = raw.value
        is_free = column.type in TEXT_TYPES and column.choices is None and not column.many
        if is_free and not isinstance(value, ErrorValue):
            return value if isinstance(value, str) else plain(value)
        has_time = isinstance(value, datetime) and value.time() != time()
        if isinstance(value, ErrorValue) or (has_time and column.type in DAY_TYPES and not column.timed):
            self.not_read.append(NotRead(raw, column))
            return str(value) if isinstance(value, ErrorValue) else value
        bare = self._bare(column, value)
        known = self._foreign_word(column, bare)
        if known is not None:
            return self.shown.of(column, known)
        problems: list[Problem] = []
        text = in_english(bare) if isinstance(bare, str) and column.type in DAY_TYPES else bare
        read = read_cell(SourceCell(1, 1, text), _NOWHERE, self.scopes[column.id], problems)
        if read in (None, ()):
            self.not_read.append(NotRead(raw, column))
            return value
        shown = self.shown.of(column, read)
        self._note_own(column, shown)
        return shown

    def reads(self, key: str, value: CellValue) -> bool:
        """True if a column can hold a value as what it means; a word of one's own counts in no list."""
        column = self.columns[key]
        if isinstance(value, ErrorValue) or value is None:
            return False
        value = self._bare(column, value)
        if self._foreign_word(column, value) is not None:
            return True
        if column.choices is not None and "." not in column.choices and not column.many:
            text = plain(value)
            return any(self.vocabulary.find(column.choices, piece) is not None for piece in (text, *_pieces(text)))
        if isinstance(value, str) and column.type in DAY_TYPES:
            value = in_english(_time_behind().sub(r"\g<day>", value) if len(value) <= _LONGEST_OWN else value)
        problems: list[Problem] = []
        return read_cell(SourceCell(1, 1, value), _NOWHERE, self.scopes[column.id], problems) not in (None, ())

    def _bare(self, column: Column, value: CellValue) -> CellValue:
        """A word of a list, or a day, without pictures and a number: `✅ 3. Done` is Done."""
        if not isinstance(value, str) or len(value) > _LONGEST_OWN or column.many:
            return value
        if column.type in DAY_TYPES:
            return without_pictures(value)
        if column.choices is None or self.vocabulary.find(column.choices, value) is not None:
            return value
        bare = undecorated(value)
        known = "." not in column.choices and self.vocabulary.find(column.choices, bare) is not None
        return bare if known or self._foreign_word(column, bare) is not None else value

    def channels(self, value: CellValue) -> list[str]:
        """The channels that one cell names, each as our cell would show it; one entry where it names one."""
        if not isinstance(value, str):
            return [plain(value)]
        if self.vocabulary.find("channels", value) is not None:
            return [value]
        pieces = [undecorated(piece) for piece in _pieces(value)]
        known = [piece for piece in pieces if self.vocabulary.find("channels", piece) is not None]
        if len(pieces) > 1 and known and all(len(piece) <= _LONGEST_OWN // 2 for piece in pieces):
            return list(dict.fromkeys(pieces))
        return [value]

    def _foreign_word(self, column: Column, value: CellValue) -> str | None:
        """The id of a list value in the words of any language."""
        if column.choices is None or "." in column.choices or not isinstance(value, str):
            return None
        if self.vocabulary.find(column.choices, value) is not None:
            return None  # the reader's own parser says it as well
        return _foreign_values(column.choices).get(normal_label(value))

    def _note_own(self, column: Column, shown: Shown) -> None:
        """Keeps a word of their own for our list."""
        choices = column.choices
        if choices is None or "." in choices or not isinstance(shown, str) or not self.vocabulary.is_open(choices):
            return
        for text in split_many(shown) if column.many else (shown,):
            words = self.added.setdefault(choices, [])
            if not self.vocabulary.shows(choices, text) and text not in words and len(text) <= _LONGEST_OWN:
                words.append(text)


def with_time(row: RawRow, columns: Mapping[str, Column]) -> None:
    """Parts a day from the time of day that is with it, where our table has a column for that."""
    raw = row.fields.get(("date", None))
    if raw is None or "time" not in columns or ("time", None) in row.fields:
        return
    if isinstance(raw.value, datetime) and raw.value.time() != time():
        row.fields["date", None] = Raw(raw.value.date(), raw.place)
        row.fields["time", None] = Raw(raw.value.time().replace(microsecond=0), raw.place)
    elif isinstance(raw.value, str):
        text = raw.value.strip()
        found = _time_behind().fullmatch(text) if len(text) <= _LONGEST_OWN else None
        if found is not None and parse_time(found["time"]) is not None:
            row.fields["date", None] = Raw(found["day"].strip(" ,-"), raw.place)
            row.fields["time", None] = Raw(found["time"], raw.place)


@cache
def _joints() -> re.Pattern[str]:
    """The separators of values in one cell, in any language."""
    return re.compile(rf"\s*(?:[/&+,;|\n]|\s(?:{any_of(words_for('joining'))})\s)\s*")


@cache
def _time_behind() -> re.Pattern[str]:
    """A day with a time behind it."""
    return re.compile(
        rf"(?P<day>.*\d.*?)(?:,|\s|\b(?:{any_of(words_for('before_times'))})\b|[T-])+\s*"
        r"(?P<time>\d{1,2}[:.h]\d{2}.*|\d{1,2} ?[ap]\.?m\.?)$"
    )


def _pieces(text: str) -> list[str]:
    pieces = _joints().split(text) if len(text) <= LONGEST_VALUE else [text]
    return [piece.strip() for piece in pieces if piece.strip()]


@cache
def _foreign_values(list_id: str) -> Mapping[str, str]:
    """Normalised word of any language -> value of the list."""
    return {
        normal_label(word): value
        for words in reversed(list(foreign_words().values()))
        for value, spellings in words.values.get(list_id, {}).items()
        for word in spellings
    }
