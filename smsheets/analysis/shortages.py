"""Budget lines that need money, people who need hours: how much, how urgently, who could give it, what moves by that.

Money and hours alike are shared out here, once for all findings: what one of them takes is gone for the next.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from enum import Enum

import msgspec

from smsheets.analysis.subjects import line_id, line_name
from smsheets.analysis.variance.budget import BudgetVariance, LineVariance
from smsheets.plan.budget import OWN_TIME
from smsheets.plan.budget_year import BudgetStatus
from smsheets.plan.cadence import monday_of
from smsheets.plan.calendar import Post
from smsheets.plan.carry import ZERO, CarryMonth
from smsheets.plan.record import group_by
from smsheets.plan.roadmap import Task
from smsheets.plan.spare_money import planned_months_left, share_out, spare_of
from smsheets.plan.workload import (
    MINUTES_PER_HOUR,
    Overload,
    Person,
    PersonHours,
    WeekLoad,
    find_overload,
    person_key,
    posts_that_fit,
    posts_to_hand_over,
    tasks_to_move,
    week_loads,
)


class Need(Enum):
    """Why a line needs money: overspent, spent without a plan, or on the way to overspend. The order is by urgency."""

    OVER = 0
    UNPLANNED = 1
    PACING = 2


class Transfer(msgspec.Struct, frozen=True, kw_only=True):
    """Money that a finding advises to move.

    Attributes:
        lines: Ids of the budget lines that give it.
        giver, taker: Who gives it and who gets it, as a reader knows them.
        amount: How much in all, until the end of the period.
        spare: What the giver has to spare before that.
    """

    lines: tuple[str, ...]
    giver: str | tuple[str, ...]
    taker: str | tuple[str, ...]
    amount: Decimal
    spare: Decimal


class Shortage(msgspec.Struct, frozen=True, kw_only=True):
    """A line that needs money.

    Attributes:
        giver: The line that could give most; None where none has any to spare, or the line is own time: nobody pays
            hours with another line's money.
        take: What it could give to this line; what lines before this one take is no longer there.
        spare: What the giver has before this line takes its part.
    """

    line: LineVariance
    need: Need
    amount: Decimal
    giver: LineVariance | None = None
    take: Decimal = ZERO
    spare: Decimal = ZERO

    @property
    def months_left(self) -> tuple[CarryMonth, ...]:
        """The open months of the line that something is planned for."""
        return planned_months_left(self.line.months)

    @property
    def can_save(self) -> bool:
        """The months left have a plan from which the amount can be saved."""
        return sum((month.planned or ZERO for month in self.months_left), ZERO) >= self.amount > 0


def find_shortages(budget: BudgetVariance) -> tuple[Shortage, ...]:
    """The lines that need money, the most urgent first, then the largest."""
    needing = sorted(_needing(budget), key=lambda item: (item.need.value, -item.amount))
    short = {id(item.line) for item in needing}
    givers = [line for line in budget.lines if id(line) not in short and line.line.category != OWN_TIME]
    spares = [spare_of(line.months, line.year.budget, line.projected) for line in givers]
    paid = [item for item in needing if item.line.line.category != OWN_TIME]
    taken = dict(zip(map(id, paid), share_out([item.amount for item in paid], spares), strict=True))
    return tuple(
        item
        if (part := taken.get(id(item))) is None
        else msgspec.structs.replace(item, giver=givers[part.giver], take=part.amount, spare=part.spare)
        for item in needing
    )


def takers_of(line: LineVariance, shortages: Iterable[Shortage]) -> tuple[Shortage, ...]:
    """The lines that take money from a line, in the order in which they take it."""
    return tuple(item for item in shortages if item.giver is line)


def transfers_of(shortages: Iterable[Shortage]) -> tuple[Transfer, ...]:
    """The money that lines take from the lines that give it."""
    return tuple(
        Transfer(
            lines=(line_id(item.giver.line),),
            giver=line_name(item.giver.line),
            taker=line_name(item.line.line),
            amount=item.take,
            spare=item.spare,
        )
        for item in shortages
        if item.giver is not None
    )


def _needing(budget: BudgetVariance) -> Iterator[Shortage]:
    for line in budget.lines:
        year, projected = line.year, line.projected
        if line.status is BudgetStatus.OVER and year.variance is not None:
            yield Shortage(line=line, need=Need.OVER, amount=-year.variance)
        elif line.status is BudgetStatus.NO_BUDGET:
            if year.actual is not None and year.actual > 0:
                yield Shortage(line=line, need=Need.UNPLANNED, amount=year.actual)
        elif year.budget and projected is not None and projected > year.budget * (1 + budget.limits.watch_share) > 0:
            yield Shortage(line=line, need=Need.PACING, amount=projected - year.budget)


class Work(msgspec.Struct, frozen=True, kw_only=True):
    """All work that is to be done from the running week on, and the people for it.

    Attributes:
        team: The people by `person_key`.
        hours: Of those of them whose hours are known, with their own work in them.
        tasks: Everybody's open tasks by `person_key`.
        posts: Those that are not out.
        minutes: Of a post.
        weeks_ahead: Weeks that tasks are looked at.
        weeks_around: Weeks before and after a full one that a post may be moved to.
    """

    team: Mapping[str, Person]
    hours: Mapping[str, PersonHours]
    tasks: Mapping[str, Sequence[Task]]
    posts: Sequence[Post]
    minutes: Callable[[Post], Decimal]
    as_of: date
    weeks_ahead: int
    weeks_around: int

    @property
    def running(self) -> date:
        """The Monday of the running week."""
        return monday_of(self.as_of)

    @property
    def last(self) -> date:
        """The Monday of the last week that tasks are looked at."""
        return self.running + timedelta(weeks=self.weeks_ahead - 1)


class Relief(msgspec.Struct, frozen=True, kw_only=True):
    """Hours that somebody has for work that is too much for another person, or in another week.

    Attributes:
        monday: The week that they are in; of tasks, the last one.
        left: How many there are, without those that are given to what is more urgent.
        hours: How many the work takes.
        posts: The posts that are done in them; none where it is tasks.
    """

    person: Person
    monday: date
    left: Decimal
    hours: Decimal
    posts: tuple[Post, ...] = ()


class TooManyPosts(msgspec.Struct, frozen=True, kw_only=True):
    """Posts of a person, or of the team, that take more hours in a week than there are.

    Attributes:
        person: None is the whole team, and `given` are posts that nobody in it is responsible for.
        week: The fullest of the weeks, and all posts in it.
        weeks: How many weeks are too full.
        given: The posts of the week that may be given to somebody.
    """

    person: Person | None
    week: WeekLoad
    weeks: int
    available: Decimal
    given: tuple[Post, ...]
    relief: Relief | None = None

    @property
    def over(self) -> Decimal:
        """The hours too many."""
        return self.week.hours - self.available


class TooManyTasks(msgspec.Struct, frozen=True, kw_only=True):
    """Tasks of a person that take more hours than the posts of the same weeks leave."""

    person: Person
    load: Overload
    relief: Relief | None = None

    @property
    def over(self) -> Decimal:
        """The hours too many."""
        return self.load.needed - self.load.available

    @property
    def moved(self) -> tuple[Task, ...]:
        """The tasks that somebody else would do."""
        return tasks_to_move(self.load)


class HourShortages(msgspec.Struct, frozen=True, kw_only=True):
    """Where hours are short, each with who has some left.

    Attributes:
        spare: Who then has most hours left for tasks without an owner.
    """

    posts: tuple[TooManyPosts, ...] = ()
    tasks: tuple[TooManyTasks, ...] = ()
    spare: Relief | None = None


def share_hours(work: Work) -> HourShortages:
    """The people and weeks with too few hours, and who has hours for them: the same hour is never given twice.

    What ends first takes first, then what is most hours over. Of a person's posts and tasks only one is said (they are
    one cause): both may count on the same hours, which are then gone for everybody else.
    """
    found: list[TooManyPosts | TooManyTasks] = [*_too_many_posts(work), *_too_many_tasks(work)]
    left = dict(work.hours)
    relieved: dict[int, Relief] = {}
    causes = group_by(sorted(found, key=_urgency), lambda item: "" if item.person is None else item.person.name)
    for group in causes.values():
        advised = {id(item): relief for item in group if (relief := _relief(item, left, work)) is not None}
        for relief in advised.values():
            key = person_key(relief.person.name)
            add = left[key].with_posts if relief.posts else left[key].with_tasks
            left[key] = add(relief.monday, relief.hours)
        relieved |= advised
    shared = [msgspec.structs.replace(item, relief=relieved.get(id(item))) for item in found]
    return HourShortages(
        posts=tuple(item for item in shared if isinstance(item, TooManyPosts)),
        tasks=tuple(item for item in shared if isinstance(item, TooManyTasks)),
        spare=_most_hours(work.last, ZERO, left, work),
    )


def _urgency(item: TooManyPosts | TooManyTasks) -> tuple[date, Decimal]:
    return (item.week.monday if isinstance(item, TooManyPosts) else monday_of(item.load.until)), -item.over


def _too_many_posts(work: Work) -> Iterator[TooManyPosts]:
    for key, own in group_by(work.posts, lambda post: person_key(post.owner)).items():
        if key in work.hours:
            yield from _fullest_week(work, own, own, work.team[key])
    unowned = [post for post in work.posts if person_key(post.owner) not in work.hours]
    if work.hours:
        yield from _fullest_week(work, work.posts, unowned, None)


def _fullest_week(
    work: Work, posts: Sequence[Post], given: Sequence[Post], person: Person | None
) -> Iterator[TooManyPosts]:
    """The fullest week, from the running one on, whose posts take more than the hours of a person or of all."""
    known = work.hours.values() if person is None else (work.hours[person_key(person.name)],)
    available = sum((item.per_week for item in known), ZERO)
    loads = week_loads(posts, work.minutes)
    over = [load for load in loads if load.hours > available and load.monday >= work.running]
    if not over:
        return
    week = max(over, key=lambda load: load.minutes)
    own = tuple(post for post in week.posts if any(post is item for item in given))
    if own:
        yield TooManyPosts(person=person, week=week, weeks=len(over), available=available, given=own)


def _too_many_tasks(work: Work) -> Iterator[TooManyTasks]:
    for key, tasks in work.tasks.items():
        own = work.hours.get(key)
        if own is not None:
            load = find_overload(tasks, own.per_week, work.as_of, work.weeks_ahead, own.posts)
            if load is not None:
                yield TooManyTasks(person=work.team[key], load=load)


def _relief(item: TooManyPosts | TooManyTasks, left: Mapping[str, PersonHours], work: Work) -> Relief | None:
    if isinstance(item, TooManyPosts):
        return _hours_for_posts(item, left, work)
    needed = sum((task.hours or ZERO for task in item.moved), ZERO)
    return _most_hours(monday_of(item.load.until), needed, left, work)


def _hours_for_posts(item: TooManyPosts, left: Mapping[str, PersonHours], work: Work) -> Relief | None:
    """Somebody else of the team with time in that week, else the owner's own next week around it with time.

    As many of the fewest posts that would have to go as there is time for; where not one of them fits, any of the
    week's posts.
    """
    chosen = item.given
    if item.person is not None:
        chosen = posts_to_hand_over(item.week, item.over * MINUTES_PER_HOUR, work.minutes)
    for posts in (chosen, item.given):
        for person, monday in _offers(item, left, work):
            hours = left[person_key(person.name)].left_in(monday)
            fitting = posts_that_fit(posts, hours * MINUTES_PER_HOUR, work.minutes)[: len(chosen)]
            if fitting:
                taken = sum(map(work.minutes, fitting), ZERO) / MINUTES_PER_HOUR
                return Relief(person=person, monday=monday, left=hours, hours=taken, posts=fitting)
    return None


def _offers(item: TooManyPosts, left: Mapping[str, PersonHours], work: Work) -> list[tuple[Person, date]]:
    """Where hours are looked for: with the others in that week, who has most first, then in the weeks around."""
    monday, owner = item.week.monday, item.person
    others = [work.team[key] for key, own in left.items() if own.per_week and work.team[key] != owner]
    others.sort(key=lambda person: -left[person_key(person.name)].left_in(monday))
    offers = [(person, monday) for person in others]
    if owner is not None:
        steps = (step for number in range(1, work.weeks_around + 1) for step in (number, -number))
        weeks = (monday + timedelta(weeks=step) for step in steps)
        offers += [(owner, week) for week in weeks if week >= work.running]
    return offers


def _most_hours(monday: date, least: Decimal, left: Mapping[str, PersonHours], work: Work) -> Relief | None:
    """Who has most hours without posts and tasks until the end of a week; None where nobody has enough of them."""
    free = [(key, own.left_until(monday)) for key, own in left.items()]
    fitting = [(key, hours) for key, hours in free if hours > 0 and hours >= least]
    if not fitting:
        return None
    key, hours = max(fitting, key=lambda pair: pair[1])
    return Relief(person=work.team[key], monday=monday, left=hours, hours=least)
