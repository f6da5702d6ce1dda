"""The claims of a workbook about itself, one for each place, and any one of them may be gone or wrong.

The places are the marker sheet, the document properties, a visible line on the first sheet, the range names, and the
headings themselves. Google Sheets loses the properties, Numbers the names too, and people copy sheets from one workbook
into another.

Numbers gives the marker sheet another name and a title row, and people copy it with the rest; so there may be none, one
or several.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import accumulate

import msgspec

from smsheets.cells import column_number
from smsheets.files import REPORT_PROPERTY
from smsheets.kinds import KINDS
from smsheets.layout.marker import property_facts
from smsheets.layout.placed import MARKER_SHEET
from smsheets.problems import REPORT_LINE
from smsheets.reader.file.source import SourceWorkbook
from smsheets.reader.file.source_cells import SourceSheet
from smsheets.reader.values.words import normal_label
from smsheets.spec.catalogue import catalogue, languages
from smsheets.spec.load import fields_of, load_lean, load_spec, load_thresholds
from smsheets.spec.model import Column, Form, Table, Workbook

_NUMBERS = " - "


def sheet_labels(name: str) -> tuple[str, ...]:
    """The names a sheet may have, normalised: `Budget - Table 1` is also `budget`."""
    whole = normal_label(name)
    first, between, _ = name.rpartition(_NUMBERS)
    return (whole, normal_label(first)) if between else (whole,)


_CELL = re.compile(r"([A-Z]{1,3})(\d{1,7})")
_FIRST_FACT = "smsheets"
_MAP_HEADING = "table or form"
_SPEC = "spec"
_ROWS_ABOVE = 6  # Numbers puts a title row above, people one or two
_COLS_BEFORE = 3  # people insert one at most


@dataclass(frozen=True, slots=True)
class MapEntry:
    """Where a column or field was when the workbook was made, and what it was called.

    Attributes:
        block: The id of its table or form.
        key: `planned#3` or a field's id.
        sheet: The sheet's name then.
        row: The header's row, or the field's.
        col: The column's, or the value's.
    """

    block: str
    key: str
    sheet: str
    row: int
    col: int
    label: str


@dataclass(frozen=True, slots=True)
class MarkerSheet:
    """The content of a marker sheet. `spec` is the text of a spec of one's own, empty where there is none."""

    sheet: SourceSheet
    facts: dict[str, str]
    entries: tuple[MapEntry, ...]
    spec: str


def marker_sheets(source: SourceWorkbook) -> tuple[MarkerSheet, ...]:
    """Every marker sheet of a workbook; the one that still has its name comes first."""
    found = [_read(sheet, place) for sheet in source.sheets if (place := _first_fact(sheet)) is not None]
    return tuple(sorted(found, key=lambda marker: marker.sheet.name != MARKER_SHEET))


def is_marker_sheet(sheet: SourceSheet) -> bool:
    """True if a sheet says what is where, under whatever name."""
    return sheet.name == MARKER_SHEET or _first_fact(sheet) is not None


def _first_fact(sheet: SourceSheet) -> tuple[int, int] | None:
    """Where the names of the facts begin."""
    for row in range(1, _ROWS_ABOVE):
        for col in range(1, _COLS_BEFORE):
            cell = sheet.cells.get((row, col))
            if cell is not None and cell.value == _FIRST_FACT and (row, col + 1) in sheet.cells:
                return row, col
    return None


def _read(sheet: SourceSheet, place: tuple[int, int]) -> MarkerSheet:
    first, left = place
    facts: dict[str, str] = {}
    entries: list[MapEntry] = []
    pieces: list[str] = []
    in_map = False
    for row, cells in sheet.rows():
        texts = {cell.col - left: str(cell.value) for cell in cells if cell.value is not None}
        name, value = texts.get(0, ""), texts.get(1, "")
        if row < first or not name:
            continue
        if name == _MAP_HEADING:
            in_map = True
        elif name == _SPEC:
            pieces.append(value)
        elif in_map:
            if cell := _CELL.fullmatch(texts.get(3, "")):
                key, stood_on, label = (texts.get(col, "") for col in (1, 2, 4))
                entries.append(MapEntry(name, key, stood_on, int(cell[2]), column_number(cell[1]), label))
        elif value:
            facts.setdefault(name, value)
    return MarkerSheet(sheet, facts, tuple(entries), "".join(pieces))


