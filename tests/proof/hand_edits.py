"""Edits that people do with a spreadsheet program's own commands, drawn at random for one workbook.

One workbook gets one edit, so that whatever its sheets show otherwise has one cause. A command names its cells as they
are before the edit.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from random import Random

from smsheets.cells import column_letters
from smsheets.layout.content import Filling
from smsheets.layout.placed import Layout, PlacedColumn, PlacedTable

Command = tuple[str | int | float, ...]
"""A command of `office.py`, its sheet, and its arguments."""


@dataclass(frozen=True, slots=True)
class Edit:
    """One thing that a person does, as the commands that do it.

    Attributes:
        says: What is done, for a failure's text.
        deleted: The columns of a table that are deleted: what they showed is not missed.
    """

    says: str
    commands: tuple[Command, ...]
    deleted: tuple[str, tuple[str, ...]] = ("", ())


@dataclass(frozen=True, slots=True, kw_only=True)
class _Place:
    """A table that people fill in, and how many of its rows are in use."""

    table: PlacedTable
    used: int
    rng: Random

    @property
    def sheet(self) -> str:
        return self.table.sheet

    @property
    def last_used(self) -> int:
        """The last row that is in use."""
        return self.table.header_row + self.used

    def any_used(self) -> int:
        """A row that is in use."""
        return self.rng.randint(self.table.first_row, self.last_used)

    def row(self, number: int, columns: Sequence[PlacedColumn] = ()) -> str:
        """`A7:M7`: the table's part of a row, or of these columns."""
        cols = [column.col for column in columns] or [1, self.table.last_col]
        return f"{column_letters(min(cols))}{number}:{column_letters(max(cols))}{number}"

    def inputs(self) -> Sequence[Sequence[PlacedColumn]]:
        """The columns that people fill in, as runs of neighbours; the id is not among them."""
        runs: list[list[PlacedColumn]] = []
        for column in self.table.columns:
            is_id = bool(self.table.spec.prefix) and column.spec is self.table.spec.columns[0]
            if column.spec.formula is not None or is_id:
                continue
            if runs and runs[-1][-1].col == column.col - 1:
                runs[-1].append(column)
            else:
                runs.append([column])
        return runs

    def fresh_id(self, row: int) -> Sequence[Command]:
        """An id of its own for a row that was copied from another."""
        if not self.table.spec.prefix:
            return ()
        cell = f"{column_letters(self.table.columns[0].col)}{row}"
        return [("text", self.sheet, cell, f"{self.table.spec.prefix}{self.rng.randint(900, 999)}")]

    def copied(self, source: int, target: int) -> Sequence[Command]:
        """A whole row copied over another one, with an id of its own."""
        return [("copy", self.sheet, self.row(source), f"A{target}"), *self.fresh_id(target)]

    def typed(self, source: int, target: int) -> Sequence[Command]:
        """What people fill in, without the formulas."""
        runs = [(self.row(source, run), f"{column_letters(run[0].col)}{target}") for run in self.inputs()]
        return [*(("copy", self.sheet, area, cell) for area, cell in runs), *self.fresh_id(target)]


def _insert(place: _Place) -> Edit:
    """A row put in somewhere, left blank, typed into, or filled by copying a whole row."""
    table, rng = place.table, place.rng
    at = rng.choice([table.first_row, rng.randint(table.first_row, table.last_row), table.last_row, table.last_row + 1])
    source = place.any_used()
    source += source >= at
    how = rng.choice(["blank", "typed", "copied"])
    fill = {"blank": (), "typed": place.typed(source, at), "copied": place.copied(source, at)}[how]
    return Edit(f"a {how} row put in above row {at}", (("insert_rows", place.sheet, at, 1), *fill))


def _delete_rows(place: _Place) -> Edit:
    """Rows deleted: spare ones, one in use, or several wherever they are."""
    table, rng = place.table, place.rng
    spare = table.last_row - place.last_used
    first = rng.choice([place.any_used(), place.last_used + 1 if spare else place.last_used, table.first_row])
    count = rng.randint(1, min(4, table.last_row - first + 1))
    return Edit(f"rows {first} to {first + count - 1} deleted", (("delete_rows", place.sheet, first, count),))


def _insert_column(place: _Place) -> Edit:
    """A column of one's own, within the table or beside it."""
    at = place.rng.choice([column.col for column in place.table.columns] + [place.table.last_col + 1])
    cell = f"{column_letters(at)}{place.any_used()}"
    return Edit(
        f"a column put in before {column_letters(at)}",
        (("insert_columns", place.sheet, at, 1), ("number", place.sheet, cell, place.rng.randint(1, 99))),
    )


