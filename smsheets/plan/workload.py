"""People's hours: the team, its tasks, and the time that posts and channels take."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal

import msgspec

from smsheets.periods import DAYS_IN_WEEK
from smsheets.plan.cadence import monday_of
from smsheets.plan.calendar import Post
from smsheets.plan.record import add_known, group_by
from smsheets.plan.roadmap import Roadmap, Task
from smsheets.plan.slip import week_end
from smsheets.plan.strategy import Channel, TeamRole
from smsheets.plan.texts import is_too_short, plain_words, similar_groups


class Person(msgspec.Struct, frozen=True, kw_only=True):
    """One person of the team.

    Attributes:
        name: As it is written beside their first role.
        hours: Per week, over all roles; None where not one of them has any.
    """

    name: str
    roles: tuple[TeamRole, ...]
    hours: Decimal | None

    @property
    def hourly_value(self) -> Decimal | None:
        """The worth of an hour, roles with more hours weighing more; None where no role has one.

        Where no role with a value has hours, the roles weigh alike.
        """
        valued = [(role.hourly_value, role.hours_per_week) for role in self.roles]
        known = [(value, hours or Decimal(0)) for value, hours in valued if value is not None]
        if not known:
            return None
        weight = sum((hours for _, hours in known), Decimal(0))
        if not weight:
            return sum((value for value, _ in known), Decimal(0)) / len(known)
        return sum((value * hours for value, hours in known), Decimal(0)) / weight

    def worth(self, hours: Decimal) -> Decimal | None:
        """The worth of `hours` of this person, in the workbook's currency."""
        return None if self.hourly_value is None else hours * self.hourly_value


def person_key(name: str | None) -> str:
    """A name as it is compared: `ada ` and `Ada` are the same; None is empty."""
    return (name or "").strip().casefold()


def people_of(team: Iterable[TeamRole]) -> dict[str, Person]:
    """The people by `person_key`, in the order of the sheet."""
    roles = group_by(team, lambda role: None if role.person is None else person_key(role.person))
    return {
        key: Person(name=own[0].person or "", roles=tuple(own), hours=add_known(role.hours_per_week for role in own))
        for key, own in roles.items()
    }


def covered_people(team: Iterable[TeamRole]) -> frozenset[str]:
    """The `person_key` of everybody for whom somebody else stands in."""
    pairs = ((person_key(role.person), person_key(role.stand_in)) for role in team)
    return frozenset(away for person, away in pairs if person and away and person != away)


_PRIORITIES = {"high": 0, "medium": 1, "low": 2}


class PersonLoad(msgspec.Struct, frozen=True, kw_only=True):
    """The board of one person.

    Attributes:
        open: Tasks not done, whenever they are due.
        due_this_week: Open tasks due from the as-of date to the Sunday of its week.
        overdue: Open tasks due before the as-of date.
        hours_open: The hours of the open tasks; None where no open task has any.
        initiatives_overdue: Unfinished initiatives of this owner that were due before the as-of date.
    """

    person: str
    open: int
    due_this_week: int
    overdue: int
    done: int
    hours_open: Decimal | None
    initiatives_overdue: int


class Overload(msgspec.Struct, frozen=True, kw_only=True):
    """Hours that do not fit: all open tasks due up to and with `until` against the hours of the weeks up to then.

    Attributes:
        available: The hours of those weeks that posts leave.
        taken: The hours that posts take in them.
    """

    until: date
    needed: Decimal
    available: Decimal
    tasks: tuple[Task, ...]
    taken: Decimal = Decimal(0)


def person_loads(roadmap: Roadmap, as_of: date) -> tuple[PersonLoad, ...]:
    """One load per owner of a task or an initiative, in the order of the sheets (tasks first)."""
    owners = [task.owner for task in roadmap.tasks_in_use]
    owners += [initiative.owner for initiative in roadmap.initiatives_in_use]
    return tuple(_person_load(person, roadmap, as_of) for person in dict.fromkeys(owners) if person is not None)


def tasks_overdue(tasks: Iterable[Task], as_of: date) -> tuple[Task, ...]:
    """The open tasks that were due before `as_of`."""
    return tuple(task for task in tasks if task.is_overdue(as_of))


NO_POSTS: Mapping[date, Decimal] = {}


