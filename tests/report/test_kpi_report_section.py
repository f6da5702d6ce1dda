"""The KPI report in the report."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import msgspec

from smsheets.analysis.context import Context, PlanSet
from smsheets.analysis.variance.kpi_report import compute_variance
from smsheets.money import Money, Share
from smsheets.plan.budget import Budget, BudgetLine
from smsheets.plan.kpi_report import Decision, KpiReport, KpiRow, Message, PostResult, Review
from smsheets.plan.record import About
from smsheets.report.document import ChartKind, ChartView, Line, Month, Section, Status, TableView, Verbatim
from smsheets.report.sections.kpi_report import plan_section, variance_section
from smsheets.spec.load import load_thresholds
from smsheets.spec.reference import load_kpi_definitions, load_list_texts, load_platforms

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
    found = next(part for part in section.parts if isinstance(part, TableView) and plain(part.title) == title)
    return [tuple(plain(cell) for cell in row) for row in found.rows]


def plain(cell: object) -> object:
    if isinstance(cell, Status):
        return cell.word
    return cell.text if isinstance(cell, Line | Verbatim) else cell


def charts(section: Section) -> list[ChartView]:
    return [part for part in section.parts if isinstance(part, ChartView)]


def chart(section: Section, title: str) -> ChartView:
    return next(part for part in charts(section) if part.title == Line(title))


def line(section: Section, start: str) -> Line:
    return next(part for part in section.parts if isinstance(part, Line) and part.text.startswith(start))


def test_the_plan_by_channel() -> None:
    section = plan_section(REPORT, context_of(REPORT))
    assert table(section, "Metrics by channel") == [("Instagram", 2, 1, 1, "G2"), ("X", 1, 0, 0, "")]
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
        "channel": Verbatim("X"),
        "metric": Line("Likes"),
        "month": Month(date(2027, 1, 1)),
    }


def test_the_year_has_only_what_adds_up() -> None:
    assert table(shown_variance(REPORT), "To date") == [
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


def months_of(section: Section, channel: str) -> list[TableView]:
    title = Line("{channel}: month by month", {"channel": Verbatim(channel)})
    return [part for part in section.parts if isinstance(part, TableView) and part.title == title]


def test_each_metric_with_two_months_has_a_small_chart() -> None:
    section = shown_variance(REPORT)
    orders, rate = (part for part in charts(section) if part.small)
    assert orders.title == Line("{channel}: {metric}", {"channel": Verbatim("Instagram"), "metric": Line("Orders")})
    assert orders.kind is ChartKind.LINE
    assert orders.categories == (Month(date(2027, 1, 1)), Month(date(2027, 2, 1)))
    assert [(series.role.value, series.values) for series in orders.series] == [
        ("actual", (8, 9)),
        ("target", (10, 10)),
    ]
    assert orders.says.text == "From {first} in {from} to {last} in {to}; the target then was {target}."
    assert orders.says.values == {
        "first": Decimal(8), "from": Month(date(2027, 1, 1)),
        "last": Decimal(9), "to": Month(date(2027, 2, 1)), "target": Decimal(10),
    }  # fmt: skip
    assert (rate.unit, len(rate.series)) == ("share", 1)
    assert rate.says.text == "From {first} in {from} to {last} in {to}."


def test_the_months_stand_in_a_table() -> None:
    [months] = months_of(shown_variance(REPORT), "Instagram")
    assert months.headers == ("Metric", Month(date(2027, 1, 1)), Month(date(2027, 2, 1)))
    assert months.rows == (
        (Line("Orders"), Decimal(8), Decimal(9)),
        (Line("{metric}, target", {"metric": Line("Orders")}), Decimal(10), Decimal(10)),
        (Line("Engagement rate by reach"), Share(Decimal("0.05")), Share(Decimal("0.04"))),
    )


def test_a_long_year_takes_two_tables() -> None:
    row = KpiRow(channel="x", metric="likes", actual=tuple(map(Decimal, range(1, 9))))
    context = msgspec.structs.replace(context_of(KpiReport(start=START, kpis=(row,))), as_of=date(2027, 12, 1))
    assert context.plans.kpi_report is not None
    section = variance_section(compute_variance(context.plans.kpi_report, context), context)
    first, second = months_of(section, "X")
    assert (len(first.headers), len(second.headers)) == (7, 3)
    assert second.rows == ((Line("Likes"), Decimal(7), Decimal(8)),)
    assert len(charts(section)[0].categories) == 8


def test_without_the_start_of_the_period_months_have_numbers() -> None:
    row = KpiRow(channel="x", metric="likes", actual=numbers("1", "2"))
    section = shown_variance(KpiReport(kpis=(row,)))
    assert charts(section)[0].categories == (1, 2)
    assert months_of(section, "X")[0].headers == ("Metric", "1", "2")


def test_of_many_metrics_those_furthest_from_their_targets_are_drawn() -> None:
    rows = [
        KpiRow(channel="x", metric=f"m{n}", target=numbers("10", "10"), actual=numbers("10", "10" if n < 10 else "2"))
        for n in range(12)
    ]
    section = shown_variance(KpiReport(start=START, kpis=tuple(rows)))
    drawn = [part.title.values["metric"] for part in charts(section) if isinstance(part.title, Line)]
    assert drawn == [Verbatim(f"m{n}") for n in (0, 1, 2, 3, 4, 5, 10, 11)]
    assert line(section, "{channel}: {drawn} of").values == {"channel": Verbatim("X"), "drawn": 8, "all": 12}
    assert len(months_of(section, "X")[0].rows) == 24


def test_what_works_is_drawn_with_the_count_beside_it() -> None:
    posts = tuple(
        PostResult(date=date(2027, 2, day), channel="instagram", format=kind, reach=100, likes=likes)
        for kind, likes in (("photo", 2), ("short_video", 6))
        for day in (1, 8, 15)
    )
    section = shown_variance(msgspec.structs.replace(REPORT, post_results=posts))
    bars = chart(section, "What works, by format")
    assert bars.categories == (
        Line("{name} ({posts})", {"name": Line("Short video"), "posts": 3}),
        Line("{name} ({posts})", {"name": Line("Photo"), "posts": 3}),
    )
    assert bars.series[0].values == (Decimal("1.5"), Decimal("0.5"))
    assert bars.says.values["most"] == Decimal("1.5")
    assert Line("What works, by weekday") not in [part.title for part in charts(section)]


def test_the_cost_of_a_result_is_drawn_where_two_can_be_compared() -> None:
    assert Line("Cost per result") not in [part.title for part in charts(shown_variance(REPORT, BUDGET))]
    more = KpiRow(channel="facebook", metric="orders", actual=numbers("1", "1"))
    line_ = BudgetLine(category="advertising", channel="facebook", actual=numbers("10", "10"))
    report = msgspec.structs.replace(REPORT, kpis=(*REPORT.kpis, more))
    budget = msgspec.structs.replace(BUDGET, lines=(*BUDGET.lines, line_))
    bars = chart(shown_variance(report, budget), "Cost per result")
    assert (bars.unit, bars.currency, bars.series[0].values) == ("money", "EUR", (3, 10))
    assert bars.says.values["most"] == Money(Decimal(10), "EUR")


def test_the_inbox_by_channel_and_kind() -> None:
    inbox = (
        Message(channel="x", kind="question", received=date(2027, 2, 1), first_answer_hours=Decimal(30)),
        Message(channel="x", kind="question", received=date(2027, 2, 1), first_answer_hours=Decimal(5)),
        Message(channel="instagram", kind="complaint", received=date(2027, 2, 1)),
        Message(kind="praise", received=date(2027, 2, 1)),
    )
    section = shown_variance(msgspec.structs.replace(REPORT, inbox=inbox))
    assert table(section, "Messages by channel") == [
        ("X", 2, 2, 0, 1, Decimal("17.5"), Decimal(24)),
        ("Instagram", 1, 0, 1, 0, None, Decimal(24)),
        ("no channel", 0, 0, 0, 0, None, Decimal(24)),
    ]
    assert table(section, "Messages by kind") == [
        ("Question", 2, 2, 0, 1, Decimal("17.5")),
        ("Complaint", 1, 0, 1, 0, None),
        ("Praise", 0, 0, 0, 0, None),
    ]
    answers, hours = chart(section, "Messages answered"), chart(section, "Hours until the first answer")
    assert answers.categories == (Verbatim("X"), Verbatim("Instagram"))
    assert [series.values for series in answers.series] == [(2, 1), (2, 0), (1, 0)]
    assert [series.values for series in hours.series] == [(Decimal("17.5"),), (24,)]
    assert hours.says.values == {"slow": 0, "all": 1}


def test_one_month_makes_no_trend() -> None:
    row = KpiRow(channel="x", metric="likes", target=numbers("1", "2"), actual=numbers("1"))
    section = shown_variance(KpiReport(start=START, kpis=(row,)))
    assert charts(section) == []
    assert months_of(section, "X") == []


def test_messages_that_nobody_sorted_have_a_row() -> None:
    inbox = (Message(channel="x", received=date(2027, 2, 1)), Message(kind="own kind", received=date(2027, 2, 1)))
    section = shown_variance(msgspec.structs.replace(REPORT, inbox=inbox))
    assert [row[0] for row in table(section, "Messages by kind")] == ["own kind", "not sorted yet"]
    assert Line("Hours until the first answer") not in [part.title for part in charts(section)]
