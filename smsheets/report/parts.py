"""The parts of the report, the only list of them: one for each part of a business's plan.

Text, Markdown, the web page and the workbook all take their parts from `PARTS`. A part has its two places in a report
without pages (what is planned in the chapter `Plan summary`, how it goes in the chapter `Variance report`), and one
heading of the web page and one sheet of the workbook, where both come together.

A section is added in four files:

1. `report/sections/<name>.py`: a function from a `BusinessAnalysis` to a `Section`, or None where there is nothing to
   say. It takes its figures from the business (`plans`, `variance`, `forecast`, `context`) and works out none itself.
   Texts are English, in a `Line`, `Section` or `TableView`; a person's own text is a `Verbatim`; an amount is `Money`,
   a share of one is `Share`, a month is a `Month`. `sections/cells.py` has the cells that several sections show,
   and `make_chart`. A chart is placed before the table that holds its figures: text leaves charts out.
2. An entry in `PARTS`: `ReportPart(name="ads", title="Advertising", details=advertising_section)`. Its place in the
   list is its place in the report.
3. `workbook_specs/locales/<language>/<kind>.yaml`: a translation of each new text, the title too.
   `tests/test_catalogues.py` names those that are missing.
4. `tests/report/test_<name>_section.py`: a small plan in, the lines and tables out.

The JSON and the frames hold the figures, not the sections: they have all of an analysis already.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TypeVar

import msgspec

from smsheets.analysis.context import Context
from smsheets.analysis.result import BusinessAnalysis
from smsheets.kinds import KINDS
from smsheets.report.document import Section
from smsheets.report.sections import budget, calendar, kpi_report, roadmap, strategy
from smsheets.report.sections.forecast import forecast_section
from smsheets.report.sections.inbox import inbox_parts

_SectionMaker = Callable[[BusinessAnalysis], Section | None]
Given = TypeVar("Given")


class ReportPart(msgspec.Struct, frozen=True, kw_only=True):
    """One part of the report.

    Attributes:
        name: For links on the web page and for the style sheet.
        title: Its heading there and its sheet's name in the workbook, in English.
        kind: The kind of plan that it is about: the plan summary goes by the order of the kinds.
        summary: What is planned.
        details: How it goes.
        inside: The name of the part whose section holds it in a report without pages.
    """

    name: str
    title: str
    kind: str = ""
    summary: _SectionMaker = lambda business: None
    details: _SectionMaker = lambda business: None
    inside: str = ""


class Topic(msgspec.Struct, frozen=True, kw_only=True):
    """A part of the report with its sections made."""

    name: str
    title: str
    summary: tuple[Section, ...] = ()
    details: tuple[Section, ...] = ()


def _made(make: Callable[[Given, Context], Section], given: Given | None, business: BusinessAnalysis) -> Section | None:
    """The section of a plan or a variance, where it was given."""
    return None if given is None else make(given, business.context)


def _budget_details(business: BusinessAnalysis) -> Section | None:
    variance = business.variance.budget
    return None if variance is None else budget.variance_section(variance, business.context, business.transfers)


def _inbox_section(business: BusinessAnalysis) -> Section | None:
    report = business.variance.kpi_report
    parts = () if report is None else tuple(inbox_parts(report.inbox, business.context))
    return Section("Inbox", parts) if parts else None


def _forecast_section(business: BusinessAnalysis) -> Section | None:
    return forecast_section(business.forecast, business.context) if business.forecast.known else None


PARTS = (
    ReportPart(
        name="plan",
        title="The plan on a page",
        kind="strategy",
        summary=lambda business: _made(strategy.plan_section, business.plans.strategy, business),
    ),
    ReportPart(
        name="budget",
        title="Budget",
        kind="budget",
        summary=lambda business: _made(budget.plan_section, business.variance.budget, business),
        details=_budget_details,
    ),
    ReportPart(
        name="roadmap",
        title="Roadmap",
        kind="roadmap",
        summary=lambda business: _made(roadmap.plan_section, business.plans.roadmap, business),
        details=lambda business: _made(roadmap.variance_section, business.variance.roadmap, business),
    ),
    ReportPart(
        name="calendar",
        title="Calendar",
        kind="calendar",
        summary=lambda business: _made(calendar.plan_section, business.plans.calendar, business),
        details=lambda business: _made(calendar.variance_section, business.variance.calendar, business),
    ),
    ReportPart(
        name="kpis",
        title="KPI report",
        kind="kpi-report",
        summary=lambda business: _made(kpi_report.plan_section, business.plans.kpi_report, business),
        details=lambda business: _made(kpi_report.variance_section, business.variance.kpi_report, business),
    ),
    ReportPart(name="inbox", title="Inbox", summary=_inbox_section, inside="kpis"),
    ReportPart(name="forecast", title="Forecast", details=_forecast_section),
)
"""All parts, in the order in which they are read."""


def summary_sections(business: BusinessAnalysis) -> Iterator[Section]:
    """The sections of what is planned, in the order in which a plan is made."""
    order = [*KINDS, ""]
    for part in sorted(PARTS, key=lambda part: order.index(part.kind)):
        if not part.inside and (section := part.summary(business)) is not None:
            yield section


def detail_sections(business: BusinessAnalysis) -> Iterator[Section]:
    """The sections of how it goes, in the order of the parts."""
    for part in PARTS:
        if not part.inside and (section := part.details(business)) is not None:
            yield section


def business_topics(business: BusinessAnalysis) -> Iterator[Topic]:
    """The parts with a place of their own, for pages and sheets; those with nothing to say are left out."""
    for part in PARTS:
        summary, details = _sections(part.summary(business)), _sections(part.details(business))
        for other in PARTS:
            if other.inside == part.name:
                details = _without(_sections(other.summary(business), other.details(business)), details)
        if summary or details:
            yield Topic(name=part.name, title=part.title, summary=summary, details=details)


def _sections(*made: Section | None) -> tuple[Section, ...]:
    return tuple(section for section in made if section is not None)


def _without(others: tuple[Section, ...], sections: tuple[Section, ...]) -> tuple[Section, ...]:
    """Sections without what has a place of its own."""
    elsewhere = [part for other in others for part in other.parts]
    return tuple(
        Section(section.title, tuple(part for part in section.parts if part not in elsewhere)) for section in sections
    )
