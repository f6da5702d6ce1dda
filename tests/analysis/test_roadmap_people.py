"""Rules on people, their tasks and their time: when they speak, what they say to do, and when they keep quiet."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from msgspec.structs import replace
from rule_cases import AS_OF, business, cells, do, lacking, placed, say, told

from smsheets.analysis.context import Context
from smsheets.plan.roadmap import Initiative, Roadmap, Task
from smsheets.plan.strategy import Strategy, TeamRole


def task(id_: str, owner: str | None = "Ada", **more: object) -> Task:
    row = Task(task_id=id_, task=f"Do {id_}", owner=owner, due=date(2027, 7, 7), status="next", hours=Decimal(1))
    return placed(replace(row, **more), f"Tasks {id_[1:]}")


def member(person: str, hours: str | None, row: int = 5) -> TeamRole:
    amount = None if hours is None else Decimal(hours)
    return placed(TeamRole(person=person, hours_per_week=amount, hourly_value=Decimal(30)), f"Team {row}")


def context(*tasks: Task, team: tuple[TeamRole, ...] = (), initiatives: tuple[Initiative, ...] = ()) -> Context:
    return business(roadmap=Roadmap(tasks=tasks, initiatives=initiatives), strategy=Strategy(team=team))


YESTERDAY = date(2027, 7, 4)


def test_overdue_tasks_are_one_finding_per_person() -> None:
    late = (
        task("T1", "Ada", due=YESTERDAY),
        task("T2", "Bob", due=YESTERDAY, status=None),
        task("T3", "ada ", due=YESTERDAY, priority="high", hours=Decimal(3)),
        task("T4", "Ada", due=YESTERDAY, status="done"),
        task("T5", "Ada", due=AS_OF),
    )
    ada, bob = told("roadmap.tasks_overdue", context(*late, team=(member("Ada", "5"),)))
    assert (ada.about, ada.root, say(ada)) == ("Ada", "person Ada: time", "Overdue tasks of Ada: 2 (T1, T3).")
    assert (bob.about, bob.effect, ada.effect) == ("Bob", None, Decimal(120))
    assert cells(ada) == ["Tasks 1 due", "Tasks 3 due"]
    assert do(ada).startswith("Begin with T3 ('Do T3'). Then do the others")
    assert do(bob) == "Do T2 ('Do T2') now, hand it over, or set a due date that holds."
    assert told("roadmap.tasks_overdue", context(*late[3:])) == []


def test_a_task_without_an_id_is_named_by_its_text() -> None:
    (finding,) = told("roadmap.tasks_overdue", context(task("T1", task_id=None, due=YESTERDAY)))
    assert (say(finding), do(finding)[:8]) == ("Overdue tasks of Ada: 1 (Do T1).", "Do them,")


def test_tasks_that_nobody_has() -> None:
    rule_id = "roadmap.tasks_no_owner"
    lonely = (task("T1", None, initiative_id="I1"), task("T2", None), task("T3", None, status="done"))
    (finding,) = told(rule_id, context(*lonely))
    assert (finding.about, say(finding)) == ("T1+T2", "Open tasks without an owner: 2 (T1, T2).")
    assert (cells(finding), do(finding)[:12]) == (["Tasks 1 owner", "Tasks 2 owner"], "Give each of")
    owned = (Initiative(initiative_id="I1", initiative="x", owner="Bob"),)
    (finding,) = told(rule_id, context(*lonely, initiatives=owned, team=(member("Ada", "5"),)))
    assert do(finding).startswith("Ask Bob first: the initiatives of these tasks are theirs")
    (finding,) = told(rule_id, context(*lonely, task("T4", "Ada"), team=(member("Ada", "5"), member("Bob", "0"))))
    assert do(finding).startswith("Ask Ada first, who has 19 hours without tasks until 2027-08-01")
    assert told(rule_id, context(task("T1"), lonely[2])) == []


SEVEN = tuple(task(f"T{number}") for number in range(1, 8))


def test_more_hours_than_a_person_has() -> None:
    rule_id = "roadmap.over_hours"
    (finding,) = told(rule_id, context(*SEVEN, team=(member("ada", "3", 5), member("Ada", "2", 6))))
    assert say(finding) == "Ada has 7 hours of tasks due by 2027-07-11, but only 5 hours until then."
    assert (finding.about, finding.root, finding.effect) == ("Ada", "person Ada: time", Decimal(60))
    assert finding.values["tasks"] == ("T1", "T2", "T3", "T4", "T5", "...")
    assert cells(finding) == [f"Tasks {number} hours" for number in range(1, 8)]
    assert told(rule_id, context(*SEVEN, team=(member("Ada", "7"),))) == []
    assert told(rule_id, context(*SEVEN, team=(member("Bob", "5"),))) == []


@pytest.mark.parametrize(
    ("bobs_hours", "todo"),
    [
        ("3", "Give T2 (3 hours) to Bob, who has 3 hours without tasks until 2027-07-11."),
        ("2.5", "Plan T2 (3 hours) for a day after 2027-07-11: nobody in the team has that many hours left before."),
    ],
)
def test_the_least_urgent_tasks_are_given_to_who_has_time(bobs_hours: str, todo: str) -> None:
    tasks = (
        task("T1", priority="high", hours=Decimal(4)),
        task("T2", priority="low", hours=Decimal(3)),
        task("T3", priority="medium", hours=None),
    )
    (finding,) = told("roadmap.over_hours", context(*tasks, team=(member("Ada", "5"), member("Bob", bobs_hours))))
    assert do(finding) == todo


def test_hours_of_people_and_of_tasks_are_asked_for() -> None:
    unknown = (
        task("T1", "Bob"),
        task("T2", hours=None),
        task("T3", "Zoe", hours=None),
        task("T4", hours=None, due=None),
    )
    team = (member("Ada", "5", 5), member("Bob", None, 6))
    person, tasks = lacking("roadmap.over_hours", context(*unknown, team=team))
    assert (person.values["names"], cells(person)) == (("Bob",), ["Team 6 hours_per_week"])
    assert (tasks.values["names"], cells(tasks)) == (("T2",), ["Tasks 2 hours"])
    assert lacking("roadmap.over_hours", context(task("T1", "Zoe"), task("T2"), team=team)) == []


def initiative(id_: str, owner: str = "Ada", **more: object) -> Initiative:
    row = Initiative(initiative_id=id_, initiative=id_, owner=owner, status="in_progress", start=date(2027, 7, 1))
    return placed(replace(row, **more), f"Initiatives {id_[1:]}")


FOUR = (
    initiative("I1", done_share=Decimal("0.1")),
    initiative("I2", done_share=Decimal("0.7")),
    initiative("I3", "ada", done_share=Decimal("0.4")),
    initiative("I4", done_share=Decimal("0.2")),
)


def test_too_many_initiatives_at_once() -> None:
    (finding,) = told("roadmap.initiatives_at_once", context(initiatives=FOUR))
    assert say(finding) == "Ada runs 4 initiatives at once: I1, I2, I3, I4. More than 3 keep each other waiting."
    assert do(finding).startswith("Put I1 on hold until I2 is finished")
    assert (finding.about, finding.root) == ("Ada", "person Ada: time")
    assert cells(finding) == [f"Initiatives {number} owner" for number in (1, 2, 3, 4)]


@pytest.mark.parametrize(
    "change",
    [
        {"status": "on_hold"},
        {"status": "planned"},
        {"status": "done"},
        {"owner": "Bob"},
        {"owner": None},
        {"status": None, "start": date(2027, 7, 6)},
        {"status": None, "start": None},
    ],
)
def test_three_initiatives_at_once_are_not_too_many(change: dict[str, object]) -> None:
    assert told("roadmap.initiatives_at_once", context(initiatives=(*FOUR[:3], replace(FOUR[3], **change)))) == []
    without_a_word = replace(FOUR[3], status=None)
    assert len(told("roadmap.initiatives_at_once", context(initiatives=(*FOUR[:3], without_a_word)))) == 1


def test_too_many_tasks_in_progress() -> None:
    rule_id = "roadmap.tasks_at_once"
    begun = tuple(task(f"T{number}", status="in_progress") for number in range(1, 5))
    urgent = replace(begun[3], priority="high")
    (finding,) = told(rule_id, context(*begun[:3], urgent, task("T5")))
    assert say(finding) == (
        "Ada has 4 tasks in progress at once: T1, T2, T3, T4. More than 3 are seldom finished soon."
    )
    assert do(finding) == "Finish T4, T1, T2 first, and put T3 back to Next."
    assert (finding.about, finding.root) == ("Ada", "person Ada: time")
    assert cells(finding) == [f"Tasks {number} status" for number in (1, 2, 3, 4)]
    assert told(rule_id, context(*begun[:3], task("T5"), replace(urgent, owner="Bob"))) == []


def test_a_running_initiative_without_a_next_task() -> None:
    rule_id = "roadmap.no_next_task"
    running, other = initiative("I1"), initiative("I2", status="planned")
    done = task("T1", initiative_id="i1", status="done")
    (finding,) = told(rule_id, context(done, initiatives=(running, other)))
    assert (finding.about, finding.root) == ("I1", "initiative I1")
    assert do(finding) == "Ask Ada for the next step of 'I1', and write it on the sheet Tasks with a day."
    assert cells(finding) == ["Initiatives 1 status", "Initiatives 1 initiative_id"]
    (finding,) = told(rule_id, context(done, initiatives=(replace(running, owner=None),)))
    assert do(finding).startswith("Write the next step of 'I1' on the sheet Tasks")
    assert told(rule_id, context(done, task("T2", initiative_id="I1"), initiatives=(running, other))) == []
    assert told(rule_id, context(initiatives=(running,))) == []


def held(id_: str, due: date | None, **more: object) -> Task:
    return task(id_, **{"status": "on_hold", "due": due, **more})


def test_tasks_on_hold_that_are_soon_due() -> None:
    rule_id = "roadmap.on_hold_due_soon"
    tasks = (held("T1", AS_OF), held("T2", date(2027, 7, 12), priority="high"), held("T3", date(2027, 7, 13)))
    (finding,) = told(rule_id, context(*tasks))
    assert (finding.about, say(finding)) == ("T1+T2", "Tasks on hold that are due by 2027-07-12: T1, T2.")
    assert do(finding).startswith("Ask Ada today what T2 ('Do T2') waits for")
    assert cells(finding) == ["Tasks 1 status", "Tasks 2 status"]
    (lonely,) = told(rule_id, context(held("T1", AS_OF, owner=None)))
    assert do(lonely).startswith("Find out today what T1 ('Do T1') waits for")
    quiet = (tasks[2], held("T4", YESTERDAY), held("T5", None), task("T6", due=AS_OF))
    assert told(rule_id, context(*quiet)) == []
