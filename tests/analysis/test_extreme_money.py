"""Figures that no business has, but a cell can hold: the rules of budget and KPI report go on."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from smsheets.analysis.context import PlanSet
from smsheets.analysis.facts import Facts
from smsheets.analysis.rules import budget, kpi_report
from smsheets.analysis.run import run_rule
from smsheets.plan.budget import Budget, BudgetLine, BudgetSettings, OwnTimeTask
from smsheets.plan.goals import Goal
from smsheets.plan.kpi_report import Decision, InboxSettings, KpiReport, KpiRow, Message, PostResult, Review
from smsheets.plan.record import About
from smsheets.plan.strategy import Channel, Limits, Strategy
from smsheets.spec.load import load_thresholds
from smsheets.spec.reference import load_finding_texts, load_kpi_definitions, load_list_texts, load_platforms

FIRST, LAST = date(1900, 1, 1), date(9999, 12, 31)
METRICS = ("followers", "engagement", "likes", "orders", "revenue", "link_clicks", "response_time", "ctr")


def extreme(figure: Decimal, day: date) -> PlanSet:
    """A business in which one figure and one day stand wherever they can."""
    start = About(period_start=date(2027, 1, 1), months=12)
    odd, five = (figure,) * 6, (Decimal(5),) * 12
    values = (
        odd,
        five,
        (Decimal(1), Decimal(2), Decimal(3), figure, Decimal(2), Decimal(1)),
        (figure, Decimal("1e-40")),
    )
    lines = tuple(
        BudgetLine(
            line_id=f"B{n}", category="advertising", channel=channel, planned=planned, actual=actual, opening=figure
        )
        for n, channel in enumerate(("x", "instagram", None))
        for planned in (odd * 2, five)
        for actual in (odd, five[:6], five[:3])
    )
    kpis = tuple(
        KpiRow(channel=channel, metric=metric, baseline=figure, target=target * 2, actual=actual, goal_id="G1")
        for channel, actual in zip(("x", "instagram", "facebook", None), values, strict=True)
        for metric in METRICS
        for target in (five[:6],)
    )
    posts = tuple(
        PostResult(
            post_id=f"P{n}", date=day, channel="x", format="link" if n % 2 else "photo", likes=10**40, clicks=n,
            spend=figure, promotional=True,
        )
        for n in range(8)
    )  # fmt: skip
    inbox = tuple(
        Message(message_id=f"M{n}", received=day, kind="complaint", channel="x", first_answer_hours=figure)
        for n in range(12)
    )
    report = KpiReport(
        start=start, kpis=kpis, post_results=posts, inbox=(*inbox, Message(kind="question", received=day)),
        inbox_settings=InboxSettings(promise_hours=Decimal(1)), review=(Review(period=day, what_came="Much"),),
        decisions=(Decision(decision="Do it", due=day),),
    )  # fmt: skip
    tasks = (OwnTimeTask(task="Texts", hours_per_week=figure, hourly_value=figure, outside_price=Decimal(1)),)
    settings = BudgetSettings(weeks_per_year=figure)
    goals = tuple(
        Goal(
            goal_id=f"G{n}", metric=metric, channel="x", baseline=Decimal(1), target=figure, start=FIRST, deadline=LAST
        )
        for n, metric in enumerate(METRICS)
    )
    return PlanSet(
        budget=Budget(start=start, lines=lines, own_time=tasks, settings=settings),
        kpi_report=report,
        strategy=Strategy(
            limits=Limits(monthly_budget=Decimal(1)),
            goals=goals,
            channels=(
                Channel(channel="x", ad_share=Decimal("0.9")),
                Channel(channel="instagram", ad_share=Decimal("0.1")),
            ),
        ),
    )


@pytest.mark.parametrize("as_of", [date(2027, 7, 5), date(2027, 6, 30), FIRST, LAST])
@pytest.mark.parametrize(
    "figure", ["1e40", "-1e40", "1e-40", "-5", "0", "1e308", "12345678901234567890123456789012345678.5"]
)
def test_every_rule_can_be_run(figure: str, as_of: date) -> None:
    context = Facts(
        plans=extreme(Decimal(figure), min(as_of, date(2027, 7, 1))),
        as_of=as_of,
        thresholds={name: item.amount for name, item in load_thresholds().items()},
        platforms=load_platforms(),
        kpi_definitions=load_kpi_definitions(),
        list_texts=load_list_texts(),
        finding_texts=load_finding_texts(),
        currency="EUR",
    )
    cases = [case for rule in (*budget.RULES, *kpi_report.RULES) for case in run_rule(rule, context)]
    assert cases
    assert all(case.evidence for case in cases)
