"""Ids that name no row, words of lists that formulas cannot work with, and inputs that are still to be filled in."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from smsheets.cells import CellRef
from smsheets.layout.lists import named_words
from smsheets.layout.placed import PlacedColumn
from smsheets.problems import MissingInput, Problem, make_problem
from smsheets.reader.checks.structure import list_rooms, words_as_text
from smsheets.reader.places.found import Found, FoundTable
from smsheets.reader.rows import Checked, Reading, ReadRow, message_label
from smsheets.reader.values.scope import Value
from smsheets.reader.values.words import normal_label
from smsheets.spec.formula import names_in, parse_formula
from smsheets.spec.load import fields_of
from smsheets.spec.model import Table, Workbook

_COMPARED = 50_000
"""This many pairs of ids are compared for a guess at what was meant."""
_ALIKE = 0.75
"""Of two ids, 0 to 1: one slip in three or four characters."""
_SHOWN = 60
"""Characters of an id in a message; the others are cut off."""


def check_references_are_known(checked: Checked) -> Iterator[Problem]:
    """A problem for every cell that names an id no row has."""
    rows, tables = checked.rows, checked.found.tables
    for table_id, records in rows.items():
        for column in tables[table_id].placed.columns:
            target, _, target_column = (column.spec.choices or "").partition(".")
            if not target_column or target not in rows or column.spec.formula is not None:
                continue
            if target_column not in tables[target].columns:
                continue  # named by itself where it was deleted
            yield from _unknown_ids(column, tables[table_id], records, target, target_column, checked)


def _ids_above(table: FoundTable) -> frozenset[str]:
    """The ids of rows that got above a table's headings: those rows are named by themselves."""
    prefix, cells = table.placed.spec.prefix, table.sheet.cells
    if not prefix:
        return frozenset()
    texts = (cell.value for (row, _), cell in cells.items() if row < table.header_row and isinstance(cell.value, str))
    return frozenset(normal_label(text) for text in texts if re.fullmatch(rf"{prefix}\d+", text.strip()))


