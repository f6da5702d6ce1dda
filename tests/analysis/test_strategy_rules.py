"""The rules of the strategy: when they speak, and when they keep quiet."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from msgspec.structs import replace

from smsheets.analysis.context import Context, PlanSet
from smsheets.analysis.rules.strategy import RULES
from smsheets.money import Share
from smsheets.plan.calendar import Calendar, Post
from smsheets.plan.goals import Goal
from smsheets.plan.kpi_report import KpiReport, KpiRow, PostResult
from smsheets.plan.platforms import Platform
from smsheets.plan.readiness import ReadinessAnswer, ReadinessLine
from smsheets.plan.record import Where
from smsheets.plan.roadmap import Initiative, Roadmap
from smsheets.plan.strategy import Account, Channel, HouseRule, Strategy, TeamRole
from smsheets.spec.reference import load_kpi_definitions
from smsheets.spec.thresholds import load_thresholds

BY_ID = {rule.id: rule for rule in RULES}
THRESHOLDS = {item.id: item.amount for item in load_thresholds("strategy").values()}
KPI_DEFINITIONS = load_kpi_definitions()
PLATFORMS = {"x": Platform(id="x", name="X"), "tiktok": Platform(id="tiktok", name="TikTok")}

GOOD = Goal(
    goal_id="G1",
    goal="More followers",
    metric="followers",
    channel="tiktok",
    target=Decimal(8000),
    start=date(2027, 3, 1),
    deadline=date(2027, 8, 31),
    owner="Owner",
)
BLANK_GOAL = Goal(goal_id="G2")
OWNED = (TeamRole(role="lead", person="Owner"), TeamRole(role="comments", person="Assistant"))


def found(
    rule_id: str,
    strategy: Strategy,
    roadmap: Roadmap | None = None,
    calendar: Calendar | None = None,
    kpi_report: KpiReport | None = None,
) -> list[dict[str, object]]:
    """What the hits of a rule name; each of its texts is checked to name nothing else."""
    plans = PlanSet(strategy=strategy, roadmap=roadmap, calendar=calendar, kpi_report=kpi_report)
    context = Context(
        plans=plans, as_of=date(2027, 7, 5), thresholds=THRESHOLDS, platforms=PLATFORMS, kpi_definitions=KPI_DEFINITIONS
    )
    rule = BY_ID[rule_id]
    hits = list(rule.check(context))
    for hit in hits:
        (rule.says + rule.todo).format(**hit.values)
    return [dict(hit.values) for hit in hits]


@pytest.mark.parametrize("rule_id", sorted(BY_ID))
@pytest.mark.parametrize(
    "strategy",
    [
        Strategy(),
        Strategy(
            team=(TeamRole(role="comments"),),
            goals=(BLANK_GOAL,),
            channels=(Channel(channel="x", posts_low=Decimal(1)),),
            setup=(Account(channel="x"),),
            house_rules=(HouseRule(topic="abuse", guide="State the policy"),),
            readiness=(ReadinessAnswer(question="policy"),),
        ),
    ],
)
def test_nothing_is_said_of_blank_workbooks(rule_id: str, strategy: Strategy) -> None:
    report = KpiReport(kpis=(KpiRow(channel="x", metric="followers", target=(None,), actual=(None,)),))
    assert found(rule_id, strategy, Roadmap(), Calendar(), report) == []


@pytest.mark.parametrize(
    ("rule_id", "change"),
    [
        ("strategy.goal_without_number", {"target": None}),
        ("strategy.goal_without_number", {"metric": None}),
        ("strategy.goal_without_deadline", {"deadline": None}),
        ("strategy.goal_without_owner", {"owner": None}),
    ],
)
def test_goal_lacks_something(rule_id: str, change: dict[str, object]) -> None:
    assert found(rule_id, Strategy(goals=(GOOD, BLANK_GOAL))) == []
    lacking = replace(GOOD, **change)
    assert found(rule_id, Strategy(goals=(lacking, BLANK_GOAL))) == [{"goal_id": "G1", "goal": "More followers"}]


def test_goal_without_number_points_at_each_empty_cell() -> None:
    where = Where(file="s.xlsx", sheet="Goals", row=9, columns={"goal_id": 1, "metric": 3, "target": 6})
    strategy = Strategy(goals=(Goal(where=where, goal_id="G4", goal="Be present"),))
    context = Context(plans=PlanSet(strategy=strategy), as_of=date(2027, 7, 5), thresholds={})
    (hit,) = BY_ID["strategy.goal_without_number"].check(context)
    assert [str(cell) for cell in hit.evidence] == ["Goals!F9", "Goals!C9"]


def test_goal_ends_before_it_starts() -> None:
    backwards = replace(GOOD, start=date(2027, 9, 1))
    assert found("strategy.goal_ends_before_start", Strategy(goals=(GOOD,))) == []
    (values,) = found("strategy.goal_ends_before_start", Strategy(goals=(backwards,)))
    assert (values["start"], values["deadline"]) == (date(2027, 9, 1), date(2027, 8, 31))


@pytest.mark.parametrize(
    ("rows", "is_followed"),
    [
        ((KpiRow(channel="tiktok", metric="followers"),), True),
        ((KpiRow(channel="x", metric="followers"),), False),
        ((KpiRow(channel="tiktok", metric="likes"),), False),
        ((), True),
    ],
)
def test_goal_on_a_channel_is_followed_there(rows: tuple[KpiRow, ...], is_followed: bool) -> None:
    hits = found("strategy.goal_not_measured", Strategy(goals=(GOOD,)), kpi_report=KpiReport(kpis=rows))
    assert hits == ([] if is_followed else [{"goal_id": "G1", "goal": "More followers", "metric": "Followers"}])


def test_goal_over_all_channels_is_followed_anywhere() -> None:
    goals = (replace(GOOD, channel=None), replace(GOOD, goal_id="G2", metric="Studio visits", channel=None))
    report = KpiReport(kpis=(KpiRow(channel="x", metric="followers"),))
    (values,) = found("strategy.goal_not_measured", Strategy(goals=goals), kpi_report=report)
    assert (values["goal_id"], values["metric"]) == ("G2", "Studio visits")


def test_goal_without_initiative() -> None:
    goals = (GOOD, replace(GOOD, goal_id="G2"), replace(GOOD, goal_id="G3"))
    roadmap = Roadmap(
        initiatives=(
            Initiative(initiative_id="I1", initiative="Open an account", goal_id="g1 "),
            Initiative(initiative_id="I2", initiative="Given up", goal_id="G2", status="cancelled"),
        )
    )
    hits = found("strategy.goal_without_initiative", Strategy(goals=goals), roadmap=roadmap)
    assert [values["goal_id"] for values in hits] == ["G2", "G3"]


def test_nobody_answers() -> None:
    rule_id = "strategy.nobody_answers"
    assert found(rule_id, Strategy(team=OWNED)) == []
    assert found(rule_id, Strategy(team=(*OWNED[:1], TeamRole(role="comments")))) == [{}]
    assert found(rule_id, Strategy(team=OWNED[:1])) == [{}], "the role was deleted"


def test_no_policy() -> None:
    rules = (HouseRule(topic="abuse", guide="State the policy"), HouseRule(topic="tone", rule="Warm and short"))
    assert found("strategy.no_policy", Strategy(team=OWNED, house_rules=rules)) == []
    assert found("strategy.no_policy", Strategy(team=OWNED, house_rules=rules[:1])) == [{}]


def test_channel_without_purpose() -> None:
    channels = (
        Channel(channel="x"),
        Channel(channel="tiktok", purpose="Show how things are made"),
        Channel(channel="facebook", decision="stop"),
        Channel(channel="Village board"),
    )
    hits = found("strategy.channel_without_purpose", Strategy(team=OWNED, channels=channels))
    assert hits == [{"channel": "X"}, {"channel": "Village board"}]


def test_channel_unused() -> None:
    names = ("x", "tiktok", "facebook", "pinterest", "instagram", "youtube")
    strategy = Strategy(team=OWNED, channels=tuple(Channel(channel=name) for name in names))
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
    hits = found("strategy.channel_unused", strategy, calendar=calendar, kpi_report=report)
    assert [values["channel"] for values in hits] == ["X", "instagram", "youtube"]


def test_ad_shares() -> None:
    def with_shares(*shares: str | None) -> Strategy:
        known = (Decimal(share) if share is not None else None for share in shares)
        return Strategy(channels=tuple(Channel(channel="x", ad_share=share) for share in known))

    assert found("strategy.ad_shares", with_shares("0.5", "0.5", None)) == []
    assert found("strategy.ad_shares", with_shares(None)) == []
    assert found("strategy.ad_shares", with_shares("0.5", "0.6")) == [{"total": Share(Decimal("1.1"))}]


def test_readiness_line_on_the_sheet_counts_before_the_threshold() -> None:
    answers = tuple(ReadinessAnswer(question=word, answer=word) for word in ("yes", "partly"))
    strategy = Strategy(readiness=(*answers, ReadinessAnswer(question="policy", answer="no")))
    half = Share(Decimal("0.5"))
    assert found("strategy.not_ready", strategy) == [{"score": half, "line": Share(Decimal("0.75"))}]
    assert found("strategy.not_ready", replace(strategy, readiness_result=ReadinessLine(line=Decimal("0.5")))) == []
    assert found("strategy.not_ready", Strategy(readiness=(*answers, ReadinessAnswer(question="policy")))) == []


def test_two_factor_off() -> None:
    accounts = (
        Account(channel="tiktok", account_created=True, two_factor=False),
        Account(channel="x", account_created=False, two_factor=False),
        Account(channel="facebook", account_created=True),
        Account(channel="pinterest", two_factor=True),
    )
    assert found("strategy.two_factor_off", Strategy(setup=accounts)) == [{"channel": "TikTok"}]
