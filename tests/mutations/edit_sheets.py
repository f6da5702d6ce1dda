"""Sheets and whole tables: renamed, copied, moved, hidden, deleted, and people's own sheets; the marker's places."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from edit import edit
from grid import REMARK, Cell, Place, Sheet, texts
from hand import Hand, TableView

from smsheets.layout.placed import MARKER_SHEET
from smsheets.spec.catalogue import catalogue


def _visible(hand: Hand) -> list[Sheet]:
    return [sheet for sheet in hand.book.sheets if sheet.name != MARKER_SHEET]


def _free_name(hand: Hand, name: str) -> str:
    """A name no sheet has, at most 31 characters, as spreadsheet programs number them."""
    number, free = 2, name[:31]
    while hand.book.has(free):
        free = f"{name[:26]} ({number})"
        number += 1
    return free


@edit("rename a sheet")
def rename_sheet(hand: Hand) -> bool:
    sheet = hand.rng.choice(_visible(hand))
    names = [
        hand.word("Our plan", "Unser Plan"),
        f" {sheet.name} ",
        sheet.name.upper(),
        f"{sheet.name} 2027",
        "x",
        "A&B <1>",
    ]
    hand.book = hand.book.renamed(sheet.name, _free_name(hand, hand.rng.choice(names)))
    return True


@edit("rename all sheets")
def rename_all_sheets(hand: Hand) -> bool:
    for number, sheet in enumerate(_visible(hand), 1):
        hand.book = hand.book.renamed(sheet.name, _free_name(hand, f"Tab {number}"))
    return True


@edit("name the sheets in the other language")
def translate_sheets(hand: Hand) -> bool:
    words = catalogue("en" if hand.german else "de", "common", "program", hand.filled.kind)
    for placed in hand.layout.sheets:
        name = words.text(placed.spec.name)[:31]
        if any(sheet.name == placed.name for sheet in hand.book.sheets) and not hand.book.has(name):
            hand.book = hand.book.renamed(placed.name, name)
    return True


@edit("swap the names of two sheets")
def swap_sheet_names(hand: Hand) -> bool:
    sheets = _visible(hand)
    if len(sheets) < 3:
        return False
    one, two = (sheet.name for sheet in hand.rng.sample(sheets, 2))
    for old, new in ((one, "~"), (two, one), ("~", two)):
        hand.book = hand.book.renamed(old, new)
    return True


@edit("turn the order of the sheets round")
def reorder_sheets(hand: Hand) -> bool:
    hand.book = replace(hand.book, sheets=tuple(hand.rng.sample(hand.book.sheets, len(hand.book.sheets))))
    return True


@edit("copy a sheet")
def copy_sheet(hand: Hand) -> bool:
    at = hand.rng.randrange(len(hand.book.sheets))
    sheet = hand.book.sheets[at]
    name = _free_name(hand, hand.rng.choice([f"{sheet.name[:26]} (2)", hand.word("Backup", "Sicherung")]))
    copied = Sheet(name, sheet.cells, "visible", sheet.merges, sheet.hidden_rows, sheet.hidden_cols)
    hand.book = hand.book.added(copied, at + hand.rng.randint(0, 1))
    return True


@edit("hide a sheet")
def hide_sheet(hand: Hand) -> bool:
    sheet = hand.rng.choice(_visible(hand))
    if sum(item.state == "visible" for item in hand.book.sheets) < 2:
        return False
    hand.book = hand.book.with_sheet(replace(sheet, state=hand.rng.choice(["hidden", "veryHidden"])))
    return True


@edit("show all hidden sheets")
def show_sheets(hand: Hand) -> bool:
    hand.book = replace(hand.book, sheets=tuple(replace(sheet, state="visible") for sheet in hand.book.sheets))
    return True


@edit("delete the sheet of the lists")
def delete_lists(hand: Hand) -> bool:
    if not hand.book.has(hand.layout.lists_sheet):
        return False
    hand.book = hand.book.without(hand.layout.lists_sheet)
    return True


@edit("delete the hidden sheet")
def delete_marker(hand: Hand) -> bool:
    if not hand.book.has(MARKER_SHEET):
        return False
    hand.book = hand.book.without(MARKER_SHEET)
    return True


@edit("lose the names of ranges")
def delete_names(hand: Hand) -> bool:
    hand.book = replace(hand.book, names={})
    return True


@edit("lose the document properties")
def delete_properties(hand: Hand) -> bool:
    hand.book = replace(hand.book, properties={})
    return True


@edit("delete a sheet")
def delete_sheet(hand: Hand) -> bool:
    sheets = _visible(hand)
    if len(sheets) < 4:
        return False
    hand.book = hand.book.without(hand.rng.choice(sheets).name)
    return True


@edit("a sheet of one's own")
def own_sheet(hand: Hand) -> bool:
    """With a list that has some headings of ours, as people's notes have."""
    lines = [
        (1, 1, hand.word("Meeting notes", "Notizen")),
        *(
            (3, col, text)
            for col, text in enumerate((hand.word("Date", "Datum"), hand.word("Channel", "Kanal"), "Text"), 1)
        ),
        *((4, col, value) for col, value in enumerate((date(2027, 1, 5), "Instagram", "call Ben"), 1)),
        (5, 3, hand.word("ask for prices", "Preise erfragen")),
    ]
    name = _free_name(hand, hand.rng.choice([hand.word("Notes", "Notizen"), "Tabelle1", "Sheet1", "2026"]))
    hand.book = hand.book.added(Sheet(name, texts(lines)), hand.rng.randint(0, len(hand.book.sheets)))
    return True


