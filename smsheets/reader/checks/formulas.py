"""The sheet's own figures, computed again: an overwritten or broken formula is a problem that names the cell.

Each formula is checked by itself: the cells it names get the values the user's file shows, and the formula the spec
has for that place is evaluated on them. So one changed cell is one problem, not one in every cell that depends on it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence

import msgspec

from smsheets.calc.engine import Address, engine_available, evaluate, from_utf16, in_utf16
from smsheets.cells import CellRef, column_letters
from smsheets.layout.formulas import FormulaResolver
from smsheets.layout.placed import Layout, PlacedColumn, PlacedForm, PlacedTable
from smsheets.problems import NOTHING, Problem, make_problem
from smsheets.reader.checks.references import conditions_in_lists
from smsheets.reader.checks.shown import ERROR_FORMULA, Shown, shown_cells
from smsheets.reader.checks.structure import BROKEN, Rows, names_any, quoted_list, words_as_text
from smsheets.reader.file.source_cells import ErrorValue, SourceCell
from smsheets.reader.places.found import Found, FoundForm, FoundTable
from smsheets.reader.rows import Checked, Reading, message_label
from smsheets.reader.values.scope import Result, is_error, same_figure, shown, shown_result
from smsheets.spec.vocabulary import FieldType


class Computed(msgspec.Struct, frozen=True):
    """One computed cell: where it is in our layout and in the user's file.

    Attributes:
        cell: None where nothing is in a row that is in use: its formula is gone.
        key: The table's id, or "" for a form or a total.
        first: Whether it is in the first column of its table.
        earlier: The formula that workbooks made before have there; empty where it has not changed.
        may_hide_zero: True where the column has no formulas in the file: a zero that is not shown may be nothing there.
    """

    address: Address
    where: CellRef
    cell: SourceCell | None
    label: str
    formula: str
    type: FieldType
    key: str = ""
    first: bool = False
    earlier: str = ""
    may_hide_zero: bool = False

    @property
    def is_formula(self) -> bool:
        """True if the user's file still has a formula there."""
        return self.cell is not None and self.cell.is_formula

    @property
    def is_broken(self) -> bool:
        """True if it names what is gone; of these, a sheet's are counted together."""
        value = self.cell.value if self.cell is not None else None
        return self.is_formula and isinstance(value, ErrorValue) and str(value) == BROKEN

    @property
    def has_cached(self) -> bool:
        """True if that formula was calculated."""
        return self.cell is not None and self.cell.has_cached


def _computed_cells(
    found: Found, layout: Layout, reading: Reading, checked_rows: Mapping[str, int]
) -> Iterator[Computed]:
    """Every computed cell that the user's file has, or should have.

    Args:
        layout: Has the ranges that the user's file has.
        checked_rows: Table id -> so many rows of a table that people fill.
    """
    formulas = FormulaResolver(layout, words_as_text(found, layout))
    for name, table in layout.tables.items():
        if name in found.tables:
            yield from _totals(found.tables[name], table, formulas, reading)
            most = checked_rows.get(name, table.rows)
            yield from _table_cells(found.tables[name], table, formulas, reading, most)
    for name, form in layout.forms.items():
        if name in found.forms:
            yield from _form_cells(found.forms[name], form, formulas, reading)


def _totals(found: FoundTable, table: PlacedTable, formulas: FormulaResolver, reading: Reading) -> Iterator[Computed]:
    if table.total_row is None:
        return
    their_row = found.header_row + table.total_row - table.header_row
    word = reading.layout.words.text("Total")
    for column in table.columns:
        col = found.columns.get(column.key)
        cell = found.sheet.cells.get((their_row, col)) if col is not None and column.spec.total else None
        if cell is not None and col is not None and not isinstance(cell.value, str):
            where = CellRef(reading.file, found.sheet.name, their_row, col)
            label = f"{word}, {message_label(column, reading.layout)}"
            formula = formulas.total_formula(table, column)
            yield Computed((table.sheet, table.total_row, column.col), where, cell, label, formula, column.spec.type)


