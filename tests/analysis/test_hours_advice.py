"""Hours that somebody has left: over all findings of a plan no hour of anybody is promised twice."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from string import Formatter
from typing import Any, NamedTuple

from hypothesis import given, settings
from hypothesis import strategies as st
from rule_cases import AS_OF, business

from smsheets.analysis.finding import Finding
from smsheets.analysis.run import analyze_business
from smsheets.plan.cadence import monday_of
from smsheets.plan.calendar import Calendar, Post
from smsheets.plan.roadmap import Roadmap, Task
from smsheets.plan.strategy import Strategy, TeamRole

PEOPLE = ("Ada", "Bob", "Cem")
RUNNING = monday_of(AS_OF)
WEEKS = [RUNNING + timedelta(weeks=number) for number in range(-1, 7)]
ZERO = Decimal(0)
HOURS = {"photo": Decimal(1), "short_video": Decimal("2.5")}


class Promised(NamedTuple):
    """Hours of a person that advice fills: in that week, or at any time until its end."""

    person: str
    monday: date
    hours: Decimal
    in_week: bool


def promised_in_words(finding: Finding) -> Iterator[Promised]:
    names, values = {name for _, name, _, _ in Formatter().parse(finding.todo) if name}, dict(finding.values)
    told: dict[str, Any] = {name: values[name] for name in names}
    if {"given", "takes"} <= names:
        monday = told["week"] if "week" in told else values["monday"]
        yield Promised(told["other"] if "other" in told else told["person"], monday, told["takes"], True)
    elif "helper" in names:
        yield Promised(told["helper"], monday_of(told["until"]), told.get("hours", told["free"]), False)


def late_hours(per_week: int, promised: list[Promised], tasks: list[Task], posts: list[Post]) -> list[Decimal]:
    """The hours of tasks that are late at the end of each week, where the one due first is always done first."""
    work = [(max(monday_of(task.due or RUNNING), RUNNING), task.hours or ZERO) for task in tasks]
    work += [(item.monday, item.hours) for item in promised if not item.in_week]
    late = []
    for monday in WEEKS[1:]:
        own = sum((HOURS[post.format or ""] for post in posts if post.date == monday), ZERO)
        given = sum((item.hours for item in promised if item.in_week and item.monday == monday), ZERO)
        free = max(per_week - own, ZERO) - given
        assert free >= 0, (monday, promised)
        left = []
        for due, hours in sorted(work):
            done = min(hours, free)
            free -= done
            left.append((due, hours - done))
        work = left
        late.append(sum((hours for due, hours in work if due <= monday), ZERO))
    return late


tasks = st.builds(
    Task,
    task=st.just("Do it"),
    owner=st.sampled_from([*PEOPLE, None]),
    due=st.sampled_from(WEEKS[:6]),
    hours=st.integers(0, 8).map(Decimal),
    status=st.just("next"),
    priority=st.sampled_from(["high", "low"]),
)
posts = st.builds(
    Post,
    date=st.sampled_from(WEEKS[:5]),
    channel=st.just("instagram"),
    format=st.sampled_from(list(HOURS)),
    owner=st.sampled_from([*PEOPLE, None]),
    status=st.just("draft"),
)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.integers(0, 9), min_size=3, max_size=3), st.lists(tasks, max_size=8), st.lists(posts, max_size=12))
def test_no_hour_is_promised_twice(hours: list[int], given_tasks: list[Task], given_posts: list[Post]) -> None:
    team = [TeamRole(person=name, hours_per_week=Decimal(each)) for name, each in zip(PEOPLE, hours, strict=True)]
    facts = business(
        strategy=Strategy(team=tuple(team)),
        roadmap=Roadmap(tasks=tuple(given_tasks)),
        calendar=Calendar(posts=tuple(given_posts)),
    )
    promised = [item for finding in analyze_business("x", facts).findings for item in promised_in_words(finding)]
    for person, per_week in zip(PEOPLE, hours, strict=True):
        own = (
            [task for task in given_tasks if task.owner == person],
            [post for post in given_posts if post.owner == person],
        )
        filled = [item for item in promised if item.person == person]
        assert late_hours(per_week, filled, *own) == late_hours(per_week, [], *own), filled
