"""The strategy's part of the report."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from smsheets.analysis.context import Context, PlanSet
from smsheets.money import Money, Share
from smsheets.plan.goals import Goal
from smsheets.plan.platforms import Platform
from smsheets.plan.readiness import ReadinessAnswer
from smsheets.plan.strategy import Channel, Mission, Strategy, TeamRole
from smsheets.report.document import Line, TableView
from smsheets.report.sections.strategy import plan_section, shorten

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
    mission, team, readiness = plan_section(plan, CONTEXT).parts
    assert mission == Line("What we do: {mission}", {"mission": "We make tableware."})
    assert isinstance(team, Line)
    assert team.values == {"people": 1, "hours": Decimal("3.5"), "worth": Money(Decimal(80), "EUR")}
    assert isinstance(readiness, Line)
    assert readiness.text == "Readiness: {score} - not ready yet, {line} is needed."
    assert readiness.values["score"] == Share(Decimal(0))


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
        ("X", Line("support"), few, None, Line("test")),
        ("Village board", None, Decimal(1), Share(Decimal("0.4")), None),
    )
    assert total == Line("The ad shares add up to {total}.", {"total": Share(Decimal("0.4"))})


def test_long_texts_are_cut_after_a_word() -> None:
    assert shorten("Double the German audience, in six months", 32) == "Double the German audience ..."
    assert shorten("short", 32) == "short"
