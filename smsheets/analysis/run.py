"""Plans and a day -> variance and findings."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from smsheets.analysis.context import Context, PlanSet
from smsheets.analysis.finding import Level, Rule
from smsheets.analysis.result import BusinessAnalysis, Finding, NotChecked, Variance
from smsheets.analysis.rules import all_rules
from smsheets.analysis.variance import budget, calendar, kpi_report, roadmap

_ORDER = {Level.ERROR: 0, Level.WARNING: 1, Level.NOTE: 2}


def analyze_business(business: str, context: Context) -> BusinessAnalysis:
    """The variance and the findings of one business."""
    plans = context.plans
    runnable = [rule for rule in all_rules() if all(plans.has(kind) for kind in rule.needs)]
    return BusinessAnalysis(
        business=business,
        context=context,
        variance=_variance(context),
        findings=tuple(sort_findings(finding for rule in runnable for finding in run_rule(rule, context))),
        not_checked=tuple(_not_checked(plans)),
    )


def run_rule(rule: Rule, context: Context) -> Iterator[Finding]:
    """The findings of one rule."""
    for hit in rule.check(context):
        yield Finding(
            id=rule.id,
            level=hit.level or rule.level,
            says=rule.says,
            todo=rule.todo,
            source=rule.source,
            values=hit.values,
            evidence=hit.evidence,
            effect=hit.effect,
        )


def sort_findings(findings: Iterator[Finding]) -> list[Finding]:
    """Worst first: by level, then by the money at stake, then by rule and place."""
    return sorted(findings, key=lambda item: (_ORDER[item.level], -(item.effect or Decimal(0)), item.id, item.evidence))


def _variance(context: Context) -> Variance:
    plans = context.plans
    return Variance(
        budget=budget.compute_variance(plans.budget, context) if plans.budget is not None else None,
        roadmap=roadmap.compute_variance(plans.roadmap, context) if plans.roadmap is not None else None,
        calendar=calendar.compute_variance(plans.calendar, context) if plans.calendar is not None else None,
        kpi_report=kpi_report.compute_variance(plans.kpi_report, context) if plans.kpi_report is not None else None,
    )


def _not_checked(plans: PlanSet) -> Iterator[NotChecked]:
    """Rules for which part of their workbooks was given, but not all."""
    for rule in all_rules():
        missing = tuple(kind for kind in rule.needs if not plans.has(kind))
        if missing and len(missing) < len(rule.needs):
            yield NotChecked(rule=rule.id, missing=missing)
