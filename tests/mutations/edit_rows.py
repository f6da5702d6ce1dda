"""Rows: inserted, deleted, copied, sorted, cut and pasted, and rows of people's own among the records."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from edit import edit
from grid import Cell, Place
from hand import Hand, TableView


def rows_can_move(table: TableView, first: int, last: int) -> bool:
    """Spreadsheet programs refuse to sort or cut part of a merged range."""
    return not table.sheet.touches_merge(first, last)


def _is_alone(table: TableView) -> bool:
    """Whether no other filled table stands beside it: rows of a sheet go right through both."""
    first, last = table.width
    below = (cell for (row, _), cell in table.sheet.cells.items() if table.header <= row <= table.last)
    return all(cell.mark is None or cell.mark.block == table.name for cell in below if first and last)


def free_table(hand: Hand) -> TableView | None:
    return hand.table(lambda table: _is_alone(table) and rows_can_move(table, table.header, table.last + 1))


@edit("insert a blank row between data")
def insert_blank_row(hand: Hand) -> bool:
    table = hand.table()
    if table is None:
        return False
    hand.book = hand.book.shifted(table.sheet.name, 0, hand.rng.choice(table.rows), 1)
    return True


@edit("insert blank rows under the headings")
def insert_rows_under_headings(hand: Hand) -> bool:
    table = hand.table()
    if table is None:
        return False
    hand.book = hand.book.shifted(table.sheet.name, 0, table.header + 1, hand.rng.randint(1, 3))
    return True


@edit("insert many blank rows between data")
def insert_many_rows(hand: Hand) -> bool:
    table = hand.table()
    if table is None:
        return False
    hand.book = hand.book.shifted(table.sheet.name, 0, hand.rng.choice(table.rows), hand.rng.randint(12, 60))
    return True


@edit("delete a row of data")
def delete_row(hand: Hand) -> bool:
    table = free_table(hand)
    if table is None:
        return False
    hand.book = hand.book.shifted(table.sheet.name, 0, hand.rng.choice(table.rows), -1)
    return True


@edit("delete the spare rows")
def delete_spare_rows(hand: Hand) -> bool:
    table = free_table(hand)
    if table is None or table.last <= table.rows[-1]:
        return False
    hand.book = hand.book.shifted(table.sheet.name, 0, table.rows[-1] + 1, table.rows[-1] - table.last)
    return True


@edit("duplicate a row")
def duplicate_row(hand: Hand) -> bool:
    table = free_table(hand)
    if table is None:
        return False
    row = hand.rng.choice(table.rows)
    book = hand.book.shifted(table.sheet.name, 0, row + 1, 1)
    hand.book = book.put(table.sheet.name, {(row + 1, col): cell for col, cell in table.line(row).items()})
    return True


@edit("copy a row over a spare row")
def copy_row_down(hand: Hand) -> bool:
    table = free_table(hand)
    if table is None or table.last <= table.rows[-1]:
        return False
    target = hand.rng.randint(table.rows[-1] + 1, table.last)
    _put_row(hand, table, target, table.line(hand.rng.choice(table.rows)))
    return True


@edit("cut a row and paste it further down")
def cut_row(hand: Hand) -> bool:
    table = free_table(hand)
    if table is None or table.last <= table.rows[-1]:
        return False
    row = hand.rng.choice(table.rows)
    line = table.line(row)
    _put_row(hand, table, hand.rng.randint(table.rows[-1] + 1, table.last), line)
    hand.book = hand.book.put(table.sheet.name, {(row, col): None for col in line})
    return True


@edit("paste a row under the last row of the table")
def paste_row_below(hand: Hand) -> bool:
    """Below the row that says where the table ends, too: it is a record all the same."""
    table = free_table(hand)
    if table is None or any(row in table.sheet.by_row for row in range(table.end + 1, table.end + 4)):
        return False
    _put_row(hand, table, table.end + 1, table.line(hand.rng.choice(table.rows)))
    return True


def _put_row(hand: Hand, table: TableView, row: int, line: Mapping[int, Cell]) -> None:
    old: dict[Place, Cell | None] = dict.fromkeys(((row, col) for col in table.line(row)), None)
    hand.book = hand.book.put(table.sheet.name, {**old, **{(row, col): cell for col, cell in line.items()}})


@edit("sort the rows")
def sort_rows(hand: Hand) -> bool:
    table = free_table(hand)
    if table is None:
        return False
    key = hand.rng.choice(list(table.cols))
    rows = list(range(table.header + 1, table.last + 1))
    lines = {row: table.line(row) for row in rows}

    def order(row: int) -> tuple[bool, str]:
        cell = lines[row].get(table.cols[key])
        return cell is None or cell.value is None, str(cell.value) if cell is not None else ""

    ordered = sorted(rows, key=order, reverse=hand.rng.random() < 0.3)
    _rearrange(hand, table, lines, dict(zip(ordered, rows, strict=True)))
    return True


@edit("turn the rows round")
def reverse_rows(hand: Hand) -> bool:
    """Blank rows come first."""
    table = free_table(hand)
    if table is None:
        return False
    rows = list(range(table.header + 1, table.last + 1))
    lines = {row: table.line(row) for row in rows}
    _rearrange(hand, table, lines, dict(zip(reversed(rows), rows, strict=True)))
    return True


@edit("swap two rows")
def swap_rows(hand: Hand) -> bool:
    table = free_table(hand)
    if table is None or len(table.rows) < 2:
        return False
    one, two = hand.rng.sample(list(table.rows), 2)
    _rearrange(hand, table, {row: table.line(row) for row in (one, two)}, {one: two, two: one})
    return True


def _rearrange(hand: Hand, table: TableView, lines: Mapping[int, Mapping[int, Cell]], goes: Mapping[int, int]) -> None:
    """Puts whole rows of a table in other places: old row -> new row."""
    cells: dict[Place, Cell | None] = {(row, col): None for row, line in lines.items() for col in line}
    cells.update({(goes[row], col): cell for row, line in lines.items() for col, cell in line.items()})
    hand.book = hand.book.put(table.sheet.name, cells)


@edit("hide rows")
def hide_rows(hand: Hand) -> bool:
    table = hand.table()
    if table is None:
        return False
    hidden = frozenset(hand.rng.sample(list(table.rows), hand.rng.randint(1, len(table.rows))))
    hand.book = hand.book.with_sheet(replace(table.sheet, hidden_rows=table.sheet.hidden_rows | hidden))
    return True


@edit("wipe out the row that says where a table ends")
def wipe_end(hand: Hand) -> bool:
    table = hand.table(lambda table: table.end > table.last)
    if table is None:
        return False
    hand.book = hand.book.put(table.sheet.name, dict.fromkeys((table.end, col) for col in table.line(table.end)))
    return True


@edit("delete the row that says where a table ends")
def delete_end(hand: Hand) -> bool:
    table = free_table(hand)
    if table is None or table.end == table.last:
        return False
    hand.book = hand.book.shifted(table.sheet.name, 0, table.end, -1)
    return True


@edit("other words in the row that says where a table ends")
def own_end(hand: Hand) -> bool:
    table = hand.table(lambda table: table.end > table.last)
    if table is None:
        return False
    words = hand.rng.choice(
        [hand.word("end of the table", "Ende der Tabelle"), hand.word("stop here!", "ab hier nicht"), "---"]
    )
    cells = {(table.end, col): Cell(words, None, cell.mark, typed=True) for col, cell in table.line(table.end).items()}
    hand.book = hand.book.put(table.sheet.name, cells)
    return True
