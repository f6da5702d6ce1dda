"""The findings about what results cost."""

from __future__ import annotations

from decimal import Decimal

import pytest
from advice import cells, do, say
from kpi_rows import ads, budget, kpi, lacking, report, told

INSTAGRAM = (kpi("instagram", "orders", "10 20"), kpi("instagram", "revenue", "400 700", row=7))
FACEBOOK = (kpi("facebook", "orders", "10 10", row=8), kpi("facebook", "revenue", "400 700", row=9))
MONEY = budget(
    ads("80 100", "100 100 100 100"), ads("60 180", "60 60 60 20", channel="facebook", line="Face ads", line_id="B4")
)


class TestCostPerResult:
    def test_what_a_result_costs_the_cheapest_first(self) -> None:
        [finding] = told("kpi-report.cost_per_result", report(*FACEBOOK, *INSTAGRAM), budget=MONEY)
        assert say(finding) == (
            "Orders: what one costs in advertising, the cheapest first - Instagram, Facebook: €6.00, €12.00."
        )
        assert (finding.about, finding.root) == ("orders", "channel facebook")
        assert cells(finding) == ["KPIs!M6", "Budget!C12", "KPIs!M8", "Budget!C12"]

    def test_one_channel_or_costs_that_are_alike_are_no_finding(self) -> None:
        assert told("kpi-report.cost_per_result", report(*INSTAGRAM), budget=MONEY) == []
        plan = report(*FACEBOOK, *INSTAGRAM)
        limit = {"kpi-report.dear_factor": "2.01"}
        assert told("kpi-report.cost_per_result", plan, budget=MONEY, thresholds=limit) == []

    def test_nothing_to_say_without_results_or_money(self) -> None:
        assert told("kpi-report.cost_per_result", report(kpi("x", "orders", "5")), budget=MONEY) == []
        assert told("kpi-report.cost_per_result", report(*INSTAGRAM), budget=budget()) == []


class TestDearChannel:
    def test_an_amount_to_move_from_the_dearest_to_the_cheapest(self) -> None:
        [finding] = told("kpi-report.dear_channel", report(*FACEBOOK, *INSTAGRAM), budget=MONEY)
        assert say(finding) == "Orders: advertising for one costs €12.00 on Facebook, but only €6.00 on Instagram."
        assert (finding.about, finding.root, finding.effect) == (
            "facebook+instagram",
            "channel facebook",
            Decimal("10.00"),
        )
        assert cells(finding) == ["KPIs!M8", "Budget!C12", "KPIs!M6", "Budget!C12"]
        assert do(finding) == (
            "Move €10.00 a month from Face ads (B4) to Ads (B3) for the 2 months left: at these costs that buys 1.7 a"
            " month instead of 0.8. Look again after a month; not every result comes from ads."
        )

    def test_nothing_is_left_to_move(self) -> None:
        spent = budget(MONEY.lines[0], ads("60 180", "60 60", channel="facebook", line_id="B4"))
        [finding] = told("kpi-report.dear_channel", report(*FACEBOOK, *INSTAGRAM), budget=spent)
        assert (finding.effect, do(finding)[:40]) == (None, "Give the next ad money to Instagram rath")

    @pytest.mark.parametrize(
        ("threshold", "value"), [("kpi-report.least_results", "21"), ("kpi-report.dear_factor", "2.01")]
    )
    def test_too_few_results_or_too_small_a_difference(self, threshold: str, value: str) -> None:
        plan = report(*FACEBOOK, *INSTAGRAM)
        assert told("kpi-report.dear_channel", plan, budget=MONEY, thresholds={threshold: value}) == []

    def test_unlike_results_are_not_compared(self) -> None:
        plan = report(*INSTAGRAM, kpi("facebook", "link_clicks", "10 10"))
        assert told("kpi-report.dear_channel", plan, budget=MONEY) == []


class TestAdsCostMoreThanSales:
    def test_ads_that_cost_more_than_they_sell(self) -> None:
        plan = report(kpi("instagram", "orders", "1"), kpi("instagram", "revenue", "30", row=7))
        [finding] = told("kpi-report.ads_cost_more_than_sales", plan, budget=budget(ads("80", "80 70")))
        assert say(finding) == "Instagram: €80.00 of advertising, €30.00 of sales in 1 month."
        assert (finding.about, finding.root, finding.effect) == ("instagram", "channel instagram", 50)
        assert do(finding).startswith("Stop Ads (B3) before the €70.00 still planned are gone too")
        [finding] = told("kpi-report.ads_cost_more_than_sales", plan, budget=budget(ads("80")))
        assert do(finding).startswith("Before you pay for ads on Instagram again, ")

    def test_ads_that_earn_what_they_cost(self) -> None:
        plan = report(kpi("instagram", "orders", "1"), kpi("instagram", "revenue", "80", row=7))
        money = budget(ads("80"))
        assert told("kpi-report.ads_cost_more_than_sales", plan, budget=money) == []
        [finding] = told(
            "kpi-report.ads_cost_more_than_sales", plan, budget=money, thresholds={"kpi-report.ads_return": "2.5"}
        )
        assert finding.effect == 120

    def test_revenue_that_is_not_filled_in(self) -> None:
        plan = report(kpi("instagram", "orders", "1 2"), kpi("instagram", "revenue", "30", row=7))
        [lack] = lacking("kpi-report.ads_cost_more_than_sales", plan, budget=budget(ads("80 80")))
        assert say(lack) == (
            "Fill in the revenue of Instagram for each month that has ad money to learn whether its ads earn what they"
            " cost."
        )
        assert cells(lack) == ["KPIs!M7"]
        assert lacking("kpi-report.ads_cost_more_than_sales", report(*INSTAGRAM), budget=MONEY) == []
