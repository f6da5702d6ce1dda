"""Plans and a day -> variance and findings."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from decimal import Decimal

import msgspec

from smsheets.analysis.context import Context, PlanSet
from smsheets.analysis.finding import Finding, Lack, Lacking, Level, NotChecked, Rule
from smsheets.analysis.forecast import compute_forecast
from smsheets.analysis.headline import compute_headline
from smsheets.analysis.result import BusinessAnalysis
from smsheets.analysis.rules import all_rules
from smsheets.analysis.variance.whole import compute_variances

_ORDER = {Level.ERROR: 0, Level.WARNING: 1, Level.NOTE: 2}


def analyze_business(business: str, context: Context) -> BusinessAnalysis:
    """The variance and the findings of one business."""
    plans = context.plans
    told = [
        case for rule in all_rules() if all(plans.has(kind) for kind in rule.needs) for case in run_rule(rule, context)
    ]
    findings = [case for case in told if isinstance(case, Finding)]
    heard = [finding for finding in findings if not is_silenced(finding, context.silenced)]
    gathered = tuple(gather_causes(sort_findings(heard)))
    variance = compute_variances(context)
    forecast = compute_forecast(context, variance.budget)
    return BusinessAnalysis(
        business=business,
        context=context,
        variance=variance,
        forecast=forecast,
        headline=compute_headline(context, variance, forecast, gathered),
        findings=gathered,
        lacking=tuple(case for case in told if isinstance(case, Lacking) and case.rule not in context.silenced),
        not_checked=tuple(_not_checked(plans)),
        silenced=len(findings) - len(heard),
    )


def run_rule(rule: Rule, context: Context) -> Iterator[Finding | Lacking]:
    """What one rule finds, and what it cannot judge."""
    for case in rule.check(context):
        if isinstance(case, Lack):
            yield Lacking(rule=rule.id, says=rule.lacks, values=case.values, evidence=case.evidence)
            continue
        yield Finding(
            id=rule.id,
            about=case.about,
            root=case.root,
            level=case.level or rule.level,
            says=rule.says,
            todo=case.todo or rule.todo,
            source=rule.source,
            values=case.values,
            evidence=case.evidence,
            effect=case.effect,
            weight=rule.weight,
        )


def is_silenced(finding: Finding, silenced: Collection[str]) -> bool:
    """Whether a person has said not to tell this: the rule, or this case of it."""
    return finding.id in silenced or f"{finding.id} {finding.about}" in silenced


def sort_findings(findings: Iterable[Finding]) -> list[Finding]:
    """Worst first: by level, then by the money at stake, then by what such a thing usually costs, then by place."""
    return sorted(
        findings,
        key=lambda item: (_ORDER[item.level], -(item.effect or Decimal(0)), -item.weight, item.id, item.evidence),
    )


def gather_causes(findings: Iterable[Finding]) -> Iterator[Finding]:
    """One finding for each cause, in the order given: the first that was given, with the others below it."""
    causes: dict[str, list[Finding]] = {}
    for number, finding in enumerate(findings):
        causes.setdefault(finding.root or f"#{number}", []).append(finding)
    for first, *others in causes.values():
        yield msgspec.structs.replace(first, also=tuple(others)) if others else first


def _not_checked(plans: PlanSet) -> Iterator[NotChecked]:
    """Rules for which part of their workbooks was given, but not all."""
    for rule in all_rules():
        missing = tuple(kind for kind in rule.needs if not plans.has(kind))
        if missing and len(missing) < len(rule.needs):
            yield NotChecked(rule=rule.id, missing=missing)
