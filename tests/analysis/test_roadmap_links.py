"""Rules on initiatives that depend on each other, on goals and on budget lines."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from roadmap_rows import BLANK_ROW, GOOD_STRATEGY, context, running
from rule_cases import AS_OF, cells, do, lacking, placed, say, told

from smsheets.money import Money
from smsheets.plan.budget import Budget, BudgetLine
from smsheets.plan.record import About
from smsheets.plan.strategy import Strategy

FIRST = placed(running(initiative="First"), "Initiatives 5")


def test_starts_before_what_it_depends_on_ends() -> None:
    second = running(initiative_id="I2", initiative="Second", start=date(2027, 7, 9), depends_on=("i1",))
    later = running(initiative_id="I3", initiative="Third", start=date(2027, 7, 10), depends_on=("I1",))
    (finding,) = told("roadmap.starts_too_early", context(FIRST, second, later))
    assert say(finding) == "'Second' starts on 2027-07-09, but needs 'First', which does not end before 2027-07-09."
    assert (finding.about, finding.root) == ("I2+I1", "initiative I2")
    assert cells(finding) == ["Initiatives 9 start", "Initiatives 9 depends_on", "Initiatives 5 due"]
    begun = running(initiative_id="I4", initiative="Fourth", depends_on=("I1",))
    (finding,) = told("roadmap.starts_too_early", context(FIRST, begun))
    assert say(finding) == "'Fourth' has begun, but needs 'First', which does not end before 2027-07-09."
    assert do(finding).startswith("Finish 'First' first, or take it out of 'Depends on' of 'Fourth'")
    finished = running(initiative="First", status="done")
    assert told("roadmap.starts_too_early", context(finished, second)) == []


def test_of_several_the_last_to_end_is_named() -> None:
    other = running(initiative_id="I2", initiative="Other", due=date(2027, 7, 20), done_share=Decimal("0.9"))
    third = running(initiative_id="I3", start=date(2027, 7, 8), depends_on=("I1", "I2"))
    (finding,) = told("roadmap.starts_too_early", context(FIRST, other, third))
    assert (finding.about, finding.values["end"]) == ("I3+I2", date(2027, 7, 20))


def test_who_waits_for_a_late_one_has_the_late_one_for_its_cause() -> None:
    slow = running(done_share=Decimal(0), initiative="First")
    second = running(initiative_id="I2", start=date(2027, 7, 9), depends_on=("I1",))
    (waiting,) = told("roadmap.starts_too_early", context(slow, second))
    (slipping,) = told("roadmap.slipping", context(slow, second))
    assert waiting.root == slipping.root == "initiative I1"


def test_an_overdue_dependency_ends_today_at_the_earliest() -> None:
    first = running(initiative="First", due=date(2027, 7, 1))
    second = running(initiative_id="I2", initiative="Second", start=date(2027, 7, 2), depends_on=("I1",))
    (finding,) = told("roadmap.starts_too_early", context(first, second))
    assert (finding.values["end"], finding.root) == (AS_OF, "initiative I1")


def test_a_circle_is_one_finding() -> None:
    circle = (running(depends_on=("I2",)), running(initiative_id="I2", depends_on=("I1",)))
    (finding,) = told("roadmap.cycle", context(*circle))
    assert (finding.about, finding.root) == ("I1+I2", "initiative I1")
    assert do(finding) == "Take I2 out of 'Depends on' of I1, or one ID out of another of these rows: I1, I2."
    assert cells(finding) == ["Initiatives 9 depends_on", "Initiatives 9 depends_on"]
    assert told("roadmap.starts_too_early", context(*circle)) == []
    over = [running(initiative_id=a, depends_on=(b,), status="done") for a, b in (("I1", "I2"), ("I2", "I1"))]
    assert told("roadmap.cycle", context(*over)) == []
    half = (running(depends_on=("I2",)), running(initiative_id="I2", depends_on=("I1",), status="done"))
    assert told("roadmap.cycle", context(*half)) == [], "one is finished: the other waits for nobody"


def test_who_waits_for_itself_is_a_circle_of_one() -> None:
    (finding,) = told("roadmap.cycle", context(running(depends_on=("I1",))))
    assert (say(finding), do(finding)) == ("I1 waits for itself.", "Take I1 out of its own 'Depends on'.")
    assert finding.about == "I1"


def test_ids_that_no_row_has_are_passed_over() -> None:
    given = context(running(depends_on=("I9",)), BLANK_ROW)
    assert told("roadmap.starts_too_early", given) == []
    assert told("roadmap.cycle", given) == []


def test_goals_are_those_of_the_strategy() -> None:
    rule_id = "roadmap.unknown_goal"
    strange = running(goal_id="G7", planned_budget=Decimal(80))
    (finding,) = told(rule_id, context(strange, strategy=GOOD_STRATEGY))
    assert (finding.about, finding.root, finding.effect) == ("I1", "initiative I1", Decimal(80))
    assert do(finding) == "Correct the goal ID of 'Trial': the strategy has G1. Or add the goal to the strategy."
    assert cells(finding) == ["Initiatives 9 goal_id"]
    (finding,) = told(rule_id, context(strange, strategy=Strategy()))
    assert do(finding) == "Correct the goal ID of 'Trial', or add the goal to the strategy."
    for quiet in (running(goal_id="g1 "), running(goal_id="G7", status="done")):
        assert told(rule_id, context(quiet, strategy=GOOD_STRATEGY)) == []


def test_due_after_the_deadline_of_its_goal() -> None:
    rule_id = "roadmap.after_goal_deadline"
    (finding,) = told(rule_id, context(running(due=date(2028, 1, 4)), strategy=GOOD_STRATEGY))
    assert say(finding) == "'Trial' is due on 2028-01-04, after the deadline of its goal G1 (2027-12-31)."
    assert do(finding).startswith("Bring 'Trial' forward by 2 working days, or move the deadline of the goal G1")
    assert (finding.about, finding.root) == ("I1", "initiative I1")
    assert cells(finding) == ["Initiatives 9 due", "Goals 9 deadline"]
    assert told(rule_id, context(running(due=date(2027, 12, 31)), strategy=GOOD_STRATEGY)) == []


BUDGET = Budget(
    start=About(period_start=date(2027, 6, 1)),
    lines=(BudgetLine(line_id="B1", planned=(Decimal(100), Decimal(50), Decimal(999))),),
)


def test_budget_lines_that_do_not_pay_for_it() -> None:
    rule_id = "roadmap.not_budgeted"
    (finding,) = told(rule_id, context(running(planned_budget=Decimal(200), line_ids=("B1",)), budget=BUDGET))
    assert {name: finding.values[name] for name in ("planned", "budgeted", "missing", "lines")} == {
        "planned": Money(Decimal(200), "EUR"),
        "budgeted": Money(Decimal(150), "EUR"),
        "missing": Money(Decimal(50), "EUR"),
        "lines": ("B1",),
    }
    assert (finding.about, finding.root, finding.effect) == ("I1", "", Decimal(50))
    assert cells(finding) == ["Initiatives 9 planned_budget", "Initiatives 9 line_ids"]
    assert told(rule_id, context(running(planned_budget=Decimal(150), line_ids=("B1",)), budget=BUDGET)) == []


def test_the_lines_that_pay_are_asked_for() -> None:
    dear = running(planned_budget=Decimal(200))
    (case,) = lacking("roadmap.not_budgeted", context(dear, running(planned_budget=Decimal(0)), budget=BUDGET))
    assert (case.values["initiatives"], cells(case)) == (("I1",), ["Initiatives 9 line_ids"])
    assert lacking("roadmap.not_budgeted", context(dear, budget=Budget())) == []
