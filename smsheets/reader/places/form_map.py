"""Forms whose labels nobody knows: found by the hints beside their values, or by their range name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from smsheets.layout.placed import PlacedForm
from smsheets.reader.file.source import SourceWorkbook
from smsheets.reader.file.source_cells import SourceSheet
from smsheets.reader.identity.marker_sheet import is_marker_sheet
from smsheets.reader.places.column_map import named_area
from smsheets.reader.places.labels import Labels
from smsheets.reader.values.words import normal_label

Place = tuple[int, int]

_ENOUGH_HINTS = 0.5


@dataclass(frozen=True, slots=True)
class MappedForm:
    """Where a form stands: field id -> the cell of its value, and of its label."""

    sheet: SourceSheet
    cells: Mapping[str, Place]
    labels: Mapping[str, Place]


def find_form_by_map(source: SourceWorkbook, form: PlacedForm, labels: Labels) -> MappedForm | None:
    """Where a form stands none of whose labels is known; every line there has some label."""
    found = _by_hints(source, form, labels) or _by_name(source, form)
    if found is None:
        return None
    sheet, down, right = found
    cells = {key: (row + down, form.value_col + right) for key, row in form.row_of.items()}
    named = {key: (row + down, form.label_col + right) for key, row in form.row_of.items()}
    texts = (sheet.cells.get(place) for place in named.values())
    if all(cell is not None and isinstance(cell.value, str) and cell.value.strip() for cell in texts):
        return MappedForm(sheet, cells, named)
    return None


def _by_hints(source: SourceWorkbook, form: PlacedForm, labels: Labels) -> tuple[SourceSheet, int, int] | None:
    """The sheet, and how far down and right the form moved, by the hints that still stand there."""
    wanted: dict[str, list[int]] = {}
    hinted = [item for item in form.spec.fields if item.hint]
    for item in hinted:
        for label in {*labels.of_field(item.hint, ())}:
            wanted.setdefault(label, []).append(form.row_of[item.id])
    moves: Counter[tuple[int, int, int]] = Counter()
    for number, sheet in enumerate(source.sheets):
        for (row, col), cell in sheet.cells.items() if not is_marker_sheet(sheet) else ():
            if isinstance(cell.value, str) and len(cell.value) > 1:
                rows = wanted.get(normal_label(cell.value), ())
                moves.update((number, row - was, col - form.hint_col) for was in rows)
    if not moves:
        return None
    (number, down, right), count = moves.most_common(1)[0]
    return (source.sheets[number], down, right) if count > _ENOUGH_HINTS * len(hinted) else None


def _by_name(source: SourceWorkbook, form: PlacedForm) -> tuple[SourceSheet, int, int] | None:
    """By the range name, which moves with the cells, where it still has as many rows and columns."""
    area = named_area(source, form.spec.id)
    if area is None:
        return None
    same = (area.rows, area.cols) == (len(form.spec.fields), form.value_col - form.label_col + 1)
    return (area.sheet, area.row - form.first_row, area.col - form.label_col) if same else None
