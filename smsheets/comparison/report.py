"""Comparison -> the sections of a report, and a page: what differs at a glance, each workbook, the findings."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from operator import attrgetter

from smsheets.analysis.finding import Finding
from smsheets.comparison.changes import Change, Meaning, RowChange, TableChanges
from smsheets.comparison.figures import (
    as_cell,
    before_and_now,
    column_name,
    differing_parts,
    figure_parts,
    is_long,
    meaning,
    places,
    row_name,
    shown_value,
)
from smsheets.comparison.match import By
from smsheets.comparison.run import Comparison, FindingChanges, WorkbookChanges
from smsheets.comparison.side import OwnPart, Row, Side, Table
from smsheets.periods import add_months
from smsheets.plan.record import group_by
from smsheets.report.document import Cell, Line, Month, Part, Section, Shown, TableView, Verbatim
from smsheets.report.sections.cells import finding_entry, kind_cell
from smsheets.report.wording import Words

_MOST_SHOWN = 300
"""Rows of each sort that a table of the report shows, at most; it says where the rest is."""
_VALUES_SHOWN = 5  # of a row that came or went: enough to know it
_WORKING = ("posts", "initiatives", "tasks")


def _table_parts(changes: TableChanges, workbook: WorkbookChanges) -> Iterator[Part]:
    """The changes of one table."""
    table = changes.table
    if changes.counted:
        yield Line("{before} rows before, {now} now.", {"before": changes.before, "now": changes.now})
        return
    yield from _sheet_lines(changes)
    if table.id in _WORKING:
        yield from _work_line(changes)
    for rows, side in ((changes.added, workbook.new), (changes.dropped, workbook.old)):
        yield from _rows(rows, table, side.currency, added=side is workbook.new)
    cells = (cells for row in changes.changed for cells in _cells(row, table, workbook))
    changed = tuple(islice(cells, _MOST_SHOWN))
    if changed and table.form:
        yield TableView(headers=("What", "Before", "Now", "Change", "Cell"), rows=tuple(row[1:] for row in changed))
    elif changed:
        headers = ("Row", "What", "Before", "Now", "Change", "Cell")
        yield TableView(headers=headers, rows=changed, title="Changed")
    lines = _lines(changes)
    yield from islice(lines, _MOST_SHOWN)
    yield from _more_line(next(cells, None) is not None or next(lines, None) is not None)


def _more_line(more: bool) -> Iterator[Line]:
    if more:
        yield Line("The first {count} are shown; '--format json' has all of them.", {"count": _MOST_SHOWN})


def _lines(changes: TableChanges) -> Iterator[Line]:
    """Lines for what does not fit into a table: long texts, and rows that were found again by what they hold."""
    for row in changes.changed:
        yield from (_long_line(change, row, changes.table) for change in row.changes if is_long(change))
    yield from (_guess_line(row, changes.table) for row in changes.changed if row.by is By.CONTENT)


def _sheet_lines(changes: TableChanges) -> Iterator[Line]:
    """The sheet whose cells are named, so that each of them is short."""
    before = (*(row.old for row in changes.changed), *changes.dropped)
    now = (*(row.new for row in changes.changed), *changes.added)
    old, new = (next((row.where.sheet for row in rows), "") for rows in (before, now))
    if old and new and old != new:
        yield Line("Cells are on the sheet '{new}', before on '{old}'.", {"new": Verbatim(new), "old": Verbatim(old)})
    elif new or old:
        yield Line("Cells are on the sheet '{sheet}'.", {"sheet": Verbatim(new or old)})


def _work_line(changes: TableChanges) -> Iterator[Line]:
    """How many rows moved, and how many went on or back."""
    counts = {
        name: sum(any(change.meaning is meant for change in row.changes) for row in changes.changed)
        for name, meant in (("moved", Meaning.MOVED), ("progress", Meaning.PROGRESS), ("back", Meaning.SET_BACK))
    }
    if any(counts.values()):
        yield Line("{moved} moved, {progress} made progress, {back} fell back.", counts)


def _rows(rows: tuple[Row, ...], table: Table, currency: str, *, added: bool) -> Iterator[Part]:
    """Rows that only one side has, with the first of what they hold."""
    cells = tuple(
        (as_cell(row_name(row, table)), _held_cell(row, table, currency), Verbatim(row.first_cell.a1))
        for row in rows[:_MOST_SHOWN]
    )
    if cells:
        yield TableView(title="Added" if added else "Dropped", headers=("Row", "Holds", "Cell"), rows=cells)
    yield from _more_line(len(rows) > _MOST_SHOWN)


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


def _cells(row: RowChange, table: Table, workbook: WorkbookChanges) -> Iterator[tuple[Cell, ...]]:
    """One line of the table for each change that has no line of its own; the row is named in the first one."""
    name: Shown = row_name(row.new, table)
    for change in row.changes:
        if is_long(change):
            continue
        old, new = before_and_now(change, workbook.old.currency, workbook.new.currency)
        currency = workbook.new.currency if workbook.same_currency else ""
        shown = map(as_cell, (name, column_name(change), old, new))
        yield (*shown, meaning(change, currency), Verbatim(places(change)))
        name = Verbatim(row.new.id) if row.new.id else name


def _long_line(change: Change, row: RowChange, table: Table) -> Line:
    """A long text: what differs, with a little of what is around it."""
    values: dict[str, Shown] = {
        "row": row_name(row.new, table),
        "what": column_name(change),
        "cell": Verbatim(places(change)),
    }
    old, new = (value if isinstance(value, str) else "" for value in (change.old, change.new))
    if not isinstance(change.new, str):
        return Line("{row}, {what}: '{old}' before, nothing now. {cell}", {**values, "old": Verbatim(old)})
    if not isinstance(change.old, str):
        return Line("{row}, {what}: nothing before, '{new}' now. {cell}", {**values, "new": Verbatim(new)})
    old, new = differing_parts(old, new)
    both = {**values, "old": Verbatim(old), "new": Verbatim(new)}
    return Line("{row}, {what}: '{old}' before, '{new}' now. {cell}", both)


def _guess_line(row: RowChange, table: Table) -> Line:
    """Says that a row was found again by what it holds."""
    return Line(
        "{old} ({old_cell}) is taken for {new} ({new_cell}), because they are alike. Check whether they are the same.",
        {
            "old": row_name(row.old, table),
            "new": row_name(row.new, table),
            "old_cell": Verbatim(row.old.first_cell.a1),
            "new_cell": Verbatim(row.new.first_cell.a1),
        },
    )


_ABOUTS_SHOWN = 12  # of one finding: about two lines


def compare_sections(comparison: Comparison) -> Iterator[Section]:
    """The sections of what differs; `Nothing has changed.` where nothing does."""
    yield _summary(comparison)
    for workbook in comparison.workbooks:
        if workbook.differs:
            yield Section(kind_cell(workbook.kind), tuple(_workbook_parts(workbook)), chapter=True)
            for changes in workbook.tables:
                if changes.differs:
                    yield Section(changes.table.title, tuple(_table_parts(changes, workbook)))
    if comparison.differs:
        yield from _finding_sections(comparison.findings)


def _summary(comparison: Comparison) -> Section:
    files = tuple(
        (kind_cell(workbook.kind), Verbatim(workbook.old.file), Verbatim(workbook.new.file))
        for workbook in comparison.workbooks
    )
    parts: list[Part] = [TableView(headers=("Workbook", "Before", "Now"), rows=files), days_line(comparison)]
    parts += [Line(_ONLY_BEFORE, {"file": Verbatim(file)}) for file in comparison.only_old]
    parts += [Line(_ONLY_NOW, {"file": Verbatim(file)}) for file in comparison.only_new]
    for workbook in comparison.workbooks:
        parts += [_problem_line(side) for side in (workbook.old, workbook.new) if side.problems]
    if not comparison.differs:
        return Section("What has changed", (*parts, Line("Nothing has changed.")), chapter=True)
    rows = tuple(row for workbook in comparison.workbooks for row in _counts(workbook))
    if rows:
        headers = ("Workbook", "Table", "Rows before", "Now", "Added", "Dropped", "Changed")
        parts.append(TableView(headers=headers, rows=rows))
    return Section("What has changed", tuple(parts), chapter=True)


def days_line(comparison: Comparison) -> Line:
    """Up to which days the figures are."""
    if comparison.old_day == comparison.new_day:
        return Line("Figures up to {day}.", {"day": comparison.new_day})
    return Line("Figures before up to {old}, now up to {new}.", {"old": comparison.old_day, "new": comparison.new_day})


_ONLY_BEFORE = "{file}: there is no workbook of its kind now, so it is not compared."
_ONLY_NOW = "{file}: there was no workbook of its kind before, so it is not compared."


def _problem_line(side: Side) -> Line:
    return Line(
        "{file}: {problems}. What could not be read is compared as it is; 'smsheets check' shows where.",
        {"file": Verbatim(side.file), "problems": Line("{count} problems", {"count": side.problems})},
    )


def _counts(workbook: WorkbookChanges) -> Iterator[tuple[Cell, ...]]:
    """One row for each table that differs; a form has no rows to count."""
    for changes in workbook.tables:
        if not changes.differs:
            continue
        counts: tuple[int | None, ...] = (changes.before, changes.now, None, None, None)
        if changes.table.form:
            counts = (None, None, None, None, sum(len(row.changes) for row in changes.changed))
        elif not changes.counted:
            counts = (*counts[:2], len(changes.added), len(changes.dropped), len(changes.changed))
        yield (kind_cell(workbook.kind), Line(changes.table.title), *counts)


def _workbook_parts(workbook: WorkbookChanges) -> Iterator[Part]:
    """The parts that hold for the whole workbook."""
    old, new = workbook.old, workbook.new
    if not workbook.same_period:
        yield Line(_TWO_PERIODS, {"old": _period(old), "new": _period(new)})
    elif old.months != new.months:
        yield Line("It plans {new} months now, {old} before.", {"old": old.months, "new": new.months})
    if not workbook.same_currency:
        values = {"old": Verbatim(old.currency), "new": Verbatim(new.currency)}
        yield Line("Amounts are in {old} before and in {new} now; they are not subtracted from each other.", values)
    yield from figure_parts(workbook)
    yield from (_own_line(part, added=True) for part in workbook.own_added)
    yield from (_own_line(part, added=False) for part in workbook.own_dropped)


_TWO_PERIODS = (
    "Two periods: {old} before, {new} now. Rows are compared by ID and name, months as sums; rows that belong to "
    "days are only counted."
)


def _period(side: Side) -> Shown:
    last = add_months(side.start, side.months - 1)
    return Line("{first} to {last}", {"first": Month(side.start), "last": Month(last)})


def _own_line(part: OwnPart, *, added: bool) -> Line:
    values = {"sheet": Verbatim(part.sheet), "column": Verbatim(part.heading)}
    if part.heading:
        text = "Own column added: '{column}' on '{sheet}'." if added else "Own column gone: '{column}' on '{sheet}'."
        return Line(text, values)
    return Line("Own sheet added: '{sheet}'." if added else "Own sheet gone: '{sheet}'.", values)


def _finding_sections(findings: FindingChanges) -> Iterator[Section]:
    counts = {"new": len(findings.new), "gone": len(findings.gone), "still": len(findings.still)}
    line = Line("Findings: {new} new, {gone} gone, {still} still there.", counts)
    yield Section("Findings", (line,), chapter=True)
    if findings.new:
        yield Section("New findings", tuple(finding_entry(finding) for finding in findings.new))
    if findings.gone:
        rows = tuple(
            (Line(gone.level.value), Line(gone.says, gone.values), Verbatim(gone.id)) for gone in findings.gone
        )
        yield Section("Findings that are gone", (TableView(headers=("Level", "Says", "Finding"), rows=rows),))
    if findings.still:
        yield Section("Findings that are still there", (_names(findings.still),))


def _names(findings: tuple[Finding, ...]) -> TableView:
    """Each name once, with what its cases are about."""
    rows = tuple(
        (Line(cases[0].level.value), Verbatim(name), len(cases), as_cell(tuple(_abouts(cases))))
        for name, cases in group_by(findings, attrgetter("id")).items()
    )
    return TableView(headers=("Level", "Finding", "Cases", "About"), rows=rows)


def _abouts(findings: list[Finding]) -> Iterator[Shown]:
    """The subjects of findings, in their own words; the first of many."""
    abouts = list(dict.fromkeys(finding.about for finding in findings if finding.about))
    yield from (Verbatim(about) for about in abouts[:_ABOUTS_SHOWN])
    if len(abouts) > _ABOUTS_SHOWN:
        yield Verbatim("…")


def render_comparison(comparison: Comparison, words: Words) -> str:
    """The comparison as one HTML file: one part for each section. The same comparison gives the same text."""
    from smsheets.report.html.blocks import Arrangement, BlockMaker
    from smsheets.report.html.page import PageView, TopicPage, page_texts, render_view

    maker = BlockMaker(words)
    chapter = ""
    topics: list[TopicPage] = []
    for number, section in enumerate(compare_sections(comparison), 1):
        title = words.text(section.title)
        chapter = title if section.chapter else chapter
        if not section.parts:
            continue  # a workbook of which there is nothing to say but its tables
        title = title if section.chapter else f"{chapter}: {title}"  # a table is named with its workbook
        blocks = maker.blocks(Arrangement((), (section,)))
        topics.append(TopicPage(id=f"c{number}", name="changes", title=title, blocks=blocks))
    return render_view(
        PageView(
            language=words.language,
            title=words.text("What has changed"),
            day=words.value(days_line(comparison)),
            businesses=(),
            tail=tuple(topics),
            texts=page_texts(words),
        )
    )
