"""Where the tables and forms of a template sit in a user's file: by heading and label, never by position."""

from __future__ import annotations

import dataclasses
from collections.abc import Collection, Iterable, Iterator, Mapping, Set

from smsheets.layout.placed import Layout, PlacedTable
from smsheets.median import median
from smsheets.reader.file.source import SourceWorkbook
from smsheets.reader.file.source_cells import holds
from smsheets.reader.identity.claims import is_marker_sheet
from smsheets.reader.places.column_map import ColumnMap, MappedTable, formula_ranges
from smsheets.reader.places.forms import find_form, find_form_by_map, links, surest_first
from smsheets.reader.places.found import Found as Found
from smsheets.reader.places.found import FoundForm as FoundForm
from smsheets.reader.places.found import FoundTable as FoundTable
from smsheets.reader.places.found import nearest
from smsheets.reader.places.labels import (
    ENOUGH_HEADINGS,
    LOOKS_LIKE,
    SURE_SHARE,
    TITLE_ROWS,
    HeadingFit,
    HeadingSearch,
    Labels,
    Page,
    is_titled,
    likeness,
    wanted_headings,
)
from smsheets.reader.values.words import normal_label

_NEARLY_ALL = 0.75  # of the headings found further down
_SURE_HEADINGS = 3  # fewer may be a table of a person's own
_MOST_COPIES = 5
"""Of one table on one sheet; each is read as a whole."""
_MOST_BETWEEN = 100
"""Rows between a table's title and its headings; what is further up is another's."""


def locate(source: SourceWorkbook, layout: Layout) -> Found:
    """Finds every table and form of a layout."""
    labels = Labels(layout)
    pages = [Page(sheet, labels.depth(sheet.name)) for sheet in source.sheets if not is_marker_sheet(sheet)]
    column_map = ColumnMap(source, layout)
    earlier = {name: column_map.earlier_headings(table) for name, table in layout.tables.items()}
    search = HeadingSearch(layout, pages, labels, earlier)
    tables, copies = _find_tables(search)
    not_made = column_map.blocks_not_made
    tables = {name: table for name, table in tables.items() if name not in not_made}
    by_map = _find_by_map(column_map, search, tables)
    among = {
        name
        for name, table in tables.items()
        if table.placed.spec.computed and _is_among_rows(table, by_map.values()) and not _is_titled(table, search)
    }
    tables = {name: table for name, table in tables.items() if name not in among} | by_map
    tables = _with_parted(tables, search, column_map)
    forms: dict[str, FoundForm] = {}
    taken = {(table.sheet.name, table.header_row, col) for table in tables.values() for col in table.columns.values()}
    taken.update((page.sheet.name, *place) for page in pages for place in links(page, labels))
    for form in surest_first(layout, pages, labels, taken):
        if form.spec.id in not_made:
            continue
        homes = [table.sheet for table in tables.values() if table.placed.sheet == form.sheet]
        found_forms = find_form(form, pages, labels, homes, taken)
        known = len(found_forms[0].cells) if found_forms else 0
        few = known < ENOUGH_HEADINGS * (len(form.spec.fields) - len(column_map.fields_not_made(form)))
        mapped = find_form_by_map(source, form, labels, column_map) if few else None
        if mapped is not None:
            forms[form.spec.id] = FoundForm(form, mapped.sheet, mapped.cells, labels=mapped.labels, mapped=True)
        elif found_forms:
            forms[form.spec.id], *others = found_forms
            copies += others
            taken.update((found_forms[0].sheet.name, *place) for place in found_forms[0].labels.values())
    forms = {
        name: dataclasses.replace(forms[name], not_made=column_map.fields_not_made(form))
        for name, form in layout.forms.items()
        if name in forms
    }
    stops = {
        name: [_stop(table, tables.values(), forms.values(), labels), _others_below(table, search, tables)]
        for name, table in tables.items()
    }
    tables = {
        name: dataclasses.replace(
            table, stop=min(filter(None, stops[name]), default=0), not_made=column_map.columns_not_made(table.placed)
        )
        for name, table in tables.items()
    }
    ranges = formula_ranges(tables, forms.values())
    tables = {name: dataclasses.replace(table, ranges=ranges.get(name)) for name, table in tables.items()}
    return Found(tables, forms, tuple(copies), not_made)


def _table_at(search: HeadingSearch, fit: HeadingFit) -> FoundTable:
    """A table whose headings are in a row."""
    return _columns(fit, search.wanted[fit.name], search.names[fit.name])


