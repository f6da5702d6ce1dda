"""The roadmap's two sections of the report."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from smsheets.analysis.context import Context, PlanSet
from smsheets.analysis.variance.roadmap import compute_variance
from smsheets.money import Money, Share
from smsheets.plan.budget import Budget
from smsheets.plan.goals import Goal
from smsheets.plan.roadmap import Initiative, Roadmap, Task
from smsheets.plan.strategy import Strategy
from smsheets.report.document import Line, TableView
from smsheets.report.sections.roadmap import plan_section, variance_section

ROADMAP = Roadmap(
    initiatives=(
        Initiative(
            initiative_id="I1",
            initiative="Trial",
            goal_id="G1",
            owner="Owner",
            start=date(2027, 6, 28),
            due=date(2027, 7, 9),
            done_share=Decimal("0.6"),
            status="in_progress",
            planned_budget=Decimal(200),
        ),
        Initiative(initiative_id="I2", initiative="Video", status="done", due=date(2027, 7, 1)),
        Initiative(initiative_id="I3", initiative="Given up", status="cancelled"),
    ),
    tasks=(Task(task="x", owner="Owner", due=date(2027, 7, 6), status="next", hours=Decimal(2)),),
)
STRATEGY = Strategy(goals=(Goal(goal_id="G1", goal="More orders"),))


def context(budget: Budget | None = None) -> Context:
    plans = PlanSet(roadmap=ROADMAP, strategy=STRATEGY, budget=budget)
    return Context(plans=plans, as_of=date(2027, 7, 5), thresholds={"roadmap.slip_days": Decimal(3)}, currency="EUR")


def test_the_plan_by_goal() -> None:
    counts, coming, goals = plan_section(ROADMAP, context()).parts
    assert counts == Line(
        "Initiatives: {all}, finished: {finished}. Open tasks: {tasks}.", {"all": 2, "finished": 1, "tasks": 1}
    )
    assert coming == Line("Next due: '{initiative}' on {due}.", {"initiative": "Trial", "due": date(2027, 7, 9)})
    assert isinstance(goals, TableView)
    assert goals.rows == (
        ("G1", "More orders", 1, 0, date(2027, 7, 9), Money(Decimal(200), "EUR")),
        (Line("no goal"), None, 1, 1, date(2027, 7, 1), None),
    )


def test_progress_money_and_people() -> None:
    parts = variance_section(compute_variance(ROADMAP, context()), context()).parts
    progress, money, people = (part for part in parts if isinstance(part, TableView))
    share = Share(Decimal("0.6"))
    assert progress.rows == (
        ("I1", "Trial", date(2027, 7, 9), share, share, 0, Line("on time")),
        ("I2", "Video", date(2027, 7, 1), None, Share(Decimal(1)), None, Line("done")),
        ("I3", "Given up", None, None, None, None, None),
    )
    amount = Money(Decimal(200), "EUR")
    assert (money.headers, money.rows, money.total) == (
        ("Id", "Initiative", "Planned budget"),
        (("I1", "Trial", amount), (Line("Total"), None, amount)),
        True,
    )
    assert people.rows == (("Owner", 1, 1, 0, 0, Decimal(2)),)


def test_money_has_the_budget_beside_it_where_there_is_one() -> None:
    given = context(Budget())
    parts = variance_section(compute_variance(ROADMAP, given), given).parts
    money = next(part for part in parts if isinstance(part, TableView) and part.title == "Money")
    assert money.headers == ("Id", "Initiative", "Planned budget", "In the budget", "Spent")
    assert {len(row) for row in money.rows} == {5}


def test_a_blank_roadmap_says_so_in_one_line() -> None:
    blank = context()
    expected = (Line("No initiatives are filled in yet."),)
    assert plan_section(Roadmap(), blank).parts == expected
    assert variance_section(compute_variance(Roadmap(), blank), blank).parts == expected
