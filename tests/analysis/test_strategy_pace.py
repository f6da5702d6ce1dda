"""The rules on where goals lead: when they speak, and when they keep quiet."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from kpi_rows import kpi, report

from smsheets.analysis.context import PlanSet
from smsheets.analysis.facts import Facts
from smsheets.analysis.finding import Finding, Hit, Lack
from smsheets.analysis.rules.strategy import RULES
from smsheets.analysis.run import is_silenced, run_rule
from smsheets.plan.goals import Goal
from smsheets.plan.record import Where
from smsheets.plan.strategy import Strategy
from smsheets.spec.load import load_thresholds
from smsheets.spec.reference import load_finding_texts, load_kpi_definitions

BY_ID = {rule.id: rule for rule in RULES}
STEADY = "4000 4400 4800 5200 5600 6000"
"""400 more a month: 8,000 on 30 November."""


def goal(**more: Any) -> Goal:
    where = Where(file="s.xlsx", sheet="Goals", row=11, columns={"goal_id": 1, "target": 6, "deadline": 7})
    values: dict[str, Any] = {
        "goal_id": "G1", "goal": "More people", "metric": "followers", "channel": "instagram",
        "target": Decimal(8000), "deadline": date(2027, 8, 31),
    }  # fmt: skip
    return Goal(where=where, **{**values, **more})


def context(one: Goal, actual: str, as_of: date = date(2027, 7, 5), **lines: int) -> Facts:
    thresholds = {item.id: item.amount for item in load_thresholds().values()}
    thresholds |= {f"strategy.{name}": Decimal(value) for name, value in lines.items()}
    plan = report(kpi("instagram", one.metric or "followers", actual))
    plans = PlanSet(strategy=Strategy(goals=(one,)), kpi_report=plan)
    return Facts(
        plans=plans, as_of=as_of, thresholds=thresholds, kpi_definitions=load_kpi_definitions(),
        finding_texts=load_finding_texts(),
    )  # fmt: skip


def run(rule_id: str, where: Facts) -> list[Hit | Lack]:
    return list(BY_ID[rule_id].check(where))


def test_goal_out_of_reach_fires_with_what_it_takes_and_what_it_is() -> None:
    (hit,) = run("strategy.goal_out_of_reach", context(goal(), STEADY))
    assert isinstance(hit, Hit)
    assert (hit.about, hit.root) == ("G1", "goal G1")
    assert [str(cell) for cell in hit.evidence[:3]] == ["Goals!G11", "Goals!F11", "KPIs!Y6"]
    assert hit.values == {
        "goal": "G1 'More people'", "deadline": date(2027, 8, 31), "value": 6000, "target": 8000,
        "needed": 1000, "pace": 400, "slow": 400, "fast": 400, "likely": date(2027, 11, 30),
        "earliest": date(2027, 11, 30), "latest": date(2027, 11, 30),
    }  # fmt: skip
    assert hit.case == ""


def test_goal_out_of_reach_fires_with_other_words_where_no_day_can_be_named() -> None:
    (hit,) = run("strategy.goal_out_of_reach", context(goal(), "6000 5900 5800 5700 5600 5500"))
    assert isinstance(hit, Hit)
    todo = load_finding_texts()["strategy.goal_out_of_reach"].cases[hit.case]
    assert todo.startswith("At this pace it is not reached within two years.")
    assert hit.values["pace"] == -100
    assert hit.values["likely"] == "not in sight"


@pytest.mark.parametrize(
    ("more", "actual", "lines"),
    [
        ({"deadline": date(2027, 11, 30)}, STEADY, {}),
        ({"deadline": date(2027, 11, 16)}, STEADY, {}),
        ({"deadline": date(2027, 8, 31)}, STEADY, {"goal_late_days": 91}),
        ({}, "4000 4400 4800 5200 5600 8000", {}),
        ({"deadline": None}, STEADY, {}),
        ({"deadline": date(2027, 7, 4)}, STEADY, {}),
        ({"target": None}, STEADY, {}),
        ({"metric": "leads", "channel": "tiktok"}, STEADY, {}),
    ],
)
def test_goal_out_of_reach_keeps_quiet(more: dict[str, Any], actual: str, lines: dict[str, int]) -> None:
    assert run("strategy.goal_out_of_reach", context(goal(**more), actual, **lines)) == []


def test_goal_out_of_reach_fires_just_past_its_days_of_grace() -> None:
    assert run("strategy.goal_out_of_reach", context(goal(deadline=date(2027, 11, 15)), STEADY)) != []


@pytest.mark.parametrize("actual", ["", "4000 4400", "4000 - 4400"])
def test_goal_out_of_reach_lacks_months(actual: str) -> None:
    (lack,) = run("strategy.goal_out_of_reach", context(goal(), actual))
    assert isinstance(lack, Lack)
    assert lack.values["months"] == 3
    assert [str(cell) for cell in lack.evidence] == ["KPIs!S6", "KPIs!V6", "KPIs!Y6"]


def test_goal_missed_fires_once_its_day_is_over() -> None:
    (hit,) = run("strategy.goal_missed", context(goal(deadline=date(2027, 6, 30)), STEADY))
    assert isinstance(hit, Hit)
    assert (hit.about, hit.root) == ("G1", "goal G1")
    assert [str(cell) for cell in hit.evidence] == ["Goals!G11", "Goals!F11", "KPIs!Y6"]
    assert hit.values == {
        "goal": "G1 'More people'", "deadline": date(2027, 6, 30), "value": 6000, "target": 8000,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("more", "actual"),
    [
        ({"deadline": date(2027, 7, 5)}, STEADY),
        ({"deadline": date(2027, 6, 30), "target": Decimal(6000)}, STEADY),
        ({"deadline": date(2027, 6, 30)}, "4000 4400 4800 5200 5600 -"),
    ],
)
def test_goal_missed_keeps_quiet(more: dict[str, Any], actual: str) -> None:
    assert run("strategy.goal_missed", context(goal(**more), actual)) == []


@pytest.mark.parametrize(
    ("rule_id", "deadline"),
    [("strategy.goal_out_of_reach", date(2027, 8, 31)), ("strategy.goal_missed", date(2027, 6, 30))],
)
def test_they_can_be_silenced(rule_id: str, deadline: date) -> None:
    (finding,) = run_rule(BY_ID[rule_id], context(goal(deadline=deadline), STEADY))
    assert isinstance(finding, Finding)
    assert is_silenced(finding, (rule_id,))
    assert is_silenced(finding, (f"{rule_id} G1",))
    assert not is_silenced(finding, (f"{rule_id} G2",))


@pytest.mark.parametrize("more", [{"metric": "leads", "channel": "tiktok"}, {"target": None}, {"metric": None}])
def test_goal_missed_asks_for_a_decision_where_nobody_knows(more: dict[str, Any]) -> None:
    over = goal(deadline=date(2027, 6, 30), **more)
    (hit,) = run("strategy.goal_missed", context(over, STEADY))
    assert isinstance(hit, Hit)
    assert (hit.case, hit.values["deadline"]) == ("nobody_knows", date(2027, 6, 30))
    assert run("strategy.goal_without_number", context(over, STEADY)) == [], "it is too late for that"
    assert run("strategy.goal_not_measured", context(over, STEADY)) == []
