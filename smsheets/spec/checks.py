"""What the types cannot say of a spec: Excel's limits, unique ids, and formulas that name what exists."""

from __future__ import annotations

import re
from collections.abc import Iterator

from smsheets.errors import SpecError
from smsheets.spec.convert import did_you_mean
from smsheets.spec.formula import (
    COUNTERS,
    NEIGHBOURS,
    Each,
    FormulaSyntaxError,
    Name,
    Part,
    parse_formula,
    unportable_functions,
)
from smsheets.spec.model import Chart, Column, Field, Form, Sheet, Table, Text, Workbook
from smsheets.spec.yaml_source import Path, Source

SHEET_NAME_LIMIT = 31
VALIDATION_TITLE_LIMIT = 32
VALIDATION_TEXT_LIMIT = 255
TEXT_LINE_LIMIT = 110
FORMULA_LIMIT = 8192
RESERVED_SHEETS = ("Lists", "_smsheets")

_BAD_SHEET_CHARACTERS = re.compile(r"[\[\]:*?/\\]")
_SOURCES = ("months", "weeks", "weekdays")
_COUNT = re.compile(r"count:[1-9]\d{0,3}")

Found = Iterator[tuple[Path, str]]


def check_workbook(workbook: Workbook, source: Source) -> None:
    """Refuses a spec that the program could not write as a workbook.

    Raises:
        SpecError: With the first thing found.
    """
    for path, message in _find(workbook):
        raise source.error(_own_path(path, workbook, source), message)


def _own_path(path: Path, workbook: Workbook, source: Source) -> Path:
    """`sheets[n]` counts the first sheet that is put in front; the file does not have it."""
    written = source.value.get("sheets") if isinstance(source.value, dict) else None
    if path[:1] == ("sheets",) and isinstance(written, list) and len(written) < len(workbook.sheets):
        return ("sheets", int(path[1]) - (len(workbook.sheets) - len(written)), *path[2:])
    return path


def _find(workbook: Workbook) -> Found:
    yield from _unique(((("lists", n), item.id) for n, item in enumerate(workbook.lists)), "list")
    yield from _unique(_blocks_named(workbook), "form, table or chart")
    yield from _unique(((("sheets", n), item.id) for n, item in enumerate(workbook.sheets)), "sheet")
    names = ((("sheets", n, "name"), item.name.casefold()) for n, item in enumerate(workbook.sheets))
    yield from _unique(names, "sheet name")
    words = _Words(workbook)
    for number, sheet in enumerate(workbook.sheets):
        yield from _sheet(sheet, ("sheets", number), words)


def _unique(named: Iterator[tuple[Path, str]], noun: str) -> Found:
    seen: set[str] = set()
    for path, name in named:
        if name in seen:
            yield path, f"two things have the {noun} id '{name}'; give one another"
        seen.add(name)


def _blocks_named(workbook: Workbook) -> Iterator[tuple[Path, str]]:
    for number, sheet in enumerate(workbook.sheets):
        for index, block in enumerate(sheet.blocks):
            if not isinstance(block, Text):
                yield ("sheets", number, "blocks", index), block.id


class _Words:
    """What the formulas of a workbook may name."""

    def __init__(self, workbook: Workbook) -> None:
        self.lists = {spec.id: {value.id for value in spec.values} for spec in workbook.lists}
        self.forms = {b.id: {f.id for f in b.fields} for s in workbook.sheets for b in s.blocks if isinstance(b, Form)}
        self.tables = {
            b.id: {c.id: c.each for c in b.columns} for s in workbook.sheets for b in s.blocks if isinstance(b, Table)
        }

    def is_source(self, source: str) -> bool:
        if source.startswith("list:"):
            return source[5:] in self.lists
        return source in _SOURCES or bool(_COUNT.fullmatch(source))

    def column(self, reference: str) -> bool:
        table, _, column = reference.partition(".")
        return column in self.tables.get(table, {})


def _sheet(sheet: Sheet, path: Path, words: _Words) -> Found:
    if len(sheet.name) > SHEET_NAME_LIMIT:
        yield (*path, "name"), f"a sheet's name has at most {SHEET_NAME_LIMIT} characters, this has {len(sheet.name)}"
    if _BAD_SHEET_CHARACTERS.search(sheet.name) or sheet.name[:1] == "'" or sheet.name[-1:] in ("'", ""):
        yield (*path, "name"), "a sheet's name may not be empty, hold [ ] : * ? / \\ or begin or end with an apostrophe"
    if sheet.name in RESERVED_SHEETS:
        yield (*path, "name"), f"the program makes a sheet '{sheet.name}' of its own; choose another name"
    yield from _lines(sheet.note, (*path, "note"))
    for index, block in enumerate(sheet.blocks):
        here = (*path, "blocks", index)
        if isinstance(block, Form):
            yield from _fields(block.fields, (*here, "fields"), words, None)
        elif isinstance(block, Table):
            yield from _table(block, here, words)
        elif isinstance(block, Chart):
            yield from _chart(block, here, words)
        else:
            yield from _lines(block.lines, (*here, "lines"))


def _lines(lines: tuple[str, ...], path: Path) -> Found:
    for index, line in enumerate(lines):
        if len(line) > TEXT_LINE_LIMIT:
            yield (*path, index), f"a line has at most {TEXT_LINE_LIMIT} characters, this has {len(line)}; break it"


