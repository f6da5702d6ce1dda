"""Comparison -> the sections of a report: what differs at a glance, then each workbook, then the findings."""

from __future__ import annotations

from collections.abc import Iterator

from smsheets.analysis.compare.findings import FindingChanges
from smsheets.analysis.compare.result import Comparison, WorkbookChanges
from smsheets.analysis.compare.side import OwnPart, Side
from smsheets.analysis.result import Finding
from smsheets.periods import add_months
from smsheets.report.comparison.figures import figure_parts
from smsheets.report.comparison.tables import table_section
from smsheets.report.comparison.values import as_cell
from smsheets.report.document import Cell, Line, Month, Part, Section, Shown, TableView, Verbatim
from smsheets.report.sections.finding_entries import finding_entry

_ABOUTS_SHOWN = 12

_KIND_NAMES = {
    "strategy": "Strategy",
    "roadmap": "Roadmap",
    "budget": "Budget",
    "calendar": "Calendar",
    "kpi-report": "KPI report",
}


def compare_sections(comparison: Comparison) -> Iterator[Section]:
    """What differs; `Nothing has changed.` where nothing does."""
    yield _summary(comparison)
    for workbook in comparison.workbooks:
        if workbook.differs:
            yield Section(_kind_name(workbook.kind), tuple(_workbook_parts(workbook)), chapter=True)
            yield from (table_section(changes, workbook) for changes in workbook.tables if changes.differs)
    if comparison.differs:
        yield from _finding_sections(comparison.findings)


def _kind_name(kind: str) -> str | Verbatim:
    return _KIND_NAMES.get(kind) or Verbatim(kind)


def _summary(comparison: Comparison) -> Section:
    files = tuple(
        (_kind_cell(workbook.kind), Verbatim(workbook.old.file), Verbatim(workbook.new.file))
        for workbook in comparison.workbooks
    )
    parts: list[Part] = [TableView(headers=("Workbook", "Before", "Now"), rows=files)]
    parts.append(days_line(comparison))
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
    count = Line("1 problem") if side.problems == 1 else Line("{count} problems", {"count": side.problems})
    return Line(
        "{file}: {problems}. What could not be read is compared as it stands; 'smsheets check' tells where.",
        {"file": Verbatim(side.file), "problems": count},
    )


def _kind_cell(kind: str) -> Cell:
    name = _kind_name(kind)
    return Line(name) if isinstance(name, str) else name


def _counts(workbook: WorkbookChanges) -> Iterator[tuple[Cell, ...]]:
    """One row for each table that differs; a form has no rows to count."""
    for changes in workbook.tables:
        if not changes.differs:
            continue
        form = changes.table.form
        yield (
            _kind_cell(workbook.kind),
            Line(changes.table.title),
            None if form else changes.before,
            None if form else changes.now,
            None if form or changes.counted else len(changes.added),
            None if form or changes.counted else len(changes.dropped),
            None
            if changes.counted
            else sum(len(row.changes) for row in changes.changed)
            if form
            else len(changes.changed),
        )


def _workbook_parts(workbook: WorkbookChanges) -> Iterator[Part]:
    """What holds for the whole workbook."""
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
    "Two periods: {old} before, {new} now. Rows are compared by id and name, months as sums; rows that belong to days"
    " are only counted."
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
        yield Section("Findings that are gone", (_list(findings.gone),))
    if findings.still:
        yield Section("Findings that are still there", (_names(findings.still),))


def _list(findings: tuple[Finding, ...]) -> TableView:
    rows = tuple(
        (Line(finding.level.value), Line(finding.says, finding.values), Verbatim(finding.id)) for finding in findings
    )
    return TableView(headers=("Level", "Says", "Finding"), rows=rows)


def _names(findings: tuple[Finding, ...]) -> TableView:
    """Each name once, with what its cases are about."""
    cases: dict[str, list[Finding]] = {}
    for finding in findings:
        cases.setdefault(finding.id, []).append(finding)
    rows = tuple(
        (Line(group[0].level.value), Verbatim(name), len(group), as_cell(tuple(_abouts(group))))
        for name, group in cases.items()
    )
    return TableView(headers=("Level", "Finding", "Cases", "About"), rows=rows)


def _abouts(findings: list[Finding]) -> Iterator[Shown]:
    """What findings are about, in their own words; the first of many."""
    abouts = list(dict.fromkeys(finding.about for finding in findings if finding.about))
    yield from (Verbatim(about) for about in abouts[:_ABOUTS_SHOWN])
    if len(abouts) > _ABOUTS_SHOWN:
        yield Verbatim("…")
