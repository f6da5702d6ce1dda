"""Where the forms of a template sit in a user's file: by their labels and hints."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Set

from smsheets.layout.placed import PlacedForm
from smsheets.median import median
from smsheets.reader.file.source_cells import SourceSheet
from smsheets.reader.places.found import FoundForm
from smsheets.reader.places.labels import Labels
from smsheets.reader.places.page import Page

_SURE_LABELS = 3
_SURE_SHARE = 0.6


def find_form(
    form: PlacedForm,
    pages: list[Page],
    labels: Labels,
    homes: list[SourceSheet],
    taken: Collection[tuple[str, int, int]],
) -> list[FoundForm]:
    """The sheet where most of the form's labels stand, and after it others that have nearly all of them.

    Args:
        homes: The sheets where tables stand that are made beside this form: one label is enough there.
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
    return [
        _form_at(form, page, places, labels)
        for _, page, places in rated
        if places is rated[0][2] or len(places) >= enough
    ]


def _form_at(form: PlacedForm, page: Page, places: Mapping[str, list[tuple[int, int]]], labels: Labels) -> FoundForm:
    """The form on one sheet: each value stands left of its hint, or as far from its label as we put it."""
    first = {key: found[0] for key, found in places.items()}
    cells = {key: (row, _value_col(form, key, page, row, col, labels)) for key, (row, col) in first.items()}
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
    """Field id -> where its label stands: of several places first the one that moved like the others."""
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


def _value_col(form: PlacedForm, key: str, page: Page, row: int, label_col: int, labels: Labels) -> int:
    hint = next(item.hint for item in form.spec.fields if item.id == key)
    texts = page.rows.get(row, {})
    if hint:
        wanted = set(labels.of_field(hint, ()))
        for col, text in texts.items():
            if col > label_col + 1 and text in wanted:
                return col - 1
    return label_col + form.value_col - form.label_col


def _strange_labels(form: PlacedForm, page: Page, labels: Mapping[str, tuple[int, int]]) -> dict[tuple[int, int], str]:
    """Texts that are no label of ours, from a line above where the form's first stood to one below its last."""
    taken = set(labels.values())
    columns = {col for _, col in taken}
    (top, first), (bottom, last) = (choose((row, key) for key, (row, _) in labels.items()) for choose in (min, max))
    before = form.row_of[first] - form.first_row
    after = form.first_row + len(form.spec.fields) - 1 - form.row_of[last]
    return {
        (row, col): str(page.sheet.cells[row, col].value)
        for row in range(top - before - 1, bottom + after + 2)
        for col in page.rows.get(row, {})
        if col in columns and (row, col) not in taken
    }
