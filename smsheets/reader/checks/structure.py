"""Sheets, tables and forms that are gone, that were copied, or that a person added, and what of them formulas need."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple, TypeVar

from smsheets.cells import Area, named_areas
from smsheets.layout.formulas import NO_FIGURE, FormulaResolver
from smsheets.layout.items import USUAL_WEEKEND, WEEKEND_DIGITS, weekend_of
from smsheets.layout.lists import named_words
from smsheets.layout.placed import Layout, PlacedForm, PlacedSheet, PlacedTable
from smsheets.problems import Problem, make_problem
from smsheets.reader.file.source_cells import CellValue, ErrorValue
from smsheets.reader.identity.claims import is_marker_sheet
from smsheets.reader.places.found import Found, FoundForm, FoundTable
from smsheets.reader.places.labels import Labels
from smsheets.reader.rows import Checked, message_label
from smsheets.reader.values.words import normal_label


def check_version_is_known(checked: Checked) -> Iterator[Problem]:
    """One problem where a later form of the template is at hand than the program knows."""
    known = checked.layout.spec.version
    if checked.version > known:
        where = checked.cell(checked.source.sheets[0].name, 1, 1)
        yield make_problem("workbook.version", where, found=str(checked.version), read=str(known))


def check_parts_are_found(checked: Checked) -> Iterator[Problem]:
    """A problem for each table or form that is gone; one for the sheet where it has no other."""
    found, layout = checked.found, checked.layout
    first = checked.source.sheets[0].name
    names = {sheet.name for sheet in checked.source.sheets}
    there: list[FoundTable | FoundForm] = [*found.tables.values(), *found.forms.values()]
    for sheet in layout.sheets:
        gone = [block for block in _blocks_that_matter(sheet) if not _is_found(block, found)]
        if sheet.name in names or any(block.placed.sheet == sheet.name for block in there):
            gone += [form for form in _small_forms(sheet) if not _is_found(form, found)]
        where = checked.cell(sheet.name if sheet.name in names else first, 1, 1)
        if gone and sheet.name not in names and len(gone) == len(_blocks_that_matter(sheet)):
            yield make_problem("sheet.missing", where, table=sheet.name)
        else:
            for block in gone:
                yield make_problem("table.missing", where, table=checked.reading.title(block))
    yield from _needed_figures(checked)
    if layout.lists and not checked.lists_sheet:
        yield make_problem("sheet.missing", checked.cell(first, 1, 1), table=layout.lists_sheet)


def _needed_figures(checked: Checked) -> Iterator[Problem]:
    """A problem for each computed table or form that is gone although formulas name it."""
    names = {sheet.name for sheet in checked.source.sheets}
    layout, found = checked.layout, checked.found
    gone: dict[str, tuple[str, Area]] = {
        name: (table.sheet, (table.header_row, table.columns[0].col, table.last_row, table.last_col))
        for name, table in layout.tables.items()
        if table.spec.computed and name not in found.tables and name not in found.not_made
    }
    for name, form in layout.forms.items():
        computed = all(item.formula is not None for item in form.spec.fields)
        if computed and name not in found.forms and name not in found.not_made:
            last = form.first_row + len(form.spec.fields) - 1
            gone[name] = form.sheet, (form.first_row, form.value_col, last, form.value_col)
    for name in formulas_naming(gone, checked):
        block = layout.tables.get(name) or layout.forms[name]
        sheet = block.sheet if block.sheet in names else checked.source.sheets[0].name
        yield make_problem("table.missing", checked.cell(sheet, 1, 1), table=checked.reading.title(block))


def check_weekend_is_counted(checked: Checked) -> Iterator[Problem]:
    """One problem where working days leave out Saturday and Sunday, because it had no line Weekend when it was made."""
    form, weekend = checked.found.forms.get("start"), weekend_of(checked.layout.profile)
    if form is None or WEEKEND_DIGITS not in form.not_made:
        return
    if weekend == USUAL_WEEKEND or not checked.rows.get("initiatives"):
        return
    row, col = form.cells.get("country", (1, 1))
    words = checked.reading.vocabulary
    shown = {"found": checked.layout.profile.country, "read": words.word_of("weekends", weekend)}
    yield make_problem("workbook.other-weekend", checked.cell(form.sheet.name, row, col), **shown)


def _blocks_that_matter(sheet: PlacedSheet) -> list[PlacedTable | PlacedForm]:
    """The record tables of a sheet, and the forms that have to be filled in."""
    forms = [form for form in sheet.forms() if any(item.required for item in form.spec.fields)]
    return [*(table for table in sheet.tables() if not table.spec.computed), *forms]


def _small_forms(sheet: PlacedSheet) -> list[PlacedForm]:
    """The forms that may stay empty, but hold something to fill in."""
    fields = {form.spec.id: form.spec.fields for form in sheet.forms()}
    return [
        form
        for form in sheet.forms()
        if any(item.formula is None for item in fields[form.spec.id])
        and not any(item.required for item in fields[form.spec.id])
    ]


def _is_found(block: PlacedTable | PlacedForm, found: Found) -> bool:
    there = found.tables if isinstance(block, PlacedTable) else found.forms
    return block.spec.id in there or block.spec.id in found.not_made


def own_sheets(checked: Checked) -> tuple[str, ...]:
    """The names of the sheets that are none of the template's and that nothing was read from."""
    found, labels = checked.found, Labels(checked.layout)
    ours = {normal_label(name) for sheet in checked.layout.sheets for name in labels.of_sheet(sheet.name)}
    tables = {table.sheet.name for table in found.tables.values()}
    known = {checked.lists_sheet, *tables, *(form.sheet.name for form in found.forms.values())}
    return tuple(
        sheet.name
        for sheet in checked.source.sheets
        if sheet.name not in known
        and normal_label(sheet.name) not in ours
        and sheet.last_row
        and not is_marker_sheet(sheet)
    )


