"""The lines of a form: labels that are gone or there twice, and values without a label beside them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import chain

from smsheets.cells import CellRef, column_letters
from smsheets.layout.cells_of import GUIDE_COMPUTED, GUIDE_INPUT, GUIDE_TITLE
from smsheets.layout.items import is_country, is_currency, is_language
from smsheets.layout.placed import SheetUse
from smsheets.problems import Problem, ProblemValue, make_problem
from smsheets.reader.checks.structure import Formula, broken_places, errors_by_sheet, formulas_naming, quoted_list
from smsheets.reader.file.source_cells import SourceCell, holds
from smsheets.reader.places.found import Found, FoundForm, FoundTable
from smsheets.reader.places.labels import Labels, lookalikes
from smsheets.reader.rows import Checked, Reading
from smsheets.reader.values.scope import shown
from smsheets.reader.values.words import normal_label
from smsheets.spec.model import Field
from smsheets.spec.vocabulary import FieldType

Place = tuple[int, int]

_BEYOND = 3
"""A value is looked for in this many cells to the right of where it must be."""


def check_lines_are_found(checked: Checked) -> Iterator[Problem]:
    """A problem for each line of a form that is gone although it matters, and for each value that was not read."""
    for form in checked.found.forms.values():
        if form.labels:  # else it was found without any
            yield from _Lines(form, checked).problems()


def check_start_makes_sense(checked: Checked) -> Iterator[Problem]:
    """A problem for each line of the first sheet that says what the program does not understand."""
    form, profile = checked.found.forms.get("start"), checked.layout.profile
    if form is None or checked.layout.own_spec:
        return
    fields = {item.id: item for item in form.placed.spec.fields}
    for key, code, fits in _START_LINES:
        cell = form.sheet.cells.get(form.cells[key]) if key in form.cells and key in fields else None
        if cell is None or not holds(cell) or fits(cell.value):
            continue
        where = checked.cell(form.sheet.name, cell.row, cell.col)
        usual = {"currency": profile.currency, "language": profile.language}.get(key, "")
        read = cell.value.replace(day=1).strftime("%Y-%m-%d") if isinstance(cell.value, date) else ""
        label = checked.layout.words.text(fields[key].label)
        yield make_problem(code, where, column=label, found=shown(cell.value), first=usual, read=read)


def _is_first_day(value: object) -> bool:
    """True for the first day of a month; what is no date at all is named where it is read."""
    return not isinstance(value, date) or value.day == 1


_START_LINES: Sequence[tuple[str, str, Callable[[object], bool]]] = (
    ("period_start", "cell.not-a-first-day", _is_first_day),
    ("currency", "cell.not-a-currency", lambda value: isinstance(value, str) and is_currency(value.strip().upper())),
    ("language", "cell.not-a-language", lambda value: isinstance(value, str) and is_language(value)),
    ("country", "cell.not-a-country", lambda value: isinstance(value, str) and is_country(value)),
)


class _Lines:
    """The lines of one form; what was named once is taken, and not named by another of its checks."""

    def __init__(self, form: FoundForm, checked: Checked) -> None:
        found, reading = checked.found, checked.reading
        self.form, self.reading, self.checked = form, reading, checked
        self._found: list[Problem] = []
        self.cells = form.sheet.cells
        self.taken = set(_taken(form, found))
        self.tables = [table for table in found.tables.values() if table.sheet is form.sheet]
        self.titles = _titles(form, reading)
        self.ours = self.titles | _our_texts(form, reading)
        shifts = sorted(row - form.placed.row_of[key] for key, (row, _) in form.labels.items())
        self.shift = shifts[len(shifts) // 2]
        self.label_col = min(col for _, col in form.labels.values())
        lines = [item for item in form.placed.spec.fields if item.id in form.cells or item.id not in form.not_made]
        self.inputs = [item for item in lines if item.formula is None]
        if form.mapped:  # what its map lacks it never had
            self.inputs = [item for item in self.inputs if item.id in form.cells]
        self.gone = [item for item in self.inputs if item.id not in form.cells]
        self.missing = list(self.gone)

    def problems(self) -> list[Problem]:
        """The problems, by kind."""
        if self.form.mapped:
            self._name_unknown()
        self._name_merged()
        self._name_missing()
        self._name_beside()
        self._name_twice()
        self._name_without_label()
        self._name_over_hints()
        return self._found

    def _name_unknown(self) -> None:
        """All its labels at once: none of them is known."""
        first = min(self.form.labels.values())
        self._add("form.unknown-labels", first, table=self.reading.title(self.form.placed))

    def _name_merged(self) -> None:
        """Values that a merged range hides."""
        fields = {self.form.cells[item.id]: item for item in self.inputs if item.id in self.form.cells}
        for place, merge in self.form.hidden.items():
            if place in fields:
                self._add("cell.merged", place, column=self._label(fields[place]), place=str(merge))

    def _name_missing(self) -> None:
        """Lines whose label is gone although they matter, or something looks like them."""
        strange = {row: text for (row, _), text in self.form.strange.items() if normal_label(text) not in self.ours}
        # What looks like a label is that line's, whatever line was in that place.
        alike = lookalikes({item.id: (self._label(item),) for item in self.missing}, strange)
        for item in list(self.missing):
            if item.id in alike:
                self._name_guess(item, (alike[item.id], strange.pop(alike[item.id])))
        for item in list(self.missing):
            row = self._row_of(item)
            if row in strange and any(self._stray(row, col, formulas=True) for col in self._value_cols()):
                self._name_guess(item, (row, strange.pop(row)))
        filled = sorted(
            row for row in strange if any(self._stray(row, col, formulas=True) for col in self._value_cols())
        )
        gone = list(self.missing)
        for number, row in enumerate(filled if gone else ()):
            self._name_guess(gone[min(number, len(gone) - 1)], (row, strange[row]))
        first = min(row for row, _ in self.form.labels.values()), self.label_col
        deleted = [item for item in self.missing if not self._lone_value(item)]
        renamed = {row for row, _ in self.form.strange}
        lost = self._lost(item for item in [*deleted, *self._deleted_figures()] if self._row_of(item) not in renamed)
        if lost:
            broken = broken_places(chain(*lost.values()), self.form, errors_by_sheet(self.checked), self.checked)
            labels = [self._label(item) for item in self.form.placed.spec.fields if item.id in lost]
            title = self.reading.title(self.form.placed)
            self._add("form.lost-lines", first, table=title, column=quoted_list(labels), broken=broken)
        for item in deleted:
            if item.required and item.id not in lost:
                self._add("form.missing-field", first, column=self._label(item))

    def _deleted_figures(self) -> list[Field]:
        """The computed lines of which nothing is left."""
        gone = [item for item in self.form.placed.spec.fields if item.formula is not None]
        gone = [item for item in gone if item.id not in self.form.cells and item.id not in self.form.not_made]
        places = ((self._row_of(item), col) for item in gone for col in self._value_cols())
        rows = {row for row, col in places if (row, col) not in self.taken and self._is_formula(row, col)}
        return gone if len(rows) < len(gone) else []

    def _is_formula(self, row: int, col: int) -> bool:
        cell = self.cells.get((row, col))
        return cell is not None and cell.is_formula

    def _lost(self, deleted: Iterable[Field]) -> Mapping[str, Sequence[Formula]]:
        """Field id -> the formulas that name it, for lines that are gone."""
        form = self.form.placed
        rows = {item.id: form.row_of[item.id] for item in deleted}
        areas = {key: (form.sheet, (row, form.value_col, row, form.value_col)) for key, row in rows.items()}
        return formulas_naming(areas, self.checked)

    def _name_guess(self, item: Field, guess: tuple[int, str]) -> None:
        row, text = guess
        self.missing = [other for other in self.missing if other is not item]
        self.taken.update((row, col) for col in self._value_cols())
        place = f"{column_letters(self.label_col)}{row}"
        self._add("form.missing-field", (row, self.label_col), column=self._label(item), guess=text, place=place)

    def _name_beside(self) -> None:
        """Values that were typed beside an empty cell they belong into."""
        for item in self.inputs:
            row, col = self.form.cells.get(item.id, (0, 0))
            here = self.cells.get((row, col))
            if not row or (row, col) in self.form.hidden or (here is not None and (here.is_formula or holds(here))):
                continue
            beside = [(row, at) for at in range(self.form.labels[item.id][1] + 1, col + _BEYOND + 1) if at != col]
            # Who types over a hint may slip by a line, too.
            slips = [(row + down, col + right) for down in (1, -1, 2, -2) for right in range(1, _BEYOND + 1)]
            for place in (*beside, *slips):
                cell = self._stray(*place, formulas=place[0] == row)
                if cell is not None and (place[0] == row or _may_hold(item, cell, remarks=place[1] > col + 1)):
                    must = f"{column_letters(col)}{row}"
                    found = shown(cell.value)
                    self._add("form.value-beside", place, column=self._label(item), place=must, found=found)
                    self.taken.add(place)

    def _name_twice(self) -> None:
        """Labels that are there once more, with another value beside them."""
        for item in self.inputs:
            if item.id not in self.form.again:
                continue
            read, label = self.form.cells[item.id], self.form.labels[item.id]
            for row, col in self.form.again[item.id]:
                value = (row, col + read[1] - label[1])
                cell, first = self._stray(*value), self.cells.get(read)
                if (row, col) in self.taken or cell is None or (first is not None and first.value == cell.value):
                    continue
                there = f"{column_letters(read[1])}{read[0]}"
                self._add("form.twice", value, column=self._label(item), found=shown(cell.value), read=there)
                self.taken.add(value)

    def _name_without_label(self) -> None:
        """Values in the form's column with nothing beside them."""
        rows = [row for row, _ in self.form.labels.values()]
        rows += [self._row_of(item) for item in self.form.placed.spec.fields]
        for row in range(min(rows) - 1, max(rows) + 2):
            for col in self._value_cols():
                cell = self._stray(row, col)
                beside = (self.cells.get((row, place)) for place in range(self.label_col, col))
                if cell is None or any(other is not None and self._is_label(other) for other in beside):
                    continue
                meant = next((item for item in self.missing if self._row_of(item) == row), None)
                guess = self._label(meant) if meant is not None else ""
                self._add("form.value-without-label", (row, col), found=shown(cell.value), guess=guess)

    def _name_over_hints(self) -> None:
        """Values typed over or behind hints, where a line is gone or empty that they may belong to."""
        rows = [row for row, _ in self.form.labels.values()]
        rows += [self._row_of(item) for item in self.gone]
        hint_col = max(self._value_cols()) + 1
        empty = [item for item in self.inputs if item not in self.gone and not self._is_filled(item)]
        for row in range(min(rows), max(rows) + 2) if self.gone or empty else ():  # who types may slip by a line
            for col in range(hint_col, hint_col + _BEYOND):
                cell = self._stray(row, col)
                if cell is None or (not self.gone and col > hint_col):
                    continue
                remarks = not self.gone or col > hint_col
                if any(_may_hold(item, cell, remarks=remarks) for item in self.gone or empty):
                    self._add("form.value-without-label", (row, col), found=shown(cell.value), guess="")

    def _is_filled(self, item: Field) -> bool:
        cell = self.cells.get(self.form.cells[item.id])
        return cell is not None and holds(cell)

    def _stray(self, row: int, col: int, *, formulas: bool = False) -> SourceCell | None:
        """A cell that a person typed into and that belongs to nothing of ours."""
        cell = self.cells.get((row, col))
        if cell is None or (cell.is_formula and not formulas) or not holds(cell) or (row, col) in self.taken:
            return None
        if any(_in_table(row, col, table) for table in self.tables):
            return None
        return None if isinstance(cell.value, str) and normal_label(cell.value) in self.ours else cell

    def _is_label(self, cell: SourceCell) -> bool:
        """True if something is in a cell that is no title of a form or a table."""
        return holds(cell) and normal_label(str(cell.value)) not in self.titles

    def _lone_value(self, item: Field) -> bool:
        """True if its value is where it was, without a label: that is named there."""
        row = self._row_of(item)
        return (row, self.label_col) not in self.cells and any(self._stray(row, col) for col in self._value_cols())

    def _row_of(self, item: Field) -> int:
        return self.form.placed.row_of[item.id] + self.shift

    def _value_cols(self) -> set[int]:
        return {col for _, col in self.form.cells.values()}

    def _label(self, item: Field) -> str:
        return self.reading.layout.words.text(item.label)

    def _add(self, code: str, cell: Place, /, **values: ProblemValue) -> None:
        where = CellRef(self.reading.file, self.form.sheet.name, *cell)
        self._found.append(make_problem(code, where, "", **values))


