"""Rules about people and the time they have for their tasks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from decimal import Decimal

from smsheets.analysis.facts import Facts
from smsheets.analysis.finding import Hit, Lack, Wording, rule
from smsheets.analysis.rules.roadmap.causes import cause_in_time_of, id_of, ids_of, named, team_of
from smsheets.analysis.rules.roadmap.initiatives import unfinished_initiatives
from smsheets.plan.record import add_known
from smsheets.plan.roadmap import Initiative, Task, id_key, initiatives_by_id
from smsheets.plan.slip import DAYS_IN_WEEK, known_done_share, week_end
from smsheets.plan.workload import (
    Person,
    find_overload,
    person_key,
    spare_hours,
    tasks_overdue,
    tasks_to_move,
    urgency,
)


@rule("roadmap.initiatives_at_once")
def check_initiatives_at_once(facts: Facts) -> Iterator[Hit]:
    """People who own more running initiatives than they can see to.

    Those to put on hold are the ones with least done; the one to finish first is the one with most.
    """
    limit = int(facts.thresholds["roadmap.initiatives_at_once"])
    running: dict[str, list[Initiative]] = {}
    for item in unfinished_initiatives(facts):
        if item.owner is not None and _is_running(item, facts.as_of):
            running.setdefault(person_key(item.owner), []).append(item)
    for items in running.values():
        if len(items) <= limit:
            continue
        by_done = sorted(items, key=lambda item: known_done_share(item) or Decimal(0), reverse=True)
        person = items[0].owner or ""
        yield Hit(
            about=person,
            root=cause_in_time_of(person),
            evidence=tuple(item.cell("owner") for item in items),
            values={
                "person": person,
                "count": len(items),
                "initiatives": tuple(id_of(item) for item in items),
                "limit": limit,
                "first": id_of(by_done[0]),
                "paused": tuple(id_of(item) for item in by_done[max(limit, 1) :]),
            },
        )


@rule("roadmap.tasks_at_once")
def check_tasks_at_once(facts: Facts) -> Iterator[Hit]:
    """People with too many tasks under In progress; those to finish first are the most urgent."""
    limit = int(facts.thresholds["roadmap.tasks_at_once"])
    for tasks in tasks_by_person(facts).values():
        begun = [task for task in tasks if task.status == "in_progress"]
        if len(begun) <= limit:
            continue
        by_urgency = sorted(begun, key=urgency)
        person, kept = begun[0].owner or "", max(limit, 1)
        yield Hit(
            about=person,
            root=cause_in_time_of(person),
            evidence=tuple(task.cell("status") for task in begun),
            values={
                "person": person,
                "count": len(begun),
                "tasks": named(begun),
                "limit": limit,
                "kept": named(by_urgency[:kept]),
                "others": named(by_urgency[kept:]),
            },
        )


def _is_running(item: Initiative, as_of: date) -> bool:
    """In progress, by its word; without a word, by its start."""
    if item.status is None:
        return item.start is not None and item.start <= as_of
    return item.status == "in_progress"


_HAND_OVER = "Give {moved} ({hours} hours) to {helper}, who has {free} hours without tasks until {until}."
_MOVE = "Plan {moved} ({hours} hours) for a day after {until}: nobody in the team has that many hours left before."


@rule("roadmap.tasks_overdue")
def check_tasks_in_time(facts: Facts) -> Iterator[Hit]:
    """People with tasks past their due date; one finding per person.

    The effect is the hours of these tasks by the person's hourly value, where the strategy's team has one.
    """
    people = team_of(facts)
    for key, tasks in tasks_by_person(facts).items():
        late = tasks_overdue(tasks, facts.as_of)
        if not late:
            continue
        person, first = tasks[0].owner or "", min(late, key=urgency)
        told = {"first": first.task_id or "", "task": first.task or ""} if first.task_id and first.task else {}
        yield Hit(
            about=person,
            root=cause_in_time_of(person),
            evidence=tuple(task.cell("due") for task in late),
            values={"person": person, "count": len(late), "tasks": named(late), **told},
            effect=_worth(people.get(key), add_known(task.hours for task in late)),
            case="" if not told else "just_one" if len(late) == 1 else "begin_with",
        )


@rule("roadmap.tasks_no_owner")
def check_tasks_have_owner(facts: Facts) -> Iterator[Hit]:
    """Open tasks that nobody has; one finding for all of them."""
    roadmap = facts.plans.roadmap
    lonely = tuple(task for task in roadmap.tasks if task.open and task.owner is None) if roadmap is not None else ()
    if roadmap is None or not lonely:
        return
    by_id = initiatives_by_id(roadmap.initiatives_in_use)
    owners = [by_id[key].owner for task in lonely if (key := id_key(task.initiative_id or "")) in by_id]
    values: dict[str, Wording] = {"count": len(lonely), "tasks": named(lonely)}
    people = tuple(dict.fromkeys(owner for owner in owners if owner is not None))
    weeks = int(facts.thresholds["roadmap.weeks_ahead"])
    until = week_end(facts.as_of) + timedelta(days=(weeks - 1) * DAYS_IN_WEEK)
    helper = _most_spare(team_of(facts), tasks_by_person(facts), facts.as_of, until)
    if people:
        values["people"] = people
    elif helper is not None:
        values.update(helper=helper[0], free=helper[1], until=until)
    yield Hit(
        about=ids_of(lonely),
        evidence=tuple(task.cell("owner") for task in lonely),
        values=values,
        case="ask_owners" if people else "most_time" if helper is not None else "",
    )


@rule("roadmap.over_hours")
def check_hours_suffice(facts: Facts) -> Iterator[Hit | Lack]:
    """People of the team whose open tasks need more hours than they have; the first week in which it shows.

    A person's hours are those of all their roles. The effect is the hours too many by the person's hourly value.
    People without hours, and tasks without, cannot be judged.
    """
    weeks = int(facts.thresholds["roadmap.weeks_ahead"])
    people = team_of(facts)
    by_person = tasks_by_person(facts)
    yield from _hours_unknown(people, by_person)
    for key, tasks in by_person.items():
        person = people.get(key)
        if person is None or person.hours is None:
            continue
        overload = find_overload(tasks, person.hours, facts.as_of, weeks)
        if overload is not None:
            name = tasks[0].owner or ""
            moved = tasks_to_move(overload)
            hours = sum((task.hours for task in moved if task.hours is not None), Decimal(0))
            helper = _most_spare(people, by_person, facts.as_of, overload.until, least=hours)
            yield Hit(
                about=name,
                root=cause_in_time_of(name),
                evidence=tuple(task.cell("hours") for task in overload.tasks),
                values={
                    "person": name,
                    "needed": overload.needed,
                    "until": overload.until,
                    "available": overload.available,
                    "tasks": named(overload.tasks),
                    "moved": named(moved),
                    "hours": hours,
                    **({} if helper is None else {"helper": helper[0], "free": helper[1]}),
                },
                effect=_worth(person, overload.needed - overload.available),
                case="move" if helper is None else "hand_over",
            )


def tasks_by_person(facts: Facts) -> dict[str, list[Task]]:
    """The open tasks of everybody who has some, by `person_key`."""
    roadmap = facts.plans.roadmap
    found: dict[str, list[Task]] = {}
    for task in roadmap.tasks if roadmap is not None else ():
        if task.open and task.owner is not None:
            found.setdefault(person_key(task.owner), []).append(task)
    return found


def _most_spare(
    people: Mapping[str, Person],
    by_person: Mapping[str, Iterable[Task]],
    as_of: date,
    until: date,
    least: Decimal = Decimal(0),
) -> tuple[str, Decimal] | None:
    """Who of the team has most hours without tasks up to a day, and how many; None where nobody has so many."""
    spare = [
        (person.name, spare_hours(by_person.get(key, ()), person.hours, as_of, until))
        for key, person in people.items()
        if person.hours is not None
    ]
    fitting = [(name, hours) for name, hours in spare if hours > 0 and hours >= least]
    return max(fitting, key=lambda pair: pair[1]) if fitting else None


def _hours_unknown(people: Mapping[str, Person], by_person: Mapping[str, Iterable[Task]]) -> Iterator[Lack]:
    """People of the team with dated tasks and no hours; dated tasks of the others that have none."""
    for key, tasks in by_person.items():
        person = people.get(key)
        dated = [task for task in tasks if task.due is not None]
        if person is None or not dated:
            continue
        if person.hours is None:
            cells = tuple(role.cell("hours_per_week") for role in person.roles)
            yield Lack(evidence=cells, values={"names": (person.name,)})
    known = [task for key, tasks in by_person.items() if people.get(key) is not None for task in tasks]
    untold = [task for task in known if task.due is not None and task.hours is None]
    if untold:
        yield Lack(evidence=tuple(task.cell("hours") for task in untold), values={"names": named(untold)})


def _worth(person: Person | None, hours: Decimal | None) -> Decimal | None:
    return None if person is None or hours is None else person.worth(hours)