def check_parts_stand_once(checked: Checked) -> Iterator[Problem]:
    """A problem for each copy of a table or form that holds something the original does not."""
    for copy in checked.found.copies:
        if isinstance(copy, FoundTable):
            table = checked.found.tables[copy.placed.spec.id]
            lost = bool(_rows(copy, list(copy.columns)) - _rows(table, list(copy.columns)))
            row, col, read = copy.header_row, min(copy.columns.values()), table.sheet.name
        else:
            form = checked.found.forms[copy.placed.spec.id]
            lost = bool(_values(copy) - _values(form))
            (row, col), read = min(copy.labels.values()), form.sheet.name
        if lost:
            title = checked.reading.title(copy.placed)
            yield make_problem("table.twice", checked.cell(copy.sheet.name, row, col), table=title, read=read)


def _rows(table: FoundTable, keys: Sequence[str]) -> set[tuple[CellValue, ...]]:
    """The inputs of each record; what a formula shows is no input."""
    inputs = [key for key in keys if table.placed.by_key[key].spec.formula is None]
    return {tuple(_at(table, row, key) for key in inputs) for row in table.rows.records}


def _at(table: FoundTable, row: int, key: str) -> CellValue:
    cell = table.sheet.cells.get((row, table.columns[key])) if key in table.columns else None
    return cell.value if cell is not None else None


def _values(form: FoundForm) -> set[tuple[str, CellValue]]:
    inputs = [item.id for item in form.placed.spec.fields if item.formula is None and item.id in form.cells]
    cells = ((key, form.sheet.cells.get(form.cells[key])) for key in inputs)
    return {(key, cell.value) for key, cell in cells if cell is not None and cell.value not in (None, "")}