def _find_tables(search: HeadingSearch) -> tuple[dict[str, FoundTable], list[FoundTable | FoundForm]]:
    """The row where most of each table's headings are; no row is taken twice, the best fit comes first.

    Also gives the places on other sheets that fit as well.
    """
    chosen, rest = _best_fits(search)
    tables: dict[str, FoundTable] = {}
    rows = {(fit.page.sheet.name, fit.row) for fit in chosen.values()}
    for name, fit in chosen.items():
        found = _table_at(search, fit)
        others = {row for sheet, row in rows if sheet == found.sheet.name and row != fit.row}
        first = _first_headings(fit.page, found, search.labels.of_title(fit.placed), others)
        above = dataclasses.replace(fit, row=first, texts=fit.page.rows[first])
        tables[name] = found if first == fit.row else _table_at(search, above)
    copies: dict[tuple[str, int], FoundTable] = {}
    for fit in rest:
        copy = _table_at(search, fit)
        if (fit.titled or _is_copy(copy)) and not any(_is_inside(copy, own) for own in tables.values()):
            copies.setdefault((copy.sheet.name, copy.header_row), copy)
    return {name: tables[name] for name in search.layout.tables if name in tables}, [
        *_without_repeated(copies.values())
    ]


def _best_fits(search: HeadingSearch) -> tuple[dict[str, HeadingFit], list[HeadingFit]]:
    """The best fit of each table, and the others, on sheets that it is not on."""
    records = _chosen(search, search.fits)[0]
    rows = [_table_at(search, fit) for fit in records.values() if not fit.placed.spec.computed]
    fits = [
        fit
        for fit in search.fits
        if not fit.placed.spec.computed or fit.titled or not _is_among_rows(_table_at(search, fit), rows)
    ]
    return _chosen(search, fits)


def _chosen(search: HeadingSearch, fits: Iterable[HeadingFit]) -> tuple[dict[str, HeadingFit], list[HeadingFit]]:
    chosen: dict[str, HeadingFit] = {}
    taken: dict[tuple[str, int], set[int]] = {}
    rest: list[HeadingFit] = []
    again: list[FoundTable] = []
    for fit in fits:
        first = chosen.get(fit.name)
        if first is not None and fit.placed.spec.computed:
            continue
        found = _table_at(search, fit)
        if first is not None:
            if first.page.sheet is fit.page.sheet:
                again.append(found)
            else:
                rest.append(fit)
            continue
        columns = taken.setdefault((fit.page.sheet.name, fit.row), set())
        if columns.isdisjoint(found.columns.values()) and not _is_more_like(found, again):
            chosen[fit.name] = fit
            columns.update(found.columns.values())
    return chosen, rest


def _is_among_rows(table: FoundTable, records: Iterable[FoundTable]) -> bool:
    """True if what looks like the headings of a computed table are most likely cells of what people fill."""
    return any(table.placed.sheet != other.placed.sheet and _is_inside(table, other) for other in records)


def _is_titled(table: FoundTable, search: HeadingSearch) -> bool:
    return is_titled(search.page_of(table.sheet), table.header_row, search.labels.of_title(table.placed))


def _without_repeated(copies: Iterable[FoundTable]) -> Iterator[FoundTable]:
    """Without those whose headings only repeat another one's among its rows, and at most five on each sheet."""
    kept: dict[tuple[str, str], list[FoundTable]] = {}
    for copy in sorted(copies, key=lambda copy: copy.header_row):
        others = kept.setdefault((copy.sheet.name, copy.placed.spec.id), [])
        if len(others) < _MOST_COPIES and all(copy.columns != other.columns for other in others):
            others.append(copy)
            yield copy


def _find_by_map(
    column_map: ColumnMap, search: HeadingSearch, tables: Mapping[str, FoundTable]
) -> dict[str, FoundTable]:
    """The record tables of which no heading or only a few are known, where the map of the workbook has them."""
    found: dict[str, FoundTable] = {}
    for name, table in search.layout.tables.items():
        by_headings, not_made = tables.get(name), column_map.columns_not_made(table)
        made = sum(column.spec.id not in not_made for column in table.columns)
        if table.spec.computed or (by_headings and len(by_headings.columns) >= ENOUGH_HEADINGS * made):
            continue
        place = column_map.find(table)
        if place is None or any(_overlaps(place, other) for other in tables.values() if other is not by_headings):
            continue
        # A few words of ours in another row may be values; in the same row they are headings.
        known = by_headings.columns if by_headings is not None and _is_same_row(place, by_headings) else {}
        if all(place.columns.get(key, col) == col for key, col in known.items()):
            found[name] = _by_map(table, place, search.page_of(place.sheet), search.labels)
    return found


