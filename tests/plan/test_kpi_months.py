"""A metric over the months: how months add up, how far from the target, what the row means."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smsheets.plan.kpi_months import (
    KpiMonths,
    Standing,
    YearToDate,
    change_share,
    ratio,
    shortfall,
    standing_of,
)
from smsheets.plan.kpi_report import KpiReport, KpiRow, MetricDefinition
from smsheets.plan.record import About
from smsheets.plan.reference import AddsUp, Direction, Unit
from smsheets.spec.reference import load_kpi_definitions

WATCH, BEHIND = Decimal("0.05"), Decimal("0.15")
figures = st.decimals(min_value=0, max_value=10**6, places=2, allow_nan=False)


def row(metric: str | None, actual: str = "", target: str = "", **more: Any) -> KpiRow:
    def values(text: str) -> tuple[Decimal | None, ...]:
        return tuple(None if word == "-" else Decimal(word) for word in text.split())

    return KpiRow(**{"channel": "instagram", **more}, metric=metric, actual=values(actual), target=values(target))


def months(*rows: KpiRow, as_of: date = date(2027, 12, 31), own: tuple[MetricDefinition, ...] = ()) -> KpiMonths:
    start = About(period_start=date(2027, 1, 1))
    return KpiMonths(KpiReport(start=start, kpis=rows, metric_definitions=own), as_of, load_kpi_definitions())


def year(*rows: KpiRow, as_of: date = date(2027, 12, 31)) -> YearToDate:
    """Of the first row."""
    return months(*rows, as_of=as_of).year_to_date(rows[0])


def test_sums_are_added_and_blanks_are_not_zero() -> None:
    assert year(row("likes", "10 - 12", "11 20 11 99")) == YearToDate(actual=Decimal(22), target=Decimal(22))


def test_a_sum_has_no_target_where_a_month_with_an_actual_has_none() -> None:
    assert year(row("likes", "10 5", "11 -")) == YearToDate(actual=Decimal(15))


def test_a_rate_that_nobody_typed_is_worked_out_from_its_rows() -> None:
    rate = row("engagement_rate_by_reach", "- 0.5 - -")
    parts = (row("engagement", "50 50 - 9"), row("reach", "1000 1000 9 -"))
    found = months(rate, *parts)
    assert found.actuals(rate) == (Decimal("0.05"), Decimal("0.5"), None, None)
    assert found.rates(rate)[:2] == (Decimal("0.05"), Decimal("0.05"))
    assert found.last_month(rate) == 2
    assert months(rate, *parts, as_of=date(2027, 1, 31)).actuals(rate) == (Decimal("0.05"),)
    assert months(rate, parts[0]).actuals(rate) == rate.actual
    elsewhere = row("reach", "1000 1000 9 -", channel="facebook")
    assert months(rate, parts[0], elsewhere).parts(rate) is None


def test_of_followers_the_last_value_counts() -> None:
    assert year(row("followers", "100 120 - -", "110 130 140")) == YearToDate(actual=Decimal(120), target=Decimal(130))


@pytest.mark.parametrize("metric", ["reach", "response_time", "follower_growth"])
def test_reach_and_medians_do_not_add_up(metric: str) -> None:
    assert year(row(metric, "10 20", "10 20")) == YearToDate()


def test_a_ratio_is_the_ratio_of_sums_over_months_in_which_both_are_known() -> None:
    clicks, shown = row("link_clicks", "10 50 30"), row("impressions", "1000 - 2000")
    assert year(row("ctr", "0.01 0.02 0.015"), clicks, shown).actual == Decimal(40) / Decimal(3000)


def test_a_price_per_thousand_is_multiplied() -> None:
    assert year(row("cpm", "5"), row("spend", "10"), row("impressions", "2000")).actual == 5


@pytest.mark.parametrize(
    "others",
    [
        (),
        (row("link_clicks", "10"),),
        (row("link_clicks", "10"), row("impressions", "1000", channel="facebook")),
        (row("link_clicks", "10"), row("impressions", "0")),
        (row("link_clicks", "10 -"), row("impressions", "- 1000")),
    ],
)
def test_a_ratio_without_both_parts_has_no_year(others: tuple[KpiRow, ...]) -> None:
    assert year(row("ctr", "0.01"), *others) == YearToDate()


def test_a_rate_by_reach_has_no_year_because_reach_does_not_add_up() -> None:
    assert year(row("engagement_rate_by_reach", "0.05"), row("engagement", "50"), row("reach", "1000")) == YearToDate()


def test_a_metric_nobody_knows_has_no_year_unless_the_row_says_how() -> None:
    assert year(row("Cups sold", "3 4")) == YearToDate()
    assert year(row("Cups sold", "3 4", adds_up="sum")).actual == 7


def test_no_actual_no_figure() -> None:
    empty = row("likes", "- -", "5 5")
    assert year(empty) == YearToDate()
    assert months(empty).last_month(empty) is None


def test_months_after_the_day_do_not_count() -> None:
    likes = row("likes", "1 2 4", "1 1 1")
    assert year(likes, as_of=date(2027, 2, 1)).actual == 3
    assert year(likes, as_of=date(2026, 12, 31)).actual is None
    assert months(likes, as_of=date(2027, 2, 1)).last_month(likes) == 2


def test_an_unknown_start_counts_every_month() -> None:
    assert KpiReport().months_begun(date(2027, 1, 1)) is None
    plan = KpiReport(kpis=(row("likes", "1 2"),))
    assert KpiMonths(plan, date(2020, 1, 1), load_kpi_definitions()).last_month(plan.kpis[0]) == 2


def test_the_row_speaks_before_the_workbook_and_the_workbook_before_the_program() -> None:
    own = (MetricDefinition(metric="likes", unit="hours", direction="down", adds_up="last"),)
    assert months().meaning(row("likes")).adds_up is AddsUp.SUM
    meaning = months(own=own).meaning(row("likes"))
    assert (meaning.unit, meaning.direction, meaning.adds_up) == (Unit.HOURS, Direction.DOWN, AddsUp.LAST)
    spoken = months(own=own).meaning(row("likes", unit="money", direction="up", adds_up="none"))
    assert (spoken.unit, spoken.direction, spoken.adds_up) == (Unit.MONEY, Direction.UP, AddsUp.NONE)


def test_a_word_nobody_knows_is_passed_over() -> None:
    assert months().meaning(row("response_time", direction="sideways")).direction is Direction.DOWN


def test_the_first_of_two_equal_rows_is_taken() -> None:
    first, second = row("likes", "1"), row("likes", "2")
    found = months(first, second)
    assert found.row_of("instagram", "likes") is first
    assert found.row_of("instagram", None) is None


@pytest.mark.parametrize(
    ("actual", "target", "direction", "expected"),
    [
        ("95", "100", "up", Standing.ON_TRACK),
        ("94.99", "100", "up", Standing.WATCH),
        ("85", "100", "up", Standing.WATCH),
        ("84", "100", "up", Standing.BEHIND),
        ("130", "100", "up", Standing.ON_TRACK),
        ("12.6", "12", "down", Standing.ON_TRACK),
        ("13", "12", "down", Standing.WATCH),
        ("14", "12", "down", Standing.BEHIND),
        ("3", "12", "down", Standing.ON_TRACK),
        ("0", "0", "down", Standing.ON_TRACK),
        ("1", "0", "down", Standing.BEHIND),
        ("1", "0", "up", Standing.ON_TRACK),
    ],
)
def test_status_words(actual: str, target: str, direction: str, expected: Standing) -> None:
    assert standing_of(Decimal(actual), Decimal(target), Direction(direction), WATCH, BEHIND) is expected


def test_status_words_of_what_is_unknown() -> None:
    assert standing_of(None, Decimal(5), Direction.UP, WATCH, BEHIND) is Standing.NO_DATA
    assert standing_of(Decimal(5), None, Direction.UP, WATCH, BEHIND) is Standing.NO_TARGET


def test_figures_that_do_not_exist_are_none() -> None:
    assert ratio(Decimal(1), Decimal(0)) is None
    assert ratio(None, Decimal(1)) is None
    assert change_share(Decimal(1), Decimal(0)) is None
    assert change_share(Decimal(-3), Decimal(-2)) == Decimal("-0.5")
    assert shortfall(Decimal(1), None, Direction.UP) is None


@given(actual=figures, target=figures.filter(bool))
def test_short_one_way_is_ahead_the_other(actual: Decimal, target: Decimal) -> None:
    assert shortfall(actual, target, Direction.UP) == -(shortfall(actual, target, Direction.DOWN) or Decimal(0))


@given(values=st.lists(st.none() | figures, max_size=12))
def test_the_year_of_a_sum_is_the_sum_of_what_is_known(values: list[Decimal | None]) -> None:
    likes = KpiRow(metric="likes", actual=tuple(values))
    known = [value for value in values if value is not None]
    assert year(likes).actual == (sum(known) if known else None)
