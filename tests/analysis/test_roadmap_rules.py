"""The rules of the roadmap: when they speak, and when they keep quiet."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import msgspec
import pytest

from smsheets.analysis.context import Context, PlanSet
from smsheets.analysis.finding import Level, Rule
from smsheets.analysis.rules.roadmap import RULES
from smsheets.money import Money, Share
from smsheets.plan.budget import Budget, BudgetLine
from smsheets.plan.goals import Goal
from smsheets.plan.record import About, Where
from smsheets.plan.roadmap import Initiative, Roadmap, RoadmapSettings, Task
from smsheets.plan.strategy import Strategy, TeamRole
from smsheets.spec.thresholds import load_thresholds

AS_OF = date(2027, 7, 5)
BY_ID = {rule.id: rule for rule in RULES}
THRESHOLDS = {item.id: item.amount for item in load_thresholds("roadmap").values()}
BLANK_ROW = Initiative(initiative_id="I9")


def context(
    *initiatives: Initiative,
    tasks: tuple[Task, ...] = (),
    settings: RoadmapSettings | None = None,
    strategy: Strategy | None = None,
    budget: Budget | None = None,
) -> Context:
    roadmap = Roadmap(initiatives=initiatives, tasks=tasks, settings=settings or RoadmapSettings())
    plans = PlanSet(roadmap=roadmap, strategy=strategy, budget=budget)
    return Context(plans=plans, as_of=AS_OF, thresholds=THRESHOLDS, currency="EUR")


def values(rule_id: str, given: Context) -> list[dict[str, object]]:
    """What the rule's hits name, in order; each text of the rule is checked to name nothing else."""
    rule = BY_ID[rule_id]
    hits = list(rule.check(given))
    for hit in hits:
        (rule.says + rule.todo).format(**hit.values)
    return [dict(hit.values) for hit in hits]


GOOD = Initiative(
    initiative_id="I1",
    initiative="Trial",
    goal_id="G1",
    owner="Owner",
    start=date(2027, 6, 28),
    due=date(2027, 7, 9),
    done_share=Decimal("0.6"),
    status="in_progress",
)


def running(**changes: object) -> Initiative:
    """An initiative in which nothing is wrong but what is named."""
    return msgspec.structs.replace(GOOD, **changes)


GOOD_STRATEGY = Strategy(
    goals=(Goal(goal_id="G1", goal="More orders", deadline=date(2027, 12, 31)),),
    team=(TeamRole(role="lead", person="Owner", hours_per_week=Decimal(5)),),
)
GOOD_TASK = Task(task_id="T1", task="Write", owner="Owner", due=AS_OF, status="next", hours=Decimal(2))


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
@pytest.mark.parametrize(
    "given",
    [
        context(),
        context(BLANK_ROW, tasks=(Task(task_id="T1"),), strategy=Strategy(), budget=Budget()),
        context(running(), tasks=(GOOD_TASK,), strategy=GOOD_STRATEGY, budget=Budget()),
        Context(plans=PlanSet(), as_of=AS_OF, thresholds=THRESHOLDS),
    ],
    ids=["nothing", "blank", "good", "no plans"],
)
def test_blank_and_good_plans_have_no_findings(rule: Rule, given: Context) -> None:
    assert list(rule.check(given)) == []


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_an_initiative_with_nothing_but_its_name_breaks_no_rule(rule: Rule) -> None:
    list(rule.check(context(Initiative(initiative="x"), tasks=(Task(task="x"),), strategy=Strategy(), budget=Budget())))


def test_ids_are_unique_and_thresholds_exist() -> None:
    assert len(BY_ID) == len(RULES)
    assert {name for rule in RULES for name in rule.thresholds} <= set(THRESHOLDS)


