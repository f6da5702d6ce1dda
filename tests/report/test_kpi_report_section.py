"""The KPI report in the report."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from smsheets.analysis.context import Context, PlanSet
from smsheets.analysis.variance.kpi_report import compute_variance
from smsheets.money import Money, Share
from smsheets.plan.budget import Budget, BudgetLine
from smsheets.plan.kpi_report import Decision, KpiReport, KpiRow, Message, PostResult, Review
from smsheets.plan.record import About
from smsheets.report.document import Line, Section, TableView
from smsheets.report.sections.kpi_report import plan_section, variance_section
from smsheets.spec.reference import load_kpi_definitions, load_list_texts, load_platforms
from smsheets.spec.thresholds import load_thresholds

START = About(period_start=date(2027, 1, 1), months=12)


def numbers(*values: str) -> tuple[Decimal | None, ...]:
    return tuple(None if value == "-" else Decimal(value) for value in values)


REPORT = KpiReport(
    start=START,
    kpis=(
        KpiRow(
            channel="instagram", metric="orders", goal_id="G2", target=numbers("10", "10"), actual=numbers("8", "9")
        ),
        KpiRow(channel="instagram", metric="engagement_rate_by_reach", actual=numbers("0.05", "0.04")),
        KpiRow(channel="x", metric="likes", actual=numbers("5", "-")),
        KpiRow(channel="tiktok", metric="likes"),
    ),
    post_results=tuple(
        PostResult(date=date(2027, 2, day), channel="instagram", format="photo", reach=100, likes=day)
        for day in (2, 4, 6)
    ),
    inbox=(
        Message(kind="question", received=date(2027, 2, 1), first_answer_hours=Decimal(5)),
        Message(kind="complaint"),
    ),
    review=(Review(period=date(2027, 1, 1), what_came="Orders"), Review(period=date(2027, 2, 1))),
    decisions=(
        Decision(decision="Stop X", due=date(2027, 2, 1)),
        Decision(decision="More photos", done=True),
        Decision(),
    ),
)
BUDGET = Budget(
    start=START, lines=(BudgetLine(category="advertising", channel="instagram", actual=numbers("34", "17")),)
)


def context_of(plan: KpiReport, budget: Budget | None = None) -> Context:
    return Context(
        plans=PlanSet(kpi_report=plan, budget=budget),
        as_of=date(2027, 3, 1),
        thresholds={name: item.amount for name, item in load_thresholds("kpi-report").items()},
        platforms=load_platforms(),
        kpi_definitions=load_kpi_definitions(),
        list_texts=load_list_texts(),
        currency="EUR",
    )


def shown_variance(plan: KpiReport, budget: Budget | None = None) -> Section:
    context = context_of(plan, budget)
    return variance_section(compute_variance(plan, context), context)


def table(section: Section, title: str) -> list[tuple[Any, ...]]:
    """The rows, with words in place of lines."""
    found = next(part for part in section.parts if isinstance(part, TableView) and part.title == title)
    return [tuple(cell.text if isinstance(cell, Line) else cell for cell in row) for row in found.rows]


def line(section: Section, start: str) -> Line:
    return next(part for part in section.parts if isinstance(part, Line) and part.text.startswith(start))


def test_the_plan_by_channel() -> None:
    section = plan_section(REPORT, context_of(REPORT))
    assert table(section, "") == [("Instagram", 2, 1, 1, "G2"), ("X", 1, 0, 0, "")]
    assert line(section, "Metrics in use").values == {"metrics": 3, "targets": 1, "posts": 3}
    assert line(section, "Months reviewed").values == {"reviewed": 1, "decisions": 2, "open": 1, "overdue": 1}


def test_the_metrics_of_a_channel() -> None:
    section = shown_variance(REPORT)
    assert table(section, "Instagram") == [
        ("Orders", Decimal(9), Decimal(1), Share(Decimal("0.125")), Decimal(10), Share(Decimal("0.9")), "watch"),
        (
            "Engagement rate by reach",
            Share(Decimal("0.04")),
            Share(Decimal("-0.01")),
            Share(Decimal("-0.2")),
            None,
            None,
            "no target",
        ),
    ]
    assert line(section, "{channel}: {metric} has no figure").values == {
        "channel": "X",
        "metric": "Likes",
        "month": "2027-01",
    }


def test_the_year_has_only_what_adds_up() -> None:
    assert table(shown_variance(REPORT), "Year to date") == [
        ("Instagram", "Orders", Decimal(17), Decimal(20), Decimal(-3), Share(Decimal("0.85"))),
        ("X", "Likes", Decimal(5), None, None, None),
    ]


def test_posts_inbox_and_cost() -> None:
    section = shown_variance(REPORT, BUDGET)
    assert table(section, "By format") == [("Photo", 3, Decimal(1), Share(Decimal("0.04")), None, None)]
    assert line(section, "Messages").values["not_routed"] == 1
    assert line(section, "First answer").values == {"median": 5, "promise": 24, "late": 0}
    assert table(section, "Cost per result") == [
        ("Instagram", "Orders", 2, Money(Decimal(51), "EUR"), Decimal(17), Money(Decimal(3), "EUR"), None)
    ]


def test_nothing_filled_in_is_said_in_one_line() -> None:
    blank = KpiReport(kpis=(KpiRow(channel="x", metric="likes"),))
    assert [part for part in plan_section(blank, context_of(blank)).parts if isinstance(part, TableView)] == []
    assert len(shown_variance(blank).parts) == 1


def test_tables_stay_narrow() -> None:
    parts = shown_variance(REPORT, BUDGET).parts
    assert all(len(part.headers) <= 7 for part in parts if isinstance(part, TableView))
