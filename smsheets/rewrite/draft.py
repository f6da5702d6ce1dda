"""The contents of the input cells of the repaired workbook, and from which cell of the person's file each comes.

A value that was read is written as what it is. A text that could not be read is written back into its cell as it was
typed: there its owner sees it, and sees the dropdown or the hint beside it; it counts as nothing, as before. Whether
a cell reads the same as before is not assumed but tried: the draft is read again, and a cell that does not is given up
to the next thing it could hold - the value, then what was typed, then nothing (and a line on the list).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from smsheets.cells import CellRef
from smsheets.layout.content import CellValue, Filling, Row
from smsheets.layout.placed import Layout, PlacedTable
from smsheets.reader.file.source_cells import SourceCell
from smsheets.reader.read import OpenWorkbook, ReadWorkbook
from smsheets.reader.values.scope import Value, plain
from smsheets.reader.values.words import normal_label
from smsheets.rewrite.refill import ShownValues, typed
from smsheets.spec.model import Field, Workbook
from smsheets.writer.workbook import NewWorkbook


def _new_ids(read: ReadWorkbook) -> dict[tuple[str, int], str]:
    """(Table id, row on the person's sheet) -> its new id, for the rows that need one.

    Of rows with the same id the first one keeps it, so what names the id still names that row. A new number is above
    every one that a row has or another cell names: no reference to a row that is gone gets a row it was not meant for.
    """
    found: dict[tuple[str, int], str] = {}
    for name, rows in read.rows.items():
        table = read.layout.tables[name]
        prefix = table.spec.prefix
        if not prefix:
            continue
        key = table.spec.columns[0].id
        named = [str(row.values.get(key) or "") for row in rows]
        number = max(_numbers((*named, *_references(table, read)), prefix), default=0)
        seen: set[str] = set()
        for row, text in zip(rows, named, strict=True):
            if text and normal_label(text) not in seen:
                seen.add(normal_label(text))
                continue
            number += 1
            found[name, row.row] = f"{prefix}{number}"
    return found


def _numbers(texts: Sequence[str], prefix: str) -> Iterator[int]:
    for text in texts:
        tail = text.strip().upper().removeprefix(prefix)
        if tail.isdecimal() and len(tail) < 9:
            yield int(tail)


def _references(table: PlacedTable, read: ReadWorkbook) -> Iterator[str]:
    """The texts of the workbook where a row of this table may be named."""
    wanted = f"{table.spec.id}.{table.spec.columns[0].id}"
    for name, rows in read.rows.items():
        keys = [column.key for column in read.layout.tables[name].columns if column.spec.choices == wanted]
        for row in rows:
            yield from (text for key in keys for text in _texts(row.values.get(key)))
    for name, form in read.forms.items():
        fields: Mapping[str, Value] = form
        for item in read.layout.forms[name].spec.fields:
            if item.choices == wanted:
                yield from _texts(fields.get(item.id))


def _texts(value: Value) -> tuple[str, ...]:
    if isinstance(value, tuple):
        return value
    return (value,) if isinstance(value, str) else ()


_METRIC = ("channel", "metric")
"""The columns that say which metric a row of a KPI report is."""


def more_metrics(read: ReadWorkbook, spec: Workbook) -> dict[str, list[Row]]:
    """Table id -> the rows that a new whole workbook has and neither a new lean one nor the person's.

    A metric is added for the channels that the person still measures; one that was there and was deleted stays away.
    """
    found: dict[str, list[Row]] = {}
    if spec is read.layout.spec:
        return found
    whole = NewWorkbook(spec=spec, profile=read.layout.profile)
    begun = NewWorkbook(spec=read.layout.spec, profile=read.layout.profile).content.tables
    for name, rows in read.rows.items():
        known = {_metric(row.values) for row in rows}
        channels = {metric[0] for metric in known}
        made = zip(whole.content.tables[name], whole.filling.tables[name], strict=True)
        found[name] = [
            {key: value for key, value in shown.items() if value is not None}
            for row, shown in made
            if row not in begun[name] and row.get("channel") in channels and _metric(row) not in known
        ]
    return {name: rows for name, rows in found.items() if rows}


def _metric(row: Mapping[str, object]) -> tuple[object, ...]:
    return tuple(row.get(key) for key in _METRIC)


BLANK = (None, ())


@dataclass(frozen=True, slots=True)
class Place:
    """An input cell of the repaired workbook: a table's row by number from 0, or a form's field (`row` is -1)."""

    block: str
    row: int
    key: str


@dataclass(slots=True)
class Entry:
    """The filling of a place.

    Attributes:
        where: The cell of the person's file.
        source: What is there.
        value: What was read from it; None or () where nothing could be.
        choices: What the place may hold, the best first; the first one is written, nothing where none is left.
    """

    where: CellRef
    source: SourceCell | None
    value: Value
    choices: list[CellValue]

    @property
    def written(self) -> CellValue:
        """The value written now."""
        return self.choices[0] if self.choices else None


@dataclass(slots=True)
class Draft:
    """The input cells of the repaired workbook.

    Attributes:
        rows: Table id -> the rows of the person's sheet that come over, in their order; blank ones are left out.
        ids: (Table id, row on the person's sheet) -> a new id.
        numbers: Table id -> row of the person's sheet -> its number among those that come over, from 0.
        start: What a new workbook holds: taken for tables, forms and fields that are not in the person's file.
        more: Table id -> rows that follow those of the person.
    """

    opened: OpenWorkbook
    start: Filling
    rows: Mapping[str, list[int]]
    ids: Mapping[tuple[str, int], str]
    entries: dict[Place, Entry] = field(default_factory=dict)
    more: Mapping[str, Sequence[Row]] = field(default_factory=dict)
    numbers: Mapping[str, Mapping[int, int]] = field(init=False)

    def __post_init__(self) -> None:
        """Counts the rows that come over."""
        self.numbers = {name: {row: number for number, row in enumerate(rows)} for name, rows in self.rows.items()}

    def filling(self) -> Filling:
        """The values of the repaired workbook's cells."""
        forms = {name: dict(form) for name, form in self.start.forms.items()}
        tables = {name: list(rows) for name, rows in self.start.tables.items() if name not in self.rows}
        filled: dict[str, list[dict[str, CellValue]]] = {name: [{} for _ in rows] for name, rows in self.rows.items()}
        for place, entry in self.entries.items():
            row = forms.setdefault(place.block, {}) if place.row < 0 else filled[place.block][place.row]
            row[place.key] = entry.written
        for (name, number), new in self.ids.items():
            filled[name][self.numbers[name][number]][self._id_key(name)] = new
        for name, rows in self.more.items():
            filled[name] += map(dict, rows)
        return Filling(forms, {**tables, **filled})

    def place_of(self, place: Place, layout: Layout) -> tuple[str, int, int]:
        """The cell of a place in the repaired workbook: sheet, row, column."""
        if place.row < 0:
            form = layout.forms[place.block]
            return form.sheet, form.row_of[place.key], form.value_col
        table = layout.tables[place.block]
        return table.sheet, table.first_row + place.row, table.by_key[place.key].col

    def differences(self, again: OpenWorkbook) -> list[Place]:
        """The places that do not read as they did in the person's file."""
        first = {name: table.header_row + 1 for name, table in again.found.tables.items()}
        rows = {name: {row.row - first[name]: row.values for row in read} for name, read in again.read.rows.items()}
        return [
            place
            for place, entry in self.entries.items()
            if _value(again, rows, place) != (None if entry.value in BLANK else entry.value)
            and not self.has_new_id(place)
        ]

    def give_way(self, places: list[Place]) -> bool:
        """Lets places hold the next thing they could; whether any can."""
        moved = [self.entries[place] for place in places if self.entries[place].choices]
        for entry in moved:
            entry.choices.pop(0)
        return bool(moved)

    def has_new_id(self, place: Place) -> bool:
        """True if a place holds an id that its row did not have in the person's file."""
        if place.row < 0 or (place.block, self.rows[place.block][place.row]) not in self.ids:
            return False
        return place.key == self._id_key(place.block)

    def _id_key(self, table: str) -> str:
        return self.opened.read.layout.tables[table].spec.columns[0].id


def _value(again: OpenWorkbook, rows: Mapping[str, Mapping[int, Mapping[str, Value]]], place: Place) -> Value:
    if place.row < 0:
        value = again.read.forms.get(place.block, {}).get(place.key)
    else:
        value = rows.get(place.block, {}).get(place.row, {}).get(place.key)
    return None if value in BLANK else value


def make_draft(opened: OpenWorkbook, start: Filling, shown: ShownValues, rows: Mapping[str, list[int]]) -> Draft:
    """The draft with every input cell's best content.

    Args:
        rows: Table id -> the rows of the person's sheet that are to come over.
    """
    draft = Draft(opened, start, rows, _new_ids(opened.read))
    partly = partly_read(opened)
    open_cells = {problem.cell for problem in opened.read.problems if problem.code in _DOUBTED}
    for place, item, where, source, value in (*_table_cells(opened, rows), *_form_cells(opened)):
        choices = [typed(source)] if value in BLANK or (item.many and where in partly) else []
        if where in open_cells:
            choices.append(doubted(source))
        if value not in BLANK:
            choices = [*choices, shown.of(item, value), typed(source)]
        kept = list(dict.fromkeys((type(choice), choice) for choice in choices if choice is not None))
        draft.entries[place] = Entry(where, source, value, [choice for _, choice in kept])
    return draft


_DOUBTED = frozenset(("cell.ambiguous-number", "cell.ambiguous-date", "cell.turned-date"))


def doubted(source: SourceCell | None) -> str:
    """A value with two readings as a text that has none: `2027-01-10?`.

    Where the cells around it are numbers and days now that were texts, what was typed might be read without a word.
    """
    return f"{plain(source.value)}?" if source is not None else ""


Cell = tuple[Place, Field, CellRef, SourceCell | None, Value]


def _table_cells(opened: OpenWorkbook, rows: Mapping[str, list[int]]) -> Iterator[Cell]:
    for name, numbers in rows.items():
        table = opened.found.tables[name]
        read = {row.row: row.values for row in opened.read.rows[name]}
        for index, row in enumerate(numbers):
            for column in table.placed.columns:
                col = table.columns.get(column.key)
                if column.spec.formula is None and col is not None and row in read:
                    where = CellRef(opened.read.file, table.sheet.name, row, col)
                    source = table.sheet.cells.get((row, col))
                    yield Place(name, index, column.key), column.spec, where, source, read[row].get(column.key)


def _form_cells(opened: OpenWorkbook) -> Iterator[Cell]:
    for name, form in opened.found.forms.items():
        for item in form.placed.spec.fields:
            if item.formula is None and item.id in form.cells:
                where = CellRef(opened.read.file, form.sheet.name, *form.cells[item.id])
                source = form.sheet.cells.get(form.cells[item.id])
                yield Place(name, -1, item.id), item, where, source, opened.read.forms[name].get(item.id)


_READ_WHOLE = (
    *("cell.number-as-text", "cell.length-of-time", "cell.date-as-text", "cell.other-word", "cell.not-in-open-list"),
    *("id.missing", "id.duplicate", "id.unknown"),
)
"""Codes of cells whose whole content was read. With any other, a cell that was read may hold more than its value."""


def partly_read(opened: OpenWorkbook) -> frozenset[CellRef]:
    """The cells of which a problem says that not all of their content may have been read."""
    return frozenset(problem.cell for problem in opened.read.problems if problem.code not in _READ_WHOLE)
