"""Where the tables and forms of a template sit in a user's file: by heading and label, never by position."""

from __future__ import annotations

import dataclasses
import difflib
import statistics
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from smsheets.layout.placed import MARKER_SHEET, Layout, PlacedForm, PlacedTable
from smsheets.reader.labels import Labels
from smsheets.reader.source import SourceWorkbook
from smsheets.reader.source_cells import SourceSheet
from smsheets.reader.words import normal_label

_TITLE_ROWS = 3
_LONGEST_HINT = 255
_ENOUGH_HEADINGS = 0.4
_LOOKS_LIKE = 0.72


@dataclass(frozen=True)
class FoundTable:
    """A table in a user's file.

    Attributes:
        columns: Column key (`planned#3`) -> column number.
        strange: Column number -> heading, for headings that are not ours.
        doubled: Column key -> a second column with the same heading.
        stop: The first row that belongs to something else below, or 0.
    """

    placed: PlacedTable
    sheet: SourceSheet
    header_row: int
    columns: Mapping[str, int]
    strange: Mapping[int, str] = field(default_factory=dict)
    doubled: Mapping[str, int] = field(default_factory=dict)
    stop: int = 0


@dataclass(frozen=True)
class FoundForm:
    """A form in a user's file: field id -> (row, value column)."""

    placed: PlacedForm
    sheet: SourceSheet
    cells: Mapping[str, tuple[int, int]]
    strange: Mapping[tuple[int, int], str] = field(default_factory=dict)


@dataclass(frozen=True)
class Found:
    """Everything of a template that was found in a file."""

    tables: Mapping[str, FoundTable]
    forms: Mapping[str, FoundForm]


def locate(source: SourceWorkbook, layout: Layout) -> Found:
    """Finds every table and form of a layout."""
    labels = Labels(layout)
    pages = [_Page(sheet, labels.depth(sheet.name)) for sheet in source.sheets if sheet.name != MARKER_SHEET]
    tables = _find_tables(layout, pages, labels)
    forms: dict[str, FoundForm] = {}
    for form in layout.forms.values():
        found_form = _find_form(form, pages, labels)
        if found_form is not None:
            forms[form.spec.id] = found_form
    tables = {name: _with_stop(table, tables.values(), forms.values()) for name, table in tables.items()}
    return Found(tables, forms)


class _Page:
    """The short texts of a sheet's upper rows, by row and normalised."""

    def __init__(self, sheet: SourceSheet, depth: int) -> None:
        self.sheet = sheet
        self.name = normal_label(sheet.name)
        self.rows: dict[int, dict[int, str]] = {}
        self.places: dict[str, list[tuple[int, int]]] = {}
        for (row, col), cell in sheet.cells.items():
            if row <= depth and isinstance(cell.value, str) and 0 < len(cell.value) <= _LONGEST_HINT:
                label = normal_label(cell.value)
                self.rows.setdefault(row, {})[col] = label
                self.places.setdefault(label, []).append((row, col))


def _find_tables(layout: Layout, pages: list[_Page], labels: Labels) -> dict[str, FoundTable]:
    """The row where most of each table's headings stand; no row is taken twice, the best fit comes first."""
    rated: list[tuple[float, int, str, _Page, int]] = []
    wanted = {name: _wanted(table, labels) for name, table in layout.tables.items()}
    for name, table in layout.tables.items():
        for fit, page, row in _fits(table, wanted[name], pages, labels):
            rated.append((fit, -abs(row - table.header_row), name, page, row))
    rated.sort(key=lambda entry: entry[:2], reverse=True)
    tables: dict[str, FoundTable] = {}
    taken: dict[tuple[str, int], set[int]] = {}
    for _, _, name, page, row in rated:
        if name in tables:
            continue
        found = _columns(layout.tables[name], page, row, wanted[name])
        columns = taken.setdefault((page.sheet.name, row), set())
        if not columns & set(found.columns.values()):
            tables[name] = found
            columns.update(found.columns.values())
    return {name: tables[name] for name in layout.tables if name in tables}


def _fits(
    table: PlacedTable, wanted: Mapping[str, str], pages: list[_Page], labels: Labels
) -> Iterator[tuple[float, _Page, int]]:
    """The rows that may be a table's headings, each with how well it fits; its sheet's name and its title help."""
    names, titles = labels.of_sheet(table.sheet), labels.of_title(table)
    count = len(table.columns)
    needed = max(1, round(_ENOUGH_HEADINGS * count)) if count > 2 else count
    for page in pages:
        at_home = page.name in names
        for row in sorted({row for label in page.places.keys() & wanted.keys() for row, _ in page.places[label]}):
            matched = len({wanted[text] for text in page.rows[row].values() if text in wanted})
            if matched >= (min(2, count) if at_home else max(needed, min(2, count))):
                above = {text for line in range(row - _TITLE_ROWS, row) for text in page.rows.get(line, {}).values()}
                titled = bool(titles & above)
                yield matched / count + (0.25 if at_home else 0.0) + (0.2 if titled else 0.0), page, row


def _wanted(table: PlacedTable, labels: Labels) -> dict[str, str]:
    """Normalised heading -> column key. A column's own heading wins over another's alias."""
    wanted: dict[str, str] = {}
    spare: dict[str, str] = {}
    for column in table.columns:
        first, *rest = labels.of_column(column)
        if first:
            wanted.setdefault(first, column.key)
        for label in rest:
            spare.setdefault(label, column.key)
    return {**spare, **wanted}


