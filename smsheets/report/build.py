"""Analysis -> the sections of a report, in the order people read them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

import msgspec

from smsheets.analysis.context import Context
from smsheets.analysis.finding import Lacking, Wording
from smsheets.analysis.result import Analysis, BusinessAnalysis, ReadFile
from smsheets.cells import column_letters
from smsheets.kinds import KINDS
from smsheets.problems import Problem
from smsheets.report.document import Entry, Line, Part, Section, Shown, TableView, Verbatim
from smsheets.report.sections import budget, calendar, kpi_report, roadmap, strategy
from smsheets.report.sections.cells import evidence_text, finding_entry
from smsheets.report.sections.forecast import forecast_section
from smsheets.report.sections.headline import headline_sections
from smsheets.report.sections.inbox import inbox_parts
from smsheets.report.wording import problem_lines

Given = TypeVar("Given")


class Topic(msgspec.Struct, frozen=True, kw_only=True):
    """One part of the plan.

    Attributes:
        name: For links and for the style sheet.
        title: Its heading in English.
        summary: What is planned.
        details: How it goes.
    """

    name: str
    title: str
    summary: tuple[Section, ...] = ()
    details: tuple[Section, ...] = ()


def business_topics(business: BusinessAnalysis) -> Iterator[Topic]:
    """The parts of one business's plan, in the order they are read; what was not given is left out."""
    context, plans, variance = business.context, business.plans, business.variance
    messages = () if variance.kpi_report is None else tuple(inbox_parts(variance.kpi_report.inbox, context))
    outlook = forecast_section(business.forecast, context).parts
    topics = (
        Topic(
            name="plan",
            title="The plan on a page",
            summary=_made(strategy.plan_section, plans.strategy, context),
        ),
        Topic(
            name="budget",
            title="Budget",
            summary=_made(budget.plan_section, plans.budget, context),
            details=_made(budget.variance_section, variance.budget, context),
        ),
        Topic(
            name="roadmap",
            title="Roadmap",
            summary=_made(roadmap.plan_section, plans.roadmap, context),
            details=_made(roadmap.variance_section, variance.roadmap, context),
        ),
        Topic(
            name="calendar",
            title="Calendar",
            summary=_made(calendar.plan_section, plans.calendar, context),
            details=_made(calendar.variance_section, variance.calendar, context),
        ),
        Topic(
            name="kpis",
            title="KPI report",
            summary=_made(kpi_report.plan_section, plans.kpi_report, context),
            details=_without(messages, _made(kpi_report.variance_section, variance.kpi_report, context)),
        ),
        Topic(name="inbox", title="Inbox", summary=_section("Inbox", messages)),
        Topic(name="forecast", title="Forecast", details=_section("Forecast", outlook)),
    )
    return (topic for topic in topics if topic.summary or topic.details)


def _made(make: Callable[[Given, Context], Section], given: Given | None, context: Context) -> tuple[Section, ...]:
    """The section of a plan or a variance, where it was given."""
    return () if given is None else (make(given, context),)


def _section(title: str, parts: tuple[Part, ...]) -> tuple[Section, ...]:
    return (Section(title, parts),) if parts else ()


def _without(parts: tuple[Part, ...], sections: tuple[Section, ...]) -> tuple[Section, ...]:
    """Sections without what has a place of its own on the page."""
    return tuple(
        Section(section.title, tuple(part for part in section.parts if part not in parts)) for section in sections
    )


_MISSING_SHOWN = 6
_OWN_SHOWN = 12


def text_sections(analysis: Analysis) -> Iterator[Section]:
    """The report for a terminal: the brief comes last, where one looks first."""
    yield from report_sections(analysis)
    yield from headline_sections(analysis)


def markdown_sections(analysis: Analysis) -> Iterator[Section]:
    """The report for a mail, a chat or a wiki: the brief comes first."""
    yield from headline_sections(analysis)
    yield from report_sections(analysis)


def report_sections(analysis: Analysis) -> Iterator[Section]:
    """What was read, then per business: plan summary, variance, findings; then problems."""
    yield read_section(analysis)
    for business in analysis.businesses:
        if len(analysis.businesses) > 1:
            yield Section(Verbatim(business.business) if business.business else "Business without a name", chapter=True)
        yield from _business_sections(business)
    yield problems_section(analysis)


def read_section(analysis: Analysis) -> Section:
    """The files that were read, and what is still to fill in."""
    rows = tuple(
        (item.file, _kind_name(item.kind), item.business or None, sum(item.records.values())) for item in analysis.files
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


def _kind_name(kind: str) -> Line | Verbatim:
    return Line(KINDS[kind].name) if kind in KINDS else Verbatim(kind)


def _missing_lines(item: ReadFile) -> Iterator[Line]:
    """What is still to fill in, a few lines for each file."""
    shown = item.missing[:_MISSING_SHOWN]
    for missing in shown:
        values: dict[str, Wording | Line] = {
            "file": item.file,
            "cell": str(missing.cell),
            "label": missing.label,
            "count": missing.count,
        }
        if missing.count == 0:
            yield Line("To fill in: {file}: {cell}: '{label}' has no row yet.", values)
        elif missing.count == 1:
            yield Line("To fill in: {file}: {cell}: '{label}'.", values)
        else:
            yield Line("To fill in: {file}: {cell}: '{label}', in {count} rows.", values)
    if len(item.missing) > len(shown):
        yield Line("To fill in: {file}: {count} more.", {"file": item.file, "count": len(item.missing) - len(shown)})


def _own_lines(item: ReadFile) -> Iterator[Line]:
    """What a person added, so that nothing vanishes from sight."""
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
    context, plans, variance = business.context, business.plans, business.variance
    if all(plan is None for plan in msgspec.structs.astuple(plans)):
        return
    yield Section("Plan summary", (Line("All amounts in {currency}.", {"currency": business.currency}),), chapter=True)
    if plans.strategy is not None:
        yield strategy.plan_section(plans.strategy, context)
    if plans.roadmap is not None:
        yield roadmap.plan_section(plans.roadmap, context)
    if plans.budget is not None:
        yield budget.plan_section(plans.budget, context)
    if plans.calendar is not None:
        yield calendar.plan_section(plans.calendar, context)
    if plans.kpi_report is not None:
        yield kpi_report.plan_section(plans.kpi_report, context)
    if any(part is not None for part in msgspec.structs.astuple(variance)):
        yield Section("Variance report", chapter=True)
    if variance.budget is not None:
        yield budget.variance_section(variance.budget, context)
    if variance.roadmap is not None:
        yield roadmap.variance_section(variance.roadmap, context)
    if variance.calendar is not None:
        yield calendar.variance_section(variance.calendar, context)
    if variance.kpi_report is not None:
        yield kpi_report.variance_section(variance.kpi_report, context)
    if business.forecast.known:
        yield forecast_section(business.forecast, context)
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
        workbooks = tuple(Line(KINDS[kind].name) for kind in missing)
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
    """The problems by cell."""
    if not analysis.problems:
        return Section("Problems", (Line("No problems: every cell could be read."),), chapter=True)
    return Section("Problems", tuple(_problem_entry(problem) for problem in analysis.problems), chapter=True)


def _problem_entry(problem: Problem) -> Entry:
    says, todo = problem_lines(problem)
    return Entry(level="problem", says=says, todo=todo, where=problem.place, name=problem.code)
