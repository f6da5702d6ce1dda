"""Forecasts: the middle of the months, the range around it, and nothing from too few of them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from smsheets.plan.forecast import (
    FARTHEST_MONTHS,
    MonthMoney,
    Spread,
    day_at,
    forecast_spending,
    monthly_step,
    months_over,
    months_until,
    spread_of,
    trend_value,
)

JANUARY = date(2027, 1, 1)


def points(text: str) -> list[tuple[int, Decimal]]:
    """`10 - 14`: months 1 and 3 are known."""
    return [(number, Decimal(word)) for number, word in enumerate(text.split(), 1) if word != "-"]


def spread(low: str, likely: str, high: str) -> Spread:
    return Spread(low=Decimal(low), likely=Decimal(likely), high=Decimal(high))


def months(planned: int, actual: str, count: int = 12) -> list[MonthMoney]:
    spent = [Decimal(word) for word in actual.split()]
    closed = [MonthMoney(planned=Decimal(planned), actual=amount) for amount in spent]
    return [*closed, *[MonthMoney(open_planned=Decimal(planned))] * (count - len(closed))]


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ("7", spread("7", "7", "7")),
        ("1 2", spread("1.25", "1.5", "1.75")),
        ("3 1 2", spread("1.5", "2", "2.5")),
        ("1 2 3 4 5", spread("2", "3", "4")),
        ("0 0 100", spread("0", "0", "50")),
    ],
)
def test_the_middle_and_the_quarters_around_it(values: str, expected: Spread) -> None:
    assert spread_of(Decimal(word) for word in values.split()) == expected


@pytest.mark.parametrize("known", ["", "5", "5 7", "5 - - 7"])
def test_fewer_than_three_known_months_have_no_trend(known: str) -> None:
    assert monthly_step(points(known)) is None


def test_a_steady_figure_has_one_step() -> None:
    assert monthly_step(points("10 12 14 16")) == spread("2", "2", "2")


def test_months_that_are_unknown_stretch_the_steps_between_the_others() -> None:
    assert monthly_step(points("10 - 14 - 18")) == spread("2", "2", "2")


def test_one_wild_month_does_not_move_the_trend() -> None:
    steady, wild = monthly_step(points("10 12 14 16 18 20 22")), monthly_step(points("10 12 14 900 18 20 22"))
    assert wild == steady == spread("2", "2", "2")


def test_the_order_of_the_points_does_not_matter() -> None:
    assert monthly_step(points("3 9 4 8")) == monthly_step(points("3 9 4 8")[::-1])


def test_the_line_of_a_trend_has_as_many_months_above_as_below() -> None:
    known = points("10 12 90 16 18")
    assert trend_value(known, Decimal(2), 5) == 18
    assert trend_value(known, Decimal(2), 12) == 32


@pytest.mark.parametrize(
    ("value", "target", "step", "expected"),
    [
        ("100", "130", "10", "3"),
        ("100", "70", "-10", "3"),
        ("100", "100", "-10", "0"),
        ("100", "130", "0", None),
        ("100", "130", "-1", None),
        ("100", "70", "1", None),
        ("0", str(FARTHEST_MONTHS), "1", str(FARTHEST_MONTHS)),
        ("0", str(FARTHEST_MONTHS + 1), "1", None),
    ],
)
def test_the_months_to_a_target(value: str, target: str, step: str, expected: str | None) -> None:
    found = months_until(Decimal(value), Decimal(target), Decimal(step))
    assert found == (None if expected is None else Decimal(expected))


@pytest.mark.parametrize(
    ("gone", "day"),
    [
        ("0", date(2026, 12, 31)),
        ("1", date(2027, 1, 31)),
        ("2", date(2027, 2, 28)),
        ("1.5", date(2027, 2, 15)),
        ("12", date(2027, 12, 31)),
        ("13.01", date(2028, 2, 1)),
    ],
)
def test_months_of_a_period_as_a_day(gone: str, day: date) -> None:
    assert day_at(JANUARY, Decimal(gone)) == day


@pytest.mark.parametrize(
    ("as_of", "over"),
    [
        (date(2026, 11, 30), 0),
        (date(2027, 1, 30), 0),
        (date(2027, 1, 31), 1),
        (date(2027, 2, 1), 1),
        (date(2027, 12, 31), 12),
        (date(2028, 2, 29), 14),
    ],
)
def test_a_month_is_over_at_the_end_of_its_last_day(as_of: date, over: int) -> None:
    assert months_over(JANUARY, as_of) == over


def test_spending_goes_on_at_the_middle_of_what_the_months_cost() -> None:
    found = forecast_spending(months(100, "90 100 130 100 110"), 5)
    assert found is not None
    assert found.points == 5
    assert found.ratio == spread("1", "1", "1.1")
    assert found.total == spread("1230", "1230", "1300")


def test_what_is_spent_and_what_is_planned_add_up_to_the_forecast() -> None:
    found = forecast_spending(months(80, "81.10 79.95 80.05"), 3)
    assert found is not None
    assert found.total.likely == (Decimal("241.10") + 9 * 80 * Decimal("80.05") / 80).quantize(Decimal("0.01"))
    assert found.total.low <= found.total.likely <= found.total.high


@pytest.mark.parametrize("actual", ["", "100", "100 100"])
def test_spending_is_not_forecast_from_fewer_than_three_months(actual: str) -> None:
    assert forecast_spending(months(100, actual), len(actual.split())) is None


def test_the_running_month_does_not_count_as_one_that_is_over() -> None:
    assert forecast_spending(months(100, "100 100 20"), 2) is None
    found = forecast_spending(months(100, "100 100 100 20"), 3)
    assert found is not None
    assert found.total.likely == 1200
    assert found.points == 3


def test_a_running_month_that_is_over_its_plan_counts_with_what_it_has_cost() -> None:
    found = forecast_spending(months(100, "100 100 100 150"), 3)
    assert found is not None
    assert found.total.likely == 1250


def test_a_month_without_a_plan_says_nothing_about_the_pace() -> None:
    unplanned = [MonthMoney(actual=Decimal(50)), *months(100, "100 100 100", 11)]
    found = forecast_spending(unplanned, 4)
    assert found is not None
    assert found.points == 3
    assert found.total.likely == 1150


def test_absurd_amounts_break_nothing() -> None:
    absurd = [MonthMoney(planned=Decimal("0.001"), actual=Decimal("1e15"))] * 3
    assert forecast_spending([*absurd, MonthMoney(open_planned=Decimal("1e15"))], 3) is None
    assert monthly_step([(n, Decimal("1e30") * n) for n in (1, 2, 3)]) is not None


def test_a_year_that_is_over_is_known() -> None:
    found = forecast_spending(months(100, "90 100 110", 3), 3)
    assert found is not None
    assert found.total == spread("300", "300", "300")
