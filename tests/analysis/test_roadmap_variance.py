"""Planned against real progress per initiative, and its money."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from smsheets.analysis.context import Context, PlanSet
from smsheets.analysis.variance.roadmap import InitiativeVariance, compute_variance
from smsheets.plan.budget import Budget, BudgetLine
from smsheets.plan.record import About
from smsheets.plan.roadmap import Holiday, Initiative, Roadmap, Task
from smsheets.plan.slip import Progress

ROADMAP = Roadmap(
    holidays=(Holiday(date=date(2027, 7, 5)),),
    initiatives=(
        Initiative(
            initiative_id="I1",
            initiative="Trial",
            owner="Owner",
            start=date(2027, 6, 28),
            due=date(2027, 7, 9),
            done_share=Decimal("0.2"),
            status="in_progress",
            planned_budget=Decimal(200),
            line_ids=("B1",),
        ),
        Initiative(
            initiative_id="I2",
            start=date(2027, 6, 1),
            due=date(2027, 6, 30),
            status="done",
            finished_on=date(2027, 7, 2),
            line_ids=("B1", "B2"),
        ),
        Initiative(initiative_id="I3", initiative="Given up", status="cancelled", planned_budget=Decimal(999)),
        Initiative(initiative_id="I4"),
    ),
    tasks=(Task(task="x", owner="Owner", status="next"),),
)
BUDGET = Budget(
    start=About(period_start=date(2027, 6, 1)),
    lines=(
        BudgetLine(line_id="B1", planned=(Decimal(100), Decimal(50)), actual=(Decimal(80), None)),
        BudgetLine(line_id="B2", planned=(Decimal(10), Decimal(20)), actual=(None, None)),
    ),
)


def context(budget: Budget | None = None) -> Context:
    plans = PlanSet(roadmap=ROADMAP, budget=budget)
    return Context(plans=plans, as_of=date(2027, 7, 6), thresholds={"roadmap.slip_days": Decimal(3)})


def test_one_row_per_initiative_in_use() -> None:
    first, second, third = compute_variance(ROADMAP, context(BUDGET)).initiatives
    assert first == InitiativeVariance(
        initiative_id="I1",
        initiative="Trial",
        goal_id=None,
        owner="Owner",
        start=date(2027, 6, 28),
        due=date(2027, 7, 9),
        working_days=9,
        expected_share=Decimal(6) / 9,
        done_share=Decimal("0.2"),
        slip_days=4,
        days_past_due=None,
        progress=Progress.SLIPPING,
        cancelled=False,
        ends=date(2027, 7, 15),
        planned_budget=Decimal(200),
        budgeted=Decimal(150),
        spent=Decimal(80),
    )
    assert (second.initiative, second.progress, second.slip_days) == ("I2", Progress.DONE_LATE, 2)
    assert (second.budgeted, second.spent) == (Decimal(110), Decimal(80))
    assert second.ends == date(2027, 7, 2)
    assert (third.cancelled, third.ends) == (True, None)
    assert (third.progress, third.slip_days, third.expected_share, third.budgeted) == (None, None, None, None)


def test_totals_weigh_by_working_days_and_count_shared_money_once() -> None:
    variance = compute_variance(ROADMAP, context(BUDGET))
    assert variance.expected_share == (Decimal(6) / 9 * 9 + 22) / 31
    assert variance.done_share == (Decimal("1.8") + 22) / 31
    assert variance.planned_budget == Decimal(200)
    assert (variance.budgeted, variance.spent) == (Decimal(160), Decimal(80))
    assert variance.count(Progress.SLIPPING) == 1
    assert [load.person for load in variance.people] == ["Owner"]


def test_without_a_budget_its_figures_are_unknown() -> None:
    variance = compute_variance(ROADMAP, context())
    assert not variance.budget_given
    assert (variance.budgeted, variance.spent) == (None, None)
    assert all(row.budgeted is None and row.spent is None for row in variance.initiatives)


def test_a_blank_roadmap_has_no_figures() -> None:
    variance = compute_variance(Roadmap(), context())
    assert variance.initiatives == ()
    assert (variance.expected_share, variance.done_share, variance.planned_budget) == (None, None, None)