@edit("an empty sheet in front")
def empty_sheet(hand: Hand) -> bool:
    hand.book = hand.book.added(Sheet(_free_name(hand, "Sheet1"), {}), 0)
    return True


# --- tables moved as a whole ---


def _movable(table: TableView) -> bool:
    """Alone on its sheet's rows and without merged ranges: one can cut it out."""
    first, last = table.width
    block = [
        cell
        for (row, col), cell in table.sheet.cells.items()
        if table.header <= row <= table.end and first <= col <= last
    ]
    own = all(cell.mark is None or cell.mark.block == table.name for cell in block)
    return own and not any(s[2] >= table.header and s[0] <= table.end for s in table.sheet.merges)


def _cut(table: TableView) -> dict[Place, Cell]:
    """The table's cells with its total and its title above."""
    first, last = table.width
    return {
        (row, col): cell
        for (row, col), cell in table.sheet.cells.items()
        if first <= col <= last
        and (table.header <= row <= table.end or (_is_above(cell, table) and table.header - 3 <= row < table.header))
    }


def _is_above(cell: Cell, table: TableView) -> bool:
    return cell.mark is not None and cell.mark.block == table.name and cell.mark.role in ("title", "total")


@edit("cut a table and paste it on a new sheet")
def table_to_new_sheet(hand: Hand) -> bool:
    table = hand.table(_movable)
    if table is None:
        return False
    cells = _cut(table)
    top, left = min(row for row, _ in cells), min(col for _, col in cells)
    down, right = hand.rng.choice([(0, 0), (2, 1), (30, 0), (0, 7)])
    moved = {(row - top + 1 + down, col - left + 1 + right): cell for (row, col), cell in cells.items()}
    hand.book = hand.book.put(table.sheet.name, dict.fromkeys(cells))
    hand.book = hand.book.added(Sheet(_free_name(hand, hand.word("Moved", "Verschoben")), moved))
    return True


@edit("cut a table and paste it under another sheet's")
def table_to_other_sheet(hand: Hand) -> bool:
    table = hand.table(_movable)
    if table is None:
        return False
    others = [sheet for sheet in _visible(hand) if sheet.name != table.sheet.name]
    target = hand.one_of(others)
    if target is None:
        return False
    cells = _cut(table)
    top, left = min(row for row, _ in cells), min(col for _, col in cells)
    start = target.size[0] + 3
    moved = {(row - top + start, col - left + 1): cell for (row, col), cell in cells.items()}
    hand.book = hand.book.put(table.sheet.name, dict.fromkeys(cells)).put(target.name, moved)
    return True


@edit("move a table some rows down or columns right")
def move_table(hand: Hand) -> bool:
    table = hand.table(_movable)
    if table is None:
        return False
    down, right = hand.rng.choice([(1, 0), (4, 0), (0, 1), (0, 3), (2, 2)])
    cells = _cut(table)
    moved = {(row + down, col + right): cell for (row, col), cell in cells.items()}
    rows = {row for row, _ in moved}
    if any(place not in cells and place[0] in rows for place in table.sheet.cells):
        return False  # something of another kind would stand beside it, or under it
    if any(table.sheet.merge_at(*place) for place in moved):
        return False
    hand.book = hand.book.put(table.sheet.name, {**dict.fromkeys(cells), **moved})
    return True


@edit("copy a table below itself")
def table_twice(hand: Hand) -> bool:
    """As for a second year or a second shop."""
    table = hand.table(_movable)
    if table is None or table.sheet.size[0] > table.end + 2:
        return False
    return _paste_below(hand, table, _cut(table))


def _paste_below(hand: Hand, table: TableView, cells: Mapping[Place, Cell]) -> bool:
    top = min(row for row, _ in cells)
    start = table.end + hand.rng.choice([1, 2, 4])
    hand.book = hand.book.put(table.sheet.name, {(row - top + start, col): cell for (row, col), cell in cells.items()})
    return True


@edit("a note far away from everything")
def far_note(hand: Hand) -> bool:
    sheet = hand.rng.choice(_visible(hand))
    row, col = hand.rng.choice(
        [(1_048_576, 1), (5000, 3), (1, 16_384), (300, 90), (sheet.size[0] + 2, sheet.size[1] + 2)]
    )
    hand.book = hand.book.put(sheet.name, texts([(row, col, hand.word("remember: call Ben", "Ben anrufen"))], REMARK))
    return True


@edit("notes under a table")
def notes_below(hand: Hand) -> bool:
    table = hand.table()
    if table is None:
        return False
    row = table.end + hand.rng.choice([2, 3, 5])
    cols = range(table.width[0], table.width[0] + 3)
    if any((row + n, col) in table.sheet.cells for n in range(3) for col in cols):
        return False
    first = table.width[0]
    lines = [
        (row, first, hand.word("Notes:", "Notizen:")),
        (row + 1, first, hand.word("prices without tax", "Preise netto")),
    ]
    hand.book = hand.book.put(table.sheet.name, texts([*lines, (row + 1, first + 1, "B. 12.3.")], REMARK))
    return True


@edit("a note beside a table")
def note_beside(hand: Hand) -> bool:
    table = hand.table()
    if table is None:
        return False
    place = (hand.rng.choice(table.rows), table.width[1] + hand.rng.choice([1, 2, 5]))
    if place in table.sheet.cells or table.sheet.merge_at(*place):
        return False
    note: Cell = Cell(
        hand.rng.choice([hand.word("ask Ben!", "Ben fragen!"), 17, hand.word("paid", "bezahlt")]), typed=True
    )
    hand.book = hand.book.put(table.sheet.name, {place: note})
    return True
