"""Rules on goals: when they speak, what they say to do, and when they keep quiet."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from msgspec.structs import replace
from rule_cases import business, cells, do, lacking, placed, say, told

from smsheets.analysis.finding import Level
from smsheets.analysis.goal_outlook import Outlook, WhyNot
from smsheets.plan.goals import Goal
from smsheets.plan.kpi_report import KpiReport, KpiRow
from smsheets.plan.record import About
from smsheets.plan.roadmap import Initiative, Roadmap
from smsheets.plan.strategy import Strategy, TeamRole

GOAL = placed(
    Goal(
        goal_id="G1",
        goal="More followers",
        metric="followers",
        channel="tiktok",
        target=Decimal(8000),
        start=date(2027, 3, 1),
        deadline=date(2027, 8, 31),
        owner="Owner",
    ),
    "Goals 9",
)
BLANK_ROW = Goal(goal_id="G2")
TEAM = (TeamRole(role="lead", person="Owner"), TeamRole(role="comments", person="Assistant"))


def with_goals(*goals: Goal, team: tuple[TeamRole, ...] = ()) -> Strategy:
    return Strategy(goals=(*goals, BLANK_ROW), team=team)


@pytest.mark.parametrize(
    ("rule_id", "empty", "evidence"),
    [
        ("strategy.goal_without_number", ("target",), ["Goals 9 target"]),
        ("strategy.goal_without_number", ("metric",), ["Goals 9 metric"]),
        ("strategy.goal_without_number", ("metric", "target"), ["Goals 9 target", "Goals 9 metric"]),
        ("strategy.goal_without_deadline", ("deadline",), ["Goals 9 deadline"]),
        ("strategy.goal_without_owner", ("owner",), ["Goals 9 owner"]),
    ],
)
def test_a_goal_lacks_something(rule_id: str, empty: tuple[str, ...], evidence: list[str]) -> None:
    assert told(rule_id, business(strategy=with_goals(GOAL))) == []
    (finding,) = told(rule_id, business(strategy=with_goals(replace(GOAL, **dict.fromkeys(empty)))))
    assert (finding.about, finding.root) == ("G1", "goal G1")
    assert cells(finding) == evidence
    missing = "does not say what is counted" if empty == ("metric",) else "has no"
    assert f"Goal G1 'More followers' {missing}" in say(finding)


def test_what_a_goal_lacks_is_one_cause() -> None:
    goal = Goal(goal_id="G4", goal="Be present")
    roadmap = Roadmap(initiatives=(Initiative(initiative="Other", goal_id="G1"),))
    context = business(strategy=with_goals(goal), roadmap=roadmap)
    rules = ("number", "deadline", "owner", "initiative")
    roots = {finding.root for name in rules for finding in told(f"strategy.goal_without_{name}", context)}
    assert roots == {"goal G4"}


def test_a_goal_without_an_id_is_named_by_its_sentence() -> None:
    (finding,) = told("strategy.goal_without_owner", business(strategy=with_goals(Goal(goal="Be present"))))
    assert (finding.about, finding.root) == ("Be present", "goal Be present")


def test_a_number_is_chosen_from_what_the_report_follows_on_the_channel() -> None:
    report = KpiReport(
        kpis=(
            KpiRow(channel="tiktok", metric="followers"),
            KpiRow(channel="tiktok", metric="likes"),
            KpiRow(channel="x", metric="replies"),
        )
    )
    strategy = with_goals(replace(GOAL, metric=None, target=None))
    (finding,) = told("strategy.goal_without_number", business(strategy=strategy, kpi_report=report))
    assert do(finding).startswith("The KPI report follows Followers, Likes for TikTok: choose one")


@pytest.mark.parametrize(("unit", "baseline"), [("count", "30"), ("share", "0.3"), (None, "30"), ("boxes", "30")])
def test_a_target_is_measured_from_the_baseline(unit: str | None, baseline: str) -> None:
    goal = replace(GOAL, target=None, unit=unit, baseline=Decimal(baseline))
    (finding,) = told("strategy.goal_without_number", business(strategy=with_goals(goal)))
    assert do(finding) == f"Followers stood at {baseline} at the start: write the number to reach into 'Target'."


def test_a_deadline_comes_after_the_last_initiative() -> None:
    roadmap = Roadmap(
        initiatives=(
            Initiative(initiative="Long", goal_id="g1", due=date(2027, 9, 30)),
            Initiative(initiative="Short", goal_id="G1", due=date(2027, 8, 1)),
            Initiative(initiative="Given up", goal_id="G1", due=date(2027, 12, 1), status="cancelled"),
        )
    )
    strategy = with_goals(replace(GOAL, deadline=None))
    (finding,) = told("strategy.goal_without_deadline", business(strategy=strategy, roadmap=roadmap))
    assert "'Long', is due on 2027-09-30" in do(finding)
    (finding,) = told("strategy.goal_without_deadline", business(strategy=strategy, roadmap=Roadmap()))
    assert do(finding) == "Write the day by which it is to be reached into 'Deadline'."


def test_an_owner_is_found_among_those_who_work_for_the_goal_then_in_the_team() -> None:
    lonely = replace(GOAL, owner=None)
    roadmap = Roadmap(initiatives=(Initiative(initiative="Trial", goal_id="G1", owner="Freelancer"),))
    (finding,) = told("strategy.goal_without_owner", business(strategy=with_goals(lonely, team=TEAM), roadmap=roadmap))
    assert do(finding).startswith("Its initiatives belong to Freelancer:")
    (finding,) = told("strategy.goal_without_owner", business(strategy=with_goals(lonely, team=TEAM)))
    assert "of the team Owner, Assistant." in do(finding)


def test_a_goal_ends_before_it_starts() -> None:
    rule_id = "strategy.goal_ends_before_start"
    assert told(rule_id, business(strategy=with_goals(replace(GOAL, start=date(2027, 8, 30))))) == []
    for start in (date(2027, 8, 31), date(2027, 9, 1)):
        (finding,) = told(rule_id, business(strategy=with_goals(replace(GOAL, start=start))))
        assert (finding.values["start"], finding.values["deadline"]) == (start, date(2027, 8, 31))
        assert (finding.about, finding.root) == ("G1", "goal G1")
        assert cells(finding) == ["Goals 9 deadline", "Goals 9 start"]


@pytest.mark.parametrize(("there", "level"), [("no", Level.WARNING), ("partly", Level.NOTE)])
def test_a_goal_lacks_resources(there: str, level: Level) -> None:
    rule_id = "strategy.goal_lacks_resources"
    goal = replace(GOAL, resources_needed="A camera", resources_available=there)
    (finding,) = told(rule_id, business(strategy=with_goals(goal)))
    assert (finding.about, finding.root, finding.level) == ("G1", "goal G1", level)
    assert say(finding).endswith("not all of it: A camera.")
    assert do(finding).startswith("Let Owner say by when it is there")
    assert cells(finding) == ["Goals 9 resources_available", "Goals 9 resources_needed"]
    for quiet in (replace(goal, resources_available="yes"), replace(goal, resources_needed=None), GOAL):
        assert told(rule_id, business(strategy=with_goals(quiet))) == []


def test_whether_resources_are_there_is_asked() -> None:
    goal = replace(GOAL, resources_needed="A camera")
    (case,) = lacking("strategy.goal_lacks_resources", business(strategy=with_goals(goal, GOAL)))
    assert (case.values["goals"], cells(case)) == (("G1",), ["Goals 9 resources_available"])
    assert lacking("strategy.goal_lacks_resources", business(strategy=with_goals(GOAL))) == []


@pytest.mark.parametrize(
    ("rows", "todo"),
    [
        ((KpiRow(channel="tiktok", metric="Followers "),), None),
        ((KpiRow(channel="x", metric="followers"),), "Add a row for it to the sheet KPIs"),
        ((KpiRow(channel="tiktok", metric="likes"),), "Add 'Followers' for TikTok to the sheet KPIs, or measure"),
        ((KpiRow(channel="tiktok"),), None),
        ((), None),
    ],
)
def test_a_goal_on_a_channel_is_followed_there(rows: tuple[KpiRow, ...], todo: str | None) -> None:
    context = business(strategy=with_goals(GOAL), kpi_report=KpiReport(kpis=rows))
    found = told("strategy.goal_not_measured", context)
    assert [finding.about for finding in found] == ([] if todo is None else ["G1"])
    for finding in found:
        assert (finding.root, cells(finding)) == ("goal G1", ["Goals 9 metric", "Goals 9 channel"])
        assert do(finding).startswith(todo or "")


def test_a_goal_over_all_channels_is_followed_anywhere() -> None:
    goals = (replace(GOAL, channel=None), replace(GOAL, goal_id="G2", metric="Studio visits", channel=None))
    report = KpiReport(kpis=(KpiRow(channel="x", metric="followers"),))
    (finding,) = told("strategy.goal_not_measured", business(strategy=Strategy(goals=goals), kpi_report=report))
    assert (finding.about, finding.values["metric"]) == ("G2", "Studio visits")


def test_a_goal_nobody_works_for() -> None:
    goals = (GOAL, replace(GOAL, goal_id="G2"), replace(GOAL, goal_id="G3", channel="x"))
    roadmap = Roadmap(
        initiatives=(
            Initiative(initiative_id="I1", initiative="Open an account", goal_id="g1 "),
            Initiative(initiative_id="I2", initiative="Given up", goal_id="G2", status="cancelled"),
            Initiative(initiative_id="I3", initiative="Free", channel="x"),
        )
    )
    second, third = told("strategy.goal_without_initiative", business(strategy=Strategy(goals=goals), roadmap=roadmap))
    assert [(item.about, item.root) for item in (second, third)] == [("G2", "goal G2"), ("G3", "goal G3")]
    assert do(second).startswith("Plan an initiative with this goal ID")
    assert do(third).startswith("'Free' serves no goal and runs on the same channel: write G3 beside it")
    assert cells(second) == ["Goals 9 goal_id"]
    assert told("strategy.goal_without_initiative", business(strategy=Strategy(goals=goals), roadmap=Roadmap())) == []


def test_owners_of_goals_have_hours() -> None:
    rule_id = "strategy.goal_without_hours"
    team = (
        placed(TeamRole(role="lead", person="Owner", hours_per_week=Decimal(0)), "Team 5"),
        TeamRole(role="copy", person="Assistant", hours_per_week=Decimal(3)),
    )
    goals = (GOAL, placed(replace(GOAL, goal_id="G2", owner="owner "), "Goals 10"))
    (finding,) = told(rule_id, business(strategy=Strategy(goals=goals, team=team)))
    assert (finding.about, finding.root, finding.values["goals"]) == ("Owner", "person Owner: time", ("G1", "G2"))
    assert cells(finding) == ["Team 5 hours_per_week", "Goals 9 owner", "Goals 10 owner"]
    assert do(finding).endswith("or give G1, G2 to somebody who has hours: Assistant.")
    (stranger,) = told(rule_id, business(strategy=with_goals(GOAL, team=team[1:])))
    assert cells(stranger) == ["Goals 9 owner"]
    worked = replace(team[0], hours_per_week=Decimal("0.5"))
    assert told(rule_id, business(strategy=Strategy(goals=goals, team=(worked,)))) == []
    assert told(rule_id, business(strategy=Strategy(goals=goals, team=(TeamRole(role="lead"),)))) == []


def test_hours_of_owners_of_goals_are_asked_for() -> None:
    team = (placed(TeamRole(role="lead", person="Owner"), "Team 5"), placed(TeamRole(person="Owner"), "Team 6"))
    context = business(strategy=with_goals(GOAL, team=team))
    (case,) = lacking("strategy.goal_without_hours", context)
    assert (case.values["people"], cells(case)) == (("Owner",), ["Team 5 hours_per_week", "Team 6 hours_per_week"])
    assert told("strategy.goal_without_hours", context) == []
    paid = replace(team[0], hours_per_week=Decimal(2))
    assert lacking("strategy.goal_without_hours", business(strategy=with_goals(GOAL, team=(paid, team[1])))) == []


WAY = replace(GOAL, baseline=Decimal(4000))


@pytest.mark.parametrize(
    ("change", "says", "todo"),
    [
        ({"target": Decimal(3215)}, "is to go up, from 4000 to 3215", "Set the direction to 'down'"),
        (
            {"direction": "up", "target": Decimal(3215)},
            "is to go up, from 4000 to 3215",
            "Set the direction to 'down'",
        ),
        ({"direction": "down"}, "is to go down, from 4000 to 8000", "Set the direction to 'up'"),
        ({"target": Decimal(4000)}, "is to go up, from 4000 to 4000", "Set a target that is not the baseline."),
        ({"direction": "down", "target": Decimal(4000)}, "is to go down, from 4000 to 4000", "Set a target"),
    ],
)
def test_a_goal_that_leads_nowhere_is_named(change: dict[str, object], says: str, todo: str) -> None:
    (finding,) = told("strategy.goal_leads_nowhere", business(strategy=with_goals(replace(WAY, **change))))
    assert (finding.about, finding.root) == ("G1", "goal G1")
    assert cells(finding) == ["Goals 9 target", "Goals 9 baseline", "Goals 9 direction"]
    assert f"Goal G1 'More followers' {says}: that does not fit together." == say(finding)
    assert do(finding).startswith(todo)


@pytest.mark.parametrize(
    "change", [{}, {"direction": "down", "target": Decimal(3000)}, {"target": None}, {"baseline": None}]
)
def test_a_goal_with_a_way_or_without_its_ends_is_not(change: dict[str, object]) -> None:
    assert told("strategy.goal_leads_nowhere", business(strategy=with_goals(replace(WAY, **change)))) == []


def test_of_a_goal_that_leads_nowhere_no_line_is_worked_out() -> None:
    """Neither how far it is behind nor when it is reached: only that it leads nowhere."""
    wrong = replace(WAY, target=Decimal(3215))
    row = KpiRow(channel="tiktok", metric="followers", actual=tuple(map(Decimal, (4000, 3900, 3800, 3700, 3600, 3500))))
    report = KpiReport(start=About(period_start=date(2027, 1, 1), months=12), kpis=(row,))
    context = business(strategy=with_goals(wrong), kpi_report=report)
    for rule_id in ("strategy.goal_out_of_reach", "strategy.goal_missed"):
        assert told(rule_id, context) == []
    outlook = context.goal_outlooks[0]
    assert (outlook.why_not, outlook.outlook, outlook.needed) == (WhyNot.LEADS_NOWHERE, Outlook.UNKNOWN, None)
