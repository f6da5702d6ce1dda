"""Checks of a spec that types cannot make: Excel's limits, ids that are unique, values that fit, names that exist."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from datetime import date, time

from smsheets.errors import did_you_mean
from smsheets.spec.formula import input_named
from smsheets.spec.formula_checks import FormulaPlace, KnownNames, check_formula
from smsheets.spec.model import Chart, Column, Field, Form, ListSpec, ListValue, Sheet, Table, Text, Workbook
from smsheets.spec.vocabulary import NUMBER_TYPES, FieldType, Value
from smsheets.spec.yaml_source import Path, Source


def _expected_content(type_: FieldType, value: Value) -> str:
    """The content a cell of a type should hold, where this value is something else; empty where it fits."""
    number = isinstance(value, int | float) and not isinstance(value, bool)
    if type_ in NUMBER_TYPES:
        whole = number and float(str(value)).is_integer()
        if type_ is FieldType.INTEGER:
            return "" if whole else "a whole number"
        return "" if number else "a number"
    if type_ is FieldType.YES_NO:
        return "" if value in (True, False, "yes", "no") else "yes or no"
    if type_ in (FieldType.DATE, FieldType.MONTH):
        return "" if _is_iso(date, value) else "a date like 2027-03-15"
    if type_ is FieldType.TIME:
        return "" if _is_iso(time, value) else "a time like 09:30"
    return "" if isinstance(value, str) else "a text"


def _is_iso(type_: type[date] | type[time], value: Value) -> bool:
    if not isinstance(value, str):
        return False
    try:
        type_.fromisoformat(value)
    except ValueError:
        return False
    return True


Placed = tuple[Path, Field]


def check_kinship(workbook: Workbook, original: Workbook, source: Source) -> None:
    """Refuses a field that has another nature than the one of the same id in the program's own spec.

    Fields may be added and left out; what is kept must still hold what the plan's records hold.

    Raises:
        SpecError: With the first such field.
    """
    known = {path: field for path, (_, field) in _fields(original).items()}
    for path, (where, field) in _fields(workbook).items():
        other = known.get(path)
        for key in _natures(field) if other is not None else ():
            wanted, found = _nature(other, key), _nature(field, key)
            if wanted != found:
                raise source.error(
                    where,
                    f"'{'.'.join(path)}' of a {workbook.kind} has {key} {wanted}, not {found};"
                    " give the column another id, or the spec a kind of its own",
                )


def _natures(field: Field) -> tuple[str, ...]:
    return ("type", "many", "each") if isinstance(field, Column) else ("type", "many")


def _nature(field: Field | None, key: str) -> str:
    value = getattr(field, key, None)
    return str(getattr(value, "value", value)).lower()


def _fields(workbook: Workbook) -> dict[tuple[str, str], Placed]:
    """(table or form, field) -> where it is in the spec's file, without the first sheet, and the field."""
    return {(block, field.id): (path, field) for block, path, field in _walk(workbook)}


def _walk(workbook: Workbook) -> Iterator[tuple[str, Path, Field]]:
    for number, sheet in enumerate(workbook.sheets[1:]):
        for index, block in enumerate(sheet.blocks):
            here = ("sheets", number, "blocks", index)
            if isinstance(block, Form):
                for n, field in enumerate(block.fields):
                    yield block.id, (*here, "fields", n), field
            elif isinstance(block, Table):
                for n, column in enumerate(block.columns):
                    yield block.id, (*here, "columns", n), column


SHEET_NAME_LIMIT = 31  # a limit of Excel
VALIDATION_TEXT_LIMIT = 255  # a limit of Excel
TEXT_LINE_LIMIT = 110  # a longer line is cut off in print
_RESERVED_SHEETS = ("lists", "_smsheets", "history")
"""The program's own sheets, and the one name that Excel keeps for itself."""
_RESERVED_FIELDS = ("where", "cell")
"""The field of a record that says its place in the workbook."""

_RESERVED_BLOCKS = ("spec",)
"""The name of the spec on the hidden sheet that carries it."""

_BAD_SHEET_CHARACTERS = re.compile(r"[\[\]:*?/\\]")

Found = Iterator[tuple[Path, str]]


def check_workbook(workbook: Workbook, source: Source, thresholds: Collection[str] = ()) -> None:
    """Refuses a spec that the program could not write as a workbook.

    Args:
        thresholds: The names that a field's `threshold` may have.

    Raises:
        SpecError: With the first thing found.
    """
    for path, message in _find(workbook, thresholds):
        raise source.error(_own_path(path, workbook, source), message)


def is_sound(workbook: Workbook, thresholds: Collection[str]) -> bool:
    """True if `check_workbook` would find nothing; for a spec that has no source text."""
    return next(_find(workbook, thresholds), None) is None


