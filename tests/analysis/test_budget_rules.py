"""The findings about a budget: when each is made, when not, and never on blanks."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import msgspec
import pytest

from smsheets.analysis.context import Context, PlanSet
from smsheets.analysis.finding import Hit
from smsheets.analysis.rules.budget import RULES
from smsheets.money import Money, Share
from smsheets.plan.budget import Budget, BudgetLine, BudgetSettings, OwnTimeTask
from smsheets.plan.calendar import Calendar, Post
from smsheets.plan.kpi_report import KpiReport, KpiRow, PostResult
from smsheets.plan.record import About, Where
from smsheets.spec.reference import load_kpi_definitions
from smsheets.spec.thresholds import load_thresholds

AS_OF = date(2027, 7, 5)
COLUMNS = {"line_id": 1, "category": 2, "opening": 8} | {
    f"{name}#{month}": 4 * month + offset for month in range(1, 13) for name, offset in (("planned", 5), ("actual", 7))
}


def line(actual: str = "", planned: str = "100 " * 12, row: int = 10, **more: Any) -> BudgetLine:
    """Amounts one per month, a dash is blank. Actual of January stands in column K."""
    return BudgetLine(
        where=Where(file="budget.xlsx", sheet="Budget", row=row, columns=COLUMNS),
        **{"line_id": "B1", "category": "advertising", "line": "Ads", **more},
        planned=tuple(None if word == "-" else Decimal(word) for word in planned.split()),
        actual=tuple(None if word == "-" else Decimal(word) for word in actual.split()),
    )


def hits(
    rule_id: str, *lines: BudgetLine, as_of: date = AS_OF, own_time: tuple[OwnTimeTask, ...] = (), **plans: Any
) -> list[Hit]:
    start = About(period_start=date(2027, 1, 1), months=12)
    plan = Budget(start=start, lines=lines, own_time=own_time, settings=plans.pop("settings", BudgetSettings()))
    return run(rule_id, PlanSet(budget=plan, **plans), as_of)


def run(rule_id: str, plans: PlanSet, as_of: date = AS_OF) -> list[Hit]:
    found = next(rule for rule in RULES if rule.id == rule_id)
    thresholds = {name: threshold.amount for name, threshold in load_thresholds("budget").items()}
    context = Context(
        plans=plans, as_of=as_of, thresholds=thresholds, kpi_definitions=load_kpi_definitions(), currency="EUR"
    )
    return list(found.check(context))


def euros(amount: str) -> Money:
    return Money(Decimal(amount), "EUR")


def cells(hit: Hit) -> list[str]:
    return [cell.a1 for cell in hit.evidence]


class TestOver:
    def test_a_line_over_by_more_than_the_limit_names_its_worst_month_first(self) -> None:
        [hit] = hits("budget.over", line("100 120 140"))
        assert hit.values == {
            "line": "Ads",
            "actual": euros("360"),
            "over": euros("60"),
            "share": Share(Decimal("0.2")),
            "budget": euros("300"),
        }
        assert cells(hit) == ["S10", "O10"]
        assert hit.effect == 60

    def test_a_line_at_the_limit_is_not_over(self) -> None:
        assert hits("budget.over", line("115")) == []

    def test_the_workbooks_own_limit_counts(self) -> None:
        assert len(hits("budget.over", line("115"), settings=BudgetSettings(over_share=Decimal("0.1")))) == 1

    def test_an_overspent_opening_carry_is_shown_where_no_month_is(self) -> None:
        [hit] = hits("budget.over", line("100", opening=Decimal(-20)))
        assert cells(hit) == ["H10"]


class TestUnplanned:
    def test_spending_on_a_line_without_a_plan(self) -> None:
        [hit] = hits("budget.unplanned", line("30", planned="0 100"))
        assert hit.values == {"line": "Ads", "actual": euros("30")}

    def test_a_line_that_has_spent_nothing_yet_is_left_alone(self) -> None:
        assert hits("budget.unplanned", line("0", planned="0 100")) == []


class TestPacing:
    def test_the_last_months_lead_over_the_year(self) -> None:
        [hit] = hits("budget.pacing", line("95 95 95 118 118 118"))
        assert hit.values == {"line": "Ads", "projected": euros("1347"), "over": euros("147"), "budget": euros("1200")}
        assert cells(hit) == ["AE10", "AA10", "W10"]

    def test_a_saving_of_the_first_months_may_be_spent(self) -> None:
        assert hits("budget.pacing", line("60 60 60 112 112 112")) == []

    def test_a_running_month_of_ads_leads_over_the_year(self) -> None:
        lines = line("100 100 100 100 100 100 70", carry_rule="none")
        [hit] = hits("budget.pacing", lines, as_of=date(2027, 7, 7))
        assert hit.values["projected"] == euros("1410")

    def test_a_bill_at_the_beginning_of_a_month_does_not(self) -> None:
        lines = line("100 100 100 100 100 100 100", category="software")
        assert hits("budget.pacing", lines, as_of=date(2027, 7, 7)) == []

    def test_the_first_days_of_a_month_say_nothing(self) -> None:
        assert hits("budget.pacing", line("100 100 100 100 100 100 70"), as_of=date(2027, 7, 6)) == []

    def test_a_line_that_is_over_already_has_its_own_finding(self) -> None:
        assert hits("budget.pacing", line("130 130 130")) == []


class TestIdle:
    def test_money_that_nobody_touches_for_three_months(self) -> None:
        [hit] = hits("budget.idle", line("0 0 0"))
        assert hit.values == {"line": "Ads", "left": euros("300"), "months": 3}
        assert cells(hit) == ["S10", "O10", "K10"]

    @pytest.mark.parametrize(
        ("actual", "rule"), [("0 0", None), ("50 50 50", None), ("0 0 0", "none"), ("", None), ("0 " * 12, None)]
    )
    def test_money_at_work_or_expired_or_unknown_is_not_idle(self, actual: str, rule: str | None) -> None:
        assert hits("budget.idle", line(actual, carry_rule=rule)) == []


class TestOwnTime:
    def test_a_budget_without_own_time(self) -> None:
        [hit] = hits("budget.own_time_zero", line())
        assert cells(hit) == ["B10"]

    def test_a_line_for_own_time_that_plans_nothing(self) -> None:
        [hit] = hits("budget.own_time_zero", line(), line(planned="0", category="own_time", row=11))
        assert cells(hit) == ["I11"]

    def test_planned_own_time_is_fine(self) -> None:
        assert hits("budget.own_time_zero", line(), line(category="own_time")) == []

    def test_hours_without_a_value(self) -> None:
        tasks = (
            OwnTimeTask(task="Texts", hours_per_week=Decimal(2)),
            OwnTimeTask(task="Ads", hours_per_week=Decimal(2), hourly_value=Decimal(20)),
            OwnTimeTask(task="Plan"),
        )
        [hit] = hits("budget.hourly_value_missing", own_time=tasks)
        assert hit.values == {"task": "Texts", "hours": 2}

    def test_a_cheaper_outsider(self) -> None:
        [hit] = hits("budget.cheaper_to_hire", own_time=(_photos("150"),), settings=_weeks(48))
        assert hit.values == {"task": "Photos", "cost": euros("200"), "price": euros("150"), "saving": euros("50")}
        assert hit.effect == 600

    @pytest.mark.parametrize("price", ["181", "200", "250", None])
    def test_an_outsider_who_is_hardly_cheaper_or_unknown(self, price: str | None) -> None:
        assert hits("budget.cheaper_to_hire", own_time=(_photos(price),), settings=_weeks(48)) == []


class TestSpending:
    def test_post_spend_without_a_known_line_is_one_finding(self) -> None:
        report = KpiReport(
            post_results=(
                PostResult(post_id="P1", spend=Decimal(20)),
                PostResult(post_id="P2", spend=Decimal(5), line_id="B77"),
                PostResult(post_id="P3", spend=Decimal(9), line_id="B1"),
                PostResult(post_id="P4", spend=Decimal(0)),
            )
        )
        [hit] = hits("budget.spend_without_line", line("80"), kpi_report=report)
        assert hit.values == {"count": 2, "spend": euros("25")}
        assert len(hit.evidence) == 2

    def test_a_boosted_post_without_a_known_line(self) -> None:
        calendar = Calendar(
            posts=(Post(post_id="P1", boosted=True), Post(post_id="P2", boosted=True, line_id="B1"), Post(post_id="P3"))
        )
        [hit] = hits("budget.boost_without_line", line("80"), calendar=calendar)
        assert hit.values == {"post": "P1"}

    def test_ads_of_which_nothing_is_measured(self) -> None:
        report = KpiReport(
            kpis=(KpiRow(channel="instagram", metric="followers", actual=(Decimal(100),)),),
            post_results=(PostResult(line_id="B1", likes=300),),
        )
        [hit] = hits("budget.spend_without_result", line("80", channel="instagram"), kpi_report=report)
        assert hit.values == {"line": "Ads", "actual": euros("80")}

    @pytest.mark.parametrize(
        "report",
        [
            KpiReport(kpis=(KpiRow(channel="instagram", metric="link_clicks", actual=(None, Decimal(3))),)),
            KpiReport(kpis=(KpiRow(metric="orders", actual=(Decimal(3),)),)),
            KpiReport(post_results=(PostResult(line_id="B1", clicks=4),)),
        ],
    )
    def test_a_click_or_an_order_is_a_result(self, report: KpiReport) -> None:
        assert hits("budget.spend_without_result", line("80", channel="instagram"), kpi_report=report) == []

    def test_an_ad_that_has_not_run_needs_no_result(self) -> None:
        assert hits("budget.spend_without_result", line("0", channel="instagram"), kpi_report=KpiReport()) == []

    def test_what_is_not_advertising_needs_no_clicks(self) -> None:
        assert hits("budget.spend_without_result", line("80", category="software"), kpi_report=KpiReport()) == []


@pytest.mark.parametrize("rule_id", [rule.id for rule in RULES])
@pytest.mark.parametrize(
    "plan",
    [
        Budget(),
        Budget(lines=(BudgetLine(), BudgetLine(line_id="B2", category="advertising", line="Instagram"))),
        Budget(lines=(BudgetLine(planned=(None,) * 12, actual=(None,) * 12),), own_time=(OwnTimeTask(task="Texts"),)),
    ],
)
def test_a_blank_workbook_has_no_findings(rule_id: str, plan: Budget) -> None:
    everything = PlanSet(budget=plan, kpi_report=KpiReport(), calendar=Calendar())
    assert run(rule_id, everything) == []
    assert run(rule_id, msgspec.structs.replace(everything, budget=None)) == []


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_every_threshold_of_a_rule_exists(rule: Any) -> None:
    assert set(rule.thresholds) <= set(load_thresholds("budget"))


def _photos(price: str | None) -> OwnTimeTask:
    outside = None if price is None else Decimal(price)
    return OwnTimeTask(task="Photos", hours_per_week=Decimal(2), hourly_value=Decimal(25), outside_price=outside)


def _weeks(count: int) -> BudgetSettings:
    return BudgetSettings(weeks_per_year=Decimal(count))