def list_rooms(table: FoundTable) -> Mapping[str, int]:
    """The lists that a table has a row or a column for each word of -> how many of them it has in the file.

    A table without its formulas, as some programs save it, does not show where its places end.
    """
    cells, spec = table.sheet.cells, table.placed.spec
    rooms = {}
    if (spec.each or "").startswith("list:"):
        col, row = min(table.columns.values()), table.header_row + 1
        while (cell := cells.get((row, col))) is not None and cell.is_formula:
            row += 1
        rooms[(spec.each or "")[5:]] = row - table.header_row - 1
    named = set(table.columns.values())
    for source in dict.fromkeys(column.each or "" for column in spec.columns):
        if source.startswith("list:"):
            ids = [column.id for column in spec.columns if column.each == source]
            there = sum(key.startswith(f"{ids[0]}#") for key in table.columns)
            heads = (cell for (row, col), cell in cells.items() if row == table.header_row and col not in named)
            rooms[source[5:]] = there + sum(head.is_formula for head in heads) // len(ids)
    return {name: room for name, room in rooms.items() if room}


def words_as_text(found: Found, layout: Layout) -> bool:
    """True if the formulas name words of open lists as texts, as they did in workbooks made before 0.2."""
    open_words = [
        f'"{layout.list_word(list_id, value_id)}"'
        for list_id, value_id in named_words(layout.spec)
        if list_id in layout.lists and layout.lists[list_id].spec.open
    ]
    for table in found.tables.values() if open_words else ():
        for column in table.placed.columns:
            if column.key in table.columns and "{word:" in (column.spec.formula or ""):
                cells = (table.sheet.cells.get((row, table.columns[column.key])) for row in table.rows.records[:1])
                if any(cell is not None and word in (cell.formula or "") for cell in cells for word in open_words):
                    return True
    return False


Rows = Mapping[tuple[str, int], Sequence[tuple[int, int]]]
"""Sheet and column -> first and last row of each run of cells."""


def names_any(formula: str, sheet: str, rows: Rows) -> bool:
    """True if a formula of a sheet names one of these cells."""
    return any(
        first_row <= bottom and top <= last_row
        for named, (first_row, first, last_row, last) in named_areas(formula, sheet)
        for col in range(first, last + 1)
        for top, bottom in rows.get((named, col), ())
    )


class Formula(NamedTuple):
    """A formula that the workbook still has, as it was made, with the table or form it is in."""

    block: str
    sheet: str
    label: str
    text: str


BROKEN = "#REF!"
"""The error of a formula that names cells which were deleted; no input is ever the cause of it."""

Part = TypeVar("Part", bound=Hashable)

_MOST_NAMED = 20
"""Columns that one problem names; who deleted more knows by then which they were."""

_MOST_BROKEN = 6
"""Columns of the same table that no longer work, as far as one problem names them."""


def formulas_naming(areas: Mapping[Part, tuple[str, Area]], checked: Checked) -> Mapping[Part, list[Formula]]:
    """The formulas that name something in an area; areas that none names are left out.

    Args:
        areas: Whatever is gone -> its sheet and its cells, where the layout has them.
    """
    users: dict[Part, list[Formula]] = {}
    if not areas or checked.source.values_only:
        return users
    by_column: dict[tuple[str, int], list[tuple[Part, Area]]] = {}
    for part, (sheet, area) in areas.items():
        for col in range(area[1], area[3] + 1):
            by_column.setdefault((sheet, col), []).append((part, area))
    for formula in _formulas(checked):
        for sheet, (first_row, first, last_row, last) in named_areas(formula.text, formula.sheet):
            for part, area in (item for col in range(first, last + 1) for item in by_column.get((sheet, col), ())):
                if first_row <= area[2] and area[0] <= last_row:
                    users.setdefault(part, []).append(formula)
    return users


