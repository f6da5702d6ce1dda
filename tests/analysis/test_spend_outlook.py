"""The cost of all months: the budget's forecast, and what the pace so far makes of it, or the cells to fill in."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from smsheets.analysis.context import Context, PlanSet
from smsheets.analysis.forecast import SpendOutlook, spend_outlook
from smsheets.analysis.variance.budget import compute_variance
from smsheets.plan.budget import Budget, BudgetLine
from smsheets.plan.forecast import Spread
from smsheets.plan.record import About, Where
from smsheets.spec.load import load_thresholds

THRESHOLDS = {name: threshold.amount for name, threshold in load_thresholds("budget").items()}


def line(row: int, actual: str, planned: int = 100, months: int = 12) -> BudgetLine:
    """Its actual of January stands in column B, that of February in C."""
    where = Where(file="b.xlsx", sheet="Budget", row=row, columns={f"actual#{n}": n + 1 for n in range(1, 13)})
    known = tuple(None if word == "-" else Decimal(word) for word in actual.split())
    return BudgetLine(where=where, line_id=f"B{row}", planned=(Decimal(planned),) * months, actual=known)


def outlook(*lines: BudgetLine, as_of: date = date(2027, 5, 3), start: date | None = date(2027, 1, 1)) -> SpendOutlook:
    plan = Budget(start=About(period_start=start, months=12), lines=lines)
    variance = compute_variance(plan, Context(plans=PlanSet(budget=plan), as_of=as_of, thresholds=THRESHOLDS))
    found = spend_outlook(plan, variance)
    assert found is not None
    return found


def test_the_months_of_all_lines_make_one_ratio() -> None:
    found = outlook(line(5, "90 100 110 100"), line(6, "60 50 40 50", planned=50))
    assert found.ratio == Spread(low=Decimal(1), likely=Decimal(1), high=Decimal(1))
    assert (found.spent, found.budget, found.points) == (600, 1800, 4)
    assert found.at_pace == Spread(low=Decimal(1800), likely=Decimal(1800), high=Decimal(1800))


def test_uneven_months_give_a_range_around_the_likely_sum() -> None:
    found = outlook(line(5, "80 100 120 140"))
    assert found.at_pace is not None
    assert found.at_pace.low < found.at_pace.likely == 440 + 8 * 110 < found.at_pace.high


@pytest.mark.parametrize(
    ("actual", "as_of", "points", "cells"),
    [
        ("", date(2027, 1, 10), 0, ["Budget!B5"]),
        ("100 100", date(2027, 3, 10), 2, ["Budget!D5"]),
        ("100 100 20", date(2027, 3, 10), 2, ["Budget!D5"]),
        ("100 100", date(2027, 5, 10), 2, ["Budget!D5", "Budget!E5"]),
    ],
)
def test_fewer_than_three_months_give_no_forecast_but_the_cells_to_fill_in(
    actual: str, as_of: date, points: int, cells: list[str]
) -> None:
    found = outlook(line(5, actual), as_of=as_of)
    assert (found.at_pace, found.points) == (None, points)
    assert [str(cell) for cell in found.cells] == cells


def test_a_line_whose_last_month_is_not_filled_in_counts_with_its_plan() -> None:
    found = outlook(line(5, "100 100 100 100"), line(6, "100 100 100"))
    assert found.at_pace is not None
    assert found.at_pace.likely == 2400


def test_the_forecast_is_that_of_the_budgets_own_tables() -> None:
    assert outlook(line(5, "80 100 120 140")).forecast == 440 + 8 * 100
    assert outlook(line(5, "80"), as_of=date(2027, 2, 3)).forecast == 80 + 11 * 100


def test_a_budget_without_a_start_takes_the_closed_months_as_over() -> None:
    found = outlook(line(5, "100 100 100"), start=None)
    assert found.points == 3


def test_a_budget_without_amounts_has_no_outlook() -> None:
    plan = Budget(start=About(period_start=date(2027, 1, 1), months=12))
    context = Context(plans=PlanSet(budget=plan), as_of=date(2027, 5, 3), thresholds=THRESHOLDS)
    assert spend_outlook(plan, compute_variance(plan, context)) is None
