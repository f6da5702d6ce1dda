"""Checks of a spec's formulas: names that exist, no cell addresses, no functions that programs differ in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from smsheets.errors import did_you_mean
from smsheets.spec.formula import (
    COUNTERS,
    NEIGHBOURS,
    PORTABLE_FUNCTIONS,
    Each,
    FormulaSyntaxError,
    Name,
    Part,
    names_in,
    parse_formula,
    unportable_functions,
)
from smsheets.spec.model import Form, Table, Workbook

_FORMULA_LIMIT = 8192  # characters, a limit of Excel

_SOURCES = ("months", "weeks", "weekdays")
_COUNT = re.compile(r"count:[1-9]\d{0,3}")
_QUOTED = re.compile(r'"[^"]*"|\{[^{}]*\}')
_CELL = re.compile(r"(?<![A-Za-z0-9_.])\$?[A-Z]{1,3}\$?[1-9]\d*(?![A-Za-z0-9_(.])")


class KnownNames:
    """The names that formulas of a workbook may use."""

    def __init__(self, workbook: Workbook) -> None:
        blocks = [(sheet.id, block) for sheet in workbook.sheets for block in sheet.blocks]
        self.lists = {spec.id: {value.id for value in spec.values} for spec in workbook.lists}
        self.forms = {b.id: {f.id for f in b.fields} for _, b in blocks if isinstance(b, Form)}
        self.tables = {b.id: {c.id: c.each for c in b.columns} for _, b in blocks if isinstance(b, Table)}
        self.records = {b.id for _, b in blocks if isinstance(b, Table) and not b.computed}
        self.inputs = {f"{b.id}.{c.id}" for _, b in blocks if isinstance(b, Table) for c in b.columns if not c.formula}
        self.sheet_of = {b.id: sheet for sheet, b in blocks if isinstance(b, Form | Table)}

    def is_source(self, source: str) -> bool:
        """True if something can be repeated over it."""
        if source.startswith("list:"):
            return source[5:] in self.lists
        return source in _SOURCES or bool(_COUNT.fullmatch(source))

    def wrong_source(self, source: str) -> str:
        """The message about a source that does not exist."""
        known = [*_SOURCES, *(f"list:{name}" for name in self.lists)]
        return f"unknown source '{source}'{did_you_mean(source, known)}"

    def has_column(self, reference: str) -> bool:
        """True if `table.column` is there."""
        table, _, column = reference.partition(".")
        return column in self.tables.get(table, {})

    def columns(self) -> list[str]:
        """Every `table.column`."""
        return [f"{table}.{column}" for table, columns in self.tables.items() for column in columns]


@dataclass(frozen=True, slots=True, kw_only=True)
class FormulaPlace:
    """Where a formula is: its sheet, its table (None in a form), what its column repeats over.

    `same_sheet`: it may name nothing on another sheet. `in_each`: inside `each(...)`.
    """

    names: KnownNames
    sheet: str
    table: Table | None = None
    each: str | None = None
    same_sheet: bool = False
    in_each: bool = False

    @property
    def own(self) -> dict[str, str | None]:
        """The columns of the table it is in."""
        return self.names.tables[self.table.id] if self.table is not None else {}


def check_formula(text: str, place: FormulaPlace) -> Iterator[str]:
    """The faults of a formula, in plain words."""
    if text.startswith("="):
        yield "write the formula without '=' in front"
    if len(text) > _FORMULA_LIMIT:
        yield f"a formula has at most {_FORMULA_LIMIT} characters, this has {len(text)}"
    for name in unportable_functions(text):
        if name.upper() in PORTABLE_FUNCTIONS:
            yield f"write {name} in capitals: {name.upper()}"
        else:
            yield f"{name} is not computed the same way by all spreadsheet programs"
    if wrong := _not_closed(text):
        yield wrong
    try:
        parts = parse_formula(text)
    except FormulaSyntaxError as error:
        yield str(error)
        return
    if cell := _CELL.search(_QUOTED.sub('""', text)):
        yield f"a formula names fields, never cells: {cell[0]}"
    yield from _wrong_names(parts, place)


def _not_closed(text: str) -> str:
    """The quote or parenthesis that does not close: a program would drop the formula, or the sheet."""
    if text.count('"') % 2:
        return 'a text begins with " and does not end'
    depth = 0
    for character in _QUOTED.sub("", text):
        depth += {"(": 1, ")": -1}.get(character, 0)
        if depth < 0:
            break
    return "a parenthesis is open or closed without its partner" if depth else ""


def _wrong_names(parts: tuple[Part, ...], place: FormulaPlace) -> Iterator[str]:
    for part in parts:
        if isinstance(part, Each):
            if not place.names.is_source(part.source):
                yield f"each({part.source}, ...): {place.names.wrong_source(part.source)}"
            if not names_in(part.parts):
                yield f"each({part.source}, ...): the expression names nothing that could differ"
            yield from _wrong_names(part.parts, replace(place, in_each=True))
        elif isinstance(part, Name) and (message := _wrong_name(part, place)):
            yield f"{part}: {message}"


def _wrong_name(name: Name, place: FormulaPlace) -> str | None:
    names = place.names
    if name.scope == "text":
        return None
    if name.scope == "list":
        if name.name not in names.lists:
            return f"unknown list{did_you_mean(name.name, names.lists)}"
        return _OTHER_SHEET if place.same_sheet else None
    if name.scope == "word":
        return _wrong_word(name.name, names)
    if name.scope in NEIGHBOURS:
        return None if place.own.get(name.name) else "only a repeated column of this table has neighbours"
    if name.scope in COUNTERS or (not name.scope and name.name in COUNTERS):
        return _wrong_counter(name, place)
    if not name.scope:
        return _wrong_own_name(name, place)
    return _wrong_name_elsewhere(name, place)


_OTHER_SHEET = "a conditional format may name only fields of its own sheet; use a computed column"


def _wrong_word(word: str, names: KnownNames) -> str | None:
    list_id, _, value = word.partition(".")
    if list_id not in names.lists:
        return f"unknown list{did_you_mean(list_id, names.lists)}"
    known = names.lists[list_id]
    return None if value in known else f"no such list value{did_you_mean(value, known)}"


def _wrong_counter(name: Name, place: FormulaPlace) -> str | None:
    which, part = (name.scope, name.name) if name.scope else (name.name, "")
    if part not in ("", "end", "n"):
        return f"write {{{which}}}, {{{which}.end}} or {{{which}.n}}"
    if which == "item" and not place.in_each:
        return "stands only inside each(...)"
    if which == "each" and place.each is None:
        return "this column is not repeated"
    if which == "row" and part != "n" and (place.table is None or place.table.each is None):
        return "the rows of this table do not stand for something; only {row.n} is known"
    if which == "row" and place.table is None:
        return "a form has no rows"
    return None


def _wrong_own_name(name: Name, place: FormulaPlace) -> str | None:
    if name.name in ("week_start", "usual_weekend") or name.name in place.own:
        return None
    hint = "" if place.table is not None else "; in a form write {form.field}"
    return f"no such column{did_you_mean(name.name, place.own)}{hint}"


def _wrong_name_elsewhere(name: Name, place: FormulaPlace) -> str | None:
    names = place.names
    known = names.forms.get(name.scope) or set(names.tables.get(name.scope, {}))
    if not known:
        return f"no form or table has this id{did_you_mean(name.scope, [*names.forms, *names.tables])}"
    if name.name not in known:
        return f"no such field{did_you_mean(name.name, known)}"
    if place.same_sheet and names.sheet_of[name.scope] != place.sheet:
        return _OTHER_SHEET
    return None
