"""Small KPI reports for tests: rows whose cells are known, and a context around them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, time
from decimal import Decimal
from typing import Any

import advice

from smsheets.analysis.context import PlanSet
from smsheets.analysis.facts import Facts
from smsheets.analysis.finding import Finding, Lacking, Rule
from smsheets.analysis.rules.kpi_report import RULES
from smsheets.plan.budget import Budget, BudgetLine
from smsheets.plan.kpi_report import InboxSettings, KpiReport, KpiRow, Message, PostResult
from smsheets.plan.record import About, Where
from smsheets.spec.load import load_thresholds
from smsheets.spec.reference import load_finding_texts, load_kpi_definitions, load_list_texts, load_platforms

AS_OF = date(2027, 7, 5)
START = About(period_start=date(2027, 1, 1), months=12)
KPI_COLUMNS = {"kpi_id": 1, "channel": 2, "metric": 3} | {
    f"{name}#{month}": 3 * month + offset for month in range(1, 13) for name, offset in (("target", 6), ("actual", 7))
}
POST_COLUMNS = {"post_id": 1, "date": 2, "time": 3, "format": 5, "pillar": 6, "likes": 8, "clicks": 12}
INBOX_COLUMNS = {
    "message_id": 1,
    "received": 2,
    "kind": 4,
    "answered": 5,
    "first_answer_hours": 6,
    "routed_to": 7,
    "resolved": 8,
}


def amounts(text: str) -> tuple[Decimal | None, ...]:
    """`10 - 12`: one value per month, a dash is blank."""
    return tuple(None if word == "-" else Decimal(word) for word in text.split())


def kpi(channel: str | None, metric: str, actual: str = "", target: str = "", row: int = 6, **more: Any) -> KpiRow:
    """A row of the sheet KPIs. The actual of January stands in column J, its target in I."""
    where = Where(file="kpis.xlsx", sheet="KPIs", row=row, columns=KPI_COLUMNS)
    return KpiRow(where=where, channel=channel, metric=metric, actual=amounts(actual), target=amounts(target), **more)


def post(row: int, likes: int | None, day: str = "2027-06-01", at: str | None = None, **more: Any) -> PostResult:
    """A post on Instagram seen by 1,000 people."""
    where = Where(file="kpis.xlsx", sheet="Post results", row=row, columns=POST_COLUMNS)
    values: dict[str, Any] = {"channel": "instagram", "reach": 1000, **more}
    clock = None if at is None else time.fromisoformat(at)
    return PostResult(where=where, date=date.fromisoformat(day), time=clock, likes=likes, **values)


def message(row: int, kind: str | None = "question", received: str | None = "2027-06-30", **more: Any) -> Message:
    """A message on Instagram; the one of row 8 is M1."""
    where = Where(file="kpis.xlsx", sheet="Inbox", row=row, columns=INBOX_COLUMNS)
    day = None if received is None else date.fromisoformat(received)
    values = {"message_id": f"M{row - 7}", "channel": "instagram", "kind": kind, "received": day, **more}
    return Message(where=where, **values)


def ads(actual: str, planned: str = "", channel: str = "instagram", **more: Any) -> BudgetLine:
    """A line of advertising; a budget has them in `lines`."""
    values = {"category": "advertising", "line": "Ads", "line_id": "B3", **more}
    where = Where(file="budget.xlsx", sheet="Budget", row=12, columns={"line": 3})
    return BudgetLine(where=where, channel=channel, actual=amounts(actual), planned=amounts(planned), **values)


def budget(*lines: BudgetLine) -> Budget:
    return Budget(start=START, lines=lines)


def report(
    *kpis: KpiRow,
    posts: tuple[PostResult, ...] = (),
    inbox: tuple[Message, ...] = (),
    promise_hours: int | None = None,
    **more: Any,
) -> KpiReport:
    promise = InboxSettings(promise_hours=None if promise_hours is None else Decimal(promise_hours))
    return KpiReport(start=START, kpis=kpis, post_results=posts, inbox=inbox, inbox_settings=promise, **more)


def context_of(
    plan: KpiReport | None, as_of: date = AS_OF, thresholds: Mapping[str, str] | None = None, **plans: Any
) -> Facts:
    lines = {name: threshold.amount for name, threshold in load_thresholds().items()}
    lines |= {name: Decimal(value) for name, value in (thresholds or {}).items()}
    return Facts(
        plans=PlanSet(kpi_report=plan, **plans),
        as_of=as_of,
        thresholds=lines,
        platforms=load_platforms(),
        kpi_definitions=load_kpi_definitions(),
        list_texts=load_list_texts(),
        finding_texts=load_finding_texts(),
        currency="EUR",
    )


def rule(rule_id: str) -> Rule:
    return next(item for item in RULES if item.id == rule_id)


def told(rule_id: str, plan: KpiReport, **more: Any) -> list[Finding]:
    return advice.told(rule(rule_id), context_of(plan, **more))


def lacking(rule_id: str, plan: KpiReport, **more: Any) -> list[Lacking]:
    return advice.lacking(rule(rule_id), context_of(plan, **more))
