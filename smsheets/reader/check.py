"""The sheet's own figures, computed again: an overwritten or broken formula is a problem that names its cell.

Each formula is checked by itself: the cells it names get the values the user's file shows, and the formula the spec
has for that place is evaluated on them. So one changed cell is one problem, not one in every cell that depends on it.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from datetime import date, time

from smsheets.calc.engine import Address, engine_available, evaluate, serial
from smsheets.cells import column_letters
from smsheets.layout.placed import Layout
from smsheets.problems import NOTHING, Problem, ProblemValue, make_problem
from smsheets.reader.computed import ERROR_FORMULA, Computed, Shown, computed_cells, shown_cells
from smsheets.reader.file.source_cells import ErrorValue
from smsheets.reader.places.found import Found
from smsheets.reader.rows import Reading
from smsheets.reader.values.scope import plain, shown
from smsheets.spec.model import FieldType

_SCRATCH = 100_000
"""Formulas are evaluated this many rows below the cells they name, so that none stands in another's range."""

_SOME_FORMULA = "=7.77"
"""What no cell that is gone is likely to have shown."""

_LAST_DAY = 2_958_466
"""1 January 10000, counted from 1899-12-30."""

_DIGITS = 1e-6
"""Google Sheets keeps ten digits of a computed number."""

Result = str | float | bool | None


def check_formulas(found: Found, layout: Layout, reading: Reading) -> bool:
    """Adds a problem for every computed cell that does not show what its inputs give.

    Args:
        layout: Has as many rows in each table as the user's file.

    Returns:
        Whether the check could be made; False where there is no engine.
    """
    if not engine_available():
        return False
    computed = list(computed_cells(found, layout, reading))
    engine = _Engine(layout, shown_cells(found, layout), computed)
    results = engine.by_themselves(computed)
    wrong = [item for item in computed if not _agrees(item, results[item.address])]
    wrong = engine.without_what_is_unknown(wrong, results)
    stale = [item for item in wrong if item.is_formula and not item.has_cached]
    if stale:
        reading.problems.append(make_problem("workbook.not-calculated", min(item.where for item in stale)))
        rest = [item for item in computed if not item.is_formula]
        results = engine.calculated(rest)
        wrong = [item for item in rest if not _agrees(item, results[item.address])]
    else:
        wrong = engine.without_what_is_right(wrong)
    reading.problems.extend(_problems(wrong, results, layout))
    return True


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

        Formulas without a cached value are calculated where they stand: an empty text is written as no value at all.
        """
        lost = dict.fromkeys(self.cells.gone, gone) if gone is not None else {}
        return self._scratched(items, {**self.cells.formulas, **lost, **self.not_calculated})

    def calculated(self, items: Sequence[Computed]) -> dict[Address, Result]:
        """Each formula's value where the formulas it names are calculated, and other cells show what the file shows."""
        lost = dict.fromkeys(self.cells.gone, ERROR_FORMULA)
        return self._scratched(items, {**self.cells.formulas, **lost, **self.formulas})

    def without_what_is_unknown(self, wrong: list[Computed], results: Mapping[Address, Result]) -> list[Computed]:
        """Without the cells whose formula names what is gone: it gives another value with something else there."""
        if not wrong or not self.cells.gone:
            return wrong
        others = [self.by_themselves(wrong, gone=formula) for formula in (_SOME_FORMULA, None)]
        return [
            item
            for item in wrong
            if not (item.cell is not None and isinstance(item.cell.value, ErrorValue))
            and all(results[item.address] == other[item.address] for other in others)
        ]

    def without_what_is_right(self, wrong: Sequence[Computed]) -> list[Computed]:
        """Without the cells that show what they would if nothing had been changed by hand.

        A file that was not calculated since one cell was overwritten shows right figures in the cells after it.
        """
        if not wrong:
            return []
        formulas = {item.address: item.formula for item in self.computed}
        lost = dict.fromkeys(self.cells.gone, ERROR_FORMULA)
        results = evaluate(self.sheets, self._values(formulas), {**self.cells.formulas, **lost, **formulas})
        return [item for item in wrong if item.cell is None or not _same(item.cell.value, results[item.address])]

    def _scratched(self, items: Sequence[Computed], formulas: Mapping[Address, str]) -> dict[Address, Result]:
        places = {item.address: item.address for item in items}
        asked: dict[Address, str] = {}
        for item in items:
            if formulas.get(item.address) != item.formula:
                places[item.address] = _scratch(item.address)
                asked[places[item.address]] = item.formula
        results = evaluate(self.sheets, self._values(formulas), {**formulas, **asked})
        return {address: results[place] for address, place in places.items()}

    def _values(self, formulas: Mapping[Address, str]) -> dict[Address, object]:
        return {place: value for place, value in self.cells.values.items() if place not in formulas}


