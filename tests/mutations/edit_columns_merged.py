"""Cells merged in a table: records, inputs, headings and titles."""

from __future__ import annotations

from dataclasses import replace

from edit import edit
from grid import Cell, Place, Span
from hand import Hand, TableView


@edit("merge two cells of a column, one below the other")
def merge_down(hand: Hand) -> bool:
    """What stood in the lower one is gone; the upper one's value is seen beside both records."""
    table = hand.table(lambda table: any(row + 1 in table.rows for row in table.rows))
    if table is None:
        return False
    row = hand.rng.choice([row for row in table.rows if row + 1 in table.rows])
    cols = [
        col for col in table.cols.values() if _is_filled(table, row, col) and _is_free(table, (row, col, row + 1, col))
    ]
    if not cols:
        return False
    col = hand.rng.choice(cols)
    top = table.sheet.cells[row, col]
    ghost = Cell(None, None, top.mark, typed=True)
    return _merge(hand, table, (row, col, row + 1, col), {(row + 1, col): ghost})


@edit("merge two cells of a row")
def merge_across(hand: Hand) -> bool:
    """What stood in the right one is gone."""
    table = hand.table()
    if table is None:
        return False
    row = hand.rng.choice(table.rows)
    inputs = {table.cols[key] for key in table.inputs()}
    cols = [
        col
        for col in inputs
        if col + 1 in inputs and _is_filled(table, row, col) and _is_free(table, (row, col, row, col + 1))
    ]
    if not cols:
        return False
    col = hand.rng.choice(cols)
    return _merge(hand, table, (row, col, row, col + 1), {(row, col + 1): None})


@edit("merge two headings")
def merge_headings(hand: Hand) -> bool:
    table = hand.table(lambda table: len(table.inputs()) > 3)
    if table is None:
        return False
    cols = [
        c
        for c in table.cols.values()
        if c + 1 in table.cols.values() and _is_free(table, (table.header, c, table.header, c + 1))
    ]
    if not cols:
        return False
    col = hand.rng.choice(cols)
    return _merge(hand, table, (table.header, col, table.header, col + 1), {(table.header, col + 1): None})


@edit("merge the title across the sheet")
def merge_title(hand: Hand) -> bool:
    table = hand.table()
    if table is None or (1, 1) not in table.sheet.cells or not _is_free(table, (1, 1, 1, max(2, table.width[1]))):
        return False
    if any((1, col) in table.sheet.cells for col in range(2, table.width[1] + 1)):
        return False
    return _merge(hand, table, (1, 1, 1, max(2, table.width[1])), {})


@edit("merge a heading with the row above it")
def merge_heading_up(hand: Hand) -> bool:
    table = hand.table()
    if table is None:
        return False
    above = table.header - 1
    cols = [
        c
        for c in table.cols.values()
        if (above, c) not in table.sheet.cells and _is_free(table, (above, c, above + 1, c))
    ]
    if above < 1 or not cols:
        return False
    col = hand.rng.choice(cols)
    moved = {(above, col): table.sheet.cells[table.header, col], (table.header, col): None}
    return _merge(hand, table, (above, col, table.header, col), moved)


def _is_filled(table: TableView, row: int, col: int) -> bool:
    cell = table.sheet.cells.get((row, col))
    return cell is not None and cell.filled and cell.value is not None


def _is_free(table: TableView, span: Span) -> bool:
    places = [(row, col) for row in range(span[0], span[2] + 1) for col in range(span[1], span[3] + 1)]
    return not any(table.sheet.merge_at(*place) for place in places)


def _merge(hand: Hand, table: TableView, span: Span, cells: dict[Place, Cell | None]) -> bool:
    sheet = table.sheet.put(cells)
    hand.book = hand.book.with_sheet(replace(sheet, merges=(*sheet.merges, span)))
    return True
