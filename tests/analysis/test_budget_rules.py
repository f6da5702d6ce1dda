"""The findings about lines that cost too much: when each is made, when not, and never on blanks."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import msgspec
import pytest
from advice import cells, do, say
from budget_rows import AS_OF, START, context_of, lacking, line, rule, told

from smsheets.analysis.context import PlanSet
from smsheets.analysis.finding import Level
from smsheets.analysis.rules.budget import RULES
from smsheets.analysis.run import run_rule
from smsheets.plan.budget import Budget, BudgetLine, BudgetSettings, OwnTimeTask
from smsheets.plan.calendar import Calendar
from smsheets.plan.carry import months_of
from smsheets.plan.kpi_report import KpiReport
from smsheets.plan.record import About
from smsheets.plan.strategy import Strategy
from smsheets.spec.load import load_thresholds
from smsheets.spec.reference import load_finding_texts


class TestOver:
    def test_a_line_over_by_more_than_the_limit_names_its_worst_month_first(self) -> None:
        [finding] = told("budget.over", line("100 120 140"))
        assert say(finding) == ("'Ads' is over: €360.00 spent, €60.00 (20%) more than its budget to date of €300.00.")
        assert (finding.about, finding.root, finding.effect) == ("B1", "line B1", 60)
        assert finding.level is Level.ERROR
        assert cells(finding) == ["Budget!S10", "Budget!O10"]
        assert do(finding) == (
            "Spend €6.67 less on 'Ads' in each of the 9 planned months left. No other line has money to spare."
        )

    def test_a_line_at_the_limit_is_not_over(self) -> None:
        assert told("budget.over", line("115")) == []

    def test_the_workbooks_own_limit_counts(self) -> None:
        assert len(told("budget.over", line("115"), settings=BudgetSettings(over_share=Decimal("0.1")))) == 1

    def test_an_overspent_opening_carry_is_shown_where_no_month_is(self) -> None:
        [finding] = told("budget.over", line("100", opening=Decimal(-20)))
        assert cells(finding) == ["Budget!H10"]

    def test_an_overspend_that_is_small_beside_the_whole_budget_is_a_warning(self) -> None:
        small = line("12", planned="10", row=10)
        assert told("budget.over", small)[0].level is Level.ERROR
        assert told("budget.over", small, line("0", row=11))[0].level is Level.WARNING
        assert told("budget.over", small, line("0", row=11, category="own_time"))[0].level is Level.ERROR

    def test_money_comes_from_the_line_with_most_to_spare(self) -> None:
        lines = (line("100 120 140"), line("90 90 90", row=11), line("60 60 60", row=12, line="Pins"))
        [finding] = told("budget.over", *lines)
        assert do(finding) == (
            "Take €60.00 from Pins (B3), which has €120.00 to spare, or spend €6.67 less on 'Ads' in each of the"
            " 9 planned months left."
        )

    def test_the_same_money_is_not_promised_twice(self) -> None:
        lines = (line("190"), line("150", row=11), line("0", row=12, line="Pins"), line("0 - -", "50 50 50", row=13))
        first, second = told("budget.over", *lines)
        assert do(first).startswith("Take €90.00 from Pins (B3), which has €100.00 to spare")
        assert do(second).startswith("Take €50.00 from Ads (B4), which has €50.00 to spare")

    def test_a_line_that_cannot_save_it_any_more_is_stopped(self) -> None:
        [finding, _] = told("budget.over", line("150 150", "100 100"), line("130 130", "100 100", row=11))
        assert do(finding) == "Stop or cut 'Ads', or find €100.00 elsewhere. No other line has money to spare."
        [finding] = told("budget.over", line("150 150", "100 100"), line("0", row=11, line="Pins"))
        assert do(finding) == "Take €100.00 from Pins (B2), which has €100.00 to spare, and stop or cut 'Ads'."

    def test_hours_are_not_paid_with_another_lines_money(self) -> None:
        lines = (line("150", category="own_time", line="Our hours"), line("0", row=11, line="Pins"))
        [finding] = told("budget.over", *lines)
        assert do(finding) == (
            "Spend €4.55 less of your hours on 'Our hours' in each of the 11 planned months left, or plan the hours"
            " that it really takes."
        )

    def test_hours_that_cannot_be_saved_are_planned(self) -> None:
        [finding] = told("budget.over", line("150 150", "100 100", category="own_time"))
        assert do(finding) == "Spend less of your hours on 'Ads', or plan the hours that it really takes."
        [finding] = told("budget.unplanned", line("30", planned="0 100", category="own_time"))
        assert do(finding) == "Plan the hours that 'Ads' really takes, or spend them on something else."

    def test_a_line_that_carries_nothing_has_nothing_to_give(self) -> None:
        [finding] = told("budget.over", line("150"), line("0", row=11, carry_rule="none"))
        assert "No other line has money to spare" in do(finding)


class TestActualsMissing:
    def test_the_last_month_that_is_over_is_asked_for(self) -> None:
        lines = (line("100 " * 6), line("100 " * 5, row=11, line="Pins"), line("", "- " * 6 + "50", row=12))
        [lack] = lacking("budget.over", *lines, as_of=date(2027, 7, 6))
        assert say(lack) == "Fill in the actual amounts of June (Pins (B2)) to learn whether the budget is kept."
        assert cells(lack) == ["Budget!AE11"]

    def test_not_in_the_first_days_nor_in_the_first_month_nor_outside_the_period(self) -> None:
        behind = line("100 " * 5)
        for day in (date(2027, 7, 5), date(2027, 1, 31), date(2026, 12, 31), date(2028, 2, 20)):
            assert lacking("budget.over", behind, as_of=day) == []


class TestUnplanned:
    def test_spending_on_a_line_without_a_plan(self) -> None:
        [finding] = told("budget.unplanned", line("30", planned="0 100"))
        assert say(finding) == "'Ads' has cost €30.00 so far, and nothing was planned for it."
        assert (finding.about, finding.root, finding.effect) == ("B1", "line B1", 30)
        assert do(finding).startswith("Plan an amount for 'Ads', or stop paying for it. No other line has money")

    def test_the_money_is_taken_from_a_line_that_has_some(self) -> None:
        [finding] = told("budget.unplanned", line("30", planned="0 100"), line("80", row=11, line="Pins"))
        assert do(finding) == (
            "Plan €20.00 for 'Ads' and take it from Pins (B2), which has €20.00 to spare, or stop paying for it."
        )

    def test_a_line_that_has_spent_nothing_yet_is_left_alone(self) -> None:
        assert told("budget.unplanned", line("0", planned="0 100")) == []
        assert told("budget.unplanned", line("30", planned="1")) == []


class TestPacing:
    def test_the_last_months_lead_over_the_year(self) -> None:
        [finding] = told("budget.pacing", line("95 95 95 118 118 118"))
        assert say(finding) == (
            "At its present pace 'Ads' costs €1,347.00 by the end of December, €147.00 more than its budget of "
            "€1,200.00."
        )
        assert (finding.about, finding.root, finding.effect) == ("B1", "line B1", 147)
        assert cells(finding) == ["Budget!AE10", "Budget!AA10", "Budget!W10"]
        assert do(finding) == (
            "Spend at most €93.50 a month on 'Ads' in the 6 planned months left, or decide where €147.00 come from."
        )

    def test_another_line_can_pay_for_it(self) -> None:
        lines = (line("95 95 95 118 118 118"), line("50 " * 6, row=11, line="Pins"))
        [finding] = told("budget.pacing", *lines)
        assert do(finding).endswith("or take €147.00 from Pins (B2), which has €300.00 to spare.")

    def test_what_is_spent_already_cannot_be_slowed_down(self) -> None:
        [finding] = told(
            "budget.pacing", line("105 105 105", "100 100 100"), settings=BudgetSettings(watch_share=Decimal("0.01"))
        )
        assert say(finding) == "'Ads' has cost €315.00, €15.00 more than its budget of €300.00."
        assert do(finding).startswith("Plan for 'Ads' what it really costs next time")

    def test_a_saving_of_the_first_months_may_be_spent(self) -> None:
        assert told("budget.pacing", line("60 60 60 112 112 112")) == []

    def test_a_running_month_of_ads_leads_over_the_year(self) -> None:
        lines = line("100 100 100 100 100 100 70", carry_rule="none")
        [finding] = told("budget.pacing", lines, as_of=date(2027, 7, 7))
        assert "€1,410.00" in say(finding)

    def test_a_bill_at_the_beginning_of_a_month_does_not(self) -> None:
        lines = line("100 100 100 100 100 100 100", category="software")
        assert told("budget.pacing", lines, as_of=date(2027, 7, 7)) == []

    def test_the_first_days_of_a_month_say_nothing(self) -> None:
        assert told("budget.pacing", line("100 100 100 100 100 100 70"), as_of=date(2027, 7, 6)) == []

    def test_a_line_that_is_over_already_has_its_own_finding(self) -> None:
        assert told("budget.pacing", line("130 130 130")) == []


class TestCategoryOver:
    def test_lines_that_are_over_a_little_each(self) -> None:
        lines = (line("108 110", category="software"), line("105", category="software", line="Editor", row=11))
        [finding] = told("budget.category_over", *lines)
        assert say(finding) == (
            "No line of 'Software and tools' is far over, but together they have cost €323.00: €23.00 (7.7%) more than"
            " their budget to date of €300.00."
        )
        assert (finding.about, finding.effect) == ("software", 23)
        assert cells(finding) == ["Budget!O10", "Budget!K11"]
        assert do(finding) == (
            "Look through 'Software and tools' for what can wait: Ads (B1), Editor (B2). Together they have to save"
            " €23.00."
        )

    def test_another_category_has_money_left(self) -> None:
        lines = (line("110", category="software"), line("110", category="software", row=11), line("70", row=12))
        [finding] = told("budget.category_over", *lines)
        assert do(finding).endswith(
            "Or move €20.00 from 'Advertising', which has spent €30.00 less than planned so far."
        )
        spare_hours = (*lines[:2], line("70", row=12, category="own_time"))
        assert "Together they have to save" in do(told("budget.category_over", *spare_hours)[0])

    @pytest.mark.parametrize("actual", ["105 105", "110 100", "140 110"])
    def test_not_where_it_is_little_or_one_line_alone(self, actual: str) -> None:
        lines = [line(amount, category="software", row=row) for row, amount in enumerate(actual.split(), 10)]
        assert told("budget.category_over", *lines) == []


class TestActualAhead:
    """On 5 July, August to December have not begun."""

    @pytest.mark.parametrize(
        ("actual", "cells_named", "month"),
        [
            ("100 90 80 - - - - - - - - 100", ["Budget!BC10"], "December"),
            ("0 " * 12, ["Budget!AM10", "Budget!AQ10", "Budget!AU10", "Budget!AY10", "Budget!BC10"], "August"),
        ],
    )
    def test_its_cells_are_named_in_one_finding(self, actual: str, cells_named: list[str], month: str) -> None:
        [finding] = told("budget.actual_ahead", line(actual))
        assert cells(finding) == cells_named
        assert f"from {month} on: Ads (B1)." in say(finding)

    def test_zeros_on_every_line_are_one_finding_with_the_first_cells(self) -> None:
        [finding] = told("budget.actual_ahead", *(line("0 " * 12, row=row) for row in range(10, 40)))
        assert len(cells(finding)) == 12
        assert say(finding).count("Ads") == 5

    @pytest.mark.parametrize("actual", ["", "100 " * 7, "- - - - - - 5", "0 " * 7])
    def test_not_of_the_months_that_have_begun(self, actual: str) -> None:
        assert told("budget.actual_ahead", line(actual)) == []

    def test_whoever_looks_back_on_a_workbook_is_not_warned(self) -> None:
        context = context_of(line("100 " * 7), as_of=date(2027, 3, 31))
        start = msgspec.structs.replace(START, as_of=AS_OF)
        plan = msgspec.structs.replace(context.budget, start=start)
        looking_back = msgspec.structs.replace(context, plans=PlanSet(budget=plan))
        assert list(run_rule(rule("budget.actual_ahead"), looking_back)) == []
        assert len(list(run_rule(rule("budget.actual_ahead"), context))) == 1

    def test_what_is_worked_with_has_no_month_to_come(self) -> None:
        plan = Budget(start=START, lines=(line("100 90 80 - - - - - - - - 100"),))
        [cut] = plan.until(date(2027, 4, 10)).lines
        assert [month.closed for month in months_of(cut)] == [True] * 3 + [False] * 9
        assert plan.until(date(2027, 12, 1)) == plan
        assert msgspec.structs.replace(plan, start=About()).until(date(2027, 1, 1)).lines == plan.lines


@pytest.mark.parametrize("rule_id", [item.id for item in RULES])
@pytest.mark.parametrize(
    "plan",
    [
        Budget(start=START),
        Budget(start=START, lines=(BudgetLine(), BudgetLine(line_id="B2", category="advertising", line="Instagram"))),
        Budget(
            start=START,
            lines=(BudgetLine(planned=(None,) * 12, actual=(None,) * 12),),
            own_time=(OwnTimeTask(task="Texts"),),
        ),
    ],
)
@pytest.mark.parametrize("as_of", [AS_OF, date(2027, 7, 31)])
def test_a_blank_workbook_has_no_findings_and_lacks_nothing(rule_id: str, plan: Budget, as_of: date) -> None:
    context = context_of(as_of=as_of)
    everything = PlanSet(budget=plan, kpi_report=KpiReport(), calendar=Calendar(), strategy=Strategy())
    for plans in (everything, msgspec.structs.replace(everything, budget=None)):
        assert list(run_rule(rule(rule_id), msgspec.structs.replace(context, plans=plans))) == []


@pytest.mark.parametrize("item", RULES, ids=lambda item: item.id)
def test_every_threshold_of_a_rule_exists(item: Any) -> None:
    assert item.id.startswith("budget.")
    assert set(load_finding_texts()[item.id].thresholds) <= set(load_thresholds("budget"))