def find_overload(
    tasks: Iterable[Task], hours_per_week: Decimal, as_of: date, weeks: int, taken: Mapping[date, Decimal] = NO_POSTS
) -> Overload | None:
    """The first of the next weeks by whose end more hours are due than there are; None where all fits.

    The tasks are those of one person. The week of `as_of` counts as a whole week of hours, which is kind to late
    starters; a task without hours counts as none. Overdue tasks are due in the first week.

    Args:
        taken: Monday -> the hours of that week's posts of this person. A post is work of its own week, a task can be
            done in any week before it is due.
    """
    timed = [task for task in tasks if task.open and task.due is not None and task.hours is not None]
    available, posts = Decimal(0), Decimal(0)
    for number in range(weeks):
        until = week_end(as_of) + timedelta(days=number * DAYS_IN_WEEK)
        due = tuple(task for task in timed if task.due is not None and task.due <= until)
        needed = sum((task.hours for task in due if task.hours is not None), Decimal(0))
        own = taken.get(monday_of(until), Decimal(0))
        available += max(hours_per_week - own, Decimal(0))
        posts += own
        if needed > available:
            return Overload(until=until, needed=needed, available=available, tasks=due, taken=posts)
    return None


class PersonHours(msgspec.Struct, frozen=True, kw_only=True):
    """The hours of one person, and the work that is to be done in them.

    A post is work of its own week, a task can be done in any week up to the one it is due in.

    Attributes:
        per_week: The hours of each week.
        running: The Monday of the running week, the first that counts; overdue tasks are due in it.
        posts: Monday -> the hours of that week's posts.
        due: Monday -> the hours of the open tasks due in that week; those without hours count as none.
    """

    per_week: Decimal
    running: date
    posts: Mapping[date, Decimal] = {}
    due: Mapping[date, Decimal] = {}

    def left_in(self, monday: date) -> Decimal:
        """The hours of one week that no post in it and no task needs; below zero, hours are missing."""
        own = self.per_week - self.posts.get(monday, Decimal(0)) - self.due.get(monday, Decimal(0))
        return min(own, self.left_until(monday))

    def left_until(self, monday: date) -> Decimal:
        """The hours from the running week to that one which no post and no task needs, nor one that is due later."""
        return min(self._left_if_nothing_is_due_later(week) for week in (monday, *self.due) if week >= monday)

    def with_posts(self, monday: date, hours: Decimal) -> PersonHours:
        """The same with more posts in a week."""
        return msgspec.structs.replace(self, posts={**self.posts, monday: self.posts.get(monday, Decimal(0)) + hours})

    def with_tasks(self, monday: date, hours: Decimal) -> PersonHours:
        """The same with more to be done by the end of a week."""
        return msgspec.structs.replace(self, due={**self.due, monday: self.due.get(monday, Decimal(0)) + hours})

    def _left_if_nothing_is_due_later(self, monday: date) -> Decimal:
        weeks = (monday - self.running).days // DAYS_IN_WEEK + 1
        taken = [min(hours, self.per_week) for week, hours in self.posts.items() if self.running <= week <= monday]
        due = [hours for week, hours in self.due.items() if week <= monday]
        return self.per_week * weeks - sum((*taken, *due), Decimal(0))


def hours_due(tasks: Iterable[Task], running: date) -> Mapping[date, Decimal]:
    """The hours of the open tasks by the Monday of the week they are due in; overdue ones in the running week."""
    timed = [task for task in tasks if task.open and task.due is not None and task.hours is not None]
    weeks = group_by(timed, lambda task: None if task.due is None else max(monday_of(task.due), running))
    return {week: sum((task.hours or Decimal(0) for task in own), Decimal(0)) for week, own in weeks.items()}


def tasks_to_move(overload: Overload) -> tuple[Task, ...]:
    """Tasks without which the rest of an overload fits: the least urgent first, no more than needed."""
    over = overload.needed - overload.available
    moved: list[Task] = []
    for task in sorted(overload.tasks, key=urgency, reverse=True):
        if over <= 0:
            break
        if task.hours:
            moved.append(task)
            over -= task.hours
    return tuple(task for task in overload.tasks if task in moved)


def urgency(task: Task) -> tuple[int, date]:
    """Sorts tasks by what to do first: by priority, then by due date; without either, last."""
    return _PRIORITIES.get(task.priority or "", len(_PRIORITIES)), task.due or date.max


