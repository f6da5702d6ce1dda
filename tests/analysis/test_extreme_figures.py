"""Figures that no business has, but a cell can hold: the rules of strategy and roadmap go on."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from rule_cases import AS_OF, RULES, business

from smsheets.analysis.facts import Facts
from smsheets.analysis.run import run_rule
from smsheets.plan.budget import Budget, BudgetLine
from smsheets.plan.goals import Goal
from smsheets.plan.record import About
from smsheets.plan.roadmap import Initiative, Roadmap, Task
from smsheets.plan.strategy import Channel, HouseRule, Limits, Pillar, Price, Strategy, TeamRole

FIRST, LAST = date(1900, 1, 1), date(9999, 12, 31)


def extreme(figure: Decimal, day: date) -> Facts:
    """A business in which one figure and one day stand wherever they can."""
    strategy = Strategy(
        limits=Limits(monthly_budget=figure),
        house_rules=(HouseRule(topic="tone"),),
        team=(
            TeamRole(role="comments", person="Ada", hours_per_week=Decimal(1), hourly_value=figure),
            TeamRole(person="Bob", hours_per_week=figure),
        ),
        goals=(Goal(goal_id="G1", metric="followers", baseline=figure, start=day, deadline=day, unit="money"),),
        channels=(
            Channel(channel="x", posts_low=figure, ad_share=figure),
            Channel(channel="y", posts_low=Decimal("1e40")),
        ),
        pillars=(Pillar(promotional=True, target_share=figure), Pillar(promotional=False, target_share=figure)),
        prices=(
            Price(item="Mug", price=Decimal("1e-40"), unit_cost=figure),
            Price(item="Cup", price=figure, unit_cost=Decimal("1e40")),
        ),
    )
    trial = Initiative(
        initiative_id="I1", goal_id="G1", start=FIRST, due=day, done_share=figure, planned_budget=figure,
        line_ids=("B1",), owner="Ada", status="in_progress",
    )  # fmt: skip
    campaign = Initiative(
        initiative_id="I2", goal_id="G1", start=day, due=LAST, depends_on=("I1",), status="in_progress"
    )
    tasks = (
        Task(task_id="T1", initiative_id="I1", owner="Ada", due=day, hours=figure, status="on_hold"),
        Task(task_id="T2", task="Film", owner="Bob", due=AS_OF, hours=figure),
    )
    budget = Budget(
        start=About(period_start=date(2027, 1, 1)), lines=(BudgetLine(line_id="B1", planned=(figure,) * 12),)
    )
    return business(strategy=strategy, roadmap=Roadmap(initiatives=(trial, campaign), tasks=tasks), budget=budget)


@pytest.mark.parametrize("day", [FIRST, LAST])
@pytest.mark.parametrize(
    "figure", ["1e40", "-1e40", "1e-40", "-5", "0", "1e308", "12345678901234567890123456789012345678.5"]
)
def test_every_rule_can_be_run(figure: str, day: date) -> None:
    context = extreme(Decimal(figure), day)
    cases = [case for rule in RULES.values() for case in run_rule(rule, context)]
    assert cases
    assert all(case.evidence for case in cases)
