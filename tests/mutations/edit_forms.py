"""Forms: lines inserted, moved and deleted, labels in other words, values beside their place."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from edit import edit
from grid import Cell, Mark, Place, Sheet
from hand import FormView, Hand

from smsheets.spec.catalogue import catalogue
from smsheets.spec.vocabulary import FieldType


def _key(hand: Hand, form: FormView) -> str:
    return hand.rng.choice(sorted(form.values))


def _unmerged(form: FormView) -> bool:
    rows = [row for row, _ in form.labels.values()]
    return not form.sheet.touches_merge(min(rows), max(rows))


@edit("insert a line in a form")
def line_in_form(hand: Hand) -> bool:
    form = hand.form()
    if form is None:
        return False
    hand.book = hand.book.shifted(form.sheet.name, 0, form.labels[_key(hand, form)][0], hand.rng.randint(1, 2))
    return True


@edit("a line of one's own in a form")
def own_line_in_form(hand: Hand) -> bool:
    form = hand.form(_unmerged)
    if form is None:
        return False
    row, col = form.labels[_key(hand, form)]
    value = form.values.get(next(key for key, place in form.labels.items() if place[0] == row))
    hand.book = hand.book.shifted(form.sheet.name, 0, row, 1)
    cells: dict[Place, Cell | None] = {(row, col): Cell(hand.word("Phone", "Telefon"), typed=True)}
    if value is not None:
        cells[row, value[1]] = Cell("030 1234", typed=True)
    hand.book = hand.book.put(form.sheet.name, cells)
    return True


@edit("delete a line of a form")
def delete_form_line(hand: Hand) -> bool:
    form = hand.form(lambda form: _unmerged(form) and _is_alone(form))
    if form is None:
        return False
    hand.book = hand.book.shifted(form.sheet.name, 0, form.labels[_key(hand, form)][0], -1)
    return True


def _is_alone(form: FormView) -> bool:
    rows = {row for row, _ in form.labels.values()}
    return all(
        cell.mark is None or cell.mark.block == form.name
        for row in rows
        for cell in form.sheet.by_row.get(row, {}).values()
    )


@edit("swap two lines of a form")
def swap_form_lines(hand: Hand) -> bool:
    form = hand.form(lambda form: _unmerged(form) and len(form.values) > 1)
    if form is None:
        return False
    one, two = hand.rng.sample(sorted(form.values), 2)
    rows = {form.labels[one][0]: form.labels[two][0], form.labels[two][0]: form.labels[one][0]}
    sheet, cells = form.sheet, dict[Place, Cell | None]()
    own = {place: cell for place, cell in sheet.cells.items() if place[0] in rows and _belongs(cell, form)}
    cells.update(dict.fromkeys(own))
    cells.update({(rows[row], col): cell for (row, col), cell in own.items()})
    hand.book = hand.book.put(sheet.name, cells)
    return True


def _belongs(cell: Cell, form: FormView) -> bool:
    return cell.mark is not None and cell.mark.block == form.name


@edit("a form's value one cell beside its place")
def value_beside(hand: Hand) -> bool:
    form = hand.form()
    if form is None:
        return False
    row, col = form.values[_key(hand, form)]
    down, right = hand.rng.choice([(0, 1), (0, 1), (0, 2), (1, 0), (0, -1)])
    if down and any(place[0] == row + down for place in form.labels.values()):
        return False  # there it is the next field's value
    return _move_value(hand, form.sheet, (row, col), (row + down, col + right))


@edit("a form's value one line down and one cell beside")
def value_below(hand: Hand) -> bool:
    """It was typed over a hint, or into a cell that nothing belongs into."""
    form = hand.form()
    if form is None:
        return False
    row, col = form.values[_key(hand, form)]
    return _move_value(hand, form.sheet, (row, col), (row + 1, col + 1))


def _move_value(hand: Hand, sheet: Sheet, old: Place, new: Place) -> bool:
    """Over a hint, or into an empty cell; never over a label or over what was filled in."""
    there = sheet.cells.get(new)
    taken = there is not None and not (there.mark is not None and there.mark.role in ("hint", "example"))
    if taken or new[1] < 1 or sheet.merge_at(*old) or sheet.merge_at(*new):
        return False
    cell = sheet.cells[old]
    hand.notes.append(f"{sheet.name}!{old} -> {new}: {cell.value!r}")
    hand.book = hand.book.put(sheet.name, {old: None, new: cell})
    return True


@edit("a note over a form's hint")
def note_over_hint(hand: Hand) -> bool:
    form = hand.form(lambda form: bool(form.hints))
    if form is None:
        return False
    place = hand.rng.choice(sorted(form.hints.values()))
    if form.sheet.merge_at(*place):
        return False
    note = hand.rng.choice([hand.word("ask Ben", "Ben fragen"), 42, "ok"])
    hand.book = hand.book.put(form.sheet.name, {place: Cell(note, typed=True)})
    return True


@edit("delete the hints of a form")
def delete_hints(hand: Hand) -> bool:
    form = hand.form(lambda form: bool(form.hints))
    if form is None:
        return False
    hand.book = hand.book.put(form.sheet.name, dict.fromkeys(form.hints.values()))
    return True


def _relabel(hand: Hand, change: Callable[[str], str], most: int = 3) -> bool:
    form = hand.form()
    if form is None:
        return False
    done = False
    for key in hand.rng.sample(sorted(form.labels), min(len(form.labels), most)):
        place = form.labels[key]
        cell = hand.book.find(form.sheet.name).cells[place]
        if isinstance(cell.value, str) and change(cell.value) != cell.value:
            hand.notes.append(f"label {cell.value!r} -> {change(cell.value)!r}")
            hand.book = hand.book.put(form.sheet.name, {place: replace(cell, value=change(cell.value), typed=True)})
            done = True
    return done


@edit("labels of a form in capitals")
def capital_labels(hand: Hand) -> bool:
    return _relabel(hand, str.upper, 9)


@edit("colons after labels of a form")
def colon_labels(hand: Hand) -> bool:
    return _relabel(hand, lambda text: f"{text} :", 9)


@edit("a typo in a label of a form")
def typo_label(hand: Hand) -> bool:
    return _relabel(hand, lambda text: text[:1] + text[2:3] + text[1:2] + text[3:], 1)


@edit("a label of a form in one's own words")
def own_label(hand: Hand) -> bool:
    return _relabel(hand, lambda text: hand.word("Our thing", "Unser Ding"), 1)


@edit("a label of a form made longer")
def long_label(hand: Hand) -> bool:
    return _relabel(hand, lambda text: f"{text} " + hand.word("(please fill in)", "(bitte ausfüllen)"), 1)


@edit("labels of a form in the other language")
def translated_labels(hand: Hand) -> bool:
    form = hand.form()
    if form is None:
        return False
    words = catalogue("en" if hand.german else "de", "common", hand.filled.kind)
    cells: dict[Place, Cell | None] = {}
    for key, place in form.labels.items():
        cell = form.sheet.cells[place]
        cells[place] = replace(cell, value=words.text(hand.fields[form.name, key].label), typed=True)
    hand.book = hand.book.put(form.sheet.name, cells)
    return True


@edit("a label of a form wiped out")
def blank_label(hand: Hand) -> bool:
    form = hand.form(lambda form: len(form.labels) > 2)
    if form is None:
        return False
    hand.book = hand.book.put(form.sheet.name, {form.labels[_key(hand, form)]: None})
    return True


@edit("type into an empty field of a form")
def fill_field(hand: Hand) -> bool:
    form = hand.form()
    if form is None:
        return False
    texts = (FieldType.TEXT, FieldType.LONG_TEXT)
    cols = {place[1] for place in form.values.values()}
    for key, (row, _) in sorted(form.labels.items()):
        spec = hand.fields[form.name, key]
        place = (row, min(cols))
        free = place not in form.sheet.cells and not form.sheet.merge_at(*place) and len(cols) == 1
        if spec.type in texts and spec.choices is None and spec.formula is None and not spec.many and free:
            mark = Mark(form.name, "value", key, ("Clay & Kiln",))
            hand.book = hand.book.put(form.sheet.name, {place: Cell("Clay & Kiln", None, mark, typed=True)})
            return True
    return False


@edit("merge a form's value with its hint")
def merge_value_with_hint(hand: Hand) -> bool:
    form = hand.form(lambda form: bool(form.hints))
    if form is None:
        return False
    keys = [key for key, (row, col) in form.values.items() if form.hints.get(key) == (row, col + 1)]
    if not keys:
        return False
    row, col = form.values[hand.rng.choice(keys)]
    if form.sheet.merge_at(row, col) or form.sheet.merge_at(row, col + 1):
        return False
    sheet = form.sheet.put({(row, col + 1): None})
    hand.book = hand.book.with_sheet(replace(sheet, merges=(*sheet.merges, (row, col, row, col + 1))))
    return True


@edit("cut a form and paste it elsewhere on its sheet")
def move_form(hand: Hand) -> bool:
    form = hand.form(lambda form: not form.sheet.merges)
    if form is None:
        return False
    down, right = hand.rng.choice([(0, 1), (0, 3), (form.sheet.size[0] + 3, 0), (2, 0)])
    own = {place: cell for place, cell in form.sheet.cells.items() if _belongs(cell, form)}
    moved = {(row + down, col + right): cell for (row, col), cell in own.items()}
    if any(place in form.sheet.cells and place not in own for place in moved):
        return False
    hand.book = hand.book.put(form.sheet.name, {**dict.fromkeys(own), **moved})
    return True


@edit("cut a form and paste it on a new sheet")
def form_to_new_sheet(hand: Hand) -> bool:
    form = hand.form(lambda form: not form.sheet.merges)
    name = hand.word("Settings 2", "Angaben 2")
    if form is None or hand.book.has(name):
        return False
    own = {place: cell for place, cell in form.sheet.cells.items() if _belongs(cell, form)}
    top, left = min(row for row, _ in own), min(col for _, col in own)
    moved = {(row - top + 2, col - left + 1): cell for (row, col), cell in own.items()}
    hand.book = hand.book.put(form.sheet.name, dict.fromkeys(own)).added(Sheet(name, moved))
    return True


@edit("delete the labels of a form")
def delete_labels(hand: Hand) -> bool:
    form = hand.form()
    if form is None:
        return False
    hand.book = hand.book.put(form.sheet.name, dict.fromkeys(form.labels.values()))
    return True
