"""Where the tables and forms of a template sit in a user's file: by heading and label, never by position."""

from __future__ import annotations

import difflib
import statistics
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from smsheets.layout.placed import MARKER_SHEET, Layout, PlacedColumn, PlacedForm, PlacedTable
from smsheets.reader.source import SourceSheet, SourceWorkbook
from smsheets.reader.values import normal_label
from smsheets.spec.catalogue import catalogue, languages

HEADER_ROWS = 90
"""A heading is looked for in this many rows from the top, and in as many below where it stood when it was made."""

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
    lists_sheet: SourceSheet | None


def locate(source: SourceWorkbook, layout: Layout) -> Found:
    """Finds every table and form of a layout."""
    labels = _Labels(layout)
    pages = [_Page(sheet, labels.depth(sheet.name)) for sheet in source.sheets if sheet.name != MARKER_SHEET]
    tables: dict[str, FoundTable] = {}
    for table in layout.tables.values():
        found = _find_table(table, pages, labels)
        if found is not None:
            tables[table.spec.id] = found
    forms: dict[str, FoundForm] = {}
    for form in layout.forms.values():
        found_form = _find_form(form, pages, labels)
        if found_form is not None:
            forms[form.spec.id] = found_form
    tables = {name: _with_stop(table, tables.values(), forms.values()) for name, table in tables.items()}
    return Found(tables, forms, _lists_sheet(pages, layout))


class _Page:
    """The short texts of a sheet's upper rows, by row and normalised."""

    def __init__(self, sheet: SourceSheet, depth: int) -> None:
        self.sheet = sheet
        self.name = normal_label(sheet.name)
        self.rows: dict[int, dict[int, str]] = {}
        self.places: dict[str, list[tuple[int, int]]] = {}
        for (row, col), cell in sheet.cells.items():
            if row <= depth and isinstance(cell.value, str) and 0 < len(cell.value) < 120:
                label = normal_label(cell.value)
                self.rows.setdefault(row, {})[col] = label
                self.places.setdefault(label, []).append((row, col))


class _Labels:
    """The headings of a layout, normalised: its own, other people's words, and those of other languages."""

    def __init__(self, layout: Layout) -> None:
        self.layout = layout
        self.others = [
            catalogue(language, "common", layout.spec.kind)
            for language in languages()
            if language != layout.profile.language
        ]

    def depth(self, sheet: str) -> int:
        """How many rows of a sheet may hold headings."""
        placed = next((item for item in self.layout.sheets if item.name == sheet), None)
        tables = placed.tables() if placed is not None else ()
        return max((table.header_row for table in tables), default=0) + HEADER_ROWS

    def of_column(self, column: PlacedColumn) -> Iterator[str]:
        """All headings a column may have, the likeliest first."""
        yield normal_label(column.label)
        lead = "" if column.item is None else column.item.label + " "
        if column.item is not None and normal_label(column.label) == normal_label(column.item.label):
            return
        for word in self._words(column.spec.label, column.spec.aliases):
            yield normal_label(lead + word)

    def of_field(self, label: str, aliases: Iterable[str]) -> Iterator[str]:
        """All labels a form's field may have."""
        yield normal_label(self.layout.words.text(label))
        for word in self._words(label, aliases):
            yield normal_label(word)

    def of_sheet(self, sheet: str) -> set[str]:
        """All names a sheet may have."""
        placed = next(item for item in self.layout.sheets if item.name == sheet)
        words = [placed.name, *self._words(placed.spec.name, placed.spec.aliases)]
        return {normal_label(word) for word in words}

    def _words(self, english: str, aliases: Iterable[str]) -> Iterator[str]:
        yield english
        for words in self.others:
            yield words.text(english)
        yield from aliases


def _find_table(table: PlacedTable, pages: list[_Page], labels: _Labels) -> FoundTable | None:
    """The row where most of the table's headings stand; its own sheet's name breaks ties."""
    wanted = _wanted(table, labels)
    names = labels.of_sheet(table.sheet)
    best: tuple[float, int] = (0.0, 0)
    chosen: tuple[_Page, int] | None = None
    for page in pages:
        bonus = 0.25 if page.name in names else 0.0
        for row in _candidate_rows(page, wanted):
            matched = {wanted[text] for text in page.rows[row].values() if text in wanted}
            score = (len(matched) / len(table.columns) + bonus, -abs(row - table.header_row))
            if score > best:
                best, chosen = score, (page, row)
    if chosen is None:
        return None
    page, row = chosen
    found = _columns(table, page, row, wanted)
    needed = max(1, round(_ENOUGH_HEADINGS * len(table.columns))) if len(table.columns) > 2 else len(table.columns)
    if len(found.columns) < needed and page.name not in names:
        return None
    return found if len(found.columns) >= min(2, len(table.columns)) else None


