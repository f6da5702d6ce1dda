"""The kinds of workbooks: their names, and that everything a kind needs is there."""

from __future__ import annotations

from typing import get_args, get_type_hints

import pytest

from smsheets.analysis.context import PlanSet
from smsheets.kinds import KINDS
from smsheets.plan.record import Plan
from smsheets.report.parts import PARTS
from smsheets.spec.load import load_spec


def test_a_kind_is_named_for_each_place() -> None:
    named = [(kind.id, kind.field, kind.name, kind.noun) for kind in KINDS.values()]
    assert named == [
        ("strategy", "strategy", "Strategy", "strategy"),
        ("roadmap", "roadmap", "Roadmap", "roadmap"),
        ("budget", "budget", "Budget", "budget"),
        ("calendar", "calendar", "Calendar", "calendar"),
        ("kpi-report", "kpi_report", "KPI report", "KPI report"),
    ]


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_has_a_template_and_a_plan(kind: str) -> None:
    assert load_spec(kind).kind == kind
    plan, nothing = get_args(get_type_hints(PlanSet)[KINDS[kind].field])
    assert issubclass(plan, Plan)
    assert plan.__module__ == f"smsheets.plan.{KINDS[kind].field}"
    assert nothing is type(None)


def test_a_set_of_plans_and_the_report_have_a_place_for_each_kind() -> None:
    assert {kind.field for kind in KINDS.values()} == set(PlanSet.__struct_fields__)
    assert {part.kind for part in PARTS} - {""} == set(KINDS)