def test_overdue() -> None:
    late = running(due=date(2027, 7, 2))
    assert values("roadmap.overdue", context(late)) == [{"initiative": "Trial", "due": date(2027, 7, 2), "days": 1}]
    for settled in (running(due=AS_OF), running(due=date(2027, 7, 2), status="done"), running(status="cancelled")):
        assert values("roadmap.overdue", context(settled)) == []


@pytest.mark.parametrize(("due", "level"), [(date(2027, 6, 21), Level.ERROR), (date(2027, 6, 22), None)])
def test_overdue_for_two_working_weeks_is_an_error(due: date, level: Level | None) -> None:
    (hit,) = BY_ID["roadmap.overdue"].check(context(running(start=date(2027, 6, 1), due=due)))
    assert hit.level is level


def test_evidence_names_the_cells() -> None:
    where = Where(file="roadmap.xlsx", sheet="Initiatives", row=9, columns={"initiative_id": 1, "due": 6, "status": 8})
    (hit,) = BY_ID["roadmap.overdue"].check(context(running(due=date(2027, 7, 2), where=where)))
    assert [str(cell) for cell in hit.evidence] == ["Initiatives!F9", "Initiatives!H9", "Initiatives!A9"]


def test_slipping() -> None:
    slow = running(start=date(2027, 6, 1), due=date(2027, 7, 30), done_share=Decimal("0.5"))
    assert values("roadmap.slipping", context(slow)) == [
        {
            "initiative": "Trial",
            "done": Share(Decimal("0.5")),
            "expected": Share(Decimal(25) / 44),
            "days": 3,
            "due": date(2027, 7, 30),
        }
    ]
    assert values("roadmap.slipping", context(slow, settings=RoadmapSettings(slip_days=4))) == []
    assert values("roadmap.slipping", context(running(due=date(2027, 7, 2), done_share=Decimal(0)))) == []


@pytest.mark.parametrize(
    ("rule_id", "missing"), [("roadmap.no_owner", "owner"), ("roadmap.no_goal", "goal_id"), ("roadmap.no_dates", "due")]
)
def test_what_every_unfinished_initiative_needs(rule_id: str, missing: str) -> None:
    assert values(rule_id, context(running(**{missing: None}))) == [{"initiative": "Trial"}]
    assert values(rule_id, context(running(**{missing: None}, status="done"))) == []


def test_due_before_start() -> None:
    wrong = running(start=date(2027, 8, 1), due=date(2027, 7, 9))
    assert values("roadmap.due_before_start", context(wrong)) == [
        {"initiative": "Trial", "due": date(2027, 7, 9), "start": date(2027, 8, 1)}
    ]


def test_starts_before_what_it_depends_on_ends() -> None:
    first = running(initiative="First")
    second = running(initiative_id="I2", initiative="Second", start=date(2027, 7, 9), depends_on=("i1",))
    later = running(initiative_id="I3", initiative="Third", start=date(2027, 7, 10), depends_on=("I1",))
    assert values("roadmap.starts_too_early", context(first, second, later)) == [
        {"initiative": "Second", "start": date(2027, 7, 9), "other": "First", "end": date(2027, 7, 9)}
    ]
    finished = running(initiative="First", status="done")
    assert values("roadmap.starts_too_early", context(finished, second)) == []


def test_an_overdue_dependency_ends_today_at_the_earliest() -> None:
    first = running(initiative="First", due=date(2027, 7, 1))
    second = running(initiative_id="I2", initiative="Second", start=date(2027, 7, 2), depends_on=("I1",))
    assert [hit["end"] for hit in values("roadmap.starts_too_early", context(first, second))] == [AS_OF]


def test_a_circle_is_one_finding() -> None:
    circle = (running(depends_on=("I2",)), running(initiative_id="I2", depends_on=("I1",)))
    assert values("roadmap.cycle", context(*circle)) == [{"ids": ("I1", "I2")}]
    assert values("roadmap.starts_too_early", context(*circle)) == []
    over = [running(initiative_id=a, depends_on=(b,), status="done") for a, b in (("I1", "I2"), ("I2", "I1"))]
    assert values("roadmap.cycle", context(*over)) == []