def _person_load(person: str, roadmap: Roadmap, as_of: date) -> PersonLoad:
    tasks = [task for task in roadmap.tasks_in_use if task.owner == person]
    open_tasks = [task for task in tasks if task.open]
    this_week = [task for task in open_tasks if task.due is not None and as_of <= task.due <= week_end(as_of)]
    return PersonLoad(
        person=person,
        open=len(open_tasks),
        due_this_week=len(this_week),
        overdue=len(tasks_overdue(tasks, as_of)),
        done=sum(task.done for task in tasks),
        hours_open=add_known(task.hours for task in open_tasks),
        initiatives_overdue=sum(
            initiative.unfinished and initiative.due is not None and initiative.due < as_of
            for initiative in roadmap.initiatives_in_use
            if initiative.owner == person
        ),
    )


MINUTES_PER_HOUR = 60


class WeekLoad(msgspec.Struct, frozen=True, kw_only=True):
    """The posts of one ISO week and the work in them."""

    monday: date
    posts: tuple[Post, ...]
    minutes: Decimal

    @property
    def hours(self) -> Decimal:
        """The work in hours, not rounded."""
        return self.minutes / MINUTES_PER_HOUR


def week_loads(posts: Iterable[Post], minutes: Callable[[Post], Decimal]) -> tuple[WeekLoad, ...]:
    """The work per ISO week of the planned posts, weeks without posts left out, in order.

    Work is counted in the week of the post's date: when it is really done is not known.
    """
    planned = (post for post in posts if post.is_planned)
    weeks = group_by(planned, lambda post: None if post.date is None else monday_of(post.date))
    return tuple(
        WeekLoad(monday=monday, posts=tuple(own), minutes=sum(map(minutes, own), Decimal(0)))
        for monday, own in sorted(weeks.items())
    )


def posts_to_hand_over(week: WeekLoad, over: Decimal, minutes: Callable[[Post], Decimal]) -> tuple[Post, ...]:
    """The fewest posts of a week without which the rest fits, in its order; `over` are the minutes too many.

    One that is just long enough alone, otherwise the longest ones first.
    """
    enough = [post for post in week.posts if minutes(post) >= over]
    if enough:
        return (min(enough, key=minutes),)
    chosen: list[int] = []
    for position in sorted(range(len(week.posts)), key=lambda position: -minutes(week.posts[position])):
        if over <= 0:
            break
        chosen.append(position)
        over -= minutes(week.posts[position])
    return tuple(week.posts[position] for position in sorted(chosen))


def posts_that_fit(posts: Iterable[Post], left: Decimal, minutes: Callable[[Post], Decimal]) -> tuple[Post, ...]:
    """The posts that fit one after the other into `left` minutes, in the order given."""
    fitting: list[Post] = []
    for post in posts:
        if minutes(post) <= left:
            fitting.append(post)
            left -= minutes(post)
    return tuple(fitting)


STOP = "stop"
TEST = "test"


def running_channels(channels: Iterable[Channel]) -> list[Channel]:
    """The channels of the sheet Channels without those that are to be stopped."""
    return [channel for channel in channels if channel.channel is not None and channel.decision != STOP]


def wanted_hours(channel: Channel, minutes: Mapping[str, Decimal], otherwise: Decimal) -> Decimal:
    """The hours a week that a channel's posts take, as few as are wanted; 0 where no number is.

    Args:
        minutes: What a post takes by its format; of several formats, their mean counts.
        otherwise: Where the channel names no format, or one that is not in the table.
    """
    each = [minutes.get(format_, otherwise) for format_ in channel.formats] or [otherwise]
    return (channel.posts_low or Decimal(0)) * sum(each, Decimal(0)) / len(each) / MINUTES_PER_HOUR


def alike_purposes(channels: Sequence[Channel], least: Decimal) -> list[tuple[Channel, ...]]:
    """Channels whose purposes are the same or nearly the same, `least` (0..1) or more of the words in common.

    Purposes of few words are alike by chance: those count only with the very same words.
    """
    known = [channel for channel in channels if channel.purpose is not None]
    words = [plain_words(channel.purpose or "") for channel in known]
    groups = similar_groups([channel.purpose or "" for channel in known], float(least))
    short = [place for place, own in enumerate(words) if own and is_too_short(own)]
    groups += [places for places in group_by(short, lambda place: words[place]).values() if len(places) > 1]
    return [tuple(known[place] for place in group) for group in sorted(groups)]
