"""Rules on people, their tasks and their time: when they speak, what they say to do, and when they keep quiet."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from msgspec.structs import replace
from rule_cases import AS_OF, business, cells, do, lacking, placed, say, told

from smsheets.analysis.context import Context
from smsheets.analysis.finding import Finding
from smsheets.plan.calendar import Calendar, Post
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
    assert do(bob) == "Do T2 ('Do T2') now, hand it over, or set a realistic due date."
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


def post(row: int, owner: str = "Ada", day: date = date(2027, 7, 8), **more: object) -> Post:
    filled = Post(post_id=f"P{row}", date=day, channel="instagram", format="photo", owner=owner, status="draft")
    return placed(replace(filled, **more), f"Posts {row}")


class TestTasksAndPosts:
    """Each fits into the week, and both together do not."""

    RULES = ("roadmap.over_hours", "roadmap.over_hours_with_posts", "calendar.over_capacity")
    TASKS = (task("T1", hours=Decimal(6), priority="high"), task("T2", hours=Decimal(2), priority="low"))

    def findings(self, *posts: Post, tasks: tuple[Task, ...] = TASKS, bob: str | None = None) -> list[Finding]:
        team = (member("Ada", "8"), *((member("Bob", bob, 6),) if bob else ()))
        context = business(roadmap=Roadmap(tasks=tasks), strategy=Strategy(team=team), calendar=Calendar(posts=posts))
        return [finding for rule_id in self.RULES for finding in told(rule_id, context)]

    def test_together_they_are_too_much(self) -> None:
        (finding,) = self.findings(post(6), post(7, "ada "), post(8, "Bob"))
        assert finding.id == "roadmap.over_hours_with_posts"
        assert say(finding) == (
            "Ada has more work than time until 2027-07-11: tasks of 8 hours and posts of about 2 hours, but only 8"
            " hours."
        )
        assert do(finding).startswith("Plan T2 (2 hours) for a day after 2027-07-11, or give some of P6, P7 to")
        assert (finding.about, finding.root, finding.effect) == ("Ada", "person Ada: time", Decimal(60))
        hours, owners = ["Tasks 1 hours", "Tasks 2 hours"], ["Posts 6 owner", "Posts 7 owner"]
        assert cells(finding) == [*hours, *owners, "Team 5 hours_per_week"]

    def test_who_has_posts_of_their_own_has_less_time_to_help(self) -> None:
        (finding,) = self.findings(post(6), post(7), bob="3")
        assert do(finding) == "Give T2 (2 hours) to Bob, who has 3 hours without tasks and posts until 2027-07-11."
        (finding,) = self.findings(post(6), post(7), post(8, "Bob"), post(9, "Bob"), bob="3")
        assert do(finding).startswith("Plan T2")

    @pytest.mark.parametrize(
        "item",
        [
            post(6, status="idea"),
            post(6, status="published"),
            post(6, "Bob"),
            post(6, day=date(2027, 7, 12)),
            post(6, day=date(2027, 7, 4)),
        ],
    )
    def test_posts_that_take_none_of_these_hours(self, item: Post) -> None:
        assert self.findings(item) == []

    def test_a_task_can_be_done_before_the_week_of_the_posts(self) -> None:
        later, busy = date(2027, 7, 14), [post(row, day=date(2027, 7, 14)) for row in range(6, 14)]
        assert self.findings(*busy, tasks=(task("T1", hours=Decimal(8), due=later),)) == []
        (finding,) = self.findings(*busy, tasks=(task("T1", hours=Decimal(9), due=later),))
        assert say(finding).endswith("tasks of 9 hours and posts of about 8 hours, but only 16 hours.")

    def test_one_of_them_alone_is_told_by_its_own_rule(self) -> None:
        assert [item.id for item in self.findings(tasks=(task("T1", hours=Decimal(9)),))] == ["roadmap.over_hours"]
        nine = [post(row) for row in range(6, 15)]
        assert [item.id for item in self.findings(*nine, tasks=())] == ["calendar.over_capacity"]

    def test_more_than_one_of_them_is_still_one_cause(self) -> None:
        found = self.findings(*(post(row) for row in range(6, 15)))
        assert {item.root for item in found} == {"person Ada: time"}
        assert len(found) == 2


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
