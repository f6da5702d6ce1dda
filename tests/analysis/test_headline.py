"""The verdict: worst first, never better than what is known, with the right three steps and figures."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from kpi_rows import kpi, message, report

from smsheets.analysis.context import Context, PlanSet
from smsheets.analysis.forecast import compute_forecast
from smsheets.analysis.goal_outlook import goal_outlooks
from smsheets.analysis.headline import MOST_FIGURES, Headline, compute_headline
from smsheets.analysis.key_figures import KeyFigure
from smsheets.analysis.plan_states import PlanState, State
from smsheets.analysis.variance import budget, calendar, kpi_report, roadmap
from smsheets.analysis.variance.whole import Variance
from smsheets.money import Money, Share
from smsheets.plan.budget import Budget, BudgetLine
from smsheets.plan.calendar import CadenceWanted, Calendar, Post
from smsheets.plan.goals import Goal
from smsheets.plan.kpi_report import KpiRow
from smsheets.plan.record import About
from smsheets.plan.roadmap import Initiative, Roadmap
from smsheets.plan.strategy import Channel, Strategy
from smsheets.spec.load import load_thresholds
from smsheets.spec.reference import load_kpi_definitions, load_platforms

AS_OF = date(2027, 7, 5)
START = About(period_start=date(2027, 1, 1), months=12)


def headline(as_of: date = AS_OF, thresholds: Mapping[str, str] | None = None, **plans: Any) -> Headline:
    lines = {item.id: item.amount for item in load_thresholds().values()}
    lines |= {name: Decimal(value) for name, value in (thresholds or {}).items()}
    context = Context(
        plans=PlanSet(**plans), as_of=as_of, thresholds=lines, kpi_definitions=load_kpi_definitions(),
        platforms=load_platforms(), currency="EUR",
    )  # fmt: skip
    given = context.plans
    variance = Variance(
        budget=None if given.budget is None else budget.compute_variance(given.budget, context),
        roadmap=None if given.roadmap is None else roadmap.compute_variance(given.roadmap, context),
        calendar=None if given.calendar is None else calendar.compute_variance(given.calendar, context),
        kpi_report=None if given.kpi_report is None else kpi_report.compute_variance(given.kpi_report, context),
    )
    goals = () if given.strategy is None else tuple(goal_outlooks(given.strategy, context))
    return compute_headline(context, variance, compute_forecast(context, variance.budget, goals), ())


def state(kind: str, **plans: Any) -> PlanState:
    (found,) = [plan for plan in headline(**plans).plans if plan.kind == kind]
    return found


def figure(name: str, **plans: Any) -> KeyFigure:
    (found,) = [item for item in headline(**plans).figures if item.id == name]
    return found


def money(amount: str) -> Money:
    return Money(Decimal(amount), "EUR")


def line(line_id: str, actual: str, planned: int = 100) -> BudgetLine:
    return BudgetLine(
        line_id=line_id, planned=(Decimal(planned),) * 12, actual=tuple(Decimal(word) for word in actual.split())
    )


def plan_of(*lines: BudgetLine) -> Budget:
    return Budget(start=START, lines=lines)


def initiative(number: int, due: date | None, done: str | None, start: date = date(2027, 6, 1)) -> Initiative:
    share = None if done is None else Decimal(done)
    return Initiative(
        initiative_id=f"I{number}", initiative="Something", start=start, due=due, done_share=share, status="in_work"
    )


def posts(days: str, low: int = 1) -> Calendar:
    """Posts on Instagram out on these days of June; so many wanted a week since the first of June."""
    out = [date(2027, 6, int(day)) for day in days.split()]
    return Calendar(
        start=START,
        posts=tuple(Post(post_id=f"P{day}", channel="instagram", date=day, status="published") for day in out),
        cadence_wanted=(CadenceWanted(channel="instagram", low=Decimal(low), high=Decimal(low + 1)),),
    )


def goal(name: str = "G1", **more: Any) -> Goal:
    values: dict[str, Any] = {"metric": "followers", "channel": "instagram", "target": Decimal(8000)}
    return Goal(goal_id=name, goal="Grow", deadline=date(2027, 12, 31), **{**values, **more})


GROWING = kpi("instagram", "followers", "4000 4400 4800 5200 5600 6000")


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ((line("B1", "100 100 100 100 100 100"),), State.ON_TRACK),
        ((line("B1", "100 100 100 100 100 140"),), State.LOOK),
        ((line("B1", "120 120 120 120 120 120"),), State.OFF),
        ((line("B1", "100 100 100 100 100 200"), line("B2", "100 100 100 100 100 0")), State.LOOK),
    ],
)
def test_the_budget_stands_by_its_total_and_a_line_that_is_over_calls_for_a_look(
    lines: tuple[BudgetLine, ...], expected: State
) -> None:
    assert state("budget", budget=plan_of(*lines)).state is expected


def test_the_budget_names_what_is_spent_of_what_was_to_be_spent() -> None:
    found = state("budget", budget=plan_of(line("B1", "100 100 100 100 100 140")))
    assert (found.value, found.of) == (money("640"), money("600"))


def test_what_is_only_a_little_off_is_counted() -> None:
    lines = (line("B1", "100 100 100 100 100 200"), line("B2", "100 100 100 100 100 0"))
    assert state("budget", budget=plan_of(*lines)).close == 1
    row = kpi("instagram", "own", "100 100 100 100 100 93", "100 100 100 100 100 100", unit="count")
    found = state("kpi-report", kpi_report=report(row))
    assert (found.state, found.value, found.of, found.close) == (State.LOOK, 0, 1, 1)


def test_a_roadmap_that_is_finished_is_on_track_and_has_no_figure() -> None:
    done = Initiative(
        initiative_id="I1", start=date(2027, 5, 3), due=date(2027, 6, 20), status="done", finished_on=date(2027, 6, 18)
    )
    found = headline(roadmap=Roadmap(start=START, initiatives=(done,)))
    assert found.plans == (PlanState(kind="roadmap", state=State.ON_TRACK, value=0, of=0),)
    assert found.figures == ()


def test_without_actuals_the_budget_is_not_on_track_but_unknown() -> None:
    found = state("budget", budget=plan_of(line("B1", "")))
    assert found == PlanState(kind="budget", state=State.UNKNOWN)


def test_old_amounts_say_nothing_about_today() -> None:
    found = state("budget", budget=plan_of(line("B1", "100 100 100")))
    assert (found.state, found.stale) == (State.UNKNOWN, date(2027, 3, 1))
    assert state("budget", budget=plan_of(line("B1", "100 100 100 100"))).state is State.ON_TRACK


def test_a_year_that_is_complete_does_not_grow_old() -> None:
    full = plan_of(line("B1", " ".join(["100"] * 12)))
    assert state("budget", as_of=date(2029, 1, 1), budget=full).state is State.ON_TRACK


@pytest.mark.parametrize(
    ("late", "on_time", "expected"), [(0, 2, State.ON_TRACK), (1, 2, State.LOOK), (1, 1, State.OFF), (2, 0, State.OFF)]
)
def test_initiatives_half_of_which_are_late_are_off(late: int, on_time: int, expected: State) -> None:
    rows = [initiative(n, date(2027, 6, 20), "0.5") for n in range(late)]
    rows += [initiative(n + 10, date(2027, 9, 30), "0.9") for n in range(on_time)]
    found = state("roadmap", roadmap=Roadmap(start=START, initiatives=tuple(rows)))
    assert (found.state, found.value, found.of) == (expected, late, late + on_time)


def test_the_share_from_which_a_plan_is_off_can_be_set() -> None:
    rows = (initiative(1, date(2027, 6, 20), "0.5"), initiative(2, date(2027, 9, 30), "0.9"))
    strict = headline(thresholds={"strategy.verdict_off_share": "0.6"}, roadmap=Roadmap(start=START, initiatives=rows))
    assert strict.state is State.LOOK


def test_initiatives_without_dates_are_unknown() -> None:
    found = state("roadmap", roadmap=Roadmap(start=START, initiatives=(initiative(1, None, "0.5"),)))
    assert found == PlanState(kind="roadmap", state=State.UNKNOWN)


@pytest.mark.parametrize(
    ("days", "out", "expected"),
    [
        ("9 15 22 29", 4, State.ON_TRACK),
        ("9 10 11 12", 4, State.ON_TRACK),
        ("9 15 22", 3, State.LOOK),
        ("9 15", 2, State.OFF),
    ],
)
def test_the_calendar_stands_by_the_posts_of_the_last_weeks(days: str, out: int, expected: State) -> None:
    found = state("calendar", calendar=posts(f"1 {days}"))
    assert (found.state, found.value, found.of) == (expected, out, 4)


def test_more_on_one_channel_does_not_make_up_for_none_on_another() -> None:
    plan = posts("1 9 10 15 16 22 23 29")
    other = CadenceWanted(channel="facebook", low=Decimal(1), high=Decimal(2))
    both = Calendar(start=START, posts=plan.posts, cadence_wanted=(*plan.cadence_wanted, other))
    found = state("calendar", calendar=both)
    assert (found.value, found.of) == (4, 8)


def test_a_calendar_without_a_wanted_number_is_unknown() -> None:
    plan = Calendar(start=START, posts=posts("1 9 15 22 29").posts)
    assert state("calendar", calendar=plan).state is State.UNKNOWN


@pytest.mark.parametrize(
    ("last", "expected"),
    [("100 100", State.ON_TRACK), ("93 100", State.LOOK), ("50 100", State.OFF), ("50 100 100", State.LOOK)],
)
def test_metrics_stand_by_their_last_month(last: str, expected: State) -> None:
    rows = [
        kpi("instagram", f"own {n}", f"100 100 100 100 100 {value}", "100 100 100 100 100 100", unit="count")
        for n, value in enumerate(last.split())
    ]
    assert state("kpi-report", kpi_report=report(*rows)).state is expected


def test_old_figures_and_figures_without_a_target_are_unknown() -> None:
    old = report(kpi("instagram", "reach", "100 100 100", "100 100 100 100"))
    assert state("kpi-report", kpi_report=old).stale == date(2027, 3, 1)
    assert state("kpi-report", kpi_report=old).state is State.UNKNOWN
    assert state("kpi-report", kpi_report=report(GROWING)) == PlanState(kind="kpi-report", state=State.UNKNOWN)


def test_goals_stand_by_their_outlook() -> None:
    plan = report(GROWING)
    good, late = goal(), goal("G2", target=Decimal(90000))
    assert state("strategy", strategy=Strategy(goals=(good,)), kpi_report=plan).state is State.ON_TRACK
    both = state("strategy", strategy=Strategy(goals=(good, late)), kpi_report=plan)
    assert both == PlanState(kind="strategy", state=State.OFF, value=1, of=2)


def test_a_goal_that_cannot_be_judged_keeps_the_goals_from_being_on_track() -> None:
    goals = (goal(), goal("G2", target=None))
    found = state("strategy", strategy=Strategy(goals=goals), kpi_report=report(GROWING))
    assert found == PlanState(kind="strategy", state=State.UNKNOWN, value=1, of=2)
    tile = figure("goals", strategy=Strategy(goals=goals), kpi_report=report(GROWING))
    assert (tile.value, tile.of, tile.of_target, tile.state) == (1, 2, None, State.UNKNOWN)
    alone = state("strategy", strategy=Strategy(goals=goals))
    assert alone == PlanState(kind="strategy", state=State.UNKNOWN, value=2, of=2)


def test_plans_stand_worst_first_and_the_worst_is_the_verdict() -> None:
    found = headline(
        budget=plan_of(line("B1", "100 100 100 100 100 100")),
        roadmap=Roadmap(start=START, initiatives=(initiative(1, date(2027, 6, 20), "0.5"),)),
        calendar=Calendar(start=START),
    )
    assert [plan.kind for plan in found.plans] == ["roadmap", "calendar", "budget"]
    assert found.state is State.OFF


def test_without_a_plan_nothing_is_known() -> None:
    assert headline() == Headline(state=State.UNKNOWN)


def test_the_figures_of_the_money() -> None:
    plan = plan_of(line("B1", "100 100 100 100 100 160"))
    assert figure("spent", budget=plan) == KeyFigure(
        id="spent", value=money("660"), of=money("600"), of_target=Share(Decimal("1.1")), state=State.LOOK
    )
    year = figure("forecast", budget=plan)
    assert (year.value, year.of, year.state) == (money("1260"), money("1200"), State.ON_TRACK)
    assert year.month == date(2027, 12, 1)
    unknown = figure("forecast", budget=plan_of(line("B1", "")), as_of=date(2027, 3, 1))
    assert (unknown.value, unknown.state) == (None, State.UNKNOWN)


def rows(*channels: str | None) -> list[KpiRow]:
    """Orders and followers of some channels, each with other figures."""
    found = []
    for n, channel in enumerate(channels, 1):
        found.append(kpi(channel, "orders", f"{n} {n} {n} {n} {n} {n + 1}", f"{n} {n} {n} {n} {n} {n}"))
        found.append(kpi(channel, "followers", " ".join([str(n * 100)] * 6)))
    return found


def test_the_result_is_that_of_the_whole_business_where_there_is_one() -> None:
    found = figure("result", kpi_report=report(*rows("facebook", None)))
    assert (found.metric, found.channel, found.month) == ("orders", None, date(2027, 6, 1))
    assert (found.value, found.of, found.change) == (3, 2, 1)
    assert found.change_share == Share(Decimal("0.5"))
    assert found.of_target == Share(Decimal("1.5"))
    assert found.state is State.ON_TRACK


def test_the_audience_is_that_of_the_primary_channel() -> None:
    primary = tuple(Channel(channel=name, role="primary") for name in ("tiktok", "facebook"))
    strategy = Strategy(channels=primary)
    found = figure("audience", kpi_report=report(*rows("instagram", "facebook")), strategy=strategy)
    assert (found.channel, found.value, found.state) == ("facebook", 200, None)
    assert figure("audience", kpi_report=report(*rows("instagram", "facebook"))).channel == "instagram"


def test_messages_without_an_answer_are_counted() -> None:
    inbox = (message(5), message(6, answered=True), message(7, kind="praise"))
    found = figure("messages", kpi_report=report(GROWING, inbox=inbox))
    assert (found.value, found.state) == (1, State.LOOK)


def test_posts_are_compared_with_the_weeks_before() -> None:
    plan = posts("1 9 15 22 29")
    earlier = tuple(
        Post(post_id=f"Q{day}", channel="instagram", date=date(2027, 5, day), status="published") for day in (11, 18)
    )
    both = Calendar(start=START, posts=(*plan.posts, *earlier), cadence_wanted=plan.cadence_wanted)
    found = figure("posts", calendar=both)
    assert (found.value, found.of, found.change) == (4, 4, 1)


def test_there_are_never_more_than_eight_figures() -> None:
    revenue = kpi(None, "revenue", "1 2 3 4 5 6", "1 1 1 1 1 1")
    found = headline(
        strategy=Strategy(goals=(goal(),), channels=(Channel(channel="instagram", role="primary"),)),
        roadmap=Roadmap(start=START, initiatives=(initiative(1, date(2027, 9, 20), "0.5"),)),
        budget=plan_of(line("B1", "100 100 100 100 100 100")),
        calendar=posts("1 9 15 22 29"),
        kpi_report=report(GROWING, *rows(None), revenue, inbox=(message(5),)),
    )
    assert len(found.figures) == MOST_FIGURES
    assert [item.id for item in found.figures].count("result") == 1
    few = headline(kpi_report=report(GROWING, *rows(None), revenue))
    assert [item.metric for item in few.figures if item.id == "result"] == ["orders", "revenue"]
