"""The columns of a table that are gone, that are there twice, that lost their heading, and that are a person's own."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from smsheets.cells import Area, column_letters
from smsheets.layout.placed import PlacedColumn
from smsheets.problems import OwnColumn, Problem, make_problem
from smsheets.reader.checks.structure import (
    Formula,
    broken_places,
    errors_by_sheet,
    formulas_naming,
    list_rooms,
    names_deleted_cells,
    quoted_list,
)
from smsheets.reader.file.source_cells import holds
from smsheets.reader.places.column_map import ColumnMap
from smsheets.reader.places.found import FoundTable
from smsheets.reader.places.labels import lookalikes
from smsheets.reader.rows import Checked, message_label
from smsheets.reader.values.words import normal_label


def check_columns_are_found(checked: Checked) -> Iterator[Problem]:
    """A problem for each column of a record table whose values may be lost; one for all that formulas miss."""
    tables = checked.found.tables
    columns = {name: _Columns(table, tables.values()) for name, table in tables.items()}
    users = _users({name: _surely_deleted(item, checked) for name, item in columns.items()}, checked)
    errors = errors_by_sheet(checked) if users else {}
    for name, table in tables.items():
        if name in users:
            yield _lost(table, columns[name], users[name], errors, checked)
            errors = {}  # counted once, whatever of it caused them
        if name in checked.rows:
            if table.mapped:
                yield _unknown_headings(table, checked)
            yield from _doubled(table, checked)
            yield from _nearly_doubled(table, columns[name], checked)
            yield from _missing(table, columns[name], users.get(name, {}), checked)
            yield from _unnamed(table, columns[name], checked)


def _surely_deleted(columns: _Columns, checked: Checked) -> Iterable[PlacedColumn]:
    """The columns that are gone, and not only moved and renamed at once: then a column is there that nothing explains.

    Where that may be, only a formula that names a deleted cell proves that a column which people fill was deleted.
    """
    if not columns.deleted or not columns.unclaimed or names_deleted_cells(checked):
        return columns.deleted
    return [column for column in columns.deleted if column.spec.formula is not None]


Users = Mapping[str, Sequence[Formula]]
"""Key of a deleted column -> the formulas that name it."""


def _users(deleted: Mapping[str, Iterable[PlacedColumn]], checked: Checked) -> Mapping[str, Users]:
    """Table id -> the deleted columns that formulas name."""
    areas: dict[tuple[str, str], tuple[str, Area]] = {}
    for name, columns in deleted.items():
        table = checked.layout.tables[name]
        for column in columns:
            areas[name, column.key] = table.sheet, (table.header_row, column.col, table.last_row + 1, column.col)
    users: dict[str, dict[str, Sequence[Formula]]] = {}
    for (name, key), found in formulas_naming(areas, checked).items():
        users.setdefault(name, {})[key] = found
    return users


def _lost(table: FoundTable, columns: _Columns, users: Users, errors: Mapping[str, str], checked: Checked) -> Problem:
    """One problem for all deleted columns of a table that formulas name, with what no longer works."""
    lost = [column for column in columns.deleted if column.key in users]
    return make_problem(
        "table.lost-columns",
        checked.cell(table.sheet.name, table.header_row, columns.first),
        column_letters(columns.last),
        table=checked.reading.title(table.placed),
        column=quoted_list([message_label(column, checked.layout) for column in lost]),
        broken=broken_places([formula for column in lost for formula in users[column.key]], table, errors, checked),
    )


def own_columns(table: FoundTable, checked: Checked) -> tuple[OwnColumn, ...]:
    """The columns of a table that are a person's own."""
    if not table.strange:
        return ()
    columns = _Columns(table, checked.found.tables.values())
    given_up = ColumnMap(checked.source, checked.layout).columns_given_up(table.placed, table.columns)
    cells = table.sheet.cells.items()
    figures = {col for (row, col), cell in cells if row > table.header_row and col in given_up and cell.is_formula}
    claimed = {*columns.guesses.values(), *figures}  # figures of an earlier template are nobody's own
    return tuple(
        OwnColumn(cell=checked.cell(table.sheet.name, table.header_row, col), heading=" ".join(heading.split()))
        for col, heading in sorted(columns.strange.items())
        if col not in claimed
    )


