"""Who has time for posts in a week: hours of the team, less the posts and the tasks of the roadmap in that week."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal

import msgspec

from smsheets.analysis.context import Context
from smsheets.analysis.rules.calendar.names import calendar_of, whole
from smsheets.analysis.rules.calendar.worth import OTHER_MINUTES as OTHER
from smsheets.analysis.rules.calendar.worth import format_minutes, minutes_per_post, team_of
from smsheets.plan.cadence import DAYS_IN_WEEK, monday_of
from smsheets.plan.calendar import Post
from smsheets.plan.posting_load import MINUTES_PER_HOUR, WeekLoad, posts_that_fit, posts_to_hand_over, week_loads
from smsheets.plan.team import Person, person_key


class Relief(msgspec.Struct, frozen=True, kw_only=True):
    """Posts that somebody has time for.

    Attributes:
        person: Who has the time.
        monday: The week in which it is.
        left: The hours that person has left in it.
        hours: What the posts take.
    """

    posts: tuple[Post, ...]
    person: Person
    monday: date
    left: Decimal
    hours: Decimal


def unfinished_posts(context: Context) -> list[Post]:
    """The posts that are still work: planned and not published."""
    return [post for post in calendar_of(context).planned_posts if not post.is_published]


def loads_of(context: Context, posts: Iterable[Post]) -> tuple[WeekLoad, ...]:
    """The work in these posts per week, by the thresholds' minutes per format."""
    return week_loads(posts, format_minutes(context), context.thresholds[OTHER])


def hours_left(context: Context, person: Person, monday: date) -> Decimal:
    """The hours a person has left in a week; below zero so many are missing.

    Open tasks of the roadmap count in the week they are due in; overdue ones in the running week.
    """
    name = person_key(person.name)
    posts = [post for post in unfinished_posts(context) if person_key(post.owner) == name]
    needed = sum((load.hours for load in loads_of(context, posts) if load.monday == monday), Decimal(0))
    return (person.hours or Decimal(0)) - needed - _task_hours(context, name, monday)


def find_relief(context: Context, week: WeekLoad, over: Decimal, owner: Person | None) -> Relief | None:
    """Somebody else of the team with time in that week, else the owner's own next week around it with time.

    `over` are the hours too many. As many of the fewest posts that would have to go as there is time for; where not one
    of them fits, any of the week's posts.
    """

    def minutes(post: Post) -> Decimal:
        return minutes_per_post(context, post)

    chosen = posts_to_hand_over(week, over * MINUTES_PER_HOUR, minutes)
    for posts in (chosen, week.posts):
        for person, monday, left in _offers(context, week.monday, owner):
            fitting = posts_that_fit(posts, left * MINUTES_PER_HOUR, minutes)[: len(chosen)]
            if fitting:
                hours = sum(map(minutes, fitting), Decimal(0)) / MINUTES_PER_HOUR
                return Relief(posts=fitting, person=person, monday=monday, left=left, hours=hours)
    return None


def _offers(context: Context, monday: date, owner: Person | None) -> list[tuple[Person, date, Decimal]]:
    """Free hours: of the others in that week, the most first, then of the owner in the weeks around, nearest first."""
    others = [(person, monday) for person in team_of(context).values() if person.hours and person != owner]
    free = [(person, day, hours_left(context, person, day)) for person, day in others]
    free.sort(key=lambda offer: -offer[2])
    if owner is None:
        return free
    reach = range(1, whole(context, "calendar.ahead_weeks") + 1)
    weeks = [monday + timedelta(weeks=number * sign) for number in reach for sign in (1, -1)]
    running = monday_of(context.as_of)
    return free + [(owner, week, hours_left(context, owner, week)) for week in weeks if week >= running]


def _task_hours(context: Context, name: str, monday: date) -> Decimal:
    roadmap = context.plans.roadmap
    first = date.min if monday <= context.as_of else monday
    last = monday + timedelta(days=DAYS_IN_WEEK - 1)
    due = [
        task.hours
        for task in (roadmap.tasks if roadmap is not None else ())
        if task.open and person_key(task.owner) == name and task.due is not None and first <= task.due <= last
    ]
    return sum((hours for hours in due if hours is not None), Decimal(0))
