"""Analysis -> the sections of a report, in the order people read them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import msgspec

from smsheets.analysis.finding import Lacking
from smsheets.analysis.result import Analysis, BusinessAnalysis, ReadFile
from smsheets.cells import column_letters
from smsheets.kinds import KINDS
from smsheets.plan.record import group_by
from smsheets.problems import MissingInput
from smsheets.report.damage import group_problems, hint_lines, whole_entry
from smsheets.report.document import Line, Part, Section, Shown, TableView, Verbatim
from smsheets.report.parts import detail_sections, summary_sections
from smsheets.report.sections.cells import evidence_text, finding_entry, kind_cell
from smsheets.report.sections.headline import business_name, headline_sections

_OWN_SHOWN = 12  # names of own columns or sheets: about two lines of text


def text_sections(analysis: Analysis) -> Iterator[Section]:
    """The report for a terminal: the brief comes last, where one looks first."""
    yield from report_sections(analysis)
    yield from headline_sections(analysis)


def markdown_sections(analysis: Analysis) -> Iterator[Section]:
    """The report for a mail, a chat or a wiki: the brief comes first."""
    yield from headline_sections(analysis)
    yield from report_sections(analysis)


def report_sections(analysis: Analysis) -> Iterator[Section]:
    """The files, then per business: plan summary, variance, findings; then problems."""
    yield read_section(analysis)
    for business in analysis.businesses:
        if len(analysis.businesses) > 1:
            yield Section(business_name(business), chapter=True)
        yield from _business_sections(business)
    yield problems_section(analysis)


def read_section(analysis: Analysis) -> Section:
    """The files that were read, and what is still to fill in."""
    rows = tuple(
        (item.file, kind_cell(item.kind), item.business or None, sum(item.records.values())) for item in analysis.files
    )
    table = TableView(headers=("File", "Workbook", "Business", "Rows"), rows=rows)
    parts: list[Part] = [table, Line("Figures up to {day}.", {"day": analysis.as_of})]
    for item in analysis.files:
        if item.kind not in KINDS:
            parts.append(Line(_OWN_KIND, {"file": item.file, "kind": item.kind}))
        parts += [Line("{file}: {says}", {"file": Verbatim(item.file), "says": Line(note)}) for note in item.notes]
        parts += _missing_lines(item)
        parts += _own_lines(item)
    return Section("What was read", tuple(parts), chapter=True)


_OWN_KIND = "{file}: '{kind}' is a template of your own: its cells are read and checked, but no rules know it."


def _missing_lines(item: ReadFile) -> Iterator[Line]:
    """The inputs that are still to fill in, a line for each sheet."""
    for sheet, missing in group_by(item.missing, lambda each: each.cell.sheet).items():
        inputs = tuple(map(_missing_input, missing))
        values: dict[str, Shown] = {"file": Verbatim(item.file), "sheet": Verbatim(sheet), "inputs": inputs}
        yield Line("To fill in: {file}: {sheet}: {inputs}.", values)


def _missing_input(missing: MissingInput) -> Line:
    values: dict[str, Shown] = {"label": Verbatim(missing.label), "cell": missing.cell.a1, "count": missing.count}
    if missing.count == 0:
        return Line("'{label}' ({cell}, no row yet)", values)
    return Line("'{label}' ({cell})" if missing.count == 1 else "'{label}' ({cell}, {count} rows)", values)


def _own_lines(item: ReadFile) -> Iterator[Line]:
    """A person's own columns and sheets, so that nothing vanishes from sight."""
    if item.own_columns:
        columns = (f"{own.heading} ({own.cell.sheet}!{column_letters(own.cell.col)})" for own in item.own_columns)
        yield Line("{file}: own columns, left alone: {columns}.", {"file": item.file, "columns": _some(columns)})
    if item.own_sheets:
        yield Line("{file}: own sheets, left alone: {sheets}.", {"file": item.file, "sheets": _some(item.own_sheets)})


def _some(names: Iterable[str]) -> str:
    all_names = list(names)
    more = len(all_names) - _OWN_SHOWN
    return ", ".join(all_names[:_OWN_SHOWN]) + (f" +{more}" if more > 0 else "")


def _business_sections(business: BusinessAnalysis) -> Iterator[Section]:
    if all(plan is None for plan in msgspec.structs.astuple(business.plans)):
        return
    yield Section("Plan summary", (Line("All amounts in {currency}.", {"currency": business.currency}),), chapter=True)
    yield from summary_sections(business)
    if any(part is not None for part in msgspec.structs.astuple(business.variance)):
        yield Section("Variance report", chapter=True)
    yield from detail_sections(business)
    yield findings_section(business)


def findings_section(business: BusinessAnalysis) -> Section:
    """The findings, worst first, then what could not be judged or was not checked."""
    parts: list[Part] = [finding_entry(finding) for finding in business.findings]
    if not parts:
        parts.append(Line("Nothing found that calls for action."))
    parts += [_lacking_line(item) for item in business.lacking]
    by_missing: dict[tuple[str, ...], list[str]] = {}
    for item in business.not_checked:
        by_missing.setdefault(item.missing, []).append(item.rule)
    for missing, rules in sorted(by_missing.items()):
        workbooks = tuple(kind_cell(kind) for kind in missing)
        values: dict[str, Shown] = {"workbooks": workbooks, "rules": tuple(rules)}
        parts.append(Line("Not checked, because this workbook was not given: {workbooks} ({rules}).", values))
    if business.silenced:
        parts.append(Line("Findings that your settings keep silent: {count}.", {"count": business.silenced}))
    return Section("Findings", tuple(parts), chapter=True)


def _lacking_line(item: Lacking) -> Line:
    says = Line(item.says, item.values)
    return Line(
        "Not judged yet: {says} {where} [{rule}]",
        {"says": says, "where": evidence_text(item.evidence), "rule": item.rule},
    )


def problems_section(analysis: Analysis) -> Section:
    """The problems of one kind in one column together, with every cell; then what was understood as it was meant."""
    parts: list[Part] = [whole_entry(group) for group in group_problems(analysis.to_repair)]
    if not parts:
        parts.append(Line("No problems: every cell could be read."))
    parts += [Line("Understood: {says}", {"says": line}) for line in hint_lines(analysis.problems, whole=True)]
    return Section("Problems", tuple(parts), chapter=True)
