"""What an initiative may cost against its budget lines."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from smsheets.plan.budget import Budget, BudgetLine
from smsheets.plan.record import About
from smsheets.plan.roadmap import Initiative, Task
from smsheets.plan.spare_money import LineMoney, add_line_months, line_months, work_behind
from smsheets.plan.strategy import TeamRole
from smsheets.plan.workload import people_of


def amounts(*values: int | None) -> tuple[Decimal | None, ...]:
    return tuple(None if value is None else Decimal(value) for value in values)


BUDGET = Budget(
    start=About(period_start=date(2027, 1, 1)),
    lines=(
        BudgetLine(line_id="B1", planned=amounts(10, 20, 30, 40), actual=amounts(9, None, None, None)),
        BudgetLine(line_id="B2", planned=amounts(1, 2, 3, None), actual=amounts(1, 1, None, None)),
        BudgetLine(planned=amounts(500)),
    ),
)
INITIATIVE = Initiative(start=date(2027, 1, 31), due=date(2027, 3, 1), line_ids=("b1", "B2", "B9"))


def test_the_months_from_start_to_due_count_whole() -> None:
    places = line_months(INITIATIVE, BUDGET)
    assert places == {("b1", 0), ("b1", 1), ("b1", 2), ("b2", 0), ("b2", 1), ("b2", 2)}
    assert add_line_months(places, BUDGET) == LineMoney(planned=Decimal(66), actual=Decimal(11))


def test_nothing_filled_in_is_unknown() -> None:
    april = Initiative(start=date(2027, 4, 1), due=date(2027, 4, 2), line_ids=("B2",))
    assert add_line_months(line_months(april, BUDGET), BUDGET) == LineMoney()


@pytest.mark.parametrize(
    ("initiative", "budget"),
    [
        (Initiative(line_ids=("B1",)), BUDGET),
        (Initiative(start=date(2027, 1, 1), due=date(2027, 1, 2)), BUDGET),
        (Initiative(start=date(2028, 1, 1), due=date(2028, 1, 2), line_ids=("B1",)), BUDGET),
        (INITIATIVE, Budget(lines=BUDGET.lines)),
        (INITIATIVE, Budget()),
    ],
)
def test_what_cannot_be_found_is_empty(initiative: Initiative, budget: Budget) -> None:
    assert line_months(initiative, budget) == frozenset()


PEOPLE = people_of((TeamRole(person="Ada", hourly_value=Decimal(30)), TeamRole(person="Bob")))
TASKS = (
    Task(task_id="T1", owner="ada", hours=Decimal(2)),
    Task(task_id="T2", hours=Decimal(1)),
    Task(task_id="T3", owner="Bob", hours=Decimal(50)),
    Task(task_id="T4", owner="Ada"),
)


def test_work_behind_is_a_share_of_money_and_of_hours_that_have_a_value() -> None:
    initiative = Initiative(owner="Ada", planned_budget=Decimal(110))
    assert work_behind(initiative, TASKS, PEOPLE, Decimal("0.5")) == Decimal(100)
    assert work_behind(initiative, (), {}, Decimal("0.5")) == Decimal(55)


@pytest.mark.parametrize(
    ("money", "behind"), [(None, Decimal("0.5")), (Decimal(0), Decimal("0.5")), (Decimal(9), Decimal(0))]
)
def test_work_behind_is_unknown_without_money_and_hours_and_where_nothing_is_behind(
    money: Decimal | None, behind: Decimal
) -> None:
    assert work_behind(Initiative(planned_budget=money), (), PEOPLE, behind) is None
