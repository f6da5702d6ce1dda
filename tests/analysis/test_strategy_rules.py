"""Rules on channels and shares of the strategy: when they speak, what they say to do, and when they keep quiet."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from msgspec.structs import replace
from rule_cases import RULES, THRESHOLDS, business, cells, do, lacking, placed, say, told

from smsheets.analysis.rules.strategy import RULES as STRATEGY_RULES
from smsheets.analysis.run import run_rule
from smsheets.plan.calendar import Calendar, Post
from smsheets.plan.goals import Goal, ReadinessAnswer
from smsheets.plan.kpi_report import KpiReport, KpiRow, PostResult
from smsheets.plan.roadmap import Roadmap
from smsheets.plan.strategy import Account, Channel, HouseRule, Limits, Mix, Persona, Pillar, Strategy, TeamRole
from smsheets.spec.reference import load_finding_texts

PEOPLE = (TeamRole(role="lead", person="Owner"), TeamRole(role="comments", person="Assistant"))
BLANK = Strategy(
    team=(TeamRole(role="comments"),),
    goals=(Goal(goal_id="G2"),),
    channels=(Channel(channel="x", posts_low=Decimal(1)),),
    mix=Mix(promotional_at_most=Decimal("0.2")),
    pillars=(Pillar(pillar="products"),),
    setup=(Account(channel="x"),),
    house_rules=(HouseRule(topic="abuse", guide="State the policy"),),
    readiness=(ReadinessAnswer(question="policy"),),
)
"""What stands in a new workbook."""


@pytest.mark.parametrize("rule", STRATEGY_RULES, ids=lambda rule: rule.id)
@pytest.mark.parametrize("strategy", [Strategy(), BLANK, None], ids=["nothing", "blank", "no strategy"])
def test_nothing_is_said_and_nothing_lacks_in_blank_workbooks(rule: object, strategy: Strategy | None) -> None:
    report = KpiReport(kpis=(KpiRow(channel="x", metric="followers", target=(None,), actual=(None,)),))
    context = business(strategy=strategy, roadmap=Roadmap(), calendar=Calendar(), kpi_report=report)
    assert list(run_rule(rule, context)) == []


def test_ids_are_unique_and_thresholds_exist() -> None:
    assert len({rule.id for rule in STRATEGY_RULES}) == len(STRATEGY_RULES)
    assert {name for rule_id in RULES for name in load_finding_texts()[rule_id].thresholds} <= set(THRESHOLDS)


def with_channels(*channels: Channel, **more: object) -> Strategy:
    rows = tuple(placed(channel, f"Channels {number}") for number, channel in enumerate(channels, 11))
    return Strategy(team=PEOPLE, channels=rows, **more)


AIMLESS = (
    Channel(channel="x"),
    Channel(channel="tiktok", purpose="Show how things are made"),
    Channel(channel="facebook", decision="stop"),
    Channel(channel="Village board"),
)


def test_channels_without_a_purpose_are_one_finding() -> None:
    rule_id = "strategy.channel_without_purpose"
    (finding,) = told(rule_id, business(strategy=with_channels(*AIMLESS)))
    assert (finding.about, say(finding)) == ("x+Village board", "Channels without a purpose: X, Village board.")
    assert cells(finding) == ["Channels 11 purpose", "Channels 14 purpose"]
    assert do(finding).startswith("Say in a sentence what the channel is for")
    assert told(rule_id, business(strategy=with_channels(*AIMLESS[1:3]))) == []


@pytest.mark.parametrize(
    ("busy", "todo"),
    [
        ("tiktok", "Set 'Decision' to stop: no posts are planned there either."),
        ("X ", "Set 'Decision' of Village board to stop: no posts are planned there either."),
    ],
)
def test_channels_without_purpose_and_posts_are_to_stop(busy: str, todo: str) -> None:
    calendar = Calendar(
        posts=(
            Post(post_id="P1", channel=busy, date=date(2027, 7, 5)),
            Post(post_id="P2", channel="x", date=date(2027, 7, 4)),
        )
    )
    context = business(strategy=with_channels(*AIMLESS), calendar=calendar)
    (finding,) = told("strategy.channel_without_purpose", context)
    assert do(finding).startswith(todo)


def unused_channels(rule_id: str, *channels: Channel, **more: object) -> list[str]:
    calendar = Calendar(
        posts=(
            Post(post_id="P1", channel="tiktok", status="idea"),
            Post(post_id="P2", channel="x", status="cancelled"),
            Post(post_id="P3"),
        )
    )
    report = KpiReport(
        kpis=(
            KpiRow(channel="facebook", metric="likes", target=(None, Decimal(0))),
            KpiRow(channel="youtube", metric="likes", target=(None,), actual=(None,)),
        ),
        post_results=(PostResult(channel="pinterest"),),
    )
    context = business(strategy=with_channels(*channels, **more), calendar=calendar, kpi_report=report)
    found = told(rule_id, context)
    assert [finding.root for finding in found] == [f"channel {finding.about}" for finding in found]
    return [f"{finding.about}: {finding.effect}: {do(finding)}" for finding in found]


def test_a_channel_with_neither_posts_nor_figures_is_unused() -> None:
    rule_id = "strategy.channel_unused"
    names = ("tiktok", "facebook", "pinterest")
    assert unused_channels(rule_id, *(Channel(channel=name) for name in names)) == []
    paid = Channel(channel="youtube", ad_share=Decimal("0.3"), linked=True)
    assert unused_channels(rule_id, Channel(channel="x"), Channel(channel="instagram", linked=True), paid) == [
        "x: None: Plan posts for it, or set 'Decision' to stop.",
        "instagram: None: Plan posts for it, or set 'Decision' to stop and take the link to it off the website.",
        "youtube: None: Plan posts for it, or set 'Decision' to stop and take the link to it off the website.",
    ]
    (dear,) = unused_channels(rule_id, paid, limits=Limits(monthly_budget=Decimal(500)))
    assert dear.startswith("youtube: 150.0: ")
    assert dear.endswith("give its 150.0 of the monthly budget to another channel.")


def test_nothing_is_unused_before_anything_is_used() -> None:
    context = business(strategy=with_channels(Channel(channel="x")), calendar=Calendar(), kpi_report=KpiReport())
    assert told("strategy.channel_unused", context) == []


SAME = "Show new pieces every week and sell them in the shop"


@pytest.mark.parametrize(
    ("purposes", "about"),
    [
        ((SAME, "Answer questions", SAME.replace("every week", "each week")), ["instagram+tiktok"]),
        (("Sell", "sell!", "Buy"), ["instagram+x"]),
        ((SAME, "Sell", "Announce studio sales in the region and keep in touch"), []),
        ((None, None, SAME), []),
    ],
)
def test_channels_with_the_same_purpose(purposes: tuple[str | None, ...], about: list[str]) -> None:
    names = ("instagram", "x", "tiktok")
    rows = (Channel(channel=name, purpose=text) for name, text in zip(names, purposes, strict=True))
    strategy = with_channels(*rows, Channel(channel="facebook", purpose=SAME, decision="stop"))
    found = told("strategy.channel_same_purpose", business(strategy=strategy))
    assert [finding.about for finding in found] == about
    for finding in found:
        assert say(finding).endswith(f"are there for the same: '{purposes[0]}'")
        assert do(finding).startswith("Say what ")
        assert "Channels 11 purpose" in cells(finding)


def busy_team(hours: str | None) -> Strategy:
    """Two channels: 3 photos of an hour, and 2 posts of 150 or 30 minutes; 6 hours in all."""
    team = (placed(TeamRole(person="Owner", hours_per_week=None if hours is None else Decimal(hours)), "Team 5"),)
    channels = (
        placed(
            Channel(channel="instagram", purpose="a", role="primary", posts_low=Decimal(3), formats=("photo",)), "C 1"
        ),
        placed(Channel(channel="x", purpose="b", posts_low=Decimal(2), formats=("short_video", "text")), "C 2"),
        Channel(channel="tiktok", posts_low=Decimal(9), decision="stop"),
    )
    return Strategy(team=team, channels=channels)


def test_more_channels_than_the_team_has_time_for() -> None:
    rule_id = "strategy.too_many_channels"
    assert told(rule_id, business(strategy=busy_team("6"))) == []
    (finding,) = told(rule_id, business(strategy=busy_team("5.5")))
    assert say(finding).startswith("Posts on 2 channels need about 6.0 hours a week; the whole team has 5.5 ")
    assert do(finding).startswith("Set 'Decision' of X to stop: that gives back about 3.0 hours a week.")
    assert (finding.about, cells(finding)) == ("team", ["C 1 posts_low", "C 2 posts_low"])


def test_a_single_channel_is_not_to_be_stopped() -> None:
    strategy = busy_team("1")
    (finding,) = told(
        "strategy.too_many_channels", business(strategy=replace(strategy, channels=strategy.channels[:1]))
    )
    assert do(finding).startswith("Plan fewer posts a week")


def test_hours_of_the_team_are_asked_for() -> None:
    context = business(strategy=busy_team(None))
    (case,) = lacking("strategy.too_many_channels", context)
    assert (case.values["people"], cells(case)) == (("Owner",), ["Team 5 hours_per_week"])
    assert told("strategy.too_many_channels", context) == []
    assert lacking("strategy.too_many_channels", business(strategy=busy_team("6"))) == []


PERSONAS = (
    placed(Persona(name="The host", kind="customer", channels=("instagram", "Village board")), "Personas 6"),
    placed(Persona(name="The cook", channels=("tiktok",)), "Personas 7"),
    placed(Persona(name="The bargain seeker", kind="negative", channels=("x",)), "Personas 8"),
    Persona(name="Nobody yet"),
)


def test_channels_where_no_customers_are() -> None:
    rule_id = "strategy.channel_without_customers"
    channels = (Channel(channel="x"), Channel(channel="Tiktok "), Channel(channel="facebook", decision="stop"))
    (finding,) = told(rule_id, business(strategy=with_channels(*channels, personas=PERSONAS)))
    assert (finding.about, finding.root) == ("x", "channel x")
    assert cells(finding) == ["Channels 11 channel", "Personas 6 channels", "Personas 7 channels"]
    assert do(finding).endswith("into the channels where they are: Instagram, Village board, TikTok.")
    assert told(rule_id, business(strategy=with_channels(*channels[1:], personas=PERSONAS))) == []
    assert told(rule_id, business(strategy=with_channels(*channels, personas=PERSONAS[2:]))) == []


def test_a_channel_with_neither_purpose_nor_customers_is_one_cause() -> None:
    context = business(strategy=with_channels(Channel(channel="x"), personas=PERSONAS))
    (aimless,) = told("strategy.channel_without_purpose", context)
    (empty,) = told("strategy.channel_without_customers", context)
    assert aimless.root == empty.root
