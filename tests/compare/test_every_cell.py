"""Whatever one input cell is changed to, the comparison names this cell of this row, and nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, time, timedelta
from decimal import Decimal
from pathlib import Path

import msgspec
import pytest
from compared import sample_side, write_sample
from patch_xlsx import patch_cells

from smsheets import compare, read_workbook
from smsheets.cells import CellRef, parse_area
from smsheets.comparison.changes import compare_table, compare_tables
from smsheets.comparison.pairs import make_side
from smsheets.comparison.side import Column, Part, Row, Table, Unread, Value
from smsheets.kinds import KINDS

FEW = 10
"""Rows that are known by nothing but the cell that was changed; they are told as dropped and added."""


def other(value: Value) -> Value:
    """Another value of the same type."""
    if isinstance(value, bool):
        return not value
    if isinstance(value, int | Decimal):
        return value + 1
    if isinstance(value, date):
        return value + timedelta(days=1)
    if isinstance(value, time):
        return value.replace(hour=(value.hour + 1) % 24)
    if isinstance(value, tuple):
        return (*value, "one more")
    return "something else"


def cells_of(table: Table, row: Row) -> Iterator[tuple[Part, Value]]:
    yield from row.values.items()
    if row.id:
        yield (table.id_column, None), row.id


def with_value(table: Table, row: Row, part: Part, value: Value) -> Row:
    """The row with another value in one cell; None empties it."""
    if table.id_column and part[0] == table.id_column:
        return msgspec.structs.replace(row, id=value or "")
    rest = {key: held for key, held in row.values.items() if key != part}
    return msgspec.structs.replace(row, values=rest if value is None else {**rest, part: value})


def with_row(table: Table, number: int, row: Row) -> Table:
    return msgspec.structs.replace(table, rows=(*table.rows[:number], row, *table.rows[number + 1 :]))


@pytest.mark.parametrize("kind", KINDS)
def test_any_input_cell(kind: str) -> None:
    """Each cell of each row of the sample is changed, emptied, and filled in, one at a time."""
    tried, unknown = 0, []
    for table in sample_side(kind).tables:
        for number, row in enumerate(table.rows):
            for part, value in cells_of(table, row):
                changed = with_value(table, row, part, other(value))
                emptied = with_value(table, row, part, None)
                cases = [(row, changed), (row, emptied), (emptied, row)]
                for before, now in cases if emptied.values else cases[:1]:
                    told = compare_table(with_row(table, number, before), with_row(table, number, now))
                    cells = [change.new_cell for item in told.changed for change in item.changes]
                    tried += 1
                    if (told.dropped, told.added, cells) == ((before,), (now,), []):
                        unknown.append((table.id, part))
                        continue
                    assert (cells, told.dropped, told.added) == ([row.cell(part)], (), ()), (table.id, row.id, part)
    assert tried > 500
    assert len(unknown) < FEW, unknown


@pytest.mark.parametrize("kind", KINDS)
def test_the_order_of_rows_is_no_difference(kind: str) -> None:
    side = sample_side(kind)
    tables = tuple(msgspec.structs.replace(table, rows=table.rows[::-1]) for table in side.tables)
    turned = msgspec.structs.replace(side, tables=tables)
    assert sum(len(table.rows) for table in tables) > 10
    assert [changes.table.id for changes in compare_tables(side, turned) if changes.differs] == []


def typed(column: Column, value: Value) -> str | float | None:
    """What a person would type into a cell for another value; None where there is no other word to pick."""
    if isinstance(value, bool):
        return "no" if value else "yes"
    if column.words:
        # A row in percent has other figures in all its cells.
        return next((word for word_id, word in column.words.items() if word_id not in (value, "share")), None)
    if column.type in ("money", "number", "integer"):
        return float(other(value))  # type: ignore[arg-type]
    if column.type == "percent":
        return 0.07
    if isinstance(value, date):
        return (value - date(1899, 12, 30)).days + 1
    if isinstance(value, time):
        return 0.5 if value != time(12) else 0.25
    if isinstance(value, tuple):
        return None
    return f"{value} - other"


@pytest.mark.parametrize("kind", KINDS)
def test_a_cell_of_each_column_in_the_file(kind: str, tmp_path: Path) -> None:
    """One cell of each column that has a name beside it is typed over in the file, each in another row."""
    old = write_sample(kind, tmp_path / "old.xlsx")
    cells: dict[str, str | float | None] = {}
    for table in make_side(read_workbook(old)).tables:
        named = {*table.names, table.id_column}
        columns = [column for column in table.columns if table.form or column.id not in named]
        for number, column in enumerate(columns):
            filled = [(row, part) for row in table.rows for part in row.values if part[0] == column.id]
            if not filled or (table.id, column.id) == ("start", "business"):
                continue  # with another name of the business, few rows may be another's (see test_sides.py)
            row, part = filled[number % len(filled)]
            text = typed(column, row.values[part])
            if text is not None:
                cells[str(row.cell(part))] = text
    new = tmp_path / "new.xlsx"
    new.write_bytes(old.read_bytes())
    patch_cells(new, cells)
    assert len(cells) > 10
    told = told_cells(old, new)
    assert (set(told) - set(cells), set(cells) - set(told)) == (set(), set())


def told_cells(old: Path, new: Path) -> list[str]:
    comparison = compare(old, new, as_of=date(2027, 7, 5))
    tables = [table for workbook in comparison.workbooks for table in workbook.tables]
    assert not any(table.added or table.dropped for table in tables)
    changes = [change for table in tables for row in table.changed for change in row.changes]
    assert all((change.old_cell.file, change.new_cell.file) == (str(old), str(new)) for change in changes)
    return sorted(str(change.new_cell) for change in changes)


def test_what_cannot_be_read_is_compared_as_it_stands(tmp_path: Path) -> None:
    old, new = tmp_path / "old.xlsx", tmp_path / "new.xlsx"
    write_sample("budget", old)
    line = next(table for table in make_side(read_workbook(old)).tables if table.id == "lines").rows[2]
    place = str(line.cell(("opening", None)))
    patch_cells(old, {place: "12 k"})
    new.write_bytes(old.read_bytes())
    assert not compare(old, new).differs
    patch_cells(new, {place: "13 k"})
    comparison = compare(old, new)
    (change,) = next(table for table in comparison.workbooks[0].tables if table.changed).changed[0].changes
    assert (change.old, change.new) == (Unread("12 k"), Unread("13 k"))
    assert change.new_cell == CellRef(str(new), *_place(place))


def _place(text: str) -> tuple[str, int, int]:
    sheet, _, cell = text.rpartition("!")
    area = parse_area(cell)
    assert area is not None
    return sheet, area[0], area[1]


def test_rows_that_changed_their_places_in_the_file(tmp_path: Path) -> None:
    """Two rows of ideas changed places, cell by cell: their sheet has no formulas."""
    old, new = write_sample("calendar", tmp_path / "old.xlsx"), tmp_path / "new.xlsx"
    ideas = next(table for table in make_side(read_workbook(old)).tables if table.id == "ideas")
    new.write_bytes(old.read_bytes())
    swapped: dict[str, str | float | None] = {}
    for row, place in ((ideas.rows[0], ideas.rows[1]), (ideas.rows[1], ideas.rows[0])):
        held = dict(cells_of(ideas, row))
        for column in (ideas.id_column, *(column.id for column in ideas.columns)):
            part = (column, None)
            swapped[str(place.cell(part))] = _as_typed(held.get(part), ideas, column)
    patch_cells(new, swapped)
    assert read_workbook(new).plan.ideas[0].idea_id == ideas.rows[1].id  # type: ignore[attr-defined]
    assert not compare(old, new).differs


def _as_typed(value: Value, table: Table, column: str) -> str | float | None:
    words = next((item.words for item in table.columns if item.id == column), {})
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, date):
        return float((value - date(1899, 12, 30)).days)
    return words.get(value, value) if isinstance(value, str) else None
