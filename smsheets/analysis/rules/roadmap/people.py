"""Rules about people and the time they have for their tasks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal

import msgspec

from smsheets.analysis.facts import Facts
from smsheets.analysis.finding import Hit, Lack, Wording, lack, rule
from smsheets.analysis.kpi_standards import rounded
from smsheets.analysis.rules.roadmap.pace import initiatives_behind
from smsheets.analysis.shortages import TooManyTasks
from smsheets.analysis.subjects import (
    cells_of,
    hours_cells,
    initiative_id,
    initiative_root,
    joined,
    person_root,
    post_names,
    task_names,
)
from smsheets.plan.cadence import monday_of
from smsheets.plan.calendar import Post
from smsheets.plan.record import add_known, group_by
from smsheets.plan.roadmap import Initiative, id_key, initiatives_by_id
from smsheets.plan.slip import known_done_share, week_end
from smsheets.plan.workload import Person, PersonHours, person_key, tasks_overdue, urgency


@rule("roadmap.initiatives_at_once")
def check_initiatives_at_once(facts: Facts) -> Iterator[Hit]:
    """Nobody owns more running initiatives than one person can see to.

    Those to put on hold are the ones with least done; the one to finish first is the one with most.
    """
    limit = int(facts.thresholds["roadmap.initiatives_at_once"])
    owned = (item for item in facts.unfinished_initiatives if item.owner is not None)
    # By its status; without a status, by its start.
    running = (
        item
        for item in owned
        if item.status == "in_progress"
        or (item.status is None and item.start is not None and item.start <= facts.as_of)
    )
    for items in group_by(running, lambda item: person_key(item.owner)).values():
        if len(items) <= limit:
            continue
        by_done = sorted(items, key=lambda item: known_done_share(item) or Decimal(0), reverse=True)
        person = items[0].owner or ""
        yield Hit(
            about=person,
            root=person_root(person),
            evidence=tuple(item.cell("owner") for item in items),
            values={
                "person": person,
                "count": len(items),
                "initiatives": tuple(map(initiative_id, items)),
                "limit": limit,
                "first": initiative_id(by_done[0]),
                "paused": tuple(map(initiative_id, by_done[max(limit, 1) :])),
            },
        )


@rule("roadmap.tasks_at_once")
def check_tasks_at_once(facts: Facts) -> Iterator[Hit]:
    """Nobody has too many tasks under In progress; those to finish first are the most urgent."""
    limit = int(facts.thresholds["roadmap.tasks_at_once"])
    for tasks in facts.tasks_by_person.values():
        begun = [task for task in tasks if task.status == "in_progress"]
        if len(begun) <= limit:
            continue
        by_urgency = sorted(begun, key=urgency)
        person, kept = begun[0].owner or "", max(limit, 1)
        yield Hit(
            about=person,
            root=person_root(person),
            evidence=tuple(task.cell("status") for task in begun),
            values={
                "person": person,
                "count": len(begun),
                "tasks": task_names(begun),
                "limit": limit,
                "kept": task_names(by_urgency[:kept]),
                "others": task_names(by_urgency[kept:]),
            },
        )


@rule("roadmap.tasks_overdue")
def check_tasks_in_time(facts: Facts) -> Iterator[Hit]:
    """Nobody has tasks past their due date; one finding per person, and one for each initiative that is behind itself.

    The effect is the hours of these tasks by the person's hourly value, where the strategy's team has one.
    """
    behind = {id_key(item.initiative_id): item for item in initiatives_behind(facts) if item.initiative_id}
    late_tasks = [task for tasks in facts.tasks_by_person.values() for task in tasks_overdue(tasks, facts.as_of)]
    groups = group_by(late_tasks, lambda task: (person_key(task.owner), _known(id_key(task.initiative_id), behind)))
    for (key, initiative), late in groups.items():
        cause = behind.get(initiative)
        person, first = late[0].owner or "", min(late, key=urgency)
        values: dict[str, Wording] = {"person": person, "count": len(late), "tasks": task_names(late)}
        case = ""
        if first.task_id and first.task:
            values |= {"first": first.task_id, "task": first.task}
            case = "just_one" if len(late) == 1 else "begin_with"
        yield Hit(
            about=person if cause is None else f"{person} {initiative_id(cause)}",
            root=person_root(person) if cause is None else initiative_root(cause),
            evidence=tuple(task.cell("due") for task in late),
            values=values,
            effect=_worth(facts.team.get(key), add_known(task.hours for task in late)),
            hours=add_known(task.hours for task in late),
            case=case,
        )


def _known(key: str, initiatives: Mapping[str, Initiative]) -> str:
    return key if key in initiatives else ""


@rule("roadmap.tasks_no_owner")
def check_tasks_have_owner(facts: Facts) -> Iterator[Hit]:
    """Open tasks have an owner; one finding for all that have none."""
    unowned = [task for task in facts.roadmap.tasks if task.open and task.owner is None]
    if not unowned:
        return
    by_id = initiatives_by_id(facts.roadmap.initiatives_in_use)
    owners = [by_id[key].owner for task in unowned if (key := id_key(task.initiative_id or "")) in by_id]
    people = tuple(dict.fromkeys(owner for owner in owners if owner is not None))
    helper = facts.hour_shortages.spare
    values: dict[str, Wording] = {"count": len(unowned), "tasks": task_names(unowned)}
    case = ""
    if people:
        values["people"], case = people, "ask_owners"
    elif helper is not None:
        values |= {"helper": helper.person.name, "free": rounded(helper.left, 1), "until": week_end(helper.monday)}
        case = "most_time"
    cells = tuple(task.cell("owner") for task in unowned)
    yield Hit(about=joined(task.name for task in unowned), evidence=cells, values=values, case=case)


@rule("roadmap.over_hours")
def check_hours_suffice(facts: Facts) -> Iterator[Hit | Lack]:
    """The open tasks of the team's people fit into their hours; the first week in which they do not is named.

    A person's hours are those of all their roles. The effect is the hours too many by the person's hourly value.
    People without hours, and tasks without, cannot be judged. Those who have posts in these weeks, too, are the next
    rule's.
    """
    yield from _hours_unknown(facts)
    yield from (_over_hours(item) for item in facts.hour_shortages.tasks if not item.load.taken)


@rule("roadmap.over_hours_with_posts")
def check_hours_suffice_for_tasks_and_posts(facts: Facts) -> Iterator[Hit]:
    """The open tasks of the team's people fit into the hours that their posts leave them: an hour is sold once."""
    for item in facts.hour_shortages.tasks:
        if item.load.taken:
            hit, posts = _over_hours(item), _posts_until(facts, item.person, item.load.until)
            yield msgspec.structs.replace(
                hit,
                evidence=(*hit.evidence, *cells_of(posts, "owner"), *hours_cells([item.person])),
                values={
                    **hit.values,
                    "needed": rounded(item.load.needed, 1),
                    "available": rounded(_hours_until(facts, item.person, item.load.until), 1),
                    "taken": rounded(item.load.taken, 1),
                    "posts": post_names(posts),
                },
            )