def _columns(table: PlacedTable, page: _Page, row: int, wanted: Mapping[str, str]) -> FoundTable:
    """Which column is which. Where a heading stands twice, the one that moved like the others is taken."""
    places: dict[str, list[int]] = {}
    strange: dict[int, str] = {}
    for col, label in sorted(page.rows[row].items()):
        key = wanted.get(label)
        if key is None:
            strange[col] = str(page.sheet.cells[row, col].value)
        else:
            places.setdefault(key, []).append(col)
    single = [cols[0] - table.by_key[key].col for key, cols in places.items() if len(cols) == 1]
    shift = round(statistics.median(single)) if single else 0
    columns: dict[str, int] = {}
    doubled: dict[str, int] = {}
    for key, cols in places.items():
        own = normal_label(table.by_key[key].label)
        exact = [col for col in cols if page.rows[row][col] == own]
        expected = table.by_key[key].col + shift
        chosen, *others = sorted(exact or cols, key=lambda col: abs(col - expected))
        columns[key] = chosen
        if others:
            doubled[key] = others[0]
        # Someone's own column may be called by what is another name of ours.
        strange.update((col, str(page.sheet.cells[row, col].value)) for col in cols if exact and col not in exact)
    return FoundTable(table, page.sheet, row, columns, strange, doubled)


def _find_form(form: PlacedForm, pages: list[_Page], labels: Labels) -> FoundForm | None:
    """The sheet where most of the form's labels stand; each value stands left of its hint, or as far as we put it."""
    names = labels.of_sheet(form.sheet)
    best: tuple[float, _Page, dict[str, tuple[int, int]]] | None = None
    for page in pages:
        places = _label_places(form, page, labels)
        score = len(places) + (0.5 if page.name in names else 0.0)
        if places and (best is None or score > best[0]):
            best = score, page, places
    if best is None:
        return None
    _, page, places = best
    if len(places) < max(2, len(form.spec.fields) / 2) and page.name not in names:
        return None
    cells = {key: (row, _value_col(form, key, page, row, col, labels)) for key, (row, col) in places.items()}
    return FoundForm(form, page.sheet, cells, _strange_labels(page, set(places.values())))


def _label_places(form: PlacedForm, page: _Page, labels: Labels) -> dict[str, tuple[int, int]]:
    """Field id -> where its label stands: of several places the one that moved like the others."""
    found: dict[str, list[tuple[int, int]]] = {}
    for item in form.spec.fields:
        for label in labels.of_field(item.label, item.aliases):
            if label in page.places:
                found[item.id] = page.places[label]
                break
    shifts = [places[0][0] - form.row_of[key] for key, places in found.items() if len(places) == 1]
    shift = round(statistics.median(shifts)) if shifts else 0
    return {
        key: min(places, key=lambda place: (abs(place[0] - form.row_of[key] - shift), place[1]))
        for key, places in found.items()
    }


def _value_col(form: PlacedForm, key: str, page: _Page, row: int, label_col: int, labels: Labels) -> int:
    hint = next(item.hint for item in form.spec.fields if item.id == key)
    texts = page.rows.get(row, {})
    if hint:
        wanted = set(labels.of_field(hint, ()))
        for col, text in texts.items():
            if col > label_col + 1 and text in wanted:
                return col - 1
    return label_col + form.value_col - form.label_col


def _strange_labels(page: _Page, taken: set[tuple[int, int]]) -> dict[tuple[int, int], str]:
    """Texts among the form's labels that are no label of ours."""
    columns = {col for _, col in taken}
    first, last = (choose(row for row, _ in taken) for choose in (min, max))
    return {
        (row, col): str(page.sheet.cells[row, col].value)
        for row in range(first - 1, last + 2)
        for col in page.rows.get(row, {})
        if col in columns and (row, col) not in taken
    }


def _with_stop(table: FoundTable, tables: Iterable[FoundTable], forms: Iterable[FoundForm]) -> FoundTable:
    """The table with the row where something else of ours begins below it on the same sheet and in its columns."""
    first, last = min(table.columns.values()), max(table.columns.values())
    below = [
        other.header_row - other.placed.header_row + min(_rows_above(other.placed))
        for other in tables
        if other.sheet is table.sheet
        and other.header_row > table.header_row
        and min(other.columns.values()) <= last
        and max(other.columns.values()) >= first
    ]
    for form in forms:
        top = min(row for row, _ in form.cells.values())
        left = min(col for _, col in form.cells.values())
        if form.sheet is table.sheet and top > table.header_row and left <= last + 1:
            below.append(top - (1 if form.placed.title_row else 0))
    return dataclasses.replace(table, stop=min(below, default=0))


def _rows_above(table: PlacedTable) -> Iterator[int]:
    """The header's row and what stands above it."""
    return (row for row in (table.title_row, table.total_row, table.header_row) if row is not None)


def lookalike(label: str, strange: Mapping[int, str]) -> tuple[int, str] | None:
    """The strange heading that looks most like a label, or None where none does."""
    wanted = normal_label(label)
    rated = [
        (difflib.SequenceMatcher(None, wanted, normal_label(text)).ratio(), col, text) for col, text in strange.items()
    ]
    rated = [entry for entry in rated if entry[0] >= _LOOKS_LIKE]
    if not rated:
        return None
    _, col, text = max(rated)
    return col, text