def _table_cells(
    found: FoundTable, table: PlacedTable, formulas: FormulaResolver, reading: Reading, most: int
) -> Iterator[Computed]:
    earlier, cells, shift = FormulaResolver(reading.layout), found.sheet.cells, found.header_row - table.header_row
    record_table = not table.spec.computed
    used = {row for row in found.rows.records if found.is_counted(row)} if record_table else set()
    others = {*found.rows.totals, *found.rows.strays, *found.rows.headings} if record_table else set()
    stop = found.stop or (found.rows.headings_again if record_table else 0)
    last = min(table.last_row, table.header_row + most, stop - 1 - shift if stop else table.last_row)
    for column in table.columns:
        col = found.columns.get(column.key)
        if column.spec.formula is None or col is None:
            continue
        label, first = message_label(column, reading.layout), column is table.columns[0]
        before = _as_earlier(column) if column.spec.earlier else None
        # Some programs save a column as values, and nothing for a zero that is not shown.
        places = ((row + shift, col) for row in range(table.first_row, last + 1))
        plain = not any((there := cells.get(place)) is not None and there.is_formula for place in places)
        for row in range(table.first_row, last + 1):
            cell = cells.get((row + shift, col))
            in_use = row + shift in used
            if row + shift in others or (record_table and not in_use and _is_spare(found, row + shift, cell)):
                continue
            if cell is not None or in_use:
                where = CellRef(reading.file, found.sheet.name, row + shift, col)
                formula = formulas.column_formula(table, column, row)
                address = (table.sheet, row, column.col)
                was = earlier.column_formula(table, before, row) if before is not None else ""
                yield Computed(address, where, cell, label, formula, column.spec.type, table.spec.id, first, was, plain)


def _as_earlier(column: PlacedColumn) -> PlacedColumn:
    return msgspec.structs.replace(column, spec=msgspec.structs.replace(column.spec, formula=column.spec.earlier))


def _is_spare(found: FoundTable, row: int, cell: SourceCell | None) -> bool:
    """True if nothing in a row that is not in use is to be checked: its formulas have nothing to work with."""
    return not found.is_counted(row) or cell is None or (cell.is_formula and cell.value in (None, ""))


def _form_cells(found: FoundForm, form: PlacedForm, formulas: FormulaResolver, reading: Reading) -> Iterator[Computed]:
    for item in form.spec.fields:
        if item.formula is None or item.id not in found.cells or "TODAY" in item.formula:
            continue
        row, col = found.cells[item.id]
        cell = found.sheet.cells.get((row, col))
        if cell is not None:
            where = CellRef(reading.file, found.sheet.name, row, col)
            label = reading.layout.words.text(item.label)
            address = (form.sheet, form.row_of[item.id], form.value_col)
            yield Computed(address, where, cell, label, formulas.field_formula(form, item.formula), item.type)


_OWN_ROW = "ROW()"
"""The number of the row that a formula is in: it is evaluated in another one."""

_SCRATCH = 100_000
"""Formulas are evaluated this many rows below the cells they name, so that none is in another's range."""

_MOST_CHANGED = 6
"""Columns of a row that one problem names."""

_SOME_FORMULA = "=7.77"
"""A value that no cell that is gone is likely to have shown."""


def check_figures_are_right(checked: Checked) -> Iterator[Problem]:
    """A problem for every computed cell that does not show what its inputs give; none where there is no engine."""
    if not checked.has_figures or not engine_available():
        return
    found, layout = checked.found, checked.sized
    computed = list(_computed_cells(found, layout, checked.reading, checked.checked_rows))
    engine = _Engine(layout, shown_cells(found, layout), computed)
    results = engine.by_themselves(computed)
    wrong = [item for item in computed if not _agrees(item, results[item.address])]
    ours = engine.without_earlier_formulas(wrong)
    wrong = engine.without_what_is_unknown(ours, results, {item.address for item in wrong if item not in ours})
    conditions = {text for texts in conditions_in_lists(checked).values() for text in texts}
    wrong = engine.without_other_lengths(engine.without_what_names(conditions, wrong))
    stale = [item for item in wrong if item.is_formula and not item.has_cached]
    if stale:
        if checked.source.calculated:
            yield make_problem("workbook.not-calculated", min(item.where for item in stale))
        rest = [item for item in computed if not item.is_formula]
        results = engine.calculated(rest)
        wrong = [item for item in rest if not _agrees(item, results[item.address])]
    else:
        wrong = engine.without_what_is_right(wrong)
    yield from _problems([item for item in wrong if not item.is_broken], results, layout)


