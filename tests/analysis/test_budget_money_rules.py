"""The findings about money that waits, is lost, or goes elsewhere than wanted; own time; spending without a line."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from advice import cells, do, say
from budget_rows import lacking, line, task, told

from smsheets.plan.budget import BudgetSettings
from smsheets.plan.calendar import Calendar, Post
from smsheets.plan.kpi_report import KpiReport, KpiRow, PostResult
from smsheets.plan.record import Where
from smsheets.plan.strategy import Channel, Limits, Strategy, TeamRole, Tool

WEEKS = BudgetSettings(weeks_per_year=Decimal(48))
END_OF_JUNE = date(2027, 6, 24)


class TestIdle:
    def test_money_that_nobody_touches_for_three_months(self) -> None:
        [finding] = told("budget.idle", line("0 0 0"))
        assert say(finding) == "'Ads' keeps carrying €300.00 forward unspent: at least as much as 3 months of its plan."
        assert (finding.about, finding.root, finding.effect) == ("B1", "line B1", 300)
        assert cells(finding) == ["Budget!S10", "Budget!O10", "Budget!K10"]
        assert do(finding) == (
            "Spend €33.34 a month more on 'Ads' in the 9 months left, move it to a line that works, or plan that much"
            " less."
        )

    def test_it_goes_where_money_is_missing(self) -> None:
        [finding] = told("budget.idle", line("0 0 0"), line("150 100 100", row=11, line="Photos"))
        assert do(finding) == (
            "Move €50.00 of it to what needs more than it has (Photos (B2)). Spend the other €250.00 on 'Ads' in the"
            " 9 months left, or plan that much less."
        )
        [finding] = told("budget.idle", line("0 0 0"), line("500 100 100", row=11, line="Photos"))
        assert do(finding) == "Move it to what needs more than it has: Photos (B2)."

    @pytest.mark.parametrize(
        ("actual", "rule"), [("0 0", None), ("1 0 0", None), ("0 0 0", "none"), ("", None), ("0 " * 12, None)]
    )
    def test_money_at_work_or_expired_or_unknown_is_not_idle(self, actual: str, rule: str | None) -> None:
        assert told("budget.idle", line(actual, carry_rule=rule)) == []


class TestExpiring:
    def test_money_of_the_month_that_is_lost_at_its_end(self) -> None:
        photos = line("0 60 100 100 100 75", carry_rule="none", line="Photos")
        [finding] = told("budget.expiring", photos, as_of=END_OF_JUNE)
        assert say(finding) == (
            "'Photos' has €25.00 of €100.00 for June left, and carries nothing: on Jun 30, 2027 it is lost."
        )
        assert (finding.about, finding.root, finding.effect) == ("B1", "line B1", 25)
        assert cells(finding) == ["Budget!AE10", "Budget!AC10"]
        assert do(finding) == "Use it by Jun 30, 2027, or set the carry rule of 'Photos' to 'unspent'."

    @pytest.mark.parametrize(
        ("actual", "more", "as_of"),
        [
            ("0 0 0 0 0 76", {"carry_rule": "none"}, END_OF_JUNE),
            ("0 0 0 0 0 0", {"carry_rule": "none"}, date(2027, 6, 19)),
            ("0 0 0 0 0 0", {"carry_rule": "unspent"}, END_OF_JUNE),
            ("100 100 100 100 100 0", {"carry_rule": "none"}, END_OF_JUNE),
            ("0 0 0 0 0 0", {"category": "own_time"}, END_OF_JUNE),
            ("0 0 0 0 0 0", {"carry_rule": "none"}, date(2028, 1, 25)),
        ],
        ids=["hardly any", "early in the month", "it is carried", "a bill on its way", "own time", "another year"],
    )
    def test_nothing_is_lost(self, actual: str, more: dict[str, Any], as_of: date) -> None:
        assert told("budget.expiring", line(actual, **more), as_of=as_of) == []
        assert lacking("budget.expiring", line(actual, **more), as_of=as_of) == []

    def test_what_was_spent_in_the_month_is_asked_for(self) -> None:
        lines = (line("100 0", carry_rule="none"), line("", carry_rule="none", row=11))
        [lack] = lacking("budget.expiring", *lines, as_of=END_OF_JUNE)
        assert say(lack) == (
            "Fill in what was spent in June (Ads (B1)) to learn whether money is lost at the end of the month."
        )
        assert cells(lack) == ["Budget!AE10"]


def limited(amount: int) -> Strategy:
    where = Where(file="strategy.xlsx", sheet="Company", cells={"monthly_budget": (24, 2)})
    return Strategy(limits=Limits(where=where, monthly_budget=Decimal(amount)))


class TestAboveLimit:
    lines = (
        line("", "90 " * 12),
        line("", "300 - - - - - - - 110 - - 30", row=11, line="Photos"),
        line("", "999 " * 12, row=12, category="own_time"),
    )

    def test_months_to_come_that_plan_too_much(self) -> None:
        [finding] = told("budget.above_limit", *self.lines, strategy=limited(100))
        assert say(finding) == (
            "September is planned to cost €200.00 without own time; the strategy allows €100.00 a month. Months above"
            " it: 2."
        )
        assert (finding.about, finding.root, finding.effect) == ("2027-09", "", 120)
        assert cells(finding) == ["Budget!AO11", "Budget!BA10", "Company!B24"]
        assert do(finding) == (
            "Move €100.00 of September to months with room, the most has July with €10.00 - or plan less for 'Photos',"
            " the largest amount in it."
        )

    def test_where_no_month_has_room(self) -> None:
        [finding] = told("budget.above_limit", *self.lines, strategy=limited(90))
        assert do(finding).startswith("Move €110.00 of September to other months")

    def test_a_plan_at_the_limit_or_without_one(self) -> None:
        assert told("budget.above_limit", *self.lines, strategy=limited(200)) == []
        assert told("budget.above_limit", *self.lines, strategy=Strategy()) == []
        assert told("budget.above_limit", *self.lines, strategy=limited(1), as_of=date(2028, 1, 1)) == []


def wants(*shares: str | None, **more: Any) -> Strategy:
    return Strategy(
        channels=tuple(
            Channel(
                where=Where(file="strategy.xlsx", sheet="Channels", row=row, columns={"ad_share": 7}),
                channel=channel,
                ad_share=None if share is None else Decimal(share),
                **{"purpose": "Sell", **more},
            )
            for row, (channel, share) in enumerate(zip(("instagram", "facebook", "x"), shares, strict=False), 11)
        )
    )


class TestAdShares:
    lines = (
        line("100 " * 6, channel="instagram", line="Insta ads"),
        line("0 " * 6, channel="facebook", row=11, line="Face ads"),
        line("100 " * 6, row=12, line="Flyers"),
    )

    def test_ad_money_goes_elsewhere_than_the_strategy_wants(self) -> None:
        [finding] = told("budget.ad_shares", *self.lines, strategy=wants("0.5", "0.5"))
        assert say(finding) == (
            "Facebook is to get 50% of the ad money and gets 33.3%; Instagram is to get 50% and gets 66.7%."
        )
        assert (finding.about, finding.effect) == ("instagram+facebook", Decimal(300))
        assert cells(finding) == ["Channels!G11", "Channels!G12", "Budget!C10", "Budget!C11"]
        assert do(finding) == (
            "Move €50.00 a month of what Insta ads (B1) still plan to Facebook, for 6 months - or write into 'Ad share'"
            " what you really want."
        )

    def test_nothing_can_be_moved_any_more(self) -> None:
        lines = [line("100 " * 12, channel="instagram"), line("0 " * 12, channel="facebook", row=11)]
        [finding] = told("budget.ad_shares", *lines, strategy=wants("0.5", "0.5"))
        assert do(finding).startswith("Plan the next ad money for Facebook rather than for Instagram")

    @pytest.mark.parametrize("shares", [("0.6", "0.4"), ("0.9", "0.4"), (None, None)])
    def test_as_wanted_or_not_adding_up_which_is_told_elsewhere(self, shares: tuple[str | None, ...]) -> None:
        assert told("budget.ad_shares", *self.lines, strategy=wants(*shares)) == []

    def test_the_limit_is_a_threshold(self) -> None:
        strict = {"budget.ad_share_gap": "0.06"}
        assert len(told("budget.ad_shares", *self.lines, strategy=wants("0.6", "0.4"), thresholds=strict)) == 1

    def test_a_share_that_is_not_written(self) -> None:
        [lack] = lacking("budget.ad_shares", *self.lines, strategy=wants("1", None, None))
        assert say(lack) == (
            "Fill in 'Ad share' of Facebook to learn whether the ad money goes where the strategy wants it."
        )
        assert cells(lack) == ["Channels!G12"]
        assert lacking("budget.ad_shares", *self.lines, strategy=wants("1", None, purpose=None)) == []


class TestOwnTime:
    def test_a_budget_without_own_time(self) -> None:
        [finding] = told("budget.own_time_zero", line())
        assert (finding.about, finding.root, cells(finding)) == ("own_time", "own time", ["Budget!B10"])
        assert do(finding).startswith("Fill in the sheet 'Own time'")

    def test_a_line_for_own_time_that_plans_nothing(self) -> None:
        hours = (task(hourly_value=Decimal(25)), task(row=9))
        mine = line(planned="0", category="own_time", row=11)
        [finding] = told("budget.own_time_zero", line(), mine, own_time=hours, settings=WEEKS)
        assert cells(finding) == ["Budget!I11"]
        assert do(finding) == (
            "Plan €200.00 a month on a line of the category 'Own time': that is what the hours on the sheet 'Own time'"
            " come to."
        )

    def test_planned_own_time_is_fine(self) -> None:
        assert told("budget.own_time_zero", line(), line(category="own_time", row=11)) == []

    def test_hours_without_a_value_are_one_finding(self) -> None:
        tasks = (task(), task(9, hourly_value=Decimal(20)), task(10, hourly_value=Decimal(0), task="Texts"))
        [finding] = told("budget.hourly_value_missing", own_time=tasks)
        assert say(finding) == "The budget gives no value to 4 hours a week: Photos (T1), Texts (T3)."
        assert (finding.about, finding.root) == ("T1+T3", "own time")
        assert cells(finding) == ["Own time!E8", "Own time!E10"]
        assert do(finding).startswith("Type in what an hour is worth, for example")

    def test_an_hour_is_worth_what_it_is_elsewhere(self) -> None:
        tasks = (task(person="Ada "), task(9, hourly_value=Decimal(20), person="ada"))
        [finding] = told("budget.hourly_value_missing", own_time=tasks)
        assert do(finding) == (
            "Type in what an hour is worth, beginning with 'Photos': elsewhere an hour of Ada is worth €20.00."
        )
        team = Strategy(team=(TeamRole(role="lead", person="Ada", hourly_value=Decimal(31)),))
        [finding] = told("budget.hourly_value_missing", own_time=tasks[:1], strategy=team)
        assert do(finding).endswith("is worth €31.00.")

    def test_tasks_without_hours_or_with_a_value(self) -> None:
        tasks = (task(hourly_value=Decimal(1)), task(9, hours_per_week=None), task(10, hours_per_week=Decimal(0)))
        assert told("budget.hourly_value_missing", own_time=tasks) == []

    def test_a_cheaper_outsider(self) -> None:
        photos = task(hourly_value=Decimal(25), outside_price=Decimal(150))
        [finding] = told("budget.cheaper_to_hire", own_time=(photos,), settings=WEEKS)
        assert say(finding) == ("'Photos' costs €200.00 of your own time a month; the outside price is €150.00.")
        assert (finding.about, finding.effect, cells(finding)) == ("T1", 600, ["Own time!F8", "Own time!D8"])
        assert do(finding).endswith("It saves €50.00 a month.")

    def test_hiring_out_frees_a_persons_hours(self) -> None:
        photos = task(hourly_value=Decimal(25), outside_price=Decimal(150), person="Ada")
        [finding] = told("budget.cheaper_to_hire", own_time=(photos,), settings=WEEKS)
        assert do(finding) == "Hire 'Photos' out: it saves €50.00 a month and frees 2 hours a week of Ada."

    @pytest.mark.parametrize("price", ["181", "200", "250"])
    def test_an_outsider_who_is_hardly_cheaper(self, price: str) -> None:
        photos = task(hourly_value=Decimal(25), outside_price=Decimal(price))
        assert told("budget.cheaper_to_hire", own_time=(photos,), settings=WEEKS) == []
        assert lacking("budget.cheaper_to_hire", own_time=(photos,), settings=WEEKS) == []

    def test_a_price_that_nobody_has_asked_for(self) -> None:
        tasks = (task(hourly_value=Decimal(25)), task(9), task(10, hourly_value=Decimal(25), task=None))
        [lack] = lacking("budget.cheaper_to_hire", own_time=tasks)
        assert say(lack) == (
            "Fill in 'Outside price a month' (Photos (T1), T3) to learn whether hiring it out is cheaper."
        )
        assert cells(lack) == ["Own time!F8", "Own time!F10"]


class TestSpending:
    report = KpiReport(
        post_results=(
            PostResult(post_id="P1", spend=Decimal(20), channel="instagram"),
            PostResult(post_id="P2", spend=Decimal(5), line_id="B77", channel="facebook"),
            PostResult(post_id="P3", spend=Decimal(9), line_id="B1"),
            PostResult(post_id="P4", spend=Decimal(0)),
        )
    )

    def test_post_spend_without_a_known_line_is_one_finding(self) -> None:
        [finding] = told("budget.spend_without_line", line("80"), kpi_report=self.report)
        assert say(finding) == "€25.00 went into 2 posts, and no budget line says where that comes from: P1, P2."
        assert (finding.about, finding.root, finding.effect) == ("P1+P2", "posts without a budget line", 25)
        assert len(finding.evidence) == 2
        assert do(finding) == "Type the ID of a budget line beside the spend of each post."

    def test_the_line_of_the_channel_is_named(self) -> None:
        lines = (line("80", channel="instagram"), line(row=11, channel="facebook"), line(row=12, channel="facebook"))
        [finding] = told("budget.spend_without_line", *lines, kpi_report=self.report)
        assert do(finding) == (
            "Type the ID of a budget line beside each of them. By their channels that is P1: Ads (B1)."
        )

    def test_spend_with_a_line_is_fine(self) -> None:
        fine = KpiReport(post_results=self.report.post_results[2:])
        assert told("budget.spend_without_line", line("80"), kpi_report=fine) == []

    def test_boosted_posts_without_a_known_line_are_one_finding(self) -> None:
        posts = (
            Post(post_id="P1", boosted=True, channel="instagram"),
            Post(post_id="P2", boosted=True, line_id="B1"),
            Post(post_id="P3"),
            Post(post_id="P4", boosted=True, line_id="B9"),
        )
        lines = (line("80", channel="instagram"),)
        [finding] = told("budget.boost_without_line", *lines, calendar=Calendar(posts=posts))
        assert say(finding) == "Boosted posts of which no budget line says who pays for them: P1, P4."
        assert (finding.about, finding.root) == ("P1+P4", "posts without a budget line")
        assert do(finding).endswith("By their channels that is P1: Ads (B1).")
        assert told("budget.boost_without_line", *lines, calendar=Calendar(posts=posts[1:3])) == []

    def test_a_tool_that_no_line_pays_for(self) -> None:
        def found(**more: object) -> list[str]:
            tools = (Tool(tool="Scheduler", monthly_cost=Decimal(20), **more),)
            return [say(item) for item in told("budget.tool_without_line", line("80"), strategy=Strategy(tools=tools))]

        assert found() == ["'Scheduler' costs €20.00 a month, and no budget line pays for it."]
        assert found(line_id="B9") == ["'Scheduler' costs €20.00 a month, and the budget has no line B9 to pay for it."]
        assert found(line_id="b1 ") == []
        free = Strategy(tools=(Tool(tool="Notes", monthly_cost=Decimal(0)), Tool(tool="Pen")))
        assert told("budget.tool_without_line", line("80"), strategy=free) == []

    def test_ads_of_which_nothing_is_measured(self) -> None:
        report = KpiReport(
            kpis=(KpiRow(channel="instagram", metric="followers", actual=(Decimal(100),)),),
            post_results=(PostResult(line_id="B1", likes=300),),
        )
        [finding] = told("budget.spend_without_result", line("80", channel="instagram"), kpi_report=report)
        assert say(finding) == "'Ads' has cost €80.00 so far, and the KPI report shows nothing that came of it."
        assert (finding.about, finding.root, finding.effect) == ("B1", "channel instagram", 80)
        assert cells(finding) == ["Budget!K10"]
        assert do(finding).startswith("Measure clicks, orders or revenue of the channel")

    def test_of_a_line_without_a_channel_the_channel_is_asked_for(self) -> None:
        orders = KpiRow(channel="website", metric="orders", actual=(Decimal(82),))
        given = {"kpi_report": KpiReport(kpis=(orders,))}
        assert told("budget.spend_without_result", line("80"), **given) == []
        [lack] = lacking("budget.spend_without_result", line("80"), **given)
        assert say(lack) == "Fill in 'Channel' of Ads (B1) to learn what came of this advertising."
        assert cells(lack) == ["Budget!A10"]
        assert lacking("budget.spend_without_result", line("80", channel="instagram"), **given) == []

    def test_what_to_do_depends_on_why_there_is_no_result(self) -> None:
        where = Where(file="kpis.xlsx", sheet="KPIs", row=6, columns={"metric": 3})
        blank = KpiRow(where=where, channel="instagram", metric="orders", actual=(None,))
        ads = line("80", channel="instagram")
        [finding] = told("budget.spend_without_result", ads, kpi_report=KpiReport(kpis=(blank,)))
        assert do(finding) == (
            "Fill in Orders of Instagram on the sheet KPIs - or stop paying for 'Ads' until you can."
        )
        assert cells(finding) == ["Budget!K10", "KPIs!C6"]
        zero = KpiRow(where=where, channel="instagram", metric="link_clicks", actual=(Decimal(0),))
        [finding] = told("budget.spend_without_result", ads, kpi_report=KpiReport(kpis=(blank, zero)))
        assert do(finding).startswith("Stop paying for 'Ads': Link clicks of Instagram are counted and stay at zero.")

    @pytest.mark.parametrize(
        "report",
        [
            KpiReport(kpis=(KpiRow(channel="instagram", metric="link_clicks", actual=(None, Decimal(3))),)),
            KpiReport(kpis=(KpiRow(metric="orders", actual=(Decimal(3),)),)),
            KpiReport(post_results=(PostResult(line_id="B1", clicks=4),)),
        ],
    )
    def test_a_click_or_an_order_is_a_result(self, report: KpiReport) -> None:
        assert told("budget.spend_without_result", line("80", channel="instagram"), kpi_report=report) == []

    @pytest.mark.parametrize("more", [{"actual": "0"}, {"actual": "80", "category": "software"}])
    def test_an_ad_that_has_not_run_and_what_is_no_ad_need_no_result(self, more: dict[str, Any]) -> None:
        assert told("budget.spend_without_result", line(**more), kpi_report=KpiReport()) == []