def _unknown_ids(
    column: PlacedColumn,
    table: FoundTable,
    records: Sequence[ReadRow],
    target: str,
    target_column: str,
    checked: Checked,
) -> Iterator[Problem]:
    known = {normal_label(str(row.values.get(target_column) or "")): row for row in checked.rows[target]}
    known_above = _ids_above(checked.found.tables[target])
    guesses = iter(range(_COMPARED // max(len(known), 1)))
    for row in records:
        value = row.values.get(column.key)
        for named in value if isinstance(value, tuple) else (value,):
            if named is None or normal_label(str(named)) in known or normal_label(str(named)) in known_above:
                continue
            guess = ""
            if next(guesses, None) is not None:
                close = difflib.get_close_matches(normal_label(str(named)), known, n=1, cutoff=_ALIKE)
                guess = str(known[close[0]].values[target_column]) if close else ""
            yield make_problem(
                "id.unknown",
                checked.cell(table.sheet.name, row.row, table.columns[column.key]),
                column=message_label(column, checked.layout),
                found=str(named)[:_SHOWN],
                guess=guess,
                table=checked.reading.title(checked.layout.tables[target]),
            )


def check_words_work(checked: Checked) -> Iterator[Problem]:
    """A problem for words of the Lists sheet that the sheet's own formulas leave out or take for something else."""
    if not checked.lists_sheet:
        return
    yield from _words_without_room(checked)
    yield from _renamed_words(checked)
    lists = checked.lists
    for name, texts in conditions_in_lists(checked).items():
        for n, text in enumerate(lists.shown[name]):
            if text in texts:
                row, col = lists.headings[name]
                where = checked.cell(lists.sheet, row + 1 + n, col)
                yield make_problem("list.condition", where, found=text[:_SHOWN], list=_label(name, checked))


def conditions_in_lists(checked: Checked) -> Mapping[str, Sequence[str]]:
    """List id -> its words that COUNTIFS and SUMIFS follow, not find: `>100`, `~misc`, `Ads*` beside `Ads 2`."""
    counted = _counted_lists(checked.layout.spec)
    found = {}
    for name, texts in checked.lists.shown.items():
        words = [text for text in texts if _is_condition(text, texts)] if name in counted else []
        if words:
            found[name] = words
    return found


def _is_condition(text: str, others: Iterable[str]) -> bool:
    if text[:1] in ("<", ">", "=") or "~" in text:
        return True
    if "*" not in text and "?" not in text:
        return False
    pattern = _wildcards(text)
    return any(other != text and pattern.fullmatch(other) for other in others if other)


def _wildcards(text: str) -> re.Pattern[str]:
    """What a text with `*` and `?` stands for; a part between two asterisks is looked for where it comes first."""
    first, *more = ("".join("." if letter == "?" else re.escape(letter) for letter in part) for part in text.split("*"))
    middle = "".join(f"(?>.*?{part})" for part in more[:-1])
    return re.compile(f"{first}{middle}.*{more[-1]}" if more else first, re.IGNORECASE)


def _counted_lists(spec: Workbook) -> frozenset[str]:
    """The open lists whose words formulas count by."""
    tables = [block for sheet in spec.sheets for block in sheet.blocks if isinstance(block, Table)]
    columns = {(table.id, column.id): column for table in tables for column in table.columns}
    texts = (item.formula for item in fields_of(spec) if item.formula is not None)
    named = {(name.scope, name.name) for text in texts for name in names_in(parse_formula(text))}
    used = {columns[key].choices for key in named & columns.keys()}
    return frozenset(item.id for item in spec.lists if item.open and item.id in used)


def _words_without_room(checked: Checked) -> Iterator[Problem]:
    """A problem for each open list that has words beyond the rows or columns of the table that shows them."""
    lists, done = checked.lists, set()
    for table in checked.found.tables.values() if not checked.source.values_only else ():
        for name, room in list_rooms(table).items():
            words = [(n, text) for n, text in enumerate(lists.shown.get(name, ()), 1) if text and n > room]
            if not words or name in done or not checked.layout.lists[name].spec.open:
                continue
            done.add(name)
            row, col = lists.headings[name]
            where = checked.cell(lists.sheet, row + words[0][0], col)
            beyond = ", ".join(f"'{text[:_SHOWN]}'" for _, text in words[:_NAMED_WORDS])
            found = beyond + (", ..." if len(words) > _NAMED_WORDS else "")
            title, label = checked.reading.title(table.placed), _label(name, checked)
            yield make_problem("list.no-room", where, table=title, list=label, found=found, count=str(room))


_NAMED_WORDS = 10
"""Words that one problem names; the others are below them."""


def _renamed_words(checked: Checked) -> Iterator[Problem]:
    """A problem for each word that formulas name as text and that was renamed on the Lists sheet."""
    layout, lists = checked.layout, checked.lists
    for list_id, value_id in sorted(named_words(layout.spec)):
        placed, shown = layout.lists.get(list_id), lists.shown.get(list_id, ())
        word = layout.list_word(list_id, value_id)
        if placed is None or not placed.spec.open or value_id not in placed.ids:
            continue
        n = placed.ids.index(value_id)
        if n < len(shown) and shown[n].casefold() != word.casefold() and words_as_text(checked.found, layout):
            row, col = lists.headings[list_id]
            where = checked.cell(lists.sheet, row + 1 + n, col)
            yield make_problem("list.renamed-word", where, found=shown[n][:_SHOWN], read=word)


def _label(list_id: str, checked: Checked) -> str:
    return checked.reading.vocabulary.label(list_id)


def missing_inputs(
    found: Found,
    rows: Mapping[str, Sequence[ReadRow]],
    forms: Mapping[str, Mapping[str, Value]],
    reading: Reading,
) -> Iterator[MissingInput]:
    """Required fields without a value, required columns with empty cells, tables without a row."""
    words = reading.layout.words
    hidden = {form.spec.id for sheet in reading.layout.sheets if sheet.hidden for form in sheet.forms()}
    for form_id, form in found.forms.items():
        for item in form.placed.spec.fields if form_id not in hidden else ():
            if item.required and item.formula is None and forms[form_id].get(item.id) in _EMPTY:
                row, col = form.cells.get(item.id, (min(row for row, _ in form.cells.values()), 1))
                cell = CellRef(reading.file, form.sheet.name, row, col)
                yield MissingInput(cell=cell, label=words.text(item.label), count=1)
    for table_id, records in rows.items():
        yield from _missing_in_table(found.tables[table_id], records, reading)


_EMPTY = (None, ())


def _missing_in_table(table: FoundTable, records: Sequence[ReadRow], reading: Reading) -> Iterator[MissingInput]:
    """A column that repeats over months is missing in a row where every month is empty."""
    words = reading.layout.words
    required = {
        column_id: [column for column in columns if column.key in table.columns]
        for column_id, columns in table.placed.repetitions.items()
        if columns[0].spec.required and columns[0].spec.formula is None
    }
    if not records:
        title = words.text(table.placed.spec.title) or table.sheet.name
        where = CellRef(reading.file, table.sheet.name, table.header_row + 1, min(table.columns.values()))
        if required:
            yield MissingInput(cell=where, label=title, count=0)
        return
    for columns in required.values():
        empty = [row.row for row in records if all(row.values.get(column.key) in _EMPTY for column in columns)]
        if empty and columns:
            where = CellRef(reading.file, table.sheet.name, empty[0], table.columns[columns[0].key])
            yield MissingInput(cell=where, label=words.text(columns[0].spec.label), count=len(empty))
