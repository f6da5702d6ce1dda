"""The budget's two sections of the report."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from smsheets.analysis.context import Context, PlanSet
from smsheets.analysis.variance.budget import compute_variance
from smsheets.money import Money, Share
from smsheets.plan.budget import AdGoal, Budget, BudgetLine, OwnTimeTask
from smsheets.plan.record import About
from smsheets.report.document import Line, Section, TableView
from smsheets.report.sections.budget import plan_section, variance_section
from smsheets.spec.thresholds import load_thresholds

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


def test_the_plan_section_says_what_the_year_may_cost() -> None:
    section = plan_section(PLAN, CONTEXT)
    first, categories, own_time, ads = section.parts
    assert isinstance(first, Line)
    assert first.values == {"budget": euros("1300"), "lines": 2, "opening": euros("50")}
    assert isinstance(categories, TableView)
    assert categories.rows[1] == ("Events", 1, euros("50"), Share(Decimal(50) / 1300))
    assert isinstance(own_time, Line)
    assert own_time.values == {"hours": Decimal(3), "cost": euros("260")}
    assert isinstance(ads, Line)
    assert ads.values["budget"] == euros("560.00")


def test_the_variance_section_has_a_row_per_line_and_a_total() -> None:
    section = variance_section(compute_variance(PLAN, CONTEXT), CONTEXT)
    lines = table(section, "By line")
    assert lines.total
    assert [row[0] for row in lines.rows] == ["B1 Instagram ads", "B2 Market stall", Line("Total")]
    assert lines.rows[0][1:4] == (euros("250"), euros("140"), euros("110"))
    assert lines.rows[1][1:] == (None, None, None, None, euros("50"), Line("no data"))


def test_the_variance_section_shows_months_with_actuals_and_the_carried_money() -> None:
    section = variance_section(compute_variance(PLAN, CONTEXT), CONTEXT)
    assert [row[0] for row in table(section, "By month").rows] == ["2027-01", "2027-02"]
    assert [row[1] for row in table(section, "Carried money").rows] == [
        euros("50"),
        euros("60"),
        euros("0"),
        euros("0"),
        euros("110"),
    ]


def test_the_running_month_is_shown_with_its_pace() -> None:
    pace = table(variance_section(compute_variance(PLAN, CONTEXT), CONTEXT), "Running month")
    [row] = pace.rows
    assert row == ("B1 Instagram ads", euros("85"), euros("60"), Share(Decimal(60) / Decimal(85)), euros("120"))


def test_every_table_stays_readable_at_eighty_characters() -> None:
    sections = (plan_section(PLAN, CONTEXT), variance_section(compute_variance(PLAN, CONTEXT), CONTEXT))
    tables = [part for section in sections for part in section.parts if isinstance(part, TableView)]
    assert all(len(view.headers) <= 7 for view in tables)
    assert all(len(row) == len(view.headers) for view in tables for row in view.rows)


def test_what_is_not_there_is_not_shown() -> None:
    plan = Budget(lines=(BudgetLine(line_id="B1", planned=(Decimal(0),), actual=(Decimal(5),)),))
    summary = plan_section(plan, CONTEXT)
    assert len(summary.parts) == 2
    assert isinstance(summary.parts[1], TableView)
    assert summary.parts[1].rows == ((Line("no category"), 1, euros("0"), None),)
    section = variance_section(compute_variance(plan, CONTEXT), CONTEXT)
    titles = [part.title for part in section.parts if isinstance(part, TableView)]
    assert titles == ["By line", "By category", "By month", "Carried money"]
    assert table(section, "By month").rows[0][0] == 1
    assert table(section, "By line").rows[0][-1] == Line("no budget")


def test_a_blank_budget_says_so() -> None:
    assert plan_section(Budget(), CONTEXT).parts == (Line("No amounts are filled in yet."),)
    variance = compute_variance(Budget(), CONTEXT)
    assert variance_section(variance, CONTEXT).parts == (Line("No actual amounts are filled in yet."),)