def _missing(table: FoundTable, columns: _Columns, users: Users, checked: Checked) -> Iterator[Problem]:
    for column in columns.missing:
        guess = columns.guesses.get(column.key)
        if guess in columns.unnamed or column.key in users:
            continue
        if guess is None and not columns.unclaimed and not _matters(column, table):
            continue
        hint = {}
        if guess is not None:
            hint = {
                "guess": " ".join(columns.strange[guess].split()),
                "place": f"{column_letters(guess)}{table.header_row}",
            }
        where = checked.cell(table.sheet.name, table.header_row, columns.first)
        label = message_label(column, checked.layout)
        yield make_problem("table.missing-column", where, column_letters(columns.last), column=label, **hint)


def _matters(column: PlacedColumn, table: FoundTable) -> bool:
    """True if a column that is gone is missed even if nothing took its place."""
    is_id = bool(table.placed.spec.prefix) and column is table.placed.columns[0]
    return column.spec.required or column.item is not None or is_id


def _unknown_headings(table: FoundTable, checked: Checked) -> Problem:
    first, last = min(table.columns.values()), max(table.columns.values())
    where = checked.cell(table.sheet.name, table.header_row, first)
    title = checked.reading.title(table.placed)
    return make_problem("table.unknown-headings", where, column_letters(last), table=title)


def _doubled(table: FoundTable, checked: Checked) -> Iterator[Problem]:
    """A problem for each further column with one of our headings, also of headings that are there again."""
    known = {*table.columns.values(), *table.strange, *(col for cols in table.doubled.values() for col in cols)}
    found = [(table.header_row, col, key) for key, cols in table.doubled.items() for col in cols]
    for cell in (cell for row in table.rows.headings for cell in table.sheet.row(row)):
        again = table.names.get(normal_label(cell.value)) if isinstance(cell.value, str) else None
        if again is not None and again in table.columns and cell.col not in known:
            found.append((cell.row, cell.col, again))
    for row, col, key in found:
        if table.placed.by_key[key].spec.formula is None:
            yield _duplicate(table, (row, col), key, checked)


def _nearly_doubled(table: FoundTable, columns: _Columns, checked: Checked) -> Iterator[Problem]:
    """A problem for each column that may be meant as one that was read in another place."""
    for col, key in columns.doubles.items():
        yield _duplicate(table, (table.header_row, col), key, checked, guess=" ".join(columns.strange[col].split()))


def _duplicate(table: FoundTable, place: tuple[int, int], key: str, checked: Checked, **guess: str) -> Problem:
    label = message_label(table.placed.by_key[key], checked.layout)
    read = f"{column_letters(table.columns[key])}{table.header_row}"
    where = checked.cell(table.sheet.name, *place)
    return make_problem("table.duplicate-column", where, column=label, read=read, **guess)


def _unnamed(table: FoundTable, columns: _Columns, checked: Checked) -> Iterator[Problem]:
    title, keys = checked.reading.title(table.placed), {col: key for key, col in columns.guesses.items()}
    for col in sorted(columns.unnamed):
        where = checked.cell(table.sheet.name, table.header_row, col)
        column = table.placed.by_key.get(keys.get(col, ""))
        guess = message_label(column, checked.layout) if column is not None else ""
        yield make_problem("table.unnamed-column", where, table=title, guess=guess)


