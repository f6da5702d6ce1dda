"""The template's own cells in a person's file, and what is theirs: columns and sheets that they added."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from msgspec.structs import replace

from smsheets.cells import column_letters
from smsheets.layout.cells_of import Role, ValueSheet, workbook_cells
from smsheets.layout.content import CellValue, Filling, OwnColumn
from smsheets.layout.place import place_workbook
from smsheets.layout.placed import Layout, PlacedSheet
from smsheets.reader.file.source import SourceWorkbook
from smsheets.reader.file.source_cells import ErrorValue, SourceCell, SourceSheet
from smsheets.reader.identity.claims import is_marker_sheet
from smsheets.reader.places.found import nearest
from smsheets.reader.places.labels import Labels
from smsheets.reader.places.locate import Found, FoundForm, FoundTable
from smsheets.reader.read import OpenWorkbook
from smsheets.reader.values.scope import plain
from smsheets.reader.values.words import normal_label
from smsheets.spec.catalogue import catalogue, languages

_FILLED = (Role.INPUT, Role.COMPUTED)
_REFERENCE = re.compile(r"\$?[A-Z]{1,3}\$?\d+")


class Furniture:
    """The template's own cells, as they may be in a person's file, in any language."""

    def __init__(self, source: SourceWorkbook, found: Found, layout: Layout) -> None:
        self._source = source
        self._layout = layout
        self._forms = list(found.forms.values())
        self._blocks: list[FoundTable | FoundForm] = [*found.tables.values(), *self._forms]
        self._usual: dict[str, Mapping[int, str]] = {}

    @cached_property
    def homes(self) -> Mapping[str, frozenset[str]]:
        """Sheet of the person's file -> the template's sheets that are on it; without those of their own."""
        homes: dict[str, set[str]] = {}
        for block in self._blocks:
            homes.setdefault(block.sheet.name, set()).add(block.placed.sheet)
        labels, there = Labels(self._layout), {normal_label(sheet.name) for sheet in self._source.sheets}
        for placed in self._layout.sheets:
            names = {normal_label(placed.name)} & there or labels.of_sheet(placed.name)
            for sheet in self._source.sheets:
                if normal_label(sheet.name) in names and not any(placed.name in home for home in homes.values()):
                    homes.setdefault(sheet.name, set()).add(placed.name)
        if self.lists_sheet is not None:
            homes.setdefault(self.lists_sheet, set()).add(self._layout.lists_sheet)
        return {name: frozenset(names) for name, names in homes.items()}

    @cached_property
    def lists_sheet(self) -> str | None:
        """The person's Lists sheet: by its name, else by its headings."""
        names = {normal_label(catalogue(language, "common", "program").text("Lists")) for language in languages()}
        sheets = [sheet for sheet in self._source.sheets if not is_marker_sheet(sheet)]
        named = next((sheet.name for sheet in sheets if normal_label(sheet.name) in names), None)
        if named is not None:
            return named
        wanted = {normal_label(self._layout.words.text(item.spec.label)) for item in self._layout.lists.values()}
        taken = {block.sheet.name for block in self._blocks}
        rated = [(len(wanted & _texts_of(sheet)), sheet.name) for sheet in sheets if sheet.name not in taken]
        best = max(rated, default=(0, ""))
        return best[1] if best[0] > max(1, len(wanted) // 2) else None

    @cached_property
    def own_sheets(self) -> list[SourceSheet]:
        """The person's own sheets, those that hold a value."""
        theirs = (sheet for sheet in self._source.sheets if sheet.name not in self.homes)
        return [sheet for sheet in theirs if sheet.last_row and not is_marker_sheet(sheet)]

    def texts(self, sheet: str) -> Counter[str]:
        """How often each text is on the template's sheets that a sheet of the person's file holds."""
        homes = self.homes.get(sheet, frozenset())
        found: Counter[str] = Counter()
        for texts in self._texts.values():
            found |= sum((texts.get(home, Counter()) for home in homes), Counter())
        # They are what a sheet has no more, so they come on top: one text may have been there once more than now.
        found.update(text for item in self._layout.sheets if item.name in homes for text in _earlier_texts(item))
        return found

    def has_formula(self, formula: str, sheet: str) -> bool:
        """True if the template has such a formula, or an earlier one had it on the sheet, whatever cells it names."""
        shape = _shape(formula)
        return shape in self._shapes or any(shape in self._earlier_shapes[home] for home in self.homes.get(sheet, ()))

    def is_usual_formula(self, table: FoundTable | None, cell: SourceCell) -> bool:
        """True if most of the column is like this one: an earlier template, or another program, wrote the formulas.

        So may be a formula that has no others to compare it with: in a form, a computed table, a line of totals.
        Below the rows that the file's formulas count, one that shows something is a person's own.
        """
        if table is None or table.placed.spec.computed or cell.row < table.header_row:
            return True
        name = table.placed.spec.id
        if name not in self._usual:
            self._usual[name] = _usual_shapes(table)
        inside = table.is_counted(cell.row) or cell.value in (None, "")
        return inside and _shape(cell.formula or "") == self._usual[name].get(cell.col)

    @cached_property
    def labels(self) -> frozenset[tuple[str, int, int]]:
        """The cells that hold a label of a form's line in other words than now: those that it was found by."""
        known = Labels(self._layout)
        found: set[tuple[str, int, int]] = set()
        for form in self._forms:
            for field in (item for item in form.placed.spec.fields if item.id in form.labels):
                cell = form.sheet.cells.get(form.labels[field.id])
                if cell is not None and normal_label(plain(cell.value)) in known.of_field(field.label, field.aliases):
                    found.add((form.sheet.name, cell.row, cell.col))
        return frozenset(found)

    @cached_property
    def _texts(self) -> Mapping[str, Mapping[str, Counter[str]]]:
        """Language -> sheet of the layout -> its texts."""
        profile, spec = self._layout.profile, self._layout.spec
        mine = [sheet.name for sheet in self._layout.sheets] + [self._layout.lists_sheet]
        texts: dict[str, dict[str, Counter[str]]] = {}
        for language in dict.fromkeys((profile.language, *languages())):
            layout = self._layout
            if language != profile.language:
                layout = place_workbook(spec, replace(profile, language=language), own_spec=layout.own_spec)
            cells = workbook_cells(layout, Filling())
            texts[language] = {
                name: Counter(
                    normal_label(str(cell.value))
                    for cell in found
                    if cell.role not in _FILLED and cell.value is not None
                )
                for name, found in zip(mine, cells.values(), strict=True)
            }
        return texts

    @cached_property
    def _shapes(self) -> set[str]:
        cells = workbook_cells(self._layout, Filling())
        return {_shape(cell.formula) for found in cells.values() for cell in found if cell.formula is not None}

    @cached_property
    def _earlier_shapes(self) -> Mapping[str, frozenset[str]]:
        """Sheet of the layout -> the formulas of earlier templates that it names."""
        shapes = {
            sheet.name: frozenset(_shape(text) for text in sheet.spec.earlier_texts if text.startswith("="))
            for sheet in self._layout.sheets
        }
        return {**shapes, self._layout.lists_sheet: frozenset()}


def _earlier_texts(sheet: PlacedSheet) -> Iterator[str]:
    fields = (item for form in sheet.forms() for item in form.spec.fields)
    yield from (normal_label(hint) for item in fields for hint in item.earlier_hints)
    yield from (normal_label(text) for text in sheet.spec.earlier_texts if not text.startswith("="))


def _shape(formula: str) -> str:
    """A formula without the cells it names: these move along with rows and columns."""
    plain = formula.removeprefix("=").replace("_xlfn.", "").replace(" ", "")
    return _REFERENCE.sub("#", plain).casefold()


def _usual_shapes(table: FoundTable) -> Mapping[int, str]:
    """Column -> the shape that more than half of its formulas have, for the columns where one has."""
    counts: dict[int, Counter[str]] = {}
    last = table.header_row + table.placed.rows
    for (row, col), cell in table.sheet.cells.items():
        if cell.formula and table.header_row < row <= last and table.is_counted(row):
            counts.setdefault(col, Counter())[_shape(cell.formula)] += 1
    best = {col: found.most_common(1)[0] for col, found in counts.items()}
    return {col: shape for col, (shape, count) in best.items() if 2 * count > counts[col].total()}


def _texts_of(sheet: SourceSheet) -> set[str]:
    return {normal_label(cell.value) for cell in sheet.cells.values() if isinstance(cell.value, str)}


@dataclass(frozen=True, slots=True)
class OwnPlace:
    """An own column in the person's file."""

    table: FoundTable
    col: int
    heading: str

    @property
    def header_cell(self) -> str:
        """`K3`."""
        return f"{column_letters(self.col)}{self.table.header_row}"


def own_places(opened: OpenWorkbook) -> Iterator[OwnPlace]:
    """The columns of the record tables whose heading is not the template's, or is there twice, or is gone.

    A column without a heading is called by its letters, so that its values stay beside their rows.
    """
    unnamed = {item.cell for item in opened.read.problems if item.code == "table.unnamed-column"}
    name = opened.read.layout.words.text("Column {letters}")
    tables = list(opened.found.tables.values())
    for table in tables:
        others = [other for other in tables if other.sheet is table.sheet and other.header_row == table.header_row]
        taken = {col for other in others for col in other.columns.values()}
        strange = {**table.strange, **{col: _at(table, col) for cols in table.doubled.values() for col in cols}}
        for col, heading in sorted(strange.items()):
            if col not in taken and not table.placed.spec.computed and nearest(col, others) is table:
                yield OwnPlace(table, col, heading)
        for cell in unnamed:
            if not table.placed.spec.computed and (cell.sheet, cell.row) == (table.sheet.name, table.header_row):
                heading = _at(table, cell.col).strip() or name.format(letters=column_letters(cell.col))
                yield OwnPlace(table, cell.col, heading)


def _at(table: FoundTable, col: int) -> str:
    """The text in a column's place for a heading; a number is none for the reader."""
    cell = table.sheet.cells.get((table.header_row, col))
    return "" if cell is None or cell.value is None else plain(cell.value)


def rows_to_keep(opened: OpenWorkbook, places: Sequence[OwnPlace]) -> dict[str, list[int]]:
    """Table id -> its rows that hold something: one that was read, or one with a value in an own column.

    Rows below the last one in which the template has anything are not the table's any more.
    """
    rows: dict[str, list[int]] = {}
    for name, read in opened.read.rows.items():
        table = opened.found.tables[name]
        theirs = set(table.columns.values())
        last = max((row for row, col in table.sheet.cells if col in theirs), default=table.header_row)
        cols = {place.col for place in places if place.table is table}
        own = {
            row
            for (row, col), cell in table.sheet.cells.items()
            if col in cols and cell.value is not None and str(cell.value).strip()
        }
        inside = {row for row in own if table.header_row < row <= last and (not table.stop or row < table.stop)}
        rows[name] = sorted(inside | {row.row for row in read})
    return rows


def own_columns(places: Sequence[OwnPlace], rows: Mapping[str, Sequence[int]]) -> dict[str, list[OwnColumn]]:
    """Table id -> the own columns with their values, row by row."""
    columns: dict[str, list[OwnColumn]] = {}
    for place in places:
        name = place.table.placed.spec.id
        values = [_plain_value(place.table.sheet.cells.get((row, place.col))) for row in rows[name]]
        columns.setdefault(name, []).append(OwnColumn(heading=place.heading, values=values))
    return columns


def _plain_value(cell: SourceCell | None) -> CellValue:
    """The value of a cell; the name of an error as a text."""
    if cell is None:
        return None
    return str(cell.value) if isinstance(cell.value, ErrorValue) else cell.value


def value_sheet(sheet: SourceSheet) -> ValueSheet:
    """A person's own sheet as plain values, each where it was."""
    lines: dict[int, list[CellValue]] = {}
    for (row, col), cell in sheet.cells.items():
        if cell.value is not None and row <= sheet.last_row:
            line = lines.setdefault(row, [])
            line.extend([None] * (col - len(line)))
            line[col - 1] = _plain_value(cell)
    # A lone cell may be in the last row of a sheet: the blank rows above it are all the same one.
    return ValueSheet(name=sheet.name, rows=[lines.get(row, ()) for row in range(1, sheet.last_row + 1)])
