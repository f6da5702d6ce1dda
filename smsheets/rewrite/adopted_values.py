"""Their values as the cells of our template show them, read by the reader's own parsers."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
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
from smsheets.rewrite.material import OwnKey, Raw, RawRow
from smsheets.rewrite.refill import ShownValues
from smsheets.spec.model import Column
from smsheets.spec.reference import foreign_words, words_for
from smsheets.spec.vocabulary import DAY_TYPES, TEXT_TYPES, FieldType

_NOWHERE = CellRef("", "", 1, 1)
_LONGEST_OWN = 60  # characters of a word for a list


@dataclass
class ShownRow:
    """A row as our cells show it, with the columns of their own."""

    cells: dict[str, Shown] = field(default_factory=dict)
    own: dict[OwnKey, Shown] = field(default_factory=dict)


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
        if column.choices is None or "." in column.choices or self.vocabulary.find(column.choices, value) is not None:
            return value
        bare = undecorated(value)
        known = self.vocabulary.find(column.choices, bare) is not None
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
        rf"(?P<day>.*\d\D*?)(?:[,\sT-]|\b(?:{any_of(words_for('before_times'))})\b)++"
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


Reads = Callable[[str, CellValue], bool]
"""True if the cells of one of our columns can hold a value."""

MOST = 0.8  # of the cells
_LONG = 60  # characters on average: such texts are the posts themselves


def share_read(field_: Column, examples: Sequence[CellValue], reads: Reads) -> float | None:
    """The share of the cells that can be read as a column, or look like its texts; None where that says nothing."""
    if not examples or field_.type is FieldType.ID:
        return None
    if looks := _LOOKS.get(field_.id):
        return sum(looks(value, reads) for value in examples) / len(examples)
    if field_.type in TEXT_TYPES and field_.choices is None:
        return None
    share = sum(reads(field_.id, value) for value in examples) / len(examples)
    # Channels and people of one's own are as good as those on the list; pillars as well.
    return share if field_.choices is None or field_.choices not in ("people", "pillars") else None


def _is_link(value: CellValue, _: Reads | None = None) -> bool:
    return isinstance(value, str) and ("://" in value or value.startswith("www."))


def _is_hashtags(value: CellValue, _: Reads | None = None) -> bool:
    return isinstance(value, str) and all(word.startswith("#") for word in re.split(r"[\s,;]+", value.strip()))


def _is_prose(value: CellValue, reads: Reads) -> bool:
    """True for a text that says something: no word of a list, no address, no hashtags alone, no number."""
    if not isinstance(value, str) or not re.search(r"[^\W\d_]{2}", value) or _is_link(value) or _is_hashtags(value):
        return False
    return len(value) > _LONGEST_WORD or not any(reads(column, value) for column in ("format", "status", "time"))


_LONGEST_WORD = 30  # characters of a word of a list
_LOOKS: Mapping[str, Callable[[CellValue, Reads], bool]] = {
    "hashtags": _is_hashtags,
    "link": _is_link,
    "published_link": _is_link,
    "title": _is_prose,
    "copy": _is_prose,
}


def are_ids(examples: Sequence[CellValue], prefix: str) -> bool:
    """True if all are ids as our table gives them, and no two are the same."""
    texts = [plain(value).strip() for value in examples]
    ours = all(text.startswith(prefix) and text[len(prefix) :].isdecimal() for text in texts)
    return bool(texts) and ours and len(set(texts)) == len(texts)


def sure_by_cells(field_: Column, examples: Sequence[CellValue], share: float | None, *, headed: bool) -> float:
    """How sure it is by the cells alone, whatever the heading says, if there is one."""
    texts = [value for value in examples if isinstance(value, str)]
    different = len(set(map(str, examples)))
    if len(examples) < 2 and field_.id != "channel":
        return 0.0
    if headed and {str(value).casefold() for value in examples} == {"x"}:
        return 0.0  # a mark, and no platform
    if field_.id in ("date", "time") and are_figures(examples):
        return 0.0  # a number may be anything: 0.032 is a share, and no time of the day
    if field_.id in ("date", "channel", "status", "format", "time", "metric") and share is not None and share >= MOST:
        return {"date": 0.6, "channel": 0.7, "time": 0.55}.get(field_.id, 0.6 if different > 1 else 0.0) * share
    if field_.id == "link" and texts and all(map(_is_link, texts)):
        return 0.6
    if field_.id == "hashtags" and texts and all(map(_is_hashtags, texts)):
        return 0.7
    if field_.id == "copy" and average_length(examples) > _LONG and different > 1:
        return 0.5
    return 0.0


def average_length(examples: Sequence[CellValue]) -> float:
    """The average length of the texts."""
    lengths = [len(value) for value in examples if isinstance(value, str)]
    return sum(lengths) / len(lengths) if lengths else 0.0


def are_figures(examples: Sequence[CellValue]) -> bool:
    """True if any is a number, and none a text."""
    is_number = [isinstance(value, int | float) and not isinstance(value, bool) for value in examples]
    return any(is_number) and not any(isinstance(value, str) for value in examples)


_NAMES = ("category", "line", "channel", "metric", "goal_id")
"""Our columns by which a line or a figure is known; what else is in its row may be another thing each month."""


def merge_months(rows: Sequence[RawRow], labels: Mapping[str, str]) -> list[RawRow]:
    """Rows of one line, each with the amounts of other months, as one.

    Args:
        labels: Our column -> the label of theirs.
    """
    merged: list[RawRow] = []
    for alike in _grouped(rows, _name_of):
        for line in _lines_among(alike):
            merged += _one_line(line, labels)
    order = {id(row): number for number, row in enumerate(rows)}
    return sorted(merged, key=lambda row: order[id(row)])


def _grouped(rows: Sequence[RawRow], key: Callable[[RawRow], tuple[object, ...]]) -> list[list[RawRow]]:
    groups: dict[tuple[object, ...], list[RawRow]] = {}
    for row in rows:
        groups.setdefault(key(row), []).append(row)
    return list(groups.values())


def _name_of(row: RawRow) -> tuple[object, ...]:
    names = tuple(normal_label(plain(row.value(key) or "")) for key in _NAMES)
    return names if any(names) else (id(row),)


def _lines_among(alike: Sequence[RawRow]) -> Iterable[Sequence[RawRow]]:
    """Rows of one name by line, each with one amount a month. What is written beside them may tell them apart."""
    beside = {key: None for row in alike for key, raw in row.own.items() if isinstance(raw.value, str)}
    for keys in ((), *((key,) for key in beside), tuple(beside)):
        lines = _grouped(alike, lambda row: tuple(_text_of(row, key) for key in keys))  # noqa: B023
        if all(_months_differ(line) for line in lines):
            return lines
    lines_found: list[list[RawRow]] = []
    for row in alike:
        fitting = next((line for line in lines_found if _months_differ([*line, row])), None)
        if fitting is None:
            lines_found.append([row])
        else:
            fitting.append(row)
    return lines_found


def _text_of(row: RawRow, key: OwnKey) -> str:
    return normal_label(plain(row.own[key].value)) if key in row.own else ""


def _months_differ(line: Sequence[RawRow]) -> bool:
    keys = [key for row in line for key in (*row.fields, *row.own) if not isinstance(key, str) and key[1] is not None]
    return len(set(keys)) == len(keys)


def _one_line(rows: Sequence[RawRow], labels: Mapping[str, str]) -> list[RawRow]:
    """The rows of a line as one: what differs from month to month is in a column of its own for each month."""
    fields = {key for row in rows for key in row.fields if key[1] is None and key[0] not in _NAMES}
    own = {key for row in rows for key in row.own if isinstance(key, str)}
    differing = {key for key in fields if len({plain(r.fields[key].value) for r in rows if key in r.fields}) > 1}
    differing_own = {key for key in own if len({plain(r.own[key].value) for r in rows if key in r.own}) > 1}
    for row in rows:
        month = min((key[1] for key in (*row.fields, *row.own) if isinstance(key, tuple) and key[1]), default=None)
        if month is not None:
            row.own.update({(key, month): row.own.pop(key) for key in differing_own & row.own.keys()})
            for key in differing & row.fields.keys():
                row.own[labels.get(key[0], key[0]), month] = row.fields.pop(key)
    first, alone = rows[0], []
    for row in rows[1:]:
        if any(first.own.get(key, raw).value != raw.value for key, raw in row.own.items()) or any(
            first.fields.get(key, raw).value != raw.value for key, raw in row.fields.items() if key[0] not in _NAMES
        ):
            alone.append(row)  # it has no month, so there is no column for what differs
            continue
        first.again += [raw.place for raw in (*row.fields.values(), *row.own.values()) if raw.place is not None]
        first.fields.update({key: raw for key, raw in row.fields.items() if key not in first.fields})
        first.own.update({key: raw for key, raw in row.own.items() if key not in first.own})
    return [first, *alone]
