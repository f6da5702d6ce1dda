"""One table of a comparison: rows that were added, dropped and changed, each with its cells."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from smsheets.analysis.compare.changes import Change, Meaning, RowChange, TableChanges
from smsheets.analysis.compare.match import By
from smsheets.analysis.compare.result import WorkbookChanges
from smsheets.analysis.compare.side import Row, Table
from smsheets.report.comparison.values import (
    as_cell,
    before_and_now,
    column_name,
    differing_parts,
    is_long,
    meaning,
    places,
    row_name,
    shown_value,
)
from smsheets.report.document import Cell, Line, Part, Section, Shown, TableView, Verbatim

MOST_SHOWN = 300
"""So many rows of each sort a table of the report shows; it says where the rest is."""
_VALUES_SHOWN = 5
_WORKING = ("posts", "initiatives", "tasks")


def table_section(changes: TableChanges, workbook: WorkbookChanges) -> Section:
    """What became of one table."""
    return Section(changes.table.title, tuple(_parts(changes, workbook)))


def _parts(changes: TableChanges, workbook: WorkbookChanges) -> Iterator[Part]:
    table = changes.table
    if changes.counted:
        yield Line("{before} rows before, {now} now.", {"before": changes.before, "now": changes.now})
        return
    yield from _sheet_lines(changes)
    if table.id in _WORKING:
        yield from _work_line(changes)
    if changes.added:
        yield _rows(changes.added, table, workbook.new.currency, added=True)
        yield from _more_line(len(changes.added) > MOST_SHOWN)
    if changes.dropped:
        yield _rows(changes.dropped, table, workbook.old.currency, added=False)
        yield from _more_line(len(changes.dropped) > MOST_SHOWN)
    cells = (cells for row in changes.changed for cells in _cells(row, table, workbook))
    rows = tuple(islice(cells, MOST_SHOWN))
    if rows and table.form:
        yield TableView(headers=("What", "Before", "Now", "Change", "Cell"), rows=tuple(row[1:] for row in rows))
    elif rows:
        headers = ("Row", "What", "Before", "Now", "Change", "Cell")
        yield TableView(headers=headers, rows=rows, title="Changed")
    lines = _lines(changes)
    told = list(islice(lines, MOST_SHOWN))
    yield from told
    yield from _more_line(next(cells, None) is not None or next(lines, None) is not None)


def _more_line(more: bool) -> Iterator[Line]:
    if more:
        yield Line("The first {count} are shown; '--format json' has all of them.", {"count": MOST_SHOWN})


def _lines(changes: TableChanges) -> Iterator[Line]:
    """What does not fit into a table: long texts, and rows that were found again by what they hold."""
    for row in changes.changed:
        yield from (_long_line(change, row, changes.table) for change in row.changes if is_long(change))
    yield from (_guess_line(row, changes.table) for row in changes.changed if row.by is By.CONTENT)


def _sheet_lines(changes: TableChanges) -> Iterator[Line]:
    """The sheet whose cells are named, so that each of them is short."""
    old, new = _sheet_of(changes, old=True), _sheet_of(changes, old=False)
    if old and new and old != new:
        yield Line("Cells are on the sheet '{new}', before on '{old}'.", {"new": Verbatim(new), "old": Verbatim(old)})
    elif new or old:
        yield Line("Cells are on the sheet '{sheet}'.", {"sheet": Verbatim(new or old)})


def _sheet_of(changes: TableChanges, *, old: bool) -> str:
    rows = [row.old if old else row.new for row in changes.changed] + list(changes.dropped if old else changes.added)
    return next((row.where.sheet for row in rows), "")


def _work_line(changes: TableChanges) -> Iterator[Line]:
    """How many rows moved, and how many went on or back."""
    counts = {
        name: sum(any(change.meaning is meant for change in row.changes) for row in changes.changed)
        for name, meant in (("moved", Meaning.MOVED), ("progress", Meaning.PROGRESS), ("back", Meaning.SET_BACK))
    }
    if any(counts.values()):
        yield Line("{moved} moved, {progress} went on, {back} went back.", counts)


def _rows(rows: tuple[Row, ...], table: Table, currency: str, *, added: bool) -> TableView:
    """Rows that only one side has, with the first of what they hold."""
    return TableView(
        title="Added" if added else "Dropped",
        headers=("Row", "Holds", "Cell"),
        rows=tuple(
            (as_cell(row_name(row, table)), _held_cell(row, table, currency), _place(row)) for row in rows[:MOST_SHOWN]
        ),
    )


def _held_cell(row: Row, table: Table, currency: str) -> Cell:
    """The first values of a row that are not in its name, each with its heading."""
    shown: list[Shown] = []
    for column in table.columns:
        value = row.values.get((column.id, None))
        if value is None or column.id in table.names:
            continue
        text = shown_value(value, column, currency, row.unit)
        shown.append(Line("{label}: {value}", {"label": Line(column.label), "value": text or ""}))
    more = (Verbatim("…"),) if len(shown) > _VALUES_SHOWN else ()
    return as_cell((*shown[:_VALUES_SHOWN], *more)) if shown else None


def _place(row: Row) -> Verbatim:
    return Verbatim(row.first_cell.a1)


def _cells(row: RowChange, table: Table, workbook: WorkbookChanges) -> Iterator[tuple[Cell, ...]]:
    """One line of the table for each change that is not told by itself; the row is named in the first one."""
    name: Shown = row_name(row.new, table)
    for change in row.changes:
        if is_long(change):
            continue
        old, new = before_and_now(change, workbook.old.currency, workbook.new.currency)
        currency = workbook.new.currency if workbook.same_currency else ""
        yield (
            as_cell(name),
            as_cell(column_name(change)),
            as_cell(old),
            as_cell(new),
            meaning(change, currency),
            Verbatim(places(change)),
        )
        name = Verbatim(row.new.id) if row.new.id else name


def _long_line(change: Change, row: RowChange, table: Table) -> Line:
    """A long text: what differs, with what stands around it."""
    values: dict[str, Shown] = {
        "row": row_name(row.new, table),
        "what": column_name(change),
        "cell": Verbatim(places(change)),
    }
    if isinstance(change.old, str) and isinstance(change.new, str):
        old, new = differing_parts(change.old, change.new)
        both = {**values, "old": Verbatim(old), "new": Verbatim(new)}
        return Line("{row}, {what}: '{old}' before, '{new}' now. {cell}", both)
    if isinstance(change.new, str):
        return Line("{row}, {what}: nothing before, '{new}' now. {cell}", {**values, "new": Verbatim(change.new)})
    old_value = change.old if isinstance(change.old, str) else ""
    return Line("{row}, {what}: '{old}' before, nothing now. {cell}", {**values, "old": Verbatim(old_value)})


def _guess_line(row: RowChange, table: Table) -> Line:
    """Says that a row was found again by what it holds."""
    return Line(
        "{old} ({old_cell}) is taken for {new} ({new_cell}), because they are alike. Check whether they are the same.",
        {
            "old": row_name(row.old, table),
            "new": row_name(row.new, table),
            "old_cell": _place(row.old),
            "new_cell": _place(row.new),
        },
    )
