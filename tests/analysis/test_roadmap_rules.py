"""Rules on initiatives: when they speak, what they say to do, and when they keep quiet."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from roadmap_rows import BLANK_ROW, GOOD_STRATEGY, GOOD_TASK, context, running
from rule_cases import AS_OF, business, cells, do, lacking, say, told

from smsheets.analysis.context import Context
from smsheets.analysis.finding import Level, Rule
from smsheets.analysis.rules.roadmap import RULES
from smsheets.analysis.run import run_rule
from smsheets.money import Share
from smsheets.plan.budget import Budget
from smsheets.plan.goals import Goal
from smsheets.plan.roadmap import Initiative, Task
from smsheets.plan.strategy import Strategy


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
@pytest.mark.parametrize(
    "given",
    [
        context(),
        context(BLANK_ROW, tasks=(Task(task_id="T1"),), strategy=Strategy(), budget=Budget()),
        context(running(), tasks=(GOOD_TASK,), strategy=GOOD_STRATEGY, budget=Budget()),
        business(),
    ],
    ids=["nothing", "blank", "good", "no plans"],
)
def test_blank_and_good_plans_have_no_findings_and_lack_nothing(rule: Rule, given: Context) -> None:
    assert list(run_rule(rule, given)) == []


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_an_initiative_with_nothing_but_its_name_breaks_no_rule(rule: Rule) -> None:
    given = context(Initiative(initiative="x"), tasks=(Task(task="x"),), strategy=Strategy(), budget=Budget())
    assert all(case.evidence for case in run_rule(rule, given))


def test_overdue() -> None:
    (finding,) = told("roadmap.overdue", context(running(due=date(2027, 7, 2))))
    assert say(finding) == "'Trial' was due on 2027-07-02 and is not finished. Working days late: 1."
    assert (finding.about, finding.root, finding.effect) == ("I1", "initiative I1", None)
    assert cells(finding) == ["Initiatives 9 due", "Initiatives 9 status", "Initiatives 9 done_share"]
    for settled in (running(due=AS_OF), running(due=date(2027, 7, 2), status="done"), running(status="cancelled")):
        assert told("roadmap.overdue", context(settled)) == []


@pytest.mark.parametrize(("due", "level"), [(date(2027, 6, 21), Level.ERROR), (date(2027, 6, 22), Level.WARNING)])
def test_overdue_for_two_working_weeks_is_an_error(due: date, level: Level) -> None:
    (finding,) = told("roadmap.overdue", context(running(start=date(2027, 6, 1), due=due)))
    assert finding.level is level


def test_overdue_names_what_is_left_and_a_day_that_can_be_kept() -> None:
    late = running(start=date(2027, 6, 21), due=date(2027, 7, 2), done_share=Decimal("0.5"))
    tasks = (
        Task(task_id="T1", task="x", initiative_id="i1", status="next", due=date(2027, 7, 1)),
        Task(task_id="T2", task="x", initiative_id="I1", priority="high"),
        Task(task_id="T3", task="x", initiative_id="I1", status="done"),
        Task(task_id="T4", task="x", initiative_id="I2"),
    )
    (finding,) = told("roadmap.overdue", context(late, tasks=tasks))
    assert do(finding).startswith("Finish what is still open (T2, T1), or make 2027-07-12 the new due date")
    (finding,) = told("roadmap.overdue", context(late))
    assert do(finding).startswith("Finish 'Trial', or make 2027-07-12 the new due date")
    (finding,) = told("roadmap.overdue", context(running(start=None, due=date(2027, 7, 2))))
    assert do(finding).startswith("Finish 'Trial', or agree on a new due date")


def test_the_effect_of_overdue_is_the_worth_of_what_is_not_done() -> None:
    late = running(due=date(2027, 7, 2), planned_budget=Decimal(100))
    task = Task(task_id="T1", task="x", initiative_id="I1", hours=Decimal(5))
    (finding,) = told("roadmap.overdue", context(late, tasks=(task,), strategy=GOOD_STRATEGY))
    assert finding.effect == Decimal("0.4") * (100 + 5 * 30)


SLOW = running(start=date(2027, 6, 1), due=date(2027, 7, 30), done_share=Decimal("0.5"))


def test_slipping() -> None:
    (finding,) = told("roadmap.slipping", context(SLOW))
    assert {name: finding.values[name] for name in ("done", "expected", "days", "due")} == {
        "done": Share(Decimal("0.5")),
        "expected": Share(Decimal(25) / 44),
        "days": 3,
        "due": date(2027, 7, 30),
    }
    assert (finding.about, finding.root) == ("I1", "initiative I1")
    assert cells(finding) == ["Initiatives 9 done_share", "Initiatives 9 due"]
    assert do(finding).startswith(
        "Give 'Trial' more time each week, make it smaller, or move its due date from 2027-07"
    )
    assert do(finding).endswith("to 2027-08-04 before it is overdue.")


def test_three_days_behind_is_slipping_and_two_are_not() -> None:
    assert told("roadmap.slipping", context(SLOW, slip_days=4)) == []
    assert told("roadmap.slipping", context(running(done_share=Decimal("0.4")))) == []
    assert len(told("roadmap.slipping", context(running(done_share=Decimal("0.3"))))) == 1
    assert told("roadmap.slipping", context(running(due=date(2027, 7, 2), done_share=Decimal(0)))) == []


def test_slipping_names_the_next_tasks_and_what_is_at_stake() -> None:
    task = Task(task_id="T1", task="x", initiative_id="I1", owner="owner", hours=Decimal(10))
    (finding,) = told("roadmap.slipping", context(SLOW, tasks=(task,), strategy=GOOD_STRATEGY))
    assert do(finding).startswith("Do T1 next and give them more time each week, or move the due date")
    assert finding.effect == (Decimal(25) / 44 - Decimal("0.5")) * 300


def test_the_share_done_is_asked_for_of_what_runs() -> None:
    unknown = running(done_share=None)
    (case,) = lacking("roadmap.slipping", context(unknown, running(initiative_id="I2", start=date(2027, 7, 6))))
    assert (case.values["initiatives"], cells(case)) == (("I1",), ["Initiatives 9 done_share"])
    for quiet in (running(), running(done_share=None, status="planned"), running(done_share=None, due=None)):
        assert lacking("roadmap.slipping", context(quiet)) == []


@pytest.mark.parametrize(
    ("rule_id", "missing"),
    [
        ("roadmap.no_owner", "owner"),
        ("roadmap.no_goal", "goal_id"),
        ("roadmap.no_dates", "due"),
        ("roadmap.no_success_measure", "success_measure"),
    ],
)
def test_what_every_unfinished_initiative_needs(rule_id: str, missing: str) -> None:
    (finding,) = told(rule_id, context(running(**{missing: None})))
    assert (finding.about, finding.root, cells(finding)) == ("I1", "initiative I1", [f"Initiatives 9 {missing}"])
    assert finding.values["initiative"] == "Trial"
    for quiet in (running(), running(**{missing: None}, status="done"), running(**{missing: None}, status="cancelled")):
        assert told(rule_id, context(quiet)) == []


def test_an_owner_is_found_in_the_goal_then_in_the_tasks() -> None:
    lonely = running(owner=None)
    tasks = tuple(Task(task_id=f"T{n}", task="x", initiative_id="I1", owner="Ada") for n in (1, 2))
    (finding,) = told("roadmap.no_owner", context(lonely, tasks=tasks))
    assert do(finding).startswith("Ask Ada first: its tasks are theirs.")
    strategy = Strategy(goals=(Goal(goal_id="g1", goal="x", owner="Bob"),))
    (finding,) = told("roadmap.no_owner", context(lonely, tasks=tasks, strategy=strategy))
    assert do(finding).startswith("Ask Bob first, who owns its goal g1.")
    (finding,) = told("roadmap.no_owner", context(lonely, strategy=GOOD_STRATEGY))
    assert do(finding).startswith("Choose one person who sees to it")


def test_a_goal_is_found_on_the_same_channel() -> None:
    aimless = running(goal_id=None, channel="tiktok", planned_budget=Decimal(80))
    strategy = Strategy(goals=(Goal(goal_id="G4", goal="Be present", channel="tiktok"),))
    (finding,) = told("roadmap.no_goal", context(aimless, strategy=strategy))
    assert do(finding).startswith("Goal G4 'Be present' is about the same channel: write G4 beside 'Trial'")
    assert finding.effect == Decimal(80)
    (finding,) = told("roadmap.no_goal", context(running(goal_id=None, planned_budget=Decimal(0)), strategy=strategy))
    assert (finding.effect, do(finding)[:27]) == (None, "Name the goal that 'Trial' ")


def test_a_due_date_is_found_in_the_tasks() -> None:
    tasks = tuple(Task(task_id=f"T{n}", task="x", initiative_id="I1", due=date(2027, 8, n)) for n in (1, 9, 3))
    (finding,) = told("roadmap.no_dates", context(running(due=None, start=None), tasks=tasks))
    assert do(finding) == "Its last task is due on 2027-08-09: write that day or a later one into 'Due'."
    assert cells(finding) == ["Initiatives 9 start", "Initiatives 9 due"]
    (finding,) = told("roadmap.no_dates", context(running(start=None), tasks=tasks))
    assert do(finding) == "Fill in the start of 'Trial'; a rough guess is better than none."
    past = (Task(task_id="T1", task="x", initiative_id="I1", due=date(2027, 7, 4)),)
    (finding,) = told("roadmap.no_dates", context(running(due=None), tasks=past))
    assert do(finding) == "Fill in the day on which 'Trial' is due; a rough guess is better than none."
    (finding,) = told("roadmap.no_dates", context(running(due=None, start=None), tasks=past))
    assert do(finding).startswith("Fill in both dates of 'Trial'")


def test_due_before_start() -> None:
    (finding,) = told("roadmap.due_before_start", context(running(start=date(2027, 7, 10))))
    assert say(finding) == "'Trial' is due on 2027-07-09, before it starts on 2027-07-10."
    assert (finding.about, finding.root) == ("I1", "initiative I1")
    assert cells(finding) == ["Initiatives 9 due", "Initiatives 9 start"]
    for quiet in (running(start=date(2027, 7, 9)), running(start=date(2027, 7, 10), status="cancelled")):
        assert told("roadmap.due_before_start", context(quiet)) == []


def test_done_without_a_result() -> None:
    rule_id = "roadmap.done_without_result"
    (finding,) = told(rule_id, context(running(status="done", planned_budget=Decimal(200))))
    assert (finding.about, finding.root, finding.effect) == ("I1", "initiative I1", Decimal(200))
    assert do(finding).endswith("What you wanted: 12 orders")
    assert cells(finding) == ["Initiatives 9 result", "Initiatives 9 success_measure"]
    (finding,) = told(rule_id, context(running(status="done", success_measure=None)))
    assert do(finding).startswith("Write down the result of 'Trial' in one sentence with a number")
    for quiet in (running(status="done", result="12 orders"), running()):
        assert told(rule_id, context(quiet)) == []
