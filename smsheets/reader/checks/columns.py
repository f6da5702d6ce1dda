"""The columns of a table that are gone, that stand twice, that lost their heading, and that are a person's own."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from smsheets.cells import CellRef, column_letters
from smsheets.layout.placed import PlacedColumn
from smsheets.problems import OwnColumn, make_problem
from smsheets.reader.places.found import FoundTable, holds
from smsheets.reader.places.labels import lookalike
from smsheets.reader.rows import Reading, message_label


def check_columns(table: FoundTable, others: Iterable[FoundTable], reading: Reading) -> tuple[OwnColumn, ...]:
    """Adds a problem for each column whose values may be lost; gives the columns that are a person's own."""
    if table.mapped:
        _name_unknown(table, reading)
    _name_doubled(table, reading)
    columns = _Columns(table, others)
    missing = [column for column in columns.gone if column.spec.formula is None]
    guesses = columns.guesses(missing)
    unclaimed = columns.with_values - set(guesses.values())
    for column in missing:
        label = message_label(column, reading.layout)
        guess = guesses.get(column.key)
        if guess in columns.unnamed:
            continue
        if guess is None and not unclaimed and not _matters(column, table):
            continue
        hint = {}
        if guess is not None:
            hint = {
                "guess": " ".join(columns.strange[guess].split()),
                "place": f"{column_letters(guess)}{table.header_row}",
            }
        where = CellRef(reading.file, table.sheet.name, table.header_row, columns.first)
        problem = make_problem("table.missing-column", where, column_letters(columns.last), column=label, **hint)
        reading.problems.append(problem)
    _name_unnamed(table, columns, {col: key for key, col in guesses.items()}, reading)
    claimed = set(guesses.values())
    return tuple(
        OwnColumn(
            cell=CellRef(reading.file, table.sheet.name, table.header_row, col), heading=" ".join(heading.split())
        )
        for col, heading in sorted(columns.strange.items())
        if col not in claimed
    )


def _matters(column: PlacedColumn, table: FoundTable) -> bool:
    """Whether a column that is gone is missed even if nothing took its place."""
    is_id = bool(table.placed.spec.prefix) and column is table.placed.columns[0]
    return column.spec.required or column.item is not None or is_id


def _name_unknown(table: FoundTable, reading: Reading) -> None:
    first, last = min(table.columns.values()), max(table.columns.values())
    where = CellRef(reading.file, table.sheet.name, table.header_row, first)
    title = reading.title(table.placed)
    reading.problems.append(make_problem("table.unknown-headings", where, column_letters(last), table=title))


def _name_doubled(table: FoundTable, reading: Reading) -> None:
    for key, cols in table.doubled.items():
        column = table.placed.by_key[key]
        read = f"{column_letters(table.columns[key])}{table.header_row}"
        for col in cols if column.spec.formula is None else ():
            where = CellRef(reading.file, table.sheet.name, table.header_row, col)
            label = message_label(column, reading.layout)
            reading.problems.append(make_problem("table.duplicate-column", where, column=label, read=read))


def _name_unnamed(table: FoundTable, columns: _Columns, keys: Mapping[int, str], reading: Reading) -> None:
    title = reading.title(table.placed)
    for col in sorted(columns.unnamed):
        where = CellRef(reading.file, table.sheet.name, table.header_row, col)
        column = table.placed.by_key.get(keys.get(col, ""))
        guess = message_label(column, reading.layout) if column is not None else ""
        reading.problems.append(make_problem("table.unnamed-column", where, table=title, guess=guess))


class _Columns:
    """The columns of a sheet that belong to a table's rows and to none of its headings.

    Attributes:
        gone: The table's columns that are not there; those that the workbook never had are none.
        strange: Column -> heading, for headings that are not ours.
        unnamed: Columns among the table's own, or where one of them stood, with values and without a heading.
        with_values: The columns of both that hold something a person typed.
    """

    def __init__(self, table: FoundTable, others: Iterable[FoundTable]) -> None:
        self.table = table
        named = {*table.columns.values(), *(col for cols in table.doubled.values() for col in cols)}
        self.first, self.last = min(named), max(named)
        beside = {
            col
            for other in others
            if other is not table and other.sheet is table.sheet and other.header_row == table.header_row
            for col in other.columns.values()
        }
        self.strange = {col: text for col, text in table.strange.items() if col not in beside}
        taken = {*named, *self.strange, *beside}
        self.gone = [
            column
            for column in table.placed.columns
            if column.key not in table.columns and column.spec.id not in table.not_made
        ]
        span = range(max(1, self.first - len(self.gone)), self.last + len(self.gone) + 1)
        filled = {col for col in {*span, *self.strange} - named - beside if self._has_values(col)}
        self.unnamed = filled - taken
        self.with_values = filled & {*self.strange, *self.unnamed}

    def _has_values(self, col: int) -> bool:
        table, cells = self.table, self.table.sheet.cells
        # Rows with nothing else in them are no records, but lie within the table as it was made.
        last = table.header_row + table.placed.rows
        rows = {
            *table.rows.records,
            *range(table.header_row + 1, min(last, table.stop - 1) + 1 if table.stop else last + 1),
        }
        found = (cells.get((row, col)) for row in rows)
        return any(cell is not None and not cell.is_formula and holds(cell) for cell in found)

    def guesses(self, missing: Iterable[PlacedColumn]) -> dict[str, int]:
        """Column key -> the column that is most likely it: by the look of its heading, else by its place."""
        found: dict[str, int] = {}
        rest = dict(self.strange)
        for column in missing:
            close = lookalike(column.label, rest) or lookalike(column.spec.label, rest)
            if close is not None:
                found[column.key] = close[0]
                rest.pop(close[0])
        free = {*rest, *self.unnamed}
        for group in self._gaps([column for column in self.gone if column.key not in found]):
            places = sorted(free & set(group.places))
            if len(places) == len(group.columns):
                pairs = zip(group.columns, places, strict=True)
                found.update((column.key, col) for column, col in pairs if column.spec.formula is None)
        return found

    def _gaps(self, columns: Iterable[PlacedColumn]) -> list[_Gap]:
        """The runs of missing columns, each with the places between the neighbours that are there."""
        groups: dict[tuple[int, int], list[PlacedColumn]] = {}
        there = {self.table.placed.by_key[key].col: col for key, col in self.table.columns.items()}
        for column in columns:
            left = max((placed for placed in there if placed < column.col), default=0)
            right = min((placed for placed in there if placed > column.col), default=0)
            groups.setdefault((left, right), []).append(column)
        gaps = []
        for (left, right), group in groups.items():
            first = there[left] + 1 if left else there[right] - len(group)
            last = there[right] if right else first + len(group)
            gaps.append(_Gap(tuple(group), range(max(first, 1), last)))
        return gaps


@dataclass(frozen=True, slots=True)
class _Gap:
    columns: tuple[PlacedColumn, ...]
    places: range
