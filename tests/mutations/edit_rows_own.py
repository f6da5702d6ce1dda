"""Rows of people's own above, among and below the records, and rows in wrong places."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, time
from decimal import Decimal

from edit import edit
from edit_rows import free_table, rows_can_move
from grid import REMARK, Cell, Content, Mark, Place
from hand import Hand, TableView

from smsheets.spec.model import Field
from smsheets.spec.vocabulary import FieldType


@edit("type titles above everything")
def title_rows(hand: Hand) -> bool:
    table = hand.table()
    if table is None:
        return False
    count = hand.rng.randint(1, 5)
    title = hand.word("Our plan 2027 - draft", "Unser Plan 2027 - Entwurf")
    hand.book = hand.book.shifted(table.sheet.name, 0, 1, count)
    hand.book = hand.book.put(table.sheet.name, {(1, 1): Cell(title, typed=True)})
    if count > 2:
        hand.book = hand.book.put(table.sheet.name, {(2, 2): Cell(date(2027, 2, 1), typed=True)})
    return True


@edit("insert many rows above a table")
def many_rows_above(hand: Hand) -> bool:
    table = hand.table()
    if table is None:
        return False
    hand.book = hand.book.shifted(table.sheet.name, 0, table.header, hand.rng.randint(15, 40))
    return True


@edit("a second header row inside the data")
def header_again(hand: Hand) -> bool:
    """As where the table was printed, or where two were put together."""
    table = hand.table()
    if table is None:
        return False
    row = hand.rng.choice(table.rows)
    _insert_line(hand, table, row, {col: table.sheet.cells[table.header, col].value for col in table.cols.values()})
    return True


@edit("part of the headings again inside the data")
def some_headings_again(hand: Hand) -> bool:
    table = hand.table(lambda table: len(table.inputs()) > 2)
    if table is None:
        return False
    cols = sorted(table.cols[key] for key in table.inputs())[: hand.rng.randint(2, 5)]
    values = {col: table.sheet.cells[table.header, col].value for col in cols}
    _insert_line(hand, table, hand.rng.choice(table.rows), values)
    return True


@edit("a second line of headings with units")
def units_row(hand: Hand) -> bool:
    table = hand.table()
    if table is None:
        return False
    units = {
        FieldType.MONEY: "(EUR)" if hand.german else "(USD)",
        FieldType.DATE: hand.word("(day)", "(Tag)"),
        FieldType.PERCENT: "(%)",
        FieldType.INTEGER: hand.word("(number)", "(Anzahl)"),
    }
    line = {table.cols[key]: unit for key in table.inputs() if (unit := units.get(table.field(key).type))}
    if not line:
        return False
    _insert_line(hand, table, table.header + 1, line, REMARK)
    return True


@edit("a row with the week over each part of the data")
def week_row(hand: Hand) -> bool:
    table = hand.table()
    if table is None:
        return False
    word = hand.word("Week 12", "KW 12")
    _insert_line(hand, table, hand.rng.choice(table.rows), {min(table.cols.values()): word}, REMARK)
    return True


@edit("a total row inside the data")
def total_inside(hand: Hand) -> bool:
    table = hand.table(_has_amounts)
    if table is None:
        return False
    row = hand.rng.choice(table.rows)
    line = _totals(hand, table, row)
    _insert_line(hand, table, row, line, None if _has_sums(line) else REMARK)
    return True


@edit("a total row right under the data")
def total_under_data(hand: Hand) -> bool:
    table = hand.table(_has_amounts)
    if table is None or table.sheet.touches_merge(table.rows[-1] + 1, table.rows[-1] + 1):
        return False
    row = table.rows[-1] + 1
    if row in table.sheet.by_row and any(not _is_own(cell, table) for cell in table.line(row).values()):
        return False
    _write_line(hand, table, row, _totals(hand, table, row))
    return True


@edit("a total row under the whole table")
def total_under_table(hand: Hand) -> bool:
    table = hand.table(_has_amounts)
    if table is None or table.end + 1 in table.sheet.by_row or table.sheet.touches_merge(table.end + 1, table.end + 1):
        return False
    _write_line(hand, table, table.end + 1, _totals(hand, table, table.end + 1))
    return True


def _is_own(cell: Cell, table: TableView) -> bool:
    return cell.mark is not None and cell.mark.block == table.name


def _has_amounts(table: TableView) -> bool:
    return bool(_amounts(table))


def _amounts(table: TableView) -> list[str]:
    kinds = (FieldType.MONEY, FieldType.NUMBER, FieldType.INTEGER)
    return [key for key in table.inputs() if table.field(key).type in kinds]


def _totals(hand: Hand, table: TableView, row: int) -> dict[int, Content]:
    """A word and sums, as constants; `_write_line` makes formulas of some."""
    word = hand.rng.choice(
        [hand.word("Total", "Summe"), hand.word("Sum", "Gesamt"), hand.word("TOTAL:", "Zwischensumme")]
    )
    amounts = [table.cols[key] for key in _amounts(table)]
    texts = [table.cols[key] for key in table.inputs() if table.cols[key] not in amounts]
    line: dict[int, Content] = {min(texts or amounts): word}
    for col in amounts:
        above = (table.sheet.cells.get((other, col)) for other in range(table.header + 1, row))
        numbers = [cell.value for cell in above if cell is not None and isinstance(cell.value, int | float)]
        if numbers and col not in line:
            line[col] = float(sum(numbers))
    return line


def _insert_line(hand: Hand, table: TableView, row: int, line: Mapping[int, Content], mark: Mark | None = None) -> None:
    hand.book = hand.book.shifted(table.sheet.name, 0, row, 1)
    sheet = hand.book.find(table.sheet.name)
    if any(sheet.merge_at(row, col) for col in line):
        return  # a merged range grew over the new row: it stays blank
    hand.book = hand.book.put(
        sheet.name, {(row, col): Cell(value, None, mark, typed=True) for col, value in line.items()}
    )


def _write_line(hand: Hand, table: TableView, row: int, line: Mapping[int, Content]) -> None:
    """Over the blank row: its spare ids and formulas go."""
    cells: dict[Place, Cell | None] = {(row, col): None for col in table.line(row)}
    formulas = hand.rng.random() < 0.5
    for col, value in line.items():
        formula = f"SUM(A{table.header + 1}:A{row - 1})" if formulas and not isinstance(value, str) else None
        cells[row, col] = Cell(value, formula, None if _has_sums(line) else REMARK, typed=True)
    hand.book = hand.book.put(table.sheet.name, cells)


def _has_sums(line: Mapping[int, Content]) -> bool:
    """A word alone is no total: it may as well be the name of a record."""
    return any(not isinstance(value, str) for value in line.values())


@edit("type a new row into the first spare row")
def new_row(hand: Hand) -> bool:
    table = free_table(hand)
    if table is None or table.last <= table.rows[-1]:
        return False
    return _type_row(hand, table, table.rows[-1] + 1)


@edit("type new rows far below the table")
def new_row_far_below(hand: Hand) -> bool:
    table = free_table(hand)
    if table is None or table.sheet.size[0] > table.end:
        return False
    return _type_row(hand, table, table.end + hand.rng.choice([1, 2, 5, 40, 900]))


def _type_row(hand: Hand, table: TableView, row: int) -> bool:
    """A value in each column that people fill and whose words are known."""
    cells: dict[Place, Cell | None] = {}
    record = 1000 + hand.rng.getrandbits(30)
    for key in table.inputs():
        typed = typed_value(hand, table.field(key))
        place = (row, table.cols[key])
        is_id = table.placed.spec.prefix and key == table.placed.columns[0].key
        if is_id:
            old = table.sheet.cells.get(place)
            text = str(old.value) if old is not None and old.value else f"{table.placed.spec.prefix}{900 + row}"
            cells[place] = Cell(text, None, Mark(table.name, "data", key, (text,), record), typed=True)
        elif typed is not None and hand.rng.random() < 0.7:
            shows, read = typed
            cells[place] = Cell(shows, None, Mark(table.name, "data", key, (read,), record), typed=True)
    hand.book = hand.book.put(table.sheet.name, cells)
    return True


def typed_value(hand: Hand, field: Field) -> tuple[Content, object] | None:
    """Something that fits a field: what is typed, and what must be read."""
    rng = hand.rng
    if field.type is FieldType.YES_NO:
        yes = rng.random() < 0.5
        return hand.layout.lists["yes_no"].texts[0 if yes else 1], yes
    if field.choices is not None:
        if "." in field.choices or field.choices not in hand.layout.lists:
            return None
        placed = hand.layout.lists[field.choices]
        words = list(zip(placed.texts, placed.ids, strict=False))
        if not words:
            return None
        text, id_ = rng.choice(words)
        return text, (id_,) if field.many else id_
    if field.many:
        return None
    match field.type:
        case FieldType.DATE | FieldType.MONTH:
            day = date(2027, rng.randint(1, 3), rng.randint(1, 28))
            return day, day
        case FieldType.TIME:
            moment = time(rng.randint(1, 23), rng.choice([0, 15, 30]))
            return moment, moment
        case FieldType.INTEGER | FieldType.NUMBER | FieldType.MONEY | FieldType.PERCENT:
            low = field.minimum if field.minimum is not None else 1
            number = int(low) if field.type is FieldType.PERCENT else int(low) + rng.randint(0, 5)
            if field.maximum is not None:
                number = int(min(number, field.maximum))
            return number, number if field.type is FieldType.INTEGER else Decimal(number)
    text = rng.choice([hand.word("Flyers for the market", "Handzettel für den Markt"), "Ana", "3 x Reel"])
    return text, text


@edit("cut a row and paste it above the headings")
def row_above_headings(hand: Hand) -> bool:
    table = free_table(hand)
    if table is None or len(table.rows) < 2:
        return False
    row = hand.rng.choice(table.rows)
    line = table.line(row)
    if sum(cell.filled for cell in line.values()) < 3:
        return False  # one or two texts above a table are as good as its title
    hand.book = hand.book.put(table.sheet.name, {(row, col): None for col in line})
    hand.book = hand.book.shifted(table.sheet.name, 0, table.header, 1)
    hand.book = hand.book.put(table.sheet.name, {(table.header, col): cell for col, cell in line.items()})
    return True


@edit("push the values of one column down")
def push_column_down(hand: Hand) -> bool:
    """One cell was inserted: the values stand beside other records now, and are seen there."""
    table = hand.table(lambda table: rows_can_move(table, table.header, table.last + 1))
    if table is None:
        return False
    keys = [key for key in table.inputs() if not (table.placed.spec.prefix and key == table.placed.columns[0].key)]
    col = table.cols[hand.rng.choice(keys)]
    first, last = hand.rng.choice(table.rows), table.last
    if (last, col) in table.sheet.cells:
        return False
    column = {row: cell for row in range(first, last) if (cell := table.sheet.cells.get((row, col))) is not None}
    cells: dict[Place, Cell | None] = {(row, col): None for row in column}
    cells.update({(row + 1, col): cell for row, cell in column.items()})
    hand.book = hand.book.put(table.sheet.name, cells)
    return True


@edit("sort one column alone")
def sort_one_column(hand: Hand) -> bool:
    """The values stand beside other records now, and are seen there."""
    table = hand.table(lambda table: rows_can_move(table, table.header, table.last + 1))
    if table is None:
        return False
    keys = [key for key in table.inputs() if not (table.placed.spec.prefix and key == table.placed.columns[0].key)]
    col = table.cols[hand.rng.choice(keys)]
    rows = [row for row in range(table.header + 1, table.last + 1) if (row, col) in table.sheet.cells]
    if any(table.sheet.cells[row, col].mark is None for row in rows):
        return False  # headings or a total among them: nobody sorts those
    ordered = sorted((table.sheet.cells[row, col] for row in rows), key=lambda cell: str(cell.value))
    cells: dict[Place, Cell | None] = {(row, col): cell for row, cell in zip(rows, ordered, strict=True)}
    hand.book = hand.book.put(table.sheet.name, cells)
    return True


@edit("a banner merged across the table between data")
def banner(hand: Hand) -> bool:
    table = hand.table()
    if table is None:
        return False
    row, (first, last) = hand.rng.choice(table.rows), table.width
    word = hand.word("Spring", "Frühling")
    hand.book = hand.book.shifted(table.sheet.name, 0, row, 1)
    sheet = hand.book.find(table.sheet.name)
    if any(sheet.merge_at(row, col) for col in range(first, last + 1)):
        return True
    sheet = sheet.put({(row, first): Cell(word, None, REMARK, typed=True)})
    hand.book = hand.book.with_sheet(replace(sheet, merges=(*sheet.merges, (row, first, row, last))))
    return True


@edit("delete the rows above the headings")
def delete_rows_above(hand: Hand) -> bool:
    def fits(table: TableView) -> bool:
        above = (cell for (row, _), cell in table.sheet.cells.items() if row < table.header)
        return table.header > 1 and not any(cell.filled or _is_header(cell) for cell in above)

    table = hand.table(fits)
    if table is None or table.sheet.touches_merge(1, table.header - 1):
        return False
    hand.book = hand.book.shifted(table.sheet.name, 0, 1, 1 - table.header)
    return True


def _is_header(cell: Cell) -> bool:
    return cell.mark is not None and cell.mark.role in ("header", "label")


@edit("delete the row of headings")
def delete_headings(hand: Hand) -> bool:
    table = free_table(hand)
    if table is None:
        return False
    hand.book = hand.book.shifted(table.sheet.name, 0, table.header, -1)
    return True