def _own_path(path: Path, workbook: Workbook, source: Source) -> Path:
    """`sheets[n]` counts the first sheet that is put in front; the file does not have it."""
    written = source.value.get("sheets") if isinstance(source.value, dict) else None
    own = len(workbook.start_fields)
    if own and path[:2] == ("sheets", 0) and path[4:5] == ("fields",):
        form = workbook.sheets[0].blocks[int(path[3])]
        if isinstance(form, Form) and (place := int(path[5]) - len(form.fields) + own) >= 0:
            return ("start_fields", place, *path[6:])
    if path[:1] == ("sheets",) and isinstance(written, list) and len(written) < len(workbook.sheets):
        return ("sheets", int(path[1]) - (len(workbook.sheets) - len(written)), *path[2:])
    return path


def _find(workbook: Workbook, thresholds: Collection[str]) -> Found:
    yield from _unique(((("lists", n, "id"), item.id) for n, item in enumerate(workbook.lists)), "list id")
    yield from _unique(_blocks_named(workbook), "form, table or chart id")
    yield from _unique(((("sheets", n, "id"), item.id) for n, item in enumerate(workbook.sheets)), "sheet id")
    names = ((("sheets", n, "name"), item.name) for n, item in enumerate(workbook.sheets))
    yield from _unique(names, "sheet name")
    for number, spec in enumerate(workbook.lists):
        yield from _list(spec, ("lists", number))
    checking = _Checking(workbook, thresholds)
    for number, sheet in enumerate(workbook.sheets):
        yield from _sheet(sheet, ("sheets", number))
        yield from checking.when_empty(sheet, ("sheets", number, "when_empty"))
        for index, block in enumerate(sheet.blocks):
            yield from checking.block(block, sheet, ("sheets", number, "blocks", index))


def _unique(named: Iterable[tuple[Path, str]], noun: str) -> Found:
    seen: set[str] = set()
    for path, name in named:
        if name.casefold() in seen:
            yield path, f"two things have the {noun} '{name}'; give one another"
        seen.add(name.casefold())


def _blocks_named(workbook: Workbook) -> Iterator[tuple[Path, str]]:
    for number, sheet in enumerate(workbook.sheets):
        for index, block in enumerate(sheet.blocks):
            if not isinstance(block, Text):
                yield ("sheets", number, "blocks", index, "id"), block.id


def _list(spec: ListSpec, path: Path) -> Found:
    values = (*path, "values")
    if spec.source is not None and spec.values:
        yield values, f"the values of this list come from its source '{spec.source.value}'; keep one of the two"
    if spec.source is None and not spec.values and not spec.open:
        yield path, "a list needs values or a source, or people must be free to add some (open: true)"
    yield from _unique((((*values, n, "id"), value.id) for n, value in enumerate(spec.values)), "value id")
    yield from _unique((((*values, n, "text"), value.text) for n, value in enumerate(spec.values)), "text")
    for number, value in enumerate(spec.values):
        if not value.text.strip():
            yield (*values, number, "text"), "a list value needs a text"
        if len(value.text) > VALIDATION_TEXT_LIMIT:
            yield (*values, number, "text"), _too_long("a list value", VALIDATION_TEXT_LIMIT, value.text)


def _too_long(noun: str, limit: int, text: str) -> str:
    return f"{noun} has at most {limit} characters, this has {len(text)}"


def _sheet(sheet: Sheet, path: Path) -> Found:
    if len(sheet.name) > SHEET_NAME_LIMIT:
        yield (*path, "name"), _too_long("a sheet's name", SHEET_NAME_LIMIT, sheet.name)
    if _BAD_SHEET_CHARACTERS.search(sheet.name) or sheet.name[:1] == "'" or sheet.name[-1:] in ("'", ""):
        yield (*path, "name"), "a sheet's name may not be empty, hold [ ] : * ? / \\ or begin or end with an apostrophe"
    if sheet.name.casefold() in _RESERVED_SHEETS:
        yield (*path, "name"), f"the name '{sheet.name}' is taken by the program or by Excel; choose another"
    if sheet.essential and sheet.reference:
        yield (*path, "reference"), "a sheet is essential or only looked up, not both"
    yield from _lines(sheet.note, (*path, "note"))


def _lines(lines: tuple[str, ...], path: Path) -> Found:
    for index, line in enumerate(lines):
        if len(line) > TEXT_LINE_LIMIT:
            yield (*path, index), f"{_too_long('a line', TEXT_LINE_LIMIT, line)}; break it"