def _table(table: Table, path: Path, words: _Words) -> Found:
    yield from _fields(table.columns, (*path, "columns"), words, table)
    if table.each is not None and not words.is_source(table.each):
        yield (*path, "each"), f"unknown source '{table.each}'"
    if table.mirror is not None and table.mirror not in words.tables:
        yield (*path, "mirror"), f"unknown table '{table.mirror}'{did_you_mean(table.mirror, sorted(words.tables))}"
    if table.prefix and table.columns[0].type.value != "id":
        yield (*path, "columns", 0, "type"), "the first column of a table with a prefix has the type id"
    if not table.computed and table.rows < 1:
        yield (*path, "rows"), "a table that people fill needs rows"
    known = sorted(column.id for column in table.columns)
    for number, row in enumerate(table.prefill):
        for key in row:
            if key not in known:
                yield (*path, "prefill", number, key), f"unknown column '{key}'{did_you_mean(key, known)}"
    if table.rows and len(table.prefill) > table.rows:
        yield (*path, "rows"), f"{table.rows} rows do not hold the {len(table.prefill)} prefilled ones"


def _fields(fields: tuple[Field, ...], path: Path, words: _Words, table: Table | None) -> Found:
    yield from _unique((((*path, n), field.id) for n, field in enumerate(fields)), "field")
    for number, field in enumerate(fields):
        here = (*path, number)
        if len(field.hint) > VALIDATION_TEXT_LIMIT:
            yield (*here, "hint"), f"a hint has at most {VALIDATION_TEXT_LIMIT} characters, this has {len(field.hint)}"
        if field.choices is not None:
            yield from _choices(field, here, words)
        if isinstance(field, Column):
            if field.each is not None and not words.is_source(field.each):
                yield (*here, "each"), f"unknown source '{field.each}'"
            if table is not None and table.computed and field.formula is None:
                yield here, "every column of a computed table needs a formula"
        yield from _formulas(field, here, words, table)


def _choices(field: Field, path: Path, words: _Words) -> Found:
    choices = field.choices or ""
    if choices not in words.lists and not words.column(choices):
        guess = did_you_mean(choices, sorted(words.lists))
        yield (*path, "choices"), f"'{choices}' is neither a list nor table.column{guess}"
    for value in field.looks:
        if value not in words.lists.get(choices, ()):
            yield (*path, "looks", value), f"the list '{choices}' has no value '{value}'"


def _chart(chart: Chart, path: Path, words: _Words) -> Found:
    if not chart.alt:
        yield (*path, "alt"), "a chart needs a text for people who cannot see it"
    for key, reference in [(("categories",), chart.categories)] + [
        (("series", n, "values"), series.values) for n, series in enumerate(chart.series)
    ]:
        if not words.column(reference):
            yield (*path, *key), f"'{reference}' is not table.column of this workbook"


def _formulas(field: Field, path: Path, words: _Words, table: Table | None) -> Found:
    written: list[tuple[Path, str | None]] = [((*path, "formula"), field.formula)]
    written += [((*path, "formats", n, "formula"), item.formula) for n, item in enumerate(field.formats)]
    if isinstance(field, Column):
        written += [((*path, "first"), field.first)]
        if field.total != "sum":
            written += [((*path, "total"), field.total)]
    for here, text in written:
        if text is None:
            continue
        if text.startswith("="):
            yield here, "write the formula without '=' in front"
        if len(text) > FORMULA_LIMIT:
            yield here, f"a formula has at most {FORMULA_LIMIT} characters"
        for name in unportable_functions(text):
            yield here, f"{name} is not computed the same way by all spreadsheet programs"
        try:
            yield from _names(parse_formula(text), here, words, table, in_each=False)
        except FormulaSyntaxError as error:
            yield here, str(error)


def _names(parts: tuple[Part, ...], path: Path, words: _Words, table: Table | None, in_each: bool) -> Found:
    for part in parts:
        if isinstance(part, Each):
            if not words.is_source(part.source):
                yield path, f"each({part.source}, ...): unknown source '{part.source}'"
            yield from _names(part.parts, path, words, table, in_each=True)
        elif isinstance(part, Name):
            message = _wrong_name(part, words, table, in_each)
            if message:
                yield path, f"{part}: {message}"


def _wrong_name(name: Name, words: _Words, table: Table | None, in_each: bool) -> str | None:
    own = words.tables[table.id] if table is not None else {}
    if name.scope == "text":
        return None
    if name.scope == "list":
        return None if name.name in words.lists else f"unknown list{did_you_mean(name.name, sorted(words.lists))}"
    if name.scope == "word":
        list_id, _, value = name.name.partition(".")
        known = words.lists.get(list_id, set())
        return None if value in known else f"no such list value{did_you_mean(value, sorted(known))}"
    if name.scope in NEIGHBOURS:
        if own.get(name.name) is None:
            return "only a repeated column of this table has neighbours"
        return None
    if name.scope == "":
        return _wrong_own_name(name, own, table, in_each)
    if name.scope in COUNTERS and name.name in ("n", "end"):
        return None
    known_fields = words.forms.get(name.scope) or set(words.tables.get(name.scope, {}))
    if not known_fields:
        return f"no form or table has this id{did_you_mean(name.scope, sorted({*words.forms, *words.tables}))}"
    return None if name.name in known_fields else f"no such field{did_you_mean(name.name, sorted(known_fields))}"


def _wrong_own_name(name: Name, own: dict[str, str | None], table: Table | None, in_each: bool) -> str | None:
    if name.name == "week_start" or name.name in ("each", "row"):
        return None
    if name.name == "item":
        return None if in_each else "stands only inside each(...)"
    if name.name in own:
        return None
    hint = "" if table is not None else "; in a form write {form.field}"
    return f"no such column{did_you_mean(name.name, sorted(own))}{hint}"


def raise_unless_file(source: Source) -> None:
    """Refuses a spec file that holds no mapping at all."""
    if not isinstance(source.value, dict):
        raise SpecError(f"{source.name}:1: a spec is a group of keys: kind, version, title, ...")
