"""When a goal is reached: from which figures, by when, with which range - and when nothing is said."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from kpi_rows import START, context_of, kpi, report

from smsheets.analysis.goal_outlook import GoalOutlook, Method, Outlook, WhyNot, goal_outlooks
from smsheets.plan.forecast import Spread
from smsheets.plan.goals import Goal
from smsheets.plan.kpi_report import KpiReport, KpiRow
from smsheets.plan.record import About, Where
from smsheets.plan.strategy import Strategy

AS_OF = date(2027, 7, 5)
"""Six months of the period are over."""

STEADY = "4000 4400 4800 5200 5600 6000"


def goal(**more: Any) -> Goal:
    where = Where(file="strategy.xlsx", sheet="Goals", row=11, columns={"goal_id": 1, "metric": 3, "target": 6})
    values: dict[str, Any] = {
        "goal_id": "G1", "goal": "More people", "metric": "followers", "channel": "instagram",
        "target": Decimal(8000), "deadline": date(2027, 12, 31),
    }  # fmt: skip
    return Goal(where=where, **{**values, **more})


def outlook(one: Goal, plan: KpiReport, as_of: date = AS_OF) -> GoalOutlook:
    (found,) = goal_outlooks(Strategy(goals=(one,)), context_of(plan, as_of))
    return found


def of(actual: str, metric: str = "followers", as_of: date = AS_OF, **more: Any) -> GoalOutlook:
    return outlook(goal(metric=metric, **more), report(kpi("instagram", metric, actual)), as_of)


def test_a_level_goes_on_from_its_last_figure() -> None:
    found = of(STEADY)
    assert (found.outlook, found.method) == (Outlook.IN_TIME, Method.FROM_LAST)
    assert (found.value, found.level, found.known_on, found.points) == (6000, 6000, date(2027, 6, 30), 6)
    assert found.pace == Spread(low=Decimal(400), likely=Decimal(400), high=Decimal(400))
    assert found.earliest == found.likely == found.latest == date(2027, 11, 30)
    assert [str(cell) for cell in found.cells] == ["KPIs!Y6", "KPIs!V6", "KPIs!S6", "KPIs!P6", "KPIs!M6", "KPIs!J6"]


def test_what_it_takes_is_counted_up_to_the_deadline() -> None:
    assert of(STEADY, deadline=date(2027, 10, 31)).needed == 500
    assert of(STEADY, deadline=date(2027, 8, 15)).needed == (Decimal(2000) / (1 + Decimal(15) / 31)).quantize(
        Decimal("0.01")
    )
    assert of(STEADY, deadline=date(2027, 7, 6)).needed == 2000


@pytest.mark.parametrize(
    ("deadline", "expected"), [(date(2027, 11, 30), Outlook.IN_TIME), (date(2027, 11, 29), Outlook.LATE)]
)
def test_the_likely_day_against_the_deadline(deadline: date, expected: Outlook) -> None:
    assert of(STEADY, deadline=deadline).outlook is expected


def test_the_range_comes_from_the_quarters_of_the_steps() -> None:
    found = of("4000 4150 4700 4900 5600 5700")
    assert found.pace is not None
    assert found.pace.low < found.pace.likely < found.pace.high
    assert found.earliest is not None
    assert found.likely is not None
    assert found.latest is not None
    assert found.earliest < found.likely < found.latest


def test_a_figure_by_the_month_follows_its_line_and_counts_at_the_months_end() -> None:
    found = of("10 12 14 16 18 40", metric="orders", target=Decimal(30), deadline=date(2027, 12, 1))
    assert found.value == 40
    assert found.outlook is Outlook.REACHED
    found = of("10 12 14 16 18 28", metric="orders", target=Decimal(30), deadline=date(2027, 12, 1))
    assert (found.method, found.level, found.value) == (Method.ALONG_LINE, 20, 28)
    assert found.likely == date(2027, 11, 30)
    assert found.outlook is Outlook.IN_TIME
    assert found.needed == Decimal("1.67")


def test_less_can_be_better() -> None:
    found = of("30 28 26 24 22 20", metric="response_time", target=Decimal(12), direction="down")
    assert found.outlook is Outlook.IN_TIME
    assert found.likely == date(2027, 10, 31)
    assert found.needed == Decimal("-1.33")
    reached = of("30 28 26 24 22 12", metric="response_time", target=Decimal(12), direction="down")
    assert reached.outlook is Outlook.REACHED


@pytest.mark.parametrize("actual", ["6000 5900 5800", "5000 5000 5000", "5000 5001 5002"])
def test_what_falls_stands_still_or_crawls_gets_there_never(actual: str) -> None:
    found = of(actual, as_of=date(2027, 4, 2))
    assert found.outlook is Outlook.NOT_AT_THIS_PACE
    assert found.likely is None
    assert found.needed is not None


def test_an_open_end_of_the_range_has_no_day() -> None:
    found = of("4000 4600 4300 4900 4200 5000", target=Decimal(6400))
    assert (found.earliest is not None, found.likely is not None, found.latest) == (True, True, None)


def test_without_a_deadline_there_is_a_day_but_no_word() -> None:
    found = of(STEADY, deadline=None)
    assert (found.outlook, found.likely, found.needed) == (Outlook.NO_DEADLINE, date(2027, 11, 30), None)
    assert found.on_its_way is None


@pytest.mark.parametrize(
    ("actual", "as_of", "points", "cells"),
    [
        ("", AS_OF, 0, ["KPIs!S6", "KPIs!V6", "KPIs!Y6"]),
        ("1 2", date(2027, 3, 20), 2, ["KPIs!P6"]),
        ("1 - 2 - - -", AS_OF, 2, ["KPIs!S6", "KPIs!V6", "KPIs!Y6"]),
        ("1 2 3", date(2027, 3, 30), 2, ["KPIs!P6"]),
    ],
)
def test_nothing_is_forecast_from_fewer_than_three_months_that_are_over(
    actual: str, as_of: date, points: int, cells: list[str]
) -> None:
    found = of(actual, as_of=as_of)
    assert (found.outlook, found.why_not, found.points) == (Outlook.UNKNOWN, WhyNot.TOO_FEW, points)
    assert (found.likely, found.pace, found.needed) == (None, None, None)
    assert [str(cell) for cell in found.cells] == cells


def test_the_running_month_counts_once_it_is_over() -> None:
    assert of("1 2 3", as_of=date(2027, 3, 31)).points == 3


def test_a_metric_that_nobody_follows_any_more_is_not_forecast() -> None:
    assert of("4000 4400 4800 5200").why_not is None
    found = of("4000 4400 4800")
    assert found.why_not is WhyNot.STALE
    assert [str(cell) for cell in found.cells] == ["KPIs!S6", "KPIs!V6", "KPIs!Y6"]


def test_a_missed_deadline_needs_a_figure_from_then() -> None:
    assert of(STEADY, deadline=date(2027, 6, 30)).outlook is Outlook.MISSED
    assert of(STEADY, deadline=date(2027, 7, 2)).outlook is Outlook.LATE
    assert of("9000", deadline=date(2027, 1, 31)).outlook is Outlook.REACHED
    assert of("7000", deadline=date(2027, 1, 31)).outlook is Outlook.MISSED


def test_what_a_goal_lacks_is_named_with_its_cell() -> None:
    plan = report(kpi("instagram", "followers", STEADY))
    numberless = outlook(goal(target=None), plan)
    assert (numberless.why_not, [str(cell) for cell in numberless.cells]) == (WhyNot.NO_NUMBER, ["Goals!F11"])
    rowless = outlook(goal(metric="leads"), plan)
    assert (rowless.why_not, [str(cell) for cell in rowless.cells]) == (WhyNot.NO_ROW, ["Goals!C11"])
    timeless = outlook(goal(), KpiReport(start=About(), kpis=plan.kpis))
    assert timeless.why_not is WhyNot.NO_START


ROWS: dict[str, tuple[KpiRow, ...]] = {
    "whole business first": (kpi("facebook", "orders", "1 2 3"), kpi(None, "orders", "4 5 6")),
    "the only row of the metric": (kpi("facebook", "orders", "4 5 6"), kpi("facebook", "leads", "1 2 3")),
    "the only row that names the goal": (
        kpi("facebook", "orders", "1 2 3"),
        kpi("instagram", "orders", "4 5 6", goal_id="g1 "),
    ),
}


@pytest.mark.parametrize("rows", ROWS.values(), ids=ROWS)
def test_a_goal_without_a_channel_finds_its_row(rows: tuple[KpiRow, ...]) -> None:
    found = outlook(goal(metric="orders", channel=None), report(*rows), date(2027, 4, 1))
    assert found.value == 6


def test_of_several_rows_none_is_guessed() -> None:
    rows = (kpi("facebook", "orders", "1 2 3"), kpi("instagram", "orders", "4 5 6"))
    assert outlook(goal(metric="orders", channel=None), report(*rows)).why_not is WhyNot.NO_ROW
    assert outlook(goal(metric="orders", channel="tiktok"), report(*rows)).why_not is WhyNot.NO_ROW


def test_the_months_run_on_to_the_deadline_with_the_range_opening() -> None:
    months = of("4000 4100 4500 4600 5000 5100").months
    assert [month.actual for month in months[:6]] == [4000, 4100, 4500, 4600, 5000, 5100]
    assert months[-1].first_day >= date(2027, 12, 1)
    widths = [month.expected.high - month.expected.low for month in months if month.expected is not None]
    assert widths == sorted(widths)
    assert widths[0] > 0


def test_without_a_kpi_report_there_is_no_outlook() -> None:
    assert list(goal_outlooks(Strategy(start=START, goals=(goal(),)), context_of(None))) == []
