"""A person at a workbook: what there is to point at, and the workbook as it is after each edit."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from random import Random
from typing import TypeVar

from filled_books import FilledBook
from grid import Book, Cell, Content, Place, Sheet

from smsheets.layout.placed import Layout, PlacedTable
from smsheets.spec.model import Field

Thing = TypeVar("Thing")

TABLE_ROLES = ("data", "spare", "computed")


@dataclass(frozen=True)
class TableView:
    """A table of records where it stands now.

    Attributes:
        cols: Column key -> column, for headings that are still there.
        rows: The rows that hold something that was filled in.
        last: The last row, spare ones too.
        end: The row that says where the table ends, or the last one where that is gone.
    """

    sheet: Sheet
    placed: PlacedTable
    header: int
    cols: Mapping[str, int]
    rows: Sequence[int]
    last: int
    end: int

    @property
    def name(self) -> str:
        """The table's id."""
        return self.placed.spec.id

    @property
    def width(self) -> tuple[int, int]:
        """The first and the last column."""
        return min(self.cols.values()), max(self.cols.values())

    def field(self, key: str) -> Field:
        """What a column holds."""
        return self.placed.by_key[key].spec

    def inputs(self) -> list[str]:
        """The keys of the columns that people fill."""
        return [key for key in self.cols if self.field(key).formula is None]

    def line(self, row: int) -> Mapping[int, Cell]:
        """The cells of a row that are within the table."""
        first, last = self.width
        return {col: cell for col, cell in self.sheet.by_row.get(row, {}).items() if first <= col <= last}


@dataclass(frozen=True)
class FormView:
    """A form where it stands now: field id -> place."""

    sheet: Sheet
    name: str
    labels: Mapping[str, Place]
    values: Mapping[str, Place]
    hints: Mapping[str, Place]


@dataclass(frozen=True)
class FilledCell:
    """A cell that was filled in, and what its field holds."""

    sheet: Sheet
    place: Place
    cell: Cell
    field: Field


@dataclass
class Hand:
    """Edits a workbook, with a random choice of what to edit.

    Attributes:
        rng: Chooses; the same for the same edit of the same case, whatever comes before it.
        notes: What was done, for the message.
    """

    filled: FilledBook
    book: Book
    rng: Random
    notes: list[str] = field(default_factory=list)

    @property
    def layout(self) -> Layout:
        """Where everything sat before."""
        return self.filled.layout

    @property
    def german(self) -> bool:
        """Whether the person writes German."""
        return self.filled.language == "de"

    def word(self, english: str, german: str) -> str:
        """The word in the person's language."""
        return german if self.german else english

    def one_of(self, things: Sequence[Thing]) -> Thing | None:
        """One of some things, or None where there is none."""
        return self.rng.choice(things) if things else None

    def tables(self) -> list[TableView]:
        """The tables with something in them."""
        return list(_tables(self.book, self.layout))

    def table(self, fits: Callable[[TableView], bool] = lambda table: True) -> TableView | None:
        """One of the tables with something in them."""
        return self.one_of([table for table in self.tables() if fits(table)])

    def form(self, fits: Callable[[FormView], bool] = lambda form: True) -> FormView | None:
        """One of the forms."""
        return self.one_of([form for form in _forms(self.book, self.layout) if fits(form)])

    def cell(self, fits: Callable[[FilledCell], bool]) -> FilledCell | None:
        """One of the filled cells that fit and stand in no merged range."""
        found = [item for item in self.cells() if fits(item) and item.sheet.merge_at(*item.place) is None]
        return self.one_of(found)

    def cells(self) -> Iterator[FilledCell]:
        """All filled cells that show what was filled in: not those that were edited."""
        fields = self.fields
        for sheet in self.book.sheets:
            for place, cell in sheet.cells.items():
                if cell.filled and cell.mark is not None and not cell.typed and cell.value is not None:
                    yield FilledCell(sheet, place, cell, fields[cell.mark.block, cell.mark.key])

    @cached_property
    def fields(self) -> Mapping[tuple[str, str], Field]:
        """(Block, key) -> field."""
        found: dict[tuple[str, str], Field] = {}
        for name, table in self.layout.tables.items():
            found.update({(name, column.key): column.spec for column in table.columns})
        for name, form in self.layout.forms.items():
            found.update({(name, item.id): item for item in form.spec.fields})
        return found

    def type_into(self, item: FilledCell, value: Content, *accept: object, formula: str | None = None) -> bool:
        """Types something else into a filled cell; `accept` may be read for it, else a problem must name it."""
        self.notes.append(f"{item.sheet.name}!{item.place} {item.cell.value!r} -> {value!r}")
        self.book = self.book.put(item.sheet.name, {item.place: item.cell.now(value, *accept, formula=formula)})
        return True


def _tables(book: Book, layout: Layout) -> Iterator[TableView]:
    records = {name: table for name, table in layout.tables.items() if not table.spec.computed}
    for sheet in book.sheets:
        headers: dict[tuple[str, int], dict[str, int]] = {}
        rows: dict[str, set[int]] = {}
        ends: dict[str, set[int]] = {}
        used: dict[str, set[int]] = {}
        for (row, col), cell in sheet.cells.items():
            mark = cell.mark
            if mark is None or mark.block not in records:
                continue
            if mark.role == "header":
                headers.setdefault((mark.block, row), {})[mark.key] = col
            elif mark.role == "end":
                ends.setdefault(mark.block, set()).add(row)
            elif mark.role in TABLE_ROLES:
                rows.setdefault(mark.block, set()).add(row)
                if mark.accept is not None:
                    used.setdefault(mark.block, set()).add(row)
        for (name, header), cols in headers.items():
            later = [row for block, row in headers if block == name and row > header]
            stop = min(later, default=sheet.size[0] + 1)
            lines = [row for row in used.get(name, ()) if header < row < stop]
            last = max((row for row in rows.get(name, ()) if header < row < stop), default=header)
            if lines and len(cols) > 1:
                end = min((row for row in ends.get(name, ()) if last < row < stop), default=last)
                yield TableView(sheet, records[name], header, cols, sorted(lines), last, end)


def _forms(book: Book, layout: Layout) -> Iterator[FormView]:
    for sheet in book.sheets:
        places: dict[str, dict[str, dict[str, Place]]] = {}
        for place, cell in sheet.cells.items():
            mark = cell.mark
            if mark is not None and mark.role in ("label", "value", "hint") and mark.block in layout.forms:
                places.setdefault(mark.block, {}).setdefault(mark.role, {})[mark.key] = place
        for name, found in places.items():
            values = {
                key: place
                for key, place in found.get("value", {}).items()
                if sheet.cells[place].filled and key in found.get("label", {})
            }
            if values:
                yield FormView(sheet, name, found["label"], values, found.get("hint", {}))
