"""Plans and a day -> variance and findings."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence

import msgspec

from smsheets.analysis.facts import Facts
from smsheets.analysis.finding import Finding, Lack, Lacking, Level, NotChecked, Rule
from smsheets.analysis.headline import compute_headline
from smsheets.analysis.ranking import sort_findings
from smsheets.analysis.result import BusinessAnalysis
from smsheets.analysis.rules import all_rules


def analyze_business(business: str, facts: Facts) -> BusinessAnalysis:
    """The variance and the findings of one business."""
    rules = {rule.id: rule for rule in all_rules()}
    cases = [case for rule_id in facts.finding_texts for case in run_rule(rules[rule_id], facts)]
    findings = [case for case in cases if isinstance(case, Finding)]
    shown = [finding for finding in findings if not is_silenced(finding, facts.silenced)]
    gathered = tuple(gather_causes(sort_findings(shown)))
    return BusinessAnalysis(
        business=business,
        context=facts,
        variance=facts.variance,
        forecast=facts.forecast,
        headline=compute_headline(facts, facts.variance, facts.forecast, gathered),
        findings=gathered,
        lacking=tuple(case for case in cases if isinstance(case, Lacking) and case.rule not in facts.silenced),
        not_checked=tuple(_not_checked(facts)),
        silenced=len(findings) - len(shown),
    )


def run_rule(rule: Rule, facts: Facts) -> Iterator[Finding | Lacking]:
    """The findings of one rule, and the inputs that it lacks; none where something is missing that it needs."""
    text = facts.finding_texts[rule.id]
    if not all(map(facts.plans.has, text.needs)) or not all(map(facts.plans.has_part, text.parts)):
        return
    for case in rule.check(facts):
        if isinstance(case, Lack):
            yield Lacking(rule=rule.id, says=text.lacks, values=case.values, evidence=case.evidence)
            continue
        if text.effect is None and (case.effect, case.hours) != (None, None):
            raise LookupError(f"{rule.id} has an effect, and its text does not say which.")
        says, todo = text.in_case(case.case)
        yield Finding(
            id=rule.id,
            about=case.about,
            root=case.root,
            within=case.within,
            takes=case.takes,
            moves=case.moves,
            transfers=case.transfers,
            level=case.level or text.level,
            class_=text.class_,
            area=text.area,
            minutes=text.minutes,
            says=says,
            todo=todo,
            source=text.source,
            values=case.values,
            evidence=case.evidence,
            effect=case.effect,
            hours=case.hours,
            weight=text.weight,
            decides=text.decides,
        )


def is_silenced(finding: Finding, silenced: Collection[str]) -> bool:
    """True if a person has silenced this: the rule, or this case of it."""
    return finding.id in silenced or f"{finding.id} {finding.about}" in silenced


def gather_causes(findings: Sequence[Finding]) -> Iterator[Finding]:
    """One finding for each cause, in the order given, with the others below it: only that one says what to do.

    It is the one that decides on the whole (give the channel up or go on), or else the first that was given; its level
    is the gravest of them. What is within a thing that another finding decides on belongs to that one; so does what
    would give away money that a finding before it has given away.
    """
    decided = {finding.root for finding in findings if finding.decides}
    causes: dict[str, list[Finding]] = {}
    for number, finding in enumerate(findings):
        larger = next((root for root in finding.within if root in decided), None)
        cause = larger or finding.root or f"#{number}"
        if cause not in causes:
            cause = next((name for name, group in causes.items() if _same_money(group, finding)), cause)
        causes.setdefault(cause, []).append(finding)
    for group in causes.values():
        head = next((item for item in group if item.decides and item.level is not Level.NOTE), group[0])
        also = tuple(msgspec.structs.replace(item, todo="", transfers=()) for item in group if item is not head)
        yield msgspec.structs.replace(head, level=_gravest(group), also=also) if also else head


def _gravest(findings: Iterable[Finding]) -> Level:
    levels = {item.level for item in findings}
    return next(level for level in Level if level in levels)


def _same_money(group: Iterable[Finding], finding: Finding) -> bool:
    """One of the two gives away money that the other gives away, too, or shares out."""
    given, touched = set(finding.moves), {*finding.moves, *finding.takes}
    return any(given & {*other.moves, *other.takes} or touched & set(other.moves) for other in group)


def _not_checked(facts: Facts) -> Iterator[NotChecked]:
    """Rules for which part of their workbooks was given, but not all."""
    for rule_id, text in facts.finding_texts.items():
        missing = tuple(kind for kind in text.needs if not facts.plans.has(kind))
        if missing and len(missing) < len(text.needs):
            yield NotChecked(rule=rule_id, missing=missing)