def _may_hold(item: Field, cell: SourceCell, *, remarks: bool = False) -> bool:
    """True if a cell may hold a field's value, and is no remark; `remarks` where people write some."""
    if remarks and isinstance(cell.value, str) and " " in cell.value.strip():
        return False
    texts = (FieldType.TEXT, FieldType.LONG_TEXT, FieldType.LINK, FieldType.ID, FieldType.YES_NO)
    return item.type in texts or not isinstance(cell.value, str) or any(map(str.isdigit, cell.value))


def _taken(form: FoundForm, found: Found) -> Iterator[Place]:
    """The cells of the same sheet that belong to a form."""
    for other in found.forms.values():
        if other.sheet is form.sheet:
            yield from other.cells.values()
            yield from other.labels.values()


def _in_table(row: int, col: int, table: FoundTable) -> bool:
    """True if a cell is among a table's columns, from its headings on."""
    cols = table.columns.values()
    return table.header_row <= row < (table.stop or row + 1) and min(cols) <= col <= max(cols)


def _titles(form: FoundForm, reading: Reading) -> set[str]:
    """The titles on the form's sheet, in every language, as they are compared."""
    labels = Labels(reading.layout)
    sheet = next(item for item in reading.layout.sheets if item.name == form.placed.sheet)
    titles = {normal_label(sheet.title), normal_label(reading.layout.words.text("Total"))}
    for placed in sheet.forms():
        titles.update(labels.of_field(placed.spec.title, ()))
    for table in sheet.tables():
        titles |= labels.of_title(table)
    return titles


_GUIDE_TEXTS = ("Lists", GUIDE_TITLE, GUIDE_INPUT, GUIDE_COMPUTED, *(use.value for use in SheetUse))


def _our_texts(form: FoundForm, reading: Reading) -> set[str]:
    """The labels, hints, examples and links to sheets on a form's sheet, in every language, as they are compared."""
    labels = Labels(reading.layout)
    sheet = next(item for item in reading.layout.sheets if item.name == form.placed.sheet)
    texts: set[str] = set()
    for item in (item for placed in sheet.forms() for item in placed.spec.fields):
        texts.update(labels.of_field(item.label, item.aliases))
        texts.update(labels.of_field(item.hint, item.earlier_hints))
        texts.update(labels.of_example(item.example))
    if sheet.guide is not None:
        texts.update(*(labels.of_sheet(other.name) for other in reading.layout.sheets))
        texts.update(*(labels.of_field(text, ()) for text in _GUIDE_TEXTS))
    return texts