def _with_parted(
    tables: Mapping[str, FoundTable], search: HeadingSearch, column_map: ColumnMap
) -> dict[str, FoundTable]:
    """The tables with those that were in one in an earlier form of the template: there they share headings and rows."""
    found = dict(tables)
    for name, placed in search.layout.tables.items():
        pair = (placed.spec.once_in, name)
        there = next((found[one] for one in pair if one in found), None)
        if not placed.spec.once_in or there is None:
            continue
        for other in (one for one in pair if one not in found):
            fit = search.fit_at(other, there.sheet, there.header_row)
            if column_map.were_in_one(placed) or fit.sure:
                found[other] = _table_at(search, fit)
        both = [found[one] for one in pair if one in found and _is_same_row(found[one], there)]
        lacking = [table for table in both if len(table.columns) < len(table.placed.columns)] or both
        for table in both if len(both) > 1 else ():
            own = {col: text for col, text in table.strange.items() if nearest(col, lacking) is table}
            found[table.placed.spec.id] = dataclasses.replace(table, strange=own)
    return {name: found[name] for name in search.layout.tables if name in found}


def _is_same_row(place: MappedTable | FoundTable, table: FoundTable) -> bool:
    return table.sheet is place.sheet and table.header_row == place.header_row


def _overlaps(place: MappedTable, table: FoundTable) -> bool:
    return _is_same_row(place, table) and not set(table.columns.values()).isdisjoint(place.columns.values())


def _by_map(table: PlacedTable, place: MappedTable, page: Page, labels: Labels) -> FoundTable:
    """A table in the columns that the map has, and in those beside them whose headings are known."""
    wanted, mapped = wanted_headings(table, labels), place.columns
    texts = page.rows.get(place.header_row, {})
    beside = {wanted[text]: col for col, text in sorted(texts.items(), reverse=True) if text in wanted}
    free = {key: col for key, col in beside.items() if key not in mapped and col not in mapped.values()}
    columns = {**mapped, **free}
    ordered = {column.key: columns[column.key] for column in table.columns if column.key in columns}
    rest = (col for col, text in texts.items() if text and col not in columns.values())
    own = {col: page.shown(place.header_row, col) for col in rest}
    return FoundTable(table, place.sheet, place.header_row, ordered, own, mapped=True)


def _first_headings(page: Page, found: FoundTable, titles: Set[str], taken: Set[int]) -> int:
    """The first row with headings like those that were found: further down they may only be repeated.

    The first ones may be misspelt, so that those below fit better. Rows that are taken are another table's.
    """
    below = page.rows[found.header_row]
    # Those that begin higher up, in a merged range, are in the row above it, too.
    heads = {col: below[col] for col in found.columns.values() if (found.header_row, col) in page.sheet.cells}
    for row in sorted(page.rows.keys() - taken):
        texts = page.rows[row]
        if row == found.header_row or found.placed.spec.computed:
            break
        same = sum(texts.get(col) == head for col, head in heads.items())
        if same and row < found.header_row and is_titled(page, row, titles):
            return row
        if same >= max(1, ENOUGH_HEADINGS * len(heads)) or heads.keys() <= texts.keys():
            alike = sum(likeness(head, texts.get(col, "")) >= LOOKS_LIKE for col, head in heads.items())
            if alike >= (_NEARLY_ALL if same else 1) * len(heads):
                return row
    return found.header_row


def _is_more_like(found: FoundTable, again: Iterable[FoundTable]) -> bool:
    """True if the headings are another table's that repeats them further down its sheet."""
    return any(
        other.sheet is found.sheet
        and other.header_row == found.header_row
        and _is_copy(other)
        and len(found.columns) < len(other.columns)
        and not set(other.columns.values()).isdisjoint(found.columns.values())
        for other in again
    )


def _is_inside(table: FoundTable, other: FoundTable) -> bool:
    """True if a table's headings are among the rows of another one."""
    beside = set(table.columns.values()).isdisjoint(other.columns.values())
    return table.sheet is other.sheet and table.header_row >= other.header_row and not beside


def _is_copy(table: FoundTable) -> bool:
    """True if there are enough headings for one of our tables, and no table of a person's own."""
    return len(table.columns) >= max(_SURE_HEADINGS, SURE_SHARE * len(table.placed.columns))


