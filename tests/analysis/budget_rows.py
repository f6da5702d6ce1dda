"""Small budgets for tests: lines whose cells are known, and a context around them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import advice

from smsheets.analysis.context import PlanSet
from smsheets.analysis.facts import Facts
from smsheets.analysis.finding import Finding, Lacking, Rule
from smsheets.analysis.rules.budget import RULES
from smsheets.plan.budget import Budget, BudgetLine, BudgetSettings, OwnTimeTask
from smsheets.plan.record import About, Where
from smsheets.spec.load import load_thresholds
from smsheets.spec.reference import load_finding_texts, load_kpi_definitions, load_list_texts, load_platforms

AS_OF = date(2027, 7, 5)
START = About(period_start=date(2027, 1, 1), months=12)
COLUMNS = {"line_id": 1, "category": 2, "line": 3, "opening": 8} | {
    f"{name}#{month}": 4 * month + offset for month in range(1, 13) for name, offset in (("planned", 5), ("actual", 7))
}
TASK_COLUMNS = {"task": 2, "hours_per_week": 4, "hourly_value": 5, "outside_price": 6}


def amounts(text: str) -> tuple[Decimal | None, ...]:
    """`10 - 12`: one value per month, a dash is blank."""
    return tuple(None if word == "-" else Decimal(word) for word in text.split())


def line(actual: str = "", planned: str = "100 " * 12, row: int = 10, **more: Any) -> BudgetLine:
    """The actual of January stands in column K, its plan in I."""
    return BudgetLine(
        where=Where(file="budget.xlsx", sheet="Budget", row=row, columns=COLUMNS),
        **{"line_id": f"B{row - 9}", "category": "advertising", "line": "Ads", **more},
        planned=amounts(planned),
        actual=amounts(actual),
    )


def task(row: int = 8, **more: Any) -> OwnTimeTask:
    """A row of the sheet Own time with two hours a week."""
    where = Where(file="budget.xlsx", sheet="Own time", row=row, columns=TASK_COLUMNS)
    return OwnTimeTask(
        where=where, **{"time_id": f"T{row - 7}", "task": "Photos", "hours_per_week": Decimal(2), **more}
    )


def rule(rule_id: str) -> Rule:
    return next(item for item in RULES if item.id == rule_id)


def context_of(
    *lines: BudgetLine,
    as_of: date = AS_OF,
    own_time: tuple[OwnTimeTask, ...] = (),
    settings: BudgetSettings | None = None,
    thresholds: dict[str, str] | None = None,
    **plans: Any,
) -> Facts:
    plan = Budget(start=START, lines=lines, own_time=own_time, settings=settings or BudgetSettings())
    limits = {name: threshold.amount for name, threshold in load_thresholds("budget").items()}
    return Facts(
        plans=PlanSet(budget=plan, **plans),
        as_of=as_of,
        thresholds=limits | {name: Decimal(value) for name, value in (thresholds or {}).items()},
        platforms=load_platforms(),
        list_texts=load_list_texts(),
        finding_texts=load_finding_texts(),
        kpi_definitions=load_kpi_definitions(),
        currency="EUR",
    )


def told(rule_id: str, *lines: BudgetLine, **more: Any) -> list[Finding]:
    return advice.told(rule(rule_id), context_of(*lines, **more))


def lacking(rule_id: str, *lines: BudgetLine, **more: Any) -> list[Lacking]:
    return advice.lacking(rule(rule_id), context_of(*lines, **more))
