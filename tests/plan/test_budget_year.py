"""The year of a line: budget, to date, variance, forecast, status."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smsheets.plan.budget import BudgetLine
from smsheets.plan.budget_year import BudgetStatus, BudgetYear, Limits, add_years, year_of
from smsheets.plan.carry import months_of

LIMITS = Limits(watch_share=Decimal("0.05"), over_share=Decimal("0.15"))


def year(planned: str, actual: str = "", rule: str = "unspent", opening: str | None = None) -> BudgetYear:
    """Amounts one per month, a dash is blank."""
    line = BudgetLine(
        carry_rule=rule,
        planned=tuple(None if word == "-" else Decimal(word) for word in planned.split()),
        actual=tuple(None if word == "-" else Decimal(word) for word in actual.split()),
        opening=None if opening is None else Decimal(opening),
    )
    return year_of(months_of(line), line.opening)


def test_to_date_counts_closed_months_and_the_opening_carry() -> None:
    found = year("100 100 100 100", "80 120.50", opening="50")
    assert found.budget == 450
    assert found.to_date == 250
    assert found.actual == Decimal("200.50")
    assert found.variance == Decimal("49.50")
    assert found.variance_share == Decimal("0.198")


@pytest.mark.parametrize(
    ("rule", "actual", "forecast"),
    [("unspent", "80", 400), ("none", "80", 380), ("unspent", "130", 430), ("both_ways", "130", 400)],
)
def test_the_forecast_is_actual_and_open_plan_and_what_is_carried(rule: str, actual: str, forecast: int) -> None:
    assert year("100 100 100 100", actual, rule).forecast == forecast


def test_without_actuals_the_forecast_is_the_budget_and_the_variance_unknown() -> None:
    found = year("100 100", opening="50")
    assert found.forecast == found.budget == 250
    assert (found.to_date, found.actual, found.variance, found.variance_share) == (None, None, None, None)
    assert found.status(LIMITS) is BudgetStatus.NO_DATA


def test_an_empty_line_has_no_figures() -> None:
    assert year("- -", "- -") == BudgetYear()


@pytest.mark.parametrize(
    ("actual", "status"),
    [
        ("100", BudgetStatus.ON_TRACK),
        ("105", BudgetStatus.ON_TRACK),
        ("105.01", BudgetStatus.WATCH),
        ("115", BudgetStatus.WATCH),
        ("115.01", BudgetStatus.OVER),
        ("0.01", BudgetStatus.ON_TRACK),
        ("0", BudgetStatus.NOT_SPENT),
        ("-20", BudgetStatus.NOT_SPENT),
    ],
)
def test_the_status_word_tells_by_how_much_it_is_overspent(actual: str, status: BudgetStatus) -> None:
    assert year("100 100", actual).status(LIMITS) is status


def test_a_zero_budget_has_no_percentage() -> None:
    found = year("0 100", "20")
    assert found.variance == -20
    assert found.variance_share is None
    assert found.status(LIMITS) is BudgetStatus.NO_BUDGET


def test_lines_add_up_and_unknown_figures_are_left_out() -> None:
    together = add_years([year("100 100", "90"), year("50 50")])
    assert together.budget == 300
    assert together.to_date == 100
    assert together.variance == 10
    assert together.forecast == 200 + 100
    assert add_years([]) == BudgetYear()


cents = st.integers(0, 100_000).map(lambda number: Decimal(number) / 100)


@given(
    planned=st.lists(st.none() | cents, min_size=12, max_size=12),
    actual=st.lists(st.none() | cents, max_size=12),
    opening=st.none() | cents,
)
def test_under_both_ways_the_forecast_of_an_open_year_is_the_budget(
    planned: list[Decimal | None], actual: list[Decimal | None], opening: Decimal | None
) -> None:
    line = BudgetLine(carry_rule="both_ways", planned=tuple(planned), actual=tuple(actual), opening=opening)
    months = months_of(line)
    if not months[-1].closed:
        found = year_of(months, opening)
        assert (found.forecast or 0) == (found.budget or 0)
