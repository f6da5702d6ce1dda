"""The result of an adoption: the rows of ours, what is to be said of them, and the workbook they are written into."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import chain, count

from smsheets.cells import column_letters
from smsheets.layout.cells_of import ValueSheet
from smsheets.layout.content import CellValue as Shown
from smsheets.layout.content import Filling, OwnColumn, Row
from smsheets.layout.placed import Layout
from smsheets.layout.prefill import COUNTRY_DAYS
from smsheets.periods import FIRST_DATE, LAST_DATE, months_between
from smsheets.profile import Profile
from smsheets.reader.file.source_cells import ErrorValue, SourceCell
from smsheets.reader.foreign.calendar_words import Month
from smsheets.reader.foreign.headings import platform_words
from smsheets.reader.values.scope import plain
from smsheets.reader.values.words import normal_label
from smsheets.rewrite.adopted_values import NotRead, ShownRow
from smsheets.rewrite.mapping import Match
from smsheets.rewrite.material import ACROSS, Behind, Material, OwnKey, Place, Raw, RawRow, all_cells
from smsheets.rewrite.refill import refilled_workbook, starting_filling
from smsheets.spec.catalogue import Catalogue
from smsheets.spec.model import Table, Workbook
from smsheets.spec.vocabulary import FieldType

_WIDTHS = (18.0, 12.0, 60.0, 66.0)
_DAYS, _TITLE, _TOTAL, _HEADING, _OUTSIDE, _NO_TABLE, _NOT_CALCULATED, _WORKED_OUT, _MONTH, _INCOME = range(10)
_WHY = {
    _DAYS: "Days of a month: they became the dates of the rows",
    _TITLE: "A title: it became the date, channel or category of the rows below it",
    _TOTAL: "A total: the new workbook calculates it",
    _HEADING: "Headings of rows that were read",
    _OUTSIDE: "A month that the new workbook does not have, or a second amount for one",
    _NO_TABLE: "Not part of a table that was read",
    _NOT_CALCULATED: "A formula that was never calculated",
    _WORKED_OUT: "Calculated from other cells: the new workbook does that, too",
    _MONTH: "The month of an amount: it is in the column of that month",
    _INCOME: "Money that came in: a budget has only what is spent",
}
_MAPPING_HEADS = ("Their column", "Cell", "Our table", "Our column", "Sure", "Example")
_LEFT_HEADS = ("Sheet", "Cell", "What stands there", "Why")
_OWN = "a column of your own"
_ANEW = "calculated again"
_ACROSS = "Title, or Text where it is long"


@dataclass(frozen=True, slots=True)
class LeftOver:
    """Something that was not brought over: its cell, or several in one row."""

    sheet: str
    cells: str
    value: Shown
    reason: int

    @property
    def why(self) -> str:
        """Why, in English."""
        return _WHY[self.reason]


def _mapping_sheet(tables: Sequence[tuple[Table, Sequence[Match]]], layout: Layout, words: Catalogue) -> ValueSheet:
    """Which of their columns became which of ours."""
    rows: list[list[Shown]] = [[words.text(_MAPPING_HEADS[n]) for n in range(len(_MAPPING_HEADS))]]
    rows += [
        [
            match.name,
            str(match.column.where),
            layout.tables[table.id].sheet,
            our_name(table, match, words),
            f"{match.confidence:.0%}" if match.confidence else None,
            match.example,
        ]
        for table, matches in tables
        for match in matches
    ]
    return ValueSheet(name=words.text("How it was mapped"), rows=rows, header_rows=1)


def our_name(table: Table, match: Match, words: Catalogue) -> str:
    """Our column as the new workbook calls it."""
    if match.worked_out:
        return words.text(_ANEW)
    target = match.target or match.perhaps
    label = next((column.label for column in table.columns if column.id == target), "the month of the amounts")
    if match.target:
        return words.text(label)
    if match.perhaps:
        return f"{words.text(_OWN)} ({words.text(label)}?)"
    return words.text(_ACROSS if match.column.label == ACROSS else _OWN)


def _left_over_sheet(left: Sequence[LeftOver], words: Catalogue) -> ValueSheet:
    """The content that was not brought over, cell by cell."""
    rows: list[list[Shown]] = [[words.text(_LEFT_HEADS[n]) for n in range(len(_LEFT_HEADS))]]
    rows += [[item.sheet, item.cells, item.value, words.text(_WHY[item.reason])] for item in left]
    return ValueSheet(name=words.text("Not brought over"), rows=rows, header_rows=1, widths=_WIDTHS)


def left_over(
    material: Material,
    read: Collection[tuple[str, tuple[int, int]]],
    used: set[Place],
    mapped: set[Place],
    behind: Behind,
) -> list[LeftOver]:
    """Every cell whose content is neither in a row of ours nor in the list of columns.

    Args:
        read: The sheet and place of each block whose rows were read.
        used: Cells whose content is in a row.
        mapped: Headings that are in the list of columns.
        behind: Cells of rows that were read which are in none of ours.
    """
    why = dict(_reasons(material, read))
    why.update(dict.fromkeys(behind.outside, _OUTSIDE))
    why.update(dict.fromkeys(behind.worked_out, _WORKED_OUT))
    why.update(dict.fromkeys(behind.months, _MONTH))
    why.update(dict.fromkeys(behind.income, _INCOME))
    left: list[LeftOver] = []
    rows: dict[tuple[str, int, int], list[SourceCell]] = {}
    for sheet, cell in all_cells(material.source):
        place = (sheet, cell.row, cell.col)
        if place in used or place in mapped:
            continue
        reason = _NOT_CALCULATED if cell.value is None else why.get(place, _NO_TABLE)
        if reason in (_DAYS, _HEADING):
            rows.setdefault((sheet, cell.row, reason), []).append(cell)
        else:
            left.append(LeftOver(sheet, f"{column_letters(cell.col)}{cell.row}", _value(cell), reason))
    for (sheet, row, reason), cells in rows.items():
        ends = dict.fromkeys(f"{column_letters(cell.col)}{row}" for cell in (cells[0], cells[-1]))
        texts = (" ".join(plain(cell.value).split()) for cell in cells)
        left.append(LeftOver(sheet, ":".join(ends), " | ".join(texts), reason))
    return left


def _reasons(material: Material, read: Collection[tuple[str, tuple[int, int]]]) -> Iterator[tuple[Place, int]]:
    for sheet in material.sheets:
        name = sheet.sheet.name
        for block in (block for block in sheet.blocks if (name, block.place) in read):
            for heading in block.headings:
                yield from (((name, cell.row, cell.col), _HEADING) for cell in heading.cells)
        for line in sheet.lines:
            if line.total:
                yield from (((name, cell.row, cell.col), _TOTAL) for cell in line.cells.values())
        yield from (((name, cell.row, cell.col), _TITLE) for cell in sheet.titles)
    for grid in material.grids:
        yield from (((grid.sheet, cell.row, cell.col), _DAYS) for cell in (*grid.header, *grid.numbers))
        if grid.title is not None:
            yield (grid.sheet, grid.title.row, grid.title.col), _TITLE


def _value(cell: SourceCell) -> Shown:
    if isinstance(cell.value, ErrorValue):
        return str(cell.value)
    return f"={cell.formula}" if cell.value is None else cell.value


@dataclass
class AdoptedTable:
    """One of our tables with the rows of theirs that fit it."""

    table: Table
    matches: list[Match]
    raw: list[RawRow]
    rows: list[ShownRow] = field(default_factory=list)


@dataclass
class Adoption:
    """Everything that will be written, and what is to be said of it.

    Attributes:
        guessed: Whether the kind was guessed.
        notes: What was decided on the way, in sentences.
    """

    spec: Workbook
    guessed: bool
    profile: Profile
    layout: Layout
    tables: list[AdoptedTable]
    not_read: list[NotRead]
    left: list[LeftOver]
    added: Mapping[str, Sequence[str]]
    notes: list[str]

    def workbook(self) -> bytes:
        """The filled template."""
        words = self.layout.words
        start = starting_filling(self.spec, self.profile)
        tables: dict[str, Sequence[Row]] = dict(start.tables)
        own: dict[str, list[OwnColumn]] = {}
        for item in self.tables:
            named = {row.cells.get("date") for row in item.rows}
            given = start.tables.get(item.table.id, ()) if item.table.prefill_from in COUNTRY_DAYS else ()
            before = [row for row in given if row.get("date") not in named]
            tables[item.table.id] = [*before, *(row.cells for row in item.rows)]
            own[item.table.id] = list(_own_columns(item, self.layout, len(before)))
            tables.update(_parts(item, self.layout))
        sheets = [
            _mapping_sheet([(item.table, item.matches) for item in self.tables], self.layout, words),
            *([_left_over_sheet(self.left, words)] if self.left else []),
        ]
        filling = Filling(start.forms, tables)
        return refilled_workbook(self.spec, self.profile, filling, added=self.added, own_columns=own, sheets=sheets)


def _parts(item: AdoptedTable, layout: Layout) -> Iterator[tuple[str, list[Row]]]:
    """Our tables that were once in the one that their rows fit, each with the rows that it has something of."""
    whole = layout.tables[item.table.id].by_key
    for name, part in layout.tables.items():
        if part.spec.once_in == item.table.id:
            rows = (row.cells for row in item.rows if not whole.keys() >= row.cells.keys() & part.by_key.keys())
            yield name, [dict(row) for row in rows]


def _own_columns(item: AdoptedTable, layout: Layout, before: int) -> Iterator[OwnColumn]:
    """The columns of theirs that are none of ours, under headings that the reader does not take for ours."""
    taken = {normal_label(column.label) for column in layout.tables[item.table.id].columns}
    months = sorted({key[1] for row in item.rows for key in row.own if isinstance(key, tuple)})
    for match in item.matches:
        label = match.column.label
        keys: list[tuple[OwnKey, str]] = [(label, match.name)]
        keys += [((label, month), _of_month(match.column.measure or match.name, month, layout)) for month in months]
        for key, name in keys:
            values = [row.own.get(key) for row in item.rows]
            if all(value is None for value in values):
                continue
            numbered = (f"{name} ({number})" for number in count(2))
            heading = next(text for text in chain([name], numbered) if normal_label(text) not in taken)
            taken.add(normal_label(heading))
            yield OwnColumn(heading=heading, values=[*([None] * before), *values])


def _of_month(name: str, month: Month, layout: Layout) -> str:
    """The heading of a column of their own that is there once for each month."""
    labels = [item.label for item in layout.items["months"]]
    number = months_between(layout.profile.start, date(month.year, month.month, 1)) if month.year else 0
    shown = labels[number] if 0 <= number < len(labels) else f"{month.month:02}/{month.year}"
    return f"{name} ({shown})"


def all_raws(tables: Sequence[AdoptedTable]) -> Iterator[Raw]:
    """Every value of every row, as it was in their file."""
    for item in tables:
        for row in item.raw:
            yield from row.fields.values()
            yield from row.own.values()


def all_days(tables: Sequence[AdoptedTable]) -> Iterator[date]:
    """The days that decide which period the workbook plans; those that nobody plans with are slips."""
    return (day for day in _days(tables) if FIRST_DATE <= day <= _LAST_DAY)


_LAST_DAY = LAST_DATE.replace(year=LAST_DATE.year - 2)
"""A period that begins on it ends, at its longest, with the last day that a workbook may have."""


def _days(tables: Sequence[AdoptedTable]) -> Iterator[date]:
    for item in tables:
        dates = {column.id for column in item.table.columns if column.type in (FieldType.DATE, FieldType.MONTH)}
        for row in item.raw:
            for (key, month), raw in row.fields.items():
                if month is not None and month.year:
                    yield date(month.year, month.month, 1)
                elif key in dates and isinstance(raw.value, date):
                    yield date(raw.value.year, raw.value.month, raw.value.day)


def all_channels(tables: Sequence[AdoptedTable]) -> tuple[str, ...]:
    """The platforms that the rows name, the most frequent first."""
    counts = Counter(
        platform_words()[label]
        for item in tables
        for row in item.raw
        if (label := normal_label(plain(row.value("channel") or ""))) in platform_words()
    )
    return tuple(name for name, _ in counts.most_common())