def _wanted(table: PlacedTable, labels: _Labels) -> dict[str, str]:
    """Normalised heading -> column key. A column's own heading wins over another's alias."""
    wanted: dict[str, str] = {}
    spare: dict[str, str] = {}
    for column in table.columns:
        first, *rest = labels.of_column(column)
        wanted.setdefault(first, column.key)
        for label in rest:
            spare.setdefault(label, column.key)
    return {**spare, **wanted}


def _candidate_rows(page: _Page, wanted: Mapping[str, str]) -> list[int]:
    rows = {row for label in page.places.keys() & wanted.keys() for row, _ in page.places[label]}
    return sorted(rows)


def _columns(table: PlacedTable, page: _Page, row: int, wanted: Mapping[str, str]) -> FoundTable:
    """Which column is which. Where a heading stands twice, the one that moved like the others is taken."""
    cells = page.rows[row]
    places: dict[str, list[int]] = {}
    strange: dict[int, str] = {}
    for col, label in sorted(cells.items()):
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
        expected = table.by_key[key].col + shift
        ordered = sorted(cols, key=lambda col: abs(col - expected))
        columns[key] = ordered[0]
        if len(ordered) > 1:
            doubled[key] = ordered[1]
    return FoundTable(table, page.sheet, row, columns, strange, doubled)


def _find_form(form: PlacedForm, pages: list[_Page], labels: _Labels) -> FoundForm | None:
    """The sheet where most of the form's labels stand; each value stands left of its hint, or as far as we put it."""
    names = labels.of_sheet(form.sheet)
    best: FoundForm | None = None
    best_score = 0.0
    for page in pages:
        cells = _labelled_cells(form, page, labels)
        score = len(cells) + (0.5 if page.name in names else 0.0)
        if cells and score > best_score:
            best_score = score
            taken = {(row, col - (form.value_col - form.label_col)) for row, col in cells.values()}
            best = FoundForm(form, page.sheet, cells, _strange_labels(page, taken))
    if best is None or (len(best.cells) < max(2, len(form.spec.fields) / 2) and normal_label(best.sheet.name) not in names):
        return None
    return best


def _labelled_cells(form: PlacedForm, page: _Page, labels: _Labels) -> dict[str, tuple[int, int]]:
    found: dict[str, list[tuple[int, int]]] = {}
    for item in form.spec.fields:
        for label in labels.of_field(item.label, item.aliases):
            if label in page.places:
                found[item.id] = page.places[label]
                break
    shifts = [places[0][0] - form.row_of[key] for key, places in found.items() if len(places) == 1]
    shift = round(statistics.median(shifts)) if shifts else 0
    cells: dict[str, tuple[int, int]] = {}
    for key, places in found.items():
        row, col = min(places, key=lambda place: (abs(place[0] - form.row_of[key] - shift), place[1]))
        cells[key] = (row, _value_col(form, key, page, row, col, labels))
    return cells


def _value_col(form: PlacedForm, key: str, page: _Page, row: int, label_col: int, labels: _Labels) -> int:
    hint = next(item.hint for item in form.spec.fields if item.id == key)
    texts = page.rows.get(row, {})
    if hint:
        wanted = set(labels.of_field(hint, ()))
        for col, text in texts.items():
            if col > label_col + 1 and text in wanted:
                return col - 1
    return label_col + form.value_col - form.label_col


def _strange_labels(page: _Page, taken: set[tuple[int, int]]) -> dict[tuple[int, int], str]:
    """Texts in the labels' column that are no label of ours."""
    columns = {col for _, col in taken}
    return {
        (row, col): label
        for row, cells in page.rows.items()
        for col, label in cells.items()
        if col in columns and (row, col) not in taken
    }


def _with_stop(table: FoundTable, tables: Iterable[FoundTable], forms: Iterable[FoundForm]) -> FoundTable:
    """The table with the row where something else of ours begins below it on the same sheet and in its columns."""
    first, last = min(table.columns.values()), max(table.columns.values())
    below = [
        other.header_row - (2 if other.placed.title_row else 1)
        for other in tables
        if other.sheet is table.sheet
        and other.header_row > table.header_row
        and min(other.columns.values()) <= last
        and max(other.columns.values()) >= first
    ]
    below += [
        min(row for row, _ in form.cells.values()) - 1
        for form in forms
        if form.sheet is table.sheet and min(row for row, _ in form.cells.values()) > table.header_row
    ]
    stop = min(below, default=0)
    return FoundTable(
        table.placed, table.sheet, table.header_row, table.columns, table.strange, table.doubled, max(stop, 0)
    )


def _lists_sheet(pages: list[_Page], layout: Layout) -> SourceSheet | None:
    names = {normal_label(layout.lists_sheet), "lists"} | {
        normal_label(catalogue(language, "common").text("Lists")) for language in languages()
    }
    return next((page.sheet for page in pages if page.name in names), None)


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