def _formulas(checked: Checked) -> Iterator[Formula]:
    """The formulas of the columns, totals and lines that are there; of rows that are alike, those of the first."""
    layout, found = checked.layout, checked.found
    resolver = FormulaResolver(layout)
    for name, table in layout.tables.items():
        there = found.tables[name].columns if name in found.tables else {}
        rows = range(table.first_row, table.last_row + 1) if table.items else (table.first_row,)
        for column in (column for column in table.columns if column.key in there):
            label = message_label(column, layout)
            if column.spec.formula is not None:
                for row in rows:
                    yield Formula(name, table.sheet, label, resolver.column_formula(table, column, row))
            if table.total_row is not None and column.spec.total is not None:
                yield Formula(name, table.sheet, label, resolver.total_formula(table, column))
    for name, form in layout.forms.items():
        for item in form.spec.fields if name in found.forms else ():
            if item.formula is not None and item.id in found.forms[name].cells:
                label = layout.words.text(item.label)
                yield Formula(name, form.sheet, label, resolver.field_formula(form, item.formula))


def quoted_list(labels: Sequence[str], most: int = _MOST_NAMED) -> str:
    """`'Planned', 'Actual'`, and `...` for those that are too many."""
    return ", ".join([f"'{label}'" for label in labels[:most]] + ["..."] * (len(labels) > most))


def broken_places(
    formulas: Iterable[Formula], block: FoundTable | FoundForm, errors: Mapping[str, str], checked: Checked
) -> str:
    """Where these formulas are: `'Left', Dashboard (14 x #REF!)`; those of the same block by label, others by sheet."""
    found: dict[str, FoundTable | FoundForm] = {**checked.found.tables, **checked.found.forms}
    own: dict[str, None] = {}
    sheets: dict[str, None] = {}
    for formula in formulas:
        if formula.block == block.placed.spec.id:
            own[formula.label] = None
        else:
            sheets[found[formula.block].sheet.name] = None
    places = [
        f"{sheet} ({errors[sheet]})" if sheet in errors else sheet for sheet in {**sheets, **dict.fromkeys(errors)}
    ]
    return ", ".join(filter(None, (quoted_list(list(own), _MOST_BROKEN), *places)))


def errors_by_sheet(checked: Checked) -> Mapping[str, str]:
    """Sheet -> how often its formulas show an error: `14 x #REF!`."""
    blocks: list[FoundTable | FoundForm] = [*checked.found.tables.values(), *checked.found.forms.values()]
    errors: dict[str, str] = {}
    for sheet in {block.sheet.name: block.sheet for block in blocks}.values():
        cells = (cell for cell in sheet.cells.values() if cell.is_formula and NO_FIGURE not in (cell.formula or ""))
        shown = Counter(str(cell.value) for cell in cells if isinstance(cell.value, ErrorValue))
        if shown:
            errors[sheet.name] = ", ".join(f"{count} x {error}" for error, count in shown.most_common())
    return errors


def names_deleted_cells(checked: Checked) -> bool:
    """True if a formula of the workbook names cells that were deleted."""
    cells = (cell for sheet in checked.source.sheets for cell in sheet.cells.values() if cell.is_formula)
    return any(BROKEN in (cell.formula or "") or str(cell.value) == BROKEN for cell in cells)


def broken_formulas(checked: Checked) -> Iterator[Problem]:
    """One problem for each sheet with formulas that name cells which were deleted.

    What depends on them shows the same error, and is right to: such a sheet is left out.
    """
    blocks: list[FoundTable | FoundForm] = [*checked.found.tables.values(), *checked.found.forms.values()]
    ours = {block.sheet.name for block in blocks} | {sheet.name for sheet in checked.layout.sheets}
    shown = {
        sheet.name: [cell for cell in sheet.cells.values() if cell.is_formula and str(cell.value) == BROKEN]
        for sheet in checked.source.sheets
        if sheet.name in ours
    }
    begin = {name: [cell for cell in cells if BROKEN in (cell.formula or "")] for name, cells in shown.items()}
    # Some programs keep no formula that is broken: then nobody knows where it began.
    for name, cells in (begin if any(begin.values()) else shown).items():
        if cells:
            first = min(cells, key=lambda cell: (cell.row, cell.col))
            where = checked.cell(name, first.row, first.col)
            yield make_problem("sheet.errors", where, found=BROKEN, count=str(len(shown[name])), place=where.a1)