def _delete_columns(place: _Place) -> Edit:
    """One column deleted, or a few beside each other."""
    columns = place.table.columns
    first = place.rng.randrange(len(columns))
    count = place.rng.choice([1, 1, 1, min(3, len(columns) - first)])
    keys = tuple(column.key for column in columns[first : first + count])
    commands: tuple[Command, ...] = (("delete_columns", place.sheet, columns[first].col, count),)
    return Edit(f"deleted columns {', '.join(keys)}", commands, (place.table.spec.id, keys))


def _copy(place: _Place) -> Edit:
    """A whole row copied into a spare one, over another one, or below the table's last row."""
    table = place.table
    target = place.rng.choice([min(place.last_used + 1, table.last_row), place.any_used(), table.last_row + 1])
    source = place.any_used()
    return Edit(f"row {source} copied to row {target}", tuple(place.copied(source, target)))


def _move(place: _Place) -> Edit:
    """A row, or its part that people fill in, cut and put elsewhere: references to its cells follow it."""
    table, rng = place.table, place.rng
    source = place.any_used()
    target = rng.choice([min(place.last_used + 1, table.last_row), table.last_row, table.last_row + 1])
    run = rng.choice([(), *place.inputs()])
    cell = f"{column_letters(run[0].col) if run else 'A'}{target}"
    return Edit(
        f"{place.row(source, run)} moved to row {target}", (("move", place.sheet, place.row(source, run), cell),)
    )


def _sort(place: _Place) -> Edit:
    """The rows in use sorted by one column, all columns together."""
    column = place.rng.choice(place.table.columns)
    area = f"{place.row(place.table.first_row)}".split(":")[0] + ":" + place.row(place.last_used).split(":")[1]
    up = place.rng.random() < 0.5
    return Edit(f"{area} sorted by {column.key}", (("sort", place.sheet, area, column.col - 1, up),))


def _clear(place: _Place) -> Edit:
    """A row emptied: what people fill in, or all of it."""
    row = place.any_used()
    if place.rng.random() < 0.5:
        return Edit(f"row {row} emptied", (("clear", place.sheet, place.row(row)),))
    areas = [place.row(row, run) for run in place.inputs()]
    return Edit(f"inputs of row {row} emptied", tuple(("clear", place.sheet, area) for area in areas))


def _overwrite(place: _Place) -> Edit:
    """A number typed over one formula of a row."""
    formulas = [column for column in place.table.columns if column.spec.formula is not None]
    if not formulas:
        return _clear(place)
    cell = f"{column_letters(place.rng.choice(formulas).col)}{place.any_used()}"
    return Edit(f"a number typed into {cell}", (("number", place.sheet, cell, place.rng.randint(1, 999)),))


_EDITS: Sequence[Callable[[_Place], Edit]] = (
    _insert, _insert, _insert, _delete_rows, _delete_rows, _insert_column, _delete_columns, _delete_columns,
    _copy, _copy, _move, _sort, _clear, _overwrite,
)  # fmt: skip
"""The more often people do it, or the more it can break, the more often it is here."""

_ON_LISTS = 0.06
"""About as often as one of the others."""


def _rename(layout: Layout, filling: Filling, rng: Random) -> Edit:
    """A word of an open list renamed on the Lists sheet and in all rows that have it."""
    used = [
        (placed, table, column, number, row[column.key])
        for name, table in layout.tables.items()
        for column in table.columns
        if (placed := layout.lists.get(column.spec.choices or ""))
        and placed.spec.open
        and column.spec.formula is None
        and not column.spec.many
        for number, row in enumerate(filling.tables.get(name, ()), table.first_row)
        if row.get(column.key) in placed.texts
    ]
    placed, _, _, _, word = rng.choice(used)
    new = f"{word} & more"
    cells = [(layout.lists_sheet, f"{column_letters(placed.col)}{placed.first_row + placed.texts.index(str(word))}")]
    cells += [
        (table.sheet, f"{column_letters(column.col)}{number}")
        for other, table, column, number, there in used
        if other is placed and there == word
    ]
    return Edit(f"{word!r} renamed to {new!r}", tuple(("text", sheet, cell, new) for sheet, cell in cells))


def draw_edit(layout: Layout, filling: Filling, rng: Random) -> Edit:
    """One edit of a table that people fill in, or of the lists."""
    places: Mapping[str, _Place] = {
        table.sheet: _Place(table=table, used=len(filling.tables.get(name, ())), rng=rng)
        for name, table in layout.tables.items()
        if not table.spec.computed and filling.tables.get(name)
    }
    if rng.random() < _ON_LISTS:
        return _rename(layout, filling, rng)
    return rng.choice(_EDITS)(places[rng.choice(sorted(places))])