_LONGEST_SPEC = 1_000_000
"""Characters; the templates of the program have some fifty thousand."""
_MOST_CELLS = 200_000  # over ten times those of the largest template
_MOST_REPEATED = 100  # weeks of two years are the most there can be
_MOST_SHEETS = 100  # five times those of the largest template
_DEEPEST = 32
"""Parentheses in each other in a formula; the program's own have about ten."""
_LONGEST_FORMULA = 4_000  # characters; the program's own have at most 900
_MOST_LOOPS = 2  # as many as the program's own have; each multiplies the length
_OPERATORS = "-+^"
_MOST_OPERATORS = 8
"""In a row, or powers in one formula: an engine follows each of them one level deeper."""
_COUNT = re.compile(r"count: *([0-9]+)")
_MOST_READ = 10_000_000
"""Cells that all formulas together look at: three times as many as in the largest template, seconds for an engine."""
_OF_TABLE = re.compile(r"\{ *([a-z0-9_]++)\.[^{}@]++\}")
"""The name of a column of another table, which stands for all of its cells."""


def _is_small(spec: Workbook) -> bool:
    """True if the layout of a spec and its formulas can be worked out in reasonable time."""
    if len(spec.sheets) > _MOST_SHEETS:
        return False
    tables = [block for sheet in spec.sheets for block in sheet.blocks if isinstance(block, Table)]
    cells = (max(table.rows, _repeated(table)) * sum(map(_repeated, table.columns)) for table in tables)
    if sum(cells) > _MOST_CELLS:
        return False
    return all(map(_is_plain, _formulas(spec))) and _read_cells(tables) <= _MOST_READ


