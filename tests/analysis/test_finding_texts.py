"""The texts of findings and the rules that use them belong together."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

import smsheets
from smsheets.analysis.rules import all_rules
from smsheets.kinds import KINDS
from smsheets.spec.load import load_thresholds
from smsheets.spec.reference import load_finding_texts

TEXTS = load_finding_texts()
RULES = Path(smsheets.__file__).parent / "analysis" / "rules"


def test_every_rule_has_its_texts_and_every_text_its_rule() -> None:
    ids = [rule.id for rule in all_rules()]
    assert sorted(ids) == sorted(TEXTS)
    assert len(set(ids)) == len(ids)


@pytest.mark.parametrize("rule_id", TEXTS)
def test_what_a_text_names_exists(rule_id: str) -> None:
    text = TEXTS[rule_id]
    assert text.needs
    assert set(text.needs) <= set(KINDS)
    assert rule_id.partition(".")[0] in text.needs
    assert set(text.thresholds) <= set(load_thresholds())
    assert 1 <= text.weight <= 3


def test_a_factor_names_its_measure() -> None:
    """`2 times the usual` says nothing without what was counted."""
    texts = [part for text in TEXTS.values() for part in (text.says, text.todo, *text.cases.values())]
    assert len([part for part in texts if "{factor}" in part]) > 4
    assert [part for part in texts if "{factor}" in part and "{measure}" not in part] == []


def test_every_case_is_named_by_a_rule() -> None:
    """A case that no rule names would never be shown."""
    words = {
        node.value
        for path in RULES.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    cases = [(name, case) for name, text in TEXTS.items() for case in (*text.cases, *text.tells)]
    unused = [f"{name}: {case}" for name, case in cases if case not in words]
    assert unused == []
