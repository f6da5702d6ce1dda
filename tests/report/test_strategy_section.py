"""The strategy's part of the report."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import msgspec

from smsheets.analysis.context import Context, PlanSet
from smsheets.money import Money, Share
from smsheets.plan.goals import Goal, ReadinessAnswer
from smsheets.plan.kpi_report import KpiReport, KpiRow
from smsheets.plan.record import About
from smsheets.plan.reference import Platform
from smsheets.plan.strategy import Channel, Mission, Strategy, TeamRole
from smsheets.report.document import ChartView, Line, Section, Status, TableView, Tone, Verbatim
from smsheets.report.sections.cells import shorten
from smsheets.report.sections.strategy import plan_section

CONTEXT = Context(
    plans=PlanSet(),
    as_of=date(2027, 7, 5),
    thresholds={"strategy.readiness_line": Decimal("0.75")},
    platforms={"x": Platform(id="x", name="X")},
    currency="EUR",
)


def test_a_blank_strategy_says_so() -> None:
    new = Strategy(channels=(Channel(channel="x"),), readiness=(ReadinessAnswer(question="policy"),))
    assert plan_section(new, CONTEXT).parts == (Line("Nothing is written yet."),)


def test_lines_before_the_tables() -> None:
    plan = Strategy(
        mission=Mission(what_we_do="We make\n tableware."),
        team=(
            TeamRole(role="lead", person="Owner", hours_per_week=Decimal(2), hourly_value=Decimal(40)),
            TeamRole(role="copy", person="Owner", hours_per_week=Decimal("1.5")),
            TeamRole(role="ads"),
        ),
        readiness=(ReadinessAnswer(question="policy", answer="no"),),
    )
    mission, team, readiness, hours, roles = plan_section(plan, CONTEXT).parts
    assert mission == Line("What we do: {mission}", {"mission": "We make tableware."})
    assert isinstance(team, Line)
    assert team.values == {"people": 1, "hours": Decimal("3.5"), "worth": Money(Decimal(80), "EUR")}
    assert isinstance(readiness, Line)
    assert readiness.text == "Readiness: {score} - not ready yet, {line} is needed."
    assert readiness.values["score"] == Share(Decimal(0))
    assert isinstance(hours, ChartView)
    assert isinstance(roles, TableView)


def test_goals_show_amounts_in_their_unit() -> None:
    goals = (
        Goal(goal_id="G1", goal="Sell", unit="money", baseline=Decimal(5), target=Decimal(9), owner="Owner"),
        Goal(goal_id="G2", goal="Engage", unit="share", target=Decimal("0.05")),
        Goal(goal_id="G3"),
    )
    (table,) = plan_section(Strategy(goals=goals), CONTEXT).parts
    assert isinstance(table, TableView)
    assert table.rows == (
        ("G1", "Sell", Money(Decimal(5), "EUR"), Money(Decimal(9), "EUR"), None, "Owner", 6),
        ("G2", "Engage", None, Share(Decimal("0.05")), None, None, 8),
    )


def test_channels_and_a_wrong_sum_of_their_shares() -> None:
    channels = (
        Channel(channel="x", role="support", posts_low=Decimal(1), posts_high=Decimal(2), decision="test"),
        Channel(channel="Village board", purpose="Neighbours", posts_high=Decimal(1), ad_share=Decimal("0.4")),
    )
    table, total = plan_section(Strategy(channels=channels), CONTEXT).parts
    assert isinstance(table, TableView)
    few = Line("{low} to {high}", {"low": Decimal(1), "high": Decimal(2)})
    assert table.rows == (
        (Verbatim("X"), Line("support"), few, None, Line("test")),
        (Verbatim("Village board"), None, Decimal(1), Share(Decimal("0.4")), None),
    )
    assert total == Line("The ad shares add up to {total}.", {"total": Share(Decimal("0.4"))})


def test_long_texts_are_cut_after_a_word() -> None:
    assert shorten("Double the German audience, in six months", 32) == "Double the German audience ..."
    assert shorten("short", 32) == "short"


def table(section: Section, title: str) -> TableView:
    return next(part for part in section.parts if isinstance(part, TableView) and part.title == title)


def chart(section: Section, title: str) -> ChartView:
    return next(part for part in section.parts if isinstance(part, ChartView) and part.title == Line(title))


def test_who_does_what() -> None:
    team = (
        TeamRole(
            role="lead", person="Owner", hours_per_week=Decimal(2), hourly_value=Decimal(40), stand_in="Assistant"
        ),
        TeamRole(role="Baker of cakes", person="Assistant", hours_per_week=Decimal(3)),
        TeamRole(role="ads"),
    )
    section = plan_section(Strategy(team=team), CONTEXT)
    assert table(section, "Who does what").rows == (
        (Line("Lead"), Verbatim("Owner"), Decimal(2), Money(Decimal(40), "EUR"), Verbatim("Assistant")),
        (Verbatim("Baker of cakes"), Verbatim("Assistant"), Decimal(3), None, None),
        (Line("Ads"), Status("nobody", Tone.WATCH), None, None, None),
    )
    hours = chart(section, "Hours a week by role")
    assert (hours.unit, hours.series[0].values) == ("hours", (2, 3))
    assert hours.says.values == {"role": Verbatim("Baker of cakes"), "hours": Decimal(3)}


def test_roles_that_nobody_has_yet_are_no_team() -> None:
    mission = Mission(what_we_do="We make tableware.")
    section = plan_section(Strategy(mission=mission, team=(TeamRole(role="lead"),)), CONTEXT)
    assert len(section.parts) == 1


def followers(*actual: int) -> KpiReport:
    row = KpiRow(channel="x", metric="followers", adds_up="last", actual=tuple(map(Decimal, actual)))
    return KpiReport(start=About(period_start=date(2027, 1, 1), months=12), kpis=(row,))


GOALS = (
    Goal(
        goal_id="G1", goal="Grow", metric="followers", channel="x", baseline=Decimal(100), target=Decimal(200),
        start=date(2027, 1, 1), deadline=date(2027, 12, 31),
    ),
    Goal(goal_id="G2", goal="Be there"),
)  # fmt: skip


def with_report(report: KpiReport) -> Context:
    return msgspec.structs.replace(CONTEXT, plans=PlanSet(kpi_report=report))


def test_progress_of_the_goals_by_the_kpi_report() -> None:
    section = plan_section(Strategy(goals=GOALS), with_report(followers(105, 110, 115, 120, 125, 130)))
    way, time = Decimal("0.300"), Decimal("0.508")
    first, second = table(section, "Progress of the goals").rows
    assert first[:6] == ("G1", Decimal(100), Decimal(130), Decimal(200), Share(way), Share(time))
    assert first[6] == Status("will be late", Tone.WATCH)
    assert second == ("G2", None, None, None, None, None, Status("not known", Tone.NEUTRAL))
    bars = chart(section, "Progress of the goals")
    assert bars.categories == (Verbatim("G1 Grow"),)
    assert [series.values for series in bars.series] == [(way,), (time,)]
    assert bars.says.values == {"goal": Verbatim("G1 Grow"), "way": Share(way), "time": Share(time)}


def test_a_goal_ahead_of_its_time_is_not_behind() -> None:
    section = plan_section(Strategy(goals=GOALS), with_report(followers(120, 140, 160, 170, 180, 190)))
    assert chart(section, "Progress of the goals").says == Line("No goal is behind schedule.")
    assert table(section, "Progress of the goals").rows[0][6] == Status("in time", Tone.GOOD)


def test_without_figures_there_is_no_progress() -> None:
    for context in (CONTEXT, with_report(followers())):
        titles = [part.title for part in plan_section(Strategy(goals=GOALS), context).parts if hasattr(part, "title")]
        assert titles == ["Goals"]


def test_a_goal_without_a_start_value_has_figures_and_no_bar() -> None:
    goal = msgspec.structs.replace(GOALS[0], baseline=None)
    section = plan_section(Strategy(goals=(goal,)), with_report(followers(105, 110, 115)))
    assert table(section, "Progress of the goals").rows[0][2:5] == (Decimal(115), Decimal(200), None)
    assert [part for part in section.parts if isinstance(part, ChartView)] == []


def test_the_hours_of_one_role_are_no_picture() -> None:
    team = (TeamRole(role="lead", person="Owner", hours_per_week=Decimal(2)),)
    assert [part for part in plan_section(Strategy(team=team), CONTEXT).parts if isinstance(part, ChartView)] == []
