"""Whatever a person does not want to be told is not told: a whole rule, or one case of it."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec
import pytest
from report.sample_analysis import sample_analysis

from smsheets.analysis.finding import Finding
from smsheets.analysis.result import BusinessAnalysis
from smsheets.analysis.rules import all_rules
from smsheets.analysis.run import analyze_business


def all_of(business: BusinessAnalysis) -> Iterator[Finding]:
    """Every finding that is told, with those below another one."""
    for finding in business.findings:
        yield finding
        yield from finding.also


def silenced(*names: str) -> BusinessAnalysis:
    (sample,) = sample_analysis().businesses
    return analyze_business(sample.business, msgspec.structs.replace(sample.context, silenced=names))


def cases(business: BusinessAnalysis) -> list[tuple[str, str]]:
    return sorted((finding.id, finding.about) for finding in all_of(business))


@pytest.mark.parametrize("rule_id", sorted(rule.id for rule in all_rules()))
def test_a_rule_is_silenced(rule_id: str) -> None:
    everything = cases(sample_analysis().businesses[0])
    quiet = silenced(rule_id)
    assert cases(quiet) == [case for case in everything if case[0] != rule_id]
    assert quiet.silenced == len(everything) - len(cases(quiet))
    assert [lack for lack in quiet.lacking if lack.rule == rule_id] == []


def test_one_case_of_a_rule_is_silenced_and_the_others_are_told() -> None:
    everything = cases(sample_analysis().businesses[0])
    for rule_id, about in dict(reversed(everything)).items():
        quiet = silenced(f"{rule_id} {about}")
        assert cases(quiet) == [case for case in everything if case != (rule_id, about)]
        assert quiet.silenced == 1


def test_no_two_findings_of_the_sample_are_about_the_same() -> None:
    everything = cases(sample_analysis().businesses[0])
    assert len(set(everything)) == len(everything)
    assert [case for case in everything if not case[1]] == []


def ties(finding: Finding) -> set[str]:
    """What ties a finding to others: its cause, what it is a part of, and lines whose money it speaks of."""
    return {finding.root, *finding.within, *finding.moves, *finding.takes}


def test_no_cause_is_told_twice() -> None:
    (sample,) = sample_analysis().businesses
    roots = [finding.root for finding in sample.findings if finding.root]
    assert len(set(roots)) == len(roots)
    below = [(first, other) for first in sample.findings for other in first.also]
    astray = [(first.id, other.id) for first, other in below if not ties(first) & ties(other)]
    assert astray == []
    assert {other.todo for _, other in below} == {""}
