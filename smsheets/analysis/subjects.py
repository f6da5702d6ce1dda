"""Subjects of findings: their ids, the causes that several rules share, their names in a sentence, their cells.

The id of a subject is the same in every run. A root names a cause: findings with the same root are shown as one. Both
are data, never translated; names are words for a reader.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Literal

from smsheets.cells import CellRef
from smsheets.periods import MonthOfYear
from smsheets.plan.budget import ADVERTISING, BudgetLine
from smsheets.plan.calendar import Post
from smsheets.plan.goals import Goal
from smsheets.plan.kpi_report import KpiRow
from smsheets.plan.record import Plan, Record
from smsheets.plan.roadmap import Initiative, Task
from smsheets.plan.workload import Person

_MOST_NAMED = 5
"""More names than this in one sentence are not read by anybody."""
MOST_SHOWN = 12
"""A finding names at most this many cells, posts or messages: more are not read, and fill a screen."""
UNOWNED_POSTS = "posts without an owner"
"""The cause of what comes of posts that nobody is responsible for."""


def joined(ids: Iterable[str | None]) -> str:
    """Several ids as the one of a finding about all of them: `P4+P9`; missing ids are left out."""
    return "+".join(name for name in ids if name)


def first_cells(cells: Iterable[CellRef]) -> tuple[CellRef, ...]:
    """At most `MOST_SHOWN` cells."""
    return tuple(cells)[:MOST_SHOWN]


def first_names(names: Iterable[str]) -> tuple[str, ...]:
    """Names for one sentence, each once: the first ones, then an ellipsis."""
    found = tuple(dict.fromkeys(names))
    return found if len(found) <= _MOST_NAMED else (*found[:_MOST_NAMED], "...")


def cells_of(records: Iterable[Record], field: str) -> tuple[CellRef, ...]:
    """The same cell of several records, the first ones."""
    return first_cells(record.cell(field) for record in records)


def month_name(plan: Plan, number: int) -> MonthOfYear | int:
    """A month of the plan's period, numbered from 1; the number itself where the period's start is unknown."""
    first = plan.first_day(number)
    return number if first is None else MonthOfYear(first.month)


# Lines of the budget


def line_id(line: BudgetLine) -> str:
    """The line's id; its text where it has none."""
    return line.line_id or line.name


def line_root(line: BudgetLine) -> str:
    """A cause in one line of the budget."""
    return f"line {line_id(line)}"


def spare_root(line: BudgetLine) -> str:
    """The money that a line has to spare: one decision, however many other lines need it."""
    return f"spare {line_id(line)}"


def places_of_line(line: BudgetLine) -> tuple[str, ...]:
    """What a line of the budget is within: its channel, where it pays for advertising there, and its category."""
    channel = (channel_root(line.channel),) if line.category == ADVERTISING and line.channel else ()
    return (*channel, category_root(line.category)) if line.category else channel


def category_root(category: str) -> str:
    """A cause in a category of the budget."""
    return f"category {category}"


def line_name(line: BudgetLine) -> str:
    """A line in a list of lines: its text, with its id behind it."""
    return f"{line.line} ({line.line_id})" if line.line and line.line_id else line.name


# Channels, and rows of the KPI report


def channel_id(channel: str | None) -> str:
    """The channel's id; `all` for the whole business."""
    return channel or "all"


def channel_root(channel: str | None) -> str:
    """A cause in a channel: its posts, its figures, the money for its advertising, its purpose. One decision."""
    return f"channel {channel_id(channel)}"


def row_id(row: KpiRow) -> str:
    """The row's id, else its channel and its metric."""
    return row.kpi_id or f"{channel_id(row.channel)} {row.metric}"


# Goals, initiatives, tasks, people


def goal_id(goal: Goal) -> str:
    """The goal's id; its sentence where it has none, else its cell."""
    return goal.goal_id or goal.name or goal.cell("goal").a1


def goal_label(goal: Goal) -> str:
    """The goal in a sentence: `G1 'More orders'`, or what there is of it."""
    return f"{goal.goal_id} '{goal.goal}'" if goal.goal_id and goal.goal else goal_id(goal)


def task_label(task: Task) -> str:
    """The task in a sentence: `T7 ('Write the text')`, or what there is of it."""
    return f"{task.task_id} ('{task.task}')" if task.task_id and task.task else task.name


def goal_root(goal: Goal) -> str:
    """A cause in a goal: how it is written, its pace, or that nobody works for it."""
    return f"goal {goal_id(goal)}"


def initiative_id(initiative: Initiative) -> str:
    """The initiative's id; its text where it has none."""
    return initiative.initiative_id or initiative.name


def initiative_root(initiative: Initiative) -> str:
    """A cause in an initiative: its dates, its pace, or what it lacks."""
    return f"initiative {initiative_id(initiative)}"


def task_names(tasks: Iterable[Task]) -> tuple[str, ...]:
    """The tasks by id, the first ones, then an ellipsis."""
    return first_names(task.name for task in tasks)


def person_root(person: str | None, of: Literal["time", "stand-in"] = "time") -> str:
    """A cause in a person: too little time, or nobody to stand in."""
    return f"person {person}: {of}"


def hours_cells(people: Iterable[Person]) -> tuple[CellRef, ...]:
    """The hours a week of people, in all their roles."""
    return tuple(role.cell("hours_per_week") for person in people for role in person.roles)


# Posts


def post_names(posts: Iterable[Post]) -> tuple[str, ...]:
    """The posts by name, the first ones."""
    return tuple(post.name for post in posts)[:MOST_SHOWN]


def posts_id(posts: Iterable[Post]) -> str:
    """The id of a finding about posts: `P12`, `P12+P14`."""
    return joined(post_names(posts))


def post_root(posts: Sequence[Post]) -> str:
    """A cause in one single post; several posts have none in common."""
    return f"post {posts[0].name}" if len(posts) == 1 and posts[0].name else ""


def places_of_posts(posts: Iterable[Post]) -> tuple[str, ...]:
    """What posts are within: their channel, where they have the same one."""
    channels = {post.channel for post in posts}
    channel = channels.pop() if len(channels) == 1 else None
    return (channel_root(channel),) if channel else ()


def owners_of(posts: Iterable[Post]) -> tuple[str, ...]:
    """Who is responsible for these posts, each once, the first ones."""
    return tuple(dict.fromkeys(post.owner for post in posts if post.owner))[:MOST_SHOWN]


def next_post(posts: Sequence[Post]) -> Mapping[str, str | date]:
    """The values `post` and `date` of a text that names the first of these posts, which has a day."""
    first = posts[0]
    assert first.date is not None
    return {"post": first.name, "date": first.date}
