"""Where the forms of a template are in a user's file: by labels, by the hints beside values, by range names."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Set
from dataclasses import dataclass

from smsheets.layout.cells_of import GUIDE_TITLE
from smsheets.layout.placed import Layout, PlacedForm
from smsheets.median import median
from smsheets.reader.file.source import SourceWorkbook
from smsheets.reader.file.source_cells import SourceSheet, holds
from smsheets.reader.identity.claims import is_marker_sheet
from smsheets.reader.places.column_map import ColumnMap, FormAsMade, named_area
from smsheets.reader.places.found import FoundForm
from smsheets.reader.places.labels import Labels, Page
from smsheets.reader.values.words import normal_label

_SURE_LABELS = 3  # fewer may be someone's own labels
_SURE_SHARE = 0.6  # of a form's labels, for a copy on another sheet


def links(page: Page, labels: Labels) -> Iterator[tuple[int, int]]:
    """The links to sheets on the first sheet: a sheet may be called as a line of the form is."""
    for title in labels.of_field(GUIDE_TITLE, ()):
        for row, col in page.places.get(title, ()):
            below = row + 1
            while col in page.rows.get(below, {}):
                yield below, col
                below += 1


def surest_first(
    layout: Layout, pages: list[Page], labels: Labels, taken: Collection[tuple[str, int, int]]
) -> list[PlacedForm]:
    """The forms, those with most of their labels first: forms of one sheet may have a label in common."""
    forms = list(layout.forms.values())
    many = {name for name, count in Counter(form.sheet for form in forms).items() if count > 1}
    shares: dict[str, float] = {}
    for form in forms:
        found = find_form(form, pages, labels, [], taken) if form.sheet in many else []
        shares[form.spec.id] = len(found[0].cells) / len(form.spec.fields) if found else 0.0
    return sorted(forms, key=lambda form: shares[form.spec.id], reverse=True)


def find_form(
    form: PlacedForm,
    pages: list[Page],
    labels: Labels,
    homes: list[SourceSheet],
    taken: Collection[tuple[str, int, int]],
) -> list[FoundForm]:
    """The sheet where most of the form's labels are, and after it others that have nearly all of them.

    Args:
        homes: The sheets where tables are that are made beside this form: one label is enough there.
        taken: Cells (sheet, row, column) that are headings of a table, labels of another form, or links to sheets.
    """
    names = labels.of_sheet(form.sheet)
    rated: list[tuple[float, Page, dict[str, list[tuple[int, int]]]]] = []
    words, titles = _words(form, labels), set(labels.of_field(form.spec.title, ()))
    for page in pages:
        places = _label_places(form, page, words, titles, taken)
        at_home = bool(page.names & names) or page.sheet in homes
        if len(places) >= (1 if at_home else max(2, len(form.spec.fields) / 2)):
            rated.append((len(places) + (0.5 if at_home else 0.0), page, places))
    rated.sort(key=lambda entry: entry[0], reverse=True)
    enough = max(_SURE_LABELS, _SURE_SHARE * len(form.spec.fields))
    found = [
        _form_at(form, page, places, labels)
        for _, page, places in rated
        if places is rated[0][2] or len(places) >= enough
    ]
    return [item for item in found if not _has_hints_for_values(item, labels) and not _lacks_values(item)]


def _lacks_values(form: FoundForm) -> bool:
    """True if the column of values was deleted, and that of the hints is not beside it: no figure is where it was.

    Where a program kept values alone, a figure that has none yet is a blank cell.
    """
    fields = form.placed.spec.fields
    figures = [form.cells[item.id] for item in fields if item.formula is not None and item.id in form.cells]
    cells = [form.sheet.cells.get(place) for place in form.cells.values()]
    if not figures or any(cell is not None and (cell.is_formula or holds(cell)) for cell in cells):
        return False
    return any(cell.is_formula for cell in form.sheet.cells.values())


def _has_hints_for_values(form: FoundForm, labels: Labels) -> bool:
    """True if the column of values was deleted: the hints are now where they were."""
    hints = {item.id: set(labels.of_field(item.hint, ())) for item in form.placed.spec.fields if item.hint}
    cells = {key: form.sheet.cells.get(form.cells[key]) for key in hints if key in form.cells}
    moved = [key for key, cell in cells.items() if cell is not None and normal_label(str(cell.value)) in hints[key]]
    return len(moved) > _ENOUGH_HINTS * len(cells)


def _form_at(form: PlacedForm, page: Page, places: Mapping[str, list[tuple[int, int]]], labels: Labels) -> FoundForm:
    """The form on one sheet: each value is left of its hint, or as far from its label as we put it."""
    first = {key: found[0] for key, found in places.items()}
    hinted = {key: _before_hint(form, key, page, place, labels) for key, place in first.items()}
    away = {col - first[key][1] for key, col in hinted.items() if col}
    # Where all that have a hint are as far from their labels, so are the rest: a column between may be gone.
    usual = away.pop() if len(away) == 1 else form.value_col - form.label_col
    cells = {key: (row, hinted[key] or col + usual) for key, (row, col) in first.items()}
    again = {key: tuple(found[1:]) for key, found in places.items() if found[1:]}
    return FoundForm(form, page.sheet, cells, _strange_labels(form, page, first), first, again)


def _words(form: PlacedForm, labels: Labels) -> dict[str, list[str]]:
    """Field id -> all labels it may have, but for those that are another field's own, or the form's title."""
    names = {item.id: set(labels.of_field(item.label, ())) for item in form.spec.fields}
    titles = set(labels.of_field(form.spec.title, ()))
    words: dict[str, list[str]] = {}
    for item in form.spec.fields:
        others = {name for key, own in names.items() if key != item.id for name in own} | titles
        mine = dict.fromkeys(labels.of_field(item.label, item.aliases))
        words[item.id] = [word for word in mine if word in names[item.id] or word not in others]
    return words


def _label_places(
    form: PlacedForm,
    page: Page,
    words: Mapping[str, list[str]],
    titles: Set[str],
    taken: Collection[tuple[str, int, int]],
) -> dict[str, list[tuple[int, int]]]:
    """Field id -> where its label is: of several places first the one that moved like the others."""
    found: dict[str, list[tuple[int, int]]] = {}
    for key, labels in words.items():
        places = [place for word in labels for place in page.places.get(word, ())]
        places = [place for place in places if (page.sheet.name, *place) not in taken]
        if places:
            found[key] = places
    shifts = [places[0][0] - form.row_of[key] for key, places in found.items() if len(places) == 1]
    shift = round(median(shifts)) if shifts else 0
    return {
        key: sorted(places, key=lambda place: (abs(place[0] - form.row_of[key] - shift), place[1]))
        for key, places in found.items()
        if [row - shift for row, _ in places] != [form.title_row] or titles.isdisjoint(words[key])
    }


def _before_hint(form: PlacedForm, key: str, page: Page, label: tuple[int, int], labels: Labels) -> int:
    """The column left of a field's hint, or 0 where it has none."""
    row, label_col = label
    hint = next(item.hint for item in form.spec.fields if item.id == key)
    wanted = set(labels.of_field(hint, ())) if hint else set()
    return next((col - 1 for col, text in page.rows.get(row, {}).items() if col > label_col + 1 and text in wanted), 0)