def _read_cells(tables: Sequence[Table]) -> int:
    """How many cells all formulas of these tables look at, about."""
    rows = {table.id: max(table.rows, _repeated(table)) for table in tables}
    read = 0
    for table in tables:
        for column in table.columns:
            named = (name for formula in (column.formula, column.first) for name in _OF_TABLE.findall(formula or ""))
            loops = (column.formula or "").count("each(")
            each = rows[table.id] * _repeated(column) * (_MOST_REPEATED // 4) ** loops
            read += each * sum(rows.get(name, 0) for name in named)
    return read


def _repeated(part: Column | Table) -> int:
    """How many columns or rows it makes, about."""
    each = part.each or ""
    return int(each[6:]) if each.startswith("count:") and each[6:].isdecimal() else _MOST_REPEATED // 4 if each else 1


def _formulas(spec: Workbook) -> Iterator[str]:
    for field in fields_of(spec):
        yield field.formula or ""
        yield from (item.formula for item in field.formats)
        if isinstance(field, Column):
            yield field.first or ""
            yield field.total or ""


def _is_plain(formula: str) -> bool:
    """True if a formula is neither long nor deep, and repeats little in itself."""
    if len(formula) > _LONGEST_FORMULA or formula.count("each(") > _MOST_LOOPS:
        return False
    if (
        any(operator * _MOST_OPERATORS in formula.replace(" ", "") for operator in _OPERATORS)
        or formula.count("^") > _MOST_OPERATORS
    ):
        return False
    if any(len(count) > 3 or int(count) > _MOST_REPEATED for count in _COUNT.findall(formula)):
        return False
    depths = accumulate((character == "(") - (character == ")") for character in formula)
    return max(depths, default=0) <= _DEEPEST


NAME_PREFIX = "smsheets_"
LABEL_ROWS = 60  # headings and labels are higher up than this
_LONGEST_LABEL = 60  # characters; the program's own have at most 46
_MARKER_LINE = re.compile(r"smsheets ([a-z][a-z0-9-]*) v(\d+)( lean)?")
_FEW_HEADINGS = 0.2  # people add columns of their own that are called like ours
_ENOUGH_HEADINGS = 0.6  # other people's budgets have some of ours, too


@dataclass(frozen=True, slots=True)
class Claim:
    """One place's claim: which template it is, and the facts its layout was made from. `own`: a user's own spec."""

    spec: Workbook
    facts: Mapping[str, str]
    own: bool = False


def claims_of(source: SourceWorkbook, markers: tuple[MarkerSheet, ...]) -> list[Claim]:
    """The claims of every place but the headings; the place that says most comes first."""
    own = {spec.kind: spec for marker in markers if (spec := _carried_spec(marker)) is not None}
    in_properties = property_facts(source.properties)
    said = [*(marker.facts for marker in markers), in_properties, *_visible_facts(source), _name_facts(source)]
    claims = []
    for facts in said:
        kind = facts.get("smsheets", "")
        if kind in own:
            claims.append(Claim(own[kind], facts, own=True))
        elif kind in KINDS:
            claims.append(Claim(load_lean(kind) if facts.get("lean") else load_spec(kind), facts))
    return claims


def heading_claim(found: set[str]) -> Claim | None:
    """The template most of whose headings are there, in any language. Other people's budgets have some of them too."""
    rated = [(heading_share(spec, found), kind) for kind in KINDS for spec in (load_spec(kind), load_lean(kind))]
    _, kind = max(rated)
    spec = load_lean(kind) if _is_lean(kind, found) else load_spec(kind)
    return Claim(spec, {"smsheets": kind}) if heading_share(spec, found) >= _ENOUGH_HEADINGS else None


def _is_lean(kind: str, found: set[str]) -> bool:
    """True where there are hardly any headings that only the whole template has; without such headings it is whole."""
    more = [headings(load_spec(kind), language) - headings(load_lean(kind), language) for language in languages()]
    return any(more) and all(len(labels & found) <= len(labels) * _FEW_HEADINGS for labels in more)


def heading_share(spec: Workbook, found: set[str]) -> float:
    """How many of a template's headings are among these texts, 0 to 1, in the language that fits best."""
    known = (headings(spec, language) for language in languages())
    return max((len(labels & found) / len(labels) for labels in known if labels), default=0.0)


def headings(spec: Workbook, language: str) -> frozenset[str]:
    """The normalised headings of a template's record tables that do not repeat."""
    if spec.kind in KINDS and spec is load_spec(spec.kind):
        return _known_headings(spec.kind, language, lean=False)
    if spec.kind in KINDS and spec is load_lean(spec.kind):
        return _known_headings(spec.kind, language, lean=True)
    return _headings(spec, language)


@cache
def _known_headings(kind: str, language: str, *, lean: bool) -> frozenset[str]:
    return _headings(load_lean(kind) if lean else load_spec(kind), language)


def _headings(spec: Workbook, language: str) -> frozenset[str]:
    words = catalogue(language, "common", spec.kind)
    tables = (block for sheet in spec.sheets[1:] for block in sheet.blocks if isinstance(block, Table))
    columns = (column for table in tables if not table.computed for column in table.columns if column.each is None)
    return frozenset(normal_label(words.text(column.label)) for column in columns)


def short_texts(source: SourceWorkbook) -> set[str]:
    """The normalised texts that may be headings or labels; what the marker sheets say is none."""
    return {
        normal_label(cell.value)
        for sheet in source.sheets
        if not is_marker_sheet(sheet)
        for (row, _), cell in sheet.cells.items()
        if row <= LABEL_ROWS and isinstance(cell.value, str) and len(cell.value) < _LONGEST_LABEL
    }


def _visible_facts(source: SourceWorkbook) -> Iterator[dict[str, str]]:
    for sheet in source.sheets:
        for (row, _), cell in sheet.cells.items():
            if row <= LABEL_ROWS and isinstance(cell.value, str) and "smsheets" in cell.value:
                match = _MARKER_LINE.fullmatch(cell.value.strip())
                if match is not None and not is_marker_sheet(sheet):
                    yield {"smsheets": match[1], "version": match[2], "lean": "yes" if match[3] else ""}


def _name_facts(source: SourceWorkbook) -> dict[str, str]:
    """From the range names, one for each table and form: Google Sheets keeps them."""
    names = {name.removeprefix(NAME_PREFIX) for name in source.names if name.startswith(NAME_PREFIX)}
    if not names:
        return {}
    rated = []
    for kind in KINDS:
        blocks = (block for sheet in load_spec(kind).sheets for block in sheet.blocks)
        rated.append((len(names & {block.id for block in blocks if isinstance(block, Table | Form)}), kind))
    return {"smsheets": max(rated)[1]} if max(rated)[0] >= max(2, len(names) // 2) else {}


def _carried_spec(marker: MarkerSheet) -> Workbook | None:
    """A user's own spec that the workbook carries along; None where there is none, or it does not fit any more."""
    if not marker.spec or len(marker.spec) > _LONGEST_SPEC:
        return None
    from smsheets.spec.checks import is_sound

    try:
        spec = msgspec.json.decode(marker.spec, type=Workbook)
    except (msgspec.MsgspecError, RecursionError):
        return None
    return spec if _is_small(spec) and is_sound(spec, load_thresholds()) else None


IS_REPORT = "this is a report that smsheets wrote, not a workbook to fill in. Give the workbooks it was made from."


def is_report(source: SourceWorkbook) -> bool:
    """True if it is a report: by its document property, or by the line on its first sheet where that is lost."""
    first = (cell for sheet in source.sheets[:1] for cell in sheet.cells.values())
    return REPORT_PROPERTY in source.properties or any(cell.value == REPORT_LINE for cell in first)
