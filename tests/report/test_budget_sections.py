"""The budget's two sections of the report."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import msgspec

from smsheets.analysis.context import Context, PlanSet
from smsheets.analysis.shortages import Transfer
from smsheets.analysis.variance.budget import compute_variance
from smsheets.money import Money, Share
from smsheets.plan.budget import AdGoal, Budget, BudgetLine, OwnTimeTask
from smsheets.plan.record import About
from smsheets.report.document import ChartKind, ChartView, Line, Month, Section, Status, TableView, Tone, Verbatim
from smsheets.report.sections.budget import plan_section, variance_section
from smsheets.spec.load import load_thresholds

CONTEXT = Context(
    plans=PlanSet(),
    as_of=date(2027, 2, 14),
    thresholds={name: threshold.amount for name, threshold in load_thresholds("budget").items()},
    currency="EUR",
)
PLAN = Budget(
    start=About(period_start=date(2027, 1, 1), months=12),
    lines=(
        BudgetLine(
            line_id="B1",
            category="advertising",
            line="Instagram ads",
            channel="instagram",
            opening=Decimal(50),
            planned=(Decimal(100),) * 12,
            actual=(Decimal(80), Decimal(60)),
        ),
        BudgetLine(line_id="B2", category="Events", line="Market stall", planned=(Decimal(50),)),
    ),
    own_time=(OwnTimeTask(task="Texts", hours_per_week=Decimal(3), hourly_value=Decimal(20)),),
    ad_goal=AdGoal(
        revenue_goal=Decimal(1500),
        average_order=Decimal(48),
        conversion_rate=Decimal("0.02"),
        cost_per_click=Decimal("0.35"),
    ),
)


def euros(amount: str) -> Money:
    return Money(Decimal(amount), "EUR")


def table(section: Section, title: str) -> TableView:
    return next(part for part in section.parts if isinstance(part, TableView) and part.title == title)


def chart(section: Section, title: str) -> ChartView:
    return next(part for part in section.parts if isinstance(part, ChartView) and part.title == Line(title))


def planned(plan: Budget = PLAN) -> Section:
    context = msgspec.structs.replace(CONTEXT, plans=PlanSet(budget=plan))
    return plan_section(compute_variance(plan, context), context)


def test_the_plan_section_says_what_the_year_may_cost() -> None:
    section = planned()
    first, categories, own_time, tasks, ads = section.parts
    assert isinstance(first, Line)
    assert first.values == {"budget": euros("1300"), "lines": 2, "opening": euros("50")}
    assert isinstance(categories, TableView)
    assert categories.rows[1] == ("Events", 1, euros("50"), Share(Decimal(50) / 1300))
    assert isinstance(own_time, Line)
    assert own_time.values == {"hours": Decimal(3), "cost": euros("260")}
    assert isinstance(tasks, TableView)
    assert tasks.rows == (("Texts", Decimal(3), euros("260"), None, None, None),)
    assert isinstance(ads, Line)
    assert ads.values["budget"] == euros("560.00")


def test_the_variance_section_has_a_row_per_line_and_a_total() -> None:
    section = variance_section(compute_variance(PLAN, CONTEXT), CONTEXT)
    lines = table(section, "By line")
    assert lines.total
    assert [row[0] for row in lines.rows] == ["B1 Instagram ads", "B2 Market stall", Line("Total")]
    assert lines.rows[0][1:4] == (euros("250"), euros("140"), euros("110"))
    assert lines.rows[1][1:] == (None, None, None, None, euros("50"), Status("no data", Tone.NEUTRAL))


def test_the_months_are_shown_up_to_the_last_with_an_amount() -> None:
    section = variance_section(compute_variance(PLAN, CONTEXT), CONTEXT)
    rows = table(section, "By month").rows
    assert [row[0] for row in rows] == [Month(date(2027, month, 1)) for month in range(1, 13)]
    january = (euros("150"), euros("200"), euros("80"), euros("200"), euros("80"), None)
    february = (euros("100"), euros("170"), euros("60"), euros("300"), euros("140"), euros("190"))
    march = (euros("100"), euros("210"), None, euros("400"), None, euros("400"))
    assert [row[1:] for row in rows[:3]] == [january, february, march]
    assert rows[-1][-1] == euros("1300")


def test_the_money_that_can_move_is_one_table() -> None:
    variance = compute_variance(PLAN, CONTEXT)
    moves = [
        Transfer(lines=("B1",), giver="Instagram ads (B1)", taker=taker, amount=Decimal(amount), spare=Decimal(spare))
        for taker, amount, spare in (("Market stall (B2)", 10, 60), ("Shop (B3)", 50, 50))
    ]
    section = variance_section(variance, CONTEXT, moves)
    assert table(section, "Money that can move").rows == (
        ("Instagram ads (B1)", "Market stall (B2)", euros("10"), euros("60")),
        ("Instagram ads (B1)", "Shop (B3)", euros("50"), euros("50")),
    )
    titles = [part.title for part in variance_section(variance, CONTEXT).parts if isinstance(part, TableView)]
    assert "Money that can move" not in titles


def test_the_carried_money() -> None:
    section = variance_section(compute_variance(PLAN, CONTEXT), CONTEXT)
    amounts = [Decimal(50), Decimal(60), Decimal(0), Decimal(0), Decimal(0), Decimal(110)]
    assert [row[1] for row in table(section, "Carried money").rows] == [Money(amount, "EUR") for amount in amounts]
    bridge = chart(section, "Carried money")
    assert (bridge.kind, bridge.unit, bridge.currency) == (ChartKind.BRIDGE, "money", "EUR")
    assert list(bridge.series[0].values) == amounts
    assert bridge.says.text == "From {opening} at the start to {carried_on} carried on."


def test_the_pictures_of_the_months() -> None:
    section = variance_section(compute_variance(PLAN, CONTEXT), CONTEXT)
    columns, lines = chart(section, "Money by month"), chart(section, "Money added up")
    assert columns.kind is ChartKind.COLUMNS
    assert {series.role.value: series.values[:3] for series in columns.series} == {
        "planned": (150, 100, 100),
        "available": (200, 170, 210),
        "actual": (80, 60, None),
    }
    assert columns.says == Line("No month has cost more than planned.")
    assert lines.kind is ChartKind.LINE
    assert {series.role.value: series.values[:3] for series in lines.series} == {
        "planned": (200, 300, 400),
        "actual": (80, 140, None),
        "forecast": (None, 190, 400),
    }
    assert lines.says == Line(
        "Up to {month}, {amount} of the budget is left; the total will be {forecast} of {budget}.",
        {
            "month": Month(date(2027, 2, 1)),
            "amount": euros("160"),
            "forecast": euros("1300"),
            "budget": euros("1300"),
        },
    )


def test_the_month_furthest_over_its_plan_is_named() -> None:
    def says(*actual: str) -> Line:
        line = BudgetLine(line_id="B1", planned=(Decimal(10),) * 3, actual=tuple(map(Decimal, actual)))
        plan = Budget(start=About(period_start=date(2027, 1, 1)), lines=(line,))
        return chart(variance_section(compute_variance(plan, CONTEXT), CONTEXT), "Money by month").says

    assert says("9", "12").values == {
        "month": Month(date(2027, 2, 1)),
        "actual": euros("12"),
        "planned": euros("10"),
    }
    assert says("9", "12").text == "Only {month} has cost more than planned: {actual} of {planned}."
    assert says("15", "12").values["month"] == Month(date(2027, 1, 1))
    assert says("15", "12").text == "{month} is furthest over its plan: {actual} of {planned}."


def test_budget_and_actual_by_category_and_channel() -> None:
    section = variance_section(compute_variance(PLAN, CONTEXT), CONTEXT)
    categories, channels = chart(section, "By category"), chart(section, "By channel")
    assert categories.categories == (Line("Advertising"),)
    assert [series.values for series in categories.series] == [(250,), (140,)]
    assert channels.categories == ("instagram",)
    assert categories.says == Line("Nothing is over budget to date.")


def test_of_many_channels_the_largest_are_drawn() -> None:
    lines = tuple(
        BudgetLine(line_id=f"B{n}", channel=f"c{n}", planned=(Decimal(n),), actual=(Decimal(2 * n),))
        for n in range(1, 31)
    )
    plan = Budget(start=About(period_start=date(2027, 1, 1)), lines=lines)
    section = variance_section(compute_variance(plan, CONTEXT), CONTEXT)
    assert chart(section, "By channel").categories == tuple(f"c{n}" for n in range(19, 31))
    worst = Line("Most over budget to date: {name}, by {over}.", {"name": "c30", "over": euros("30")})
    drawn = {"says": worst, "drawn": 12, "all": 30}
    assert chart(section, "By channel").says == Line("{says} Shown: {drawn} of {all}.", drawn)
    assert len(table(section, "By channel").rows) == 30


def test_own_time_stands_beside_the_price_of_hiring_out() -> None:
    tasks = (
        OwnTimeTask(task="Texts", hours_per_week=Decimal(3), hourly_value=Decimal(20), outside_price=Decimal(300)),
        OwnTimeTask(task="Photos", hours_per_week=Decimal(3), hourly_value=Decimal(20), outside_price=Decimal(200)),
        OwnTimeTask(task="Unknown"),
    )
    plan = Budget(lines=(BudgetLine(line_id="B1", planned=(Decimal(1),)),), own_time=tasks)
    section = planned(plan)
    rows = table(section, "Do it ourselves or hire it out, per month").rows
    assert [row[0] for row in rows] == ["Texts", "Photos"]
    assert [row[3:] for row in rows] == [
        (euros("300"), euros("-40"), Status("do it yourselves", Tone.GOOD)),
        (euros("200"), euros("60"), Status("hire out", Tone.WATCH)),
    ]
    bars = chart(section, "Own time or hire out")
    assert bars.categories == (Verbatim("Texts"), Verbatim("Photos"))
    assert [series.values for series in bars.series] == [(260, 260), (300, 200)]
    assert bars.says.values == {"task": Verbatim("Photos"), "saving": euros("60")}


def test_one_month_makes_no_line() -> None:
    plan = Budget(lines=(BudgetLine(line_id="B1", planned=(Decimal(9),), actual=(Decimal(5),)),))
    section = variance_section(compute_variance(plan, CONTEXT), CONTEXT)
    kinds = [part.kind for part in section.parts if isinstance(part, ChartView)]
    assert ChartKind.COLUMNS in kinds
    assert ChartKind.LINE not in kinds


def test_the_running_month_is_shown_with_its_pace() -> None:
    pace = table(variance_section(compute_variance(PLAN, CONTEXT), CONTEXT), "Running month")
    [row] = pace.rows
    assert row == ("B1 Instagram ads", euros("85"), euros("60"), Share(Decimal(60) / Decimal(85)), euros("120"))


def test_every_table_stays_readable_at_eighty_characters() -> None:
    sections = (planned(), variance_section(compute_variance(PLAN, CONTEXT), CONTEXT))
    tables = [part for section in sections for part in section.parts if isinstance(part, TableView)]
    assert all(len(view.headers) <= 7 for view in tables)
    assert all(len(row) == len(view.headers) for view in tables for row in view.rows)


def test_what_is_not_there_is_not_shown() -> None:
    plan = Budget(lines=(BudgetLine(line_id="B1", planned=(Decimal(0),), actual=(Decimal(5),)),))
    summary = planned(plan)
    assert len(summary.parts) == 2
    assert isinstance(summary.parts[1], TableView)
    assert summary.parts[1].rows == ((Line("no category"), 1, euros("0"), None),)
    section = variance_section(compute_variance(plan, CONTEXT), CONTEXT)
    titles = [part.title for part in section.parts if isinstance(part, TableView)]
    assert titles == ["By line", "By month", "Carried money", "By category"]
    assert table(section, "By month").rows[0][0] == 1
    assert table(section, "By line").rows[0][-1] == Status("no budget", Tone.NEUTRAL)


def test_a_blank_budget_says_so() -> None:
    assert planned(Budget()).parts == (Line("No amounts are filled in yet."),)
    variance = compute_variance(Budget(), CONTEXT)
    assert variance_section(variance, CONTEXT).parts == (Line("No actual amounts are filled in yet."),)