class _Engine:
    """Evaluates the layout's formulas on what the user's file shows."""

    def __init__(self, layout: Layout, cells: Shown, computed: Sequence[Computed]) -> None:
        self.sheets = [*(sheet.name for sheet in layout.sheets), layout.lists_sheet]
        self.cells = cells
        self.formulas = {item.address: item.formula for item in computed if item.is_formula}
        self.not_calculated = {
            item.address: item.formula for item in computed if item.is_formula and not item.has_cached
        }
        self.computed = computed

    def by_themselves(self, items: Sequence[Computed], gone: str | None = ERROR_FORMULA) -> dict[Address, Result]:
        """Each formula's value where every cell it names shows what the file shows; `gone` stands for what it lacks.

        Formulas without a cached value are calculated where they are: an empty text is written as no value at all.
        """
        lost = dict.fromkeys(self.cells.gone, gone) if gone is not None else {}
        return self._scratched(items, {**self.cells.formulas, **lost, **self.not_calculated})

    def calculated(self, items: Sequence[Computed]) -> dict[Address, Result]:
        """Each formula's value where the formulas it names are calculated, and other cells show what the file shows."""
        lost = dict.fromkeys(self.cells.gone, ERROR_FORMULA)
        return self._scratched(items, {**self.cells.formulas, **lost, **self.formulas})

    def without_earlier_formulas(self, wrong: list[Computed]) -> list[Computed]:
        """Without the cells that show what the formula of an earlier form of the template gives."""
        made_before = [item for item in wrong if item.earlier and item.is_formula and item.has_cached]
        if not made_before:
            return wrong
        items = [msgspec.structs.replace(item, formula=item.earlier) for item in made_before]
        results = self.by_themselves(items)
        right = {item.address for item in items if _agrees(item, results[item.address])}
        return [item for item in wrong if item.address not in right]

    def without_what_is_unknown(
        self, wrong: list[Computed], results: Mapping[Address, Result], unsure: Iterable[Address] = ()
    ) -> list[Computed]:
        """Without the cells whose formula needs what is gone; that was named where it was missed.

        They are those that show another value with something else in place of what is gone, and formulas that name it:
        `ISNUMBER` hides what is not known. Where errors come of it, also what names an error or one of these formulas.

        Args:
            unsure: Cells that show what an earlier formula gives: ours may make something else of their damage.
        """
        if not wrong or not self.cells.gone:
            return wrong
        others = [self.by_themselves(wrong, gone=formula) for formula in (_SOME_FORMULA, None)]
        wrong = [item for item in wrong if all(results[item.address] == other[item.address] for other in others)]
        errors = [place for place, formula in self.cells.formulas.items() if formula == ERROR_FORMULA]
        rows = _runs({*self.cells.gone, *errors, *unsure} if errors else self.cells.gone)
        rest = [item for item in self.computed if item.is_formula]
        while wrong and rows:
            touched = {item.address for item in rest if names_any(item.formula, item.address[0], rows)}
            wrong = [item for item in wrong if item.address not in touched]
            rows, rest = _runs(touched) if errors else {}, [item for item in rest if item.address not in touched]
        return wrong

    def without_what_names(self, texts: Collection[object], wrong: list[Computed]) -> list[Computed]:
        """Without the cells whose formula names a cell with one of these texts."""
        rows = _runs(place for place, value in self.cells.values.items() if value in texts) if wrong and texts else {}
        return [item for item in wrong if not names_any(item.formula, item.address[0], rows)]

    def without_other_lengths(self, wrong: list[Computed]) -> list[Computed]:
        """Without the cells that are right where texts are as long as in Excel and Google Sheets."""
        if not wrong or not any(
            isinstance(value, str) and in_utf16(value) != value for value in self.cells.values.values()
        ):
            return wrong
        lost = dict.fromkeys(self.cells.gone, ERROR_FORMULA)
        results = self._scratched(wrong, {**self.cells.formulas, **lost, **self.not_calculated}, in_utf16)
        right = {place: from_utf16(value) if isinstance(value, str) else value for place, value in results.items()}
        cells = {item.address: item.cell.value if item.cell is not None else None for item in wrong}
        return [item for item in wrong if not same_figure(cells[item.address], right[item.address])]

    def without_what_is_right(self, wrong: Sequence[Computed]) -> list[Computed]:
        """Without the cells that show what they would if nothing had been changed by hand.

        A file that was not calculated since one cell was overwritten shows right figures in the cells after it.
        """
        if not wrong:
            return []
        formulas = {item.address: item.formula for item in self.computed}
        lost = dict.fromkeys(self.cells.gone, ERROR_FORMULA)
        results = evaluate(self.sheets, self._values(formulas), {**self.cells.formulas, **lost, **formulas})
        return [item for item in wrong if item.cell is None or not same_figure(item.cell.value, results[item.address])]

    def _scratched(
        self, items: Sequence[Computed], formulas: Mapping[Address, str], text: Callable[[str], str] = str
    ) -> dict[Address, Result]:
        places = {item.address: item.address for item in items}
        asked: dict[Address, str] = {}
        for item in items:
            if formulas.get(item.address) != item.formula:
                sheet, row, col = item.address
                places[item.address] = sheet, row + _SCRATCH, col
                asked[places[item.address]] = text(item.formula.replace(_OWN_ROW, str(item.where.row)))
        values = {
            place: text(value) if isinstance(value, str) else value for place, value in self._values(formulas).items()
        }
        results = evaluate(self.sheets, values, {**formulas, **asked})
        return {address: results[place] for address, place in places.items()}

    def _values(self, formulas: Mapping[Address, str]) -> dict[Address, object]:
        return {place: value for place, value in self.cells.values.items() if place not in formulas}


