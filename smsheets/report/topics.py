"""What belongs together in a report that shows all at once: of each part what is wanted, and how it goes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TypeVar

import msgspec

from smsheets.analysis.context import Context
from smsheets.analysis.result import BusinessAnalysis
from smsheets.report.document import Part, Section
from smsheets.report.sections import budget, calendar, kpi_report, roadmap, strategy
from smsheets.report.sections.forecast import forecast_section
from smsheets.report.sections.inbox import inbox_parts

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