def _scratch(address: Address) -> Address:
    return address[0], address[1] + _SCRATCH, address[2]


def _agrees(item: Computed, result: Result) -> bool:
    """Whether a cell shows its result; nothing can be said where that is an error."""
    return _is_error(result) or _same(item.cell.value if item.cell is not None else None, result)


def _problems(wrong: Sequence[Computed], results: Mapping[Address, Result], layout: Layout) -> list[Problem]:
    """One problem for each cell, but one in all for a row without formulas and for a table whose rows moved."""
    moved = {key: row for key in {item.key for item in wrong} if (row := _moved_from(key, wrong, layout)) is not None}
    problems: list[Problem] = []
    rows: dict[tuple[str, str, int], list[Computed]] = {}
    for item in wrong:
        if item.key in moved and item.where.row >= moved[item.key]:
            if item.first and item.where.row == moved[item.key]:
                title = layout.words.text(layout.tables[item.key].spec.title) or item.where.sheet
                problems.append(make_problem("table.rows-moved", item.where, table=title))
        elif item.cell is None:
            rows.setdefault((item.key, item.where.sheet, item.where.row), []).append(item)
        else:
            problems.append(_cell_problem(item, results[item.address]))
    for items in rows.values():
        first, last = (choose(items, key=lambda item: item.where.col) for choose in (min, max))
        until = column_letters(last.where.col) if last is not first else ""
        problems.append(make_problem("row.missing-formulas", first.where, until, column=first.label))
    return problems


def _moved_from(key: str, wrong: Sequence[Computed], layout: Layout) -> int | None:
    """The first row of a computed table in which something else stands than was made there."""
    if key not in layout.tables or not layout.tables[key].spec.computed:
        return None
    rows = [item.where.row for item in wrong if item.key == key and item.first and item.is_formula]
    return min(rows, default=None)


def _cell_problem(item: Computed, result: Result) -> Problem:
    assert item.cell is not None
    code = "cell.formula-disagrees" if item.is_formula else "cell.overwritten-formula"
    found = shown(item.cell.value) if item.cell.value not in (None, "") else NOTHING
    return make_problem(code, item.where, column=item.label, found=found, read=_as_shown(result, item.type))


def _same(cached: object, result: Result) -> bool:
    if cached is None or cached == "":
        return result is None or result == "" or result == 0
    if isinstance(cached, ErrorValue):
        return _is_error(result)
    if isinstance(cached, bool) or isinstance(result, bool):
        return bool(cached) == bool(result)
    number = serial(cached) if isinstance(cached, date | time) else cached
    if isinstance(number, int | float) and isinstance(result, int | float):
        return math.isclose(number, result, rel_tol=_DIGITS, abs_tol=_DIGITS)
    return str(number) == str(result)


def _is_error(result: Result) -> bool:
    return isinstance(result, str) and result.startswith("#")


def _as_shown(result: Result, field_type: FieldType) -> ProblemValue:
    if result is None or result == "":
        return NOTHING
    if isinstance(result, float) and field_type in (FieldType.DATE, FieldType.MONTH) and 0 < result < _LAST_DAY:
        return date.fromordinal(int(result) + date(1899, 12, 30).toordinal()).isoformat()
    if isinstance(result, float):
        return plain(round(result, 6))
    return shown(result)
