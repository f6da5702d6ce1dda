"""Every rule finds something in a workbook that was filled in by hand and came through the reader.

Rules are tested on plans that are made in memory, too; but what no workbook can hold, or the reader reads otherwise,
would never be found there. `ILL` has plans with much that is wrong; the sample has the rest.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from by_hand import Plan, healthy_plan

import smsheets
from smsheets.analysis.rules import all_rules

DAY = date(2027, 7, 15)
SAMPLES = Path(__file__).parents[2] / "samples" / "filled"


def ill_strategy() -> Plan:
    """Answers that are missing, or no."""
    plan = healthy_plan(DAY)
    tables = plan.tables["strategy"]
    for row in tables["team"]:
        row["person"], row["stand_in"] = "Ana", None
    tables["team"][3]["person"] = "Ben"
    tables["team"][5]["person"] = tables["team"][6]["person"] = None
    for row in tables["pillars"]:
        row["target_share"] = 0.3
    tables["channels"][1]["purpose"] = tables["channels"][0]["purpose"]
    tables["channels"][0]["posts_low"] = tables["channels"][0]["posts_high"] = 60
    tables["channels"].append({"channel": "X", "purpose": "See what others say", "decision": "keep"})
    first, second, third = tables["goals"]
    first |= {"target": 500, "deadline": date(2027, 6, 30)}
    second |= {"start": date(2028, 1, 1), "owner": "Cid"}
    third["metric"] = "leads"
    for row in tables["house_rules"]:
        row["rule"] = row["owner"] = row["within_hours"] = None
    tables["setup"][0] |= {"account_created": False}
    tables["setup"][1] |= {"last_checked": date(2026, 9, 1)}
    tables["personas"] = []
    for row in tables["listening"]:
        row["term"] = row["who"] = None
    for row in tables["journey"]:
        row["answer"] = None
    tables["competitors"].append({"competitor": "Mug & Co", "channel": "instagram"})
    tables["prices"][0]["affordable"] = "no"
    return plan


def bare_strategy() -> Plan:
    """No goal, and nobody who stands in for whoever answers."""
    plan = healthy_plan(DAY)
    plan.tables["strategy"]["goals"] = []
    for row in plan.tables["strategy"]["team"]:
        row["stand_in"] = None
    return plan


def ill_roadmap() -> Plan:
    """Initiatives that wait for each other, without dates, without tasks."""
    plan = healthy_plan(DAY)
    first, second, third = plan.tables["roadmap"]["initiatives"]
    plan.tables["strategy"]["goals"][1]["direction"] = "down"
    first |= {"depends_on": "I2"}
    second |= {"depends_on": "I1"}
    third |= {"goal_id": "G9", "start": date(2027, 6, 1), "due": date(2027, 5, 1)}
    late = {"owner": "Ana", "status": "in_progress", "success_measure": "20 sold", "goal_id": "G1", "done_share": 0.9}
    plan.tables["roadmap"]["initiatives"] += [
        {**late, "initiative_id": "I4", "initiative": "Fair", "start": date(2027, 7, 1), "due": date(2028, 2, 1)},
        {**late, "initiative_id": "I5", "initiative": "Shop"},
        {**late, "initiative_id": "I6", "initiative": "Film"},
        {**late, "initiative_id": "I7", "initiative": "Mail"},
    ]
    plan.tables["roadmap"]["tasks"] += [
        {"task_id": f"T{n}", "task": f"Task {n}", "owner": "Ana", "due": date(2027, 8, n), "status": "in_progress"}
        for n in range(10, 16)
    ]
    return plan


def ill_budget() -> Plan:
    """Money without a plan, a line or a result, and hours that are worth nothing; near the end of a month."""
    plan = healthy_plan(date(2027, 7, 25))
    tables = plan.tables["budget"]
    lines = tables["lines"]
    # Two lines of one category, each a little over: only together are they worth a word.
    for name in ("actual#1", "actual#2", "actual#3", "actual#4", "actual#5", "actual#6"):
        lines[0][name] = 22
    extra = {key: value for key, value in lines[0].items() if key.startswith(("planned", "actual"))}
    lines[4] |= {key: None for key in lines[4] if key.startswith(("planned", "actual"))}
    lines[5] |= {"line_id": "B6", "category": "software", "line": "Templates", "carry_rule": "unspent", **extra}
    months = {f"planned#{n}": 80 for n in range(1, 13)} | {f"actual#{n}": 40 for n in range(1, 8)}
    lines += [
        {"line_id": "B7", "category": "hired_services", "line": "Stall", "carry_rule": "none", **months},
        {"line_id": "B8", "category": "digital_assets", "line": "Fonts", "carry_rule": "none", "actual#3": 60},
        {
            "line_id": "B9",
            "category": "digital_assets",
            "line": "Hosting",
            "planned#1": 12,
            "planned#11": 12,
            "actual#11": 12,
        },
    ]
    lines[1]["channel"], lines[2]["channel"] = "facebook", "TikTok"
    tables["own_time"][0]["hourly_value"] = None
    plan.tables["strategy"]["tools"].append({"tool": "Film app", "monthly_cost": 9})
    plan.tables["calendar"]["posts"][90] |= {"boosted": True}
    plan.tables["kpi-report"]["post_results"][20] |= {"spend": 15}
    plan.tables["kpi-report"]["kpis"][3] |= {f"actual#{n}": 2 for n in range(1, 7)}
    plan.tables["kpi-report"]["kpis"][4] |= {f"actual#{n}": 10 for n in range(1, 7)}
    return plan


def ill_calendar() -> Plan:
    """Too many posts, and posts of which something is missing."""
    plan = healthy_plan(DAY)
    posts = plan.tables["calendar"]["posts"]
    plan.tables["calendar"]["cadence_wanted"] = [
        {"channel": "instagram", "low": 1, "high": 1},
        {"channel": "facebook", "low": 1, "high": 2},
        {"channel": "Threads", "low": 1, "high": 2},
    ]
    for row in plan.tables["strategy"]["team"]:
        row["hours_per_week"] = 0.1
    coming = [row for row in posts if row["date"] >= DAY]
    coming[0]["copy"] = None
    coming[1]["owner"] = None
    coming[2]["channel"] = "Pinterest"
    coming[2]["title"] = "A very long title " * 7
    coming[2]["copy"] = "How we pack a plate so that it arrives whole. " * 13
    coming[6]["copy"] = coming[3]["copy"]
    coming[6]["channel"] = coming[3]["channel"]
    for number, row in enumerate(plan.tables["kpi-report"]["post_results"]):
        early = number % 3 == 0
        row |= {"likes": 200 if early else 40, "clicks": 5}
        row["time"] = row["time"].replace(hour=9 if early else 18)
    return plan


def ill_figures() -> Plan:
    """Applause without sales, and complaints."""
    plan = healthy_plan(DAY)
    tables = plan.tables["kpi-report"]
    for row in (tables["kpis"][0], tables["kpis"][1]):
        row |= {f"actual#{n}": 0 for n in range(1, 7)}
    tables["kpis"][5] = {"kpi_id": "K6", "channel": "instagram", "metric": "likes"} | {
        f"actual#{n}": 90 for n in range(1, 10)
    }
    for number, row in enumerate(tables["post_results"]):
        weak = number % 5 == 0
        row |= {"format": "text" if weak else "photo", "likes": 5 if weak else 60, "clicks": 1 if weak else 10}
    tables["post_results"].append(
        {"post_id": "P151", "date": DAY + timedelta(days=60), "channel": "facebook", "likes": 3}
    )
    figures = {
        "reach": (100, 100),
        "engagement": (50, 150),
        "engagement_rate_by_reach": (0.05, 3.5),
        "share_of_voice": (0.1, "350 %"),
    }
    for number, (metric, (usual, last)) in enumerate(figures.items(), 6):
        head = dict.fromkeys(("unit", "direction", "adds_up")) | {"kpi_id": f"K{number + 1}", "channel": "facebook"}
        row = {**head, "metric": metric, "actual#6": last}
        tables["kpis"][number] = row | {f"actual#{month}": usual for month in range(1, 6)}
    for number, row in enumerate(tables["inbox"][-12:]):
        row |= {"kind": "complaint", "routed_to": "Ana", "received": DAY - timedelta(days=30 + number)}
        row["resolved"] = number > 0
    return plan


def contradicting_figures() -> Plan:
    """A rate that its rows do not give, more answers than messages, more people reached than times shown."""
    plan = healthy_plan(DAY)
    tables = plan.tables["kpi-report"]
    figures = {
        "engagement": 50,
        "reach": 1000,
        "impressions": 900,
        "engagement_rate_by_reach": 0.5,
        "response_rate": "350%",
    }
    for place, (metric, value) in enumerate(figures.items(), 10):
        row = {"kpi_id": f"K{place}", "channel": "instagram", "metric": metric}
        own = dict.fromkeys(("unit", "direction", "adds_up"))
        tables["kpis"][place] = {**row, **own, **{f"actual#{n}": value for n in range(1, 7)}}
    return plan


ILL: dict[Callable[[], Plan], str] = {
    ill_strategy: """
        strategy.pillar_shares strategy.mix_too_promotional strategy.channel_unused strategy.channel_same_purpose
        strategy.too_many_channels strategy.goal_not_measured strategy.goal_without_hours
        strategy.goal_ends_before_start strategy.account_unfinished strategy.account_unchecked strategy.no_persona
        strategy.not_listening strategy.journey_open strategy.rival_without_swot strategy.no_policy
        strategy.nobody_answers strategy.one_head strategy.goal_missed strategy.role_without_person
        strategy.price_too_high
    """,
    bare_strategy: "strategy.no_goals strategy.no_stand_in",
    ill_roadmap: """
        roadmap.no_next_task roadmap.no_dates roadmap.due_before_start roadmap.cycle roadmap.unknown_goal
        roadmap.after_goal_deadline roadmap.initiatives_at_once roadmap.tasks_at_once
        strategy.goal_leads_nowhere
    """,
    ill_budget: """
        budget.unplanned budget.actual_ahead budget.own_time_zero budget.hourly_value_missing budget.expiring
        budget.spend_without_line budget.tool_without_line budget.boost_without_line budget.spend_without_result
        budget.category_over budget.ad_shares kpi-report.ads_cost_more_than_sales
    """,
    ill_calendar: """
        calendar.above_cadence calendar.over_capacity_team calendar.not_started calendar.channel_not_in_strategy
        calendar.repeated_text calendar.text_may_be_cut calendar.title_too_long calendar.scheduled_without_text
        calendar.no_owner calendar.better_hour kpi-report.works
    """,
    ill_figures: """
        kpi-report.many_complaints kpi-report.complaint_unsolved kpi-report.ignored
        kpi-report.actual_ahead kpi-report.result_ahead
        kpi-report.likes_without_business kpi-report.part_above_whole kpi-report.rate_contradicts kpi-report.above_limit
    """,
    contradicting_figures: "kpi-report.rate_contradicts kpi-report.above_limit kpi-report.part_above_whole",
}
"""A plan -> the rules that find something in it."""


def found_in(*workbooks: Path, as_of: date | None = None) -> set[str]:
    """The rules that find something."""
    findings = smsheets.analyze(*workbooks, as_of=as_of).findings
    return {item.id for first in findings for item in (first, *first.also)}


@pytest.mark.parametrize("make", ILL, ids=lambda make: make.__name__)
def test_what_is_wrong_is_found(make: Callable[[], Plan], tmp_path: Path) -> None:
    plan = make()
    assert set(ILL[make].split()) - found_in(*plan.typed(tmp_path), as_of=plan.as_of) == set()


def test_every_rule_finds_something() -> None:
    """The sample, on its own day and in autumn, when a channel sleeps and months were not looked back on."""
    sample = sorted(SAMPLES.glob("*.xlsx"))
    found = {name for names in ILL.values() for name in names.split()} | found_in(*sample)
    found |= found_in(*sample, as_of=date(2027, 9, 28))
    assert sorted({rule.id for rule in all_rules()} - found) == []
