"""The forecasts in the report: their method in words, their range, and what cannot be said yet."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal

import pytest
from sample_analysis import sample_analysis

from smsheets.analysis.context import Context, PlanSet
from smsheets.analysis.forecast import Forecast, SpendOutlook
from smsheets.analysis.goal_outlook import GoalOutlook, WhyNot
from smsheets.cells import CellRef
from smsheets.money import Money
from smsheets.report.document import ChartView, Line, Role, Section, TableView
from smsheets.report.json_view import render_json
from smsheets.report.sections.forecast import forecast_section
from smsheets.report.sections.strategy import plan_section
from smsheets.report.text import render_text
from smsheets.report.wording import Words

CONTEXT = Context(plans=PlanSet(), as_of=date(2027, 7, 5), thresholds={}, currency="EUR")


def sample_section() -> Section:
    business = sample_analysis().businesses[0]
    return forecast_section(business.forecast, business.context)


def shown(forecast: Forecast) -> str:
    return " ".join(render_text([forecast_section(forecast, CONTEXT)], Words("en")).split())


def tables() -> dict[str, list[list[str]]]:
    words = Words("en")
    return {
        words.text(part.title): [[words.cell(cell) for cell in row] for row in part.rows]
        for part in sample_section().parts
        if isinstance(part, TableView)
    }


def test_there_is_one_forecast_and_the_pace_is_a_note() -> None:
    assert tables()["Spending in all"] == [["8,129.90", "16,794.90", "16,430.00"]]
    notes = [part for part in sample_section().parts if isinstance(part, Line) and "spend {ratio}" in part.text]
    assert [note.values["likely"] for note in notes] == [Money(Decimal("16330.33"), "EUR")]


def test_one_forecast_and_one_state_of_each_goal_on_all_pages() -> None:
    """The headline, the tables of the budget and the forecast say one amount; a goal has one figure for now."""
    business = sample_analysis().businesses[0]
    [figure] = [item for item in business.headline.figures if item.id == "forecast"]
    variance, spend = business.variance.budget, business.forecast.spend
    assert variance is not None
    assert spend is not None
    amounts = {variance.total.year.forecast, variance.months[-1].forecast_so_far, spend.forecast}
    assert {Money(amount or Decimal(0), "EUR") for amount in amounts} == {figure.value}
    now = {row[0]: row[2] for row in tables()["What the goals need"]}
    words, strategy = Words("en"), business.plans.strategy
    assert strategy is not None
    [progress] = [
        part
        for part in plan_section(strategy, business.context).parts
        if isinstance(part, TableView) and part.title == "Progress of the goals"
    ]
    shown = {words.cell(row[0]): words.cell(row[2]) for row in progress.rows}
    assert {name: shown[name] for name in now} == now


def test_the_goals_have_days_with_a_range_and_a_word() -> None:
    rows = tables()["When goals are reached"]
    assert rows[0][:5] == ["G1", "Aug 31, 2027", "Oct 2, 2027", "Oct 7, 2027", "Oct 24, 2027"]
    assert [row[-1] for row in rows] == ["6", "6", "6"]


def test_what_a_goal_takes_stands_beside_what_it_does() -> None:
    assert tables()["What the goals need"][:2] == [
        ["G1", "Followers, Instagram", "6,240", "8,000", "550", "468.75 to 578.33", "880"],
        ["G2", "Orders", "61", "100", "4", "3 to 5.08", "6.5"],
    ]


@pytest.mark.parametrize("language", ["en", "de"])
def test_the_methods_are_named_in_words(language: str) -> None:
    business = sample_analysis(language).businesses[0]
    text = render_text([forecast_section(business.forecast, business.context)], Words(language))
    assert "typisch" in text if language == "de" else "typical change" in text
    assert "{" not in text


def test_every_figure_of_a_picture_stands_in_a_table() -> None:
    parts = sample_section().parts
    charts = [part for part in parts if isinstance(part, ChartView)]
    assert len(charts) == 3
    cells = {
        cell.amount if isinstance(cell, Money) else cell
        for part in parts
        if isinstance(part, TableView)
        for row in part.rows
        for cell in row
        if isinstance(cell, Money | Decimal | int)
    }
    for chart in charts:
        for series in chart.series:
            assert len(series.values) == len(chart.categories)
            assert {value for value in series.values if value is not None} <= cells


def test_a_picture_shows_what_is_known_and_the_ends_of_the_range() -> None:
    for part in sample_section().parts:
        if isinstance(part, ChartView):
            roles = [series.role for series in part.series]
            assert roles[0] is Role.ACTUAL
            assert roles.count(Role.FORECAST) == 1
            assert roles.count(Role.RANGE) == 2


CELL = CellRef("k.xlsx", "KPIs", 6, 25)


@pytest.mark.parametrize(
    ("why_not", "says"),
    [
        (WhyNot.NO_NUMBER, "it has no metric or no target yet. Fill in: k.xlsx: KPIs!Y6."),
        (WhyNot.NO_ROW, "the KPI report has no row of its own for it. See k.xlsx: KPIs!Y6."),
        (WhyNot.NO_START, "the KPI report does not say when it begins. Fill in: k.xlsx: KPIs!Y6."),
        (WhyNot.TOO_FEW, "it needs 3 months with figures and has 2. Next: k.xlsx: KPIs!Y6."),
        (WhyNot.STALE, "its last figures are too old. Fill in: k.xlsx: KPIs!Y6."),
    ],
)  # fmt: skip
def test_a_goal_without_a_forecast_says_why_and_which_cell_to_fill_in(why_not: WhyNot, says: str) -> None:
    goal = GoalOutlook(goal_id="G1", goal="Grow", metric=None, channel=None, why_not=why_not, points=2, cells=(CELL,))
    assert shown(Forecast(goals=(goal,))) == f"Forecast -------- Goal G1 'Grow' has no forecast: {says}"


def test_spending_without_a_forecast_says_so() -> None:
    spend = SpendOutlook(budget=Decimal(100), spent=Decimal(20), points=1, cells=(CellRef("b.xlsx", "Budget", 5, 4),))
    assert shown(Forecast(spend=spend)) == (
        "Forecast -------- Spending in all Spent Forecast Budget ───────────────────────── 20.00 100.00 The pace "
        "cannot be judged yet: that needs 3 finished months with plan and actual; so far: 1. "
        "Next: b.xlsx: Budget!D5."
    )


def test_the_json_has_the_same_forecast() -> None:
    view = json.loads(render_json(sample_analysis(), Words("en")))["businesses"][0]["forecast"]
    assert view["spend"]["forecast"] == "16794.9"
    assert view["spend"]["at_pace"] == {"low": "16159.20", "likely": "16330.33", "high": "16901.79"}
    goals = {goal["goal_id"]: goal for goal in view["goals"]}
    assert (goals["G1"]["outlook"], goals["G1"]["likely"], goals["G1"]["method"]) == ("late", "2027-10-07", "from_last")
    assert goals["G4"]["why_not"] == "no_number"
    assert {tuple(cell) for cell in goals["G4"]["cells"]} == {("file", "sheet", "cell")}
