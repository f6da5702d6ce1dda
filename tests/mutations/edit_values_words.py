"""Words, texts and formulas: in other words, with signs nobody sees, wiped out, typed over."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from cell_kinds import accepted, is_day, is_number, is_plain_text, is_word, type_word
from edit import edit
from grid import Cell, ErrorText, Place
from hand import FilledCell, Hand

from smsheets.layout.lists import list_values
from smsheets.spec.catalogue import catalogue
from smsheets.spec.vocabulary import FieldType


@edit("signs nobody sees around a word")
def invisible_signs(hand: Hand) -> bool:
    item = hand.cell(lambda item: is_word(item) or item.field.type is FieldType.YES_NO)
    if item is None or not isinstance(item.cell.value, str):
        return False
    text = item.cell.value
    forms = [f"{text} ", f"\u00a0{text}", f"{text}\u200b", f"  {text}", text.replace(" ", "\u00a0"), f"{text}\n"]
    return type_word(hand, item, hand.rng.choice(forms))


@edit("a word in capitals or small letters")
def word_case(hand: Hand) -> bool:
    item = hand.cell(lambda item: is_word(item) or item.field.type is FieldType.YES_NO)
    if item is None or not isinstance(item.cell.value, str):
        return False
    return type_word(hand, item, hand.rng.choice([item.cell.value.upper(), item.cell.value.lower()]))


@edit("spaces and curly quotes in a text")
def curly_text(hand: Hand) -> bool:
    item = hand.cell(is_plain_text)
    if item is None:
        return False
    text = hand.rng.choice(
        [
            "“Spring” – it’s here",
            "Grüße\u00a0aus der Werkstatt",
            "2 \u202f000 fans",
            "line one\r\nline two",
            "  indented",
        ]
    )
    return hand.type_into(item, text, text, text.strip())


@edit("a number or a date in a text's cell")
def number_for_text(hand: Hand) -> bool:
    item = hand.cell(is_plain_text)
    if item is None:
        return False
    value, text = hand.rng.choice([(12, "12"), (0.5, "0.5"), (date(2027, 3, 1), "2027-03-01"), (-3, "-3")])
    return hand.type_into(item, value, text)


@edit("a checkbox in a yes or no cell")
def checkbox(hand: Hand) -> bool:
    item = hand.cell(lambda item: item.field.type is FieldType.YES_NO)
    if item is None:
        return False
    ticked = hand.rng.random() < 0.5
    formula = hand.rng.choice([None, "TRUE()" if ticked else "FALSE()"])
    return hand.type_into(item, ticked, ticked, formula=formula)


@edit("another sign for yes or no")
def sign_for_yes(hand: Hand) -> bool:
    item = hand.cell(lambda item: item.field.type is FieldType.YES_NO)
    if item is None:
        return False
    signs: list[tuple[str | int, bool]] = [
        ("x", True),
        ("✓", True),
        (1, True),
        (0, False),
        ("Y", True),
        ("ja", True),
        ("no", False),
        ("N", False),
    ]
    value, means = hand.rng.choice(signs)
    return hand.type_into(item, value, means)


@edit("words in a yes or no cell")
def words_for_yes(hand: Hand) -> bool:
    item = hand.cell(lambda item: item.field.type is FieldType.YES_NO)
    return item is not None and hand.type_into(
        item, hand.rng.choice([hand.word("not yet", "noch nicht"), "?", hand.word("soon", "bald"), "2"])
    )


@edit("a boolean in a number's or date's cell")
def boolean_elsewhere(hand: Hand) -> bool:
    item = hand.cell(lambda item: is_number(item) or is_day(item))
    return item is not None and hand.type_into(item, True)


@edit("an error in a cell")
def error_value(hand: Hand) -> bool:
    item = hand.cell(lambda item: True)
    if item is None:
        return False
    text = hand.rng.choice(["#REF!", "#DIV/0!", "#N/A", "#NAME?", "#VALUE!"])
    if hand.rng.random() < 0.3:
        return hand.type_into(item, text)  # Google Sheets saves it as a text
    return hand.type_into(item, ErrorText(text), formula=hand.rng.choice([None, "A1/0"]))


@edit("wipe out a value")
def wipe_value(hand: Hand) -> bool:
    item = hand.cell(lambda item: True)
    if item is None:
        return False
    hand.book = hand.book.put(item.sheet.name, {item.place: None})
    return True


@edit("a space typed over a value")
def space_over_value(hand: Hand) -> bool:
    """It looks empty, and is."""
    item = hand.cell(lambda item: True)
    if item is None:
        return False
    cell = Cell(hand.rng.choice([" ", "\u00a0", "  "]), None, None, typed=True)
    hand.book = hand.book.put(item.sheet.name, {item.place: cell})
    return True


@edit("a formula in place of a value")
def formula_over_input(hand: Hand) -> bool:
    item = hand.cell(lambda item: not isinstance(item.cell.value, bool))
    return item is not None and hand.type_into(item, item.cell.value, *accepted(item), formula="A1&B1")


@edit("a formula in place of a value, never calculated")
def uncalculated_input(hand: Hand) -> bool:
    item = hand.cell(lambda item: True)
    return item is not None and hand.type_into(item, None, formula="Z1*2")


@edit("paste values over formulas")
def values_over_formulas(hand: Hand) -> bool:
    table = hand.table(lambda table: any(table.field(key).formula is not None for key in table.cols))
    if table is None:
        return False
    cells: dict[Place, Cell | None] = {}
    for row in range(table.header + 1, table.last + 1):
        for col, cell in table.line(row).items():
            if cell.formula is not None:
                cells[row, col] = replace(cell, formula=None, typed=True) if cell.value is not None else None
    hand.book = hand.book.put(table.sheet.name, cells)
    return True


@edit("type over a formula")
def type_over_formula(hand: Hand) -> bool:
    formulas = [
        (sheet, place, cell)
        for sheet in hand.book.sheets
        for place, cell in sheet.cells.items()
        if cell.formula is not None and cell.mark is not None and cell.mark.role in ("computed", "total", "value")
    ]
    chosen = hand.one_of(formulas)
    if chosen is None or chosen[2].filled:
        return False
    sheet, place, cell = chosen
    value = hand.rng.choice([12345.67, "x", date(2027, 1, 1), 0])
    hand.book = hand.book.put(sheet.name, {place: replace(cell, value=value, formula=None, typed=True)})
    return True


@edit("several platforms in a cell for one")
def several_platforms(hand: Hand) -> bool:
    item = hand.cell(lambda item: is_word(item) and item.field.choices == "channels")
    if item is None:
        return False
    sign = hand.rng.choice([", ", " & ", "/", "; ", " + ", "\n", hand.word(" and ", " und "), " | "])
    both = ("instagram", "facebook")
    return hand.type_into(item, f"Instagram{sign}Facebook", both)


@edit("other signs between several values")
def other_separators(hand: Hand) -> bool:
    def fits(item: FilledCell) -> bool:
        return item.field.many and isinstance(item.cell.value, str) and ", " in item.cell.value

    item = hand.cell(fits)
    if item is None or not isinstance(item.cell.value, str):
        return False
    sign = hand.rng.choice([",", ";", "; ", " / ", "\n", hand.word(" and ", " und "), " | ", " & "])
    return hand.type_into(item, sign.join(item.cell.value.split(", ")), *accepted(item))


_MEANS: Mapping[str, tuple[str, ...]] = {
    "done": ("done", "published", "completed", "finished"),
    "erledigt": ("done", "published", "completed", "finished"),
    "fertig": ("done", "published", "completed", "finished"),
    "finished": ("done", "published", "completed", "finished"),
    "complete": ("done", "published", "completed", "finished"),
    "in progress": ("in_progress", "draft", "started", "active", "ongoing"),
    "in Arbeit": ("in_progress", "draft", "started", "active", "ongoing"),
    "WIP": ("in_progress", "draft", "started", "active", "ongoing"),
    "läuft": ("in_progress", "started", "active", "ongoing"),
    "posted": ("published", "done"),
    "live": ("published", "done"),
    "online": ("published", "done"),
    "gepostet": ("published", "done"),
    "veröffentlicht": ("published",),
    "geplant": ("planned", "scheduled", "next", "not_started"),
    "planned": ("planned", "scheduled", "next", "not_started"),
    "scheduled": ("scheduled", "planned", "next"),
    "eingeplant": ("scheduled", "planned", "next"),
    "todo": ("backlog", "next", "planned", "not_started", "idea", "draft", "open"),
    "to do": ("backlog", "next", "planned", "not_started", "idea", "draft", "open"),
    "offen": ("backlog", "next", "planned", "not_started", "idea", "draft", "open"),
    "cancelled": ("cancelled", "dropped"),
    "abgesagt": ("cancelled", "dropped"),
    "waiting": ("on_hold", "waiting", "in_review", "review"),
    "blocked": ("on_hold", "blocked"),
    "ok": ("approved", "done"),
    "freigegeben": ("approved",),
    "asap": (),
    "???": (),
    "50 %": (),
}
"""What people write for a status -> the ids it may be read as; where a list has none of them, it must be named."""


@edit("a status in one's own words")
def own_status(hand: Hand) -> bool:
    item = hand.cell(lambda item: is_word(item) and "status" in item.field.id)
    if item is None or item.field.choices is None:
        return False
    text = hand.rng.choice(list(_MEANS))
    known = hand.layout.lists[item.field.choices]
    accept: list[object] = [id_ for id_ in _MEANS[text] if id_ in known.ids]
    return hand.type_into(item, text, *accept)


@edit("a word that is on no list")
def unknown_word(hand: Hand) -> bool:
    item = hand.cell(is_word)
    if item is None or item.field.choices is None:
        return False
    text = hand.rng.choice([hand.word("Our corner shop", "Unser Eckladen"), "Xyzzy", "12"])
    accept = (text,) if hand.layout.lists[item.field.choices].spec.open else ()
    return hand.type_into(item, text, *accept)


@edit("a list's word misspelt")
def misspelt_word(hand: Hand) -> bool:
    item = hand.cell(is_word)
    if item is None or not isinstance(item.cell.value, str) or item.field.choices is None or len(item.cell.value) < 5:
        return False
    text = item.cell.value[:2] + item.cell.value[3] + item.cell.value[2] + item.cell.value[4:]
    if text == item.cell.value:
        return False
    own = (text,) if hand.layout.lists[item.field.choices].spec.open else ()
    return hand.type_into(item, text, *own, *accepted(item))


@edit("a list's word in the other language")
def translated_word(hand: Hand) -> bool:
    item = hand.cell(is_word)
    if item is None or item.field.choices is None:
        return False
    other = catalogue("en" if hand.german else "de", "common", hand.filled.kind)
    spec = next(spec for spec in hand.layout.spec.lists if spec.id == item.field.choices)
    values = list_values(spec, hand.layout.profile, hand.layout.words.language)
    text = next((value.text for value in values if hand.layout.words.text(value.text) == item.cell.value), None)
    if text is None:
        return False
    return hand.type_into(item, other.text(text), *accepted(item))


@edit("one's own word added to a list")
def add_to_list(hand: Hand) -> bool:
    item = hand.cell(lambda item: is_word(item) and hand.layout.lists[item.field.choices or ""].spec.open)
    if item is None or item.field.choices is None or not hand.book.has(hand.layout.lists_sheet):
        return False
    placed = hand.layout.lists[item.field.choices]
    sheet = hand.book.find(hand.layout.lists_sheet)
    place = next(
        (place for place, cell in sheet.cells.items() if cell.mark and cell.mark.block == placed.spec.id), None
    )
    if place is None:
        return False
    row = max(row for row, col in sheet.cells if col == place[1]) + 1
    word = hand.rng.choice(["Tom & Tina", hand.word("Street market", "Wochenmarkt"), "A/B", "n, m"])
    hand.book = hand.book.put(sheet.name, {(row, place[1]): Cell(word, typed=True)})
    return hand.type_into(item, word, word)


@edit("an id in another row's place")
def same_id_twice(hand: Hand) -> bool:
    table = hand.table(lambda table: bool(table.placed.spec.prefix) and len(table.rows) > 1)
    if table is None or table.placed.columns[0].key not in table.cols:
        return False
    one, two = ((row, table.cols[table.placed.columns[0].key]) for row in hand.rng.sample(list(table.rows), 2))
    cells = table.sheet.cells
    if one not in cells or two not in cells or table.sheet.merge_at(*two) or not isinstance(cells[one].value, str):
        return False
    hand.book = hand.book.put(table.sheet.name, {two: cells[two].now(cells[one].value, cells[one].value)})
    return True


@edit("text in every number of a row")
def texts_in_row(hand: Hand) -> bool:
    """As where a person strikes a row out with dashes."""
    table = hand.table()
    if table is None:
        return False
    row = hand.rng.choice(table.rows)
    done = False
    for item in list(hand.cells()):
        here = item.sheet.name == table.sheet.name and item.place[0] == row and item.sheet.merge_at(*item.place) is None
        if here and is_number(item):
            done = hand.type_into(item, hand.rng.choice(["-", "--", "x", "/"]))
    return done