class _Checking:
    """Checks the blocks of one workbook."""

    def __init__(self, workbook: Workbook, thresholds: Collection[str]) -> None:
        self.names = KnownNames(workbook)
        self.values = {spec.id: spec.values for spec in workbook.lists}
        self.closed = {spec.id for spec in workbook.lists if not spec.open and spec.source is None}
        self.thresholds = thresholds

    def block(self, block: Form | Table | Chart | Text, sheet: Sheet, path: Path) -> Found:
        """The faults of a form, a table, a chart or a text."""
        if not isinstance(block, Text) and block.id in _RESERVED_BLOCKS:
            yield (*path, "id"), f"'{block.id}' is a word of the program; choose another id"
        if isinstance(block, Form):
            yield from self._fields(block.fields, (*path, "fields"), FormulaPlace(names=self.names, sheet=sheet.id))
        elif isinstance(block, Table):
            place = FormulaPlace(names=self.names, sheet=sheet.id, table=block)
            yield from self._table(block, path)
            yield from self._fields(block.columns, (*path, "columns"), place)
            yield from self._prefilled(block, path)
        elif isinstance(block, Chart):
            yield from self._chart(block, path)
        else:
            yield from _lines(block.lines, (*path, "lines"))

    def when_empty(self, sheet: Sheet, path: Path) -> Found:
        """The faults of the line that an empty sheet shows."""
        named = input_named(sheet.when_empty)
        if sheet.when_empty and (named is None or f"{named.scope}.{named.name}" not in self.names.inputs):
            yield path, "the line of an empty sheet names one column that people fill, in braces: {posts.date}"
        if len(sheet.when_empty) > TEXT_LINE_LIMIT:
            yield path, _too_long("a line", TEXT_LINE_LIMIT, sheet.when_empty)

    def _table(self, table: Table, path: Path) -> Found:
        if table.each is not None and table.mirror is not None:
            yield (*path, "mirror"), "a table has each or mirror, not both"
        if table.each is not None and not self.names.is_source(table.each):
            yield (*path, "each"), self.names.wrong_source(table.each)
        if table.mirror is not None and table.mirror not in self.names.records:
            hint = did_you_mean(table.mirror, self.names.records)
            yield (*path, "mirror"), f"'{table.mirror}' is no table that people fill{hint}"
        if table.once_in and table.once_in not in self.names.records:
            hint = did_you_mean(table.once_in, self.names.records)
            yield (*path, "once_in"), f"'{table.once_in}' is no table that people fill{hint}"
        if table.computed:
            for key in ("prefix", "rows", "prefill", "prefill_from"):
                if getattr(table, key) and not (key == "rows" and table.mirror):
                    yield (*path, key), "people fill nothing in a table with each or mirror; leave this out"
        elif table.rows < 1:
            yield path, "a table that people fill needs rows"
        elif all(column.formula is not None for column in table.columns):
            yield path, "a table that people fill needs a column without a formula"
        if table.prefix and table.columns[0].type is not FieldType.ID:
            yield (*path, "columns", 0), "the first column of a table with a prefix has the type id"

    def _prefilled(self, table: Table, path: Path) -> Found:
        known = {column.id: column for column in table.columns}
        for number, row in enumerate(table.prefill):
            for key, value in row.items():
                here = (*path, "prefill", number, key)
                if key not in known:
                    yield here, f"unknown column '{key}'{did_you_mean(key, known)}"
                elif known[key].formula is not None or known[key].each is not None:
                    yield here, "only a plain input column can be filled beforehand"
                elif message := self._misfit(known[key], value):
                    yield here, message
        if len(table.prefill) > table.rows > 0:
            yield (*path, "rows"), f"{table.rows} rows do not hold the {len(table.prefill)} prefilled ones"

    def _chart(self, chart: Chart, path: Path) -> Found:
        if not chart.alt.strip():
            yield (*path, "alt"), "a chart needs a text for people who cannot see it"
        form, _, field = chart.title_from.partition(".")
        if chart.title_from and field not in self.names.forms.get(form, ()):
            yield (*path, "title_from"), f"'{chart.title_from}' is not form.field of this workbook"
        named: list[tuple[Path, str]] = [(("categories",), chart.categories)]
        named += [(("series", n, "values"), series.values) for n, series in enumerate(chart.series)]
        for key, reference in named:
            if not self.names.has_column(reference):
                hint = did_you_mean(reference, self.names.columns())
                yield (*path, *key), f"'{reference}' is not table.column of this workbook{hint}"

    def _fields(self, fields: tuple[Field, ...], path: Path, place: FormulaPlace) -> Found:
        yield from _unique((((*path, n, "id"), field.id) for n, field in enumerate(fields)), "field id")
        yield from _unique((((*path, n, "label"), field.label) for n, field in enumerate(fields)), "label")
        for number, field in enumerate(fields):
            here = (*path, number)
            yield from _labelled(field, here)
            yield from self._input(field, here)
            if field.choices is not None:
                yield from self._choices(field, here)
            elif field.looks:
                yield (*here, "looks"), "looks are given to the values of a list; the field has no choices"
            if isinstance(field, Column):
                yield from self._column(field, here, place.table)
            yield from _formulas(field, here, place)

    def _input(self, field: Field, path: Path) -> Found:
        if field.formula is not None:
            for key in ("required", "default", "threshold", "many"):
                if getattr(field, key) not in (None, False):
                    yield (*path, key), "this is for inputs, but the field has a formula"
        if field.example and (field.formula is not None or isinstance(field, Column)):
            yield (*path, "example"), "an example is for the input of a form; in a table, say it in the hint"
        if field.threshold is not None and field.threshold not in self.thresholds:
            hint = did_you_mean(field.threshold, self.thresholds)
            yield (*path, "threshold"), f"unknown threshold '{field.threshold}'{hint}"
        if message := self._misfit(field, field.default):
            yield (*path, "default"), message
        for key in ("minimum", "maximum"):
            if getattr(field, key) is not None and field.type not in NUMBER_TYPES:
                yield (*path, key), f"limits are for numbers; the field has the type {field.type.value}"
        if field.minimum is not None and field.maximum is not None and field.minimum > field.maximum:
            yield (*path, "maximum"), f"the maximum {field.maximum:g} is below the minimum {field.minimum:g}"

    def _misfit(self, field: Field, value: Value) -> str:
        """Why a value that is written beforehand does not fit its field; empty where it does."""
        if value is None:
            return ""
        if field.choices in self.closed:
            known = {item.id for item in self.values[field.choices]}
            parts = [part.strip() for part in str(value).split(",")] if field.many else [str(value)]
            for wrong in (part for part in parts if part not in known):
                return f"the list '{field.choices}' has no value '{wrong}'{did_you_mean(wrong, known)}"
            return ""
        expected = _expected_content(field.type, value)
        quotes = "; put it in quotes" if expected == "a text" else ""
        return f"expected {expected}, found '{value}'{quotes}" if expected else ""

    def _choices(self, field: Field, path: Path) -> Found:
        choices = field.choices or ""
        if choices not in self.names.lists and not self.names.has_column(choices):
            hint = did_you_mean(choices, [*self.names.lists, *self.names.columns()])
            yield (*path, "choices"), f"'{choices}' is neither a list nor table.column{hint}"
        values: tuple[ListValue, ...] = self.values.get(choices, ())
        known = [value.id for value in values]
        for value in field.looks:
            if value not in known:
                hint = did_you_mean(value, known)
                yield (*path, "looks", value), f"the list '{choices}' has no value '{value}'{hint}"
        if field.many:
            for text in (value.text for value in values if "," in value.text):
                yield (*path, "choices"), f"many: the value '{text}' holds a comma, which stands between several values"

    def _column(self, column: Column, path: Path, table: Table | None) -> Found:
        if column.each is not None and not self.names.is_source(column.each):
            yield (*path, "each"), self.names.wrong_source(column.each)
        if column.first is not None and (column.each is None or column.formula is None):
            yield (*path, "first"), "only a repeated column with a formula has a first one"
        if column.advanced and column.required:
            yield (*path, "advanced"), "what everybody must fill in cannot be hidden; leave out advanced or required"
        if table is not None and table.computed and column.formula is None:
            yield path, "every column of a computed table needs a formula"


