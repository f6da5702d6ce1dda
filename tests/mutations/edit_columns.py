"""Columns: inserted, moved, swapped, copied, deleted, hidden, merged, and headings in other words."""

from __future__ import annotations

from dataclasses import replace

from edit import edit
from grid import Cell, Content, Place
from hand import Hand, TableView


@edit("insert a blank column in a table")
def blank_column(hand: Hand) -> bool:
    table = hand.table()
    if table is None:
        return False
    hand.book = hand.book.shifted(
        table.sheet.name, 1, hand.rng.choice(list(table.cols.values())), hand.rng.randint(1, 2)
    )
    return True


@edit("insert columns on the left")
def columns_on_the_left(hand: Hand) -> bool:
    table = hand.table()
    if table is None:
        return False
    hand.book = hand.book.shifted(table.sheet.name, 1, 1, hand.rng.randint(1, 4))
    return True


@edit("a column of one's own in the middle")
def own_column(hand: Hand) -> bool:
    table = hand.table()
    if table is None:
        return False
    at = hand.rng.choice(list(table.cols.values()))
    hand.book = hand.book.shifted(table.sheet.name, 1, at, 1)
    return _own_values(hand, table, at)


@edit("a column of one's own at the end")
def own_column_at_end(hand: Hand) -> bool:
    table = hand.table()
    if table is None:
        return False
    at = table.width[1] + 1
    if any(col == at for _, col in table.sheet.cells):
        hand.book = hand.book.shifted(table.sheet.name, 1, at, 1)
    return _own_values(hand, table, at)


def _own_values(hand: Hand, table: TableView, col: int) -> bool:
    heading = hand.rng.choice(
        [hand.word("Invoice no.", "Rechnungsnr."), hand.word("Remark", "Bemerkung"), "Link 2", "?", "2027"]
    )
    sheet = hand.book.find(table.sheet.name)
    places = [(table.header, col), *((row, col) for row in table.rows)]
    if any(sheet.merge_at(*place) for place in places):
        return True
    values: list[Content] = [heading, *(hand.rng.choice(["RE-17", 12, "ok", 3.5, "Instagram"]) for _ in table.rows)]
    cells = {place: Cell(value, typed=True) for place, value in zip(places, values, strict=True)}
    hand.book = hand.book.put(table.sheet.name, cells)
    return True


def _columns_can_move(table: TableView) -> bool:
    """No merged ranges, and nothing of another table or form in these columns of the sheet."""
    first, last = table.width
    if table.sheet.touches_merge(first, last, 1):
        return False
    return all(
        cell.mark is None or cell.mark.block == table.name
        for (row, col), cell in table.sheet.cells.items()
        if first <= col <= last and row > 3
    )


def _apart(table: TableView, col: int) -> dict[int, Cell]:
    """The cells of a table's column, its heading and total among them, by row."""
    top = table.header - 1 if _has_total(table) else table.header
    rows = range(top, table.end + 1)
    return {row: cell for row in rows if (cell := table.sheet.cells.get((row, col))) is not None}


def _has_total(table: TableView) -> bool:
    return any(
        cell.mark is not None and cell.mark.role == "total"
        for cell in table.sheet.by_row.get(table.header - 1, {}).values()
    )


@edit("swap two columns")
def swap_columns(hand: Hand) -> bool:
    table = hand.table(_columns_can_move)
    if table is None:
        return False
    one, two = hand.rng.sample(list(table.cols.values()), 2)
    _permute(hand, table, {one: two, two: one})
    return True


@edit("move a column")
def move_column(hand: Hand) -> bool:
    table = hand.table(_columns_can_move)
    if table is None:
        return False
    cols = sorted(table.cols.values())
    moved = hand.rng.choice(cols)
    others = [col for col in cols if col != moved]
    others.insert(hand.rng.randrange(len(cols)), moved)
    _permute(hand, table, dict(zip(others, cols, strict=True)))
    return True


@edit("shuffle all columns")
def shuffle_columns(hand: Hand) -> bool:
    table = hand.table(_columns_can_move)
    if table is None:
        return False
    cols = sorted(table.cols.values())
    _permute(hand, table, dict(zip(hand.rng.sample(cols, len(cols)), cols, strict=True)))
    return True


def _permute(hand: Hand, table: TableView, goes: dict[int, int]) -> None:
    cells: dict[Place, Cell | None] = {}
    for col in goes:
        cells.update({(row, col): None for row in _apart(table, col)})
    for col, there in goes.items():
        cells.update({(row, there): cell for row, cell in _apart(table, col).items()})
    hand.book = hand.book.put(table.sheet.name, cells)


@edit("copy a column beside itself")
def copy_column(hand: Hand) -> bool:
    table = hand.table(lambda table: bool(table.inputs()))
    if table is None:
        return False
    col = table.cols[hand.rng.choice(table.inputs())]
    hand.book = hand.book.shifted(table.sheet.name, 1, col + 1, 1)
    copied: dict[Place, Cell | None] = {(row, col + 1): cell for row, cell in _apart(table, col).items()}
    hand.book = hand.book.put(table.sheet.name, copied)
    return True


@edit("delete a column that need not be filled")
def delete_optional_column(hand: Hand) -> bool:
    table = hand.table(_columns_can_move)
    if table is None or len(table.cols) < 4:
        return False
    optional = [key for key in table.inputs() if not table.field(key).required and "#" not in key]
    return _delete(hand, table, optional[:] and [hand.rng.choice(optional)])


@edit("delete a column that must be filled")
def delete_required_column(hand: Hand) -> bool:
    table = hand.table(_columns_can_move)
    if table is None or len(table.cols) < 4:
        return False
    required = [key for key in table.inputs() if table.field(key).required and "#" not in key]
    return _delete(hand, table, required[:] and [hand.rng.choice(required)])


@edit("delete a month")
def delete_month(hand: Hand) -> bool:
    table = hand.table(lambda table: _columns_can_move(table) and any("#" in key for key in table.cols))
    if table is None:
        return False
    number = hand.rng.choice(sorted({key.partition("#")[2] for key in table.cols if "#" in key}))
    return _delete(hand, table, [key for key in table.cols if key.endswith(f"#{number}")])


def _delete(hand: Hand, table: TableView, keys: list[str]) -> bool:
    for col in sorted((table.cols[key] for key in keys), reverse=True):
        hand.book = hand.book.shifted(table.sheet.name, 1, col, -1)
    return bool(keys)


@edit("hide columns")
def hide_columns(hand: Hand) -> bool:
    table = hand.table()
    if table is None:
        return False
    hidden = frozenset(hand.rng.sample(list(table.cols.values()), hand.rng.randint(1, len(table.cols))))
    hand.book = hand.book.with_sheet(replace(table.sheet, hidden_cols=table.sheet.hidden_cols | hidden))
    return True