def _runs(places: Iterable[Address]) -> Rows:
    """The rows of some cells, column by column."""
    rows: dict[tuple[str, int], list[tuple[int, int]]] = {}
    for sheet, row, col in sorted(places, key=lambda place: (place[0], place[2], place[1])):
        runs = rows.setdefault((sheet, col), [])
        if runs and runs[-1][1] == row - 1:
            runs[-1] = (runs[-1][0], row)
        else:
            runs.append((row, row))
    return rows


def _agrees(item: Computed, result: Result) -> bool:
    """True if a cell shows its result; nothing can be said where that is an error.

    An empty text may be saved as no value and a zero be hidden, but where the formula is gone a zero is not shown.
    """
    if item.cell is None and not item.may_hide_zero:
        return is_error(result) or result in (None, "")
    return is_error(result) or same_figure(item.cell.value if item.cell is not None else None, result)


def _problems(wrong: Sequence[Computed], results: Mapping[Address, Result], layout: Layout) -> list[Problem]:
    """One problem for each cell, but one in all for a row of formulas and for a table whose rows moved."""
    moved = {key: row for key in {item.key for item in wrong} if (row := _moved_from(key, wrong, layout)) is not None}
    problems: list[Problem] = []
    rows: dict[tuple[str, str, int], list[Computed]] = {}
    changed: dict[tuple[str, str, int], list[Computed]] = {}
    for item in wrong:
        if item.key in moved and item.where.row >= moved[item.key]:
            if item.first and item.where.row == moved[item.key]:
                title = layout.words.text(layout.tables[item.key].spec.title) or item.where.sheet
                problems.append(make_problem("table.rows-moved", item.where, table=title))
        elif item.cell is None:
            rows.setdefault((item.key, item.where.sheet, item.where.row), []).append(item)
        elif item.is_formula:
            changed.setdefault((item.key, item.where.sheet, item.where.row), []).append(item)
        else:
            problems.append(_cell_problem(item, results[item.address]))
    for items in rows.values():
        first, until = _run_of(items)
        problems.append(make_problem("row.missing-formulas", first.where, until, column=first.label))
    for items in changed.values():
        first, until = _run_of(items)
        if until and first.key:
            columns = quoted_list(
                [item.label for item in sorted(items, key=lambda item: item.where.col)], _MOST_CHANGED
            )
            problems.append(make_problem("row.changed-formulas", first.where, until, column=columns))
        else:
            problems += [_cell_problem(item, results[item.address]) for item in items]
    return problems


def _run_of(items: Sequence[Computed]) -> tuple[Computed, str]:
    """The first of some cells of a row, and the letters of the last column; those are empty where it is one cell."""
    first, last = (choose(items, key=lambda item: item.where.col) for choose in (min, max))
    return first, column_letters(last.where.col) if last is not first else ""


def _moved_from(key: str, wrong: Sequence[Computed], layout: Layout) -> int | None:
    """The first row of a computed table that holds something else than was made there."""
    if key not in layout.tables or not layout.tables[key].spec.computed:
        return None
    rows = [item.where.row for item in wrong if item.key == key and item.first and item.is_formula]
    return min(rows, default=None)


def _cell_problem(item: Computed, result: Result) -> Problem:
    assert item.cell is not None
    code = "cell.formula-disagrees" if item.is_formula else "cell.overwritten-formula"
    found = shown(item.cell.value) if item.cell.value not in (None, "") else NOTHING
    return make_problem(code, item.where, column=item.label, found=found, read=shown_result(result, item.type))