def test_ids_that_no_row_has_are_passed_over() -> None:
    given = context(running(depends_on=("I9",)), BLANK_ROW)
    assert values("roadmap.starts_too_early", given) == []
    assert values("roadmap.cycle", given) == []


def test_done_without_a_result() -> None:
    assert values("roadmap.done_without_result", context(running(status="done"))) == [{"initiative": "Trial"}]
    assert values("roadmap.done_without_result", context(running(status="done", result="12 orders"))) == []


def test_goals_are_those_of_the_strategy() -> None:
    strange = running(goal_id="G7")
    assert values("roadmap.unknown_goal", context(strange, strategy=GOOD_STRATEGY)) == [
        {"initiative": "Trial", "goal": "G7"}
    ]
    assert values("roadmap.unknown_goal", context(running(goal_id="g1 "), strategy=GOOD_STRATEGY)) == []


def test_due_after_the_deadline_of_its_goal() -> None:
    late = running(due=date(2028, 1, 1))
    assert values("roadmap.after_goal_deadline", context(late, strategy=GOOD_STRATEGY)) == [
        {"initiative": "Trial", "due": date(2028, 1, 1), "goal": "G1", "deadline": date(2027, 12, 31)}
    ]


def test_more_hours_than_a_person_has() -> None:
    tasks = tuple(
        Task(task_id=f"T{n}", task="x", owner="owner", due=date(2027, 7, 7), status="next", hours=Decimal(1))
        for n in range(1, 8)
    )
    assert values("roadmap.over_hours", context(tasks=tasks, strategy=GOOD_STRATEGY)) == [
        {
            "person": "owner",
            "needed": Decimal(7),
            "until": date(2027, 7, 11),
            "available": Decimal(5),
            "tasks": ("T1", "T2", "T3", "T4", "T5", "..."),
        }
    ]
    no_hours = Strategy(team=(TeamRole(role="lead", person="Owner"),))
    assert values("roadmap.over_hours", context(tasks=tasks, strategy=no_hours)) == []


def test_overdue_tasks_are_one_finding_per_person() -> None:
    late = [
        Task(task_id=id_, task="x", owner=owner, due=date(2027, 7, 4), status=status)
        for id_, owner, status in (("T1", "A", "next"), ("T2", "B", None), ("T3", "A", "review"), ("T4", "A", "done"))
    ]
    assert values("roadmap.tasks_overdue", context(tasks=tuple(late))) == [
        {"person": "A", "count": 2, "tasks": ("T1", "T3")},
        {"person": "B", "count": 1, "tasks": ("T2",)},
    ]


def test_tasks_without_an_owner() -> None:
    tasks = (Task(task_id="T1", task="x"), Task(task_id="T2", task="x", status="done"))
    assert values("roadmap.tasks_no_owner", context(tasks=tasks)) == [{"count": 1, "tasks": ("T1",)}]


def test_budget_lines_that_do_not_pay_for_it() -> None:
    budget = Budget(
        start=About(period_start=date(2027, 6, 1)),
        lines=(BudgetLine(line_id="B1", planned=(Decimal(100), Decimal(50), Decimal(999))),),
    )
    dear = running(planned_budget=Decimal(200), line_ids=("B1",))
    (hit,) = BY_ID["roadmap.not_budgeted"].check(context(dear, budget=budget))
    assert dict(hit.values) == {
        "initiative": "Trial",
        "planned": Money(Decimal(200), "EUR"),
        "budgeted": Money(Decimal(150), "EUR"),
        "missing": Money(Decimal(50), "EUR"),
        "lines": ("B1",),
    }
    assert hit.effect == Decimal(50)
    cheap = running(planned_budget=Decimal(150), line_ids=("B1",))
    assert values("roadmap.not_budgeted", context(cheap, budget=budget)) == []