def _labelled(field: Field, path: Path) -> Found:
    if field.id in _RESERVED_FIELDS:
        yield (*path, "id"), f"'{field.id}' is what every record calls its place; choose another id"
    if not field.label.strip():
        yield (*path, "label"), "a field needs a label: people and the reader find it by that"
    if len(field.hint) > VALIDATION_TEXT_LIMIT:
        yield (*path, "hint"), _too_long("a hint", VALIDATION_TEXT_LIMIT, field.hint)


def _formulas(field: Field, path: Path, place: FormulaPlace) -> Found:
    each = field.each if isinstance(field, Column) else None
    here = FormulaPlace(names=place.names, sheet=place.sheet, table=place.table, each=each)
    formats = FormulaPlace(names=place.names, sheet=place.sheet, table=place.table, each=each, same_sheet=True)
    written: list[tuple[Path, str | None, FormulaPlace]] = [(("formula",), field.formula, here)]
    written += [(("formats", n, "formula"), item.formula, formats) for n, item in enumerate(field.formats)]
    if isinstance(field, Column):
        written += [(("first",), field.first, here)]
        written += [(("total",), None if field.total == "sum" else field.total, here)]
    for key, text, where in written:
        for message in check_formula(text, where) if text is not None else ():
            yield (*path, *key), message
