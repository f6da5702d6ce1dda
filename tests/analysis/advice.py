"""What a rule tells, as a person reads it, with what holds for every finding checked on the way."""

from __future__ import annotations

import string

from smsheets.analysis.facts import Facts
from smsheets.analysis.finding import Finding, Lacking, Rule
from smsheets.analysis.run import is_silenced, run_rule
from smsheets.report.wording import Words

ENGLISH, GERMAN = Words("en"), Words("de")


def told(rule: Rule, context: Facts) -> list[Finding]:
    """The findings of a rule. Each names what it is about, shows where, and says all it names, in both languages."""
    found = [case for case in run_rule(rule, context) if isinstance(case, Finding)]
    for finding in found:
        assert finding.evidence
        assert finding.about
        assert finding.source
        for text in (finding.says, finding.todo):
            assert names_in(text) <= set(finding.values), (rule.id, text)
            assert "{" not in ENGLISH.text(text, finding.values) + GERMAN.text(text, finding.values)
        assert is_silenced(finding, (rule.id,))
        assert is_silenced(finding, (f"{rule.id} {finding.about}",))
        assert not is_silenced(finding, (f"{rule.id} {finding.about}x",))
    assert len({finding.about for finding in found}) == len(found), "no two are about the same"
    return found


def lacking(rule: Rule, context: Facts) -> list[Lacking]:
    """What a rule cannot judge; each case says what to fill in and where."""
    found = [case for case in run_rule(rule, context) if isinstance(case, Lacking)]
    for case in found:
        assert case.evidence
        assert case.says
        assert names_in(case.says) <= set(case.values)
    return found


def names_in(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def say(case: Finding | Lacking) -> str:
    """What it says, in English."""
    return ENGLISH.text(case.says, case.values)


def do(finding: Finding) -> str:
    """What to do, in English."""
    return ENGLISH.text(finding.todo, finding.values)


def cells(case: Finding | Lacking) -> list[str]:
    """Where it shows: `Budget!S10`."""
    return [str(cell) for cell in case.evidence]