class _Columns:
    """The columns of a sheet that belong to a table's rows and to none of its headings.

    Attributes:
        gone: The table's columns that are not there; those that the workbook never had are none.
        strange: Column -> heading, for headings that are not ours.
        unnamed: Columns among the table's own, or where one of them was, with values and without a heading; also a
            copy of its first or last one beside it.
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
            for col in {*other.columns.values(), *(other.strange.keys() - table.strange.keys())}
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
        typed = {col for key, col in table.columns.items() if table.placed.by_key[key].spec.formula is None}
        beside_it = ((self.first - 1, self.first), (self.last + 1, self.last))
        copied = {col for col, own in beside_it if col > 0 and own in typed and self._is_copied(col, own)}
        self.unnamed = (filled | copied) - taken
        self.with_values = filled & {*self.strange, *self.unnamed}

    def _has_values(self, col: int) -> bool:
        table, cells = self.table, self.table.sheet.cells
        # Rows with nothing else in them are no records, but lie within the table as it was made.
        last = table.header_row + table.placed.rows
        rows = {
            *table.rows.records,
            *range(table.header_row + 1, min(last, table.stop - 1) + 1 if table.stop else last + 1),
        }
        found = [cell for row in rows - {table.end_row} if (cell := cells.get((row, col))) is not None and holds(cell)]
        # A column that we compute has formulas in all its rows; few of them were typed in place of values.
        formulas = sum(cell.is_formula for cell in found)
        return len(found) > formulas or 0 < formulas < len(rows) // 2

    @cached_property
    def missing(self) -> list[PlacedColumn]:
        """The columns that people fill and that are not there."""
        return [column for column in self.gone if column.spec.formula is None]

    @property
    def unclaimed(self) -> set[int]:
        """The columns with values that are most likely none of the missing ones, as far as headings and places say."""
        return self.with_values - set(self.guesses.values())

    @cached_property
    def deleted(self) -> list[PlacedColumn]:
        """The columns of which nothing is left: no cell that may be theirs is where they were."""
        deleted = []
        guessed = set(self.guesses.values())
        for group in self._gaps(column for column in self.gone if self._was_made(column)):
            places = [col for col in group.places if col in self.strange or col in self.unnamed or self._computes(col)]
            computed = [col for col in places if self._computes(col)]
            typed = set(places) - set(computed) - guessed
            for column in group.columns:
                if not (computed if column.spec.formula is not None else typed) and column.key not in self.guesses:
                    deleted.append(column)
        return deleted

    @cached_property
    def _rooms(self) -> Mapping[str, int]:
        return list_rooms(self.table)

    def _was_made(self, column: PlacedColumn) -> bool:
        """False for a column of a word that the list got later, beyond the columns that there are for it."""
        if column.item is None:
            return True
        room = self._rooms.get((column.spec.each or "").removeprefix("list:"), column.item.n)
        return column.item.known and column.item.n <= room

    def _computes(self, col: int) -> bool:
        """True for a column of formulas that belongs to no heading of ours."""
        if col in self.table.columns.values():
            return False
        rows = range(self.table.header_row + 1, self.table.header_row + self.table.placed.rows + 1)
        cells = (self.table.sheet.cells.get((row, col)) for row in rows)
        return any(cell is not None and cell.is_formula for cell in cells)

    @cached_property
    def doubles(self) -> dict[int, str]:
        """Columns with values that nothing claims -> the key of the column they may be meant as, too."""
        free = {col: self.strange[col] for col in self.strange if col in self.with_values}
        for col in self.guesses.values():
            free.pop(col, None)
        inputs = [column for column in self.table.placed.columns if column.spec.formula is None]
        found: dict[int, str] = {}
        there = {column.key: (column.label,) for column in inputs if column.key in self.table.columns}
        for key, col in lookalikes(there, free).items():
            # Where all columns are there, it is most likely a person's own, unless it was copied.
            if self.missing or self._is_copied(col, self.table.columns[key]):
                found[col] = key
                free.pop(col)
        for column in inputs if self.missing else ():
            place = self._where_it_was(column, free)
            if place is not None:
                found[place] = column.key
                free.pop(place)
        return found

    def _where_it_was(self, column: PlacedColumn, free: Collection[int]) -> int | None:
        """The only one of these columns between the neighbours that a column had, which is read in another place."""
        columns = self.table.columns
        there = {self.table.placed.by_key[key].col: col for key, col in columns.items() if key != column.key}
        left = max((placed for placed in there if placed < column.col), default=0)
        right = min((placed for placed in there if placed > column.col), default=0)
        first = there[left] + 1 if left else there[right] - 1 if right else 1
        places = range(first, there[right] if right else first + 1)
        here = [col for col in free if col in places]
        if column.key not in columns or len(here) != 1:
            return None
        # It may be between them still, with its heading over a neighbour's values.
        as_made = first + column.col - left - 1 if left and len(places) == right - left - 1 else 0
        return here[0] if columns[column.key] not in places or here[0] == as_made else None

    def _is_copied(self, col: int, read: int) -> bool:
        """True if most values of a column are the same as those beside them in a column that was read."""
        cells = self.table.sheet.cells
        pairs = [(cells.get((row, col)), cells.get((row, read))) for row in self.table.rows.records]
        filled = [(own, other) for own, other in pairs if own is not None and holds(own)]
        same = sum(other is not None and own.value == other.value for own, other in filled)
        return 2 * same >= len(filled) > 0

    @cached_property
    def guesses(self) -> dict[str, int]:
        """Column key -> the column that is most likely it: by the look of its heading, else by its place."""
        found = lookalikes({column.key: (column.label, column.spec.label) for column in self.missing}, self.strange)
        free = {*self.strange, *self.unnamed} - set(found.values())
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