def _columns(fit: HeadingFit, wanted: Mapping[str, str], names: Collection[str]) -> FoundTable:
    """Which column is which. Where a heading is there twice, the one that moved like the others is taken."""
    table, page, row, texts = fit.placed, fit.page, fit.row, fit.texts
    places: dict[str, list[int]] = {}
    strange: dict[int, str] = {}
    for col, label in sorted(texts.items()):
        key = wanted.get(label)
        if key is None and label:
            strange[col] = page.shown(row, col)
        elif key is not None:
            places.setdefault(key, []).append(col)
    single = [cols[0] - table.by_key[key].col for key, cols in places.items() if len(cols) == 1]
    shift = round(median(single)) if single else 0
    columns: dict[str, int] = {}
    doubled: dict[str, tuple[int, ...]] = {}
    for key, cols in places.items():
        own = normal_label(table.by_key[key].label)
        exact = [col for col in cols if texts[col] == own]
        expected = table.by_key[key].col + shift
        chosen, *others = sorted(exact or cols, key=lambda col: abs(col - expected))
        columns[key] = chosen
        if others:
            doubled[key] = tuple(others)
        # Someone's own column may be called by what is another name of ours, but not by ours in another language.
        for col in cols if exact else ():
            if col not in exact and texts[col] in names:
                doubled[key] = (*doubled.get(key, ()), col)
            elif col not in exact:
                strange[col] = page.shown(row, col)
    return FoundTable(table, page.sheet, row, columns, strange, doubled, wanted)


def _stop(table: FoundTable, tables: Iterable[FoundTable], forms: Iterable[FoundForm], labels: Labels) -> int:
    """The row where something else of ours begins below a table, on its sheet and in its columns; or 0."""
    first, last = min(table.columns.values()), max(table.columns.values())
    below = [
        _top(other, labels)
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
    return min(below, default=0)


def _others_below(table: FoundTable, search: HeadingSearch, tables: Collection[str]) -> int:
    """The row where another table was pasted below one of records: it is read elsewhere, or not found; or 0."""
    if table.placed.spec.computed:
        return 0
    name, columns = table.placed.spec.id, {*table.columns.values(), *table.strange}
    fits = [
        fit
        for fit in search.fits
        if fit.sure
        and fit.page.sheet is table.sheet
        and fit.row > table.header_row
        and fit.name != name
        and fit.matched > search.count(name, fit.page, fit.row)
        and not columns.isdisjoint(fit.page.rows[fit.row])
    ]
    first = min((fit.row for fit in fits), default=0)
    below = [_top(_table_at(search, fit), search.labels) for fit in fits if fit.row == first]
    page = search.page_of(table.sheet)
    for other in search.layout.tables.values():
        if other.spec.id not in tables:
            below += _misspelt_below(other, page, table, search.labels)
    return min((row for row in below if row > table.header_row), default=0)


def _misspelt_below(missing: PlacedTable, page: Page, table: FoundTable, labels: Labels) -> Iterator[int]:
    """The rows below a table that are the title of one that was not found, with misspelt headings under it."""
    heads = [label for column in missing.columns for label in labels.of_column(column)]
    for row, _ in (place for title in labels.of_title(missing) for place in page.places.get(title, ())):
        lines = (page.rows.get(row + down, {}) for down in range(1, TITLE_ROWS + 1)) if row > table.header_row else ()
        for texts in lines:
            alike = sum(any(likeness(head, text) >= LOOKS_LIKE for head in heads) for text in texts.values())
            if alike and 2 * alike >= len(missing.columns):
                yield row
                break


def _top(table: FoundTable, labels: Labels) -> int:
    """The first row of a table with its title and its totals: they may be further up, with rows put in between."""
    placed, sheet, titles = table.placed, table.sheet, labels.of_title(table.placed)
    above = (row for row in (placed.title_row, placed.total_row, placed.header_row) if row is not None)
    top = table.header_row - placed.header_row + min(above)
    first, last = min(table.columns.values()), max(table.columns.values())
    has_totals = False
    for row in range(table.header_row - 1, max(0, table.header_row - _MOST_BETWEEN), -1):
        cells = [cell for cell in sheet.row(row) if first <= cell.col <= last and holds(cell)]
        is_title = any(normal_label(cell.value) in titles for cell in cells if isinstance(cell.value, str))
        is_total = not has_totals and all(cell.is_formula and cell.col in table.summed for cell in cells)
        if cells and (is_title or is_total):
            top = min(top, row)
            has_totals = True
        if cells and not is_total:
            break
    return top
