"""What tests of the rules of strategy and roadmap share: placed records, a business, what a rule tells of it."""

from __future__ import annotations

from datetime import date
from typing import Any, TypeVar

import msgspec

from smsheets.analysis.context import PlanSet
from smsheets.analysis.facts import Facts
from smsheets.analysis.finding import Finding, Lacking
from smsheets.analysis.rules import calendar, roadmap, strategy
from smsheets.analysis.run import is_silenced, run_rule
from smsheets.plan.record import Record, Where
from smsheets.spec.load import load_thresholds
from smsheets.spec.reference import load_finding_texts, load_kpi_definitions, load_list_texts, load_platforms

AS_OF = date(2027, 7, 5)
RULES = {rule.id: rule for rule in (*strategy.RULES, *roadmap.RULES, *calendar.RULES)}
THRESHOLDS = {item.id: item.amount for item in load_thresholds().values()}

_Row = TypeVar("_Row", bound=Record)
_columns: dict[str, int] = {}


def placed(record: _Row, place: str) -> _Row:
    """The record where `place` says, such as `Goals 9`; each of its fields has a column of its own."""
    sheet, row = place.rsplit(" ", 1)
    fields = [field for field in record.__struct_fields__ if field != "where"]
    columns = {field: _columns.setdefault(field, len(_columns) + 1) for field in fields}
    return msgspec.structs.replace(record, where=Where(file="x.xlsx", sheet=sheet, row=int(row), columns=columns))


def cells(finding: Finding | Lacking) -> list[str]:
    """The evidence as `Goals 9 deadline`, in order."""
    fields = {number: field for field, number in _columns.items()}
    return [f"{cell.sheet} {cell.row} {fields[cell.col]}" for cell in finding.evidence]


def business(**plans: Any) -> Facts:
    """A business with the shipped thresholds and platforms on one day, with the plans that are named."""
    return Facts(
        plans=PlanSet(**plans),
        as_of=AS_OF,
        thresholds=THRESHOLDS,
        platforms=load_platforms(),
        list_texts=load_list_texts(),
        finding_texts=load_finding_texts(),
        kpi_definitions=load_kpi_definitions(),
        currency="EUR",
    )


def told(rule_id: str, context: Facts) -> list[Finding]:
    """What a rule finds. Each finding holds what every finding must: see the assertions."""
    found = [case for case in run_rule(RULES[rule_id], context) if isinstance(case, Finding)]
    for finding in found:
        assert finding.evidence, "it shows where"
        assert finding.about, "it can be told from others, and silenced"
        assert finding.source, "it says where it comes from"
        assert "{" not in say(finding) + do(finding)
        assert is_silenced(finding, (rule_id,))
        assert is_silenced(finding, (f"{rule_id} {finding.about}",))
        assert not is_silenced(finding, (f"{rule_id} {finding.about}x", rule_id[:-1]))
    assert len({finding.about for finding in found}) == len(found), "no two are about the same"
    return found


def lacking(rule_id: str, context: Facts) -> list[Lacking]:
    """What a rule cannot judge; each case says what to fill in and where."""
    found = [case for case in run_rule(RULES[rule_id], context) if isinstance(case, Lacking)]
    for case in found:
        assert case.evidence
        assert case.says.format(**case.values)
    return found


def say(finding: Finding) -> str:
    """The finding in English, its values as Python writes them."""
    return finding.says.format(**_plain(finding))


def do(finding: Finding) -> str:
    """What to do, in English."""
    return finding.todo.format(**_plain(finding))


def _plain(finding: Finding) -> dict[str, object]:
    """Tuples as they are read aloud, money and shares as their numbers."""
    return {name: _shown(value) for name, value in finding.values.items()}


def _shown(value: object) -> object:
    if isinstance(value, tuple):
        return ", ".join(str(_shown(item)) for item in value)
    return getattr(value, "amount", getattr(value, "value", value))
