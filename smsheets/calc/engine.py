"""A workbook's cells in IronCalc's memory: values in, formulas in, computed values out. No file is involved."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, time
from typing import Any

from smsheets.layout.cells_of import CellContent

Address = tuple[str, int, int]
"""(sheet name, row, column), both numbers from 1."""

Computed = str | float | bool

Values = Mapping[Address, object]
Formulas = Mapping[Address, str]

_EPOCH = date(1899, 12, 30).toordinal()


def engine_available() -> bool:
    """True if this machine has the engine (it has no wheel for some platforms)."""
    try:
        import ironcalc  # noqa: F401
    except ImportError:
        return False
    return True


def serial(value: date | datetime | time) -> float:
    """A date or time as the number a cell holds (days since 1899-12-30)."""
    if isinstance(value, time):
        return (value.hour * 3600 + value.minute * 60 + value.second) / 86400
    days = float(value.toordinal() - _EPOCH)
    return days + serial(value.time()) if isinstance(value, datetime) else days


def evaluate(sheets: Iterable[str], values: Values, formulas: Formulas) -> dict[Address, Computed | None]:
    """The value of every formula.

    Args:
        sheets: All sheet names that a formula may name.
        values: Cells with a value: text, number, boolean, date or time.
        formulas: Cells with a formula, `=` in front.

    Returns:
        Address -> text, number or boolean; an error as its text (`#DIV/0!`).
    """
    names = tuple(sheets)
    model = _taken(names, formulas)
    results = model.computed(values, formulas)
    if names not in _known:
        _known.append(names)
    elif model.written < _MOST_WRITTEN:
        _kept.append(model)
        while sum(map(len, _kept)) > _MOST_KEPT_CELLS:
            del _kept[:1]  # none, if another thread has taken the last one
    return results


class ParsedWorkbook:
    """A workbook in the engine's memory, with what its cells hold now.

    Parsing formulas costs ten times as much as computing them, and workbooks of one template have the same.

    Attributes:
        formulas: What its cells compute.
        written: How many cells were ever written: the engine keeps every text it was given.
    """

    def __init__(self, sheets: tuple[str, ...]) -> None:
        import ironcalc

        self.sheets = sheets
        self.formulas: dict[Address, str] = {}
        self.written = 0
        self._values: dict[Address, object] = {}
        self._index = {name: number for number, name in enumerate(sheets)}
        self._model = ironcalc.create("workbook", "en", "UTC", "en")
        for number, name in enumerate(sheets):
            if number:
                self._model.add_sheet(name)
            else:
                self._model.rename_sheet(0, name)

    def __len__(self) -> int:
        return len(self._values) + len(self.formulas)

    def computed(self, values: Values, formulas: Formulas) -> dict[Address, Computed | None]:
        """The value of every formula, with these values and formulas and nothing else in the cells."""
        model, index = self._model, self._index
        kept = {place for place, formula in self.formulas.items() if formulas.get(place) == formula}
        kept -= self._values.keys() | values.keys()
        for sheet, row, col in self._values.keys() | self.formulas.keys() - kept:
            model.clear_cell_contents(index[sheet], row, col)
        for (sheet, row, col), value in values.items():
            _set(model, index[sheet], row, col, value)
        for place, formula in formulas.items():
            if place not in kept:
                model.update_cell_with_formula(index[place[0]], place[1], place[2], formula)
        self._values, self.formulas = dict(values), dict(formulas)
        self.written += len(values) + len(formulas) - len(kept)
        model.evaluate()
        return {place: model.get_cell_value(index[place[0]], place[1], place[2]) for place in formulas}


_kept: list[ParsedWorkbook] = []
"""Workbooks that may be computed again with other values, the last one last. One that is computed is not in here."""

_MOST_KEPT_CELLS = 50_000
"""Cells of all kept workbooks together, about 80 MB: the five templates as they are made and as they are read."""

_MOST_WRITTEN = 100_000
"""Cells that are written into a kept workbook before a new one takes its place, about 12 MB of texts."""

_known: deque[tuple[str, ...]] = deque(maxlen=50)
"""Sheet names of workbooks computed before. The first of its kind is not kept: often none follows it."""


def _taken(sheets: tuple[str, ...], formulas: Formulas) -> ParsedWorkbook:
    """The kept workbook that has the most of these formulas, or a new one where none has half of them."""
    most, best = len(formulas) / 2, None
    for model in list(_kept):
        if model.sheets == sheets and len(model.formulas) <= 2 * len(formulas):
            alike = sum(model.formulas.get(place) == formula for place, formula in formulas.items())
            if alike >= most:
                most, best = alike, model
    if best is None:
        return ParsedWorkbook(sheets)
    try:
        _kept.remove(best)
    except ValueError:  # another thread has taken it
        return ParsedWorkbook(sheets)
    return best


def _set(model: Any, sheet: int, row: int, col: int, value: object) -> None:
    if isinstance(value, bool):
        model.update_cell_with_bool(sheet, row, col, value)
    elif isinstance(value, int | float):
        model.update_cell_with_number(sheet, row, col, float(value))
    elif isinstance(value, date | time):
        model.update_cell_with_number(sheet, row, col, serial(value))
    elif value is not None and value != "":
        model.update_cell_with_text(sheet, row, col, str(value))


_FIRST_LONG = 0x10000
"""The first character that takes two places in UTF-16."""

_PRIVATE = 0xE000
"""Characters from here on mean nothing by themselves, so they can be the halves of others."""


def in_utf16(text: str) -> str:
    """The text with two characters for each emoji and the like, as programs count whose texts are UTF-16.

    Excel and Google Sheets do, so there LEN of one emoji is 2; LibreOffice and this engine count 1.
    """
    if text.isascii():
        return text
    return "".join(letter if ord(letter) < _FIRST_LONG else _halves(ord(letter) - _FIRST_LONG) for letter in text)


def _halves(number: int) -> str:
    return chr(_PRIVATE + (number >> 10)) + chr(_PRIVATE + 0x400 + (number & 0x3FF))


def from_utf16(text: str) -> str:
    """The text that `in_utf16` made this one of; half an emoji, where LEFT cut it in two, becomes a `\ufffd`."""
    return _HALVES.sub(_whole, text)


_HALVES = re.compile("([\ue000-\ue3ff])([\ue400-\ue7ff])|[\ue000-\ue7ff]")


def _whole(found: re.Match[str]) -> str:
    if found[1] is None:
        return "\ufffd"
    return chr(_FIRST_LONG + ((ord(found[1]) - _PRIVATE) << 10) + ord(found[2]) - _PRIVATE - 0x400)


TODAY = "TODAY()"


def cached_values(cells: Mapping[str, Sequence[CellContent]]) -> Mapping[Address, Computed | None]:
    """Address -> value of every formula; without an engine, nothing.

    TODAY() counts as empty: the file would otherwise differ from day to day, and a stale "today" is worse than none.
    """
    if not engine_available():
        return {}
    values: dict[Address, object] = {}
    formulas: dict[Address, str] = {}
    for sheet, contents in cells.items():
        for cell in contents:
            if cell.formula is not None:
                formulas[sheet, cell.row, cell.col] = cell.formula.replace(TODAY, '""')
            elif cell.value is not None:
                values[sheet, cell.row, cell.col] = cell.value
    return evaluate(cells, values, formulas)