def _over_hours(item: TooManyTasks) -> Hit:
    load, moved, helper = item.load, item.moved, item.relief
    name = load.tasks[0].owner or ""
    return Hit(
        about=name,
        root=person_root(name),
        evidence=tuple(task.cell("hours") for task in load.tasks),
        values={
            "person": name,
            "needed": load.needed,
            "until": load.until,
            "available": load.available,
            "tasks": task_names(load.tasks),
            "moved": task_names(moved),
            "hours": sum((task.hours for task in moved if task.hours is not None), Decimal(0)),
            **({} if helper is None else {"helper": helper.person.name, "free": rounded(helper.left, 1)}),
        },
        effect=_worth(item.person, item.over),
        hours=item.over,
        case="move" if helper is None else "hand_over",
    )


def _posts_until(facts: Facts, person: Person, until: date) -> list[Post]:
    """The posts that the person has to do from the running week to a day."""
    first = monday_of(facts.as_of)
    own = (post for post in facts.unfinished_posts if person_key(post.owner) == person_key(person.name))
    return [post for post in own if post.date is not None and first <= post.date <= until]


def _hours_until(facts: Facts, person: Person, until: date) -> Decimal:
    """The hours of a person from the running week to that of `until`, whatever is to be done in them."""
    return PersonHours(per_week=person.hours or Decimal(0), running=monday_of(facts.as_of)).left_until(monday_of(until))


def _hours_unknown(facts: Facts) -> Iterator[Lack]:
    """People of the team with dated tasks and no hours; dated tasks of the team that have none."""
    unknown = []
    for key, tasks in facts.tasks_by_person.items():
        person = facts.team.get(key)
        dated = [task for task in tasks if task.due is not None]
        if person is None or not dated:
            continue
        if person.hours is None:
            yield from lack(hours_cells([person]), names=(person.name,))
        unknown += [task for task in dated if task.hours is None]
    yield from lack((task.cell("hours") for task in unknown), names=task_names(unknown))


def _worth(person: Person | None, hours: Decimal | None) -> Decimal | None:
    return None if person is None or hours is None else person.worth(hours)