def _strange_labels(form: PlacedForm, page: Page, labels: Mapping[str, tuple[int, int]]) -> dict[tuple[int, int], str]:
    """Texts that are no label of ours, from a line above where the form's first was to one below its last."""
    taken = set(labels.values())
    columns = {col for _, col in taken}
    (top, first), (bottom, last) = (choose((row, key) for key, (row, _) in labels.items()) for choose in (min, max))
    before = form.row_of[first] - form.first_row
    after = form.first_row + len(form.spec.fields) - 1 - form.row_of[last]
    return {
        (row, col): page.shown(row, col)
        for row in range(top - before - 1, bottom + after + 2)
        for col in page.rows.get(row, {})
        if col in columns and (row, col) not in taken
    }


Place = tuple[int, int]

_ENOUGH_HINTS = 0.5  # more than half moved alike, so the rest did too


@dataclass(frozen=True, slots=True)
class MappedForm:
    """Where a form is: field id -> the cell of its value, and of its label."""

    sheet: SourceSheet
    cells: Mapping[str, Place]
    labels: Mapping[str, Place]


def find_form_by_map(
    source: SourceWorkbook, form: PlacedForm, labels: Labels, column_map: ColumnMap
) -> MappedForm | None:
    """Where a form is none of whose labels is known; every line there has some label."""
    made = column_map.form_as_made(form)
    found = _by_hints(source, form, labels, made) or _by_name(source, form, made)
    if found is None:
        return None
    sheet, down, right = found
    cells = {key: (row + down, made.value_col + right) for key, row in made.rows.items()}
    named = {key: (row, col - form.value_col + form.label_col) for key, (row, col) in cells.items()}
    texts = (sheet.cells.get(place) for place in named.values())
    if all(cell is not None and isinstance(cell.value, str) and cell.value.strip() for cell in texts):
        return MappedForm(sheet, cells, named)
    return None


def _by_hints(
    source: SourceWorkbook, form: PlacedForm, labels: Labels, made: FormAsMade
) -> tuple[SourceSheet, int, int] | None:
    """The sheet, and how far down and right the form moved, by the hints that are still there."""
    wanted: dict[str, list[int]] = {}
    hinted = [item for item in form.spec.fields if item.hint and item.id in made.rows]
    hint_col = made.value_col + form.hint_col - form.value_col
    for item in hinted:
        for label in {*labels.of_field(item.hint, ())}:
            wanted.setdefault(label, []).append(made.rows[item.id])
    moves: Counter[tuple[int, int, int]] = Counter()
    for number, sheet in enumerate(source.sheets):
        for (row, col), cell in sheet.cells.items() if not is_marker_sheet(sheet) else ():
            if isinstance(cell.value, str) and len(cell.value) > 1:
                rows = wanted.get(normal_label(cell.value), ())
                moves.update((number, row - was, col - hint_col) for was in rows)
    if not moves:
        return None
    (number, down, right), count = moves.most_common(1)[0]
    return (source.sheets[number], down, right) if count > _ENOUGH_HINTS * len(hinted) else None


def _by_name(source: SourceWorkbook, form: PlacedForm, made: FormAsMade) -> tuple[SourceSheet, int, int] | None:
    """By the range name, which moves with the cells, where it still has as many rows and columns."""
    area = named_area(source, form.spec.id)
    if area is None:
        return None
    width = form.value_col - form.label_col
    same = (area.rows, area.cols) == (made.lines, width + 1)
    return (area.sheet, area.row - made.first_row, area.col + width - made.value_col) if same else None
