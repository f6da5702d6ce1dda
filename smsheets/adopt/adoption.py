"""What an adoption comes to: the rows of ours, what is to be said of them, and the workbook they are written into."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from smsheets.adopt.mapping import Match
from smsheets.adopt.rows import Raw, RawRow
from smsheets.adopt.sheets import LeftOver, left_over_sheet, mapping_sheet
from smsheets.adopt.values import NotRead, ShownRow
from smsheets.layout.content import Filling, OwnColumn, Row
from smsheets.layout.placed import Layout
from smsheets.profile import Profile
from smsheets.reader.foreign.heading_words import platform_words
from smsheets.reader.values.scope import plain
from smsheets.reader.values.words import normal_label
from smsheets.refill.workbook import refilled_workbook, starting_filling
from smsheets.spec.model import FieldType, RowSource, Table, Workbook


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
            before = start.tables.get(item.table.id, ()) if item.table.prefill_from is RowSource.PUBLIC_HOLIDAYS else ()
            tables[item.table.id] = [*before, *(row.cells for row in item.rows)]
            own[item.table.id] = list(_own_columns(item, self.layout, len(before)))
        sheets = [
            mapping_sheet([(item.table, item.matches) for item in self.tables], self.layout, words),
            *([left_over_sheet(self.left, words)] if self.left else []),
        ]
        filling = Filling(start.forms, tables)
        return refilled_workbook(self.spec, self.profile, filling, added=self.added, own_columns=own, sheets=sheets)


def _own_columns(item: AdoptedTable, layout: Layout, before: int) -> Iterator[OwnColumn]:
    """The columns of theirs that are none of ours, under headings that the reader does not take for ours."""
    taken = {normal_label(column.label) for column in layout.tables[item.table.id].columns}
    for match in item.matches:
        values = [row.own.get(match.column.label) for row in item.rows]
        if all(value is None for value in values):
            continue
        plain_heading = match.name
        heading, n = plain_heading, 1
        while normal_label(heading) in taken:
            n += 1
            heading = f"{plain_heading} ({n})"
        taken.add(normal_label(heading))
        yield OwnColumn(heading=heading, values=[*([None] * before), *values])


def all_raws(tables: Sequence[AdoptedTable]) -> Iterator[Raw]:
    """Every value of every row, as it stood in their file."""
    for item in tables:
        for row in item.raw:
            yield from row.fields.values()
            yield from row.own.values()


def all_days(tables: Sequence[AdoptedTable]) -> Iterator[date]:
    """The days that decide which period the workbook plans."""
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
